"""The trained pronoun scorer and the trees that it is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from nlp.speaking.boosting import load
from nlp.speaking.coreference import MODEL, rows
from nlp.speaking.passage import Candidate, Passage
from nlp.training.boosting import Settings, fit


def chances(doc: Doc, pronoun: str, names: list[str]) -> list[float]:
    token = next(token for token in doc if token.lower_ == pronoun)
    found = [[t.i for t in doc if t.text == name] for name in names]
    candidates = [Candidate(tuple((i, i + 1) for i in places)) for places in found]
    return [float(chance) for chance in load(MODEL).probability(rows(Passage(doc), token, candidates))]


@pytest.mark.parametrize(
    ("text", "pronoun", "meant", "other"),
    [
        ("Osei met Marsh in Leeds. He left at noon.", "he", "Osei", "Marsh"),
        ("Whitcombe read the letter from Hart. She kept it.", "she", "Whitcombe", "Hart"),
        ("Marsh watched. Osei praised him on Monday.", "him", "Marsh", "Osei"),
    ],
)
def test_a_pronoun_is_rather_the_one_whom_grammar_favours(
    nlp: Language, text: str, pronoun: str, meant: str, other: str
) -> None:
    likely, unlikely = chances(nlp(text), pronoun, [meant, other])
    assert likely > unlikely


def test_trees_learn_what_no_single_feature_tells_and_the_same_seed_gives_the_same_trees(tmp_path: Path) -> None:
    given = np.random.default_rng(0).random((600, 3)).astype(np.float32)
    labels = (given[:, 0] > 0.5) ^ (given[:, 1] > 0.5)
    settings = Settings(trees=60, depth=3, rate=0.2, columns=1.0)
    trees = fit(given, labels, settings)
    trees.save(tmp_path / "trees.npz")
    kept = load(tmp_path / "trees.npz")
    assert ((kept.probability(given) > 0.5) == labels).mean() > 0.95
    assert np.array_equal(fit(given, labels, settings).probability(given), kept.probability(given))
