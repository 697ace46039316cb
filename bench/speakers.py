"""How far a speaker's confidence can be trusted: the share that is right at each confidence, on annotated articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from bench.corpora import UK_DEV, heldout, read, scorer, second
from bench.reading import annotated

Row = dict[str, Any]
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.92, 1.01)


def reliability() -> Iterator[str]:
    """Lines to print: quotes of each band, mean confidence, share right; with rules read beside, and on unread ones."""
    gold = heldout()
    half = len(gold) // 2
    sets = (
        ("articles that rules were written beside", [*read(UK_DEV), *gold[:half], *second()]),
        ("articles that nobody looked at", gold[half:]),
    )
    for name, rows in sets:
        judged = list(_judged(rows))
        yield f"{name}: {len(judged)} quotes with a speaker, {_share(judged)}"
        for low, high in pairwise(BANDS):
            inside = [pair for pair in judged if low <= pair[0] < high]
            if inside:
                yield f"  {low:.2f} to {min(high, 1.0):.2f}: {len(inside):4} quotes, {_share(inside)}"


def _share(judged: Sequence[tuple[float, bool]]) -> str:
    count = len(judged)
    return f"mean {sum(sure for sure, _ in judged) / count:.2f}, {sum(right for _, right in judged) / count:.2f} right"


def _judged(gold: Sequence[Row]) -> Iterator[tuple[float, bool]]:
    """Confidence and rightness of each speaker that stands beside a quote which the gold has too."""
    judge = scorer("score_uk")
    for article, reading in zip(gold, annotated(gold), strict=True):
        words = judge.words_of(article["text"])
        wanted, found = (
            [dict(quote, ids=judge.ids(words, quote["content"])) for quote in row["quotes"]]
            for row in (article, reading)
        )
        for i, j in judge.match(wanted, found, lambda one, other: _near(judge, one, other)):
            speaker = judge.name(found[j]["speaker"])
            names = {judge.name(wanted[i].get(key)) for key in ("speaker", "speaker_b")} - {""}
            if speaker:
                yield found[j]["speaker_confidence"], speaker in names


def _near(judge: Any, one: Row, other: Row) -> float:
    overlap = float(judge.iou(one["ids"], other["ids"]))
    return overlap if overlap >= 0.5 else 0.0
