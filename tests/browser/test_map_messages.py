"""What travels to the map's frame and when: numbers first, words after them or when asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from steps import map_frame  # noqa: E402
from test_map import LAYER, until  # noqa: E402

from benchmarks.synthetic import collection  # noqa: E402
from geo.draw import chosen, html  # noqa: E402
from geo.draw.details import AT_ONCE  # noqa: E402
from geo.draw.page import READABLE_ROWS  # noqa: E402

SITES = AT_ONCE + 300
APP = """
from pathlib import Path
import streamlit as st
from benchmarks.synthetic import collection
from geo.draw import show
from geo.draw.details import Details

if not hasattr(Details, "at_last"):  # the server has words only once the file is there
    Details.at_last = Details.answer
    Details.answer = lambda self, ask: Details.at_last(self, ask) if Path({flag!r}).exists() else b""
st.set_page_config(layout="wide")
data = st.cache_resource(collection)({sites})
moved = st.checkbox("move")
with st.container() if moved else st.empty():
    seen = show(data, "map", height=600, selected=st.query_params.get("sel"))
st.text("moved" if moved else "at first")
"""


@pytest.fixture
def late(serve, tmp_path):
    """An app whose details come only once a file is there: its address, and the file."""
    flag = tmp_path / "details"
    script = tmp_path / "app.py"
    script.write_text(APP.format(flag=str(flag), sites=SITES), encoding="utf-8")
    address = serve(script)
    yield address, flag
    serve.stop(address)


def test_filters_time_and_choice_work_before_the_words_are_there_and_the_words_follow(open_tab, late):
    address, flag = late
    tab = open_tab()
    tab.page.goto(address)
    frame = map_frame(tab.page)
    assert frame.evaluate(f"{LAYER}.incidents.count") == SITES
    value = {"window": ["2016-01-01", "2018-12-31"], "types": ["Battles", "Riots"]}
    frame.evaluate(f"v => {{ {LAYER}.setWindow(...v.window); {LAYER}.setTypes(v.types); }}", value)
    expected = [f for f in chosen(collection(SITES), value) if f["geometry"]]
    assert frame.evaluate(f"{LAYER}.visibleCount()") == len(expected)

    frame.evaluate(f"void {LAYER}.select({LAYER}.incidents.ids[7])")
    frame.wait_for_selector(".cm-panel:has-text('Fetching its sources')")
    assert frame.evaluate(f"{LAYER}.incidents.details.peek(7)") is None
    flag.touch()
    frame.wait_for_selector(".cm-panel blockquote", timeout=20_000)
    chosen_id = frame.evaluate(f"{LAYER}.incidents.ids[7]")
    title = next(f["properties"]["title"] for f in collection(SITES)["features"] if f["id"] == chosen_id)
    assert frame.inner_text(".cm-panel h2") == title

    until(frame, f"{LAYER}.incidents.details.whole", timeout=30_000)
    last = frame.evaluate(
        f"{LAYER}.incidents.details.of({SITES - 1}).then(w => w.site_id === {LAYER}.incidents.ids[{SITES - 1}])"
    )
    assert last
    assert frame.evaluate(f"{LAYER}.value().ask") is None
    assert tab.outside == []


def test_a_chosen_incident_of_the_address_opens_with_its_words(open_tab, late):
    address, flag = late
    flag.touch()
    tab = open_tab()
    tab.page.goto(f"{address}?sel=site-0001234")
    frame = map_frame(tab.page)
    frame.wait_for_selector(".cm-panel blockquote", timeout=20_000)
    assert frame.evaluate(f"{LAYER}.value().selected") == "site-0001234"


def test_a_frame_that_lost_everything_asks_for_it_again(open_tab, late):
    """The page does not send numbers twice; a frame that was made anew, here by another layout, says that it has none."""
    address, flag = late
    flag.touch()
    tab = open_tab()
    tab.page.goto(address)
    frame = map_frame(tab.page)
    until(frame, f"{LAYER}.incidents.details.whole", timeout=30_000)
    tab.page.get_by_text("move", exact=True).click()
    tab.page.wait_for_selector("text=moved")
    again = map_frame(tab.page)
    assert frame.is_detached()
    assert again.evaluate(f"{LAYER}.incidents.count") == SITES


def test_a_large_file_opens_its_packed_words_from_disk(open_tab, tmp_path):
    made = collection(READABLE_ROWS + 1)
    path = tmp_path / "large.html"
    path.write_text(html(made, title="Many"), encoding="utf-8")
    assert "Invented report" not in path.read_text("utf-8")
    tab = open_tab()
    tab.page.goto(path.as_uri())
    until(tab.page, f"{LAYER} && {LAYER}.ready")
    tab.page.evaluate(f"{LAYER}.select({LAYER}.incidents.ids[4321])")
    until(tab.page, "document.querySelector('.cm-panel blockquote')")
    assert "Invented report" in tab.page.inner_text(".cm-panel blockquote")
    assert tab.outside == tab.errors == []


@pytest.mark.parametrize("mode", ["dots", "density"])
def test_painting_only_what_changed_gives_the_same_picture(open_tab, tmp_path, mode):
    path = tmp_path / "steps.html"
    path.write_text(html(collection(3000, sources=False), title="Steps"), encoding="utf-8")
    tab = open_tab()
    tab.page.goto(path.as_uri())
    until(tab.page, f"{LAYER} && {LAYER}.ready")
    seen = tab.page.evaluate(
        """mode => {
          const l = window.incidentLayer, at = d => new Date(d * 864e5).toISOString().slice(0, 10), out = [];
          const picture = () => {
            const c = document.querySelector('.leaflet-marks-pane canvas');
            return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.slice();
          };
          l.setMode(mode); l.setTypes(l.incidents.types.slice(0, 4));
          for (let i = 0; i < 40; i++) {
            const from = l.incidents.low + (i * 397) % 3000;
            l.setWindow(at(from), at(from + 5 + (i % 5) * 90));
            if (i % 8) continue;
            const stepped = picture();
            l._all();
            const whole = picture();
            out.push([stepped.some(v => v), stepped.every((v, k) => v === whole[k])]);
          }
          return out;
        }""",
        mode,
    )
    assert seen == [[True, True]] * 5
    assert tab.errors == []
