"""A database of the size that a few years of collecting make: invented dates and outlets around PolNeAR's texts.

Every article is a passage of a PolNeAR text with four of its annotated attributions, written as a reading through
``nlp.rows``, and published by ``nlp.publish``. The same number of articles gives the same rows every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bench.corpora import POLNEAR_TRAIN, read
from commands import jobs
from nlp.publish import published_path
from nlp.records import Entity, Person, Position, Quote, Reading, Role, Span, Spans
from nlp.rows import ReadingWriter, Version

QUOTES = 4  # an article
SHORTEST = 2_500  # characters of an article
COPIES = 4  # articles a story
OUTLETS = 40
FIRST_NAME = "Alex"  # of everybody whom the text names by the surname
FIRST_DAY, DAYS = date(2004, 1, 1), 4_000
NAME = re.compile(r"\b(?!(?:He|She|It|They|We|You|I|The|This|That|These|A|An|One|Some|Many|Most|But|And|In|Other)\b)"
                  r"(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+")  # fmt: skip
ORGANISATION = re.compile(
    r"(?:[A-Z][\w.&’-]+ ){1,3}(?:Party|Committee|University|Department|News|Court|Institute|Times|Post|Council|Union)\b"
)
POLICY = re.compile(r"\b(?:[A-Z]?[\w-]{4,} ){1,2}(?:plan|bill|tax|deal|act|reform|policy|amendment|program|law)\b")
SERVICE = re.compile(r"\b(?:health care|Medicare|Medicaid|welfare|schools?|police|Social Security|child care)\b")
EVENT = re.compile(r"\b(?:[A-Z][\w’-]+ ){1,3}(?:Convention|Summit|Conference|Debate)\b")
ROLE = re.compile(
    r"\b(?:Sen\.|Rep\.|Gov\.|President|Secretary|senator|governor|spokesman|spokeswoman|professor)(?= |$)"
)
KINDS = ("other", "party", "media", "court")


ARTICLE = (
    "insert into captures (id, source_id, url, final_url, fetched_at, status, outcome) "
    "values (:id, :source, :url, :url, :seen, 200, 'new')",
    "insert into articles (id, canonical_url, headline, source_id, published_at, date_evidence, language, "
    "first_seen_at, last_seen_at) values (:id, :url, :headline, :source, :seen, 'meta', 'en', :seen, :seen)",
    "insert into article_versions (id, article_id, version_no, headline, body, body_sha256, extractor, capture_id, "
    "seen_at) values (:id, :id, 1, :headline, :body, :digest, 'polnear', :id, :seen)",
    "update articles set current_version_id = :id where id = :id",
    "insert into story_members (story_id, article_id, version_id, relation, containment, decided_by) "
    "values (:story, :id, :id, :relation, 1.0, 'bench')",
)
STORY = (
    "insert into stories (id, headline, first_published_at, origin_article_id) values (:story, :headline, :seen, :id)"
)
SAID = "select id, speaker, person_id, content from quotes where version_id = ? order by id"
UTTERANCE = (
    "insert into utterances (speaker, person_id, text, first_published_at, occurrences, outlets) "
    "values (?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of an article, its headline, and what is annotated in it."""

    headline: str
    text: str
    reading: Reading


def built(folder: Path, articles: int) -> Path:
    """The published copy of ``articles`` articles in ``folder``; made when it is not there yet."""
    working = folder / f"site-{articles}.db"
    copy = published_path(working)
    if not working.exists():
        unfinished = working.with_suffix(".unfinished")
        for leftover in folder.glob(f"{unfinished.name}*"):
            leftover.unlink()
        db = jobs.open_db(unfinished)
        db.execute("pragma synchronous = off")
        with jobs.progress_bar("Building") as progress:
            for done in _filled(db, articles):
                progress(done, articles)
        db.execute("pragma wal_checkpoint(truncate)")
        db.close()
        unfinished.rename(working)
    if not copy.exists() or copy.stat().st_mtime < newest_of_publishing():
        jobs.publish(working)
    return copy


def newest_of_publishing() -> float:
    """When what makes the copy was last changed: the SQL of the site and the code that applies it."""
    code = (jobs.HERE / "nlp").glob("publish*.py")
    return max(path.stat().st_mtime for path in (*jobs.VIEWS, *code))


def passages() -> Iterator[Passage]:
    """The passages of PolNeAR's training texts that hold four attributions, one after the other."""
    return (passage for row in read(POLNEAR_TRAIN) for passage in _passages(row))


def _passages(row: dict[str, Any]) -> Iterator[Passage]:
    text, quotes = row["text"], sorted(row["quotes"], key=lambda quote: quote["content"][0][0])
    for first in range(0, len(quotes) - QUOTES + 1, QUOTES):
        chosen = quotes[first : first + QUOTES]
        spans = [span for quote in chosen for part in ("content", "cue", "source") for span in quote[part] or ()]
        start = text.rfind("\n\n", 0, min(a for a, _ in spans)) + 2 if first else 0
        end = text.find("\n\n", max(max(b for _, b in spans), start + SHORTEST))
        body = text[max(start, 0) : end if end > 0 else len(text)]
        yield Passage(body.split("\n", 1)[0][:90].strip(), body, _reading(body, chosen, start))


