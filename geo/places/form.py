"""What a row of `places.csv` and its names may hold, told before it is saved: field, reason and cure."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from geo.model import Problem
from geo.space import haversine_km

PLACE_FIELDS = (
    "id", "name", "feature_code", "country", "admin1", "lat", "lon", "radius_km", "geonames_id", "wikidata_id", "source",
    "source_licence", "status", "note",
)  # fmt: skip
KINDS = ("official", "variant", "former", "translation", "nickname")
STATUSES = ("confirmed", "single-source", "retired")
LONGEST = 200  # characters of a name
WIDEST_KM = 6000  # Russia from its middle
ABROAD_KM = 60  # beyond a country's own radius: border posts, islands, and the coarseness of that radius
SAME_PLACE_KM = 3  # two rows of one name this near to each other are one place
PATTERNS = {
    "id": (re.compile(r"[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*"), "country or xx, a hyphen, a short name: iq-camp-taji"),
    "feature_code": (re.compile(r"[AHLPRSTUV]\.[A-Z0-9]{2,6}"), "GeoNames class and code: P.PPL town, S.INSM base, A.ADM2 district"),
    "country": (re.compile(r"([A-Z]{2})?"), "two capital letters of ISO 3166-1, or empty for seas and regions across borders"),
    "geonames_id": (re.compile(r"\d*"), "digits, or empty"),
    "wikidata_id": (re.compile(r"(Q\d+)?"), "Q and digits, or empty"),
}  # fmt: skip
Row = Mapping[str, str]


def new_id(row: Row, taken: Iterable[str]) -> str:
    """Make an id of country and name that is not taken: "iq-camp-taji", "iq-camp-taji-2"."""
    words = re.findall(r"[a-z0-9]+", anyascii(row.get("name", "")).casefold())
    country = row.get("country", "")
    country = country.casefold() if PATTERNS["country"][0].fullmatch(country) and country else "xx"
    stem = f"{country}-{'-'.join(words) or 'place'}"[:60].strip("-")
    used, number, found = set(taken), 2, stem
    while found in used:
        found, number = f"{stem}-{number}", number + 1
    return found


def check_place(row: Row, others: Sequence[Row], folder: Path) -> list[Problem]:
    """List everything wrong with a row, beside the `others` of the file; `folder` holds `countries.csv`."""
    found = [
        Problem("places.csv", None, field, f"{row.get(field, '')!r} cannot stand here", cure)
        for field, (pattern, cure) in PATTERNS.items()
        if not pattern.fullmatch(row.get(field, ""))
    ]
    found += _name_problems("places.csv", row.get("name", ""))
    found += [
        Problem("places.csv", None, field, "is empty", cure)
        for field, cure in (
            ("source", "say where the coordinates come from"),
            ("source_licence", "say under which licence: public domain, CC BY 4.0, ODbL, own work ..."),
        )
        if not row.get(field, "").strip()
    ]
    if row.get("status") not in STATUSES:
        found.append(
            Problem("places.csv", None, "status", f"{row.get('status')!r} is none", f"one of {', '.join(STATUSES)}")
        )
    lat, lon = _number(row, "lat", 90, found), _number(row, "lon", 180, found)
    radius = _number(row, "radius_km", WIDEST_KM, found)
    if radius is not None and radius <= 0:
        found.append(
            Problem("places.csv", None, "radius_km", "is not above 0", "how far from the point the place reaches")
        )
    if lat is not None and lon is not None:
        found += _position_problems(row, lat, lon, folder)
        found += _twin_problems(row, lat, lon, others)
    return found


def check_names(place: Row, names: Iterable[Row]) -> list[Problem]:
    """List everything wrong with the further names of a place."""
    found = []
    for row in names:
        found += _name_problems("names.csv", row["name"])
        if not re.fullmatch(r"[a-z]{2,3}", row["lang"]):
            found.append(
                Problem("names.csv", None, "lang", f"{row['lang']!r} is no language code", "ISO 639: en, ar, ckb")
            )
        if row["kind"] not in KINDS:
            found.append(Problem("names.csv", None, "kind", f"{row['kind']!r} is none", f"one of {', '.join(KINDS)}"))
        if not re.fullmatch(r"([A-Z]{2})?", row["context_country"]):
            cure = "two capital letters of ISO 3166-1, or empty"
            found.append(
                Problem("names.csv", None, "context_country", f"{row['context_country']!r} is no country", cure)
            )
        if row["name"] == place.get("name") and not row["context_country"]:
            cure = "list only further names"
            found.append(Problem("names.csv", None, "name", f"{row['name']!r} is the place's own name", cure))
    return found


def _name_problems(file: str, name: str) -> list[Problem]:
    if not name.strip():
        return [Problem(file, None, "name", "is empty", "write the name as the news does")]
    if len(name) > LONGEST:
        return [Problem(file, None, "name", f"is longer than {LONGEST} characters", "write the name alone")]
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in name):
        return [Problem(file, None, "name", "holds a control character", "type the name anew")]
    if not any(c.isalpha() for c in name):
        return [Problem(file, None, "name", f"{name!r} holds no letter", "write the name as the news does")]
    return []


def _number(row: Row, field: str, limit: float, found: list[Problem]) -> float | None:
    """Read a number of the form, or say what is wrong with it."""
    written = row.get(field, "")
    if not written.strip() and limit <= 180:
        found.append(Problem("places.csv", None, field, "is empty", "click on the map, or write degrees: 33.524"))
        return None
    try:
        value = float(written)
    except ValueError:
        cure = (
            "write it with a point: 33.524"
            if "," in written
            else "write a number of degrees"
            if limit <= 180
            else "write a number of km"
        )
        found.append(Problem("places.csv", None, field, f"{written!r} is no number", cure))
        return None
    if not math.isfinite(value) or abs(value) > limit:
        found.append(
            Problem("places.csv", None, field, f"{written} is not between -{limit:g} and {limit:g}", "look at the map")
        )
        return None
    return value


def _position_problems(row: Row, lat: float, lon: float, folder: Path) -> list[Problem]:
    """Find a position that lies in another part of the world than its country."""
    if lat == 0 and lon == 0:
        return [Problem("places.csv", None, "lat", "0, 0 lies in the ocean off Africa", "set the position on the map")]
    country = row.get("country", "")
    if not country or not PATTERNS["country"][0].fullmatch(country):
        return []
    countries = _countries(folder / "countries.csv")
    if countries and country not in countries:
        return [
            Problem(
                "places.csv", None, "country", f"{country!r} is no country of countries.csv", "ISO 3166-1: IQ, SY, UA"
            )
        ]
    if country not in countries:
        return []
    middle_lat, middle_lon, reach, name = countries[country]
    km = haversine_km(lat, lon, middle_lat, middle_lon)
    if km <= reach + ABROAD_KM:
        return []
    swapped = abs(lon) <= 90 and haversine_km(lon, lat, middle_lat, middle_lon) <= reach
    cure = "lat and lon are swapped" if swapped else "look at the map, or change the country"
    return [Problem("places.csv", None, "lat", f"lies {km - reach:.0f} km outside {name}", cure)]


def _twin_problems(row: Row, lat: float, lon: float, others: Iterable[Row]) -> list[Problem]:
    """Find the same place in the file already."""
    own = row.get("name", "").casefold()
    for other in others:
        try:
            km = haversine_km(lat, lon, float(other["lat"]), float(other["lon"]))
        except (KeyError, ValueError):
            continue
        same_name = other.get("name", "").casefold() == own
        if other.get("status") != "retired" and same_name and km <= SAME_PLACE_KM:
            reason = f"{other['name']} stands {km:.1f} km from there already, as {other['id']}"
            return [Problem("places.csv", None, "name", reason, "edit that place, or add a name to it")]
    return []


def _countries(path: Path) -> dict[str, tuple[float, float, float, str]]:
    return _read_countries(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=4)
def _read_countries(path: Path, _stamp: int) -> dict[str, tuple[float, float, float, str]]:
    """Read lat, lon, radius_km and name by ISO code; a broken row is left out."""
    found = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                found[row["iso2"]] = (float(row["lat"]), float(row["lon"]), float(row["radius_km"]), row["name"])
            except (KeyError, ValueError, TypeError):
                continue
    return found
