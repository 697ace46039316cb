"""The article's text out of a page: paragraphs, without what surrounds them."""

from __future__ import annotations

import logging
import re
from copy import deepcopy

import trafilatura
from lxml.html import HtmlElement

EXTRACTOR = f"trafilatura {trafilatura.__version__} precision, quotewire 1"

# It logs an ERROR for each page without text; we record that as a skip with its reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def body_paragraphs(tree: HtmlElement, url: str = "") -> list[str]:
    """The paragraphs of the main text, in order; none when the page has no article in it."""
    document = trafilatura.bare_extraction(
        deepcopy(tree),
        url=url or None,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    text = getattr(document, "text", None)
    if not text:
        return []
    return [paragraph for line in text.split("\n") if (paragraph := tidy(line.removeprefix("- ")))]


def tidy(line: str) -> str:
    """One paragraph with its white space made plain; the characters themselves stay as they came."""
    return re.sub(r"[\s\u200b\ufeff\u00ad]+", lambda m: " " if m[0].strip("\u200b\ufeff\u00ad") else "", line).strip()
