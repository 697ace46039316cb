"""Brings together what the article tells and what its speakers say of each holder and each target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.document import entities, people, quotes
from nlp.speaking.cast import cast_of
from nlp.standing.echoes import echoes
from nlp.standing.evidence import Case, Remark, Signal
from nlp.standing.facts import NAMES, Knowledge
from nlp.standing.holders import Holder, Holders
from nlp.standing.joined import apart
from nlp.standing.judgements import leaning
from nlp.standing.pointed import VERDICTS, settled
from nlp.standing.said import Speaker, speakers
from nlp.standing.salience import Salience, salience
from nlp.standing.scopes import Scopes
from nlp.standing.sides import Sides
from nlp.standing.targets import Target, Targets
from nlp.standing.told import told
from nlp.standing.topics import Topic, telling, topics
from nlp.standing.wanted import wanted
from nlp.surface import text_of

ANNOUNCED = 2.0  # what a cue that announces, praises or backs tells of its speaker
PROPOSING = frozenset({"proposal", "pledge", "owner", "future", "intent"})


@dataclass(frozen=True, eq=False)
class Gathered:
    """The cases of one article, and what their facts are drawn from."""

    cases: list[Case]
    knowledge: Knowledge

    def facts(self) -> NDArray[np.float32]:
        """(2 × cases, facts): for and against of each case in turn."""
        if not self.cases:
            return np.zeros((0, len(NAMES)), dtype=np.float32)
        return self.knowledge.of(self.cases)


def gather(doc: Doc, model: Salience | None = None) -> Gathered:
    """Every holder and each target that they have a word on, or that the article is about; ``model`` as shipped."""
    model = model or salience()
    said, targets = quotes(doc), Targets(doc)
    cast = cast_of(doc)
    holders = Holders(doc, cast, said)
    salient = model.of(doc)
    sides = Sides(text_of(doc), people(doc))
    signals = list(apart(told(doc, holders, targets, said)))
    named = [(s.target.text, s.target.policy, s.start) for s in signals if s.kind not in VERDICTS]
    about = topics(doc, targets, named, salient)
    signals += apart(wanted(doc, holders, targets, said, signals, sides))
    signals = list(settled(signals, about))
    actors = {*(person.name for person in people(doc)), *(body.name for body in entities(doc, "organisations"))}
    found = _told([*signals, *echoes(doc, holders, signals)], about)
    for speaker in speakers(doc, targets, said, actors):
        _add_said(found, speaker, about)
    scopes = Scopes(doc, cast, holders)
    _add_named(found, scopes, about)
    _take_sides(found, sides)
    return Gathered(found, Knowledge(scopes, salient, model.shares))


def cases(doc: Doc) -> list[Case]:
    """The cases alone."""
    return gather(doc).cases


def _add_named(found: list[Case], scopes: Scopes, about: list[Topic]) -> None:
    """A case for everyone who is named with a topic, or speaks near it, and has none on it yet."""
    known: dict[str, list[Case]] = {}
    holders: dict[str, Holder] = {}
    for case in found:
        known.setdefault(case.holder.name, []).append(case)
        holders.setdefault(case.holder.name, case.holder)
    for holder in scopes.everyone:
        holders.setdefault(holder.name, holder)
    places = [set(scopes.with_any(topic.stems)) for topic in about]
    for name, holder in holders.items():
        scope = scopes.of(name)
        near = {*scope.named, *(number + step for number in scope.said for step in (-1, 0, 1))}
        mine = known.setdefault(name, [])
        for rank, topic in enumerate(about):
            target = Target(topic.text, topic.policy, 1.0)
            if not near.isdisjoint(places[rank]) and not any(_same(case, target, rank) for case in mine):
                mine.append(Case(holder, target, topic, rank))
                found.append(mine[-1])


def _take_sides(found: list[Case], sides: Sides) -> None:
    """The side of each case's holder, and how it stands to those who propose the target."""
    proposers = _proposers(found)
    for case in found:
        name = case.holder.name
        case.side = sides.of(name)
        mine = sides.party(name)
        case.party = mine is not None
        owners = proposers.get(_about(case), [])
        case.proposer = name in owners
        rest = [owner for owner in owners if owner != name]
        if any(mine and mine == sides.party(owner) for owner in rest):
            case.other_side = 1
        elif rest and case.side and any(sides.of(owner) for owner in rest):
            same = any(sides.of(owner) == case.side == 1 for owner in rest)
            case.other_side = 1 if same else -1


