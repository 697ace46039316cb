"""The tagger's network in numpy: stacked bidirectional simple recurrent layers, then the best path of a CRF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.tagging.tokens import LABELS

Floats = NDArray[np.float32]
IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True, eq=False)
class Layer:
    """Weights (inputs x (1 or 3 neighbours), width) and biases of the gates new, keep, out and, without highway, past.

    All but `past` are halved beforehand: sigmoid(x) = (1 + tanh(x / 2)) / 2, and tanh is numpy's faster function."""

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    @classmethod
    def of(cls, weight: Floats, bias: Floats, width: int) -> Layer:
        """From (gates x width, inputs) and (gates x width,)."""
        halves = [np.float32(0.5)] * 3 + [np.float32(1)]
        count = len(bias) // width
        weights = [w.T * half for w, half in zip(np.split(weight, count), halves, strict=False)]
        biases = [b * half for b, half in zip(np.split(bias, count), halves, strict=False)]
        return cls(tuple(map(np.ascontiguousarray, weights)), tuple(biases))


@dataclass(frozen=True, eq=False)
class Net:
    layers: tuple[Layer, ...]
    out_weights: Floats
    out_bias: Floats
    transition: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, Floats]) -> Net:
        """`arrays` as `nlp.training.export` names them: layer.N.weight (outputs, inputs), layer.N.bias, out.*."""
        width = arrays["out.weight"].shape[1]
        count = sum(name.startswith("layer.") and name.endswith(".weight") for name in arrays)
        layers = tuple(Layer.of(arrays[f"layer.{n}.weight"], arrays[f"layer.{n}.bias"], width) for n in range(count))
        out = np.ascontiguousarray(arrays["out.weight"].T)
        return cls(layers, out, arrays["out.bias"], arrays["transition"] + forbidden())

    def emissions(self, inputs: Floats, lengths: NDArray[np.int64]) -> Floats:
        """(time, batch, features) to label scores (time, batch, labels); rows behind a sequence's end are noise."""
        inside = (np.arange(len(inputs))[:, None] < lengths)[..., None].astype(np.float32)
        state: Floats = inputs * inside
        for layer in self.layers:
            state = _recur(layer, state, inside)
        scores: Floats = state @ self.out_weights + self.out_bias
        return scores


def forbidden() -> Floats:
    """(labels, labels) penalties: a label that continues a span follows only its own kind."""
    table: Floats = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for after in range(2, len(LABELS), 2):
        table[:, after] = IMPOSSIBLE
        table[after - 1 : after + 1, after] = 0
    return table


def _recur(layer: Layer, inputs: Floats, inside: Floats) -> Floats:
    """One layer, both directions: the second half of the units runs backwards in time.

    carry = keep * previous carry + (1 - keep) * new;  result = past + out * (tanh(carry) - past)."""
    time, batch, size = inputs.shape
    seen = inputs
    if len(layer.weights[0]) == 3 * size:
        seen = np.zeros((time, batch, 3 * size), dtype=np.float32)
        seen[1:, :, :size], seen[:, :, size : 2 * size], seen[:-1, :, 2 * size :] = inputs[:-1], inputs, inputs[1:]
    flat = seen.reshape(time * batch, -1)
    gates = [
        (flat @ weights + bias).reshape(time, batch, -1)
        for weights, bias in zip(layer.weights, layer.biases, strict=True)
    ]
    carry, keep, out = gates[:3]
    past = gates[3] if len(gates) > 3 else inputs
    np.tanh(keep, out=keep)
    carry *= inside
    carry -= carry * keep
    keep += 1
    keep *= 0.5
    _scan(keep, carry)
    np.tanh(carry, out=carry)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5
    carry -= past
    carry *= out
    carry += past
    return carry


def _scan(keep: Floats, carry: Floats) -> None:
    """carry[t] += keep[t] * carry[t - 1] in place, the second half of the units from the end to the beginning."""
    last, half = len(carry) - 1, carry.shape[-1] // 2
    ahead, back, keep_ahead, keep_back = carry[..., :half], carry[..., half:], keep[..., :half], keep[..., half:]
    for now in range(1, last + 1):
        np.multiply(keep_ahead[now], ahead[now - 1], out=keep_ahead[now])
        ahead[now] += keep_ahead[now]
        then = last - now
        np.multiply(keep_back[then], back[then + 1], out=keep_back[then])
        back[then] += keep_back[then]


def best_paths(emissions: Floats, transition: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int8]:
    """Viterbi: (time, batch, labels) scores to (time, batch) labels; a path never begins by continuing a span."""
    time, batch, labels = emissions.shape
    score = emissions[0].copy()
    score[:, 2::2] += IMPOSSIBLE
    came = np.empty((time, batch, labels), dtype=np.int8)
    stay = np.arange(labels, dtype=np.int8)
    into = np.ascontiguousarray(transition.T)
    shortest = int(lengths.min())
    for now in range(1, time):
        ways = score[:, None, :] + into
        came[now] = ways.argmax(2)
        reached = ways.max(2) + emissions[now]
        if now >= shortest:
            running = (now < lengths)[:, None]
            came[now] = np.where(running, came[now], stay)
            reached = np.where(running, reached, score)
        score = reached
    path = np.empty((time, batch), dtype=np.int8)
    path[-1] = score.argmax(1)
    rows = np.arange(batch)
    for now in range(time - 1, 0, -1):
        path[now - 1] = came[now, rows, path[now]]
    return path
