"""Makes the model's word encoder cheaper without changing what it computes.

Two things cost: every running word is embedded anew although most words of a batch are repetitions, and thinc
multiplies with BLIS, which the BLAS in numpy's wheels outruns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps, Ragged

MIXER = np.uint64(0x9E3779B97F4A7C15)  # an odd constant spreads the features' hashes over 64 bits


def quicken(nlp: Language) -> None:
    """Lets ``nlp`` multiply with numpy, and its tok2vec embed each distinct word of a batch once."""
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk() if hasattr(component, "model") else ():
            node.ops = ops
    chain = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    chain.layers[0] = distinct(chain.layers[0])


def distinct(embedding: Model[Any, Any]) -> Model[Any, Any]:
    """The embedding layer for prediction alone: one float32 array (tokens × width) a Doc, as before."""
    return Model("distinct_words", _forward, layers=[embedding], dims={"nO": embedding.get_dim("nO")})


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
    extract, _, embed, mix, _ = model.layers[0].layers
    features = [doc.to_array(extract.attrs["columns"]) for doc in docs]
    rows = np.concatenate(features).astype(np.uint64, copy=False)
    keys = np.zeros(len(rows), dtype=np.uint64)
    for column in rows.T:
        keys = (keys ^ column) * MIXER
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    words = Ragged(np.ascontiguousarray(rows[first]), np.asarray([len(first)], dtype=np.int32))  # type: ignore[arg-type]
    vectors = mix.predict(embed.predict(words)).data[place]
    bounds = np.cumsum([len(rows) for rows in features[:-1]])
    return np.split(vectors, bounds), _no_training


def _no_training(_: Any) -> Any:
    raise NotImplementedError("The pipeline reads; the model is trained elsewhere.")
