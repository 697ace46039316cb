"""What holders demand, intend, want or refuse, as signals on the deeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from nlp.records import Quote, Span
from nlp.standing.calls import calls
from nlp.standing.demands import demands
from nlp.standing.doings import Doing, done, worded_to
from nlp.standing.evidence import Signal
from nlp.standing.holders import FIRST, Holder, Holders
from nlp.standing.intents import FUTURE, intents
from nlp.standing.mandates import mandates
from nlp.standing.sides import Sides, party_of
from nlp.standing.targets import Target, Targets
from nlp.surface import text_of

PERSONAL = frozenset("receive miss emphasise highlight represent underline walk catch watch listen attend".split())
CALLED = 0.7  # how sure it is that a noun called for by a verb is what is wanted
PLANNED = frozenset({"future", "pledge", "intent", "plan", "wish", "aim", "call", "wanting", "refusal", "proposal"})
# What each kind tells by itself (told.STRENGTH).
WANTED = {
    "demand": 2.0, "need": 1.4, "necessity": 1.0, "pressing": 1.8, "intent": 2.2, "plan": 1.0, "plea": 2.0, "aim": 1.4,
    "refusal": 1.8, "wanting": 2.2, "party": 1.4,
    "scheme": 1.6, "ideal": 1.6, "announced": 1.8,
}  # fmt: skip


def wanted(
    doc: Doc,
    holders: Holders,
    targets: Targets,
    said: tuple[Quote, ...],
    known: Iterable[Signal],
    sides: Sides,
) -> Iterator[Signal]:
    """Every signal that is not ``known`` already by another kind of the same holder and place."""
    seen = {_key(signal) for signal in known}
    for signal in (*_wanted(doc, holders, targets, said, sides), *_for_their_party(known, said, sides)):
        key = _key(signal)
        if key not in seen:
            seen.add(key)
            yield signal


def _key(signal: Signal) -> tuple[str, str, int, bool]:
    return signal.holder.name, signal.target.policy or signal.target.text, signal.sign, signal.alleged


def _wanted(doc: Doc, holders: Holders, targets: Targets, said: tuple[Quote, ...], sides: Sides) -> Iterator[Signal]:
    for doing in (*demands(doc), *intents(doc), *calls(doc), *mandates(doc)):
        place = doing.what.idx
        index = next((i for i, q in enumerate(said) if any(a <= place < b for a, b in q.content)), None)
        quote = said[index] if index is not None else None
        held = list(_holders(doing, holders, quote))
        if not held:
            continue
        for target, sign in _targets(doc, targets, doing):
            for holder in held:
                if doing.kind == "plan" and holder.kind == "person" and _by_own_hands(doing.what):
                    continue
                own = quote is None or holder.name in (quote.speaker or holder.name)
                signal = Signal(holder, target, sign, _passage(doing, target), doing.kind, place, index, not own)
                yield from _for_their_party([signal], said, sides)
                yield signal
                for party in _theirs(holder, holders, sides) if doing.theirs else ():
                    yield replace(signal, holder=party, kind="party", alleged=False)


def _for_their_party(signals: Iterable[Signal], said: tuple[Quote, ...], sides: Sides) -> Iterator[Signal]:
    """ "The Tories would close it, the shadow minister said": of a party's plans as its own people tell them."""
    for signal in signals:
        if not signal.alleged or signal.quote is None or signal.kind not in PLANNED:
            continue
        quote = said[signal.quote]
        speaker = quote.speaker
        if not speaker:
            continue
        party = party_of(signal.holder.name)
        if party and party == sides.party(speaker):
            yield replace(signal, kind="party", alleged=False)
            yield replace(signal, kind="party", alleged=False, holder=Holder(speaker, quote.speaker_type))


def _by_own_hands(verb: Token) -> bool:
    """ "She will make two visits", "plans to receive him": what one person does is seldom a policy."""
    if verb.lemma_.lower() in PERSONAL:
        return True
    while not any(child.dep_ == "nsubj" for child in verb.children):
        if verb.dep_ not in ("xcomp", "conj", "ccomp", "acomp"):
            return False
        verb = verb.head
    subject = next(child for child in verb.children if child.dep_ == "nsubj")
    one = subject.lower_ in ("i", "he", "she") or subject.tag_ == "NNP"
    return one and any(child.lower_ in FUTURE for child in verb.children)


def _theirs(holder: Holder, holders: Holders, sides: Sides) -> Iterator[Holder]:
    """The party of a person, by the name that the article gives it."""
    party = sides.party(holder.name)
    bodies = (member for member in holders.cast.organisations if party and party_of(member.name) == party)
    yield from (Holder(member.name, member.kind) for member in list(bodies)[:1])


def _targets(doc: Doc, targets: Targets, doing: Doing) -> Iterator[tuple[Target, int]]:
    if doing.kind == "ideal":
        yield Target(_clause(doc, doing.what), None, CALLED), doing.sign
        return
    if not doing.noun:
        yield from done(doc, targets, doing.what, doing.sign)
        return
    known = targets.of(doing.what)
    if known is not None:
        yield replace(known, sure=max(known.sure, CALLED)), doing.sign


def _clause(doc: Doc, verb: Token) -> str:
    """From the subject to the end of what it should be."""
    start = min(c.left_edge.i for c in verb.children if c.dep_ == "nsubj")
    while doc[start].tag_ in ("DT", "``"):
        start += 1
    return str(doc[start : worded_to(doc, verb)].text)


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
    """From the holder, where it stands before the clause in its sentence, to the end of what is done."""
    what, sentence = doing.what, doing.what.sent
    first = what.left_edge.i if doing.holder is None else min(doing.holder.left_edge.i, what.left_edge.i)
    first = max(first, sentence.start)
    while first < what.i and (what.doc[first].is_punct or what.doc[first].is_space):
        first += 1
    links = (child.right_edge for child in what.rights if child.dep_ in ("dobj", "prep"))
    last = max(links, key=lambda token: token.i, default=what)
    end = max(what.idx + len(what), last.idx + len(last) if last.i < sentence.end else 0)
    words_end = min(what.idx + len(target.text), sentence[-1].idx + len(sentence[-1]))
    text = text_of(what.doc)[: max(end, words_end)]
    return what.doc[first].idx, len(text.rstrip())
