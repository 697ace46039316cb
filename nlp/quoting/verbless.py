"""Reports with no reporting verb: according to X, for X; X is adamant that ..."""

from __future__ import annotations

from spacy.tokens import Token

from nlp.quoting.clauses import cut_at_next_report, has, trimmed
from nlp.quoting.cues import Cue, is_real
from nlp.quoting.sources import Tokens, noun_phrase, subject
from nlp.records import Span

OPINION = frozenset(
    "adamant afraid angry certain concerned confident convinced delighted disappointed fearful furious hopeful "
    "optimistic pleased proud satisfied sceptical sure surprised worried".split()
)
BELIEF = frozenset({"that", "belief"})
Parts = tuple[list[Tokens], Span, Tokens]  # content (tokens), cue (characters), source (tokens)


def verbless(token: Token) -> Parts | None:
    """The attribution whose cue begins, or is, ``token``."""
    if token.lower_ == "according":
        return _according(token)
    return _opinion(token) if token.lower_ in OPINION and token.dep_ == "acomp" else None


def _according(token: Token) -> Parts | None:
    """According to X, content; content, according to X."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    to = doc[token.i + 1]
    noun = next((child for owner in (to, token) for child in owner.rights if child.dep_ == "pobj"), None)
    if noun is None:
        return None
    source = noun_phrase(noun)
    sentence = token.sent
    before = trimmed(doc[sentence.start : token.i])
    after = trimmed(doc[source[1] : sentence.end])
    return [before if before[1] - before[0] > 3 else after], (token.idx, to.idx + len(to)), source


def _opinion(token: Token) -> Parts | None:
    """Critics are concerned that ...: belief by an adjective."""
    verb = token.head
    who = subject(verb)
    clause = next((child for child in token.rights if child.dep_ == "ccomp" and has(child, "mark")), None)
    if clause is None or who is None or who.lower_ == "it" or not is_real(Cue(verb, None, BELIEF)):
        return None
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    content = trimmed(token.doc[start : cut_at_next_report(Cue(verb, None, BELIEF), start, end)])
    return [content], (verb.idx, token.idx + len(token)), noun_phrase(who)
