"""Whom a source names: the person or body that it is itself, not one to whom it belongs or whom it speaks about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Span

from nlp.records import Span as Chars
from nlp.speaking import descriptions
from nlp.speaking.cast import Member
from nlp.speaking.scene import Scene, Speaker
from nlp.speaking.titles import POSSIBLE, SURE

GOVERNING = frozenset("for of by including to with like from at against on among than as".split())
NAMED = 0.97


def named(scene: Scene, span: Span) -> Speaker | None:
    """The person or body that the source names, or a group of them; None when it only describes."""
    root, end = span.root, _without_clause(span)
    places = [
        (member, chars)
        for member, chars in scene.cast.within(span.start_char, end)
        if _is_source_itself(span, chars) or _is_introduced(span, member, chars)
    ]
    members = list(dict.fromkeys(member for member, _ in places))
    people = [member for member in members if member.kind == "person"]
    several = people or members
    if len(several) > 1 and _coordinated(span, [chars for member, chars in places if member in several]):
        names = [member.name for member in several]
        return Speaker(Member(f"{', '.join(names[:-1])} and {names[-1]}", "group"), SURE)
    if people:
        role = next(
            (r.title for r in people[0].roles if span.start_char <= r.span[0] and r.span[1] <= span.end_char), None
        )
        return Speaker(people[0], NAMED, role)
    bodies = [member for member, chars in places if _is_named_as_body(span, chars, end)]
    if bodies:
        return Speaker(bodies[-1], SURE)
    maker = [m for m, chars in scene.cast.within(span.start_char, span.end_char) if _after_by(span, chars)]
    return Speaker(maker[0], POSSIBLE) if maker and root.pos_ == "PROPN" else None


def _without_clause(span: Span) -> int:
    """The character at which a relative clause of the source begins, or else its end: who is named there is another."""
    clauses = (t.i for t in span[1:] if t.lower_ in ("who", "which", "whose") and span.root.i < t.i)
    first = next(clauses, span.end)
    return int(span.doc[first - 1].idx + len(span.doc[first - 1]))


def _is_named_as_body(span: Span, chars: Chars, end: int) -> bool:
    """Whether a body's mention is the source: its head, what stands in apposition to it, or a name before "party".

    Labour MPs and EU citizens are neither Labour nor the EU.
    """
    root = span.root
    if root.lower_ in descriptions.NOT_BODIES:
        return False
    if chars[0] <= root.idx < chars[1] or root.pos_ == "PROPN" or chars[1] >= end - 1:
        return True
    return root.lower_ in descriptions.BODIES or root.lower_ in descriptions.SORTS


def _is_introduced(span: Span, member: Member, chars: Chars) -> bool:
    """The spokesman for sport Ada Quill, the union's Ada Quill: her role holds the head, or an 's stands before."""
    if member.kind != "person" or chars[1] < span.end_char - 1:
        return False
    owned = span.doc._.oriented[: chars[0]].endswith(("'s ", "s' "))
    return owned or any(role.span[0] <= span.root.idx < role.span[1] <= chars[0] for role in member.roles)


def _is_source_itself(span: Span, chars: Chars) -> bool:
    """Whether a mention within the source is the source and not what it belongs to (X's aide, a friend of X)."""
    text = span.doc._.oriented
    if text[chars[1] : chars[1] + 2] in ("'s", "' ") and chars[1] < span.end_char:
        return False
    if chars[0] <= span.root.idx < chars[1]:
        return True
    if span.root.lower_ in descriptions.PERSONAL and chars[1] >= span.end_char - 4:  # leader of the house Jane Smith
        previous = span.doc.char_span(chars[0] - 2, chars[0] - 1, alignment_mode="expand")
        if previous and previous[-1].pos_ in ("NOUN", "PROPN"):
            return True
    before = text[span.start_char : chars[0]].lower()
    if "including" in before or "such as" in before:
        return False
    return GOVERNING.isdisjoint(before.rpartition(",")[2].split())


def _coordinated(span: Span, places: Sequence[Chars]) -> bool:
    """A, B and C: nothing but commas, conjunctions, articles and titles between the names."""
    text = span.doc._.oriented
    between = [text[one[1] : other[0]] for one, other in pairwise(places)]
    words = {word for gap in between for word in gap.lower().replace(",", " ").split()}
    return "and" in words and words <= {"and", "the", "both", "mr", "mrs", "ms", "dr", "sir", "lord"}


def _after_by(span: Span, chars: Chars) -> bool:
    return bool(span.doc._.oriented[span.start_char : chars[0]].rstrip().endswith(" by"))
