"""A site that is being served goes over to a newly published copy, and loses no request on the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from commands import jobs, serving


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "EVERY_S", 0.0)


async def test_a_new_copy_is_served_without_a_restart(db, add_article, tmp_path: Path) -> None:
    working = tmp_path / "quotewire.db"
    add_article("A text.", url="http://a.example/1", headline="The first ferry")
    latest = serving.Latest(jobs.publish(working), jobs.site)
    await latest.site.invoke_startup()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(latest), base_url="http://site") as reader:
        assert (await reader.get("/article/1")).status_code == 200
        assert (await reader.get("/article/2")).status_code == 404
        add_article("A text.", url="http://a.example/2", headline="The second ferry")
        jobs.publish(working)
        assert (await reader.get("/article/1")).status_code == 200
        await asyncio.wait_for(latest.renewing, timeout=30)
        assert "The second ferry" in (await reader.get("/article/2")).text


async def test_a_copy_that_cannot_be_served_leaves_the_old_one(db, add_article, tmp_path: Path, caplog) -> None:
    add_article("A text.", url="http://a.example/1", headline="The first ferry")
    copy = jobs.publish(tmp_path / "quotewire.db")
    latest = serving.Latest(copy, jobs.site)
    await latest.site.invoke_startup()
    broken = copy.with_name("broken")
    broken.write_text("no database")
    broken.replace(copy)
    before = latest.site
    async with httpx.AsyncClient(transport=httpx.ASGITransport(latest), base_url="http://site") as reader:
        await reader.get("/static/quotewire.css")
    await asyncio.wait_for(latest.renewing, timeout=30)
    assert latest.site is before
    assert "the copy before it stays" in caplog.text
