"""GAP (Webster et al. 2018): passages with a pronoun and two names, as rows for the pronoun scorer."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import people
from nlp.naming.vocabulary import FIRST_NAMES
from nlp.speaking.boosting import Floats
from nlp.speaking.coreference import rows
from nlp.speaking.passage import FEMININE, Candidate, Passage


@dataclass(frozen=True, eq=False)
class Example:
    """Features of A, of B and of each other person named (in this order), and whether A or B is meant."""

    rows: Floats
    gold: tuple[bool, bool]
    feminine: bool


def examples(nlp: Language, path: Path) -> Iterator[Example]:
    """The passages of a GAP file, read by the pipeline up to ``people``."""
    with path.open(encoding="utf-8") as handle:
        lines = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = nlp.pipe_names
    with nlp.select_pipes(enable=names[: names.index("people") + 1]):
        yield from map(_example, nlp.pipe(line["Text"] for line in lines), lines)


def _example(doc: Doc, line: dict[str, str]) -> Example:
    pronoun = next(token for token in doc if token.idx + len(token) > int(line["Pronoun-offset"]))
    known, title = people(doc), _title(line["URL"])
    bounds = [(int(line[f"{x}-offset"]), int(line[f"{x}-offset"]) + len(line[x])) for x in "AB"]
    owners = [next((p for p in known if any(_meet(m, b) for m in p.mentions)), None) for b in bounds]
    if owners[0] is owners[1]:
        owners = [None, None]
    two = [
        _candidate(doc, line[x], [b, *(p.mentions if p else ())], p.gender if p else "", title)
        for x, b, p in zip("AB", bounds, owners, strict=True)
    ]
    rest = [p for p in known if not any(_meet(m, b) for m in p.mentions for b in bounds)]
    others = [_candidate(doc, p.name, p.mentions, p.gender, title) for p in rest]
    table = rows(Passage(doc), pronoun, [*two, *others])
    gold = line["A-coref"].upper() == "TRUE", line["B-coref"].upper() == "TRUE"
    return Example(table, gold, pronoun.lower_ in FEMININE)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _title(address: str) -> frozenset[str]:
    """The words of the page's title, which its address ends in: the passage's headline (GAP's page context)."""
    title = unquote(address.rpartition("/")[2]).replace("_", " ")
    return frozenset(re.sub(r"\(.*?\)", "", title).lower().split())


def _candidate(doc: Doc, name: str, spans: Iterable[tuple[int, int]], gender: str, title: frozenset[str]) -> Candidate:
    found = list(spans)
    start = doc.text.find(name)
    while start >= 0:
        found.append((start, start + len(name)))
        start = doc.text.find(name, start + 1)
    tokens: list[tuple[int, int]] = []
    for a, b in sorted(found):
        span = doc.char_span(a, b, alignment_mode="expand")
        if span is not None and (not tokens or span.start >= tokens[-1][1]):
            tokens.append((span.start, span.end))
    told = gender or FIRST_NAMES.get(name.split()[0].lower(), "")
    in_title = any(doc[end - 1].lower_ in title for _, end in tokens)
    return Candidate(tuple(tokens), told.replace("-", ""), in_title)


def table(found: Sequence[Example]) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows and labels to fit on: A and B, and the others where one of the two is meant."""
    some = [example.rows[: None if any(example.gold) else 2] for example in found]
    labels = [np.array([*e.gold, *[False] * (len(r) - 2)]) for e, r in zip(found, some, strict=True)]
    return np.concatenate(some), np.concatenate(labels)


def chosen(chances: Floats, threshold: float) -> tuple[bool, bool]:
    """Which of A and B is taken to be meant, given each candidate's probability: at most one."""
    best = int(chances[:2].argmax())
    sure = bool(chances[best] >= threshold)
    return sure and best == 0, sure and best == 1


def f1(pairs: Sequence[tuple[Example, tuple[bool, bool]]]) -> float:
    """Of the names A and B that are meant, in percent."""
    both = [(gold, guess) for example, guesses in pairs for gold, guess in zip(example.gold, guesses, strict=True)]
    right = sum(gold and guess for gold, guess in both)
    return 100 * 2 * right / max(1, sum(gold for gold, _ in both) + sum(guess for _, guess in both))
