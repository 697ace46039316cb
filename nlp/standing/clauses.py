"""Clauses that say what a noun is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from nlp.wordlists import words

FACTS = frozenset("way manner fact failure refusal news attempt attempts decision efforts move".split())
DOING = ("tion", "sion", "ment", "al", "ure", "return", "ease", "ing", "use", "sale", "loss", "ance")
CLAIMS = frozenset(
    "statement suggestion allegation accusation argument comment assertion question performance impression situation "
    "generation position notion mention behaviour department parliament version opinion nation union reputation".split()
)
CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl"})
INSERTED = 14  # tokens
DEEDS = ("tion", "sion", "ment")
SHORTEST = 9  # letters of "devaluation" and "suspension", not of "action"


def contents(head: Token) -> Iterator[Token]:
    """What a plan is to do: "plans to close it", "plans, backed by Unison, to close it"."""
    set_off = _set_off(head)
    if set_off is not None:
        yield set_off
        return
    for child in head.rights:
        if child.dep_ == "acl" and child.tag_ in ("VB", "VBG"):
            yield child
        elif child.dep_ in ("acl", "relcl") and child.tag_ == "VBN":
            yield from (grand for grand in child.rights if grand.tag_ == "VB" and grand.dep_ in ("advcl", "xcomp"))


def _set_off(head: Token) -> Token | None:
    """The infinitive right behind a plan or behind an inserted participle, wherever the parser hangs it."""
    doc, last, i = head.doc, head.sent.end - 1, head.i + 1
    if i + 1 < last and doc[i].text == "," and doc[i + 1].tag_ == "VBN":
        i = next((n + 1 for n in range(i + 2, min(last, i + INSERTED)) if doc[n].text == ","), last)
    return doc[i + 1] if i < last and doc[i].tag_ == "TO" and doc[i + 1].tag_ == "VB" else None


def that_clause(head: Token) -> Token | None:
    """ "the idea that fees should rise": the verb of what the idea is; "that fees rose" is a claim and none."""
    for child in head.rights:
        marked = child.dep_ in CLAUSES and any(mark.dep_ == "mark" and mark.lower_ == "that" for mark in child.lefts)
        if marked and (child.tag_ == "VB" or any(aux.tag_ == "MD" for aux in child.lefts)):
            return child
    return None


def what_happens(head: Token) -> tuple[int, int] | None:
    """Token bounds of "way schools are run", "fact that fees rose"."""
    clause = next((child for child in head.rights if child.dep_ in CLAUSES), None) if head.lower_ in FACTS else None
    return (head.i, clause.right_edge.i + 1) if clause is not None else None


def tells_a_deed(head: Token) -> bool:
    """Whether one noun says what is done: "devaluation", "suspension"."""
    long = head.tag_ == "NN" and len(head) >= SHORTEST and head.lower_.endswith(DEEDS)
    return long and head.lower_ not in words("actor_nouns")


def is_specific(head: Token) -> bool:
    """ "home ownership", "choice in schools", not "shared buildings"."""
    return any(child.dep_ in ("prep", "compound", "acl") for child in head.children)


def is_doing(head: Token) -> bool:
    """ "the release of prisoners", "the closure of wards": a noun of doing with what is done to, but no claim."""
    of = any(child.dep_ == "prep" and child.lower_ == "of" for child in head.children)
    return of and head.lower_ not in CLAIMS and head.lower_.endswith(DOING)
