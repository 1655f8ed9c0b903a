"""The app's pages without a browser: what they show, what they keep, and that nothing of a text becomes markup."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from geo.build import build
from geo.model import Dropped, Place, Span, Unresolved, Where
from geo.pages import card, download, filters, incidents, place_changes, reading, selection, words
from geo.pages.marks import Mark, marked
from geo.places.gazetteer import Gazetteer
from geo.store import Project

PAGES = ("map", "incidents", "articles", "places", "review", "about")
SECONDS = 60  # a cold gazetteer on two shared cores

STORY = """+++
title = "Two days in the valley"
publisher = "Harbour Wire"
published = "2031-05-09"
+++

On Wednesday rockets struck the centre of Mosul, Iraq, and killed three civilians, police said.

The next day gunmen clashed with soldiers in Kirkuk, Iraq. Two soldiers were injured.
"""
ONE = {
    "type": "Feature",
    "id": "s1",
    "geometry": {"type": "Point", "coordinates": [43.1, 36.3]},
    "properties": {
        "site_id": "s1",
        "incident_id": "i1",
        "title": "Attack, Mosul",
        "lat": 36.3,
        "lon": 43.1,
        "sources": [],
    },
}
PASTED = "A car bomb exploded in Basra, Iraq, on 2 May 2031 and killed four people."


@pytest.fixture(scope="module", autouse=True)
def _index():
    """The index of the world's towns, built before a page's first run waits for it."""
    Gazetteer.load()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of its own with one article; the gazetteer is the shipped one."""
    (tmp_path / "data" / "articles").mkdir(parents=True)
    (tmp_path / "data" / "articles" / "valley.md").write_text(STORY, encoding="utf-8")
    monkeypatch.setenv("CONFLICT_MAP_PROJECT", str(tmp_path))
    return tmp_path


@pytest.fixture
def empty(project):
    """A project without articles."""
    (project / "data" / "articles" / "valley.md").unlink()
    return project


def script(name: str) -> str:
    return f"""
import streamlit as st
from geo.pages import pages
from geo.pages import {name} as this
st.navigation(list(pages().values()), position="hidden")
this.page()
"""


