"""Lines around an article that are none of it: dates, credits, calls to sign up, link lists, cookie notices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.agencies import credited
from crawler.dates import is_date_line

COPYRIGHT = re.compile(
    r"^(?:copyright\s*(?:©|\(c\)|\d{4}|:)|©|\(c\)\s).{0,100}$|^.{0,60}\ball rights reserved\.?$"
    r"|^(?:image|photo|picture|photograph)s?(?: credit)?(?: by)?\s*:.{0,80}$"
    r"|^reporting by .{3,120}(?:editing|writing) by .{3,80}$",
    re.IGNORECASE,
)
CALL = re.compile(
    r"(?:^|[.!?:–—-] |\b(?:please|you can|here to|want to) )(?:sign(?:ing)? up|subscribe|register) "
    r"(?:now |today |here |free )*(?:for|to) "
    r"(?:our|the|free|a|your|daily|weekly|get|receive|read)\b"
    r"|\b(?:straight|direct(?:ly)?|delivered) (?:in)?to your (?:inbox|e-?mail)\b|\bin your inbox\b"
    r"|^(?:want|get|like) (?:more )?(?:news|stories|updates|articles)\b.{0,80}[?!.]?$"
    r"|\bfollow us on\b|\blike us on facebook\b|\bjoin (?:our|the) (?:mailing list|whatsapp|newsletter)"
    r"|\bour (?:free |daily |weekly )?(?:e-?mail )?newsletters?\b.{0,60}$|^(?:newsletter|subscribe|sign up)[!.]?$"
    r"|^(?:share|print|e-?mail|tweet)(?: (?:this|via|by|on (?:facebook|twitter|x|linkedin|whatsapp))\b.{0,30})?$"
    r"|^\d* ?comments?$|^already (?:a )?(?:subscrib|register|member)|^(?:log|sign) in\b.{0,40}$"
    r"|^download (?:our|the) .{0,30}app\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:related|recommended|similar|most (?:read|popular|viewed|shared)|more (?:news|stories|like)"
    r"|more (?:on|from)(?: [\w'’&-]+){0,4}|latest|top stories|trending|read (?:more|next|also)|see also"
    r"|you (?:may|might) (?:also )?(?:like|be interested)|also (?:in|on|read)|further reading|popular"
    r"|editor['’]?s picks?|around the web|promoted|sponsored|advert|tags|topics|share this|up next)"
    r"(?: (?:articles?|stories|story|news|content|links?|posts?|topics?|reading|coverage|pages?"
    r"|now|this|for you|today|by)\b)*:?$"
    r"|^read (?:more|next|also): .{0,120}$",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^(?:this (?:web)?site|this page|we|our (?:web)?site|we and our partners)\b.{0,20}\buses? .{0,40}\bcookies\b"
    r"|^(?:accept|reject|manage|allow)(?: all)? cookies|^cookies? (?:policy|settings|notice|preferences)"
    r"|\bthis (?:web)?site is (?:intended|designed|only|for)\b|^skip to (?:main |the )?(?:content|navigation)"
    r"|\benable javascript\b|^(?:our )?privacy (?:policy|notice|settings)\b.{0,40}$"
    r"|^terms (?:of use|and conditions|& conditions)\b.{0,40}$"
    r"|^(?:for|intended for) (?:health(?:care)?|medical|investment|financial|legal|professional)\b.{0,40} only\.?$",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^(?:by|words by|written by|reported by)\s+(?P<names>(?:[A-Z][\w'’.-]*|and|of|de|van|der|the|in|&|,|\s)+)$|"
    r"^(?P<agency_line>[A-Z][\w'’.-]+ [A-Z][\w'’.-]+, [A-Z][\w ]{1,30} (?:correspondent|editor|reporter))$"
)
PROMOTED = re.compile(r"^(?:read|see|watch|listen)(?: more| also| next| now)\s*[:|>].{3,160}[^.]$", re.IGNORECASE)
LONGEST_TAIL = 40  # lines
LARGEST_TAIL = 0.3  # of an article's words: a longer closing run of short lines is a list that belongs to it
BEFORE_HEADLINE = 3  # lines: a label such as "Press release", a section's name
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$|[”\"]$")


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The paragraphs of an article, and what the lines taken off said about it."""

    paragraphs: tuple[str, ...]
    agency: str | None = None
    byline: str = ""
    date_line: str = ""


def same_words(a: str, b: str) -> bool:
    """Do two lines read the same, but for case, quotation marks, spacing and closing punctuation?"""
    return _plain(a) == _plain(b) != ""


def is_sentence(line: str) -> bool:
    """Does the line read as running text: closed by punctuation, and more than a few words?"""
    return (bool(_SENTENCE_END.search(line.strip())) and len(line.split()) >= 4) or len(line.split()) > 25


def is_furniture(line: str) -> bool:
    """Is this short line a credit, a copyright, a call to sign up, a label of a link list, or a site notice?"""
    line = " ".join(line.split())
    if len(line) > 240 or "“" in line or line.startswith(('"', "‘")):
        return False
    return bool(
        credited(line) or COPYRIGHT.search(line) or CALL.search(line) or LABEL.search(line) or NOTICE.search(line)
    ) and not (is_sentence(line) and len(line.split()) > 30)


def trim(paragraphs: Sequence[str], *, headline: str = "", byline: str = "") -> Trimmed:
    """Take off what stands before the first and after the last paragraph of the article.

    Works inwards from both ends and stops at the first line that could belong to the article; a list of related
    headlines goes when a label announces it.
    """
    kept = [p for p in paragraphs if p.strip()]
    agency = next((found for line in (*kept[:4], *kept[-6:]) if (found := credited(line))), None)
    found_byline = found_date = ""
    opening = next((i for i, line in enumerate(kept[: BEFORE_HEADLINE + 1]) if same_words(line, headline)), 0)
    if not any(is_sentence(line) or len(line.split()) > 6 for line in kept[:opening]):
        kept = kept[opening:]
    while kept:
        line = kept[0]
        if match := BYLINE.match(line):
            found_byline = found_byline or (match["names"] or match["agency_line"]).strip(" ,")
        elif is_date_line(line):
            found_date = found_date or line
        elif not (same_words(line, headline) or same_words(line, byline) or is_furniture(line)):
            break
        kept = kept[1:]
    kept = kept[: _end(kept)]
    kept = [line for line in kept if not _interrupts(line)]
    return Trimmed(tuple(kept), agency, found_byline, found_date)


def _end(lines: Sequence[str]) -> int:
    """Where the article ends: before the closing run of short lines in which one is furniture for certain."""
    tail = len(lines)
    while tail > max(1, len(lines) - LONGEST_TAIL) and not _could_close(lines[tail - 1]):
        tail -= 1
    first_certain = next((i for i in range(tail, len(lines)) if is_furniture(lines[i]) or is_date_line(lines[i])), None)
    if first_certain is None or _words(lines[first_certain:]) > max(60, LARGEST_TAIL * _words(lines)):
        return len(lines)
    return first_certain


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _interrupts(line: str) -> bool:
    """A call to sign up, a link to another story or a site notice put between two paragraphs."""
    if len(line) > 160:
        return False
    return PROMOTED.match(line) is not None or (bool(CALL.search(line) or NOTICE.search(line)) and is_furniture(line))


def _could_close(line: str) -> bool:
    return is_sentence(line) and not is_furniture(line)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", "", text).split())
