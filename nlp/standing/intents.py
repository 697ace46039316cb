"""What somebody says they will do or will not, is to do, plans, wants or asks others to do, whatever the verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.calls import doer
from nlp.standing.demands import imagined, questioned, said_by
from nlp.standing.doings import SUBJECTS, Doing, carried
from nlp.standing.holders import BODY_NOUNS
from nlp.standing.pledges import PROMISERS, SCHEMES, commitments, committer, deeds
from nlp.standing.stances import negated
from nlp.surface import tokens_among

FUTURE = frozenset({"would", "will", "'ll", "wo", "shall"})
THIRD = frozenset({"they", "it", "he", "she"})
KIND_OF = {
    "hope": "wish", "prefer": "wish", "invite": "call", "advise": "call", "encourage": "call", "beg": "call",
    "plead": "call", "implore": "call", "instruct": "call", "petition": "call", "exhort": "call",
}  # fmt: skip
KINDS = {"pledge": "intent", "wish": "aim", "call": "plea"}
MORE = {form: KIND_OF[base] for form, base in verb_forms(KIND_OF).items()}
PASSING = frozenset("see have get like be seek want need".split())  # what will be had or seen is no plan
REFUSALS = frozenset("refuse refuses refused refusing decline declined declines declining "
                     "reluctant unwilling loath".split())  # fmt: skip
TOLD = frozenset("announced announces confirmed confirms revealed pledged promised".split())
SAID = frozenset({"said", "says", "insisted"})  # said of a loss by those who fear it too
ANNOUNCED, ENDING = frozenset({"further", "general"}), frozenset({"undo", "end", "resize"})
RULING = frozenset({"rule", "rules", "ruled", "ruling"})
SHUNNED = frozenset("reject dismiss resist oppose refuse ignore abandon drop".split())
# Whoever does this to a plan or a call is for it.
GIVEN = frozenset(
    "have announce unveil outline detail reveal make back support join renew repeat echo lead publish set draw "
    "stress reiterate reaffirm emphasise highlight underline defend".split()
)
CALLS = frozenset("call calls demand demands plea pleas request requests appeal appeals".split())
DESIRES = frozenset("desire wish wishes appetite intent ambition ambitions determination willingness decision".split())
UNWILLING = frozenset({"refusal", "reluctance", "unwillingness"})
NOUNS = SCHEMES | CALLS | DESIRES | UNWILLING
READY = frozenset({"ready", "willing", "prepared"})

CUES = FUTURE | RULING | {"to"}


def intents(doc: Doc) -> Iterator[Doing]:
    """Every intention, refusal, wish and plea. What no list says is a deed of policy is a plan and no intent."""
    for doing in _all(doc):
        listed = doing.what.lower_ in deeds()
        if doing.kind != "intent" or (listed and doing.sign > 0):
            yield doing
        elif listed or doing.sign > 0:
            yield replace(doing, kind="refusal" if listed else "plan")


def _all(doc: Doc) -> Iterator[Doing]:
    for token in tokens_among(doc, CUES):
        low = token.lower_
        if token.dep_ == "aux":
            yield from _infinitive(token.head) if low == "to" else _future(token.head) if low in FUTURE else ()
        elif low in RULING and any(child.lower_ == "out" for child in token.children):
            yield from _ruled_out(token)


def _future(verb: Token) -> Iterator[Doing]:
    """ "They said they would cap it", "his party would", "the council will"."""
    if imagined(verb):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        yield from _announced(verb)
        return
    holder: Token | None = subject
    low = subject.lower_
    own = low in BODY_NOUNS and any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in subject.children)
    turn = 1
    if low in THIRD or own:
        holder, turn = said_by(verb)
        if holder is None or holder.i == subject.i:
            return
    elif low in ("we", "i"):
        holder = None
    elif not (
        low in PROMISERS or (subject.tag_.startswith("NNP") and not any(c.lower_ == "would" for c in verb.children))
    ):
        return
    if verb.lemma_.lower() in PASSING:
        return
    sign = -turn if negated(verb) else turn
    for deed, way in carried(verb, sign):
        yield Doing(holder, deed, way, "intent", theirs=own)


def _announced(verb: Token) -> Iterator[Doing]:
    """ "Ministers confirmed that the pier would be sold": who tells what will be done to a thing, in its own power."""
    above = verb.head
    if verb.dep_ != "ccomp" or above.lower_ not in TOLD | SAID or negated(verb):
        return
    if any(c.dep_ == "agent" for c in verb.children):
        return
    if any(c.dep_ == "auxpass" for c in verb.children):
        yield from _told_of(verb, verb)


def _told_of(verb: Token, clause: Token) -> Iterator[Doing]:
    holder, turn = said_by(clause)
    known = ANNOUNCED if clause.head.lower_ in SAID else ANNOUNCED | ENDING
    if turn > 0 and deeds().get(verb.lower_) in known:
        yield from (Doing(holder, deed, way, "announced") for deed, way in carried(verb))


def _infinitive(verb: Token) -> Iterator[Doing]:
    above = _governor(verb)
    if above is None:
        return
    low = above.lower_
    if low in ("are", "is", "'re", "were", "was") and verb.dep_ in ("xcomp", "ccomp"):
        yield from _is_to(above, verb)
        return
    sign, kind = 1, commitments().get(low) or MORE.get(low)
    if low in REFUSALS:
        sign, kind = -1, "refusal"
    elif low in READY and above.dep_ == "acomp":
        kind = "pledge"
    elif low == "like" and any(c.lower_ in ("would", "'d") for c in above.children):
        kind = "wish"
    elif above.lower_ in NOUNS:
        yield from _scheme(above, verb)
        return
    if kind is None or questioned(above) or _if(above):
        return
    if kind == "wish" and (above.dep_ == "relcl" or not (_of_others(verb) or verb.lower_ in ("see", "consider"))):
        return  # what one wants to do oneself is seldom a policy
    subject = committer(above) or (doer(above) if above.tag_ == "VBG" or above.dep_ == "conj" else None)
    if subject is None:
        return
    if negated(above) != negated(verb):
        sign = -sign
    for deed, way in carried(verb, sign):
        if low not in READY or deed.lower_ in deeds():
            yield Doing(subject, deed, way, KINDS.get(kind, kind))


def _governor(verb: Token) -> Token | None:
    """What the infinitive belongs to, past the noun that it was hung on ("called on ministers to act")."""
    above = verb.head
    if above.i == verb.i:
        return None
    if verb.dep_ == "conj" and above.tag_ == verb.tag_:
        return None  # carried with the first
    if above.lower_ in NOUNS or not above.tag_.startswith(("NN", "PRP", "IN", "DT", "CD")):
        return above
    for _ in range(3):
        if above.tag_.startswith("VB"):
            return above
        if above.dep_ not in ("pobj", "prep", "dobj", "nsubj", "conj", "appos"):
            return None
        above = above.head
    return above if above.tag_.startswith("VB") else None


def _is_to(above: Token, verb: Token) -> Iterator[Doing]:
    """ "Labour is to build piers", "the party's aim is to …"."""
    subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ == "it":
        return
    if any(c.dep_ == "auxpass" for c in verb.children):
        if above.dep_ == "ccomp" and above.head.lower_ in TOLD:  # "Fares are to be frozen, the council announced"
            yield from _told_of(verb, above)
        return
    if any(c.dep_ in ("acomp", "attr") for c in above.children):
        return
    holder = subject
    if subject.lower_ in SCHEMES or subject.lower_ in ("aims", "priority", "policy"):
        links = (c for c in subject.children if c.dep_ == "prep" and c.lower_ == "of")
        of = (grand for link in links for grand in link.children if grand.dep_ == "pobj")
        owner = next((c for c in subject.children if c.dep_ == "poss"), None) or next(of, None)
        if owner is None:
            return
        holder = owner
    for deed, way in carried(verb, -1 if negated(above) else 1):
        yield Doing(holder, deed, way, "intent")


def _scheme(noun: Token, verb: Token) -> Iterator[Doing]:
    """ "X's plan to …", "plans by X to …", "X has no plans to …", "rejected calls to …"."""
    unwilling = noun.lower_ in UNWILLING or any(c.lower_ == "no" for c in noun.children)
    sign = -1 if unwilling != negated(verb) else 1
    calls = noun.lower_ in CALLS
    owner = next(
        (c for c in noun.children if c.dep_ == "poss" or (c.dep_ in ("compound", "nmod", "amod") and c.is_title)), None
    )
    by = (c for link in noun.children if link.lower_ in ("by", "from") for c in link.children if c.dep_ == "pobj")
    owner = owner or next(by, None)
    above = noun.head
    own = owner is not None and owner.lower_ in BODY_NOUNS and any(c.tag_ == "PRP$" for c in owner.children)
    if owner is not None and (owner.tag_ == "PRP$" or own):  # "his plan", "his party's plan"
        owner = committer(above) if above.tag_.startswith("VB") else None
    if owner is not None:
        kind = "plea" if calls else "refusal" if sign < 0 else "intent"
        for deed, way in carried(verb, sign):
            if noun.lower_ not in DESIRES or deed.lower_ in deeds():
                yield Doing(owner, deed, way, kind, theirs=own)
        return
    if noun.dep_ != "dobj":
        return
    low = above.lemma_.lower()
    subject = committer(above)
    if subject is None:
        return
    if low in SHUNNED:
        kind, sign = "refusal", -sign
    elif low in GIVEN:
        kind = "plea" if calls else "intent"
    else:
        return
    if negated(above):
        sign = -sign
    for deed, way in carried(verb, sign):
        yield Doing(subject, deed, way, "refusal" if sign < 0 else kind)


def _ruled_out(verb: Token) -> Iterator[Doing]:
    subject = committer(verb)
    if subject is None:
        return
    for child in verb.children if not negated(verb) else ():  # what is not ruled out is not wanted yet
        if child.dep_ == "dobj":
            yield Doing(subject, child, -1, "refusal", noun=True)
        elif child.dep_ in ("xcomp", "pcomp", "advcl", "ccomp") and child.tag_ == "VBG" and child.i > verb.i:
            yield Doing(subject, child, -1, "refusal")


def _of_others(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _if(verb: Token) -> bool:
    return any(c.lower_ in ("if", "unless", "whether") and c.dep_ == "mark" for c in verb.children)
