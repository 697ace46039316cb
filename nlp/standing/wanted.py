"""What holders demand, intend, want or refuse, as signals on the deeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from nlp.records import Quote, Span
from nlp.standing.demands import demands
from nlp.standing.doings import Doing, done
from nlp.standing.evidence import Signal
from nlp.standing.holders import FIRST, Holder, Holders
from nlp.standing.intents import intents
from nlp.standing.targets import Target, Targets

# Suggested strengths, until the kinds are weighed.
WANTED = {
    "demand": 2.0,
    "need": 1.6,
    "pressing": 1.8,
    "intent": 2.2,
    "plan": 1.0,
    "plea": 2.0,
    "aim": 1.4,
    "refusal": 1.8,
}


def wanted(
    doc: Doc, holders: Holders, targets: Targets, said: tuple[Quote, ...], known: Iterable[Signal]
) -> Iterator[Signal]:
    """Every signal that is not ``known`` already by another kind of the same holder and place."""
    seen = {(signal.holder.name, signal.target.policy or signal.target.text, signal.sign) for signal in known}
    for doing in (*demands(doc), *intents(doc)):
        place = doing.what.idx
        index = next((i for i, q in enumerate(said) if any(a <= place < b for a, b in q.content)), None)
        quote = said[index] if index is not None else None
        held = list(_holders(doing, holders, quote))
        if not held:
            continue
        found = [(targets.of(doing.what), doing.sign)] if doing.noun else done(doc, targets, doing.what, doing.sign)
        for target, sign in found:
            if target is None:
                continue
            for holder in held:
                key = (holder.name, target.policy or target.text, sign)
                if key not in seen:
                    seen.add(key)
                    own = quote is None or holder.name in (quote.speaker or holder.name)
                    yield Signal(holder, target, sign, _passage(doing, target), doing.kind, place, index, not own)


def _holders(doing: Doing, holders: Holders, quote: Quote | None) -> Iterator[Holder]:
    token = doing.holder
    inside = token is not None and quote is not None and any(a <= token.idx < b for a, b in quote.content)
    if quote is not None and (token is None or not inside or token.lower_ in FIRST):
        if quote.speaker and quote.speaker_type != "unnamed":
            yield Holder(quote.speaker, quote.speaker_type)
        return
    if token is None:
        return
    for one in (token, *(other for other in token.conjuncts if other.i > token.i)):
        holder = holders.of(one)
        if holder is not None:
            yield holder


def _passage(doing: Doing, target: Target) -> Span:
    """From the holder, where it stands in the sentence, to the end of what is done."""
    sentence = doing.what.sent
    first = doing.what.left_edge.i if doing.holder is None else min(doing.holder.left_edge.i, doing.what.i)
    first = max(first, sentence.start)
    start, what = doing.what.doc[first].idx, doing.what
    end = max(what.idx + len(what), min(what.idx + len(target.text), sentence.end_char))
    last = max(
        (child.right_edge for child in what.rights if child.dep_ in ("dobj", "prep")), key=lambda t: t.i, default=what
    )
    end = max(end, last.idx + len(last)) if last.i < sentence.end else end
    return start, end
