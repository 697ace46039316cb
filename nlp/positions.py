"""Positions: who is for and who is against what, with the passage that shows it and how sure the reading is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.cast import Cast, cast_of
from nlp.document import people, quotes, store
from nlp.records import Position, Quote
from nlp.stances import Stance, stances
from nlp.targets import Targets, phrase
from nlp.wordlists import rows, words

THRESHOLD = 0.45
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i"})
GOVERNING = frozenset({"minister", "secretary", "chancellor"})
CUES = {"welcome": 2.0, "praise": 2.0, "back": 2.0, "defend": 2.0, "pledge": 1.0, "promise": 1.0, "warn": -1.5,
        "accuse": -2.0, "criticise": -2.0, "condemn": -2.0, "attack": -2.0, "brand": -2.0, "complain": -2.0,
        "dismiss": -2.0, "announce": 1.5, "fear": -1.5}  # fmt: skip


@Language.component("positions", requires=["token.dep", "token.head", "doc.spans"], assigns=["doc.spans"])
def positions(doc: Doc) -> Doc:
    cast, targets, said = cast_of(doc), Targets(doc), quotes(doc)
    found = [*_told(doc, cast, targets, said), *_said(doc, targets, said)]
    records = [position for position in _merged(found) if position.confidence >= THRESHOLD]
    store(doc, "positions", records, spans=[position.evidence for position in records])
    return doc


def _told(doc: Doc, cast: Cast, targets: Targets, said: tuple[Quote, ...]) -> Iterator[Position]:
    for stance in stances(doc):
        holder = _holder(doc, doc[stance.subject], cast, said)
        target = targets.of(doc[stance.target])
        if holder is None or target is None:
            continue
        sentence = doc[stance.verb].sent
        quote = _quote_at(said, doc[stance.verb].idx)
        yield Position(
            holder=holder[0],
            holder_type=holder[1],
            target=target.text,
            stance="support" if stance.sign > 0 else "oppose",
            confidence=stance.confidence * target.sure,
            evidence=_clause(doc, stance, sentence.start, sentence.end),
            policy=target.policy,
            quote=quote,
        )


def _clause(doc: Doc, stance: Stance, start: int, end: int) -> tuple[int, int]:
    """From the subject to the end of the object, inside the sentence."""
    first = min(phrase(doc[stance.subject])[0], stance.verb)
    last = max(phrase(doc[stance.target])[1], stance.verb + 1)
    first, last = max(first, start), min(max(last, first + 1), end)
    return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])


def _holder(doc: Doc, subject: Token, cast: Cast, said: tuple[Quote, ...]) -> tuple[str, str] | None:
    """The canonical name of a clause's subject, and whether it is a person, an organisation or a group."""
    if subject.lower_ in PRONOUNS:
        place = subject.idx
        if subject.lower_ in ("we", "i"):
            quote = next((q for q in said if any(a <= place < b for a, b in q.content)), None)
        else:
            quote = next((q for q in said if any(a <= place < b for a, b in q.source)), None)
        return (quote.speaker, quote.speaker_type) if quote and quote.speaker else None
    start, end = phrase(subject)
    named = cast.within(subject.idx, subject.idx + len(subject))
    if named:
        return named[0][0].name, named[0][0].kind
    if subject.lower_ in words("actor_nouns"):
        text = doc[start:end].text
        return (text if text.isupper() else text[:1].lower() + text[1:]), "group"
    return None


def _quote_at(said: tuple[Quote, ...], place: int) -> int | None:
    return next((i for i, quote in enumerate(said) if any(a <= place < b for a, b in quote.content)), None)


@lru_cache(maxsize=1)
def _judging() -> dict[str, float]:
    return {row[0]: float(row[1]) / 2 for row in rows("stance_words")}


def _said(doc: Doc, targets: Targets, said: tuple[Quote, ...]) -> Iterator[Position]:
    """A quote takes a stance when what is said judges a policy, or its cue does."""
    governing = {p.name for p in people(doc) if any(_governs(role.title) for role in p.roles)}
    shadowing = {p.name for p in people(doc) if any("shadow" in role.title.lower() for role in p.roles)}
    for index, quote in enumerate(said):
        if not quote.speaker or quote.speaker_type == "unnamed":
            continue
        policy = next((p for a, b in quote.content if (p := targets.within(a, b))), None)
        explicit = policy is not None
        policy = policy or targets.before(quote.content[0][0])
        if policy is None:
            continue
        score = _judgement(doc, quote) + sum(CUES.get(lemma, 0.0) for lemma in _cue_lemmas(doc, quote))
        score += 1.0 if quote.speaker in governing else -1.0 if quote.speaker in shadowing else 0.0
        if not score:
            continue
        sure = min(0.85, 0.2 + 0.12 * abs(score)) + (0.1 if explicit else -0.1)
        yield Position(
            holder=quote.speaker,
            holder_type=quote.speaker_type,
            target=policy.name,
            stance="support" if score > 0 else "oppose",
            confidence=max(0.0, sure),
            evidence=(quote.content[0][0], quote.content[-1][1]),
            policy=policy.name,
            quote=index,
        )


def _governs(title: str) -> bool:
    low = title.lower()
    return any(word in low for word in GOVERNING) and not any(w in low for w in ("shadow", "former", "ex-", "general"))


def _cue_lemmas(doc: Doc, quote: Quote) -> list[str]:
    spans = (doc.char_span(a, b, alignment_mode="expand") for a, b in quote.cue)
    return [token.lemma_.lower() for span in spans if span is not None for token in span]


def _judgement(doc: Doc, quote: Quote) -> float:
    score = 0.0
    table = _judging()
    for a, b in quote.content:
        span = doc.char_span(a, b, alignment_mode="expand")
        for token in span or ():
            value = table.get(token.lower_, 0.0)
            if value:
                window = [t.lower_ for t in doc[max(0, token.i - 3) : token.i]]
                score += -value if {"not", "n't", "no", "never"} & set(window) else value
    return score


def _merged(found: Iterable[Position]) -> list[Position]:
    """One row for each holder and target: the surest, a little surer for every other passage that agrees."""
    best: dict[tuple[str, str], list[Position]] = {}
    for position in found:
        best.setdefault((position.holder, position.target.lower()), []).append(position)
    merged = []
    for group in best.values():
        top = max(group, key=lambda position: position.confidence)
        merged.append(top)
    return sorted(merged, key=lambda position: position.evidence)
