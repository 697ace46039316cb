"""Positions: who is for and who is against what, with the passage that shows it and how sure the reading is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import entities, people, quotes, store
from nlp.records import Position, Quote, Span
from nlp.speaking.cast import cast_of
from nlp.standing.camps import camps, owners
from nlp.standing.holders import BODY_NOUNS, Holder, Holders
from nlp.standing.judgements import cue_judgement, judgement, leaning
from nlp.standing.pledges import deeds, pledges
from nlp.standing.stances import Stance, stances
from nlp.standing.targets import Target, Targets, phrase
from nlp.surface import text_of
from nlp.wordlists import words

THRESHOLD = 0.5
HALF_SURE = 1.4  # the weight of evidence at which a stance is as likely as not
WEIGHTS = {
    "attitude": 3.0, "proposal": 2.6, "call": 2.2, "noun": 2.6, "owner": 2.0,
    "pledge": 2.6, "wish": 2.0, "future": 2.2, "ought": 1.8, "needed": 2.0,
}  # fmt: skip
TELLING = 2.0  # how much a cue or an office must say before it is a position on a policy that is only named
POINTED = 8  # words, up to which a sentence that names a policy and judges it does nothing else
CLEAR = 2.0  # how clear a judgement must be when the policy is not named
IMPLICIT = 0.6  # and how much it counts then
ALLEGED = 0.6  # what one says of another's stance is not the other's


@dataclass(frozen=True, slots=True)
class Signal:
    """One passage that speaks for (+) or against (-) a holder's support of a target."""

    holder: Holder
    target: Target
    weight: float
    evidence: Span
    kind: str
    quote: int | None = None


@Language.component("positions", requires=["token.dep", "token.head", "doc.spans"], assigns=["doc.spans"])
def positions(doc: Doc) -> Doc:
    said, targets = quotes(doc), Targets(doc)
    holders = Holders(doc, cast_of(doc), said)
    signals = [*_told(doc, holders, targets, said), *_said(doc, targets, said)]
    records = [position for position in _weighed(signals) if position.confidence >= THRESHOLD]
    store(doc, "positions", records, spans=[position.evidence for position in records])
    return doc


def _told(doc: Doc, holders: Holders, targets: Targets, said: tuple[Quote, ...]) -> Iterator[Signal]:
    """Stances that narration or the words of a quote state by their grammar."""
    for stance in (*stances(doc), *owners(doc), *camps(doc), *pledges(doc)):
        quote = next((i for i, q in enumerate(said) if any(a <= doc[stance.verb].idx < b for a, b in q.content)), None)
        target, sign = _target(doc, targets, stance)
        if target is None:
            continue
        for holder in _holders(doc, holders, stance, said[quote] if quote is not None else None):
            alleged = (
                quote is not None
                and said[quote].speaker not in (None, holder.name)
                and stance.kind not in ("owner", "noun")
            )
            weight = sign * WEIGHTS[stance.kind] * target.sure * (ALLEGED if alleged else 1.0)
            yield Signal(holder, target, weight, _clause(doc, stance), stance.kind, quote)


def _target(doc: Doc, targets: Targets, stance: Stance) -> tuple[Target | None, int]:
    """What the stance is on and its sign there; a deed that is not wanted counts only against a named policy."""
    if not stance.deed:
        return targets.of(doc[stance.target]), stance.sign
    verb = doc[stance.verb]
    found = targets.deed(verb, doc[stance.target], deeds()[verb.lower_], weak=stance.kind in ("ought", "future"))
    if found is None or (stance.sign < 0 and found[0].policy is None):
        return None, 0
    return found[0], found[1] * stance.sign


def _holders(doc: Doc, holders: Holders, stance: Stance, quote: Quote | None) -> Iterator[Holder]:
    """The subject and whoever is joined to it ("the Tories and the Lib Dems"); what ought to be, its speaker says."""
    if stance.kind in ("ought", "needed"):
        if quote is not None and quote.speaker and quote.speaker_type != "unnamed":
            yield Holder(quote.speaker, quote.speaker_type)
        return
    subject = doc[stance.subject]
    for token in (subject, *(other for other in subject.conjuncts if other.i > subject.i)):
        holder = holders.of(token)
        if holder is not None:
            yield holder


