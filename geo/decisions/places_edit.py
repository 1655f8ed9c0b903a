"""Add, edit and retire a place in `places.csv` and `names.csv`: checked, tried before it is saved, and undone.

A change is first planned, which writes nothing: it is the two files as they would become. `drafted` gives a gazetteer
folder with it, to see what it would move; `save` writes it and keeps the bytes before, so that `undo` brings them back.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo.files import canonical_json, locked, write_atomically
from geo.model import BadInput, Problem
from geo.places.check import check
from geo.places.form import KINDS, PLACE_FIELDS, check_names, check_place, new_id
from geo.store import GAZETTEER, Project

NAME_FIELDS = ("place_id", "name", "lang", "kind", "context_country", "source")
PLACES, NAMES = "places.csv", "names.csv"
NAME_ORDER = ("place_id", "lang", "name")  # how names.csv is sorted
UNDO = "undo"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A planned change: what it does in plain words, the place, and the bytes of both files before and after."""

    what: str
    place_id: str
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Files:
    """Both files of a folder: their bytes, and their rows as lists of cells, broken ones included."""

    raw: dict[str, bytes]
    rows: dict[str, list[list[str]]]

    @classmethod
    def read(cls, folder: Path) -> _Files:
        raw, rows = {}, {}
        for name, header in ((PLACES, PLACE_FIELDS), (NAMES, NAME_FIELDS)):
            path = folder / name
            raw[name] = path.read_bytes() if path.exists() else b""
            try:
                text = raw[name].decode("utf-8-sig") or ",".join(header) + "\n"
            except UnicodeDecodeError as error:
                reason = f"is not UTF-8: byte {error.start}"
                raise BadInput([Problem(name, None, None, reason, "save it as UTF-8 first")]) from error
            rows[name] = list(csv.reader(io.StringIO(text, newline="")))
            if missing := [f for f in header if f not in rows[name][0]]:
                raise BadInput(
                    [Problem(name, 1, missing[0], f"columns missing: {', '.join(missing)}", "put them back")]
                )
        return cls(raw, rows)

    def dicts(self, name: str) -> list[Row]:
        header, *rows = self.rows[name]
        return [dict(zip(header, row, strict=False)) for row in rows if len(row) == len(header)]

    def bytes(self, name: str) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(self.rows[name])
        return out.getvalue().encode("utf-8")


# --------------------------------------------------------------------------------------------------- planning


def plan_add(folder: Path, place: Mapping[str, str], names: Iterable[Mapping[str, str]] = ()) -> Change:
    """Plan a new row of `places.csv` and its further names. An empty `id` is made from country and name.

    `place` has the columns of `places.csv` as text; `names` have name, lang, kind, context_country and source.

    Raises:
        BadInput: every problem of the form at once.
    """
    files = _Files.read(folder)
    known = files.dicts(PLACES)
    row = {field: str(place.get(field, "")).strip() for field in PLACE_FIELDS}
    row["id"] = row["id"] or new_id(row, {r["id"] for r in known})
    row["status"] = row["status"] or "single-source"
    further = _name_rows(row["id"], names)
    problems = check_place(row, known, folder) + check_names(row, further)
    if any(r["id"] == row["id"] for r in known):
        problems.append(Problem(PLACES, None, "id", f"{row['id']!r} is taken", "edit that place, or choose another id"))
    if problems:
        raise BadInput(problems)
    _insert(files.rows[PLACES], row, "id")
    for name in further:
        _insert(files.rows[NAMES], name, *NAME_ORDER)
    return _checked(folder, _change(files, f"add {row['name']} ({row['id']})", row["id"]))


