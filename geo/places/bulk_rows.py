"""The form of the bulk index: its rows and numbers, and what a population says about a place's reach and its weight."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator

Progress = Callable[[str, int, int], None]
Row = tuple[
    str, str, str, str, str, float, float, float, float
]  # ref, name, code, country, admin1, lat, lon, radius_km, importance

SCHEMA = 7
MOST_PLACES = 40  # of one name, the most important first: "San Antonio" has 400
PLACES_APART = 64  # numbers from the first place of one key to the first of the next
COARSE = frozenset("~^!")  # what a key other than a whole name starts with
DEGREE = 100_000  # as the file counts them
_PRIME = 89_068_084_525_962_511  # 57 bits near the golden ratio, so that nothing in names keeps time with it


def number_of(key: str) -> int:
    """The number by which the index knows a key: the key's bytes read as one number, modulo a prime.

    Two keys of one number would share their places. Among fifty million keys one such pair is found in a hundred
    indexes; the installed one has none.
    """
    return int.from_bytes(key.encode(), "big") % _PRIME


def radius_of(population: int) -> float:
    """How far a town of that size reaches, in km: 1.5 for a village, 5 for 100,000 people, 26 for ten million."""
    return round(max(1.5, 0.08 * population**0.36), 1) if population > 0 else 1.5


def importance_of(population: int) -> float:
    """log10 of the population; 2 where it is not known."""
    return round(math.log10(population), 2) if population > 1 else 2.0


def read_json_members(text: str) -> Iterator[tuple[str, dict]]:  # type: ignore[type-arg]
    """The members of one big JSON object, one at a time, so that 80 MB never become 600 MB of dicts."""
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    while True:
        while text[at] in " \n\r\t,":
            at += 1
        if text[at] == "}":
            return
        key, at = decoder.raw_decode(text, at)
        at = text.index(":", at) + 1
        while text[at] in " \n\r\t":
            at += 1
        value, at = decoder.raw_decode(text, at)
        yield key, value
