"""Positions: who is for and who is against what, with the passage that shows it and how sure the reading is."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import quotes, store
from nlp.records import Position, Quote, Span
from nlp.standing.ambivalence import MIXED
from nlp.standing.cases import Gathered, gather
from nlp.standing.evidence import Case
from nlp.standing.topics import telling
from nlp.standing.weighing import chances

THRESHOLD = 0.33  # from here on a position where a passage tells it (docs/choices.md says how often it is right),
UNTOLD = 0.42  # and where none does, on what the article is about before all else
LEAST = 0.15  # from here on a suggestion
SAID_SO = 0.5  # the chance of mixed views that are told in so many words
STANCES = {1: "support", -1: "oppose", 0: "mixed"}


@Language.component("positions", requires=["token.dep", "token.head", "doc.spans"], assigns=["doc.spans"])
def positions(doc: Doc) -> Doc:
    records = sorted(_chosen(gather(doc), quotes(doc)), key=lambda position: position.evidence)
    store(doc, "positions", records, spans=[position.evidence for position in records if position.status == "position"])
    return doc


def _chosen(gathered: Gathered, said: tuple[Quote, ...]) -> Iterator[Position]:
    """The likelier sign of each case, positions first and then the likeliest; a holder has one row for one thing."""
    told: dict[str, list[frozenset[str]]] = {}
    for status, chance, sign, case in sorted(_ranked(gathered), key=lambda row: (row[0] != "position", -row[1])):
        stems = telling(case.target.text)
        mine = told.setdefault(case.holder.name, [])
        if chance < LEAST or any(stems & other for other in mine):
            continue
        mine.append(stems)
        evidence, quote = _evidence(gathered, case, sign, said)
        yield Position(
            holder=case.holder.name,
            holder_type=case.holder.kind,
            target=case.target.text,
            stance=STANCES[sign],
            confidence=chance,
            evidence=evidence,
            policy=case.target.policy or (case.topic.policy if case.topic else None),
            quote=quote,
            status=status,
        )


def _ranked(gathered: Gathered) -> Iterator[tuple[str, float, int, Case]]:
    """(status, chance, sign, case) for both signs of every case; sign 0 where the words themselves say mixed views."""
    for (support, oppose), case in zip(chances(gathered), gathered.cases, strict=True):
        if any(signal.kind == MIXED and not signal.alleged for signal in case.told):
            yield "position", SAID_SO, 0, case
        else:
            yield _status(case, support), support, 1, case
            yield _status(case, oppose), oppose, -1, case


def _status(case: Case, chance: float) -> str:
    """Without a passage that tells a stance, only the first topic is what somebody speaks of as a matter of course."""
    plain = chance >= THRESHOLD if case.told else chance >= UNTOLD and case.rank == 0
    return "position" if plain else "suggestion"


def _evidence(gathered: Gathered, case: Case, sign: int, said: tuple[Quote, ...]) -> tuple[Span, int | None]:
    """The clause that tells it, or else the quote whose sentences judge it most, or the sentence that names both."""
    telling_ = [signal for signal in case.told if signal.sign == sign] or case.told
    if telling_:
        best = max(telling_, key=lambda signal: (not signal.alleged, signal.target.sure))
        return best.evidence, best.quote
    if case.said:
        best_said = max(case.said, key=lambda r: (r.named, sign * (r.saying.judgement + 2 * r.saying.attitude)))
        content = said[best_said.saying.quote].content
        return (content[0][0], content[-1][1]), best_said.saying.quote
    return gathered.knowledge.scopes.meeting(case.holder.name, telling(case.target.text)), None
