"""The stance scorer: how a passage judges a target, and which of two parties is for or against the other.

Word vectors, two convolutions over three tokens, then attention over the tokens as each is seen from the parties
(passages.py). numpy alone; trained by nlp/training/stance.py on DSE (Park et al. 2021) and NewsMTSC (Hamborg & Donnay
2021), the words' vectors from a fine-tuned MiniLM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.standing.passages import Bounds, Ints, Passage, ending, seen_from

WEIGHTS = Path(__file__).parents[1] / "model" / "stance.npz"
SEPARATOR = "\x1f"  # no word holds it, as some hold line breaks
TURNED = [0, 2, 1, 4, 3]  # the labels of a pair when the two change places
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Question:
    """A passage and its parties, in tokens of it. Without ``first``: how is ``second`` judged?"""

    passage: Passage
    first: Bounds | None
    second: Bounds


@dataclass(frozen=True, eq=False)
class Scorer:
    """Weights as nlp/training/stance.py names them; matrices stand (inputs, outputs)."""

    words: dict[str, int]
    tags: dict[str, int]
    deps: dict[str, int]
    arrays: dict[str, Floats]

    def pairs(self, questions: Sequence[Question]) -> Floats:
        """(questions, 5) chances: none, first for second, second for first, first against second, second against.

        Each pair is asked both ways round and the answers are averaged.
        """
        turned = [Question(q.passage, q.second, q.first or q.second) for q in questions]
        scores = self._hidden([*questions, *turned]) @ self.arrays["pair.weight"] + self.arrays["pair.bias"]
        return _softmax((scores[: len(questions)] + scores[len(questions) :][:, TURNED]) / 2)

    def targets(self, questions: Sequence[Question]) -> Floats:
        """(questions, 3) chances that the passage judges the target not at all, well, badly."""
        return _softmax(self._hidden(questions) @ self.arrays["lone.weight"] + self.arrays["lone.bias"])

    def _hidden(self, questions: Sequence[Question]) -> Floats:
        a = self.arrays
        passages = list({id(q.passage): q.passage for q in questions}.values())
        states = dict(zip(map(id, passages), self._encoded(passages), strict=True))
        pooled = []
        for question in questions:
            seen = states[id(question.passage)] + self._sight(question)
            np.maximum(seen, 0, out=seen)
            weights = _softmax((seen @ a["attend.weight"] + a["attend.bias"]).T)
            pooled.append(np.concatenate([(weights @ seen).ravel(), seen.max(0)]))
        found: Floats = np.maximum(np.stack(pooled) @ a["hidden.weight"] + a["hidden.bias"], 0)
        return found

    def _encoded(self, passages: Sequence[Passage]) -> list[Floats]:
        """Each passage's tokens behind the convolutions (tokens, view), two empty tokens between passages."""
        a, known, unknown = self.arrays, self.words, len(self.words) + 1
        gap = [0]
        words, tags, edges = [0], [0], []
        for passage in passages:
            edges.append((len(words), len(words) + len(passage.words)))
            words += [known.get(word) or unknown + ending(word) for word in passage.words] + gap
            tags += [self.tags.get(tag, 0) for tag in passage.tags] + gap
        inside = (np.array(words)[:, None] > 0).astype(np.float32)
        state: Floats = np.concatenate([a["word"][words], a["tag"][tags]], axis=1)
        first: Floats = _convolved(state, a["convolve.0.weight"], a["convolve.0.bias"]) * inside
        state = (first + _convolved(first, a["convolve.1.weight"], a["convolve.1.bias"])) * inside
        seen = np.asarray(state @ a["view.weight"] + a["view.bias"], dtype=np.float32)
        return [seen[start:end] for start, end in edges]

    def _sight(self, question: Question) -> Floats:
        heads = question.passage.heads
        deps: Ints = np.array([self.deps.get(dep, 0) for dep in question.passage.deps], dtype=np.int32)
        total: Floats = np.zeros((len(heads), self.arrays["view.bias"].shape[0]), dtype=np.float32)
        for party, bounds in (("first", question.first), ("second", question.second)):
            for name, column in zip(("steps", "relation", "place"), seen_from(bounds, heads, deps), strict=True):
                total += self.arrays[f"sight.{party}_{name}"][column]
        return total


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """The scorer whose weights ship with the program."""
    with np.load(WEIGHTS) as kept:
        lists = {name: str(kept[name]).split(SEPARATOR) for name in ("words", "tags", "deps")}
        names = {name: {word: n for n, word in enumerate(found, 1)} for name, found in lists.items()}
        arrays = {}
        for name in kept.files:
            if name.endswith(".scale") or name in names:
                continue
            values = kept[name].astype(np.float32)
            arrays[name] = values * kept[f"{name}.scale"] if f"{name}.scale" in kept.files else values
        return Scorer(names["words"], names["tags"], names["deps"], arrays)


def _convolved(state: Floats, weight: Floats, bias: Floats) -> Floats:
    """relu over each token between its neighbours."""
    edge = np.zeros((1, state.shape[1]), dtype=np.float32)
    around = np.concatenate([np.concatenate([edge, state[:-1]]), state, np.concatenate([state[1:], edge])], axis=1)
    found: Floats = np.maximum(around @ weight + bias, 0)
    return found


def _softmax(scores: Any) -> Floats:
    """Over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found
