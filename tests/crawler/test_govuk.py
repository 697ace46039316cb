"""Documents of GOV.UK's content API: what they state beside their text is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.govuk import article_from_document
from crawler.items import Article, Fact
from crawler.run import import_paths

SHARED = Path(__file__).parents[3] / "shared" / "data" / "govuk"
DOCUMENT: dict[str, Any] = {
    "base_path": "/government/news/harbour-fund-opens",
    "schema_name": "news_article",
    "title": "Harbour fund opens",
    "first_published_at": "2024-05-06T09:00:00+01:00",
    "details": {
        "body": "<p>Harbours may ask for money for their walls from today, the department said.</p>",
        "change_history": [
            {"public_timestamp": "2024-05-06T09:00:00+01:00", "note": "First published."},
            {"public_timestamp": "2024-05-09T12:00:00+01:00", "note": "Added the address to write to."},
            "broken",
        ],
    },
    "links": {
        "people": [{"title": "Ada Quill MP", "base_path": "/government/people/ada-quill"}, None],
        "roles": [{"title": "Minister for Harbours"}],
        "organisations": [{"title": "Department for Harbours", "base_path": "/government/organisations/harbours"}],
    },
    "withdrawn_notice": {
        "explanation": "<p>The fund has <b>closed</b>.</p>",
        "withdrawn_at": "2024-06-01T10:00:00+01:00",
    },
}
FACTS = (
    Fact(kind="person", name="Ada Quill MP", url="https://www.gov.uk/government/people/ada-quill"),
    Fact(kind="role", name="Minister for Harbours"),
    Fact(
        kind="organisation", name="Department for Harbours", url="https://www.gov.uk/government/organisations/harbours"
    ),
    Fact(kind="change", name="First published.", at="2024-05-06T09:00:00+01:00"),
    Fact(kind="change", name="Added the address to write to.", at="2024-05-09T12:00:00+01:00"),
    Fact(kind="withdrawal", name="The fund has closed.", at="2024-06-01T10:00:00+01:00"),
)


def test_people_roles_organisations_changes_and_withdrawal_are_read() -> None:
    found = article_from_document(DOCUMENT)
    assert isinstance(found, Article)
    assert (found.facts, found.pubstatus) == (FACTS, "withdrawn")


def test_they_are_stored_once_and_added_to(tmp_path: Path, db_path: Path, rows: Callable[..., Any]) -> None:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(DOCUMENT))
    import_paths(db_path, [file])
    later = {"public_timestamp": "2024-05-20T12:00:00+01:00", "note": "Extended to lighthouses."}
    details = DOCUMENT["details"] | {"change_history": [*DOCUMENT["details"]["change_history"], later]}
    file.write_text(json.dumps(DOCUMENT | {"details": details}))
    import_paths(db_path, [file])
    stored = rows("select kind, name, url, at from article_facts order by kind, at, name")
    assert len(stored) == len(FACTS) + 1
    assert {"kind": "change", "name": later["note"], "url": "", "at": later["public_timestamp"]} in stored


@pytest.mark.skipif(not SHARED.is_dir(), reason="the documents of GOV.UK lie beside the repository, not in it")
def test_documents_in_gov_uks_own_form_name_their_people_and_bodies() -> None:
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHARED.glob("*.json"))]
    found = [article_from_document(document) for document in documents]
    assert len(found) == 4
    for document, article in zip(documents, found, strict=True):
        assert isinstance(article, Article)
        kinds = {fact.kind for fact in article.facts}
        assert {"person", "organisation"} <= kinds
        assert (article.pubstatus == "withdrawn") == bool(document["withdrawn_notice"]) == ("withdrawal" in kinds)
