"""Sources are declarations: one TOML file of at most ten flat keys each; the file's stem is the id."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.addresses import is_private_host

FOLDER = Path(__file__).with_name("sources")
KINDS = ("government", "wire", "newspaper", "trade", "party", "parliament")
SPIDERS = ("feed", "sitemap", "listing", "api", "archive")
REQUIRED = ("name", "kind", "spider", "url")


class SourceError(ValueError):
    """A declaration that cannot be used; the message says which file and key, and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place watched.

    ``url`` is where the links are found (a feed, a sitemap, a listing page, a search API), ``match`` a regular
    expression that an article's URL must contain, ``links`` the CSS selector of the links on a listing page,
    ``delay`` the seconds between two requests to one host, ``pages_per_day`` the most that a host is asked for.
    For an archive ``url`` is a file or folder on this machine, and ``words`` (separated by commas) those of which a
    page must hold one. ``enabled``: is it crawled when no source is named? ``verified`` is the day on which a check
    last found articles by it, "" for never.
    """

    id: str
    name: str
    kind: str
    spider: str
    url: str
    homepage: str = ""
    licence: str = ""
    match: str = ""
    links: str = ""
    delay: float = 1.0
    allow_private: bool = False
    pages_per_day: int = 5000
    words: str = ""
    enabled: bool = True
    verified: str = ""


KEYS: dict[str, type] = {
    field.name: {"float": float, "bool": bool, "int": int}.get(str(field.type), str)
    for field in fields(Source)
    if field.name != "id"
}


def load_sources(folder: Path | str = FOLDER) -> list[Source]:
    """Every source declared in ``folder``, by id. Raises SourceError for the first file that cannot be used."""
    folder = Path(folder)
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder; name one that holds a .toml file for each source")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise SourceError(f"{folder}: no .toml file in it; add one for each source (docs/sources.md shows how)")
    return [load_source(path) for path in paths]


def load_source(path: Path) -> Source:
    """The source that one TOML file declares. Raises SourceError with file, key and remedy."""
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path.name}: not readable as TOML ({error}); check the quotation marks around values"
        ) from error
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", path.stem):
        raise SourceError(
            f"{path.name}: the file's name is the source's id; use lower-case letters, digits and hyphens"
        )
    problem = _problem(declared)
    if problem:
        raise SourceError(f"{path.name}: {problem}")
    return Source(id=path.stem, **declared)


def _problem(declared: Mapping[str, Any]) -> str:
    """What is wrong with a declaration and what to do about it, or "" when nothing is."""
    for key, value in declared.items():
        if key not in KEYS:
            return f"unknown key {key!r}; the keys are {', '.join(KEYS)}"
        wanted = KEYS[key]
        fits = (
            isinstance(value, (int, float)) and not isinstance(value, bool)
            if wanted is float
            else type(value) is wanted
        )
        if not fits:
            return f"{key} must be a {_TYPE_NAMES[wanted]}, not {value!r}"
    for key in REQUIRED:
        if not declared.get(key):
            return f"{key} is missing; add {key} = …"
    if declared["kind"] not in KINDS:
        return f"kind {declared['kind']!r} is unknown; use one of {', '.join(KINDS)}"
    if declared["spider"] not in SPIDERS:
        return f"spider {declared['spider']!r} is unknown; use one of {', '.join(SPIDERS)}"
    if (declared["spider"] == "listing") != bool(declared.get("links")):
        return "links (a CSS selector of the article links) is needed for spider = 'listing', and only there"
    if not 0 <= declared.get("delay", 1) <= 3600:
        return f"delay must be between 0 and 3600 seconds, not {declared['delay']}"
    if declared.get("pages_per_day", 1) < 1:
        return f"pages_per_day must be at least 1, not {declared['pages_per_day']}"
    if declared.get("words") and declared["spider"] != "archive":
        return "words (of which a page must hold one) is for spider = 'archive' only"
    if not re.fullmatch(r"(\d{4}-\d\d-\d\d)?", declared.get("verified", "")):
        return (
            f"verified must be a day like 2024-05-06, not {declared['verified']!r}; `quotewire sources check` sets it"
        )
    return _pattern_problem(declared.get("match", "")) or _address_problem(declared)


def _pattern_problem(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"match {pattern!r} is no regular expression ({error}); in TOML write it between single quotation marks"
    return ""


def _address_problem(declared: Mapping[str, Any]) -> str:
    for key in ("url", "homepage"):
        address = declared.get(key, "")
        if not address or (key == "url" and declared["spider"] == "archive"):
            continue
        parts = _parts(address)
        if parts is None or parts[0] not in ("http", "https") or not parts[1]:
            return f"{key} {address!r} is no web address; it must start with http:// or https://"
        if is_private_host(parts[1]) and not declared.get("allow_private"):
            return f"{key} {address!r} is a private or loopback address; if that is meant, add allow_private = true"
    return ""


def _parts(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.scheme, parts.hostname or ""


_TYPE_NAMES = {str: "text in quotation marks", float: "number", int: "whole number", bool: "true or false"}
