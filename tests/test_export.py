"""Exported features: RFC 7946, the documented properties, every field with its words, one filter for everybody."""

import csv
import io
import json
from datetime import date

import geopandas
import pytest
import shapely

from geo.export import csv_text, feature_collection, filter_features, geodataframe, report_collection
from geo.files import canonical_json
from geo.filters import certainty
from geo.merge import merge
from geo.model import Actor, Article, Count, Details, Place, Report, Span, Unresolved, When, Where
from geo.shapes import circle, geometry, load_areas, position, wound
from geo.tables import write_csv, write_geopackage

TEXT = (
    "A drone struck the depot at Port Ombo on 4 May, killing three. Shelling hit Ombo province. A blast shook Nowhere."
)
PORT = Place("xx-port", "Port Ombo", "P.PPL", "XX", -12.5, 40.25, 4, admin1="Ombo")
PROVINCE = Place("xx-ombo", "Ombo", "A.ADM1", "XX", -12.0, 40.0, 80, area="xx-ombo")
SQUARE = {"type": "Polygon", "coordinates": [[[39, -13], [39, -11], [41, -11], [41, -13], [39, -13]]]}  # clockwise


def words(text):
    return Span(TEXT.index(text), TEXT.index(text) + len(text))


ARTICLE = Article(
    "a1",
    "Strike on a depot",
    "Paper A",
    TEXT,
    published=(date(2021, 5, 1), date(2021, 5, 31)),
    url="https://x.example/1",
)


def report(n, trigger, where, **more):
    span = words(trigger)
    return Report(
        id=f"{n:012}", article="a1", published=ARTICLE.published, publisher="Paper A", passages=(span,), trigger=span,
        evidence=span, where=where, **{"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
        "when": When(date(2021, 5, 4), date(2021, 5, 4), words=(words("4 May"),)), "details": Details(), **more},
    )  # fmt: skip


STRIKE = report(
    1, "A drone struck", Where(PORT, 1, -12.5, 40.25, 4, (words("Port Ombo"),)),
    details=Details(Actor("Ombo Front", (words("drone"),)), None, Count(3, 3, (words("three"),)), weapon="drone", weapon_words=words("drone")),
)  # fmt: skip
SHELLING = report(
    2,
    "Shelling",
    Where(PROVINCE, 4, -12.0, 40.0, 80, (words("Ombo province"),)),
    sub_event_type="Shelling/artillery/missile attack",
    when=None,
)
BLAST = report(
    3,
    "A blast",
    Unresolved("Nowhere", (words("Nowhere"),), country="XX"),
    when=When(date(2021, 5, 1), date(2021, 5, 31)),
)
REPORTS = (STRIKE, SHELLING, BLAST)


@pytest.fixture(scope="module")
def areas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gazetteer")
    lines = [
        json.dumps({"type": "Feature", "properties": {"id": i}, "geometry": SQUARE}) for i in ("xx-ombo", "xx-other")
    ]
    (folder / "areas.geojson").write_text(
        '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8"
    )
    return load_areas(folder)


@pytest.fixture(scope="module")
def collection(areas):
    return feature_collection(merge(REPORTS), REPORTS, [ARTICLE], areas)


def named(collection, place):
    return next(f for f in collection["features"] if f["properties"]["place"] == place)


DOCUMENTED = """incident_id site_id title event_type sub_event_type date_start date_end date_kind date_edtf date_prec place
place_id place_as_written country admin1 where_prec geo_precision radius_km actor1 actor2 inferred killed_low killed_best killed_high
killed_open_high killed_about killed_civilians killed_names injured_low injured_high injured_open_high injured_about
incident_killed_low incident_killed_best incident_killed_high incident_killed_open_high incident_killed_about weapon grade status
first_reported source_count sources why disagreements rivals place_evidence place_inferred place_source feature_code""".split()


def test_every_feature_has_every_documented_property(collection):
    for feature in collection["features"]:
        assert set(DOCUMENTED) <= set(feature["properties"])


def test_an_exact_place_is_a_point_with_the_longitude_first(collection):
    assert named(collection, "Port Ombo")["geometry"] == {"type": "Point", "coordinates": [40.25, -12.5]}
    assert position(10.0, 20.0) == [20.0, 10.0]


def test_an_area_is_its_outline_wound_by_the_right_hand_rule(collection):
    outline = named(collection, "Ombo")["geometry"]
    assert outline["type"] == "Polygon"
    assert shapely.geometry.shape(outline).exterior.is_ccw
    assert (named(collection, "Ombo")["properties"]["lat"], named(collection, "Ombo")["properties"]["lon"]) == (
        -12.0,
        40.0,
    )