def _clause(doc: Doc, stance: Stance) -> Span:
    """The verb's sentence from the first to the last of subject, verb and object."""
    sentence = doc[stance.verb].sent
    bounds = [*phrase(doc[stance.subject]), *phrase(doc[stance.target]), stance.verb, stance.verb + 1]
    first, last = max(min(bounds), sentence.start), min(max(bounds), sentence.end)
    return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])


def _said(doc: Doc, targets: Targets, said: tuple[Quote, ...]) -> Iterator[Signal]:
    """A quote takes a stance when a sentence of it judges the policy that it names, or its cue does."""
    titles = {person.name: tuple(role.title for role in person.roles) for person in people(doc)}
    actors = {*titles, *(body.name for body in entities(doc, "organisations"))}
    for index, quote in enumerate(said):
        if not quote.speaker or quote.speaker_type == "unnamed":
            continue
        lean = leaning(quote.speaker, titles.get(quote.speaker, ())) + cue_judgement(doc, quote)
        evidence = (quote.content[0][0], quote.content[-1][1])
        for target, weight, kind in _judged(doc, targets, quote, lean):
            for holder in _speakers(quote, actors):
                yield Signal(holder, target, weight * target.sure, evidence, kind, index)


def _speakers(quote: Quote, actors: set[str]) -> list[Holder]:
    """The speaker; of two that speak as one ("Labour and Unison"), each."""
    name = quote.speaker or ""
    if name.lower().removeprefix("the ") in BODY_NOUNS:  # nobody knows which union
        return []
    each = [part for part in name.split(" and ") if part in actors]
    if name not in actors and len(each) > 1:
        return [Holder(part, "organisation") for part in each]
    return [Holder(name, quote.speaker_type)]


def _judged(doc: Doc, targets: Targets, quote: Quote, lean: float) -> Iterator[tuple[Target, float, str]]:
    """Every policy that a sentence of the quote names, with how it is judged; else the article's main one."""
    pieces = [piece for a, b in quote.content for piece in _sentences(doc, a, b)]
    named = [(a, b, p) for a, b in pieces if (p := targets.within(a, b) or targets.pointed_at(a, b))]
    for start, end, policy in named:
        weight = judgement(doc, start, end)
        if len(text_of(doc)[start:end].split()) <= POINTED:
            weight *= 1.6
        if weight or abs(lean) >= TELLING:
            yield Target(policy.name, policy.name, 1.0), weight + lean, "said"
    if not named and targets.main is not None and min(targets.main.mentions)[0] < quote.content[0][0]:
        # An office tells whose policy it is: a minister, or who shadows one, speaks of the article's main policy.
        weight = sum(judgement(doc, a, b) for a, b in pieces) + lean
        if lean * weight > 0 and abs(weight) >= CLEAR:
            yield Target(targets.main.name, targets.main.name, IMPLICIT), weight, "implied"


def _sentences(doc: Doc, start: int, end: int) -> Iterator[Span]:
    span = doc.char_span(start, end, alignment_mode="expand")
    firsts = [token for token in span if token.is_sent_start or token.i == span.start] if span is not None else []
    for token in firsts:
        sentence = token.sent
        yield max(start, sentence.start_char), min(end, sentence.end_char)


def _weighed(signals: Iterable[Signal]) -> Iterator[Position]:
    """One position for each holder and target; of two wordings one may say more than the other."""
    groups: list[list[Signal]] = []
    for signal in sorted(signals, key=lambda signal: (-abs(signal.weight), signal.evidence)):
        group = next((group for group in groups if _same(group[0], signal)), None)
        if group is None:
            groups.append([signal])
        else:
            group.append(signal)
    for group in sorted(groups, key=lambda group: group[0].evidence):
        total = sum(signal.weight for signal in group)
        best = next((signal for signal in group if signal.weight * total > 0), group[0])
        yield Position(
            holder=best.holder.name,
            holder_type=best.holder.kind,
            target=best.target.text,
            stance="support" if total > 0 else "oppose",
            confidence=abs(total) / (abs(total) + HALF_SURE),
            evidence=best.evidence,
            policy=best.target.policy,
            quote=best.quote,
        )


def _same(one: Signal, other: Signal) -> bool:
    if one.holder.name != other.holder.name:
        return False
    if one.target.policy and one.target.policy == other.target.policy:
        return True
    these, those = _telling(one.target.text), _telling(other.target.text)
    return bool(these and those) and (these <= those or those <= these)


def _telling(text: str) -> set[str]:
    general = words("policy_general")
    return {word[:5] for word in re.findall(r"\w+", text.lower()) if len(word) > 2 and word not in general}
