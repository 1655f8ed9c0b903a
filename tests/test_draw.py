"""The map's data, colours and page as Python makes them; what a browser does with them is tested in browser/."""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from importlib.resources import files
from pathlib import Path

import folium
import numpy as np
import pytest
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.synthetic import collection
from geo.draw import certainly, chosen, html, map_for
from geo.draw.around import around
from geo.draw.basemap import STEPS, basemap, gazetteer_beside
from geo.draw.colours import COLOURS, DARK_COLOURS
from geo.draw.columns import EVENT_TYPES, UNDATED, encode
from geo.draw.details import AT_ONCE, IN_ALL, ROWS_IN_A_CHUNK, Details
from geo.draw.layer import SCRIPTS, script_json
from geo.draw.mercator import ring_around, to_mercator


def site(number=1, *, lon=44.0, lat=33.0, geometry="Point", **properties):
    shapes = {
        "Point": {"type": "Point", "coordinates": [lon, lat]},
        "Polygon": {"type": "Polygon", "coordinates": [[[lon, lat], [lon + 1, lat], [lon, lat + 1], [lon, lat]]]},
        None: None,
    }
    given = {
        "site_id": f"s{number}",
        "incident_id": f"i{number}",
        "event_type": "Battles",
        "date_start": "2021-05-01",
        "date_end": "2021-05-01",
        "where_prec": 1,
        "sources": [],
    }
    return {"type": "Feature", "geometry": shapes[geometry], "properties": given | properties}


def together(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def opened(message):
    """Header and body of a message to the frame."""
    length = int.from_bytes(message[:4], "little")
    return json.loads(message[4 : 4 + length]), message[4 + length :]


def unpacked(message):
    """The details in a message, by row."""
    header, body = opened(message)
    if header["kind"] == "rows":
        return dict(zip(header["rows"], json.loads(gzip.decompress(body)), strict=True))
    rows, start = [], 0
    for length in header["lengths"]:
        rows += json.loads(gzip.decompress(body[start : start + length]))
        start += length
    return dict(enumerate(rows))


def test_rows_are_points_then_areas_then_sites_without_a_place():
    packed = encode(together(site(1, geometry=None), site(2, geometry="Polygon", where_prec=4), site(3)))
    assert packed.ids == [f["properties"]["site_id"] for f in packed.rows] == ["s3", "s2", "s1"]
    assert [packed.header[name] for name in ("points", "placed", "count")] == [1, 2, 3]


@pytest.mark.parametrize(("where_prec", "points"), [(1, 1), (2, 1), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0)])
def test_only_a_site_and_its_surroundings_are_a_dot(where_prec, points):
    packed = encode(together(site(where_prec=where_prec, radius_km=20)))
    assert packed.header["points"] == points
    assert len(packed.header["areas"]) == 1 - points


def test_incidents_of_one_area_share_it():
    packed = encode(together(*(site(n, geometry="Polygon", where_prec=4, place_id="a") for n in range(3))))
    assert len(packed.header["areas"]) == 1
    assert packed.column("area") == [0, 0, 0]


@pytest.mark.parametrize(
    ("properties", "first", "last"),
    [
        ({}, 18748, 18748),
        ({"date_end": "2021-05-03"}, 18748, 18750),
        ({"date_end": None}, 18748, 18748),
        ({"date_start": None, "date_end": None}, -UNDATED, UNDATED),
    ],
)
def test_days_stay_as_wide_as_the_sources_leave_them(properties, first, last):
    packed = encode(together(site(**properties)))
    assert (packed.column("first"), packed.column("last")) == ([first], [last])


def test_a_site_without_any_day_of_publication_is_known_on_no_day():
    assert encode(together(site())).column("known") == [UNDATED]
    assert chosen(together(site()), {"known_on": "2030-01-01"}) == []


def test_the_earliest_source_makes_it_known():
    feature = site(sources=[{"published_last": "2021-06-30"}, {"published_last": "2021-05-09"}])
    assert encode(together(feature)).column("known") == [18756]


