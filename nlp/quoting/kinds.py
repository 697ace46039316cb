"""Direct, indirect or mixed: by the share of the content's words that stand in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.quoting.quotations import Quotation
from nlp.records import Spans

WORD = re.compile(r"\w(?:[\w'’.-]*\w)?")
DIRECT_SHARE = 0.9
TERM_WORDS = 4
# A quoted name before one of these is what the thing is called, not what the source said.
NAMED_THING = re.compile(
    r"\s+(?:scheme|programme|program|plan|policy|bill|act|initiative|fund|strategy|charter|campaign|project|tax|"
    r"pathway|framework|rule|list|fund|grant|allowance|pilot|service|conference|report)s?\b",
    re.IGNORECASE,
)


def kind_of(text: str, content: Spans, marks: Sequence[Quotation]) -> str:
    """``text`` is the article with its marks told apart, ``marks`` its outer quotations."""
    words = [(start + m.start(), start + m.end()) for start, end in content for m in WORD.finditer(text[start:end])]
    quoted = [(q.start, q.end) for q in marks if not is_term(text, q)]
    within = sum(any(start <= a and b <= end for start, end in quoted) for a, b in words)
    if not within:
        return "indirect"
    return "direct" if within >= DIRECT_SHARE * len(words) else "mixed"


def is_term(text: str, quotation: Quotation) -> bool:
    """The quoted name of a scheme, bill or the like ('right to provide' scheme)."""
    return quotation.words <= TERM_WORDS and NAMED_THING.match(text, quotation.end) is not None
