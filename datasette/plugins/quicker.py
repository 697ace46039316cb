"""What every page pays for in Datasette 0.65, made cheaper where it changes nothing: permissions, rows of a table."""

from __future__ import annotations

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils import to_css_class
from markupsafe import Markup, escape


def table_rows(rows) -> Markup:
    """The body of a table page. As a template it took most of the page's time: a thousand cells, four look-ups each."""
    opened: dict[tuple[str, str], str] = {}
    html = []
    for row in rows:
        html.append("<tr>")
        for cell in row:
            column, kind = cell["column"], cell["value_type"]
            if (column, kind) not in opened:
                css = f"col-{to_css_class(column)} type-{kind}"
                opened[column, kind] = f'<td class="{escape(css)}" data-label="{escape(column)}">'
            html += (opened[column, kind], escape(cell["value"]), "</td>")
        html.append("</tr>\n")
    return Markup("".join(html))


def names_a_right(metadata: object) -> bool:
    """Does the metadata say anywhere who may see what?"""
    if isinstance(metadata, dict):
        return "allow" in metadata or any(map(names_a_right, metadata.values()))
    return False


@hookimpl
def startup(datasette):
    """Datasette copies the whole metadata for each table that it asks the rights of; ours says nothing of rights."""
    if not pm.hook.get_metadata.get_hookimpls() and not names_a_right(datasette.metadata()):
        datasette._table_permission_allows = lambda database, table: []


@hookimpl
def prepare_jinja2_environment(env):
    env.globals["table_rows"] = table_rows