def plan_edit(
    folder: Path, place_id: str, fields: Mapping[str, str], names: Iterable[Mapping[str, str]] | None = None
) -> Change:
    """Plan new values for some fields of a place, and where `names` is given, a new list of its further names.

    Raises:
        BadInput: there is no such row, or every problem of the form at once.
    """
    files = _Files.read(folder)
    old = _row_of(files, place_id)
    if wrong := [f for f in fields if f not in PLACE_FIELDS or f == "id"]:
        cure = f"one of {', '.join(PLACE_FIELDS[1:])}"
        raise BadInput([Problem(PLACES, None, wrong[0], "is no field that can be edited", cure)])
    row = old | {field: str(value).strip() for field, value in fields.items()}
    others = [r for r in files.dicts(PLACES) if r["id"] != place_id]
    further = None if names is None else _name_rows(place_id, names)
    problems = check_place(row, others, folder) + check_names(row, further or [])
    if problems:
        raise BadInput(problems)
    _replace(files.rows[PLACES], row)
    if further is not None:
        header, *rows = files.rows[NAMES]
        own = header.index("place_id")
        files.rows[NAMES] = [header, *(r for r in rows if len(r) <= own or r[own] != place_id)]
        for name in further:
            _insert(files.rows[NAMES], name, *NAME_ORDER)
    changed = [f for f in PLACE_FIELDS if row.get(f, "") != old.get(f, "")] + (["names"] if further is not None else [])
    return _checked(
        folder, _change(files, f"edit {row['name']} ({place_id}): {', '.join(changed) or 'nothing'}", place_id)
    )


def plan_retire(folder: Path, place_id: str, why: str = "") -> Change:
    """Plan to take a place out of use: its row stays for old links, no name resolves to it any more.

    Raises:
        BadInput: there is no such row.
    """
    files = _Files.read(folder)
    row = _row_of(files, place_id)
    row["status"] = "retired"
    if why.strip():
        row["note"] = f"{row['note']} {why.strip()}".strip()
    _replace(files.rows[PLACES], row)
    header, *rows = files.rows[NAMES]
    own = header.index("place_id")
    files.rows[NAMES] = [header, *(r for r in rows if len(r) <= own or r[own] != place_id)]
    return _checked(folder, _change(files, f"retire {row['name']} ({place_id})", place_id))


def _change(files: _Files, what: str, place_id: str) -> Change:
    return Change(what, place_id, files.raw, {name: files.bytes(name) for name in (PLACES, NAMES)})


def _row_of(files: _Files, place_id: str) -> Row:
    for row in files.dicts(PLACES):
        if row["id"] == place_id:
            return row
    cure = "a place of the bulk index or a country is changed by adding a row of its own"
    raise BadInput([Problem(PLACES, None, "id", f"there is no row {place_id!r}", cure)])


def _name_rows(place_id: str, names: Iterable[Mapping[str, str]]) -> list[Row]:
    """Fill in what a form may leave open, and drop empty and repeated names."""
    rows: dict[tuple[str, str], Row] = {}
    for given in names:
        row = {field: str(given.get(field, "")).strip() for field in NAME_FIELDS} | {"place_id": place_id}
        row["lang"] = row["lang"] or "en"
        row["kind"] = row["kind"] or KINDS[1]
        row["source"] = row["source"] or "reviewed"
        if row["name"]:
            rows.setdefault((row["name"], row["context_country"]), row)
    return list(rows.values())


def _checked(folder: Path, change: Change) -> Change:
    """Give the change back if the whole gazetteer is no worse with it. Raises BadInput with what would be new."""
    with _with_files(folder, change.after) as tried:
        known = {_told(p) for p in check(folder)}
        new = [p for p in check(tried) if _told(p) not in known]
    if new:
        raise BadInput(new)
    return change


def _told(problem: Problem) -> tuple[str | None, ...]:
    """Give what a problem says without its row, which moves when another row is added."""
    return Path(problem.file).name, problem.field, problem.reason


def _insert(rows: list[list[str]], row: Row, *keys: str) -> None:
    """Put a row before the first one whose keys are greater, so that a file in order stays in order."""
    header = rows[0]
    columns = [header.index(key) for key in keys]
    own = [row[key] for key in keys]
    greater = (i for i, r in enumerate(rows) if i and len(r) == len(header) and [r[c] for c in columns] > own)
    rows.insert(next(greater, len(rows)), [row.get(field, "") for field in header])


def _replace(rows: list[list[str]], row: Row) -> None:
    header = rows[0]
    column = header.index("id")
    at = next(i for i, r in enumerate(rows) if i and len(r) == len(header) and r[column] == row["id"])
    rows[at] = [row.get(field, "") for field in header]


