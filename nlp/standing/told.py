"""Stances that narration or the words of a quote state by their grammar, as signals on targets."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from nlp.records import Quote, Span
from nlp.standing.acts import acts
from nlp.standing.ambivalence import ambivalences
from nlp.standing.attitude_nouns import nouns
from nlp.standing.camps import camps, contents, members, owners
from nlp.standing.crafted import crafted
from nlp.standing.evidence import Signal
from nlp.standing.holders import Holder, Holders
from nlp.standing.listed import with_listed
from nlp.standing.moods import epithets, moods
from nlp.standing.namings import namings
from nlp.standing.plans_of import plans_of
from nlp.standing.pledges import deeds, pledges
from nlp.standing.pointed import VERDICTS, WAVED_AT, pointed, points
from nlp.standing.reproaches import reproaches
from nlp.standing.rulings import rulings
from nlp.standing.stances import Stance, stances
from nlp.standing.targets import THING, Target, Targets, phrase
from nlp.standing.verdicts import verdicts
from nlp.standing.wanted import WANTED

SPOKEN = frozenset({"ought", "needed"}) | VERDICTS  # what a speaker says of a thing
# What each kind of signal tells by itself, as a person would weigh it by hand; trees weigh the kinds anew (facts.py).
STRENGTH: dict[str, float] = {
    "attitude": 3.0, "proposal": 2.6, "call": 2.2, "noun": 2.6, "owner": 2.0, "pledge": 2.6, "wish": 2.0,
    "future": 2.2, "ought": 1.8, "needed": 2.0,
    "verdict": 2.0, "effect": 2.0, "pointed": 1.4, "gestured": 0.8, "naming": 2.4,
    "act": 2.0, "mulled": 0.8, "undone": 1.2, "judged": 2.0, "reproach": 1.6, "ruling": 3.0,
    "waved": 1.6, "echo": 2.0, "under": 1.8, "owned": 1.8,
    "listed": 1.6,
    **WANTED,
}  # fmt: skip
# Kinds that may be on "the plans" alone, where the article names no policy.
POINTABLE = frozenset({"attitude", "noun", "proposal", "reproach", "act"})
ACTS = frozenset({"act", "mulled", "undone", "judged", "accused"})  # done to many things that nobody argues about
OWNERS = frozenset({"owner", "noun"})  # said of others as a matter of course


def told(doc: Doc, holders: Holders, targets: Targets, said: tuple[Quote, ...]) -> Iterator[Signal]:
    """Every signal, in no order."""
    found = (
        stances,
        nouns,
        namings,
        owners,
        contents,
        camps,
        crafted,
        acts,
        reproaches,
        rulings,
        plans_of,
        pledges,
        verdicts,
        moods,
        epithets,
        ambivalences,
    )
    for stance in with_listed(doc, (stance for kind in found for stance in kind(doc))):
        place = doc[stance.verb].idx
        index = next((i for i, q in enumerate(said) if any(a <= place < b for a, b in q.content)), None)
        target, sign = (None, stance.sign) if stance.bare else _target(doc, targets, stance)
        kind = stance.kind
        if kind in VERDICTS:
            target, kind = pointed(doc[stance.target], kind, target, targets) if not stance.deed else (target, kind)
        elif target is None and kind in POINTABLE and (points(doc[stance.target]) or stance.bare):
            target, kind = WAVED_AT, "waved"
        if target is None or (kind in ACTS and target.sure < THING):
            continue
        quote = said[index] if index is not None else None
        for holder in _holders(doc, holders, stance, quote):
            own = quote is None or holder.name in (quote.speaker or holder.name) or stance.kind in OWNERS
            start = doc[stance.target].idx
            yield Signal(holder, target, sign, _clause(doc, stance), kind, start, index, not own)


def _target(doc: Doc, targets: Targets, stance: Stance) -> tuple[Target | None, int]:
    """What the stance is on and its sign there; a deed that is not wanted counts only against a named policy."""
    if not stance.deed:
        return targets.of(doc[stance.target]), stance.sign
    verb = doc[stance.verb]
    kind = deeds().get(verb.lower_, "general")
    deed = targets.deed(verb, doc[stance.target], kind, weak=stance.kind in ("ought", "future"))
    if deed is None or (stance.sign < 0 and deed[0].policy is None and stance.kind not in VERDICTS):
        return None, 0
    return deed[0], deed[1] * stance.sign


def _holders(doc: Doc, holders: Holders, stance: Stance, quote: Quote | None) -> Iterator[Holder]:
    """The subject and whoever is joined to it ("the Tories and the Lib Dems"); what ought to be, its speaker says."""
    if stance.kind in SPOKEN and stance.subject == stance.verb:
        if quote is not None and quote.speaker and quote.speaker_type != "unnamed":
            yield Holder(quote.speaker, quote.speaker_type)
        return
    subject = doc[stance.subject]
    for token in (subject, *(other for other in subject.conjuncts if other.i > subject.i), *members(subject)):
        holder = holders.of(token)
        if holder is not None:
            yield holder


def _clause(doc: Doc, stance: Stance) -> Span:
    """The verb's sentence from the first to the last of subject, verb and object."""
    sentence = doc[stance.verb].sent
    bounds = [*phrase(doc[stance.subject]), *phrase(doc[stance.target]), stance.verb, stance.verb + 1]
    first, last = max(min(bounds), sentence.start), min(max(bounds), sentence.end)
    return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
