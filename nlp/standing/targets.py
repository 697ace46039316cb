"""What a position is about: the policy that a noun phrase names, or the one that "the plan" points back at."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.document import entities
from nlp.records import Entity, Span
from nlp.standing.clauses import CLAIMS, contents, is_doing, is_specific, tells_a_deed, that_clause, what_happens
from nlp.standing.phrases import (
    DEFINITE,
    GENERIC,
    LONGEST,
    NO_DEED,
    PROPOSABLE,
    TELLING,
    breaks,
    fuller,
    phrase,
    tells,
)
from nlp.surface import text_of, tokens_among
from nlp.wordlists import words

__all__ = ["GENERIC", "LONGEST", "NO_DEED", "PROPOSABLE", "TELLING", "THING", "Target", "Targets", "phrase", "tells"]
# What is backed or opposed is a proposal more often than what is welcomed or attacked.
FIRM_VERBS = frozenset("support oppose favour advocate endorse champion".split())
CLAUSES = frozenset({"relcl", "acl", "advcl", "appos", "punct", "cc", "conj"})
THING = 0.8  # how sure a phrase must be before undoing it is a position
PASSAGE = 300  # characters
# "some of the plans" are the plans.
PARTS = frozenset(
    "some one many most all each both none either neither any part parts aspect aspects element elements detail "
    "details much few several majority bulk rest".split()
)
NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "conj", "appos"})
ARGUED = 3  # times that a bare noun stands in an article that argues about it


@dataclass(frozen=True, slots=True)
class Target:
    """The target's words, the policy (Entity name) if it is one, and how sure that is what the phrase means."""

    text: str
    policy: str | None
    sure: float