def test_an_open_place_has_a_null_geometry_and_keeps_its_name(collection):
    feature = named(collection, "Nowhere")
    assert feature["geometry"] is None
    assert feature["properties"]["where_prec"] is None
    assert feature["properties"]["country"] == "XX"


def test_every_stated_field_quotes_its_words(collection):
    said = named(collection, "Port Ombo")["properties"]["sources"][0]
    assert {k: [w["quote"] for w in v] for k, v in said["evidence"].items()} == {
        "event": ["A drone struck"], "date": ["4 May"], "place": ["Port Ombo"], "killed": ["three"], "actor1": ["drone"],
        "weapon": ["drone"],
    }  # fmt: skip
    assert all(TEXT[w["start"] : w["end"]] == w["quote"] for v in said["evidence"].values() for w in v)
    assert said["sha256"] == ARTICLE.sha256
    assert (said["published"], said["published_last"]) == ("2021-05", "2021-05-31")


def test_nothing_said_is_null_and_not_zero(collection):
    assert named(collection, "Nowhere")["properties"]["killed_low"] is None


def test_reports_of_the_whole_are_sources_of_each_site_and_say_so():
    site_b = Where(Place("xx-b", "Bayo", "P.PPL", "XX", -11, 41, 4), 1, -11, 41, 4)
    nation = Where(Place("XX", "Exland", "A.PCLI", "XX", -10, 40, 400), 6, -10, 40, 400)
    raid = Details(Actor("Ombo Front"), Actor("Exland"))
    trio = (
        report(1, "A drone struck", STRIKE.where, group="g", details=raid),
        report(2, "Shelling", site_b, group="g", details=raid),
        report(3, "A blast", nation, details=raid),
    )
    incidents = merge(trio)
    assert len(incidents) == 1
    features = feature_collection(incidents, trio, [ARTICLE])["features"]
    assert [[s["scope"] for s in f["properties"]["sources"]] for f in features] == [["site", "incident"]] * 2
    assert {f["properties"]["incident_id"] for f in features} == {incidents[0].id}


def test_each_report_is_one_feature_with_its_incident(collection):
    features = report_collection(REPORTS, merge(REPORTS), [ARTICLE])["features"]
    assert [f["properties"]["article"] for f in features] == ["a1"] * 3
    assert {f["properties"]["incident_id"] for f in features} == {
        f["properties"]["incident_id"] for f in collection["features"]
    }
    strike = features[0]["properties"]
    assert (strike["evidence_start"], strike["killed_low"], strike["killed_high"], strike["injured_low"]) == (
        0,
        3,
        3,
        None,
    )


# ------------------------------------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    ("lat", "lon", "km"), [(33, 44, 50), (-17.5, 179.9, 60), (71, -179.5, 300), (89.9, 0, 500), (80, 10, 3000)]
)
def test_a_circle_is_a_valid_polygon_within_the_degrees_of_the_earth(lat, lon, km):
    shape = shapely.geometry.shape(circle(lat, lon, km))
    west, south, east, north = shape.bounds
    assert shape.is_valid
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


def test_a_circle_over_the_antimeridian_is_cut():
    assert circle(-17.5, 179.9, 60)["type"] == "MultiPolygon"


def test_a_circle_has_its_radius():
    lon, lat = circle(0, 0, 111.195)["coordinates"][0][0]
    assert (lon, lat) == pytest.approx((0, 1), abs=1e-4)


def test_a_hole_winds_the_other_way():
    hole = [[39.5, -12.5], [40.5, -12.5], [40.5, -11.5], [39.5, -11.5], [39.5, -12.5]]
    rings = wound({"type": "Polygon", "coordinates": [SQUARE["coordinates"][0], hole]})["coordinates"]
    assert [shapely.LinearRing(ring).is_ccw for ring in rings] == [True, False]


def test_a_point_of_its_own_in_an_area_is_no_outline_of_that_area():
    north_of = Where(PROVINCE, 3, -11.5, 40.2, 10)
    middle = shapely.geometry.shape(geometry(north_of, {"xx-ombo": SQUARE})).centroid
    assert (middle.x, middle.y) == pytest.approx((40.2, -11.5), abs=0.01)


