"""A site that is being served goes over to a newly published copy by itself, and loses no request on the way."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from click.testing import CliRunner

from commands import jobs, serving
from nlp.publish import made_for, publish
from pipeline import cli


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "EVERY_S", 0.05)


@asynccontextmanager
async def served(latest: serving.Latest) -> AsyncIterator[httpx.AsyncClient]:
    """A reader of the site, which a real server serves on loopback."""
    await latest.site.invoke_startup()
    server = uvicorn.Server(uvicorn.Config(latest, host="127.0.0.1", port=0, log_level="warning", lifespan="on"))
    running = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as reader:
        yield reader
    server.should_exit = True
    await running


async def until(come: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not come():
            await asyncio.sleep(0.02)


async def test_the_first_reader_after_a_new_publishing_sees_the_new_copy(db, add_article, tmp_path: Path) -> None:
    working = tmp_path / "quotewire.db"
    add_article("A text.", url="http://a.example/1", headline="The first ferry")
    latest = serving.Latest(jobs.publish(working), jobs.site)
    async with served(latest) as reader:
        assert (await reader.get("/article/1")).status_code == 200
        assert (await reader.get("/article/2")).status_code == 404
        add_article("A text.", url="http://a.example/2", headline="The second ferry")
        before = latest.site
        jobs.publish(working)
        await until(lambda: latest.site is not before)  # nobody asks for a page meanwhile
        assert "The second ferry" in (await reader.get("/article/2")).text
        assert (await reader.get("/article/1")).status_code == 200


async def test_a_copy_that_cannot_be_served_leaves_the_old_one(db, add_article, tmp_path: Path, caplog) -> None:
    add_article("A text.", url="http://a.example/1", headline="The first ferry")
    copy = jobs.publish(tmp_path / "quotewire.db")
    latest = serving.Latest(copy, jobs.site)
    before = latest.site
    async with served(latest) as reader:
        broken = copy.with_name("broken")
        broken.write_text("no database")
        broken.replace(copy)
        await until(lambda: "the copy before it stays" in caplog.text)
        assert "The first ferry" in (await reader.get("/article/1")).text
    assert latest.site is before


def test_a_copy_that_another_version_made_is_published_anew_before_it_is_served(
    db, add_article, tmp_path: Path
) -> None:
    add_article("A text.", url="http://a.example/1", headline="The first ferry")
    db.conn.commit()
    other = tmp_path / "views.sql"
    other.write_text("select 1;", encoding="utf-8")
    copy = publish(tmp_path / "quotewire.db", views=[*jobs.VIEWS, other])
    assert not made_for(copy, views=jobs.VIEWS)
    with socket.create_server(("127.0.0.1", 0)) as taken:  # so that serving ends at once
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli, ["--db", str(tmp_path / "quotewire.db"), "serve", "--port", port])
    assert "published anew" in result.output
    assert "listens" in result.output
    assert made_for(copy, views=jobs.VIEWS)
