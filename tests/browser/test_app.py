"""The whole app in a real Chromium with the network cut off: what a reader does, from the map to a place of their own."""

from __future__ import annotations

import http.client
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from conftest import map_frame  # noqa: E402

from geo.gazetteer import Gazetteer  # noqa: E402

STORY = """+++
title = "Days in the valley"
publisher = "Harbour Wire"
published = "2031-05-20"
+++

On 2 May rockets struck the centre of Mosul, Iraq, and killed three civilians, police said.

On 9 May gunmen clashed with soldiers in Kirkuk, Iraq. Two soldiers were injured.

Crowds protested peacefully in Basra, Iraq, on 19 May.
"""
UNKNOWN = """+++
title = "Shelling in the hills"
publisher = "Test Post"
published = "2031-05-21"
+++

Two civilians were wounded by a drone strike in Erbil, Iraq, on 15 May.

On 16 May artillery shells hit the town of Zarqunabad, Iraq, and killed five people, residents said.
"""
PASTED = "A car bomb exploded in Tikrit, Iraq, on 12 May 2031 and killed four people."
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
WAIT = 60_000  # ms; the first run of a cold server loads the gazetteer


def make_project(folder: Path, **articles: str) -> Path:
    """A project of its own with some articles; the gazetteer is the shipped one."""
    (folder / "data" / "articles").mkdir(parents=True)
    for name, text in articles.items():
        (folder / "data" / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _index():
    """The index of the world's towns, built before anybody waits for it."""
    Gazetteer.load()


@pytest.fixture(scope="module")
def app(serve, tmp_path_factory):
    """The app on a project that no test changes."""
    project = make_project(tmp_path_factory.mktemp("project"), valley=STORY)
    return serve(ROOT / "app.py", CONFLICT_MAP_PROJECT=str(project))


@pytest.fixture
def own(serve, tmp_path):
    """The app on a project for one test to change, with an incident that waits for its place."""
    project = make_project(tmp_path / "project", valley=STORY, hills=UNKNOWN)
    return serve(ROOT / "app.py", CONFLICT_MAP_PROJECT=str(project)), project


@pytest.fixture
def tab(open_tab):
    """A tab that must not have asked for anything outside this machine."""
    opened = open_tab()
    opened.page.set_default_timeout(WAIT)
    yield opened
    assert opened.outside == []


def counts(page) -> str:
    """The line of counts above the map or table."""
    page.wait_for_selector(".cm-counts b", timeout=WAIT)
    return " ".join(page.inner_text(".cm-counts").split())


def wait_counts(page, pattern: str) -> None:
    """Wait until the line of counts says this."""
    page.wait_for_function(
        "p => new RegExp(p).test((document.querySelector('.cm-counts')?.innerText || '').replace(/\\s+/g, ' '))",
        arg=pattern,
        timeout=WAIT,
    )


def pick_row(page, row: int, table: int = 0) -> None:
    """Tick a row of a table: tables are canvases, so by where it stands. Rows are 35 px high under the header."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT)
    page.wait_for_timeout(1000)  # the canvas takes over the rows of its last message
    canvas = page.locator("[data-testid=stDataFrame]").nth(table)
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 * (row + 1) + 17)


def complaints(tab) -> list[str]:
    """What the console said, without the address that a text may carry."""
    return sorted({re.sub(r"http\S+", "", e) for e in tab.errors})


# ------------------------------------------------------------------------------------------------------- reading


def test_the_map_paints_without_a_network(app, tab):
    """Three incidents are counted by Python and drawn by the frame."""
    tab.page.goto(app)
    frame = map_frame(tab.page)
    assert counts(tab.page).startswith("3 incidents 3 on the map 0 not on the map")
    assert frame.evaluate("window.incidentLayer.visibleCount()") == 3
    assert frame.evaluate(
        "[...document.querySelectorAll('.leaflet-marks-pane canvas')].some(c => "
        "c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0))"
    )


def test_a_preset_of_the_timeline_changes_map_table_and_address(app, tab):
    """The last seven days leave one incident, in the frame and on the page; the address keeps the window."""
    tab.page.goto(app)
    frame = map_frame(tab.page)
    counts(tab.page)
    frame.get_by_role("button", name="7 d", exact=True).click()
    wait_counts(tab.page, "^1 incident of 3")
    assert frame.evaluate("window.incidentLayer.visibleCount()") == 1
    assert "from=2031-05-" in tab.page.url


def test_an_address_reopens_the_view(app, open_tab):
    """Window, type and selection of an address stand again in another tab."""
    tab = open_tab()
    tab.page.goto(f"{app}/?from=2031-05-01&to=2031-05-10&type=Battles")
    frame = map_frame(tab.page)
    wait_counts(tab.page, "^1 incident of 3")
    assert frame.evaluate("window.incidentLayer.visibleCount()") == 1
    again = open_tab()
    again.page.goto(tab.page.url)
    map_frame(again.page)
    wait_counts(again.page, "^1 incident of 3")


def test_the_view_is_kept_when_the_page_runs_again(app, tab):
    """A row that is picked in the table selects its incident in the same frame; pan and zoom stay."""
    tab.page.goto(app)
    frame = map_frame(tab.page)
    counts(tab.page)
    frame.evaluate("window.mark = 1; window.incidentLayer.map.setView([34, 44], 7, {animate: false})")
    tab.page.wait_for_timeout(800)
    pick_row(tab.page, 0)
    tab.page.wait_for_selector(".cm-chosen", timeout=WAIT)
    assert frame.evaluate("window.mark") == 1
    assert frame.evaluate("window.incidentLayer.map.getZoom()") == 7
    frame.wait_for_selector(".cm-panel h2", timeout=WAIT)


def test_an_error_is_reported_from_the_details(app, tab):
    """The flag in the map's details opens the Review page with that incident chosen."""
    tab.page.goto(app)
    frame = map_frame(tab.page)
    counts(tab.page)
    pick_row(tab.page, 0)
    frame.wait_for_selector(".cm-panel h2")
    title = frame.inner_text(".cm-panel h2")
    tab.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    frame.get_by_role("button", name="Report an error").click()
    tab.page.wait_for_selector("text=Decide about a report")
    assert "/review" in tab.page.url
    assert title in tab.page.get_by_label("Incident").first.input_value()


def test_the_download_is_exactly_the_filtered_view(app, tab):
    """The GeoJSON holds the incidents of the view and no other, as RFC 7946 asks."""
    tab.page.goto(f"{app}/?type=Battles")
    map_frame(tab.page)
    wait_counts(tab.page, "^1 incident of 3")
    tab.page.get_by_role("button", name="Download").first.click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="GeoJSON").click()
    saved = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert saved["type"] == "FeatureCollection"
    assert [f["properties"]["event_type"] for f in saved["features"]] == ["Battles"]
    lon, lat = saved["features"][0]["geometry"]["coordinates"]
    assert 43 < lon < 46
    assert 34 < lat < 37


