"""The quickened encoder computes what the model's own computes."""

import numpy as np
import pytest
import spacy

from nlp.build import model_name
from nlp.english.encoder import quicken

TEXTS = ["The minister said the plan would help the nurses.", "", "No.", "The plan, the plan and the plan again."]


@pytest.fixture(scope="module")
def vectors():
    def of(*, quick):
        nlp = spacy.load(model_name(), exclude=["ner", "lemmatizer", "attribute_ruler"])
        if quick:
            quicken(nlp)
        return nlp.get_pipe("tok2vec").predict([nlp.make_doc(text) for text in TEXTS])

    return of(quick=False), of(quick=True)


def test_a_batch_with_repeated_words_and_an_empty_text_gets_the_same_vectors(vectors):
    plain, quick = vectors
    for ours, theirs in zip(quick, plain, strict=True):
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_a_text_read_alone_parses_as_it_does_in_company():
    nlp = spacy.load(model_name(), exclude=["ner", "lemmatizer", "attribute_ruler"])
    quicken(nlp)
    together = [[token.dep_ for token in doc] for doc in nlp.pipe(TEXTS)]
    assert together == [[token.dep_ for token in nlp(text)] for text in TEXTS]
