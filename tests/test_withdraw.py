"""A takedown takes an article out of what is published, whole and for good, and can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from commands import jobs
from nlp.publish import published_path
from nlp.records import Person, Quote, Reading
from nlp.rows import ReadingWriter, Version
from nlp.utterances import link
from pipeline import cli

URL = "https://gazette.example/ferry-captain-accused"
COPY = "https://wire.example/ferry-captain"
TEXT = "Harbour news.\n\n“The ferry ran aground at dusk,” said Zebediah Quaintrelle.\n"
LONGER = TEXT.replace("at dusk,", "at dusk by the pier,")
WORDS = ("Zebediah", "Quaintrelle", "aground", "dusk", "pier", "accused", "captain")

Command = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Command:
    return lambda *arguments: CliRunner().invoke(cli, ["--db", str(tmp_path / "quotewire.db"), *arguments])


def reading(text: str) -> Reading:
    def span(piece: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(piece), text.index(piece) + len(piece)),)

    name, said = "Zebediah Quaintrelle", text[text.index("“") : text.index("”") + 1]
    quote = Quote(span(said), span("said"), span(name), "direct", name, "person", None, 0.9, 0.9)
    return Reading(words=9, people=(Person(name, span(name)),), quotes=(quote,))


@pytest.fixture
def ferry(db: Database, add_article) -> Database:
    """Two copies of a story, the longer one in the gazette, read and published."""
    db["stories"].insert({"id": 1, "headline": "Ferry captain accused"})
    for url, text, source in ((URL, LONGER, "gazette"), (COPY, TEXT, "wire")):
        article = add_article(text, url=url, source=source, headline="Ferry captain accused")
        capture = db["captures"].insert({"url": url, "fetched_at": "2011-03-31", "outcome": "new"}).last_pk
        version = db["articles"].get(article)["current_version_id"]
        db.execute("drop trigger article_versions_are_immutable")
        db["article_versions"].update(version, {"capture_id": capture})
        to_read = Version(id=version, article_id=article, text=text, published_on="2011-03-31")
        ReadingWriter(db).write(to_read, reading(text), pipeline="test", model="by hand", read_at="2011-04-01")
        relation = "origin" if url == URL else "edited"
        row = {"story_id": 1, "article_id": article, "relation": relation, "jaccard": 0.8, "containment": 0.9}
        db["story_members"].insert(row)
        db.execute(
            "create trigger article_versions_are_immutable before update on article_versions "
            "begin select raise(abort, 'never'); end"
        )
    db["stories"].update(1, {"origin_article_id": 1})
    link(db)
    for index in ("article_versions_fts", "quotes_fts"):
        db.execute(f"insert into {index}({index}) values ('rebuild')")
    db.conn.commit()
    jobs.publish(Path(db.execute("pragma database_list").fetchone()[2]))
    return db


def ask(tmp_path: Path, sql: str) -> list[tuple[object, ...]]:
    copy = sqlite3.connect(published_path(tmp_path / "quotewire.db"))
    try:
        return copy.execute(sql).fetchall()
    finally:
        copy.close()


def test_nothing_of_the_article_is_left_and_its_copy_is_counted_alone(ferry, run, tmp_path: Path) -> None:
    result = run("withdraw", URL, "--why", "A court order of 3 May.", "--by", "the captain’s solicitor")
    assert result.exit_code == 0, result.output
    assert COPY in result.output
    assert ask(tmp_path, "select article_id, why, by_publisher, versions from withdrawals") == [
        (1, "A court order of 3 May.", 0, "[1]")
    ]
    assert ask(tmp_path, "select distinct version_id from quotes") == [(2,)]
    assert ask(tmp_path, "select distinct version_id from mentions") == [(2,)]
    assert ask(tmp_path, "select occurrences, outlets, text from utterances") == [
        (1, 1, "“The ferry ran aground at dusk,”")
    ]
    assert ask(tmp_path, "select url from captures") == [(COPY,)]
    assert ask(tmp_path, "select origin_article_id from stories") == [(2,)]
    told = "select article_id, relation, jaccard, containment, decided_by from story_members"
    assert ask(tmp_path, told) == [(2, "origin", None, None, "earliest copy that is left")]
    assert ask(tmp_path, "select canonical_url, headline from articles where id = 1") == [("withdrawn:1", None)]
    assert b"solicitor" not in published_path(tmp_path / "quotewire.db").read_bytes()


def test_when_every_copy_is_withdrawn_not_a_word_is_in_the_file(ferry, run, tmp_path: Path) -> None:
    run("withdraw", URL, "--why", "Asked for.", "--no-publish")
    run("withdraw", "/article/2", "--why", "Asked for.")
    file = published_path(tmp_path / "quotewire.db").read_bytes()
    assert [word for word in WORDS if word.encode() in file or word.lower().encode() in file] == []
    assert ask(tmp_path, "select count(*) from people") == [(0,)]


def test_another_crawl_brings_nothing_back_and_undoing_does(ferry, run, add_article, tmp_path: Path) -> None:
    run("withdraw", URL, "--why", "Asked for.")
    add_article(LONGER.replace("dusk", "dawn"), url=URL, source="gazette")
    ferry.execute("update articles set pubstatus = 'usable'")
    add_article(LONGER, url=f"{URL}-moved", source="gazette", headline="Ferry captain accused")
    ferry.conn.commit()
    assert run("publish").exit_code == 0
    assert ask(tmp_path, "select count(*) from article_versions where article_id <> 2") == [(0,)]
    assert run("withdraw", URL, "--undo").exit_code == 0
    assert ask(tmp_path, "select article_id from current_articles order by 1") == [(1,), (2,), (3,)]
    assert ask(tmp_path, "select * from withdrawals") == []


def test_an_empty_text_takes_no_other_empty_text_with_it(ferry, run, add_article, tmp_path: Path) -> None:
    add_article("", url=URL, source="gazette")
    other = add_article("", url=f"{URL}-empty-too", source="gazette")
    ferry.conn.commit()
    run("withdraw", URL, "--why", "Asked for.")
    assert (other,) not in ask(tmp_path, "select article_id from withdrawals")


def test_a_dry_run_needs_no_reason_tells_and_changes_nothing(ferry, run, tmp_path: Path) -> None:
    result = run("withdraw", URL, "--dry-run")
    assert result.exit_code == 0
    assert "Ferry captain accused; 1 quote\n" in result.output
    assert ask(tmp_path, "select count(*) from quotes") == [(2,)]
    assert ferry.execute("select count(*) from takedowns").fetchone() == (0,)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("https://nowhere.example/", "--why", "x"), "Nothing was collected from"),
        (("https://gazette.example/article/2", "--why", "x"), "Nothing was collected from"),
        ((URL,), "Say why"),
        ((URL, "--undo"), "It is not withdrawn"),
    ],
)
def test_a_takedown_that_cannot_be_says_why(ferry, run, arguments: tuple[str, ...], said: str) -> None:
    result = run("withdraw", *arguments)
    assert result.exit_code != 0
    assert said in result.output


OURS = (
    ("1", ""),
    ("/article/1", ""),
    ("article/1?version=2#q3", ""),
    ("http://127.0.0.1:8001/article/1", ""),
    ("http://localhost/article/1.bib", "https://quotes.example"),
    ("https://quotes.example/article/1/changes", "https://quotes.example"),
    ("https://quotes.example/article/1", "quotes.example"),
    ("https://Library.example/quotes/article/1", "https://library.example/quotes/"),
)
NOT_OURS = (
    ("https://quotes.example/article/1", ""),
    ("https://quotes.example/article/1", "https://elsewhere.example"),
    ("https://gazette.example/article/1", "https://gazette.example"),
    ("gazette.example/article/1", ""),
    ("http://[article/1", ""),
    ("/article/77", ""),
)


def test_only_a_path_or_an_address_of_our_own_site_is_a_page_of_it(ferry, run) -> None:
    for address, site in OURS:
        result = run("withdraw", address, "--site", site, "--dry-run")
        assert URL in result.output, address
    for address, site in NOT_OURS:
        result = run("withdraw", address, "--site", site, "--dry-run")
        assert result.exit_code == 1, address
        assert "give its path alone (/article/12)" in result.output, address


def test_an_address_on_this_machine_that_is_a_source_is_none_of_our_pages(ferry, run) -> None:
    ferry["sources"].insert({"id": "sample", "name": "S", "kind": "newspaper", "homepage": "http://127.0.0.1:8030/"})
    assert run("withdraw", "http://127.0.0.1:8030/article/1", "--dry-run").exit_code == 1
    assert run("withdraw", "http://127.0.0.1:8001/article/1", "--dry-run").exit_code == 0


def test_what_its_publisher_withdrew_keeps_its_address_and_loses_its_text(ferry, run, tmp_path: Path) -> None:
    ferry.execute("update articles set pubstatus = 'withdrawn' where id = 1")
    ferry.conn.commit()
    run("publish")
    assert ask(tmp_path, "select canonical_url, headline from articles where id = 1") == [
        (URL, "Ferry captain accused")
    ]
    assert ask(tmp_path, "select by_publisher, why from withdrawals") == [(1, "Its publisher withdrew it.")]
    assert ask(tmp_path, "select count(*) from quotes") == [(1,)]


async def test_its_pages_say_when_and_why_and_answer_gone(ferry, run, tmp_path: Path) -> None:
    run("withdraw", URL, "--why", "A court order <b>of</b> 3 May.")
    site = jobs.site(published_path(tmp_path / "quotewire.db"))
    for path in ("/article/1", "/article/1/changes", "/article/1.bib", "/quote/1-15"):
        answer = await site.client.get(path)
        assert answer.status_code == 410, path
        assert "A court order &lt;b&gt;of&lt;/b&gt; 3 May." in answer.text
    assert (await site.client.get("/article/2")).status_code == 200
    assert json.loads((await site.client.get("/quotewire/withdrawals.json?_shape=array")).text)[0]["article_id"] == 1
