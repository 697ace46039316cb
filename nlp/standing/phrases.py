"""The noun phrases that may say what a position is about: their bounds, and the nouns that name proposals."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nlp.surface import lower_words, tokens_among
from nlp.wordlists import words

GENERIC = frozenset(
    "plan plans proposal proposals move moves change changes scheme schemes idea ideas decision measure measures "
    "policy policies rule rules bill law laws legislation reform reforms approach initiative step strategy deal "
    "agreement system programme project package review act document manifesto cards breakthrough".split()
)
# Heads of phrases that may be a target without being a named policy.
PROPOSABLE = GENERIC | frozenset(
    "tax taxes inquiry referendum link force taskforce investigation funding closure closures expansion merger "
    "sale war strike powers ruling judgement judgment guidelines standards cards services service pay increase "
    "increases rise cuts reduction use ban treaty constitution convention membership euro budget settlement "
    "scrutiny freedom right rights protection help checks tests target targets limit limits age voting system "
    "veto part action obligation duty budget pledge pledges promise promises amendment amendments clause levy "
    "subsidy subsidies sanctions commissioners casinos fees charges fines motion presumption compensation guarantee "
    "curb curbs moratorium amnesty overhaul shake-up crackdown exemption".split()
)
# One word that says enough of what is for or against.
TELLING = frozenset("war euro referendum inquiry devolution privatisation strike immigration hunting smoking".split())
NO_DEED = frozenset(
    "time times way ways part place thing things lot sense difference statement speech question questions answer "
    "answers point points case view views mind chance note step steps attempt effort efforts sure mistake mistakes "
    "campaign meeting room man woman head name seat seats goal appeal interest attention action fun favour "
    "direction vote votes majority lead people fears everyone anyone them us him her ministers mps patients".split()
)
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NAMES = frozenset({"NOUN", "PROPN"})
BREAKS = frozenset({":", ";", "(", ",", "-", "--", "–"})
MARKS = frozenset({'"', "“", "”"})
LONGEST = 14  # tokens


def phrase(head: Token) -> tuple[int, int]:
    """Token bounds of the noun phrase of ``head``, without its article, relative clauses and what is coordinated."""
    left = min(
        [head.i, *(t.left_edge.i for t in head.lefts if t.dep_ in ("amod", "compound", "nmod", "poss", "nummod"))]
    )
    while left < head.i and (head.doc[left].pos_ in ("DET", "PUNCT") or head.doc[left].tag_ == "PRP$"):
        left += 1
    right = head.i + 1
    for child in head.rights:
        complement = child.dep_ == "prep" or (child.dep_ == "acl" and child.tag_ == "VB")
        if not complement or child.left_edge.i > right or (child.lower_ == "as" and child.nbor(-1).lower_ != "such"):
            break
        right = child.right_edge.i + 1
    right = min(right, max(left + LONGEST, head.i + 1))
    stop = next((i for i in range(head.i + 1, right) if breaks(head.doc[i])), right)
    while stop > head.i + 1 and head.doc[stop - 1].tag_ in ("IN", "DT", "CC", "TO", "WDT", "PRP$"):
        stop -= 1
    return _closed(head.doc, left, stop)


def _closed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The bounds with the other one of a pair of quotation marks that they cut off."""
    near = lower_words(doc)[max(start - 1, 0) : end + 1]
    if not MARKS.isdisjoint(near) and sum(doc[i].text in MARKS for i in range(start, end)) % 2:
        if end < len(doc) and doc[end].text in MARKS:
            return start, end + 1
        if start and doc[start - 1].text in MARKS:
            return start - 1, end
    return start, end


def tells(doc: Doc, start: int, end: int) -> bool:
    """Whether a word of it is more than general."""
    general = words("policy_general")
    return any(
        token.is_alpha and token.lower_ not in general | GENERIC and token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")
        for token in doc[start:end]
    )


def fuller(head: Token) -> tuple[int, int] | None:
    """Token bounds of what "the merger" is elsewhere: the same noun with more words, before it or else after."""
    if not is_definite(head):
        return None
    one = head.lower_.removesuffix("s")
    forms = {head.lower_} if head.lower_ in GENERIC else {one, one + "s"}  # "the move" is none of "the moves"
    same = [token for token in tokens_among(head.doc, forms) if token.i != head.i and token.pos_ in NAMES]
    earlier, later = [t for t in same if t.i < head.i], [t for t in same if t.i > head.i]
    found = (phrase(token) for token in (*reversed(earlier), *later))
    return next((bounds for bounds in found if bounds[1] - bounds[0] > 1 and tells(head.doc, *bounds)), None)


def is_definite(head: Token) -> bool:
    return any(child.lower_ in DEFINITE for child in head.lefts)


def breaks(token: Token) -> bool:
    """A mark that ends a phrase; a hyphen inside a word does not."""
    return token.text in BREAKS and (token.text != "-" or bool(token.nbor(-1).whitespace_))
