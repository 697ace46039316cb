"""What a clause says is to be done: which verbs carry it, whether for or against, and its words as a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.standing.pledges import deeds, objects, small_clause
from nlp.standing.stances import negated
from nlp.standing.targets import LONGEST, NO_DEED, Target, Targets, phrase
from nlp.wordlists import words

# Verbs that only lead to another that says what is done: "continue to fund", "stop paying", "be allowed to vote".
LEADING = {
    "allow": 1, "allowed": 1, "let": 1, "permit": 1, "permitted": 1, "enable": 1, "enabled": 1, "able": 1, "free": 1,
    "continue": 1, "start": 1, "begin": 1, "try": 1, "agree": 1, "commit": 1, "encourage": 1, "encouraged": 1,
    "move": 1, "work": 1, "act": 1, "aim": 1, "seek": 1, "have": 1, "forced": 1, "force": 1, "required": 1,
    "require": 1, "made": 1, "given": 1, "see": 1, "ensure": 1, "look": 1, "get": 1, "consider": 1, "go": 1,
    "legislate": 1, "stop": -1, "avoid": -1, "refrain": -1, "refuse": -1, "cease": -1, "stopped": -1, "prevented": -1,
    "barred": -1, "banned": -1, "oppose": -1, "resist": -1, "discourage": -1, "prevent": -1,
}  # fmt: skip
# Their object is what is wanted, whatever they say is done with it.
PLAIN = frozenset(
    "see have get consider welcome support back accept adopt propose favour embrace approve endorse pass like "
    "considered welcomed supported backed accepted adopted approved endorsed passed".split()
)
AGAINST = frozenset(
    "oppose reject resist rejected opposed resisted condemn condemned avoid avoided prevent prevented ignore ignored "
    "reconsider reconsidered rethink revisit".split()
)
NOTHING = NO_DEED | {
    "anything",
    "something",
    "nothing",
    "everything",
    "issue",
    "issues",
    "problem",
    "matter",
    "it",
    "that",
    "this",
    "what",
    "themselves",
}
TOLD = frozenset({"amod", "prep", "compound", "relcl"})  # what makes even such a word say something
CLAUSES = frozenset({"relcl", "advcl", "conj", "cc", "punct", "appos", "parataxis"})
# What is wanted to do this is for it or against it itself: "the bill should proceed", "the rebate must come to an end".
GOING = {
    "pass": 1, "proceed": 1, "continue": 1, "stay": 1, "remain": 1, "happen": 1, "succeed": 1, "survive": 1, "end": -1,
    "stop": -1, "cease": -1, "lapse": -1, "disappear": -1,
}  # fmt: skip
HALTS = frozenset({"hold", "end", "halt", "ice", "stop", "standstill"})  # what it is put on or comes to
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
MARKS = frozenset({",", ";", ":", "(", "--", "–", ".", "\n", "\n\n"})
TRAILING = frozenset({"IN", "DT", "CC", "TO", "WDT", "PRP$", "``", "''"})


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody is for (+1) or against (-1): the verb that says what is done, or a noun's thing.

    ``holder``: None for the speaker of the words around it. ``theirs``: as that of the holder's party.
    """

    holder: Token | None
    what: Token
    sign: int
    kind: str
    noun: bool = False
    theirs: bool = False


def carried(verb: Token, sign: int = 1) -> Iterator[tuple[Token, int]]:
    """The verbs that say what is done, from the one that a modal or "to" stands with; each with its sign.

    Joined verbs are one each ("scrap A, fund B"); "stop paying" leads to "paying", turned over.
    """
    for one in (verb, *_joined(verb)):
        turn = -sign if one.i != verb.i and negated(one) else sign
        lead = LEADING.get(one.lower_)
        below = None
        if lead is None and one.lemma_.lower() == "be":
            adjective = next((c for c in one.children if c.dep_ == "acomp" and c.lower_ in LEADING), None)
            if adjective is not None:
                one, lead = adjective, LEADING[adjective.lower_]
        if lead is not None:
            below = next(
                (c for c in one.children if _led(c, one.lower_) and c.i > one.i and _deed(c)),
                None,
            )
        if below is None or lead is None:
            yield one, turn
        else:
            yield from carried(below, -turn * lead if negated(below) else turn * lead)


