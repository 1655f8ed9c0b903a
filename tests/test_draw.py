"""The map's data, colours and page as Python makes them; what a browser does with them is tested in browser/."""

from __future__ import annotations

import base64
import json
import math
import re
import sys
from importlib.resources import files
from pathlib import Path

import folium
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.synthetic import collection
from geo.draw import certainly, chosen, html, map_for
from geo.draw.around import around
from geo.draw.basemap import basemap
from geo.draw.colours import COLOURS, DARK_COLOURS
from geo.draw.layer import SCRIPTS, incident_map
from geo.draw.mercator import ring_around, to_mercator
from geo.draw.payload import EVENT_TYPES, UNDATED, encode, script_json


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


def column(payload, name, dtype="<i4"):
    return np.frombuffer(base64.b64decode(payload["columns"][name]), dtype).tolist()


def test_rows_are_points_then_areas_then_sites_without_a_place():
    payload = encode(together(site(1, geometry=None), site(2, geometry="Polygon", where_prec=4), site(3)))
    assert payload["ids"].split("\n") == ["s3", "s2", "s1"]
    assert (payload["points"], payload["placed"], payload["count"]) == (1, 2, 3)


@pytest.mark.parametrize(("where_prec", "points"), [(1, 1), (2, 1), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0)])
def test_only_a_site_and_its_surroundings_are_a_dot(where_prec, points):
    payload = encode(together(site(where_prec=where_prec, radius_km=20)))
    assert payload["points"] == points
    assert len(payload["areas"]) == 1 - points


def test_incidents_of_one_area_share_it():
    payload = encode(together(*(site(n, geometry="Polygon", where_prec=4, place_id="a") for n in range(3))))
    assert len(payload["areas"]) == 1
    assert column(payload, "area") == [0, 0, 0]


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
    payload = encode(together(site(**properties)))
    assert (column(payload, "first"), column(payload, "last")) == ([first], [last])


def test_a_site_without_any_day_of_publication_is_known_on_no_day():
    assert column(encode(together(site())), "known") == [UNDATED]
    assert chosen(together(site()), {"known_on": "2030-01-01"}) == []


def test_the_earliest_source_makes_it_known():
    feature = site(sources=[{"published_last": "2021-06-30"}, {"published_last": "2021-05-09"}])
    assert column(encode(together(feature)), "known") == [18756]


def test_neighbours_on_the_map_are_neighbours_in_the_rows():
    corners = [
        site(n, lon=lon, lat=lat) for n, (lon, lat) in enumerate([(10, 10), (80, 60), (10.01, 10.01), (80.01, 60)])
    ]
    ids = encode(together(*corners))["ids"].split("\n")
    assert abs(ids.index("s0") - ids.index("s2")) == 1
    assert abs(ids.index("s1") - ids.index("s3")) == 1


def test_the_order_of_features_changes_nothing_but_ties():
    one, two = site(1), site(2, lon=40)
    assert encode(together(one, two)) == encode(together(two, one))


def test_an_unknown_type_is_kept_as_other():
    assert column(encode(together(site(event_type="Comet"))), "type", "u1") == [len(EVENT_TYPES)]
    assert chosen(together(site(event_type="Comet")), {"types": ["Other"]})


def test_no_toll_is_not_zero():
    assert column(encode(together(site(killed_best=None), site(2, lon=50, killed_best=0))), "deaths") == [-1, 0]


def test_details_of_many_are_packed_and_can_be_opened():
    import gzip

    made = collection(2100)
    details = encode(made)["details"]
    assert details["kind"] == "gzip"
    rows = [row for chunk in details["chunks"] for row in json.loads(gzip.decompress(base64.b64decode(chunk)))]
    assert {r["site_id"] for r in rows} == {f["properties"]["site_id"] for f in made["features"]}


def test_an_empty_collection_makes_a_map():
    payload = encode(together())
    assert payload["count"] == 0
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


def test_the_map_s_script_stays_the_same_whatever_the_incidents():
    """streamlit-folium makes the frame anew, and loses the view, when it changes."""
    from streamlit_folium import generate_js_hash, generate_leaflet_string

    scripts = []
    for _ in range(2):
        made = incident_map({"report": True}, "a.js", "a.css")
        made.render()
        scripts.append(generate_js_hash(generate_leaflet_string(made), "map"))
    assert scripts[0] == scripts[1]


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
    for name in SCRIPTS:
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


def test_towns_around_the_incidents_come_with_them():
    names = {x["name"] for x in around(together(site(lon=36.2, lat=50.0, country="UA")))["labels"]}
    assert "Alchevsk" in names
    assert "Lyon" not in names


def test_divisions_of_other_countries_come_with_their_incidents():
    assert around(together(site(lon=36.2, lat=50.0, country="UA")))["region"]
