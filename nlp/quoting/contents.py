"""What was said, by grammar: the clause, infinitive, noun phrase or fronted sentence that a cue takes."""

from __future__ import annotations

from spacy.tokens import Span, Token

from nlp.quoting.clauses import cut_at_next_report, extended, has, trimmed
from nlp.quoting.cues import COURTS, Cue
from nlp.quoting.fronting import fronted, parenthetical, unmarked
from nlp.quoting.sources import SUBJECTS, Tokens, is_passive

BETWEEN = ("dobj", "dative", "iobj", "nsubj", "npadvmod", "advmod", "prep", "pobj", "prt")


def content_of(cue: Cue) -> list[Tokens]:
    """Token ranges of the content, in order; empty when the verb reports nothing here."""
    verb = cue.verb
    sentence = verb.sent
    if "court" in cue.frames:
        return _of_court(cue) if any(t.lower_ in COURTS for t in verb.lefts) else []
    if verb.dep_ == "relcl" and not _reports_as_relative(cue):
        return []
    if is_passive(verb):
        return _of_passive(cue)
    complement = _complement(cue)
    if complement is not None:
        return [_clause(cue, complement, sentence)]
    return _noun_phrases(cue) or parenthetical(cue, sentence) or fronted(cue, sentence) or unmarked(cue, sentence)


def _reports_as_relative(cue: Cue) -> bool:
    """who said that ..., who described X as ..., in which he praised X as ...; not the plan that he described."""
    if "belief" in cue.frames:
        return False
    if _complement(cue) is not None:
        return True
    return bool(cue.frames & {"of", "as", "name"}) and has(cue.verb, "dobj", "oprd") and _gap_is_filled(cue.verb)


def _gap_is_filled(verb: Token) -> bool:
    """Whether the relative word is the subject, or stands after a preposition: what follows the verb is its object."""
    return any((t.lower_ == "who" and t.dep_ in SUBJECTS) or t.dep_ == "prep" for t in verb.lefts)


def _complement(cue: Cue) -> Token | None:
    """The clause to the right of the verb that the cue's frames allow."""
    for child in cue.verb.rights:
        if child.dep_ not in ("ccomp", "xcomp", "advcl", "acl") and not (
            child.dep_ == "prep" and child.lower_ in ("on", "upon", "to", "for")
        ):
            continue
        if child.dep_ == "prep":
            continue
        if child.dep_ in ("advcl", "acl") and not is_infinitive(child):
            continue
        if is_infinitive(child):
            if "to" in cue.frames:
                return child
        elif child.tag_ == "VBG" and not has(child, "aux") and not has(child, *SUBJECTS):
            if "object" in cue.frames:
                return child
        elif child.dep_ != "advcl" and ("that" in cue.frames) and _is_clause(child):
            return child
    for child in cue.verb.rights:  # called on ministers to act; an addressee that holds the infinitive
        if child.dep_ in ("dobj", "prep", "dative") and "to" in cue.frames:
            for noun in (child, *child.rights):
                for deep in noun.rights:
                    if deep.dep_ in ("acl", "relcl", "advcl", "xcomp") and is_infinitive(deep):
                        return deep
    return None


def is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts) and not has(verb, "mark")


def _is_clause(head: Token) -> bool:
    if head.pos_ in ("VERB", "AUX"):
        return True
    return has(head, *SUBJECTS)


def _clause(cue: Cue, head: Token, sentence: Span) -> Tokens:
    start, end = head.left_edge.i, head.right_edge.i + 1
    doc = head.doc
    verb = cue.particle or cue.verb
    if is_infinitive(head):
        start = next(child.i for child in head.lefts if child.lower_ == "to" and child.dep_ == "aux")
        if start > 0 and doc[start - 1].dep_ == "neg":
            start -= 1
    elif not any(child.i < start for child in cue.verb.rights if child.dep_ in BETWEEN and child.i != verb.i):
        start = verb.i + 1  # said A, as opposed to B, was C: nothing but the content can follow the cue
    start = max(start, cue.verb.i + 1, verb.i + 1 if verb.i < head.i else 0)
    end = extended(cue, start, end, sentence)
    end = cut_at_next_report(cue, start, end)
    return trimmed(doc[start:end])


def _noun_phrases(cue: Cue) -> list[Tokens]:
    """Content that is a noun phrase or a phrase with a preposition, as the cue's frames allow."""
    verb, frames = cue.verb, cue.frames
    doc = verb.doc
    objects = [child for child in verb.rights if child.dep_ in ("dobj", "oprd", "dative", "ccomp", "xcomp", "attr")]
    first = objects[0] if objects else None
    for child in verb.rights:
        if "fault" in frames and first is not None and child.lower_ == "for" and has(child, "pcomp"):
            return [_to_end(cue, first.left_edge.i)]
        if child.dep_ != "prep" or child.lower_ not in frames:
            continue
        if child.lower_ in ("of", "as") and first is not None:
            return [_to_end(cue, first.left_edge.i)]
        if child.lower_ in ("for", "against"):
            inside = child.right_edge.i + 1
            return [trimmed(doc[child.i + 1 : max(inside, child.i + 2)])]
    if first is None:
        return _of_particle(cue)
    if frames & {"of", "as"}:
        for token in doc[first.left_edge.i : first.right_edge.i + 1]:
            if token.lower_ in frames and token.dep_ == "prep" and token.i > first.i:
                return [_to_end(cue, first.left_edge.i)]
    if "compare" in frames and any(t.lower_ in ("to", "with") for t in doc[first.i : verb.right_edge.i]):
        return [_to_end(cue, first.left_edge.i)]
    if "name" in frames and (first.right_edge.i > first.left_edge.i or len(objects) > 1):
        rest = _to_end(cue, first.left_edge.i)
        return [rest] if rest[1] - rest[0] > 2 else []
    if "object" in frames and first.dep_ == "dobj" and first.pos_ == "NOUN":
        return [trimmed(doc[first.left_edge.i : first.right_edge.i + 1])]
    if "quoted" in frames and first.dep_ == "dobj":
        phrase = doc[first.left_edge.i : first.right_edge.i + 1]
        if _holds_quotation(phrase):
            return [trimmed(phrase)]
    return []


def _of_particle(cue: Cue) -> list[Tokens]:
    """spoke of "competing plans", complained of delays: what the particle governs."""
    noun = next((t for t in cue.particle.rights if t.dep_ == "pobj"), None) if cue.particle is not None else None
    if noun is None or not cue.frames & {"object", "quoted"}:
        return []
    phrase = noun.doc[noun.head.i + 1 : noun.right_edge.i + 1]
    return [trimmed(phrase)] if "object" in cue.frames or _holds_quotation(phrase) else []


def _holds_quotation(phrase: Span) -> bool:
    oriented = phrase.doc._.oriented
    return any(token.is_quote and oriented[token.idx] in "“‘" for token in phrase)


def _to_end(cue: Cue, start: int) -> Tokens:
    verb = cue.verb
    end = verb.right_edge.i + 1
    for child in verb.rights:
        if child.dep_ in ("cc", "conj", "advcl") and child.left_edge.i > start:
            if child.dep_ == "advcl" and child.left_edge.i > 0 and not verb.doc[child.left_edge.i - 1].is_punct:
                continue
            end = min(end, child.left_edge.i)
            break
    end = cut_at_next_report(cue, start, max(end, start + 1))
    return trimmed(verb.doc[start:end])


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
    return fronted(cue, sentence)
