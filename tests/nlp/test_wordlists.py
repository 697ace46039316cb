"""The word lists: each says where it comes from, and phrases are found longest first."""

import pytest
import spacy

from nlp.wordlists import DATA, Phrases, rows


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda path: path.stem)
def test_every_list_says_where_it_comes_from_and_repeats_nothing(path):
    assert path.read_text(encoding="utf-8").startswith("# ")
    entries = rows(path.stem)
    assert entries
    assert len(set(entries)) == len(entries)


def test_the_longest_phrase_wins():
    doc = spacy.blank("en")("the general secretary of the union")
    found = Phrases({"secretary": "short", "general secretary": "long"}).find(doc)
    assert list(found) == [(1, 3, "long")]
