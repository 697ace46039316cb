"""People: one record per human in the article, from every form in which it names them; titles stay out of the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import store
from nlp.naming.capital_runs import Word, runs
from nlp.naming.names import Name, is_other, mentions
from nlp.naming.vocabulary import FIRST_NAMES, HUMBLE, PEERAGE, POST_NOMINALS
from nlp.offices.names import same_first_name
from nlp.records import Person

KEPT = PEERAGE | {
    "president",
    "mr justice",
    "mrs justice",
}  # with nothing but a surname, the title is part of how they are known
KIN = frozenset(
    "wife husband son daughter brother sister father mother widow partner girlfriend boyfriend niece nephew aunt uncle "
    "grandson granddaughter grandfather grandmother stepson stepdaughter baby half-brother half-sister".split()
)
SEVERAL = frozenset({"Lords", "Ladies", "Princes", "Princesses", "Messrs", "Presidents", "Professors", "Drs", "Misses"})
KNIGHTED = PEERAGE | {"sir", "dame"}


@dataclass(slots=True)
class Known:
    """A person as the article makes them known, while it is read."""

    parts: tuple[str, ...]
    title: str = ""
    gender: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)  # tokens

    @property
    def surname(self) -> str:
        parts = self.parts[: self.parts.index("of")] if "of" in self.parts[1:] else self.parts
        return parts[-1].lower()

    @property
    def full(self) -> bool:
        return len(self.parts) > 1

    def name(self) -> str:
        words = " ".join(self.parts).replace(" - ", "-")
        title = " ".join(word.capitalize() for word in self.title.split())
        keeps_title = self.title in KEPT and (not self.full or "of" in self.parts)
        return f"{title} {words}" if keeps_title and not words.lower().startswith(self.title) else words


@Language.component("people", requires=["doc.ents", "token.tag"], assigns=["doc.spans"])
def people(doc: Doc) -> Doc:
    known = _known(doc)
    records = [
        Person(
            name=person.name(),
            mentions=tuple(
                (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in sorted(person.spans)
            ),
            gender=person.gender,
        )
        for person in sorted(known, key=lambda person: min(person.spans))
    ]
    store(doc, "people", records, spans=[span for record in records for span in record.mentions])
    return doc


def _known(doc: Doc) -> list[Known]:
    found = tuple(runs(doc))
    names = list(mentions(doc, found))
    taken = {token for name in names for token in range(name.start, name.end)}
    names += _shared_surnames(doc, names, taken)
    known: list[Known] = []
    for name in sorted((name for name in names if _is_full(name)), key=lambda name: bool(name.titles)):
        _add_full(known, name)
    loose = [name for name in names if not _is_full(name)]
    singles = list(_singles(found, taken))
    unproven = {run[-1].lower: run for run in _unproven(found, taken)}
    for name in loose:
        surname = name.parts[0].lower()
        if surname in unproven and not any(person.surname == surname for person in known):
            run = unproven[surname]
            known.append(Known(tuple(w.text for w in run), gender=name.gender, spans=[(run[0].start, run[-1].end)]))
    for name in sorted(loose, key=lambda name: name.start):
        person = _nearest(
            known, name.parts[0].lower(), name.start, gender=name.gender, humble=not HUMBLE.isdisjoint(name.titles)
        )
        if person is None:
            person = next((other for other in known if _is_surname_of(other, name.parts)), None)
        if person is None and name.titles[-1:] in (("sir",), ("dame",)):
            person = next((other for other in known if other.full and other.parts[0] == name.parts[0]), None)
        if person is None:
            title = " ".join(name.titles) if name.titles[-1:] == ("justice",) else "".join(name.titles[-1:])
            person = Known(name.parts, title=title, gender=name.gender)
            known.append(person)
        person.spans.append((name.start, name.end))
        person.gender = person.gender or name.gender
    _add_singles(doc, known, singles)
    for person in known:
        if not person.full and any(start and doc[start - 1].lower_ == "president" for start, _ in person.spans):
            person.title = "president"
    return known


def _is_full(name: Name) -> bool:
    return len(name.parts) > 1


def _add_full(known: list[Known], name: Name) -> None:
    """Same first and last name is the same person; middle names may come and go, and Jim is James."""
    gender = name.gender or FIRST_NAMES.get(name.parts[0].lower(), "").replace("-", "")
    title = name.titles[-1] if name.titles else ""
    ends = (name.parts[0].lower(), name.parts[-1].lower())
    for person in known:
        if name.titles and _is_surname_of(person, name.parts):
            person.spans.append((name.start, name.end))
            return
        same = person.full and person.parts[-1].lower() == ends[1]
        if same and same_first_name(person.parts[0].lower(), ends[0]):
            person.spans.append((name.start, name.end))
            if person.parts[0].lower() == ends[0]:
                person.parts = max(person.parts, name.parts, key=len)
            return
    known.append(Known(name.parts, title=title, gender=gender, spans=[(name.start, name.end)]))


def _is_surname_of(person: Known, parts: Sequence[str]) -> bool:
    """Mr Quill Tarn, Mr Quill-Tarn: the last two words of Ada Quill Tarn's name."""
    surname = " ".join(parts).replace("-", " ").lower().split()
    return len(person.parts) > 2 and " ".join(person.parts[-2:]).lower().split() == surname


