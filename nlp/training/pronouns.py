"""`python -m nlp.training.pronouns --data ../shared/data` fits the pronoun scorer on GAP's development part.

It writes nlp/model/pronouns.npz and needs numpy alone; the same seed gives the same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nlp.build import build
from nlp.training.boosting import Settings, fit
from nlp.training.gap import examples, table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.pronouns", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with coref/gap-development.tsv")
    parser.add_argument("--out", type=Path, default=Path("nlp/model/pronouns.npz"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    source = given.data / "coref" / "gap-development.tsv"
    if not source.is_file():
        raise SystemExit(f"{source} is not there: put GAP's development part in its place.")
    rows, labels = table(list(examples(build(), source)))
    trees = fit(rows, labels, Settings(seed=given.seed))
    trees.save(given.out)
    print(f"{given.out}: {len(trees.leaf)} trees on {len(labels)} candidates, {given.out.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
