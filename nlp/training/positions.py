"""`python -m nlp.training.positions --data ../shared/data` fits the scorer of positions on hand-coded articles.

It reads uk-politics dev, the first half of our own gold and the second gold (bench/gold/README.md says which of them
rules were tried on), writes nlp/model/positions.npz and needs numpy alone; the same seed gives the same file. Before
that it says what cross-validation by article comes to at several thresholds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.build import build
from nlp.standing.cases import cases
from nlp.standing.evidence import Case
from nlp.standing.topics import telling
from nlp.standing.weighing import facts
from nlp.training.boosting import Settings, fit

Row = dict[str, Any]
GOLD = ("uk-news-2004-a.jsonl", "uk-news-2004-b.jsonl")
HALF = "uk-news-2004.jsonl"
LOOKED_AT = 12  # rows of HALF, from its beginning
TREES = Settings(trees=150, depth=3, rate=0.05, least=3.0)
FOLDS = 8
TITLES = frozenset("mr mrs ms miss dr sir dame lord lady baroness professor prof qc kc mp the rev".split())
GENERAL = frozenset(
    "the a an of to for in on at by and or with from its his her their this that new plan plans proposal proposals "
    "policy government".split()
)


@dataclass(frozen=True, eq=False)
class Article:
    """One coded article: its cases as read, and its positions as coded."""

    cases: list[Case]
    coded: list[Row]


def articles(data: Path, gold: Path) -> Iterator[Article]:
    """Every article that may be looked at, read anew."""
    texts = {row["id"]: row["text"] for row in _rows(data / "unlabelled" / "news.jsonl")}
    rows = _rows(data / "uk-politics" / "dev.jsonl")
    rows += _rows(gold / HALF)[:LOOKED_AT]
    rows += [row for name in GOLD for row in _rows(gold / name)]
    nlp = build()
    nlp.select_pipes(disable=["positions"])  # it needs the scorer that is to be made
    for row in rows:
        yield Article(cases(nlp(row.get("text") or texts[row["id"]])), row["positions"])


def right(case: Case, stance: str, coded: Row) -> bool:
    """Whether a row of gold says the same: the holder's name, the stance, and a word of the target."""
    same = _name(case.holder.name) == _name(coded["holder"]) and stance == coded["stance"]
    return same and bool(_words(case.target.text) & _words(coded["target"]))


def table(read: list[Article]) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.int64]]:
    """Facts, labels, and the article's number, two rows for each case: for and against."""
    rows, labels, owner = [], [], []
    for number, article in enumerate(read):
        for case in article.cases:
            for sign, stance in ((1, "support"), (-1, "oppose")):
                rows.append(list(facts(case, sign).values()))
                labels.append(any(right(case, stance, coded) for coded in article.coded))
                owner.append(number)
    return np.array(rows, dtype=np.float32), np.array(labels), np.array(owner)


def unseen(rows: NDArray[np.float32], labels: NDArray[np.bool_], owner: NDArray[np.int64], seed: int) -> NDArray[Any]:
    """The chance of each row from trees that saw none of its article."""
    order = sorted(set(owner.tolist()))
    random.Random(seed).shuffle(order)
    found = np.zeros(len(labels))
    for fold in range(FOLDS):
        out = np.isin(owner, order[fold::FOLDS])
        found[out] = fit(rows[~out], labels[~out], TREES).probability(rows[out])
    return found


def told_at(read: list[Article], chance: NDArray[Any], threshold: float) -> tuple[float, float, float]:
    """(precision, recall, F1) in percent of the rows from ``threshold`` on."""
    hit = told = asked = 0
    pairs = iter(chance.reshape(-1, 2))
    for article in read:
        both = ((case, next(pairs)) for case in article.cases)
        ranked = [(c, s, case) for case, pair in both for c, s in zip(pair, ("support", "oppose"), strict=True)]
        chosen: list[tuple[Case, str]] = []
        for likely, stance, case in sorted(ranked, key=lambda row: -row[0]):
            stems = telling(case.target.text)
            mine = (other for other, _ in chosen if other.holder.name == case.holder.name)
            if likely >= threshold and not any(stems & telling(other.target.text) for other in mine):
                chosen.append((case, stance))
        left = list(article.coded)
        for case, stance in chosen:
            found = next((coded for coded in left if right(case, stance, coded)), None)
            told += 1
            if found is not None:
                left.remove(found)
                hit += found.get("agreed", True)
                told -= not found.get("agreed", True)
        asked += sum(coded.get("agreed", True) for coded in article.coded)
    precision, recall = hit / max(1, told), hit / max(1, asked)
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _name(text: str) -> str:
    plain = text.casefold().replace("'s", "").replace("’s", "")
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in TITLES)


def _words(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w+", text.casefold()) if word not in GENERAL and len(word) > 2}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.positions", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with uk-politics/ and unlabelled/")
    parser.add_argument("--gold", type=Path, default=Path("bench/gold"), help="folder with our own gold")
    parser.add_argument("--out", type=Path, default=Path("nlp/model/positions.npz"))
    given = parser.parse_args()
    source = given.data / "uk-politics" / "dev.jsonl"
    if not source.is_file():
        raise SystemExit(f"{source} is not there: put the coded articles in its place.")
    read = list(articles(given.data, given.gold))
    rows, labels, owner = table(read)
    chance = np.mean([unseen(rows, labels, owner, seed) for seed in range(3)], axis=0)
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        scores = " / ".join(f"{score:.1f}" for score in told_at(read, chance, threshold))
        print(f"cross-validated, from {threshold}: precision / recall / F1 {scores}")
    trees = fit(rows, labels, TREES)
    trees.save(given.out)
    print(f"{given.out}: {len(trees.leaf)} trees on {len(labels) // 2} cases of {len(read)} articles")


if __name__ == "__main__":
    main()
