"""Parts of speech and lemmas, as the model's own ruler and lemmatizer would give them."""

import pytest
import spacy

from nlp.build import build, model_name
from nlp.english.morphology import part_of_speech

TEXT = (
    "The councils were told that they must not close libraries. Children who'd gone there weren't happier, and "
    "the mayor denies writing the worst of the leaflets. Why has nobody been asked?"
)


@pytest.mark.parametrize(
    ("word", "tag", "dependency", "expected"),
    [
        ("has", "VBZ", "aux", "AUX"),
        ("has", "VBZ", "ROOT", "VERB"),
        ("was", "VBD", "ROOT", "AUX"),
        ("denied", "VBD", "ROOT", "VERB"),
        ("that", "IN", "mark", "SCONJ"),
        ("that", "DT", "det", "DET"),
        ("that", "DT", "nsubj", "PRON"),
        ("nobody", "NN", "nsubj", "PRON"),
        ("in", "IN", "prep", "ADP"),
        ("why", "WRB", "advmod", "SCONJ"),
        ("n't", "RB", "neg", "PART"),
        ("oops", "NOSUCHTAG", "dep", "X"),
    ],
)
def test_a_part_of_speech_follows_from_word_tag_and_dependency(word, tag, dependency, expected):
    assert part_of_speech(word, tag, dependency) == expected


def test_a_whole_text_gets_the_model_s_own_parts_of_speech_and_lemmas():
    theirs = spacy.load(model_name(), exclude=["ner"])(TEXT)
    ours = build()(TEXT)
    assert [token.pos_ for token in ours] == [token.pos_ for token in theirs]
    assert [token.lemma_.lower() for token in ours] == [token.lemma_.lower() for token in theirs]
