"""What a position is about: the policy that a noun phrase names, or the one that "the plan" points back at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.document import entities
from nlp.records import Entity
from nlp.wordlists import words

GENERIC = frozenset(
    "plan plans proposal proposals move moves change changes scheme schemes idea ideas decision measure measures "
    "policy policies rule rules bill law laws legislation reform reforms approach initiative step strategy deal "
    "agreement system programme project package review act powers power issue matter suggestion".split()
)
CLAUSES = frozenset({"relcl", "acl", "advcl", "appos", "punct", "cc", "conj"})
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Target:
    text: str
    policy: str | None
    sure: float


class Targets:
    """The policies of one article, by place and by weight."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.policies = entities(doc, "policies")
        self.places = sorted((start, end, policy) for policy in self.policies for start, end in policy.mentions)
        self.main = _main(self.policies)

    def of(self, head: Token) -> Target | None:
        """The target that the noun phrase of ``head`` names; None for what is no policy (a person, a pronoun)."""
        start, end = phrase(head)
        span = self.doc[start:end]
        low = span.start_char, span.end_char
        named = [policy for a, b, policy in self.places if a < low[1] and b > low[0]]
        if head.lower_ in GENERIC and not _tells(self.doc, start, end):
            known = named[0] if named else self.before(head.idx)
            return Target(known.name, known.name, 0.8) if known else Target(span.text, None, 0.5)
        if named:
            return Target(named[0].name, named[0].name, 1.0)
        if head.pos_ not in ("NOUN", "PROPN") or head.ent_type_ in ("PERSON", "GPE", "NORP", "DATE"):
            return None
        return Target(span.text, None, 0.6)

    def before(self, place: int) -> Entity | None:
        """The policy named last before a character, or the article's main one."""
        earlier = [policy for start, _, policy in self.places if start < place]
        return earlier[-1] if earlier else self.main

    def within(self, start: int, end: int) -> Entity | None:
        """The first policy named between two characters."""
        return next((policy for a, b, policy in self.places if a < end and b > start), None)


def phrase(head: Token) -> tuple[int, int]:
    """Token bounds of the noun phrase of ``head``, without its article, relative clauses and what is coordinated."""
    left = min((token.i for token in head.lefts if token.dep_ not in ("det", "punct", "cc", "predet")), default=head.i)
    left = min([left, *(t.left_edge.i for t in head.lefts if t.dep_ in ("amod", "compound", "nmod", "poss", "nummod"))])
    while left < head.i and head.doc[left].pos_ in ("DET", "PUNCT", "PRON"):
        left += 1
    right = head.i + 1
    for child in head.rights:
        if child.dep_ in CLAUSES or child.i > right + 1 or child.dep_ != "prep":
            break
        right = child.right_edge.i + 1
    return left, min(right, left + LONGEST)


def _tells(doc: Doc, start: int, end: int) -> bool:
    general = words("policy_general")
    return any(
        token.is_alpha and token.lower_ not in general | GENERIC and token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")
        for token in doc[start:end]
    )


def _main(policies: tuple[Entity, ...]) -> Entity | None:
    """The policy that the article mentions most, the earlier one of two."""
    count = Counter({policy.name: len(policy.mentions) for policy in policies})
    return max(policies, key=lambda policy: (count[policy.name], -min(policy.mentions)[0]), default=None)
