"""Files at hand become articles: plain texts, pages, GOV.UK documents and JSON Lines, good and bad."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import extracted
from crawler.run import crawl, import_paths

Publisher = Any  # of conftest.py, which tests can't import
Rows = Callable[..., list[dict[str, Any]]]
PROSE = (
    "The subsidy for the island ferries is to be doubled, the transport secretary has said.",
    "“No islander should have to plan a hospital visit around the price of a ticket,” she told the council.",
    "Operators asked for a timetable before the summer ends.",
)


def test_the_seeds_come_in_as_their_gold_says(shared: Path, tmp_path: Path, db_path: Path, rows: Rows) -> None:
    result = import_paths(db_path, [shared / "seeds"])
    assert result.new >= 2
    gold = json.loads((shared / "seeds" / "gold.json").read_text(encoding="utf-8"))["documents"]
    for document in gold:
        raw = (shared / "seeds" / f"{document['id']}.txt").read_text(encoding="utf-8")
        (row,) = rows(
            "select a.published_at, a.agency, v.headline, v.body from articles a join article_versions v "
            "on v.id = a.current_version_id where canonical_url = ?",
            f"import:seeds/{document['id']}.txt",
        )
        assert (row["published_at"], row["agency"]) == (document["published"], document["agency"])
        assert document["headline"] in (None, row["headline"])
        assert not [line for line in document.get("boilerplate", ()) if line in row["body"]]
        assert not row["body"].startswith(row["headline"] + "\n")
        pieces = [raw[start:end] for quote in document["quotes"] for start, end in quote["content"]]
        assert not [piece for piece in pieces if piece not in row["body"]]
        if document["headline"] is None:
            assert row["body"] == raw.strip()


def test_gov_uk_documents_come_in_with_department_and_status(shared: Path, db_path: Path, rows: Rows) -> None:
    assert import_paths(db_path, [shared / "data" / "govuk"]).new == 4
    found = rows(
        "select a.canonical_url, a.published_at, a.date_evidence, a.pubstatus, v.byline, v.standfirst, v.body "
        "from articles a join article_versions v on v.id = a.current_version_id order by a.canonical_url"
    )
    assert [row["pubstatus"] for row in found] == ["withdrawn", "usable", "usable", "usable"]
    assert all(row["canonical_url"].startswith("https://www.gov.uk/government/") for row in found)
    assert all(row["date_evidence"] == "api" and row["byline"] and row["standfirst"] for row in found)
    assert not [row for row in found if "<" in row["body"]]


def govuk(**keys: Any) -> dict[str, Any]:
    document = {
        "base_path": "/government/news/ferries",
        "schema_name": "news_article",
        "title": "Ferry subsidy doubled",
        "first_published_at": "2024-05-06T09:30:00.000+01:00",
        "details": {"body": f"<p>{PROSE[0]}</p><blockquote><p>It is time.</p><p>It is fair.</p></blockquote>"},
        "withdrawn_notice": {},
    }
    return {**document, **keys}


def test_a_quotation_in_a_gov_uk_document_has_the_marks_that_its_readers_see(
    tmp_path: Path, db_path: Path, rows: Rows
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(govuk()))
    import_paths(db_path, [tmp_path / "a.json"])
    assert rows("select body from article_versions") == [{"body": f"{PROSE[0]}\n\n“It is time.\n\n“It is fair.”"}]


@pytest.mark.parametrize(
    "document",
    [{}, {"schema_name": "redirect"}, {"details": None}, {"details": {"body": 3}}, {"title": None}, {"base_path": 7}],
)
def test_a_gov_uk_document_without_a_text_is_skipped(tmp_path: Path, db_path: Path, document: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(govuk(**document) if document else {}))
    result = import_paths(db_path, [tmp_path / "a.json"])
    assert (result.new, len(result.skipped)) == (0, 1)


def test_a_gov_uk_document_is_known_by_its_details_too(tmp_path: Path, db_path: Path) -> None:
    document = govuk()
    del document["schema_name"]
    (tmp_path / "a.json").write_text(json.dumps(document))
    assert import_paths(db_path, [tmp_path / "a.json"]).new == 1


def test_json_lines_bring_their_own_address_date_and_outlet(tmp_path: Path, db_path: Path, rows: Rows) -> None:
    lines = [
        {
            "id": "7",
            "text": "\n\n".join(PROSE),
            "headline": "Ferry money",
            "published": "2024-05-06",
            "source": "The Isle",
        },
        {"url": "HTTPS://Example.org/a?utm_source=x", "body": "\n\n".join(PROSE)},
        {"url": "https://example.org/b", "html": f"<h1>Ferries</h1><article><p>{'</p><p>'.join(PROSE)}</p></article>"},
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert import_paths(db_path, [tmp_path / "many.jsonl"]).new == 3
    found = rows("select canonical_url, source_id, headline, published_at, date_evidence from articles order by id")
    assert found[0] == {
        "canonical_url": f"import:{tmp_path.name}/many.jsonl#7",
        "source_id": "the-isle",
        "headline": "Ferry money",
        "published_at": "2024-05-06",
        "date_evidence": "import",
    }
    assert [row["canonical_url"] for row in found[1:]] == ["https://example.org/a", "https://example.org/b"]


def test_bad_files_leave_a_row_with_a_reason_and_the_good_ones_come_in(
    tmp_path: Path, db_path: Path, rows: Rows
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "cut.html.gz").write_bytes(gzip.compress(b"<html>" + bytes(range(256)) * 20)[:150])
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "paper.html").write_bytes(b"%PDF-1.4")
    (folder / "rows.jsonl").write_text('{"id": 1}\nnonsense\n' + json.dumps({"id": "ok", "text": "\n\n".join(PROSE)}))
    (folder / "good.txt").write_text("\n\n".join(("Ferry money", *PROSE)), encoding="cp1252")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    result = import_paths(db_path, [folder, tmp_path / "missing.txt"])
    assert (result.new, len(result.skipped), result.failed) == (2, 8, True)
    kept = rows("select url, reason from captures where outcome in ('error', 'skipped') order by id")
    assert [(row["url"], row["reason"]) for row in kept] == list(result.skipped)
    assert {reason for _, reason in result.skipped} >= {"empty", "binary data", "damaged gzip file", "no such file"}
    assert "‘" not in rows("select body from article_versions where body like '%islander%'")[0]["body"]


def test_what_holds_no_article_has_one_name_whether_it_was_imported_or_crawled(
    publisher: Publisher, tmp_path: Path, db_path: Path, rows: Rows
) -> None:
    blank = b"<html><head><title>Ferries</title></head><body></body></html>"
    for name, payload in (
        ("1.html", b""),
        ("2.html", blank),
        ("3.html", b"%PDF-1.4"),
        ("4.html.gz", b"\x1f\x8b\x08 cut"),
    ):
        (tmp_path / name).write_bytes(payload)
        publisher.put(f"/{name}", payload)
    publisher.feed("/1.html", "/2.html", "/3.html")
    crawl(db_path, [publisher.source()])
    import_paths(db_path, [tmp_path])
    found = rows("select url, outcome, reason from captures where url like '%.html%' order by url")
    imported = [(row["outcome"], row["reason"]) for row in found if row["url"].startswith("import:")]
    crawled = [(row["outcome"], row["reason"]) for row in found if row["url"].startswith("http:")]
    assert imported == [*crawled, ("error", "damaged gzip file")]
    assert {outcome for outcome, _ in crawled} == {"skipped"}


def test_an_import_can_be_run_again_and_a_changed_file_is_a_new_version(
    tmp_path: Path, db_path: Path, rows: Rows
) -> None:
    file = tmp_path / "ferries.txt"
    file.write_text("\n\n".join(PROSE), encoding="utf-8")
    counts = []
    for text in (PROSE, PROSE, (*PROSE, "The minister has since apologised."), PROSE):
        file.write_text("\n\n".join(text), encoding="utf-8")
        result = import_paths(db_path, [file])
        counts.append((result.new, result.changed, result.unchanged))
    assert counts == [(1, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 0)]
    assert rows("select group_concat(version_no) as n from article_versions") == [{"n": "1,2,3"}]
    assert rows("select count(*) as n from article_versions_fts_docsize") == [{"n": 3}]


def test_files_of_one_name_in_two_folders_of_one_name_are_two_articles(
    tmp_path: Path, db_path: Path, rows: Rows
) -> None:
    for place, text in (("a", PROSE), ("b", PROSE[::-1])):
        (tmp_path / place / "news").mkdir(parents=True)
        (tmp_path / place / "news" / "1.txt").write_text("\n\n".join(text), encoding="utf-8")
    for _ in range(2):
        import_paths(db_path, [tmp_path / "a", tmp_path / "b"])
        import_paths(db_path, [tmp_path / "b" / "news" / "1.txt"])
    addresses = [row["canonical_url"] for row in rows("select canonical_url from articles order by id")]
    assert addresses[0] == "import:news/1.txt"
    assert len(addresses) == 2
    assert addresses[1].startswith("import:news~")
    assert rows("select count(*) as n from article_versions") == [{"n": 2}]


def test_no_path_of_this_machine_lands_in_the_database(tmp_path: Path, db_path: Path) -> None:
    (tmp_path / "in" / "news").mkdir(parents=True)
    (tmp_path / "in" / "news" / "1.txt").write_text("\n\n".join(PROSE), encoding="utf-8")
    (tmp_path / "in" / "news" / "2.html").write_bytes(b"%PDF")
    import_paths(db_path, [tmp_path / "in"])
    written = b"".join(path.read_bytes() for path in db_path.parent.iterdir())
    assert str(tmp_path).encode() not in written


def test_extract_gives_one_row_a_page_with_the_error_of_a_bad_one(tmp_path: Path) -> None:
    page = f"<html><body><article><h1>Ferry money</h1><p>{'</p><p>'.join(PROSE)}</p></article></body></html>"
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "b.html").write_bytes(b"")
    good, bad = extracted([tmp_path / "a.html.gz", tmp_path / "b.html"], url="https://example.org/a")
    assert (good["headline"], good["body"]) == ("Ferry money", "\n\n".join(PROSE))
    assert good["canonical_url"] == "https://example.org/a"
    assert (bad["body"], bad["error"]) == ("", "empty")


def test_what_sqlite_cannot_hold_is_taken_out_of_a_text(tmp_path: Path, db_path: Path, rows: Rows) -> None:
    row = '{"id": "\\ud800", "headline": "Ferry\\u0000 money\\udfff", "source": "Isle\\ud83d",'
    row += ' "text": "One boat\\ud800 sank."}'
    (tmp_path / "a.jsonl").write_text(row)
    assert import_paths(db_path, [tmp_path / "a.jsonl"]).new == 1
    assert rows("select headline, body from article_versions") == [
        {"headline": "Ferry money", "body": "One boat sank."}
    ]
