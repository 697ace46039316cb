"""Services that a list names: "services including A and B detox, C, D and E"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

Bounds = tuple[int, int]
LIST_HEADS = frozenset({"services", "service", "treatments", "clinics", "facilities"})
STOPS = frozenset({".", ";", ":", "(", ")", '"', "?", "!"})
VERB_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})


def listed_services(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """(first token, end token, kind) of each member: commas split, "and" only before the last."""
    for i, token in enumerate(doc):
        if token.lower_ not in LIST_HEADS or i + 2 >= len(doc):
            continue
        start = i + 1 + (doc[i + 1].text == ",")
        if doc[start].lower_ in ("including", "like"):
            start += 1
        elif doc[start].lower_ == "such" and doc[start + 1].lower_ == "as":
            start += 2
        else:
            continue
        members = list(_members(doc, start))
        if len(members) > 1:
            yield from ((first, last, "public") for first, last in members)


def _members(doc: Doc, start: int) -> Iterator[Bounds]:
    end = start
    while end < len(doc) and not _list_ends(doc[end]):
        end += 1
    commas = [i for i in range(start, end) if doc[i].text == ","]
    cuts = [start - 1, *commas]
    for n, cut in enumerate(cuts):
        stop = cuts[n + 1] if n + 1 < len(cuts) else end
        begin = cut + 1
        if n == len(cuts) - 1:
            joint = [i for i in range(begin, stop) if doc[i].lower_ in ("and", "or")]
            if joint and joint[0] == begin:
                begin += 1
            elif joint:
                yield from _trim(doc, begin, joint[0])
                begin = joint[0] + 1
        yield from _trim(doc, begin, stop)


def _list_ends(token: Token) -> bool:
    return token.text in STOPS or token.is_space or token.tag_ in VERB_TAGS or token.lower_ in ("who", "which", "that")


def _trim(doc: Doc, start: int, end: int) -> Iterator[Bounds]:
    while start < end and doc[start].pos_ in ("DET", "PRON", "CCONJ"):
        start += 1
    if 0 < end - start <= 8 and any(not token.is_stop for token in doc[start:end]):
        yield start, end
