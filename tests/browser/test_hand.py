"""What a reader's hand does in the app, with the network cut off: rectangle, "as known on", keyboard, tables, a phone."""

from __future__ import annotations

import json

from steps import WAIT, counts, map_frame, pick_row, settle, wait_counts

LAYER = "window.incidentLayer"
KIRKUK = (35.468, 44.392)  # lat and lon of its mark


def visible(frame) -> int:
    """How many sites the frame shows."""
    return frame.evaluate(f"{LAYER}.visibleCount()")


def value(frame, name: str):
    """What the frame says to the page of one of its choices."""
    return frame.evaluate(f"{LAYER}.value()[{json.dumps(name)}]")


def opened(tab, address: str):
    """The map's frame of a page that has run to its end."""
    tab.page.goto(address)
    frame = map_frame(tab.page)
    counts(tab.page)
    settle(tab.page)
    return frame


def place_of(frame, lat: float, lon: float) -> tuple[float, float]:
    """Where in the window a position of the map is, in pixels."""
    box = frame.frame_element().bounding_box()
    at = frame.evaluate(
        f"(() => {{ const p = {LAYER}.map.latLngToContainerPoint([{lat}, {lon}]); return [p.x, p.y]; }})()"
    )
    return box["x"] + at[0], box["y"] + at[1]


def drag(page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the mouse."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()


def test_a_rectangle_leaves_what_lies_in_it_on_every_page(app, tab):
    """Drawn around Mosul it leaves one incident on the map, in its table, in the address and on the Incidents page."""
    frame = opened(tab, app)
    frame.evaluate(f"{LAYER}.map.setView([34.5, 44], 6, {{animate: false}})")
    frame.click(".cm-rectangle")
    drag(tab.page, place_of(frame, 36.9, 42.5), place_of(frame, 35.9, 43.7))
    wait_counts(tab.page, "^1 incident of 3")
    assert visible(frame) == 1
    assert "box=" in tab.page.url
    tab.page.get_by_role("link", name="Incidents").click()
    wait_counts(tab.page, "^1 incident of 3")
    tab.page.get_by_role("button", name="inside the rectangle").click()
    wait_counts(tab.page, "^3 incidents")


def test_as_known_on_takes_off_what_was_published_later(own, tab):
    """On the day of the first article its three incidents were known; the two of the second were not."""
    address, _ = own
    frame = opened(tab, address)
    assert counts(tab.page).startswith("5 incidents")
    frame.get_by_text("as known on").click()
    frame.get_by_role("textbox", name="Known on").fill("2031-05-20")
    wait_counts(tab.page, "^3 incidents of 5")
    assert "known=2031-05-20" in tab.page.url
    frame.get_by_text("as known on").click()
    wait_counts(tab.page, "^5 incidents")


def test_the_map_obeys_the_keyboard_alone(app, tab):
    """From the counts on, Tab reaches the timeline; arrows move the window, space plays and stops, Enter opens an incident."""
    frame = opened(tab, app)
    frame.get_by_role("button", name="7 d", exact=True).focus()
    tab.page.keyboard.press("Enter")
    wait_counts(tab.page, "^1 incident of 3")
    for _ in range(20):
        tab.page.keyboard.press("Tab")
        if frame.evaluate("document.activeElement.classList.contains('cm-histogram')"):
            break
    assert frame.evaluate("document.activeElement.classList.contains('cm-histogram')")
    first = value(frame, "window")[0]
    for _ in range(5):
        tab.page.keyboard.press("ArrowLeft")
    tab.page.keyboard.press("Shift+ArrowLeft")
    wait_counts(tab.page, "^1 incident of 3|^2 incidents of 3")
    assert value(frame, "window")[0] < first
    tab.page.keyboard.press("Space")
    frame.wait_for_function(f"{LAYER}.timeline.playing !== null")
    tab.page.keyboard.press("Space")
    frame.wait_for_function(f"{LAYER}.timeline.playing === null")
    frame.get_by_role("button", name="All", exact=True).focus()
    tab.page.keyboard.press("Enter")
    wait_counts(tab.page, "^3 incidents")
    frame.get_by_role("button", name="List").focus()
    tab.page.keyboard.press("Enter")
    frame.locator(".cm-item").first.focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".cm-chosen")
    assert "sel=" in tab.page.url


