"""A FeatureCollection as columns of numbers: all that the map needs for its first paint, and nothing that is only read.

The browser filters by day, type, actor and source over typed arrays, so each incident site becomes one row of
little-endian columns. Titles, quotes and rivals stay behind (`details`) and are looked up by row.

Row order: sites with a point first, along a Z-order curve so that neighbours on the map are neighbours in memory and
every zoom level's cells are runs of rows; then sites known only as an area; then sites that have no place.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from .mercator import to_mercator
from .outlines import AREA_FROM_PREC, UNKNOWN, Feature, Integers, outlines

Properties = dict[str, Any]

EVENT_TYPES = (  # ACLED's six event types, in the order of the legend and of the stacked histogram
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
OTHER_TYPE = len(EVENT_TYPES)  # a type that is not ACLED's is drawn grey and listed last
UNDATED = 1_000_000  # days from 1970; an undated incident spans -UNDATED..UNDATED and so is "possible" in any window
EPOCH = date(1970, 1, 1).toordinal()
POINT, AREA, NOWHERE = range(3)
WIDTHS = ("u1", "i1", "u2", "i2", "u4", "i4")  # how a column may travel, the narrowest first
ALIGNED = 8  # bytes; a typed array starts only at a multiple of its item's size


@dataclass(frozen=True, slots=True)
class Packed:
    """The first message of a map.

    `header`: counts, names, areas and, under "layout", type, first byte and length of each column in `body`; "ids" is
    text, the site ids by row between line ends. `rows`: the features in row order.
    """

    header: dict[str, Any]
    body: bytes
    rows: Sequence[Feature]

    @property
    def hash(self) -> str:
        """A name for what the columns hold."""
        return str(self.header["hash"])

    def column(self, name: str) -> list[int]:
        """The numbers of one column, by row."""
        dtype, start, count = self.header["layout"][name]
        return [int(n) for n in np.frombuffer(self.body, f"<{dtype}", count, start)]

    @property
    def ids(self) -> list[str]:
        """The site ids, by row."""
        _, start, count = self.header["layout"]["ids"]
        text = self.body[start : start + count].decode()
        return text.split("\n") if text else []

    def message(self, **beside: Any) -> bytes:
        """Header and columns in one piece; `beside` goes into the header."""
        return framed(self.header | beside, self.body)


def framed(header: dict[str, Any], body: bytes) -> bytes:
    """The length of a JSON header (4 bytes), the header, and a body that starts at a multiple of `ALIGNED` bytes."""
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 4) % ALIGNED)
    return len(text).to_bytes(4, "little") + text + body


def encode(collection: dict[str, Any]) -> Packed:
    """Pack an exported FeatureCollection.

    Raises ValueError where a feature's day is no ISO day or its geometry neither a point nor an area.
    """
    features = collection["features"]
    kinds = _kinds(features)
    x, y, order = _ordered(features, kinds)
    rows = [features[i] for i in order.tolist()]
    facts = [f["properties"] for f in rows]
    kinds = kinds[order]
    areas, area = outlines(rows, np.flatnonzero(kinds == AREA))
    actors, (actor1, actor2) = _names(_texts(facts, "actor1"), _texts(facts, "actor2"))
    places, (place,) = _names(_texts(facts, "place"))
    publishers, many, source = _sources(facts)
    ids = _site_ids(rows)
    columns = _facts(facts)
    layout, body = _laid_out(
        columns
        | {"x": x, "y": y, "area": area, "actor1": actor1, "actor2": actor2, "place": place}
        | {"sources": many, "source": source},
        "\n".join(ids),
    )
    header = {
        "count": len(rows),
        "points": int(np.count_nonzero(kinds == POINT)),
        "placed": int(np.count_nonzero(kinds != NOWHERE)),
        "noun": "incident" if _alone(facts, ids) else "site",
        "types": list(EVENT_TYPES),
        "actors": actors,
        "publishers": publishers,
        "places": places,
        "areas": areas,
        "layout": layout,
        "days": _range(np.concatenate([columns["first"], columns["last"]])),
        "known": _range(columns["known"]),
        "present": np.unique(columns["type"]).tolist(),
    }
    header["hash"] = hashlib.sha256(framed(header, body)).hexdigest()[:16]
    return Packed(header, body, rows)


# ------------------------------------------------------------------------------------------------ what a row says


def day_number(iso: str | None) -> int | None:
    """Days from 1970-01-01 to an ISO day; None for None or ""."""
    return date.fromisoformat(iso[:10]).toordinal() - EPOCH if iso else None


def known_from(properties: Properties) -> int | None:
    """The first day on which a reader could know of the incident; None where no source says when it was published."""
    if properties.get("first_reported"):
        return day_number(properties["first_reported"])
    last_days = [s.get("published_last") for s in properties.get("sources") or [] if s.get("published_last")]
    return day_number(min(last_days)) if last_days else None


def publisher_of(source: dict[str, Any]) -> str:
    """The name under which a source is filtered: its publisher, else its title."""
    return str(source.get("publisher") or source.get("title") or "")


def _facts(facts: Sequence[Properties]) -> dict[str, Integers]:
    """The columns that are one field each."""
    starts, ends = [p.get("date_start") for p in facts], [p.get("date_end") for p in facts]
    first = _days(starts, -UNDATED)
    last = _days([e or s for s, e in zip(starts, ends, strict=True)], UNDATED)
    undated = (first == -UNDATED) | (last == UNDATED)
    known = _days([p.get("first_reported") for p in facts], UNDATED)
    for row in np.flatnonzero(known == UNDATED).tolist():
        day = known_from(facts[row])
        known[row] = UNDATED if day is None else day
    types = {name: i for i, name in enumerate(EVENT_TYPES)}
    return {
        "first": np.where(undated, -UNDATED, first),
        "last": np.where(undated, UNDATED, last),
        "known": known,
        "type": _translated([p.get("event_type") for p in facts], lambda name: types.get(name, OTHER_TYPE)),
        "prec": _translated([p.get("where_prec") for p in facts], lambda prec: int(prec or 0)),
        "radius": _translated([p.get("radius_km") for p in facts], lambda km: round(10 * float(km or 0))),
        "deaths": _translated([p.get("killed_best") for p in facts], _figure),
    }


def _range(days: Integers) -> list[int] | None:
    """The first and the last of some days that are known; None where none is."""
    known = days[np.abs(days) < UNDATED]
    return [int(known.min()), int(known.max())] if known.size else None


def _days(values: Sequence[str | None], unknown: int) -> Integers:
    """Days from 1970-01-01, `unknown` where there is none."""
    return _translated(values, lambda iso: unknown if (day := day_number(iso)) is None else day)


def _translated(values: Sequence[Any], number: Callable[[Any], int]) -> Integers:
    """A number for each value; a value that comes again is worked out once."""
    table = {value: number(value) for value in set(values)}
    return np.fromiter(map(table.__getitem__, values), np.int64, len(values))


def _figure(value: object) -> int:
    return int(value) if isinstance(value, int | float) and not math.isnan(value) else UNKNOWN


def _texts(facts: Sequence[Properties], field: str) -> list[str]:
    return [str(p.get(field) or "") for p in facts]


def _names(*columns: list[str]) -> tuple[list[str], list[Integers]]:
    """The distinct values of some columns, sorted, and each column as indices there; "" is UNKNOWN."""
    names = sorted(set().union(*columns) - {""})
    index = {name: i for i, name in enumerate(names)}
    return names, [_translated(c, lambda name: index.get(name, UNKNOWN)) for c in columns]


def _site_ids(rows: Sequence[Feature]) -> list[str]:
    return [
        str(f["properties"].get("site_id") or f.get("id") or f"row-{row}").replace("\n", " ")
        for row, f in enumerate(rows)
    ]


def _alone(facts: Sequence[Properties], ids: list[str]) -> bool:
    """Whether every incident has one site, so that counting sites counts incidents."""
    return len({p.get("incident_id") or site for p, site in zip(facts, ids, strict=True)}) == len(ids)


def _sources(facts: Sequence[Properties]) -> tuple[list[str], Integers, Integers]:
    """Publishers, how many of them each row has, and the rows' lists of them laid end to end."""
    lists = [tuple(publisher_of(s) for s in p.get("sources") or ()) for p in facts]
    names = sorted(set(chain.from_iterable(lists)) - {""})
    index = {name: i for i, name in enumerate(names)}
    told = {some: sorted({index[name] for name in some if name}) for some in set(lists)}
    laid = [told[some] for some in lists]
    flat = list(chain.from_iterable(laid))
    return names, np.fromiter(map(len, laid), np.int64, len(laid)), np.array(flat, np.int64)


