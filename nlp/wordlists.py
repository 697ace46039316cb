"""Reads the word lists in nlp/data and finds their phrases in a Doc: one entry a line, fields split by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from nlp.surface import lower_words, words_as_written

PARTED = re.compile(r"-|'s\b|(?<=s)'")
DATA = Path(__file__).parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of nlp/data/<name>.txt as tuples of fields; lines that start with # say where the list comes from."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first field of every entry, in lower case."""
    return frozenset(row[0].lower() for row in rows(name))


@cache
def table(name: str) -> dict[str, str]:
    """First field (lower case) to second field."""
    return {row[0].lower(): row[1] for row in rows(name)}


class Phrases:
    """Longest-match search for phrases, one pass over the tokens.

    ``entries`` maps a phrase (words split by spaces) to what it stands for. Hyphens and possessives are found as
    written and as the tokenizer parts them.
    """

    def __init__(self, entries: dict[str, str], *, cased: bool = False) -> None:
        self.cased = cased
        self.by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in entries.items():
            written = phrase if cased else phrase.lower()
            for parts in {tuple(written.split()), tuple(PARTED.sub(r" \g<0> ", written).split())}:
                self.by_first.setdefault(parts[0], []).append((parts, value))
        for candidates in self.by_first.values():
            candidates.sort(key=lambda pair: -len(pair[0]))

    def find(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        """Yields (first token, end token, value), leftmost longest, without overlaps."""
        texts = words_as_written(doc) if self.cased else lower_words(doc)
        i = 0
        while i < len(texts):
            match = next(
                (
                    (len(parts), value)
                    for parts, value in self.by_first.get(texts[i], ())
                    if tuple(texts[i : i + len(parts)]) == parts
                ),
                None,
            )
            if match:
                yield i, i + match[0], match[1]
            i += match[0] if match else 1
