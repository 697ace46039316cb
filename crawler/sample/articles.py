"""The sample's article files: a TOML head between ``+++`` lines, then paragraphs, in plain text.

A blank line ends a paragraph. ``## `` opens a subheading, ``- `` a list item and ``> `` a paragraph of a block
quotation. There is no other markup: everything else is text, and is escaped when it becomes HTML.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path

HEAD = re.compile(r"\A\+\+\+\n(.*?\n)\+\+\+\n(.*)\Z", re.S)
BLOCKS = (("## ", "h2", ""), ("- ", "li", "ul"), ("> ", "p", "blockquote"), ("", "p", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One article of a sample publisher. ``published`` and ``modified`` carry their offset from UTC."""

    slug: str
    headline: str
    text: str
    published: datetime
    modified: datetime
    standfirst: str = ""
    byline: str = ""
    credit: str = ""
    section: str = "news"
    document_type: str = ""
    organisations: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The body as HTML, one element a line."""
        return "\n".join(_elements(self.text))

    @property
    def author(self) -> str:
        """The byline's name alone."""
        return self.byline.removeprefix("By ").partition(",")[0]

    @property
    def day(self) -> str:
        """The date as people write it: 31 March 2011."""
        return f"{self.published.day} {self.published:%B %Y}"


def read_article(path: Path) -> SampleArticle:
    """Reads one article file; ValueError says which file has no head."""
    parts = HEAD.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise ValueError(f"{path}: an article begins with a TOML head between two lines of +++")
    head = tomllib.loads(parts[1])
    return SampleArticle(
        **{
            **head,
            "slug": path.stem,
            "text": parts[2].strip(),
            "modified": head.get("modified", head["published"]),
            "organisations": tuple(head.get("organisations", ())),
        }
    )


def _elements(text: str) -> list[str]:
    """Runs of list items share one list, runs of quoted paragraphs one block quotation."""
    lines = [line for line in text.splitlines() if line.strip()]
    elements = []
    for (prefix, tag, parent), run in groupby(lines, key=_block):
        inner = [f"<{tag}>{escape(line.removeprefix(prefix), quote=False)}</{tag}>" for line in run]
        elements += [f"<{parent}>", *inner, f"</{parent}>"] if parent else inner
    return elements


def _block(line: str) -> tuple[str, str, str]:
    return next(block for block in BLOCKS if line.startswith(block[0]))
