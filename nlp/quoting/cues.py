"""The words that report speech and belief, and how each takes its content.

Frames, as the word list names them: ``that`` a clause or a quotation (said that ...); ``to`` an infinitive, after an
addressee or not (urged X to ...); ``object`` a noun phrase (denied the claim); ``quoted`` a noun phrase in which
words stand in quotation marks (praised the "bold" plan); ``of``, ``for``, ``against`` a prepositional phrase (accused
X of ...); ``as`` object and predicate (described X as Y); ``name`` object and name (branded X a Y); ``compare``
object with ``to``; ``fault`` object and what was done (attacked X for doing Y); ``quote`` nothing but a quotation
(continued: "..."). ``negated`` reports even when denied (did not rule out); ``belief`` is thought or wanted, not
said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

CUES = Path(__file__).parents[1] / "data" / "cues.txt"
PARTICIPLES = ("prt", "prep", "advmod", "acomp", "xcomp", "ccomp", "oprd", "advcl")
COURTS = frozenset({"court", "hearing", "inquest", "tribunal", "jury", "inquiry", "trial", "committee"})
NEAR = 4  # tokens between a verb and the "not" or "would" that is its own
UNREAL = frozenset({"would", "could", "might", "should", "may", "can", "must", "'d"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in a Doc with its particle, if any, and the frames it takes."""

    verb: Token
    particle: Token | None
    frames: frozenset[str]

    @property
    def span(self) -> tuple[int, int]:
        """Characters from a negation that belongs to the cue, or the verb, to the end of verb or particle."""
        first = self.verb
        if "negated" in self.frames:
            aux = [token for token in self.verb.lefts if token.dep_ in ("aux", "neg")]
            if any(token.dep_ == "neg" for token in aux):
                first = aux[0]
        last = self.particle if self.particle is not None and self.particle.i == self.verb.i + 1 else self.verb
        return first.idx, last.idx + len(last)


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """Lemma, or lemma and particle joined by ``_``, to the frames it reports in."""
    lines = CUES.read_text(encoding="utf-8").splitlines()[1:]
    return {word: frozenset(frames) for word, *frames in map(str.split, lines) if word}


@lru_cache(maxsize=1)
def _particles() -> dict[str, tuple[str, ...]]:
    pairs = [key.split("_") for key in lexicon() if "_" in key]
    return {lemma: tuple(p for head, p in pairs if head == lemma) for lemma, _ in pairs}


def cue_at(token: Token) -> Cue | None:
    """The cue whose verb is ``token``; None when it reports nothing, is an adjective, or is no more than possible."""
    if token.pos_ not in ("VERB", "NOUN", "PROPN") or not (token.tag_.startswith("V") or _is_headline_verb(token)):
        return None
    lemma = token.lemma_.lower()
    for word in _particles().get(lemma, ()):
        particle = next((t for t in token.rights if t.lower_ == word and t.dep_ in PARTICIPLES), None)
        if particle is not None and particle.i <= token.i + 6 and not _has_object_before(particle):
            return _if_real(Cue(token, particle, lexicon()[f"{lemma}_{particle.lower_}"]))
    frames = lexicon().get(lemma)
    return _if_real(Cue(token, None, frames)) if frames else None


def _has_object_before(particle: Token) -> bool:
    """called it a machine for talking: the preposition belongs to what is named, not to the verb (called for)."""
    if particle.dep_ != "prep":
        return False
    return any(t.dep_ in ("dobj", "oprd", "attr", "ccomp") and t.i < particle.i for t in particle.head.rights)


def _is_headline_verb(token: Token) -> bool:
    """Headlines are tagged badly: a plural noun that is the root may be the verb (MPs warn, say Tories)."""
    return token.dep_ == "ROOT" and token.tag_ in ("NNS", "NNP", "NNPS")


def _if_real(cue: Cue) -> Cue | None:
    return cue if is_real(cue) else None


def goes_on(verb: Token) -> bool:
    """She went on to say: said, though it is an infinitive."""
    head = verb.head
    return head.lemma_ == "go" and head.tag_ != "VB" and any(t.lower_ == "on" and t.i < verb.i for t in head.rights)


def is_real(cue: Cue) -> bool:
    """Whether it is said to have been said: no adjective, no "would say", "to say", "if X says", "did not say"."""
    verb = cue.verb
    if verb.dep_ in ("amod", "compound", "aux"):
        return False
    lefts = {token.lower_: token for token in verb.lefts if verb.i - token.i < NEAR or token.dep_ == "mark"}
    denied = any(token.dep_ == "neg" for token in lefts.values())
    if (denied and "negated" not in cue.frames) or any(word in UNREAL for word in lefts):
        return False
    if "to" in lefts and lefts["to"].dep_ == "aux":
        return goes_on(verb)
    return not any(word in ("if", "unless") for word in lefts)
