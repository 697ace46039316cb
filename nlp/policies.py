"""Policies: bills, acts, schemes, rights, plans, taxes and rules; one record for each, under all its spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import entities, people, store
from nlp.naming.policy_compounds import CAMPAIGNS, goes_on, heads
from nlp.naming.policy_names import named_policies
from nlp.naming.vocabulary import PARTY_WORDS
from nlp.records import Entity
from nlp.surface import text_of
from nlp.wordlists import rows, words

Bounds = tuple[int, int]
# Nouns that only say that it is a policy: "ID card scheme" and "ID cards" are one.
PLAIN_HEADS = frozenset(
    "scheme policy plan programme measure proposal rule law legislation bill reform regulation guideline order".split()
)
# Nouns that stand for whatever policy is talked of, and how sure it is that "the move" means the one named before:
# ranks that were set by hand, the same noun first; no probabilities.
NO_BODIES = frozenset("act bill paper scheme facility strategy directive treaty".split())
GENERAL = frozenset("move plan proposal change reform measure idea scheme policy initiative decision step".split())
SAME_NOUN, OF_SEVERAL, ANY_NOUN = 0.9, 0.7, 0.5
PAPERS = frozenset({"report", "review", "inquiry"})
PAPER = frozenset({"white", "paper"})  # "the White Paper" is the one on pensions that was named before
REACH = 3  # sentences back that "the move" looks
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


@dataclass(slots=True)
class Policy:
    """A policy while the article is read: its telling words, the heads it was named with, where it stands."""

    name: str
    kind: str
    words: frozenset[str]
    common: bool = False
    proper: bool = False
    heads: set[str] = field(default_factory=set)
    spans: list[Bounds] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    linked: list[tuple[int, int, float]] = field(default_factory=list)


@Language.component("policies", requires=["token.tag", "doc.spans"], assigns=["doc.spans"])
def policies(doc: Doc) -> Doc:
    taken = {i for person in people(doc) for i in _tokens(doc, person.mentions)}
    taken |= {i for body in entities(doc, "organisations") if body.kind != "party" for i in _tokens(doc, body.mentions)}
    found: list[Policy] = []
    used: set[int] = set()
    for start, end, kind in named_policies(doc):
        if used.isdisjoint(range(start, end)) and (
            start not in taken or end - 1 not in taken or _whole_name(doc, start, end, taken)
        ):
            used.update(range(start, end))
            _add(found, doc, start, end, kind)
    _later_mentions(doc, found, used)
    end = _headline_end(doc)
    kept = (
        policy
        for policy in found
        if policy.proper or max(set(policy.spans) - {(a, b) for a, b, _ in policy.linked})[0] >= end
    )
    records = [_entity(policy) for policy in sorted(kept, key=lambda policy: min(policy.spans))]
    store(doc, "policies", records, spans=[span for record in records for span in record.mentions])
    return doc


def _whole_name(doc: Doc, start: int, end: int, taken: set[int]) -> bool:
    """A scheme, a White Paper or a child trust fund that was taken for a body or a person, whole; no part of one."""
    whole = start - 1 not in taken and end not in taken
    return whole and (doc[end - 1].lower_ in NO_BODIES or doc[start:end].text.lower() in _common_names())


def _entity(policy: Policy) -> Entity:
    aliases = tuple(form for form in policy.forms if form != policy.name)
    return Entity(
        policy.name, policy.kind, tuple(sorted(policy.spans)), aliases=aliases, linked=tuple(sorted(policy.linked))
    )


def _tokens(doc: Doc, spans: tuple[Bounds, ...]) -> Iterator[int]:
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield from range(span.start, span.end)


def _add(found: list[Policy], doc: Doc, start: int, end: int, kind: str) -> None:
    text = doc[start:end].text
    common = _common_names().get(text.lower())
    telling = common or _telling(doc, start, end)
    proper = _proper(doc, start) or kind == "right"
    policy = next((known for known in found if _same(known, telling, proper=proper, common=bool(common))), None)
    if policy is None:
        policy = Policy(text, kind, telling, bool(common), proper)
        found.append(policy)
    policy.heads.add(doc[end - 1].lemma_.lower())
    policy.heads.update(token.lemma_.lower() for token in doc[start:end] if token.lemma_.lower() in heads())
    policy.spans.append((doc[start].idx, doc[start].idx + len(text)))
    policy.forms[text] = None
    if policy.spans[0][0] < _headline_end(doc) <= doc[start].idx and policy.name == next(iter(policy.forms)):
        policy.name = text  # a headline is short for what the article spells out


def _headline_end(doc: Doc) -> int:
    """Where a headline ends that stands above the text, 0 without one: what only it names is short for something."""
    text = text_of(doc)
    end = text.find("\n")
    return 0 if end < 0 or text[:end].rstrip().endswith((".", "?", "!", '"')) else end


def _proper(doc: Doc, start: int) -> bool:
    """A name in capitals or in quotation marks."""
    capital = doc[start].is_title and not doc[start].is_sent_start
    return capital or (start > 0 and doc[start - 1].is_quote)


@lru_cache(maxsize=1)
def _common_names() -> dict[str, frozenset[str]]:
    """Common names, in lower case, to their words; one that means what another does (identity cards) to that one's."""
    return {row[0].lower(): _words(row[-1] if len(row) > 2 else row[0]) for row in rows("policies")}


