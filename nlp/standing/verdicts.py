"""Stances that verdicts tell: what a speaker says a thing is ("the scheme is a shambles") or does ("would cost jobs").

Whoever speaks holds them; in narration only what somebody is said to say or think counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.attitude_nouns import MOODS
from nlp.standing.judgements import judging, valued
from nlp.standing.pointed import POINTERS
from nlp.standing.stances import SAYINGS, Stance
from nlp.standing.targets import GENERIC
from nlp.standing.thinkers import held, saying
from nlp.surface import tokens_among, words_as_written
from nlp.wordlists import table, words

COPULAS = frozenset("be is are was were been being 's 're seem look remain become sound represent constitute".split())
# Verbs that lay a quality on their subject: what is "a sham" or "sends wrong signals" is judged by its object.
LIGHT = COPULAS | frozenset(
    "have cause create bring make mean lead send give offer provide lack do show put pose amount result leave need "
    "deserve spell introduce produce add prove go get take play come carry impose place set".split()
)
UPWARD = frozenset(
    "amod advmod compound nmod attr acomp dobj pobj prep oprd xcomp conj npadvmod pcomp dative ccomp".split()
)
LITTLE = frozenset({"nothing", "little", "less"})
EXPLETIVE = frozenset({"it", "there"})
CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
ENABLING = frozenset("allow encourage enable promote foster deliver support ensure guarantee".split())
THINGS = GENERIC | frozenset("thing way piece example case attempt exercise kind sort bit recipe choice answer".split())
# Words of the list that in a predicate say little of what somebody thinks of the thing.
PLAIN = frozenset(
    "possible simple modern leading responsible quality hope hopeful complex unlikely difficult limited secret raw "
    "just unprecedented radical strike debt uncertain unclear empty real necessary concern concerns slow "
    "confident impossible appropriate supposed".split()
)
PERSONS = frozenset("staff people officers employees colleagues members folk workforce pupils women men".split())
OPENING = frozenset({"if", "unless", "whether", "until", "when", "where"})
RELATIVE = frozenset({"who", "which", "that"})


@lru_cache(maxsize=1)
def _effects() -> dict[str, int]:
    """Any form of a verb of effect to its sign."""
    signs = table("effects")
    return {form: 1 if signs[base] == "+" else -1 for form, base in verb_forms(signs).items()}


@lru_cache(maxsize=1)
def _wanted() -> frozenset[str]:
    return judging() | _effects().keys()


def verdicts(doc: Doc) -> Iterator[Stance]:
    """One for each clause that judges its subject, or the infinitive that "it" stands for."""
    scores: dict[int, float] = {}
    kinds: dict[int, str] = {}
    for word in tokens_among(doc, _wanted()):
        if word.tag_ == "VBN" and word.lower_ in _effects():
            yield from _suffered(word)
        verb, value = _clause(word)
        if verb is None or not value:
            continue
        scores[verb.i] = scores.get(verb.i, 0.0) + value
        kinds.setdefault(verb.i, "effect" if verb.i == word.i else "verdict")
    for place, score in scores.items():
        verb = doc[place]
        if score and not _open(verb):
            yield from _judged(verb, score, kinds[place])


def _clause(word: Token) -> tuple[Token | None, float]:
    """The verb whose subject the word judges, and its value there."""
    low = word.lower_
    effect: float = _effects().get(low, 0)
    verb = _verb(word) if effect and word.tag_.startswith("VB") and not _idle(word) else None
    if verb is not None:
        if word.lemma_.lower() in ENABLING:  # "encourages crime", "allows killing"
            effect = _object(word) or effect
        return verb, -effect if _undone(word) else effect
    if low in PLAIN or (low in MOODS and word.dep_ in ("acomp", "attr", "conj")):
        return None, 0.0
    above, turned = _above(word)
    value = valued(word, negatable=False) if above is not None else 0.0
    if value > 0 and any(child.dep_ == "amod" and valued(child) < 0 for child in word.children):
        return None, 0.0  # "a wasted opportunity"
    if above is None or not value:
        return None, 0.0
    return _verb(above), -value if _undone(above) != turned else value


def _above(word: Token) -> tuple[Token | None, bool]:
    """The verb in whose predicate the word says of what kind the subject is; whether a "no" turns it over."""
    token, turned = word, False
    while True:
        turned ^= any(child.lower_ in ("no", "not", "hardly") for child in token.children)
        head = token.head
        if token.dep_ not in UPWARD or head.i == token.i:
            return None, turned
        if head.pos_ in ("VERB", "AUX"):
            before = token.i < head.i and token.dep_ != "advmod"
            return None if before or head.lemma_.lower() not in LIGHT else head, turned
        token = head


def _object(verb: Token) -> float:
    """What the words of a verb's object and complement judge."""
    parts = [child for child in verb.children if child.dep_ in ("dobj", "ccomp", "xcomp", "prep")]
    return sum(valued(token) for part in parts for token in part.subtree)