def opened(name: str, **address: str) -> AppTest:
    """A page as it stands after its first run, with an address."""
    app = AppTest.from_string(script(name), default_timeout=SECONDS)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def shown(app: AppTest) -> str:
    """Every word of a page that Python put there."""
    kinds = ("markdown", "caption", "info", "warning", "error", "success", "subheader")
    text = [element.value for kind in kinds for element in app.get(kind)]
    text += [element.proto.body for element in app.get("html")]
    return "\n".join(str(t) for t in text)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with a label."""
    button = next(b for b in app.button if b.label.startswith(label))
    button.click().run()
    assert not app.exception, app.exception
    return app


# ---------------------------------------------------------------------------------------------------- all pages


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(name):
    """Each page runs on a project with incidents."""
    opened(name)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("name", ["map", "incidents", "review"])
def test_an_empty_page_says_what_to_do(name):
    """Without articles a page leads to the form that adds one."""
    assert "article" in shown(opened(name)).casefold()


@pytest.mark.usefixtures("project")
def test_the_entry_shows_the_map_first():
    """app.py opens on the Map page with its counts."""
    app = AppTest.from_file(str(Path(__file__).parents[1] / "app.py"), default_timeout=SECONDS).run()
    assert not app.exception
    assert "on the map" in shown(app)


def test_what_is_wrong_with_a_file_is_told_and_the_rest_is_loaded(project):
    """A broken review row shows its file, row and cure; the incidents stand."""
    header = "report_id,decision,field,value,other_report_id,who,when,why\n"
    (project / "data" / "reviews.csv").write_text(header + "nonsense,accept,,,,,,\n", encoding="utf-8")
    app = opened("map")
    label = next(e.label for e in app.expander if "problem" in e.label)
    assert "everything else is loaded" in label
    told = next(d.value for d in app.dataframe if "What is wrong" in d.value)
    assert "reviews.csv" in set(told["File"])
    assert "<b>2</b> incidents" in shown(app)


# ---------------------------------------------------------------------------------------- narrowing and selecting


def test_a_map_is_fitted_to_what_was_kept():
    """Two towns are both in view, a single incident is selected, and one without a place too."""

    def site(incident, lat, lon):
        return {"properties": {"site_id": f"s{incident}{lat}", "incident_id": incident, "lat": lat, "lon": lon}}

    assert filters.around([site("a", 30.0, 40.0), site("b", 34.0, 48.0)]) == {
        "lat": "32.0000",
        "lon": "44.0000",
        "zoom": "6",
    }
    assert filters.around([site("a", 30.0, 40.0)]) == {"lat": "30.0000", "lon": "40.0000", "zoom": "9", "sel": "sa30.0"}
    assert filters.around([site("a", None, None)]) == {"sel": "saNone"}


def test_every_download_is_made_of_the_view():
    """Each ending has its bytes; a GeoPackage is an SQLite file."""
    collection = {"type": "FeatureCollection", "features": [ONE]}
    assert [e for _, e, _, _ in download.FORMATS] == ["geojson", "csv", "gpkg", "html"]
    assert download.maker(collection, "gpkg")().startswith(b"SQLite format 3")
    assert b"Mosul" in download.maker(collection, "csv")()


def test_a_wider_area_says_why_it_is_one():
    """The preview tells that the village was not found, and the front matter is no passage that was passed over."""
    place = Place("iq-ombo", "Ombo", "A.ADM1", "IQ", 33.5, 44.0, 200)
    drawn = Where(place, 4, 33.5, 44.0, 200.0, inferred="Bel is not in the gazetteer; placed in Ombo")
    assert reading.sureness(drawn) == "Bel is not in the gazetteer; placed in Ombo; somewhere in the province"
    assert reading.sureness(Unresolved("Bel", why="no source knows Bel")) == "not on the map: no source knows Bel"
    front = Dropped("a", Span(0, 9), "front matter")
    assert (
        reading.passed_over(SimpleNamespace(dropped=(front, Dropped("a", Span(9, 20), "denied"))))[0].reason == "denied"
    )


def test_counts_add_up():
    """n incidents are m on the map and k not on the map."""
    features = [
        {"properties": {"incident_id": "a", "date_start": "2031-01-01"}, "geometry": {"type": "Point"}},
        {"properties": {"incident_id": "a", "date_start": "2031-01-01"}, "geometry": None},
        {"properties": {"incident_id": "b", "date_start": None}, "geometry": None},
    ]
    said = filters.counts(features, 5)
    assert "<b>2</b> incidents" in said
    assert "<b>1</b> on the map" in said
    assert "<b>1</b> not on the map" in said
    assert "of 5" in said
    assert "<b>1</b> without a day" in said


@pytest.mark.usefixtures("project")
def test_the_address_narrows_the_incidents():
    """A type and a window in the address hold on the Incidents page."""
    assert "<b>1</b> incident " in shown(opened("incidents", type="Battles"))
    assert "<b>1</b> incident " in shown(opened("incidents", **{"from": "2031-05-07", "to": "2031-05-07"}))


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("window", [("2031-05-09", "2031-05-01"), ("yesterday", "2031-05-09"), ("2031-13-01", "x")])
def test_an_address_that_makes_no_sense_narrows_nothing(window):
    """Days that are none, or in the wrong order, are passed over."""
    assert "<b>2</b> incidents" in shown(opened("incidents", **{"from": window[0], "to": window[1]}))


@pytest.mark.parametrize(
    ("search", "found"),
    [("", True), ("MOSUL", True), ("rockets mosul", True), ("kirkuk", False)],
)
def test_a_search_looks_into_titles_places_and_words(search, found):
    """Every word of a search must stand somewhere in the incident or its sources."""
    feature = {"properties": {"title": "Strike", "place": "Mosul", "sources": [{"quote": "Rockets hit the town"}]}}
    assert incidents.matches(feature, search) is found


def test_all_sites_of_a_selected_incident_are_found_itself_first():
    """A site's id brings its incident's other sites too; an unknown id brings nothing."""
    features = [{"properties": {"site_id": f"s{i}", "incident_id": "a" if i < 2 else "b"}} for i in range(3)]
    assert [f["properties"]["site_id"] for f in selection.find(features, "s1")] == ["s1", "s0"]
    assert selection.find(features, "gone") == []
    assert selection.find(features, None) == []


def test_an_address_that_lags_behind_the_hand_brings_no_selection_back():
    def page():
        import streamlit as st

        from geo.pages import selection, session

        session.enter(st.session_state["on"])
        if "said" in st.session_state:
            selection.hear("map", st.session_state["said"])
        st.text(str(selection.current()))

    app = AppTest.from_function(page)

    def seen(address: str, **said: str | None) -> str:
        app.query_params["sel"] = address
        for name, value in said.items():
            app.session_state[name] = value
        return app.run().text[0].value

    assert seen("a", on="map") == "a"
    assert seen("a", said="b") == "b"
    assert seen("a", said=None) == "None"
    assert seen("b") == "None"
    assert seen("c") == "c"
    assert seen("b", said="b") == "b"
    assert seen("a", on="incidents") == "a"


@pytest.mark.usefixtures("project")
def test_a_narrow_window_has_a_short_list_of_the_same_incidents():
    """Day, place, event and the dead, in the order of the table."""
    tables = [d.value for d in opened("incidents").dataframe]
    wide = next(t for t in tables if "Grade" in t)
    short = next(t for t in tables if list(t) == ["Day", "Place", "Event", "Killed"])
    assert list(short["Event"]) == list(wide["Event"])
    assert all(
        str(first).startswith(day.rstrip("…")) for day, first in zip(short["Day"], wide["First day"], strict=True)
    )


@pytest.mark.usefixtures("project")
def test_a_selected_incident_shows_its_words():
    """The details quote the source and mark the words behind each field."""
    features = opened("incidents").session_state["ids-incidents"]
    said = shown(opened("incidents", sel=features[0]))
    assert "Harbour Wire" in said
    assert '<mark class="cm-event' in said


# --------------------------------------------------------------------------------------------------- articles


def paste(app: AppTest, text: str, published: str = "2031-05-03") -> AppTest:
    """Fill the form of a pasted article and read it."""
    next(t for t in app.text_area if t.label == "Text").set_value(text)
    for label, value in (("Title", "Car bomb"), ("Publisher", "Test Post"), ("Published", published)):
        next(t for t in app.text_input if t.label == label).set_value(value)
    return press(app, "Read it")


def test_a_pasted_article_is_looked_at_before_it_is_kept(project):
    """Its incidents show first; only Keep writes the file."""
    folder = project / "data" / "articles"
    app = paste(opened("articles"), PASTED)
    assert "1 incident found" in shown(app)
    assert len(list(folder.glob("*.md"))) == 1
    press(app, "Keep")
    kept = next(p for p in folder.iterdir() if p.suffix == ".md" and p.name != "valley.md")
    assert "Test Post" in kept.read_text("utf-8")
    assert next(b for b in app.button if b.label == "See them on the map")
    assert "<b>3</b> incidents" in shown(opened("map"))


@pytest.mark.usefixtures("project")
def test_the_source_of_a_web_page_is_read_as_one():
    """Pasted markup gives its words, not its tags."""
    app = paste(opened("articles"), f"<div><p>{PASTED}</p><script>alert(1)</script></div>")
    assert "1 incident found" in shown(app)
    assert "alert(1)" not in shown(app)
    assert "&lt;p&gt;" not in shown(app)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("name", "address"), [("map", "sel"), ("incidents", "sel"), ("review", "sel"), ("articles", "article")]
)
def test_an_address_of_what_is_not_here_says_so(name, address):
    """An old link shows the page and tells what it lacks."""
    assert "that this address asks for is not" in shown(opened(name, **{address: "gone"}))


@pytest.mark.usefixtures("project")
def test_a_type_that_no_incident_has_filters_nothing_on_the_map():
    """An address of another project does not end in an empty map."""
    assert "<b>2</b> incidents" in shown(opened("map", type="Nope", actor="Nobody"))


def test_a_discarded_article_leaves_nothing(project):
    """Discard writes no file."""
    press(paste(opened("articles"), PASTED), "Discard")
    assert len(list((project / "data" / "articles").glob("*.md"))) == 1


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("text", "published", "why"),
    [
        ("", "2031-05-03", "The text\\: is empty"),
        ("Some words.", "soon", "is no date"),
        ("Some words. " * 20_000, "2031-05-03", "one article at a time"),
    ],
)
def test_a_form_that_cannot_be_read_says_why(text, published, why):
    """No text, a day that is none, or a whole archive in one text is told."""
    app = paste(opened("articles"), text, published)
    assert any(why in e.value for e in app.error), [e.value for e in app.error]
    assert not [b for b in app.button if b.label == "Keep"]


# ---------------------------------------------------------------------------------------------------- reviews


def test_a_rejected_report_leaves_the_map_and_the_decision_is_kept(project):
    """Reject takes the incident out, and the row stands in data/reviews.csv."""
    site = opened("incidents").session_state["ids-incidents"][0]
    app = opened("review", sel=site)
    app.session_state["decision"] = "reject"
    app.run()
    next(t for t in app.text_input if t.label == "Why").set_value("It was a drill")
    next(t for t in app.text_input if t.label.startswith("Your name")).set_value("KM")
    press(app, "Save the decision")
    rows = list(csv.DictReader((project / "data" / "reviews.csv").open(encoding="utf-8")))
    assert [(r["decision"], r["why"]) for r in rows] == [("reject", "It was a drill")]
    assert "<b>1</b> incident<" in shown(opened("map"))


def test_a_decision_whose_report_is_gone_is_told(project):
    """An orphan stays in the list and says that it waits."""
    header = "report_id,decision,field,value,other_report_id,who,when,why\n"
    (project / "data" / "reviews.csv").write_text(header + "0123456789ab,accept,,,,K,2031-06-01,\n", encoding="utf-8")
    said = shown(opened("review"))
    assert "1 decision waits" in said
    assert "there is no report 0123456789ab now" in said


def fill(app: AppTest, label: str, text: str) -> None:
    """Write into the field with a label."""
    next(t for t in app.text_input if t.label.startswith(label)).set_value(text)


def correcting_a_place(site: str) -> AppTest:
    """The form of a corrected place, signed and reasoned, with nothing said of the place yet."""
    app = opened("review", sel=site)
    app.session_state["decision"] = "correct"
    app.run()
    next(b for b in app.selectbox if b.label == "What is wrong").select("place").run()
    fill(app, "Your name", "KM")
    fill(app, "Why", "I was there")
    app.run()
    return app


def decided(project: Path) -> list[dict[str, str]]:
    """The rows of data/reviews.csv; none without the file."""
    file = project / "data" / "reviews.csv"
    return list(csv.DictReader(file.open(encoding="utf-8"))) if file.exists() else []


def test_the_review_form_chooses_nothing_and_saves_no_blank(project):
    """No decision is made by a form that opens, nor by a save that leaves out what, who or why."""
    site = opened("incidents").session_state["ids-incidents"][0]
    app = opened("review", sel=site)
    assert not [b for b in app.button if b.label.startswith("Save")]
    app = correcting_a_place(site)
    fill(app, "Why", " ")
    press(app, "Save the decision")
    assert any("say what is right" in e.value and "say why" in e.value for e in app.error)
    assert decided(project) == []


def test_a_place_that_does_not_exist_is_not_saved(project):
    """The form says so and leads to the page that adds places."""
    app = correcting_a_place(opened("incidents").session_state["ids-incidents"][0])
    fill(app, "What is right", "Nowhereville")
    app.run()
    assert any("No place is called “Nowhereville”" in w.value for w in app.warning)
    press(app, "Save the decision")
    assert decided(project) == []


def test_a_place_is_taken_away_by_a_tick_alone(project):
    """Not known has to be said outright."""
    app = correcting_a_place(opened("incidents").session_state["ids-incidents"][0])
    next(c for c in app.checkbox if c.label.startswith("It is not known")).check().run()
    press(app, "Save the decision")
    assert [(r["field"], r["value"], r["why"]) for r in decided(project)] == [("place", "", "I was there")]


def test_a_corrected_figure_stands_beside_the_source_s_own():
    """The card says which figure is the reviewer's, and why; its words are no markup."""
    fixed = {"field": "killed", "value": "24", "who": "<b>K", "when": "2031-06-01", "why": "list of names"}
    source = {"report_id": "r", "publisher": "Wire", "killed_low": 27, "killed_high": 27, "corrections": [fixed]}
    toll = {"killed_low": 24, "killed_best": 24, "killed_high": 24}
    shown = card.card([{**ONE, "properties": {**ONE["properties"], **toll, "sources": [source]}}], "#000")
    assert "24 (reviewer) · 27 (Wire)" in shown
    assert "corrected: killed: 24, says &lt;b&gt;K: list of names" in shown


