"""What matters of what differs between two texts: quotes, speakers, people, figures, headlines; then the wording.

Of a revision every quote and person that came or went is told. Of two copies only the passages that both have are
compared: what a paper left out or wrote itself is its own business, and stands in the alignment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.copies.alignment import Pair, Span
from nlp.copies.facts import Facts, Measured, Quoted
from nlp.copies.quote_pairs import matched, touching, within
from nlp.copies.stems import LIGHT, stems
from nlp.copies.telling import cited, sentence, when, whose
from nlp.copies.wording import Edit, edits

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
                what = f"{whose(one)} was altered: {_altered(one, other)}"
                yield self._change("quote altered", what, one.span, other.span, one.person_id)
                self.told_before[-1:], self.told_after[-1:] = one.spans, other.spans  # a cue in between is untold
                self.altered += one.spans

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
            elif any(touching(edit.before, span) for span in self.altered):
                yield from self._figures(edit, old, new)

    def _edit(self, edit: Edit, old: str, new: str) -> Iterator[Change]:
        """One change of words, as the weightiest thing that it is."""
        spans = edit.before if old else None, edit.after if new else None
        for one, other in self.quotes:
            if other and not one and new and within(edit.after, other):
                figures = ", ".join(f"“{f.exact}”" for f in _within(self.after.figures, other.span))
                what = f"{whose(other)} was added: {cited(new)}" + (f", with the figure {figures}" if figures else "")
                yield self._change("quote added", what, *spans, other.person_id)
                return
            if one and not other and old and within(edit.before, one):
                yield self._change("quote removed", f"{whose(one)} was removed: {cited(old)}", *spans, one.person_id)
                return
            if not one or not other:
                continue
            # Where nothing stood, the place is the next word's, behind a quotation mark that opens before it.
            if (old and within(edit.before, one)) or (new and within(edit.after, other)):
                yield self._change("quote altered", f"in {whose(one)} {_became(old, new)}", *spans, one.person_id)
                return
        if changed := list(self._figures(edit, old, new)):
            yield from changed
            return
        same = stems(old) == stems(new)
        if not same and {*old.casefold().split(), *new.casefold().split()} <= SLIGHT:
            return
        telling = [[stem for stem in stems(text) if stem not in LIGHT] for text in (old, new)]
        kind = "tense" if same or (telling[0] == telling[1] != []) else "wording"
        yield self._change(f"{kind} changed", _became(old, new), *spans)

    def _figures(self, edit: Edit, old: str, new: str) -> Iterator[Change]:
        """An edit of numbers, told by the whole amounts where they were read; those of two quotes are no pair."""
        before = _within(self.before.figures, edit.before)
        after = _within(self.after.figures, edit.after)
        homes = dict.fromkeys([*(self._home(one, 0) for one in before), *(self._home(one, 1) for one in after)])
        if len(homes) > 1:
            for home in homes:
                olds = [one for one in before if self._home(one, 0) == home]
                news = [one for one in after if self._home(one, 1) == home]
                yield from self._amounts(olds, news)
            return
        kind = _kind(before or NUMBER.search(old), after or NUMBER.search(new))
        if len(before) == len(after) == 1:
            yield from self._amounts(before, after)
        elif kind:
            spans = edit.before if old else None, edit.after if new else None
            yield self._change(f"figure {kind}", _became(old, new), *spans)

    def _home(self, figure: Measured, side: int) -> int | None:
        """The number of the quote, in either text, that says ``figure``; None for what the reporter says."""
        for number, pair in enumerate(self.quotes):
            quote = pair[side]
            if quote and within(figure.span, quote):
                return number
        return None

    def _amounts(self, before: list[Measured], after: list[Measured]) -> Iterator[Change]:
        old, new = (", ".join(one.exact for one in figures) for figures in (before, after))
        if edits(old, new):
            first, last = ((some[0].span[0], some[-1].span[1]) if some else None for some in (before, after))
            yield self._change(f"figure {_kind(before, after)}", _became(old, new), first, last)

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


def _kind(before: object, after: object) -> str:
    """What became of figures; "" where neither text has any."""
    return "changed" if before and after else "removed" if before else "added" if after else ""


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
