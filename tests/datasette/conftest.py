"""A small published database of our own making: real tables and rows, the real publisher, real Datasette."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from playwright.sync_api import Browser, Page
from sqlite_utils import Database

from commands import jobs
from crawler.tables import migrations as crawler_tables
from nlp import stories, utterances
from nlp.publish import publish
from nlp.records import Entity, Figure, Person, Position, Quote, Reading, Role
from nlp.rows import ReadingWriter, Version
from nlp.tables import migrations as nlp_tables
from tests.datasette.served import chromium, serving

SITE = Path(__file__).resolve().parents[2] / "datasette"

FIRST = """Parents will be able to ask for a later start to the school day, education minister Priya Nand has said.

Under the flexible mornings plan, 40 pilot schools will open at half past nine from the spring term.

“Tired children do not learn,” Ms Nand told the Headteachers Forum. “We have looked at the evidence for three years.

“Now we want schools to act on it.”

Owen Tasker, general secretary of the Bus Workers Union, warned that the plan would “leave school transport in chaos”.

Ministers said that evening bus routes would not be cut.
"""
WIRE_COPY = FIRST.replace("Ministers said that evening bus routes would not be cut.\n", "")
SECOND = """The breakfast club service is to be extended to every primary school, Downing Street announced.

Priya Nand, the education secretary, said: “No child should start the day hungry.”
"""
SECOND_CHANGED = SECOND.replace("every primary school", "most primary schools").replace("announced", "confirmed")
HOSTILE = """The council of <b>Little & Large</b> met on Monday.

