"""What matters of what differs between two texts: quotes, speakers, people, figures, headlines; then the wording.

Of a revision every quote and person that came or went is told. Of two copies only the passages that both have are
compared: what a paper left out or wrote itself is its own business, and stands in the alignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from nlp.copies.alignment import Pair, Span
from nlp.copies.facts import Facts, Measured, Quoted
from nlp.copies.stems import LIGHT, stems
from nlp.copies.telling import cited, sentence, when, whose
from nlp.copies.wording import Alphabet, Edit, edits, encoded

SAME = 0.6  # of the shorter quote's words, from which on two quotes are one that was altered
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?|half|thirds?|quarters?|"
    r"twice)\b",
    re.IGNORECASE,
)
SLIGHT = frozenset("a an the of to in on at by for from with as and that".split())  # words that change no meaning alone


class Change(NamedTuple):
    """One thing that changed: spans into the bodies (headlines have none), the words, and a line that tells it."""

    kind: str
    before: Span | None
    after: Span | None
    before_text: str
    after_text: str
    person_id: int | None
    line: str


def touching(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def matched(before: list[Quoted], after: list[Quoted]) -> list[tuple[Quoted | None, Quoted | None]]:
    """Quotes that are one, whoever they are put down to; those that only one text has with None beside them."""
    left = list(after)
    partner: dict[int, Quoted] = {}

    def join(place: int, found: list[Quoted]) -> None:
        if found:
            partner[place] = found[0]
            left.remove(found[0])

    for place, quote in enumerate(before):  # first the same things said: no other quote may take one for its own
        join(place, [one for one in left if quote.utterance_id and one.utterance_id == quote.utterance_id])
    for place, quote in enumerate(before):
        if place not in partner:
            likeness = [(_alike(quote, one), -number, one) for number, one in enumerate(left)]
            join(place, [one for share, _, one in sorted(likeness, reverse=True) if share >= SAME])
    return [
        *((quote, partner.get(place)) for place, quote in enumerate(before)),
        *((None, quote) for quote in left),
    ]


def _alike(one: Quoted, other: Quoted) -> float:
    alphabet: Alphabet = {}
    a, b = (encoded(stems(quote.content), alphabet) for quote in (one, other))
    return float(LCSseq.similarity(a, b)) / max(1, min(len(a), len(b)))


@dataclass
class Comparison:
    """Two versions on their way into changes. ``copies`` is False for two versions of one article."""

    before: Facts
    after: Facts
    pairs: list[Pair]
    copies: bool
    told_before: list[Span] = field(default_factory=list)
    told_after: list[Span] = field(default_factory=list)
    altered: list[Span] = field(default_factory=list)  # quotes, in ``before``, whose figures are told beside

    @property
    def place(self) -> str:
        return f"in the copy of {self.after.outlet}" if self.copies else when(self.before, self.after)

    def changes(self) -> list[Change]:
        self.quotes = matched(self.before.quotes, self.after.quotes)
        found = [*self._headline(), *self._speakers()]
        if not self.copies:
            found += [*self._quotes(), *self._people()]
        return [*found, *self._edits(), *([] if self.copies else self._passages())]

    def _change(
        self, kind: str, what: str, before: Span | None, after: Span | None, person_id: int | None = None
    ) -> Change:
        old = self.before.body[slice(*before)] if before else ""
        new = self.after.body[slice(*after)] if after else ""
        self.told_before += [before] if before else []
        self.told_after += [after] if after else []
        return Change(kind, before, after, old, new, person_id, sentence(what, self.place))

    def _headline(self) -> Iterator[Change]:
        old, new = self.before.headline, self.after.headline
        if not self.copies and edits(old, new):
            line = sentence(f"the headline {cited(old)} became {cited(new)}", self.place)
            yield Change("headline changed", None, None, old, new, None, line)

    def _speakers(self) -> Iterator[Change]:
        for one, other in self.quotes:
            named = one and other and one.speaker and other.speaker
            if one and other and named and one.who != other.who:
                what = f"{whose(one)} was put down to {other.speaker}"
                yield self._change("speaker changed", what, one.span, other.span, other.person_id)

    def _quotes(self) -> Iterator[Change]:
        for one, other in self.quotes:
            if one and not other:
                yield self._change("quote removed", f"{whose(one)} was removed", one.span, None, one.person_id)
            elif other and not one:
                what = f"{whose(other)} was added: {cited(other.content)}"
                yield self._change("quote added", what, None, other.span, other.person_id)
            elif one and other and (one.kind != other.kind or edits(one.content, other.content)):
                how = _altered(one, other)
                self.altered.append(one.span)
                yield self._change(
                    "quote altered", f"{whose(one)} was altered: {how}", one.span, other.span, one.person_id
                )

    def _people(self) -> Iterator[Change]:
        old, new = ({person.id: person for person in facts.people} for facts in (self.before, self.after))
        for number, person in new.items():
            if number not in old:
                yield self._change("person added", f"{person.name} was named", None, person.span, number)
        for number, person in old.items():
            if number not in new:
                yield self._change("person removed", f"{person.name} was named no more", person.span, None, number)

    def _edits(self) -> Iterator[Change]:
        for edit in (edit for pair in self.pairs if not pair.rewritten for edit in pair.edits):
            old, new = self.before.body[slice(*edit.before)], self.after.body[slice(*edit.after)]
            told = any(touching(edit.before, span) for span in self.told_before) or any(
                touching(edit.after, span) for span in self.told_after
            )
            if not told:
                yield from self._edit(edit, old, new)
            elif any(touching(edit.before, span) for span in self.altered) and (f := self._figure(edit, old, new)):
                yield f

    def _edit(self, edit: Edit, old: str, new: str) -> Iterator[Change]:
        """One change of words, as the weightiest thing that it is."""
        spans = edit.before if old else None, edit.after if new else None
        for one, other in self.quotes:
            if other and not one and new and touching(other.span, edit.after):
                figures = ", ".join(f"“{f.exact}”" for f in _within(self.after.figures, other.span))
                what = f"{whose(other)} was added: {cited(new)}" + (f", with the figure {figures}" if figures else "")
                yield self._change("quote added", what, *spans, other.person_id)
                return
            if one and not other and old and touching(one.span, edit.before):
                yield self._change("quote removed", f"{whose(one)} was removed: {cited(old)}", *spans, one.person_id)
                return
            if not one or not other:
                continue
            # Where nothing stood, the place is the next word's, behind a quotation mark that opens before it.
            if (old and touching(one.span, edit.before)) or (new and touching(other.span, edit.after)):
                yield self._change("quote altered", f"in {whose(one)} {_became(old, new)}", *spans, one.person_id)
                return
        if figure := self._figure(edit, old, new):
            yield figure
            return
        same = stems(old) == stems(new)
        if not same and {*old.casefold().split(), *new.casefold().split()} <= SLIGHT:
            return
        telling = [[stem for stem in stems(text) if stem not in LIGHT] for text in (old, new)]
        kind = "tense" if same or (telling[0] == telling[1] != []) else "wording"
        yield self._change(f"{kind} changed", _became(old, new), *spans)

    def _figure(self, edit: Edit, old: str, new: str) -> Change | None:
        """An edit of numbers, told by the whole amounts where they were read."""
        before = _within(self.before.figures, edit.before)
        after = _within(self.after.figures, edit.after)
        kind = {(True, True): "changed", (True, False): "removed", (False, True): "added"}.get(
            (bool(before or NUMBER.search(old)), bool(after or NUMBER.search(new)))
        )
        if kind is None:
            return None
        spans = edit.before if old else None, edit.after if new else None
        if len(before) == len(after) == 1:
            if not edits(before[0].exact, after[0].exact):
                return None
            return self._change(
                "figure changed", _became(before[0].exact, after[0].exact), before[0].span, after[0].span
            )
        return self._change(f"figure {kind}", _became(old, new), *spans)

    def _passages(self) -> Iterator[Change]:
        """Whole paragraphs that came, went or were written anew, and that no quote has told."""
        for pair in self.pairs:
            told = any(touching(pair.before, one) for one in self.told_before) if pair.before else False
            told |= any(touching(pair.after, one) for one in self.told_after) if pair.after else False
            if told or (pair.before and pair.after and not pair.rewritten):
                continue
            kind = "rewritten" if pair.before and pair.after else "removed" if pair.before else "added"
            text = self.after.body[slice(*pair.after)] if pair.after else self.before.body[slice(*(pair.before or ()))]
            yield self._change(f"passage {kind}", f"a passage was {kind}: {cited(text)}", pair.before, pair.after)


def _within(figures: list[Measured], span: Span) -> list[Measured]:
    return [figure for figure in figures if touching(figure.span, span)]


def _became(old: str, new: str) -> str:
    if old and new:
        return f"{cited(old)} became {cited(new)}"
    return f"{cited(old)} was taken out" if old else f"{cited(new)} was put in"


def _altered(one: Quoted, other: Quoted) -> str:
    words = [_became(one.content[slice(*e.before)], other.content[slice(*e.after)])
             for e in edits(one.content, other.content)]  # fmt: skip
    kind = [f"{one.kind} became {other.kind}"] if one.kind != other.kind else []
    return "; ".join([*kind, *words])
