"""Whose view a clause tells: "growers say the levy is a sham", "denied that it was", "dismissed claims that it was"."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from nlp.standing.pledges import DENIALS
from nlp.standing.stances import subject_of
from nlp.wordlists import rows

CLAIMS = frozenset(
    "claim claims suggestion suggestions fears accusations allegations criticism criticisms idea".split()
)
DENYING = frozenset("dismiss reject deny refute rebut dispute counter".split())
FEARS = frozenset({"fear", "worry", "warn"})


@lru_cache(maxsize=1)
def saying() -> frozenset[str]:
    """Every form of a reporting verb."""
    return frozenset(word for row in rows("reporting_words") for word in row[0].split())


def held(verb: Token, sign: int) -> tuple[int, int]:
    """Whose view it is (the verb itself: its speaker's), and the sign under "fears that" and "denies that"."""
    who, cue = _thinker(verb)
    lemma = cue.lemma_.lower() if cue is not None else ""
    denied = lemma in DENIALS or lemma in DENYING
    return verb.i if who is None else who.i, -1 if lemma in FEARS else -sign if denied else sign


def _thinker(verb: Token) -> tuple[Token | None, Token | None]:
    """Who is said to say or think what the verb tells, and the verb of saying or of "dismissed claims that"."""
    for above in verb.ancestors:
        if above.lower_ in CLAIMS and above.dep_ == "dobj" and above.head.lemma_.lower() in DENYING:
            return subject_of(above.head), above.head
        if above.lower_ in saying():
            subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
            if subject is not None and not (verb.left_edge.i <= subject.i <= verb.right_edge.i):
                return subject, above
    return None, None
