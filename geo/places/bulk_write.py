"""Writes an index file: each folded name with its places beside it, so that a look-up reads one page.

Tables: `name` holds a place under each of its names, as `marks` folds them, and what a `Place` is made of; `key` holds the
coarser keys, which are asked for seldom and point at `place`. What many places share (country, division, feature code,
source; radius and importance) is a row of `kind` and of `size`.

A row of `name` is found by its id alone: the key's number times `PLACES_APART`, and the place's rank under that key. So the
pages above its leaves hold nothing but numbers, and a key's places are neighbours.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from geo.model import ConflictMapError
from geo.places import names
from geo.places.bulk_rows import COARSE, DEGREE, MOST_PLACES, PLACES_APART, SCHEMA, Progress, Row, number_of

HALF_BUILT = ".building-"  # and the number of the process that builds
BATCH = 5_000  # places
BITS_PER_KEY, MOST_BITS = 8, 2**28  # at least, and at most (32 MB), in the table that tells which keys there are

_PLACE = "ref, name TEXT, kind INTEGER, size INTEGER, lat, lon"  # a GeoNames id as a number; degrees see `_degrees`
_TABLES = f"""
CREATE TABLE kind(id INTEGER PRIMARY KEY, source TEXT, code TEXT, country TEXT, admin1 TEXT);
CREATE TABLE size(id INTEGER PRIMARY KEY, radius REAL, importance REAL);
CREATE TABLE place(id INTEGER PRIMARY KEY, {_PLACE});
CREATE TABLE name(id INTEGER PRIMARY KEY, {_PLACE}, n TEXT);
CREATE TABLE key(number INTEGER, r INTEGER, p INTEGER, n TEXT, PRIMARY KEY(number, r, p)) WITHOUT ROWID;
CREATE TABLE known(bits BLOB);
CREATE TEMP TABLE loose_name(number INTEGER, r INTEGER, p INTEGER, {_PLACE}, n TEXT);
CREATE TEMP TABLE loose_key(number INTEGER, r INTEGER, p INTEGER, n TEXT);
"""
_SORT_NAMES = f"""
INSERT INTO name SELECT number * {PLACES_APART} + rank - 1, ref, name, kind, size, lat, lon, n
FROM (SELECT *, row_number() OVER (PARTITION BY number ORDER BY r, p) AS rank FROM loose_name) WHERE rank <= {MOST_PLACES}
"""  # noqa: S608 - no user's words
_SORT_KEYS = "INSERT INTO key SELECT number, r, p, n FROM loose_key ORDER BY number, r, p"
_NUMBERS = f"SELECT id / {PLACES_APART} FROM name UNION ALL SELECT number FROM key"  # noqa: S608 - as above


def write(file: Path, rows: Iterable[tuple[Row, list[str]]], progress: Progress | None = None) -> None:
    """Write an index of (place, other names) atomically. Names starting with "!" are facilities' bare names.

    Places and keys first go to unsorted tables; SQLite's external sort then bounds memory however long the input is,
    and the final tables are filled in order, which is several times faster than inserting at random.
    Raises ConflictMapError for a place that lies nowhere.
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
        f"user_version={SCHEMA}",
    ):
        base.execute(f"PRAGMA {pragma}")
    base.executescript(_TABLES)
    base.execute("BEGIN")
    number = _read(base, rows, progress)
    if progress:
        progress("sorting names", number, number)
    base.execute(_SORT_NAMES)
    base.execute(_SORT_KEYS)
    base.execute("CREATE INDEX place_ref ON place(ref)")
    base.execute("INSERT INTO known VALUES(?)", (_bits(base),))
    base.execute("COMMIT")


def _read(base: sqlite3.Connection, rows: Iterable[tuple[Row, list[str]]], progress: Progress | None) -> int:
    """Fill the tables that need no order; returns how many places there are."""
    kinds: dict[tuple[str, ...], int] = {}
    sizes: dict[tuple[float, float], int] = {}
    filled: dict[str, list[tuple[object, ...]]] = {"place": [], "loose_name": [], "loose_key": []}
    number = 0
    for number, (row, others) in enumerate(rows, 1):
        (ref, name, code, country, admin1, lat, lon, radius, importance) = row
        if not (-90 <= lat <= 90 and -180 <= lon <= 180 and radius > 0):
            raise ConflictMapError(f"place {ref}: there is no point {lat}, {lon}, or no radius {radius} around it")
        kind = kinds.setdefault((_source(ref), code, country, admin1), len(kinds))
        size = sizes.setdefault((radius, importance), len(sizes))
        place = (stored_ref(ref), name, kind, size, _degrees(lat), _degrees(lon))
        filled["place"].append((number, *place))
        rank = -round(importance * 100)  # the most important first
        for key, written in _keys(name, others).items():
            other = written if written != name else None
            if key[0] in COARSE:
                filled["loose_key"].append((number_of(key), rank, number, other))
            else:
                filled["loose_name"].append((number_of(key), rank, number, *place, other))
        if len(filled["place"]) >= BATCH:
            _flush(base, filled)
            if progress:
                progress("reading places", number, 0)
    _flush(base, filled)
    base.executemany("INSERT INTO kind VALUES(?,?,?,?,?)", ((at, *kind) for kind, at in kinds.items()))
    base.executemany("INSERT INTO size VALUES(?,?,?)", ((at, *size) for size, at in sizes.items()))
    return number


def _flush(base: sqlite3.Connection, filled: dict[str, list[tuple[object, ...]]]) -> None:
    for table, rows in filled.items():
        if rows:
            base.executemany(f"INSERT INTO {table} VALUES({','.join('?' * len(rows[0]))})", rows)
        rows.clear()


def _source(ref: str) -> str:
    prefix, colon, _ = ref.partition(":")
    return prefix if colon else "area"


def stored_ref(ref: str) -> int | str:
    """A reference as the file holds it: "gn:99226" is the number 99226."""
    number = ref[3:]
    return int(number) if ref[:3] == "gn:" and number.isdecimal() else ref


def _degrees(value: float) -> int | float:
    """Hundred-thousandths in whole numbers where that tells the same, as it does for all of GeoNames: half as long."""
    whole = round(value * DEGREE)
    return whole if whole / DEGREE == value else float(value)


def _bits(base: sqlite3.Connection) -> bytes:
    """The table of bits of all keys, a power of two long."""
    (keys,) = base.execute("SELECT (SELECT count(*) FROM name) + (SELECT count(*) FROM key)").fetchone()
    size = 8
    while size < min(BITS_PER_KEY * keys, MOST_BITS):
        size *= 2
    bits = bytearray(size // 8)
    for (number,) in base.execute(_NUMBERS):
        at = number % size
        bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


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
