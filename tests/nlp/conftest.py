"""The pipeline as users run it, built once, and short ways to read a text with it and to store a quote."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from sqlite_utils import Database

from nlp.build import build
from nlp.document import reading_of
from nlp.records import Reading
from nlp.standing.cases import cases


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], Reading]:
    """A text's whole reading, through the real model."""
    return lambda text: reading_of(nlp(text))


@pytest.fixture(scope="session")
def told(nlp: Language) -> Callable[[str], set[tuple[str, int, str]]]:
    """The signals of a text as (holder, sign, target), those that only others allege left out."""
    return lambda text: {
        (signal.holder.name, signal.sign, signal.target.policy or signal.target.text)
        for case in cases(nlp(text))
        for signal in case.told
        if not signal.alleged
    }


@pytest.fixture
def say(db: Database, add_article: Callable[..., int]) -> Callable[..., int]:
    """Stores a quote in an article of its own; gives the quote's id."""

    def add(
        content: str,
        *,
        by: str = "Ada Pell",
        kind: str = "direct",
        source: str = "paper",
        published: str | None = "2011-03-31",
        url: str = "",
    ) -> int:
        number = db.execute("select count(*) from quotes").fetchone()[0] + 1
        article = add_article(
            content, url=url or f"http://{source}.example/{number}", source=source, published=published
        )
        version = db.execute("select current_version_id from articles where id = ?", [article]).fetchone()[0]
        db["people"].insert({"name": by, "key": by.lower()}, ignore=True)
        person = db.execute("select id from people where name = ?", [by]).fetchone()[0]
        reading = {"version_id": version, "pipeline_version": "1", "model": "m", "status": "read"}
        row = {"version_id": version, "reading_id": db["readings"].insert(reading).last_pk, "kind": kind}
        return int(db["quotes"].insert({**row, "content": content, "speaker": by, "person_id": person}).last_pk)

    return add