# ------------------------------------------------------------------------------------------------ where a row lies


def _kinds(features: Sequence[Feature]) -> npt.NDArray[np.int8]:
    """How much is known of each place: POINT, AREA or NOWHERE."""
    return np.fromiter(map(_kind, features), np.int8, len(features))


def _kind(feature: Feature) -> int:
    geometry = feature.get("geometry")
    if not geometry:
        return NOWHERE
    exact = int(feature["properties"].get("where_prec") or 1) < AREA_FROM_PREC
    return POINT if geometry["type"] == "Point" and exact else AREA


def _ordered(features: Sequence[Feature], kinds: npt.NDArray[np.int8]) -> tuple[Integers, Integers, Integers]:
    """Positions of the points in row order, and the order of all rows."""
    points = np.flatnonzero(kinds == POINT)
    lon_lat = np.array([features[i]["geometry"]["coordinates"][:2] for i in points.tolist()], np.float64).reshape(-1, 2)
    x, y = to_mercator(lon_lat[:, 1], lon_lat[:, 0])
    curve = np.argsort(_spread(x) | (_spread(y) << np.uint64(1)), kind="stable")
    order = np.concatenate([points[curve], np.flatnonzero(kinds == AREA), np.flatnonzero(kinds == NOWHERE)])
    return x[curve].astype(np.int64), y[curve].astype(np.int64), order


def _spread(value: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """Put a zero bit between all bits of a 32-bit number. Source: Morton 1966; the usual five mask steps."""
    v = value.astype(np.uint64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        v = (v | (v << np.uint64(shift))) & np.uint64(mask)
    return v


# ------------------------------------------------------------------------------------------------ laying out


def _laid_out(columns: dict[str, Integers], ids: str) -> tuple[dict[str, tuple[str, int, int]], bytes]:
    """Each column as narrow as its numbers allow, one after the other; then the ids."""
    layout: dict[str, tuple[str, int, int]] = {}
    parts: list[bytes] = []
    start = 0
    packed: Iterable[tuple[str, str, int, bytes]] = chain(
        ((name, *_narrow(values)) for name, values in columns.items()),
        [("ids", "text", len(ids.encode()), ids.encode())],
    )
    for name, dtype, count, data in packed:
        layout[name] = (dtype, start, count)
        padded = data + bytes(-len(data) % ALIGNED)
        parts.append(padded)
        start += len(padded)
    return layout, b"".join(parts)


def _narrow(values: Integers) -> tuple[str, int, bytes]:
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    dtype = next(w for w in WIDTHS if np.iinfo(w).min <= low and high <= np.iinfo(w).max)
    return dtype, values.size, values.astype(f"<{dtype}").tobytes()