def _joined(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "conj" and child.tag_ == verb.tag_ and not any(c.dep_ in SUBJECTS for c in child.children):
            yield child
            yield from _joined(child)


def _led(verb: Token, lead: str) -> bool:
    return verb.dep_ in ("xcomp", "ccomp", "pcomp") or (verb.dep_ == "advcl" and lead in ("legislate", "act", "move"))


def _deed(verb: Token) -> bool:
    return (verb.tag_ in ("VB", "VBG", "VBN") or small_clause(verb)) and not any(
        c.dep_ == "mark" for c in verb.children
    )


def done(doc: Doc, targets: Targets, verb: Token, sign: int) -> Iterator[tuple[Target, int]]:
    """The targets of doing ``verb``, each with its sign: a policy it is done to, or the deed in its own words."""
    halted = _halted(verb)
    if verb.lemma_.lower() in words("idle_verbs") and verb.lower_ not in PLAIN and not halted:
        return
    turn = -1 if verb.lower_ in AGAINST else 1
    things = list(objects(verb))
    if not things and (halted or verb.lower_ in GOING):
        yield from _gone(targets, verb, -sign if halted else sign * GOING[verb.lower_])
        return
    kind = "undo" if halted else deeds().get(verb.lower_, "general")
    passive = small_clause(verb) or any(c.dep_ == "auxpass" for c in verb.children)
    found = False
    for thing in things:
        if verb.lower_ in PLAIN or verb.lower_ in AGAINST:
            known = targets.of(thing)
            if known is not None:
                yield known, sign * turn
        elif thing.lower_ == "it" and kind in ("undo", "end"):  # "wants it scrapped"
            known = targets.of(thing)
            if known is not None:
                yield known, -sign
        elif passive and thing.i > verb.i:  # "would be offered two free meals"
            known = targets.of(thing)
            if known is not None:
                found = True
                yield known, sign
        elif thing.lower_ not in NOTHING or any(c.dep_ in TOLD for c in thing.children):
            for target in _done_to(doc, targets, verb, thing, kind, sign):
                found = True
                yield target
    if not (found or passive) and verb.lower_ not in PLAIN | AGAINST and verb.right_edge.i > verb.i + 1:
        told = doc[verb.i + 1 : _right(verb)]
        if any(token.tag_.startswith("NN") and token.lower_ not in NOTHING for token in told):
            yield _worded(doc, verb), sign * turn


def _halted(verb: Token) -> bool:
    """ "put on hold", "come to an end"."""
    links = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("on", "to"))
    return any(thing.lower_ in HALTS for link in links for thing in link.children if thing.dep_ == "pobj")


def _gone(targets: Targets, verb: Token, sign: int) -> Iterator[tuple[Target, int]]:
    """ "the bill to pass": its subject, unless that is somebody."""
    for subject in (c for c in verb.children if c.dep_ == "nsubj"):
        if subject.tag_.startswith("NN") and subject.idx not in targets.actors and subject.i not in targets.persons:
            known = targets.of(subject)
            if known is not None:
                yield known, sign


def _done_to(
    doc: Doc, targets: Targets, verb: Token, thing: Token, kind: str, sign: int
) -> Iterator[tuple[Target, int]]:
    undone = kind in ("undo", "end")
    if thing.tag_.startswith(("NN", "PRP", "DT")) and kind != "resize":
        known = targets.of(thing)
        if known is not None and (known.policy is not None or kind == "undo"):
            yield known, -sign if undone else sign
            return
    if thing.tag_.startswith("NN") and thing.i > verb.i:
        yield _worded(doc, verb), sign
    elif thing.tag_.startswith("NN"):  # of a passive: "wards should be closed"
        start, end = phrase(thing)
        if thing.idx in targets.actors or thing.i in targets.persons:
            yield _worded(doc, verb), sign
        elif kind == "undo":
            yield Target(str(doc[start:end].text), None, 0.7), -sign
        else:
            last = worded_to(doc, verb) if end - start < 3 else verb.i + 1
            denied = sign < 0 and last > verb.i + 1  # without the "not", which the sign tells
            whole = doc[verb.i : last] if denied else doc[start : max(end, min(last, start + LONGEST))]
            yield Target(str(doc[start:end].text if sign < 0 and not denied else whole.text), None, 0.7), sign
    elif thing.dep_ == "ccomp" or (thing.tag_ == "DT" and any(c.dep_ == "relcl" for c in thing.children)):
        yield _worded(doc, verb), sign


def _worded(doc: Doc, verb: Token) -> Target:
    return Target(str(doc[verb.i : worded_to(doc, verb)].text), None, 0.7)


def worded_to(doc: Doc, verb: Token) -> int:
    """Behind the last token of a verb and what completes it."""
    return _end(doc, verb.i, _right(verb))


def _right(verb: Token) -> int:
    """Behind the verb's complements, without clauses beside it."""
    last = verb.i + 1
    for child in verb.rights:
        if child.dep_ in CLAUSES and child.dep_ != "punct":
            break
        last = max(last, child.right_edge.i + 1)
    return last


def _end(doc: Doc, start: int, end: int) -> int:
    """Where words that begin at ``start`` stop: at a mark, after so many, never on a small word."""
    stop = min(end, start + LONGEST)
    stop = next((i for i in range(start + 1, stop) if _parts(doc, i)), stop)
    while stop > start + 1 and doc[stop - 1].tag_ in TRAILING:
        stop -= 1
    return stop


def _parts(doc: Doc, i: int) -> bool:
    """A mark that parts clauses; a hyphen inside a word does not."""
    return doc[i].text in MARKS or doc[i].is_space or (doc[i].text == "-" and bool(doc[i - 1].whitespace_))
