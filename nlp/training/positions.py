"""`python -m nlp.training.positions --data ../shared/data` fits what reads positions on hand-coded articles.

It reads uk-politics dev, the first half of our own gold, the second gold and the part of the third that may be looked
at (bench/gold/README.md), writes nlp/model/salience.npz (which words name what people are for or against) and
nlp/model/positions.npz (who stands where), and needs numpy alone; the same seed gives the same files. Before that it
says what cross-validation by article comes to at several thresholds.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.build import build
from nlp.standing.cases import gather
from nlp.standing.evidence import Case
from nlp.standing.salience import Salience
from nlp.training import salience
from nlp.training.boosting import Settings, fit
from nlp.training.coding import Row, chosen, right, told_by, words_of

GOLD = ("uk-news-2004-a.jsonl", "uk-news-2004-b.jsonl", "positions-2004.jsonl")
HALF = "uk-news-2004.jsonl"
LOOKED_AT = 12  # rows of HALF, from its beginning
TREES = Settings(trees=200, depth=4, rate=0.06, least=4.0, columns=0.35)
FOLDS = 6
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, eq=False)
class Article:
    """One coded article: its cases, their facts (2 × cases, facts), and its positions as coded."""

    cases: list[Case]
    facts: NDArray[np.float32]
    coded: list[Row]


def coded_articles(data: Path, gold: Path) -> Iterator[tuple[Doc, list[Row]]]:
    """Every article that may be looked at, read anew, with its positions as coded."""
    texts = {row["id"]: row["text"] for row in _rows(data / "unlabelled" / "news.jsonl")}
    rows = _rows(data / "uk-politics" / "dev.jsonl")
    rows += _rows(gold / HALF)[:LOOKED_AT]
    rows += [row for name in GOLD for row in _rows(gold / name)]
    nlp = build()
    nlp.select_pipes(disable=["positions"])  # it needs what is to be made
    for row in rows:
        yield nlp(row.get("text") or texts[row["id"]]), row["positions"]


def gathered(read: Sequence[tuple[Doc, list[Row]]], models: Sequence[Salience]) -> list[Article]:
    """The cases and facts of each article, by the words that ``models`` (one an article) find salient."""
    found = []
    for (doc, coded), model in zip(read, models, strict=True):
        evidence = gather(doc, model)
        found.append(Article(evidence.cases, evidence.facts(), coded))
    return found


def unseen_salience(read: Sequence[tuple[Doc, list[Row]]], seed: int) -> list[Salience]:
    """For each article the words as they are salient to a model that saw none of it."""
    found: dict[int, Salience] = {}
    for out in _folds(len(read), seed):
        model = salience.fitted([_named(*read[n]) for n in range(len(read)) if n not in out])
        found |= dict.fromkeys(out, model)
    return [found[n] for n in range(len(read))]


def table(articles: Sequence[Article]) -> tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.int64]]:
    """Facts; 1 for what was coded, 0 for what was not, -1 where coders differ; and the article's number."""
    labels: list[int] = []
    owner: list[int] = []
    for number, article in enumerate(articles):
        for case in article.cases:
            labels += [told_by(case, stance, article.coded) for stance in ("support", "oppose")]
            owner += [number, number]
    return np.vstack([article.facts for article in articles]), np.array(labels, dtype=np.int8), np.array(owner)


def unseen(rows: NDArray[np.float32], labels: NDArray[np.int8], owner: NDArray[np.int64], seed: int) -> NDArray[Any]:
    """The chance of each row from trees that saw none of its article."""
    found = np.zeros(len(labels))
    for out in _folds(int(owner.max()) + 1, seed):
        left = np.isin(owner, list(out))
        seen = ~left & (labels >= 0)
        found[left] = fit(rows[seen], labels[seen] > 0, TREES).probability(rows[left])
    return found


def told_at(articles: Sequence[Article], chance: NDArray[Any], threshold: float) -> tuple[float, float, float]:
    """(precision, recall, F1) in percent of the rows from ``threshold`` on."""
    hit = told = asked = start = 0
    for article in articles:
        end = start + 2 * len(article.cases)
        left = list(article.coded)
        for case, stance in chosen(article.cases, chance[start:end], threshold):
            found = next((row for row in left if right(case, stance, row)), None)
            told += 1
            if found is not None:
                left.remove(found)
                hit += found.get("agreed", True)
                told -= not found.get("agreed", True)
        asked += sum(row.get("agreed", True) for row in article.coded)
        start = end
    precision, recall = hit / max(1, told), hit / max(1, asked)
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def _folds(count: int, seed: int) -> Iterator[set[int]]:
    order = list(range(count))
    random.Random(seed).shuffle(order)
    yield from (set(order[fold::FOLDS]) for fold in range(FOLDS))


def _named(doc: Doc, coded: list[Row]) -> salience.Coded:
    return doc, frozenset().union(*(words_of(row["target"]) for row in coded if row.get("agreed", True)))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.positions", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with uk-politics/ and unlabelled/")
    parser.add_argument("--gold", type=Path, default=Path("bench/gold"), help="folder with our own gold")
    parser.add_argument("--out", type=Path, default=Path("nlp/model"), help="folder of the weights")
    given = parser.parse_args()
    source = given.data / "uk-politics" / "dev.jsonl"
    if not source.is_file():
        raise SystemExit(f"{source} is not there: put the coded articles in its place.")
    read = list(coded_articles(given.data, given.gold))
    articles = gathered(read, unseen_salience(read, seed=0))
    rows, labels, owner = table(articles)
    chance = np.mean([unseen(rows, labels, owner, seed) for seed in range(2)], axis=0)
    dev = len(_rows(source))
    start = 2 * sum(len(article.cases) for article in articles[:dev])
    for threshold in THRESHOLDS:
        every = " / ".join(f"{score:.1f}" for score in told_at(articles, chance, threshold))
        own = " / ".join(f"{score:.1f}" for score in told_at(articles[:dev], chance[:start], threshold))
        print(f"cross-validated, from {threshold}: precision / recall / F1 {every}; of uk-politics dev alone {own}")
    salience.save(salience.fitted([_named(*article) for article in read]), given.out / "salience.npz")
    trees = fit(rows[labels >= 0], labels[labels >= 0] > 0, TREES)
    trees.save(given.out / "positions.npz")
    print(f"{given.out}: {len(trees.leaf)} trees on {len(labels) // 2} cases of {len(articles)} articles")


if __name__ == "__main__":
    main()
