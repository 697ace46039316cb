"""What finding gives, whatever the finder: content, cue and source of one attribution, as offsets into the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.records import Spans

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Attribution:
    """One piece of reported speech or belief: spans are characters, end exclusive, in order, not overlapping.

    ``cue`` and ``source`` are empty for a quotation that stands with no word of who said it. ``confidence`` is 0 to 1.
    """

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    confidence: float = 0.5