def test_a_search_and_a_row_show_the_words_of_the_source(app, tab):
    """The Incidents page finds by a word and shows who says so."""
    tab.page.goto(f"{app}/incidents")
    counts(tab.page)
    tab.page.get_by_placeholder("Search words").fill("mosul")
    wait_counts(tab.page, "^1 incident of 3")
    pick_row(tab.page, 0)
    tab.page.wait_for_selector(".cm-source mark.cm-event", timeout=WAIT)
    assert "Harbour Wire" in tab.page.inner_text(".cm-card")


@pytest.mark.parametrize("name", ["", "incidents", "articles", "places", "review", "about"])
def test_a_narrow_window_needs_no_sideways_scrolling(app, open_tab, name):
    """At 390 px every page fits."""
    tab = open_tab(390, 844)
    tab.page.goto(f"{app}/{name}")
    tab.page.wait_for_selector("[data-testid=stMainBlockContainer]", timeout=WAIT)
    tab.page.wait_for_timeout(1500)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.outside == []


def test_no_page_complains_more_than_an_empty_one(app, serve, open_tab, tmp_path):
    """The console says nothing that an empty Streamlit page at such an address does not say."""
    script = tmp_path / "empty.py"
    script.write_text(
        "import streamlit as st\n"
        "st.navigation([st.Page(lambda: st.write('a'), title='A', url_path='map', default=True),"
        " st.Page(lambda: st.write('b'), title='B', url_path='incidents')]).run()\n"
    )
    plain = open_tab()
    bare = serve(script)
    for name in ("", "incidents"):
        plain.page.goto(f"{bare}/{name}")
        plain.page.wait_for_selector("[data-testid=stMainBlockContainer]", timeout=WAIT)
        plain.page.wait_for_timeout(1000)
    ours = open_tab()
    for name in ("", "incidents", "articles", "places", "review", "about"):
        ours.page.goto(f"{app}/{name}")
        ours.page.wait_for_selector("[data-testid=stMainBlockContainer]", timeout=WAIT)
        ours.page.wait_for_timeout(1500)
    assert set(complaints(ours)) <= set(complaints(plain))
    assert ours.outside == []


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: `make axe` installs it where there is npm")
@pytest.mark.parametrize("name", ["", "incidents", "articles", "articles?add=1", "places", "review", "about"])
def test_everybody_can_use_a_page(app, open_tab, name):
    """axe-core finds no serious violation on a page, nor in the map's frame."""
    tab = open_tab()
    tab.page.set_default_timeout(WAIT)
    tab.page.goto(f"{app}/{name}")
    tab.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    tab.page.wait_for_timeout(2500)
    for frame in [f for f in tab.page.frames if f is tab.page.main_frame or "st_folium" in f.url]:
        frame.evaluate(AXE.read_text("utf-8"))
        found = frame.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
        assert serious == []