def test_a_decision_that_a_later_one_replaced_is_marked(project):
    """Only the last of two values for one field is in force."""
    rows = "".join(f"{{}},correct,killed,{n},,K,2031-06-0{n},\n" for n in (4, 5))
    first = build(Project(project)).result.reports[0].id
    header = "report_id,decision,field,value,other_report_id,who,when,why\n"
    (project / "data" / "reviews.csv").write_text(header + rows.replace("{}", first), encoding="utf-8")
    listed = next(d.value for d in opened("review").dataframe if "State" in d.value)
    assert list(zip(listed["Decision"], listed["State"], strict=True)) == [
        ("correct: killed is 5", "in force"),
        ("correct: killed is 4", "replaced"),
    ]


SECOND = """+++
title = "The town the day after"
publisher = "Valley Courier"
published = "2031-05-10"
+++

Rockets hit Mosul, Iraq, on 7 May, killing two civilians, residents said.
"""


@pytest.fixture
def two_sources(project):
    """The same strike told by two publishers with another toll each."""
    (project / "data" / "articles" / "second.md").write_text(SECOND, encoding="utf-8")
    return project


def choose(app: AppTest, label: str, option: int) -> AppTest:
    """Choose from a list by position."""
    box = next(b for b in app.selectbox if b.label.startswith(label))
    box.select_index(option).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.usefixtures("two_sources")
