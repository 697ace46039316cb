"""Takes the README's pictures: serves the sample's published copy on loopback and photographs each kind of page.

    python pipeline.py demo --no-serve      (once, for something to photograph)
    python docs/screenshots.py [--db data/quotewire.db] [--out docs/images]

Needs a Chromium on the machine (Debian: apt install chromium; macOS: brew install --cask chromium).
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from commands.jobs import site  # noqa: E402
from nlp.publish import published_path  # noqa: E402

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH, HEIGHT = 1280, 900
# Which row makes the most telling picture of each page: the one with most to show.
BEST = {
    "article": """
        select c.article_id from current_articles c
        order by (select count(distinct kind) from quotes_in_context q where q.article_id = c.article_id)
               + (select count(distinct entity_kind) from mentions m where m.version_id = c.version_id) desc,
                 (select count(distinct speaker) from quotes_in_context q where q.article_id = c.article_id) desc,
                 c.article_id limit 1
    """,
    "person": "select person_id from people_quoted order by support + oppose > 0 desc, quotes desc, person_id limit 1",
    "policy": """
        select policy_id from policies_debated
        order by min(support, oppose) desc, support + oppose desc, articles desc, policy_id limit 1
    """,
    "story": "select story_id from story_copies group by story_id order by count(*) desc, sum(quotes) desc limit 1",
    "quote": """
        select q.version_id || '-' || q.start from quotes_in_context q
        where q.utterance_id in
            (select utterance_id from quotes_in_context group by 1 having count(distinct content) > 1)
           or q.utterance_id in (select id from utterances where outlets > 1)
        order by (select count(distinct content) from quotes_in_context o where o.utterance_id = q.utterance_id) desc,
                 (select outlets from utterances u where u.id = q.utterance_id) desc, length(q.content) desc limit 1
    """,
    "source": "select source_id from coverage_by_source order by changed desc, quotes desc, source_id limit 1",
}


def browser_path() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        raise SystemExit("No Chromium was found. Install it (Debian: apt install chromium) and run this again.")
    return found


def addresses(published: Path) -> dict[str, str]:
    """Picture name → path of the page."""
    with closing(sqlite3.connect(published)) as db:
        best = {name: db.execute(sql).fetchone() for name, sql in BEST.items()}
        word = db.execute("select service from services_talked_about order by quotes desc, mentions desc").fetchone()
    pages = {name: f"/{name}/{row[0]}" for name, row in best.items() if row}
    return {
        "home": "/",
        **pages,
        **({"compare": f"{pages['story']}/compare"} if "story" in pages else {}),
        "pictures": "/pictures",
        "search": f"/search?q={(word[0].split()[0] if word else 'care')}",
        "table": "/quotewire/quotes_in_context",
    }


@contextmanager
def serving(published: Path) -> Iterator[str]:
    """The site on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(site(published).app(), host="127.0.0.1", port=port, log_level="warning", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, default=Path(os.environ.get("QUOTEWIRE_DB", ROOT / "data" / "quotewire.db")))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--whole", action="store_true", help="the whole page, not only what a screen shows")
    options = parser.parse_args()
    published = published_path(options.db)
    if not published.exists():
        raise SystemExit(f"{published} is not there yet: run `python pipeline.py demo --no-serve` first.")
    options.out.mkdir(parents=True, exist_ok=True)
    with serving(published) as site_address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": options.width, "height": HEIGHT},
            color_scheme=options.scheme,
            reduced_motion="reduce",
            locale="en-GB",
        )
        for name, path in addresses(published).items():
            page.goto(site_address + path)
            for image in page.locator("img").all():  # those further down come when they are scrolled to
                image.scroll_into_view_if_needed()
            page.evaluate("window.scrollTo(0, 0)")
            page.wait_for_load_state("networkidle")
            target = options.out / f"{name}.png"
            page.screenshot(path=target, full_page=options.whole)
            print(f"{target.name}: {path}, {target.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
