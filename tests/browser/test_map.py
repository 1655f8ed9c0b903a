"""The map in a real Chromium, from disk and in Streamlit, with the network cut off."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from steps import map_frame  # noqa: E402

from benchmarks.synthetic import collection  # noqa: E402
from geo.draw import chosen, html  # noqa: E402

APP = """
import streamlit as st
from benchmarks.synthetic import collection
from geo.draw import show

st.set_page_config(layout="wide")
data = st.cache_resource(collection)(120)
ask = st.session_state.get("ask")
if st.checkbox("hide"):  # as another page does; what was chosen comes back with the map
    st.session_state["start"] = (st.session_state.get("map") or {}).get("window")
    st.stop()
seen = show(data, "map", height=600, selected=ask, window=st.session_state.get("start"))
st.text("selected " + str(seen["selected"]))
st.text("window " + str(seen["window"]))
if st.button("rerun"):
    st.text("again")
if st.button("first"):
    st.session_state["ask"] = "site-0000007"
    st.rerun()
"""
LAYER = "window.incidentLayer"


@pytest.fixture(scope="module")
def incidents():
    return collection(150)


@pytest.fixture(scope="module")
def saved(tmp_path_factory, incidents):
    """The exported file on disk."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(html(incidents, title="Made-up incidents", filter_note="all of them"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def desktop(open_tab, saved):
    """The exported file, open at desktop size."""
    tab = open_tab()
    tab.page.goto(saved)
    until(tab.page, f"{LAYER} && {LAYER}.incidents")
    return tab


@pytest.fixture
def drawn(desktop):
    """The same tab, set back to how it opened."""
    tab = desktop
    tab.page.evaluate(
        """() => {
          const l = window.incidentLayer;
          l.setMode('auto'); l._choose(-1, false);
          l._apply({types: [], actors: [], sources: [], known_on: null, window: null, rectangle: null});
          l._zoomTo(Array.from({length: l.incidents.placed}, (_, i) => i), false);
        }"""
    )
    yield tab
    assert tab.outside == []
    assert tab.errors == []


