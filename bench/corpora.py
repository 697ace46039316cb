"""Where the corpora and the scorers lie: beside the repository, never in it."""

from __future__ import annotations

import importlib.util
import json
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
UK_DEV = SHARED / "data" / "uk-politics" / "dev.jsonl"
UNLABELLED = SHARED / "data" / "unlabelled" / "news.jsonl"
HELDOUT = Path(__file__).with_name("gold") / "uk-news-2004.jsonl"
SECOND = sorted(HELDOUT.parent.glob("uk-news-2004-?.jsonl"))
THIRD = HELDOUT.with_name("positions-2004.jsonl")
THIRD_UNSEEN = HELDOUT.with_name("positions-2004-unseen.jsonl")
POLNEAR_DEV = SHARED / "data" / "polnear" / "dev.jsonl"
POLNEAR_TRAIN = SHARED / "data" / "polnear" / "train.jsonl"


def missing() -> str | None:
    """What to say when the corpora are not there, or None when they are."""
    if UK_DEV.exists() and POLNEAR_DEV.exists():
        return None
    return f"The corpora are not at {SHARED.name}/ beside the repository: nothing to measure on."


def read(path: Path, *, most: int | None = None) -> list[dict[str, Any]]:
    """The articles of a JSON Lines corpus, in its order."""
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()][:most]


def heldout() -> list[dict[str, Any]]:
    """Our own gold (bench/gold/README.md) with the texts it points into; rows whose text has changed are left out."""
    return _with_texts(read(HELDOUT))


def second() -> list[dict[str, Any]]:
    """Our second gold in the same form, whatever rows its files hold; an article in both counts once."""
    rows = {row["id"]: row for path in SECOND for row in read(path)}
    return _with_texts(list(rows.values()))


def third(path: Path = THIRD) -> list[dict[str, Any]]:
    """Our third gold or, with ``THIRD_UNSEEN``, the part of it that nobody looks at; it tells nothing of quotes."""
    return [{"quotes": [], **row} for row in _with_texts(read(path))]


def scorer(name: str) -> ModuleType:
    """``score_uk`` or ``score_attributions`` as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no scorer {name} in {SHARED / 'bench'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _with_texts(standoff: list[dict[str, Any]]) -> list[dict[str, Any]]:
    texts = {article["id"]: article["text"] for article in read(UNLABELLED)}
    rows = [{**row, "text": texts.get(row["id"], "")} for row in standoff]
    return [row for row in rows if sha256(row["text"].encode()).hexdigest() == row["text_sha256"]]
