"""The pronoun scorer on GAP's validation part: which of two names a pronoun means."""

from __future__ import annotations

from collections.abc import Sequence

from bench.corpora import SHARED
from nlp.build import build
from nlp.speaking.boosting import load
from nlp.speaking.coreference import MODEL, THRESHOLD
from nlp.training.gap import Example, chosen, examples

GAP = SHARED / "data" / "coref" / "gap-validation.tsv"


def gap() -> dict[str, float]:
    """F1 overall, of masculine and of feminine pronouns (percent), and the ratio of the two."""
    trees = load(MODEL)
    found = list(examples(build(), GAP))
    guessed = [chosen(trees.probability(example.rows), THRESHOLD) for example in found]
    masculine = _f1([(e, g) for e, g in zip(found, guessed, strict=True) if not e.feminine])
    feminine = _f1([(e, g) for e, g in zip(found, guessed, strict=True) if e.feminine])
    return {
        "gap f": round(_f1(list(zip(found, guessed, strict=True))), 1),
        "gap masculine f": round(masculine, 1),
        "gap feminine f": round(feminine, 1),
        "gap masculine by feminine": round(masculine / feminine, 3),
    }


def _f1(pairs: Sequence[tuple[Example, tuple[bool, bool]]]) -> float:
    both = [(gold, guess) for example, guesses in pairs for gold, guess in zip(example.gold, guesses, strict=True)]
    right = sum(gold and guess for gold, guess in both)
    return 100 * 2 * right / max(1, sum(gold for gold, _ in both) + sum(guess for _, guess in both))
