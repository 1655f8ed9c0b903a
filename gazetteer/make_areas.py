"""Build the area files of this folder from Natural Earth: `python gazetteer/make_areas.py WORLD_MAP.gpkg`.

The input is `world_map.gpkg` of Debian's package `qgis-common` (`apt-get download qgis-common`, then `dpkg -x`): the layers
states_provinces, countries and disputed_borders of Natural Earth 1:10m v4.1, generalised. Natural Earth is in the
public domain. The outputs are built: correct `area_names.csv` or the tables below, never the GeoJSON by hand.

- `areas.geojson` (Middle East, finest), `areas_africa_asia.geojson`, `areas_elsewhere.geojson`: first-order divisions.
- `countries.geojson`: one feature for each country or territory, dissolved from the same borders.
- `regions.geojson`: the regions of `regions.csv` that are made of countries and divisions.
- `basemap.geojson`: each coast and border once, as lines of kind coast, country, admin1 or disputed.

Every border is cut into arcs that neighbours share and each arc is simplified once, so that no gaps open.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

HERE = Path(__file__).resolve().parent

FINE = set("IQ SY LB JO KW SA AE QA BH OM YE IL PS IR TR EG CY".split())
MIDDLE = set(
    "AF PK IN BD LK NP BT MM TH LA KH VN PH CN TW KP KR MN KZ KG TJ TM UZ AM AZ GE UA MD BY RU "
    "DZ TN LY MA EH MR ML NE TD SD SS ER ET DJ SO KE UG RW BI CD CG CF CM NG BJ TG GH BF CI LR SL GN GW SN GM "
    "TZ MZ MW ZM ZW AO NA BW ZA LS SZ MG KM GA GQ ST CV MU SC".split()
)
# Degrees (about 111 km each way at the equator): how far a simplified border may stray.
TOLERANCE_DEG = {"areas": 0.008, "areas_africa_asia": 0.06, "areas_elsewhere": 0.1}
DECIMALS = {"areas": 3, "areas_africa_asia": 2, "areas_elsewhere": 2}
REGION_SHARE = 0.012  # of a region's width, which no more than its outline needs
SHARE_OF_WIDTH = 0.08  # of a small division's width: beyond this, neighbours' borders begin to cross
# Parts smaller than this (square degrees) go, unless an area has no larger one.
SMALLEST_PART_DEG2 = {"areas": 0.0005, "areas_africa_asia": 0.006, "areas_elsewhere": 0.012}
TOUCH_DEG = 1e-6  # an arc's middle lies this close to the areas on its two sides

# Where the source's country is not ISO 3166-1's: (source country, name) -> country. Crimea: UN General Assembly 68/262.
BELONGS = {
    ("RU", "Crimea"): "UA",
    ("RU", "Sevastopol"): "UA",
    ("FR", "Guyane française"): "GF",
    ("FR", "Martinique"): "MQ",
    ("FR", "Guadeloupe"): "GP",
    ("FR", "La Réunion"): "RE",
    ("FR", "Mayotte"): "YT",
    ("NO", "Svalbard"): "SJ",
    ("NO", "Bouvet Island"): "BV",
    ("NL", "Bonaire"): "BQ",
    ("NL", "Saba"): "BQ",
    ("NL", "St. Eustatius"): "BQ",
    ("-1", "Somaliland"): "SO",
    ("-1", "Northern Cyprus"): "CY",
    ("-1", "Dhekelia"): "CY",
    ("-1", "Akrotiri"): "CY",
    ("-1", "Guantanamo Bay USNB"): "CU",
    ("-1", "Baykonur lease in Qyzylorda"): "KZ",
    ("-1", "Cocos (Keeling) Islands"): "CC",
    ("-1", "Christmas Island"): "CX",
}
HALABJA_KM = 17  # roughly how far its districts reach: a stand-in, no border
OWN_IDS = {("IQ", "Babil"): "iq-babil"}
# Bare compass points and common words are no place names: they get the division's type behind them.
TOO_PLAIN = set(
    "Central Eastern Western Northern Southern Coast North South East West Centre Center Sud Nord Est Ouest Littoral "
    "Lakes Unity Plateau Delta Rivers Niger Bay Lac Capital Bari Batman Van Mon Chin Meta Male City Sucre Granma "
    "Artigas Rivera Florida Colonia Central Este Oriente Coastal Rural Manchester Union Progress Independence Enga "
    "Gulf Morobe Temotu Islands Midlands Sud-Est Sud-Ouest Nord-Est Nord-Ouest Upper Lower Hope".split()
)


def slug(name: str) -> str:
    """ASCII letters, digits and single hyphens of a name, for ids."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ə", "a").replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def zone(country: str) -> str:
    """The file that a country's divisions go to."""
    return "areas" if country in FINE else "areas_africa_asia" if country in MIDDLE else "areas_elsewhere"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of this folder's CSV files."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def divisions(source: Path) -> geopandas.GeoDataFrame:
    """The source's divisions with our country, name, aliases, code and type, in the order of their ids."""
    frame = geopandas.read_file(source, layer="states_provinces")
    frame = frame[frame["name"].notna()].reset_index(drop=True)
    named = {(r["country"], r["source_name"]): r for r in rows("area_names.csv")}
    types = {r["country"]: r["type"] for r in rows("area_types.csv")}
    out: list[dict[str, Any]] = []
    for row in frame.itertuples():
        country = BELONGS.get((row.iso_a2, row.name), "" if row.iso_a2 == "-1" else row.iso_a2)
        own = named.get((row.iso_a2, row.name))
        kind = types.get(country, "division")
        name = unicodedata.normalize("NFC", own["name"] if own else row.name)
        aliases = own["aliases"].split("|") if own and own["aliases"] else []
        if not own and name in TOO_PLAIN:
            name = f"{name} {kind.title()}"
        elif not own and isinstance(row.woe_name, str) and slug(row.woe_name) != slug(name):
            aliases = [unicodedata.normalize("NFC", row.woe_name)] if country != "AZ" else []
        code = row.fips if isinstance(row.fips, str) else ""
        area_id = OWN_IDS.get((country, name), f"adm1-{country.lower() or 'xx'}-{slug(name)}")
        out.append({"id": area_id, "name": name, "aliases": aliases, "iso2": country, "code": code, "type": kind})
    table = geopandas.GeoDataFrame(out, geometry=frame.geometry.values, crs=frame.crs)
    repeated = table.groupby("id").cumcount()
    table["id"] = [f"{i}-{n + 1}" if n else i for i, n in zip(table["id"], repeated, strict=True)]
    return table.sort_values("id").reset_index(drop=True)