def test_neighbours_on_the_map_are_neighbours_in_the_rows():
    corners = [
        site(n, lon=lon, lat=lat) for n, (lon, lat) in enumerate([(10, 10), (80, 60), (10.01, 10.01), (80.01, 60)])
    ]
    ids = encode(together(*corners)).ids
    assert abs(ids.index("s0") - ids.index("s2")) == 1
    assert abs(ids.index("s1") - ids.index("s3")) == 1


def test_the_order_of_features_changes_nothing_but_ties():
    one, two = site(1), site(2, lon=40)
    assert encode(together(one, two)).message() == encode(together(two, one)).message()


def test_an_unknown_type_is_kept_as_other():
    assert encode(together(site(event_type="Comet"))).column("type") == [len(EVENT_TYPES)]
    assert chosen(together(site(event_type="Comet")), {"types": ["Other"]})


def test_no_toll_is_not_zero():
    assert encode(together(site(killed_best=None), site(2, lon=50, killed_best=0))).column("deaths") == [-1, 0]


@pytest.mark.parametrize("toll", [0, 100, 40_000, 3_000_000])
def test_a_column_is_as_wide_as_its_numbers(toll):
    assert encode(together(site(killed_best=toll), site(2, lon=50))).column("deaths") == [toll, -1]


def test_each_row_keeps_its_own_publishers():
    papers = [["B", "A", "B"], [], ["C"]]
    features = [site(n, lon=10 * n, sources=[{"publisher": p} for p in some]) for n, some in enumerate(papers)]
    packed = encode(together(*features))
    left = iter(packed.column("source"))
    told = [sorted(packed.header["publishers"][next(left)] for _ in range(n)) for n in packed.column("sources")]
    assert dict(zip(packed.ids, told, strict=True)) == {"s0": ["A", "B"], "s1": [], "s2": ["C"]}


def test_the_first_message_holds_columns_and_no_words():
    made = collection(300)
    header, body = opened(encode(made).message(whole=True))
    assert header["whole"] is True
    assert len(body) < 60 * 300
    assert b"Invented report" not in body


# --- details


def test_all_details_follow_in_the_order_of_the_rows():
    packed = encode(collection(2 * ROWS_IN_A_CHUNK + 1))
    told = unpacked(Details(packed.rows).whole())
    assert [told[row]["site_id"] for row in range(len(told))] == packed.ids


def test_only_few_details_go_with_the_first_message():
    few, many = (Details([site(n) for n in range(count)]) for count in (AT_ONCE, AT_ONCE + 1))
    assert few.at_once
    assert not many.at_once


def test_rows_that_are_asked_for_are_answered_at_once():
    packed = encode(collection(3000))
    told = unpacked(Details(packed.rows).answer({"rows": [2999, 7, 7, -1, 3000, "7"], "whole": False}))
    assert {row: words["site_id"] for row, words in told.items()} == {2999: packed.ids[2999], 7: packed.ids[7]}


def test_all_details_are_given_once_they_have_been_packed():
    details = Details(encode(collection(3000)).rows)
    first = details.answer({"rows": [1], "whole": True})
    details._thread.join()
    then = details.answer({"rows": [1], "whole": True})
    assert set(unpacked(first)) == {1}
    assert len(unpacked(then)) == 3000


def test_nobody_gets_millions_of_quotes():
    details = Details([site()] * (IN_ALL + 1))
    assert details.answer({"rows": [], "whole": True}) == b""
    assert details._thread is None


def test_what_lives_long_is_kept_from_the_collector_of_garbage(monkeypatch):
    """Streamlit runs it after every run: a tenth of a second of silence, a second for a hundred thousand incidents."""
    from geo.draw import frame

    settled = []
    monkeypatch.setattr(frame, "settle", lambda: settled.append(1))
    made = together(*(site(n) for n in range(3)))
    assert frame.content_of(made) is frame.content_of(made)
    assert settled == [1]


