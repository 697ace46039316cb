"""Article versions made anew from the captures on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawler import bodies, rebuild
from crawler.captures import Capture, WarcFile, digest, now
from crawler.extract_commands import extract
from crawler.items import Article
from crawler.pages import article_from_page
from crawler.run import import_paths
from crawler.store import Store, index_versions
from crawler.tables import migrations, open_database

Rows = Callable[..., list[dict[str, Any]]]


TEXT = (
    "The council will buy the old ferry and let a trust of passengers run it, the leader of the council said.",
    "The opposition said that the last such trust had run out of money before its second summer.",
)


@pytest.fixture
def crawled(db_path: Path) -> Path:
    """Two pages as a crawl leaves them: responses on disk, captures and versions in the tables."""
    db = open_database(db_path)
    migrations.apply(db)
    db.table("sources").insert({"id": "gazette", "name": "The Gazette", "kind": "newspaper"})
    warc = WarcFile(db_path.parent / "captures")
    store = Store(db, before_commit=warc.flush)
    for name in ("First", "Second"):
        url = f"https://gazette.example.org/news/{name.lower()}"
        text = "".join(f"<p>{name}. {paragraph}</p>" for paragraph in TEXT)
        page = (
            f"<html lang=en><head><title>{name}</title></head><body><article><h1>{name}</h1>{text}</article>".encode()
        )
        offset = warc.add(page, url=url, status=200, reason="OK", headers=[(b"Content-Type", b"text/html")], at=now())
        capture = Capture(
            source_id="gazette", url=url, final_url=url, fetched_at=now(), outcome="", status=200,
            payload_digest=digest(page), warc_file=warc.name, warc_offset=offset,
        )  # fmt: skip
        found = article_from_page(page, url=url)
        assert isinstance(found, Article)
        store.add(capture, found)
    store.flush()
    index_versions(db)
    warc.close()
    db.close()
    return db_path


def outcomes(db_path: Path, *, write: bool = False) -> list[str]:
    db = open_database(db_path)
    found = [one.outcome for one in rebuild.rebuild(db, db_path.parent, write=write)]
    db.close()
    return found


def test_the_same_extractor_makes_the_same_versions(crawled: Path, rows: Rows) -> None:
    assert outcomes(crawled, write=True) == ["same", "same"]
    assert rows("select count(*) as n from article_versions") == [{"n": 2}]


@pytest.fixture
def other_extractor(crawled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that leaves the last paragraph of a page out."""
    whole = bodies.body_paragraphs
    monkeypatch.setattr("crawler.pages.body_paragraphs", lambda *args, **options: whole(*args, **options)[:-1])


@pytest.mark.usefixtures("other_extractor")
def test_what_another_extractor_would_change_is_shown_and_not_written(crawled: Path, rows: Rows) -> None:
    result = CliRunner().invoke(extract, ["--from-captures", "--dry-run"], obj=crawled)
    assert result.exit_code == 0
    assert result.output.count(" The opposition said") == 2
    assert "2 versions: 0 same, 2 changed, 0 lost, 0 unreadable." in result.output
    assert rows("select count(*) as n from article_versions") == [{"n": 2}]


@pytest.mark.usefixtures("other_extractor")
def test_written_changes_are_new_versions_of_the_same_captures(crawled: Path, rows: Rows) -> None:
    assert outcomes(crawled, write=True) == ["changed", "changed"]
    versions = rows(
        "select a.headline, v.version_no, v.capture_id, v.id = a.current_version_id as current, v.seen_at "
        "from article_versions v join articles a on a.id = v.article_id order by a.headline, v.version_no"
    )
    assert [(v["headline"], v["version_no"], v["current"]) for v in versions] == [
        ("First", 1, 0), ("First", 2, 1), ("Second", 1, 0), ("Second", 2, 1),
    ]  # fmt: skip
    assert versions[0]["capture_id"] == versions[1]["capture_id"]
    assert versions[0]["seen_at"] == versions[1]["seen_at"]
    assert rows("select count(*) as n from article_versions_fts_docsize") == [{"n": 4}]
    assert outcomes(crawled, write=True) == ["changed", "changed", "same", "same"]
    assert rows("select count(*) as n from article_versions") == [{"n": 4}]


def test_a_capture_that_is_gone_or_cut_off_is_named(crawled: Path) -> None:
    (warc,) = (crawled.parent / "captures").glob("*.warc.gz")
    warc.write_bytes(warc.read_bytes()[:-200])
    assert outcomes(crawled) == ["same", "unreadable"]
    warc.unlink()
    result = CliRunner().invoke(extract, ["--from-captures"], obj=crawled)
    assert result.exit_code == 1
    assert f"{warc.name} is not there" in result.output


def test_imported_texts_have_no_capture_and_are_skipped_with_a_word_on_it(crawled: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("\n\n".join(TEXT))
    import_paths(crawled, [tmp_path / "letter.txt"])
    result = CliRunner().invoke(extract, ["--from-captures", "--write"], obj=crawled)
    assert result.exit_code == 0, result.output
    assert "3 versions: 2 same, 0 changed, 0 lost, 0 unreadable." in result.output
    assert "1 imported, and skipped" in result.output


@pytest.mark.parametrize("arguments", [[], ["--write", __file__], ["--from-captures", "--write", "--dry-run"]])
def test_options_that_make_no_sense_together_are_refused(arguments: list[str], tmp_path: Path) -> None:
    assert CliRunner().invoke(extract, arguments, obj=tmp_path / "none.db").exit_code == 2
