"""How likely each word of an article names what its people are for or against.

A word is told by its first letters (a stem, topics.py). Boosted trees over where the article uses it: how often, how
early, in whose quotes, in which grammatical place; and how often coders chose it elsewhere ("tax", "ban"). Fitted by
nlp/training/salience.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from nlp.document import quotes
from nlp.speaking.boosting import Trees
from nlp.standing.targets import GENERIC, PROPOSABLE
from nlp.surface import lower_words, text_of

WEIGHTS = Path(__file__).parents[1] / "model" / "salience.npz"
STEM = 5  # letters: "hunt", "hunting" and "hunters" are one word
HEADLINE = 90  # characters, up to which a first line is one
OPENING = 3  # paragraphs, the headline among them
COMMON = 0.07  # share of a word that the coders' choices tell nothing of
NAMED = ("PERSON", "GPE", "NORP", "DATE", "ORG", "LOC")
LINKS = frozenset({"on", "of", "to", "for", "in"})
PLACES = (
    ("NOUN",), ("VERB",), ("ADJ",), ("PROPN",), ("dobj",), ("pobj",), ("compound", "amod"), ("nsubj", "nsubjpass"),
)  # fmt: skip
FACTS = 17 + len(PLACES)


@dataclass(frozen=True, eq=False)
class Salience:
    """The trees, and the share of articles with a stem in which coders chose it."""

    trees: Trees
    shares: Mapping[str, float]

    def of(self, doc: Doc) -> dict[str, float]:
        """Stem → chance, for every word of three letters or more that is no stop word."""
        stems, facts = uses(doc)
        if not stems:
            return {}
        shares = np.array([[self.shares.get(stem, COMMON)] for stem in stems], dtype=np.float32)
        chances = self.trees.probability(np.hstack([facts, shares]))
        return dict(zip(stems, chances.tolist(), strict=True))


@lru_cache(maxsize=1)
def salience() -> Salience:
    """What ships with the program."""
    with np.load(WEIGHTS) as kept:
        trees = Trees(kept["feature"], kept["threshold"], kept["leaf"], float(kept["bias"]))
        return Salience(trees, dict(zip(str(kept["stems"]).split(), map(float, kept["shares"]), strict=True)))


def lines_of(doc: Doc) -> list[tuple[int, int]]:
    """The paragraphs, the headline first, as characters."""
    return [match.span() for match in re.finditer(r"[^\n]+", text_of(doc))]


def uses(doc: Doc) -> tuple[list[str], NDArray[np.float32]]:
    """Every stem of an article in the order of first mention, and (stems, facts) where the article uses it."""
    low = lower_words(doc)
    table: Any = doc.to_array(["IS_ALPHA", "IS_STOP", "IDX", "POS", "DEP", "HEAD", "ENT_TYPE"])
    telling = [i for i in np.flatnonzero(table[:, 0] & ~table[:, 1].astype(bool)).tolist() if len(low[i]) > 2]
    if not telling:
        return [], np.zeros((0, FACTS), dtype=np.float32)
    numbers: dict[str, int] = {}
    owner = np.array([numbers.setdefault(low[i][:STEM], len(numbers)) for i in telling])
    count = len(numbers)

    def counted(mask: Any) -> Any:
        return np.bincount(owner, weights=np.broadcast_to(mask, owner.shape), minlength=count)

    lines = lines_of(doc)
    starts = np.array([start for start, _ in lines])
    headline = lines[0][1] if lines[0][1] < HEADLINE else 0
    opening = lines[min(OPENING, len(lines)) - 1][1]
    place = table[telling, 2].astype(np.int64)
    paragraph = np.searchsorted(starts, place, side="right") - 1
    first, last = np.full(count, len(lines)), np.zeros(count, dtype=np.int64)
    np.minimum.at(first, owner, paragraph)
    np.maximum.at(last, owner, paragraph)
    spread = _distinct(owner, paragraph, count)
    often = counted(1.0)
    speaker = _speakers(doc)[telling]
    quoted = speaker >= 0
    pos, dep, kind = (_labels(doc, table[telling, column]) for column in (3, 4, 6))
    named = {
        group: np.isin(telling, _tokens(doc, group)) for group in ("people", "organisations", "policies", "services")
    }
    policies = counted(named["policies"])
    columns = [
        spread, spread / max(1, spread.max()), spread / len(lines),
        counted(place < headline) > 0, counted((place >= headline) & (place < opening)),
        first / len(lines), last / len(lines),
        counted(quoted) / often, _distinct(owner[quoted], speaker[quoted], count),
        (counted(named["people"]) + counted(named["organisations"])) / often,
        policies, policies / often, counted(named["services"]) / often,
        counted([low[i] in PROPOSABLE for i in telling]) > 0, counted([low[i] in GENERIC for i in telling]) > 0,
        counted(_of_plans(doc, telling, table, low)), counted(np.isin(kind, NAMED)) / often,
        *(counted(np.isin(pos, labels) | np.isin(dep, labels)) / often for labels in PLACES),
    ]  # fmt: skip
    return list(numbers), np.stack(columns, axis=1).astype(np.float32)


def _distinct(owner: Any, values: Any, count: int) -> Any:
    """For each owner how many different values it has."""
    pairs = np.unique(np.stack([owner, values]), axis=1)
    return np.bincount(pairs[0], minlength=count)


def _labels(doc: Doc, numbers: Any) -> Any:
    """spaCy's numbers of labels as the labels."""
    different, place = np.unique(numbers, return_inverse=True)
    return np.array([doc.vocab.strings[int(number)] for number in different])[place]


def _of_plans(doc: Doc, telling: list[int], table: Any, low: list[str]) -> list[bool]:
    """Whether each token's head is a plan or the like, or a link to one."""
    heads = np.arange(len(table)) + table[:, 5].astype(np.int64)
    compound, objects = doc.vocab.strings["compound"], {doc.vocab.strings["dobj"], doc.vocab.strings["pobj"]}
    found = []
    for i in telling:
        head = heads[i]
        if table[i, 4] == compound and int(table[head, 4]) in objects:
            head = heads[head]
        found.append(low[head] in GENERIC or (low[head] in LINKS and low[heads[head]] in GENERIC))
    return found


def _tokens(doc: Doc, group: str) -> list[int]:
    return [i for span in doc.spans.get(group, ()) for i in range(span.start, span.end)]


def _speakers(doc: Doc) -> NDArray[np.int64]:
    """For each token a number of who says it, or -1 outside quotes."""
    found = np.full(len(doc), -1)
    names: dict[str | None, int] = {}
    for quote in quotes(doc):
        for start, end in quote.content:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                found[span.start : span.end] = names.setdefault(quote.speaker, len(names))
    return found
