"""Rows that sort alike keep one order from page to page, so that none is lost between two pages of a table or a CSV."""

from __future__ import annotations

import re
from functools import wraps

from datasette import hookimpl
from datasette.database import Database

# What the table page of Datasette 0.65 asks for its first page. It breaks ties by primary key from the second page on
# alone: when the first came out of an index in another order, the rows between the two orders are on neither.
FIRST_PAGE = re.compile(
    r"(select .+ from \[?(\w+)\]? (?:where .+ )?order by \[?\w+\]?(?: desc)?)( limit \d+)", re.DOTALL
)


def tied(execute):
    """``Database.execute`` with the primary key added to the order of a table's first page."""

    @wraps(execute)
    async def in_one_order(self, sql, params=None, **options):
        page = FIRST_PAGE.fullmatch(sql)
        if page and await self.table_exists(page[2]):
            keys = await self.primary_keys(page[2]) or ["rowid"]
            sql = f"{page[1]}, {', '.join(f'[{key}]' for key in keys)}{page[3]}"
        return await execute(self, sql, params, **options)

    in_one_order.tied = True
    return in_one_order


@hookimpl
def startup(datasette):
    if not hasattr(Database.execute, "tied"):
        Database.execute = tied(Database.execute)