def test_what_is_worth_a_look_is_listed_before_anything_is_chosen():
    """Sources that differ over the dead stand in the list, with the reason."""
    app = opened("review")
    rows = next(d.value for d in app.dataframe if "Why" in d.value)
    assert any("killed" in why for why in rows["Why"]), list(rows["Why"])


@pytest.mark.usefixtures("two_sources")
def test_uniting_and_parting_say_what_speaks_for_it():
    """Split shows why two reports were united; merge shows how alike another report is, or why it is another event."""
    site = next(s for s in opened("incidents").session_state["ids-incidents"])
    app = opened("review", sel=site)
    app.session_state["decision"] = "split"
    app.run()
    assert "enough to unite them" in shown(app)
    assert "shelling/artillery/missile attack" in shown(app)
    app.session_state["decision"] = "merge"
    app.run()
    choose(app, "The other report", 0)
    assert "By the rules they are <b>two events</b>" in shown(app)


# ----------------------------------------------------------------------------------------------------- places


def new_place(**values: str) -> AppTest:
    """The form of a new place, filled in and tried."""
    app = opened("places")
    app.session_state["places-view"] = "Search"
    app.run()
    press(app, "New place")
    for label, value in values.items():
        next(t for t in app.text_input if t.label == label).set_value(value)
    next(s for s in app.selectbox if s.label == "Country").set_value("IQ")
    app.run()
    return press(app, "See what changes")


