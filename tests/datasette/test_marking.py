"""Marks around characters: nested, overlapping, over paragraphs, and always escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest


@pytest.fixture
async def marked(ds):
    await ds.invoke_startup()

    def mark(text, *spans):
        fields = ("layer", "start", "end", "css", "href")
        return [
            str(p)
            for p in ds.jinja_env.globals["marked"](text, [dict(zip(fields, span, strict=False)) for span in spans])
        ]

    return mark


class Balanced(HTMLParser):
    """Fails on an element that is closed in the wrong order, or a link within a link."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            assert not (tag == "a" and "a" in self.open)
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def balanced(html: str) -> str:
    """The text of ``html``, after checking that its elements nest."""
    parser = Balanced()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.text


async def test_a_span_is_marked_at_its_offsets(marked):
    assert marked("one two three", (0, 4, 7, "quote direct")) == ['one <mark class="quote direct">two</mark> three']


async def test_a_name_within_a_quote_is_a_link_within_the_mark(marked):
    assert marked("ask Ann now", (0, 0, 11, "quote"), (2, 4, 7, "person", "/person/1")) == [
        '<mark class="quote">ask <a class="person" href="/person/1">Ann</a> now</mark>'
    ]


async def test_spans_that_overlap_are_closed_and_opened_again(marked):
    html = marked("abcdef", (0, 0, 4, "quote"), (1, 2, 6, "cue"))[0]
    assert html == '<mark class="quote">ab<span class="cue">cd</span></mark><span class="cue">ef</span>'
    assert balanced(html) == "abcdef"


async def test_a_link_within_a_link_keeps_its_look_only(marked):
    html = marked("Bank of Ely", (2, 0, 11, "organisation", "/o/1"), (2, 8, 11, "organisation", "/o/2"))[0]
    assert html.count("<a ") == 1
    assert balanced(html) == "Bank of Ely"


async def test_a_quote_over_three_paragraphs_is_marked_in_each_and_named_once(marked, ds):
    text = "“One\n\n“Two\n\n“Three”"
    html = [
        str(p)
        for p in ds.jinja_env.globals["marked"](
            text, [{"layer": 0, "start": 0, "end": len(text), "css": "quote", "anchor": "q7"}]
        )
    ]
    assert len(html) == 3
    assert [piece.count("<mark") for piece in html] == [1, 1, 1]
    assert "".join(html).count('id="q7"') == 1


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", 0),
        ("\n\n\n", 0),
        ("a", 1),
        ("a\n\nb", 2),
        ("a\nb", 1),
        ("a\n \nb\n", 2),
        ("\n\na\n\n\n\nb\n\n", 2),
    ],
)
async def test_paragraphs_are_set_apart_by_empty_lines(marked, text, paragraphs):
    assert len(marked(text)) == paragraphs


async def test_what_is_marked_is_escaped(marked):
    html = marked(
        "<script>alert(1)</script> & “x”", (0, 3, 12, '"><script>', 'javascript:"'), (2, 5, 9, "person", "/p/1")
    )[0]
    assert "<script" not in html
    assert balanced(html) == "<script>alert(1)</script> & “x”"


async def test_spans_beyond_the_text_or_empty_do_no_harm(marked):
    assert [
        re.sub(r"<[^>]+>", "", p) for p in marked("short", (0, 3, 99, "quote"), (0, 2, 2, "quote"), (0, 50, 60, "cue"))
    ] == ["short"]


async def test_any_set_of_spans_nests_and_loses_no_character(marked):
    text = 'The <quick> brown fox\n\njumps & over "the" lazy dog\'s back.'
    for seed in range(200):
        spans = []
        for n in range(7):
            start = (seed * 31 + n * 17) % len(text)
            spans.append((n % 3, start, start + 1 + (seed * 7 + n * 5) % 24, f"c{n}", f"/x/{n}" if n % 2 else ""))
        pieces = marked(text, *spans)
        assert "\n\n".join(balanced(piece) for piece in pieces) == text
