"""Roles that stand apart from the name: "He was ports minister", "As ports minister, she …", an unnamed lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from nlp.naming.role_mentions import complement
from nlp.naming.role_phrases import NOUNLIKE, Bounds, is_head, left_edge, split_roles
from nlp.naming.roles_beside import predicated
from nlp.surface import tokens_among

GENDERS = {"he": "m", "she": "f"}
VAGUE = frozenset("member patient victim activist campaigner expert specialist prisoner student first last not".split())
LEADING = 60  # tokens: a lead is no longer


def of_pronouns(
    doc: Doc, mentions: Mapping[Bounds, int], genders: Sequence[str], *, people: frozenset[int]
) -> Iterator[tuple[int, Bounds]]:
    """(person, role) for "he was ports minister" where one person alone can be meant, and "as ports minister she …"."""
    starts = sorted(mentions)
    for bounds in starts:
        yield from ((mentions[bounds], role) for role in _as(doc, bounds[0], people))
    for token in tokens_among(doc, GENDERS):
        if token.dep_ not in ("nsubj", "nsubjpass"):
            continue
        roles = [*predicated(doc, token.i + 1, people=people), *_as(doc, token.i, people)]
        if roles:
            person = _meant(doc, token, starts, mentions, genders)
            if person is not None:
                yield from ((person, (a, b)) for a, b in roles if VAGUE.isdisjoint(t.lower_ for t in doc[a:b]))


def _as(doc: Doc, subject: int, people: frozenset[int]) -> Iterator[Bounds]:
    """ "As ports minister" before the subject at ``subject``."""
    stop = subject - (doc[subject - 1].text == "," if subject else 0)
    begin = next((i for i in range(stop - 1, max(-1, stop - 16), -1) if _breaks(doc[i]) or i in people), None)
    if begin is None or doc[begin].lower_ != "as":
        return
    start = begin + 1 + (doc[begin + 1].pos_ == "DET")
    if any(is_head(doc[i]) and left_edge(doc, i, people=people) <= start for i in range(start, stop)):
        yield from split_roles(doc, start, stop)


def _breaks(token: Token) -> bool:
    return token.lower_ == "as" or token.is_punct or token.is_space or token.pos_ in ("VERB", "AUX")


def _meant(
    doc: Doc, pronoun: Token, starts: Sequence[Bounds], mentions: Mapping[Bounds, int], genders: Sequence[str]
) -> int | None:
    """The one person whom the paragraph names before the pronoun, or the one before when it names nobody.

    Of several it is the one who alone is the subject in the sentence of the pronoun or the last one before that.
    """
    end = pronoun.i
    for _ in range(2):
        begin = paragraph_start(doc, end - 1)
        named = [bounds for bounds in starts if begin <= bounds[0] < end]
        fits = {mentions[b] for b in named if genders[mentions[b]] in ("", GENDERS[pronoun.lower_])}
        if len(fits) > 1:
            last = doc[named[-1][0]].sent.start
            acting = [b for b in named if b[0] >= last and doc[b[1] - 1].dep_ in ("nsubj", "nsubjpass")]
            fits &= {mentions[b] for b in acting}
        if named:
            return fits.pop() if len(fits) == 1 else None
        end = begin
    return None


def paragraph_start(doc: Doc, i: int) -> int:
    """The first token of the paragraph that token ``i`` or the break before it ends."""
    while i > 0 and doc[i].is_space:
        i -= 1
    while i > 0 and not (doc[i - 1].is_space and "\n" in doc[i - 1].text):
        i -= 1
    return max(i, 0)


def of_lead(doc: Doc, mentions: Mapping[Bounds, int], *, people: frozenset[int]) -> Iterator[tuple[int, Bounds]]:
    """(person, role) for a lead that tells of "a peer" and names nobody, when the next paragraph opens with a name."""
    breaks = [token.i for token in doc if token.is_space and "\n" in token.text][:3]
    for begin, end in zip([-1, *breaks], breaks, strict=False):
        lead = range(begin + 1, end)
        if len(lead) > LEADING or doc[end - 1].text not in (".", '"') or any(i in people for i in lead):
            continue
        named = next((bounds for bounds in sorted(mentions) if bounds[0] > end), None)
        heads = [i for i in lead if is_head(doc[i]) and _acts(doc[i])]
        if named is None or len(heads) != 1 or not _opens(doc, *named, end + 1):
            return
        start = left_edge(doc, heads[0], people=people)
        owned = any(token.tag_ == "POS" for token in doc[start : heads[0]])  # London's most senior officer
        if start > begin + 1 and (doc[start - 1].lower_ in ("a", "an", "the") or (owned and doc[start - 1].is_punct)):
            yield mentions[named], (start, min(end, complement(doc, heads[0], people)))
        return


def _acts(token: Token) -> bool:
    """A subject, or whom a passive says it was done by."""
    by = token.dep_ == "pobj" and token.head.lower_ == "by"
    return token.dep_ in ("nsubj", "nsubjpass") or by


def _opens(doc: Doc, start: int, end: int, begin: int) -> bool:
    """Nothing but a role stands before the name; it is the subject of what follows, or has an apposition of its own."""
    first = all(doc[i].pos_ in NOUNLIKE or doc[i].lower_ in ("of", "the", "for") for i in range(begin, start))
    return first and (doc[end - 1].dep_ in ("nsubj", "nsubjpass") or doc[end : end + 1].text == ",")
