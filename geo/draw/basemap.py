"""Land, borders and names under the incidents, packed small from the gazetteer's reviewed files.

Source: Natural Earth (public domain) for outlines; the gazetteer's own files for names. Positions travel in the map's
projection, as steps of a 2**20th of the world's width: the browser only adds them up.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from .mercator import WORLD, to_mercator

STEPS = 2**20  # of the world's width; one is 38 m at the equator
EAST_END = 179.999999
Label = dict[str, Any]  # name, lat, lon, kind, rank (the lower the more important), from and until: zoom levels
NOTHING: dict[str, Any] = {
    "land": [],
    "lakes": [],
    "coast": [],
    "country": [],
    "region": [],
    "disputed": [],
    "labels": [],
}


@cache
def basemap() -> dict[str, Any]:
    """Read land, water, lines and labels; what is missing is left out and the map still works.

    "land" and "lakes": rings, to be filled; "coast", "country", "region", "disputed": lines, each border once.
    """
    folder = gazetteer_folder()
    if folder is None:
        return NOTHING
    countries = read_features(folder / "countries.geojson")
    kinds: dict[str, list[dict[str, Any]]] = {"coast": [], "country": [], "admin1": [], "disputed": []}
    for feature in _borders():
        kinds.setdefault(feature["properties"]["kind"], []).append(feature)
    drawn = divided()
    regions = [f for f in read_features(folder / "areas.geojson") if f["properties"].get("iso2") in drawn]
    return {
        "land": rings_of(countries),
        "lakes": rings_of(read_features(folder / "lakes.geojson")),
        "coast": rings_of(kinds["coast"]),
        "country": rings_of(kinds["country"]),
        "region": rings_of(kinds["admin1"]),
        "disputed": rings_of(kinds["disputed"]),
        "labels": [
            *_country_labels(countries),
            *region_labels(regions),
            *_place_labels(folder),
            *_water_labels(folder),
        ],
    }


def divided() -> frozenset[str]:
    """The countries (ISO 3166-1 alpha-2) whose inner borders the constant basemap has."""
    inner = (f["properties"] for f in _borders() if f["properties"]["kind"] == "admin1")
    return frozenset(str(p.get("iso2")) for p in inner)


@cache
def _borders() -> list[dict[str, Any]]:
    folder = gazetteer_folder()
    return read_features(folder / "basemap.geojson") if folder else []


def gazetteer_folder() -> Path | None:
    """The gazetteer beside the package in a checkout, or inside the installed wheel."""
    return gazetteer_beside(Path(str(files("geo"))))


def gazetteer_beside(package: Path) -> Path | None:
    """The gazetteer that goes with the package in a folder."""
    folders = (package.parent / "gazetteer", package / "_bundle" / "gazetteer")
    return next((folder for folder in folders if folder.is_dir()), None)


def read_features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file that have a geometry; none where the file is missing."""
    if not path.exists():
        return []
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [f for f in features if f.get("geometry")]


def rings_of(features: Iterable[dict[str, Any]]) -> list[list[int]]:
    """The rings and lines of some features, each as its box [left, top, right, bottom], then [x, y, x, y, ...] steps."""
    return _steps([line for f in features for line in _lines(f["geometry"])])


def _lines(geometry: dict[str, Any]) -> list[list[list[float]]]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "MultiPolygon":
        return [ring for polygon in coordinates for ring in polygon]
    if kind == "LineString":
        return [coordinates]
    return coordinates if kind in ("Polygon", "MultiLineString") else []


