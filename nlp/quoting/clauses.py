"""Where reported content begins and ends: the parser's clause, made longer or shorter where it is known to err."""

from __future__ import annotations

from spacy.tokens import Span, Token

from nlp.quoting.cues import Cue, cue_at
from nlp.quoting.sources import SUBJECTS, Tokens

CAUSING = frozenset({"prompting", "sparking", "triggering", "fuelling", "provoking"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def has(token: Token, *deps: str) -> bool:
    """Whether a child of ``token`` has one of these relations."""
    return any(child.dep_ in deps for child in token.children)


def extended(cue: Cue, start: int, end: int, sentence: Span) -> int:
    """The parser often hangs a clause's last pieces on the cue: take all to the sentence's end but a new report."""
    verb = cue.verb
    doc = verb.doc
    limit = sentence.end
    if (
        verb.head.i > verb.i or verb.dep_ == "relcl"
    ):  # Saying that ..., she left: the rest belongs to the verb that follows
        limit = max(end, verb.right_edge.i + 1)
    for index in range(end, limit):
        token = doc[index]
        if token.is_space and "\n" in token.text:
            return index
        if token.dep_ != "cc" or token.head.i >= start:
            continue
        joined = [t for t in doc[index + 1 : min(index + 16, limit)] if t.dep_ == "conj" and t.head.i == token.head.i]
        if any(_is_finite(t) and (tense(t) == tense(verb) or _own_report(t)) for t in joined) or not joined:
            return index
    return limit


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(child.tag_ in FINITE for child in verb.lefts if child.dep_ in ("aux", "auxpass"))


def tense(verb: Token) -> str:
    """The tag of the word that carries the tense."""
    return next((child.tag_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")), str(verb.tag_))


def cut_at_next_report(cue: Cue, start: int, end: int) -> int:
    """said A, but admitted B: the second cue has no subject of its own, and the first one's subject says it too."""
    doc = cue.verb.doc
    for index in range(start + 2, end - 1):
        token = doc[index]
        if token.lower_ == "while" and doc[index - 1].text == "," and _own_report(token.head):
            return index
        if token.tag_ == "VBG" and _stands_apart(token):
            return index
        if token.lower_ not in ("and", "but") or token.dep_ != "cc":
            continue
        after = index + 1
        while after < end and (doc[after].pos_ in ("ADV", "AUX") or doc[after].text == ","):
            after += 1
        if after >= end or tense(doc[after]) != tense(cue.verb) or has(doc[after], *SUBJECTS):
            continue
        other = cue_at(doc[after])
        if other is not None and "belief" not in other.frames and _reports(doc[after]):
            return index
        if doc[after].dep_ == "conj" and doc[after].head.dep_ == "ccomp" and tense(doc[after].head) == "MD":
            return index  # insisted that it could not, but declined to say more
    return end


def _stands_apart(participle: Token) -> bool:
    """He opposed the plan, calling it a tax: what he calls it is a report of its own, with its object and predicate.

    And what his words brought about (prompting, sparking) is the narrator's.
    """
    if participle.lower_ in CAUSING:
        return bool(participle.doc[participle.i - 1].text == ",")
    cue = cue_at(participle) if participle.dep_ in ("advcl", "acl", "xcomp", "conj") else None
    if cue is None or not cue.frames & {"as", "name"} or has(participle, *SUBJECTS):
        return False
    return has(participle, "dobj", "oprd", "ccomp") and not has(participle, "aux")


def _own_report(verb: Token) -> bool:
    return cue_at(verb) is not None and has(verb, *SUBJECTS)


def _reports(verb: Token) -> bool:
    return has(verb, "ccomp", "xcomp", "dobj", "oprd", "prep", "advcl")


def trimmed(span: Span) -> Tokens:
    """Without "that", spaces and punctuation at the edges; quotation marks and brackets that balance stay."""
    doc = span.doc
    start, end = span.start, span.end
    oriented = doc._.oriented
    while start < end and _loose_at_start(doc[start], oriented):
        start += 1
    while end > start and _loose_at_end(doc[end - 1], oriented):
        end -= 1
    return start, end


def _loose_at_start(token: Token, oriented: str) -> bool:
    if token.is_space or (token.lower_ == "that" and token.dep_ == "mark"):
        return True
    return token.is_punct and oriented[token.idx] not in "“‘([£$#"


def _loose_at_end(token: Token, oriented: str) -> bool:
    return token.is_space or (token.is_punct and oriented[token.idx] not in "”’)]%…")
