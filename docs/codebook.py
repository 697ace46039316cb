"""Writes docs/tables.md, the codebook, from datasette/metadata.yaml: run it after a table, view or column has changed.

python docs/codebook.py
"""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
METADATA = ROOT / "datasette" / "metadata.yaml"
VIEWS = ROOT / "datasette" / "views.sql"
CODEBOOK = Path(__file__).with_name("tables.md")
HEAD = """# The codebook: every table and column

<!-- Written by docs/codebook.py from datasette/metadata.yaml, which is what the site shows. Change it there. -->

Quotewire keeps everything in one SQLite file. `crawler` writes the sources, crawls, captures, articles and versions;
`nlp` writes what is read in them; `publish` makes a copy and adds what is made for reading.

- **Offsets** count characters (Unicode code points) of `article_versions.body` from 0; the end is exclusive.
- **Times** are UTC in ISO 8601 unless they carry an offset of their own; a day is `2011-03-31`.
- **Shares and confidences** run from 0 to 1.
- **Numbers of derived rows** (quotes, mentions, positions) change when a text is read anew; what stays is the version
  and the span. Cite an article, its version and the words.
- In what is made for reading, only the **current version** of an article counts, also when its publisher no longer has
  it (`pubstatus` is `gone` then); what was withdrawn does not.
"""
PARTS = (
    (
        "Made for reading",
        "Views, and tables counted in advance, of the published copy.",
        "quotes_in_context quotes_by_person positions_by_policy actor_policy story_copies people_by_role people_quoted "
        "services_talked_about policies_debated current_articles changed_articles source_health coverage_by_source "
        "quote_topics named_in attention_by_month positions_by_month quotes_by_month coverage_by_month "
        "copies_by_source people_by_outlet people_quoted_together policies_and_services actors_compared site_counts "
        "reviewed settled withdrawals publication",
    ),
    ("What was fetched", "", "sources crawls captures articles article_versions article_facts"),
    (
        "Who and what",
        "",
        "people merges organisations posts memberships office_lists aliases services policies events mentions figures",
    ),
    (
        "What was said, and for or against what",
        "",
        "readings quotes quote_spans utterances occurrences positions suggestions",
    ),
    ("Which articles are one story", "", "stories story_members story_moves"),
    ("What changed", "", "changes alignments"),
    (
        "Kept in the working database only",
        "",
        "archives frontier hosts alarms story_queue story_postings story_common story_signatures utterance_queue "
        "link_rules takedowns _sqlite_migrations",
    ),
)


def codebook() -> str:
    """The text of docs/tables.md."""
    tables = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["quotewire"]["tables"]
    views = VIEWS.read_text(encoding="utf-8")
    lines = [HEAD]
    for title, about, names in PARTS:
        lines += [f"## {title}\n", *([f"{about}\n"] if about else [])]
        for name in names.split():
            kind = " (view)" if f"create view {name} " in views else ""
            lines += [f"### {name}{kind}\n", f"{tables[name]['description']}\n"]
            columns = tables[name].get("columns") or {}
            if columns:
                lines += ["| column | meaning |", "| --- | --- |"]
                lines += [f"| `{column}` | {meaning} |" for column, meaning in columns.items()]
                lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    CODEBOOK.write_text(codebook(), encoding="utf-8")
