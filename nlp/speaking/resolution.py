"""From the source as it stands to the speaker: a name, a body, a description, a pronoun, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from nlp.records import Quote
from nlp.speaking import descriptions
from nlp.speaking.bystanders import bystanders
from nlp.speaking.cast import Cast, Member
from nlp.speaking.named import named
from nlp.speaking.pronouns import GENDERS
from nlp.speaking.references import described
from nlp.speaking.scene import Scene, Speaker
from nlp.speaking.titles import POSSIBLE, SURE, office
from nlp.speaking.unlisted import unlisted

MET = 4  # words from which a description introduces somebody
LEAD = 2  # quotes at the top whose speaker may be named only below
KINDS = {"it": ("organisation",), "they": ("organisation", "group"), "we": ("organisation", "group")}
SINGLE = ("person", "unnamed")


def resolve(doc: Doc, cast: Cast, quotes: Sequence[Quote]) -> list[Speaker | None]:
    """One speaker for each quote, in the order given (the text's), or None; the lead's are looked for below it."""
    scene = Scene(doc, cast, quotes)
    found: list[Speaker | None] = []
    aside = list(bystanders(doc, cast, quotes))
    headline = scene.text.find("\n")  # nobody has spoken yet, and who is told is not who tells
    for quote in quotes:
        place = (quote.source or quote.cue or quote.content)[0][0]
        while aside and aside[0].start_char < place:
            seen = aside.pop(0)
            scene.sees(described(scene, seen).member, seen)
        span = doc.char_span(quote.source[0][0], quote.source[-1][1], alignment_mode="expand") if quote.source else None
        speaker = (
            _of_source(scene, span) if span is not None else _floating(scene, place) if place >= headline else None
        )
        if speaker is not None:
            scene.remember(place, speaker, span, thing=span is not None and _is_thing(span, scene))
        found.append(speaker)
    for index in reversed(range(min(LEAD, len(found)))):
        found[index] = _from_below(found[index], found[index + 1 : index + 4])
    return found


def _is_thing(span: Span, scene: Scene) -> bool:
    """A document that speaks for whoever made it, or "it" again for the same document."""
    word = span.root.lower_
    again = word == "it" and bool(scene.spoken) and scene.spoken[-1].thing
    return again or word in descriptions.DOCUMENTS or " by " in span.text


def _of_source(scene: Scene, span: Span) -> Speaker | None:
    word = span.root.lower_
    if len(span) == 1 and word in GENDERS:
        return scene.salient(span.start_char, kinds=SINGLE, gender=GENDERS[word], pronoun=span.root)
    if word == "it" and scene.spoken and scene.spoken[-1].thing:
        return Speaker(scene.spoken[-1].speaker.member, 0.6)
    if len(span) == 1 and word in KINDS:
        return scene.salient(span.start_char, kinds=KINDS[word])
    found = _together(scene, span) or named(scene, span) or unlisted(scene, span) or described(scene, span)
    return _named_next(scene, span) or found if found.member.kind == "unnamed" else found


def _named_next(scene: Scene, span: Span) -> Speaker | None:
    """The union's president said so. Ada Quill said: whom the next sentence names for the first time, and nothing is
    said of what they are."""
    definite = span[0].lower_ == "the" or any(token.tag_ == "POS" for token in span)
    if not definite or span.root.lower_ in descriptions.UNNAMED or len(span) < MET:
        return None
    follows = span.sent.end
    while follows < len(span.doc) and span.doc[follows].is_space:
        follows += 1
    if follows >= len(span.doc):
        return None
    place = span.doc[follows].idx
    people = [m for m, chars in scene.cast.within(place, place + 1) if m.kind == "person" and m.mentions[0] == chars]
    return Speaker(people[0], POSSIBLE) if people and not people[0].roles else None


def _together(scene: Scene, span: Span) -> Speaker | None:
    """Both the mayor and Daniel Osei: each part for itself, when at least one is a name and all are known."""
    parts = _parts(span)
    each = [named(scene, part) for part in parts]
    taken = [speaker.member for speaker in each if speaker is not None]
    known = [
        _apart(scene, part, taken) if speaker is None else speaker for speaker, part in zip(each, parts, strict=True)
    ]
    members = list(dict.fromkeys(speaker.member for speaker in known if speaker is not None))
    if len(members) < 2 or not all(member.mentions for member in members):
        return None
    names = [member.name for member in members]
    return Speaker(Member(f"{', '.join(names[:-1])} and {names[-1]}", "group"), SURE)


def _apart(scene: Scene, part: Span, taken: Sequence[Member]) -> Speaker | None:
    """Whom a part describes, who is none of those that the other parts name."""
    speaker = described(scene, part)
    return office(scene, part, apart_from=taken) if speaker.member in taken else speaker


def _parts(span: Span) -> list[Span]:
    """The noun phrases that "and" joins at the top of the source; empty when it is one."""
    heads, head = [span.root], span.root
    while (after := next((t for t in head.rights if t.dep_ == "conj" and t.i < span.end), None)) is not None:
        heads.append(after)
        head = after
    if len(heads) < 2 or not any(t.lower_ == "and" and t.dep_ == "cc" and t.head in heads for t in span):
        return []
    starts = [span.start + (span[0].lower_ == "both"), *(max(h.left_edge.i, p.i + 1) for p, h in pairwise(heads))]
    ends = [next(i for i in range(nxt, 0, -1) if not _joins(span.doc[i - 1])) for nxt in starts[1:]]
    bounds = list(zip(starts, [*ends, span.end], strict=True))
    return [span.doc[a:b] for a, b in bounds] if all(a < b for a, b in bounds) else []


def _joins(token: Token) -> bool:
    return token.dep_ == "cc" or token.is_punct


def _floating(scene: Scene, place: int) -> Speaker | None:
    """No word of who said it: the subject of the sentence before, or who spoke last."""
    member = scene.subject_before(place)
    if member is not None and member.kind == "person":
        return Speaker(member, 0.6)
    return Speaker(scene.last.member, 0.6) if scene.last else None


def _is_introduction(member: Member) -> bool:
    """A description by which the lead introduces the one whom the text below names: the city's most senior officer."""
    words = member.name.lower().split()
    return not member.mentions and (words[0] == "new" or (member.kind == "unnamed" and len(words) > 2))


def _from_below(now: Speaker | None, later: Sequence[Speaker | None]) -> Speaker | None:
    """A headline's speaker, or "a minister" of the lead: the first below that it can be."""
    below = [speaker for speaker in later if speaker is not None]
    if now is None:
        return Speaker(below[0].member, POSSIBLE) if below else None
    words = now.member.name.lower().split()
    bare = len(words) == 1 and now.member.kind == "unnamed"  # Pier to close, says minister
    if words[0] not in ("a", "an") and not bare and not _is_introduction(now.member):
        return now
    wanted = "organisation" if now.member.kind == "organisation" else "person"
    if descriptions.UNNAMED.isdisjoint(words) and now.member.kind in ("organisation", "unnamed"):
        for speaker in below:
            if speaker.member.kind == wanted and speaker.member.name.lower().split()[0] not in ("a", "an"):
                return Speaker(speaker.member, POSSIBLE)
    return now