class Targets:
    """The policies of one article, by place and by weight."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.policies = entities(doc, "policies")
        self.places = sorted(((s, e, p) for p in self.policies for s, e in p.mentions), key=lambda place: place[:2])
        bodies = entities(doc, "organisations")
        self.actors = {start for body in bodies for start, _ in body.mentions}
        self.persons = {i for span in doc.spans.get("people", ()) for i in range(span.start, span.end)}
        self.lead = _lead_end(doc)
        self.main = self._main()

    def of(self, head: Token) -> Target | None:
        """The target that the noun phrase of ``head`` names; None for what is no policy (a person, a claim)."""
        if head.lower_ in ("it", "them", "this", "that"):
            known = self.before(head.idx)
            return Target(known.name, known.name, 0.7 if head.lower_ == "it" else 0.4) if known else None
        if head.tag_ == "VBG" and head.dep_ in ("xcomp", "pcomp", "ccomp", "csubj", "conj"):
            return self._doing(head)
        if head.lower_ in PARTS:
            links = (child for child in head.rights if child.lower_ == "of")
            whole = next((thing for link in links for thing in link.rights if thing.dep_ == "pobj"), None)
            if whole is not None:
                return self.of(whole)
        misread = head.tag_ == "VBZ" and head.dep_ in NOMINAL and head.lower_ in PROPOSABLE  # "Labour's spending plans"
        if head.pos_ == "VERB" and head.tag_ != "VBG" and not misread:
            return self._happening(head)
        start, end = phrase(head)
        span = self.doc[start:end]
        named = self._named(span.start_char, span.end_char, head)
        if named is not None:
            return Target(named.name if _covers(named, head) else span.text, named.name, 1.0)
        if (head.pos_ != "NOUN" and head.lower_ not in PROPOSABLE) or head.idx in self.actors or head.i in self.persons:
            return None
        if head.lower_ in GENERIC and not tells(self.doc, start, end):
            return self._gestured(head, start, end)
        verb = head.head.lemma_.lower()
        fact = what_happens(head)
        if fact is not None:
            return Target(str(self.doc[fact[0] : min(fact[1], fact[0] + LONGEST)].text), None, 0.5)
        if end - start == 1 and (other := self._completed(head) or self._again(head)) is not None:
            return other
        if end - start == 1 and head.lower_ not in TELLING:
            return Target(span.text, None, 0.4) if self._says_enough(head) else None
        if head.lower_ in PROPOSABLE:
            return Target(span.text, None, 0.8)
        return Target(span.text, None, 0.6 if (verb in FIRM_VERBS and is_specific(head)) or is_doing(head) else 0.4)

    def _gestured(self, head: Token, start: int, end: int) -> Target | None:
        """ "the idea that fees should rise", "plans to close it", "a system that shields tenants", "the scheme"."""
        clause = that_clause(head)
        if clause is not None:
            return self._happening(clause)
        to = next(contents(head), None)
        if to is not None or any(child.dep_ in ("acl", "ccomp") for child in head.children):
            return self._doing(to) if to is not None else None
        clause = next((child for child in head.rights if child.dep_ == "relcl" and child.left_edge.i == end), None)
        if clause is not None and self.doc[end].lower_ in ("that", "which") and head.left_edge.lower_ in ("a", "an"):
            last = clause.right_edge.i + 1
            if last - start <= LONGEST:
                return Target(str(self.doc[start:last].text), None, 0.7)
        named = self._named_so(head)
        known = named or self.before(head.idx)
        again = self._again(head) if named is None else None
        if again is not None and known is not None and self._since(again, known, head.idx):
            again = None
        return again or (Target(known.name, known.name, 0.8) if known else None)

    def _since(self, again: Target, known: Entity, place: int) -> bool:
        """Whether a policy is named between a phrase and the place that points back."""
        last = max((start for start, _ in known.mentions if start < place), default=-1)
        return last > text_of(self.doc).rfind(again.text, 0, place) >= 0

    def _again(self, head: Token) -> Target | None:
        bounds = fuller(head) if head.lower_ not in NO_DEED else None
        return Target(str(self.doc[bounds[0] : bounds[1]].text), None, 0.6) if bounds is not None else None

    def _completed(self, head: Token) -> Target | None:
        """ "wants a date to be set for it": one noun and the infinitive behind it."""
        end = head.i + 1
        if end + 1 >= len(self.doc) or self.doc[end].tag_ != "TO" or self.doc[end + 1].tag_ != "VB":
            return None
        if head.lower_ in NO_DEED:
            return None
        last = min(self.doc[end + 1].right_edge.i + 1, head.i + LONGEST)
        stop = next((i for i in range(end, last) if breaks(self.doc[i]) or self.doc[i].is_space), last)
        return Target(str(self.doc[head.i : stop].text), None, 0.7)

    def _says_enough(self, head: Token) -> bool:
        """One noun that says what is done, or that the article keeps coming back to."""
        if head.lower_ in CLAIMS:
            return False
        if tells_a_deed(head):
            return True
        one = head.lower_.removesuffix("s")
        empty = NO_DEED | words("actor_nouns") | words("role_heads")
        return head.lower_ not in empty and sum(1 for _ in tokens_among(self.doc, {one, one + "s"})) >= ARGUED

    def _doing(self, verb: Token) -> Target | None:
        """ "replacing the board", "putting two questions in one bill": with an object it says what is proposed."""
        if not any(child.dep_ in ("dobj", "prep", "ccomp") for child in verb.children):
            return None
        end = min(verb.right_edge.i + 1, verb.i + LONGEST)
        stop = next((i for i in range(verb.i + 1, end) if breaks(self.doc[i]) or self.doc[i].is_space), end)
        return Target(str(self.doc[verb.i : stop].text), None, 0.7) if stop > verb.i + 1 else None

    def _happening(self, verb: Token) -> Target | None:
        """ "parents could be tagged", "fees would rise": a finite clause, from its subject to its object."""
        parts = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "prt", "attr")]
        if not any(part.pos_ == "NOUN" or part.pos_ == "PROPN" for part in parts):
            return None
        bounds = [bound for part in parts for bound in phrase(part)]
        first, last = min(verb.i, *bounds), max(verb.i + 1, *bounds)
        return Target(str(self.doc[first:last].text), None, 0.7) if last - first <= 2 * LONGEST else None

    def deed(self, verb: Token, thing: Token, kind: str, *, weak: bool) -> tuple[Target, int] | None:
        """What a pledge to act is about, and the sign that doing it has there.

        "abolish the fee" is against the fee, "introduce the fee" for it; where no policy is named, the deed itself
        is what is proposed ("cut class sizes"). ``kind`` is the verb's class in data/deeds.txt; ``weak`` when nobody
        pledged it in so many words.
        """
        sign = -1 if kind in ("undo", "end") else 1
        if kind != "resize":
            known = self.of(thing)
            back = thing.lower_ in GENERIC and not tells(self.doc, *phrase(thing))
            if known is not None and (known.policy or back or (kind == "undo" and known.sure >= THING)):
                return known, sign
        if thing.dep_ == "ccomp":  # "ensure that every child …"
            return Target(self.doc[verb.i : min(thing.right_edge.i + 1, verb.i + LONGEST)].text, None, 0.9), 1
        if kind == "undo" or not thing.tag_.startswith("NN") or thing.lower_ in NO_DEED or thing.idx in self.actors:
            return None
        start, end = phrase(thing)
        first = min(verb.i, start)
        if end - first > LONGEST:
            first = start
        return Target(self.doc[first:end].text, None, 0.5 if kind == "general" and weak else 0.9), 1

    def before(self, place: int) -> Entity | None:
        """The policy named last in the passage before a character, or the article's main one."""
        near = [p for start, _, p in self.places if place - PASSAGE < start < place and p.kind != "entitlement"]
        if near:
            return near[-1]
        if self.main is not None and min(self.main.mentions)[0] < place:
            return self.main
        earlier = [policy for start, _, policy in self.places if start < place]
        return earlier[-1] if earlier else None

    def within(self, start: int, end: int) -> Entity | None:
        """The first policy named between two characters."""
        return next((policy for a, b, policy in self.places if a < end and b > start), None)

    def mention(self, start: int, end: int) -> tuple[Entity, Span] | None:
        """The policy named between two characters, or what "the plan" there points back at; and where it stands."""
        for a, b, policy in self.places:
            if a < end and b > start:
                return policy, (a, b)
        span = self.doc.char_span(start, end, alignment_mode="expand")
        for token in span if span is not None else ():
            if token.lower_ in GENERIC and token.i and self.doc[token.i - 1].lower_ in DEFINITE:
                known = self._named_so(token) or self.before(token.idx)
                return (known, (token.idx, token.idx + len(token))) if known is not None else None
        return None

    def _named(self, start: int, end: int, head: Token) -> Entity | None:
        """The policy whose mention covers the head, or else the one inside the phrase."""
        inside = [(a, b, policy) for a, b, policy in self.places if a < end and b > start]
        covering = [policy for a, b, policy in inside if a <= head.idx < b]
        return covering[0] if covering else inside[0][2] if inside else None

    def _named_so(self, head: Token) -> Entity | None:
        """ "this legislation": a policy that goes by the same noun, before or after."""
        noun = head.lemma_.lower()
        same = [(start, p) for start, _, p in self.places if p.name.lower().split()[-1].rstrip("s") == noun]
        earlier = [policy for start, policy in same if start < head.idx]
        return earlier[-1] if earlier else same[0][1] if same else None

    def _main(self) -> Entity | None:
        """The policy that the article is about: named in headline or lead, or more than once; the most named."""

        def weight(policy: Entity) -> tuple[int, int]:
            early = sum(start < self.lead for start, _ in policy.mentions)
            return len(policy.mentions) + 2 * early, -min(policy.mentions)[0]

        best = max((p for p in self.policies if p.kind != "entitlement"), key=weight, default=None)
        return best if best is not None and weight(best)[0] >= 2 else None


def _covers(policy: Entity, head: Token) -> bool:
    return any(start <= head.idx < end for start, end in policy.mentions)


def _lead_end(doc: Doc) -> int:
    """The end of the second paragraph: a headline and a lead."""
    end = text_of(doc).find("\n\n")
    after = text_of(doc).find("\n\n", end + 2) if end >= 0 else -1
    return after if after >= 0 else len(text_of(doc)) // 5
