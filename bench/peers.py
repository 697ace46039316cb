"""Our reading beside its peers on the same articles in one run: plain spaCy, and textacy's direct quotations."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import spacy
from spacy.language import Language

from bench.attributions import predictions
from bench.corpora import POLNEAR_DEV, UK_DEV, read, scorer
from nlp.build import build, model_name
from nlp.linking.linker import Linker
from nlp.run import annotate
from nlp.tagging.tagger import Tagger

Article = dict[str, Any]
ARTICLES = 40  # of PolNeAR dev, beside all of uk-politics dev
ROUNDS = 3  # by turns, and the best counts: a busy machine slows one round, not all
OURS = "quotewire, all it reads"
NO_TEXTACY = "textacy is not installed: pip install -r requirements-bench.lock, then measure again"


def has_textacy() -> bool:
    return find_spec("textacy") is not None


def compared() -> Iterator[str]:
    """Lines to print: words a CPU second and their ratios, then ATTR of ours and of textacy on each corpus."""
    uk, polnear = read(UK_DEV), read(POLNEAR_DEV, most=ARTICLES)
    plain = spacy.load(model_name())
    systems: dict[str, Callable[[Sequence[Article]], list[Article]]] = {
        OURS: ours,
        "quotewire, tagger alone": tagged,
        "the same, article by article": lambda articles: [row for article in articles for row in tagged([article])],
        f"plain {model_name()}": lambda articles: _plainly(plain, articles),
    }
    if has_textacy():
        systems["textacy direct_quotations"] = lambda articles: textacy_quotes(plain, articles)
    else:
        yield NO_TEXTACY
    build()
    words = sum(len(article["text"].split()) for article in uk + polnear)
    read_by: dict[str, list[Article]] = {}
    seconds = dict.fromkeys(systems, float("inf"))
    for system in systems.values():
        system(uk[:2])  # what is loaded or worked out once stays out of the measure
    for _ in range(ROUNDS):
        for name, system in systems.items():
            start = time.process_time()
            read_by[name] = system(uk + polnear)
            seconds[name] = min(seconds[name], time.process_time() - start)
    for name, took in seconds.items():
        yield f"{name:32} {words / took:8,.0f} words per CPU second   ours × {took / seconds[OURS]:.2f}"
    for name in [name for name in read_by if name == OURS or name.startswith("textacy")]:
        yield from _attributions(name, "uk-politics", uk, read_by[name][: len(uk)])
        yield from _attributions(name, "PolNeAR", polnear, read_by[name][len(uk) :])


def ours(articles: Sequence[Article]) -> list[Article]:
    return list(annotate(json.dumps({"id": a["id"], "text": a["text"]}) for a in articles))


def tagged(articles: Sequence[Article]) -> list[Article]:
    return predictions(articles, _tagger(), _linker())


@cache
def _tagger() -> Tagger:
    return Tagger.load()


@cache
def _linker() -> Linker:
    return Linker.load(uk_guideline=True)


def textacy_quotes(nlp: Language, articles: Sequence[Article]) -> list[Article]:
    """Paragraph by paragraph: a paragraph with an odd number of marks has no quotations for textacy."""
    triples = import_module("textacy.extract.triples")
    paragraphs = [(text, (a["id"], at)) for a in articles for at, text in _paragraphs(a["text"])]
    found: dict[str, Article] = {article["id"]: {"id": article["id"], "quotes": []} for article in articles}
    for doc, (identity, offset) in nlp.pipe(paragraphs, as_tuples=True):
        if sum(token.is_quote for token in doc) % 2 == 0:
            found[identity]["quotes"] += [_quote(triple, offset) for triple in triples.direct_quotations(doc)]
    return list(found.values())


def _quote(triple: Any, offset: int) -> dict[str, list[list[int]]]:
    def span(first: Any, last: Any) -> list[list[int]]:
        return [[offset + first.idx, offset + last.idx + len(last)]]

    speaker, cue, content = triple
    return {
        "content": span(content[0], content[-1]),
        "cue": span(cue[0], cue[-1]),
        "source": span(speaker[0], speaker[-1]),
    }


def _plainly(nlp: Language, articles: Sequence[Article]) -> list[Article]:
    docs = nlp.pipe(article["text"] for article in articles)
    return [{"id": a["id"], "sentences": len(list(doc.sents))} for a, doc in zip(articles, docs, strict=True)]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, line
        at += len(line)


def _attributions(name: str, corpus: str, gold: list[Article], predicted: list[Article]) -> Iterator[str]:
    scored = scorer("score_attributions").score(gold, predicted)
    shares = " / ".join(f"{scored[part]['attribution']['f']:.1f}" for part in ("all", "any", "direct"))
    yield f"{name:32} {corpus:12} ATTR all / any-quoted / direct {shares}"
