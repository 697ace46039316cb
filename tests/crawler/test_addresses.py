"""One spelling for one page, and which addresses are private."""

from __future__ import annotations

import pytest

from crawler.addresses import canonical_form, canonical_of, is_private_host


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example.ORG:443/a?utm_source=x&id=3#top", "https://news.example.org/a?id=3"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("https://example.org/a?fbclid=1", "https://example.org/a"),
        ("https://example.org/a?q=b%20c&p=", "https://example.org/a?q=b%20c&p="),
        ("https://example.org/søk", "https://example.org/s%C3%B8k"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[broken", None),
        ("http://example.org:notaport/", None),
        ("http://example.org/\ud800", None),
        ("http://\x00.example.org/", None),
    ],
)
def test_an_address_has_one_spelling(url: str, expected: str | None) -> None:
    assert canonical_form(url) == expected


PAGE = "https://www.example.co.uk/news/ferry?utm_medium=mail"


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("https://example.co.uk/news/ferry-2", "https://example.co.uk/news/ferry-2"),
        ("/news/ferry-3", "https://www.example.co.uk/news/ferry-3"),
        ("https://elsewhere.co.uk/news/ferry", "https://www.example.co.uk/news/ferry"),
        ("https://www.example.co.uk/", "https://www.example.co.uk/news/ferry"),
        ("data:text/html,x", "https://www.example.co.uk/news/ferry"),
        ("", "https://www.example.co.uk/news/ferry"),
    ],
)
def test_a_declared_canonical_address_is_believed_on_its_own_site_only(declared: str, expected: str) -> None:
    assert canonical_of(declared, PAGE) == expected


@pytest.mark.parametrize(
    "host",
    (
        "127.0.0.1 127.1 0x7f.1 2130706433 10.1.2.3 172.20.0.1 192.168.1.1 169.254.169.254 0.0.0.0 224.0.0.1 "
        "::1 fe80::1 ::ffff:127.0.0.1 fd00::1 localhost printer.local intranet"
    ).split(),
)
def test_private_hosts_are_known_in_every_spelling(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize("host", ["example.org", "8.8.8.8", "2606:4700::1111", "www.gov.uk"])
def test_public_hosts_are_not_private(host: str) -> None:
    assert not is_private_host(host)