def _reading(text: str, quotes: list[dict[str, Any]], start: int) -> Reading:
    def moved(spans: list[list[int]] | None) -> Spans:
        return tuple((a - start, b - start) for a, b in spans or ())

    found: list[Quote] = []
    for number, quote in enumerate(quotes):
        content, source = moved(quote["content"]), moved(quote["source"])
        words = " ".join(text[a:b] for a, b in source)
        name = _full(match[0]) if (match := NAME.search(words)) else None
        marked = text[content[0][0] : content[-1][1]].count("“")
        kind = "direct" if text[content[0][0]] == "“" else "mixed" if marked else "indirect"
        found.append(
            Quote(
                content=content, cue=moved(quote["cue"]), source=source, kind=kind,
                speaker=name, speaker_type="person" if name else "",
                role=role[0] if (role := ROLE.search(words)) else None,
                confidence=round(0.55 + 0.11 * number, 2), speaker_confidence=round(0.9 - 0.08 * number, 2),
            )
        )  # fmt: skip
    speakers = dict.fromkeys(quote.speaker for quote in found if quote.speaker)
    policies = _entities(POLICY, text)
    holders = [(n, quote) for n, quote in enumerate(found) if quote.speaker and policies]
    return Reading(
        words=len(text.split()),
        people=tuple(_person(name, text) for name in speakers),
        organisations=_entities(ORGANISATION, text),
        services=_entities(SERVICE, text),
        policies=policies,
        events=_entities(EVENT, text),
        quotes=tuple(found),
        positions=tuple(
            Position(
                quote.speaker or "", "person", policies[n % len(policies)].name, ("support", "oppose")[n % 2],
                quote.confidence, quote.content[0], policies[n % len(policies)].name, n,
            )
            for n, quote in holders
        ),
    )  # fmt: skip


def _full(name: str) -> str:
    """A surname alone names nobody outside its article; with a first name it does."""
    return name if " " in name else f"{FIRST_NAME} {name}"


def _person(name: str, text: str) -> Person:
    mentions = _every(re.compile(re.escape(name.removeprefix(f"{FIRST_NAME} "))), text)
    before = ((m, text[max(0, m[0] - 12) : m[0]]) for m in mentions)
    roles = [Role(r[0], (m[0] - len(said) + r.start(), m[0] - len(said) + r.end())) for m, said in before
             if (r := ROLE.search(said))]  # fmt: skip
    return Person(name, mentions, tuple(roles))


def _entities(pattern: re.Pattern[str], text: str) -> tuple[Entity, ...]:
    names = dict.fromkeys(match[0] for match in pattern.finditer(text))
    return tuple(
        Entity(name, KINDS[len(name) % len(KINDS)], _every(re.compile(re.escape(name)), text)) for name in names
    )


def _every(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(match.span() for match in pattern.finditer(text))


def _filled(db: Database, articles: int) -> Iterator[int]:
    """Writes the articles in batches; yields how many there are after each."""
    kinds = ("newspaper", "wire", "government", "trade")
    for n in range(OUTLETS):
        db.table("sources").insert({"id": f"outlet-{n}", "name": f"Outlet {n}", "kind": kinds[n % len(kinds)]})
    known = list(islice(passages(), -(-articles // COPIES)))
    writer, utterances = ReadingWriter(db), dict[tuple[int, int, int], int | None]()
    numbers = iter(range(articles))
    while batch := list(islice(numbers, 500)):
        with db.atomic():
            for number in batch:
                _article(db, writer, number, known, utterances)
        yield batch[-1] + 1
    with db.atomic():
        for index in ("article_versions_fts", "quotes_fts"):
            db.execute(f"insert into {index}({index}) values ('rebuild')")


def _article(
    db: Database,
    writer: ReadingWriter,
    number: int,
    known: list[Passage],
    utterances: dict[tuple[int, int, int], int | None],
) -> None:
    """Article ``number`` (from 0): each passage in turn, each story in four outlets on neighbouring days."""
    story, copy = divmod(number, COPIES)
    which, again = story % len(known), story // len(known)
    passage, version = known[which], number + 1
    day = (FIRST_DAY + timedelta(days=story * 7_919 % DAYS + copy)).isoformat()
    source = f"outlet-{(story + copy * 7) % OUTLETS}"
    url, seen = f"https://{source}.example/{day}/{number}", f"{day}T06:00:00+00:00"
    row = {
        "id": version, "source": source, "url": url, "seen": seen, "headline": passage.headline,
        "body": passage.text, "digest": sha256(passage.text.encode()).hexdigest(), "story": story + 1,
        "relation": "verbatim" if copy else "origin",
    }  # fmt: skip
    for statement in ARTICLE if copy else (*ARTICLE[:-1], STORY, ARTICLE[-1]):
        db.execute(statement, row)
    to_read = Version(id=version, article_id=version, text=passage.text, published_on=day)
    writer.write(to_read, passage.reading, pipeline="bench", model="polnear", read_at=seen)
    quotes = db.execute(
        "select id, speaker, person_id, content from quotes where version_id = ? order by id", [version]
    )
    for order, (quote, *said) in enumerate(quotes.fetchall()):
        key = (which, again, order)
        if copy == 0:
            utterances[key] = db.execute(UTTERANCE, (*said, day, COPIES, COPIES)).lastrowid
        db.execute("update quotes set utterance_id = ? where id = ?", (utterances[key], quote))
