"""How an import of the size of GeoNames' whole dump fares: time, size, memory, and look-ups in it.

    python benchmarks/places_import.py [ROWS]       12 million rows unless told otherwise; needs some 6 GB of disk

Synthesises a dump with invented names in a temporary folder, imports it there, looks names up and deletes all of it again.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from geo.places import bulk, names
from geo.places.bulk import Bulk
from geo.places.gazetteer import Gazetteer

ROWS = 12_000_000
SYLLABLES = [
    c + v + e for c in "b d f g h j k l m n q r s t w z sh kh".split() for v in "aeiou" for e in ("", "n", "r")
]
ASKED = 2_000  # names


def name_of(number: int) -> str:
    """An invented name; one in three has two words, and some repeat, as names of villages do."""
    spread = number * 2_654_435_761 % 2**32  # Knuth's multiplicative hash: neighbours get unlike names
    word = ""
    for _ in range(2 + (spread >> 7) % 3):
        spread, at = divmod(spread, len(SYLLABLES))
        word += SYLLABLES[at]
        spread += number >> 3
    word = word.capitalize()
    return f"{word} {SYLLABLES[spread % 97].capitalize()}{SYLLABLES[number % 89]}" if number % 3 == 0 else word


def lines(rows: int) -> Iterator[str]:
    """The dump's rows: 19 columns, one alternate name in two."""
    for number in range(rows):
        name = name_of(number)
        other = name_of(number + rows) if number % 2 else ""
        people = str(number % 5000) if number % 4 == 0 else "0"
        lat, lon = -60 + number * 7 % 12000 / 100, -180 + number * 13 % 36000 / 100
        cells = [str(90_000_000 + number), name, name, other, f"{lat:.2f}", f"{lon:.2f}", "P", "PPL", "IQ"]
        yield "\t".join([*cells, "", "", "", "", "", people, "", "", "", ""]) + "\n"


def main() -> None:
    """Print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CONFLICT_MAP_CACHE"] = scratch
        dump = Path(scratch) / "synthetic.txt"
        with dump.open("w", encoding="utf-8") as out:
            out.writelines(lines(rows))
        print(f"dump                    {rows:10,} rows, {dump.stat().st_size / 1e6:,.0f} MB")
        start, wall = time.process_time(), time.time()
        file = bulk.import_geonames(dump)
        print(
            f"import                  {time.process_time() - start:10.0f} s of processor, {time.time() - wall:.0f} s by the clock"
        )
        print(f"memory, at most         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:10.0f} MB")
        print(f"index                   {file.stat().st_size / 1e6:10,.0f} MB")
        look_up(Gazetteer(bulk=Bulk([file])), rows)


def look_up(gazetteer: Gazetteer, rows: int) -> None:
    """Print the median times of look-ups: each name for the first time, and the same names again but not remembered."""
    dice = random.Random(1)
    known = [name_of(dice.randrange(rows)) for _ in range(ASKED)]
    absent = [name_of(3 * rows + n) + "xqz" for n in range(ASKED)]
    strict, fuzzy = gazetteer.strict.__wrapped__, gazetteer.fuzzy.__wrapped__  # without what they remember
    for what, call, asked in (
        ("known name, first time", strict, known),
        ("known name, anew", strict, known),
        ("name that is none", strict, absent),
        ("fuzzy name, anew", fuzzy, known[:200]),
    ):
        names.keys.cache_clear()
        print(f"{what:23} {statistics.median(_microseconds(call, name) for name in asked):10.1f} us")


def _microseconds(call, name: str) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    start = time.perf_counter()
    call(name)
    return (time.perf_counter() - start) * 1e6


if __name__ == "__main__":
    main()
