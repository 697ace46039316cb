"""What was said, by grammar: the clause, infinitive, noun phrase or fronted sentence that a cue takes."""

from __future__ import annotations

from spacy.tokens import Span, Token

from nlp.cues import COURTS, Cue, cue_at
from nlp.sources import SUBJECTS, Tokens, is_passive, subject

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PREPOSITIONS = {"of": "of", "for": "for", "against": "against"}
ADDRESSEE_DEPS = ("dobj", "dative", "nsubj", "nsubjpass")


def content_of(cue: Cue) -> list[Tokens]:
    """Token ranges of the content, in order; empty when the verb reports nothing here."""
    verb = cue.verb
    sentence = verb.sent
    if "court" in cue.frames:
        return _of_court(cue) if any(t.lower_ in COURTS for t in verb.lefts) else []
    if verb.dep_ == "relcl" and not (_complement(cue) is not None and "belief" not in cue.frames):
        return []
    if is_passive(verb):
        return _of_passive(cue)
    complement = _complement(cue)
    if complement is not None:
        return [_clause(cue, complement, sentence)]
    return _noun_phrases(cue) or _parenthetical(cue, sentence) or _fronted(cue, sentence) or _after(cue, sentence)


def _complement(cue: Cue) -> Token | None:
    """The clause to the right of the verb that the cue's frames allow."""
    for child in cue.verb.rights:
        if child.dep_ not in ("ccomp", "xcomp", "advcl", "acl") and not (
            child.dep_ == "prep" and child.lower_ in ("on", "upon", "to", "for")
        ):
            continue
        if child.dep_ == "prep":
            continue
        if child.dep_ in ("advcl", "acl") and not _infinitive(child):
            continue
        if _infinitive(child):
            if "to" in cue.frames:
                return child
        elif child.tag_ == "VBG" and not _has(child, "aux") and not _has(child, *SUBJECTS):
            if "object" in cue.frames:
                return child
        elif child.dep_ != "advcl" and ("that" in cue.frames) and _is_clause(child):
            return child
    for child in cue.verb.rights:  # called on ministers to act; an addressee that holds the infinitive
        if child.dep_ in ("dobj", "prep", "dative") and "to" in cue.frames:
            for noun in (child, *child.rights):
                for deep in noun.rights:
                    if deep.dep_ in ("acl", "relcl", "advcl", "xcomp") and _infinitive(deep):
                        return deep
    return None


def _has(token: Token, *deps: str) -> bool:
    return any(child.dep_ in deps for child in token.children)


def _infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts) and not _has(verb, "mark")


def _is_clause(head: Token) -> bool:
    if head.pos_ in ("VERB", "AUX"):
        return True
    return _has(head, *SUBJECTS)


def _clause(cue: Cue, head: Token, sentence: Span) -> Tokens:
    start, end = head.left_edge.i, head.right_edge.i + 1
    doc = head.doc
    verb = cue.particle or cue.verb
    if _infinitive(head):
        start = next(child.i for child in head.lefts if child.lower_ == "to" and child.dep_ == "aux")
        if start > 0 and doc[start - 1].dep_ == "neg":
            start -= 1
    start = max(start, cue.verb.i + 1, verb.i + 1 if verb.i < head.i else 0)
    end = _extended(cue, start, end, sentence)
    end = _cut_at_next_report(cue, start, end)
    return trimmed(doc[start:end])


def _extended(cue: Cue, start: int, end: int, sentence: Span) -> int:
    """The parser often hangs a clause's last pieces on the cue: take all to the sentence's end but a new report."""
    verb = cue.verb
    doc = verb.doc
    limit = sentence.end
    if verb.head.i > verb.i:  # Saying that ..., she left: the rest belongs to the verb that follows
        limit = max(end, verb.right_edge.i + 1)
    for index in range(end, limit):
        token = doc[index]
        if token.is_space and "\n" in token.text:
            return index
        if token.dep_ != "cc" or token.head.i >= start:
            continue
        joined = [t for t in doc[index + 1 : min(index + 16, limit)] if t.dep_ == "conj" and t.head.i == token.head.i]
        if any(_is_finite(other) for other in joined) or not joined:
            return index
    return limit


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(child.tag_ in FINITE for child in verb.lefts if child.dep_ in ("aux", "auxpass"))


