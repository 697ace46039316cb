"""What a quote judges: the sign of its words and of its cue towards the policy that it speaks of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.records import Quote
from nlp.surface import lower_words, tokens_among
from nlp.wordlists import rows

NEGATIONS = frozenset({"not", "n't", "no", "never", "without"})
GOVERNING = frozenset({"minister", "secretary", "chancellor"})
NOT_GOVERNING = ("shadow", "former", "ex-", "general secretary", "opposition")
MOST = 3.0
RELIEVING = frozenset(
    "tackle fight prevent reduce combat cut avoid stop end curb deter address solve eliminate eradicate crack ease "
    "relieve overcome remove tighten rid counter protect guard abolish resolve minimise beat free".split()
)
SPOILING = frozenset("lack lose threaten damage erode deny hamper undermine fail destroy wreck limit ruin".split())


@lru_cache(maxsize=1)
def _words() -> dict[str, float]:
    return {row[0]: float(row[1]) / 2 for row in rows("stance_words")}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """What the hyphenated words of the list begin with: only there is a compound worth a look."""
    return frozenset(word.split("-")[0] for word in _words() if "-" in word)


@lru_cache(maxsize=1)
def _cues() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in rows("stance_cues")}


def judgement(doc: Doc, start: int, end: int) -> float:
    """Sum of the judging words between two characters, between -3 and 3; a negation just before turns a word over."""
    starts, ends, values = _judged(doc)
    return max(-MOST, min(MOST, sum(values[bisect_right(ends, start) : bisect_left(starts, end)])))


def _judged(doc: Doc) -> tuple[list[int], list[int], list[float]]:
    """Starts, ends (characters) and values of the judging words of a Doc, found once."""
    found: tuple[list[int], list[int], list[float]] | None = doc.user_data.get("judged")
    if found is None:
        judged = [(token, value) for token in tokens_among(doc, judging()) if (value := valued(token))]
        starts = [token.idx for token, _ in judged]
        found = starts, [token.idx + len(token) for token, _ in judged], [value for _, value in judged]
        doc.user_data["judged"] = found
    return found


def valued(token: Token, *, negatable: bool = True) -> float:
    """What a word judges, 0.0 for most words; turned over by what is done to it and by a negation just before."""
    table = _words()
    word = token.lower_
    value = table.get(word, 0.0) or (table.get(_compound(token), 0.0) if word in _beginnings() else 0.0)
    return -value if value and _turned_over(token, value, negatable=negatable) else value


@lru_cache(maxsize=1)
def judging() -> frozenset[str]:
    """Every word that judges, and what a hyphenated one begins with."""
    return frozenset(_words()) | _beginnings()


def _turned_over(token: Token, value: float, *, negatable: bool) -> bool:
    """ "not fair", "lacks vision"; "tackle crime" and "prevent abuse" are for what they are said of."""
    place = token.i
    negated = negatable and not NEGATIONS.isdisjoint(lower_words(token.doc)[max(0, place - 3) : place])
    above = token.head if token.dep_ not in ("pobj", "compound", "amod") else token.head.head
    relieved = (RELIEVING if value < 0 else SPOILING) if above.i != token.i else frozenset()
    return negated != (above.lemma_.lower() in relieved)


def _compound(token: Token) -> str:
    """ "half-baked" under one form: its hyphen is a token of its own, and some write it with a space."""
    right = next((t for t in token.doc[token.i + 1 : token.i + 3] if t.is_alpha), None)
    return f"{token.lower_}-{right.lower_}" if right is not None else ""


def cue_judgement(doc: Doc, quote: Quote) -> float:
    """What the reporting verb shows of the speaker's mind ("warned", "welcomed")."""
    return sum(_cues().get(lemma, 0.0) for lemma in _cue_lemmas(doc, quote))


def leaning(name: str, titles: tuple[str, ...]) -> float:
    """What an office leads one to expect: a minister defends the government's policy, a shadow minister does not."""
    first = set(name.lower().split()[:3])
    if first & {"critics", "opponents"}:
        return -2.0
    if first & {"supporters", "advocates", "backers"}:
        return 2.0
    if first & {"government", "ministers"} or name.startswith(("Department", "Ministry", "Home Office", "Treasury")):
        return 1.0
    low = [title.lower() for title in titles]
    if any("shadow" in title for title in low):
        return -1.0
    if any(GOVERNING & set(t.split()) and not any(w in t for w in NOT_GOVERNING) for t in low):
        return 1.0
    return 0.0


def _cue_lemmas(doc: Doc, quote: Quote) -> list[str]:
    spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in quote.cue)
    return [token.lemma_.lower() for span in spans if span is not None for token in span]
