"""Stories: pairwise F1 on wire copies, false merges on distinct articles, and how fast both are done."""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from sqlite_utils import Database

from bench.corpora import POLNEAR_DEV, POLNEAR_TRAIN, UNLABELLED, read
from bench.wire_copies import OUTLETS, Document, copies, paragraphs
from commands import jobs
from nlp import stories

FIRST_DAY = date(2019, 1, 1)
NIGHT = 1000  # documents that arrive together
NEW = 3000  # documents whose placing is timed
RUN = 20  # words in a row that two distinct texts never share
WANTED = 10_000
LONGER = re.compile(r"\b\w{5,}")


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


def parts_of(texts: Sequence[str], *, size: int = 80) -> list[str]:
    """The articles cut into parts of consecutive paragraphs, at least ``size`` words each, the last one half of it."""
    found: list[str] = []
    for text in texts:
        part: list[str] = []
        for paragraph in paragraphs(text):
            part.append(paragraph)
            if _words(part) >= size:
                found.append("\n\n".join(part))
                part = []
        if _words(part) >= size // 2:
            found.append("\n\n".join(part))
    return found


def distinct(texts: Sequence[str], *, run: int) -> list[str]:
    """Those ``texts`` that have no ``run`` words in a row in common with one before them."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        runs = {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
        if runs and not runs & seen:
            kept.append(text)
            seen |= runs
    return kept


def false_merges(texts: Sequence[str]) -> float:
    """The share (per cent) of ``texts``, all distinct and of one day, that stand in a story with another."""
    documents = [Document(n, text, f"paper-{n % 40:02}", 0, "distinct") for n, text in enumerate(texts)]
    with working() as db:
        clustered(db, documents)
        found = Counter(story_numbers(db))
    return 100 * sum(count for count in found.values() if count > 1) / len(texts)


def _words(part: list[str]) -> int:
    return sum(len(one.split()) for one in part)


def by_kind(documents: Sequence[Document], found: Sequence[int]) -> dict[str, float]:
    """Of each kind of edit, the share of copies that stand in one story with their original, in per cent."""
    originals = {d.story: story for d, story in zip(documents, found, strict=True) if d.kind == "original"}
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for document, story in zip(documents, found, strict=True):
        if document.kind != "original":
            right[document.kind].append(originals[document.story] == story)
    return {f"  with its original, {kind}": 100 * sum(r) / len(r) for kind, r in sorted(right.items())}


def wire_documents(*, seed: int) -> list[Document]:
    """Every PolNeAR article with one to seven copies of it, in random order."""
    texts = list(dict.fromkeys(row["text"] for row in [*read(POLNEAR_TRAIN), *read(POLNEAR_DEV)]))
    return copies(texts, each=(1, 7), days=60, seed=seed)


def wire_copies(*, seed: int = 1) -> dict[str, float]:
    """Pairwise figures on wire copies, and what became of each kind."""
    documents = wire_documents(seed=seed)
    with working() as db:
        clustered(db, documents)
        found = story_numbers(db)
    truth = [document.story for document in documents]
    return {"wire copies": len(documents)} | pairwise(truth, found) | by_kind(documents, found)


def apart() -> dict[str, float]:
    """False merges among whole articles and among 10,000 parts of them, no two with twenty words in a row in common.

    A corpus of 10,000 distinct articles is not to be had here. Parts of one article share its names, its subject and
    its writer, and no words in a row, so they are harder to keep apart than articles of different days. Text that
    the corpora themselves run twice (a statement, a paragraph of background) is told by the run of twenty words.
    """
    texts = real_texts()
    whole, cut = distinct(texts, run=RUN), distinct(parts_of(texts), run=RUN)[:WANTED]
    return {
        "articles, no run of 20 words shared": len(whole),
        "  false merges, %": false_merges(whole),
        "parts of articles, likewise": len(cut),
        "  false merges, of parts, %": false_merges(cut),
        "all articles as they are": len(texts),
        "  in a story with another, %": false_merges(texts),
    }


def speed(*, stored: int, days: int, seed: int = 2) -> dict[str, float]:
    """Documents a CPU second that are placed when ``stored`` articles of ``days`` days are there already.

    What is stored is the corpora again and again, the longer words marked by the round so that no story comes twice;
    what arrives is wire copies of British and American articles, spread over the last days.
    """
    texts, rng = real_texts(), Random(seed)
    arriving = copies(rng.sample(texts, 900), each=(1, 5), days=10, seed=seed)[:NEW]
    with working() as db:
        count = 0
        while count < stored:
            mark = f"q{count}"
            batch = [
                Document(0, LONGER.sub(rf"\g<0>{mark}", text), rng.choice(OUTLETS), rng.randrange(days), "stored")
                for text in texts[: stored - count]
            ]
            clustered(db, batch, after=count)
            count += len(batch)
        late = [replace(document, day=document.day + days - 10) for document in arriving]
        spent = clustered(db, late, after=count)
    words = sum(len(document.text.split()) for document in late) / len(late)
    return {f"documents a CPU second at {stored:,} stored": len(late) / spent, "  words in each, on average": words}
