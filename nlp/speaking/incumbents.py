"""A speaker whom the text names by office alone, when the register says who held it on the article's day."""

from __future__ import annotations

from spacy.tokens import Span

from nlp.document import holdings
from nlp.speaking.cast import Member
from nlp.speaking.scene import Scene, Speaker

NAMED, UNNAMED = 0.9, 0.7  # the article names the holder too, or nowhere


def incumbent(scene: Scene, span: Span) -> Speaker | None:
    """The holder of the office that the source is; None when the source is something else, or nobody is known."""
    for holding in holdings(span.doc):
        start, end = holding.span
        if span.start_char <= start <= span.root.idx < end <= span.end_char:
            member = next((one for one in scene.cast.people if one.name == holding.name), None)
            role = span.doc._.oriented[start:end]
            sureness = UNNAMED if member is None else NAMED
            member = member or scene.unlisted.setdefault(holding.name, Member(holding.name, "person"))
            scene.offices.setdefault(role, member)
            return Speaker(member, sureness, role)
    return None
