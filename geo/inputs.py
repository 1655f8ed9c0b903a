"""What the incidents were last built of: tells which file has changed since, without building them again.

`build` notes the digest of every file that it read, and of what it wrote, in `.conflict-map/built.json`. That is a note of
this machine and no part of the project: incidents that came from elsewhere bear none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from geo.files import canonical_json, write_atomically
from geo.places import bulk
from geo.read import SUFFIXES
from geo.store import ARTICLES, GAZETTEER, INCIDENTS, ORIGINALS, REVIEWS, Project

NOTE = "built.json"
TOOL = "the tool with its rules"
TOWNS = "the index of towns"
CODE = Path(__file__).parent
CODE_SUFFIXES = (".py", ".toml", ".csv", ".txt")


def digests(project: Project) -> dict[str, str]:
    """Give the digest of all that a build depends on, by its name in the project; the tool and its index count as one each."""
    found = {name: _digest(file) for name, file in _files(project)}
    code = sorted(f for f in CODE.rglob("*") if f.suffix in CODE_SUFFIXES and "_bundle" not in f.parts)
    found[TOOL] = _joined(f"{f.relative_to(CODE).as_posix()} {_digest(f)}" for f in code)
    imported = [(f, f.stat()) for f in sorted(bulk.cache_folder().glob("import-*.sqlite"))]
    sizes = (f"{f.name} {s.st_size} {s.st_mtime_ns}" for f, s in imported)  # too large to read
    found[TOWNS] = _joined([bulk.fingerprint(()), *sizes])
    return found


def _files(project: Project) -> Iterator[tuple[str, Path]]:
    folders = (
        (ARTICLES, project.path(ARTICLES), SUFFIXES),
        (ORIGINALS, project.root / ORIGINALS, SUFFIXES),
        (GAZETTEER, project.gazetteer, (".csv", ".geojson")),
    )
    for part, folder, suffixes in folders:
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.suffix.lower() in suffixes and file.is_file():
                yield (part / file.name).as_posix(), file
    if (reviews := project.path(REVIEWS)).is_file():
        yield REVIEWS.as_posix(), reviews


def note(project: Project, seen: Mapping[str, str]) -> None:
    """Keep what the incidents that were just written are made of; `seen` are the digests from before the files were read."""
    built = {"incidents": _digest(project.path(INCIDENTS)), "inputs": dict(seen)}
    write_atomically(project.private / NOTE, canonical_json(built))


def changes(project: Project) -> list[str] | None:
    """Say in words what has changed since the stored incidents were built; None where they were not built here."""
    try:
        built = json.loads((project.private / NOTE).read_text(encoding="utf-8"))
        if built["incidents"] != _digest(project.path(INCIDENTS)):
            return None
        old, new = dict(built["inputs"]), digests(project)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    how = {n: "is gone" if n not in new else "is new" if n not in old else "changed" for n in sorted({*old, *new})}
    return [f"{name} {verb}" for name, verb in how.items() if old.get(name) != new.get(name)]


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _joined(parts: Iterator[str] | list[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
