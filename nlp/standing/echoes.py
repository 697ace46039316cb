"""Stances that repeat another's: "her call was backed by Unison", "agreed with him", "as did Ada Quill"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.evidence import Signal
from nlp.standing.holders import Holder, Holders
from nlp.standing.stances import negated, objects, who
from nlp.surface import tokens_among

# What one says or holds; whoever backs it holds the same, and against what it is against.
VIEWS = frozenset(
    "call calls view views stance position assessment comments comment remarks criticism criticisms concern concerns "
    "warning warnings plea demand demands argument opposition objections appeal verdict analysis statement claim "
    "claims conclusion conclusions findings recommendation recommendations sentiment sentiments message opinion "
    "judgement judgment fears suggestion reservations attack proposal proposals".split()
)
SHARING = {
    "back": 1, "echo": 1, "support": 1, "endorse": 1, "share": 1, "welcome": 1, "repeat": 1, "second": 1,
    "reject": -1, "dismiss": -1, "dispute": -1, "rebut": -1, "deny": -1, "refute": -1, "ridicule": -1,
}  # fmt: skip
FIRM = {("agree", "with"): 1, ("disagree", "with"): -1, ("side", "with"): 1}
DOES = frozenset({"did", "does", "do", "has", "have", "is", "was", "were", "are"})
BARE = frozenset({"nsubj", "neg", "punct", "cc", "advmod"})


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    return verb_forms([*SHARING, *(verb for verb, _ in FIRM)])


def echoes(doc: Doc, holders: Holders, signals: Sequence[Signal]) -> Iterator[Signal]:
    """New signals on what others' signals, before or just after in the text, are on."""
    if not signals:
        return
    known = _verbs()
    for verb in tokens_among(doc, known):
        if not verb.tag_.startswith("VB"):
            continue
        for view, sign in _shared(verb, known[verb.lower_]):
            subject, flip = who(verb)
            owner = _owner(view, holders)
            if subject is None or owner is None:
                continue
            model = _nearest(signals, owner, verb.idx)
            for token in (subject, *subject.conjuncts):
                holder = holders.of(token)
                if model is not None and holder is not None and holder.name != owner.name:
                    place = (verb.sent.start_char, verb.sent.end_char)
                    yield replace(
                        model, holder=holder, sign=model.sign * sign * flip, evidence=place, kind="echo", quote=None
                    )
    yield from _as_did(doc, holders, signals)


def _shared(verb: Token, base: str) -> Iterator[tuple[Token, int]]:
    """What is shared or disputed by the verb, and the sign."""
    if base in SHARING:
        yield from ((thing, SHARING[base]) for thing in objects(verb, gerunds=False) if thing.lower_ in VIEWS)
    for link in verb.children:
        sign = FIRM.get((base, link.lower_), 0) if link.dep_ == "prep" else 0
        if sign:
            yield from ((thing, sign) for thing in link.children if thing.dep_ == "pobj")


def _owner(view: Token, holders: Holders) -> Holder | None:
    """Whose view it is; of "agreed with Ada Quill", hers."""
    if view.lower_ not in VIEWS:
        return holders.of(view)
    owner = next((child for child in view.children if child.dep_ == "poss"), None)
    if owner is None:
        links = (child for child in view.children if child.lower_ in ("of", "from", "by"))
        owner = next((thing for link in links for thing in link.children if thing.dep_ == "pobj"), None)
    return holders.of(owner) if owner is not None else None


def _nearest(signals: Sequence[Signal], owner: Holder, place: int) -> Signal | None:
    mine = [signal for signal in signals if signal.holder.name == owner.name and not signal.alleged]
    return min(mine, key=lambda signal: abs(signal.start - place), default=None)


def _as_did(doc: Doc, holders: Holders, signals: Sequence[Signal]) -> Iterator[Signal]:
    """ "X welcomed it, as did Y and Z", "X is for it but Y is not"."""
    for token in tokens_among(doc, DOES):
        said_so = token.i > 0 and doc[token.i - 1].lower_ in ("as", "so") and not negated(token)
        cut_short = token.dep_ == "conj" and negated(token) and all(c.dep_ in BARE for c in token.children)
        subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
        if subject is None or not (cut_short or (said_so and subject.i > token.i)):
            continue
        sentence = doc[token.i].sent
        models = [s for s in signals if sentence.start_char <= s.evidence[0] and s.evidence[1] <= token.idx + 1]
        for other in (subject, *subject.conjuncts):
            holder = holders.of(other)
            for model in models[:1]:
                if holder is not None and holder.name != model.holder.name:
                    sign = -model.sign if cut_short else model.sign
                    yield replace(model, holder=holder, sign=sign, kind="echo", quote=None)