# ------------------------------------------------------------------------------------------------------ changing


def test_a_pasted_article_is_seen_then_kept_then_on_the_map(own, tab):
    """The incidents of a pasted text show before it is kept, and are on the map afterwards."""
    address, project = own
    tab.page.goto(f"{address}/articles?add=1")
    tab.page.get_by_placeholder("Paste the article here").fill(PASTED)
    tab.page.get_by_label("Title").fill("Car bomb in the north")
    tab.page.get_by_role("button", name="Read it").click()
    tab.page.wait_for_selector("text=1 incident found", timeout=WAIT)
    assert len(list((project / "data" / "articles").glob("*.md"))) == 2
    tab.page.get_by_role("button", name="Keep").click()
    tab.page.wait_for_selector("text=Kept", timeout=WAIT)
    tab.page.goto(address)
    map_frame(tab.page)
    wait_counts(tab.page, "^6 incidents")
    tab.page.goto(f"{address}/incidents?q=tikrit")
    wait_counts(tab.page, "^1 incident of 6 1 on the map")


def test_a_place_added_by_a_click_puts_a_waiting_incident_on_the_map(own, tab):
    """The unknown village waits in the queue; a click positions it, the diff says so, and then it is on the map."""
    address, project = own
    tab.page.goto(address)
    wait_counts(tab.page, "^5 incidents 4 on the map 1 not on the map")
    tab.page.goto(f"{address}/places")
    tab.page.wait_for_selector("text=Pick one to place it", timeout=WAIT)
    tab.page.wait_for_timeout(1000)
    pick_row(tab.page, 0)
    tab.page.wait_for_selector("text=Add a place", timeout=WAIT)
    frame = map_frame(tab.page)
    tab.page.wait_for_timeout(1000)
    frame.evaluate("window.incidentLayer.map.setView([33.5, 43.5], 7, {animate: false})")
    box = tab.page.locator("iframe[title*='st_folium']").bounding_box()
    tab.page.mouse.click(box["x"] + box["width"] / 2 + 20, box["y"] + box["height"] / 2 - 20)
    latitude = tab.page.get_by_label("Latitude")
    tab.page.wait_for_function(
        "() => /\\d/.test(document.querySelector('[aria-label=\"Latitude\"]').value)", timeout=WAIT
    )
    assert latitude.input_value()
    tab.page.get_by_role("button", name="See what changes").click()
    tab.page.wait_for_selector("text=1 report would move", timeout=WAIT)
    tab.page.get_by_role("button", name="Save", exact=True).click()
    tab.page.wait_for_selector("text=On the map: 4 before, 5 now", timeout=WAIT)
    assert "Zarqunabad" in (project / "gazetteer" / "places.csv").read_text("utf-8")
    tab.page.goto(address)
    wait_counts(tab.page, "^5 incidents 5 on the map 0 not on the map")


# ---------------------------------------------------------------------------------------------------- other pages


def test_a_page_of_another_origin_cannot_read_the_incidents(app, open_tab):
    """Neither the socket nor any file of the app answers a page from elsewhere in the same browser."""
    tab = open_tab()
    port = app.rsplit(":", 1)[1]
    tab.page.context.route(
        "http://elsewhere.example/**", lambda r: r.fulfill(content_type="text/html", body="<p>elsewhere</p>")
    )
    tab.page.goto("http://elsewhere.example/")
    tried = tab.page.evaluate(
        """async port => {
          const out = {};
          for (const host of ['127.0.0.1', 'localhost']) {
            out[host + ' socket'] = await new Promise(done => {
              const s = new WebSocket(`ws://${host}:${port}/_stcore/stream`, ['streamlit']);
              s.onopen = () => done('open'); s.onerror = () => done('refused'); s.onclose = () => done('refused');
              setTimeout(() => done('silent'), 5000);
            });
            for (const path of ['/', '/_stcore/health', '/_stcore/host-config', '/app/static/incidents.geojson', '/media/x']) {
              try { out[host + path] = (await (await fetch(`http://${host}:${port}${path}`)).text()).length; }
              catch { out[host + path] = 'refused'; }
            }
          }
          return out;
        }""",
        port,
    )
    assert {k: v for k, v in tried.items() if v != "refused"} == {}


def test_a_host_name_that_points_here_is_refused(app):
    """A page that renames itself to this machine gets no socket: the server knows its own names only."""
    port = int(app.rsplit(":", 1)[1])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {
        "Host": f"elsewhere.example:{port}", "Origin": f"http://elsewhere.example:{port}", "Upgrade": "websocket",
        "Connection": "Upgrade", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
    }  # fmt: skip
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status in (400, 403)
