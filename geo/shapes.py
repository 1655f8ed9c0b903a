"""Geometry of exported features, after RFC 7946. The one place where (lat, lon) becomes GeoJSON's (lon, lat)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.polygon import orient

from geo.model import Unresolved, Where
from geo.space import EARTH_RADIUS_KM

Geometry = dict[str, Any]
Areas = Mapping[str, Geometry]

POINT_DECIMALS = 6  # 0.1 m
AREA_DECIMALS = 5  # 1 m
POINT_PREC = 2  # UCDP where_prec up to which a point is honest; above it the place is an area
CIRCLE_STEPS = 48  # a polygon of 48 corners keeps within 0.3 % of the circle's area
AREA_ID = re.compile(r'"id": ?"([^"]+)"')  # stands before the coordinates
POLE_LAT = 89.5  # circles stay short of the poles, where a ring in degrees is none


def position(lat: float, lon: float, decimals: int = POINT_DECIMALS) -> list[float]:
    """Give a GeoJSON position: longitude first, latitude second (RFC 7946, section 3.1.1)."""
    return [round(lon, decimals), round(lat, decimals)]


class AreaFile(Mapping[str, Geometry]):
    """The outlines of a gazetteer folder by place id; each is parsed when it is first asked for.

    Reads `areas*.geojson`, `countries.geojson` and `regions.geojson`, which hold one feature a line with its `id` in the properties.
    """

    def __init__(self, folder: Path) -> None:
        self._lines: dict[str, str] = {}
        self._parsed: dict[str, Geometry] = {}
        whole = (folder / "countries.geojson", folder / "regions.geojson")
        for path in [*sorted(folder.glob("areas*.geojson")), *whole]:
            if path.exists():
                for line in path.read_text(encoding="utf-8").splitlines():
                    if found := AREA_ID.search(line[:400]):
                        self._lines.setdefault(found[1], line.strip().removesuffix(","))

    def __getitem__(self, identity: str) -> Geometry:
        """Give the outline, wound and rounded. Raises KeyError for an unknown id."""
        if identity not in self._parsed:
            self._parsed[identity] = wound(json.loads(self._lines[identity])["geometry"])
        return self._parsed[identity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def load_areas(folder: Path) -> AreaFile:
    """Read the outlines that a gazetteer folder holds; none where it holds none."""
    return AreaFile(folder)


def geometry(where: Where | Unresolved, areas: Areas) -> Geometry | None:
    """Give a Point for an exact place, a polygon for an area, None where the place is open.

    An area takes its outline from `areas` (by `Place.area`, then `Place.id`), otherwise the circle of its radius.
    """
    if isinstance(where, Unresolved):
        return None
    if where.where_prec <= POINT_PREC:
        return {"type": "Point", "coordinates": position(where.lat, where.lon)}
    outline = areas.get(where.place.area) or areas.get(where.place.id)
    whole = (where.lat, where.lon) == (where.place.lat, where.place.lon)
    return outline if outline and whole else circle(where.lat, where.lon, where.radius_km)


def circle(lat: float, lon: float, radius_km: float) -> Geometry:
    """Give the polygon of all points within `radius_km`; in two parts where it crosses the antimeridian.

    Source: the direct problem on a sphere; RFC 7946, section 3.1.9, for the cut.
    """
    radius_km = min(radius_km, (POLE_LAT - abs(lat)) * math.pi / 180 * EARTH_RADIUS_KM)
    if radius_km <= 0:
        return {"type": "Point", "coordinates": position(lat, lon)}
    phi, angle = math.radians(lat), radius_km / EARTH_RADIUS_KM
    ring = []
    for step in range(CIRCLE_STEPS):
        bearing = -2 * math.pi * step / CIRCLE_STEPS
        lat2 = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing))
        across = math.sin(bearing) * math.sin(angle) * math.cos(phi)
        turn = math.atan2(across, math.cos(angle) - math.sin(phi) * math.sin(lat2))
        ring.append((lon + math.degrees(turn), math.degrees(lat2)))
    return wound(mapping(_cut(Polygon(ring))))


def _cut(polygon: Polygon) -> Polygon | MultiPolygon:
    """Bring longitudes beyond 180 degrees back, in parts."""
    west, _, east, _ = polygon.bounds
    if west >= -180 and east <= 180:
        return polygon
    parts = []
    for shift in (-360, 0, 360):
        moved = affinity.translate(polygon, xoff=shift)
        part = moved.intersection(shapely.box(-180, -90, 180, 90))
        if not part.is_empty:
            parts.append(part)
    return MultiPolygon(parts)


def wound(outline: Mapping[str, Any]) -> Geometry:
    """Wind rings by the right-hand rule (outer ones counter-clockwise) and round them. RFC 7946, section 3.1.6."""
    parts = shape(outline)
    polygons = [orient(part) for part in getattr(parts, "geoms", [parts])]
    rings = [[_ring(p.exterior), *(_ring(hole) for hole in p.interiors)] for p in polygons]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def _ring(ring: Any) -> list[list[float]]:
    return [position(lat, lon, AREA_DECIMALS) for lon, lat in (corner[:2] for corner in ring.coords)]
