"""A FeatureCollection as the map's frame wants it: columns of numbers sent once, words sent apart.

The browser filters by day, type, actor and source over typed arrays, so each incident site becomes one row of
little-endian columns; everything that is only read (title, quotes, rivals) stays JSON and is looked up by row.

Row order: sites with a point first, along a Z-order curve so that neighbours on the map are neighbours in memory and
every zoom level's cells are runs of rows; then sites known only as an area; then sites that have no place.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from .mercator import ring_around, to_mercator

Feature = dict[str, Any]  # one GeoJSON Feature

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
UNKNOWN = -1  # no figure, no actor, no place
AREA_FROM_PREC = 3  # UCDP where_prec 1 and 2 are a site and its surroundings; from 3 on only an area is known
DEFAULT_RADIUS_KM = 15  # an area given as a point without a radius: half of UCDP's 25 km for "near", rounded up
ROWS_IN_A_CHUNK = 128  # details are unpacked by the chunk: about 200 kB of JSON, a few milliseconds
PLAIN_DETAILS = 100  # up to so many rows details travel as they are; beyond that packed: a fifth of the size
DETAILS_LIMIT = 250_000  # beyond that the details stay with the server: a browser should not hold gigabytes of quotes


def encode(collection: dict[str, Any], *, compress: bool = True) -> dict[str, Any]:
    """Turn an exported FeatureCollection into the payload that the map's script reads.

    `compress` lets the details of large collections travel as gzip; a file that people may read keeps them plain.
    Raises ValueError where a feature's day is no ISO day.
    """
    rows = _in_order(collection["features"])
    kinds = [_kind(f) for f in rows]
    areas, area_of = _areas(rows, kinds)
    actors, actor1, actor2 = _two_actors(rows)
    publishers, starts, sources = _sources(rows)
    places, place = _indexed([str(f["properties"].get("place") or "") for f in rows])
    payload: dict[str, Any] = {
        "count": len(rows),
        "points": kinds.count("point"),
        "placed": len(rows) - kinds.count("nowhere"),
        "noun": "incident" if _alone(rows) else "site",
        "types": list(EVENT_TYPES),
        "actors": actors,
        "publishers": publishers,
        "places": places,
        "ids": "\n".join(_site_id(f, i) for i, f in enumerate(rows)),
        "areas": areas,
        "columns": _columns(rows, kinds)
        | {
            "area": _pack(area_of, "<i4"),
            "actor1": _pack(actor1, "<i4"),
            "actor2": _pack(actor2, "<i4"),
            "place": _pack(place, "<i4"),
            "sourceStart": _pack(starts, "<u4"),
            "source": _pack(sources, "<u4"),
        },
        "details": _details(rows, compress),
    }
    payload["hash"] = _hash(payload)
    return payload


def _hash(payload: dict[str, Any]) -> str:
    """A name for the content, by which the frame knows that nothing has changed."""
    digest = hashlib.sha256()
    for name, column in sorted(payload["columns"].items()):
        digest.update(f"{name}:{column}".encode())
    for part in ("ids", "areas", "actors", "publishers", "places"):
        digest.update(json.dumps(payload[part]).encode())
    details = payload["details"]
    for chunk in details.get("chunks") or details.get("rows") or ():
        digest.update(chunk.encode() if isinstance(chunk, str) else json.dumps(chunk, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def script_json(value: object) -> str:
    """JSON that is safe inside a `<script>` element, an attribute in single quotes and a template engine."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("'", "\\u0027")


def day_number(iso: str | None) -> int | None:
    """Days from 1970-01-01 to an ISO day; None for None or ""."""
    return date.fromisoformat(iso[:10]).toordinal() - EPOCH if iso else None


def known_from(properties: dict[str, Any]) -> int | None:
    """The first day on which a reader could know of the incident; None where no source says when it was published."""
    if properties.get("first_reported"):
        return day_number(properties["first_reported"])
    last_days = [s.get("published_last") for s in properties.get("sources") or [] if s.get("published_last")]
    return day_number(min(last_days)) if last_days else None


