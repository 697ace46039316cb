"""The stance student: word vectors, two convolutions, and attention that sees each word from both parties."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from nlp.standing.passages import PLACES, STEPS, SUFFIXES, Bounds, Passage, ending, seen_from

WORD, TAG, WIDTH, VIEW, HEADS = 64, 16, 128, 128, 4
LEAST = 3  # times that a word is seen before it is in the vocabulary
PAIR, LONE = 5, 3  # classes of the two questions


@dataclass(frozen=True, eq=False)
class Question:
    """A passage with its parties; ``label`` -1 where only the teacher's ``soft`` (5 logits) answers."""

    passage: Passage
    first: Bounds | None
    second: Bounds
    label: int
    soft: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Ids:
    """Words, tags and relations as numbers; 0 is nothing, unknown words follow the known ones by their endings."""

    words: dict[str, int]
    tags: dict[str, int]
    deps: dict[str, int]

    def word(self, word: str) -> int:
        known = self.words.get(word)
        return known if known is not None else len(self.words) + 1 + ending(word)


def ids_of(questions: Sequence[Question], most: int) -> Ids:
    """The vocabulary of some questions, commonest words first."""
    passages = {id(q.passage): q.passage for q in questions}.values()
    counts = Counter(word for p in passages for word in p.words)
    words = [word for word, count in counts.most_common(most) if count >= LEAST]
    tags = sorted({tag for p in passages for tag in p.tags})
    deps = sorted({dep for p in passages for dep in p.deps})
    return Ids(*({name: n for n, name in enumerate(names, 1)} for names in (words, tags, deps)))


class Student(nn.Module):
    def __init__(self, ids: Ids, *, dropout: float = 0.3) -> None:
        super().__init__()
        self.ids, self.dropout = ids, dropout
        self.word = nn.Embedding(len(ids.words) + 1 + SUFFIXES, WORD, padding_idx=0)
        self.tag = nn.Embedding(len(ids.tags) + 1, TAG, padding_idx=0)
        nn.init.normal_(self.word.weight, 0, 0.3)
        self.convolve = nn.ModuleList([nn.Linear(3 * (WORD + TAG), WIDTH), nn.Linear(3 * WIDTH, WIDTH)])
        relations = len(ids.deps) + 1
        sizes = {"steps": STEPS + 1, "relation": relations, "place": PLACES + 1}
        self.sight = nn.ModuleDict({f"{party}_{name}": nn.Embedding(size, VIEW)
                                    for party in ("first", "second") for name, size in sizes.items()})  # fmt: skip
        for table in self.sight.values():
            nn.init.normal_(table.weight, 0, 0.1)
        self.view = nn.Linear(WIDTH, VIEW)
        self.attend = nn.Linear(VIEW, HEADS)
        self.hidden = nn.Linear(HEADS * VIEW + VIEW, WIDTH)
        self.pair, self.lone = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, LONE)

    def forward(
        self, words: torch.Tensor, tags: torch.Tensor, sight: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """words, tags (batch, time), sight (batch, 6, time) to the logits of both questions."""
        inside = words > 0
        state = nn.functional.dropout(torch.cat([self.word(words), self.tag(tags)], -1), self.dropout, self.training)
        for n, layer in enumerate(self.convolve):
            edge = torch.zeros_like(state[:, :1])
            around = torch.cat([torch.cat([edge, state[:, :-1]], 1), state, torch.cat([state[:, 1:], edge], 1)], -1)
            found = torch.relu(layer(around))
            state = (found if n == 0 else state + found) * inside[..., None]
        state = nn.functional.dropout(state, self.dropout, self.training)
        seen = self.view(state)
        for n, table in enumerate(self.sight.values()):
            seen = seen + table(sight[:, n])
        seen = torch.relu(seen)
        scores = self.attend(seen).masked_fill(~inside[..., None], -1e4)
        pooled = torch.einsum("bth,btv->bhv", scores.softmax(1), seen).flatten(1)
        most = seen.masked_fill(~inside[..., None], 0.0).amax(1)
        hidden = torch.relu(
            self.hidden(nn.functional.dropout(torch.cat([pooled, most], 1), self.dropout, self.training))
        )
        hidden = nn.functional.dropout(hidden, self.dropout, self.training)
        return self.pair(hidden), self.lone(hidden)

    def columns(self, question: Question) -> tuple[list[int], list[int], NDArray[np.int32]]:
        """Word ids, tag ids and the six columns of sight (first party's, then second's) of one question."""
        p, ids = question.passage, self.ids
        deps = np.array([ids.deps.get(dep, 0) for dep in p.deps], dtype=np.int32)
        sight = np.concatenate([seen_from(party, p.heads, deps) for party in (question.first, question.second)])
        return [ids.word(word) for word in p.words], [ids.tags.get(tag, 0) for tag in p.tags], sight


Row = tuple[list[int], list[int], NDArray[np.int32]]


def padded(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    time = max(len(row[0]) for row in rows)
    words, tags = np.zeros((len(rows), time), dtype=np.int64), np.zeros((len(rows), time), dtype=np.int64)
    sight = np.zeros((len(rows), 6, time), dtype=np.int64)
    for n, (w, t, s) in enumerate(rows):
        words[n, : len(w)], tags[n, : len(w)], sight[n, :, : len(w)] = w, t, s
    return torch.from_numpy(words), torch.from_numpy(tags), torch.from_numpy(sight)


def turned(question: Question, label: Sequence[int]) -> Question:
    """The pair asked the other way round."""
    if question.first is None:
        return question
    soft = None if question.soft is None else question.soft[list(label)]
    new = label[question.label] if question.label >= 0 else -1
    return Question(question.passage, question.second, question.first, new, soft)


def batches(questions: Sequence[Question], size: int, rng: random.Random) -> list[list[Question]]:
    order = sorted(questions, key=lambda q: len(q.passage.words) * rng.uniform(0.85, 1.15))
    found = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(found)
    return found


def logits(model: Student, questions: Sequence[Question]) -> NDArray[np.float32]:
    """(questions, 5); of a lone question the first three count."""
    model.eval()
    found = np.zeros((len(questions), PAIR), dtype=np.float32)
    order = sorted(range(len(questions)), key=lambda n: len(questions[n].passage.words))
    with torch.no_grad():
        for begin in range(0, len(order), 256):
            chosen = order[begin : begin + 256]
            pair, lone = model(*padded([model.columns(questions[n]) for n in chosen]))
            for k, n in enumerate(chosen):
                found[n] = np.pad(lone[k].numpy(), (0, 2)) if questions[n].first is None else pair[k].numpy()
    return found
