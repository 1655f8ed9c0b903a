"""Check all data files of a gazetteer folder: `check(folder)` lists every problem by file, row, field and cure.

The rules for one row are those of `place_form`, which the form uses too; here come the rules that need the whole
file or another one: order, homonyms, polygons, licences, and the bytes.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from geo.model import Problem
from geo.places import form as place_form
from geo.places.gazetteer import SMALL_PLACES

Row = Mapping[str, str]

SMALL_PLACE_FIELDS = tuple(
    "id name feature_code country admin1 lat lon radius_km aliases geonames_id source source_licence status".split()
)
COLUMNS = {
    "places.csv": place_form.PLACE_FIELDS,
    **dict.fromkeys(SMALL_PLACES, SMALL_PLACE_FIELDS),
    "names.csv": ("place_id", "name", "lang", "kind", "context_country", "source"),
    "regions.csv": tuple(
        "id name feature_code country lat lon radius_km aliases made_of source source_licence note".split()
    ),
    "countries.csv": tuple("iso2 iso3 name capital lat lon radius_km aliases geonames_id source".split()),
    "demonyms.csv": ("demonym", "country", "kind", "plural", "place_id"),
    "homonyms.csv": ("name", "place_ids", "reason"),
    "feature_codes.csv": ("code", "meaning"),
    "examples.csv": ("text", "name", "place_id", "not_place_id", "note"),
    "area_names.csv": ("country", "source_name", "name", "aliases"),
    "area_types.csv": ("country", "type"),
}
ORDER = {  # the columns that a file is sorted by, and that no two rows share
    "places.csv": ("id",),
    **dict.fromkeys(SMALL_PLACES, ("id",)),
    "names.csv": ("place_id", "lang", "name"),
    "regions.csv": ("id",),
    "countries.csv": ("iso2",),
    "demonyms.csv": ("demonym", "country", "kind"),
    "homonyms.csv": ("name",),
    "feature_codes.csv": ("code",),
    "examples.csv": ("text", "name"),
    "area_names.csv": ("country", "source_name"),
    "area_types.csv": ("country",),
}
LICENCES = ("public domain", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA (facts only)", "ODbL-1.0", "own work")
OWN_KNOWLEDGE = "own work: placed from general knowledge"
LEAST_DOUBT_KM = 2  # how far off a point without a source is at least taken to be
SHARE_ALIKE = "ODbL-1.0"  # holds for rows that a user saved from OpenStreetMap; none is shipped
# Latitude and longitude degrees by which a place may lie outside its country's simplified polygon: piers, islands.
SHORE_DEG = 0.15
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True)
class Folder:
    """The rows of a gazetteer folder's tables by file name, and the outlines of its countries and areas."""

    path: Path
    rows: dict[str, list[dict[str, str]]]
    countries: dict[str, Any]
    areas: dict[str, dict[str, Any]]

    def ids(self) -> set[str]:
        """The ids of all that a row may point to: places, regions, countries, areas."""
        own = {row["id"] for name in ("places.csv", "regions.csv") for row in self.rows[name]}
        return own | {f"country-{row['iso2'].lower()}" for row in self.rows["countries.csv"]} | set(self.areas)


def check(folder: Path) -> list[Problem]:
    """List everything that is wrong with the data files of a gazetteer folder; empty where nothing is.

    Files are read as UTF-8. A file that cannot be read is one problem and ends the check of those that need it.
    """
    found: list[Problem] = []
    tables = {name: _read(folder / name, found) for name in COLUMNS}
    if found:
        return found
    read = Folder(folder, tables, _countries(folder), _areas(folder))
    for rule in RULES:
        found += rule(read)
    return sorted(found, key=lambda p: (p.file, p.row or 0, p.field or "", p.reason))


# ------------------------------------------------------------------------------------------------- reading


