"""The attribution tagger: which characters of a text are a source, a cue, or content. Needs numpy alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.tagging.features import COLUMNS, places, word_columns
from nlp.tagging.net import Floats, Net, best_paths
from nlp.tagging.tokens import PARTS, Tokens, tokenise, windows

MODEL = Path(__file__).parents[1] / "model" / "attributions.npz"
WINDOW = 160  # tokens that the network sees together
BATCH = 1024  # tokens worked on at once: more would fall out of the processor's cache
CACHE = 100_000  # words whose features are kept


@dataclass(frozen=True, order=True, slots=True)
class TaggedSpan:
    """Characters [start, end) of a text; `label` is source, cue or content, `probability` that of its weakest end."""

    start: int
    end: int
    label: str
    probability: float


class Tagger:
    """Load once, tag many: `Tagger.load().tag(texts)`."""

    def __init__(self, arrays: dict[str, Floats], vocabulary: Sequence[str]) -> None:
        self._net = Net.of(arrays)
        self._vocabulary = {word: rank for rank, word in enumerate(vocabulary, 1)}
        self._tables = [arrays[f"table.{name}"] for name in COLUMNS]
        self._places = arrays["table.place"]
        self._known: dict[str, int] = {}
        self._rows = np.empty((1024, sum(table.shape[1] for table in self._tables)), dtype=np.float32)

    @classmethod
    def load(cls, path: Path = MODEL) -> Tagger:
        arrays, vocabulary = read_model(path)
        return cls(arrays, vocabulary)

    def tag(self, texts: Sequence[str]) -> list[list[TaggedSpan]]:
        """The spans of each text in order of place. Windows of like length run together, whatever text they are of."""
        found: list[list[TaggedSpan]] = [[] for _ in texts]
        for index, tokens, labels, probabilities in self._labelled(texts):
            found[index] += spans(tokens, labels, probabilities)
        return [sorted(of_text) for of_text in found]

    def _labelled(self, texts: Sequence[str]) -> Iterator[tuple[int, Tokens, NDArray[np.int8], Floats]]:
        tokenised = [tokenise(text) for text in texts]
        ids = [self._word_rows(tokens.words) for tokens in tokenised]
        place = [places(tokens.words, tokens.opens) for tokens in tokenised]
        labels = [np.zeros(len(tokens), dtype=np.int8) for tokens in tokenised]
        probabilities = [np.zeros(len(tokens), dtype=np.float32) for tokens in tokenised]
        cut = [(n, *window) for n, tokens in enumerate(tokenised) for window in windows(tokens, WINDOW)]
        cut.sort(key=lambda window: window[2] - window[1])
        for batch in _batches(cut):
            lengths = np.array([end - begin for _, begin, end in batch])
            inputs = np.zeros((lengths.max(), len(batch), self._rows.shape[1] + self._places.shape[1]), np.float32)
            for column, (n, begin, end) in enumerate(batch):
                inputs[: end - begin, column, : self._rows.shape[1]] = self._rows[ids[n][begin:end]]
                inputs[: end - begin, column, self._rows.shape[1] :] = self._places[place[n][begin:end]]
            emissions = self._net.emissions(inputs, lengths)
            paths = best_paths(emissions, self._net.transition, lengths)
            chances = _softmax_at(emissions, paths)
            for column, (n, begin, end) in enumerate(batch):
                labels[n][begin:end] = paths[: end - begin, column]
                probabilities[n][begin:end] = chances[: end - begin, column]
        return zip(range(len(texts)), tokenised, labels, probabilities, strict=True)

    def _word_rows(self, words: list[str]) -> NDArray[np.int32]:
        """Where each word's features stand in the cache; new words are added to it."""
        known = self._known
        if len(known) > CACHE:
            known.clear()
        fresh = [word for word in dict.fromkeys(words) if word not in known]
        if fresh:
            begin = len(known)
            columns = np.array([word_columns(word, self._vocabulary) for word in fresh])
            rows = np.concatenate([table[columns[:, k]] for k, table in enumerate(self._tables)], axis=1)
            while begin + len(fresh) > len(self._rows):
                self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._rows[begin : begin + len(fresh)] = rows
            known.update(zip(fresh, range(begin, begin + len(fresh)), strict=True))
        return np.fromiter(map(known.__getitem__, words), dtype=np.int32, count=len(words))


def _batches(cut: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Neighbours in the list, as many as BATCH holds once all are as long as the longest."""
    batch: list[tuple[int, int, int]] = []
    for window in cut:
        if batch and (window[2] - window[1]) * (len(batch) + 1) > BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _softmax_at(emissions: Floats, paths: NDArray[np.int8]) -> Floats:
    """The probability (time, batch) that each token alone gives to its label."""
    chances = np.exp(emissions - emissions.max(-1, keepdims=True))
    chosen = np.take_along_axis(chances, paths[..., None].astype(np.int64), -1)[..., 0]
    result: Floats = chosen / chances.sum(-1)
    return result


def spans(tokens: Tokens, labels: NDArray[np.int8], probabilities: Floats) -> list[TaggedSpan]:
    """BIO labels (tokens,) of one text as character spans; a span may not run over a paragraph's end."""
    kinds = (labels + 1) // 2
    begins = (kinds > 0) & ((labels % 2 == 1) | tokens.opens)
    begins[1:] |= (kinds[1:] > 0) & (kinds[1:] != kinds[:-1])
    found = []
    starts = np.flatnonzero(begins)
    ends = np.flatnonzero((kinds > 0) & np.append(begins[1:] | (kinds[1:] != kinds[:-1]), True))
    for low, high in zip(starts.tolist(), ends.tolist(), strict=True):
        chance = float(min(probabilities[low], probabilities[high]))
        span = TaggedSpan(int(tokens.starts[low]), int(tokens.ends[high]), PARTS[kinds[low] - 1], chance)
        found.append(span)
    return found


def read_model(path: Path) -> tuple[dict[str, Floats], list[str]]:
    """Arrays by name as float32 (int8 rows times their scales) and the vocabulary."""
    with np.load(path) as stored:
        arrays = {
            name: stored[name].astype(np.float32) * stored[f"{name}.scale"].astype(np.float32)
            if f"{name}.scale" in stored.files
            else stored[name].astype(np.float32)
            for name in stored.files
            if not name.endswith(".scale") and name != "vocabulary"
        }
        vocabulary = bytes(stored["vocabulary"]).decode().split("\n")
    return arrays, vocabulary
