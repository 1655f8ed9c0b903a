"""Which incident is selected: the latest of a click on the map, a row of a table and the page's address."""

from __future__ import annotations

from typing import Any

import streamlit as st

PARAMETER = "sel"
LEFT = "sel-left"  # sites that were taken out of the address since the page was entered


def current() -> str | None:
    """The site_id in the page's address or, where the address has none, the one of the session; None if none."""
    asked = st.query_params.get(PARAMETER)
    # A hand can be quicker than the address: what a run brings from there may be what the last one took out of it.
    if asked and asked not in st.session_state.get(LEFT, ()):
        st.session_state[PARAMETER] = asked
    kept: str | None = st.session_state.get(PARAMETER)
    return kept


def choose(site_id: str | None) -> None:
    """Select a site, in the session and in the page's address; None selects nothing."""
    left = st.session_state.get(LEFT, frozenset()) | {st.session_state.get(PARAMETER)}
    st.session_state[LEFT] = left - {site_id}
    st.session_state[PARAMETER] = site_id
    if site_id:
        if st.query_params.get(PARAMETER) != site_id:
            st.query_params[PARAMETER] = site_id
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def enter() -> None:
    """Begin anew with a page: its address counts, whatever it says."""
    st.session_state.pop(LEFT, None)


def is_new(voice: str, said: Any) -> bool:
    """Whether a widget says something else than at its last run: widgets repeat themselves on every run."""
    key = f"heard-{voice}"
    new = bool(st.session_state.get(key) != said)
    st.session_state[key] = said
    return new


def forget(voice: str) -> None:
    """Begin anew with a widget: on another page it was away, and its silence is no wish to select nothing."""
    st.session_state.pop(f"heard-{voice}", None)


def hear(voice: str, said: str | None) -> None:
    """Take over a widget's selection if it is a new one."""
    if is_new(voice, said):
        choose(said)


def tell_if_lost(features: list[dict[str, Any]]) -> None:
    """Say so where the address or the session asks for an incident that is not there."""
    asked = current()
    if asked and not find(features, asked):
        st.info(
            "The incident that this address asks for is not here: its article is not kept in this project, or a "
            "decision has changed it.",
            icon=":material/link_off:",
        )


def find(features: list[dict[str, Any]], site_id: str | None) -> list[dict[str, Any]]:
    """All sites of the incident that `site_id` (or an incident_id) belongs to, itself first; empty where unknown."""
    if not site_id:
        return []
    asked = [f for f in features if site_id in (f["properties"]["site_id"], f["properties"]["incident_id"])]
    if not asked:
        return []
    first, incident = asked[0], asked[0]["properties"]["incident_id"]
    return [first, *(f for f in features if f is not first and f["properties"]["incident_id"] == incident)]
