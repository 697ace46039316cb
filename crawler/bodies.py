"""The article's text out of a page: paragraphs, without what surrounds them."""

from __future__ import annotations

import logging

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from crawler.pruning import install

EXTRACTOR = f"trafilatura {trafilatura.__version__} precision, quotewire 2"
TEXTLESS = ("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "select", "textarea")
# Below this many characters the quick extraction may have taken the wrong part of the page.
SURELY_WHOLE = 500
FRAGMENT = 100
PARAGRAPHS_IN_LAYOUT = 3
INVISIBLE = {0x200B: None, 0xFEFF: None, 0xAD: None}
SHORTEST_PARAGRAPH = 25  # characters, as readability counts

install()
# It logs an ERROR for each page without text; we record that as a skip with its reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def readable(tree: HtmlElement) -> HtmlElement:
    """The tree itself, less what no reader sees, and with tables that only place text on the page made plain blocks."""
    etree.strip_elements(tree, *TEXTLESS, with_tail=False)
    for table in list(tree.iter("table")):
        if _places_text(table):
            for part in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th")):
                if next(part.iterancestors("table"), table) is table:
                    part.tag = "div"
    return tree


def _places_text(table: HtmlElement) -> bool:
    """Does a cell hold a table, or several paragraphs? Cells of data hold neither."""
    return any(
        cell.find(".//table") is not None or len(cell.findall(".//p")) >= PARAGRAPHS_IN_LAYOUT
        for cell in table.iter("td", "th")
    )


def body_paragraphs(tree: HtmlElement, url: str = "", *, stated: str = "", claimed: bool = False) -> list[str]:
    """The paragraphs of the main text, in order; none when the page has no article in it.

    ``stated`` is the text that the page's JSON-LD gives as its articleBody: no text is taken from there (it may be
    what readers only see when they pay), but it tells when too little was found. ``claimed``: does the page call
    itself an article? Changes nothing in ``tree``.

    trafilatura's comparison with two other extractors takes as long as all the rest and decides little where its own
    rules found a long text: it runs only where these found a short one, or one much shorter than the page's paragraphs.
    """
    text = _extracted(tree, url, fast=True)
    if len(text) < SURELY_WHOLE or 2 * len(text) < _in_paragraphs(tree):
        text = _extracted(tree, url, fast=False)
    if len(text) < SURELY_WHOLE or 2 * len(text) < len(stated):
        wider = _extracted(tree, url, precise=False)
        text = wider if _too_little(text, wider, stated, claimed=claimed) else text
    return [paragraph for line in text.split("\n") if (paragraph := tidy(line.removeprefix("- ")))]


def _too_little(text: str, wider: str, stated: str, *, claimed: bool) -> bool:
    """Is the wider reading of the page to be preferred to ``text``, by what the page says, or a fragment found?"""
    if 2 * len(text) < len(stated):
        return len(text) < len(wider) < 1.5 * len(stated)
    if len(text) < FRAGMENT:
        return claimed and len(wider) > len(text)
    return len(wider) > 3 * len(text)


def _extracted(tree: HtmlElement, url: str, *, fast: bool = False, precise: bool = True) -> str:
    document = trafilatura.bare_extraction(
        tree,
        url=url or None,
        fast=fast,
        favor_precision=precise,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    return getattr(document, "text", None) or ""


def _in_paragraphs(tree: HtmlElement) -> int:
    """Characters in the page's paragraphs, links left out: more than any extractor would take for the article."""
    total = 0
    for element in tree.iter("p", "pre", "blockquote"):
        length = len(element.text_content())
        if length >= SHORTEST_PARAGRAPH:
            total += length - sum(len(link.text_content()) for link in element.iter("a"))
    return total


def tidy(line: str) -> str:
    """One paragraph with its white space made plain; the characters themselves stay as they came."""
    return " ".join(line.translate(INVISIBLE).split())
