"""The pronoun scorer on GAP's validation part: which of two names a pronoun means."""

from __future__ import annotations

from bench.corpora import SHARED
from nlp.build import build
from nlp.speaking.boosting import load
from nlp.speaking.coreference import MODEL, THRESHOLD
from nlp.training.gap import chosen, examples, f1

GAP = SHARED / "data" / "coref" / "gap-validation.tsv"


def gap() -> dict[str, float]:
    """F1 overall, of masculine and of feminine pronouns (percent), and the ratio of the two."""
    trees = load(MODEL)
    found = list(examples(build(), GAP))
    guessed = [chosen(trees.probability(example.rows), THRESHOLD) for example in found]
    masculine = f1([(e, g) for e, g in zip(found, guessed, strict=True) if not e.feminine])
    feminine = f1([(e, g) for e, g in zip(found, guessed, strict=True) if e.feminine])
    return {
        "gap f": round(f1(list(zip(found, guessed, strict=True))), 1),
        "gap masculine f": round(masculine, 1),
        "gap feminine f": round(feminine, 1),
        "gap masculine by feminine": round(masculine / feminine, 3),
    }
