"""Stances told by narration: a subject, a verb that shows where it stands, and the object it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.surface import tokens_among
from nlp.wordlists import rows

UPWARD = frozenset({"xcomp", "ccomp", "conj", "advcl", "acomp"})
CLAUSAL = frozenset({"xcomp", "pcomp", "ccomp"})
CALLS = frozenset("call calls demand demands plea pleas request requests appeal appeals".split())
DECISIONS = frozenset({"decision", "plan", "plans", "pledge", "promise", "move", "bid", "attempt", "call", "calls"})
FIRM = {
    ("agree", "to"): 1, ("agree", "with"): 1, ("disagree", "with"): -1, ("object", "to"): -1, ("vote", "for"): 1,
    ("vote", "against"): -1, ("campaign", "for"): 1, ("campaign", "against"): -1, ("argue", "for"): 1,
    ("argue", "against"): -1, ("speak", "against"): -1, ("protest", "against"): -1, ("protest", "about"): -1,
    ("rebel", "against"): -1, ("fight", "against"): -1, ("complain", "about"): -1, ("stand", "by"): 1,
    ("press", "for"): 1, ("rule", "against"): -1, ("warn", "against"): -1, ("come", "against"): -1,
    ("lobby", "for"): 1, ("lobby", "against"): -1, ("march", "against"): -1, ("strike", "over"): -1,
    ("press", "with"): 1, ("push", "with"): 1, ("proceed", "with"): 1, ("stick", "with"): 1,
    ("decide", "against"): -1, ("be", "against"): -1, ("turn", "against"): -1, ("hit", "at"): -1, ("insist", "on"): 1,
    ("sign", "to"): 1, ("believe", "in"): 1, ("be", "behind"): 1, ("rail", "against"): -1, ("speak", "for"): 1,
    ("go", "with"): 1, ("side", "with"): 1, ("rally", "behind"): 1, ("appeal", "against"): -1, ("hold", "against"): -1,
    ("demonstrate", "against"): -1, ("rule", "for"): 1, ("take", "against"): -1, ("line", "behind"): 1,
    ("line", "against"): -1, ("argue", "with"): -1, ("quarrel", "with"): -1,
    ("persist", "with"): 1, ("persevere", "with"): 1, ("forge", "with"): 1, ("plough", "with"): 1,
    ("disapprove", "of"): -1, ("despair", "of"): -1, ("bridle", "at"): -1, ("balk", "at"): -1, ("baulk", "at"): -1,
    ("recoil", "at"): -1, ("distance", "from"): -1, ("unite", "against"): -1, ("unite", "behind"): 1,
    ("swing", "behind"): 1, ("fall", "behind"): 1, ("get", "behind"): 1, ("throw", "behind"): 1, ("vow", "against"): -1,
    ("opt", "for"): 1, ("plump", "for"): 1, ("settle", "for"): 1, ("opt", "against"): -1, ("advise", "against"): -1,
    ("counsel", "against"): -1, ("caution", "against"): -1, ("kick", "against"): -1,
}  # fmt: skip
ONWARD = frozenset({"go", "press", "push", "forge", "plough"})  # "went ahead with", not "went with friends"
AHEAD = frozenset({"ahead", "on", "along", "forward", "through"})
MOMENTS = frozenset("time times moment day days week weeks month months year years while minute hour".split())
# What others say or feel is no policy; whoever is against it is not against what it is on.
SAYINGS = frozenset(
    "comment comments remark remarks stance theory claim claims allegation allegations accusation accusations adage "
    "news reputation threat threats apology attitude attitudes suggestion suggestions rumour rumours "
    "lie lies attack attacks feud slur slurs insult insults".split()
)
CONTESTS = frozenset({"election", "elections", "campaign", "campaigns", "seat", "seats", "battle", "fight", "vote"})
BEING = frozenset("am is are was were been being 's 're 'm 've".split())


@dataclass(frozen=True, slots=True)
class Stance:
    """One clause: token indices of subject, object's head and verb, +1 or -1, and which kind of evidence it is.

    kind: attitude, proposal, call, noun ("support for") or owner ("X's plan");
    of a deed (see pledges.py) pledge, wish, call, future or ought. ``bare``: it says nothing of what it is on.
    """

    subject: int
    target: int
    sign: int
    kind: str
    verb: int
    deed: bool = False
    bare: bool = False


@lru_cache(maxsize=1)
def _verbs() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for lemma, kind, sign in rows("stance_verbs"):
        table.setdefault(kind, {})[lemma] = 1 if sign == "+" else -1
    return table


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """Every form of a verb that may tell a stance, so that the others are not looked at."""
    lemmas = {lemma for table in _verbs().values() for lemma in table} | {verb for verb, _ in FIRM} | {"accuse"}
    return frozenset(verb_forms(lemmas)) | BEING


def stances(doc: Doc) -> Iterator[Stance]:
    """Every stance clause of a Doc, once over its tokens."""
    verbs = _verbs()
    for token in tokens_among(doc, _forms()):
        if token.pos_ not in ("VERB", "AUX"):
            continue
        lemma = token.lemma_.lower()
        for kind in ("attitude", "proposal"):
            if lemma in verbs[kind]:
                yield from _read(token, verbs[kind][lemma], kind)
                break
        else:
            if verbs["volition"].get(lemma) == 1:
                yield from _called_for(token)
        yield from _prepositional(token)


def _read(verb: Token, sign: int, kind: str) -> Iterator[Stance]:
    targets = [thing for thing in objects(verb, gerunds=kind == "attitude") if thing.lower_ not in SAYINGS]
    if not targets or verb.sent.text.rstrip('" \n').endswith("?"):
        return
    subject, flip = who(verb)
    if subject is not None:
        for target in targets:
            if verb.lemma_ not in ("fight", "challenge", "contest") or target.lower_ not in CONTESTS:
                yield from (Stance(subject.i, thing.i, sign * flip, kind, verb.i) for thing in _called(target))


def who(verb: Token) -> tuple[Token | None, int]:
    """Whose stance a verb tells, and -1 where what stands above it turns it over ("refused to back")."""
    flip = -1 if negated(verb) else 1
    if _hypothetical(verb):
        return None, 0
    subject = None if _is_wanted(verb) else subject_of(verb)
    top = verb
    while subject is None:
        if top.dep_ == "acl" and top.head.lower_ in DECISIONS:
            return _owner(top.head), flip
        if top.dep_ == "acl" and top.tag_ == "VBG":  # "backbenchers opposing the plan"
            return top.head, flip
        if top.dep_ not in UPWARD or top.head.i == top.i:
            return None, 0
        top = top.head
        flip *= _verbs()["volition"].get(top.lemma_.lower()) or 1
        if top.pos_ in ("VERB", "AUX", "ADJ") and negated(top):
            flip = -flip
        subject = subject_of(top)
    return subject, flip


def _called(noun: Token) -> list[Token]:
    """ "rejected calls for an inquiry" is about the inquiry."""
    if noun.lower_ not in CALLS:
        return [noun]
    links = (child for child in noun.children if child.dep_ == "prep" and child.lower_ == "for")
    return [thing for link in links for thing in link.children if thing.dep_ == "pobj"]


def objects(verb: Token, *, gerunds: bool) -> Iterator[Token]:
    """What a verb is done to: its object and what is joined to it, of a passive with an agent its subject."""
    agent = any(child.dep_ == "agent" for child in verb.children)
    if agent and verb.dep_ == "acl" and verb.tag_ == "VBN":  # "the quota proposed by Labour"
        yield verb.head
    for child in verb.children:
        if child.dep_ == "dobj" or (child.dep_ == "nsubjpass" and agent):
            relative = child.lower_ in ("which", "that") and verb.dep_ == "relcl"
            yield verb.head if relative else child  # "the levy, which Unison opposes"
            yield from (other for other in child.conjuncts if other.i > child.i and other.pos_ == "NOUN")
        elif gerunds and child.dep_ in CLAUSAL and child.tag_ == "VBG":  # "support replacing the board"
            yield child
        elif child.dep_ == "prep" and verb.lemma_ == "approve" and child.lower_ == "of":
            yield from (grand for grand in child.children if grand.dep_ == "pobj")


def subject_of(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ == "nsubj":
            if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.dep_ == "conj":
        return subject_of(verb.head)
    return None


def _is_wanted(verb: Token) -> bool:
    """ "urged MPs to oppose it": the stance is that of the one who urges."""
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    return infinitive and verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_.lower() in _verbs()["volition"]


def _hypothetical(verb: Token) -> bool:
    clause = verb if verb.dep_ == "advcl" else verb.head
    return clause.dep_ == "advcl" and any(t.lower_ in ("if", "unless") and t.dep_ == "mark" for t in clause.children)


def _owner(noun: Token) -> Token | None:
    """Whose decision or plan it is: its possessor, and for "its" the subject of the clause."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None and owner.tag_ == "PRP$":
        verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX") and subject_of(token)), None)
        return subject_of(verb) if verb is not None else None
    return owner


def negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("never", "no") for child in verb.children)


def _prepositional(verb: Token) -> Iterator[Stance]:
    """ "voted against the bill", "which judges ruled against", "accused them of wasting the levy"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        sign = FIRM.get((lemma, child.lower_), 0) if child.dep_ == "prep" else 0
        if lemma in ONWARD and child.lower_ == "with" and not any(c.lower_ in AHEAD for c in verb.children):
            continue
        accused = lemma == "accuse" and child.lower_ == "of"
        if not (sign or accused):
            continue
        things = [t for t in child.children if t.dep_ == ("pcomp" if accused else "pobj") or t.tag_ == "VBG"]
        things = [t for t in things if t.lower_ not in MOMENTS | SAYINGS]  # "spoke for the first time"
        if sign and not list(child.children) and verb.dep_ == "relcl":
            things = [verb.head]
        subject, flip = who(verb)
        if subject is not None:
            kind = "accused" if accused else "attitude"  # what one is accused of is often no proposal
            yield from (Stance(subject.i, t.i, (sign or -1) * flip, kind, verb.i) for t in things)


def _called_for(verb: Token) -> Iterator[Stance]:
    """ "called for an inquiry", "pledged free school meals", "want a ban"."""
    subject = subject_of(verb)
    if subject is None or verb.lemma_ in ("agree", "decide", "bring"):
        return
    sign = -1 if negated(verb) else 1
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("for", "to", "against"):
            flip = -1 if child.lower_ == "against" else 1
            for grand in child.children:
                if grand.dep_ == "pobj" and not (child.lower_ == "to" and verb.lemma_ != "commit"):
                    yield Stance(subject.i, grand.i, sign * flip, "call", verb.i)
        elif child.dep_ == "dobj" and verb.lemma_ in ("want", "demand", "pledge", "promise", "plan", "recommend"):
            yield Stance(subject.i, child.i, sign, "call", verb.i)
