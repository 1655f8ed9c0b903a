"""The Map page: the incidents in time and place, their details, their table, and a download of exactly this view."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.draw import show
from geo.pages import download, filters, pages, selection, session, table, words

HEIGHT = 690  # px of the frame: map, timeline and details fit a laptop's window without scrolling

TABLES = ("map-table", "off-table")  # the incidents of the view, and those of them that are not on the map

Feature = dict[str, Any]


def page() -> None:
    """Draw the page."""
    entered = session.enter("map")
    work = session.work()
    session.warn(work.problems)
    if not work.collection["features"]:
        session.empty(
            "No incidents yet",
            "The map fills itself from news articles. Paste or upload one, look at what was found in it, and keep it.",
            "articles",
            "Add an article",
        )
        return
    if entered:
        for name in TABLES:
            table.forget(name)
        filters.drop_unknown(work.collection)
        _freeze()
    _view(work)


def _freeze() -> None:
    """Note what the frame starts from, and put it into the address: coming from another page, that is bare.

    Telling the frame later what it said itself would fight with the user's hand.
    """
    chosen, position = filters.current(), _position()
    st.session_state["map-start"] = {**chosen.for_frame(), "view": position}
    filters.keep(chosen)
    if position:
        _keep_position(position)
    if site := selection.current():
        selection.choose(site)


@st.fragment
def _view(work: session.Work) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        counts = st.empty()
        menu = st.container(width="content")
    for name in TABLES:
        table.hear(name)
    start = st.session_state["map-start"]
    with st.container(key="frame"):
        seen = show(work.collection, "map", height=HEIGHT, selected=selection.current(), **start)
    chosen = _heard(seen)
    view = filters.narrow(work.collection, chosen)
    whole = len({f["properties"]["incident_id"] for f in work.collection["features"]})
    counts.html(filters.counts(view["features"], whole))
    with menu:
        download.button(view, filters.file_name(chosen))
    _selected(work.collection["features"])
    _table(view["features"])


def _heard(seen: dict[str, Any]) -> filters.Narrowed:
    """Take over what the user did in the frame, and put it into the address."""
    if not seen.get("view"):  # the frame has not spoken yet
        return filters.current()
    selection.hear("map", seen.get("selected"))
    if selection.is_new("report", seen.get("report_seq")) and seen.get("report"):
        st.switch_page(pages()["review"], query_params={selection.PARAMETER: seen["report"]})
    chosen = filters.from_frame(seen)
    filters.keep(chosen)
    _keep_position(tuple(seen["view"]))
    return chosen


def _keep_position(position: tuple[float, float, float]) -> None:
    """Keep middle (lat, lon) and zoom in the session and in the page's address."""
    st.session_state["position"] = position
    lat, lon, zoom = position
    filters.write({"lat": [f"{lat:.4f}"], "lon": [f"{lon:.4f}"], "zoom": [f"{zoom:g}"]})


def _position() -> tuple[float, float, float] | None:
    """Middle (lat, lon) and zoom: what the page's address says, or where the map was last in this session."""
    try:
        lat, lon, zoom = (float(st.query_params[key]) for key in ("lat", "lon", "zoom"))
    except (KeyError, ValueError):
        kept: tuple[float, float, float] | None = st.session_state.get("position")
        return kept
    return (lat, lon, zoom) if abs(lat) <= 90 and abs(lon) <= 180 and 0 <= zoom <= 22 else None


def _selected(features: list[Feature]) -> None:
    selection.tell_if_lost(features)
    sites = selection.find(features, selection.current())
    if not sites:
        return
    p = sites[0]["properties"]
    with st.container(horizontal=True, vertical_alignment="center", key="selected"):
        st.html(session.chosen_line(p))
        ask = {selection.PARAMETER: p["site_id"]}
        st.page_link(pages()["incidents"], label="Evidence", icon=":material/format_quote:", query_params=ask)
        st.page_link(pages()["review"], label="Report an error", icon=":material/flag:", query_params=ask)
    if not sites[0]["geometry"]:
        st.info(
            f"This incident is not on the map: “{words.plain(p.get('place_as_written') or 'its place')}” is not resolved.",
            icon=":material/location_off:",
        )


def _table(features: list[Feature]) -> None:
    st.subheader("The same incidents as a table", anchor=False)
    if not features:
        st.info("No incident matches. Widen the time window or take a filter off.", icon=":material/filter_alt_off:")
        return
    table.show(features, key=TABLES[0], selected=selection.current(), height=table.height(features, 420))
    off = [f for f in features if not f["geometry"]]
    if off:
        with st.expander(f"{words.plural(len(off), 'place')} not on the map", icon=":material/location_off:"):
            st.caption("Nothing is guessed: these wait until the gazetteer knows the place.")
            table.show(off, key=TABLES[1], selected=selection.current(), height=table.height(off, 320))
            st.page_link(pages()["places"], label="Place them", icon=":material/add_location_alt:")
