"""Reviews: only reviewers write them, everybody sees what they come to, and a new copy or reading loses none."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
import shutil
import sqlite3
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette

from tests.datasette.served import serving

SITE = Path(__file__).resolve().parents[2] / "datasette"
FIGURES = runpy.run_path(str(SITE / "plugins" / "review_figures.py"))
PASSWORD = "a long sentence of my own"


def hashed(password: str, *, salt: bytes = b"salt") -> str:
    digest = hashlib.scrypt(password.encode(), salt=salt, n=1024, r=8, p=1, dklen=32)
    return f"scrypt$1024$8$1${salt.hex()}${digest.hex()}"


class Visitor:
    """Somebody with a browser: keeps cookies, and sends forms with the token of the page they stand on."""

    def __init__(self, site: Datasette):
        self.site, self.cookies = site, {}

    async def get(self, path: str):
        answer = await self.site.client.get(path, cookies=self.cookies)
        self.cookies |= dict(answer.cookies)
        return answer

    async def post(self, path: str, on: str, **fields: object):
        page = (await self.get(on)).text
        token = re.search(r'name="csrftoken" value="([^"]+)"', page)
        sent = {**fields, "csrftoken": token[1] if token else ""}
        answer = await self.site.client.post(path, data=sent, cookies=self.cookies)
        self.cookies |= dict(answer.cookies)
        return answer

    async def log_in(self, name: str, password: str = PASSWORD):
        return await self.post("/-/login", "/-/login", name=name, password=password, next="/article/1")

    async def review(self, decision: str, *, subject: str = "speaker", quote: int = 1, amended: str = ""):
        page = (await self.get("/article/1")).text
        block = page[page.index(f'id="review-q{quote}"') :]
        form = next(f for f in block.split("<form")[1:] if f'name="subject" value="{subject}"' in f)
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        return await self.site.client.post(
            "/-/review", data={**fields, "decision": decision, "amended": amended}, cookies=self.cookies
        )


@pytest.fixture
def folder(published, tmp_path: Path) -> Path:
    shutil.copy(published, tmp_path / "quotewire.db")
    names = {name: hashed(PASSWORD) for name in ("ada", "bea")}
    (tmp_path / "reviewers.json").write_text(json.dumps(names))
    return tmp_path


def site(folder: Path) -> Datasette:
    return Datasette([], immutables=[str(folder / "quotewire.db")], config_dir=SITE)


@pytest.fixture
async def ada(folder: Path) -> Visitor:
    visitor = Visitor(site(folder))
    assert (await visitor.log_in("ada")).status_code == 302
    return visitor


async def test_an_accepted_quote_and_an_amended_speaker_show_to_everybody(ada, folder: Path):
    assert (await ada.review("accept", subject="quote")).status_code == 303
    answer = await ada.review("amend", amended="Priya Nand MP")
    assert answer.headers["location"] == "/article/1#review-q1"
    page = (await Visitor(site(folder)).get("/article/1")).text
    assert '<span class="kind">quote</span> <strong>accepted</strong>' in page
    assert '<span class="kind">speaker</span> <strong>amended</strong>: Priya Nand MP' in page
    assert "ada" not in page.lower().split("review-q1")[1][:600]
    assert "<form data-review" not in page


async def test_the_names_in_the_article_are_offered_for_its_speakers(ada):
    page = (await ada.get("/article/1")).text
    offered = re.findall(r'<option value="([^"]*)">', page.partition('<datalist id="names-here">')[2])
    assert offered == ["Bus Workers Union", "Owen Tasker", "Priya Nand"]
    assert 'name="amended" list="names-here" value="Priya Nand"' in page
    assert "names-here" not in (await Visitor(ada.site).get("/article/1")).text


async def test_what_two_reviewers_see_differently_is_disputed(ada, folder: Path):
    await ada.review("accept")
    bea = Visitor(ada.site)
    await bea.log_in("bea")
    await bea.review("amend", amended="Owen Tasker")
    page = (await ada.get("/article/1")).text
    assert '<strong>disputed</strong>: Owen Tasker <span class="quiet">by 2 reviewers' in page
    figures = (await ada.get("/reviews")).text
    assert "ada, bea" in figures
    assert "reviewer 1, reviewer 2" in (await Visitor(site(folder)).get("/reviews")).text


async def test_the_latest_review_of_a_reviewer_counts(ada):
    for decision in ("reject", "accept"):
        await ada.review(decision)
    assert "<strong>accepted</strong>" in (await ada.get("/article/1")).text


async def test_nobody_else_writes(ada, folder: Path):
    page = (await ada.get("/article/1")).text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("data-review>")[1]))
    stranger = Visitor(site(folder))
    fields |= {"decision": "accept"}
    assert (await stranger.site.client.post("/-/review", data=fields)).status_code == 403
    assert (await stranger.post("/-/review", "/-/login", **fields)).status_code == 403
    without_token = {**fields, "csrftoken": ""}
    assert (await ada.site.client.post("/-/review", data=without_token, cookies=ada.cookies)).status_code == 403
    assert not (folder / "reviews.db").exists()
    (folder / "reviewers.json").write_text("{}")
    answer = await ada.site.client.post("/-/review", data=fields, cookies=ada.cookies)
    assert answer.status_code == 403
    assert "data-review" not in (await ada.get("/article/1")).text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"subject": "headline"}, 400), ({"decision": "delete"}, 400), ({"start": "x"}, 400), ({"start": "1"}, 404),
        ({"version": "999"}, 404), ({"subject": "quote", "decision": "amend", "amended": "never said"}, 400),
    ],
)  # fmt: skip
async def test_a_review_of_nothing_is_refused(ada, fields, status):
    page = (await ada.get("/article/1")).text
    right = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("data-review>")[1]))
    sent = {**right, "decision": "accept", **fields}
    answer = await ada.site.client.post("/-/review", data=sent, cookies=ada.cookies)
    assert answer.status_code == status


async def test_a_wrong_password_is_refused_and_after_five_the_right_one_too(folder: Path):
    visitor = Visitor(site(folder))
    answers = [(await visitor.log_in("carol", "guess")).status_code for _ in range(6)]
    assert answers == [403] * 5 + [429]
    assert "ds_actor" not in visitor.cookies


async def door(here: Datasette):
    """Gives ``tried(address, password)``: the status that somebody at ``address`` gets for a try at a name."""
    await here.invoke_startup()
    form = await here.client.get("/-/login")
    token = re.search(r'name="csrftoken" value="([^"]+)"', form.text)[1]

    async def tried(client: str, password: str, name: str = "bea") -> int:
        transport = httpx.ASGITransport(here.app(), client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://site", cookies=form.cookies) as visitor:
            sent = {"name": name, "password": password, "csrftoken": token}
            return (await visitor.post("/-/login", data=sent)).status_code

    return tried


async def test_who_guesses_at_a_name_bars_it_from_there_and_for_nobody_elsewhere(folder: Path):
    tried = await door(site(folder))
    assert [await tried("192.0.2.1", "guess") for _ in range(6)] == [403] * 5 + [429]
    assert await tried("192.0.2.1", PASSWORD) == 429
    assert await tried("192.0.2.1", PASSWORD, name="ada") == 302
    assert await tried("192.0.2.2", PASSWORD) == 302
    assert [await tried(f"2001:db8::{n}", "guess") for n in range(6)] == [403] * 5 + [429], "one network"


async def test_guessing_from_many_addresses_is_stopped_too(folder: Path):
    (folder / "reviewers.json").write_text(json.dumps({"cyd": hashed(PASSWORD)}))
    tried = await door(site(folder))
    answers = [await tried(f"198.51.100.{n // 4}", "guess", name="cyd") for n in range(101)]
    assert answers == [403] * 100 + [429]
    assert await tried("203.0.113.9", PASSWORD, name="cyd") == 429


async def test_a_log_in_ends_with_the_password_that_it_was_made_with(ada, folder: Path):
    page = (await ada.get("/article/1")).text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("data-review>")[1]))
    (folder / "reviewers.json").write_text(json.dumps({"ada": hashed("another sentence", salt=b"pepper")}))
    assert "data-review" not in (await ada.get("/article/1")).text
    answer = await ada.site.client.post("/-/review", data={**fields, "decision": "accept"}, cookies=ada.cookies)
    assert answer.status_code == 403
    assert (await ada.log_in("ada", "another sentence")).status_code == 302
    assert "data-review" in (await ada.get("/article/1")).text


def test_behind_a_web_server_on_the_same_machine_each_visitor_counts_alone(folder: Path):
    with serving(folder / "quotewire.db") as address, httpx.Client(base_url=address) as proxy:

        def tried(visitor: str, password: str) -> int:
            token = re.search(r'name="csrftoken" value="([^"]+)"', proxy.get("/-/login").text)[1]
            sent = {"name": "bea", "password": password, "csrftoken": token}
            return proxy.post("/-/login", data=sent, headers={"x-forwarded-for": visitor}).status_code

        assert [tried("192.0.2.70", "guess") for _ in range(6)] == [403] * 5 + [429]
        assert tried("192.0.2.71", PASSWORD) == 302


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
async def test_logging_in_leads_to_no_other_site(folder: Path, there):
    visitor = Visitor(site(folder))
    answer = await visitor.post("/-/login", "/-/login", name="ada", password=PASSWORD, next=there)
    assert answer.headers["location"] == "/"


async def test_readers_get_no_cookies_and_no_address_shows_the_reviews_or_the_hashes(ada, folder: Path):
    await ada.review("reject")
    reader = Visitor(site(folder))
    for path in ("/article/1", "/reviews", "/", "/quotewire"):
        assert "set-cookie" not in (await reader.get(path)).headers
    for path in ("/reviews.db", "/quotewire/reviews", "/reviewers.json", "/static/../reviewers.json", "/reviews.json"):
        assert (await reader.get(path)).status_code == 404, path
    names = await reader.get("/quotewire.json?sql=select+name+from+sqlite_master&_shape=array")
    assert "reviews" not in [row["name"] for row in names.json()]
    with sqlite3.connect(folder / "reviews.db") as file:
        assert file.execute("select reviewer, decision from reviews").fetchall() == [("ada", "reject")]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("accept", "accept")] * 20 + [("accept", "reject")] * 5 + [("reject", "accept")] * 10
         + [("reject", "reject")] * 15, 0.4),
        ([("accept", "reject"), ("reject", "accept")], -1.0),
        ([("accept", "accept"), ("reject", "reject")], 1.0),
        ([("accept", "accept")], None),
        ([], None),
    ],
)  # fmt: skip
def test_cohens_kappa(pairs, expected):
    found = FIGURES["kappa"](pairs)
    assert found == (None if expected is None else pytest.approx(expected))


def test_accuracy_is_told_by_tenths_of_confidence():
    rows = [("quote", 0.95, "accept"), ("quote", 0.9, "reject"), ("quote", 1.0, "accept"), ("role", None, "accept")]
    found = FIGURES["bands"]([{"subject": s, "confidence": c, "decision": d} for s, c, d in rows])
    assert [(row["subject"], row["low"], row["judged"], round(row["right"], 2)) for row in found] == [
        ("quote", 0.9, 3, 0.67)
    ]