def test_a_new_place_is_tried_saved_and_undone(project):
    """Nothing is written before Save, and Undo brings the bytes back."""
    app = new_place(Name="Tall Zarqun", Latitude="35.9", Longitude="42.6")
    own = project / "gazetteer" / "places.csv"
    assert "No incident would move" in shown(app)
    assert not own.exists()
    press(app, "Save")
    row = next(r for r in csv.DictReader(own.open(encoding="utf-8")) if r["name"] == "Tall Zarqun")
    assert (row["id"], row["lat"], row["source_licence"]) == ("iq-tall-zarqun", "35.9", "CC0-1.0")
    app.session_state["places-view"] = "Changes"
    app.run()
    press(app, "Undo")
    assert "Tall Zarqun" not in own.read_text("utf-8")


def refused(app: AppTest) -> list[str]:
    """What is said to be wrong, as a reader sees it."""
    return [e.value.replace("\\", "") for e in app.error]


@pytest.mark.usefixtures("project")
def test_a_place_that_cannot_be_says_which_field_and_why():
    """A latitude beyond the pole is refused with its field."""
    app = new_place(Name="Tall Zarqun", Latitude="95", Longitude="42.6")
    assert refused(app) == ["Latitude: 95 is not between -90 and 90 (look at the map)"]
    assert not [b for b in app.button if b.label == "Save"]


