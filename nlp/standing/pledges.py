"""Stances told by what somebody pledges, plans, wants, calls for or would do: the deed is the proposal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.stances import Stance
from nlp.surface import tokens_among
from nlp.wordlists import table

SCHEMES = frozenset(
    "plan plans pledge pledges promise promises proposal proposals commitment intention aim vow".split()
)
MENTIONS = frozenset(
    "announce announced unveil unveiled outline outlined have has detail detailed reveal revealed".split()
)
INFINITIVES = frozenset({"xcomp", "ccomp", "advcl", "acl", "conj"})
FUTURE = frozenset({"would", "will", "'ll", "'d"})
CAUSES = frozenset({"ensure", "ensuring", "let", "letting", "allow", "allowing", "require", "requiring"})
OUGHT = frozenset({"should", "must"})
DENIALS = frozenset({"reject", "deny", "dismiss", "refute", "dispute"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
THERE_IS = frozenset({"be", "is"})
LASTING = frozenset({"continue", "stay", "remain"})
NEEDS = frozenset({"need", "case", "argument"})
ASKED = frozenset({"told", "urged", "asked"})
WANTED = frozenset({"want", "see", "like", "prefer", "need", "have"})
PROMISERS = frozenset("conservatives tories democrats dems labour snp ukip party government ministers greens".split())


@lru_cache(maxsize=1)
def deeds() -> dict[str, str]:
    """Any form of a verb of doing to its class (undo, end, resize, further)."""
    classes = table("deeds")
    return {form: classes[base] for form, base in verb_forms(classes).items()}


@lru_cache(maxsize=1)
def commitments() -> dict[str, str]:
    kinds = table("commitments")
    return {form: kinds[base] for form, base in verb_forms(kinds).items()}


def pledges(doc: Doc) -> Iterator[Stance]:
    """Every deed that somebody commits to or asks for, once for each verb and object."""
    yield from _needed(doc)
    known = deeds()
    for verb in tokens_among(doc, known):
        if not (verb.tag_.startswith("VB") or _marked(verb)):
            continue
        found = _committed(verb) or _future(verb) or _ought(verb)
        if found is not None:
            subject, kind, sign = found
            for thing in objects(verb):
                yield Stance(subject.i, thing.i, sign, kind, verb.i, deed=True)


def _needed(doc: Doc) -> Iterator[Stance]:
    """ "there should be an inquiry", "a strong case for a levy": what a speaker says is needed."""
    for token in tokens_among(doc, THERE_IS | LASTING | NEEDS):
        if token.lower_ in THERE_IS and any(child.dep_ == "expl" for child in token.children):
            ought = any(c.lower_ in OUGHT or c.lower_ == "need" for c in (*token.children, token.head))
            things = [child for child in token.children if child.dep_ in ("attr", "dobj")]
            for thing in things:
                if thing.lower_ in NEEDS:
                    yield from _wanted(thing, token)
                elif ought and not _negated(token):
                    yield Stance(token.i, thing.i, -1 if denied(token) else 1, "needed", token.i)
        elif token.lower_ in LASTING and any(c.lower_ in OUGHT and c.dep_ == "aux" for c in token.children):
            sign = -1 if _negated(token) else 1
            yield from (Stance(token.i, c.i, sign, "needed", token.i) for c in token.children if c.dep_ == "nsubj")
        elif token.lower_ in NEEDS and token.dep_ in ("dobj", "pobj") and token.head.lower_ in ("see", "is", "of"):
            yield from _wanted(token, token)


def _wanted(noun: Token, verb: Token) -> Iterator[Stance]:
    denied = _negated(verb) or any(child.lower_ == "no" for child in noun.children)
    for link in noun.children:
        if link.dep_ == "prep" and link.lower_ == "for":
            yield from (Stance(verb.i, c.i, -1 if denied else 1, "needed", verb.i) for c in link.children)


def objects(verb: Token) -> Iterator[Token]:
    """What is done something to: the object and what is joined to it; of a passive, its subject."""
    passive, small = any(child.dep_ == "auxpass" for child in verb.children), small_clause(verb)
    given = passive and any(child.dep_ == "dobj" for child in verb.children)  # "pupils would be offered meals"
    for child in verb.children:
        undergone = (passive and not given and child.dep_ == "nsubjpass") or (small and child.dep_ in SUBJECTS)
        direct = child.dep_ == "dobj" or undergone
        through = child.dep_ == "prep" and child.lower_ in ("on", "in", "down") and verb.lower_ in ("crack", "clamp")
        clause = child.dep_ == "ccomp" and verb.lower_ in CAUSES
        heads = [child] if direct or clause else [c for c in child.children if c.dep_ == "pobj"] if through else []
        for head in heads:
            yield head
            yield from (other for other in head.conjuncts if other.i > head.i and other.tag_.startswith("NN"))
            return


def small_clause(verb: Token) -> bool:
    """ "want it scrapped", "see fares frozen": a participle with its own subject that something is wanted to be."""
    return (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ == "ccomp"
        and verb.head.lemma_.lower() in WANTED
        and verb.head.i < verb.i
        and not any(child.dep_ in ("aux", "auxpass", "mark", "dobj") for child in verb.children)
    )


def _committed(verb: Token) -> tuple[Token, str, int] | None:
    """ "Labour pledged to …", "peers want fees to be cut", "urged MPs to …", "the party's plans to …"."""
    first = _first_of_series(verb)
    if first.dep_ == "pcomp" and first.head.lower_ == "by" and first.head.head.lower_ in deeds():
        return _committed(first.head.head)
    infinitive = _marked(first)
    gerund = first.tag_ == "VBG" and first.dep_ == "pcomp" and first.head.lower_ in ("to", "for")
    if not (gerund or (infinitive and first.dep_ in INFINITIVES)):
        return None
    above = first.head.head if gerund else first.head
    if above.lower_ in SCHEMES and above.tag_.startswith("NN") and first.dep_ in ("acl", "xcomp"):
        announced = _announced(above)
        return announced and (*announced[:2], -1 if _negated(first) else 1)
    if above.lower_ == "continue":
        return _future(above)
    kind = commitments().get(above.lower_)
    if kind is None or _conditional(above) or (kind == "wish" and above.dep_ == "relcl"):
        return None
    if above.lower_ in ASKED and not any(child.dep_ in ("dobj", "dative") for child in above.children):
        return None  # a headline's "mayor told to …"
    subject = committer(above)
    sign = -1 if _negated(above) != _negated(verb) else 1
    return None if subject is None else (subject, kind, sign)


def _announced(noun: Token) -> tuple[Token, str, int] | None:
    """Whose plan it is: its possessor ("Lib Dem plans" too), or who announced it."""
    owner = next(
        (
            child
            for child in noun.children
            if (child.dep_ == "poss" and child.tag_ != "PRP$")
            or (child.dep_ in ("compound", "nmod") and child.tag_.startswith("NNP"))
        ),
        None,
    )
    by = (child for child in noun.children if child.lower_ == "by" and child.dep_ == "prep")
    owner = owner or next((thing for link in by for thing in link.children if thing.dep_ == "pobj"), None)
    if owner is None and noun.dep_ == "dobj" and noun.head.lower_ in MENTIONS and not _negated(noun.head):
        owner = committer(noun.head)
    return None if owner is None or any(c.lower_ == "no" for c in noun.children) else (owner, "pledge", 1)


def _future(verb: Token) -> tuple[Token, str, int] | None:
    """ "The Tories would scrap it", "we will build homes": a party or a speaker of its own side."""
    first = _first_of_series(verb)
    if not any(child.lower_ in FUTURE and child.dep_ == "aux" for child in first.children) or _conditional(first):
        return None
    subject = committer(first)
    if subject is None:
        return None
    own = subject.lower_ in ("we", "i") or subject.lower_ in PROMISERS
    named = subject.tag_.startswith("NNP") and any(child.lower_ == "will" for child in first.children)
    if not (own or named):
        return None
    return subject, "future", -1 if _negated(first) else 1


def _ought(verb: Token) -> tuple[Token, str, int] | None:
    """ "fees should be cut", "ministers must stop this": what is said ought to be done, by whoever says it."""
    first = _first_of_series(verb)
    if not any(child.lower_ in OUGHT and child.dep_ == "aux" for child in first.children) or _conditional(first):
        return None
    return verb, "ought", -1 if _negated(first) != denied(first) else 1


def denied(verb: Token) -> bool:
    """Whether it stands under what is rejected: "they rejected the claim that there should be …"."""
    return any(token.lemma_.lower() in DENIALS for token in verb.ancestors)


def _marked(verb: Token) -> bool:
    """Whether it is an infinitive, also where the tagger took its verb for a noun ("to axe jobs")."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _first_of_series(verb: Token) -> Token:
    while verb.dep_ == "conj" and verb.head.tag_ == verb.tag_ and not any(c.dep_ in SUBJECTS for c in verb.children):
        verb = verb.head
    return verb


def committer(verb: Token) -> Token | None:
    """Who commits or asks; of a passive, its agent."""
    if verb.dep_ == "acomp":
        verb = verb.head
    agent = next((c for child in verb.children if child.dep_ == "agent" for c in child.children), None)
    if agent is not None:
        return agent
    for child in verb.children:
        if child.dep_ == "nsubjpass" and verb.lower_ not in ("committed", "determined"):
            return None
        if child.dep_ in ("nsubj", "nsubjpass"):
            return verb.head if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl" else child
    return committer(verb.head) if verb.dep_ == "conj" else None


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children)


def _conditional(verb: Token) -> bool:
    """In an if-clause or a question nobody commits."""
    inside = any(child.lower_ in ("if", "unless", "whether") and child.dep_ == "mark" for child in verb.children)
    return inside or verb.sent.text.rstrip("\"' \n").endswith("?")
