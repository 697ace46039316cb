"""Student weights and whatever else the reader needs, as one compressed npz: matrices in int8, a scale for each row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.training.student import Student


def student_arrays(model: Student) -> dict[str, NDArray[np.float32]]:
    """Named as `nlp.tagging.net.Net.of` and `nlp.tagging.tagger.Tagger` read them."""
    state = {name: value.detach().numpy().astype(np.float32) for name, value in model.state_dict().items()}
    named = {"transition": state["transition"], "table.place": state["place.weight"]}
    for name, value in state.items():
        if name.startswith("tables."):
            named["table." + name.split(".")[1]] = value
        elif name.startswith("stack."):
            _, number, _, kind = name.split(".")
            named[f"layer.{number}.{kind}"] = value
        elif name.startswith("out."):
            named[name] = value
    return named


def write_model(path: Path, arrays: dict[str, NDArray[np.float32]], vocabulary: dict[str, int]) -> int:
    """The file's size in bytes."""
    stored: dict[str, Any] = {"vocabulary": np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8)}
    for name, value in arrays.items():
        if value.ndim == 2 and value.size > 2000:
            scale = np.abs(value).max(axis=1, keepdims=True) / 127 + 1e-12
            stored[name] = np.round(value / scale).astype(np.int8)
            stored[f"{name}.scale"] = scale.astype(np.float16)
        else:
            stored[name] = value
    np.savez_compressed(path, **stored)
    return path.stat().st_size
