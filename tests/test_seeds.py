"""The story that must always be right: both seeds, imported as a user would, against their gold reading."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline import cli

SEEDS = ("000_64400df6bc725495", "002_a1dd5076b5901bfe")


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("seeds") / "quotewire.db"
    texts = [str(shared / "seeds" / f"{name}.txt") for name in SEEDS]
    for command in (["import", *texts], ["read"], ["publish"]):
        result = CliRunner().invoke(cli, ["--db", str(path), *command], catch_exceptions=False)
        assert result.exit_code == 0, result.output
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, dict[str, Any]]:
    documents = json.loads((shared / "seeds" / "gold.json").read_text(encoding="utf-8"))["documents"]
    for document in documents:
        document["text"] = (shared / "seeds" / f"{document['id']}.txt").read_text(encoding="utf-8")
    return {document["id"]: document for document in documents}


def version(db: sqlite3.Connection, seed: str) -> sqlite3.Row:
    sql = (
        "select a.*, v.body, v.id as version_id from articles a join article_versions v on v.id = a.current_version_id "
        "where a.canonical_url like ?"
    )
    return db.execute(sql, [f"%{seed}%"]).fetchone()


def plain(text: str) -> str:
    """The words alone: paragraph breaks and marks at the edges aside."""
    return " ".join(text.replace("“", "").replace("”", "").split()).strip(" .,")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_quote_is_found_with_its_kind_and_speaker(imported, gold, seed: str) -> None:
    wanted = {
        plain(" ".join(gold[seed]["text"][a:b] for a, b in quote["content"])): (quote["kind"], quote["speaker"].lower())
        for quote in gold[seed]["quotes"]
        if not quote["optional"]
    }
    rows = imported.execute(
        "select content, kind, speaker from quotes where version_id = ?", [version(imported, seed)["version_id"]]
    )
    found = {plain(row["content"]): (row["kind"], (row["speaker"] or "").lower()) for row in rows}
    assert {content: found.get(content) for content in wanted} == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_attributed_that_the_gold_does_not_know(imported, gold, seed: str) -> None:
    wanted = {plain(" ".join(gold[seed]["text"][a:b] for a, b in quote["content"])) for quote in gold[seed]["quotes"]}
    rows = imported.execute("select content from quotes where version_id = ?", [version(imported, seed)["version_id"]])
    assert {plain(row["content"]) for row in rows} <= wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_people_have_their_roles(imported, gold, seed: str) -> None:
    rows = imported.execute(
        "select p.name, m.role_as_stated from memberships m join people p on p.id = m.person_id where m.version_id = ?",
        [version(imported, seed)["version_id"]],
    )
    found = {(row["name"], row["role_as_stated"].lower()) for row in rows}
    assert found == {(person["name"], role.lower()) for person in gold[seed]["people"] for role in person["roles"]}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("kind", "table", "field"),
    [("service", "services", "services"), ("policy", "policies", "policies"), ("event", "events", "events")],
)
def test_services_policies_and_the_event_are_named(
    imported, gold, seed: str, kind: str, table: str, field: str
) -> None:
    rows = imported.execute(
        f"select distinct e.name from mentions m join {table} e on e.id = m.entity_id "
        "where m.entity_kind = ? and m.version_id = ?",
        [kind, version(imported, seed)["version_id"]],
    )
    found = {row["name"].lower() for row in rows}
    wanted = {name.lower() for name in gold[seed][field]}
    assert wanted <= found


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_are_read_with_what_they_measure(imported, gold, seed: str) -> None:
    rows = imported.execute("select exact from figures where version_id = ?", [version(imported, seed)["version_id"]])
    assert [row["exact"] for row in rows] == gold[seed]["figures"]


@pytest.mark.parametrize("seed", SEEDS)
def test_organisations_are_named(imported, gold, seed: str) -> None:
    rows = imported.execute(
        "select distinct o.name from mentions m join organisations o on o.id = m.entity_id "
        "where m.entity_kind = 'organisation' and m.version_id = ?",
        [version(imported, seed)["version_id"]],
    )
    credit = {gold[seed]["agency"]}  # stands in the credit line, which is metadata and not body
    assert set(gold[seed]["organisations"]) - credit <= {row["name"] for row in rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_minister_is_for_and_his_shadow_against(imported, seed: str) -> None:
    rows = imported.execute(
        "select holder, stance, target from positions where version_id = ?", [version(imported, seed)["version_id"]]
    )
    found = {(row["holder"], row["stance"]) for row in rows}
    assert {("Andrew Lansley", "support"), ("John Healey", "oppose")} <= found
    assert not {("Andrew Lansley", "oppose"), ("John Healey", "support")} & found


def test_the_boilerplate_is_not_in_the_body_and_the_credit_is_on_the_row(imported, gold) -> None:
    row = version(imported, SEEDS[0])
    for line in [*gold[SEEDS[0]]["boilerplate"], "Copyright ©", "31 March 2011"]:
        assert line not in row["body"]
    assert (row["headline"], row["published_at"][:10], row["agency"]) == (
        gold[SEEDS[0]]["headline"],
        gold[SEEDS[0]]["published"],
        gold[SEEDS[0]]["agency"],
    )


def test_the_second_text_is_stored_whole(imported, gold) -> None:
    assert version(imported, SEEDS[1])["body"].split() == gold[SEEDS[1]]["text"].split()


def test_both_are_one_story_and_share_three_utterances(imported) -> None:
    assert len({row[0] for row in imported.execute("select story_id from story_members")}) == 1
    shared_by_both = imported.execute(
        "select count(*) from (select utterance_id from quotes group by 1 having count(distinct version_id) = 2)"
    ).fetchone()[0]
    assert shared_by_both == 3


def test_the_second_is_an_edited_copy_of_the_story_that_the_agency_is_credited_for(imported) -> None:
    found = dict(
        imported.execute(
            "select a.canonical_url, m.relation from story_members m join articles a on a.id = m.article_id"
        ).fetchall()
    )
    assert [found[url] for url in sorted(found)] == ["origin", "edited"]
    assert imported.execute("select agency from stories").fetchone()[0] == "Press Association"


def test_exactly_the_two_changes_between_the_copies_are_found(imported, shared) -> None:
    rows = imported.execute("select kind, before_text, after_text from changes order by after_start").fetchall()
    story = json.loads((shared / "seeds" / "gold.json").read_text(encoding="utf-8"))["story"]
    changed, added = story["changed_between_copies"]
    assert [row["kind"] for row in rows] == ["tense changed", "quote added"]
    assert f"{rows[0]['before_text']} -> {rows[0]['after_text']}" == changed
    assert added.removeprefix("adds: ") in rows[1]["after_text"]
    assert rows[1]["before_text"] == ""
