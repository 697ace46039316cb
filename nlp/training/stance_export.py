"""The stance student's weights as nlp/standing/attitudes.py reads them: words in int8, the rest in float16."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nlp.standing.attitudes import SEPARATOR
from nlp.training.stance_student import Student


def export(model: Student, path: Path, *, bias: float) -> None:
    """Writes ``path``; ``bias`` is taken from the score of "none" for pairs, found on texts kept apart."""
    state = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    state["pair.bias"] = state["pair.bias"] - np.array([bias, 0, 0, 0, 0], dtype=np.float32)
    arrays = {}
    for name, values in state.items():
        if name == "word.weight":
            scale = np.abs(values).max(1, keepdims=True) / 127 + 1e-9
            arrays["word"] = np.round(values / scale).astype(np.int8)
            arrays["word.scale"] = scale.astype(np.float16)
        elif name.startswith(("sight.", "tag.")):
            arrays[name.removesuffix(".weight")] = values.astype(np.float16)
        else:
            arrays[name] = (values.T if values.ndim == 2 else values).astype(np.float16)
    lists = {"words": model.ids.words, "tags": model.ids.tags, "deps": model.ids.deps}
    arrays |= {name: np.array(SEPARATOR.join(known)) for name, known in lists.items()}
    np.savez_compressed(path, allow_pickle=False, **arrays)
