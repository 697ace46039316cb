"""Clauses that say what a noun is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token


def contents(head: Token) -> Iterator[Token]:
    """What a plan is to do: "plans to close it", "plans, backed by Unison, to close it"."""
    for child in head.rights:
        if child.dep_ == "acl" and child.tag_ in ("VB", "VBG"):
            yield child
        elif child.dep_ in ("acl", "relcl") and child.tag_ == "VBN":
            yield from (grand for grand in child.rights if grand.tag_ == "VB" and grand.dep_ in ("advcl", "xcomp"))