@pytest.mark.usefixtures("project")
def test_a_place_without_a_position_is_asked_for_one():
    """In the words of the form, and with what to do."""
    app = new_place(Name="Tall Zarqun")
    asked = "is empty (click on the map, or write degrees: 33.524)"
    assert refused(app) == [f"Latitude: {asked}", f"Longitude: {asked}"]


def test_openstreetmap_out_of_reach_is_told():
    """Without a network the page says so and what to do instead."""
    assert "could not be reached" in str(place_changes.position("Mosul", "IQ"))


def test_a_position_of_openstreetmap_brings_its_licence():
    """A row saved from it is ODbL."""
    assert place_changes.OSM["source_licence"].startswith("ODbL")
    assert "OpenStreetMap" in place_changes.OSM["source"]


# ------------------------------------------------------------------------------------------------------ escaping

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "</mark><b>bold</b>",
    "javascript:alert(1)",
    "&lt;script&gt;",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_cannot_become_markup(payload):
    """Neither the text nor the reason of a mark opens a tag or an attribute."""
    said = marked(f"in {payload} today", [Mark(3, 3 + len(payload), "place", payload), Mark(0, 5, "date", payload)])
    assert "<script" not in said
    assert "<img" not in said
    assert "<svg" not in said
    assert "<b>" not in said
    assert said.count("<mark") == said.count("</mark>")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_field_of_an_incident_can_become_markup(payload):
    """Every text property of a feature and of its source is escaped in the details."""
    names = "title event_type sub_event_type place place_as_written admin1 country actor1 actor2 weapon grade status date_edtf"
    source = dict.fromkeys("title publisher author quote url report_id".split(), payload) | {
        "kind": "brief", "published": payload, "hedges": [payload], "start": 0, "end": 9, "evidence": {payload: [{"quote": payload, "start": 99, "end": 100}]},
    }  # fmt: skip
    feature = dict.fromkeys(names.split(), payload) | {
        "sources": [source], "why": [payload], "disagreements": [payload], "rivals": [{"name": payload, "country": payload}],
        "place_evidence": [[payload, 1.0]], "place_inferred": payload, "where_prec": 2, "radius_km": 5,
    }  # fmt: skip
    said = card.card([{"properties": feature, "geometry": None}], payload)
    for tag in ("<script", "<img", "<svg", "<b>bold", 'href="javascript'):
        assert tag not in said


