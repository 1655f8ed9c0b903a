"""Land, borders and names under the incidents, packed small from the gazetteer's reviewed files.

Source: Natural Earth (public domain) for outlines; the gazetteer's own files for names. Positions travel as steps of
a thousandth of a degree, about 100 m: nothing on the map is drawn finer than that claim.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

STEPS_A_DEGREE = 1000
NOTHING: dict[str, Any] = {"countries": [], "regions": [], "disputed": [], "labels": []}


@cache
def basemap() -> dict[str, Any]:
    """Read countries, regions, disputed lines and labels; what is missing is left out, the map still works."""
    folder = gazetteer_folder()
    if folder is None:
        return NOTHING
    countries = _features(folder / "countries.geojson")
    regions = _features(folder / "areas.geojson")
    disputed = _features(folder / "disputed.geojson")
    return {
        "countries": [{"rings": _rings(f["geometry"])} for f in countries],
        "regions": [{"rings": _rings(f["geometry"])} for f in regions],
        "disputed": [ring for f in disputed for ring in _rings(f["geometry"])],
        "labels": [*_country_labels(folder, countries), *_region_labels(regions), *_place_labels(folder)],
    }


def gazetteer_folder() -> Path | None:
    """The gazetteer beside the package in a checkout, or inside the installed wheel."""
    package = Path(str(files("geo")))
    for folder in (package.parent / "gazetteer", package / "gazetteer"):
        if folder.is_dir():
            return folder
    return None


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [f for f in features if f.get("geometry")]


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        lines = coordinates
    elif kind == "MultiPolygon":
        lines = [ring for polygon in coordinates for ring in polygon]
    elif kind == "LineString":
        lines = [coordinates]
    else:
        lines = coordinates if kind == "MultiLineString" else []
    return [_steps(line) for line in lines]


def _steps(line: list[list[float]]) -> list[int]:
    """Positions as differences, [lon, lat, lon, lat, ...]; points that fall together are dropped."""
    out: list[int] = []
    x = y = 0
    for lon, lat, *_ in line:
        nx, ny = round(lon * STEPS_A_DEGREE), round(lat * STEPS_A_DEGREE)
        if out and (nx, ny) == (x, y):
            continue
        out += [nx - x, ny - y]
        x, y = nx, ny
    return out


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _country_labels(folder: Path, countries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    size = {str(f["properties"].get("id") or f["properties"].get("country")): _extent(f["geometry"]) for f in countries}
    labels = []
    for row in _rows(folder / "countries.csv"):
        lat, lon = _number(row.get("lat")), _number(row.get("lon"))
        if lat is None or lon is None:
            continue
        extent = size.get(row.get("id") or "", size.get(row.get("country") or "", 3.0))
        first_zoom = 2 if extent > 18 else 3 if extent > 8 else 4 if extent > 3 else 5 if extent > 1 else 7
        rank = round(100 - min(90, extent))
        labels.append(_label(row["name"], lat, lon, "country", rank=rank, first_zoom=first_zoom, last_zoom=8))
    return labels


def _extent(geometry: dict[str, Any]) -> float:
    """Width of the largest part, in degrees."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return max(max(p[0] for p in poly[0]) - min(p[0] for p in poly[0]) for poly in polygons)


def _region_labels(regions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    labels = []
    for feature in regions:
        p = feature["properties"]
        if p.get("lat") is None or p.get("lon") is None:
            continue
        extent = _extent(feature["geometry"])
        first_zoom = 6 if extent > 2 else 7
        labels.append(_label(p["name"], float(p["lat"]), float(p["lon"]), "region", 600, first_zoom, 10))
    return labels


# GeoNames feature code -> (kind of label, rank, first zoom). Capitals, then seats of regions, then other towns.
PLACE_LABELS = {
    "P.PPLC": ("capital", 110, 4),
    "P.PPLA": ("town", 150, 6),
    "P.PPLA2": ("town", 250, 7),
    "P.PPL": ("town", 300, 8),
    "P.PPLX": ("town", 420, 11),
}
WATER_CODES = ("H.", "U.")
SITE_LABEL = ("site", 500, 9)  # bases, crossings, quarters: orientation for those who look closely


def _place_labels(folder: Path) -> list[dict[str, Any]]:
    labels = []
    for row in _rows(folder / "places.csv"):
        lat, lon = _number(row.get("lat")), _number(row.get("lon"))
        code = row.get("feature_code") or ""
        if lat is None or lon is None or code.startswith("A.") or row.get("status") == "retired":
            continue
        if code.startswith(WATER_CODES):
            labels.append(_label(row["name"], lat, lon, "water", 140, 5))
            continue
        kind, rank, first_zoom = PLACE_LABELS.get(code, SITE_LABEL)
        labels.append(_label(row["name"], lat, lon, kind, rank, first_zoom))
    return labels


def _label(
    name: str, lat: float, lon: float, kind: str, rank: int, first_zoom: int, last_zoom: int = 99
) -> dict[str, Any]:
    return {
        "name": name, "lat": round(lat, 4), "lon": round(lon, 4), "kind": kind,
        "rank": rank, "from": first_zoom, "until": last_zoom,
    }  # fmt: skip


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None
