"""Is a text another one, or the same with other white space, time stamps, quotation marks or furniture?"""

from __future__ import annotations

import re
import unicodedata

from crawler.dates import is_date_line
from crawler.furniture import is_furniture
from crawler.items import Article

SAME_MARK = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": None, "\u200b": None})
STAMP = re.compile(
    r"^(?:(?:last|first)\s+)?(?:updated|published|posted|modified|reviewed)\b[^.!?]{0,60}(?:\d|\bago\b)[^.!?]{0,40}$"
    r"|^(?:a|an|\d+)\s+(?:min(?:ute)?|hour|day|week|month)s?\s+ago$"
    r"|^\d{1,2}[:.]\d\d(?:\s*[ap]m)?(?:\s+(?:gmt|bst|utc))?$",
    re.IGNORECASE,
)


def same_reading(article: Article, *, headline: str, standfirst: str, body: str) -> bool:
    """Would a reader of ``article`` say that it is what was stored? A changed word, figure or case is a change."""
    return (
        _plain(article.headline) == _plain(headline)
        and _plain(article.standfirst) == _plain(standfirst)
        and _paragraphs(article.body) == _paragraphs(body)
    )


def _paragraphs(body: str) -> str:
    lines = (line.strip() for line in body.split("\n"))
    return " ".join(_plain(line) for line in lines if line and not _passing(line))


def _passing(line: str) -> bool:
    return is_date_line(line) or is_furniture(line) or STAMP.match(line) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(SAME_MARK).split())
