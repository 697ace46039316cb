"""What the README shows, works: its SQL runs, its pictures and pages are there, its make targets exist."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from commands import jobs
from nlp.publish import publish

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = [
    sql for block in re.findall(r"```sql\n(.*?)```", README, re.DOTALL) for sql in block.split(";") if sql.strip()
]


@pytest.mark.parametrize("sql", QUERIES)
def test_the_sql_of_the_readme_runs_on_the_published_copy(db, tmp_path: Path, sql: str) -> None:
    copy = publish(tmp_path / "quotewire.db", views=jobs.VIEWS)
    with closing(sqlite3.connect(copy)) as published:
        assert published.execute(sql).fetchall() == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_link_and_picture_of_the_readme_is_there(target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"a"}))
def test_every_make_target_of_the_readme_exists(name: str) -> None:
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
