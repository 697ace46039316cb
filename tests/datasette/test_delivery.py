"""Pages are compressed for readers who take it, and a file with a fingerprint is kept by the browser."""

from __future__ import annotations

import re

import pytest

PLAIN = {"accept-encoding": "identity"}
PACKED = {"accept-encoding": "gzip"}


@pytest.mark.parametrize(
    "path",
    ["/", "/article/1", "/quotewire/quotes_in_context", "/quotewire/quotes_in_context.csv?_stream=1",
     "/quotewire/quotes_in_context.json", "/static/quotewire.css"],
)  # fmt: skip
async def test_what_is_text_is_compressed_and_says_the_same(get, path):
    plain, packed = await get(path, headers=PLAIN), await get(path, headers=PACKED)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in packed.headers["vary"]
    timed = re.compile(r'"query_ms": [\d.]+')
    assert timed.sub("", packed.text) == timed.sub("", plain.text)


@pytest.mark.parametrize("path", ["/quotewire/people/1.json", "/quotewire.db", "/article/9999"])
async def test_what_is_small_or_no_text_or_an_error_is_sent_as_it_is(get, path):
    assert "content-encoding" not in (await get(path, headers=PACKED)).headers


async def test_a_page_that_holds_a_secret_is_not_compressed(get):
    assert "content-encoding" not in (await get("/article/1", headers=PACKED, cookies={"ds_actor": "x"})).headers


async def test_a_file_with_its_fingerprint_in_the_address_is_kept_for_a_year(get):
    page = (await get("/")).text
    address = re.search(r'href="(/static/quotewire.css\?\w+)"', page)[1]
    assert "immutable" in (await get(address)).headers["cache-control"]
    assert "immutable" not in (await get("/static/quotewire.css")).headers.get("cache-control", "")
