"""A real database for every test that wants one, and the folder of corpora that only a developer has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from commands import jobs
from crawler.items import Article

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

AddArticle = Callable[..., int]


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("needs the seeds and corpora in shared/ beside the repository, which only developers have")
    return SHARED


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty working database with the tables of both floors."""
    database = jobs.open_db(tmp_path / "quotewire.db")
    yield database
    database.close()


@pytest.fixture
def add_article(db: Database) -> AddArticle:
    """Stores one article as the crawler would; gives its id. The same url again is a new version of it."""

    def add(
        body: str,
        *,
        url: str,
        source: str = "paper",
        kind: str = "newspaper",
        published: str | None = "2011-03-31",
        headline: str = "A headline",
        seen_at: str | None = None,
    ) -> int:
        article = Article(url=url, canonical_url=url, headline=headline, body=body, published=published)
        db["sources"].upsert({"id": source, "name": source.title(), "kind": kind}, pk="id")
        known = db.execute("select id from articles where canonical_url = ?", [url]).fetchone()
        row = {"canonical_url": url, "headline": headline, "source_id": source, "published_at": published}
        article_id = known[0] if known else db["articles"].insert(row).last_pk
        count = db.execute("select count(*) from article_versions where article_id = ?", [article_id]).fetchone()[0]
        version = {"article_id": article_id, "version_no": count + 1, "headline": headline, "body": body}
        row = {**version, "body_sha256": article.body_sha256, "seen_at": seen_at}
        version_id = db["article_versions"].insert(row).last_pk
        db.execute("update articles set current_version_id = ? where id = ?", [version_id, article_id])
        return int(article_id)

    return add
