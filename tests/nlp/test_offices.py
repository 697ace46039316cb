"""The register of office holders: lists in, one human or nobody out, and what the reading makes of it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.jobs import VIEWS
from nlp.identity.decisions import merge, undo
from nlp.offices.lists import SHIPPED, ListError, read_list
from nlp.offices.register import Register
from nlp.offices.store import digest_of, load, load_own, register_of
from nlp.publish import publish
from nlp.run import annotate, read_all
from pipeline import cli

HEADING = "name\tpost\torganisation\tfrom\tto\tsource\n"
PORTS = HEADING + (
    "Ada Quill\tSecretary of State for Ports\t\t2001-06-08\t2004-03-01\thttps://a.example/ports\n"
    "Edward Tarn\tSecretary of State for Ports and Ferries\tMinistry of Ports\t2004-03-01\t\thttps://a.example/ports\n"
    "Ida Wren\tShadow Secretary of State for Ports\tLabour Party\t2003-01-01\t9999-12-31\told.xml\n"
    "Bo Larch\tShadow Secretary of State for Ports\tGreen Party\t2003-05-01\t2004-12-31\told.xml\n"
    "\tMinister for Ports\t\t2001-06-08\t2004-03-01\t\n"
    "Cy Moor\tMinister for Ports\t\tsoon\t\t\n"
    "Di Fenn\tMinister for Ports\t\t2003-01-01\t2002-01-01\t\n"
    "Al Reed\tMinister for Ports\t\t2003-01-01\t2005-01-01\t\n"
)


@pytest.fixture
def ports(tmp_path: Path) -> Path:
    path = tmp_path / "ports.tsv"
    path.write_text(PORTS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("phrase", "day", "holder"),
    [
        ("health secretary", "2011-03-31", "Andrew Lansley"),
        ("Secretary of State for Health", "2011-03-31", "Andrew Lansley"),
        ("shadow health secretary", "2011-03-31", "John Healey"),
        ("Labour's shadow health secretary", "2011-03-31", "John Healey"),
        ("Tory shadow health secretary", "2011-03-31", None),
        ("health minister", "2011-03-31", None),
        ("former health secretary", "2011-03-31", None),
        ("Scottish health secretary", "2011-03-31", None),
        ("prime minister of Ruritania", "2011-03-31", None),
        ("prime minister", "2007-06-26", "Tony Blair"),
        ("prime minister", "2007-06-27", None),
        ("prime minister", "2007-06-28", "Gordon Brown"),
        ("prime minister", "2099-01-01", None),
        ("prime minister", "spring 2007", None),
        ("prime minister", None, None),
    ],
)
def test_the_list_that_ships_names_one_holder_or_nobody(phrase: str, day: str | None, holder: str | None) -> None:
    term = Register(read_list(SHIPPED).terms).holder(phrase, day)
    assert (term.name if term else None) == holder


def test_every_row_that_ships_has_its_source() -> None:
    found = read_list(SHIPPED)
    assert not found.skipped
    assert all(term.source.startswith("https://") for term in found.terms)


@pytest.mark.parametrize(
    ("phrase", "day", "holder"),
    [
        ("ports secretary", "2003-07-01", "Ada Quill"),
        ("ports secretary", "2004-03-01", None),  # handed over that day
        ("ports secretary", "2005-07-01", "Edward Tarn"),  # a portfolio that begins with ports
        ("ports secretary", "2006-01-02", None),  # after the day the list was made
        ("Labour shadow ports secretary", "2003-04-01", "Ida Wren"),
        ("shadow ports secretary", "2004-02-01", None),  # of two parties
        ("Labour shadow ports secretary", "2005-06-01", None),  # 9999 is not "still": its source knows no later day
        ("ports minister", "2003-07-01", None),  # the secretary of state is one too
    ],
)
def test_a_list_is_believed_only_as_far_as_it_goes(ports: Path, phrase: str, day: str, holder: str | None) -> None:
    term = Register(read_list(ports, as_of="2006-01-01").terms).holder(phrase, day)
    assert (term.name if term else None) == holder


def test_each_row_that_is_skipped_says_where_and_why(ports: Path) -> None:
    assert read_list(ports).skipped == (
        ("line 6", "no name"),
        ("line 7", "'soon' is no day (2011-03-31)"),
        ("line 8", "ends (2002-01-01) before it begins (2003-01-01)"),
    )


def test_popolo_joins_persons_posts_and_organizations(tmp_path: Path) -> None:
    path = tmp_path / "popolo.json"
    found = {
        "persons": [{"id": "p1", "name": "Ada Quill"}],
        "organizations": [{"id": "o1", "name": "Ministry of Ports"}],
        "posts": [{"id": "s1", "label": "Secretary of State", "organization_id": "o1"}],
        "memberships": [
            {"person_id": "p1", "post_id": "s1", "start_date": "2001", "end_date": "2004-03"},
            {"person_id": "p2", "post_id": "s1", "start_date": "2004-03"},
        ],
    }
    path.write_text(json.dumps(found), encoding="utf-8")
    taken = read_list(path)
    assert taken.skipped == (("membership 2", "no name"),)
    register = Register(taken.terms)
    held = {day: bool(register.holder("ports secretary", day)) for day in ("2001-05-01", "2002-01-01", "2004-03-15")}
    assert held == {
        "2001-05-01": False,
        "2002-01-01": True,
        "2004-03-15": False,
    }  # vague days count where they are sure


@pytest.mark.parametrize("text", ["", "Ada Quill\t2001\n", "{broken", '{"persons": []}'])
def test_a_file_that_is_no_list_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ListError):
        read_list(path)


def test_loading_again_doubles_nothing_and_drops_what_the_list_no_longer_has(db, ports: Path) -> None:
    first = load(db, read_list(ports), name="ports", digest=digest_of(ports))
    again = load(db, read_list(ports, as_of="2030-01-01"), name="ports", digest=digest_of(ports))
    assert (first.new, again.new, again.unchanged, db["memberships"].count) == (5, 0, 5, 5)
    ports.write_text(HEADING + PORTS.splitlines()[1] + "\n", encoding="utf-8")
    shorter = load(db, read_list(ports), name="ports", digest=digest_of(ports))
    assert (shorter.gone, [term.name for term in register_of(db).terms]) == (4, ["Ada Quill"])


def test_a_formal_name_meets_the_person_the_article_names(ports: Path, db, add_article) -> None:
    load(db, read_list(ports, as_of="2006-01-01"), name="ports", digest=digest_of(ports))
    text = "Ed Tarn was in Dover. Ferries were late again.\n\nThe ports secretary said that they would be on time."
    add_article(text, url="http://a.example/1", published="2005-07-01")
    read_all(db)
    quote = next(db["quotes"].rows)
    assert (quote["speaker"], db["people"].get(quote["person_id"])["name"]) == ("Ed Tarn", "Ed Tarn")


def test_a_peer_of_a_list_and_the_name_in_use_become_one_row_that_loading_again_leaves_alone(
    db, add_article, tmp_path: Path
) -> None:
    path = tmp_path / "peers.tsv"
    path.write_text(HEADING + "Lord Tarn of Ash\tSecretary of State for Ports\t\t2001-06-08\t2009-01-01\t\n", "utf-8")
    load(db, read_list(path), name="peers", digest=digest_of(path))
    named = "Edward Tarn was in Dover. Ferries were late.\n\n"
    for number, text in enumerate(
        (named, f"{named}The ports secretary said that he cared.", "The ports secretary agreed.")
    ):
        add_article(text, url=f"http://a.example/{number}", published="2005-07-01")
    read_all(db)
    sql = "select distinct p.name from mentions m join people p on p.id = m.entity_id where m.entity_kind = 'person'"
    assert db.execute(sql).fetchall() == [("Edward Tarn",)]
    again = load(db, read_list(path), name="peers", digest=digest_of(path))
    assert (again.new, again.gone, again.unchanged) == (0, 0, 1)


def test_a_list_that_is_loaded_later_heeds_a_merge(ports: Path, db) -> None:
    load(db, read_list(ports), name="ports", digest="1")
    quill, tarn = (row[0] for row in db.execute("select id from people where name in ('Ada Quill', 'Edward Tarn')"))
    merge(db, quill, tarn)
    ports.write_text(HEADING + "Ada Quill\tMinister for Ports\t\t1999-06-08\t2001-03-01\thttps://a.example/\n")
    load(db, read_list(ports), name="older", digest="2")
    whose = "select person_id from memberships where listed_as = 'Ada Quill'"
    assert db.execute(whose).fetchall() == [(tarn,), (tarn,)]
    undo(db, 1)
    assert db.execute(whose).fetchall() == [(quill,), (quill,)]


def test_what_was_read_before_a_list_was_loaded_is_read_again_when_asked(db, ports: Path, add_article) -> None:
    add_article("The ports secretary said that ferries would run.", url="http://a.example/1", published="2003-07-01")
    read_all(db)
    load(db, read_list(ports), name="ports", digest=digest_of(ports))
    assert read_all(db).outdated == {"register": 1}
    read_all(db, stale=True)
    assert [row["speaker"] for row in db["quotes"].rows] == ["Ada Quill"]


def test_the_published_copy_holds_of_the_lists_only_whom_an_article_names(db, add_article, tmp_path: Path) -> None:
    add_article("The health secretary said that nurses would gain.", url="http://a.example/1", published="2011-03-31")
    read_all(db)
    copy = sqlite3.connect(publish(Path(db.execute("pragma database_list").fetchone()[2]), views=VIEWS))
    assert copy.execute("select name from people").fetchall() == [("Andrew Lansley",)]
    assert {row[0] for row in copy.execute("select person_id from memberships where list_id is not null")} == {
        copy.execute("select person_id from quotes").fetchone()[0]
    }
    copy.close()


def test_a_speaker_made_from_the_register_names_the_membership_as_evidence(db, add_article) -> None:
    add_article("The health secretary said that nurses would gain.", url="http://a.example/1", published="2011-03-31")
    add_article("The health secretary said that nurses would gain.", url="http://a.example/2", published=None)
    read_all(db)
    load_own(db)
    dated, undated = db["quotes"].rows
    membership = db["memberships"].get(dated["membership_id"])
    assert (dated["speaker"], membership["person_id"]) == ("Andrew Lansley", dated["person_id"])
    assert membership["source"].startswith("https://")
    assert (undated["person_id"], undated["membership_id"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ida Wren, the health secretary, came. The health secretary said that she was ill.", "Ida Wren"),
        ("Mr Lansley came late. Nurses waited.\n\nThe health secretary said that they would gain.", "Lansley"),
        ("Ruritania's prime minister fell. The prime minister said that he was ill.", "prime minister"),
    ],
)
def test_the_article_wins_over_the_register(text: str, speaker: str) -> None:
    (read,) = annotate([json.dumps({"id": "a", "text": text, "published": "2011-03-31"})])
    assert [quote["speaker"] for quote in read["quotes"]] == [speaker]


def test_the_commands_load_list_and_answer(tmp_path: Path, ports: Path) -> None:
    def run(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["--db", str(tmp_path / "q.db"), "offices", *args])
        return result.exit_code, result.output

    assert "5 rows taken, 3 skipped" in run("load", str(ports), "--dry-run")[1]
    assert run("who", "ports secretary", "2003-07-01")[0] == 1
    assert "5 new" in run("load", str(ports))[1]
    code, told = run("who", "ports secretary", "2003-07-01")
    assert (code, told.startswith("Ada Quill: Secretary of State for Ports, 2001-06-08 to 2004-03-01")) == (0, True)
    assert "More than one held it" in run("who", "shadow ports secretary", "2004-02-01")[1]
    assert "Edward Tarn" in run("list", "ferries")[1]
    assert run("who", "ports secretary", "July 2003")[0] == 2
    assert "5 rows" in run("forget", "ports.tsv")[1]
    assert run("who", "ports secretary", "2003-07-01")[0] == 1
