"""PolNeAR and plain news as token sequences with labels, and the ways in which training text is varied."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.tagging.tokens import PARTS, Flags, Tokens, tokenise, windows

OPENING, CLOSING = frozenset("“‘"), frozenset("”’")
SWAP = str.maketrans("“”‘’", "‘’“”")


@dataclass(frozen=True)
class Article:
    """One text and, where a corpus has them, its attributions: `{"content": [[start, end], ...], "cue", "source"}`."""

    id: str
    text: str
    quotes: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, eq=False)
class Sample:
    """A stretch of tokens. `labels` (tokens,) are indices into LABELS; `soft` (tokens, labels) a teacher's view."""

    words: list[str]
    opens: Flags
    labels: NDArray[np.int8]
    soft: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.words)

    def cut(self, begin: int, end: int) -> Sample:
        labels = self.labels[begin:end].copy()
        if len(labels) and labels[0] and labels[0] % 2 == 0:
            labels[0] -= 1
        soft = None if self.soft is None else self.soft[begin:end]
        return Sample(self.words[begin:end], self.opens[begin:end], labels, soft)


def read_articles(path: Path) -> list[Article]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Article(row["id"], row["text"], tuple(row.get("quotes", ()))) for row in rows]


def sample_of(article: Article) -> Sample:
    """The whole article as one sample, gold spans as labels; content takes in the quotation marks around it."""
    tokens = tokenise(article.text)
    labels = np.zeros(len(tokens), dtype=np.int8)
    for quote in article.quotes:
        for number, part in enumerate(PARTS):
            for start, end in quote[part]:
                low = int(np.searchsorted(tokens.ends, start, side="right"))
                high = int(np.searchsorted(tokens.starts, end, side="left"))
                if high > low:
                    labels[low:high] = 2 + 2 * number
                    labels[low] = 1 + 2 * number
    _take_in_marks(tokens, labels)
    return Sample(tokens.words, tokens.opens, labels)


def _take_in_marks(tokens: Tokens, labels: NDArray[np.int8]) -> None:
    """The corpus is undecided whether marks belong to the content; a tagger learns faster when they always do."""
    words, count = tokens.words, len(tokens)
    for index in range(count):
        if labels[index] == 5 and index and words[index - 1] in OPENING and not labels[index - 1]:
            labels[index - 1], labels[index] = 5, 6
        last = labels[index] in (5, 6) and (index + 1 == count or labels[index + 1] != 6)
        if last and index + 1 < count and words[index + 1] in CLOSING and not labels[index + 1]:
            labels[index + 1] = 6
        elif last and _stop_and_close(words[index + 1 : index + 3]) and not labels[index + 1 : index + 3].any():
            labels[index + 1 : index + 3] = 6


def _stop_and_close(words: list[str]) -> bool:
    return len(words) == 2 and words[0] in ".,?!" and words[1] in CLOSING


def varied(sample: Sample, rng: random.Random) -> Sample:
    """The same article as other houses would print it: marks single, some lost, paragraphs run together."""
    words, opens = list(sample.words), sample.opens.copy()
    if rng.random() < 0.2:
        words = [word.translate(SWAP) for word in words]
    else:
        _single_short_quotations(words, rng)
    if rng.random() < 0.5:
        lost = np.array([rng.random() < 0.8 for _ in words])
        lost[:1] = False
        opens &= ~lost
    kept = [index for index, word in enumerate(words) if word not in "“”" or rng.random() > 0.01]
    labels = sample.labels[kept].copy()
    for index, label in enumerate(labels):  # a span whose first mark was lost begins at its next token
        if label and label % 2 == 0 and (index == 0 or labels[index - 1] not in (label, label - 1)):
            labels[index] = label - 1
    soft = None if sample.soft is None else sample.soft[kept]
    return Sample([words[index] for index in kept], opens[kept], labels, soft)


def _single_short_quotations(words: list[str], rng: random.Random) -> None:
    """Quoted words within a sentence often stand in single marks, in headlines always."""
    for index, word in enumerate(words):
        if word == "“" and rng.random() < 0.15:
            close = next((k for k in range(index + 1, min(index + 8, len(words))) if words[k] in "“”"), None)
            if close is not None and words[close] == "”":
                words[index], words[close] = "‘", "’"


def pieces(sample: Sample, limit: int, rng: random.Random | None = None) -> list[Sample]:
    """The windows that the tagger sees; with `rng`, of a length drawn anew for each article (paragraphs to `limit`)."""
    tokens = Tokens(sample.words, np.empty(0, np.int32), np.empty(0, np.int32), sample.opens)
    size = limit if rng is None else rng.choice((limit // 4, limit // 2, limit, limit))
    return [sample.cut(begin, end) for begin, end in windows(tokens, size)]


def batches(samples: list[Sample], tokens: int, rng: random.Random) -> list[list[Sample]]:
    """Groups of similar length, about `tokens` tokens with padding, in random order."""
    ordered = sorted(samples, key=lambda sample: len(sample) + 8 * rng.random())
    groups: list[list[Sample]] = [[]]
    for sample in ordered:
        if groups[-1] and len(sample) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(sample)
    rng.shuffle(groups)
    return groups