def _kind(feature: Feature) -> str:
    """How much is known of the place: "point", "area" or "nowhere"."""
    geometry = feature.get("geometry")
    if not geometry:
        return "nowhere"
    exact = int(feature["properties"].get("where_prec") or 1) < AREA_FROM_PREC
    return "point" if geometry["type"] == "Point" and exact else "area"


def _in_order(features: list[Feature]) -> list[Feature]:
    groups: dict[str, list[Feature]] = {"point": [], "area": [], "nowhere": []}
    for feature in features:
        groups[_kind(feature)].append(feature)
    points = groups["point"]
    if points:
        x, y = _positions(points)
        order = np.argsort(_z_order(x, y), kind="stable")
        points = [points[i] for i in order]
    return points + groups["area"] + groups["nowhere"]


def _positions(points: list[Feature]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    lon_lat = np.array([f["geometry"]["coordinates"][:2] for f in points], dtype=np.float64).reshape(-1, 2)
    return to_mercator(lon_lat[:, 1], lon_lat[:, 0])


def _z_order(x: npt.NDArray[np.uint32], y: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    return _spread(x) | (_spread(y) << np.uint64(1))


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


def _columns(rows: list[Feature], kinds: list[str]) -> dict[str, str]:
    x, y = _positions(rows[: kinds.count("point")])
    days = [_days(f["properties"]) for f in rows]
    known = [known_from(f["properties"]) for f in rows]
    type_index = {name: i for i, name in enumerate(EVENT_TYPES)}
    return {
        "x": _pack(x, "<u4"),
        "y": _pack(y, "<u4"),
        "first": _pack([d[0] for d in days], "<i4"),
        "last": _pack([d[1] for d in days], "<i4"),
        "known": _pack([UNDATED if k is None else k for k in known], "<i4"),
        "type": _pack([type_index.get(f["properties"].get("event_type", ""), OTHER_TYPE) for f in rows], "<u1"),
        "prec": _pack([int(f["properties"].get("where_prec") or 0) for f in rows], "<u1"),
        "radius": _pack([round(1000 * float(f["properties"].get("radius_km") or 0)) for f in rows], "<u4"),
        "deaths": _pack([_figure(f["properties"].get("killed_best")) for f in rows], "<i4"),
    }


def _days(properties: dict[str, Any]) -> tuple[int, int]:
    first = day_number(properties.get("date_start"))
    last = day_number(properties.get("date_end") or properties.get("date_start"))
    if first is None or last is None:
        return -UNDATED, UNDATED
    return first, last


def _figure(value: object) -> int:
    return int(value) if isinstance(value, int | float) and not math.isnan(value) else UNKNOWN


def _alone(rows: list[Feature]) -> bool:
    """Whether every incident has one site, so that counting sites counts incidents."""
    return len({f["properties"].get("incident_id") or _site_id(f, i) for i, f in enumerate(rows)}) == len(rows)


def _site_id(feature: Feature, row: int) -> str:
    return str(feature["properties"].get("site_id") or feature.get("id") or f"row-{row}").replace("\n", " ")


def _indexed(values: Iterable[str]) -> tuple[list[str], list[int]]:
    """The distinct values, sorted, and for each value its index there; "" is UNKNOWN."""
    values = list(values)
    names = sorted(set(values) - {""})
    index = {name: i for i, name in enumerate(names)}
    return names, [index.get(v, UNKNOWN) for v in values]


def _two_actors(rows: list[Feature]) -> tuple[list[str], list[int], list[int]]:
    both = [str(f["properties"].get(k) or "") for k in ("actor1", "actor2") for f in rows]
    names, index = _indexed(both)
    return names, index[: len(rows)], index[len(rows) :]


def publisher_of(source: dict[str, Any]) -> str:
    """The name under which a source is filtered: its publisher, else its title."""
    return str(source.get("publisher") or source.get("title") or "")


def _sources(rows: list[Feature]) -> tuple[list[str], list[int], list[int]]:
    """Publishers, where each row's list of them starts (one more entry than rows), and the lists laid end to end."""
    per_row = [sorted({publisher_of(s) for s in f["properties"].get("sources") or []} - {""}) for f in rows]
    names, _ = _indexed(p for row in per_row for p in row)
    index = {name: i for i, name in enumerate(names)}
    starts: list[int] = [0]
    flat: list[int] = []
    for row in per_row:
        flat.extend(index[p] for p in row)
        starts.append(len(flat))
    return names, starts, flat


def _areas(rows: list[Feature], kinds: list[str]) -> tuple[list[dict[str, Any]], list[int]]:
    """The distinct areas, and for each row the index of its area or UNKNOWN.

    Incidents of one area share it: by place id where there is one, else by geometry.
    """
    areas: list[dict[str, Any]] = []
    index: dict[str, int] = {}
    area_of = []
    for feature, kind in zip(rows, kinds, strict=True):
        if kind != "area":
            area_of.append(UNKNOWN)
            continue
        p = feature["properties"]
        key = str(p.get("place_id") or json.dumps(feature["geometry"])) + f"|{p.get('where_prec')}"
        if key not in index:
            index[key] = len(areas)
            areas.append(_area(feature))
        area_of.append(index[key])
    return areas, area_of


def _area(feature: Feature) -> dict[str, Any]:
    p, geometry = feature["properties"], feature["geometry"]
    rings = _rings(geometry, float(p.get("radius_km") or DEFAULT_RADIUS_KM))
    lon, lat = _middle(rings)
    return {
        "name": p.get("place") or p.get("place_as_written") or "",
        "prec": int(p.get("where_prec") or AREA_FROM_PREC),
        "lat": p["lat"] if p.get("lat") is not None else lat,
        "lon": p["lon"] if p.get("lon") is not None else lon,
        "rings": [[round(v, 4) for position in ring for v in position[:2]] for ring in rings],
    }


def _rings(geometry: dict[str, Any], radius_km: float) -> list[list[list[float]]]:
    kind = geometry["type"]
    if kind == "Polygon":
        return list(geometry["coordinates"])
    if kind == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    if kind == "Point":
        lon, lat = geometry["coordinates"][:2]
        return [ring_around(lat=lat, lon=lon, radius_km=radius_km)]
    raise ValueError(f"geometry: {kind} is neither a point nor an area")


def _middle(rings: list[list[list[float]]]) -> tuple[float, float]:
    largest = max(rings, key=len)
    return sum(p[0] for p in largest) / len(largest), sum(p[1] for p in largest) / len(largest)


def _details(rows: list[Feature], compress: bool) -> dict[str, Any]:
    if compress and len(rows) > DETAILS_LIMIT:
        return {"kind": "none"}
    words = [{**f["properties"], "_lat_lon": _lat_lon(f)} for f in rows]
    if not compress or len(rows) <= PLAIN_DETAILS:
        return {"kind": "plain", "rows": words}
    chunks = (words[i : i + ROWS_IN_A_CHUNK] for i in range(0, len(words), ROWS_IN_A_CHUNK))
    return {"kind": "gzip", "size": ROWS_IN_A_CHUNK, "chunks": [_squeeze(c) for c in chunks]}


def _lat_lon(feature: Feature) -> list[float] | None:
    geometry = feature.get("geometry")
    if geometry and geometry["type"] == "Point":
        return [geometry["coordinates"][1], geometry["coordinates"][0]]
    p = feature["properties"]
    return [p["lat"], p["lon"]] if geometry and p.get("lat") is not None else None


def _squeeze(rows: list[dict[str, Any]]) -> str:
    packed = gzip.compress(json.dumps(rows, separators=(",", ":")).encode(), compresslevel=1, mtime=0)
    return base64.b64encode(packed).decode("ascii")


def _pack(values: Iterable[int] | npt.NDArray[Any], dtype: str) -> str:
    array: Callable[..., npt.NDArray[Any]] = np.asarray
    return base64.b64encode(array(values, dtype=dtype).tobytes()).decode("ascii")
