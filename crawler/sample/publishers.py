"""A sample publisher as its folder declares it: site.toml, two templates, article files, raw pages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from crawler.sample.articles import SampleArticle, read_article

PAGES = Path(__file__).with_name("pages")
PUBLISHERS = ("announcements", "meridian", "chronicle", "practitioner")
EDITIONS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A page that is served as its bytes are: how the sample shows what goes wrong on real sites."""

    path: str
    headline: str
    published: datetime
    modified: datetime
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One publisher in one edition. ``articles`` are newest first.

    ``form`` is how it announces what is new (api, feed, sitemap, listing), ``metadata`` where its pages state
    their date and author (json-ld, meta, text), ``address`` the pattern of its article paths.
    """

    id: str
    name: str
    tagline: str
    about: str
    form: str
    metadata: str
    address: str
    frame: Template
    article: Template
    robots: Template
    articles: tuple[SampleArticle, ...]
    raw: tuple[RawPage, ...]
    static: dict[str, bytes]

    @property
    def announced(self) -> list[SampleArticle | RawPage]:
        """Everything that the publisher links to, newest first."""
        rows: list[SampleArticle | RawPage] = [*self.articles, *self.raw]
        return sorted(rows, key=lambda row: row.published, reverse=True)

    def path(self, row: SampleArticle | RawPage) -> str:
        """The path on the site of an article or a raw page."""
        if isinstance(row, RawPage):
            return row.path
        return self.address.format(
            slug=row.slug, section=row.section, year=row.published.year, month=f"{row.published:%m}"
        )


def read_publisher(name: str, *, edition: int = 1) -> Publisher:
    """Reads ``pages/<name>``; from edition 2 on, ``edition-2/`` replaces the files of the same name."""
    folder = PAGES / name
    site = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))
    articles = [read_article(path) for path in _article_files(folder, edition)]
    return Publisher(
        **{
            **site,
            "id": name,
            "frame": _template(folder / "frame.html"),
            "article": _template(folder / "article.html"),
            "robots": _template(folder / "robots.txt"),
            "articles": tuple(sorted(articles, key=lambda article: article.published, reverse=True)),
            "raw": tuple(_raw(folder, row) for row in site.get("raw", ())),
            "static": {path.name: path.read_bytes() for path in sorted((folder / "static").iterdir())},
        }
    )


def _article_files(folder: Path, edition: int) -> list[Path]:
    folders = [folder, *(folder / f"edition-{number}" for number in EDITIONS if 1 < number <= edition)]
    return list({path.name: path for part in folders for path in sorted((part / "articles").glob("*.md"))}.values())


def _raw(folder: Path, row: dict[str, Any]) -> RawPage:
    return RawPage(
        path=row["path"],
        headline=row["headline"],
        published=row["published"],
        modified=row["published"],
        content_type=row["content_type"],
        body=(folder / "raw" / row["file"]).read_bytes(),
    )


def _template(path: Path) -> Template:
    return Template(path.read_text(encoding="utf-8"))
