"""What a description of a source points back to: a role, a body, a document and who made it, or a speaker before."""

from __future__ import annotations

from spacy.tokens import Span

from nlp.speaking import descriptions
from nlp.speaking.cast import Member, key
from nlp.speaking.incumbents import incumbent
from nlp.speaking.pronouns import GENDERS
from nlp.speaking.scene import Scene, Speaker
from nlp.speaking.titles import POSSIBLE, by_role, office
from nlp.surface import tokens_among

LIKELY = 0.7
TOP = 600  # characters in which the body is named that an article is about
PARLIAMENTARY = ("members", "mps", "peers")


def described(scene: Scene, span: Span) -> Speaker:
    """The speaker behind a source that is no name."""
    word = span.root.lower_
    known = None
    if word in descriptions.DOCUMENTS:
        known = _of_document(scene, span)
    elif descriptions.is_definite(span) or word in PARLIAMENTARY or span.text == "PM":
        known = (
            by_role(scene, span)
            or incumbent(scene, span)
            or _members(scene, span)
            or _spoke_before(scene, span)
            or _body(scene, span)
            or _person(scene, span)
            or office(scene, span)
        )
    return known or Speaker(new_member(span), LIKELY)


def new_member(span: Span) -> Member:
    """A speaker that the article does not name: its description serves as its name."""
    gender = {"spokesman": "m", "spokeswoman": "f", "man": "m", "woman": "f"}.get(span.root.lower_, "")
    kind = descriptions.speaker_type(span.root)
    thing = kind == "unnamed" and descriptions.is_thing(span.root)
    return Member(descriptions.described(span), kind, gender=gender, sort="thing" if thing else "")


def _members(scene: Scene, span: Span) -> Speaker | None:
    """MPs, the MPs, members: those of the one committee that the article goes back to."""
    if span.root.lower_ not in PARLIAMENTARY or len(span) > 1 + (span[0].lower_ == "the"):
        return None
    committees = [m for m in scene.cast.organisations if "committee" in m.words and len(m.words) > 1]
    if not committees:
        return None
    first = min(committees, key=lambda member: member.mentions[0])
    early = first.mentions[0][0] < TOP
    often = sum(1 for _ in tokens_among(span.doc, ("committee",))) > 1
    return Speaker(first, POSSIBLE) if early or (often and len(committees) == 1) else None


def _spoke_before(scene: Scene, span: Span) -> Speaker | None:
    """The one last introduced with the same head word, unless this description says more than that one did."""
    word = span.root.lower_
    same = {word, *(other for other, sort in descriptions.SORTS.items() if sort == descriptions.SORTS.get(word))}
    before = [(spoken.source, spoken.speaker.member) for spoken in scene.spoken if spoken.source is not None]
    before += [(source, member) for member, source in scene.seen]
    fits = [row for row in before if row[0].root.lower_ in same and row[1].kind != "person"]
    if not fits:
        return None
    source, member = max(fits, key=lambda row: row[0].start)
    fuller = len(span) > len(source) or _has_own_name(span)
    return None if fuller and len(span) > 3 else Speaker(member, LIKELY)


def _has_own_name(span: Span) -> bool:
    return any(token.dep_ == "prep" and token.head == span.root for token in span)


def _body(scene: Scene, span: Span) -> Speaker | None:
    """The organisation with this head word in its name that was named last before, or else first after."""
    word = span.root.lower_
    sort = descriptions.SORTS.get(word)
    if (word not in descriptions.BODIES and sort is None) or _has_own_name(span):
        return None
    bare = len(span) == 2
    fits = [
        (start > span.start_char, abs(span.start_char - start), index)
        for index, member in enumerate(scene.cast.organisations)
        for start, _ in member.mentions
        if word in member.words or (bare and sort == member.sort and start < span.start_char)
    ]
    return Speaker(scene.cast.organisations[min(fits)[2]], LIKELY) if fits else None


def _person(scene: Scene, span: Span) -> Speaker | None:
    """A description that says something new of the person on stage (the 52-year-old, the Leeds MP)."""
    root = span.root
    if root.lower_ not in descriptions.PERSONAL or root.tag_ not in ("NN", "NNP"):
        return None
    if root.lower_ in descriptions.OFFICES:
        return None
    salient = scene.salient(span.start_char, kinds=("person",))
    if salient is None or salient.confidence < POSSIBLE:
        return None
    clash = any(key(role.title.split()[-1]) == key(root.text) for role in salient.member.roles if role.title)
    if clash and root.lower_ != "mp":
        return None
    return Speaker(salient.member, 0.8 * salient.confidence, descriptions.described(span))


def _of_document(scene: Scene, span: Span) -> Speaker | None:
    """A report speaks for the body or person that made it; "it was done for" is not who made it."""
    if span.root.lower_ in descriptions.POLLS:
        pollsters = [member for member in scene.cast.organisations if member.name in descriptions.POLLSTERS]
        if len(pollsters) == 1:
            return Speaker(pollsters[0], LIKELY)
    makers = [
        (not _done_by(span, chars[0]), member.kind != "person" and " by " in span.text, -chars[0], member)
        for member, chars in scene.cast.within(span.start_char, span.end_char)
        if not _done_for(span, chars[0])
    ]
    if makers:
        return Speaker(min(makers, key=lambda row: row[:3])[3], LIKELY)
    owner = next((token for token in span if token.dep_ == "poss" and token.head == span.root), None)
    if owner is not None and owner.pos_ == "NOUN" and owner.lower_ not in descriptions.DOCUMENTS:
        return described(scene, span.doc[owner.left_edge.i : owner.i + 1])
    if owner is not None and owner.lower_ in ("his", "her"):
        return scene.salient(span.start_char, kinds=("person",), gender=GENDERS[owner.lower_], pronoun=owner)
    if not descriptions.is_definite(span):
        return None
    for spoken in reversed(scene.spoken):
        word = spoken.source.root.lower_ if spoken.source is not None else ""
        if spoken.speaker.member.kind == "organisation" or word in descriptions.DOCUMENTS:
            return Speaker(spoken.speaker.member, 0.6)
    return None


def _done_by(span: Span, place: int) -> bool:
    return " by " in span.doc._.oriented[span.start_char : place]


def _done_for(span: Span, place: int) -> bool:
    before = span.doc._.oriented[span.start_char : place].lower().split()
    return next((word for word in reversed(before) if word not in ("the", "a", "an")), "") == "for"
