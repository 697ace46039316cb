"""Our stories beside MinHash LSH (datasketch) on the same wire copies, in one process.

The peer is used as its guide shows it: 128 permutations, the Jaccard threshold that near-duplicates are usually found
with, sets of five-word runs, each document asked for and put in as it comes. It keeps all in memory; ours writes a
database on disk, tells how each copy stands to the first, and looks at dates.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from bench.stories import clustered, pairwise, story_numbers, wire_documents, working
from bench.wire_copies import Document
from nlp.copies.groups import Groups

THRESHOLD = 0.7  # Jaccard
WORDS = 5  # in a run
ROUNDS = 2  # by turns, and the best counts
OURS, PEER = "quotewire", f"datasketch MinHash LSH, threshold {THRESHOLD}"
NO_PEER = "datasketch is not installed: pip install -r requirements-bench.lock, then measure again"


def compared(*, seed: int = 1) -> Iterator[str]:
    """Lines to print: pairwise precision, recall and F1 of each, documents a CPU second and their ratio."""
    if find_spec("datasketch") is None:
        yield NO_PEER
        return
    documents = wire_documents(seed=seed)
    systems: dict[str, Callable[[Sequence[Document]], tuple[list[int], float]]] = {OURS: ours, PEER: minhash_lsh}
    found: dict[str, list[int]] = {}
    seconds = dict.fromkeys(systems, float("inf"))
    for _ in range(ROUNDS):
        for name, system in systems.items():
            found[name], spent = system(documents)
            seconds[name] = min(seconds[name], spent)
    truth = [document.story for document in documents]
    for name, stories in found.items():
        shares = " / ".join(f"{value:.1f}" for value in pairwise(truth, stories).values())
        yield (
            f"{name:40} precision / recall / F1 {shares}   {len(documents) / seconds[name]:6,.0f} documents per CPU "
            f"second   ours × {seconds[OURS] / seconds[name]:.2f}"
        )


def ours(documents: Sequence[Document]) -> tuple[list[int], float]:
    """The story of each document, and the CPU seconds that it took to tell."""
    with working() as db:
        spent = clustered(db, documents)
        return story_numbers(db), spent


def minhash_lsh(documents: Sequence[Document]) -> tuple[list[int], float]:
    """The same by the peer: what a query finds is one story, through others too."""
    datasketch = import_module("datasketch")
    begun = time.process_time()
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=128)
    groups = Groups()
    signatures = datasketch.MinHash.generator((_runs(document.text) for document in documents), num_perm=128)
    for number, signature in enumerate(signatures):
        for other in index.query(signature):
            groups.join(number, other)
        index.insert(number, signature)
    stories = [groups.top(number) for number in range(len(documents))]
    return stories, time.process_time() - begun


def _runs(text: str) -> list[bytes]:
    words = re.findall(r"\w+", text.casefold())
    return list({" ".join(words[at : at + WORDS]).encode() for at in range(max(1, len(words) - WORDS + 1))})
