"""Names by kind (people, bodies, countries, peoples, dates), read off the word vectors that tagger and parser share.

A net of one hidden layer over three neighbouring vectors stands in for the model's own recogniser, which encodes every
word a second time and costs more than tagger and parser together. It is taught by that recogniser (see
training/entities.py) and fits one encoder alone: ``fingerprint`` tells which.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc, Span

KINDS = ("", "PERSON", "ORG", "GPE", "NORP", "DATE")
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
WEIGHTS = Path(__file__).parents[1] / "model" / "entities.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Net:
    """Weights of the two layers, and the fingerprint of the encoder whose vectors they read."""

    hidden: Floats  # 3 × width, units
    hidden_bias: Floats
    output: Floats  # units, kinds
    output_bias: Floats
    encoder: int

    def kinds(self, vectors: Floats) -> NDArray[np.int64]:
        """The kind (index into KINDS) of each token of one text, from its vectors (tokens × width)."""
        units = np.maximum(neighbourhood(vectors) @ self.hidden + self.hidden_bias, 0)
        return np.asarray((units @ self.output + self.output_bias).argmax(axis=1))


@lru_cache(maxsize=1)
def net() -> Net:
    with np.load(WEIGHTS) as stored:
        layers = {name: stored[name].astype(np.float32) for name in stored.files if name != "encoder"}
        return Net(**layers, encoder=int(stored["encoder"]))


def fits(nlp: Language) -> bool:
    """Whether the weights were made for the encoder of ``nlp``."""
    return WEIGHTS.exists() and net().encoder == fingerprint(nlp)


def fingerprint(nlp: Language) -> int:
    """A checksum over the weights of the shared encoder, whatever their order."""
    encoder: Any = nlp.get_pipe("tok2vec")
    held = [node.get_param(name) for node in encoder.model.walk() for name in node.param_names]
    return sum(zlib.crc32(np.ascontiguousarray(weights).tobytes()) for weights in held) % 2**32


def neighbourhood(vectors: Floats) -> Floats:
    """Each token's vector between those of its neighbours (tokens × 3 widths); nothing stands beyond the ends."""
    beyond = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    before = np.concatenate([beyond, vectors[:-1]])
    after = np.concatenate([vectors[1:], beyond])
    return np.concatenate([before, vectors, after], axis=1)


@Language.component("entities", requires=["doc.tensor"], assigns=["doc.ents"])
def entities(doc: Doc) -> Doc:
    if len(doc):
        vectors: Any = doc.tensor
        doc.ents = tuple(_spans(doc, net().kinds(vectors)))
    return doc


def _spans(doc: Doc, kinds: NDArray[np.int64]) -> Iterator[Span]:
    """Tokens in a row of one kind, cut at line breaks; a name has a capital letter in it."""
    spaces: Any = doc.to_array([IS_SPACE])
    kinds = np.where(spaces.ravel() == 0, kinds, 0)
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(doc)]
    for start, end in pairwise(edges):
        kind = KINDS[kinds[start]]
        if kind:
            span = Span(doc, start, end, label=kind)
            if kind not in NAMED or any(letter.isupper() for letter in span.text):
                yield span
