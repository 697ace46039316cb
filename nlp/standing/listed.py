"""What is listed beside the object of a stance: "opposed the levy, the quota and selling the depots"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from nlp.standing.phrases import PROPOSABLE
from nlp.standing.stances import Stance

LINKS = frozenset({"conj", "appos"})
EXAMPLES = frozenset({"including"})
MOST = 6
# Kinds of stances on a thing: what is said of one deed says nothing of those beside it.
LISTING = frozenset({"attitude", "proposal", "call", "noun", "act", "reproach", "judged"})


def with_listed(doc: Doc, found: Iterable[Stance]) -> Iterator[Stance]:
    """The stances, and of each that is on a thing one more for whatever is listed beside it."""
    seen: set[tuple[int, int]] = set()
    more: list[Stance] = []
    for stance in found:
        seen.add((stance.subject, stance.target))
        yield stance
        if stance.kind in LISTING and not (stance.deed or stance.bare):
            more += (replace(stance, target=other.i, kind="listed") for other in listed(doc[stance.target]))
    for stance in more:
        if (stance.subject, stance.target) not in seen:
            seen.add((stance.subject, stance.target))
            yield stance


def listed(head: Token) -> Iterator[Token]:
    """The heads of the things that are joined to ``head`` or given as examples of it, in order."""
    found = [token for token in _beside(head) if _names_a_thing(token)]
    yield from sorted(found, key=lambda token: token.i)[:MOST]


def _beside(head: Token) -> Iterator[Token]:
    for child in head.rights:
        if child.dep_ == "conj" or (child.dep_ == "appos" and any(c.dep_ in LINKS for c in child.children)):
            yield child
            yield from _beside(child)
        elif child.dep_ == "prep" and _exemplifies(child):
            for thing in child.rights:
                if thing.dep_ in ("pobj", "pcomp"):
                    yield thing
                    yield from _beside(thing)
    if head.dep_ == "dobj":  # the parser hangs a far noun on the verb
        yield from (other for other in head.head.rights if other.dep_ == "conj" and other.i > head.i and _stray(other))


def _stray(token: Token) -> bool:
    """A noun, or a noun that is read as a verb: "the levy, plans to …"."""
    subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    return token.tag_ in ("NN", "NNS") or (token.lower_ in PROPOSABLE and token.tag_ == "VBZ" and not subject)


def _exemplifies(link: Token) -> bool:
    return link.lower_ in EXAMPLES or (link.lower_ == "as" and link.i > 0 and link.nbor(-1).lower_ == "such")


def _names_a_thing(token: Token) -> bool:
    return token.tag_ in ("NN", "NNS", "NNP", "NNPS", "VBG", "VBZ") and not any(c.dep_ == "neg" for c in token.children)
