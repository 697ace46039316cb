"""The component that says who speaks: each quote's source resolved to one canonical speaker of the article."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import quotes, store
from nlp.records import Quote
from nlp.speaking.cast import cast_of
from nlp.speaking.resolution import resolve
from nlp.speaking.scene import Speaker

THRESHOLD = 0.3
# What the resolver's own sureness came to on annotated articles, less a twentieth, because rules were written beside
# these; the table stands in nlp/model/README.md, and `python -m bench speakers` prints it.
SURENESS = (0.0, 0.3, 0.5, 0.6, 0.9, 1.0)
REACHED = (0.1, 0.35, 0.75, 0.8, 0.88, 0.99)
DESCRIBED = 0.72  # a speaker that the article does not name


@Language.component("speakers", requires=["token.dep", "token.head", "doc.sents"])
def speakers(doc: Doc) -> Doc:
    """Fills speaker, speaker_type, role and speaker_confidence; below the threshold the speaker stays None."""
    found = quotes(doc)
    records = [_named(quote, speaker) for quote, speaker in zip(found, resolve(doc, cast_of(doc), found), strict=True)]
    store(doc, "quotes", records, spans=[span for record in records for span in record.content])
    return doc


def _named(quote: Quote, speaker: Speaker | None) -> Quote:
    if speaker is None or speaker.confidence < THRESHOLD:
        return quote
    return replace(
        quote,
        speaker=speaker.member.name,
        speaker_type=speaker.member.kind,
        role=speaker.role,
        speaker_confidence=calibrated(speaker),
    )


def calibrated(speaker: Speaker) -> float:
    """The chance, 0 to 1, that this is the speaker, given that the quote is one."""
    reached = float(np.interp(speaker.confidence, SURENESS, REACHED))
    named = speaker.member.mentions or speaker.member.kind in ("person", "group")
    return reached if named else min(reached, DESCRIBED)
