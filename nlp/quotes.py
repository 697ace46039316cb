"""The component that reads quotes: the grammar's attributions and the tagger's, made one, as records."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import store
from nlp.linking.linker import Linker
from nlp.quoting.agreement import agreed
from nlp.quoting.attributions import Attribution
from nlp.quoting.finding import find
from nlp.quoting.kinds import kind_of
from nlp.quoting.quotations import Quotation, quotations
from nlp.quoting.repair import repaired
from nlp.records import Quote
from nlp.tagging.tagger import Tagger

GUIDELINES = ("uk", "polnear")


class Quotes:
    """Stores a Quote for each attribution, speaker still open (``speakers`` says who).

    ``guideline`` says what counts as an attribution: "uk" (speech and belief, the house's own: grammar and tagger
    together) or "polnear" (acts such as backing or agreeing too: the tagger alone, as it was trained).
    """

    def __init__(self) -> None:
        self.guideline = "uk"
        self.tagger = Tagger.load()
        self.linkers = {name: Linker.load(uk_guideline=name == "uk") for name in GUIDELINES}

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Tags a batch of articles together: the network works on sentences of one length from all of them."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            texts = [doc._.oriented for doc in docs]
            linker = self.linkers[self.guideline]
            for doc, text, spans in zip(docs, texts, self.tagger.tag(texts), strict=True):
                self._store(doc, linker.link(text, spans))
                yield doc

    def _store(self, doc: Doc, tagged: Sequence[Attribution]) -> None:
        marks = quotations(doc._.oriented)
        found = (
            tagged
            if self.guideline == "polnear"
            else agreed(repaired(doc, find(doc)), [attribution for attribution in tagged if _tells(doc, attribution)])
        )
        records = [_quote(doc, attribution, marks) for attribution in found]
        store(doc, "quotes", records, spans=[span for record in records for span in record.content])


@Language.factory("quotes", requires=["token.dep", "token.head", "doc.sents"], assigns=["doc.spans"])
def make_quotes(nlp: Language, name: str) -> Quotes:
    return Quotes()


def _tells(doc: Doc, attribution: Attribution) -> bool:
    """Whether something is said: words in quotation marks, or a verb. "Backed the plan" is a deed, no statement."""
    for start, end in attribution.content:
        span = doc.char_span(start, end, alignment_mode="expand")
        if "“" in doc._.oriented[max(0, start - 1) : end] or (
            span is not None and any(t.tag_[:1] == "V" for t in span)
        ):
            return True
    return False


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
