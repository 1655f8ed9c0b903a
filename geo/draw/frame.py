"""The map in a Streamlit page, through streamlit-folium, and what the user did in it.

How it keeps pan and zoom: streamlit-folium makes the frame anew whenever the map's script changes, so the script is
constant and the incidents travel as a feature group, which it evaluates inside the living frame. How it stays smooth:
time and filters work in the browser, and the frame speaks to Python only when a hand lets go. streamlit-folium itself
reports clicks on Leaflet layers only, after a pause of 250 ms, and an incident here is no Leaflet layer; so it is asked
for nothing (`returned_objects=[]`) and the layer sets the component's value itself, with the same documented call.
Leaflet comes from the installed package through a component's folder; the incidents never get an address of their own.
"""

from __future__ import annotations

from typing import Any

import folium
import streamlit as st
import streamlit.components.v1 as components
from streamlit_folium import st_folium

from .around import around
from .layer import IncidentData, incident_map, leaflet_folder
from .payload import encode, script_json

KEPT = 4  # collections whose encoded form is kept: the whole one, a page's part, and their predecessors
SELECTED_UP_TO = 20_000  # sites; beyond that a message is too large to be sent anew for each choice
STATE = ("window", "known_on", "selected", "view", "types", "actors", "sources", "rectangle")
NOTHING_YET: dict[str, Any] = {
    "selected": None, "window": None, "known_on": None, "types": [], "actors": [], "sources": [], "rectangle": None,
    "bounds": None, "view": None, "clicked": None, "report": None, "report_seq": 0,
}  # fmt: skip

# Only Leaflet's own public files: a component's folder answers any page that asks.
components.declare_component("leaflet", path=leaflet_folder())
LEAFLET = f"../{__name__}.leaflet/"  # relative to streamlit-folium's frame, so a base path of the server is kept

_encoded: dict[int, tuple[dict[str, Any], str]] = {}


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
    theme = theme or st.context.theme.type
    options = {
        "report": True, "reportView": report_view, "remember": f"conflict-map:{key}",
        "pick": pick_position, "timeline": timeline,
    }  # fmt: skip
    wished = {"window": window, "known_on": known_on, "selected": selected, "view": view, **(filters or {})}
    group = folium.FeatureGroup(name="incidents")
    group.add_child(IncidentData(_message(collection, key, wished, theme)))
    st_folium(
        incident_map(options, LEAFLET + "leaflet.js", LEAFLET + "leaflet.css"),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
    )
    return NOTHING_YET | (st.session_state.get(key) or {})


def _message(collection: dict[str, Any], key: str, wished: dict[str, Any], theme: str | None) -> str:
    """The incidents; `initial`, what a frame that was just made takes on; `state`, what a living one does.

    A living frame is told only what the page wishes otherwise than before: what the user did in it stays.
    """
    told = st.session_state.setdefault(f"{key}-told", {})
    said = st.session_state.get(key) or {}
    wishes = {name: list(w) if isinstance(w := wished.get(name), tuple) else w for name in STATE}
    change = {n: w for n, w in wishes.items() if w != told.get(n) and (w or None) != (said.get(n) or None)}
    told.update(wishes)
    initial = {name: wish for name, wish in wishes.items() if wish}
    if len(collection["features"]) > SELECTED_UP_TO:
        initial.pop("selected", None)
    return _payload(collection, {"theme": theme, "initial": initial} | ({"state": change} if change else {}))


def _payload(collection: dict[str, Any], beside: dict[str, Any]) -> str:
    kept = _encoded.get(id(collection))
    if kept is None or kept[0] is not collection:
        text = script_json(encode(collection) | {"around": around(collection)})
        while len(_encoded) >= KEPT:
            _encoded.pop(next(iter(_encoded)))
        kept = _encoded[id(collection)] = (collection, text)
    return f"{kept[1][:-1]},{script_json(beside)[1:]}"
