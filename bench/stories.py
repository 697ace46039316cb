"""Stories: pairwise F1 on wire copies, false merges on distinct articles, and how fast both are done."""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

import jobs
from bench.corpora import POLNEAR_DEV, POLNEAR_TRAIN, UNLABELLED, read
from bench.wire_copies import Document, paragraphs
from nlp import stories

FIRST_DAY = date(2019, 1, 1)
NIGHT = 1000  # documents that arrive together


@contextmanager
def working() -> Iterator[Database]:
    """An empty working database on disk, as a user has it."""
    with tempfile.TemporaryDirectory() as folder:
        db = jobs.open_db(Path(folder) / "quotewire.db")
        yield db
        db.close()


def store(db: Database, documents: Sequence[Document], *, after: int = 0) -> None:
    """Puts documents in as crawled articles, numbered from ``after`` + 1 in their order."""
    outlets = {document.outlet for document in documents}
    with db.atomic():
        db.conn.executemany(
            "insert or ignore into sources(id, name, kind) values (?, ?, 'newspaper')", [(one, one) for one in outlets]
        )
        for number, document in enumerate(documents, start=after + 1):
            day = (FIRST_DAY + timedelta(days=document.day)).isoformat()
            db.conn.execute(
                "insert into articles(id, canonical_url, headline, source_id, published_at) values (?, ?, '', ?, ?)",
                (number, f"https://{document.outlet}.example/{number}", document.outlet, day),
            )
            db.conn.execute(
                "insert into article_versions(id, article_id, version_no, headline, body, body_sha256) "
                "values (?, ?, 1, '', ?, ?)",
                (number, number, document.text, sha256(document.text.encode()).hexdigest()),
            )
            db.conn.execute("update articles set current_version_id = id where id = ?", (number,))


def clustered(db: Database, documents: Sequence[Document], *, after: int = 0) -> float:
    """Stores and links them night by night; CPU seconds of the linking alone."""
    spent = 0.0
    for start in range(0, len(documents), NIGHT):
        store(db, documents[start : start + NIGHT], after=after + start)
        begun = time.process_time()
        stories.link(db)
        spent += time.process_time() - begun
    return spent


def pairs(labels: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def pairwise(truth: Sequence[int], found: Sequence[int]) -> dict[str, float]:
    """Precision, recall and F1 of the pairs that are said to be one story, in per cent."""
    both = pairs(hash(pair) for pair in zip(truth, found, strict=True))
    precision, recall = both / max(1, pairs(found)), both / max(1, pairs(truth))
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return {"pairwise precision": 100 * precision, "pairwise recall": 100 * recall, "pairwise F1": 100 * f}


def story_numbers(db: Database) -> list[int]:
    """The story of each article, in the order of their numbers."""
    return [story for (story,) in db.execute("select story_id from story_members order by article_id")]


def real_texts() -> list[str]:
    """Every article of the corpora, each text once."""
    rows = [*read(POLNEAR_TRAIN), *read(POLNEAR_DEV), *read(UNLABELLED)]
    return list(dict.fromkeys(row["text"] for row in rows))


def distinct(texts: Sequence[str], *, wanted: int, shortest: int = 80) -> list[Document]:
    """``wanted`` texts that have no sentence in common: the articles cut into parts of consecutive paragraphs.

    A corpus of 10,000 articles is not to be had here; parts of one article share its names, its subject and its
    writer, and no words in a row, so they are harder to keep apart than articles of different days.
    """
    cut: list[str] = []
    size = shortest
    for text in texts:
        part: list[str] = []
        for paragraph in paragraphs(text):
            part.append(paragraph)
            if sum(len(one.split()) for one in part) >= size:
                cut.append("\n\n".join(part))
                part = []
        if part and sum(len(one.split()) for one in part) >= size // 2:
            cut.append("\n\n".join(part))
    seen: set[str] = set()
    kept = []
    for text in cut:
        sentences = {s for s in re.split(r"[.!?]\s+|\n+", text) if len(s.split()) >= 8}
        if not sentences & seen:
            kept.append(text)
            seen |= sentences
    return [Document(n, text, f"paper-{n % 40:02}", 0, "distinct") for n, text in enumerate(kept[:wanted])]


def by_kind(documents: Sequence[Document], found: Sequence[int]) -> dict[str, float]:
    """Of each kind of edit, the share of copies that stand in one story with their original, in per cent."""
    originals = {d.story: story for d, story in zip(documents, found, strict=True) if d.kind == "original"}
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for document, story in zip(documents, found, strict=True):
        if document.kind != "original":
            right[document.kind].append(originals[document.story] == story)
    return {f"  with its original, {kind}": 100 * sum(r) / len(r) for kind, r in sorted(right.items())}
