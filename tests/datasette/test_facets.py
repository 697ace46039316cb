"""What a facet costs, and that none is lost."""

from __future__ import annotations

import re

import pytest
from datasette.app import Datasette
from datasette.database import Database


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The columns that are counted for facets while the test runs."""
    columns: list[str] = []
    execute = Database.execute

    async def noting(self: Database, sql: str, *args: object, **options: object) -> object:
        if facet := re.match(r"\s*select (\w+) as value, count\(\*\)", sql):
            columns.append(facet[1])
        return await execute(self, sql, *args, **options)

    monkeypatch.setattr(Database, "execute", noting)
    return columns


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["kind", "outlet", "speaker"]),
        ("?_facet=kind&_facet=speaker", ["kind", "outlet", "speaker"]),
        ("?_facet=role_as_stated", ["kind", "outlet", "role_as_stated", "speaker"]),
    ],
)
@pytest.mark.asyncio
async def test_a_facet_that_is_there_anyway_and_asked_for_too_is_counted_once(
    ds: Datasette, counted: list[str], asked: str, expected: list[str]
) -> None:
    response = await ds.client.get(f"/quotewire/quotes_in_context.json{asked}")
    assert sorted(counted) == expected
    assert sorted(response.json()["facet_results"]) == expected