def _words(name: str) -> frozenset[str]:
    """The words of a name in the singular, without the noun that only says that it is a policy."""
    found = {word if word.endswith("ss") else word.removesuffix("s") for word in re.findall(r"\w+", name.lower())}
    return frozenset(found - PLAIN_HEADS or found)


def _telling(doc: Doc, start: int, end: int) -> frozenset[str]:
    """The words that tell which policy it is, lemmatised; a name in capitals keeps its head ("Terrorism Act").

    A report, a review and an inquiry of one name are one.
    """
    general = words("policy_general") | CAMPAIGNS
    if doc[end - 1].lower_ == "manifesto":
        general -= PARTY_WORDS
    if doc[end - 1].lower_ in PAPERS:
        general |= PAPERS
    plain = PLAIN_HEADS if not any(token.is_title for token in doc[start + 1 : end]) else frozenset()
    lemmas = frozenset(
        token.lemma_.lower()
        for token in doc[start:end]
        if token.is_alpha and not token.is_stop and general.isdisjoint({token.lower_, token.lemma_.lower()})
    )
    return (lemmas - plain) or lemmas or frozenset({doc[start:end].text.lower()})


def _same(known: Policy, telling: frozenset[str], *, proper: bool, common: bool) -> bool:
    """Proper names must agree in all telling words; of common nouns one may say more, but no other kind of policy.

    Two that each go by a common name, as income tax and local income tax, are two.
    """
    if proper or known.proper or (common and known.common):
        return known.words == telling or (known.words & telling >= PAPER and PAPER in (known.words, telling))
    more = known.words ^ telling  # "immigration quotas" are not the "immigration policy"
    return (known.words <= telling or telling <= known.words) and more.isdisjoint(heads())


def _later_mentions(doc: Doc, found: list[Policy], used: set[int]) -> None:
    """ "The bill", "the scheme": the policy named last before that goes by that noun; a scheme may be of any kind.

    "The move", "the plans" without such a policy point to the one named last, a few sentences before at most, and
    are no mention of it.
    """
    places = sorted(((start, policy) for policy in found for start, _ in policy.spans), key=lambda place: place[0])
    for i, token in enumerate(doc if places else ()):
        head = token.lemma_.lower()
        if (head not in heads() and head not in GENERAL) or i in used or not _points_back(doc, i) or goes_on(doc, i):
            continue
        before = [place for place in places if place[0] < token.idx]
        known = [p for _, p in before if head in p.heads or (head == "scheme" and p.kind == "right")]
        span = (token.idx, token.idx + len(token))
        if known:
            meant = _meant(doc, known)
            meant.spans.append(span)
            meant.linked.append((*span, SAME_NOUN if len({id(policy) for policy in known}) == 1 else OF_SEVERAL))
        elif before and head in GENERAL and doc[i - 1].lower_ in DEFINITE and _near(doc, before[-1][0], i):
            before[-1][1].linked.append((*span, ANY_NOUN))


def _near(doc: Doc, place: int, i: int) -> bool:
    """Whether a character and a token are no more than a few sentences apart."""
    between = doc.char_span(place, doc[i].idx + len(doc[i]), alignment_mode="expand")
    return between is not None and sum(token.is_sent_start is True for token in between) <= REACH


def _meant(doc: Doc, known: list[Policy]) -> Policy:
    """The one named last, but for one that is named once, as a party's own, beside another."""
    others = [policy for policy in known if not _in_passing(doc, policy)]
    return others[-1] if others else known[-1]


def _in_passing(doc: Doc, policy: Policy) -> bool:
    """ "Labour's 'right to request'" in an article on another policy."""
    span = doc.char_span(*policy.spans[0], alignment_mode="expand")
    if span is None or len(policy.spans) > 1:
        return False
    before = span.start - 1
    while before > 0 and doc[before].is_quote:
        before -= 1
    return before > 0 and doc[before].tag_ == "POS" and doc[before - 1].lower_ in PARTY_WORDS


def _points_back(doc: Doc, head: int) -> bool:
    """ "the bill", "this private bill", "Lord Smith's bill"; "his proposals for quotas" say which themselves."""
    if doc[head].tag_ == "NNS" and head + 1 < len(doc) and doc[head + 1].lower_ in ("for", "on", "to", "of"):
        return False
    i = head - 1
    while i >= max(0, head - 3) and doc[i].pos_ in ("ADJ", "NOUN") and doc[i].tag_ != "POS":
        i -= 1
    return i >= 0 and (doc[i].lower_ in DEFINITE or doc[i].tag_ == "POS")
