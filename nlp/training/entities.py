"""Teaches the recogniser of nlp/english/entities.py what the model's own recogniser says about unlabelled news.

``python -m nlp.training.entities NEWS.jsonl`` reads ``{"text"}`` lines and writes nlp/model/entities.npz. Needs numpy
and the English model alone; the same lines and seed give the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language

from nlp.build import model_name
from nlp.english.encoder import quicken
from nlp.english.entities import KINDS, WEIGHTS, Floats, fingerprint, neighbourhood
from nlp.marks import to_ascii

UNITS = 96
EPOCHS = 8
BATCH = 512  # tokens
RATE = 2e-3
HELD_OUT = 20  # every so many texts one measures instead of teaching
SEED = 7

Kinds = NDArray[np.int64]
Weights = dict[str, Floats]


@click.command()
@click.argument("news", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--most", type=int, help="Read so many texts at most.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=WEIGHTS, show_default=True)
def teach(news: Path, most: int | None, out: Path) -> None:
    """Train the recogniser on the texts of NEWS and print how often it agrees with its teacher."""
    with news.open(encoding="utf-8") as lines:
        texts = [to_ascii(json.loads(line)["text"]) for line in lines][:most]
    held, taught = split(texts)
    nlp = spacy.load(model_name(), exclude=["parser", "attribute_ruler", "lemmatizer"])
    quicken(nlp)
    weights = train(*labelled(nlp, taught))
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        out,
        encoder=np.int64(fingerprint(nlp)),
        **{name: layer.astype(np.float16) for name, layer in weights.items()},  # type: ignore[arg-type]
    )
    for kind, agreement in agreements(weights, *labelled(nlp, held)).items():
        click.echo(f"{kind:8} {agreement:5.1f}")


def split(texts: list[str]) -> tuple[list[str], list[str]]:
    return texts[::HELD_OUT], [text for n, text in enumerate(texts) if n % HELD_OUT]


def labelled(nlp: Language, texts: Iterable[str]) -> tuple[Floats, Kinds]:
    """The neighbourhoods of all tokens and what the teacher calls them."""
    number = {kind: n for n, kind in enumerate(KINDS)} | {"TIME": KINDS.index("DATE")}
    vectors, kinds = [], []
    for doc in nlp.pipe(texts, batch_size=16):
        if len(doc):
            tensor: Any = doc.tensor
            vectors.append(neighbourhood(tensor).astype(np.float16))
            kinds += [number.get(token.ent_type_, 0) for token in doc]
    return np.concatenate(vectors), np.asarray(kinds)


def train(inputs: Floats, kinds: Kinds) -> Weights:
    """Adam on cross-entropy, the rate falling linearly to nothing."""
    random = np.random.default_rng(SEED)
    width, units = inputs.shape[1], UNITS
    weights: Weights = {
        "hidden": random.normal(0, (2 / width) ** 0.5, (width, units)).astype(np.float32),
        "hidden_bias": np.zeros(units, np.float32),
        "output": random.normal(0, (1 / units) ** 0.5, (units, len(KINDS))).astype(np.float32),
        "output_bias": np.zeros(len(KINDS), np.float32),
    }
    mean = {name: np.zeros_like(layer) for name, layer in weights.items()}
    spread = {name: np.zeros_like(layer) for name, layer in weights.items()}
    steps = EPOCHS * (len(kinds) // BATCH)
    for step, batch in enumerate(_batches(random, len(kinds)), start=1):
        rate = RATE * (1 - step / (steps + 1)) * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
        for name, slope in _slopes(weights, inputs[batch].astype(np.float32), kinds[batch]).items():
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            spread[name] = 0.999 * spread[name] + 0.001 * slope**2
            weights[name] -= rate * mean[name] / (np.sqrt(spread[name]) + 1e-8)
    return weights


def _batches(random: np.random.Generator, count: int) -> Iterator[Kinds]:
    for _ in range(EPOCHS):
        order = random.permutation(count)
        yield from (order[start : start + BATCH] for start in range(0, count - BATCH + 1, BATCH))


def _scores(weights: Weights, inputs: Floats) -> tuple[Floats, Floats]:
    units = np.maximum(inputs @ weights["hidden"] + weights["hidden_bias"], 0)
    return units, units @ weights["output"] + weights["output_bias"]


def _slopes(weights: Weights, inputs: Floats, kinds: Kinds) -> Weights:
    units, scores = _scores(weights, inputs)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.arange(len(kinds)), kinds] -= 1
    chances /= len(kinds)
    below = (chances @ weights["output"].T) * (units > 0)
    return {
        "hidden": inputs.T @ below,
        "hidden_bias": below.sum(axis=0),
        "output": units.T @ chances,
        "output_bias": chances.sum(axis=0),
    }


def agreements(weights: Weights, inputs: Floats, kinds: Kinds) -> dict[str, float]:
    """F1 (percent) over tokens with the teacher, by kind."""
    ours = _scores(weights, inputs.astype(np.float32))[1].argmax(axis=1)
    found = {}
    for number, kind in enumerate(KINDS[1:], start=1):
        both = ((ours == number) & (kinds == number)).sum()
        found[kind] = float(200 * both / max(1, (ours == number).sum() + (kinds == number).sum()))
    return found


if __name__ == "__main__":
    teach()
