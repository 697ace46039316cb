"""The floors of the house: who may import whom, and how large a module may grow."""

from __future__ import annotations

import ast
import subprocess
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {"crawler": {"nlp", "pipeline", "commands", "bench"}, "nlp": {"crawler", "pipeline", "commands", "bench"}}
OURS = {"crawler", "nlp", "pipeline", "commands", "counting", "bench"}
LONGEST = 250
LONGEST_TEST = 300  # a test module repeats its set-up


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Dotted names of every module that ``path`` imports, at whatever depth it does so."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = (alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names)
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return set(
        chain(
            plain, *([node.module, *(f"{node.module}.{a.name}" for a in node.names)] for node in froms if node.module)
        )
    )


@pytest.mark.parametrize("floor", FLOORS)
def test_crawler_and_nlp_know_nothing_of_each_other_or_of_what_joins_them(floor: str) -> None:
    broken = {
        str(path.relative_to(ROOT)): found
        for path in modules(floor)
        if (found := {name.split(".")[0] for name in imported(path)} & FLOORS[floor])
    }
    assert broken == {}


def test_the_site_sees_only_the_database() -> None:
    broken = {
        str(path.relative_to(ROOT)): found
        for path in modules("datasette")
        if (found := {name.split(".")[0] for name in imported(path)} & OURS)
    }
    assert broken == {}


def test_what_every_floor_may_use_knows_of_none_of_them() -> None:
    assert {name.split(".")[0] for name in imported(ROOT / "counting.py")} <= {"__future__"}


def test_inside_nlp_records_know_nothing_of_components_and_components_nothing_of_build_or_run() -> None:
    top = {"nlp.build", "nlp.run"}
    allowed = {"build.py", "run.py"}
    broken = {
        path.name: found
        for path in modules("nlp")
        if path.name not in allowed and path.parent.name != "training" and (found := imported(path) & top)
    }
    assert broken == {}
    assert not {name for name in imported(ROOT / "nlp" / "records.py") if name.startswith("nlp")}
    assert "nlp.run" not in imported(ROOT / "nlp" / "build.py")


@pytest.mark.parametrize("floor", FLOORS)
def test_no_module_imports_itself_through_others(floor: str) -> None:
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): {n for n in imported(path) if n.startswith(floor)}
        for path in modules(floor)
    }

    def reaches(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for name in graph.get(todo.pop(), ()):
                if name in graph and name not in seen:
                    seen.add(name)
                    todo.append(name)
        return seen

    assert [name for name in graph if name in reaches(name)] == []


@pytest.mark.parametrize(
    ("folders", "longest"), [(("crawler", "nlp", "datasette", "bench", "docs"), LONGEST), (("tests",), LONGEST_TEST)]
)
def test_a_module_stays_small_enough_to_be_read_at_a_sitting(folders: tuple[str, ...], longest: int) -> None:
    paths = [*chain.from_iterable(modules(folder) for folder in (*folders, "commands")), *ROOT.glob("*.py")]
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {name: count for name, count in lines.items() if count > longest} == {}


def test_our_site_folder_never_shadows_the_installed_datasette() -> None:
    import datasette

    assert datasette.__file__ is not None
    assert "site-packages" in datasette.__file__
    assert not (ROOT / "datasette" / "__init__.py").exists()


def test_nothing_of_the_machine_it_was_written_on_is_in_the_repository() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    texts = {
        n: (ROOT / n).read_bytes()
        for n in tracked.split("\0")
        if n and (ROOT / n).is_file() and not n.startswith("tests/test_arch")
    }
    assert [
        name for name, data in texts.items() if b"--index-url" in data or b"/home/" in data or b"/Users/" in data
    ] == []
