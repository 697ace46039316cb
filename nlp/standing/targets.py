"""What a position is about: the policy that a noun phrase names, or the one that "the plan" points back at."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.document import entities
from nlp.records import Entity, Span
from nlp.standing.clauses import contents, tells_a_deed, what_happens
from nlp.surface import text_of
from nlp.wordlists import words

GENERIC = frozenset(
    "plan plans proposal proposals move moves change changes scheme schemes idea ideas decision measure measures "
    "policy policies rule rules bill law laws legislation reform reforms approach initiative step strategy deal "
    "agreement system programme project package review act document manifesto cards breakthrough".split()
)
# Heads of phrases that may be a target without being a named policy.
PROPOSABLE = GENERIC | frozenset(
    "tax taxes inquiry referendum link force taskforce investigation funding closure closures expansion merger "
    "sale war strike powers ruling judgement judgment guidelines standards cards services service pay increase "
    "increases rise cuts reduction use ban treaty constitution convention membership euro budget settlement "
    "scrutiny freedom right rights protection help checks tests target targets limit limits age voting system "
    "veto part action obligation duty budget pledge pledges promise promises amendment amendments clause levy "
    "subsidy subsidies sanctions commissioners casinos fees charges fines motion presumption compensation guarantee "
    "curb curbs moratorium amnesty overhaul shake-up crackdown exemption".split()
)
# What is backed or opposed is a proposal more often than what is welcomed or attacked.
FIRM_VERBS = frozenset("support oppose favour advocate endorse champion".split())
# One word that says enough of what is for or against.
TELLING = frozenset("war euro referendum inquiry devolution privatisation strike immigration hunting smoking".split())
DOING = ("tion", "sion", "ment", "al", "ure", "return", "ease", "ing", "use", "sale", "loss", "ance")
CLAIMS = frozenset(
    "statement suggestion allegation accusation argument comment assertion question performance impression situation "
    "generation position notion mention behaviour department parliament version opinion nation union reputation".split()
)
CLAUSES = frozenset({"relcl", "acl", "advcl", "appos", "punct", "cc", "conj"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
LONGEST = 14
THING = 0.8  # how sure a phrase must be before undoing it is a position
NO_DEED = frozenset(
    "time times way ways part place thing things lot sense difference statement speech question questions answer "
    "answers point points case view views mind chance note step steps attempt effort efforts sure mistake mistakes "
    "campaign meeting room man woman head name seat seats goal appeal interest attention action fun favour "
    "direction vote votes majority lead people fears everyone anyone them us him her ministers mps patients".split()
)
BREAKS = frozenset({":", ";", "(", ",", "-", "--", "–"})
PASSAGE = 300  # characters


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
        if head.pos_ == "VERB" and head.tag_ != "VBG":
            return self._happening(head)
        start, end = phrase(head)
        span = self.doc[start:end]
        named = self._named(span.start_char, span.end_char, head)
        if named is not None:
            whole = head.lower_ in GENERIC and not _covers(named, head)
            return Target(span.text if whole else named.name, named.name, 1.0)
        if (head.pos_ != "NOUN" and head.lower_ not in PROPOSABLE) or head.idx in self.actors or head.i in self.persons:
            return None
        if head.lower_ in GENERIC and not tells(self.doc, start, end):
            if any(child.dep_ in ("acl", "ccomp") for child in head.children):  # "the idea that …" is another
                to = next(contents(head), None)
                return self._doing(to) if to is not None else None
            known = self._named_so(head) or self.before(head.idx)
            return Target(known.name, known.name, 0.8) if known else None
        verb = head.head.lemma_.lower()
        fact = what_happens(head)
        if fact is not None:
            return Target(str(self.doc[fact[0] : min(fact[1], fact[0] + LONGEST)].text), None, 0.5)
        if end - start == 1 and head.lower_ not in TELLING:
            return Target(span.text, None, 0.4) if tells_a_deed(head) and head.lower_ not in CLAIMS else None
        if head.lower_ in PROPOSABLE:
            return Target(span.text, None, 0.8)
        return Target(span.text, None, 0.6 if (verb in FIRM_VERBS and _is_specific(head)) or _is_doing(head) else 0.4)

    def _doing(self, verb: Token) -> Target | None:
        """ "replacing the board", "putting two questions in one bill": with an object it says what is proposed."""
        if not any(child.dep_ in ("dobj", "prep", "ccomp") for child in verb.children):
            return None
        end = min(verb.right_edge.i + 1, verb.i + LONGEST)
        stop = next((i for i in range(verb.i + 1, end) if _breaks(self.doc[i]) or self.doc[i].is_space), end)
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
            if known is not None and (known.policy or (kind == "undo" and known.sure >= THING)):
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


def _is_specific(head: Token) -> bool:
    """ "home ownership", "choice in schools", not "shared buildings"."""
    return any(child.dep_ in ("prep", "compound", "acl") for child in head.children)


def _is_doing(head: Token) -> bool:
    """ "the release of prisoners", "the closure of wards": a noun of doing with what is done to, but no claim."""
    of = any(child.dep_ == "prep" and child.lower_ == "of" for child in head.children)
    return of and head.lower_ not in CLAIMS and head.lower_.endswith(DOING)


def _covers(policy: Entity, head: Token) -> bool:
    return any(start <= head.idx < end for start, end in policy.mentions)


def _lead_end(doc: Doc) -> int:
    """The end of the second paragraph: a headline and a lead."""
    end = text_of(doc).find("\n\n")
    after = text_of(doc).find("\n\n", end + 2) if end >= 0 else -1
    return after if after >= 0 else len(text_of(doc)) // 5


def phrase(head: Token) -> tuple[int, int]:
    """Token bounds of the noun phrase of ``head``, without its article, relative clauses and what is coordinated."""
    left = min(
        [head.i, *(t.left_edge.i for t in head.lefts if t.dep_ in ("amod", "compound", "nmod", "poss", "nummod"))]
    )
    while left < head.i and (head.doc[left].pos_ in ("DET", "PUNCT") or head.doc[left].tag_ == "PRP$"):
        left += 1
    right = head.i + 1
    for child in head.rights:
        complement = child.dep_ == "prep" or (child.dep_ == "acl" and child.tag_ == "VB")
        if not complement or child.left_edge.i > right or child.lower_ == "as":
            break
        right = child.right_edge.i + 1
    right = min(right, max(left + LONGEST, head.i + 1))
    stop = next((i for i in range(head.i + 1, right) if _breaks(head.doc[i])), right)
    while stop > head.i + 1 and head.doc[stop - 1].tag_ in ("IN", "DT", "CC", "TO", "WDT", "PRP$"):
        stop -= 1
    return left, stop


def tells(doc: Doc, start: int, end: int) -> bool:
    general = words("policy_general")
    return any(
        token.is_alpha and token.lower_ not in general | GENERIC and token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")
        for token in doc[start:end]
    )


def _breaks(token: Token) -> bool:
    """A mark that ends a phrase; a hyphen inside a word does not."""
    return token.text in BREAKS and (token.text != "-" or bool(token.nbor(-1).whitespace_))