def _read(path: Path, found: list[Problem]) -> list[dict[str, str]]:
    """Read a table, or say why it cannot be; a short or long row, and bytes unlike a fresh dump, are problems too."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        found.append(Problem(path.name, None, None, "is missing", "put it back from the repository"))
        return []
    except UnicodeDecodeError as error:
        found.append(Problem(path.name, None, None, f"is not UTF-8: byte {error.start}", "save it as UTF-8"))
        return []
    header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    if tuple(header) != COLUMNS[path.name]:
        cure = "the columns are " + ",".join(COLUMNS[path.name])
        found.append(Problem(path.name, 1, None, f"the header is {','.join(header)}", cure))
        return []
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            reason = f"has {len(line)} cells instead of {len(header)}"
            found.append(Problem(path.name, number, None, reason, "a comma within a cell needs quotes around the cell"))
    if text != dump([header, *lines]):
        cure = "save it with line feeds, quotes only where needed, and a line feed at the end"
        found.append(Problem(path.name, None, None, "would not be written with the same bytes", cure))
    return [dict(zip(header, line, strict=False)) for line in lines]


def dump(lines: Iterable[Iterable[str]]) -> str:
    """Write rows as the one CSV form of these files: line feeds, quotes only where needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _features(path: Path) -> list[dict[str, Any]]:
    """The features of a built file, which is parsed once however often it is asked for."""
    return _parsed(path.resolve(), path.stat().st_mtime_ns) if path.exists() else []


@lru_cache(maxsize=8)
def _parsed(path: Path, _stamp: int) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _countries(folder: Path) -> dict[str, Any]:
    """The outlines of countries, prepared for many questions, by ISO code."""
    found = {f["properties"]["iso2"]: shape(f["geometry"]) for f in _features(folder / "countries.geojson")}
    for outline in found.values():
        shapely.prepare(outline)
    return found


def _areas(folder: Path) -> dict[str, dict[str, Any]]:
    """The features of first-order divisions by id."""
    files = sorted(folder.glob("areas*.geojson"))
    return {f["properties"]["id"]: f for file in files for f in _features(file)}


