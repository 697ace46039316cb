"""Whom a description means by the office that it names: the home secretary, the Tory leader, the union's president."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Span

from nlp.document import ever_held
from nlp.naming.role_mentions import QUALIFYING
from nlp.speaking import descriptions
from nlp.speaking.cast import Member, key, keys
from nlp.speaking.scene import Scene, Speaker

SURE, TIED, POSSIBLE = 0.9, 0.6, 0.5
PAST = frozenset({"former", "ex"})  # the former minister may be one whom the article has called a minister


def by_role(scene: Scene, span: Span) -> Speaker | None:
    """The person of whom one role, with party and employer, repeats the description; an office of the same rank."""
    head = span.root.lower_.rpartition("-")[2]  # the chairman of "co-chairman"
    head = "minister" if head == "pm" else head
    if span.root.tag_ not in ("NN", "NNP") or head not in descriptions.PERSONAL | descriptions.SPOKESPEOPLE:
        return None
    telling = [token for token in span if token.tag_[:2] in ("NN", "JJ") or token.lower_ in QUALIFYING]
    wanted = keys(" ".join(token.text for token in telling))
    named = keys(" ".join(token.text for token in telling if token.tag_[:3] == "NNP" and token != span.root))
    fits = []
    for member in scene.cast.people:
        shared = max(
            (len(wanted & words) for words in _roles(member) if _repeats(wanted, named, key(head), words)),
            default=0,
        )
        if shared * 2 > len(wanted):
            before = [start for start, _ in member.mentions if start < span.start_char]
            fits.append((shared, max(before, default=-1), member))
    if not fits:
        return None
    best = max(fits, key=lambda row: row[:2])
    alone = sum(row[0] == best[0] for row in fits) == 1
    return Speaker(best[2], SURE if alone else TIED, descriptions.described(span))


def _roles(member: Member) -> Iterator[frozenset[str]]:
    """The words of each role with those of the bodies stated for them; of a peerage too."""
    for role in member.roles:
        yield keys(role.title) | keys(role.organisation or "") | member.bodies
    if not member.roles or "peer" in member.words:
        yield member.words - QUALIFYING


def _repeats(wanted: frozenset[str], named: frozenset[str], head: str, words: frozenset[str]) -> bool:
    """Same rank, nothing shadow, deputy or former about one alone, and no name that the role doesn't have.

    A secretary of state is a minister; a minister of the same department is not its secretary.
    """
    if head not in words and not (head == "minister" and "secretary" in words):
        return False
    ours, theirs = wanted & QUALIFYING, words & QUALIFYING
    same = ours - PAST == theirs - PAST if ours & PAST else ours == theirs
    return same and named <= words | PAST


def office(scene: Scene, span: Span, *, apart_from: Collection[Member] = ()) -> Speaker | None:
    """An office whose holder the article takes for known: the one on stage of whom it states no role at all."""
    word = "minister" if span.root.text == "PM" else span.root.lower_
    if word not in descriptions.OFFICES or any(token.lower_ == "shadow" or token.dep_ == "poss" for token in span):
        return None
    title = descriptions.described(span)
    holder = scene.offices.get(title)
    if holder is None:
        placed = (member for member in scene.cast.people if member.roles or _is_somebody_s(scene, member))
        never = (member for member in scene.cast.people if ever_held(scene.doc, title, member.name) is False)
        others = {*apart_from, *scene.offices.values(), *placed, *never}
        salient = scene.salient(span.start_char, kinds=("person",), apart_from=others)
        if salient is None:
            return None
        holder = scene.offices.setdefault(title, salient.member)
    return Speaker(holder, POSSIBLE, title)


def _is_somebody_s(scene: Scene, member: Member) -> bool:
    """Introduced by the body they speak for: the union's Daniel Osei."""
    start = member.mentions[0][0] if member.mentions else 0
    return scene.text[max(0, start - 3) : start] in ("'s ", "s' ")
