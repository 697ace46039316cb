"""One thing said, found again in the copies and reports that ran it: same speaker, same fortnight, same words.

New quotes are put with what is known. What older rules linked is put in line (``nlp.relinking``) and linked anew
speaker by speaker, and an utterance keeps its number where most of its quotes stay together.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from sqlite_utils import Database

from nlp.copies.occurrences import count, tell
from nlp.copies.sayings import Said, Sayings
from nlp.transactions import writing

AT_ONCE = 200  # utterances whose speakers are linked anew in one transaction: what a kill can cost

COLUMNS = "q.id, q.content, q.speaker, q.person_id, q.organisation_id, julianday(substr(a.published_at, 1, 10))"
QUOTES = f"""
    select {COLUMNS} from quotes q join article_versions v on v.id = q.version_id join articles a on a.id = v.article_id
    where {{}} order by a.current_version_id is not q.version_id, a.published_at, q.id
"""
UTTERANCES = """
    select id, text, speaker, person_id, organisation_id, julianday(substr(first_published_at, 1, 10)) from utterances
    where {} order by id
"""
SPEAKERS = {
    "person": "person_id in (select value from json_each(?))",
    "organisation": "person_id is null and organisation_id in (select value from json_each(?))",
    "name": "person_id is null and organisation_id is null and lower(speaker) in (select value from json_each(?))",
}
LISTED = "in (select value from json_each(?))"


def link(db: Database, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Gives every quote its utterance, a new one when it is the first, and says how each occurrence differs.

    ``progress(done, total)`` counts the utterances that are linked anew.
    """
    waiting = total = _waiting(db)
    while waiting:
        _link_anew(db)
        waiting = _waiting(db)
        if progress:
            progress(total - waiting, total)
    with writing(db):
        quotes = [Said(*row) for row in db.execute(QUOTES.format("q.utterance_id is null"))]
        sayings = Sayings(_next_id(db))
        for said in _by_speakers(db, UTTERANCES, "merged_into is null and", quotes):
            sayings.know(said)
        for quote in quotes:
            sayings.put(quote)
        of = sayings.of
        _add(db, {number: sayings.new[number] for number in {*of.values()} & {*sayings.new}})
        for given_up, other in sayings.merged.items():
            db.execute("update quotes set utterance_id = ? where utterance_id = ?", [other, given_up])
            db.execute("update utterances set merged_into = ? where id = ?", [other, given_up])
        _put_down(db, of)
        tell(db, count(db))


def _waiting(db: Database) -> int:
    return int(db.execute("select count(*) from utterance_queue").fetchone()[0])


def _link_anew(db: Database) -> None:
    """Links all that some of those who wait said as if it were new, under the old numbers."""
    with writing(db):
        waiting = [n for (n,) in db.execute("select utterance_id from utterance_queue order by 1 limit ?", [AT_ONCE])]
        listed = json.dumps(waiting)
        theirs = [Said(*row) for row in db.execute(QUOTES.format(f"q.utterance_id {LISTED}"), [listed])]
        some = [*theirs, *(Said(*row) for row in db.execute(UTTERANCES.format(f"id {LISTED}"), [listed]))]
        quotes = {said.id: said for said in (*_by_speakers(db, QUOTES, "utterance_id is not null and", some), *theirs)}
        known = {said.id: said for said in (*some[len(theirs) :], *_by_speakers(db, UTTERANCES, "", some))}
        before = dict(db.execute(f"select id, utterance_id from quotes where id {LISTED}", [json.dumps([*quotes])]))
        given_up = dict(db.execute(f"select id, 1 from utterances where merged_into is not null and id {LISTED}",
                                   [json.dumps([*known])]))  # fmt: skip
        unsaid = [said._replace(id=-said.id) for said in known.values() if said.id not in {*before.values(), *given_up}]
        sayings = Sayings(_next_id(db))
        for said in (*quotes.values(), *unsaid):
            sayings.put(said)
        before |= {said.id: -said.id for said in unsaid}
        texts = {said.text: said.id for said in known.values() if said.id in given_up}
        number = renumbered(sayings.of, before, {quote: texts.get(quotes[quote].text) for quote in quotes})
        of = {quote: number.get(group, group) for quote, group in sayings.of.items()}
        _add(db, {group: sayings.new[group] for group in {*of.values()} & {*sayings.new}})
        _write_anew(db, quotes, known, before, of)
        done = [(one,) for one in {*waiting, *known}]
        db.conn.executemany("delete from utterance_queue where utterance_id = ?", done)


