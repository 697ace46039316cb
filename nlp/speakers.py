"""The component that says who speaks: each quote's source resolved to one canonical speaker of the article."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.cast import cast_of
from nlp.document import quotes, store
from nlp.records import Quote
from nlp.resolution import resolve
from nlp.scene import Speaker

THRESHOLD = 0.3


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
        speaker_confidence=speaker.confidence,
    )
