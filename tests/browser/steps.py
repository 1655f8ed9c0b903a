"""What the browser tests do again and again: a project to open, and steps that wait until the app has taken them."""

from __future__ import annotations

import re
import time
from pathlib import Path

WAIT = 120_000  # ms; the first run of a cold server loads the gazetteer, on a machine that others keep busy
# What the console says of a bare Streamlit page with an address of its own: test_access.py measures that anew.
BARE_COMPLAINTS = {"Failed to load resource: the server responded with a status of 404 (Not Found)"}
PAGES = ("", "incidents", "articles", "places", "review", "about")

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


def make_project(folder: Path, **articles: str) -> Path:
    """A project of its own with some articles; the gazetteer is the shipped one."""
    (folder / "data" / "articles").mkdir(parents=True)
    for name, text in articles.items():
        (folder / "data" / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


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


def settle(page, more_ms: int = 1000) -> None:
    """Wait until the script has run to its end and what it sent is painted."""
    page.wait_for_selector("[data-testid=stMainBlockContainer]", timeout=WAIT)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT)
    page.wait_for_timeout(more_ms)


def pick_row(page, row: int, table: int = 0) -> None:
    """Tick a row of a table: tables are canvases, so by where it stands. Rows are 33 px high under the header."""
    canvas = page.locator("[data-testid=stDataFrame]:visible").nth(table)  # one may hide in what is folded away
    canvas.wait_for(timeout=WAIT)
    settle(page)  # the canvas takes over the rows of its last message
    canvas.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 33 * (row + 1) + 16)


def complaints(tab) -> list[str]:
    """What the console said, without the address that a text may carry."""
    return sorted({re.sub(r"http\S+", "", e) for e in tab.errors})


def map_frame(page):
    """The frame of the map in a Streamlit page, once it has incidents."""
    page.wait_for_selector("iframe[title*='geo.draw.frame.map']", timeout=WAIT)
    deadline = time.monotonic() + WAIT / 1000
    while time.monotonic() < deadline:
        for frame in page.frames:
            if "geo.draw.frame.map" in frame.url and frame.evaluate(
                "!!(window.incidentLayer && window.incidentLayer.incidents)"
            ):
                return frame
        page.wait_for_timeout(100)
    raise AssertionError("the map's frame did not appear")