def renumbered(of: Mapping[int, int], before: Mapping[int, int], named: Mapping[int, int | None]) -> dict[int, int]:
    """Group → the number that it keeps: the one that most of its quotes had; no number is kept twice.

    ``of`` says which group each quote is in, ``before`` which number it had; what is negative is no quote but the text
    of an utterance that nobody runs any more, and has its number only where no quote claims it. ``named`` gives a
    number that was given up before to a quote with its very words.
    """
    votes = Counter((quote < 0, group, before[quote]) for quote, group in of.items())
    claims = sorted(votes, key=lambda vote: (vote[0], -votes[vote], vote[2], vote[1]))
    claims += [(True, of[quote], number) for quote, number in named.items() if number]
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for _, group, number in claims:
        if group not in kept and number not in taken:
            kept[group] = number
            taken.add(number)
    return kept


def _write_anew(
    db: Database, quotes: Mapping[int, Said], known: Collection[int], before: Mapping[int, int], of: Mapping[int, int]
) -> None:
    numbers = {*of.values()}
    first = {of[quote]: said for quote, said in reversed([*quotes.items()])}
    db.conn.executemany(
        "update utterances set speaker = ?, person_id = ?, organisation_id = ?, merged_into = null where id = ?",
        [(said.speaker, said.person_id, said.organisation_id, number) for number, said in first.items()],
    )
    went = Counter((number, of[quote]) for quote, number in before.items())
    for (number, other), _ in reversed(went.most_common()):
        if number in known and number not in numbers:
            db.execute("update utterances set merged_into = ? where id = ?", [other, number])
    _put_down(db, {quote: of[quote] for quote in quotes if of[quote] != before[quote]})
    tell(db, {*first})


def _put_down(db: Database, of: Mapping[int, int]) -> None:
    """Writes the utterance of each quote; the versions that they stand in are to be compared again."""
    db.conn.executemany("update quotes set utterance_id = ? where id = ?", [(n, quote) for quote, n in of.items()])
    versions = f"(select version_id from quotes where id {LISTED})"
    for side in ("before", "after"):
        db.execute(
            f"update alignments set before_reading_id = 0 where {side}_version_id in {versions}", [json.dumps([*of])]
        )


def _add(db: Database, new: Mapping[int, Said]) -> None:
    db.conn.executemany(
        "insert into utterances(id, speaker, person_id, organisation_id, text) values (?, ?, ?, ?, ?)",
        [(number, said.speaker, said.person_id, said.organisation_id, said.text) for number, said in new.items()],
    )


def _by_speakers(db: Database, sql: str, condition: str, speaking: Iterable[Said]) -> list[Said]:
    """Quotes or utterances, as ``sql`` has them, of those who speak in ``speaking``."""
    wanted: defaultdict[str, set[int | str]] = defaultdict(set)
    for said in speaking:
        if said.who:
            wanted[said.who[0]].add(said.who[1])
    found = []
    for kind, keys in wanted.items():
        rows = db.execute(sql.format(f"{condition} {SPEAKERS[kind]}"), [json.dumps(list(keys))])
        found += [Said(*row) for row in rows]
    return found


def _next_id(db: Database) -> int:
    return int(db.execute("select coalesce(max(id), 0) + 1 from utterances").fetchone()[0])
