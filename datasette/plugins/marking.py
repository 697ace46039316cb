"""Marks spans in a text for the article page: by offsets, nested and overlapping alike, every character escaped."""

# No `from __future__ import annotations`: dataclass looks string annotations up in sys.modules, where a plugin is not.
import itertools
import re
from dataclasses import dataclass

from datasette import hookimpl
from markupsafe import Markup, escape

PARAGRAPH = re.compile(r"[^\n](?:.*?[^\n])??(?=\n\s*\n|\s*\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span of the text (characters, end exclusive). The lowest ``layer`` is the outermost element."""

    layer: int
    start: int
    end: int
    css: str
    title: str = ""
    href: str = ""
    anchor: str = ""

    def opened(self, *, first: bool, linked: bool) -> Markup:
        tag = "a" if linked else "mark" if self.layer == 0 else "span"
        attributes = [("class", self.css)]
        attributes += [("href", self.href)] if linked else []
        attributes += [("id", self.anchor)] if self.anchor and first else []
        attributes += [("title", self.title)] if self.title else []
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
        return Markup(f"<{tag}{written}>")

    def closed(self, *, linked: bool) -> Markup:
        return Markup("</a>" if linked else "</mark>" if self.layer == 0 else "</span>")


def marked(text: str, marks: list[dict[str, object]]) -> list[Markup]:
    """The paragraphs of ``text`` as HTML, with ``marks`` (the fields of Mark) around their characters.

    Where spans overlap, the later one is closed and opened again, so that the elements always nest. A link within a
    link is no HTML: there the inner one keeps its look and loses its address.
    """
    spans = sorted(Mark(**mark) for mark in marks)
    seen: set[str] = set()
    return [_paragraph(text, match.start(), match.end(), spans, seen) for match in PARAGRAPH.finditer(text)]


def _paragraph(text: str, start: int, end: int, spans: list[Mark], seen: set[str]) -> Markup:
    here = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    cuts = sorted({start, end, *(c for span in here for c in (span.start, span.end) if start < c < end)})
    html: list[Markup] = []
    stack: list[tuple[Mark, bool]] = []
    for left, right in itertools.pairwise(cuts):
        wanted = sorted(
            (s for s in here if s.start <= left and s.end >= right), key=lambda s: (s.layer, s.start, -s.end)
        )
        kept = 0
        while kept < min(len(stack), len(wanted)) and stack[kept][0] == wanted[kept]:
            kept += 1
        html += [mark.closed(linked=linked) for mark, linked in reversed(stack[kept:])]
        del stack[kept:]
        for mark in wanted[kept:]:
            linked = bool(mark.href) and not any(outer for _, outer in stack)
            html.append(mark.opened(first=mark.anchor not in seen, linked=linked))
            stack.append((mark, linked))
            seen.add(mark.anchor)
        html.append(escape(text[left:right]).replace("\n", Markup("<br>")))
    html += [mark.closed(linked=linked) for mark, linked in reversed(stack)]
    return Markup("").join(html)


@hookimpl
def prepare_jinja2_environment(env):
    env.globals["marked"] = marked
