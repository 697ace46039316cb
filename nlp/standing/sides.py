"""Which side of the house a holder is on, as far as the article itself tells: in government, against it, or unknown."""

from __future__ import annotations

import re
from collections import Counter

from nlp.records import Person

GOVERNING = re.compile(r"\b(?:minister|secretary|chancellor|prime minister|home secretary)\b")
NOT_GOVERNING = re.compile(r"\b(?:shadow|former|ex|general secretary|opposition|permanent|press|company)\b")
OFFICES = re.compile(r"^(?:the )?(?:government|ministers?|cabinet|treasury|home office|downing street|number 10|"
                     r"department\b.*|ministry\b.*|scottish executive|.* government)$")  # fmt: skip
PARTIES = {
    "conservative": "tory", "conservatives": "tory", "tory": "tory", "tories": "tory", "labour": "labour",
    "lib": "libdem", "liberal": "libdem", "snp": "snp", "plaid": "plaid", "ukip": "ukip", "greens": "green",
    "green": "green", "dup": "dup",
}  # fmt: skip


GOVERNMENTS = re.compile(rf"\b({'|'.join(PARTIES)}) (?:government|ministers?)\b", re.IGNORECASE)


def party_of(words: str) -> str | None:
    """The party that a name, role or employer names."""
    return next((PARTIES[word] for word in re.findall(r"\w+", words.lower()) if word in PARTIES), None)


class Sides:
    """+1 for ministers and the governing party, -1 for the others' politicians, 0 for everyone else."""

    def __init__(self, text: str, persons: tuple[Person, ...]) -> None:
        self.offices = {person.name: [role.title.lower() for role in person.roles] for person in persons}
        self.parties = {person.name: self._party(person) for person in persons}
        self.governing = self._governing(text, persons)

    def of(self, name: str) -> int:
        """The side of a person, party or body by its name."""
        low = name.lower()
        if OFFICES.match(low):
            return 1
        titles = self.offices.get(name, [])
        if any("shadow" in title for title in titles):
            return -1
        if any(GOVERNING.search(title) and not NOT_GOVERNING.search(title) for title in titles):
            return 1
        party = self.parties.get(name) or party_of(name)
        if party is None:
            return 0
        if self.governing is None:
            return -1 if party == "libdem" else 0
        return 1 if party == self.governing else -1

    def party(self, name: str) -> str | None:
        """The party of a person, or the party that a name is."""
        return self.parties.get(name) or party_of(name)

    def _party(self, person: Person) -> str | None:
        stated = (*person.organisations, *(role.organisation or "" for role in person.roles))
        titles = (role.title for role in person.roles)
        return next((party for words in (*stated, *titles) if (party := party_of(words))), None)

    def _governing(self, text: str, persons: tuple[Person, ...]) -> str | None:
        """The party whose people are ministers, or that the article calls the government."""
        votes: Counter[str] = Counter()
        for person in persons:
            party = self.parties[person.name]
            if party and any(GOVERNING.search(t) and not NOT_GOVERNING.search(t) for t in self.offices[person.name]):
                votes[party] += 2
            if party in ("tory", "labour") and any("shadow" in title for title in self.offices[person.name]):
                votes["labour" if party == "tory" else "tory"] += 2
        for name in GOVERNMENTS.findall(text):
            votes[PARTIES[name.lower()]] += 1
        return votes.most_common(1)[0][0] if votes and votes.most_common(1)[0][1] else None