def _nearest(
    known: Sequence[Known], surname: str, start: int, *, gender: str = "", humble: bool = False
) -> Known | None:
    """Who a surname means: the one whose gender fits, named last before ``start``, or else first after it.

    After Mr or Ms (``humble``) it is rather somebody without a Sir, Dame or peerage.
    """
    fits = [
        person
        for person in known
        if person.surname == surname and (not gender or not person.gender or gender == person.gender)
    ]

    def distance(person: Known) -> tuple[bool, bool, int]:
        before = [begin for begin, _ in person.spans if begin < start]
        above = humble and person.title in KNIGHTED
        return (above, not before, start - max(before) if before else min((s for s, _ in person.spans), default=0))

    return min(fits, key=distance, default=None)


def _shared_surnames(doc: Doc, names: Sequence[Name], taken: set[int]) -> list[Name]:
    """ "Jim and Margaret Cuthbert" names two people."""
    found = []
    for name in names:
        first = name.start - 2
        if (
            len(name.parts) == 2
            and first >= 0
            and doc[first + 1].lower_ in ("and", "&")
            and doc[first].is_title
            and doc[first].lower_ in FIRST_NAMES
            and first not in taken
        ):
            found.append(Name((), (doc[first].text, name.parts[-1]), first, first + 1, "shared surname"))
    taken.update(name.start for name in found)
    return found


def _singles(found: Iterable[Sequence[Word]], taken: set[int]) -> Iterator[Word]:
    """Capitalised words that stand alone: a surname or a first name, if it belongs to somebody known."""
    for run in found:
        free = [word for word in run if word.start not in taken]
        if len(free) == len(run) - sum(word.start in taken for word in run) and len(free) <= 3:
            yield from (word for word in free if _alone(run, word))


def _alone(run: Sequence[Word], word: Word) -> bool:
    return all(other is word or is_other(other) or other.lower in POST_NOMINALS for other in run)


def _unproven(found: Iterable[Sequence[Word]], taken: set[int]) -> Iterator[tuple[Word, ...]]:
    """Two or three capitalised words in a row with no evidence yet that they name a person."""
    for run in found:
        free = tuple(word for word in run if not is_other(word))
        if 2 <= len(free) <= 3 and not any(word.start in taken for word in free) and _adjacent(free):
            yield free


def _adjacent(words: Sequence[Word]) -> bool:
    return all(left.end == right.start for left, right in pairwise(words))


def _add_singles(doc: Doc, known: list[Known], singles: Iterable[Word]) -> None:
    listed = 0  # the end of a list that began with "Lords"
    for word in singles:
        before = _introduced(doc, word)
        goes_on = 0 < listed < word.start <= listed + 2 and {t.lower_ for t in doc[listed : word.start]} <= {",", "and"}
        if goes_on or (before == "lord" and doc[word.end : word.end + 1].text.lower() in (",", "and")):
            before, listed = "lord", word.end
        elif before == "lord":
            before = ""
        person = _nearest(known, word.lower, word.start) if before != "kin" else None
        if person is None:
            same = [other for other in known if other.parts[0].lower() == word.lower]
            person = same[0] if len(same) == 1 and word.lower in FIRST_NAMES else None
        if person is None and before:
            gender = FIRST_NAMES.get(word.lower, "").replace("-", "")
            person = Known((word.text,), title="president" * (before == "president"), gender=gender)
            known.append(person)
        if person is not None:
            person.spans.append((word.start, word.end))


def _introduced(doc: Doc, word: Word) -> str:
    """ "kin" after "his wife" or "her son," unless more of a name follows, "president", "lord" after "Lords", or ""."""
    start = word.start - (word.start > 1 and doc[word.start - 1].text == ",")
    before = doc[start - 1].lower_ if start else ""
    more = word.end < len(doc) and (doc[word.end].is_title or doc[word.end].tag_ == "POS")
    if before in KIN and word.lower in FIRST_NAMES and not more:
        return "kin"
    if doc[word.start - 1].text in SEVERAL and word.start and doc[word.start].ent_type_ != "GPE":
        return "lord"
    presides = before == "president" and doc[start - 1].is_title and doc[word.start].ent_type_ != "GPE"
    return "president" if presides else ""
