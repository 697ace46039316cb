"""Every table, view and column is described on the site and in docs/tables.md, and nothing that is not there is."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import yaml
from sqlite_utils import Database

from nlp.publish import PRIVATE

ROOT = Path(__file__).resolve().parents[2]
TABLES = yaml.safe_load((ROOT / "datasette" / "metadata.yaml").read_text(encoding="utf-8"))["databases"]["quotewire"][
    "tables"
]
CODEBOOK = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
UNTOLD = re.compile(r"_fts(_\w+)?$|^sqlite_")


@pytest.fixture(scope="module")
def columns(working, published):
    """Table or view → its columns, of the working database and the published copy."""
    found = {}
    for path in (working, published):
        db = Database(path)
        for name in [*db.table_names(), *db.view_names()]:
            if not UNTOLD.search(name):
                found[name] = [column.name for column in db[name].columns]
        db.close()
    return found


def test_every_table_and_view_is_described(columns):
    assert set(TABLES) == set(columns)


def test_every_column_is_described_in_its_order(columns):
    told = {name: list(one.get("columns") or {}) for name, one in TABLES.items() if name != "_sqlite_migrations"}
    assert told == {name: found for name, found in columns.items() if name != "_sqlite_migrations"}


def test_the_codebook_tells_every_table_and_column(columns):
    chapters = dict(re.findall(r"^### (\w+)[^\n]*\n(.*?)(?=^##|\Z)", CODEBOOK, re.DOTALL | re.MULTILINE))
    assert set(chapters) == set(columns)
    for name, told in columns.items():
        if name != "_sqlite_migrations":
            assert [c for c in told if f"| `{c}` |" not in chapters[name]] == [], name


def test_the_codebook_says_the_same_as_the_site():
    written = runpy.run_path(str(ROOT / "docs" / "codebook.py"))["codebook"]()
    assert written == CODEBOOK, "run `python docs/codebook.py`"


def test_descriptions_are_sentences_and_columns_have_words():
    for name, one in TABLES.items():
        assert one["description"].rstrip().endswith("."), name
        for column, told in (one.get("columns") or {}).items():
            assert len(told) > 3, f"{name}.{column}"


async def test_bookkeeping_and_search_indexes_are_hidden(ds):
    hidden = set(await ds.get_database("quotewire").hidden_table_names())
    assert {"_sqlite_migrations", "quotes_fts", "article_versions_fts", "quotes_fts_data"} <= hidden
    assert not hidden & (set(TABLES) - {"_sqlite_migrations", *PRIVATE})


def test_what_is_private_is_not_published(db):
    assert not set(PRIVATE) & set(db.table_names())
