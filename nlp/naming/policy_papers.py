"""What governments, reviewers and parties put on paper: papers and reports, budgets, manifestos."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from nlp.naming.phrases import capital, modifiers, noun_phrase_end
from nlp.naming.vocabulary import BODY_HEADS, BODY_WORDS, CALENDAR, PARTY_WORDS
from nlp.surface import tokens_among

PAPERS = frozenset({"paper", "papers", "review", "report", "inquiry"})


def papers(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """What a government or a reviewer puts on paper: a Green Paper on pensions, the Quill Review, the Quill report."""
    for token in tokens_among(doc, PAPERS):
        i = token.i
        if i == 0:
            continue
        before = doc[i - 1]
        if token.lower_ in ("paper", "papers") and before.lower_ in ("white", "green", "consultation"):
            about = i + 1 < len(doc) and doc[i + 1].lower_ == "on"
            end = noun_phrase_end(doc, i + 2) if about else i + 1
            yield i - 1, max(end, i + 1), "review"
        elif token.lower_ in ("review", "report", "inquiry") and i > 1 and _surname(doc, i - 1):
            named = token.is_title or doc[i - 2].lower_ == "the"
            yield from [(i - 1, i + 1, "review")] if named else []


def resolutions(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """What goes by its number: "UN resolution 242"."""
    for token in tokens_among(doc, {"resolution"}):
        if doc[token.i + 1 : token.i + 2].text.isdigit():
            yield modifiers(doc, token.i), token.i + 2, "law"


def budgets(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The chancellor's Budget, the Budget of 1997, the pre-Budget report; "Budget documents" are something else."""
    for token in tokens_among(doc, {"budget"}):
        i = token.i
        after = doc[i + 1] if i + 1 < len(doc) else None
        if doc[max(0, i - 2) : i].text.lower() == "pre-":
            yield i - 2, i + 1 + (after is not None and after.lower_ in ("report", "review", "statement")), "plan"
        elif token.is_title and (after is None or after.pos_ not in ("NOUN", "PROPN")):
            dated = after is not None and after.lower_ == "of" and doc[i + 2 : i + 3].text.isdigit()
            yield i, i + 3 if dated else i + 1, "plan"


def manifestos(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The manifesto of a party: "the Labour manifesto", "the Tory election manifesto", "Labour's manifesto"."""
    for token in tokens_among(doc, {"manifesto"}):
        start = token.i
        while start > 0 and doc[start - 1].lower_ in ("general", "election"):
            start -= 1
        if start == token.i and start > 1 and doc[start - 1].tag_ == "POS":
            start -= 1
        party = start
        while party > 0 and doc[party - 1].lower_ in PARTY_WORDS:
            party -= 1
        if party < start and doc[party].lower_ != "party":
            yield party, token.i + 1, "policy"


def _surname(doc: Doc, i: int) -> bool:
    """One capitalised word that names nobody's body or place: the Quill report, not the Commons report."""
    token = doc[i]
    return (
        token.is_title
        and token.tag_ == "NNP"
        and not capital(doc, i - 1)
        and token.ent_type_ not in ("GPE", "NORP", "LOC", "DATE")
        and token.lower_ not in CALENDAR | BODY_HEADS | BODY_WORDS | PARTY_WORDS
    )
