"""The map in a Streamlit page, and what the user did in it.

The frame is one constant page that folium makes once and a component's folder serves: Leaflet, the layer and the land,
which are public. The incidents never get an address of their own: they travel through the app's own socket, their
columns as bytes in the first message, their details when the frame has painted and asks for them. Time and filters work
in the browser, and the frame speaks to Python only when a hand lets go; so pan, zoom and window outlive every rerun.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st
import streamlit.components.v1 as components

from geo.lasting import settle

from .around import around, cities
from .columns import encode
from .details import IN_ALL, Details
from .served import page_folder

KEPT = 4  # collections whose packed form is kept: the whole one, a page's part, and their predecessors
STATE = ("window", "known_on", "selected", "view", "types", "actors", "sources", "rectangle")
NOTHING_YET: dict[str, Any] = {
    "selected": None, "window": None, "known_on": None, "types": [], "actors": [], "sources": [], "rectangle": None,
    "bounds": None, "view": None, "clicked": None, "report": None, "report_seq": 0,
}  # fmt: skip


def show(  # noqa: PLR0913 - all by name, each an option of its own
    collection: dict[str, Any],
    key: str,
    *,
    height: int = 720,
    window: tuple[str, str] | None = None,
    known_on: str | None = None,
    selected: str | None = None,
    view: tuple[float, float, float] | None = None,
    filters: dict[str, Any] | None = None,
    theme: str | None = None,
    timeline: bool = True,
    pick_position: bool = False,
    report_view: bool = True,
) -> dict[str, Any]:
    """Draw the map of a whole exported FeatureCollection and return what the user chose in it.

    `window` and `known_on` are ISO days, `selected` a site id, `view` (lat, lon, zoom), `filters` may hold "types",
    "actors", "sources" and "rectangle" ([south, west, north, east]). They are applied when they differ from what was
    passed before; what the user does in the frame stays. The collection must not be changed in place once shown.

    Returns selected, window (None for all), known_on, types, actors, sources ([] for all), rectangle, bounds (south,
    west, north, east), view [lat, lon, zoom], clicked [lat, lon] (with `pick_position`), report and report_seq (a site
    whose error is to be reported, and a number that grows with each press).
    """
    options = {
        "report": True, "reportView": report_view, "remember": f"conflict-map:{key}",
        "pick": pick_position, "timeline": timeline,
    }  # fmt: skip
    wished = {"window": window, "known_on": known_on, "selected": selected, "view": view, **(filters or {})}
    said = st.session_state.get(key) or {}
    beside = {"height": height, "options": options, "theme": theme or st.context.theme.type}
    told = _wishes(key, said, wished)
    value = _component()(key=key, **beside, **told, **_content(collection, key, said))
    return NOTHING_YET | (value or {})


def prepare() -> None:
    """Make the frame's page, the land and the list of towns, which `show` would stop for the first time."""
    _component()
    cities()


@dataclass(frozen=True, slots=True)
class Content:
    """A collection as the frame gets it: a name for it, its columns (gzipped), and the details that follow."""

    name: str
    pack: bytes
    details: Details


_contents: dict[int, tuple[dict[str, Any], Content]] = {}


def content_of(collection: dict[str, Any]) -> Content:
    """Pack a collection, or find it packed: it is known by identity, because it is never changed in place."""
    kept = _contents.get(id(collection))
    if kept is not None and kept[0] is collection:
        return kept[1]
    packed = encode(collection)
    details = Details(packed.rows)
    name = f"{packed.hash}-{details.name}"
    follows = not details.at_once and len(packed.rows) <= IN_ALL
    message = packed.message(around=around(collection), whole=follows)
    content = Content(name, gzip.compress(message, compresslevel=1, mtime=0), details)
    settle()  # Streamlit collects after each run, just when the browser asks: a second of silence at 100,000 incidents
    while len(_contents) >= KEPT:
        _contents.pop(next(iter(_contents)))
    _contents[id(collection)] = (collection, content)
    return content


def _content(collection: dict[str, Any], key: str, said: dict[str, Any]) -> dict[str, Any]:
    """What the frame does not hold yet, or asked for: the columns, some details or all of them.

    An answer is given once; a frame that did not get it asks again under the next number.
    """
    content = content_of(collection)
    if said.get("holds") != content.name:
        # Streamlit hands a message on only where its JSON differs from the last one: the bytes are announced in it.
        return {"content": content.name, "brings": "pack", "pack": content.pack} | (
            {"details": content.details.whole(), "answered": content.name} if content.details.at_once else {}
        )
    ask, number = said.get("ask"), [said.get("frame"), said.get("asked")]
    if not ask or st.session_state.get(f"{key}-answered") == number:
        return {"content": content.name}
    answer = content.details.answer(ask)
    if not answer:
        return {"content": content.name}
    st.session_state[f"{key}-answered"] = number
    return {"content": content.name, "details": answer, "answered": said["asked"]}


def _wishes(key: str, said: dict[str, Any], wished: dict[str, Any]) -> dict[str, Any]:
    """`initial`, what a frame that was just made takes on; `state`, what a living one does, numbered by `turn`.

    A living frame is told only what the page wishes otherwise than before: what the user did in it stays.
    """
    told = st.session_state.setdefault(f"{key}-told", {"turn": 0, "state": {}})
    wishes = {name: list(w) if isinstance(w := wished.get(name), tuple) else w for name in STATE}
    change = {n: w for n, w in wishes.items() if w != told.get(n) and (w or None) != (said.get(n) or None)}
    told.update(wishes)
    if change:
        told.update(turn=told["turn"] + 1, state=change)
    initial = {name: wish for name, wish in wishes.items() if wish}
    return {"initial": initial, "turn": told["turn"], "state": told["state"]}


# ------------------------------------------------------------------------------------------------ the constant page


@cache
def _component() -> Any:
    """The frame's component; its page is made once in a process."""
    return components.declare_component("map", path=str(page_folder()))
