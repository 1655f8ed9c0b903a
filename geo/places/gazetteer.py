"""Names to candidate places: the reviewed files over the bulk index. Never chooses.

The reviewed files are `places.csv` and `names.csv`, `countries.csv`, `regions.csv` and `demonyms.csv` of the folder
`gazetteer/`. A reviewed place replaces the bulk place with the same GeoNames id and lends its names from there.
`small_places_*.csv` add villages, quarters and districts to the bulk index, and names to its towns: they weigh as bulk
rows do.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from geo.lasting import lasting
from geo.model import Candidate, Place, Problem
from geo.place_rules import PLACE_RULES
from geo.places import names
from geo.places.bulk import Bulk
from geo.places.bulk_rows import Progress
from geo.space import distance_km

SAME_PLACE_KM = 6.0  # a bulk town this near to a reviewed one of the same name is the same town
KNOWN_LOOKUPS = 65_536  # remembered answers, about 40 MB when full
COUNTRY_IMPORTANCE = 7.5
SMALL_PLACES = ("small_places_africa.csv", "small_places_asia.csv", "small_places_elsewhere.csv")
SMALLER = 0.8  # a place of small_places_*.csv is as important as a village of 1,000 people
STAND_IN = {  # importance where no population is known, by the start of the feature code
    "A.ADM1": 5.8, "A.": 4.6, "P.PPLC": 6.2, "P.PPLA": 5.2, "P.PPLX": 3.8, "P.": 3.8, "S.AIRB": 4.4, "S.AIRP": 4.4,
    "S.": 3.8, "H.": 5.0, "L.RGN": 5.5, "L.CONT": 7.6, "L.": 4.2, "T.": 4.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """One name of a reviewed place; `context_country` limits where it holds, "" for everywhere."""

    place: Place
    name: str
    context_country: str = ""
    kind: str = ""


class Gazetteer:
    """All that is known about names. `places` holds the reviewed places by id; `problems` what is wrong with the files."""

    def __init__(self, places: Iterable[Place] = (), known: Iterable[Known] = (), bulk: Bulk | None = None) -> None:
        self.places: dict[str, Place] = {p.id: p for p in places}
        self.problems: tuple[Problem, ...] = ()
        self.bulk = bulk
        self.countries: dict[str, Place] = {p.country: p for p in self.places.values() if p.level == "country"}
        self.capitals: dict[str, str] = {}  # their names, by the country's code
        self.demonyms: dict[str, Place] = {}
        self._keys: dict[str, list[Known]] = defaultdict(list)
        self._by_geonames: dict[str, str] = {}
        for one in known:
            self._add(one)
        self.lookup = lru_cache(maxsize=KNOWN_LOOKUPS)(self._lookup)
        self.strict = lru_cache(maxsize=KNOWN_LOOKUPS)(self._strict)
        self.fuzzy = lru_cache(maxsize=4096)(self._fuzzy)
        self.facility = lru_cache(maxsize=8192)(self._facility)

    @classmethod
    @lasting()
    def load(
        cls, folder: Path | None = None, bulk: bool = True, *, reviewed: bool = True, progress: Progress | None = None
    ) -> Gazetteer:
        """Read the gazetteer files of `folder` (the installed ones by default) over the bulk index.

        `reviewed=False` leaves `places.csv` and `names.csv` out, to measure what they add. A bad row is skipped and
        described in `problems`.
        """
        folder = folder or default_folder()
        index = Bulk.open(tuple(sorted(folder.glob("areas*.geojson"))), progress) if bulk else None
        reader = _Reader(folder, index)
        reader.countries()
        reader.regions()
        if reviewed:
            reader.reviewed()
            reader.small()
        gazetteer = cls(reader.places.values(), reader.known, index)
        gazetteer._by_geonames = reader.by_geonames
        gazetteer.capitals = reader.capitals
        gazetteer.demonyms = reader.demonyms(gazetteer.countries)
        gazetteer.problems = tuple(reader.problems)
        return gazetteer

    def _add(self, one: Known) -> None:
        keys = names.keys(one.name)
        found = {keys.marks, "~" + keys.phonetic}
        if keys.skeleton:
            found.add("^" + keys.skeleton)
        if one.place.feature_code.startswith("S."):
            found.add("!" + names.marks(bare_facility(one.name)))
        for key in found - {"", "!"}:
            if all(o.place.id != one.place.id for o in self._keys[key]):
                self._keys[key].append(one)

    def place(self, place_id: str) -> Place | None:
        """A place by its id, reviewed or bulk."""
        return self.places.get(place_id) or (self.bulk.place(place_id) if self.bulk else None)

    def country_of(self, code: str) -> Place | None:
        """The place of a country by its ISO code."""
        return self.countries.get(code)

    def capital_of(self, code: str) -> Place | None:
        """The capital of a country by its ISO code."""
        named = self.strict(self.capitals.get(code, ""))
        return next((c.place for c in named if c.place.country == code and c.place.feature_code == "P.PPLC"), None)

    def known_as(self, place_id: str, name: str) -> Known | None:
        """The reviewed name of a place that `name` is, marks aside."""
        return next((k for k in self._keys.get(names.marks(name), ()) if k.place.id == place_id), None)

    def is_reviewed_name(self, name: str) -> bool:
        """Whether the reviewed files know this spelling, marks aside."""
        return names.marks(name) in self._keys

    def demonym(self, word: str) -> Place | None:
        """The country or region that "Iraqi" or "Syrians" stands for."""
        return self.demonyms.get(word.casefold())

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """Places that `name` may mean by the finest rung that finds any, down to phonetic; reviewed ones first."""
        asked = names.keys(name)
        if not asked.marks:
            return ()
        found = self._merge(name, asked.marks)
        if found and asked.article == asked.marks:
            return tuple(found)
        if len(asked.phonetic) < 4 and asked.article == asked.marks:
            return tuple(found)
        sounds = self._merge(name, "~" + asked.phonetic, others=tuple(c.place for c in found))
        if found:  # "al-Qaim": exact rows, and those that differ in the article only
            return (*found, *(c for c in sounds if c.rung == "article"))
        return tuple(sounds)

    def _strict(self, name: str) -> tuple[Candidate, ...]:
        """Places called exactly `name`, marks and hyphens aside; a reviewed name also without its article."""
        folded = names.marks(name)
        if not folded:
            return ()
        found = self._merge(name, folded)
        if not found and " " in folded and (bare := names.article(folded)) != folded:
            found = self._merge(name, bare)
            if not found and (sounds := "~" + names.phonetic(bare)) in self._keys:
                found = [c for c in self._merge(name, sounds) if c.place.reviewed and c.rung == "article"]
        return tuple(found)

    def _fuzzy(self, name: str) -> tuple[Candidate, ...]:
        """Places whose consonants agree, most alike first: the last rung, for names that nothing else finds."""
        asked = names.keys(name)
        if not asked.skeleton:
            return ()
        found = self._merge(name, "^" + asked.skeleton)
        return tuple(sorted(found, key=lambda c: (-c.score, -c.place.importance, c.place.id))[:12])

    def _facility(self, name: str) -> tuple[Candidate, ...]:
        """Airports, bases, camps and the like that are called `name` without their type word."""
        folded = names.marks(name)
        bare = names.article(folded)
        for key in dict.fromkeys((folded, bare)):
            if found := self._merge(name, "!" + key):
                return tuple(found)
        return tuple(f for a in ("al ", "ar ", "ad ", "as ", "an ") for f in self._merge(name, "!" + a + bare))

    def _merge(self, name: str, key: str, others: tuple[Place, ...] = ()) -> list[Candidate]:
        """The places under one key, reviewed ones first, each once; `others` are known already."""
        reviewed = self._keys.get(key, ())
        indexed = self.bulk.find(key) if self.bulk else ()
        if not reviewed and not indexed:
            return []
        rows = [(one.place, one.name) for one in reviewed]
        for place, written in indexed:
            mine = self._by_geonames.get(place.id)
            rows.append((self.places.get(mine, place) if mine else place, written))
        kept: list[Candidate] = []
        seen = list(others)
        plain = name.casefold()
        for place, written in rows:
            if seen and _is_double(place, seen):
                continue
            step, alike = ("exact", 0.0) if written.casefold() == plain else _rung(name, written, key)
            if step:
                kept.append(Candidate(place, step, alike))
                seen.append(place)
        return kept


def _rung(name: str, written: str, key: str) -> tuple[str, float]:
    """The rung on which an asked and a known name meet under a key; and for a skeleton how alike they sound."""
    if key[0] == "!":
        return "exact", 0.0
    if key[0] not in "~^":
        return ("marks" if names.marks(name) == key else "article"), 0.0
    asked, known = names.keys(name), names.keys(written)
    step = names.rung(asked, known)
    return step, names.alike(asked, known) if step == "skeleton" else 0.0


def _is_double(place: Place, seen: list[Place]) -> bool:
    """Whether a row is a place seen before: the same id, or a reviewed place of the same level beside it."""
    country, one_of_all = place.country, place.reviewed or place.feature_code == "A.ADM1"
    for other in seen:
        if place.id == other.id:
            return True
        alike = country == other.country and (one_of_all or other.reviewed) and place.level == other.level
        if alike and _beside(place, other):
            return True
    return False


def _beside(a: Place, b: Place) -> bool:
    if a.level == "admin1":  # one division by two sources; two areas of one source stay two
        return a.reviewed or b.reviewed or a.id[:4] != b.id[:4]
    return distance_km(a, b) <= max(SAME_PLACE_KM, a.radius_km, b.radius_km)


def bare_facility(name: str) -> str:
    """Strip a facility's type words: "Xanabad air base" is called "Xanabad"."""
    return " ".join(PLACE_RULES.facility_words.sub(" ", name).split()).strip(" -,")


