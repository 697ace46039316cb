"""One row per human across articles, by name, role and day; and a user's merges and splits, which outlive a reading."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from nlp.identity.callings import Stated, contradict, same_post
from nlp.records import Person, Quote, Reading, Role
from nlp.rows import ReadingWriter, Version
from pipeline import cli


def tell(
    db: Database, article_id: int, text: str, *people: tuple[str, str], day: str | None = "2011-03-31"
) -> list[int]:
    """Writes a reading of ``text`` in which each (name, role) speaks; the people rows of the names."""
    found = []
    for name, role in people:
        at = (text.index(name), text.index(name) + len(name))
        found.append(Person(name, (at,), (Role(role, at),) if role else ()))
    quotes = tuple(Quote((one.mentions[0],), (), (), "indirect", one.name, "person") for one in found)
    version = Version(id=article_id, article_id=article_id, text=text, published_on=day)
    with db.atomic():
        writer = ReadingWriter(db)
        writer.write(version, Reading(9, tuple(found), quotes=quotes), pipeline="1", model="m", read_at="2020-01-01")
    return [row[0] for row in db.execute("select person_id from quotes where version_id = ? order by id", [article_id])]


@pytest.fixture
def article(db, add_article):
    """An article of its own for each call, with this text."""
    numbers = iter(range(1, 99))
    return lambda text, day="2011-03-31": add_article(text, url=f"http://a.example/{next(numbers)}", published=day)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (("Labour MP", "2004-05-01"), ("chief executive of Moor Ales", "2004-09-01"), True),
        (("Labour MP", "2004-05-01"), ("Conservative MP", "2004-09-01"), True),
        (("MP for Ash Vale", "2004-05-01"), ("MP for Port Haven", "2004-09-01"), True),
        (("health minister", "2004-05-01"), ("trade minister", "2004-09-01"), False),
        (("Labour MP", "2004-05-01"), ("former detective", "2004-09-01"), False),
        (("nurse", "1994-05-01"), ("Labour MP", "2004-09-01"), False),
        (("Labour MP", "1904-05-01"), ("Labour MP", "2004-09-01"), True),
    ],
)
def test_roles_that_one_human_does_not_hold_at_a_time_tell_two_apart(one, other, apart: bool) -> None:
    assert contradict(Stated(one[0], "", one[1]), Stated(other[0], "", other[1])) is apart


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("health secretary", "Secretary of State for Health", True),
        ("Labour leader", "leader of the Labour Party", True),
        ("health secretary", "shadow health secretary", False),
        ("Labour MP", "Labour MP", False),
        ("spokesman", "spokesman", False),
    ],
)
def test_a_post_that_few_share_is_known_under_its_wordings(one: str, other: str, same: bool) -> None:
    assert same_post(Stated(one), Stated(other)) is same


def test_two_of_one_name_with_callings_that_clash_are_two_people(db, article) -> None:
    (member,) = tell(db, article(t := "Paul Moss spoke."), t, ("Paul Moss", "Labour MP"))
    (brewer,) = tell(db, article(t := "Paul Moss spoke."), t, ("Paul Moss", "chief executive of Moor Ales"))
    (again,) = tell(db, article(t := "Paul Moss spoke."), t, ("Paul Moss", "Labour MP"))
    (unclear,) = tell(db, number := article(t := "Paul Moss spoke."), t, ("Paul Moss", ""))
    assert again == member != brewer
    assert unclear not in (member, brewer)
    assert tell(db, number, t, ("Paul Moss", "")) == [unclear]


def test_short_and_formal_names_in_one_post_are_one_person_and_a_surname_alone_is_not(db, article) -> None:
    (formal,) = tell(db, article(t := "Edward Tarn spoke."), t, ("Edward Tarn", "ports secretary"))
    (short,) = tell(db, article(t := "Ed Tarn spoke."), t, ("Ed Tarn", "ports secretary"))
    (bare,) = tell(db, article(t := "Mr Tarn spoke."), t, ("Tarn", ""))
    (other,) = tell(db, article(t := "Ida Tarn spoke."), t, ("Ida Tarn", "ports secretary"), day="2020-01-01")
    (later,) = tell(db, article(t := "Ed Tarn waved."), t, ("Ed Tarn", ""))
    assert formal == short == later
    assert len({formal, bare, other}) == 3
    aliases = db.execute("select alias from aliases where entity_id = ?", [formal]).fetchall()
    assert ("Ed Tarn",) in aliases


def run(db: Database, *args: str) -> tuple[int, str]:
    path = db.execute("pragma database_list").fetchone()[2]
    result = CliRunner().invoke(cli, ["--db", path, "people", *args])
    return result.exit_code, result.output


def speakers(db: Database) -> list[str]:
    return [
        row[0] for row in db.execute("select p.name from quotes q join people p on p.id = q.person_id order by q.id")
    ]


def test_a_merge_moves_every_row_outlives_a_reading_and_can_be_taken_back(db, article) -> None:
    first, second = article("Charlie Holt spoke."), article("Lord Holt of Ash spoke.")
    tell(db, first, "Charlie Holt spoke.", ("Charlie Holt", ""))
    tell(db, second, "Lord Holt of Ash spoke.", ("Lord Holt of Ash", ""))
    assert "Would merge" in run(db, "merge", "Charlie Holt", "Lord Holt of Ash", "--dry-run")[1]
    assert speakers(db) == ["Charlie Holt", "Lord Holt of Ash"]
    assert "2 rows changed" in run(db, "merge", "Charlie Holt", "Lord Holt of Ash", "--why", "ennobled")[1]
    assert "one person already" in run(db, "merge", "Charlie Holt", "Lord Holt of Ash")[1]
    tell(db, first, "Charlie Holt spoke.", ("Charlie Holt", ""))
    assert speakers(db) == ["Lord Holt of Ash"] * 2
    assert "ennobled" in run(db, "show", "Charlie Holt")[1]
    assert "2 rows changed" in run(db, "undo", "1")[1]
    assert sorted(speakers(db)) == ["Charlie Holt", "Lord Holt of Ash"]
    assert "taken back already" in run(db, "undo", "1")[1]
    assert db.execute("select count(*) from people where merged_into is not null").fetchone()[0] == 0


def test_a_split_holds_for_its_article_through_a_new_reading(db, article) -> None:
    first, second = article("Ann Reed spoke."), article("Ann Reed spoke.")
    for number in (first, second):
        tell(db, number, "Ann Reed spoke.", ("Ann Reed", ""))
    assert "rows changed" in run(db, "split", "Ann Reed", "http://a.example/2", "--as", "Ann Reed (potter)")[1]
    tell(db, second, "Ann Reed spoke.", ("Ann Reed", ""))
    tell(db, first, "Ann Reed spoke.", ("Ann Reed", ""))
    assert sorted(speakers(db)) == ["Ann Reed", "Ann Reed (potter)"]
    assert "2 Ann Reed (potter)" in run(db, "show", "2")[1]
    assert run(db, "split", "1", "http://a.example/9")[0] == 1
    run(db, "undo", "1")
    assert speakers(db) == ["Ann Reed"] * 2


@pytest.mark.parametrize(
    ("who", "next_step"), [("Nobody Here", "list Here` shows who comes near"), ("77", "list` shows everybody")]
)
def test_somebody_who_is_not_there_is_named_in_the_error_with_a_way_to_look(db, who: str, next_step: str) -> None:
    code, told = run(db, "show", who)
    assert (code, f"Nobody is called {who}: `quotewire people {next_step}." in told) == (1, True)


def test_everybody_is_listed_with_role_and_articles(db, article) -> None:
    tell(db, article(t := "Ada Quill and Bo Fenn spoke."), t, ("Ada Quill", "ports minister"), ("Bo Fenn", ""))
    assert run(db, "list")[1].split("\n")[:2] == [
        "     2  Bo Fenn, 1 article",
        "     1  Ada Quill (ports minister), 1 article",
    ]
    assert "Fenn" not in run(db, "list", "ports")[1]
