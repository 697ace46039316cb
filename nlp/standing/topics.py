"""What an article argues about: the few proposals whose words it keeps coming back to, in its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc

from nlp.standing.pledges import deeds
from nlp.standing.targets import GENERIC, LONGEST, PROPOSABLE, TELLING, Targets, phrase, tells
from nlp.surface import text_of, tokens_among
from nlp.wordlists import words

STEM = 5  # letters: "hunt", "hunting" and "hunters" are one word
MOST = 8  # times that a word counts
HEADLINE = 90  # characters, up to which a first line is one
OPENING = 3  # paragraphs, the headline among them
FULL = 5.0  # for "plans to …", which says what they are
FEW = 3  # words of a phrase that count, the most frequent ones
BESIDES = frozenset(
    "the and for that with from have has had was were are been will would could should its his her their this these "
    "those which who what when where not but say said says more than into about over after before out all any some "
    "they them then also only just very such may might must can being does did".split()
)


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


def topics(doc: Doc, targets: Targets, told: Iterable[tuple[str, str | None, int]], *, most: int = 3) -> list[Topic]:
    """The topics of one article, weightiest first. ``told``: (text, policy, start) that somebody takes a stance on."""
    text = text_of(doc)
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    headline = _stems(text[slice(*lines[0])]) if lines and lines[0][1] < HEADLINE else set()
    opening = lines[min(OPENING, len(lines)) - 1][1] if lines else 0
    counts = Counter(
        stem for a, b in lines for stem in {w[:STEM] for w in re.findall(r"[a-z]\w+", text[a:b].lower()) if len(w) > 2}
    )
    named = {stem for span in _names(doc) for stem in _stems(span)}
    found: dict[str, Topic] = {}
    for start, end, policy, worth in [
        *_phrases(doc, opening),
        *_deeds(doc, targets, opening),
        *_policies(targets),
        *_stances(text, told),
    ]:
        words_ = text[start:end]
        stems = telling(words_) - named if policy is None else telling(words_)
        if not stems or "\n" in words_:
            continue
        often = sorted((min(counts[s], MOST) + 3 * (s in headline) for s in stems), reverse=True)[:FEW]
        weight = sum(often) + worth + 3 * (start < opening) - 1.5 * max(0, FEW - len(often))
        if words_ not in found or found[words_].weight < weight:
            found[words_] = Topic(words_, policy, frozenset(stems), weight, start, bool(stems & headline))
    ranked = sorted(found.values(), key=lambda topic: (-topic.weight, topic.start))
    heaviest = max((topic.weight for topic in ranked), default=1.0)
    return [replace(topic, weight=topic.weight / max(heaviest, 1.0)) for topic in _apart(ranked, most)]


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


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"\w+", text.lower()) if len(word) > 2}


def _names(doc: Doc) -> Iterator[str]:
    for group in ("people", "organisations"):
        yield from (str(span.text) for span in doc.spans.get(group, ()))


def _phrases(doc: Doc, end: int) -> Iterator[tuple[int, int, str | None, float]]:
    """Noun phrases of the opening whose head may be proposed."""
    for token in doc:
        if token.idx > end:
            return
        if token.lower_ in PROPOSABLE and token.pos_ in ("NOUN", "PROPN"):
            first, last = phrase(token)
            if tells(doc, first, last) and (last - first > 1 or token.lower_ in TELLING):
                full = token.lower_ in GENERIC and any(child.dep_ in ("acl", "relcl") for child in token.children)
                yield doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), None, FULL if full else 0.0


def _deeds(doc: Doc, targets: Targets, end: int) -> Iterator[tuple[int, int, str | None, float]]:
    """What somebody would do, in the opening: "scrapping the agency", "to build homes"."""
    known = deeds()
    for verb in tokens_among(doc, known):
        if verb.idx > end:
            return
        if verb.tag_ not in ("VBG", "VB") or known[verb.lower_] == "general" or verb.dep_ == "ROOT":
            continue
        thing = next((child for child in verb.children if child.dep_ == "dobj"), None)
        if thing is not None and targets.within(verb.idx, thing.idx + len(thing)) is None:
            last = min(phrase(thing)[1], verb.i + LONGEST)
            yield verb.idx, doc[last - 1].idx + len(doc[last - 1]), None, 0.0


def _policies(targets: Targets) -> Iterator[tuple[int, int, str | None, float]]:
    for start, end, policy in targets.places:
        if policy.kind != "entitlement":
            yield start, end, policy.name, 2.0


def _stances(text: str, told: Iterable[tuple[str, str | None, int]]) -> Iterator[tuple[int, int, str | None, float]]:
    for words_, policy, near in told:
        start = text.find(words_, max(0, near - 300))
        if start >= 0:
            yield start, start + len(words_), policy, 2.0
