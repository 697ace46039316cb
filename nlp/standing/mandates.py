"""What is demanded in a clause or as a thing: "demanded that it be cut", "wants it cut", "its aims are cuts"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.english.verb_forms import verb_forms
from nlp.standing.calls import MADE, SHUNNED, doer
from nlp.standing.demands import imagined
from nlp.standing.doings import SUBJECTS, Doing, carried
from nlp.standing.pledges import small_clause
from nlp.standing.stances import negated
from nlp.surface import tokens_among

DEMANDING = verb_forms("demand insist recommend request ask urge propose suggest".split())
WANTING = verb_forms("want prefer like".split())
DEMANDS = frozenset("demand demands call calls request requests recommendation recommendations proposal".split())
URGING = frozenset({"urge", "urges", "urged", "urging"})
PARTED = frozenset("aim aims goal goals priorities policy policies promise promises pledge pledges idea".split())
GOALS = frozenset("aim aims goal goals objective objectives priority priorities demand demands".split())
TO_COME = frozenset("expected due set likely poised ready preparing thought understood".split())
TELLING = frozenset("announce unveil propose outline launch publish introduce demand promise reveal table".split())
OWNING = frozenset({"poss", "compound", "amod", "nmod"})


def mandates(doc: Doc) -> Iterator[Doing]:
    """Every clause or noun phrase demanded so, with whoever demands it."""
    for token in tokens_among(doc, DEMANDING.keys() | WANTING.keys() | DEMANDS | GOALS | PARTED | TELLING | {"rather"}):
        low = token.lower_
        if low in TELLING:
            yield from _to_be_told(token)
        if low in GOALS and token.tag_.startswith("NN"):
            yield from _goals(token)
        if low in PARTED and token.tag_.startswith("NN"):
            yield from _parts(token)
        if low in URGING:
            yield from _urged(token)
        if low in DEMANDS and token.tag_.startswith("NN"):
            yield from _demands(token)
        elif token.tag_.startswith("VB") and not imagined(token):
            yield from _wanted(token) if low in WANTING else _asked(token, doer(token), -1 if negated(token) else 1)
        elif low == "rather":
            yield from _rather(token)


def _wanted(verb: Token) -> Iterator[Doing]:
    for clause in verb.children:
        if small_clause(clause):
            sign = -1 if negated(verb) != negated(clause) else 1
            yield from (Doing(doer(verb), deed, way, "aim") for deed, way in carried(clause, sign) if doer(verb))


def _demands(noun: Token) -> Iterator[Doing]:
    above = noun.head
    holder = next((c for c in noun.children if c.dep_ in OWNING and (c.is_title or c.dep_ == "poss")), None)
    if holder is None or holder.tag_ == "PRP$":
        holder = doer(above) if noun.dep_ == "dobj" and above.lower_ in MADE else None
    yield from _asked(noun, holder, 1)
    if noun.dep_ == "dobj" and (above.lower_ in MADE or above.lower_ in SHUNNED):
        subject = doer(above)
        if subject is not None and (holder is None or subject.i != holder.i):
            yield from _asked(noun, subject, -1 if (above.lower_ in SHUNNED) != negated(above) else 1)


def _asked(above: Token, holder: Token | None, sign: int) -> Iterator[Doing]:
    """The clause behind "that" whose verb is bare: "that fares be frozen", "that he resign"."""
    if holder is None:
        return
    for verb in above.children:
        if verb.dep_ not in ("ccomp", "acl", "relcl") or not any(c.lower_ == "that" for c in verb.children):
            continue
        bare = any(c.lower_ == "be" and c.dep_ in ("aux", "auxpass") for c in verb.children) or verb.tag_ == "VB"
        if not bare or any(c.tag_ == "MD" or c.lower_ == "to" for c in verb.children):
            continue
        way = -sign if negated(verb) else sign
        if verb.lower_ == "be":
            if any(c.dep_ == "nsubj" for c in verb.children):
                yield Doing(holder, verb, way, "ideal", noun=True)
            continue
        yield from (Doing(holder, deed, turn, "plea") for deed, turn in carried(verb, way))


def _goals(noun: Token) -> Iterator[Doing]:
    """ "The league's aims are an end to fees and cheaper boats", "the aim of the league is a merger"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_.lower() != "be" or negated(verb):
        return
    of = (g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj")
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) or next(of, None)
    if owner is None:
        return
    for thing in (c for c in verb.children if c.dep_ == "attr" and c.tag_.startswith("NN") and c.i > verb.i):
        joined = [c for c in thing.children if c.dep_ == "appos" and c.tag_.startswith("NN")]
        for one in (thing, *joined, *(c for c in thing.conjuncts if c.i > thing.i)):
            yield Doing(owner, one, 1, "wanting", noun=True)


def _parts(noun: Token) -> Iterator[Doing]:
    """ "Labour's priorities of free care, abolishing fees and …", "the Greens' idea of quotas"."""
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
    if owner is None:
        return
    for link in noun.children:
        for thing in link.children if link.dep_ == "prep" and link.lower_ == "of" else ():
            for one in (thing, *(c for c in thing.conjuncts if c.i > thing.i)):
                if one.tag_ == "VBG" and one.dep_ in ("pcomp", "conj"):
                    yield Doing(owner, one, 1, "scheme")
                elif one.tag_.startswith("NN"):
                    yield Doing(owner, one, 1, "scheme", noun=True)


def _urged(verb: Token) -> Iterator[Doing]:
    """ "The board urged an increase", not somebody to do something."""
    holder = doer(verb)
    if holder is None or imagined(verb) or any(c.dep_ in ("xcomp", "ccomp") for c in verb.children):
        return
    for thing in (c for c in verb.children if c.dep_ == "dobj" and c.tag_ in ("NN", "NNS")):
        if any(c.lower_ in ("a", "an", "more", "greater", "further") for c in thing.children):
            yield Doing(holder, thing, -1 if negated(verb) else 1, "wanting", noun=True)


def _to_be_told(verb: Token) -> Iterator[Doing]:
    """ "The mayor is expected to announce a levy"."""
    above = verb.head
    if above.lower_ not in TO_COME or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return
    holder = doer(verb)
    if holder is None or negated(above) or negated(verb) or imagined(verb):
        return
    things = (c for c in verb.children if c.dep_ == "dobj")
    yield from (Doing(holder, one, 1, "intent", noun=True) for c in things for one in (c, *c.conjuncts) if one.i >= c.i)


def _rather(word: Token) -> Iterator[Doing]:
    """ "Tenants would rather rents were frozen": the parser reads one clause with two subjects."""
    verb = word.head
    if not word.i or word.doc[word.i - 1].lower_ not in ("would", "'d"):
        return
    would = word.doc[word.i - 1]
    subjects = [c for one in (would, verb) for c in one.children if c.dep_ in SUBJECTS]
    if len(subjects) == 2 and subjects[0].i < word.i < subjects[1].i:
        yield Doing(subjects[0], verb, -1 if negated(verb) else 1, "aim")
