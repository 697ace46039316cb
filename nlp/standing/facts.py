"""What is known of each case, in numbers that trees can weigh.

Facts with a sign are told for one side at a time (+1 support, -1 oppose), so that what is learned of support holds of
opposition too; the others say how much the holder has to do with the target (bearings.py) and what each is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from nlp.standing.bearings import JUDGED, MET, Bearings
from nlp.standing.evidence import Case
from nlp.standing.judgements import leaning
from nlp.standing.salience import COMMON
from nlp.standing.scopes import Scopes
from nlp.standing.told import STRENGTH
from nlp.standing.topics import telling

ALLEGED = 0.6  # what one says of another's stance is not the other's
TELLING = 2.0  # how much a cue or an office must say before it is a position on a policy that is only named
POINTED, POINT = 8, 1.6  # a sentence of so few words that names a policy and judges it does nothing else
MOST = 6.0
UNRANKED = 9.0
WORDING = (
    "target stems", "salience", "second salience", "mean salience", "sum of salience", "any salience",
    "salience beside the strongest", "share", "mean share",
)  # fmt: skip
PLAIN = (
    "person", "organisation", "group", "party", "of a party", "in quote", "named by them", "signals", "rank", "weight",
    "headlined", "policy", "sure",
)  # fmt: skip
SIGNED = (
    "alleged", "weighed", "said of it", "said besides", "attitude to it", "cue", "turned", "side", "proposer",
    "proposer's side", "leaning",
)  # fmt: skip
SIDED = (*STRENGTH, "told for", "told against")
NAMES = ("for", *SIGNED, *JUDGED, *SIDED, *PLAIN, *WORDING, *MET)
Floats = NDArray[np.float32]


class Knowledge:
    """The facts of the cases of one article. ``salient``: the chance of each stem; ``shares``: of coders' choices."""

    def __init__(self, scopes: Scopes, salient: Mapping[str, float], shares: Mapping[str, float]) -> None:
        self.scopes, self.salient, self.shares = scopes, salient, shares
        self.strongest = max(salient.values(), default=1.0)

    def of(self, cases: Sequence[Case]) -> Floats:
        """(2 × cases, NAMES): for and against of each case in turn."""
        stems = [telling(case.target.text) for case in cases]
        met, judged = Bearings(self.scopes, [case.holder.name for case in cases], stems).of()
        words = {phrase: self._wording(phrase) for phrase in set(stems)}
        plain = np.hstack([[_plain(case) for case in cases], [words[phrase] for phrase in stems], met])
        signed = np.hstack([[_signed(case) for case in cases], judged])
        found = np.empty((2 * len(cases), len(NAMES)), dtype=np.float32)
        for first, sign in ((0, 1), (1, -1)):
            aside = [_sided(case, sign) for case in cases]
            found[first::2] = np.hstack([np.full((len(cases), 1), sign > 0), sign * signed, aside, plain])
        return found

    def _wording(self, stems: frozenset[str]) -> tuple[float, ...]:
        """How salient the target's words are."""
        chances = sorted((self.salient.get(stem, 0.0) for stem in stems), reverse=True) or [0.0]
        shares = [self.shares.get(stem, COMMON) for stem in stems] or [COMMON]
        return (
            len(stems), chances[0], chances[1] if len(chances) > 1 else 0.0, sum(chances) / len(chances), sum(chances),
            1 - prod(1 - chance for chance in chances), chances[0] / self.strongest,
            max(shares), sum(shares) / len(shares),
        )  # fmt: skip


def _plain(case: Case) -> tuple[float, ...]:
    kind, topic = case.holder.kind, case.topic
    return (
        kind == "person", kind == "organisation", kind == "group", case.party and kind == "organisation", case.party,
        any(signal.quote is not None for signal in case.told), sum(remark.named for remark in case.said),
        len(case.told), case.rank if case.rank >= 0 else UNRANKED,
        topic.weight if topic else 0.0, bool(topic and topic.headlined), case.target.policy is not None,
        max((signal.target.sure for signal in case.told), default=0.0),
    )  # fmt: skip


def _signed(case: Case) -> tuple[float, ...]:
    """As they speak for support."""
    own = [remark.saying for remark in case.said if remark.named]
    return (
        sum(signal.sign for signal in case.told if signal.alleged), weighed(case),
        sum(saying.judgement for saying in own),
        sum(remark.saying.judgement for remark in case.said if not remark.named),
        sum(saying.attitude for saying in own), case.cue, -float(case.turned), case.side, case.proposer,
        case.other_side, leaning(case.holder.name, ()),
    )  # fmt: skip


def _sided(case: Case, sign: int) -> tuple[float, ...]:
    """The strongest signal of each kind, and the sums of those for this side and of those against it."""
    if not case.told:
        return (0.0,) * len(SIDED)
    own = [(signal.kind, sign * signal.sign * signal.target.sure) for signal in case.told if not signal.alleged]
    strongest = dict.fromkeys(STRENGTH, 0.0)
    for kind, weight in own:
        if kind in strongest and (weight > strongest[kind] or strongest[kind] == 0.0):
            strongest[kind] = weight
    for_it = sum(weight for _, weight in own if weight > 0)
    against = -sum(weight for _, weight in own if weight < 0)
    return (*strongest.values(), for_it, against)


def weighed(case: Case) -> float:
    """What a person who weighs by hand would give it: grammar first, then the words said of it; support is above 0."""
    weight = sum(
        signal.sign * STRENGTH.get(signal.kind, 0.0) * signal.target.sure * (ALLEGED if signal.alleged else 1.0)
        for signal in case.told
    )
    lean = case.cue + case.side
    for remark in case.said:
        if remark.named and (remark.saying.judgement or abs(lean) >= TELLING):
            weight += remark.saying.judgement * (POINT if remark.saying.words <= POINTED else 1.0) + lean
    return max(-MOST, min(MOST, weight))
