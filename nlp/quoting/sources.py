"""Who a cue's words come from: the subject of the reporting verb, wherever the grammar hides it."""

from __future__ import annotations

from spacy.tokens import Token

from nlp.quoting.cues import Cue, goes_on, lexicon

SUBJECTS = ("nsubj", "nsubjpass")
Tokens = tuple[int, int]  # first token and one past the last
FINITE = ("VBD", "VBZ", "VBP")
RELATIVES = frozenset({"who", "which", "that", "whom"})
POST_NOMINALS = frozenset({"QC", "KC", "MP", "MSP", "MEP", "AM", "MS", "OBE", "MBE", "CBE"})
LOOSE = ("advcl", "acl", "parataxis", "ccomp", "dep")


def source_of(cue: Cue) -> Tokens | None:
    """The tokens of the source: subject, governor's subject, noun of a participle, or agent of a passive."""
    verb = cue.verb
    if is_passive(verb):
        return _agent(verb)
    head = subject(verb)
    if head is None:
        return None
    start, end = noun_phrase(head)
    for other in head.head.children:  # the spokesman for sport Ada Quill, parsed as two subjects side by side
        if other.dep_ in SUBJECTS and other.left_edge.i == end and other.pos_ == "PROPN":
            end = noun_phrase(other)[1]
    if start <= verb.i < end:  # the minister, who said ...: without the relative clause that reports
        inner = verb
        while inner.head.i not in (head.i, inner.i):
            inner = inner.head
        end = max(start + 1, inner.left_edge.i)
        while end > start + 1 and verb.doc[end - 1].is_punct:
            end -= 1
    return start, end


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is what is said, or who is told: passive, or a participle after its noun."""
    if any(token.dep_ in ("auxpass", "nsubjpass") for token in verb.lefts):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and not any(t.dep_ in ("aux", "nsubj") for t in verb.lefts):
        return is_passive(verb.head) and verb.head.tag_ == "VBN"
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The head of the subject of ``verb``, through coordination, participles and relative clauses."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            if child.lower_ in RELATIVES and verb.dep_ == "relcl":
                return verb.head
            return child
    if depth > 4:
        return None
    head = verb.head
    if depth == 0 and verb.tag_ == "VBG" and (reporting := _reporting(verb)) is not None:
        return subject(reporting, depth + 1)
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        if head.dep_ == "ccomp" and head.head.lemma_.lower() in lexicon():  # said A, and added B
            return subject(head.head, depth + 1)
        return subject(head, depth + 1)
    if verb.dep_ in ("xcomp", "advcl") and goes_on(verb):
        return subject(head, depth + 1)
    if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN"):
        return _whose(head)
    if verb.dep_ in ("advcl", "xcomp", "dep", "ccomp") and verb.tag_ == "VBG" and head.pos_ in ("VERB", "AUX"):
        if is_passive(head):
            return None
        return subject(head, depth + 1)
    if (depth == 0 and verb.tag_ in FINITE) or (verb.tag_ == "VBN" and any(t.lemma_ == "have" for t in verb.lefts)):
        if verb.dep_ == "dep" and head.i < verb.i and head.pos_ in ("VERB", "AUX"):
            return subject(head, depth + 1)
        return _before(verb)
    return None


def _reporting(participle: Token) -> Token | None:
    """The verb that reports the clause on which a participle hangs: she said piers fail, calling them a risk."""
    token = participle
    while token.head != token:
        if token.dep_ == "ccomp" and token.head.i < participle.i and token.head.lemma_.lower() in lexicon():
            return token.head
        token = token.head
    return None


def _before(verb: Token) -> Token | None:
    """The parser hung the subject elsewhere: the name that the words before the verb lead up to."""
    doc, index = verb.doc, verb.i - 1
    while index > verb.sent.start and (doc[index].is_punct or doc[index].pos_ in ("ADV", "AUX")):
        index -= 1
    token = doc[index]
    if index < verb.sent.start or token.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    name = token if token.pos_ == "PROPN" and token.dep_ != "pobj" else None
    if token.dep_ == "dobj" and token.head.dep_ == "relcl":  # Ms Quill, who chairs the board, says
        return token.head.head
    while token.dep_ in ("pobj", "prep", "appos", "compound", "conj") and token.head.i < verb.i and token.head != verb:
        token = token.head
        if token.pos_ == "PROPN" and token.dep_ in ("appos", "nsubj", "conj", "ROOT"):
            name = token
    return name or (doc[index] if doc[index].dep_ not in ("pobj", "dobj") else None)


def _whose(noun: Token) -> Token:
    """The noun of a participle, or the subject of its clause when the noun is only an object in it."""
    governor = noun
    while governor.dep_ in ("pobj", "prep", "dobj", "compound") and governor.head != governor:
        governor = governor.head
        if governor.pos_ == "VERB":
            return subject(governor) or noun
    return noun


def _agent(verb: Token) -> Tokens | None:
    by = [t for t in verb.subtree if t.i > verb.i and (t.dep_ == "agent" or (t.dep_ == "prep" and t.lower_ == "by"))]
    nouns = [
        n
        for token in by
        for n in token.rights
        if n.dep_ == "pobj" and n.pos_ in ("NOUN", "PROPN", "PRON") and n.text != "%"
    ]
    return noun_phrase(nouns[0]) if nouns else None


def noun_phrase(head: Token) -> Tokens:
    """The noun's own words with apposition and relative clause, without loose participles and closing punctuation."""
    start, end = head.left_edge.i, head.i + 1
    doc = head.doc
    if head.text in POST_NOMINALS and start > 1 and doc[start - 1].text == "," and doc[start - 2].pos_ == "PROPN":
        start = doc[start - 2].left_edge.i
    for child in head.lefts:
        if child.dep_ in ("cc", "punct", "advmod", "mark") and child.left_edge.i == start:
            start = child.right_edge.i + 1
        else:
            break
    for child in head.rights:
        if child.dep_ in ("cc", "punct"):
            continue
        if child.dep_ in LOOSE and not (child.dep_ == "acl" and (_adjoins(child) or _says_who_made(child))):
            break
        if child.dep_ == "prep" and any(token.ent_type_ in ("DATE", "TIME") for token in child.rights):
            break  # the minister on Sunday
        end = child.right_edge.i + 1
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in (")", "]"):
        end -= 1
    if end < len(doc) and doc[end].text == ")" and any(token.text == "(" for token in doc[start:end]):
        end += 1
    while start < end - 1 and (doc[start].is_space or doc[start].is_punct):
        start += 1
    return start, end


def _adjoins(child: Token) -> bool:
    return not child.doc[child.left_edge.i - 1].is_punct if child.left_edge.i else True


def _says_who_made(participle: Token) -> bool:
    """The study, carried out by Ada Quill: the maker speaks through it."""
    return participle.tag_ == "VBN" and any(child.dep_ == "agent" for child in participle.rights)
