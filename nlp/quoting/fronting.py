"""Content that no complement holds: before the reporting clause, around it, or after it where the parser lost it."""

from __future__ import annotations

from spacy.tokens import Span

from nlp.quoting.clauses import FINITE, cut_at_next_report, has, trimmed
from nlp.quoting.cues import Cue
from nlp.quoting.sources import SUBJECTS, Tokens, subject


def parenthetical(cue: Cue, sentence: Span) -> list[Tokens]:
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


def fronted(cue: Cue, sentence: Span) -> list[Tokens]:
    """Taxes will rise, the minister has said: everything before the reporting clause."""
    verb, doc = cue.verb, cue.verb.doc
    if not cue.frames & {"that", "quote"}:
        return []
    who = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if who is None:
        return []
    first = min(who.left_edge.i, verb.i)
    if first <= sentence.start + 2:
        return []
    stop = first - 1
    if doc._.oriented[doc[stop].idx] in "”’" and stop - 1 > sentence.start:  # were "not meant to hurt," he insisted
        stop -= 1
    if doc[stop].text not in (",", "-", "–", "—", "?", "!"):
        return []
    before = doc[sentence.start : stop if stop == first - 1 else first]
    if not any(token.tag_ in FINITE or token.tag_ == "VBN" for token in before):
        return []
    head = next((child for child in verb.lefts if child.dep_ in ("ccomp", "advcl", "parataxis")), None)
    if head is not None and head.dep_ == "advcl" and has(head, "mark"):
        return []
    start, end = trimmed(before)
    return [trimmed(doc[start + (doc[start].lower_ in ("and", "but", "yet", "so") and doc[start].dep_ == "cc") : end])]


def unmarked(cue: Cue, sentence: Span) -> list[Tokens]:
    """The parser lost the clause: what follows "that", or a speech verb, when it holds a finite verb."""
    verb, doc = cue.verb, cue.verb.doc
    if "that" not in cue.frames or "belief" in cue.frames:
        return []
    rest = doc[(cue.particle or verb).i + 1 : sentence.end]
    marker = next((token.i for token in rest[:8] if token.lower_ == "that" and token.tag_ in ("IN", "WDT")), None)
    start = rest.start if marker is None else marker + 1
    if marker is None and verb.lemma_ not in ("say", "argue", "claim", "insist", "warn", "tell", "deny"):
        return []
    if not any(token.tag_ in FINITE for token in doc[start : sentence.end]):
        return []
    return [trimmed(doc[start : cut_at_next_report(cue, start, sentence.end)])]
