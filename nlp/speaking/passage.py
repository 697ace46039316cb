"""A Doc as the pronoun scorer looks at it: who is named where and in which role, sentences, pronouns, quotations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

from nlp.surface import tokens_among, words_as_written

MASCULINE, FEMININE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
SUBJECT, OBJECT, OBLIQUE, OWNER, JOINED = range(5)
ROLES = {
    "nsubj": SUBJECT, "nsubjpass": SUBJECT, "dobj": OBJECT, "dative": OBJECT, "iobj": OBJECT, "attr": OBJECT,
    "pobj": OBLIQUE, "agent": OBLIQUE, "poss": OWNER, "conj": JOINED,
}  # fmt: skip
ASIDE = frozenset({"appos", "compound", "nmod", "flat"})


@dataclass(frozen=True, eq=False)
class Candidate:
    """One whom the pronoun may mean: token spans in order, gender m, f or unknown; in the title or headline, or not."""

    mentions: tuple[tuple[int, int], ...]
    gender: str = ""
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where one mention stands."""

    start: int
    end: int
    role: int
    sentence: int
    depth: int
    head: Token


class Passage:
    """A Doc's sentences, pronouns and quotation marks, looked up by token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts = [sentence.start for sentence in doc.sents]
        self.masculine = [token.i for token in tokens_among(doc, MASCULINE)]
        self.feminine = [token.i for token in tokens_among(doc, FEMININE)]
        self.breaks = [i for i, word in enumerate(words_as_written(doc)) if "\n" in word]
        self.quoted = _quoted(doc)

    def sentence(self, index: int) -> int:
        return bisect_right(self.starts, index)

    def place(self, start: int, end: int) -> Place:
        """The mention of these tokens: its head is the noun that an apposition or compound belongs to."""
        head = self.doc[start:end].root
        while head.dep_ in ASIDE and head.head != head:
            head = head.head
        depth, token = 0, head
        while token.head != token and depth < 12:
            token, depth = token.head, depth + 1
        return Place(start, end, ROLES.get(head.dep_, JOINED), self.sentence(start), depth, head)


def _quoted(doc: Doc) -> list[int]:
    """1 for each token between double quotation marks."""
    oriented = doc._.oriented or doc.text
    inside, kept = 0, []
    for start, word in zip(doc.to_array(IDX).tolist(), words_as_written(doc), strict=True):
        if oriented[start] == "“":
            inside = 1
        elif oriented[start] == "”" or "\n" in word:
            inside = 0
        kept.append(inside)
    return kept
