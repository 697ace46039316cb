"""The attribution tagger on sentences of our own."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from nlp.tagging.net import best_paths, forbidden
from nlp.tagging.tagger import MODEL, TaggedSpan, Tagger
from nlp.tagging.tokens import tokenise, windows


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def parts(text: str, spans: list[TaggedSpan], label: str) -> list[str]:
    return [text[span.start : span.end] for span in spans if span.label == label]


STATEMENTS = [
    ("The harbour master said the ferry would be late.", "said", "harbour master", "the ferry would be late"),
    (
        '"We will mend the bridge by spring," said Councillor Ada Firth.',
        "said",
        "Ada Firth",
        "mend the bridge by spring",
    ),
    (
        "According to the transport department, two lines will close.",
        "According to",
        "department",
        "two lines will close",
    ),
    ("Ms Lowe told reporters that the budget “does not add up”.", "told", "Ms Lowe", "the budget “does not add up"),
    (
        "‘We have listened and we will act,’ Mr Hale said on Friday.",
        "said",
        "Mr Hale",
        "We have listened and we will act",
    ),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), STATEMENTS)
def test_cue_source_and_content_are_found_in_any_style_of_quotation_marks(
    tagger: Tagger, text: str, cue: str, source: str, content: str
) -> None:
    (spans,) = tagger.tag([text])
    assert cue in " ".join(parts(text, spans, "cue"))
    assert source in " ".join(parts(text, spans, "source"))
    assert content in " ".join(parts(text, spans, "content"))


def test_probabilities_are_probabilities_and_spans_lie_in_the_text_in_order(tagger: Tagger) -> None:
    texts = [text for text, *_ in STATEMENTS]
    for text, spans in zip(texts, tagger.tag(texts), strict=True):
        assert all(0 <= span.start < span.end <= len(text) and 0 < span.probability <= 1 for span in spans)
        assert all(first.end <= second.start for first, second in pairwise(spans))


def test_an_article_is_tagged_the_same_alone_and_in_company(tagger: Tagger) -> None:
    texts = [text for text, *_ in STATEMENTS] + ["\n\n".join(text for text, *_ in STATEMENTS)]
    together = [[(s.start, s.end, s.label) for s in spans] for spans in tagger.tag(texts)]
    alone = [[(s.start, s.end, s.label) for s in tagger.tag([text])[0]] for text in texts]
    assert together == alone


@pytest.mark.parametrize("text", ["", " \n\n ", "“", "‘’”“'\"", "No. 10", "word " * 900, "a" * 5000, "\u200b…—🙂"])
def test_no_text_is_too_odd_to_tag(tagger: Tagger, text: str) -> None:
    assert isinstance(tagger.tag([text])[0], list)


def test_no_texts_give_no_spans(tagger: Tagger) -> None:
    assert tagger.tag([]) == []


def test_a_span_never_runs_over_a_paragraph(tagger: Tagger) -> None:
    text = "The minister said: “We shall build.\n\n“We shall build well and we shall build soon.”"
    assert not any("\n" in text[span.start : span.end] for span in tagger.tag([text])[0])


def test_words_are_split_from_marks_and_contractions() -> None:
    tokens = tokenise("‘It doesn’t work,’ the U.S. envoy's aide said.")
    assert tokens.words == [
        "“",
        "It",
        "does",
        "n't",
        "work",
        ",",
        "”",
        "the",
        "U.S.",
        "envoy",
        "'s",
        "aide",
        "said",
        ".",
    ]


def test_windows_cover_every_token_once_and_break_at_sentences() -> None:
    tokens = tokenise("\n\n".join(["One short paragraph here."] * 5 + ["A sentence of seven words is here. " * 40]))
    cut = windows(tokens, 60)
    assert [index for begin, end in cut for index in range(begin, end)] == list(range(len(tokens)))
    assert all(end - begin <= 60 and tokens.words[end - 1] == "." for begin, end in cut)


def test_the_best_path_never_continues_a_span_that_has_not_begun() -> None:
    scores = np.random.default_rng(0).normal(size=(30, 4, 7)).astype(np.float32)
    paths = best_paths(scores, forbidden(), np.array([30, 20, 5, 1]))
    for column, length in enumerate((30, 20, 5, 1)):
        before = 0
        for label in paths[:length, column].tolist():
            assert label % 2 == 1 or label == 0 or before in (label, label - 1)
            before = label


def test_the_model_is_small_and_needs_neither_torch_nor_spacy() -> None:
    assert MODEL.stat().st_size < 4_000_000
    code = (
        "import sys; from nlp.tagging.tagger import Tagger; from nlp.linking.linker import Linker; "
        "Linker.load(); Tagger.load().tag(['She said no.']); "
        "print({'torch', 'spacy', 'onnxruntime'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
