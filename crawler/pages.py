"""A page as it came → an Article, or a Skip that says why there is none. Needs no crawl and no network."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import htmldate
from lxml.html import HtmlElement

from crawler import metadata
from crawler.addresses import canonical_of
from crawler.bodies import EXTRACTOR, body_paragraphs, readable
from crawler.dates import machine_date
from crawler.decoding import decode, not_text, parse
from crawler.furniture import Trimmed, is_furniture, same_words, trim
from crawler.items import Article, Skip
from crawler.languages import language_of
from crawler.linked_data import linked_data, plain

NOT_FOUND = re.compile(
    r"^(?:error\W*)?(?:404|410)\b|^not found$"
    r"|\b(?:page|article|story|content)\b.{0,30}\b(?:not (?:be )?found|no longer (?:exists?|available))"
    r"|\b(?:page|article|story|content)\b.{0,30}\b(?:does(?:n['’]t| not) exist)"
    r"|^(?:we|sorry\W).{0,30}(?:can(?:['’]t|not)|could(?:n['’]t| not)) find\b",
    re.IGNORECASE,
)
CONSENT = re.compile(r"\bcookies?\b|\bconsent\b|\bprivacy\b|\bpersonal data\b|\bpartners\b", re.IGNORECASE)
ASKED = re.compile(
    r"\bbefore you continue\b|\bwe value your privacy\b|\byour (?:privacy |cookie )?choices\b"
    r"|\bmanage (?:cookies|options|choices)|\b(?:accept|reject|agree to|allow) (?:all|cookies)\b"
    r"|\bwe and our (?:\d+ )?partners\b",
    re.IGNORECASE,
)
# Extraction takes about 0.2 ms an element: this bounds what one hostile page may cost.
MOST_ELEMENTS = 40_000
FEWEST_WORDS = 8
SOFT_404_WORDS = 120
CONSENT_WORDS = 200


@dataclass(frozen=True)
class Page:
    """One parsed page; each method gives one field of the article."""

    tree: HtmlElement
    url: str
    data: list[dict[str, Any]]
    today: date | None = None

    @classmethod
    def of(cls, tree: HtmlElement, url: str, today: date | None = None) -> Page:
        """Takes the JSON-LD out of ``tree`` and then whatever has no text for readers."""
        data = linked_data(tree)
        return cls(readable(tree), url, data, today)

    @cached_property
    def trimmed(self) -> Trimmed:
        stated = next((plain(i.get("articleBody")) for i in self.data if "articlebody" in map(str.lower, i)), "")
        claimed = metadata.claims_article(self.tree, self.data)
        paragraphs = body_paragraphs(self.tree, self.url, stated=stated, claimed=claimed)
        return trim(paragraphs, headline=self.headline, byline=self.byline)

    @cached_property
    def headline(self) -> str:
        return metadata.headline(self.tree, self.data)

    def standfirst(self) -> str:
        """Not repeated here when it opens the body as well."""
        text = metadata.standfirst(self.tree, self.data)
        opening = " ".join(self.trimmed.paragraphs[:2])
        cut = text.rstrip(".… ")
        return "" if (cut and cut in opening) or is_furniture(text) or same_words(text, self.headline) else text

    @cached_property
    def byline(self) -> str:
        return metadata.byline(self.tree, self.data)

    def agency(self) -> str | None:
        return metadata.agency(self.tree, self.data, self.byline) or self.trimmed.agency

    def published(self) -> tuple[str | None, str]:
        """The date of publication and its evidence; htmldate's reading of the page is the last resort."""
        found, evidence = metadata.published(self.tree, self.data, self.url, today=self.today)
        if found:
            return found, evidence
        if self.trimmed.date_line and (line := machine_date(self.trimmed.date_line, today=self.today)):
            return line, "text"
        guess = htmldate.find_date(self.tree, original_date=True, extensive_search=False, url=self.url or None)
        found = machine_date(guess, today=self.today) if guess else None
        return (found, "text") if found else (None, "")

    def canonical_url(self) -> str:
        return canonical_of(metadata.canonical_link(self.tree), self.url)

    def body(self) -> str:
        return "\n\n".join(self.trimmed.paragraphs)

    def says_not_found(self) -> bool:
        """A page that answers 200 and yet says that there is nothing here."""
        title = " ".join((self.tree.findtext(".//title") or "").split())
        spoken = NOT_FOUND.search(self.headline) or NOT_FOUND.search(title)
        return bool(spoken) and len(self.body().split()) < SOFT_404_WORDS

    def asks_for_consent(self) -> bool:
        """A page that asks readers to accept cookies before it shows what they came for."""
        seen = f"{self.headline} {self.body()}"
        return len(seen.split()) < CONSENT_WORDS and len(CONSENT.findall(seen)) >= 3 and ASKED.search(seen) is not None


def article_from_page(
    payload: bytes, *, url: str, charset: str = "", listed: str | None = None, today: date | None = None
) -> Article | Skip:
    """What a page becomes.

    ``url`` is the address that answered in the end ("" for a file), ``charset`` what the HTTP header declares,
    ``listed`` the date that the feed or listing gave, used when the page has none.
    """
    reason = not_text(payload)
    if reason:
        return Skip(url=url, reason=reason)
    tree = parse(decode(payload, declared=charset))
    if tree is None:
        return Skip(url=url, reason="no HTML in it")
    if tree.xpath("count(//*)") > MOST_ELEMENTS:
        return Skip(url=url, reason=f"more than {MOST_ELEMENTS:,} elements")
    page = Page.of(tree, url, today)
    if page.says_not_found():
        return Skip(url=url, reason="says that the page was not found, though the status is 200", gone=True)
    if page.asks_for_consent():
        return Skip(url=url, reason="asks for consent to cookies in the article's place")
    body = page.body()
    if len(body.split()) < FEWEST_WORDS:
        return Skip(url=url, reason="no article text found")
    article = Article(
        url=url,
        canonical_url=page.canonical_url(),
        headline=page.headline or short_headline(body),
        body=body,
        standfirst=page.standfirst(),
        byline=page.byline or page.trimmed.byline,
        agency=page.agency(),
        language=language_of(body, stated=metadata.language(tree)),
        extractor=EXTRACTOR,
    )
    return dated(article, *page.published(), listed=listed, today=today)


def dated(
    article: Article, published: str | None, evidence: str, *, listed: str | None = None, today: date | None = None
) -> Article:
    """The article with its date, or else with the one its listing gave."""
    if not published and listed and (published := machine_date(listed, today=today)):
        evidence = "feed"
    return replace(article, published=published, date_evidence=evidence if published else "")


def short_headline(body: str, *, longest: int = 90) -> str:
    """A headline for a text that has none: its first sentence, cut at a word."""
    opening = body.split("\n", 1)[0]
    sentence = re.split(r"(?<=[.!?])[\"'”’)]*\s", opening, maxsplit=1)[0].strip()
    if len(sentence) <= longest:
        return sentence.rstrip(".") or opening[:longest]
    return sentence[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
