"""One case for each row of the gazetteer's tables: a broken row fails by its own name."""

import csv
import json
from pathlib import Path

import pytest
from shapely.geometry import shape

from geo.places.check import COLUMNS, SHARE_ALIKE, check
from geo.places.gazetteer import SMALL_PLACES, Gazetteer
from geo.space import haversine_km

FOLDER = Path(__file__).resolve().parents[1] / "gazetteer"
FACILITY_CLASS = "S."
SAME_KM = 10  # a reviewed row of the same name beside it may answer instead


def rows(file):
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def problems():
    """What the check says of the whole folder, by file and row; None where the whole file is meant."""
    found = {}
    for problem in check(FOLDER):
        found.setdefault((problem.file, problem.row), []).append(str(problem))
    return found


SMALL = [(file, n, r) for file in SMALL_PLACES for n, r in enumerate(rows(file), start=2)]  # a case for each country


def cases():
    for file in (f for f in COLUMNS if f not in SMALL_PLACES):
        for number, row in enumerate(rows(file), start=2):
            yield pytest.param(file, number, id=f"{file}:{number}:{next(iter(row.values()))[:30]}")


@pytest.mark.parametrize(("file", "number"), list(cases()))
def test_a_row_is_sound(problems, file, number):
    assert problems.get((file, number)) is None


@pytest.mark.parametrize("country", sorted({r["country"] for _, _, r in SMALL}))
def test_the_small_places_of_a_country_are_sound(problems, country):
    told = [problems.get((file, n)) for file, n, r in SMALL if r["country"] == country]
    assert [t for t in told if t] == []


@pytest.mark.parametrize("file", COLUMNS)
def test_a_file_is_sound_as_a_whole(problems, file):
    assert problems.get((file, None)) is None
    assert problems.get((file, 1)) is None


@pytest.mark.parametrize("file", ["places.csv", *SMALL_PLACES])
def test_no_share_alike_row_is_shipped(file):
    assert [r["id"] for r in rows(file) if r["source_licence"] == SHARE_ALIKE] == []


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.mark.parametrize("country", sorted({r["country"] for _, _, r in SMALL}))
def test_each_name_of_a_small_place_is_found_where_it_lies(gazetteer, country):
    lost = []
    for _, _, row in SMALL:
        if row["country"] != country:
            continue
        at = float(row["lat"]), float(row["lon"])
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found = gazetteer.strict(name)
            if not any(haversine_km(*at, c.place.lat, c.place.lon) <= SAME_KM for c in found):
                lost.append(f"{row['id']}: {name}")
    assert lost == []


def test_a_small_place_weighs_as_the_bulk_data_do(gazetteer):
    place = gazetteer.place("ua-robotyne")
    assert (place.reviewed, place.importance < 3.5) == (False, True)
    assert [c.place.id for c in gazetteer.lookup("Rabotino")] == ["ua-robotyne"]


def test_a_row_with_a_geonames_id_names_the_town_of_the_bulk_data(gazetteer):
    row = next(r for _, _, r in SMALL if r["geonames_id"])
    assert gazetteer.place(row["id"]) is None
    assert f"gn:{row['geonames_id']}" in {c.place.id for c in gazetteer.lookup(row["aliases"].split("|")[0])}


def test_the_reviewed_file_keeps_its_breadth():
    places = rows("places.csv")
    assert len(places) >= 600
    assert sum(r["feature_code"].startswith(FACILITY_CLASS) for r in places) >= 150


def test_every_country_of_the_table_has_one_row_and_a_word_for_its_people():
    with_words = {r["country"] for r in rows("demonyms.csv")}
    peopled = [r for r in rows("countries.csv") if r["capital"]]
    without = {r["iso2"] for r in peopled} - with_words
    # Islands and territories whose people have no settled name in English.
    assert without <= {"DM", "GS", "IM", "JE", "MF", "PM", "SJ", "SX", "TF", "VI"}


@pytest.mark.parametrize("file", sorted(p.name for p in FOLDER.glob("*.geojson")))
def test_outlines_are_valid_and_small_enough_to_ship(file):
    path = FOLDER / file
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert path.stat().st_size < 1_500_000
    assert [f["properties"] for f in features if not shape(f["geometry"]).is_valid] == []


def test_areas_have_one_id_each_and_a_known_country():
    known = {r["iso2"] for r in rows("countries.csv")} | {""}
    areas = [
        f["properties"]
        for path in FOLDER.glob("areas*.geojson")
        for f in json.loads(path.read_text(encoding="utf-8"))["features"]
    ]
    assert len({a["id"] for a in areas}) == len(areas)
    assert {a["iso2"] for a in areas} <= known


@pytest.mark.parametrize(("country", "count"), [("IQ", 18), ("SY", 14), ("YE", 21), ("IR", 31), ("UA", 27)])
def test_the_divisions_of_a_country_are_all_there(country, count):
    names = {
        f["properties"]["name"]
        for path in FOLDER.glob("areas*.geojson")
        for f in json.loads(path.read_text(encoding="utf-8"))["features"]
        if f["properties"]["iso2"] == country
    }
    assert len(names) >= count