def _steps(lines: list[list[list[float]]]) -> list[list[int]]:
    """For each line its box, then positions as differences; points that fall together are dropped.

    All lines go through in one array: there are ten thousand of them, and most are short.
    """
    if not lines:
        return []
    lon_lat = np.array([position[:2] for line in lines for position in line], np.float64)
    # `to_mercator` takes 180 degrees east for 180 west; a shore that ends there must not cross the world.
    x, y = to_mercator(lon_lat[:, 1], np.clip(lon_lat[:, 0], -180, EAST_END))
    at = np.column_stack([x, y]).astype(np.int64) // (WORLD // STEPS)
    ends = np.cumsum([len(line) for line in lines])
    starts = np.concatenate([[0], ends[:-1]])
    moved = np.diff(at, axis=0, prepend=0)
    moved[starts] = at[starts]
    kept = np.any(moved != 0, axis=1)
    kept[starts] = True
    boxes = np.hstack([np.minimum.reduceat(at, starts), np.maximum.reduceat(at, starts)]).tolist()
    kept_until = np.cumsum(kept)[ends - 1]
    steps = np.split(moved[kept], kept_until[:-1])
    return [[*box, *line.ravel().tolist()] for box, line in zip(boxes, steps, strict=True)]


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _country_labels(countries: list[dict[str, Any]]) -> list[Label]:
    labels = []
    for feature in countries:
        p, extent = feature["properties"], _extent(feature["geometry"])
        first_zoom = 2 if extent > 18 else 3 if extent > 8 else 4 if extent > 3 else 5 if extent > 1 else 7
        labels.append(
            label(p["name"], p["lat"], p["lon"], "country", round(100 - min(90, extent)), first_zoom, last_zoom=8)
        )
    return labels


def _extent(geometry: dict[str, Any]) -> float:
    """Width of the largest part, in degrees."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return float(max(max(p[0] for p in poly[0]) - min(p[0] for p in poly[0]) for poly in polygons))


def region_labels(regions: list[dict[str, Any]]) -> list[Label]:
    """Names of first-order divisions, in the middle that the file gives."""
    labels = []
    for feature in regions:
        p = feature["properties"]
        if p.get("lat") is None or p.get("lon") is None:
            continue
        extent = _extent(feature["geometry"])
        first_zoom = 6 if extent > 2 else 7
        labels.append(label(p["name"], float(p["lat"]), float(p["lon"]), "region", 600, first_zoom, 10))
    return labels


# GeoNames feature code -> (kind of label, rank, first zoom). Capitals, then seats of regions, then other towns.
PLACE_LABELS = {
    "P.PPLC": ("capital", 110, 4),
    "P.PPLA": ("town", 150, 6),
    "P.PPLA2": ("town", 250, 7),
    "P.PPL": ("town", 300, 8),
    "P.PPLX": ("town", 420, 11),
}
SITE_LABEL = ("site", 500, 9)  # bases, crossings, quarters: orientation for those who look closely
WATER_ZOOMS = ((800, 3), (300, 4), (100, 5), (0, 7))  # radius in km from which a sea is named at a zoom


def _place_labels(folder: Path) -> list[Label]:
    labels = []
    for row in _rows(folder / "places.csv"):
        lat, lon = _number(row.get("lat")), _number(row.get("lon"))
        code = row.get("feature_code") or ""
        if lat is None or lon is None or not code.startswith(("P.", "S.")) or row.get("status") == "retired":
            continue
        kind, rank, first_zoom = PLACE_LABELS.get(code, SITE_LABEL)
        labels.append(label(row["name"], lat, lon, kind, rank, first_zoom))
    return labels


def _water_labels(folder: Path) -> list[Label]:
    labels = []
    for row in _rows(folder / "regions.csv"):
        lat, lon = _number(row.get("lat")), _number(row.get("lon"))
        if lat is None or lon is None or not (row.get("feature_code") or "").startswith("H."):
            continue
        radius = _number(row.get("radius_km")) or 0
        first_zoom = next(zoom for least, zoom in WATER_ZOOMS if radius >= least)
        labels.append(label(row["name"], lat, lon, "water", 140, first_zoom))
    return labels


def label(name: str, lat: float, lon: float, kind: str, rank: int, first_zoom: int, last_zoom: int = 99) -> Label:
    """One name on the map, shown from `first_zoom` to `last_zoom` where no more important one is in its way."""
    return {
        "name": name, "lat": round(lat, 4), "lon": round(lon, 4), "kind": kind,
        "rank": rank, "from": first_zoom, "until": last_zoom,
    }  # fmt: skip


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None
