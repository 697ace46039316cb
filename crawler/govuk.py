"""Documents of the GOV.UK Content API (schemas news_article, speech and their like) → Article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from crawler.addresses import canonical_form
from crawler.bodies import tidy
from crawler.dates import machine_date
from crawler.decoding import parse
from crawler.furniture import trim
from crawler.items import Article, Fact, Skip
from crawler.languages import language_of

SITE = "https://www.gov.uk"
EXTRACTOR = "govuk content api, quotewire 1"
BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "dt", "dd", "address", "figcaption", "pre")
LINKED = {"people": "person", "roles": "role", "organisations": "organisation", "speaker": "speaker"}
OPENING_MARKS = "“\"‘'"


def is_document(value: Any) -> bool:
    """Is this JSON value a document of the Content API?"""
    return (
        isinstance(value, dict)
        and isinstance(value.get("base_path"), str)
        and ("schema_name" in value or isinstance(value.get("details"), dict))
    )


def article_from_document(
    document: Any, *, site: str = SITE, url: str = "", today: date | None = None
) -> Article | Skip:
    """What a Content API document becomes; ``site`` is where its ``base_path`` lives, ``url`` where it was read."""
    if not is_document(document):
        return Skip(url=url, reason="no Content API document: base_path or details are missing")
    address = canonical_form(site.rstrip("/") + document["base_path"]) or ""
    schema = str(document.get("schema_name", ""))
    if schema in ("redirect", "gone", "vanish", "special_route"):
        return Skip(url=url or address, reason=f"a {schema} document has no text")
    details = _mapping(document.get("details"))
    paragraphs = trim(_paragraphs(details.get("body"))).paragraphs
    headline = tidy(str(document.get("title") or ""))
    if not paragraphs or not headline:
        return Skip(url=url or address, reason="no article text found")
    stated = next(
        (v for key in ("first_published_at", "public_updated_at") if isinstance(v := document.get(key), str)), ""
    )
    published = machine_date(stated, today=today)
    body = "\n\n".join(paragraphs)
    return Article(
        url=url or address,
        canonical_url=address,
        headline=headline,
        body=body,
        standfirst=tidy(str(document.get("description") or "")),
        byline=", ".join(_organisations(document)),
        published=published,
        date_evidence="api" if published else "",
        pubstatus="withdrawn" if document.get("withdrawn_notice") else "usable",
        language=language_of(body, stated=str(document.get("locale") or "en")),
        extractor=EXTRACTOR,
        facts=tuple(dict.fromkeys(facts_of(document, site=site))),
    )


def facts_of(document: Mapping[str, Any], *, site: str = SITE) -> Iterator[Fact]:
    """Who and what the document is linked to, what was changed in it and when, and why it was withdrawn."""
    links = _mapping(document.get("links"))
    for key, kind in LINKED.items():
        for linked in _mappings(links.get(key)):
            if name := _plain(linked.get("title")):
                path = linked.get("base_path")
                yield Fact(kind=kind, name=name, url=canonical_form(f"{site}{path}") or "" if path else "")
    for change in _mappings(_mapping(document.get("details")).get("change_history")):
        if note := _plain(change.get("note")):
            yield Fact(kind="change", name=note, at=machine_date(_plain(change.get("public_timestamp"))) or "")
    notice = _mapping(document.get("withdrawn_notice"))
    if notice:
        tree = parse(f"<html><body>{_plain(notice.get('explanation'))}</body></html>")
        why = tidy(str(tree.text_content())) if tree is not None else ""
        yield Fact(kind="withdrawal", name=why, at=machine_date(_plain(notice.get("withdrawn_at"))) or "")


def _organisations(document: Mapping[str, Any]) -> Iterator[str]:
    linked = _mapping(document.get("links")).get("organisations")
    for organisation in linked if isinstance(linked, list) else []:
        if isinstance(organisation, dict) and isinstance(organisation.get("title"), str):
            yield organisation["title"]


def _paragraphs(body: Any) -> list[str]:
    """The text blocks of govspeak HTML in order: each innermost block is one paragraph."""
    if isinstance(body, list):  # several renderings of one text: [{"content_type": "text/html", "content": …}]
        body = next(
            (
                part.get("content")
                for part in body
                if isinstance(part, dict) and "html" in str(part.get("content_type"))
            ),
            "",
        )
    tree = parse(f"<html><body>{body}</body></html>") if isinstance(body, str) else None
    if tree is None:
        return []
    blocks = [element for element in tree.iter(*BLOCKS) if not any(True for _ in element.iterdescendants(*BLOCKS))]
    found = [text for element in blocks if (text := tidy(_quoted(element)))]
    return found or [text for line in tree.text_content().splitlines() if (text := tidy(line))]


def _quoted(element: HtmlElement) -> str:
    """A block's text; in a quotation with the marks that GOV.UK's style sheet draws and readers see.

    Each paragraph of a <blockquote> opens with a mark and the last one closes with one.
    """
    text = _text(element).strip()
    quotation = element if element.tag == "blockquote" else next(element.iterancestors("blockquote"), None)
    if quotation is None or not text or text[0] in OPENING_MARKS:
        return text
    paragraphs = [block for block in quotation.iter(*BLOCKS) if block is not quotation and _text(block).strip()]
    last = element is quotation or paragraphs[-1] is element
    return f"“{text}”" if last else f"“{text}"


def _text(element: HtmlElement) -> str:
    for gap in element.iter("br"):
        gap.tail = " " + (gap.tail or "")
    return str(element.text_content())


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _plain(value: Any) -> str:
    """A text of the document as one line that can be stored; "" for anything else."""
    return tidy(value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")) if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
