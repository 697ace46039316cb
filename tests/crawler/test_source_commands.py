"""`quotewire sources` against a real server: found, written down, checked, switched on and off."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from click import ClickException
from click.testing import CliRunner, Result

from commands.jobs import chosen_sources
from crawler.fetching import Client, FetchError
from crawler.source_commands import sources
from crawler.sources import FOLDER, load_source, load_sources
from crawler.tables import migrations, open_database

Publisher = Any  # of conftest.py, which tests can't import
GAZETTE = """# Kept by hand.
name = "The Gazette"
kind = "newspaper"
spider = "feed"
url = "{}/feed.xml"
allow_private = true
enabled = false
match = '/news/\\d'
"""


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        sources, [arguments[0], "--sources", str(folder), *arguments[1:]], obj=folder.parent / "quotewire.db"
    )


@pytest.fixture
def folder(tmp_path: Path, feed: Publisher) -> Path:
    """A folder with one source, which is switched off."""
    found = tmp_path / "sources"
    found.mkdir()
    (found / "gazette.toml").write_text(GAZETTE.format(feed.url))
    return found


def sitemap(*urls: str, kind: str = "urlset", item: str = "url") -> str:
    return (
        f"<{kind}>"
        + "".join(f"<{item}><loc>{url}</loc><lastmod>2024-05-06</lastmod></{item}>" for url in urls)
        + f"</{kind}>"
    )


def test_a_feed_that_the_page_names_is_found_and_written_down(folder: Path, feed: Publisher) -> None:
    feed.put(
        "/",
        "<html><head><title>Front page</title><meta property='og:site_name' content='The Isles Gazette'>"
        "<link rel=alternate type=application/rss+xml href=/feed.xml></head><body>News</body></html>",
    )
    feed.put("/sitemap.xml", sitemap(f"{feed.url}/news/1"))
    result = run(folder, "add", feed.url, "--allow-private", "--kind", "trade")
    assert result.exit_code == 0, result.output
    assert f"1. feed: {feed.url}/feed.xml (2 articles, the newest of 2024-05-02)" in result.output
    assert f"2. sitemap: {feed.url}/sitemap.xml (1 article, the newest of 2024-05-06)" in result.output
    source = load_source(folder / "the-isles-gazette.toml")
    assert (source.name, source.spider, source.url) == ("The Isles Gazette", "feed", f"{feed.url}/feed.xml")
    assert (source.kind, source.enabled, bool(source.verified)) == ("trade", True, True)
    again = run(folder, "add", feed.url, "--allow-private")
    assert (again.exit_code, "is there already" in again.output) == (1, True)


def test_a_dry_run_shows_the_declaration_and_writes_nothing(folder: Path, feed: Publisher) -> None:
    result = run(folder, "add", f"{feed.url}/feed.xml", "--allow-private", "--dry-run", "--id", "isles")
    assert 'spider = "feed"' in result.output
    assert [path.name for path in folder.iterdir()] == ["gazette.toml"]


def test_the_sitemap_that_robots_txt_names_is_found(folder: Path, publisher: Publisher) -> None:
    publisher.put("/", "<html><title>Gazette</title><p>News</p></html>")
    publisher.put(
        "/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {publisher.url}/maps/news.xml.gz\n", kind="text/plain"
    )
    packed = gzip.compress(sitemap(f"{publisher.url}/maps/1.xml", kind="sitemapindex", item="sitemap").encode())
    publisher.put("/maps/news.xml.gz", packed, kind="application/gzip")
    publisher.pages.pop("/feed.xml")
    result = run(folder, "add", publisher.url, "--allow-private", "--dry-run")
    assert f"1. sitemap: {publisher.url}/maps/news.xml.gz (1 further list)" in result.output


def test_a_site_without_feed_or_sitemap_is_told_apart_from_one_that_does_not_answer(
    folder: Path, publisher: Publisher
) -> None:
    publisher.put("/", "<html><title>Gazette</title><p>News</p></html>")
    publisher.pages.pop("/feed.xml")
    result = run(folder, "add", publisher.url, "--allow-private")
    assert (result.exit_code, "No feed and no sitemap" in result.output) == (1, True)
    gone = run(folder, "add", f"{publisher.url}/gone", "--allow-private")
    assert (gone.exit_code, "the server answered 404" in gone.output) == (1, True)


def test_a_check_says_what_it_found_and_marks_the_source_as_verified(folder: Path) -> None:
    result = run(folder, "check")
    assert result.exit_code == 0
    assert result.output == "gazette: feed, 2 articles, the newest of 2024-05-02, robots.txt allows it\n"
    text = (folder / "gazette.toml").read_text()
    assert text.startswith("# Kept by hand.")
    assert "match = '/news/\\d'" in text
    assert load_source(folder / "gazette.toml").verified


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/robots.txt", "User-agent: *\nDisallow: /\n", 200, "robots.txt forbids it"),
        ("/robots.txt", "User-agent: *\nDisallow: /news\n", 200, "robots.txt forbids its articles"),
        ("/robots.txt", "down", 503, "robots.txt forbids it"),
        ("/feed.xml", "gone", 410, "the server answered 410"),
        ("/feed.xml", "<html>Please sign in</html>", 200, "no article is named in it that fits match"),
    ],
)
def test_a_check_that_finds_nothing_says_why_and_fails(
    folder: Path, feed: Publisher, path: str, body: str, status: int, said: str
) -> None:
    feed.put(path, body, status=status)
    result = run(folder, "check", "gazette")
    assert (result.exit_code, result.output) == (1, f"gazette: {said}\n")
    assert not load_source(folder / "gazette.toml").verified


def test_switching_on_warns_of_an_unverified_source_and_takes_a_paused_one_up_again(folder: Path) -> None:
    db = open_database(folder.parent / "quotewire.db")
    migrations.apply(db)
    row = {
        "id": "gazette",
        "name": "x",
        "kind": "newspaper",
        "status": "paused",
        "failures": 7,
        "paused_reason": "it failed",
    }
    db.table("sources").insert(row)
    assert "paused  unverified" in run(folder, "list").output
    result = run(folder, "enable", "gazette")
    assert "gazette is switched on and taken up again." in result.output
    assert "No check has found articles by it yet" in result.output
    assert list(db.query("select status, failures from sources")) == [{"status": "active", "failures": 0}]
    db.close()
    assert load_source(folder / "gazette.toml").enabled
    assert "gazette" in run(folder, "list").output
    assert run(folder, "disable", "gazette").output == "gazette is switched off.\n"
    assert not load_source(folder / "gazette.toml").enabled


def test_a_name_that_no_file_has_is_an_error(folder: Path) -> None:
    result = run(folder, "enable", "herald")
    assert (result.exit_code, "No source named herald" in result.output) == (1, True)


def test_a_public_site_is_asked_only_by_somebody_who_says_who_they_are(folder: Path) -> None:
    result = CliRunner().invoke(
        sources, ["add", "https://gazette.example.org"], obj=folder, env={"QUOTEWIRE_CONTACT": ""}
    )
    assert (result.exit_code, "QUOTEWIRE_CONTACT" in result.output) == (1, True)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8001/", "http://localhost/", "file:///etc/passwd", "ftp://a.example/x"]
)
def test_a_private_address_or_another_scheme_is_not_asked(address: str) -> None:
    with pytest.raises(FetchError):
        Client("me@example.org").get(address)


def test_a_redirect_to_a_file_is_not_followed(publisher: Publisher) -> None:
    publisher.put("/away", "", status=302, Location="file:///etc/passwd")
    assert Client(allow_private=True).get(f"{publisher.url}/away").status == 302


def test_the_sources_that_come_with_the_program_are_off_and_unverified_and_about_britain() -> None:
    shipped = load_sources(FOLDER)
    assert len(shipped) >= 40
    assert {(source.enabled, source.verified) for source in shipped} == {(False, "")}
    assert {source.kind for source in shipped} >= {"government", "parliament", "newspaper", "trade", "party"}
    assert all(source.homepage for source in shipped)
    assert len({source.url for source in shipped}) == len(shipped)


def test_a_source_that_is_off_is_not_crawled_even_by_its_name(folder: Path) -> None:
    with pytest.raises(ClickException, match=r"Every source in .* is switched off"):
        chosen_sources(folder, ())
    with pytest.raises(ClickException, match="quotewire sources enable gazette"):
        chosen_sources(folder, ("gazette",))
    run(folder, "enable", "gazette")
    assert [source.id for source in chosen_sources(folder, ())] == ["gazette"]


def test_an_archive_is_checked_by_the_files_that_are_there(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "archive"
    place.mkdir()
    (place / "moved.warc.gz").symlink_to(tmp_path / "elsewhere.warc.gz")
    (folder / "old.toml").write_text(f'name = "Old"\nkind = "newspaper"\nspider = "archive"\nurl = "{place}"\n')
    result = run(folder, "check", "old")
    assert (result.exit_code, "a folder without WARC files" in result.output) == (1, True)
    (place / "here.warc.gz").touch()
    result = run(folder, "check", "old")
    assert (result.exit_code, result.output) == (0, "old: 1 WARC file\n")
