"""What a body or a policy is called in one article and in the next: one row, as long as it is one."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from crawler.tables import migrations as crawler_tables
from nlp.identity.policies import title_of
from nlp.records import Entity, Quote, Reading
from nlp.rows import ReadingWriter, Version
from nlp.tables import migrations as nlp_tables


def tell(db: Database, article_id: int, text: str, reading: Reading, day: str | None) -> None:
    with db.atomic():
        version = Version(id=article_id, article_id=article_id, text=text, published_on=day)
        ReadingWriter(db).write(version, reading, pipeline="1", model="m", read_at="2020-01-01")


@pytest.fixture
def named(db, add_article):
    """Writes one article that names one thing; gives its row's number."""
    count = iter(range(1, 99))

    def name(kind: str, entity: Entity, day: str | None = "2011-03-31") -> int:
        text = f"{entity.name} was named."
        article = add_article(text, url=f"http://a.example/{next(count)}", published=day)
        spanned = Entity(entity.name, entity.kind, ((0, len(entity.name)),), acronym=entity.acronym)
        tell(db, article, text, Reading(3, **{kind: (spanned,)}), day)
        return db.execute("select entity_id from mentions where version_id = ?", [article]).fetchone()[0]

    return name


def body(name: str, acronym: str | None = None, kind: str = "union") -> Entity:
    return Entity(name, kind, (), acronym=acronym)


def policy(name: str) -> Entity:
    return Entity(name, "policy", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the 'right to moor' scheme", "Right to Moor"),
        ("ferry-pass scheme", "Ferry Pass"),
        ("mooring levies", "the mooring levy"),
        ("mooring taxes", "the mooring tax"),
        ("The Government’s mooring levy", "mooring levy"),
    ],
)
def test_spellings_of_one_policy_have_one_key(one: str, other: str) -> None:
    assert title_of(one) == title_of(other)


@pytest.mark.parametrize(("one", "other"), [("mooring levy", "mooring grant"), ("Ferries Bill", "ferries")])
def test_policies_that_differ_in_a_telling_word_stay_apart(one: str, other: str) -> None:
    assert title_of(one) != title_of(other)


def test_a_bill_is_the_act_that_it_became_and_no_older_one(db, named) -> None:
    old = named("policies", policy("Harbours Act 1987"), "2004-05-01")
    bill = named("policies", policy("Harbours Bill"), "2004-05-01")
    act = named("policies", policy("Harbours Act 2005"), "2006-05-01")
    plain = named("policies", policy("the Harbours Act"), "2006-07-01")
    later = named("policies", policy("Harbours Bill"), "2015-05-01")
    assert bill == act == plain
    assert len({old, bill, later}) == 3


def test_an_acronym_joins_its_name_whichever_article_comes_first(db, named) -> None:
    alone = named("organisations", body("PTU"))
    full = named("organisations", body("Prison Tutors' Union", "PTU"))
    again = named("organisations", body("PTU"))
    assert alone == full == again
    assert db["organisations"].get(full)["name"] == "Prison Tutors' Union"
    assert ("PTU",) in db.execute("select alias from aliases where entity_id = ?", [full]).fetchall()


def test_what_was_read_under_a_bare_acronym_goes_over_to_its_full_name_with_every_row(db, named) -> None:
    full, bare = named("organisations", body("Prison Tutors' Union")), named("organisations", body("PTU"))
    row = {"version_id": 2, "reading_id": 2, "organisation_id": bare, "holder": "PTU", "target": "a levy"}
    for table in ("positions", "suggestions"):
        db[table].insert({**row, "stance": "oppose"})
    assert full != bare
    assert named("organisations", body("Prison Tutors' Union", "PTU")) == full
    for table in ("positions", "suggestions"):
        assert [one["organisation_id"] for one in db[table].rows] == [full]
    assert db.execute("select count(*) from organisations where id = ?", [bare]).fetchone() == (0,)


def test_an_acronym_of_two_bodies_is_neither(named) -> None:
    first = named("organisations", body("Prison Tutors' Union", "PTU"))
    second = named("organisations", body("Port Towage Undertaking", "PTU"))
    assert len({first, second, named("organisations", body("PTU"))}) == 3


def test_a_party_is_one_body_under_all_its_forms(db, named) -> None:
    labour = named("organisations", body("Labour", kind="party"))
    assert labour == named("organisations", body("Labour Party", kind="party"))
    assert db["organisations"].get(labour)["name"] == "Labour"


def test_the_government_and_ministers_are_actors(db, add_article) -> None:
    text = "The government said no. Ministers said yes."
    told = (("no", "The government", "government"), ("yes", "Ministers", "ministers"))
    quotes = tuple(
        Quote((text_span(text, said),), (), (text_span(text, who),), "indirect", speaker, "group")
        for said, who, speaker in told
    )
    tell(db, add_article(text, url="http://a.example/1"), text, Reading(7, quotes=quotes), None)
    sql = "select o.name from quotes q join organisations o on o.id = q.organisation_id order by q.id"
    assert [row[0] for row in db.execute(sql)] == ["Government", "Ministers"]


def test_a_database_of_before_gets_new_keys_and_who_was_read_as_whom() -> None:
    old = Database(memory=True)
    crawler_tables.apply(old)
    nlp_tables.apply(old, stop_before="m009_offices")
    old["people"].insert_all([{"name": "Ada Quill", "key": "ada quill"}, {"name": "Lord Ash", "key": "lord ash"}])
    old["policies"].insert_all(
        [{"name": "moor passes", "key": "moor passes"}, {"name": "moor pass", "key": "moor pass"}]
    )
    version = {"article_id": 1, "version_no": 1, "headline": "", "body": "Ada Quill", "body_sha256": ""}
    old["article_versions"].insert(version)
    old["readings"].insert({"version_id": 1, "pipeline_version": "1", "model": "m", "status": "read"})
    mention = {"version_id": 1, "reading_id": 1, "start": 0, "end": 9, "exact": "Ada Quill"}
    old["mentions"].insert({**mention, "entity_kind": "person", "entity_id": 1})
    nlp_tables.apply(old)
    assert [row["surname"] for row in old["people"].rows] == ["quill", "ash"]
    assert [row["key"] for row in old["policies"].rows] == ["moor pass", "moor pass #2"]
    assert [(row["read_as"], row["confidence"]) for row in old["mentions"].rows] == [(1, 1.0)]


def text_span(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_the_plans_and_the_move_are_linked_to_the_policy_named_before_less_surely(read, db, add_article) -> None:
    text = "Councils attacked the mooring levy. The levy is unfair, they said. The move will hurt harbours."
    reading = read(text)
    tell(db, add_article(text, url="http://a.example/1"), text, reading, None)
    sure = dict(
        db.execute("select exact, confidence from mentions where entity_kind = 'policy' order by start").fetchall()
    )
    assert sure["mooring levy"] == 1.0 > sure["levy"] > sure["move"]
