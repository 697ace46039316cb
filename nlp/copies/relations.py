"""How a copy stands to the first article of its story, which one is the first, and how both were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.copies.index import shared
from nlp.copies.shingles import Shingles

VERBATIM = 0.9  # Jaccard
OWN = 0.85  # of a copy's shingles that come from the first, from which on what differs is what was cut
CUT = 0.8  # as much of the first as of itself, below which a copy is an excerpt
KEPT = 0.5  # of either's shingles, from which on the text was edited and not written anew
ISSUERS = ("government", "party")  # kinds of sources whose own announcements others copy


@dataclass(frozen=True, slots=True)
class Copy:
    """How an article stands to the first one of its story: shares of shingles, 0 to 1."""

    jaccard: float
    containment: float  # of this article in the first
    origin_containment: float  # of the first in this article

    @property
    def relation(self) -> str:
        if self.jaccard >= VERBATIM:
            return "verbatim"
        if self.containment >= OWN and self.origin_containment < CUT * self.containment:
            return "excerpt"
        return "edited" if max(self.containment, self.origin_containment) >= KEPT else "rewrite"

    @property
    def in_words(self) -> str:
        return (
            f"{self.containment:.0%} of its five-word runs are in the origin, "
            f"{self.origin_containment:.0%} of the origin's are in it"
        )


class Member(NamedTuple):
    """An article of a story with what tells which came first.

    ``agency`` is the wire credit of its text, ``known_origin`` the article that was the story's first until now.
    ``moved``: another article stands at its new address.
    """

    article_id: int
    url: str
    headline: str | None
    published: str | None
    kind: str
    source: str
    agency: str | None
    length: int = 0  # of its shingles
    known_origin: int | None = None
    moved: bool = False


def compare(copy: Shingles, origin: Shingles) -> Copy:
    both = len(shared(copy, origin))
    return Copy(
        jaccard=both / max(1, len(copy) + len(origin) - both),
        containment=both / max(1, len(copy)),
        origin_containment=both / max(1, len(origin)),
    )


def origin_of(members: Sequence[Member]) -> tuple[Member, str, str | None]:
    """The first article, how that was decided, and the agency whose story it is (None when nobody is credited).

    An agency's own feed comes first; then what credits one, by date; then the earliest, an issuer before a paper of the
    same day, the longest of one time. Nothing depends on the order in which the articles arrived. A page that has
    moved to where another article stands is the first only of its like.
    """
    ordered = sorted([member for member in members if not member.moved] or members, key=_earliest)
    own = [member for member in ordered if member.kind == "wire"]
    credited = [member for member in ordered if member.agency]
    agency = own[0].source if own else credited[0].agency if credited else None
    if len(members) == 1:
        return ordered[0], "only copy", agency
    if own:
        return own[0], "agency's own copy", agency
    if credited:
        return credited[0], f"earliest copy that credits {agency}; the agency's own is not here", agency
    return ordered[0], "earliest copy" if ordered[0].published else "first of the copies, none of which is dated", None


def _earliest(member: Member) -> tuple[str, bool, str, int, str]:
    published = member.published or "9"
    return published[:10], member.kind not in ISSUERS, published, -member.length, member.url