def test_a_collection_s_details_have_a_name_of_their_own():
    few = [site(title="Shelling")]
    assert Details(few).name == Details([site(title="Shelling")]).name != Details([site(title="Clash")]).name
    many = few * (AT_ONCE + 1)
    assert Details(many).name != Details(many).name


def test_an_empty_collection_makes_a_map():
    assert encode(together()).header["count"] == 0
    assert "incidentLayer" in html(together(), title="Nothing yet")


def test_a_geometry_that_is_no_place_is_refused():
    line = site(where_prec=4)
    line["geometry"] = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    with pytest.raises(ValueError, match="geometry: LineString"):
        encode(together(line))


# --- choosing


@pytest.mark.parametrize(
    ("window", "shown", "certain"),
    [
        (None, True, True),
        (["2021-05-01", "2021-05-04"], True, True),
        (["2021-05-02", "2021-05-09"], True, False),
        (["2021-05-04", "2021-05-04"], True, False),
        (["2021-05-05", "2021-05-09"], False, False),
    ],
)
def test_certainly_is_wholly_inside_and_possibly_overlaps(window, shown, certain):
    feature = site(date_end="2021-05-04")
    assert bool(chosen(together(feature), {"window": window})) is shown
    assert certainly(feature, {"window": window}) is certain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"types": ["Riots"]}, []),
        ({"actors": ["B"]}, ["s1"]),
        ({"actors": ["C"]}, []),
        ({"sources": ["Paper"]}, ["s1"]),
        ({"rectangle": [32, 43, 34, 45]}, ["s1"]),
        ({"rectangle": [34, 43, 35, 45]}, []),
        ({"types": [], "actors": [], "sources": [], "rectangle": None, "window": None}, ["s1"]),
    ],
)
def test_every_filter_chooses(value, expected):
    feature = site(actor1="A", actor2="B", sources=[{"publisher": "Paper"}])
    assert [f["properties"]["site_id"] for f in chosen(together(feature), value)] == expected


# --- positions


def test_mercator_knows_the_corners_and_the_middle():
    x, y = to_mercator(np.array([0.0, 85.0511287798, -85.0511287798]), np.array([0.0, -180.0, 179.9999999]))
    assert x[0] == y[0] == 2**31
    assert x[1] == 0 and y[1] < 10
    assert y[2] > 2**32 - 10


def test_a_ring_keeps_its_distance():
    from geo.space import haversine_km

    for lon, lat in ring_around(lat=33.0, lon=44.0, radius_km=25):
        assert haversine_km(33.0, 44.0, lat, lon) == pytest.approx(25, rel=0.01)


# --- colours

# Brettel, Vienot and Mollon's dichromats in linear RGB, as simplified by Vienot, Brettel and Mollon 1999.
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopes": np.array([[0.1124, 0.8876, 0.0], [0.1124, 0.8876, 0.0], [0.0040, -0.0040, 1.0]]),
    "deuteranopes": np.array([[0.2928, 0.7072, 0.0], [0.2928, 0.7072, 0.0], [-0.0223, 0.0223, 1.0]]),
}
LEAST_DISTANCE = 25  # CIE76; 2.3 is just noticeable side by side, and marks lie apart