def _tense(verb: Token) -> str:
    """The tag of the word that carries the tense."""
    return next((child.tag_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")), str(verb.tag_))


def _cut_at_next_report(cue: Cue, start: int, end: int) -> int:
    """said A, but admitted B: the second cue has no subject of its own, and the first one's subject says it too."""
    doc = cue.verb.doc
    for index in range(start + 2, end - 1):
        token = doc[index]
        if token.lower_ == "while" and doc[index - 1].text == "," and _own_report(token.head):
            return index
        if token.lower_ not in ("and", "but") or token.dep_ != "cc":
            continue
        after = index + 1
        while after < end and (doc[after].pos_ in ("ADV", "AUX") or doc[after].text == ","):
            after += 1
        if after >= end or _tense(doc[after]) != _tense(cue.verb) or _has(doc[after], *SUBJECTS):
            continue
        other = cue_at(doc[after])
        if other is not None and "belief" not in other.frames and content_of(other):
            return index
        if doc[after].dep_ == "conj" and doc[after].head.dep_ == "ccomp" and _tense(doc[after].head) == "MD":
            return index  # insisted that it could not, but declined to say more
    return end


def _own_report(verb: Token) -> bool:
    return cue_at(verb) is not None and _has(verb, *SUBJECTS)


def _noun_phrases(cue: Cue) -> list[Tokens]:
    """Content that is a noun phrase or a phrase with a preposition, as the cue's frames allow."""
    verb, frames = cue.verb, cue.frames
    doc = verb.doc
    objects = [child for child in verb.rights if child.dep_ in ("dobj", "oprd", "dative", "ccomp", "xcomp", "attr")]
    first = objects[0] if objects else None
    for child in verb.rights:
        if child.dep_ != "prep" or child.lower_ not in frames:
            continue
        if child.lower_ in ("of", "as") and first is not None:
            return [_to_end(cue, first.left_edge.i)]
        if child.lower_ in ("for", "against"):
            inside = child.right_edge.i + 1
            return [trimmed(doc[child.i + 1 : max(inside, child.i + 2)])]
    if first is None:
        return []
    if frames & {"of", "as"}:
        for token in doc[first.left_edge.i : first.right_edge.i + 1]:
            if token.lower_ in frames and token.dep_ == "prep" and token.i > first.i:
                return [_to_end(cue, first.left_edge.i)]
    if "compare" in frames and any(t.lower_ in ("to", "with") for t in doc[first.i : verb.right_edge.i]):
        return [_to_end(cue, first.left_edge.i)]
    if "name" in frames and first.right_edge.i + 1 - first.left_edge.i > 1:
        rest = _to_end(cue, first.left_edge.i)
        return [rest] if rest[1] - rest[0] > 2 else []
    if "object" in frames and first.dep_ == "dobj" and first.pos_ in ("NOUN", "PROPN"):
        return [trimmed(doc[first.left_edge.i : first.right_edge.i + 1])]
    if "quoted" in frames and first.dep_ == "dobj":
        phrase = doc[first.left_edge.i : first.right_edge.i + 1]
        if any(token.text in "\"'" and token.is_quote and doc._.oriented[token.idx] in "“‘" for token in phrase):
            return [trimmed(phrase)]
    return []


def _to_end(cue: Cue, start: int) -> Tokens:
    verb = cue.verb
    end = verb.right_edge.i + 1
    for child in verb.rights:
        if child.dep_ in ("cc", "conj", "advcl") and child.left_edge.i > start:
            if child.dep_ == "advcl" and child.left_edge.i > 0 and not verb.doc[child.left_edge.i - 1].is_punct:
                continue
            end = min(end, child.left_edge.i)
            break
    end = _cut_at_next_report(cue, start, max(end, start + 1))
    return trimmed(verb.doc[start:end])


def _parenthetical(cue: Cue, sentence: Span) -> list[Tokens]:
    """The plan, he said, would cost: the sentence around its own reporting clause."""
    verb, doc = cue.verb, cue.verb.doc
    who = subject(verb)
    if "that" not in cue.frames or who is None:
        return []
    first = min(who.left_edge.i, verb.i)
    last = max([verb.i, *(child.right_edge.i for child in verb.rights if child.dep_ in ("nsubj", "dobj", "prep"))])
    if last - first > 14 or not sentence.start + 1 < first or last + 2 >= sentence.end:
        return []
    if doc[first - 1].text not in (",", "-", "–", "—") or doc[last + 1].text != doc[first - 1].text:
        return []
    if not any(token.tag_ in FINITE for token in doc[last + 2 : sentence.end]):
        return []
    return [trimmed(doc[sentence.start : first - 1]), trimmed(doc[last + 2 : sentence.end])]


def _fronted(cue: Cue, sentence: Span) -> list[Tokens]:
    """Taxes will rise, the minister has said: everything before the reporting clause."""
    verb, doc = cue.verb, cue.verb.doc
    if "that" not in cue.frames:
        return []
    who = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if who is None:
        return []
    first = min(who.left_edge.i, verb.i)
    if first <= sentence.start + 2:
        return []
    stop = first - 1
    if doc[stop].text not in (",", "-", "–", "—", "?", "!"):
        return []
    before = doc[sentence.start : stop]
    if not any(token.tag_ in FINITE or token.tag_ == "VBN" for token in before):
        return []
    head = next((child for child in verb.lefts if child.dep_ in ("ccomp", "advcl", "parataxis")), None)
    if head is not None and head.dep_ == "advcl" and _has(head, "mark"):
        return []
    start, end = trimmed(before)
    return [trimmed(doc[start + (doc[start].lower_ in ("and", "but", "yet", "so") and doc[start].dep_ == "cc") : end])]


def _after(cue: Cue, sentence: Span) -> list[Tokens]:
    """The parser lost the clause: what follows "that", or a speech verb, when it holds a finite verb."""
    verb, doc = cue.verb, cue.verb.doc
    if "that" not in cue.frames or "belief" in cue.frames:
        return []
    rest = doc[(cue.particle or verb).i + 1 : sentence.end]
    marker = next((token.i for token in rest[:8] if token.lower_ == "that" and token.tag_ in ("IN", "WDT")), None)
    start = rest.start if marker is None else marker + 1
    if marker is None and verb.lemma_ not in ("say", "argue", "claim", "insist", "warn", "tell"):
        return []
    if not any(token.tag_ in FINITE for token in doc[start : sentence.end]):
        return []
    return [trimmed(doc[start : _cut_at_next_report(cue, start, sentence.end)])]


def _of_passive(cue: Cue) -> list[Tokens]:
    """X has been accused of ... (by Y); his words were described as ... by Y."""
    verb, doc = cue.verb, cue.verb.doc
    who = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    if who is not None and who.lower_ in COURTS and cue.verb.lemma_ == "tell":
        return _of_court(cue)
    phrase = next(
        (c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("of", "as") and c.lower_ in cue.frames), None
    )
    if who is None or phrase is None:
        return []
    end = phrase.right_edge.i + 1
    by = [t.i for t in doc[phrase.i : end] if t.lower_ == "by" and t.dep_ in ("agent", "prep")][-1:]
    return [trimmed(doc[who.left_edge.i : who.right_edge.i + 1]), trimmed(doc[phrase.i : min([end, *by])])]


def _of_court(cue: Cue) -> list[Tokens]:
    """The court was told that ...: nobody is named, but somebody said it there."""
    sentence = cue.verb.sent
    clause = next((c for c in cue.verb.rights if c.dep_ == "ccomp"), None)
    if clause is not None:
        return [_clause(cue, clause, sentence)]
    return _fronted(cue, sentence)


def trimmed(span: Span) -> Tokens:
    """Without "that", spaces and punctuation at the edges; quotation marks and brackets that balance stay."""
    doc = span.doc
    start, end = span.start, span.end
    oriented = doc._.oriented
    while start < end and _loose_at_start(doc[start], oriented):
        start += 1
    while end > start and _loose_at_end(doc[end - 1], oriented):
        end -= 1
    return start, end


def _loose_at_start(token: Token, oriented: str) -> bool:
    if token.is_space or (token.lower_ == "that" and token.dep_ == "mark"):
        return True
    return token.is_punct and oriented[token.idx] not in "“‘([£$#"


def _loose_at_end(token: Token, oriented: str) -> bool:
    return token.is_space or (token.is_punct and oriented[token.idx] not in "”’)]%…")
