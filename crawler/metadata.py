"""What a page says about itself: JSON-LD first, then meta tags, then the visible page. One field, one function.

Each takes the page's tree and its JSON-LD objects (``crawler.linked_data.linked_data(tree)``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from crawler.agencies import agency_named, credited
from crawler.dates import machine_date, url_date, written_date
from crawler.linked_data import names_in, plain, types_of

Data = Sequence[dict[str, Any]]
ARTICLE = re.compile(r"article|newsstory|posting|report|pressrelease|webpage", re.IGNORECASE)
DATE_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date",
    "datepublished", "date.published", "publishdate", "publish-date", "publication_date", "publication-date", "pubdate",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "originalpublicationdate", "article.published", "cxenseparse:recs:publishtime", "article_date_original", "date",
    "release_date", "created",
)  # fmt: skip
AUTHOR_METAS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
AGENCY_METAS = ("source", "dc.source", "syndication-source", "article:agency", "dcterms.rightsholder", "copyright")
HEADLINE_METAS = ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "title")
DATED_CLASSES = ("dateline", "publish", "post-date", "pubdate", "entry-date", "article-date", "byline", "stamp", "meta")
HAS_DATED_CLASS = " or ".join(f"contains(@class,{name!r})" for name in DATED_CLASSES)
NEAR_HEADLINE = (
    "//header//*[contains(@class,'date') or contains(@class,'time')]"
    f"|//*[@class='date' or contains(@id,'date') or {HAS_DATED_CLASS}]"
    "|//h1/following::*[self::p or self::span or self::div or self::li or self::em][position() <= 12]"
)
STANDFIRST_CLASSES = re.compile("standfirst|article-intro|lead-paragraph|strapline|subhead|dek")


def headline(tree: HtmlElement, data: Data) -> str:
    """The headline, without the outlet's name that titles carry at their end."""
    stated = _first(plain(item.get("headline")) for item in data if ARTICLE.search(types_of(item)))
    top = [text for h1 in tree.iter("h1") if (text := _visible(h1))]
    titled = _meta(tree, HEADLINE_METAS) or _visible(tree.find(".//title"))
    if stated:
        return stated
    if top and (len(top) == 1 or top[0] in titled):
        return top[0]
    if titled:
        return next((h1 for h1 in top if h1 in titled), _without_outlet(titled))
    return top[0] if top else _visible(tree.find(".//h2"))


def standfirst(tree: HtmlElement, data: Data) -> str:
    """The sentence under the headline: a paragraph marked as such, else the description."""
    for element in tree.iter("p", "div", "h2"):
        marked = STANDFIRST_CLASSES.search(element.get("class") or "")
        if marked and 0 < len(text := _visible(element)) <= 600:
            return text
    stated = _first(plain(i.get("description")) for i in data if re.search("article|posting", types_of(i), re.I))
    return (stated or _meta(tree, ("og:description", "description", "dc.description", "twitter:description")))[:1000]


def byline(tree: HtmlElement, data: Data) -> str:
    """The writers as named, joined by ", ", without "By"."""
    stated = [name for item in data if ARTICLE.search(types_of(item)) for name in names_in(item.get("author"))]
    if not stated:
        stated = [v for v in _metas(tree, AUTHOR_METAS[:4]) or _metas(tree, AUTHOR_METAS) if "://" not in v]
    if not stated:
        shown = tree.xpath(
            "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') or contains(@class,'author-name')]"
        )
        stated = [text for element in shown if 0 < len(text := _visible(element)) <= 100][:1]
    names = [re.sub(r"^(?:written )?by:?\s+|\s*[|•].*$", "", name, flags=re.IGNORECASE).strip(" ,") for name in stated]
    return ", ".join(dict.fromkeys(name for name in names if name and len(name) <= 100))


def agency(tree: HtmlElement, data: Data, byline: str) -> str | None:
    """The wire agency that metadata or ``byline`` credits."""
    stated = [
        value
        for item in data
        for key in (
            "creditText",
            "copyrightNotice",
            "sourceOrganization",
            "copyrightHolder",
            "provider",
            "author",
            "creator",
        )
        for value in names_in(item.get(key))
    ]
    lines = [*stated, *_metas(tree, AGENCY_METAS), byline]
    return next((found for line in lines if (found := agency_named(line) or credited(line))), None)


def published(tree: HtmlElement, data: Data, url: str = "", *, today: date | None = None) -> tuple[str | None, str]:
    """When the article was published and where that stands: (ISO 8601, json-ld | meta | time | url | text | "")."""

    def first(values: Iterator[str]) -> str | None:
        return next((found for value in values if value and (found := machine_date(value, today=today))), None)

    def jsonld() -> Iterator[str]:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            yield from (plain(item.get(key)) for item in data if ARTICLE.search(types_of(item)))

    def marked() -> Iterator[str]:
        yield from tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")

    for where, stated in (
        ("json-ld", jsonld()), ("meta", iter(_metas(tree, DATE_METAS))), ("meta", marked()), ("time", _times(tree)),
    ):  # fmt: skip
        if found := first(stated):
            return found, where
    if found := url_date(url, today=today):
        return found, "url"
    shown = (text for element in tree.xpath(NEAR_HEADLINE) if 0 < len(text := _visible(element)) <= 120)
    written = next((found for text in shown if (found := written_date(text, today=today))), None)
    return (written, "text") if written else (None, "")


def claims_article(tree: HtmlElement, data: Data) -> bool:
    """Does the page call itself an article, in its JSON-LD or as og:type?"""
    stated = any(re.search("article|newsstory|posting", types_of(item), re.IGNORECASE) for item in data)
    return stated or "article" in _meta(tree, ("og:type",)).lower()


def canonical_link(tree: HtmlElement) -> str:
    """The address that the page declares as its canonical one, or ""."""
    links = (
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    return next(links, "")


def outlet(tree: HtmlElement) -> str:
    return _meta(tree, ("og:site_name",))


def language(tree: HtmlElement) -> str:
    return (tree.get("lang") or "en").split("-")[0].strip().lower()[:8] or "en"


def _times(tree: HtmlElement) -> Iterator[str]:
    """<time> elements: those marked as publication first, then those in the article or its header, then any."""
    for path in ("//time[@pubdate]", "//article//time | //header//time | //main//time", "//time"):
        for element in tree.xpath(path):
            if not re.search(
                "updat|modif", " ".join((element.get("class") or "", element.get("itemprop") or "")), re.I
            ):
                yield element.get("datetime") or _visible(element)


def _visible(element: HtmlElement | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _metas(tree: HtmlElement, names: Sequence[str]) -> list[str]:
    """Contents of the meta tags called one of ``names``, in the order of ``names``."""
    rank = {name: place for place, name in enumerate(names)}
    found = []
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = " ".join((tag.get("content") or "").split())
        if name in rank and content:
            found.append((rank[name], content))
    return [content for _, content in sorted(found, key=lambda pair: pair[0])]


def _meta(tree: HtmlElement, names: Sequence[str]) -> str:
    return _first(iter(_metas(tree, names)))


def _first(values: Iterator[str]) -> str:
    return next((value for value in values if value), "")


def _without_outlet(title: str) -> str:
    return re.split(r"\s+[|»·–—-]\s+(?=[^|»·–—]{2,40}$)", title)[0].strip()
