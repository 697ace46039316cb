"""Where bodies are named: parties, our own list, capitalised names with a telling head noun, the entity recogniser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from nlp.naming.vocabulary import CALENDAR, OPENERS, TITLES
from nlp.surface import tokens_among, words_as_written
from nlp.wordlists import Phrases, rows, table

LINKS = frozenset({"of", "for", "and", "the", "on", "to", "&", "in"})
NOT_BODIES = frozenset(
    "MEP MEPs MSP MSPs AM AMs IT PR CD DVD GCSE GCSEs USA GB MPs MP QC GP GPs Bill Act TV ID US UK PM AIDS HIV "
    "GMT BST".split()
)
LAWS = frozenset(
    "act bill convention treaty directive charter constitution budget report review programme paper election".split()
)
NO_NAMES = OPENERS | CALENDAR | TITLES.keys()
UNNAMING = OPENERS | {"the"}

Bounds = tuple[int, int]
Found = tuple[int, int, str]  # first token, end token, kind ("party:" and the party for a party)


@lru_cache(maxsize=1)
def _lexicon() -> Phrases:
    return Phrases({row[0]: row[1] for row in rows("organisations")}, cased=True)


@lru_cache(maxsize=1)
def parties() -> tuple[Phrases, dict[str, tuple[str, ...]]]:
    forms = {row[0]: tuple(row[1].split(";")) for row in rows("parties")}
    return Phrases({form: party for party, named in forms.items() for form in named}, cased=True), forms


def named_bodies(doc: Doc, taken: set[int]) -> Iterator[Found]:
    """Every naming of a body, the surest ways first; they may overlap. ``taken`` holds the tokens of people."""
    yield from party_mentions(doc)
    yield from governments(doc)
    yield from named(doc, taken)
    yield from known(doc)
    yield from recognised(doc, taken)


def party_mentions(doc: Doc) -> Iterator[Found]:
    for start, end, party in parties()[0].find(doc):
        word = doc[start]
        alone = end - start == 1
        lone_adjective = alone and word.text in ("Respect", "Greens", "Republican", "Democrat") and word.is_sent_start
        if not lone_adjective and not (
            word.text == "Labour" and end < len(doc) and doc[end].lower_ in ("market", "force")
        ):
            yield start, end, f"party:{party}"


def governments(doc: Doc) -> Iterator[Found]:
    """ "The government", of nobody in particular and for itself: not the Scottish government, nor government plans."""
    for token in tokens_among(doc, ("government",)):
        after = doc[token.i + 1 : token.i + 2]
        beside = bool(after) and after[0].pos_ in ("NOUN", "PROPN")
        if token.i and doc[token.i - 1].lower_ == "the" and not beside and after.text.lower() not in ("of", "-"):
            yield token.i - 1, token.i + 1, "government"


def known(doc: Doc) -> Iterator[Found]:
    for start, end, kind in _lexicon().find(doc):
        if end - start > 1 or not doc[start].is_sent_start or doc[start].tag_ in ("NNP", "NNPS"):
            yield start, end, kind


def named(doc: Doc, taken: set[int]) -> Iterator[Found]:
    """Capitalised names with a telling head noun: "Joint Council for the Welfare of Immigrants", "Brent Council"."""
    kinds = table("organisation_heads")
    for start, end in _capital_runs(doc):
        heads = [i for i in range(start, end) if doc[i].lower_ in kinds]
        if not heads or not taken.isdisjoint(range(start, end)):
            continue
        last = doc[end - 1].lower_
        if last in LAWS or any(doc[i].lower_ in LAWS for i in range(start, end)):
            continue
        before_link = next((i for i in range(start, end) if doc[i].lower_ in LINKS), end)
        head = heads[0] if heads[0] < before_link and before_link < end else heads[-1]
        ends_there = head == end - 1 or (head + 1 < end and doc[head + 1].lower_ in LINKS)
        if ends_there and end - start > 1:
            yield start, end, _kind(doc, start, end, kinds[doc[head].lower_])


def _kind(doc: Doc, start: int, end: int, kind: str) -> str:
    text = doc[start:end].text
    if re.search(r"\bNHS\b|\bPrimary Care\b|\bHealth Authority\b", text):
        return "nhs"
    return kind


def _capital_runs(doc: Doc) -> Iterator[Bounds]:
    """Capitalised words, with "of", "for", "the", "and", "'s" between them."""
    written = words_as_written(doc)
    i = 0
    while i < len(doc):
        if not written[i][0].isupper() or not _capital(doc, i):
            i += 1
            continue
        start = i
        end = i + 1
        while end < len(doc):
            link = end
            while (
                link < len(doc) and link - end < 3 and (doc[link].lower_ in LINKS or doc[link].text in ("'s", "'", "-"))
            ):
                link += 1
            if link < len(doc) and _capital(doc, link) and not doc[link].is_space and _same_name(doc, end, link):
                end = link + 1
            else:
                break
        yield start, end
        i = end


def _same_name(doc: Doc, end: int, link: int) -> bool:
    """ "X and Y" joins two bodies unless the first is still waiting for its object ("Work and Pensions")."""
    between = [token.lower_ for token in doc[end:link]]
    if not between:
        return True
    kinds = table("organisation_heads")
    if "and" in between or "&" in between:
        return doc[end - 1].lower_ not in kinds and "the" not in between
    if "'s" in between or "'" in between:  # the Prison Officers' Association
        return any(doc[i].lower_ in kinds for i in range(link, min(link + 3, len(doc))) if doc[i].is_title)
    return doc[end - 1].lower_ in kinds or doc[end - 2].lower_ in kinds or between[0] == "of" or between == ["-"]


def _capital(doc: Doc, i: int) -> bool:
    token = doc[i]
    if not token.is_alpha or not token.text[0].isupper() or token.lower_ in NO_NAMES:
        return False
    return not token.is_sent_start or token.tag_ in ("NNP", "NNPS")


def recognised(doc: Doc, taken: set[int]) -> Iterator[Found]:
    """What the entity recogniser calls ORG and no rule contradicts."""
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        start, end = ent.start, ent.end
        while start < end and (doc[start].lower_ in UNNAMING or doc[start].is_punct or doc[start].is_space):
            start += 1
        while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
            end -= 1
        cut = next((i for i in range(start, end) if doc[i].tag_ == "POS" or "(" in doc[i].text), end)
        end = cut if cut > start else end
        if start >= end or not taken.isdisjoint(range(start, end)):
            continue
        text = doc[start:end].text
        plain = end - start == 1 and not (text.isupper() and len(text) > 1)
        if (
            plain
            or text in NOT_BODIES
            or any(doc[i].lower_ in LAWS or not doc[start].text[0].isupper() for i in range(start, end))
        ):
            continue
        yield start, end, "other"
