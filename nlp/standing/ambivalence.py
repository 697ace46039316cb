"""Mixed views in so many words: split over it, in two minds, qualms, a guarded welcome, "in principle, but"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.standing.pledges import denied
from nlp.standing.stances import Stance, negated, subject_of
from nlp.surface import tokens_among

MIXED = "mixed"  # the kind of such a stance; it has no sign
TORN = frozenset("split divided torn undecided ambivalent agnostic neutral lukewarm".split())
DOUBTS = frozenset("qualms reservations ambivalence".split())
MINDS = {"minds": "two", "feelings": "mixed", "views": "mixed", "mind": "open"}  # "in two minds", "an open mind"
GUARDED = frozenset("cautiously guardedly tentatively broadly cautious guarded qualified lukewarm half-hearted".split())
WELCOMES = frozenset("welcomed welcomes welcome welcoming backed backs support supports supported".split())
PRINCIPLE = frozenset({"principle"})
ABOUT = frozenset({"over", "about", "on", "by", "towards", "toward", "to", "for", "of"})
TURNS = frozenset({"but", "though", "although", "however", "yet"})


def ambivalences(doc: Doc) -> Iterator[Stance]:
    """One for each holder and thing that the words set at odds; none where they are denied."""
    for token in tokens_among(doc, TORN | DOUBTS | MINDS.keys() | WELCOMES | PRINCIPLE):
        low = token.lower_
        if denied(token) or negated(token) or negated(token.head):
            continue
        torn = low in TORN and token.tag_ in ("VBN", "VBD", "JJ")
        minded = low in MINDS and any(child.lower_ == MINDS[low] for child in token.children)
        if torn or minded or low in DOUBTS:
            yield from _about(token, _subject(token), token)
        elif low in WELCOMES and any(child.lower_ in GUARDED for child in token.children):
            yield from _welcomed(token)
        elif low in PRINCIPLE and any(other.lower_ in TURNS for other in token.sent if other.i > token.i):
            verb = next((above for above in token.ancestors if above.pos_ == "VERB"), None)
            if verb is not None and token.head.lower_ == "in":
                yield from _welcomed(verb)


def _subject(token: Token) -> Token | None:
    """Whose views they are: the subject of the first verb above that has one."""
    for above in (token, *token.ancestors):
        if above.pos_ in ("VERB", "AUX", "ADJ"):
            found = subject_of(above) or next((c for c in above.children if c.dep_ == "nsubjpass"), None)
            if found is not None:
                return found
    return None


def _about(token: Token, subject: Token | None, verb: Token) -> Iterator[Stance]:
    """The things behind "over" or "about", at the word or at the verb that governs it."""
    if subject is None:
        return
    for above in (token, token.head, token.head.head):
        links = [c for c in above.children if c.dep_ == "prep" and c.lower_ in ABOUT and c.i > token.i]
        things = [c for link in links for c in link.children if c.dep_ == "pobj" or c.tag_ == "VBG"]
        if things:
            yield from (Stance(subject.i, thing.i, 0, MIXED, verb.i) for thing in things[:1])
            return


def _welcomed(word: Token) -> Iterator[Stance]:
    """ "cautiously welcomed the bill", "gave it a guarded welcome", "agreed in principle to it, but"."""
    subject = _subject(word)
    if subject is None:
        return
    things = [child for child in word.children if child.dep_ == "dobj"]
    if word.pos_ == "NOUN":
        given = [child for child in word.head.children if child.dep_ == "dative"]
        things = given + [child for link in given for child in link.children if child.dep_ == "pobj"]
    if things:
        yield Stance(subject.i, things[-1].i, 0, MIXED, word.i)
    else:
        yield from _about(word, subject, word)
