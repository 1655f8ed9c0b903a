"""The Incidents page: a table to search and sort, and under it everything behind the incident that is picked."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.pages import card, download, filters, pages, selection, session, table

HEIGHT = 400  # px: a dozen rows, and under them the head of the incident that is picked

Feature = dict[str, Any]


def page() -> None:
    """Draw the page."""
    if session.enter("incidents"):
        table.forget("incidents")
    work = session.work()
    session.warn(work.problems)
    if not work.collection["features"]:
        session.empty(
            "No incidents yet",
            "Incidents are found in news articles. Paste or upload one to begin.",
            "articles",
            "Add an article",
        )
        return
    _view(work)


@st.fragment
def _view(work: session.Work) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        counts = st.empty()
        search = st.text_input(
            "Search",
            type="search",
            key="q",
            bind="query-params",
            live=True,
            placeholder="Search words, places, actors",
            label_visibility="collapsed",
            icon=":material/search:",
            width=215,
        )
        chosen = filters.controls(work.collection)
        menu = st.container(width="content")
    view = filters.narrow(work.collection, chosen)
    view = {**view, "features": [f for f in view["features"] if matches(f, search or "")]}
    whole = len({f["properties"]["incident_id"] for f in work.collection["features"]})
    counts.html(filters.counts(view["features"], whole))
    with menu:
        download.button(view, filters.file_name(chosen))
    if view["features"]:
        table.hear("incidents")
        shown = table.height(view["features"], HEIGHT)
        table.show(view["features"], key="incidents", selected=selection.current(), height=shown)
    else:
        st.info("No incident matches. Search for less or take a filter off.", icon=":material/filter_alt_off:")
    _details(work.collection["features"])


def matches(feature: Feature, search: str) -> bool:
    """Whether every word of `search` stands somewhere in the incident or in its sources' words."""
    p = feature["properties"]
    fields = (
        "title",
        "event_type",
        "sub_event_type",
        "place",
        "place_as_written",
        "admin1",
        "actor1",
        "actor2",
        "weapon",
    )
    text = [str(p.get(field) or "") for field in fields]
    text += [str(s.get(field) or "") for s in p.get("sources") or [] for field in ("title", "publisher", "quote")]
    whole = "\n".join(text).casefold()
    return all(word in whole for word in search.casefold().split())


def _details(features: list[Feature]) -> None:
    sites = selection.find(features, selection.current())
    if not sites:
        selection.tell_if_lost(features)
        session.hint(
            "Pick a row",
            "Its incident shows here: who says so, in which words, and how sure the place and the day are.",
        )
        return
    p = sites[0]["properties"]
    with st.container(horizontal=True, key="card-links"):
        if sites[0]["geometry"]:
            st.page_link(pages()["map"], label="On the map", icon=":material/map:", query_params={"sel": p["site_id"]})
        st.page_link(
            pages()["review"], label="Report an error", icon=":material/flag:", query_params={"sel": p["site_id"]}
        )
    st.html(card.card(sites, session.colour(p)))