def _idle(verb: Token) -> bool:
    """ "the rule works like that", "will only work if", "it costs ten pounds": says how, not how well."""
    if any(child.dep_ == "advcl" and any(c.lower_ == "if" for c in child.children) for child in verb.children):
        return True
    if verb.lemma_ == "work":
        return not any(child.dep_ in ("aux", "neg") for child in verb.children)
    things = [child for child in verb.children if child.dep_ in ("dobj", "dative", "npadvmod")]
    sum_ = any(token.like_num or token.text[0].isdigit() for thing in things for token in thing.subtree)
    return verb.lemma_ == "cost" and (sum_ or not things)


def _verb(verb: Token) -> Token | None:
    """The verb that has a subject: of "fails to help" and "is bad and costs jobs" the first."""
    while not any(child.dep_ in SUBJECTS for child in verb.children):
        if _vain(verb):
            verb = verb.head.head
            continue
        if verb.dep_ not in ("conj", "xcomp") or verb.head.pos_ not in ("VERB", "AUX"):
            return None
        verb = verb.head
    return verb


def _vain(verb: Token) -> bool:
    """ "does nothing to help"."""
    return verb.dep_ in ("relcl", "acl") and verb.head.lower_ in LITTLE and verb.head.dep_ == "dobj"


def _undone(verb: Token) -> bool:
    """ "will not work", "will do nothing to help", "fails to protect"."""
    undone = _vain(verb)
    while True:
        undone ^= any(child.dep_ == "neg" or child.lower_ in ("never", "hardly") for child in verb.children)
        undone ^= any(child.dep_ == "dobj" and child.lower_ in LITTLE for child in verb.children)
        if verb.dep_ not in ("xcomp", "advcl", "relcl") or verb.head.pos_ not in ("VERB", "AUX", "NOUN"):
            return undone
        if verb.dep_ != "xcomp" or any(child.dep_ in SUBJECTS for child in verb.children):
            return undone
        verb = verb.head
        undone ^= verb.lemma_.lower() in ("fail", "refuse")


def _open(verb: Token) -> bool:
    """In an if-clause or a question nothing is judged."""
    marked = any(child.dep_ in ("mark", "advmod") and child.lower_ in OPENING for child in verb.children)
    end = verb.right_edge.i + 1
    return marked or "?" in words_as_written(verb.doc)[end - 1 : end + 2]


def _judged(verb: Token, score: float, kind: str) -> Iterator[Stance]:
    subject = next(child for child in verb.children if child.dep_ in SUBJECTS)
    sign = 1 if score > 0 else -1
    holder, sign = held(verb, sign)
    if subject.dep_ == "nsubjpass" and kind == "effect":  # what suffers or gains is not what is judged
        return
    attr = next((c for c in verb.children if c.dep_ == "attr"), None)
    plain = attr is not None and attr.lower_ not in judging() | THINGS  # "it is a hard question"
    if subject.lower_ in POINTERS and (plain or abs(score) < 1):
        return
    if subject.lower_ in EXPLETIVE and any(c.dep_ == "advcl" and not _infinitive(c) for c in verb.children):
        return  # "it will be a tragedy if …"
    if subject.lower_ in EXPLETIVE:
        done = _done(verb) if verb.lower_ in COPULAS else None
        if done is not None:
            yield Stance(holder, done[1].i, sign, kind, done[0].i, deed=True)
            return
        said = any(c.lower_ in saying() and c.i > verb.i and _infinitive(c) for c in verb.children)
        if subject.lower_ == "there" or said:  # "it is wrong to suggest that …"
            return
    if subject.lower_ in RELATIVE and verb.dep_ == "relcl":
        subject = verb.head
        if subject.dep_ == "attr":
            subject = next((c for c in subject.head.children if c.dep_ == "nsubj"), subject)
    if subject.lower_ not in words("actor_nouns") | SAYINGS | PERSONS:  # "pupils are in danger" judges no pupils
        yield Stance(holder, subject.i, sign, kind, verb.i)


def _suffered(verb: Token) -> Iterator[Stance]:
    """ "firms would be crippled by the levy"."""
    for link in verb.children:
        if link.dep_ == "agent" and not _open(verb):
            holder, sign = held(verb, -_effects()[verb.lower_] if _undone(verb) else _effects()[verb.lower_])
            yield from (Stance(holder, c.i, sign, "effect", verb.i) for c in link.children if c.dep_ == "pobj")


def _done(verb: Token) -> tuple[Token, Token] | None:
    """ "it is wrong (for them) to cut the levy": the infinitive and its object, that of a verb below or beside too."""
    near = {verb.i, *(child.i for child in verb.children)}
    for clause in verb.subtree:
        if clause.dep_ not in CLAUSES or clause.head.i not in near or clause.i < verb.i:
            continue
        if not (_infinitive(clause) or any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)):
            continue
        for below in (clause, *(c for c in clause.subtree if c.dep_ in ("conj", "xcomp") and c.tag_.startswith("VB"))):
            if below.lower_ in saying():  # "it is wrong to suggest that …"
                return None
            means = (c for link in below.children if link.lower_ == "by" for c in link.children if c.dep_ == "pcomp")
            for verb_ in (*means, below):  # "it is right to help them by lowering the fee"
                thing = next((c for c in verb_.children if c.dep_ == "dobj"), None)
                if thing is not None:
                    return verb_, thing
        return None
    return None


def _infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
