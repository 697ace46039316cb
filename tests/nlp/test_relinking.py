"""When the rules of linking change, what they linked is linked anew, and keeps its numbers where its evidence does."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from signal import SIGKILL
from subprocess import DEVNULL, Popen

import pytest
from sqlite_utils import Database

from nlp import relinking, stories, utterances
from nlp.identity import decisions
from nlp.run import read_all
from nlp.utterances import renumbered

MORNING = """The quay at Sandle will be closed to coaches from Monday, the harbour board announced after a long meeting.

“We will open it again when the last stone is set,” Ida Marsh, who chairs the board, said. “Nobody likes a detour.”

The coach owners' guild asked for a stand by the chapel, and the board is to answer before the end of the week."""
COPY = MORNING.replace("will be closed", "is closed").replace("a long meeting", "three long meetings")
KEPT = ("quotes", "utterances", "occurrences", "stories", "story_members", "story_moves", "people", "merges")


@pytest.fixture
def copies(db: Database, add_article) -> Database:
    """Two copies of one story, read."""
    add_article(MORNING, url="http://wire.example/1", source="wire", kind="wire")
    add_article(COPY, url="http://gazette.example/1", source="gazette")
    read_all(db)
    return db


def rows(db: Database, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    return {table: db.execute(f"select * from {table} order by 1").fetchall() for table in tables}


def age(db: Database, *linked: str) -> None:
    """Makes what was linked look as if older rules had done it."""
    for what in linked:
        db.execute("update link_rules set rules = 'older' where what = ?", [what])


def link_anew(db: Database) -> None:
    """What ``read --stale`` does once the texts are read."""
    age(db, "utterances")
    relinking.note(db, stale=True)
    utterances.link(db)


def numbers(db: Database) -> list[int]:
    return [number for (number,) in db.execute("select utterance_id from quotes order by id")]


def test_what_older_rules_linked_is_left_alone_and_told_until_it_is_asked_for(copies) -> None:
    before = rows(copies, *KEPT, "alignments")
    age(copies, "stories", "utterances")
    copies.execute("update alignments set rules = 'older'")
    assert dict(read_all(copies).outdated) == {"stories": 2, "utterances": len(before["utterances"]), "changes": 1}
    assert rows(copies, *KEPT) == {table: before[table] for table in KEPT}
    assert read_all(copies, stale=True).outdated == {}


def test_linked_anew_to_the_same_end_every_row_and_number_stays(copies) -> None:
    before = rows(copies, *KEPT, "changes", "alignments")
    age(copies, "stories", "utterances")
    seen: list[tuple[int, int]] = []
    assert read_all(copies, stale=True, linking=lambda done, total: seen.append((done, total))).read == 0
    assert rows(copies, *before) == before
    assert seen == [(2, 2), (len(before["utterances"]), len(before["utterances"]))]


def test_texts_that_were_cut_up_in_another_way_are_placed_anew_unasked(copies) -> None:
    before = rows(copies, "stories", "story_members")
    copies.execute("update story_postings set postings = zeroblob(16)")
    age(copies, "shingles")
    read_all(copies)
    assert rows(copies, *before) == before
    assert copies.execute("select length(postings) > 16 from story_postings").fetchall() == [(1,)]


@pytest.mark.parametrize("forgotten", [(), ("index",)])
def test_pages_of_one_template_keep_their_stories_while_it_is_known_for_one(
    db, add_article, monkeypatch, forgotten: tuple[str, ...]
) -> None:
    for number in range(20):
        add_article(MORNING + f"\n\nNotice {number} of the board.", url=f"http://harbour.example/{number}")
    relinking.note(db, stale=False)
    stories.link(db)
    members = "select article_id, story_id from story_members order by 1"
    before = db.execute(members).fetchall()
    age(db, "stories", *forgotten)
    relinking.note(db, stale=True)
    monkeypatch.setattr(stories, "BATCH", 5)
    stories.link(db)
    assert db.execute("select count(distinct story_id) from story_members").fetchone() == (20,)
    assert (db.execute(members).fetchall() == before) == (not forgotten)


def test_quotes_that_older_rules_missed_are_joined_under_the_older_number(copies) -> None:
    before = numbers(copies)
    assert len(before) == 2 * len(set(before))
    second = copies.execute("select id from quotes where version_id = 2 order by id").fetchone()[0]
    copies["utterances"].insert({"id": 77, "speaker": "Ida Marsh", "person_id": 1, "text": "We will open it again"})
    copies.execute("update quotes set utterance_id = 77 where id = ?", [second])
    age(copies, "utterances")
    read_all(copies, stale=True)
    assert numbers(copies) == before
    merged = copies.execute("select merged_into, occurrences from utterances where id = 77").fetchone()
    assert merged == (before[0], 0)
    assert copies.execute("select count(*) from occurrences where utterance_id = 77").fetchone() == (0,)


def test_quotes_that_older_rules_threw_together_part_and_a_number_given_up_comes_back(db, say) -> None:
    said = ("“The locks will be mended by the summer,”", "“Every bridge in the town is to be painted green,”")
    for content in (*said, said[0]):
        say(content, source=f"paper-{content[5]}")
    utterances.link(db)
    relinking.note(db, stale=False)
    assert numbers(db) == [1, 2, 1]
    db.execute("update quotes set utterance_id = 1")
    db.execute("update utterances set merged_into = 1 where id = 2")
    link_anew(db)
    assert numbers(db) == [1, 2, 1]
    assert db.execute("select id, occurrences, merged_into from utterances").fetchall() == [(1, 2, None), (2, 1, None)]


def test_people_whom_a_user_merged_are_one_speaker_when_quotes_are_linked_anew(db, say) -> None:
    for name in ("Ada Pell", "A. Pell"):
        say("“The locks will be mended by the summer and the towpath after that,”", by=name, source=name[:2])
    db.execute("update quotes set read_as = person_id")
    utterances.link(db)
    relinking.note(db, stale=False)
    assert numbers(db) == [1, 2]
    decisions.merge(db, 2, 1, why="the same councillor")
    link_anew(db)
    assert numbers(db) == [1, 1]
    assert db.execute("select person_id, merged_into from utterances order by id").fetchall()[1][1] == 1
    assert db.execute("select action, person_id, into_id from merges").fetchall() == [("merge", 2, 1)]


def test_what_a_user_merges_was_said_once_and_what_they_part_was_not_without_being_asked(db, say) -> None:
    for name in ("Ada Pell", "A. Pell", "Ada Pell"):
        say("“The locks will be mended by the summer and the towpath after that,”", by=name, source=name[:2])
    db.execute("update quotes set read_as = person_id")
    utterances.link(db)
    before = rows(db, "quotes", "utterances")
    assert numbers(db) == [1, 2, 1]
    decisions.merge(db, 2, 1)
    utterances.link(db)
    assert numbers(db) == [1, 1, 1]
    decisions.undo(db, 1)
    utterances.link(db)
    assert rows(db, "quotes", "utterances") == before
    decisions.split(db, 1, [3], name="Ada Pell the younger")
    utterances.link(db)
    assert len(set(numbers(db))) == 3


def test_comparisons_are_made_again_when_their_quotes_are_linked_otherwise(copies) -> None:
    before = copies.execute("select id from alignments").fetchall()
    copies.execute("update quotes set utterance_id = null where version_id = 2")
    utterances.link(copies)
    assert copies.execute("select before_reading_id from alignments").fetchall() == [(0,)]
    read_all(copies)
    assert copies.execute("select before_reading_id from alignments").fetchall() == [(1,)]
    assert len(before) == 1


def test_killed_outright_while_linking_anew_it_goes_on_with_what_is_left(db, say) -> None:
    with db.atomic():
        for number in range(1500):
            say(f"“The {number}th lock will be mended by the summer,”", by=f"Keeper {number}", source="paper")
    utterances.link(db)
    relinking.note(db, stale=False)
    before = rows(db, "quotes", "utterances", "occurrences")
    age(db, "utterances")
    path = db.execute("pragma database_list").fetchone()[2]
    waiting = "select count(*) from utterance_queue"
    code = (
        "from pathlib import Path; from commands.jobs import open_db; from nlp import relinking, utterances\n"
        f"db = open_db(Path({path!r})); relinking.note(db, stale=True); utterances.link(db)"
    )
    with Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2], stdout=DEVNULL) as process:
        while process.poll() is None and db.execute(waiting).fetchone()[0] in (0, 1500):
            time.sleep(0.005)
        process.kill()
    assert process.returncode == -SIGKILL
    assert 0 < db.execute(waiting).fetchone()[0] < 1500
    utterances.link(db)
    assert db.execute(waiting).fetchone() == (0,)
    assert rows(db, *before) == before


@pytest.mark.parametrize(
    ("of", "before", "kept"),
    [
        ({1: 9, 2: 9, 3: 9}, {1: 5, 2: 4, 3: 4}, {9: 4}),
        ({1: 9, 2: 9}, {1: 5, 2: 4}, {9: 4}),
        ({1: 8, 2: 9, 3: 9}, {1: 4, 2: 4, 3: 4}, {9: 4}),
        ({1: 9, -4: 9}, {1: 5, -4: 4}, {9: 5}),
        ({-4: 9}, {-4: 4}, {9: 4}),
    ],
)
def test_a_number_stays_with_most_of_its_quotes(of, before, kept) -> None:
    assert renumbered(of, before, {}) == kept
