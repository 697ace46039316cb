"""The quotation-mark structure of a text: where each quotation begins and ends, and which belong together.

The outermost marks count; marks inside a quotation are part of it. A quotation that is opened again (at the next
paragraph, or after a full stop where paragraph breaks were lost) before it was closed continues in the next one. Marks
that do not balance never reach beyond their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

MARKS = re.compile(r"[“”‘’]")
SENTENCE_END = re.compile(r"[.?!…][)\]]?\s*$")
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
STOPS = ".?!…"
REOPENED = re.compile(r"\s*[“‘]")
SENTENCE = re.compile(r"[.?!](?=\s+[A-Z])")
SAID = r"(?:said|says|added|adds|told|argued|warned|insisted|explained)\b"
REPORT = re.compile(rf"[,?!](?= (?:{SAID}|(?:he|she|they|(?:[A-Z][\w'’-]+ ?)+) {SAID}))")


@dataclass(frozen=True)
class Quotation:
    """One stretch within outer marks, marks included: characters ``start`` to ``end`` of the text.

    ``closed`` is False when the closing mark is missing: at a paragraph's end or where it was opened again.
    """

    text: str
    start: int
    end: int
    closed: bool = True

    @cached_property
    def inner(self) -> str:
        """What stands between the marks."""
        raw = self.text[self.start : self.end]
        raw = raw[1:] if raw[:1] in "“‘" else raw
        return raw[:-1] if self.closed else raw

    @property
    def words(self) -> int:
        return len(WORD.findall(self.inner))

    @cached_property
    def before(self) -> str:
        """The last character before it that is not a space: "" at the start of a paragraph."""
        line = self.text.rfind("\n", 0, self.start) + 1
        return self.text[line : self.start].rstrip(" \t")[-1:]

    @cached_property
    def is_statement(self) -> bool:
        """A whole utterance, as against a few words quoted inside somebody else's clause or a title."""
        inner = self.inner.lstrip("([ \t")
        if not inner:
            return False
        starts_fresh = self.before in ("", ":", "—", "–") or self.before in STOPS or self.before in "”’"
        starts_high = inner[0].isupper() or inner[0].isdigit() or inner[0] in "“‘…£"
        ends_low = self.inner.rstrip()[-1:] in ".,?!…—–-" or not self.closed
        if starts_fresh:
            return ends_low or self.before == ":" or (starts_high and self.words > 3 and self._stands_alone())
        return (starts_high and ends_low) or (self.before == "," and (ends_low or starts_high) and self.words > 2)

    def _stands_alone(self) -> bool:
        """The close mark is followed by a stop, a comma, a dash or the paragraph's end."""
        return self.text[self.end : self.end + 1] in ("", "\n", ",", *STOPS) or self.text[self.end :][:3] in (
            " – ",
            " — ",
            " - ",
        )


def quotations(oriented: str) -> tuple[Quotation, ...]:
    """Every outer quotation of a text whose marks are told apart (``marks.oriented``), in order."""
    return tuple(found for start, end in _paragraphs(oriented) for found in _in_paragraph(oriented, start, end))


def runs(found: tuple[Quotation, ...]) -> tuple[tuple[Quotation, ...], ...]:
    """Quotations grouped where one continues the other: opened again before it was closed, with no word between."""
    grouped: list[list[Quotation]] = []
    for quotation in found:
        if grouped and _continues(grouped[-1][-1], quotation):
            grouped[-1].append(quotation)
        else:
            grouped.append([quotation])
    return tuple(map(tuple, grouped))


def _continues(one: Quotation, other: Quotation) -> bool:
    return not one.closed and not one.text[one.end : other.start].strip()


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    breaks = [-1, *(match.start() for match in re.finditer("\n", text)), len(text)]
    return ((one + 1, other) for one, other in pairwise(breaks) if other > one + 1)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    closer, depth, last = "”", 0, start
    for match in MARKS.finditer(text, start, end):
        index, mark = match.start(), match.group()
        if opened is None:
            if mark in "“‘":
                opened, closer, depth = index, "”" if mark == "“" else "’", 0
            elif mark == "”" and last == start and text[index - 1 : index] in (",", *STOPS):
                yield Quotation(text, start, index + 1)  # the opening mark was lost
                last = index + 1
        elif mark == closer and depth:
            depth -= 1
        elif mark == closer:
            yield Quotation(text, opened, index + 1)
            opened, last = None, index + 1
        elif mark == text[opened]:
            if SENTENCE_END.search(text, opened, index):
                yield Quotation(text, opened, opened + len(text[opened:index].rstrip()), closed=False)
                opened, depth = index, 0
            else:
                depth += 1
    if opened is not None:
        stop = _left_open(text, opened, end)
        yield Quotation(text, opened, opened + len(text[opened:stop].rstrip()), closed=False)


def _left_open(text: str, opened: int, end: int) -> int:
    """Where a quotation that the paragraph never closes is taken to end.

    At the paragraph's end when the next one opens again; else before a reporting clause, and a quotation that began in
    mid-sentence with its sentence.
    """
    if REOPENED.match(text, end):
        return end
    report = REPORT.search(text, opened, end)
    if report:
        return report.start() + 1
    starts_fresh = text[:opened].rstrip(" ")[-1:] in ("", "\n", ":", *STOPS)
    sentence = None if starts_fresh else SENTENCE.search(text, opened, end)
    return sentence.end() if sentence else end
