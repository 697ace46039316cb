"""trafilatura's rules about an element's tag and attributes, each answered once for all elements that look alike.

Half of trafilatura's time goes into XPath expressions that run a regular expression on the id and class of every
element of a page, some ten times over. Such a verdict depends on the element's tag and a few attributes alone, and the
pages of a site use the same ones again and again: it is asked of a lone element of that look, and remembered. The
answers are trafilatura's own; ``tests/crawler/test_bodies.py`` holds that against the bare expressions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from justext import get_stoplist
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import external, xpaths

LOOKED_AT = frozenset(
    ("id", "class", "style", "role", "aria-hidden", "itemprop", "data-component", "data-lp-replacement-content")
)
MOST_REMEMBERED = 20_000  # looks an expression: some 5 MB
Look = tuple[str, Sequence[tuple[str, str]]]


class Verdicts:
    """Stands in for an ``etree.XPath`` that finds descendants by tag and attributes alone.

    ``first``: only the first one found is wanted.
    """

    def __init__(self, expression: etree.XPath, *, first: bool = False) -> None:
        self.expression = expression
        self.first = first
        self.known: dict[Look, bool] = {}

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        found = []
        known = self.known
        for element in tree.iterdescendants():
            attributes = element.items()
            if not attributes:
                continue
            look = element.tag, tuple([pair for pair in attributes if pair[0] in LOOKED_AT])
            verdict = known.get(look)
            if verdict is None:
                verdict = self._ask(look)
            if verdict:
                found.append(element)
                if self.first:
                    break
        return found

    def _ask(self, look: Look) -> bool:
        if len(self.known) >= MOST_REMEMBERED:
            self.known.clear()
        tag, attributes = look
        around = etree.Element("body")
        lone = etree.SubElement(around, tag if str(tag).isalnum() else "x")
        for name, value in attributes:
            lone.set(name, value)
        self.known[look] = verdict = bool(self.expression(around))
        return verdict


def install() -> None:
    """Put verdicts in the place of those expressions of trafilatura that look at nothing else. Done once a process."""
    if isinstance(xpaths.OVERALL_DISCARD_XPATH[0], Verdicts):
        return
    every: tuple[list[Any], ...] = (
        xpaths.OVERALL_DISCARD_XPATH,
        xpaths.TEASER_DISCARD_XPATH,
        xpaths.DISCARD_IMAGE_ELEMENTS,
        xpaths.REMOVE_COMMENTS_XPATH,
        xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
    )
    for rules in every:
        rules[:] = [Verdicts(rule) for rule in rules]
    precise: list[Any] = xpaths.PRECISION_DISCARD_XPATH
    precise[1] = Verdicts(precise[1])  # [0] finds <header>: fast as it is
    frames: list[Any] = xpaths.BODY_XPATH
    for number in (0, 2, 3):  # the others test no regular expression
        frames[number] = Verdicts(frames[number], first=True)
    # Its last resort, jusText, would gather the stop words of a hundred languages anew for every page: half a second.
    cast(Any, external).JT_STOPLIST = tuple(get_stoplist("English"))