# --------------------------------------------------------------------------------------------------- doing


@contextmanager
def drafted(project: Project, change: Change) -> Iterator[Path]:
    """Give a gazetteer folder in which the change is made, for `Gazetteer.load`; it is gone afterwards."""
    with _with_files(project.gazetteer, change.after) as folder:
        yield folder


@contextmanager
def _with_files(original: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a temporary gazetteer folder with other contents of some files; the others are linked to, or copied."""
    with tempfile.TemporaryDirectory(prefix="conflict-map-") as name:
        folder = Path(name)
        for file in original.iterdir():
            if file.is_file() and file.name not in files and not file.name.startswith("."):
                try:
                    (folder / file.name).symlink_to(file.resolve())
                except OSError:  # Windows lets not every user link
                    shutil.copyfile(file, folder / file.name)
        for file_name, content in files.items():
            (folder / file_name).write_bytes(content)
        yield folder


def save(project: Project, change: Change, *, when: str = "") -> None:
    """Write a planned change; `when` is the moment for the undo log, as the caller's clock says it.

    The bytes before are kept first, then `places.csv` is replaced, then `names.csv`: a crash between leaves a place
    that lacks its further names, and `undo` takes it back.

    Raises:
        BadInput: the files have changed since the change was planned.
        OSError: the folder cannot be written.
    """
    folder = project.own(GAZETTEER)
    with locked(folder / PLACES):
        if any(_bytes(folder / name) != before for name, before in change.before.items()):
            cure = "look at the place again and repeat the change"
            raise BadInput([Problem(PLACES, None, None, "was changed by somebody else meanwhile", cure)])
        entry = _next_entry(project)
        for name, before in change.before.items():
            write_atomically(entry / name, before)
        facts = {"what": change.what, "place_id": change.place_id, "when": when}
        facts |= {f"after {name}": _digest(content) for name, content in change.after.items()}
        write_atomically(entry / "change.json", canonical_json(facts))
        for name in (PLACES, NAMES):
            if change.after[name] != change.before[name]:
                write_atomically(folder / name, change.after[name])


def undo(project: Project) -> str:
    """Take the last saved change back and say what it was.

    Raises:
        BadInput: nothing is left to undo, or the files were edited by hand since.
    """
    entries = _entries(project)
    if not entries:
        raise BadInput(
            [Problem(PLACES, None, None, "there is no change to undo", "the log starts with the first change")]
        )
    entry = entries[-1]
    facts = json.loads((entry / "change.json").read_text(encoding="utf-8"))
    folder = project.own(GAZETTEER)
    with locked(folder / PLACES):
        before = {name: (entry / name).read_bytes() for name in (PLACES, NAMES)}
        for name in (PLACES, NAMES):
            if _digest(_bytes(folder / name)) not in (facts[f"after {name}"], _digest(before[name])):
                cure = f"the bytes before it are kept in {entry / name}"
                raise BadInput(
                    [Problem(name, None, None, "was edited since the last change, which would be lost", cure)]
                )
        for name in (NAMES, PLACES):
            if _bytes(folder / name) != before[name]:
                write_atomically(folder / name, before[name])
        shutil.rmtree(entry)
    return str(facts["what"])


def history(project: Project) -> Sequence[Mapping[str, str]]:
    """List the changes that can be undone, the last first: what, place_id, when."""
    facts = [json.loads((entry / "change.json").read_text(encoding="utf-8")) for entry in reversed(_entries(project))]
    return [{name: f[name] for name in ("what", "place_id", "when")} for f in facts]


def _entries(project: Project) -> list[Path]:
    folder = project.private / UNDO
    return sorted(e for e in folder.iterdir() if (e / "change.json").exists()) if folder.is_dir() else []


def _next_entry(project: Project) -> Path:
    last = _entries(project)
    entry = project.private / UNDO / f"{int(last[-1].name) + 1 if last else 1:06}"
    shutil.rmtree(entry, ignore_errors=True)  # the rest of one that was never finished
    entry.mkdir(parents=True)
    return entry


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
