"""A page becomes an article, field by field, or a skip that says why."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from lxml import html

from crawler import metadata
from crawler.agencies import credited, dateline_agency
from crawler.dates import is_date_line, machine_date, url_date, written_date
from crawler.decoding import decode
from crawler.items import Article, Skip
from crawler.linked_data import linked_data
from crawler.pages import article_from_page

URL = "https://gazette.example.org/news/ferries"
TODAY = date(2024, 6, 1)
TEXT = (
    "The subsidy that keeps the island ferries running is to be doubled from the autumn, the transport secretary said.",
    "“No islander should have to plan a hospital visit around the price of a ticket,” she told the council on Monday.",
    "Operators welcomed the money but asked for a timetable before the summer ends, when winter berths are booked.",
    "The opposition said that the sum would not cover the rise in fuel costs over the last two years.",
)


def page(head: str = "", *, above: str = "", below: str = "", text: tuple[str, ...] = TEXT, after: str = "") -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in text)
    return (
        f"<!doctype html><html lang='en-GB'><head><title>Ferry subsidy doubled | The Gazette</title>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a><li><a href='/politics'>Politics</a></ul></nav>"
        f"<article><h1>Ferry subsidy doubled</h1>{above}{paragraphs}{below}</article>{after}"
        f"<footer><p>Made up for a test.</p></footer></body></html>"
    )


def article(source: str | bytes, **options: object) -> Article:
    payload = source.encode() if isinstance(source, str) else source
    found = article_from_page(payload, url=URL, today=TODAY, **options)  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_body_is_the_article_s_paragraphs_and_nothing_else() -> None:
    found = article(page())
    assert found.body == "\n\n".join(TEXT)
    assert (found.headline, found.canonical_url, found.language) == ("Ferry subsidy doubled", URL, "en")


def test_page_furniture_does_not_reach_the_body() -> None:
    above = "<p class=meta>Monday 6 May 2024</p><p class=byline>By Ada Quill</p>"
    below = (
        "<p>Copyright © Press Association 2024</p><p>Want news like this straight to your inbox?</p>"
        "<h3>Related articles</h3><ul><li><a href='/x'>Harbour wall to be mended</a></ul>"
    )
    after = "<div class=cookie><p>We use cookies on this website. Accept all cookies</p></div>"
    found = article(page(above=above, below=below, after=after))
    assert found.body == "\n\n".join(TEXT)
    assert (found.byline, found.agency, found.published) == ("Ada Quill", "Press Association", "2024-05-06")


def test_a_standfirst_is_kept_once() -> None:
    separate = article(page(head='<meta property="og:description" content="Islanders have waited ten years for it.">'))
    assert separate.standfirst == "Islanders have waited ten years for it."
    assert article(page(head=f'<meta property="og:description" content="{TEXT[0]}">')).standfirst == ""


@pytest.mark.parametrize(
    ("head", "above", "url", "expected"),
    [
        (json_ld('{"@type":"NewsArticle","datePublished":"2024-05-06T07:30:00+01:00"}'), "", URL,
         ("2024-05-06T07:30:00+01:00", "json-ld")),
        (json_ld('{"@graph":[{"@type":"WebSite"},{"@type":["Article"],"datePublished":"2024-05-06"}]}'), "", URL,
         ("2024-05-06", "json-ld")),
        (json_ld('[{"@type":"NewsArticle","headline":"two\nlines","datePublished":"2024-05-06",}]'), "", URL,
         ("2024-05-06", "json-ld")),
        (json_ld("{broken") + '<meta name="DC.date.issued" content="2024-05-06">', "", URL, ("2024-05-06", "meta")),
        (json_ld('{"@type":"NewsArticle","datePublished":"1970-01-01T00:00:00Z"}')
         + '<meta property="article:published_time" content="Mon, 06 May 2024 06:30:00 GMT">', "", URL,
         ("2024-05-06T06:30:00+00:00", "meta")),
        ("", '<time datetime="2024-05-06T06:30Z">Monday</time>', URL, ("2024-05-06T06:30:00+00:00", "time")),
        ("", "", "https://gazette.example.org/2024/may/06/ferries", ("2024-05-06", "url")),
        ("", "<p class=meta>Published: 6th May 2024</p>", URL, ("2024-05-06", "text")),
        (json_ld('{"@type":"NewsArticle","datePublished":"2031-01-01"}'), "", URL, (None, "")),
        ("", "", URL, (None, "")),
    ],
)  # fmt: skip
def test_the_date_comes_with_its_evidence(head: str, above: str, url: str, expected: tuple[str | None, str]) -> None:
    tree = html.document_fromstring(page(head, above=above))
    assert metadata.published(tree, linked_data(tree), url, today=TODAY) == expected


def test_a_page_without_a_date_takes_the_one_of_its_listing() -> None:
    found = article(page(), listed="Mon, 06 May 2024 06:30:00 GMT")
    assert (found.published, found.date_evidence) == ("2024-05-06T06:30:00+00:00", "feed")


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        (json_ld('{"@type":"NewsArticle","author":[{"name":"Ada Quill"},{"name":"Bo"}]}'), "", "Ada Quill, Bo"),
        (json_ld('{"@type":"NewsArticle","author":"By Ada Quill"}'), "", "Ada Quill"),
        ('<meta name="author" content="Ada Quill">', "", "Ada Quill"),
        ('<meta property="article:author" content="https://example.org/ada">', "<p class=byline>By Ada</p>", "Ada"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_byline_names_the_writers(head: str, above: str, expected: str) -> None:
    assert article(page(head, above=above)).byline == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Copyright © Press Association 2011", "Press Association"),
        ("By PA reporters", "Press Association"),
        ("PA Media", "Press Association"),
        ("By Ada Quill, PA Political Editor", "Press Association"),
        ("Source: Reuters", "Reuters"),
        ("© 2019 Thomson Reuters. All rights reserved.", "Reuters"),
        ("Associated Press", "Associated Press"),
        ("Copyright © Northern Isles News Agency 2024", "Northern Isles News Agency"),
        ("The PA said it was sorry.", None),
        ("Pa walked the dog", None),
        ("Copyright law is to be reformed", None),
        ("", None),
    ],
)
def test_a_credit_line_names_its_agency_and_a_sentence_does_not(line: str, expected: str | None) -> None:
    assert credited(line) == expected


def test_a_dateline_credits_the_agency_in_it() -> None:
    assert dateline_agency("LONDON, May 6 (Reuters) - The subsidy is to be doubled.") == "Reuters"
    assert dateline_agency("London (the capital) - The subsidy is to be doubled.") is None


def test_an_agency_in_the_metadata_is_found() -> None:
    assert article(page(json_ld('{"@type":"NewsArticle","creditText":"PA Media"}'))).agency == "Press Association"


def test_a_page_s_canonical_address_is_its_own_word_without_tracking() -> None:
    head = '<link rel="Canonical" href="https://gazette.example.org/news/ferries-doubled?utm_source=feed#top">'
    assert article(page(head)).canonical_url == "https://gazette.example.org/news/ferries-doubled"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "no-such-charset"])
def test_quotation_marks_survive_a_wrong_or_missing_charset(encoding: str, declared: str) -> None:
    text = page(head='<meta charset="ascii">').replace("island", "Orkney’s isl")
    assert decode(text.encode(encoding), declared=declared) == text


def test_one_broken_byte_does_not_spoil_a_page() -> None:
    spoilt = page().encode().replace(b"islander", b"isl\xffander")
    assert "“No isl\N{REPLACEMENT CHARACTER}ander should" in article(spoilt).body


def test_unclosed_tags_and_stray_bytes_do_not_lose_the_text() -> None:
    broken = page().replace("</p>", "").replace("</article>", "<b><i></div></table>") + "\x00\x08"
    assert all(paragraph in article(broken).body for paragraph in TEXT)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x00\n", "empty"),
        (b"%PDF-1.7 ...", "not a page but a PDF"),
        (b"PK\x03\x04 ...", "not a page but a zip or Office file"),
        (gzip.compress(b"x" * 900), "binary data"),
        (b"<html>" + b"x" * 10_000_001, "larger than 10 MB"),
        (b"just words", "no HTML in it"),
        (b"<html><body>" + b"<p>a b c d" * 40_001, "more than 40,000 elements"),
        (b"<html><head><title>Gazette</title></head><body></body></html>", "no article text found"),
        (b"<html><head><title>Page not found</title></head><body><h1>Oops</h1><p>The page that you asked for is no"
         b" longer here. Try the search or go back to the front page.</p></body></html>",
         "says that the page was not found, though the status is 200"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_skipped_with_a_reason(payload: bytes, reason: str) -> None:
    assert article_from_page(payload, url=URL) == Skip(url=URL, reason=reason, gone="not found" in reason)


def test_an_article_about_a_page_not_found_is_still_an_article() -> None:
    long_text = tuple(TEXT * 3)
    found = article(page(text=long_text).replace("Ferry subsidy doubled", "Why ‘page not found’ costs councils"))
    assert found.headline == "Why ‘page not found’ costs councils"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-06T07:30:00.000Z", "2024-05-06T07:30:00+00:00"),
        ("2024-05-06 07:30:00 +0100", "2024-05-06T07:30:00+01:00"),
        ("20240506", "2024-05-06"),
        ("Mon, 06 May 2024 07:30:00 +0100", "2024-05-06T07:30:00+01:00"),
        ("6 May 2024 at 7.30pm", "2024-05-06T19:30:00"),
        ("May 6, 2024", "2024-05-06"),
        ("06/05/2024", "2024-05-06"),
        ("31 February 2024", None),
        ("0001-01-01T00:00:00", None),
        ("2099-01-01", None),
        ("soon", None),
    ],
)
def test_dates_are_read_in_the_forms_that_pages_use(written: str, expected: str | None) -> None:
    assert machine_date(written, today=TODAY) == expected


def test_a_date_in_an_address_needs_a_day() -> None:
    assert url_date("https://example.org/2024/05/06/ferries", today=TODAY) == "2024-05-06"
    assert url_date("https://example.org/2024/05/ferries-20", today=TODAY) is None
    assert url_date("https://example.org/a-20240506.html", today=TODAY) == "2024-05-06"


@pytest.mark.parametrize(
    "line", ["31 March 2011", "Monday, 6 May 2024", "Published: 6 May 2024 10:15 BST", "2024-05-06"]
)
def test_a_line_that_is_only_a_date_is_known(line: str) -> None:
    assert is_date_line(line)


def test_a_sentence_with_a_date_is_no_date_line() -> None:
    assert not is_date_line("The ferries stopped on 31 March 2011.")
    assert written_date("The ferries stopped on 31 March 2011.") == "2011-03-31"
