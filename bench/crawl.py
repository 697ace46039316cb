"""What a crawl costs: our crawler beside a bare Scrapy spider, our extraction beside trafilatura alone, in one run.

Each crawl runs in a process of its own against the same server; CPU seconds are that process's, from the moment when
Scrapy is loaded to the last row written.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.pages import LAYOUTS, Page, page
from bench.webserver import serving

BARE = """
import json, resource, sys, time
from scrapy import Spider, Request
from scrapy.crawler import AsyncCrawlerProcess
class Bare(Spider):
    name = "bare"
    async def start(self):
        for number in range(int(sys.argv[2])):
            yield Request(f"{sys.argv[1]}/news/{number:06}")
    def parse(self, response):
        pass
process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
began = time.process_time()
process.crawl(Bare)
process.start()
print(json.dumps({"cpu": time.process_time() - began}))
"""
OURS = """
import json, os, resource, sys, time
from pathlib import Path
from crawler.engine import crawl_here
from crawler.items import Article
from crawler.sources import Source
from crawler.spiders import base
if sys.argv[3] == "stored":
    base.article_from_page = lambda body, *, url, **_: Article(url=url, canonical_url=url, headline="x", body=url * 40)
source = Source(id="bench", name="Bench", kind="newspaper", spider="sitemap", url=sys.argv[1] + "/sitemap.xml",
                match="/news/", delay=0.0, allow_private=True, pages_per_day=10**9)
sizes = []
def note(*_):
    if note.calls % 500 == 0:
        sizes.append(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
    note.calls += 1
note.calls = 0
began = time.process_time()
(result,) = crawl_here(Path(sys.argv[2]), [source], progress=note)
print(json.dumps({"cpu": time.process_time() - began, "new": result.new, "megabytes": sizes,
                  "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3}))
"""
KILLED = 1500  # pages, at least, of the crawl that is killed


def figures(*, pages: int, long: int, echo: Callable[[str], None]) -> dict[str, float]:
    """Every figure of `make bench-crawl`; ``long`` pages in the crawl whose memory is watched, 0 for none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(folder / "site", max(pages, KILLED)) as (address, server):
            echo(f"served by {server} on loopback, {pages} pages of {len(page(0).html) // 1000} KB, one run of each")
            bare = pages / _run(BARE, address, str(pages))["cpu"]
            stored = _crawl(address, folder / "stored.db", "stored", pages)
            extracted = _crawl(address, folder / "extracted.db", "extracted", pages)
            lost = lost_after_a_kill(address, folder / "killed.db", served=max(pages, KILLED))
        found = {
            "bare Scrapy pages/CPU s": bare,
            "stored pages/CPU s": stored["new"] / stored["cpu"],
            "extracted pages/CPU s": extracted["new"] / extracted["cpu"],
        }
        found["stored, share of bare"] = found["stored pages/CPU s"] / bare
        found["extracted, share of bare"] = found["extracted pages/CPU s"] / bare
        found |= extraction() | {"WARC ms/page": warc_cost(folder / "captures"), "URLs lost after kill -9": float(lost)}
        if long:
            with serving(folder / "long", long) as (address, _):
                sizes = _crawl(address, folder / "long.db", "stored", long)
            found |= {
                "memory MB, after a tenth": sizes["megabytes"][len(sizes["megabytes"]) // 10],
                "memory MB, at the end": sizes["megabytes"][-1],
                "memory MB, most": sizes["most"],
            }
    return {name: round(value, 3 if value < 10 else 1) for name, value in found.items()}


READERS: dict[str, dict[str, Any]] = {
    "ours": {},
    "trafilatura": {"fast": False},
    "trafilatura precise": {"favor_precision": True},
    "trafilatura fast": {"fast": True},
}


def extraction() -> dict[str, float]:
    """Ours beside trafilatura alone on the twenty layouts: pages a CPU second (best of three rounds), the body's F1.

    Each in a process of its own: ours changes how trafilatura looks for its rules.
    """
    found: dict[str, float] = {}
    for _ in range(3):  # in turns, so that another program's load falls on all of them
        for name in READERS:
            answer = _run("import sys; from bench.crawl import measure; measure(sys.argv[1])", name)
            found[f"{name}, body F1"] = answer["f1"]
            found[f"{name}, pages/CPU s"] = max(answer["rate"], found.get(f"{name}, pages/CPU s", 0.0))
    return dict(sorted(found.items(), key=lambda pair: pair[0].endswith("F1")))


def measure(name: str) -> None:
    """Prints, as JSON, how fast and how well one of the readers takes the article out of each layout five times."""
    if name == "ours":
        from crawler.pages import article_from_page

        def read(one: Page) -> str:
            return str(getattr(article_from_page(one.html, url="https://press.example.org/news/1"), "body", ""))
    else:
        import trafilatura

        def read(one: Page) -> str:
            return trafilatura.extract(one.html, include_comments=False, **READERS[name]) or ""

    pages = [page(number) for number in range(5 * len(LAYOUTS))]
    texts = [read(one) for one in pages[: len(LAYOUTS)]]
    began = time.process_time()
    texts = [read(one) for one in pages]
    rate = len(pages) / (time.process_time() - began)
    print(json.dumps({"rate": rate, "f1": body_f1([(one.body, text) for one, text in zip(pages, texts, strict=True)])}))


def body_f1(pairs: list[tuple[tuple[str, ...], str]]) -> float:
    """F1 of runs of four words, precision and recall averaged over the pages; ``pairs`` of (paragraphs, text found)."""
    precision = recall = 0.0
    for wanted, got in pairs:
        gold, found = _runs(" ".join(wanted)), _runs(got)
        right = sum((gold & found).values())
        precision += right / max(1, sum(found.values())) / len(pairs)
        recall += right / max(1, sum(gold.values())) / len(pairs)
    return 2 * precision * recall / max(1e-9, precision + recall)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(*(words[start:] for start in range(4)), strict=False))


def warc_cost(folder: Path) -> float:
    """CPU milliseconds to keep one page as a WARC record, median of three rounds over a hundred pages."""
    from crawler.captures import WarcFile, now

    payloads = [page(number).html for number in range(100)]
    rounds = []
    for _ in range(3):
        warc = WarcFile(folder)
        began = time.process_time()
        for payload in payloads:
            warc.add(payload, url="https://a.example/x", status=200, reason="OK", headers=[], at=now())
        rounds.append((time.process_time() - began) * 1000 / len(payloads))
        warc.close()
    return sorted(rounds)[1]


def lost_after_a_kill(address: str, db: Path, *, served: int) -> int:
    """Of so many addresses of a crawl that was killed with SIGKILL on its way, those that a second did not store."""
    running = subprocess.Popen(
        _command(OURS, address, str(db), "stored"), env=_environment(served), stdout=subprocess.DEVNULL
    )
    while running.poll() is None and _stored(db) < KILLED // 3:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    _run(OURS, address, str(db), "stored", pages=served)
    return served - _stored(db)


def _stored(db: Path) -> int:
    try:
        with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
            return int(connection.execute("select count(*) from articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def _crawl(address: str, db: Path, how: str, pages: int) -> dict[str, Any]:
    return _run(OURS, address, str(db), how, pages=pages)


def _run(program: str, *arguments: str, pages: int = 0) -> dict[str, Any]:
    done = subprocess.run(
        _command(program, *arguments), env=_environment(pages), stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _command(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def _environment(pages: int) -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[1])
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return plain | {"PYTHONPATH": root, "QUOTEWIRE_ARTICLES_PER_RUN": str(pages)}
