"""JSON-LD: what a page says about itself in schema.org's terms. Broken blocks are normal and are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """Every JSON-LD object of a page, lists and @graph opened, articles first; broken blocks are left out."""
    found: list[dict[str, Any]] = []
    for script in tree.iterfind(".//script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += _objects(_loads(script.text or ""))
    return sorted(found, key=lambda item: not re.search("article|posting", types_of(item), re.IGNORECASE))


def _loads(text: str) -> Any:
    text = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text).strip().rstrip(";")
    )
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            # strict=False: line breaks within strings are the commonest fault of all.
            return json.loads(attempt, strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 5:
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict) and depth < 5:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def types_of(item: dict[str, Any]) -> str:
    """An object's @type, several of them joined by spaces."""
    kind = item.get("@type")
    return " ".join(str(part) for part in kind) if isinstance(kind, list) else str(kind or "")


def names_in(value: Any) -> list[str]:
    """The names in a value that may be a text, an object with a name, or a list of either."""
    if isinstance(value, list):
        return [name for item in value for name in names_in(item)]
    name = plain(value.get("name") if isinstance(value, dict) else value)
    return [name] if name else []


def plain(value: Any) -> str:
    """A value as one line of text without tags; the first of a list; "" when it is no text."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(re.sub(r"<[^<>]+>", "", value).split()) if isinstance(value, str) else ""
