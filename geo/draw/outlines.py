"""The areas of incidents whose place is known no better: a district, a province, a country, a circle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .mercator import ring_around

Feature = dict[str, Any]  # one GeoJSON Feature
Integers = npt.NDArray[np.int64]

UNKNOWN = -1  # no figure, no actor, no place
AREA_FROM_PREC = 3  # UCDP where_prec 1 and 2 are a site and its surroundings; from 3 on only an area is known
DEFAULT_RADIUS_KM = 15  # an area given as a point without a radius: half of UCDP's 25 km for "near", rounded up


def outlines(rows: Sequence[Feature], known_as_area: npt.NDArray[np.intp]) -> tuple[list[dict[str, Any]], Integers]:
    """The distinct areas of some rows, and for each of all rows the index of its area or UNKNOWN.

    Incidents of one area share it: by place id where there is one, else by geometry.
    Raises ValueError where a geometry is neither a point nor an area.
    """
    areas: list[dict[str, Any]] = []
    index: dict[str, int] = {}
    area_of = np.full(len(rows), UNKNOWN, np.int64)
    for row in known_as_area.tolist():
        p = rows[row]["properties"]
        key = str(p.get("place_id") or json.dumps(rows[row]["geometry"])) + f"|{p.get('where_prec')}"
        if key not in index:
            index[key] = len(areas)
            areas.append(_area(rows[row]))
        area_of[row] = index[key]
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
