"""Figures: amounts with what they measure. Years, dates, times, ages and numbers inside names are none."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.document import store
from nlp.naming.amounts import Amount, amounts
from nlp.records import Figure
from nlp.surface import text_of

MONTHS = frozenset("january february march april may june july august september october november december".split())
DURATIONS = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades century "
    "centuries am pm ft feet".split()
)
CHANGES = frozenset(
    "rise increase cut reduction fall drop growth saving savings investment boost surplus shortfall decrease change "
    "package fine grant majority swing lead".split()
)
SENTENCES = re.compile(r"(?:jailed|imprisoned|sentenced|suspended|banned)\b[^.]{0,25}$", re.IGNORECASE)
NAMES_BEFORE = frozenset(
    "no number article section clause page chapter channel radio phase level key stage act group".split()
)
STREETS = frozenset("street road avenue lane square place terrace".split())
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
LEAST = 10.0  # smaller plain counts are rarely figures
CLEARLY_MANY = 100.0  # such a count is one without a noun behind it too: "560 will be lost", "rose to 520,000"


@Language.component("figures", requires=["token.tag", "doc.sents"], assigns=["doc.spans"])
def figures(doc: Doc) -> Doc:
    text = text_of(doc)
    records: list[Figure] = []
    for amount in amounts(text):
        span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
        if span is None or (records and amount.start < records[-1].span[1]):
            continue
        if amount.unit == "count" and not _counts(doc, span.start, span.end, amount):
            continue
        closed = text[amount.end : amount.end + 1] == "." and span.end_char > amount.end
        end = span.end if closed else _phrase_end(doc, span.end, of_follows=doc[span.end - 1].lower_ == "of")
        last = doc[end - 1].idx + len(doc[end - 1]) if end > span.end else amount.end
        bounds = (amount.start, max(amount.end, last))
        exact = text[slice(*bounds)]
        measures = re.sub(r"^(?:of|in)\s+", "", text[amount.end : bounds[1]].strip())
        records.append(Figure(exact=exact, span=bounds, value=amount.value, unit=amount.unit, measures=measures))
    store(doc, "figures", records, spans=[record.span for record in records])
    return doc


def _counts(doc: Doc, start: int, end: int, amount: Amount) -> bool:
    """Whether a bare number counts something worth a figure."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if after is None or _is_date(doc, start, end, before, after):
        return False
    if before is not None and (
        _names(before) or before.text in (":", "/", "-", "(") or before.lower_ in ("aged", "age")
    ):
        return False
    if _address(doc, end):
        return False
    if after.lower_ in DURATIONS:
        if before is not None and before.lower_ == "within":
            return True
        sentence = SENTENCES.search(text_of(doc)[max(0, amount.start - 60) : amount.start])
        return bool(sentence) or (
            end + 1 < len(doc) and doc[end + 1].pos_ == "NOUN" and after.lower_ in ("days", "weeks")
        )
    if after.lower_ == "of" and end + 1 < len(doc) and doc[end + 1].lower_ in ("the", "those", "them"):
        return amount.value != 1
    if amount.value is not None and amount.value < LEAST:
        return False
    if after.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") or after.lower_ in ("a", "per", "of"):
        return True
    return (amount.value or 0) >= CLEARLY_MANY and after.text != "-" and not YEAR.match(doc[start].text)


def _address(doc: Doc, end: int) -> bool:
    """ "10 Downing Street": a house's number."""
    while end < len(doc) and doc[end].is_title:
        if doc[end].lower_ in STREETS:
            return True
        end += 1
    return False


def _names(before: Token) -> bool:
    """ "Voice 11", "Radio 4", "Act 2000": the number is part of a name."""
    low = before.lower_
    return (
        low in NAMES_BEFORE
        or low in MONTHS
        or (before.pos_ == "PROPN" and before.is_title and not before.is_sent_start)
    )


def _is_date(doc: Doc, start: int, end: int, before: Token | None, after: Token) -> bool:
    digits = doc[start].text
    if after.lower_ in MONTHS or (before is not None and before.lower_ in MONTHS):
        return True
    year = YEAR.fullmatch(digits) is not None and end - start == 1
    if year:
        plural = after.tag_ == "NNS"
        return not plural or (
            before is not None and before.lower_ in ("in", "of", "since", "by", "until", "the", "from")
        )
    return re.fullmatch(r"\d{1,2}\.\d\d", digits) is not None and after.lower_ in ("am", "pm", "gmt", "bst")


def _phrase_end(doc: Doc, start: int, *, of_follows: bool) -> int:
    """The end token of the noun phrase that the amount measures, with its of-phrases."""
    end = start
    if not of_follows:
        end = _noun_phrase(doc, start)
        if end < len(doc) - 1 and doc[end].lower_ in ("a", "per", "each", "every") and doc[end + 1].pos_ == "NOUN":
            return end + 2
    for _ in range(3):
        if of_follows:
            of_follows = False
        elif end < len(doc) and (
            doc[end].lower_ == "of" or (doc[end].lower_ == "in" and doc[end - 1].lower_ in CHANGES)
        ):
            start = end + 1
        else:
            break
        inner = start
        while inner < len(doc) and (doc[inner].pos_ in ("DET", "NUM") or doc[inner].tag_ in ("PRP$", "CD")):
            inner += 1
        stop = _noun_phrase(doc, inner)
        if stop == inner and not (inner > start and doc[inner - 1].tag_ in ("CD", "NN", "DT")):
            break
        end = stop
    return end


def _noun_phrase(doc: Doc, start: int) -> int:
    """The end of adjectives and nouns from ``start``; it never ends on an adjective alone."""
    i, last = start, start
    while i < len(doc):
        token = doc[i]
        if token.pos_ in ("NOUN", "PROPN") and token.is_alpha:
            last = i + 1
        elif not (
            token.pos_ == "ADJ"
            or token.tag_ == "POS"
            or token.text == "-"
            or (token.lower_ == "more" and i == start)
            or (token.tag_ in ("VBN", "RB") and i + 1 < len(doc) and (doc[i + 1].text == "-" or doc[i - 1].text == "-"))
        ):
            break
        i += 1
    if last > start and last < len(doc) and doc[last].text == "-" and last + 1 < len(doc) and doc[last + 1].is_alpha:
        return start
    return last
