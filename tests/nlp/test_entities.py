"""Names by kind off the shared vectors, where the weights fit the model."""

import json

import numpy as np
import pytest
import spacy
from click.testing import CliRunner

from nlp.build import build, model_name
from nlp.english import entities
from nlp.training.entities import teach

TEXT = (
    "Margaret Oduya, who was born in Leeds, told the British Medical Association on Monday that France had gone "
    "further.\n\nPeter Hale disagreed. Germany and Italy will vote in March."
)


def plain():
    return spacy.load(model_name(), exclude=["ner", "lemmatizer", "attribute_ruler", "parser"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Margaret Oduya", "PERSON"), ("Peter Hale", "PERSON"), ("Germany", "GPE"), ("Monday", "DATE"), ("March", "DATE")],
)
def test_a_name_has_its_kind(name, kind):
    assert (name, kind) in {(ent.text, ent.label_) for ent in build()(TEXT).ents}


def test_no_name_runs_over_a_line_break():
    doc = build()("He met Peter Hale\n\nHelen Vale was there too.")
    assert not any("\n" in ent.text for ent in doc.ents)


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_a_text_without_words_has_no_names(text):
    assert build()(text).ents == ()


def test_weights_fit_the_encoder_that_they_were_made_for_and_no_other():
    nlp = plain()
    assert entities.fits(nlp)
    table = next(node for node in nlp.get_pipe("tok2vec").model.walk() if node.has_param("E"))
    table.set_param("E", table.get_param("E") + np.float32(1))
    assert not entities.fits(nlp)


def test_teaching_writes_weights_that_can_be_read_and_the_same_ones_again(tmp_path):
    news = tmp_path / "news.jsonl"
    news.write_text("\n".join(json.dumps({"text": TEXT}) for _ in range(41)), encoding="utf-8")
    made = []
    for name in ("first.npz", "second.npz"):
        result = CliRunner().invoke(teach, [str(news), "--out", str(tmp_path / name)], catch_exceptions=False)
        assert "PERSON" in result.output
        with np.load(tmp_path / name) as stored:
            made.append({key: stored[key] for key in stored.files})
    first, second = made
    assert first["encoder"] == entities.fingerprint(plain())
    assert all(np.array_equal(first[key], second[key]) for key in first)
