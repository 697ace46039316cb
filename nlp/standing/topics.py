"""What an article argues about: the few proposals whose words name what its people are for or against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

from spacy.tokens import Doc

from nlp.standing.pledges import deeds
from nlp.standing.salience import HEADLINE, STEM, lines_of
from nlp.standing.targets import GENERIC, LONGEST, PROPOSABLE, TELLING, Targets, phrase, tells
from nlp.surface import text_of, tokens_among
from nlp.wordlists import words

FULL = 5.0  # worth of "plans to …", which says what they are
NAMED = 2.0  # of a policy by its name, and of what somebody takes a stance on
WORTH = 0.02  # of chance for each
BACK = 300  # characters before a stance, in which its target's words may begin
BESIDES = frozenset(
    "the and for that with from have has had was were are been will would could should its his her their this those "
    "these who which what when where not but say said says more than into about over after before out all any some "
    "they them then also only just very such may might must can being does did".split()
)
Candidate = tuple[int, int, str | None, float]  # characters, policy, worth


@dataclass(frozen=True, slots=True)
class Topic:
    """A proposal that the article is about; ``weight`` tells how much of it beside the first,
    which has 1; ``start`` is where it is first named so."""

    text: str
    policy: str | None
    stems: frozenset[str]
    weight: float
    start: int
    headlined: bool


def topics(
    doc: Doc,
    targets: Targets,
    told: Iterable[tuple[str, str | None, int]],
    salient: Mapping[str, float],
    *,
    most: int = 6,
) -> list[Topic]:
    """The topics of one article, weightiest first. ``told``: (text, policy, start) that somebody takes a stance on;
    ``salient``: the chance of each stem (salience.py)."""
    text = text_of(doc)
    lines = lines_of(doc)
    headline = lines[0][1] if lines and lines[0][1] < HEADLINE else 0
    named = {word[:STEM] for span in _names(doc) for word in span.lower().split() if len(word) > 2}
    found: dict[str, Topic] = {}
    for start, end, policy, worth in (
        *_phrases(doc),
        *_deeds(doc, targets),
        *_policies(targets),
        *_stances(text, told),
    ):
        words_ = text[start:end]
        stems = telling(words_) - named if policy is None else telling(words_)
        if not stems or "\n" in words_:
            continue
        weight = 1 - prod(1 - salient.get(stem, 0.0) for stem in stems) + WORTH * worth
        known = found.get(words_)
        if known is None or known.weight < weight:
            headlined = start < headline or bool(known and known.headlined)
            found[words_] = Topic(words_, policy, frozenset(stems), weight, start, headlined)
    ranked = sorted(found.values(), key=lambda topic: (-topic.weight, topic.start))
    heaviest = max((topic.weight for topic in ranked), default=0.0) or 1.0  # a notice may dwell on nothing
    return [replace(topic, weight=topic.weight / heaviest) for topic in _apart(ranked, most)]


def _apart(ranked: list[Topic], most: int) -> list[Topic]:
    """The first of those that share their telling words; fuller wordings win over shorter ones of like weight."""
    kept: list[Topic] = []
    for topic in ranked:
        if len(kept) == most:
            break
        if not any(len(topic.stems & other.stems) * 2 >= min(len(topic.stems), len(other.stems)) for other in kept):
            kept.append(topic)
    return kept


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """The beginnings of the words of a phrase that tell it from others."""
    general = words("policy_general") | GENERIC | BESIDES
    return frozenset(w[:STEM] for w in re.findall(r"\w+", text.lower()) if len(w) > 2 and w not in general)


def _names(doc: Doc) -> Iterator[str]:
    for group in ("people", "organisations"):
        yield from (str(span.text) for span in doc.spans.get(group, ()))


def _phrases(doc: Doc) -> Iterator[Candidate]:
    """Noun phrases whose head may be proposed."""
    for token in tokens_among(doc, PROPOSABLE):
        if token.pos_ in ("NOUN", "PROPN"):
            first, last = phrase(token)
            if tells(doc, first, last) and (last - first > 1 or token.lower_ in TELLING):
                full = token.lower_ in GENERIC and any(child.dep_ in ("acl", "relcl") for child in token.children)
                yield doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), None, FULL if full else 0.0


def _deeds(doc: Doc, targets: Targets) -> Iterator[Candidate]:
    """What somebody would do: "scrapping the agency", "to build homes"."""
    known = deeds()
    for verb in tokens_among(doc, known):
        if verb.tag_ not in ("VBG", "VB") or known[verb.lower_] == "general" or verb.dep_ == "ROOT":
            continue
        thing = next((child for child in verb.children if child.dep_ == "dobj"), None)
        if thing is not None and targets.within(verb.idx, thing.idx + len(thing)) is None:
            last = min(phrase(thing)[1], verb.i + LONGEST)
            yield verb.idx, doc[last - 1].idx + len(doc[last - 1]), None, 0.0


def _policies(targets: Targets) -> Iterator[Candidate]:
    for start, end, policy in targets.places:
        if policy.kind != "entitlement":
            yield start, end, policy.name, NAMED


def _stances(text: str, told: Iterable[tuple[str, str | None, int]]) -> Iterator[Candidate]:
    for words_, policy, near in told:
        start = text.find(words_, max(0, near - BACK))
        if start >= 0:
            yield start, start + len(words_), policy, NAMED
