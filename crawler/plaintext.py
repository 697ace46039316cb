"""A plain text, as saved or pasted from somewhere → Article: which lines are headline, date, credit, and article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.agencies import credited, dateline_agency
from crawler.bodies import tidy
from crawler.dates import is_date_line, machine_date
from crawler.furniture import BYLINE, is_furniture, is_sentence, same_words, trim
from crawler.items import Article, Skip
from crawler.languages import language_of
from crawler.pages import short_headline

EXTRACTOR = "plain text, quotewire 1"
LONGEST_HEAD = 40  # lines
# In words:
LONGEST_HEADLINE = 30
LONGEST_QUESTION = 14
FEWEST_IN_STANDFIRST = 5


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the first sentence of a text."""

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    date_line: str = ""
    lines: int = 0


def article_from_text(
    text: str, *, canonical_url: str, url: str = "", headline: str = "", today: date | None = None
) -> Article | Skip:
    """What a text becomes. ``headline`` is the one known from elsewhere; else it is looked for in the text.

    A text without one gets its first sentence, shortened, as headline, and the body stays whole.
    """
    lines = _lines(text)
    if not any(re.search(r"\w", line) for line in lines):
        return Skip(url=url or canonical_url, reason="empty")
    head = _head(lines, headline)
    trimmed = trim(lines[head.lines :], headline=head.headline)
    body = "\n\n".join(trimmed.paragraphs)
    if not re.search(r"\w", body):
        return Skip(url=url or canonical_url, reason="no article text found")
    date_line = head.date_line or trimmed.date_line
    published = machine_date(date_line, today=today) if date_line else None
    ends = (*lines[: head.lines], *lines[-6:])
    return Article(
        url=url or canonical_url,
        canonical_url=canonical_url,
        headline=head.headline or short_headline(body),
        body=body,
        standfirst=head.standfirst,
        byline=head.byline or trimmed.byline,
        published=published,
        date_evidence="text" if published else "",
        agency=next((found for line in ends if (found := credited(line))), None) or dateline_agency(body),
        language=language_of(body),
        extractor=EXTRACTOR,
    )


def _lines(text: str) -> list[str]:
    """The paragraphs of a text: blocks between blank lines; a block of wrapped lines is one paragraph."""
    blocks = re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    found: list[str] = []
    for block in blocks:
        lines = [line for line in block.split("\n") if line.strip()]
        found += [" ".join(lines)] if _is_wrapped(lines) else lines
    return [line for raw in found if (line := tidy(raw))]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Lines broken at one width: all but the last are about as long, and most break off within a sentence."""
    if len(lines) < 2:
        return False
    upper = [line.rstrip() for line in lines[:-1]]
    broken_off = sum(not is_sentence(line) for line in upper)
    return all(40 <= len(line) <= 100 for line in upper) and broken_off * 2 >= len(upper)


def _head(lines: Sequence[str], known: str) -> Head:
    """Read the lines above the first sentence: a repeated line is the headline, else the first that is no furniture.

    The head ends with the last line that is headline, date, byline or furniture for certain; short lines below it
    may be the article's own and stay in the body.
    """
    opening = next((i for i, line in enumerate(lines[:LONGEST_HEAD]) if _opens_article(line, first=i == 0)), None)
    top = list(lines[: LONGEST_HEAD if opening is None else opening])
    titles = [line for line in top if not _is_label_like(line)]
    repeated = (line for i, line in enumerate(titles) if any(same_words(line, other) for other in titles[i + 1 :]))
    headline = known or next(repeated, "") or next(iter(titles), "")
    if opening is None:  # nothing but short lines: a list or a note, whose first line is no headline
        headline = known
    certain = [i for i, line in enumerate(top) if _is_label_like(line) or same_words(line, headline)]
    end = certain[-1] + 1 if certain else 0
    top = top[:end]
    place = next((i for i, line in enumerate(top) if same_words(line, headline)), end)
    below = [line for line in top[place:] if not _is_label_like(line) and not same_words(line, headline)]
    bylines = (match for line in top if (match := BYLINE.match(line)))
    return Head(
        headline=headline,
        standfirst=" ".join(line for line in below if len(line.split()) >= FEWEST_IN_STANDFIRST),
        byline=next(((match["names"] or match["agency_line"]).strip(" ,") for match in bylines), ""),
        date_line=next((line for line in top if is_date_line(line)), ""),
        lines=end,
    )


def _opens_article(line: str, *, first: bool) -> bool:
    if _is_label_like(line):
        return False
    if first and len(line.split()) <= LONGEST_QUESTION and re.search(r"(?:[^.!]|\.\.)$", line.rstrip(" \"'”’")):
        return False  # headlines may be questions, or end in a quotation or in dots
    return is_sentence(line) or len(line.split()) > LONGEST_HEADLINE or line.startswith(("“", '"'))


def _is_label_like(line: str) -> bool:
    return is_date_line(line) or is_furniture(line) or BYLINE.match(line) is not None
