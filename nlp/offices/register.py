"""The register in memory: which one human held an office on a day, or nobody when it can't be told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nlp.offices.names import one_human
from nlp.offices.titles import SINGLE, Office, office, offices

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One person in one post from day to day (ISO dates, both included).

    ``end`` is "" where the list gives none: then the term is only believed until ``known_until``, the day the list
    was made. ``id`` is the row of the table memberships, 0 outside a database; ``source`` says where it is written.
    """

    name: str
    post: str
    organisation: str = ""
    start: str
    end: str = ""
    known_until: str = ""
    source: str = ""
    person: str = ""  # the list's own identifier of the human, if it has one
    id: int = 0
    listed_as: str = ""  # the list's name for them, when articles use another

    @property
    def last(self) -> str:
        return self.end or self.known_until

    def holds(self, day: str) -> bool:
        return self.start <= day <= self.last


class Register:
    """Looks up holders by wording and day. Built once a run; a look-up costs a few dictionary accesses."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(terms)
        self._found: dict[tuple[str, str, str], Term | None] = {}

    @cached_property
    def _by_office(self) -> dict[tuple[str, bool], dict[Office, list[Term]]]:
        index: dict[tuple[str, bool], dict[Office, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for term in self.terms:
            for one in offices(term.post, term.organisation):
                index[one.rank, one.shadow][one].append(term)
        for (rank, _), found in index.items():
            if rank in SINGLE:
                found.update({one: _ended_by_successors(held) for one, held in found.items()})
        return index

    def holder(self, phrase: str, day: str | None, *, party: str = "") -> Term | None:
        """The term of the one human who held what ``phrase`` names ("shadow health secretary") on ``day``.

        ``party`` narrows it, as a party in the phrase does. None without a day, for an office that is not held now
        ("former"), for one that nobody or more than one human is known to have held, and past what the list knows.
        """
        if not day or not DAY.match(day):
            return None
        key = (phrase.casefold(), day[:10], party)
        if key not in self._found:
            holders = self.holders(phrase, day, party=party)
            alone = holders and all(one_human(holders[0], other) for other in holders[1:])
            self._found[key] = holders[0] if alone else None
        return self._found[key]

    def ever(self, phrase: str) -> list[Term]:
        """The terms of all who are known to have held what ``phrase`` names, on whatever day."""
        wanted = office(phrase)
        if wanted is None:
            return []
        found = self._by_office.get((wanted.rank, wanted.shadow), {})
        return [term for one in _fitting(wanted, list(found)) for term in found[one]]

    def holders(self, phrase: str, day: str, *, party: str = "") -> list[Term]:
        """Every term that fits the phrase on that day, surest wording first; more than one human leaves it open."""
        wanted = office(phrase, party)
        if wanted is None:
            return []
        found = self._by_office.get((wanted.rank, wanted.shadow), {})
        here = {one: [term for term in held if term.holds(day[:10])] for one, held in found.items()}
        fits = _fitting(wanted, [one for one, held in here.items() if held])
        terms = [term for one in fits for term in here[one]]
        if wanted.rank == "minister" and terms:  # who heads the department is a minister of it too
            terms += self.holders(" ".join(("shadow " * wanted.shadow, *wanted.portfolio, "secretary")), day)
        return terms


def _fitting(wanted: Office, known: Sequence[Office]) -> list[Office]:
    """The offices that a wording may mean: of the same words; for a secretary also one that begins with them.

    Departments grow and shrink by their later words, so that a wider one's secretary may be meant just as well.
    """
    if wanted.rank == "leader" and not wanted.party and not wanted.portfolio:
        return []  # anybody's leader
    ours = [one for one in known if not wanted.party or wanted.party == one.party]
    size, words = len(wanted.portfolio), set(wanted.portfolio)
    same = [one for one in ours if set(one.portfolio) == words]
    if wanted.rank != "secretary" or not words:
        return same
    begins = [one for one in ours if one not in same and one.portfolio[:size] == wanted.portfolio]
    return same + begins or [one for one in ours if words <= set(one.portfolio)]


def _ended_by_successors(held: Sequence[Term]) -> list[Term]:
    """An office held by one at a time: who has no end in the list ended when the next one came."""
    ended = []
    for term in held:
        after = [other.start for other in held if other.start > term.start and not one_human(term, other)]
        if not term.end and after and min(after) <= term.known_until:
            term = replace(term, end=min(after))
        ended.append(term)
    return ended
