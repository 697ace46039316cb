"""What the facts of a case come to: the chance that its holder is for the target, and that it is against it.

Boosted trees over facts that are told for one sign at a time, so that what is learned of support holds of opposition
too; fitted by nlp/training/positions.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from nlp.speaking.boosting import Trees, load
from nlp.standing.evidence import Case
from nlp.standing.judgements import leaning

WEIGHTS = Path(__file__).parents[1] / "model" / "positions.npz"
STRENGTH = {
    "attitude": 3.0, "proposal": 2.6, "call": 2.2, "noun": 2.6, "owner": 2.0,
    "pledge": 2.6, "wish": 2.0, "future": 2.2, "ought": 1.8, "needed": 2.0,
}  # fmt: skip
ALLEGED = 0.6  # what one says of another's stance is not the other's
TELLING = 2.0  # how much a cue or an office must say before it is a position on a policy that is only named
HEAVY, PLAIN = 3.0, 0.5
POINTED, POINT = 8, 1.6  # a sentence of so few words that names a policy and judges it does nothing else


def facts(case: Case, sign: int) -> dict[str, float]:
    """What speaks for ``sign`` (+1 support, -1 oppose), by name; always the same names in the same order."""
    row: dict[str, float] = {"for": float(sign > 0)}
    told = [signal for signal in case.told if signal.kind in STRENGTH]
    for kind in STRENGTH:
        mine = [signal for signal in told if signal.kind == kind and not signal.alleged]
        row[kind] = max((sign * signal.sign * signal.target.sure for signal in mine), default=0.0)
    own = [signal.sign * sign * signal.target.sure for signal in told if not signal.alleged]
    row["told for"] = sum(weight for weight in own if weight > 0)
    row["told against"] = -sum(weight for weight in own if weight < 0)
    row["alleged"] = sum(sign * signal.sign for signal in told if signal.alleged)
    row["in quote"] = float(any(signal.quote is not None for signal in told))
    row["weighed"] = sign * _weighed(case)
    named = [remark for remark in case.said if remark.named]
    others = [remark for remark in case.said if not remark.named]
    row["said of it"] = sign * sum(remark.saying.judgement for remark in named)
    row["said besides"] = sign * sum(remark.saying.judgement for remark in others)
    row["attitude to it"] = sign * sum(remark.saying.attitude for remark in named)
    row["named"] = float(len(named))
    row["cue"] = sign * case.cue
    row["turned"] = float(-sign if case.turned else 0)
    row["side"] = float(sign * case.side)
    row["proposer"] = float(sign * case.proposer)
    row["proposer's side"] = float(sign * case.other_side)
    row["leaning"] = sign * leaning(case.holder.name, ())
    row["rank"] = float(case.rank if case.rank >= 0 else 9)
    row["weight"] = case.topic.weight if case.topic else 0.0
    row["policy"] = float(case.target.policy is not None)
    row["sure"] = max((signal.target.sure for signal in told), default=0.0)
    return row


def _weighed(case: Case) -> float:
    """What a person who weighs by hand would give it: grammar first, then the words said of it."""
    weight = sum(
        signal.sign * STRENGTH.get(signal.kind, 0.0) * signal.target.sure * (ALLEGED if signal.alleged else 1.0)
        for signal in case.told
    )
    lean = case.cue + case.side
    for remark in case.said:
        if remark.named and (remark.saying.judgement or abs(lean) >= TELLING):
            weight += remark.saying.judgement * (POINT if remark.saying.words <= POINTED else 1.0) + lean
    return max(-6.0, min(6.0, weight))


@lru_cache(maxsize=1)
def _trees() -> Trees:
    return load(WEIGHTS)


def chances(cases: Sequence[Case]) -> list[tuple[float, float]]:
    """For each case the chance that its holder supports the target, and that it opposes it."""
    if not cases:
        return []
    told = [facts(case, sign) for case in cases for sign in (1, -1)]
    found = _trees().probability(np.array([list(row.values()) for row in told], dtype=np.float32))
    # Three in five of what weighs so much by hand were right, however short the text that the trees know little of.
    sure = [max(float(chance), PLAIN) if row["weighed"] >= HEAVY else float(chance)
            for row, chance in zip(told, found, strict=True)]  # fmt: skip
    return list(zip(sure[::2], sure[1::2], strict=True))