def until(page, condition, timeout=8000):
    """Wait for a condition in the page; the file's own policy forbids the driver to poll inside it."""
    for _ in range(timeout // 50):
        if page.evaluate(f"!!({condition})"):
            return
        time.sleep(0.05)
    raise AssertionError(f"never true: {condition}")


def first_mark(page):
    """Where in the window the topmost single mark is, and its row."""
    return page.evaluate(
        """() => {
          const l = window.incidentLayer, m = l.map, z = m.getZoom();
          for (const d of l.marks.drawn) {
            const p = m.latLngToContainerPoint(m.unproject([d.x, d.y], z));
            const rows = l._cells().rows(d.unit);
            if (rows.length === 1 && p.x > 300 && p.x < 900 && p.y > 60 && p.y < 600)
              return {x: p.x, y: p.y, id: l.incidents.ids[rows[0]]};
          }
        }"""
    )


def coloured(page, selector, colour):
    """How many pixels of the canvases under `selector` have this colour."""
    return page.evaluate(
        """([selector, colour]) => {
          let n = 0;
          for (const canvas of document.querySelectorAll(selector)) {
            const d = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            for (let i = 0; i < d.length; i += 4)
              if (d[i] === colour[0] && d[i + 1] === colour[1] && d[i + 2] === colour[2] && d[i + 3] === 255) n++;
          }
          return n;
        }""",
        [selector, colour],
    )


def test_the_map_paints_land_and_marks(drawn):
    assert coloured(drawn.page, ".leaflet-land-pane canvas", [245, 242, 234]) > 100_000
    assert coloured(drawn.page, ".leaflet-marks-pane canvas", [247, 138, 33]) > 100


@pytest.mark.parametrize("mode", ["clusters", "dots", "density"])
def test_every_way_of_drawing_paints_and_empties(drawn, mode):
    paint = """mode => {
      const l = window.incidentLayer; l.setMode(mode);
      const c = document.querySelector('.leaflet-marks-pane canvas');
      const inked = () => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0);
      const full = inked(); l.setTypes(['Other']); const empty = inked(); l.setTypes(null); return [full, empty];
    }"""
    assert drawn.page.evaluate(paint, mode) == [True, False]


def test_the_window_changes_what_is_visible(drawn, incidents):
    for window in (("2015-01-01", "2015-06-30"), ("2018-03-01", "2018-03-01"), ("2014-01-01", "2023-12-31")):
        seen = drawn.page.evaluate(f"w => {{ {LAYER}.setWindow(...w); return {LAYER}.visibleCount(); }}", list(window))
        expected = [f for f in chosen(incidents, {"window": window}) if f["geometry"]]
        assert seen == len(expected)
        assert drawn.page.evaluate(f"{LAYER}.lastDrawMs") > 0


@pytest.mark.parametrize(
    "value",
    [
        {"types": ["Battles", "Riots"]},
        {"actors": ["River Brigade"], "window": ["2016-01-01", "2019-12-31"]},
        {"sources": ["Radio Delta"]},
        {"known_on": "2018-06-30"},
        {"known_on": "2018-06-30", "types": ["Battles"], "rectangle": [30, 36, 35, 44]},
    ],
)
def test_the_frame_and_python_choose_the_same(drawn, incidents, value):
    visible = f"""v => {{ const l = {LAYER}; l._apply(v); const out = [];
      for (let r = 0; r < l.incidents.count; r++) if (l.incidents.state[r]) out.push(l.incidents.ids[r]); return out.sort(); }}"""
    state = {"types": [], "actors": [], "sources": [], "known_on": None, "window": None, "rectangle": None, **value}
    seen = drawn.page.evaluate(visible, state)
    assert seen == sorted(f["properties"]["site_id"] for f in chosen(incidents, value))


def test_stepping_and_recounting_agree(drawn):
    """Counting only what enters and leaves the window gives what counting everything gives."""
    same = drawn.page.evaluate(
        """() => {
          const l = window.incidentLayer, at = d => new Date(d * 864e5).toISOString().slice(0, 10);
          for (let i = 0; i < 80; i++) {
            const from = l.incidents.low + (i * 137) % 3300;
            l.setWindow(at(from), at(from + (i % 9) * 20));
          }
          const marks = l._cells().counts.slice(), totals = JSON.stringify(l.counts());
          l.incidents.recount(); l._cells().recount();
          return totals === JSON.stringify(l.counts()) && marks.every((n, i) => n === l._cells().counts[i]);
        }"""
    )
    assert same


def test_marks_and_areas_sum_to_the_count_at_every_zoom(drawn):
    sums = drawn.page.evaluate(
        """() => {
          const l = window.incidentLayer, out = [];
          l.setWindow('2015-01-01', '2021-12-31');
          for (const zoom of [2, 4, 6, 9, 13, 16]) for (const mode of ['clusters', 'dots']) {
            l.modeChoice = mode; l.map.setZoom(zoom, {animate: false});
            const marks = l._cells().counts.reduce((a, b) => a + b, 0);
            const areas = l.areas.counts.flatMap(c => [...c]).reduce((a, b) => a + b, 0);
            out.push(marks + areas - l.visibleCount());
          }
          return out;
        }"""
    )
    assert set(sums) == {0}


def test_a_click_opens_the_details_with_words_and_source(drawn, incidents):
    mark = first_mark(drawn.page)
    drawn.page.mouse.click(mark["x"], mark["y"])
    drawn.page.wait_for_selector(".cm-panel h2")
    feature = next(f for f in incidents["features"] if f["properties"]["site_id"] == mark["id"])
    panel = drawn.page.inner_text(".cm-panel")
    for words in (feature["properties"]["title"], *(s["publisher"] for s in feature["properties"]["sources"])):
        assert words in panel
    assert drawn.page.inner_text(".cm-panel mark.cm-w-date") == feature["properties"]["date_start"]


def test_a_clicked_mark_is_hidden_neither_by_its_details_nor_by_its_tip(drawn):
    page = drawn.page
    mark = page.evaluate(
        """() => {
          const l = window.incidentLayer, c = l._cells(), o = l.map.getPixelOrigin();
          const all = l.marks.drawn.filter(d => c.total(d.unit) === 1).sort((a, b) => b.x - a.x);
          const [lat, lon] = Object.values(l.map.unproject(L.point(all[0].x, all[0].y)));
          l.map.setView([lat, lon], l.map.getZoom(), {animate: false});
          l.map.panBy([-500, 0], {animate: false});
          const p = l.map.latLngToContainerPoint([lat, lon]);
          return {lat, lon, x: p.x, y: p.y};
        }"""
    )
    page.mouse.move(mark["x"], mark["y"])
    page.wait_for_selector(".cm-tip", state="visible")
    page.mouse.click(mark["x"], mark["y"])
    page.wait_for_selector(".cm-panel h2")
    assert page.is_hidden(".cm-tip")
    free = "document.querySelector('.cm-panel').getBoundingClientRect().left"
    until(page, f"{LAYER}.map.latLngToContainerPoint([{mark['lat']}, {mark['lon']}]).x < {free}")


def test_the_timeline_opens_where_most_incidents_are(open_tab, tmp_path):
    """One stray year of one vague report does not squeeze all others into a corner."""
    made = collection(40)
    for i, f in enumerate(made["features"]):
        day = f"2020-03-{1 + i % 28:02}"
        f["properties"].update(date_start=day, date_end=day, date_kind="within")
    made["features"][0]["properties"].update(date_start="2012-01-01", date_end="2012-12-31")
    path = tmp_path / "stray.html"
    path.write_text(html(made, title="A stray year"), encoding="utf-8")
    page = open_tab().page
    page.goto(path.as_uri())
    until(page, f"{LAYER} && {LAYER}.timeline.bars")
    assert page.evaluate(f"{LAYER}.timeline.spanLow - {LAYER}.incidents.low") > 2000
    shown = page.evaluate("document.querySelector('.cm-histogram').toDataURL()")
    page.evaluate(f"{LAYER}.timeline.bars = null; {LAYER}.timeline.draw()")
    assert page.evaluate("document.querySelector('.cm-histogram').toDataURL()") == shown


def test_previous_and_next_walk_through_time(drawn):
    page = drawn.page
    page.evaluate(f"{LAYER}.select({LAYER}.incidents.ids[{LAYER}.incidents.visibleByTime()[0]])")
    page.wait_for_selector(".cm-count:text-is('1 of 150')")
    page.click(".cm-panel button[aria-label='Next in time']")
    page.wait_for_selector(".cm-count:text-is('2 of 150')")
    page.keyboard.press("Escape")
    assert page.is_hidden(".cm-panel")


def test_the_timeline_obeys_the_keyboard(drawn):
    page = drawn.page
    page.evaluate(f"{LAYER}.timeline.set({LAYER}.incidents.low + 100, {LAYER}.incidents.low + 130, true)")
    page.focus(".cm-histogram")
    window = f"[{LAYER}.incidents.from - {LAYER}.incidents.low, {LAYER}.incidents.to - {LAYER}.incidents.low]"
    for key, expected in (("ArrowRight", [101, 131]), ("Shift+ArrowRight", [108, 138]), ("ArrowLeft", [107, 137])):
        page.keyboard.press(key)
        until(page, f"JSON.stringify({window}) === '{str(expected).replace(' ', '')}'")
    page.keyboard.press("Space")
    until(page, f"{LAYER}.incidents.from > {LAYER}.incidents.low + 108", timeout=5000)
    page.keyboard.press("Space")
    assert page.evaluate(f"{LAYER}.timeline.playing") is None


def test_dragging_the_timeline_sets_the_window(drawn):
    page = drawn.page
    box = page.locator(".cm-histogram").bounding_box()
    y = box["y"] + 30
    page.mouse.move(box["x"] + 300, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, y, steps=6)
    page.mouse.up()
    first, last = page.evaluate(f"{LAYER}.value().window")
    assert first < last
    assert page.input_value(".cm-bar input[aria-label='First day']") == first


def test_a_rectangle_filters(drawn):
    page = drawn.page
    page.click(".cm-rectangle")
    page.mouse.move(500, 200)
    page.mouse.down()
    page.mouse.move(800, 500, steps=4)
    page.mouse.up()
    until(page, f"{LAYER}.value().rectangle !== null")
    assert 0 < page.evaluate(f"{LAYER}.visibleCount()") < 149
    page.click(".cm-rectangle")
    assert page.evaluate(f"{LAYER}.value().rectangle") is None


def test_a_narrow_window_shows_everything_that_matters(open_tab, saved):
    tab = open_tab(390, 844, has_touch=True, device_scale_factor=2)
    tab.page.goto(saved)
    until(tab.page, f"{LAYER} && {LAYER}.incidents")
    width = tab.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    for selector in (".cm-play", ".cm-histogram", ".cm-summary", ".cm-legend", ".cm-bar input[aria-label='Last day']"):
        box = tab.page.locator(selector).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, selector
    tab.page.evaluate(f"{LAYER}.select({LAYER}.incidents.ids[3])")
    tab.page.wait_for_selector(".cm-panel h2")
    assert tab.page.locator(".cm-panel").bounding_box()["width"] == 390
    assert tab.outside == tab.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_s_theme_is_kept(open_tab, saved, scheme):
    tab = open_tab(color_scheme=scheme)
    tab.page.goto(saved)
    until(tab.page, f"{LAYER} && {LAYER}.incidents")
    assert tab.page.evaluate(f"{LAYER}.theme.dark") is (scheme == "dark")


@pytest.fixture(scope="module")
def app(serve, tmp_path_factory):
    script = tmp_path_factory.mktemp("app") / "app.py"
    script.write_text(APP, encoding="utf-8")
    return serve(script)


def test_streamlit_keeps_the_view_and_hears_the_hand(open_tab, app):
    tab = open_tab()
    tab.page.goto(app)
    frame = map_frame(tab.page)
    frame.evaluate(f"{LAYER}.setBounds(33, 40, 35, 43)")
    tab.page.wait_for_timeout(700)
    before = frame.evaluate(f"[{LAYER}.map.getCenter().lat, {LAYER}.map.getZoom()]")
    frame.evaluate(f"{LAYER}.timeline.set({LAYER}.incidents.low + 50, {LAYER}.incidents.low + 900, true)")
    first, last = frame.evaluate(f"{LAYER}.value().window")
    tab.page.wait_for_selector(f"text=window ['{first}', '{last}']")
    tab.page.click("button:has-text('rerun')")
    tab.page.wait_for_selector("text=again")
    tab.page.click("button:has-text('first')")
    tab.page.wait_for_selector("text=selected site-0000007")
    assert frame.evaluate(f"{LAYER}.value().selected") == "site-0000007"
    after = frame.evaluate(f"[{LAYER}.map.getCenter().lat, {LAYER}.map.getZoom()]")
    assert after[1] == before[1]
    assert frame.evaluate(f"{LAYER}.value().window") == [first, last]
    assert len([f for f in tab.page.frames if "geo.draw.frame.map" in f.url]) == 1
    tab.page.get_by_text("hide", exact=True).click()
    tab.page.wait_for_selector("iframe[title*='geo.draw.frame.map']", state="detached")
    tab.page.get_by_text("hide", exact=True).click()
    frame = map_frame(tab.page)
    until(frame, f'JSON.stringify({LAYER}.value().window) === \'["{first}","{last}"]\'')
    assert tab.outside == []


def test_another_site_in_the_same_browser_cannot_read_the_incidents(open_tab, app, tmp_path):
    """Incidents travel only through the app's own socket; nothing with an address of its own holds them."""
    tab = open_tab()
    asked = []
    tab.page.on("request", lambda r: asked.append(r.url) if r.url.startswith("http") else None)
    tab.page.goto(app)
    map_frame(tab.page)
    serving = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serving) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        (tmp_path / "index.html").write_text("<p>another site</p>", encoding="utf-8")
        stranger = open_tab()
        stranger.page.goto(f"http://other.test:{other.server_port}/index.html")
        read = stranger.page.evaluate(
            """async ([urls, socket]) => {
              const texts = await Promise.all(urls.map(u => fetch(u).then(r => r.text()).catch(() => '')));
              const opened = await new Promise(done => {
                const s = new WebSocket(socket); s.onopen = () => done(true); s.onerror = () => done(false);
              });
              return [texts.filter(t => t.includes('site-00000') || t.includes('Invented report')).length, opened];
            }""",
            [sorted(set(asked)), app.replace("http", "ws") + "/_stcore/stream"],
        )
        other.shutdown()
    assert read == [0, False]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_the_legend_hides_no_mark_of_the_opening_view_nor_of_show_all(open_tab, tmp_path, width, height):
    """Every mark that is fitted into the view stands beside the open legend and the overview."""
    path = tmp_path / "few.html"
    path.write_text(
        html(collection(7), title="A few"), encoding="utf-8"
    )  # so few that none is left out as too far away
    page = open_tab(width, height).page
    page.goto(path.as_uri())
    until(page, f"{LAYER} && {LAYER}.marks.drawn && {LAYER}.marks.drawn.length > 0")
    assert covered(page) == []
    page.evaluate(f"{LAYER}.map.setView([0, 0], 3, {{animate: false}})")
    page.click(".cm-tools button[aria-label^='Show all']")
    page.wait_for_timeout(2000)  # the map glides there
    assert covered(page) == []


def covered(page):
    """The rows whose position lies out of the map or under the legend or the overview."""
    return page.evaluate(
        f"""() => {{
          const l = {LAYER}, size = l.map.getSize(), stage = l.stage.getBoundingClientRect();
          const boxes = ['.cm-legend', '.cm-overview'].map(s => document.querySelector(s).getBoundingClientRect());
          return l.incidents.visibleByTime().filter(row => {{
            const at = l.incidents.position(row);
            if (!at) return false;
            const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * at.y))) * 180 / Math.PI;
            const p = l.map.latLngToContainerPoint([lat, at.x * 360 - 180]);
            if (p.x < 0 || p.y < 0 || p.x > size.x || p.y > size.y) return true;
            const [x, y] = [p.x + stage.left, p.y + stage.top];
            return boxes.some(b => x > b.left && x < b.right && y > b.top && y < b.bottom);
          }});
        }}"""
    )
