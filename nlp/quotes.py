"""The component that reads quotes: attributions from a finder, made to fit the quotation marks, as records."""

from __future__ import annotations

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from nlp.attributions import Attribution, Finder
from nlp.document import store
from nlp.finding import find
from nlp.kinds import kind_of
from nlp.quotations import Quotation, quotations
from nlp.records import Quote
from nlp.repair import repaired


class Quotes:
    """Stores a Quote for each attribution of the finder, speaker still open (``speakers`` says who)."""

    def __init__(self, *, finder: Finder = find) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        marks = quotations(doc._.oriented)
        records = [_quote(doc, attribution, marks) for attribution in repaired(doc, self.finder(doc))]
        store(doc, "quotes", records, spans=[span for record in records for span in record.content])
        return doc


@Language.factory("quotes", requires=["token.dep", "token.head", "doc.sents"], assigns=["doc.spans"])
def make_quotes(nlp: Language, name: str) -> Quotes:
    return Quotes()


def _quote(doc: Doc, attribution: Attribution, marks: tuple[Quotation, ...]) -> Quote:
    content = attribution.content
    ends = [quotation.end for quotation in marks]
    near = [q for q in marks[bisect_left(ends, content[0][0]) :] if q.start < content[-1][1]]
    return Quote(
        content=content,
        cue=attribution.cue,
        source=attribution.source,
        kind=kind_of(doc._.oriented, content, near),
        speaker=None,
        confidence=attribution.confidence,
    )
