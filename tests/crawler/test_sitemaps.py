"""Sitemaps as large as their protocol allows, and larger."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from scrapy.http import TextResponse

from crawler.run import crawl
from crawler.sources import Source
from crawler.spiders import SPIDERS
from crawler.spiders.base import Named

Publisher = Any  # of conftest.py, which tests can't import
Rows = Callable[..., list[dict[str, Any]]]
SITE = "https://gazette.example.org"
FILLER = b"<!--" + b"x" * 999_992 + b"-->\n"  # a million bytes of nothing


def read(payload: bytes) -> Named:
    source = Source(id="gazette", name="x", kind="newspaper", spider="sitemap", url=SITE + "/map.xml")
    return SPIDERS["sitemap"](source).found(TextResponse(SITE + "/map.xml", body=payload))


def entry(path: str, site: str = SITE) -> bytes:
    return f"<url><loc>{site}{path}</loc><lastmod>2024-05-06</lastmod></url>".encode()


def sitemap(megabytes: int, *, site: str = SITE) -> bytes:
    """One that names /first, and behind so many megabytes /last."""
    return b"<urlset>" + entry("/news/first", site) + FILLER * megabytes + entry("/news/last", site) + b"</urlset>"


def paths(named: Named) -> set[str]:
    return {one.address.removeprefix(SITE) for one in named.found}


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_of_nearly_fifty_megabytes_is_read_whole(packed: bool) -> None:
    payload = gzip.compress(sitemap(50), 1) if packed else sitemap(50)
    assert read(payload).cut == ""
    assert paths(read(payload)) == {"/news/first", "/news/last"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_larger_one_is_read_so_far_and_that_is_said(packed: bool) -> None:
    named = read(gzip.compress(sitemap(53), 1) if packed else sitemap(53))
    assert (paths(named), named.cut) == ({"/news/first"}, "cut off: larger than 50 MB")


def test_a_damaged_one_is_read_as_far_as_it_goes_and_that_is_said() -> None:
    noise = "".join(f"<!--{number * 7919 % 10007}-->" for number in range(100_000)).encode()
    packed = gzip.compress(b"<urlset>" + entry("/news/first") + noise + entry("/news/last") + b"</urlset>")
    named = read(packed[: len(packed) // 2])
    assert (paths(named), named.cut) == ({"/news/first"}, "cut off: a damaged gzip file")


def test_of_more_addresses_than_one_sitemap_may_have_those_that_changed_last_are_taken() -> None:
    entries = b"".join(
        f"<url><loc>/news/{n}</loc><lastmod>20{n % 25:02}-01-01</lastmod></url>".encode() for n in range(50_025)
    )
    named = read(b"<urlset>" + entries + b"</urlset>")
    assert len(named.found) == 50_000
    assert sum(one.listed == "2000-01-01" for one in named.found) == 2001 - 25
    assert "25 were left out" in named.cut


def test_what_a_sitemap_takes_in_memory_does_not_grow_with_what_it_unpacks_to() -> None:
    packed = gzip.compress(sitemap(50), 1)
    tracemalloc.start()
    try:
        assert len(read(packed).found) == 2
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_large_sitemap_is_crawled_and_the_row_of_one_that_was_cut_says_so(
    publisher: Publisher, db_path: Any, rows: Rows
) -> None:
    for name in ("first", "last"):
        publisher.article(f"/news/{name}", headline=name)
    publisher.put("/whole.xml", sitemap(12, site=publisher.url), kind="application/xml")
    publisher.put("/cut.xml.gz", gzip.compress(sitemap(53, site=publisher.url), 1), kind="application/gzip")
    parts = "".join(f"<sitemap><loc>{publisher.url}/{name}</loc></sitemap>" for name in ("whole.xml", "cut.xml.gz"))
    publisher.put("/index.xml", f"<sitemapindex>{parts}</sitemapindex>", kind="application/xml")
    (result,) = crawl(db_path, [publisher.source(spider="sitemap", url=publisher.url + "/index.xml")])
    assert (result.new, result.failed) == (2, False)
    assert "1 × cut off: larger than 50 MB" in result.detail
    listings = rows("select url, reason from captures where outcome = 'listing' and reason <> ''")
    assert [(row["url"].rsplit("/", 1)[1], row["reason"]) for row in listings] == [
        ("cut.xml.gz", "cut off: larger than 50 MB")
    ]
