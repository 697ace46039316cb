"""What is counted for reading counts once a story: five papers that ran one wire story are one voice, not five."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from commands import jobs
from nlp.publish import publish
from nlp.run import read_all

STORY = """Every ferry on the sound will carry cyclists free of charge from June under the open decks scheme.

Transport minister Ina Falk said: “We back the open decks scheme because the roads along the sound are full.”

Ms Falk told the harbour board that school transport would stay on the early boats.

Rolf Haan, leader of the Crews Union, said: “We oppose the open decks scheme, which puts school transport at risk.”"""
OUTLETS = ("Wire", "Bugle", "Courier", "Lantern", "Sentinel")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path = tmp_path_factory.mktemp("counting") / "quotewire.db"
    db = jobs.open_db(path)
    for number, outlet in enumerate(OUTLETS, start=1):
        source = outlet.lower()
        body = STORY if number < 3 else "\n\n".join([f"This is how it stood in the {outlet}.", *STORY.split("\n\n")])
        db["sources"].insert({"id": source, "name": outlet, "kind": "wire" if number == 1 else "newspaper"})
        db["articles"].insert(
            {"id": number, "canonical_url": f"https://{source}.example/", "source_id": source,
             "published_at": f"2013-05-0{number}", "headline": "Free ferries", "language": "en"}
        )  # fmt: skip
        db["article_versions"].insert(
            {"id": number, "article_id": number, "version_no": 1, "headline": "Free ferries", "body": body,
             "body_sha256": str(number)}
        )  # fmt: skip
        db["articles"].update(number, {"current_version_id": number})
    read_all(db)
    db.close()
    return Database(publish(path, views=jobs.VIEWS))


def test_a_story_in_five_outlets_is_one_story(counted: Database) -> None:
    assert counted.execute("select how_many from site_counts where what = 'stories'").fetchone() == (1,)


def test_each_quote_of_it_counts_once_with_its_five_outlets_beside(counted: Database) -> None:
    found = counted.execute(
        "select person, articles, outlets, date from quotes_by_person where kind = 'direct' order by person"
    ).fetchall()
    assert found == [("Ina Falk", 5, 5, "2013-05-01"), ("Rolf Haan", 5, 5, "2013-05-01")]
    quotes, outlets = counted.execute("select quotes, outlets from people_quoted where person = 'Rolf Haan'").fetchone()
    assert (quotes, outlets) == (1, 5)


def test_each_position_in_it_counts_once_with_its_five_outlets_beside(counted: Database) -> None:
    found = counted.execute(
        "select actor, stance, outlets from positions_by_policy where actor in ('Ina Falk', 'Rolf Haan')"
    ).fetchall()
    assert found
    assert {outlets for *_, outlets in found} == {5}
    assert len(found) == len({(actor, stance) for actor, stance, _ in found})


def test_a_service_is_talked_about_in_one_story(counted: Database) -> None:
    found = counted.execute("select service, stories, outlets, quotes from services_talked_about").fetchall()
    assert found
    assert {(stories, outlets) for _, stories, outlets, _ in found} == {(1, 5)}
    assert {quotes for *_, quotes in found} <= {1, 2}