def shared_arcs(table: geopandas.GeoDataFrame) -> tuple[list[Any], list[tuple[int, ...]]]:
    """The borders of all divisions cut into arcs, and for each arc the rows on its sides (one row: a coast)."""
    merged = shapely.line_merge(shapely.union_all(shapely.boundary(table.geometry.values)))
    arcs = list(shapely.get_parts(merged))
    middles = shapely.line_interpolate_point(np.array(arcs), 0.5, normalized=True)
    tree = shapely.STRtree(table.geometry.values)
    found = tree.query(middles, predicate="dwithin", distance=TOUCH_DEG)
    sides: list[list[int]] = [[] for _ in arcs]
    for arc, row in found.T:
        sides[arc].append(int(row))
    return arcs, [tuple(sorted(s)) for s in sides]


def simplified(table: geopandas.GeoDataFrame, arcs: list[Any], sides: list[tuple[int, ...]]) -> list[Any]:
    """Each arc as coarse as the finest zone and the smallest division beside it allow."""
    zones = [zone(country) for country in table["iso2"]]
    sizes = np.sqrt(shapely.area(table.geometry.values))
    out = []
    for arc, rows_beside in zip(arcs, sides, strict=True):
        tolerance = min(min(TOLERANCE_DEG[zones[r]], SHARE_OF_WIDTH * sizes[r]) for r in rows_beside)
        if arc.is_ring:  # an island must not collapse
            tolerance = min(tolerance, 0.2 * math.sqrt(shapely.Polygon(arc).area))
        out.append(shapely.simplify(arc, tolerance))
    return out


def rebuilt(table: geopandas.GeoDataFrame, arcs: list[Any]) -> list[Any]:
    """The divisions' polygons made again from simplified arcs, in the table's order."""
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(np.array(arcs))]))
    inside = shapely.point_on_surface(faces)
    tree = shapely.STRtree(table.geometry.values)
    owner: dict[int, list[Any]] = {}
    for face, row in tree.query(inside, predicate="intersects").T:
        owner.setdefault(int(row), []).append(faces[face])
    original = table.geometry.values
    return [shapely.union_all(owner[i]) if i in owner else original[i] for i in range(len(table))]


