"""Where the corpora and the scorers lie: beside the repository, never in it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
UK_DEV = SHARED / "data" / "uk-politics" / "dev.jsonl"
POLNEAR_DEV = SHARED / "data" / "polnear" / "dev.jsonl"


def missing() -> str | None:
    """What to say when the corpora are not there, or None when they are."""
    if UK_DEV.exists() and POLNEAR_DEV.exists():
        return None
    return f"The corpora are not at {SHARED.name}/ beside the repository: nothing to measure on."


def read(path: Path, *, most: int | None = None) -> list[dict[str, Any]]:
    """The articles of a JSON Lines corpus, in its order."""
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()][:most]


def scorer(name: str) -> ModuleType:
    """``score_uk`` or ``score_attributions`` as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no scorer {name} in {SHARED / 'bench'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
