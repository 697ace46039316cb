"""The whole reading, scored on both corpora: what `quotewire annotate` writes against gold."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from bench.corpora import POLNEAR_DEV, UK_DEV, read, scorer
from nlp.build import build
from nlp.run import annotate

Figures = dict[str, float]


def annotated(articles: Sequence[dict[str, Any]], *, guideline: str = "uk") -> list[dict[str, Any]]:
    """The readings of ``articles``, in their order."""
    return list(annotate((json.dumps({"id": a["id"], "text": a["text"]}) for a in articles), guideline=guideline))


def uk_politics() -> Figures:
    """Every figure of the house's own scorer, and the attribution figures, on uk-politics dev (percent)."""
    return scored("uk", read(UK_DEV))


def scored(corpus: str, gold: list[dict[str, Any]]) -> Figures:
    """The same figures on any gold in that form; ``corpus`` begins each one's name."""
    predicted = annotated(gold)
    found = scorer("score_uk").score(gold, predicted)
    figures = {f"{corpus} {key} f": row["f"] for key, row in found.items() if isinstance(row, dict)}
    figures[f"{corpus} positions p"] = found["positions"]["p"]
    figures[f"{corpus} kind accuracy"] = found["kind_acc"]
    return figures | _attributions(corpus, gold, predicted)


def entities(corpus: str, gold: list[dict[str, Any]]) -> Figures:
    """F1 on a gold without quotes or figures, of what it does tell; of positions, services and policies precision."""
    found = scorer("score_uk").score(gold, annotated(gold))
    figures: Figures = {}
    for key in ("people", "roles", "positions", "services", "policies"):
        figures[f"{corpus} {key} f"] = found[key]["f"]
        if key not in ("people", "roles"):
            figures[f"{corpus} {key} p"] = found[key]["p"]
    return figures


def polnear(*, every: int = 1) -> Figures:
    """Attribution and content-token F1 on PolNeAR dev by its own guideline, or on each ``every``-th article of it."""
    gold = read(POLNEAR_DEV)[::every]
    return _attributions("polnear", gold, annotated(gold, guideline="polnear"))


def speed() -> Figures:
    """Words a CPU second of the whole pipeline on uk-politics dev and PolNeAR dev, the model already loaded."""
    articles = [*read(UK_DEV), *read(POLNEAR_DEV, most=40)]
    build()("Warm words.")
    words = sum(len(article["text"].split()) for article in articles)
    start = time.process_time()
    annotated(articles)
    return {"words per CPU second": round(words / (time.process_time() - start))}


def _attributions(corpus: str, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> Figures:
    found = scorer("score_attributions").score(gold, predicted)
    return {
        f"{corpus} ATTR all": found["all"]["attribution"]["f"],
        f"{corpus} ATTR any-quoted": found["any"]["attribution"]["f"],
        f"{corpus} ATTR direct": found["direct"]["attribution"]["f"],
        f"{corpus} content tokens": found["all"]["content_tok"]["f"],
    }
