"""The commands as a user types them, each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import cli

ROOT = Path(__file__).parents[1]
TEXT = (
    "Ministers will pay for new harbour walls, the harbours minister, Ada Quill, said.\n\n"
    "“Every port will be safer,” Ms Quill said. “We owe it to the crews.”\n\n"
    "But the shadow harbours minister, Tom Brack, said the harbour plan was “a puddle of money”.\n"
)


def quotewire(*arguments: object, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "pipeline.py"), *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=False, env=os.environ | environment, cwd=ROOT
    )


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_teaches_by_its_help_and_stands_in_the_readme(name: str) -> None:
    result = quotewire(name, "--help")
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) >= 5
    assert f"quotewire {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_help_of_import_names_every_form_that_it_takes_in() -> None:
    told = quotewire("import", "--help").stdout
    assert [form for form in ("text", "HTML", "GOV.UK", "JSON Lines", "WARC") if form not in told] == []


def test_annotate_reads_lines_and_says_which_one_it_could_not(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        "{broken",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": ""}),
    ]
    result = quotewire("annotate", stdin="\n".join(lines))
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [row["id"] for row in rows] == ["a", "line 2", "b", "c"]
    assert {q["speaker"] for q in rows[0]["quotes"]} == {"Ada Quill", "Tom Brack"}
    assert rows[0]["people"][0]["roles"] == ["harbours minister"]
    assert "no JSON" in rows[1]["error"]
    assert "text" in rows[2]["error"]
    assert TEXT[slice(*rows[0]["quotes"][1]["content"][0])].startswith("“Every port")


def test_annotate_takes_a_byte_order_mark_and_names_the_lines_that_are_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    good = json.dumps({"id": "a", "text": TEXT}).encode()
    file.write_bytes(
        b"\xef\xbb\xbf"
        + good
        + b'\r\n{"id": "b", "text": "caf\xe9"}\n{"id": "\\ud800"}\n'
        + good.replace(b'"a"', b'"d"')
    )
    result = quotewire("annotate", file)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [row["id"] for row in rows] == ["a", "line 2", "line 3", "d"]
    assert ["error" in row for row in rows] == [False, True, True, False]
    assert "not UTF-8" in rows[1]["error"]


def test_import_read_publish_twice_does_nothing_twice(tmp_path: Path) -> None:
    database, text = tmp_path / "my.db", tmp_path / "harbour.txt"
    text.write_text("Harbour walls to be paid for\n\n" + TEXT, encoding="utf-8")

    def counts() -> list[int]:
        with sqlite3.connect(tmp_path / "my.public" / "quotewire.db") as copy:
            tables = ("articles", "article_versions", "readings", "quotes", "people", "mentions", "utterances")
            return [copy.execute(f"select count(*) from {table}").fetchone()[0] for table in tables]

    for command in ("import", "read", "publish"):
        done = quotewire("--db", database, command, *([text] if command == "import" else []))
        assert done.returncode == 0, done.stderr
    before = counts()
    assert all(before)
    for command in ("import", "read", "publish"):
        quotewire(command, *([text] if command == "import" else []), QUOTEWIRE_DB=str(database))
    assert counts() == before


def test_a_text_that_changed_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    database, text = tmp_path / "my.db", tmp_path / "harbour.txt"
    for body in (TEXT, TEXT.replace("puddle", "thimble")):
        text.write_text("Harbour walls to be paid for\n\n" + body, encoding="utf-8")
        quotewire("--db", database, "import", text)
    with sqlite3.connect(database) as db:
        assert db.execute("select version_no, body like '%thimble%' from article_versions order by 1").fetchall() == [
            (1, 0), (2, 1),
        ]  # fmt: skip
        assert db.execute("select count(*) from articles").fetchone() == (1,)


def test_a_reading_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    database, lines = tmp_path / "my.db", tmp_path / "many.jsonl"
    rows = [{"id": str(n), "text": TEXT * 12 + f"\n\nNumber {n}.", "headline": f"Walls {n}"} for n in range(160)]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert quotewire("--db", database, "import", lines).returncode == 0
    process = subprocess.Popen(
        [sys.executable, ROOT / "pipeline.py", "--db", database, "read"], stdout=subprocess.DEVNULL
    )
    with sqlite3.connect(database) as db:
        deadline = time.monotonic() + 120
        while db.execute("select count(*) from readings").fetchone()[0] == 0 and time.monotonic() < deadline:
            time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with sqlite3.connect(database) as db:
        done = db.execute("select count(*) from readings").fetchone()[0]
        assert 0 < done < len(rows)
    assert quotewire("--db", database, "read").returncode == 0
    with sqlite3.connect(database) as db:
        assert db.execute("select count(*), count(distinct version_id) from readings").fetchone() == (160, 160)
        assert db.execute(
            "select count(distinct n) from (select count(*) n from quotes group by version_id)"
        ).fetchone() == (1,)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve",), "quotewire publish"),
        (("status",), "quotewire init"),
        (("crawl", "nowhere"), "No source named nowhere"),
        (("import", "no-such-file"), "no-such-file"),
        (("extract", "no-such-file"), "no-such-file"),
    ],
)
def test_an_error_says_what_and_what_to_do(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = quotewire("--db", tmp_path / "none.db", *arguments)
    assert result.returncode != 0
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    wrong = tmp_path / "letter.db"
    wrong.write_text("Dear reader, this is a letter and no database at all." * 40)
    result = quotewire("--db", wrong, "read")
    assert result.returncode != 0
    assert "letter.db" in result.stderr
    assert "Traceback" not in result.stderr
    assert wrong.read_text().startswith("Dear reader")
