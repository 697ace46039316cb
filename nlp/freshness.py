"""Which readings were made by code, word lists or weights that have changed since, component by component.

A component's version is a digest of all that it is made of, found by following its imports and the names of the files
that it reads. Nobody has to remember to raise a number; a change that changes nothing costs a reading and no row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from nlp.records import Reading

HERE = Path(__file__).parent
DIGITS = 12  # of a digest that are kept
BASE = ("document", "marks", "english.encoder", "english.entities", "english.hyphens", "english.morphology")

IMPORT = re.compile(
    r"^\s*(?:from (?P<package>nlp[\w.]*) import (?P<names>\([^)]*\)|[^\n]*)|import (?P<plain>nlp\.[\w.]+))",
    re.MULTILINE,
)
NAMED = re.compile(r"[\"']([\w.-]{2,40})[\"']")  # what may be the name of a word list or of a file of weights

STALE = """
    select v.id, v.article_id, v.body, substr(a.published_at, 1, 10), coalesce(a.language, 'en')
    from article_versions v join articles a on a.id = v.article_id join readings r on r.version_id = v.id
    where r.components is not :components or r.model is not :model or r.pipeline_version is not :pipeline
    order by a.current_version_id is not v.id, v.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What reads today: kept with every reading, so that it can be told from an older one."""

    pipeline: str
    model: str
    components: Mapping[str, str]

    def as_row(self) -> dict[str, str]:
        return {
            "pipeline": self.pipeline,
            "model": self.model,
            "components": json.dumps(self.components, sort_keys=True),
        }


def versions_of(components: Iterable[str]) -> dict[str, str]:
    """Component (a module of nlp) → digest of what it is made of; "text" is what they all stand on."""
    modules = {name: (name,) for name in components} | {"text": BASE, "rows": ("rows",)}
    return {name: _digest(tuple(f"nlp.{module}" for module in parts)) for name, parts in modules.items()}


def version_of(module: str) -> str:
    """The digest of what one module of nlp is made of."""
    return _digest((f"nlp.{module}",))


def digest_of(reading: Reading) -> str:
    """The same for two readings that found the same."""
    return sha256(repr(reading).encode("utf-8", "backslashreplace")).hexdigest()


def found_the_same(db: Database, version_id: int, reading: Reading | None, reason: str, stamp: Stamp) -> bool:
    """Whether a new reading found what the stored one did; then its rows stay, numbers and all, under the new stamp."""
    stored = db.execute("select digest, reason, components from readings where version_id = ?", [version_id]).fetchone()
    if not stored:
        return False
    digest, old_reason, components = stored
    same_rows = json.loads(components or "{}").get("rows") == stamp.components.get("rows")
    if not (same_rows and digest == digest_of(reading) if reading else digest is None and old_reason == reason):
        return False
    row = stamp.as_row()
    db.execute(
        "update readings set pipeline_version = :pipeline, model = :model, components = :components "
        "where version_id = :version",
        {**row, "version": version_id},
    )
    return True


def put_stamp(db: Database, version_id: int, reading: Reading | None, stamp: Stamp) -> None:
    db.execute(
        "update readings set components = ?, digest = ? where version_id = ?",
        [stamp.as_row()["components"], digest_of(reading) if reading else None, version_id],
    )


def outdated(db: Database, stamp: Stamp) -> dict[str, int]:
    """What has changed → how many readings were made before it did; empty when all are of today."""
    found: dict[str, int] = {}
    sql = "select components, model, count(*) from readings group by components, model"
    for components, model, count in db.execute(sql):
        known = json.loads(components or "{}")
        changed = [name for name, version in stamp.components.items() if known.get(name) != version]
        for name in [*changed, *(["model"] if model != stamp.model else [])]:
            found[name] = found.get(name, 0) + count
    return found


def remembered(db: Database, version_id: int) -> dict[tuple[object, ...], int]:
    """A version's quotes by their words and speakers → the utterances that they are occurrences of."""
    return {
        row[:-1]: row[-1]
        for row in db.execute(
            "select content, person_id, organisation_id, speaker, utterance_id from quotes "
            "where version_id = ? and utterance_id is not null",
            [version_id],
        )
    }


def give_back(db: Database, version_id: int, utterances: Mapping[tuple[object, ...], int]) -> None:
    """Quotes that are read as before stay occurrences of what they were."""
    if utterances:
        sql = "select id, content, person_id, organisation_id, speaker from quotes where version_id = ?"
        for quote, *key in db.execute(sql, [version_id]).fetchall():
            if tuple(key) in utterances:
                db.execute("update quotes set utterance_id = ? where id = ?", [utterances[tuple(key)], quote])


@cache
def _digest(modules: tuple[str, ...]) -> str:
    whole = sha256()
    for path in sorted(_made_of(modules)):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:DIGITS]


def _made_of(modules: Iterable[str]) -> set[Path]:
    """The source files that ``modules`` lead to, and the word lists and weights that these name."""
    found: set[Path] = set()
    todo = [path for module in modules if (path := _file(module))]
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += _leads_to(path) if path.suffix == ".py" else ()
    return found


@cache
def _leads_to(path: Path) -> tuple[Path, ...]:
    code = path.read_text(encoding="utf-8")
    found = [_file(match["plain"]) for match in IMPORT.finditer(code) if match["plain"]]
    for match in IMPORT.finditer(code):
        if match["package"]:
            names = re.findall(r"\w+", match["names"])
            found += [_file(match["package"]), *(_file(f"{match['package']}.{name}") for name in names)]
    for name in set(NAMED.findall(code)):
        found += [HERE / "data" / f"{name}.txt", HERE / "data" / name, HERE / "model" / name]
    return tuple(one for one in found if one and one.is_file())


def _file(module: str) -> Path | None:
    path = HERE.joinpath(*module.split(".")[1:])
    return next((one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()), None)
