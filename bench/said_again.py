"""Utterances: quotes of PolNeAR, each once as it stands and once as another paper might have edited it.

Every edit is one that papers make: trimmed at an end, cut in the middle, its quotation marks lost (and with them the
first person), put into the past, spelled the British way, or several of these at once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

from sqlite_utils import Database

from bench.corpora import POLNEAR_DEV, POLNEAR_TRAIN, read
from bench.stories import working
from bench.wire_copies import SPELLING
from nlp import utterances

WINDOW = 120  # quotes of one speaker that lie in one fortnight
SHORTEST = 6  # words
RUN = 5  # words in a row that two different quotes of a speaker may not share
PERSON = {"I": "he", "my": "his", "me": "him", "we": "they", "our": "their", "us": "them", "I'm": "he is"}
BACKSHIFT = {
    "will": "would", "is": "was", "are": "were", "has": "had", "have": "had", "can": "could", "may": "might",
    "am": "was", "want": "wanted", "wants": "wanted", "think": "thought", "need": "needed", "needs": "needed",
    "believe": "believed", "know": "knew", "says": "said", "going": "going", "do": "did", "does": "did",
}  # fmt: skip
NAME = re.compile(r"[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?")


def swapped(words: list[str], pairs: dict[str, str]) -> list[str]:
    return [pairs.get(word, word) for word in words]


def trimmed(words: list[str], rng: Random) -> list[str]:
    """A third to two thirds of a longer quote go, from one end; never fewer than five words stay."""
    keep = max(5, int(len(words) * rng.uniform(0.35, 0.7)))
    return words[:keep] if rng.random() < 0.5 else words[-keep:]


def gapped(words: list[str], rng: Random) -> list[str]:
    """A quarter goes from the middle."""
    gap = len(words) // 4
    at = rng.randrange(2, max(3, len(words) - gap - 2))
    return [*words[:at], *words[at + gap :]]


def unmarked(words: list[str], rng: Random) -> list[str]:
    return swapped([word.strip("“”\"'‘’") for word in words], PERSON)


def past(words: list[str], rng: Random) -> list[str]:
    return swapped(words, BACKSHIFT)


def spelled(words: list[str], rng: Random) -> list[str]:
    text = " ".join(words)
    for old, new in SPELLING.items():
        text = text.replace(old, new)
    return text.split()


def several(words: list[str], rng: Random) -> list[str]:
    """Reported speech: no marks, third person, past, and cut."""
    return trimmed(past(unmarked(spelled(words, rng), rng), rng), rng)


EDITS: dict[str, Callable[[list[str], Random], list[str]]] = {
    "trimmed": trimmed, "gapped": gapped, "quotation marks lost": unmarked, "past": past, "spelled": spelled,
    "several": several,
}  # fmt: skip


def quotes_by_speaker() -> dict[str, list[str]]:
    """Surname → what was said, no two with five words in a row in common (those may truly be one utterance)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    seen: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in [*read(POLNEAR_TRAIN), *read(POLNEAR_DEV)]:
        for quote in row["quotes"]:
            names = NAME.findall(" ".join(row["text"][a:b] for a, b in quote["source"]))
            content = " ".join(" ".join(row["text"][a:b] for a, b in quote["content"]).split())
            words = re.findall(r"\w+", content.casefold())
            if not names or len(words) < SHORTEST:
                continue
            runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
            if not runs & seen[names[-1]]:
                seen[names[-1]] |= runs
                found[names[-1]].append(content)
    return {name: said for name, said in found.items() if len(said) >= 5}


def recall(*, seed: int = 1) -> dict[str, float]:
    """Precision of the pairs joined, recall of the edited quotes, and recall of each kind of edit, in per cent."""
    rng = Random(seed)
    rows: list[tuple[str, int, str, str, int]] = []  # speaker, day, content, kind, what it truly is
    truly = 0
    for speaker, said in quotes_by_speaker().items():
        for number, content in enumerate(said):
            kind = rng.choice(list(EDITS))
            edited = " ".join(EDITS[kind](content.split(), rng))
            day = number // WINDOW * 100
            rows += [(speaker, day, content, "original", truly), (speaker, day + rng.randrange(5), edited, kind, truly)]
            truly += 1
    rng.shuffle(rows)
    with working() as db:
        _store(db, rows)
        utterances.link(db)
        found = [one for (one,) in db.execute("select utterance_id from quotes order by id")]
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, utterance in enumerate(found):
        members[utterance].append(rows[number][4])
    joined = [one == other for group in members.values() for one, other in combinations(group, 2)]
    originals = {row[4]: found[n] for n, row in enumerate(rows) if row[3] == "original"}
    again = [(row[3], originals[row[4]] == found[n]) for n, row in enumerate(rows) if row[3] != "original"]
    total, right = Counter(kind for kind, _ in again), Counter(kind for kind, same in again if same)
    return {
        "quotes edited": len(again),
        "precision of pairs": 100 * sum(joined) / max(1, len(joined)),
        "recall of edited quotes": 100 * right.total() / len(again),
    } | {f"  {kind}": 100 * right[kind] / total[kind] for kind in sorted(total)}


def _store(db: Database, rows: list[tuple[str, int, str, str, int]]) -> None:
    """Each quote in an article of its own, the speakers as people."""
    people = {name: number for number, name in enumerate(dict.fromkeys(row[0] for row in rows), start=1)}

    def put(table: str, **values: Any) -> None:
        marks = ", ".join("?" * len(values))
        db.conn.execute(f"insert into {table}({', '.join(values)}) values ({marks})", list(values.values()))

    with db.atomic():
        put("sources", id="paper", name="Paper", kind="newspaper")
        for name, number in people.items():
            put("people", id=number, name=name, key=name)
        for number, (speaker, day, content, kind, _) in enumerate(rows, start=1):
            published = (date(2019, 1, 1) + timedelta(days=day)).isoformat()
            put("articles", id=number, canonical_url=str(number), headline="", source_id="paper",
                published_at=published)  # fmt: skip
            put("article_versions", id=number, article_id=number, version_no=1, headline="", body=content,
                body_sha256=str(number))  # fmt: skip
            put("readings", id=number, version_id=number, pipeline_version="", model="", status="read")
            marked = kind == "original" and content[:1] in '“"'
            put("quotes", id=number, version_id=number, reading_id=number, kind="direct" if marked else "indirect",
                content=content, speaker=speaker, speaker_type="person", person_id=people[speaker])  # fmt: skip
        db.conn.execute("update articles set current_version_id = id")