def _numbered(rows: Iterable[dict[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    return enumerate(rows, start=2)


# ------------------------------------------------------------------------------------------------- rules


def ordered(read: Folder) -> list[Problem]:
    """Rows are sorted by their key, and no key occurs twice."""
    found = []
    for name, columns in ORDER.items():
        keys = [tuple(row[c] for c in columns) for row in read.rows[name]]
        for number, (before, key) in enumerate(pairwise(keys), start=3):
            if before > key:
                cure = f"sort the rows by {', '.join(columns)}"
                found.append(Problem(name, number, columns[0], f"{key[0]} stands behind {before[0]}", cure))
        twice = {key for key, n in Counter(keys).items() if n > 1}
        for number, key in enumerate(keys, start=2):
            if key in twice:
                found.append(Problem(name, number, columns[0], f"{' '.join(key)} occurs twice", "keep one of them"))
    return found


def clean_text(read: Folder) -> list[Problem]:
    """Cells are in Unicode's composed form (NFC), without marks that turn the direction, and trimmed."""
    found = []
    for name, rows in read.rows.items():
        for number, row in _numbered(rows):
            for field, cell in row.items():
                if unicodedata.normalize("NFC", cell) != cell:
                    found.append(Problem(name, number, field, f"{cell!r} is not in composed form", "normalise to NFC"))
                if BIDI & set(cell):
                    found.append(Problem(name, number, field, "holds a direction mark", "delete the invisible mark"))
                if cell != cell.strip():
                    found.append(Problem(name, number, field, f"{cell!r} has space around it", "trim it"))
    return found


def places(read: Folder) -> list[Problem]:
    """Each row of places.csv and regions.csv by itself: form, licence, feature code, and inside its country."""
    codes = {row["code"] for row in read.rows["feature_codes.csv"]}
    found: list[Problem] = []
    for file in ("places.csv", "regions.csv"):
        for number, row in _numbered(read.rows[file]):
            whole = {"status": "confirmed", "admin1": "", "geonames_id": "", "wikidata_id": "", **row}
            if file == "regions.csv":  # parts of a country may lie far from its mainland
                whole["country"] = ""
            problems = place_form.check_place(whole, (), read.path)
            problems += [*_licence(row), *_code(row, codes)]
            if not problems and row["feature_code"][0] in "PS":
                problems += _inside(row, read.countries)
            found += [replace(p, file=file, row=number) for p in problems]
    return found


def small_places(read: Folder) -> list[Problem]:
    """Each row of the small places by itself; what is placed from general knowledge says so and claims no more."""
    by_file = [_small_places(read, file) for file in SMALL_PLACES]
    home: dict[str, str] = {}
    for file in SMALL_PLACES:
        for number, row in _numbered(read.rows[file]):
            if home.setdefault(row["country"], file) != file:
                cure = "keep a country's rows in one file"
                by_file.append([Problem(file, number, "country", f"stands in {home[row['country']]} too", cure)])
    return [problem for problems in by_file for problem in problems]


def _small_places(read: Folder, file: str) -> list[Problem]:
    codes = {row["code"] for row in read.rows["feature_codes.csv"]}
    taken = {row["id"] for row in read.rows["places.csv"]}
    found: list[Problem] = []
    for number, row in _numbered(read.rows[file]):
        own = row["source"] == OWN_KNOWLEDGE
        status = "confirmed" if row["status"] == "unconfirmed" else row["status"]
        whole = {**row, "status": status, "wikidata_id": "", "note": ""}
        problems = [*place_form.check_place(whole, (), read.path), *_licence(row), *_code(row, codes)]
        if not problems and row["feature_code"][0] in "PSA":
            problems += _inside(row, read.countries)
        if own != (row["status"] == "unconfirmed") or (own and row["source_licence"] != "own work"):
            cure = f"status unconfirmed and licence own work go with the source {OWN_KNOWLEDGE!r}"
            problems.append(Problem("", None, "status", "does not fit the source", cure))
        if not problems and own and float(row["radius_km"]) < LEAST_DOUBT_KM:
            problems.append(
                Problem("", None, "radius_km", "claims too much", f"at least {LEAST_DOUBT_KM} without a source")
            )
        if row["id"] in taken:
            problems.append(Problem("", None, "id", "is in places.csv too", "keep the row there"))
        names = [n for n in row["aliases"].split("|") if n]
        if len({n.casefold() for n in (row["name"], *names)}) != len(names) + 1:
            problems.append(Problem("", None, "aliases", "holds a name twice", "keep one"))
        found += [replace(p, file=file, row=number) for p in problems]
    return found


def _licence(row: Row) -> list[Problem]:
    licence = row["source_licence"]
    if licence not in LICENCES:
        return [
            Problem("", None, "source_licence", f"{licence!r} is none that we accept", f"one of {', '.join(LICENCES)}")
        ]
    if licence == SHARE_ALIKE and "OpenStreetMap" not in row["source"]:
        return [Problem("", None, "source", f"{licence} without OpenStreetMap as the source", "name the source")]
    return []


def _code(row: Row, codes: set[str]) -> list[Problem]:
    if row["feature_code"] in codes:
        return []
    cure = "take a code of feature_codes.csv, or add it there"
    return [Problem("", None, "feature_code", f"{row['feature_code']!r} is unknown", cure)]


def _inside(row: Row, countries: Mapping[str, Any]) -> list[Problem]:
    """A town or site lies in its country's outline, or just off it."""
    outline = countries.get(row["country"])
    if outline is None:
        return []
    point = shapely.Point(float(row["lon"]), float(row["lat"]))
    if outline.dwithin(point, SHORE_DEG):
        return []
    reason = f"lies {outline.distance(point):.2f} degrees outside {row['country']}"
    return [Problem("", None, "lat", reason, "look at the map, or change the country")]


def further_names(read: Folder) -> list[Problem]:
    """Each row of names.csv by itself, its owner known."""
    owners = {row["id"]: row for name in ("places.csv", "regions.csv") for row in read.rows[name]}
    ids = read.ids()
    found = []
    for number, row in _numbered(read.rows["names.csv"]):
        problems = place_form.check_names(owners.get(row["place_id"], {}), [row])
        if row["place_id"] not in ids:
            problems.append(
                Problem("names.csv", None, "place_id", f"{row['place_id']!r} is no place", "see places.csv")
            )
        found += [replace(p, row=number) for p in problems]
    return found


def homonyms(read: Folder) -> list[Problem]:
    """A name that several rows share is listed in homonyms.csv with exactly these rows: nothing is shared by mistake."""
    accepted = {row["name"]: set(row["place_ids"].split()) for row in read.rows["homonyms.csv"]}
    shared = {name: ids for name, ids in owners_of_names(read).items() if len(ids) > 1}
    cure = "drop the name from all but one, give it a context_country, or list it in homonyms.csv with its reason"
    found = [
        Problem("names.csv", None, "name", f"{name!r} is shared by {' '.join(sorted(ids))}", cure)
        for name, ids in shared.items()
        if accepted.get(name) != ids
    ]
    for number, row in _numbered(read.rows["homonyms.csv"]):
        if row["name"] not in shared:
            found.append(Problem("homonyms.csv", number, "name", f"{row['name']!r} is not shared", "delete the row"))
    return found


def owners_of_names(read: Folder) -> dict[str, set[str]]:
    """The ids of places, regions and countries by each of their names, case aside."""
    owners: dict[str, set[str]] = defaultdict(set)
    for file in ("places.csv", "regions.csv", "countries.csv"):
        for row in read.rows[file]:
            if row.get("status") != "retired":
                identity = row.get("id") or f"country-{row['iso2'].lower()}"
                for name in (row["name"], *row.get("aliases", "").split("|")):
                    owners[name.casefold()].add(identity)
    for row in read.rows["names.csv"]:
        owners[row["name"].casefold()].add(row["place_id"])
    owners.pop("", None)
    return owners


def pointers(read: Folder) -> list[Problem]:
    """The countries and places that rows name exist."""
    ids, codes = read.ids(), {row["iso2"] for row in read.rows["countries.csv"]}
    found = []
    for number, row in _numbered(read.rows["demonyms.csv"]):
        if row["country"] and row["country"] not in codes:
            found.append(Problem("demonyms.csv", number, "country", f"{row['country']!r} is no country", "ISO 3166-1"))
        if row["place_id"] and row["place_id"] not in ids:
            found.append(
                Problem("demonyms.csv", number, "place_id", f"{row['place_id']!r} is no place", "see places.csv")
            )
        if row["kind"] not in ("adj", "noun"):
            found.append(Problem("demonyms.csv", number, "kind", f"{row['kind']!r} is none", "adj or noun"))
    for file in ("places.csv", "regions.csv"):
        for number, row in _numbered(read.rows[file]):
            if row["country"] and row["country"] not in codes:
                found.append(Problem(file, number, "country", f"{row['country']!r} is no country", "ISO 3166-1"))
            found += [
                Problem(file, number, "made_of", f"{part!r} is no country or area", "see the areas' ids")
                for part in row.get("made_of", "").split()
                if part not in ids
            ]
    return found


def examples(read: Folder) -> list[Problem]:
    """An example's name stands in its text, and what it means exists."""
    ids = read.ids()
    found = []
    for number, row in _numbered(read.rows["examples.csv"]):
        if row["name"] not in row["text"]:
            found.append(
                Problem("examples.csv", number, "name", f"{row['name']!r} is not in the text", "copy it from there")
            )
        found += [
            Problem("examples.csv", number, field, f"{row[field]!r} is no place", "see places.csv")
            for field in ("place_id", "not_place_id")
            if row[field] and row[field] not in ids
        ]
    return found


RULES: tuple[Callable[[Folder], list[Problem]], ...] = (
    ordered,
    clean_text,
    places,
    small_places,
    further_names,
    homonyms,
    pointers,
    examples,
)
