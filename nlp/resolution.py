"""From the source as it stands to the speaker: names, bodies, descriptions, pronouns, or nothing at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from nlp import descriptions
from nlp.cast import Cast, Member, key
from nlp.pronouns import GENDERS, Trace, features, is_subject, ranked
from nlp.records import Quote
from nlp.records import Span as Chars

NOT_THE_HEAD = frozenset("for of by including to with like as from at in against on".split())
SPEAKS_FOR = frozenset({"it", "they", "we"})
NAMED, BODY, DESCRIBED = 0.97, 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: canonical name, person / organisation / group / unnamed, the role as stated, 0 to 1."""

    name: str
    kind: str
    confidence: float
    role: str | None = None
    member: Member | None = None


class Resolver:
    """Resolves the quotes of one article in the order of its text, remembering who has spoken."""

    def __init__(self, doc: Doc, cast: Cast, quotes: Sequence[Quote]) -> None:
        self.doc, self.cast, self.quotes = doc, cast, quotes
        self.sentences = [sentence.start_char for sentence in doc.sents]
        self.breaks = [i for i, char in enumerate(doc.text) if char == "\n"]
        self.contents = sorted(span for quote in quotes for span in quote.content)
        self.traces = [self._trace(member, span) for member in cast.people for span in member.mentions]
        self.history: list[tuple[int, Speaker, Span | None]] = []

    def all(self) -> list[Speaker | None]:
        """One speaker for each quote, or None; those that stand before their speaker is named are seen last."""
        found = [self._next(quote) for quote in self.quotes]
        return [self._looking_ahead(i, found) if self._is_open(i, found[i]) else found[i] for i in range(len(found))]

    def _next(self, quote: Quote) -> Speaker | None:
        place = quote.source[0][0] if quote.source else quote.content[0][0]
        span = self._span(quote)
        speaker = self._of_source(span, quote) if span is not None else self._of_floating(place)
        if speaker is not None:
            self.history.append((place, speaker, span))
            if speaker.member is not None and speaker.member.kind == "person" and span is not None:
                trace = replace(
                    self._trace(speaker.member, (place, span.end_char)), spoke=True, is_subject=True, quoted=False
                )
                self.traces.append(trace)
        return speaker

    def _span(self, quote: Quote) -> Span | None:
        if not quote.source:
            return None
        return self.doc.char_span(quote.source[0][0], quote.source[-1][1], alignment_mode="expand")

    def _of_source(self, span: Span, quote: Quote) -> Speaker | None:
        head = span.root
        if len(span) == 1 and head.lower_ in GENDERS:
            return self._pronoun(span)
        if len(span) == 1 and head.lower_ in SPEAKS_FOR:
            return self._plural(span)
        here = [(m, c) for m, c in self.cast.within(span.start_char, span.end_char) if self._heads(span, c)]
        people = list(dict.fromkeys(member for member, _ in here if member.kind == "person"))
        if len(people) > 1 and " and " in span.text:
            names = [member.name for member in people]
            return Speaker(f"{', '.join(names[:-1])} and {names[-1]}", "group", NAMED)
        if people:
            place = next(chars for member, chars in here if member is people[0])
            return Speaker(people[0].name, "person", NAMED, self._role(people[0], span, place), people[0])
        body = next((member for member, chars in here if chars[0] <= head.idx < chars[1]), None)
        if body is None and head.pos_ == "PROPN":
            body = next((member for member, _ in here if member.kind == "organisation"), None)
        if body is not None:
            return Speaker(body.name, "organisation", BODY, None, body)
        return self._description(span)

    def _heads(self, span: Span, chars: Chars) -> bool:
        """Whether a mention within the source is the source itself and not what it belongs to (X's spokesman)."""
        text = self.doc.text
        if text[chars[1] : chars[1] + 2] in ("'s", "' ") and chars[1] < span.end_char:
            return False
        if chars[0] <= span.root.idx < chars[1]:
            return True
        apposed = text[span.start_char : chars[0]].rpartition(",")[2].lower().split()
        return NOT_THE_HEAD.isdisjoint(apposed)

    def _role(self, member: Member, span: Span, place: Chars) -> str | None:
        """The role as it stands beside the name in this source."""
        for role in member.roles:
            if span.start_char <= role.span[0] and role.span[1] <= span.end_char:
                return role.title
        return None

    def _pronoun(self, span: Span) -> Speaker | None:
        gender = GENDERS[span.root.lower_]
        best = self._salient(span.start_char, gender=gender)
        if best is None:
            last = self._last_speaker(span.start_char)
            return replace(last, confidence=0.6, role=None) if last and last.kind == "unnamed" else None
        last = self._last_speaker(span.start_char)
        if last is not None and last.kind == "unnamed" and self._recent(span.start_char):
            return replace(last, confidence=0.7, role=None)
        return best

    def _recent(self, place: int) -> bool:
        """Whether the last speaker's source stands nearer than any person's name outside quotes."""
        spoke = self.history[-1][0]
        return not any(spoke < trace.start < place and not trace.quoted and trace.is_subject for trace in self.traces)

    def _salient(self, place: int, *, gender: str = "", words: frozenset[str] = frozenset()) -> Speaker | None:
        """The person that is most present just before ``place``."""
        sentence, paragraph = self._sentence(place), self._paragraph(place)
        last = self._last_speaker(place)
        by_member: dict[Member, list[Trace]] = {}
        for trace in sorted((t for t in self.traces if t.start < place), key=lambda t: t.start):
            if not gender or not trace.member.gender or trace.member.gender == gender:
                by_member.setdefault(trace.member, []).append(trace)
        rows = [
            (m, features(ts, sentence=sentence, paragraph=paragraph, last_speaker=last.member if last else None))
            for m, ts in by_member.items()
        ]
        ranking = ranked(rows)
        if not ranking:
            return None
        share, member = ranking[0]
        return Speaker(member.name, "person", share, None, member)

    def _plural(self, span: Span) -> Speaker | None:
        """They and it: the last body, group or document that spoke, or the last one named as a subject."""
        place = span.start_char
        for _, speaker, _ in reversed(self.history[-4:]):
            if speaker.kind in ("organisation", "group"):
                return replace(speaker, confidence=0.6, role=None)
        bodies = [
            (chars[0], member)
            for member in self.cast.organisations
            for chars in member.mentions
            if chars[0] < place and is_subject(self.doc, *chars)
        ]
        if not bodies:
            return None
        member = max(bodies, key=lambda pair: pair[0])[1]
        return Speaker(member.name, "organisation", 0.5, None, member)

    def _description(self, span: Span) -> Speaker | None:
        head = span.root
        word = head.lower_
        if word in descriptions.DOCUMENTS:
            return self._document(span)
        if descriptions.is_definite(span) or word in ("members", "mps"):
            earlier = self._same_head(span)
            matched = self._by_role(span) if word not in descriptions.UNNAMED else None
            if matched is not None:
                return matched
            if earlier is not None:
                return replace(earlier, confidence=DESCRIBED, role=None)
            if word in descriptions.BODIES and (body := self._body_with(word, span.start_char)):
                return Speaker(body.name, "organisation", DESCRIBED, None, body)
            if word in descriptions.PERSONAL and head.tag_ in ("NN", "NNP"):
                salient = self._salient(span.start_char)
                if salient is not None:
                    return replace(salient, confidence=salient.confidence * 0.8, role=descriptions.described(span))
        return Speaker(descriptions.described(span), descriptions.speaker_type(head), DESCRIBED)

    def _same_head(self, span: Span) -> Speaker | None:
        word = span.root.lower_
        for _, speaker, source in reversed(self.history):
            if source is not None and source.root.lower_ == word and speaker.kind != "person":
                return speaker
        return None

    def _by_role(self, span: Span) -> Speaker | None:
        """The person whose role, party or employer the description repeats; the head word must be among them."""
        wanted = [
            key(token.text) for token in span if token.pos_ in ("NOUN", "PROPN", "ADJ") and token.lower_ != "former"
        ]
        head = key(span.root.text)
        ranking = []
        for member in self.cast.people:
            shared = sum(word in member.words for word in wanted)
            if head in member.words and shared * 2 > len(wanted):
                last = max((start for start, _ in member.mentions if start < span.start_char), default=-1)
                ranking.append((shared, last, member))
        if not ranking:
            return None
        shared, _, member = max(ranking, key=lambda row: row[:2])
        same = sum(row[0] == shared for row in ranking)
        text = descriptions.described(span)
        return Speaker(member.name, "person", 0.9 if same == 1 else 0.6, text, member)

    def _body_with(self, word: str, place: int) -> Member | None:
        """The organisation with ``word`` in its name that was named last before ``place``, or else first after it."""
        fits = [m for m in self.cast.organisations if word in m.words]
        return min(
            fits, key=lambda m: min(abs(place - s) + (9999 if s > place else 0) for s, _ in m.mentions), default=None
        )

    def _document(self, span: Span) -> Speaker | None:
        """A report speaks for the body or person that made it."""
        inside = self.cast.within(span.start_char, span.end_char)
        if inside:
            member = inside[-1][0] if len(inside) == 1 else inside[0][0]
            return Speaker(member.name, member.kind, DESCRIBED, None, member)
        if not descriptions.is_definite(span):
            return Speaker(descriptions.described(span), "organisation", 0.5)
        for _, speaker, _ in reversed(self.history):
            if speaker.kind == "organisation":
                return replace(speaker, confidence=0.6)
        return Speaker(descriptions.described(span), "organisation", 0.5)

    def _of_floating(self, place: int) -> Speaker | None:
        """A quotation with no word of who said it: the subject of the sentence before it, or who spoke last."""
        last = self._last_speaker(place)
        sentence = self._sentence(place)
        after = self.history[-1][0] if self.history else -1
        near = [
            t
            for t in self.traces
            if after < t.start < place and t.is_subject and not t.quoted and sentence - t.sentence <= 1
        ]
        if near:
            member = max(near, key=lambda trace: trace.start).member
            return Speaker(member.name, "person", 0.6, None, member)
        return replace(last, confidence=0.6, role=None) if last else None

    def _is_open(self, index: int, speaker: Speaker | None) -> bool:
        """Whether the one who speaks may be named only later: in a headline, or in the lead as "a minister"."""
        if speaker is None:
            return True
        span = self._span(self.quotes[index])
        if index > 1 or span is None or speaker.member is not None or span.root.lower_ in descriptions.UNNAMED:
            return False
        return span[0].lower_ in ("a", "an") and span.root.lower_ in descriptions.PERSONAL | descriptions.BODIES

    def _looking_ahead(self, index: int, found: list[Speaker | None]) -> Speaker | None:
        now = found[index]
        if now is None and index > 1:
            return None
        for later in found[index + 1 : index + 3]:
            if (
                later is not None
                and later.member is not None
                and (now is None or now.kind != "organisation" or later.kind == "organisation")
            ):
                return replace(later, confidence=0.5, role=None)
        return now

    def _last_speaker(self, place: int) -> Speaker | None:
        return self.history[-1][1] if self.history else None

    def _trace(self, member: Member, span: Chars) -> Trace:
        start, end = span
        index = bisect_right(self.contents, (start, 1 << 40)) - 1
        quoted = index >= 0 and self.contents[index][0] <= start < self.contents[index][1]
        return Trace(
            member, start, self._sentence(start), self._paragraph(start), is_subject(self.doc, start, end), quoted
        )

    def _sentence(self, place: int) -> int:
        return bisect_right(self.sentences, place)

    def _paragraph(self, place: int) -> int:
        return bisect_right(self.breaks, place)