def larger_parts(shape: Any, smallest: float) -> Any:
    """The shape without its smallest parts; its largest always stays."""
    parts = sorted(shapely.get_parts(shape), key=lambda p: -p.area)
    kept = [p for n, p in enumerate(parts) if p.geom_type == "Polygon" and (n == 0 or p.area >= smallest)]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def middle(shape: Any) -> tuple[float, float, float]:
    """lat, lon of the point furthest from the border of the largest part, and how far in km that part reaches."""
    big = max(shapely.get_parts(shape), key=lambda p: p.area)
    shrink = max(0.05, math.cos(math.radians(big.centroid.y)))  # makes degrees east as long as degrees north
    flat = shapely.transform(big, lambda xy: xy * [shrink, 1.0])
    lon, lat = shapely.maximum_inscribed_circle(flat, tolerance=0.02 * math.sqrt(flat.area)).coords[0]
    reach = np.hypot(*(shapely.get_coordinates(flat) - [lon, lat]).T).max() * 111.2
    return round(lat, 3), round(lon / shrink, 3), max(1, math.ceil(reach))


def geojson(shape: Any, decimals: int) -> dict[str, Any]:
    """RFC 7946 geometry: rounded, valid, outer rings counterclockwise."""
    # Rounding moves corners; make_valid repairs what it crosses and only polygons are kept.
    parts = list(shapely.get_parts(shapely.make_valid(shapely.set_precision(shape, 10.0**-decimals))))
    if shape.geom_type.endswith("Polygon"):
        parts = [q for p in parts for q in shapely.get_parts(p) if q.geom_type == "Polygon"] or [shape]
        oriented = shapely.orient_polygons(shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0])
    else:  # lines shorter than the rounding vanish
        lines = [
            p
            for p in shapely.get_parts(shape)
            if len(np.unique(shapely.get_coordinates(p).round(decimals), axis=0)) > 1
        ]
        oriented = shapely.MultiLineString(lines)
    data: dict[str, Any] = json.loads(shapely.to_geojson(oriented))

    def tidy(value: Any) -> Any:
        if isinstance(value, list):
            return [tidy(v) for v in value]
        number = round(value, decimals)
        return int(number) if number == int(number) else number

    return {"type": data["type"], "coordinates": tidy(data["coordinates"])}


