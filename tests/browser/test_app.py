"""The whole app in a real Chromium with the network cut off: what a reader does, from the map to a place of their own."""

from __future__ import annotations

import json
from pathlib import Path

from steps import WAIT, counts, map_frame, pick_row, wait_counts

PASTED = "A car bomb exploded in Tikrit, Iraq, on 12 May 2031 and killed four people."


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
    assert title in tab.page.get_by_role("combobox", name="Incident").first.input_value()


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
    tab.page.wait_for_selector("text=Kept “Car bomb in the north” with 1 incident", timeout=WAIT)
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
    box = tab.page.locator("iframe[title*='geo.draw.frame.map']").bounding_box()
    tab.page.mouse.click(box["x"] + box["width"] / 2 + 20, box["y"] + box["height"] / 2 - 20)
    latitude = tab.page.get_by_label("Latitude")
    tab.page.wait_for_function(
        "() => /\\d/.test(document.querySelector('[aria-label=\"Latitude\"]').value)", timeout=WAIT
    )
    assert latitude.input_value()
    tab.page.get_by_role("button", name="See what changes").click()
    tab.page.wait_for_selector("text=1 incident would change", timeout=WAIT)
    tab.page.get_by_role("button", name="Save", exact=True).click()
    tab.page.wait_for_selector("text=On the map: 4 before, 5 now", timeout=WAIT)
    assert "Zarqunabad" in (project / "gazetteer" / "places.csv").read_text("utf-8")
    tab.page.goto(address)
    wait_counts(tab.page, "^5 incidents 5 on the map 0 not on the map")
