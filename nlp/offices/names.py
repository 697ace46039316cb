"""Whether two wordings of a name may be one human's: formal and short first names, titles, peers."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from nlp.keys import split_name
from nlp.wordlists import rows


class Named(Protocol):
    """Somebody with a name and, in the list that they come from, an identifier."""

    @property
    def name(self) -> str: ...
    @property
    def person(self) -> str: ...


def one_human(one: Named, other: Named) -> bool:
    """Two holders of one office on one day: the same when the list says so, or the names may be one human's."""
    return bool(one.person and one.person == other.person) or agree(one.name, other.name)


def agree(one: str, other: str) -> bool:
    """The same surname and first names that don't contradict: Ed and Edward Balls, John Reid and Lord Reid of X."""
    first, last = split_name(one)
    first_other, last_other = split_name(other)
    return last == last_other and (not first or not first_other or same_first_name(first, first_other))


def same_first_name(one: str, other: str) -> bool:
    """Equal, an initial, or two forms of one name in our own list."""
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    return bool(_forms().get(one, frozenset()) & _forms().get(other, frozenset()))


@cache
def _forms() -> dict[str, frozenset[str]]:
    """First name to the numbers of the lines of nlp/data/short_names.txt that it stands on."""
    found: dict[str, set[str]] = {}
    for number, row in enumerate(rows("short_names")):
        for name in row[0].lower().split():
            found.setdefault(name, set()).add(str(number))
    return {name: frozenset(lines) for name, lines in found.items()}