def write(name: str, features: list[dict[str, Any]]) -> None:
    """One feature a line, so that a change shows as few lines."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(features)} features, {len(text.encode()) / 1e6:.2f} MB")


def feature(properties: dict[str, Any], shape: Any, decimals: int) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geojson(shape, decimals)}


def halabja(table: geopandas.GeoDataFrame, shapes: list[Any]) -> dict[str, Any]:
    """A stand-in for the governorate that the source predates: what lies near its town in the one it was cut from."""
    town = next(r for r in rows("places.csv") if r["id"] == "iq-halabja")
    lat, lon = float(town["lat"]), float(town["lon"])
    shrink = math.cos(math.radians(lat))
    around = shapely.Point(lon, lat).buffer(HALABJA_KM / 111.2, 8)
    around = shapely.transform(around, lambda xy: (xy - [lon, lat]) / [shrink, 1.0] + [lon, lat])
    parent = shapes[list(table["id"]).index("adm1-iq-sulaymaniyah")]
    aliases = ["Halabjah", "Helebce", "حلبجة", "هەڵەبجە"]
    said = {
        "id": "adm1-iq-halabja",
        "name": "Halabja",
        "aliases": aliases,
        "iso2": "IQ",
        "code": "",
        "type": "governorate",
    }
    said |= {"lat": lat, "lon": lon, "radius_km": HALABJA_KM, "approximate": True}
    return feature(said, shapely.intersection(around, parent), DECIMALS["areas"])


def write_areas(table: geopandas.GeoDataFrame, shapes: list[Any]) -> None:
    """The three files of first-order divisions."""
    for name, decimals in DECIMALS.items():
        features = []
        for row, shape in zip(table.itertuples(), shapes, strict=True):
            if zone(row.iso2) != name:
                continue
            kept = larger_parts(shape, SMALLEST_PART_DEG2[name])
            lat, lon, radius_km = middle(kept)
            said = {k: getattr(row, k) for k in ("id", "name", "aliases", "iso2", "code", "type")}
            features.append(feature({**said, "lat": lat, "lon": lon, "radius_km": radius_km}, kept, decimals))
        if name == "areas":
            features = sorted([*features, halabja(table, shapes)], key=lambda f: str(f["properties"]["id"]))
        write(f"{name}.geojson", features)


def write_countries(table: geopandas.GeoDataFrame, shapes: list[Any]) -> None:
    """One feature for each country of countries.csv, and for land that ISO gives to none."""
    known = {r["iso2"]: r for r in rows("countries.csv")}
    features = []
    for country in sorted(set(table["iso2"]) & set(known)):
        whole = shapely.union_all([s for s, c in zip(shapes, table["iso2"], strict=True) if c == country])
        kept = larger_parts(whole, SMALLEST_PART_DEG2[zone(country)])
        row = known[country]
        said = {"id": f"country-{country.lower()}", "name": row["name"], "iso2": country, "type": "country"}
        said |= {"lat": float(row["lat"]), "lon": float(row["lon"]), "radius_km": float(row["radius_km"])}
        features.append(feature(said, kept, DECIMALS[zone(country)]))
    write("countries.geojson", features)


def write_regions(table: geopandas.GeoDataFrame, shapes: list[Any]) -> None:
    """The regions of regions.csv that are made of countries and divisions, coarser the larger they are."""
    by_id: dict[str, list[Any]] = {}
    for identity, country, outline in zip(table["id"], table["iso2"], shapes, strict=True):
        by_id.setdefault(identity, []).append(outline)
        by_id.setdefault(f"country-{country.lower()}", []).append(outline)
    features = []
    for row in rows("regions.csv"):
        if row["made_of"]:
            whole = shapely.union_all([s for part in row["made_of"].split() for s in by_id[part]])
            width = math.sqrt(whole.area)
            coarse = shapely.simplify(whole, min(0.3, REGION_SHARE * width))
            said = {"id": row["id"], "name": row["name"], "iso2": row["country"], "type": "region"}
            said |= {"lat": float(row["lat"]), "lon": float(row["lon"]), "radius_km": float(row["radius_km"])}
            features.append(feature(said, larger_parts(coarse, (REGION_SHARE * width) ** 2), 2))
    write("regions.geojson", features)


def write_basemap(source: Path, table: geopandas.GeoDataFrame, arcs: list[Any], sides: list[tuple[int, ...]]) -> None:
    """Lines by kind. First-order borders only where the map is made for: the Middle East."""
    countries = list(table["iso2"])
    lines: dict[tuple[str, str], list[Any]] = {}
    for arc, beside in zip(arcs, sides, strict=True):
        lands = sorted({countries[r] for r in beside})
        kind = "coast" if len(beside) < 2 else "country" if len(lands) > 1 else "admin1"
        if kind == "coast" and arc.is_ring and shapely.Polygon(arc).area < 0.01:
            continue
        if kind != "admin1" or lands[0] in FINE:
            lines.setdefault((kind, lands[0] if kind == "admin1" else ""), []).append(arc)
    features = []
    for (kind, country), group in sorted(lines.items()):
        features.append(feature({"kind": kind, "iso2": country, "name": ""}, shapely.MultiLineString(group), 2))
    disputed = geopandas.read_file(source, layer="disputed_borders")
    for row in disputed.sort_values(["adm0_left", "name"]).itertuples():
        said = {"kind": "disputed", "iso2": "", "name": f"{row.name} ({row.adm0_left})"}
        features.append(feature(said, shapely.simplify(row.geometry, 0.02), 2))
    write("basemap.geojson", features)


def main(source: Path) -> None:
    """Read the source, simplify, write the built files."""
    table = divisions(source)
    arcs, sides = shared_arcs(table)
    arcs = simplified(table, arcs, sides)
    shapes = rebuilt(table, arcs)
    write_areas(table, shapes)
    write_countries(table, shapes)
    write_regions(table, shapes)
    write_basemap(source, table, arcs, sides)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
