"""Verbs by any of their forms: what a word list gives as a base ("pledge") is found as "pledged" and "pledging"."""

from __future__ import annotations

from collections.abc import Iterable

IRREGULAR = {
    "begin": "began begun", "break": "broke broken", "bring": "brought", "build": "built", "come": "came",
    "draw": "drew drawn", "drive": "drove driven", "quit": "", "run": "ran", "strike": "struck",
    "throw": "threw thrown", "fall": "fell fallen", "go": "went gone", "hit": "", "speak": "spoke spoken",
    "swing": "swung", "uphold": "upheld", "choose": "chose chosen", "cut": "", "fight": "fought", "find": "found",
    "get": "got", "give": "gave given", "hold": "held", "keep": "kept", "lay": "laid", "let": "", "make": "made",
    "overthrow": "overthrew overthrown", "pay": "paid", "put": "", "rebuild": "rebuilt", "rid": "", "seek": "sought",
    "sell": "sold", "send": "sent", "set": "", "spend": "spent", "stand": "stood", "swear": "swore sworn",
    "take": "took taken", "tell": "told", "win": "won", "withdraw": "withdrew withdrawn", "write": "wrote written",
}  # fmt: skip
DOUBLED = frozenset(
    "ban begin commit cut drop get let permit plan prefer put quit rebel rebut regret rid run scrap set shun slam snub "
    "step stop submit".split()
)
VOWELS = "aeiou"


def verb_forms(bases: Iterable[str]) -> dict[str, str]:
    """Every form of every base to the base: base, third person, past, participles."""
    return {form: base for base in bases for form in _forms(base)}


def _forms(base: str) -> set[str]:
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = base + base[-1] if base in DOUBLED else base
    past = {stem + "ed"}
    ing = stem + "ing"
    if base.endswith("y") and base[-2] not in VOWELS:
        third, past = base[:-1] + "ies", {base[:-1] + "ied"}
    elif base.endswith("e"):
        past = {base + "d"}
        ing = (base if base.endswith("ee") else base[:-1]) + "ing"
    if base in IRREGULAR:
        past = set(IRREGULAR[base].split())
    return {base, third, ing} | past