def _told(signals: Iterable[Signal], about: list[Topic]) -> list[Case]:
    found: list[Case] = []
    for signal in signals:
        rank = _rank(signal.target, about)
        for case in found:
            if case.holder.name == signal.holder.name and _same(case, signal.target, rank):
                case.told.append(signal)
                break
        else:
            topic = about[rank] if rank >= 0 else None
            found.append(Case(signal.holder, signal.target, topic, rank, [signal]))
    return found


def _add_said(found: list[Case], speaker: Speaker, about: list[Topic]) -> None:
    """The speaker's remarks, to each case of theirs and to a case for each topic and each policy that they name."""
    mine = [case for case in found if case.holder.name == speaker.holder.name]
    wanted = [Target(topic.text, topic.policy, 1.0) for topic in about]
    wanted += [Target(saying.policy.name, saying.policy.name, 1.0) for saying in speaker.sayings if saying.policy]
    for target in wanted:
        rank = _rank(target, about)
        if not any(_same(case, target, rank) for case in mine):
            new = Case(speaker.holder, target, about[rank] if rank >= 0 else None, rank)
            mine.append(new)
            found.append(new)
    _counted(mine, speaker)
    for case in mine:
        case.cue, case.turned = speaker.cue, speaker.turned
        for saying in speaker.sayings:
            spoken_of = Target(saying.policy.name, saying.policy.name, 1.0) if saying.policy is not None else None
            named = spoken_of is not None and _same(case, spoken_of, _rank(spoken_of, about))
            case.said.append(Remark(saying, named))
            if named and speaker.cue >= ANNOUNCED and not case.told:  # "the council announced the levy would end"
                place, number = saying.span, saying.quote
                case.told.append(Signal(speaker.holder, case.target, 1, place, "proposal", place[0], number))


def _counted(mine: list[Case], speaker: Speaker) -> None:
    """ "Critics say …": whoever is called an opponent, with no word of what, is one of the article's first topic."""
    lean = leaning(speaker.holder.name, ())
    case = next((case for case in mine if case.rank == 0), None)
    if abs(lean) == 2 and case is not None and not any(signal.kind == "noun" for c in mine for signal in c.told):
        span, quote = speaker.sayings[0].span, speaker.sayings[0].quote
        case.told.append(Signal(speaker.holder, case.target, 1 if lean > 0 else -1, span, "noun", span[0], quote))


def _rank(target: Target, about: list[Topic]) -> int:
    """The topic that a target is, or -1."""
    for n, topic in enumerate(about):
        if target.policy is not None and target.policy == topic.policy:
            return n
    mine = telling(target.text)
    shares = [len(mine & topic.stems) / max(1, min(len(mine), len(topic.stems))) for topic in about]
    return shares.index(max(shares)) if shares and max(shares) >= 0.5 else -1


def _same(case: Case, target: Target, rank: int) -> bool:
    if rank >= 0 and case.rank == rank:
        return True
    if target.policy and target.policy == case.target.policy:
        return True
    these, those = telling(case.target.text), telling(target.text)
    return bool(these and those) and (these <= those or those <= these)


def _about(case: Case) -> str:
    return f"topic {case.rank}" if case.rank >= 0 else case.target.policy or case.target.text


def _proposers(found: list[Case]) -> dict[str, list[str]]:
    """For each target who proposes, pledges or owns it."""
    table: dict[str, list[str]] = {}
    for case in found:
        if any(signal.kind in PROPOSING and signal.sign > 0 and not signal.alleged for signal in case.told):
            table.setdefault(_about(case), []).append(case.holder.name)
    return table
