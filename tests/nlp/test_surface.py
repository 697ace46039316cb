"""What the components share instead of asking each token again."""

import pytest

from nlp.build import build
from nlp.surface import lower_words, text_of, tokens_among, words_as_written

TEXT = "The Mayor's plan,\n\nhe said, is “Ready”. The mayor left."


@pytest.fixture
def doc():
    return build().make_doc(TEXT)


def test_text_and_words_are_those_of_the_tokens(doc):
    for _ in range(2):  # worked out, then remembered
        assert text_of(doc) == doc.text
        assert words_as_written(doc) == [token.text for token in doc]
        assert lower_words(doc) == [token.lower_ for token in doc]


def test_wanted_words_are_found_whatever_their_case(doc):
    assert [(token.i, token.text) for token in tokens_among(doc, {"mayor", "ready"})] == [
        (token.i, token.text) for token in doc if token.text in ("Mayor", "mayor", "Ready")
    ]
