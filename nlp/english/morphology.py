"""Parts of speech and lemmas from tag, dependency and word, each triple worked out once a process.

Gives what the model's attribute ruler and rule lemmatizer give, without matching every pattern at every token: the
tag map is the Universal Dependencies' for Penn Treebank tags, the lemma tables are the model's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

UNIVERSAL = {
    "ADJ": "AFX JJ JJR JJS", "ADP": "IN RP", "ADV": "RB RBR RBS WRB", "AUX": "MD", "CCONJ": "CC", "DET": "DT PDT WDT",
    "INTJ": "UH", "NOUN": "NN NNS", "NUM": "CD", "PART": "POS TO", "PRON": "EX PRP PRP$ WP WP$",
    "PROPN": "NNP NNPS", "PUNCT": "'' , -LRB- -RRB- . : HYPH NFP ``", "SPACE": "_SP", "SYM": "$ SYM",
    "VERB": "VB VBD VBG VBN VBP VBZ", "X": "ADD FW GW LS XX",
}  # fmt: skip
POS_OF = {tag: pos for pos, tags in UNIVERSAL.items() for tag in tags.split()}
BASE_FORMS = frozenset({"NN", "VB", "VBP", "JJ", "MD"})
PRONOUNS = frozenset("something anything nothing everything someone anyone everyone somebody anybody nobody".split())
BE = frozenset("be am is are was were been being 's 'm 're".split())
HAVE_DO = frozenset("do does did 'd have has had".split())
JOINING = frozenset({"that", "if", "because", "while", "since", "whether", "although", "though", "unless", "despite"})
WHOLE = frozenset({"ROOT", "advcl", "ccomp", "conj", "relcl", "xcomp"})
INFLECTED = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}
IRREGULAR = {
    "am": "be", "are": "be", "'s": "be", "'m": "be", "'re": "be", "'ve": "have", "'ll": "will",
    "n't": "not", "ca": "can", "wo": "will", "sha": "shall",
    "hopes": "hope", "hoped": "hope", "hoping": "hope",  # the rules say that they hop
}  # fmt: skip


@Language.factory("morphology", assigns=["token.pos", "token.lemma"], requires=["token.tag", "token.dep"])
def morphology(nlp: Language, name: str) -> Morphology:
    return Morphology(nlp.vocab)


class Morphology:
    """Sets ``pos`` and ``lemma`` of every token; ``tables`` tells how each part of speech is inflected."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.tables: dict[str, Table] = {}
        self.known: dict[tuple[int, int, int], tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        found = [self._of(key) for key in map(tuple, doc.to_array([ORTH, TAG, DEP]).tolist())]
        if found:
            values: Any = np.asarray(found, dtype=np.uint64)  # lemmas are 64-bit hashes
            doc.from_array([POS, LEMMA], values)
        return doc

    def _of(self, key: tuple[int, int, int]) -> tuple[int, int]:
        if key not in self.known:
            word, tag, dep = (self.vocab.strings[i] if i else "" for i in key)
            pos = part_of_speech(word.lower(), tag, dep)
            self.known[key] = IDS[pos], self.vocab.strings.add(self._lemma(word, tag, pos))
        return self.known[key]

    def _lemma(self, word: str, tag: str, pos: str) -> str:
        low = word.lower()
        if low == "'d":
            return "would" if tag == "MD" else "have"
        if low in IRREGULAR and tag != "POS":
            return IRREGULAR[low]
        if pos == "PROPN":
            return word
        return low if tag in BASE_FORMS or pos not in self.tables else self.tables[pos].lemma(low)


@dataclass(frozen=True, slots=True)
class Table:
    """How words of one class are inflected: endings and their bases, irregular forms, known base forms."""

    rules: tuple[tuple[str, str], ...]
    exceptions: Mapping[str, list[str]]
    index: frozenset[str]

    def lemma(self, low: str) -> str:
        """An irregular form's base, else the last ending whose base is a known word, else the first that fits."""
        if low in self.exceptions:
            return self.exceptions[low][-1]
        bases = [low[: len(low) - len(old)] + new for old, new in self.rules if low.endswith(old) and low != old]
        known = [base for base in bases if base in self.index]
        return known[-1] if known else next(iter(bases), low)


def inflections(lookups: Lookups) -> dict[str, Table]:
    """A table for each part of speech, out of a rule lemmatizer's lemma_rules, lemma_exc and lemma_index."""
    named = [lookups.get_table(f"lemma_{name}") for name in ("rules", "exc", "index")]
    found = {}
    for pos, kind in INFLECTED.items():
        rules, exceptions, index = (table.get(kind, {}) for table in named)
        found[pos] = Table(tuple((old, new) for old, new in rules), exceptions, frozenset(index))
    return found


def part_of_speech(low: str, tag: str, dep: str) -> str:
    """The universal part of speech of a lower-case word with its Penn tag and its dependency."""
    if dep in ("aux", "auxpass") and tag != "TO":
        return "AUX"
    if tag in ("DT", "WDT") and dep not in ("det", "quantmod"):
        return "PRON"
    if tag == "IN" and (dep == "mark" or low in JOINING):
        return "SCONJ"
    if tag == "WRB" and low in ("when", "where", "why", "how"):
        return "SCONJ"
    if tag == "NN" and low in PRONOUNS:
        return "PRON"
    if tag == "RB" and low in ("not", "n't"):
        return "PART"
    pos = POS_OF.get(tag, "X")
    if pos == "VERB" and (low in BE or (low in HAVE_DO and dep not in WHOLE)):
        return "AUX"
    return pos