def lab(hex_colour, matrix):
    rgb = np.array([int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(matrix @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz / np.array([0.9505, 1.0, 1.089])]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", [COLOURS, DARK_COLOURS], ids=["light", "dark"])
@pytest.mark.parametrize("viewer", SEEN_BY)
def test_event_types_keep_apart_for_colour_blind_readers(theme, viewer):
    colours = {name: lab(value, SEEN_BY[viewer]) for name, value in theme.items()}
    close = {
        (a, b): round(math.dist(x, y), 1)
        for a, x in colours.items()
        for b, y in colours.items()
        if a < b and math.dist(x, y) < LEAST_DISTANCE
    }
    assert close == {}


def test_every_event_type_has_its_colour():
    assert tuple(COLOURS) == tuple(DARK_COLOURS) == EVENT_TYPES


# --- the page


def test_the_map_is_a_folium_map_and_asks_nobody():
    made = map_for(collection(5))
    assert isinstance(made, folium.Map)
    page = made.get_root().render()
    assert re.findall(r"""<(?:script|link|img)[^>]*(?:src|href)=["'](?!data:)[^"'#]+""", page) == []


def test_the_frame_s_page_holds_no_incidents_and_asks_nobody_else():
    """The frame's page is public, so nothing of anybody's incidents may be in it or beside it."""
    from geo.draw.served import page_folder

    files = {f.name: f.read_bytes() for f in page_folder().iterdir()}
    page = files.pop("index.html").decode()
    script = next(gzip.decompress(content).decode() for name, content in files.items() if name.startswith("map-"))
    assert "serve(map, streamlit, " in script
    assert "incidentLayer.receive({" not in page + script
    asked = re.findall(r"""<(?:script|link|img)[^>]*(?:src|href)=["'](?!data:)([^"'#]+)""", page)
    assert sorted(asked) == sorted(files)
    assert {name.split("-")[0] for name in files} == {"land", "map"}


@pytest.mark.parametrize("text", ["</script><b>", "<!--", "\u2028", "{{ 7 * 7 }}", "{% raw %}", "'", "&amp;"])
def test_text_cannot_leave_its_place_in_the_page(text):
    page = html(together(site(title=text)), title=text, filter_note=text)
    stored = script_json(text)
    assert stored in page
    assert json.loads(stored) == text
    assert not set(stored) & set("<>&'\u2028")
    assert "49" not in page[page.index("<title>") : page.index("</title>")]


def test_the_page_forbids_every_request():
    assert "default-src &#x27;none&#x27;" in html(together(site()), title="x")


def test_the_sources_are_no_template_and_stay_readable():
    for name in (*SCRIPTS, "host"):
        text = (files("geo.draw") / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"\{\{|\{%|\{#|</script", text), name
        assert max(map(len, text.splitlines())) < 260, name
        assert "innerHTML" not in text, name


def test_the_same_incidents_give_the_same_page():
    first, second = (html(collection(20), title="x") for _ in range(2))
    strip = lambda page: re.sub(r"[0-9a-f]{32}", "", page)  # noqa: E731 - folium names its parts at random
    assert strip(first) == strip(second)


# --- the basemap


def test_the_basemap_names_countries_capitals_and_seas():
    made = basemap()
    kinds = {label["kind"] for label in made["labels"]}
    assert {"country", "region", "capital", "town", "site"} <= kinds
    assert made["land"] and made["country"] and made["disputed"]


def test_the_basemap_holds_the_lakes_that_people_navigate_by():
    """Lake Tharthar, north-west of Baghdad, lies inside one of the rings."""
    (x,), (y,) = to_mercator(np.array([33.98]), np.array([43.25]))
    inside = 0
    for steps in basemap()["lakes"]:
        assert steps[:2] <= steps[2:4]
        ring = shapely.Polygon(np.cumsum(np.array(steps[4:]).reshape(-1, 2), axis=0) / STEPS)
        inside += ring.contains(shapely.Point(x / 2**32, y / 2**32))
    assert inside == 1


@pytest.mark.parametrize("place", ["gazetteer", "geo/_bundle/gazetteer"])
def test_the_gazetteer_is_found_in_a_checkout_and_in_an_installed_wheel(tmp_path, place):
    (tmp_path / "geo").mkdir()
    assert gazetteer_beside(tmp_path / "geo") is None
    (tmp_path / place).mkdir(parents=True)
    assert gazetteer_beside(tmp_path / "geo") == tmp_path / place


def test_towns_around_the_incidents_come_with_them():
    names = {x["name"] for x in around(together(site(lon=36.2, lat=50.0, country="UA")))["labels"]}
    assert "Alchevsk" in names
    assert "Lyon" not in names


def test_divisions_of_other_countries_come_with_their_incidents():
    assert around(together(site(lon=36.2, lat=50.0, country="UA")))["region"]
