"""The attribution tagger by itself: both scorers' figures, and its speed with articles together and one at a time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import bench.one_thread  # noqa: F401
from bench.corpora import POLNEAR_DEV, UK_DEV, missing, read, scorer
from nlp.linking.linker import Linker
from nlp.tagging.tagger import Tagger

Row = dict[str, Any]


def predictions(gold: Sequence[Row], tagger: Tagger, linker: Linker) -> list[Row]:
    """One row for each article in the scorers' form."""
    rows = []
    for article, spans in zip(gold, tagger.tag([article["text"] for article in gold]), strict=True):
        found = linker.link(article["text"], spans)
        rows.append(
            {"id": article["id"], "quotes": [{"content": a.content, "cue": a.cue, "source": a.source} for a in found]}
        )
    return rows


def accuracy(gold: Sequence[Row], predicted: Sequence[Row]) -> dict[str, float]:
    """F1 in percent."""
    scored = scorer("score_attributions").score(gold, predicted)
    figures = {f"ATTR {name}": scored[name]["attribution"]["f"] for name in ("all", "any", "direct", "indirect")}
    return figures | {"content tokens": scored["all"]["content_tok"]["f"]}


def words_per_second(texts: Sequence[str], *, linker: Linker, together: bool) -> int:
    """Words a CPU second of tagging and linking, from a tagger that has seen no word yet."""
    tagger = Tagger.load()
    started = time.process_time()
    for group in [texts] if together else [[text] for text in texts]:
        for text, spans in zip(group, tagger.tag(group), strict=True):
            linker.link(text, spans)
    return round(sum(len(text.split()) for text in texts) / (time.process_time() - started))


def main() -> None:
    why = missing()
    if why:
        raise SystemExit(why)
    tagger = Tagger.load()
    for name, path, uk_guideline in (("PolNeAR dev", POLNEAR_DEV, False), ("uk-politics dev", UK_DEV, True)):
        gold, linker = read(path), Linker.load(uk_guideline=uk_guideline)
        predicted = predictions(gold, tagger, linker)
        figures: dict[str, float] = accuracy(gold, predicted)
        if uk_guideline:
            figures["quotes"] = scorer("score_uk").score(gold, predicted)["quotes"]["f"]
        texts = [article["text"] for article in gold]
        figures["words/s together"] = words_per_second(texts, linker=linker, together=True)
        figures["words/s one by one"] = words_per_second(texts, linker=linker, together=False)
        print(name, *(f"{key} {value}" for key, value in figures.items()), sep="\n  ")


if __name__ == "__main__":
    main()
