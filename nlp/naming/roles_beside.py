"""Where a role stands beside a name: before it, before it with a comma, after it in apposition, after "is" and "as"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.naming.role_phrases import (
    CLOSERS,
    FINITE,
    LONGEST,
    NOUNLIKE,
    PREPOSITIONS,
    Bounds,
    is_head,
    is_plural_head,
    left_edge,
    phrase_end,
    split_roles,
)

HOLDING = frozenset(
    {"sits", "chairs", "chaired", "leads", "heads", "runs", "directs", "represents", "edits", "founded", "headed"}
)
TEAMS = frozenset({"team", "couple", "duo", "pair", "brothers", "sisters"})
COPULAS = frozenset(
    {"is", "was", "be", "been", "being", "become", "becomes", "became", "becoming", "remains", "remained"}
)
MADE = frozenset({"appointed", "elected", "named", "made", "re-elected", "crowned"})
ACTING = frozenset(  # what is done as the holder of an office
    "serve serves served serving work works worked working resign resigned resigning quit retire retired down over off "
    "continue continued sacked sidelined confirmed reappointed appointed act acts acted acting sit sits sat".split()
)
UNSURE = frozenset({"would", "could", "might", "should", "may", "not", "n't", "never", "if"})
HONOURS = frozenset({"most", "right", "very", "rt", "reverend", "rev", "revd", "hon", "honourable", "late"})
OPENS = frozenset({"the", "its", "their", "his", "her", "a", "an", "our", "my"})
DASHES = frozenset({"-", "–", "—"})


def before(doc: Doc, start: int, *, people: frozenset[int]) -> Iterator[Bounds]:
    """Roles that stand right before the name at token ``start``: "shadow health secretary", "leader of X"."""
    if start == 0 or (doc[start].is_sent_start and doc[start - 1].is_space):
        return
    last = start - 1
    if doc[last].text in (")", "]"):
        start, last = last, last - 1  # (ports minister) Ada Quill
    if is_head(doc[last]) or is_plural_head(doc[last]):
        edge = _past_age(doc, left_edge(doc, last, people=people))
        if any(token.lower_ == "both" for token in doc[max(0, edge - 2) : edge]):  # both the mayor and Bishop Ada Quill
            yield list(split_roles(doc, edge, start))[-1]
            return
        if not any(token.tag_ == "POS" for token in doc[max(0, edge - LONGEST) : edge]):
            yield from before_comma(doc, edge, people=people)  # the chairman of the board, Labour MP Ada Quill
        yield from split_roles(doc, edge, start)
        return
    if doc[last].lower_ in TEAMS and is_head(doc[last - 1]):
        yield last - 1, last
        return
    if doc[last].text in DASHES and is_plural_head(doc[last - 1]):  # two peers - Ada Quill and Ida Wren - agreed
        yield left_edge(doc, last - 1, people=people), last
        return
    edge = last
    while edge > max(0, start - LONGEST) and _inside_phrase(doc, edge, people):
        if is_head(doc[edge]) and doc[edge + 1].lower_ in ("of", "for", "at") and edge + 2 < start:
            yield left_edge(doc, edge, people=people), start
            return
        edge -= 1


def _inside_phrase(doc: Doc, i: int, people: frozenset[int]) -> bool:
    token = doc[i]
    if token.text == ",":  # minister for Ports, Fish and Tides Ada Quill
        return doc[i - 1].is_title and doc[i + 1].is_title and i + 1 not in people
    plain = token.lower_ in ("the", "of", "for", "at", "and", "'s", "'", "-")
    return i not in people and (plain or (token.is_alpha and token.pos_ in NOUNLIKE))


def before_comma(doc: Doc, start: int, end: int = 0, *, people: frozenset[int]) -> Iterator[Bounds]:
    """ "The director of public prosecutions, Ken Macdonald,": a noun phrase, a comma, the name.

    Without the ``end`` of the name, another role stands between the comma and the name.
    """
    while start > 1 and doc[start - 1].lower_ in HONOURS:
        start -= 1
    if start > 1 and doc[start - 1].lower_ == "the":
        start -= 1
    comma = start - 1
    if comma < 1 or doc[comma].text != ",":
        return
    closed = not end or (end < len(doc) and (doc[end].text in (",", ".", "-") or doc[end].lower_ == "qc"))
    for head in range(comma - 1, max(-1, comma - LONGEST), -1):
        token = doc[head]
        if head in people or token.text in CLOSERS or token.tag_ in FINITE or token.is_space:
            return
        several = head + 1 == comma and is_plural_head(token)
        if several or (is_head(token) and (head + 1 == comma or _has_complement(doc, head, comma))):
            edge = left_edge(doc, head, people=people)
            opens = doc[edge].is_sent_start or (edge > 0 and doc[edge - 1].lower_ in OPENS)
            inside = closed and end and edge > 0 and (doc[edge - 1].pos_ in ("ADP", "VERB", "CCONJ", "NUM") or several)
            clause = edge < 2 or doc[edge].is_sent_start or doc[edge - 1].is_sent_start
            if inside or (opens and (closed or clause)):
                parts = list(split_roles(doc, edge, head + 1))
                yield from parts[:-1]
                yield parts[-1][0], comma
            return


def _has_complement(doc: Doc, head: int, comma: int) -> bool:
    after = doc[head + 1]
    general = after.lower_ == "general" and head + 2 < comma  # director general for Europe
    return (doc[head + 2] if general else after).lower_ in ("of", "for", "at", "in", "to", "on")


def after(doc: Doc, end: int, *, people: frozenset[int]) -> Iterator[Bounds]:
    """Roles that follow the name that ends at token ``end``, in apposition or after a copula."""
    if end + 1 >= len(doc):
        return
    token, following = doc[end], doc[end + 1]
    if token.lower_ == "who" or (token.text == "," and following.lower_ in ("who", "which")):
        verb = end + 2 if token.text == "," else end + 1
        if verb < len(doc) and doc[verb].lower_ in HOLDING:
            stop = phrase_end(doc, verb + 1, people=people)
            if stop > verb + 1:
                yield verb, stop
            return
        yield from predicated(doc, verb, people=people)
    elif token.text == "," and following.like_num and end + 3 < len(doc) and doc[end + 2].text == ",":
        yield from _apposition(doc, end + 3, people=people)  # Ada Quill, 58, MP for Moor
    elif token.text == "," or _dash(token):
        yield from _apposition(doc, end + 1, people=people)
    elif token.lower_ == "as":
        yield from _apposition(doc, end + 1, people=people, cut=True)
    else:
        yield from predicated(doc, end, people=people)


def predicated(doc: Doc, end: int, *, people: frozenset[int]) -> Iterator[Bounds]:
    """ "was", "is to become", "has served as", "was elected": the role that a verb gives to the subject before."""
    for i in range(end, min(end + 8, len(doc) - 1)):
        word, following = doc[i].lower_, doc[i + 1].lower_
        if word in UNSURE:
            return
        if word in COPULAS or word in MADE or (word == "as" and i > end and doc[i - 1].lower_ in ACTING):
            found = list(_apposition(doc, i + 1, people=people, cut=True))
        elif doc[i].pos_ in ("AUX", "ADV", "PART", "VERB") or (doc[i].pos_ == "ADP" and following == "as"):
            found = []
        else:
            return
        if found:
            yield from found
            return


def _dash(token: Token) -> bool:
    return token.text in DASHES and bool(token.whitespace_)


def _apposition(doc: Doc, start: int, *, people: frozenset[int], cut: bool = False) -> Iterator[Bounds]:
    """The roles of the noun phrase at ``start``; with ``cut`` words that are no complement may follow the noun."""
    begin = start
    while start < len(doc) and (doc[start].pos_ in ("DET", "PRON") or doc[start].lower_ in ("now", "also", "then")):
        if doc[start].lower_ in ("no", "any", "every"):
            return
        start += 1
    start = _past_owner(doc, start, people)
    start = _past_age(doc, start)
    stop = phrase_end(doc, start, people=people)
    head = next((i for i in range(start, stop) if is_head(doc[i]) and not _inside_compound(doc, i, stop)), None)
    if head is None or not all(doc[i].pos_ in NOUNLIKE for i in range(start, left_edge(doc, head, people=people))):
        return
    goes_on = head + 1 < stop and doc[head + 1].lower_ in PREPOSITIONS | {"and"}
    if head + 1 < stop and not goes_on and (cut or doc[head + 1].tag_ == "VBG"):  # the lawyer representing Ada Quill
        stop = head + 1
    elif head + 1 < stop and not goes_on:
        return
    if stop < len(doc) and stop in people and doc[stop - 1].text != ",":
        return  # the role belongs to the next name in a list
    if stop < len(doc) and doc[stop].tag_ in FINITE and doc[head].dep_ in ("nsubj", "nsubjpass") and start > begin:
        return  # Echoing Ada Quill, the mayor said
    yield from split_roles(doc, start, stop)


def _past_owner(doc: Doc, start: int, people: frozenset[int]) -> int:
    """Past "Ada Quill's" in "Ada Quill's former press secretary"."""
    i = start
    while i < len(doc) and i in people:
        i += 1
    return i + 1 if start < i < len(doc) and doc[i].tag_ == "POS" else start


def _past_age(doc: Doc, start: int) -> int:
    """Past "25-year-old" or what is left of it."""
    old = next((i for i in range(start, min(start + 6, len(doc))) if doc[i].lower_ in ("old", "year-old")), None)
    aged = old is not None and any(token.lower_ in ("year", "year-old") for token in doc[start : old + 1])
    return old + 1 if old is not None and aged else start


def _inside_compound(doc: Doc, i: int, stop: int) -> bool:
    return i + 1 < stop and (is_head(doc[i + 1]) or doc[i + 1].tag_ == "POS")
