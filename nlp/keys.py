"""Under which key the same person, body or policy is found again in another article."""

from __future__ import annotations

import re

TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady baroness baron viscount earl professor prof rev reverend rt hon right "
    "councillor cllr qc kc mp msp mep the".split()
)
PEERAGE = frozenset("lord lady baroness baron viscount earl".split())
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def words(name: str) -> list[str]:
    return WORD.findall(name.casefold().replace("’s", "").replace("'s", ""))


def name_key(name: str) -> str:
    """A key for bodies, services, policies and events: words in lower case, a leading article dropped."""
    found = words(name)
    return " ".join(found[1:] if found[:1] in (["the"], ["a"], ["an"]) and len(found) > 1 else found)


def split_name(name: str) -> tuple[str, str]:
    """First name ("" for a peer or a bare surname) and surname, in lower case, titles away."""
    found = words(name)
    if "of" in found[1:]:
        found = found[: found.index("of", 1)]
    bare = [word for word in found if word not in TITLES]
    if not bare:
        return "", " ".join(found)
    return (bare[0] if len(bare) > 1 else ""), bare[-1]


def person_key(name: str, *, article_id: int) -> str:
    """A key for a person. A surname alone never joins people across articles: it stays with its article.

    A peer's title is part of the name ("Lord Falconer" names one person; "Mr Falconer" does not).
    """
    found = words(name)
    bare = [word for word in found if word not in TITLES]
    if len(bare) > 1:
        return " ".join(bare)
    if bare and PEERAGE & set(found):
        return " ".join([*(word for word in found if word in PEERAGE), *bare])
    return f"{' '.join(bare) or name_key(name)} @ article {article_id}"
