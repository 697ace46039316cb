"""How training text is read and varied; no torch needed."""

from __future__ import annotations

import random
import subprocess
import sys

import numpy as np
import pytest

from nlp.tagging.tokens import LABELS
from nlp.training.corpus import Article, Sample, pieces, sample_of, varied
from nlp.training.fronting import fronted


def article(text: str, **parts: str) -> Article:
    """One attribution; each part is found in the text by its words."""
    spans = {part: [[text.index(words), text.index(words) + len(words)]] for part, words in parts.items()}
    return Article("a", text, ({"content": [], "cue": [], "source": []} | spans,))


def shown(sample: Sample, part: str) -> str:
    wanted = (LABELS.index(f"B-{part}"), LABELS.index(f"I-{part}"))
    return " ".join(word for word, label in zip(sample.words, sample.labels, strict=True) if label in wanted)


ORR = article("“It is late,” said Mr Orr.", content="It is late", cue="said", source="Mr Orr")


def test_content_takes_in_its_marks_and_the_comma_within_them() -> None:
    sample = sample_of(ORR)
    assert shown(sample, "content") == "“ It is late , ”"
    assert (shown(sample, "cue"), shown(sample, "source")) == ("said", "Mr Orr")


@pytest.mark.parametrize("seed", range(20))
def test_variation_changes_marks_and_paragraphs_but_never_who_said_what(seed: int) -> None:
    sample = varied(sample_of(ORR), random.Random(seed))
    assert "It is late ," in shown(sample, "content")
    assert (shown(sample, "cue"), shown(sample, "source")) == ("said", "Mr Orr")
    assert all(
        label % 2 or not label or before in (label, label - 1)
        for before, label in zip([0, *sample.labels], sample.labels, strict=False)
    )


def test_according_to_moves_to_the_front_with_its_source() -> None:
    text = "Rain fell. The bridge is safe, according to the council. It opens today."
    sample = sample_of(article(text, content="The bridge is safe", cue="according to", source="the council"))
    moved = fronted(sample, random.Random(0), share=1.0)
    assert " ".join(moved.words) == "Rain fell . According to the council , the bridge is safe . It opens today ."
    assert shown(moved, "content") == "the bridge is safe"
    assert (shown(moved, "cue"), shown(moved, "source")) == ("According to", "the council")


def test_pieces_cover_the_article_and_none_begins_within_a_span() -> None:
    sample = Sample(["word"] * 500, np.zeros(500, dtype=np.bool_), np.full(500, 6, dtype=np.int8))
    cut = pieces(sample, 160)
    assert sum(map(len, cut)) == 500
    assert all(piece.labels[0] == 5 and len(piece) <= 160 for piece in cut)


def test_training_says_what_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nlp.training", "--data", "no/such/folder"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "polnear" in done.stderr
    assert "is not there" in done.stderr
