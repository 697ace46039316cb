"""An office under all its wordings: "Secretary of State for Health", "the Health Secretary", "Minister (Health)"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nlp.wordlists import rows

NOT_NOW = frozenset("former ex then next future late previous old onetime designate elect aspiring wannabe".split())
# Words of a department's or a portfolio's name that tell nothing; who says "UK" means the same office.
FILLERS = frozenset(
    "the of for and to in on at a an with s hm her his majesty majestys state affairs department dept office ministry "
    "government uk british britain britains united kingdom joint house parliament official".split()
)
PLACES = {"scottish": "scotland", "welsh": "wales", "irish": "ireland"}
SPOKES = {"spokeswoman": "spokesman", "spokesperson": "spokesman", "spokespersons": "spokesman"}
CHAIRS = {"chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "convener": "chair"}
# Held by one person at a time; the rest (ministers, spokesmen, whips) may be several of one name.
SINGLE = frozenset(
    "prime minister|deputy prime minister|first minister|chancellor|lord chancellor|home secretary|secretary|leader|"
    "opposition leader|deputy leader|speaker|chair|post".split("|")
)
WHOLE = {  # wordings that are the office by themselves, before its last noun is looked at; "" keeps the words
    r"parliamentary private secretar(?:y|ies)|pps": "pps",
    r"(?:parliamentary )?under[- ]?secretar(?:y|ies)(?: of state)?|parliamentary secretary": "minister",
    r"permanent secretary": "permanent secretary",
    r"(?:chief|financial|economic|exchequer|commercial) secretary(?: to the treasury)?": "",
    r"deputy prime minister": "deputy prime minister",
    r"prime minister": "prime minister",
    r"first minister": "first minister",
    r"lord (?:high )?chancellor": "lord chancellor",
    r"chancellor(?: of the exchequer)?": "chancellor",
    r"leader of (?:the|her majesty's|his majesty's) (?:official )?opposition|opposition leader": "opposition leader",
    r"deputy leader(?: of)?": "deputy leader",
    r"minister of state(?: for)?": "minister",
    r"secretary of state(?: for)?": "secretary",
    r"(?:attorney|solicitor)[- ]general": "",
}
BY_NOUN = {"minister": "minister", "secretary": "secretary", "spokesman": "spokesman", "leader": "leader",
           "speaker": "speaker", "whip": "whip", "chair": "chair"}  # fmt: skip
TAKES_BODY = frozenset(BY_NOUN.values()) | {"permanent secretary", "deputy leader", "post"}
SEVERAL = re.compile(
    r"\s*;\s*|,?\s+and\s+(?=(?:the\s+)?(?:shadow\s+)?(?:secretary of state|minister|leader|lord|chancellor|chair)\b)",
    re.I,
)
WORD = re.compile(r"[^\W_]+")


class Office(NamedTuple):
    """What an office is: its rank, what it is for (words), whether it shadows, and the party that gives it."""

    rank: str
    portfolio: tuple[str, ...]
    shadow: bool = False
    party: str = ""


def offices(post: str, organisation: str = "") -> tuple[Office, ...]:
    """Every office that a list's title names: "Lord Chancellor and Secretary of State for Justice" are two."""
    found = (office(part, organisation) for part in SEVERAL.split(post))
    return tuple(dict.fromkeys(one for one in found if one is not None))


@cache
def office(post: str, organisation: str = "") -> Office | None:
    """The office that a wording names; None when it says that it is not held now ("former") or names none.

    ``organisation`` is where the post is: it tells the portfolio of a bare "Secretary of State", and a party.
    """
    text, party = _party_of(post.casefold().replace("’", "'").replace("&", " and "))
    found = re.findall(r"\w+", text)
    if not found or NOT_NOW & set(found):
        return None
    shadow = "shadow" in found
    text = re.sub(r"\b(?:shadow|acting|interim)\b", " ", text)  # who acts for a while holds it meanwhile
    rank, rest = _rank(" ".join(text.split()))
    about, of_party = _party_of(organisation.casefold().replace("&", " and "))
    portfolio = _portfolio(rest)
    party = party or of_party
    if not party and not portfolio and rank in TAKES_BODY:
        portfolio = _portfolio(about)
    elif rank == "post" and not party:
        portfolio += tuple(word for word in _portfolio(about) if word not in portfolio)
    if rank == "post" and not portfolio:
        return None
    return Office(rank, portfolio, shadow, party)


@cache
def _wholes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)"), rank) for pattern, rank in WHOLE.items())


def _rank(text: str) -> tuple[str, str]:
    """The rank, and the words beside it that tell the portfolio."""
    for pattern, rank in _wholes():
        match = pattern.search(text)
        if match:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return (rank, rest) if rank else ("post", text)
    found = [CHAIRS.get(word, SPOKES.get(word, word)) for word in WORD.findall(text)]
    # In "X secretary" the noun is last; in "secretary for X" and "Minister (X)" it comes before.
    for place in sorted(range(len(found)), key=lambda i: (i != len(found) - 1, i)):
        if found[place] in BY_NOUN:
            return BY_NOUN[found[place]], " ".join(found[:place] + found[place + 1 :])
    return "post", " ".join(found)


def _portfolio(text: str) -> tuple[str, ...]:
    found = (PLACES.get(word, word) for word in WORD.findall(text.replace("'s", "")))
    return tuple(dict.fromkeys(word for word in found if word not in FILLERS))


@cache
def _parties() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for every form in which a party is named, and form to party."""
    forms = {form.casefold(): row[0] for row in rows("parties") for form in row[1].split(";")}
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?:'s)?(?![\w-])"), forms


def _party_of(text: str) -> tuple[str, str]:
    """The text without the party that it names first, and that party."""
    pattern, forms = _parties()
    match = pattern.search(text)
    return (f"{text[: match.start()]} {text[match.end() :]}", forms[match.group(1)]) if match else (text, "")
