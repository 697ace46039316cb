"""Declarations of sources: what is accepted, and what the message says when one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.sources import SourceError, load_sources

GOOD = """
name = "The Gazette"
kind = "newspaper"
spider = "listing"
url = "https://gazette.example.org/news"
links = "h2 a"
delay = 2
"""


def declare(folder: Path, text: str, name: str = "gazette") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_source_is_one_file_whose_name_is_its_id(tmp_path: Path) -> None:
    (source,) = load_sources(declare(tmp_path, GOOD))
    assert (source.id, source.name, source.delay, source.allow_private) == ("gazette", "The Gazette", 2, False)


def test_the_sources_that_come_with_the_program_can_be_loaded() -> None:
    assert [source.spider for source in load_sources() if source.id == "dhsc"] == ["api"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace('kind = "newspaper"', ""), "kind is missing"),
        (GOOD.replace("newspaper", "blog"), "use one of government"),
        (GOOD.replace('"listing"', '"rss"'), "use one of feed"),
        (GOOD.replace('links = "h2 a"', ""), "links (a CSS selector"),
        (GOOD + 'colour = "red"', "unknown key 'colour'"),
        (GOOD.replace("delay = 2", 'delay = "2"'), "delay must be a number"),
        (GOOD.replace("delay = 2", "delay = -1"), "between 0 and 3600"),
        (GOOD + "match = '(['", "no regular expression"),
        (GOOD.replace("https://", "ftp://"), "must start with http"),
        (GOOD.replace('"The Gazette"', "The Gazette"), "not readable as TOML"),
        (GOOD.replace("gazette.example.org", "127.0.0.1:80"), "allow_private = true"),
        (GOOD.replace("gazette.example.org", "localhost"), "allow_private = true"),
        (GOOD.replace("gazette.example.org", "[::1]"), "allow_private = true"),
        (GOOD.replace("gazette.example.org", "2130706433"), "allow_private = true"),
        (GOOD.replace("gazette.example.org", "192.168.0.4"), "allow_private = true"),
    ],
)
def test_a_declaration_that_cannot_be_used_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        load_sources(declare(tmp_path, text))
    assert "gazette.toml: " in str(refused.value)
    assert said in str(refused.value)


def test_a_private_address_is_accepted_when_the_declaration_says_so(tmp_path: Path) -> None:
    text = GOOD.replace("gazette.example.org", "127.0.0.1:8000") + "allow_private = true"
    assert load_sources(declare(tmp_path, text))[0].allow_private


def test_a_folder_without_declarations_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"add one for each source"):
        load_sources(tmp_path)
    with pytest.raises(SourceError, match=r"no such folder"):
        load_sources(tmp_path / "nowhere")