“Nothing to see <img src=x onerror=alert(2)> here,” said <script>alert(3)</script> Bobby Tables.
"""
HOSTILE_HEADLINE = "<script>alert(1)</script> at the council"
HOSTILE_NAME = "<script>alert(3)</script> Bobby Tables"


def spans(text: str, *pieces: str) -> tuple[tuple[int, int], ...]:
    """Where each piece first stands in ``text``; a piece that is not there is a mistake in the test."""
    return tuple((text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def every(text: str, piece: str) -> tuple[tuple[int, int], ...]:
    found, at = [], text.find(piece)
    while at >= 0:
        found.append((at, at + len(piece)))
        at = text.find(piece, at + 1)
    return tuple(found)


def school_reading(text: str) -> Reading:
    minister, union, plan = "Priya Nand", "Owen Tasker", "flexible mornings plan"
    direct = Quote(
        content=spans(
            text, "“Tired children do not learn,”", "“We have looked at the evidence for three years.",
            "“Now we want schools to act on it.”",
        ),
        cue=spans(text, "told"), source=spans(text, "Ms Nand"), kind="direct", speaker=minister, speaker_type="person",
        role="education minister", confidence=0.97, speaker_confidence=0.9,
    )  # fmt: skip
    mixed = Quote(
        content=spans(text, "the plan would “leave school transport in chaos”"),
        cue=spans(text, "warned"), source=spans(text, "Owen Tasker, general secretary of the Bus Workers Union"),
        kind="mixed", speaker=union, speaker_type="person", role="general secretary", confidence=0.8,
        speaker_confidence=0.95,
    )  # fmt: skip
    nobody = "evening bus routes would not be cut"
    indirect = Quote(
        content=spans(text, nobody) if nobody in text else (), cue=(), source=(), kind="indirect", speaker=None,
        confidence=0.5, speaker_confidence=0.2,
    )  # fmt: skip
    thesis = "Parents will be able to ask for a later start to the school day"
    said = spans(text, thesis, "the plan would “leave school transport in chaos”")
    return Reading(
        words=len(text.split()),
        people=(
            Person(
                minister,
                (*spans(text, "Priya Nand"), *spans(text, "Ms Nand")),
                (Role("education minister", spans(text, "education minister")[0]),),
            ),
            Person(
                union,
                spans(text, "Owen Tasker"),
                (Role("general secretary", spans(text, "general secretary")[0], "Bus Workers Union"),),
            ),
        ),
        organisations=(Entity("Bus Workers Union", "union", every(text, "Bus Workers Union")),),
        services=(Entity("school transport", "transport", every(text, "school transport")),),
        policies=(Entity(plan, "plan", every(text, plan)),),
        events=(Entity("Headteachers Forum", "conference", every(text, "Headteachers Forum")),),
        figures=(Figure("40 pilot schools", spans(text, "40 pilot schools")[0], 40, "schools", "schools in it"),),
        quotes=(direct, mixed, *([indirect] if indirect.content else [])),
        positions=(
            Position(minister, "person", plan, "support", 0.9, said[0], plan, 0),
            Position(union, "person", plan, "oppose", 0.85, said[1], plan, 1),
        ),
    )


def breakfast_reading(text: str) -> Reading:
    quote = Quote(
        content=spans(text, "“No child should start the day hungry.”"), cue=spans(text, "said"),
        source=spans(text, "Priya Nand, the education secretary"), kind="direct", speaker="Priya Nand",
        speaker_type="person", role="education secretary", confidence=0.99, speaker_confidence=0.99,
    )  # fmt: skip
    role = Role("education secretary", spans(text, "education secretary")[0])
    return Reading(
        words=len(text.split()),
        people=(Person("Priya Nand", spans(text, "Priya Nand"), (role,)),),
        services=(Entity("breakfast club service", "care", every(text, "breakfast club service")),),
        quotes=(quote,),
    )


def hostile_reading(text: str) -> Reading:
    quote = Quote(
        content=spans(text, "“Nothing to see <img src=x onerror=alert(2)> here,”"), cue=spans(text, "said"),
        source=spans(text, HOSTILE_NAME), kind="direct", speaker=HOSTILE_NAME, speaker_type="person", confidence=0.9,
        speaker_confidence=0.9,
    )  # fmt: skip
    council = Entity(
        "council of <b>Little & Large</b>", "<i>council</i>", every(text, "council of <b>Little & Large</b>")
    )
    policy = Entity("<u>met on Monday</u>", '" onmouseover="alert(4)', spans(text, "met on Monday"))
    stance = Position(
        HOSTILE_NAME, "person", policy.name, "support", 0.7, spans(text, "met on Monday")[0], policy.name, 0
    )
    return Reading(
        words=9,
        people=(Person(HOSTILE_NAME, spans(text, HOSTILE_NAME), (Role("<em>clerk</em>", (0, 3)),)),),
        organisations=(council,),
        policies=(policy,),
        quotes=(quote,),
        positions=(stance,),
    )


SOURCES = (
    {"id": "gov", "name": "Department of Examples", "kind": "government", "homepage": "https://gov.example/"},
    {"id": "wire", "name": "Northern Wire", "kind": "wire", "homepage": "javascript:alert(5)"},
    {"id": "gazette", "name": "The Valley Gazette", "kind": "newspaper", "homepage": "https://gazette.example/"},
)
# source, path, headline, published, agency, the texts of its versions, their reading, pubstatus
MORNING, LATER = "2012-03-05T08:00:00+00:00", "2012-03-06"
ARTICLES = (
    ("wire", "/later-mornings", "Later mornings for schools", MORNING, None, [FIRST], school_reading, "usable"),
    ("gazette", "/day", "School day could start later", LATER, "Northern Wire", [WIRE_COPY], school_reading, "usable"),
    ("gov", "/food", "Breakfast for all", "2012-04-02", None, [SECOND, SECOND_CHANGED], breakfast_reading, "usable"),
    ("gazette", "/council", HOSTILE_HEADLINE, "2012-04-03", None, [HOSTILE], hostile_reading, "usable"),
    ("gazette", "/taken-back", "Secret school plan", "2012-04-04", None, ["A secret was told.\n"], None, "withdrawn"),
)  # fmt: skip


def build(path: Path) -> Database:
    db = Database(path)
    crawler_tables.apply(db)
    nlp_tables.apply(db)
    db["sources"].insert_all(SOURCES)
    writer = ReadingWriter(db)
    for number, (source, path_, headline, published, agency, texts, read, pubstatus) in enumerate(ARTICLES, start=1):
        host = next(s["name"] for s in SOURCES if s["id"] == source).split()[-1].lower()
        url = f"https://{host}.example{path_}"
        day = f"2012-04-0{number}"
        crawl = _added(
            db, "crawls", source_id=source, started_at=f"{day}T06:00:00+00:00", finished_at=f"{day}T06:01:00+00:00",
            finish_reason="finished", fetched=1, new=1,
        )  # fmt: skip
        article = _added(
            db, "articles", canonical_url=url, headline=headline, source_id=source, published_at=published,
            date_evidence="meta", agency=agency, pubstatus=pubstatus, language="en",
            first_seen_at=f"{day}T06:00:30+00:00", last_seen_at=f"{day}T06:00:30+00:00",
        )  # fmt: skip
        for version_no, text in enumerate(texts, start=1):
            seen = f"{day}T0{version_no}:00:30+00:00"
            capture = _added(
                db, "captures", crawl_id=crawl, source_id=source, url=url, fetched_at=seen, status=200, outcome="new"
            )
            version = _added(
                db, "article_versions", article_id=article, version_no=version_no, headline=headline, standfirst="",
                byline="Ann Other", dateline="", body=text, body_sha256=hashlib.sha256(text.encode()).hexdigest(),
                extractor="test", capture_id=capture, seen_at=seen,
            )  # fmt: skip
            if read:
                to_read = Version(id=version, article_id=article, text=text, published_on=published[:10])
                writer.write(to_read, read(text), pipeline="test", model="by hand", read_at=seen)
        db["articles"].update(article, {"current_version_id": version})
    stories.link(db)
    utterances.link(db)
    for index in ("article_versions_fts", "quotes_fts"):
        db.execute(f"insert into {index}({index}) values ('rebuild')")
    db.conn.commit()
    return db


def _added(db: Database, table: str, **row: object) -> int:
    return int(db[table].insert(row).last_pk)


@pytest.fixture(scope="session")
def working(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "working.db"
    build(path).close()
    return path


@pytest.fixture(scope="session")
def published(working: Path) -> Path:
    return publish(working, views=jobs.VIEWS)


@pytest.fixture(scope="session")
def db(published: Path) -> Database:
    return Database(published)


@pytest.fixture(scope="session")
def ds(published: Path) -> Datasette:
    return Datasette([], immutables=[str(published)], config_dir=SITE)


@pytest.fixture
def get(ds: Datasette):
    """Asks the site for an address, without following redirects."""
    return ds.client.get


@pytest.fixture(scope="session")
def address(published: Path) -> Iterator[str]:
    """The site on loopback, for tests with a real browser."""
    with serving(published) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def listening(address: str):
    """Collects all that a page complains of from now on, each dialogue that opens and each other host it asks."""

    def listen(page: Page) -> list[str]:
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(f"dialogue: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda one: heard.append(one.url) if not one.url.startswith((address, "data:")) else None)
        return heard

    return listen


@pytest.fixture
def page(browser: Browser, address: str, listening) -> Iterator[Page]:
    """A page that fails its test when it complained of anything."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    heard = listening(page)
    yield page
    context.close()
    assert heard == []
