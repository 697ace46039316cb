"""Corpus texts as the stance scorer sees them, and unlabelled sentences with parties in them to ask about."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from nlp.records import Span
from nlp.standing.passages import Bounds, Passage, passage
from nlp.training.stance_corpus import Case

Parsed = tuple[Passage, Bounds | None, Bounds]
NEEDED = ("tok2vec", "tagger", "parser", "paragraphs", "entities", "ner")
ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PARTIES = frozenset(
    "he she they it him them government party ministers union police president bill plan plans law policy reform "
    "proposals".split()
)
SHORTEST, LONGEST = 8, 34  # tokens of an unlabelled sentence


def parsed(nlp: Language, cases: Sequence[Case]) -> list[Parsed]:
    """Each case's passage (the whole text) and its parties in tokens; a text is parsed once."""
    texts = list(dict.fromkeys(case.text for case in cases))
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in NEEDED]):
        docs = dict(zip(texts, nlp.pipe(texts, batch_size=64), strict=True))
    passages = {text: passage(doc, 0, len(doc)) for text, doc in docs.items()}
    return [
        (passages[c.text], _tokens(docs[c.text], c.first) if c.first else None, _tokens(docs[c.text], c.second))
        for c in cases
    ]


def unlabelled(nlp: Language, texts: Iterable[str], seed: int) -> Iterator[tuple[Case, Parsed]]:
    """Sentences with a party in them: one question of how it is judged, and where there are two, one of the pair."""
    rng = random.Random(seed)
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in NEEDED]):
        for doc in nlp.pipe(texts, batch_size=8):
            for sentence in doc.sents:
                if SHORTEST <= len(sentence) <= LONGEST:
                    yield from _asked(doc, sentence, rng)


def _asked(doc: Doc, sentence: DocSpan, rng: random.Random) -> Iterator[tuple[Case, Parsed]]:
    first, last = sentence.start, sentence.end
    found = {(e.start, e.end) for e in doc.ents if e.label_ in ACTORS and first <= e.start and e.end <= last}
    found |= {(token.i, token.i + 1) for token in sentence if token.lower_ in PARTIES}
    parties = sorted(found)
    parties = parties[:1] + [b for a, b in pairwise(parties) if a[1] <= b[0]]
    if not parties:
        return
    seen = passage(doc, first, last)
    one = rng.choice(parties)
    yield Case(sentence.text, None, _place(doc, one, sentence)), (seen, None, _within(one, first))
    if len(parties) > 1:
        one, two = rng.sample(parties, 2)
        case = Case(sentence.text, _place(doc, one, sentence), _place(doc, two, sentence))
        yield case, (seen, _within(one, first), _within(two, first))


def _tokens(doc: Doc, span: Span) -> Bounds:
    found = doc.char_span(*span, alignment_mode="expand")
    return (found.start, found.end) if found is not None else (0, 1)


def _within(bounds: Bounds, first: int) -> Bounds:
    return bounds[0] - first, bounds[1] - first


def _place(doc: Doc, bounds: Bounds, sentence: DocSpan) -> Span:
    """Characters from the beginning of the sentence."""
    last = doc[bounds[1] - 1]
    return doc[bounds[0]].idx - sentence.start_char, last.idx + len(last) - sentence.start_char
