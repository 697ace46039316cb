"""Demands that a speaker makes of anyone: what should, must or needs to be done, and what is vital or overdue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.standing.doings import SUBJECTS, Doing, carried
from nlp.standing.pledges import DENIALS
from nlp.standing.stances import negated
from nlp.surface import tokens_among
from nlp.wordlists import rows

OUGHT = frozenset({"should", "must", "ought"})
HAVING = frozenset({"need", "needs", "needed", "have", "has", "had"})
# "it is vital that …", "it is time to …"
PRESSING = frozenset(
    "vital essential important crucial imperative necessary urgent time right sensible better best".split()
)
SHOWING = frozenset("stress show prove highlight underline demonstrate recognise see raise identify mention".split())
MEETING = frozenset("remove avoid obviate meet eliminate reduce lessen end".split())  # the need itself is dealt with
IMAGINED = frozenset({"if", "unless", "whether", "what", "why", "how", "when", "where", "who", "which", "as"})
OURS = frozenset({"we", "i", "you"})


@lru_cache(maxsize=1)
def _reporting() -> frozenset[str]:
    return frozenset(form for row in rows("reporting_words") for form in row[0].split())


def demands(doc: Doc) -> Iterator[Doing]:
    """Every demand; its holder is whoever says so, or the speaker of the quote it stands in."""
    for token in tokens_among(doc, OUGHT | HAVING | PRESSING):
        low = token.lower_
        if low == "need" and token.tag_ == "NN":
            yield from _the_need(token)
            continue
        if low in OUGHT:
            verb, kind = token.head if token.dep_ == "aux" else _infinitive(token), "demand"
        elif low in HAVING:
            verb, kind = _infinitive(token), "need"
            if verb is not None and low in ("have", "has", "had") and not _ours(token):
                continue
        else:
            verb, kind = _pressing(token), "pressing"
        if (
            verb is None
            or not verb.tag_.startswith("VB")
            or imagined(verb, clause=kind == "pressing")
            or _perfect(verb)
        ):
            continue
        holder, turn = said_by(token if low not in OUGHT else verb)
        sign = -turn if negated(verb) or (low in HAVING and negated(token)) else turn
        if low in OUGHT and verb.lemma_.lower() == "be" and not negated(verb):
            yield from _ideal(verb, holder, sign)
        for deed, way in carried(verb, sign):
            yield Doing(holder, deed, way, kind)


def _the_need(noun: Token) -> Iterator[Doing]:
    """ "stressed the need for a levy", "no need to close it": of who says or shows it."""
    above = noun.head
    if above.lemma_.lower() in MEETING:
        return
    holder, turn = said_by(noun)
    if above.lower_ in _reporting() or above.lemma_.lower() in SHOWING:
        holder = next((c for c in above.children if c.dep_ == "nsubj"), holder)
        holder = None if holder is not None and holder.lower_ in OURS else holder
    if above.lemma_.lower() in DENIALS or negated(above) or any(c.lower_ == "no" for c in noun.children):
        turn = -turn
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "for":
            first = [c for c in child.children if c.dep_ == "pobj"]
            things = [*first, *(other for c in first for other in c.conjuncts if other.i > c.i)]
            yield from (Doing(holder, thing, turn, "necessity", noun=True) for thing in things)
        elif child.dep_ in ("acl", "xcomp", "advcl") and child.tag_ == "VB":
            yield from (Doing(holder, deed, way, "necessity") for deed, way in carried(child, turn))


def _ideal(verb: Token, holder: Token | None, sign: int) -> Iterator[Doing]:
    """ "the test should be voluntary"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if (
        subject is not None
        and subject.tag_.startswith("NN")
        and any(c.dep_ in ("acomp", "attr") for c in verb.children)
    ):
        yield Doing(holder, verb, sign, "ideal", noun=True)


def said_by(verb: Token) -> tuple[Token | None, int]:
    """Who says or thinks what ``verb`` says, None for the speaker of the words around; -1 if they deny it."""
    below, turn = verb, 1
    for above in verb.ancestors:
        if below.dep_ in ("ccomp", "xcomp", "parataxis", "ROOT") and above.lower_ in _reporting():
            if negated(above) or above.lemma_.lower() in DENIALS:
                turn = -turn
            subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
            if subject is not None and subject.lower_ not in OURS:
                return (above.head if subject.lower_ in ("who", "which", "that") else subject), turn
        if above.dep_ == "relcl":
            break
        below = above
    return None, turn


def _infinitive(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp") and any(c.lower_ == "to" for c in child.children):
            return child
    return None


def _pressing(token: Token) -> Token | None:
    """The verb of what "it is vital that …" or "it is time for … to …" calls for."""
    verb = token.head
    if verb.lemma_.lower() != "be" or not any(c.lower_ in ("it", "'s") or c.dep_ == "expl" for c in verb.children):
        return None
    if token.lower_ in ("important", "time") and negated(verb):
        return None
    for child in (*token.children, *verb.children):
        if child.dep_ in ("ccomp", "xcomp", "advcl", "acl", "relcl") and child.i > token.i:
            return child
    return None


def _ours(token: Token) -> bool:
    """ "we have to act" asks for it, "patients have to wait" does not."""
    subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
    return subject is not None and (subject.lower_ == "we" or subject.lower_ in ("government", "ministers", "minister"))


def imagined(verb: Token, *, clause: bool = False) -> bool:
    """In a question or an if-clause nobody demands; nor by "as it should be"."""
    inside = any(child.lower_ in IMAGINED and child.dep_ in ("mark", "advmod", "dobj", "nsubj", "nsubjpass", "attr")
                 and child.i < verb.i for child in verb.children)  # fmt: skip
    return inside or (verb.dep_ == "relcl" and not clause) or questioned(verb)


def questioned(verb: Token) -> bool:
    """Whether its sentence ends in a question mark."""
    doc, last = verb.doc, verb.sent.end - 1
    while last > verb.i and (doc[last].is_space or doc[last].is_quote):
        last -= 1
    return str(doc[last].text) == "?"


def _perfect(verb: Token) -> bool:
    """ "should have acted": what was not done is past wanting."""
    return any(child.dep_ == "aux" and child.lower_ in ("have", "'ve") for child in verb.children)