def test_map_and_table_select_for_each_other(app, tab):
    """A mark that is clicked is ticked in the table; another row that is ticked is selected on the map; neither moves the view."""
    frame = opened(tab, app)
    frame.evaluate(f"window.mark = 1; {LAYER}.map.setView([34.8, 44], 6, {{animate: false}})")
    tab.page.wait_for_timeout(400)
    tab.page.mouse.click(*place_of(frame, *KIRKUK))
    tab.page.wait_for_selector(".cm-chosen:has-text('Kirkuk')")
    settle(tab.page)
    assert ticked(tab.page) == [1]
    pick_row(tab.page, 0)
    tab.page.wait_for_selector(".cm-chosen:has-text('Mosul')")
    frame.wait_for_selector(".cm-panel h2:has-text('Mosul')")
    settle(tab.page)
    assert ticked(tab.page) == [0]
    assert (frame.evaluate("window.mark"), frame.evaluate(f"{LAYER}.map.getZoom()")) == (1, 6)
    tab.page.get_by_role("link", name="Evidence").click()
    tab.page.wait_for_selector(".cm-card:has-text('Mosul')")
    settle(tab.page)
    assert ticked(tab.page) == [0]


def ticked(page) -> list[int]:
    """The rows that the visible table says are selected; it draws on a canvas and describes itself to screen readers."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stDataFrame] [role=row][aria-selected=true]')]
             .filter(r => r.closest('[data-testid=stDataFrame]').offsetParent)
             .map(r => Number(r.getAttribute('aria-rowindex')) - 2)"""
    )


def test_the_file_of_the_filtered_map_opens_from_disk(app, tab, tmp_path):
    """The button's file holds the incidents of the view, draws them without a server, and tells their sources."""
    opened(tab, f"{app}/?from=2031-05-01&to=2031-05-10")
    wait_counts(tab.page, "^2 incidents of 3")
    tab.page.get_by_role("button", name="Download").first.click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="HTML map").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "incidents_2031-05-01_2031-05-10.html"
    tab.page.goto(path.as_uri())
    for _ in range(100):
        if tab.page.evaluate(f"!!({LAYER} && {LAYER}.incidents)"):
            break
        tab.page.wait_for_timeout(100)
    assert visible(tab.page) == 2
    tab.page.evaluate(f"{LAYER}.select({LAYER}.incidents.ids[0])")
    tab.page.wait_for_timeout(500)
    assert "Harbour Wire" in tab.page.inner_text(".cm-panel")
    assert not any(url.startswith("http") for url in requests_of(tab.page))


def requests_of(page) -> list[str]:
    """What the document at hand loaded."""
    return page.evaluate("performance.getEntriesByType('resource').map(r => r.name)")


def test_no_rerun_loses_the_view_nor_the_window(app, tab):
    """Downloads, other pages, going back and reloading: the map stands where it stood, with the same days."""
    frame = opened(tab, app)
    frame.evaluate(f"{LAYER}.map.setView([35.2, 43.1], 8, {{animate: false}})")
    frame.get_by_role("button", name="7 d", exact=True).click()
    tab.page.wait_for_url("**from=**")
    window = value(frame, "window")
    tab.page.wait_for_url("**zoom=8**")
    for leave in ("Incidents", "Review", "About"):
        tab.page.get_by_role("link", name=leave).first.click()
        settle(tab.page, 300)
        tab.page.get_by_role("link", name="Map", exact=True).first.click()
        stands(tab.page, window)
    tab.page.reload()
    stands(tab.page, window)


def stands(page, window: list[str]) -> None:
    """The map shows these days, around the same middle, as near as before."""
    frame = map_frame(page)
    settle(page, 500)
    lat, lon, zoom = frame.evaluate(
        f"(() => {{ const m = {LAYER}.map, c = m.getCenter(); return [c.lat, c.lng, m.getZoom()]; }})()"
    )
    assert (round(lat, 1), round(lon, 1), zoom) == (35.2, 43.1, 8)
    assert value(frame, "window") == window


def test_a_phone_shows_the_map_its_timeline_and_an_incident(app, open_tab):
    """At 390 px with a finger: a tap on a mark opens its details within the window, and the page under it follows."""
    tab = open_tab(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)
    tab.page.set_default_timeout(WAIT)
    frame = opened(tab, app)
    frame.evaluate(f"{LAYER}.map.setView([34.8, 44], 6, {{animate: false}})")
    tab.page.wait_for_timeout(400)
    tab.page.touchscreen.tap(*place_of(frame, *KIRKUK))
    frame.wait_for_selector(".cm-panel h2:has-text('Kirkuk')")
    tab.page.wait_for_selector(".cm-chosen:has-text('Kirkuk')")
    box = frame.locator(".cm-panel").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.outside == []
    tab.page.context.close()
