"""Publisher → HTML pages: the article in its frame, and lists of articles. All text is escaped here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from crawler.sample.articles import SampleArticle
from crawler.sample.publishers import Publisher, RawPage

RELATED = 3


def frame(publisher: Publisher, *, title: str, head: str, main: str) -> str:
    """A whole page. ``title`` is text; ``head`` and ``main`` are HTML."""
    name = escape(publisher.name)
    return publisher.frame.substitute(title=f"{escape(title)} - {name}", site=name, head=head, main=main)


def article_page(publisher: Publisher, article: SampleArticle, *, base: str) -> str:
    """The page of one article, its metadata stated in the publisher's way."""
    path = publisher.path(article)
    others = [other for other in publisher.articles if other is not article][:RELATED]
    main = publisher.article.substitute(
        headline=escape(article.headline),
        standfirst=_paragraph("standfirst", article.standfirst),
        byline=_paragraph("byline", article.byline),
        credit=_paragraph("credit", article.credit),
        organisations=_paragraph("organisations", ", ".join(article.organisations)),
        kind=article.document_type.replace("_", " ").capitalize(),
        published=article.published.isoformat(),
        day=article.day,
        body=article.html,
        related="\n".join(
            f'<li><a href="{publisher.path(other)}">{escape(other.headline)}</a></li>' for other in others
        ),
    )
    canonical = f'<link rel="canonical" href="{base}{path}">'
    head = "\n".join((canonical, *_metadata(publisher, article, url=base + path)))
    return frame(publisher, title=article.headline, head=head, main=main)


def list_page(
    publisher: Publisher,
    rows: Sequence[SampleArticle | RawPage],
    *,
    title: str,
    next_path: str = "",
) -> str:
    """A page of headlines with their links; ``next_path`` is where the older ones are."""
    items = "\n".join(_item(publisher, row) for row in rows)
    pager = f'<nav class="pager"><a rel="next" href="{next_path}">Older stories</a></nav>' if next_path else ""
    head = f'<link rel="next" href="{next_path}">' if next_path else ""
    main = f'<h1>{escape(title)}</h1>\n<ul class="articles">\n{items}\n</ul>\n{pager}'
    return frame(publisher, title=title, head=head, main=main)


def about_page(publisher: Publisher) -> str:
    """Who we are: every sample publisher says that it is invented."""
    return frame(publisher, title="About", head="", main=f"<h1>About</h1>\n<p>{escape(publisher.about)}</p>")


def _item(publisher: Publisher, row: SampleArticle | RawPage) -> str:
    heading = f'<h2><a href="{publisher.path(row)}">{escape(row.headline)}</a></h2>'
    if isinstance(row, RawPage):
        return f"<li>{heading}</li>"
    return f'<li>{heading}<p class="date">{row.day}</p>{_paragraph("standfirst", row.standfirst)}</li>'


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def _metadata(publisher: Publisher, article: SampleArticle, *, url: str) -> list[str]:
    if publisher.metadata == "json-ld":
        return [f'<script type="application/ld+json">{_json_ld(publisher, article, url=url)}</script>']
    if publisher.metadata == "meta":
        properties = {
            "og:type": "article",
            "og:title": article.headline,
            "og:url": url,
            "og:description": article.standfirst,
            "article:published_time": article.published.isoformat(),
            "article:modified_time": article.modified.isoformat(),
            "article:author": article.byline.removeprefix("By "),
        }
        return [f'<meta property="{name}" content="{escape(text)}">' for name, text in properties.items() if text]
    return []


def _json_ld(publisher: Publisher, article: SampleArticle, *, url: str) -> str:
    """schema.org NewsArticle; ``<`` is written as its escape so that no text can end the script element."""
    organisation = {"@type": "Organization", "name": publisher.name}
    author = {"@type": "Person", "name": article.author} if article.byline else organisation
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.standfirst,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": article.published.isoformat(),
        "dateModified": article.modified.isoformat(),
        "author": author,
        "publisher": organisation,
        "inLanguage": "en-GB",
    }
    return json.dumps(record, ensure_ascii=False).replace("<", "\\u003c")
