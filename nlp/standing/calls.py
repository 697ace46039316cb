"""What is called for by name: "appealed for a truce", "the union's demand for a levy", "would like more buses"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.demands import imagined, said_by
from nlp.standing.doings import Doing, carried
from nlp.standing.stances import negated
from nlp.surface import tokens_among

ASKING = verb_forms("call appeal press push lobby campaign plead ask hope wait argue pray bid opt".split())
WANTING = verb_forms("want demand request recommend need prefer require".split()) | {"like": "like", "sought": "seek"}
CALLS = frozenset("call calls demand demands plea pleas request requests appeal appeals campaign petition".split())
SCHEMES = frozenset("plan plans proposal proposals pledge promise commitment bid".split())
MADE = verb_forms(
    "make issue renew repeat restate voice press lead join back support echo add reiterate welcome endorse launch have "
    "announce unveil outline detail reveal highlight underline publish draw defend".split()
)
SHUNNED = verb_forms("reject dismiss resist ignore rebuff oppose refuse".split())
OURS = frozenset({"we", "i"})
PLAIN = frozenset({"dobj", "pobj", "conj", "attr", "ROOT", "nsubj"})


def calls(doc: Doc) -> Iterator[Doing]:
    """Every noun phrase that somebody asks for, or refuses to others who ask for it."""
    for token in tokens_among(doc, ASKING.keys() | WANTING.keys() | CALLS | SCHEMES):
        low = token.lower_
        if (low in CALLS or low in SCHEMES) and token.tag_.startswith("NN"):
            yield from _noun(token)
        elif token.tag_.startswith("VB") and not imagined(token):
            things = _asked(token) if low in ASKING else _wanted(token)
            yield from _by(token, things)


def _by(verb: Token, things: list[Token]) -> Iterator[Doing]:
    if not things:
        return
    subject, sign = doer(verb), -1 if negated(verb) else 1
    needed = WANTING.get(verb.lower_) == "need"
    holder = subject
    if needed:  # "we need a levy" asks for it, "the town needs one" does where somebody says so
        holder, turn = said_by(verb)
        sign *= turn
        if holder is None and (subject is None or subject.lower_ not in OURS):
            return
    elif subject is None:
        return
    for thing in things:
        yield from _said(holder, thing, sign, "necessity" if needed else "wanting")


def _asked(verb: Token) -> list[Token]:
    return [c for link in verb.children if link.dep_ == "prep" and link.lower_ == "for" for c in _heads(link)]


def _wanted(verb: Token) -> list[Token]:
    low = verb.lower_
    if low == "like" and not any(c.lower_ in ("would", "'d") for c in verb.children):
        return []
    return [one for c in verb.children if c.dep_ == "dobj" for one in (c, *c.conjuncts) if one.i >= c.i]


def _heads(link: Token) -> Iterator[Token]:
    for child in link.children:
        if child.dep_ == "pobj":
            yield child
            yield from (other for other in child.conjuncts if other.i > child.i and other.tag_.startswith("NN"))


def _noun(noun: Token) -> Iterator[Doing]:
    """ "X's call for Y", "calls for Y from X", "X made a plea for Y", "X rejected calls for Y"."""
    things = _asked(noun)
    if not things:
        return
    owners = [c for c in noun.children if c.dep_ == "poss" and c.tag_ != "PRP$"]
    owners += [c for link in noun.subtree if link.lower_ in ("by", "from") and link.dep_ in ("prep", "agent")
               and link.head.i in (noun.i, things[-1].i, link.i - 1) for c in _heads(link)]  # fmt: skip
    sign = -1 if any(c.lower_ == "against" for c in noun.children) else 1
    kind = "wanting" if noun.lower_ in CALLS else "scheme"
    owners += [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod") and c.is_title and kind == "scheme"]
    for owner in owners[:1]:
        for thing in things:
            yield from _said(owner, thing, sign, kind)
    above = noun.head
    if noun.dep_ == "dobj" and (above.lower_ in MADE or above.lower_ in SHUNNED) and not owners:
        subject = doer(above)
        if subject is None:
            return
        shunned = above.lower_ in SHUNNED
        turn = -1 if shunned != negated(above) else 1
        for thing in things:
            yield from _said(subject, thing, sign * turn, "refusal" if shunned else kind)


def _said(holder: Token | None, thing: Token, sign: int, kind: str) -> Iterator[Doing]:
    """The thing, or what it is to do ("a demand for members to vote"), wherever the parser hung that."""
    after = thing.right_edge.i + 1
    doc = thing.doc
    if after + 1 < len(doc) and doc[after].lower_ == "to" and doc[after].tag_ == "TO":
        verb = doc[after].head
        if verb.i > after and verb.tag_.startswith("VB"):
            yield from (Doing(holder, deed, way, "plea") for deed, way in carried(verb, sign))
            return
    yield Doing(holder, thing, sign, kind, noun=True)


def doer(verb: Token) -> Token | None:
    """Who does it: the subject, its own or that of the verb it is joined to or hangs on; of a passive, its agent."""
    below = verb
    for _ in range(4):
        agent = next((g for c in below.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
        if agent is not None:
            return agent
        for child in below.children:
            if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and below.i != verb.i):
                relative = child.lower_ in ("who", "which", "that") and below.dep_ == "relcl"
                return below.head if relative else child
        if any(child.dep_ == "nsubjpass" for child in below.children):
            return None
        if below.dep_ == "acl" and below.tag_ in ("VBG", "VBN") and below.i == verb.i:
            return below.head
        if below.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "acomp"):
            return None
        if below.dep_ == "prep" and below.lower_ in ("for", "of"):  # "suspended the branch for refusing to …"
            done_to = next((c for c in below.head.children if c.dep_ in ("dobj", "nsubjpass")), None)
            if done_to is not None:
                return done_to
        below = below.head
    return None
