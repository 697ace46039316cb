"""`python -m nlp.training.pronouns --data ../shared/data` fits the pronoun scorer on GAP's development part.

It writes nlp/model/pronouns.npz and needs numpy alone; the same seed gives the same file. With --folds nothing is
written: the F1 of cross-validation is printed, for trying things without a look at GAP's validation part.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from nlp.build import build
from nlp.speaking.coreference import THRESHOLD
from nlp.training.boosting import Settings, fit
from nlp.training.gap import Example, chosen, examples, f1, table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.pronouns", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with coref/gap-development.tsv")
    parser.add_argument("--out", type=Path, default=Path("nlp/model/pronouns.npz"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many parts instead of fitting")
    given = parser.parse_args()
    source = given.data / "coref" / "gap-development.tsv"
    if not source.is_file():
        raise SystemExit(f"{source} is not there: put GAP's development part in its place.")
    found = list(examples(build(), source))
    if given.folds:
        print(f"F1 {crossed(found, folds=given.folds, seed=given.seed):.1f} in {given.folds} folds")
        return
    rows, labels = table(found)
    trees = fit(rows, labels, Settings(seed=given.seed))
    trees.save(given.out)
    print(f"{given.out}: {len(trees.leaf)} trees on {len(labels)} candidates, {given.out.stat().st_size // 1024} kB")


def crossed(found: Sequence[Example], *, folds: int, seed: int) -> float:
    """F1 in percent, each passage judged by trees that were fitted on the other folds."""
    guessed: list[tuple[bool, bool]] = [(False, False)] * len(found)
    for fold in range(folds):
        rest = [example for index, example in enumerate(found) if index % folds != fold]
        trees = fit(*table(rest), Settings(seed=seed))
        for index in range(fold, len(found), folds):
            guessed[index] = chosen(trees.probability(found[index].rows), THRESHOLD)
    return f1(list(zip(found, guessed, strict=True)))


if __name__ == "__main__":
    main()
