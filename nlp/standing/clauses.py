"""Clauses that say what a noun is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from nlp.wordlists import words

FACTS = frozenset("way manner fact failure refusal news attempt attempts decision efforts move".split())
CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl"})
DEEDS = ("tion", "sion", "ment")
SHORTEST = 9  # letters of "devaluation" and "suspension", not of "action"


def contents(head: Token) -> Iterator[Token]:
    """What a plan is to do: "plans to close it", "plans, backed by Unison, to close it"."""
    for child in head.rights:
        if child.dep_ == "acl" and child.tag_ in ("VB", "VBG"):
            yield child
        elif child.dep_ in ("acl", "relcl") and child.tag_ == "VBN":
            yield from (grand for grand in child.rights if grand.tag_ == "VB" and grand.dep_ in ("advcl", "xcomp"))


def what_happens(head: Token) -> tuple[int, int] | None:
    """Token bounds of "way schools are run", "fact that fees rose"."""
    clause = next((child for child in head.rights if child.dep_ in CLAUSES), None) if head.lower_ in FACTS else None
    return (head.i, clause.right_edge.i + 1) if clause is not None else None


def tells_a_deed(head: Token) -> bool:
    """Whether one noun says what is done: "devaluation", "suspension"."""
    long = head.tag_ == "NN" and len(head) >= SHORTEST and head.lower_.endswith(DEEDS)
    return long and head.lower_ not in words("actor_nouns")