def test_the_number_of_an_incident_stands_before_its_words_and_is_no_text():
    """A mark's label is an attribute, on the first part of the mark only."""
    said = marked("Rockets hit a base.", [Mark(0, 11, "event", "", "3"), Mark(8, 13, "place")])
    assert said.count('data-n="3"') == 1
    assert said.startswith('<mark class="cm-event" title="" data-n="3">Rockets </mark>')


def test_what_sources_tell_differently_names_the_field_in_words():
    assert words.differing("actor2: A (X) or B (Y)") == "who it was done to: A (X) or B (Y)"
    assert words.differing("killed at Oum: 3 (X) or 5 (Y)") == "killed at Oum: 3 (X) or 5 (Y)"


def test_words_of_a_text_are_no_markdown():
    """Streamlit's Markdown shows the characters of a quotation, not their meaning."""
    assert words.plain("[a](http://b) *c*\n# d") == r"\[a\]\(http\:\/\/b\) \*c\* \# d".replace(r"\/", "/")


# ------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("low", "high", "best", "more", "said", "in_short"),
    [
        (None, None, None, None, "", ""),
        (0, 0, None, False, "0", "0"),
        (3, 9, None, False, "3 to 9", "3–9"),
        (3, 5, 4, False, "4 (3 to 5)", "3–5"),
        (27, 27, 27, True, "27 or more", "27+"),
        (11, 27, 11, True, "11 (11 to 27 or more)", "11–27+"),
        (1000, 1000, None, False, "1,000", "1000"),
    ],
)
def test_figures_in_words(low, high, best, more, said, in_short):
    """What is not said is empty, zero is zero, and neither a range nor "at least" is lost."""
    p = {"killed_low": low, "killed_high": high, "killed_best": best, "killed_open_high": more}
    assert words.figure(p, "killed") == said
    assert words.figure_in_short(p, "killed").strip() == in_short


@pytest.mark.parametrize(
    ("first", "last", "edtf", "in_short"),
    [
        ("2019-06-05", "2019-06-05", "2019-06-05", "2019-06-05"),
        ("2019-06-01", "2019-06-30", "2019-06", "2019-06"),
        ("2019-01-01", "2019-12-31", "2019", "2019"),
        ("2019-06-05", "2019-06-07", "[2019-06-05..2019-06-07]", "2019-06-05…"),
        (None, None, "", ""),
    ],
)
def test_a_narrow_column_gives_no_day_that_is_not_known(first, last, edtf, in_short):
    assert words.day_in_short({"date_start": first, "date_end": last, "date_edtf": edtf}) == in_short


def test_a_rough_figure_is_said_to_be_rough():
    """The words "some 30" are no count of thirty."""
    p = {"killed_low": 30, "killed_high": 30, "killed_open_high": False, "killed_about": True}
    assert words.figure(p, "killed") == "about 30"
    assert words.figure_in_short(p, "killed").strip() == "30 (about)"


def test_a_column_of_figures_sorts_as_numbers():
    """Nine comes before eleven, though letters would have it the other way."""
    shown = [words.figure_in_short({"killed_low": n, "killed_high": n + 3}, "killed") for n in (9, 11, 100, 2000)]
    assert shown == sorted(shown)


@pytest.mark.parametrize(
    ("first", "last", "kind", "edtf", "said"),
    [
        (None, None, None, None, "day not known"),
        ("2031-05-07", "2031-05-07", "within", "2031-05-07", "7 May 2031"),
        ("2031-05-01", "2031-05-31", "within", "2031-05", "some day in May 2031"),
        ("2031-05-01", "2031-05-03", "within", "[2031-05-01..2031-05-03]", "between 1 May 2031 and 3 May 2031"),
        ("2031-05-01", "2031-05-03", "throughout", "2031-05-01/2031-05-03", "1 May 2031 to 3 May 2031"),
    ],
)
def test_days_in_words(first, last, kind, edtf, said):
    """An interval is told as wide as it is, and by its kind."""
    p = {"date_start": first, "date_end": last, "date_kind": kind, "date_edtf": edtf}
    assert words.days(p) == said
