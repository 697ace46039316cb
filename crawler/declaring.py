"""Source declarations written and changed: one flat TOML file each, whose comments and other keys stay as they are."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from crawler.sources import KEYS, Source, SourceError, load_source


def toml_of(**keys: Any) -> str:
    """The declaration with these keys, in the order of the keys; those that say nothing are left out."""
    named = [key for key in KEYS if keys.get(key) not in (None, "")]
    return "".join(f"{key} = {_value(keys[key])}\n" for key in named)


def write_new(folder: Path, source_id: str, text: str) -> Path:
    """Writes ``text`` as the declaration of ``source_id``. Raises SourceError when there is one, or it is not sound."""
    path = folder / f"{source_id}.toml"
    if path.exists():
        raise SourceError(f"{path} is there already; choose another id with --id")
    _write(path, text)
    return path


def set_keys(path: Path, **keys: Any) -> Source:
    """Changes keys of one declaration, adds those that it has not; returns the source as it then is."""
    text = path.read_text(encoding="utf-8")
    for key, value in keys.items():
        line = f"{key} = {_value(value)}"
        stated = re.search(rf"^{key}\s*=.*$", text, re.MULTILINE)
        before, behind = (text[: stated.start()], text[stated.end() :]) if stated else (f"{text.rstrip()}\n", "\n")
        text = before + line + behind
    return _write(path, text)


def id_of(name: str) -> str:
    """A file name for a source: its name in lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-") or "source"


def _write(path: Path, text: str) -> Source:
    """Swapped in whole, and only when the result can be loaded."""
    trial = path.with_name(f".{path.stem}.new") / path.name
    trial.parent.mkdir(exist_ok=True)
    try:
        trial.write_text(text, encoding="utf-8")
        source = load_source(trial)
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)
        trial.parent.rmdir()
    return source


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if "\\" in value and "'" not in value:
        return f"'{value}'"  # a regular expression reads better without doubled backslashes
    return json.dumps(value, ensure_ascii=False)
