"""The grammar, the tagger, and both together: what each finds of the same quotes, and how sure agreement makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bench.corpora import scorer
from nlp.build import build
from nlp.quotes import Quotes
from nlp.quoting.agreement import agreed
from nlp.quoting.attributions import Attribution
from nlp.quoting.finding import find
from nlp.quoting.repair import repaired

Row = dict[str, Any]


def compare(gold: Sequence[Row]) -> Iterator[tuple[str, dict[str, float]]]:
    """(reader, figures) for the grammar alone, the tagger alone and both, by the house guideline."""
    readings = _readings(gold)
    for reader in ("grammar", "tagger", "both"):
        rows = [{"id": row["id"], "quotes": found[reader]} for row, found in zip(gold, readings, strict=True)]
        scored = scorer("score_attributions").score(gold, rows)
        figures = {"content IoU 50": scored["all"]["content_iou50"]["f"]}
        yield reader, figures | {f"ATTR {part}": scored[part]["attribution"]["f"] for part in ("all", "any", "direct")}


def reliability(gold: Sequence[Row]) -> list[tuple[float, int, float]]:
    """(confidence, how many quotes, share of them right) for each confidence that quotes were given, a tenth wide."""
    judge = scorer("score_uk")
    right: Counter[float] = Counter()
    total: Counter[float] = Counter()
    for row, found in zip(gold, _readings(gold), strict=True):
        words = judge.words_of(row["text"])
        wanted = [judge.ids(words, quote["content"]) for quote in row["quotes"]]
        for quote in found["both"]:
            band = int(quote["confidence"] * 10) / 10
            total[band] += 1
            right[band] += any(judge.iou(judge.ids(words, quote["content"]), other) >= 0.5 for other in wanted)
    return [(band, total[band], round(right[band] / total[band], 2)) for band in sorted(total)]


def _readings(gold: Sequence[Row]) -> list[dict[str, list[Row]]]:
    nlp = build()
    quotes = nlp.get_pipe("quotes")
    assert isinstance(quotes, Quotes)
    texts = [row["text"] for row in gold]
    found = []
    for doc, spans in zip(nlp.pipe(texts), quotes.tagger.tag(texts), strict=True):
        grammar, tagger = repaired(doc, find(doc)), quotes.linkers["uk"].link(doc._.oriented, spans)
        readers = {"grammar": grammar, "tagger": tagger, "both": agreed(grammar, tagger)}
        found.append({name: [_row(one) for one in attributions] for name, attributions in readers.items()})
    return found


def _row(one: Attribution) -> Row:
    return {"content": one.content, "cue": one.cue, "source": one.source, "confidence": one.confidence}