# ------------------------------------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (None, "certain"), (("2021-05-01", "2021-05-31"), "certain"), (("2021-05-10", "2021-05-31"), "possible"),
        (("2021-06-01", "2021-06-30"), "outside"), ((None, "2021-05-31"), "certain"), (("2021-05-31", None), "possible"),
        ((None, "2021-04-30"), "outside"),
    ],
)  # fmt: skip
def test_days_lie_certainly_or_possibly_in_a_window(window, said):
    assert certainty({"date_start": "2021-05-01", "date_end": "2021-05-31"}, window) == said


def test_no_window_rules_an_undated_incident_out():
    assert certainty({"date_start": None}, ("2021-01-01", "2021-01-02")) == "possible"
    assert certainty({"date_start": None}, None) == "possible"


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        ({}, {"Port Ombo", "Ombo", "Nowhere"}), ({"types": ["Air/drone strike"]}, {"Port Ombo", "Nowhere"}),
        ({"types": ["Battles"]}, set()), ({"actors": ["Ombo Front"]}, {"Port Ombo"}), ({"publishers": ["Paper B"]}, set()),
        ({"known": "2021-05-30"}, set()), ({"known": "2021-05-31"}, {"Port Ombo", "Ombo", "Nowhere"}),
        ({"box": (40.1, -13, 41, -12.2)}, {"Port Ombo"}), ({"box": (170, -20, -170, 0)}, set()),
        ({"window": ("2021-05-02", "2021-05-09")}, {"Port Ombo", "Ombo", "Nowhere"}),
        ({"window": ("2021-05-02", "2021-05-09"), "only_certain": True}, {"Port Ombo"}),
    ],
)  # fmt: skip
def test_a_view_keeps_what_passes_every_filter(collection, chosen, places):
    assert {f["properties"]["place"] for f in filter_features(collection, **chosen)["features"]} == places


# ------------------------------------------------------------------------------------------- tables


def test_the_table_has_a_row_for_each_feature_and_its_coordinates(collection):
    frame = geodataframe(collection)
    assert (len(frame), frame.crs.to_epsg()) == (3, 4326)
    assert frame.geometry.isna().sum() == 1
    assert len(geodataframe({"type": "FeatureCollection", "features": []})) == 0


def test_a_geopackage_reads_back(collection, tmp_path):
    write_geopackage(collection, tmp_path / "out.gpkg")
    frame = geopandas.read_file(tmp_path / "out.gpkg", layer="incidents")
    assert list(frame["place"]) == [f["properties"]["place"] for f in collection["features"]]
    assert json.loads(frame["sources"][0])[0]["publisher"] == "Paper A"
    assert [str(frame[name].dtype) for name in ("date_start", "date_end", "first_reported")] == ["datetime64[ms]"] * 3


def test_the_sources_are_a_table_of_their_own(collection, tmp_path):
    write_geopackage(collection, tmp_path / "out.gpkg")
    write_csv(collection, tmp_path / "out.csv")
    told = {
        (f["properties"]["incident_id"], s["report_id"])
        for f in collection["features"]
        for s in f["properties"]["sources"]
    }
    frame = geopandas.read_file(tmp_path / "out.gpkg", layer="sources")
    assert set(zip(frame["incident_id"], frame["report_id"], strict=True)) == told
    assert len(frame) == len(told)
    with (tmp_path / "out-sources.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["quote"] for row in rows] == list(frame["quote"])
    assert {"url", "publisher", "published", "start", "end"} <= set(rows[0])


def test_an_empty_view_makes_an_empty_geopackage(tmp_path):
    write_geopackage({"type": "FeatureCollection", "features": []}, tmp_path / "out.gpkg")
    assert len(geopandas.read_file(tmp_path / "out.gpkg", layer="incidents")) == 0


def test_a_spreadsheet_runs_no_cell(collection, tmp_path):
    evil = {"type": "FeatureCollection", "features": [{"properties": {"place": '=HYPERLINK("x")', "lat": -3.5}}]}
    row = next(csv.DictReader(io.StringIO(csv_text(evil))))
    assert row == {"place": '\'=HYPERLINK("x")', "lat": "-3.5"}
    write_csv(collection, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_outlines_are_known_by_id(areas, tmp_path):
    assert (set(areas), len(load_areas(tmp_path))) == ({"xx-ombo", "xx-other"}, 0)


def test_the_same_incidents_give_the_same_bytes(collection, areas):
    again = feature_collection(merge(REPORTS[::-1]), REPORTS[::-1], [ARTICLE], areas)
    assert canonical_json(again) == canonical_json(collection)
