"""The article as it has been read so far: who was named where, who has spoken, who is on stage."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from nlp.records import Quote
from nlp.records import Span as Chars
from nlp.speaking.cast import Cast, Member
from nlp.speaking.passage import Passage
from nlp.speaking.pronouns import Trace, features, is_embedded, ranked, subject_at, syntax

MEMORY = 80  # traces before a place that are looked at
CEILING = 0.97  # a pronoun is never surer than a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, how sure that is (0 to 1), and the role as stated beside the quote."""

    member: Member
    confidence: float
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One resolved source: where it stands, its speaker, its tokens (None when nothing stands there).

    ``thing`` is true when a document speaks (the report, it), though a person or body made it.
    """

    place: int
    speaker: Speaker
    source: Span | None
    thing: bool = False


class Scene:
    """Traces of every member by place, and those who have spoken, in the order of the text."""

    def __init__(self, doc: Doc, cast: Cast, quotes: Sequence[Quote]) -> None:
        self.doc, self.cast = doc, cast
        self.spoken: list[Spoken] = []
        self.seen: list[tuple[Member, Span]] = []  # those who are on stage and say nothing
        self.offices: dict[str, Member] = {}  # "prime minister" to the one the article takes for known
        self.unlisted: dict[str, Member] = {}  # people whom no earlier component found
        self._sentences = [sentence.start_char for sentence in doc.sents]
        self.text = str(doc._.oriented)
        self._contents = sorted(span for quote in quotes for span in quote.content)
        self._traces = sorted(
            (self._trace(member, span) for member in cast.members for span in member.mentions),
            key=lambda trace: trace.start,
        )

    @cached_property
    def _passage(self) -> Passage:
        return Passage(self.doc)

    @property
    def last(self) -> Speaker | None:
        """Who spoke last."""
        return self.spoken[-1].speaker if self.spoken else None

    def remember(self, place: int, speaker: Speaker, source: Span | None, *, thing: bool = False) -> None:
        """Adds one who has spoken, and their trace when a source stands in the text."""
        self.spoken.append(Spoken(place, speaker, source, thing))
        if source is not None:
            trace = self._trace(speaker.member, (place, source.end_char))
            insort(
                self._traces,
                replace(trace, spoke=True, is_subject=True, quoted=False, embedded=False),
                key=lambda trace: trace.start,
            )

    def sees(self, member: Member, span: Span) -> None:
        """Adds the trace of one who is on stage and says nothing."""
        self.seen.append((member, span))
        insort(self._traces, self._trace(member, (span.start_char, span.end_char)), key=lambda trace: trace.start)

    def salient(
        self,
        place: int,
        *,
        kinds: Collection[str],
        gender: str = "",
        apart_from: Collection[Member] = (),
        pronoun: Token | None = None,
    ) -> Speaker | None:
        """The one of these kinds that is most present just before ``place``, with the share of probability."""
        sentence = self.sentence(place)
        end = bisect_right(self._traces, place - 1, key=lambda trace: trace.start)
        by_member: dict[Member, list[Trace]] = {}
        for trace in self._traces[max(0, end - MEMORY) : end]:
            member = trace.member
            if member.kind not in kinds or member.sort == "thing" or member in apart_from:
                continue
            if not gender or member.gender in ("", gender):
                by_member.setdefault(member, []).append(trace)
        last = self.last.member if self.last else None
        table = {member: features(traces, sentence=sentence, last=last) for member, traces in by_member.items()}
        if pronoun is not None:
            for member, odds in zip(table, syntax(self._passage, pronoun, by_member.items()), strict=True):
                table[member]["syntax"] = odds
        ranking = ranked(table.items())
        return Speaker(ranking[0][1], min(ranking[0][0], CEILING)) if ranking else None

    def subject_before(self, place: int) -> Member | None:
        """Who was the subject, outside quotes, of the sentence before ``place``, if nobody has spoken since."""
        since = self.spoken[-1].place if self.spoken else -1
        end = bisect_right(self._traces, place - 1, key=lambda trace: trace.start)
        for trace in reversed(self._traces[max(0, end - MEMORY) : end]):
            if trace.start <= since or self.sentence(place) - trace.sentence > 1:
                return None
            if trace.is_subject and not trace.quoted:
                return trace.member
        return None

    def sentence(self, place: int) -> int:
        """The number of the sentence at this character."""
        return bisect_right(self._sentences, place)

    def _trace(self, member: Member, span: Chars) -> Trace:
        start, end = span
        index = bisect_right(self._contents, (start, len(self.text))) - 1
        quoted = index >= 0 and self._contents[index][0] <= start < self._contents[index][1]
        subject = subject_at(self.doc, start, end)
        embedded = subject is not None and is_embedded(subject)
        return Trace(member, start, end, self.sentence(start), subject is not None, quoted, embedded=embedded)
