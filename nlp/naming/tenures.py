"""Which person of an article an office means that several of them have held: the one of the time that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc

from nlp.offices.register import DAY
from nlp.offices.titles import NOT_NOW

Days = tuple[str, str]  # first and last, ISO
Tenures = Mapping[str, Mapping[str, Sequence[Sequence[str]]]]  # office → name → terms
FAR = 5  # times as often
EVER: Days = ("", "9999")
DEFINITE = frozenset("the this his her our their its as of was is be been become becomes became becoming [".split())


def office_holders(
    doc: Doc, stated: Mapping[str, Sequence[str]], often: Mapping[str, int]
) -> dict[tuple[int, int], str]:
    """Token bounds of the phrases that name an office alone → name of the one who held it when the article was written.

    ``stated`` gives the titles that the article states beside each name: with the register's terms they tell its time;
    ``often`` how many times it names them.
    Nobody is told to hold what the article says they held before.
    """
    tenures: Tenures = doc._.reading.get("ever_held", {})
    phrases = [(start, end) for start, end in doc._.reading.get("offices", ()) if _is_definite(doc, start)]
    day = str(doc._.published or "")[:10]
    days = (day, day) if DAY.match(day) else EVER
    days = _together(tenures, ((name, title.lower()) for name, titles in stated.items() for title in titles), days)
    past = [(name, _now(title)) for name, titles in stated.items() for title in titles if _is_past(title)]
    found: dict[tuple[int, int], str] = {}
    for _ in range(2):  # an office that one person alone may hold tells the time for the others
        for start, end in phrases:
            text = doc[start:end].text.lower()
            left = {name for name, title in past if set(text.split()) <= title}
            names = [name for name in tenures[text] if name not in left and _holds(tenures[text][name], days)]
            if _is_past(text):
                names = list(tenures[text])
            elif len(names) > 1:
                names = _known_without(names, text, stated, often)
            if len(names) == 1:
                found[start, end] = names[0]
        found = {place: name for place, name in found.items() if _at_once(doc, tenures, name, found)}
        days = _together(tenures, ((name, doc[a:b].text.lower()) for (a, b), name in found.items()), days)
    return found


def _at_once(doc: Doc, tenures: Tenures, name: str, found: Mapping[tuple[int, int], str]) -> bool:
    """Whether the offices that are found for somebody were ever held together; if not, neither is known to be meant."""
    days = EVER
    for (start, end), other in found.items():
        if other == name and not _is_past(doc[start:end].text):
            terms = [term for term in tenures[doc[start:end].text.lower()][name] if _holds([term], days)]
            if not terms:
                return False
            days = (max(days[0], terms[0][0]), min(days[1], terms[0][1])) if len(terms) == 1 else days
    return True


def _known_without(
    names: Sequence[str], office: str, stated: Mapping[str, Sequence[str]], often: Mapping[str, int]
) -> list[str]:
    """Those to whom the article gives a part of the office ("leader"), or else no role: it takes them for known.

    Of several it is the one whom it speaks of by far the most.
    """
    words = set(office.split())
    part = [name for name in names if any(set(title.lower().split()) <= words for title in stated[name])]
    known = part or [name for name in names if not stated[name]]
    return [one for one in known if all(often[one] >= FAR * often[other] for other in known if other != one)]


def _is_definite(doc: Doc, start: int) -> bool:
    return bool(doc[start].is_sent_start) or start == 0 or doc[start - 1].lower_ in DEFINITE


def _is_past(title: str) -> bool:
    return not NOT_NOW.isdisjoint(title.lower().replace("-", " ").split())


def _now(title: str) -> frozenset[str]:
    """The words of an office that is past, without those that say so."""
    return frozenset(title.lower().replace("-", " ").split()) - NOT_NOW


def _holds(terms: Sequence[Sequence[str]], days: Days) -> bool:
    """Whether one of the terms and the days have more in common than a day of handing over."""
    shared = ((max(first, days[0]), min(last, days[1])) for first, last in terms)
    return any(first < last or first == last == days[0] == days[1] for first, last in shared)


def _together(tenures: Tenures, stated: Iterable[tuple[str, str]], days: Days) -> Days:
    """The days within ``days`` at which all stated offices were held; one that does not fit the rest is left out."""
    for name, office in stated:
        if _is_past(office):
            continue
        terms = [term for term in tenures.get(office, {}).get(name, ()) if _holds([term], days)]
        if len(terms) == 1:
            days = max(days[0], terms[0][0]), min(days[1], terms[0][1])
    return days
