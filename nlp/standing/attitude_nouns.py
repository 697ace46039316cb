"""Stances that nouns and moods tell: support for it, opposition from them, in favour of, unhappy about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.stances import Stance, negated, subject_of
from nlp.surface import tokens_among

SIGNS = {
    "support": 1, "backing": 1, "enthusiasm": 1, "praise": 1, "approval": 1, "opposition": -1, "objection": -1,
    "objections": -1, "hostility": -1, "criticism": -1, "concern": -1, "concerns": -1, "doubts": -1, "anger": -1,
    "fury": -1, "dismay": -1, "unease": -1, "disappointment": -1, "fears": -1, "attack": -1, "attacks": -1,
    "assault": -1, "dissent": -1, "outcry": -1, "protest": -1, "protests": -1, "rebellion": -1, "revolt": -1,
    "backlash": -1, "scepticism": -1, "reservations": -1, "misgivings": -1, "worries": -1, "worry": -1,
    "anxiety": -1, "complaints": -1, "condemnation": -1, "contempt": -1, "scorn": -1, "disquiet": -1, "alarm": -1,
    "outrage": -1, "displeasure": -1, "disapproval": -1, "distaste": -1, "resistance": -1, "criticisms": -1,
    "endorsement": 1, "admiration": 1, "commitment": 1, "sympathy": 1, "preference": 1,
    "determination": 1, "advocate": 1, "advocacy": 1, "stand": -1, "challenge": -1, "fight": -1,
}  # fmt: skip
MOODS = {
    "opposed": -1, "unhappy": -1, "committed": 1, "hostile": -1, "critical": -1, "supportive": 1, "angry": -1,
    "concerned": -1, "worried": -1, "furious": -1, "uneasy": -1, "dismayed": -1, "disappointed": -1, "sceptical": -1,
    "delighted": 1, "pleased": 1, "happy": 1, "keen": 1, "united": -1, "scathing": -1, "dismissive": -1,
    "wary": -1, "appalled": -1, "horrified": -1, "outraged": -1, "alarmed": -1, "cautious": -1, "doubtful": -1,
    "unconvinced": -1, "enthusiastic": 1, "glad": 1, "satisfied": 1, "dissatisfied": -1, "upset": -1,
    "frustrated": -1, "proud": 1, "nervous": -1, "suspicious": -1, "resistant": -1, "averse": -1,
}  # fmt: skip
REPELLING = verb_forms("reject dismiss rebut deny counter defy repel".split()).keys()  # "dismissed criticism of it"
GIVING_WAY = verb_forms("drop scrap abandon withdraw resign quit step stand reject".split()).keys()
TOWARDS = frozenset({"for", "to", "of", "on", "with", "about", "over", "at", "by", "against"})
GETS = frozenset(
    {
        "have",
        "has",
        "had",
        "win",
        "won",
        "get",
        "got",
        "face",
        "faces",
        "faced",
        "facing",
        "receive",
        "received",
        "draw",
        "drew",
        "drawn",
        "enjoy",
        "enjoys",
        "attract",
        "attracted",
        "provoke",
        "provoked",
        "prompted",
        "sparked",
        "triggered",
        "met",
        "meet",
        "caused",
        "aroused",
        "come",
        "came",
        "encountered",
        "run",
        "ran",
        "enjoyed",
        "gained",
        "secured",
        "earned",
    }
)
# What somebody meets with is others' stance: "ministers face opposition to the levy".
MET_WITH = GETS - {"have", "has", "had", "come", "came", "run", "ran", "get", "got"}
ONLY_AGAINST = frozenset({"stand", "fight", "challenge"})  # many other things besides
AMID = frozenset({"despite", "amid", "after", "following", "over", "ignoring", "ignored", "with"})
STRONG = frozenset(
    "delighted pleased furious appalled dismayed angry outraged disappointed horrified unhappy unconvinced".split()
)
GIVEN = frozenset({"support", "backing", "approval", "endorsement"})
FROM = frozenset({"from", "among", "by"})
SHOWN = frozenset({"in", "with"})  # fmt: skip


def nouns(doc: Doc) -> Iterator[Stance]:
    """ "X's support for Y", "Y has support from X", "X is in favour of Y", "is opposed to Y", "unhappy about Y"."""
    for token in tokens_among(doc, SIGNS.keys() | MOODS.keys() | {"favour"}):
        low = token.lower_
        if low in SIGNS and token.pos_ == "NOUN":
            owner = _owner(token)
            repelled = token.dep_ == "dobj" and token.head.lower_ in REPELLING and owner == subject_of(token.head)
            yield from _preposition(token, owner, -SIGNS[low] if repelled else SIGNS[low])
            if owner is not None and token.head.lower_ in AMID and not any(c.dep_ == "prep" for c in token.children):
                yield Stance(owner.i, token.i, SIGNS[low], "noun", token.i, bare=True)
            yield from _from(token, SIGNS[low])
        elif low in MOODS and token.pos_ in ("ADJ", "VERB") and not any(c.dep_ == "dobj" for c in token.children):
            if token.dep_ in ("acomp", "ROOT", "ccomp", "conj", "advcl", "acl", "amod", "oprd", "xcomp"):
                owner = _in_mood(token)
                sign = -MOODS[low] if negated(token.head) or negated(token) else MOODS[low]
                yield from _preposition(token, owner, sign)
                if owner is not None and low in STRONG and token.dep_ == "acomp" and not list(token.rights):
                    yield Stance(owner.i, token.i, sign, "noun", token.i, bare=True)
        elif low == "favour" and token.i and doc[token.i - 1].lower_ == "in":
            verb = doc[token.i - 1].head
            if verb.lower_ not in GIVING_WAY:  # not "stood down in favour of"
                yield from _preposition(token, subject_of(verb), -1 if negated(verb) else 1)


def _in_mood(word: Token) -> Token | None:
    """Who is: "X is unhappy", "X was among those worried", "growers unhappy at"."""
    if word.dep_ in ("acl", "amod"):
        if word.head.lower_ != "those":
            return word.head if word.i > word.head.i else None
        verb = next((token for token in word.ancestors if token.pos_ in ("VERB", "AUX")), None)
        return subject_of(verb) if verb is not None else None
    verb = word.head if word.dep_ in ("acomp", "oprd", "xcomp") else word
    # "was committed to" taken for a passive, its subject at times hung on the auxiliary
    within = (*verb.children, *(t for child in verb.children if child.dep_ == "auxpass" for t in child.children))
    return subject_of(verb) or next((token for token in within if token.dep_ in ("nsubj", "nsubjpass")), None)


def _owner(noun: Token) -> Token | None:
    owner = next(
        (c for c in noun.children if c.dep_ == "poss" or (c.dep_ in ("compound", "amod") and c.text[0].isupper())), None
    )
    if owner is None and noun.dep_ in ("dobj", "attr"):  # "voiced support for", "was an advocate for"
        owner = subject_of(noun.head) if noun.head.lower_ not in MET_WITH else None
        owner = None if owner is not None and owner.lower_ in ("it", "this", "that", "there") else owner
    elif owner is None and noun.dep_ == "pobj" and noun.head.lower_ in SHOWN:  # "on strike in protest at"
        verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
        owner = subject_of(verb) if verb is not None else None
    if owner is not None and owner.dep_ == "poss" and owner.lower_ in ("his", "her", "their", "its"):
        owner = subject_of(noun.head) or owner
    return owner


def _from(noun: Token, sign: int) -> Iterator[Stance]:
    """ "the bill has support from charities", "plans that face opposition from growers"."""
    own = [*noun.children, *(noun.head.children if noun.dep_ == "dobj" and noun.head.lower_ in GETS else ())]
    by = FROM | {"of"} if noun.lower_ in GIVEN else FROM  # "has the support of growers"
    links = [link for link in own if link.lower_ in by]
    lower = (below for link in own if link.dep_ == "prep" for c in link.children for below in c.children)
    links += [below for below in lower if below.lower_ in FROM]  # "opposition to the bill from growers"
    holders = [c for link in links for c in link.children if c.dep_ == "pobj"]
    holders += [other for holder in holders for other in holder.conjuncts]
    if not holders:
        return
    near = (*own, *(child for holder in holders for child in holder.children))
    targets = [c for link in near if link.lower_ in ("for", "to") for c in link.children if c.dep_ == "pobj"]
    if not targets and noun.head.lower_ in AMID and noun.dep_ in ("pobj", "dobj"):  # "despite opposition from peers"
        others = (holder for holder in holders if holder.head.lower_ != "of")
        yield from (Stance(holder.i, noun.i, sign, "noun", noun.i, bare=True) for holder in others)
        return
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if not targets and noun.dep_ in ("dobj", "pobj") and verb.lower_ in GETS:
        subject = subject_of(verb)
        targets = [subject, *subject.conjuncts] if subject is not None else []
    for holder in holders:
        yield from (Stance(holder.i, target.i, sign, "noun", noun.i) for target in targets)


def _preposition(token: Token, owner: Token | None, sign: int) -> Iterator[Stance]:
    if owner is None:
        return
    after = token.doc[token.i + 1 : token.i + 2]  # the parser may hang it higher up: "walked out in protest at"
    for child in (*token.children, *(link for link in after if link.head.i != token.i)):
        if child.dep_ == "prep" and child.lower_ in TOWARDS:
            if (token.lower_ == "united" or token.lower_ in ONLY_AGAINST) and child.lower_ != "against":
                continue
            for grand in child.children:
                if grand.dep_ == "pobj" or grand.tag_ == "VBG":
                    yield Stance(owner.i, grand.i, sign, "noun", token.i)