def default_folder() -> Path:
    """The gazetteer files beside the package: in a checkout or inside an installed wheel."""
    beside = Path(__file__).resolve().parents[2] / "gazetteer"
    return beside if beside.is_dir() else Path(__file__).resolve().parents[1] / "_bundle" / "gazetteer"


class _Reader:
    """Reads the gazetteer files; collects places, names and problems."""

    def __init__(self, folder: Path, bulk: Bulk | None) -> None:
        self.folder, self.bulk = folder, bulk
        self.places: dict[str, Place] = {}
        self.known: list[Known] = []
        self.problems: list[Problem] = []
        self.capitals: dict[str, str] = {}
        self.by_geonames: dict[str, str] = {}
        self.left_out: set[str] = set()  # ids of places.csv that are never offered

    def rows(self, file: str) -> Iterable[tuple[int, dict[str, str]]]:
        path = self.folder / file
        if not path.exists():
            return
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                yield number, {k: (v or "").strip() for k, v in row.items() if k}

    def problem(self, file: str, row: int, field: str | None, reason: str) -> None:
        self.problems.append(
            Problem(str(self.folder / file), row, field, reason, "the row is left out until it is mended")
        )

    def countries(self) -> None:
        for number, row in self.rows("countries.csv"):
            try:
                iso = row["iso2"]
                place = Place(f"country-{iso.lower()}", row["name"], "A.PCLI", iso, float(row["lat"]), float(row["lon"]),
                              float(row["radius_km"]), importance=COUNTRY_IMPORTANCE, area=f"country-{iso.lower()}", reviewed=True,
                              source=row["source"], source_licence="public domain")  # fmt: skip
            except (KeyError, ValueError) as e:
                self.problem("countries.csv", number, None, str(e))
                continue
            self.places[place.id] = place
            self.capitals[iso] = row.get("capital", "")
            for name in (place.name, *_listed(row.get("aliases", ""))):
                self.known.append(Known(place, name))

    def regions(self) -> None:
        for number, row in self.rows("regions.csv"):
            place = self._place("regions.csv", number, row)
            if place:
                for name in (place.name, *_listed(row.get("aliases", ""))):
                    self.known.append(Known(place, name))

    def reviewed(self) -> None:
        for number, row in self.rows("places.csv"):
            if row.get("status") in ("retired", "unconfirmed"):
                self.left_out.add(row.get("id", ""))
                continue
            place = self._place("places.csv", number, row)
            if place:
                self.known.append(Known(place, place.name))
                if bulk_id := row.get("geonames_id"):
                    self._lend(place, f"gn:{bulk_id}")
        for number, row in self.rows("names.csv"):
            place_id = row.get("place_id", "")
            owner = self.places.get(place_id) or (self.bulk.place(place_id) if self.bulk else None)
            if not row.get("name"):
                self.problem("names.csv", number, "name", "is empty")
            elif owner is None:
                if self.bulk and place_id not in self.left_out:
                    self.problem(
                        "names.csv",
                        number,
                        "place_id",
                        f"{place_id!r} is no place of places.csv, countries.csv or the areas",
                    )
            else:
                self.known.append(Known(owner, row["name"], row.get("context_country", ""), row.get("kind", "")))

    def small(self) -> None:
        """The villages and districts that the bulk index lacks; a row with a GeoNames id names a town that it has."""
        for file in SMALL_PLACES:
            for number, row in self.rows(file):
                self._small(file, number, row)

    def _small(self, file: str, number: int, row: dict[str, str]) -> None:
        bulk_id = f"gn:{row.get('geonames_id', '')}"
        mine = self.places.get(self.by_geonames.get(bulk_id, ""))
        place = mine or (self.bulk.place(bulk_id) if self.bulk and bulk_id != "gn:" else None)
        known = place is not None
        if place is None and (place := self._place(file, number, row)):
            smaller = round(place.importance - SMALLER, 1)
            sourced = row.get("status") != "unconfirmed"
            place = replace(place, reviewed=False, importance=smaller, confirmed=sourced)
            self.places[place.id] = place
        if place:
            self.known += [Known(place, n) for n in (*([] if known else [place.name]), *_listed(row["aliases"]))]

    def _lend(self, place: Place, bulk_id: str) -> None:
        """The bulk place with the same GeoNames id lends its population."""
        self.by_geonames[bulk_id] = place.id
        other = self.bulk.place(bulk_id) if self.bulk else None
        if other and other.importance > 2.0 and place.level not in ("admin1", "country"):
            self.places[place.id] = replace(
                place, importance=max(other.importance, place.importance if place.level == "site" else 0.0)
            )
            self.known[-1] = Known(self.places[place.id], place.name)

    def _place(self, file: str, number: int, row: dict[str, str]) -> Place | None:
        try:
            place = Place(row["id"], row["name"], row["feature_code"], row.get("country", ""), float(row["lat"]), float(row["lon"]),
                          float(row["radius_km"]), row.get("admin1", ""), _stand_in(row["feature_code"]), row.get("area", ""),
                          reviewed=True, source=row.get("source", ""), source_licence=row.get("source_licence", ""))  # fmt: skip
        except (KeyError, ValueError) as e:
            self.problem(file, number, None, str(e))
            return None
        if place.level == "admin1" and not place.area:
            place = replace(place, area=place.id)
        if place.id in self.places:
            self.problem(file, number, "id", f"{place.id} occurs twice")
            return None
        self.places[place.id] = place
        return place

    def demonyms(self, countries: dict[str, Place]) -> dict[str, Place]:
        out: dict[str, Place] = {}
        for number, row in self.rows("demonyms.csv"):
            place = self.places.get(row.get("place_id", "")) or countries.get(row.get("country", ""))
            if place is None:
                if row.get("country"):
                    self.problem(
                        "demonyms.csv", number, "country", f"{row['country']!r} is no country of countries.csv"
                    )
                continue  # a people across borders, such as "Kurdish"
            for word in (row.get("demonym", ""), row.get("plural", "")):
                if word:
                    out.setdefault(word.casefold(), place)
        return out


def _stand_in(feature_code: str) -> float:
    for length in (6, 5, 4, 2):
        if (start := feature_code[:length]) in STAND_IN:
            return STAND_IN[start]
    return 3.5


_SPLIT = re.compile(r"\s*\|\s*")


def _listed(cell: str) -> list[str]:
    return [n for n in _SPLIT.split(cell) if n]
