"""The table of incidents, one row for each site, as every page shows it."""

from __future__ import annotations

from collections.abc import Sized
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from geo.pages import selection, words

Feature = dict[str, Any]

ROW_PX = 33  # of a row and of the header, at the 15 px letters of .streamlit/config.toml
TALLEST_PX = 480
MOST_LISTED = 300  # rows of the list for a narrow window: a thumb scrolls no further
TOLL = "At this place, from the lowest to the highest figure of its sources; + sets no upper end; empty where none says one"

COLUMNS = {
    "First day": st.column_config.DateColumn(
        format="YYYY-MM-DD", width=90, help="The incident was on this day or later"
    ),
    "Last day": st.column_config.DateColumn(
        format="YYYY-MM-DD", width=90, help="The incident was on this day or before"
    ),
    "Event": st.column_config.TextColumn(width=205),
    "Place": st.column_config.TextColumn(width=190),
    "Killed": st.column_config.TextColumn(width=75, alignment="right", help=TOLL),
    "Injured": st.column_config.TextColumn(width=75, alignment="right", help=TOLL),
    "Actor": st.column_config.TextColumn(width=190),
    "Against": st.column_config.TextColumn(width=165),
    "Sources": st.column_config.NumberColumn(width=70),
    "Grade": st.column_config.TextColumn(width=85, help="; ".join(f"{k}: {v}" for k, v in words.GRADES.items())),
    "On the map": st.column_config.TextColumn(width=95, help="As a point, as an area where no more is known, or not"),
}

LIST_COLUMNS = {
    "Day": st.column_config.TextColumn(
        width=90, help="A month or a year where no more is known; … where it may have been later"
    ),
    "Place": st.column_config.TextColumn(width=105),
    "Event": st.column_config.TextColumn(width=90),
    "Killed": st.column_config.TextColumn(width=55, alignment="right", help=TOLL),
}


def height(rows: Sized, tallest: int = TALLEST_PX) -> int:
    """Pixels that a table of some rows needs, at most `tallest`."""
    return min(tallest, ROW_PX * (len(rows) + 1) + 3)


def frame(features: list[Feature]) -> pd.DataFrame:
    """One row for each feature, in the order given, with the columns of `COLUMNS`."""
    rows = [_row(f) for f in features]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("First day", "Last day"):
        table[column] = pd.to_datetime(table[column]).dt.date
    table["Sources"] = table["Sources"].astype("Int64")
    return table


def _row(feature: Feature) -> dict[str, Any]:
    p = feature["properties"]
    prec = p.get("where_prec")
    drawn = "no" if not feature["geometry"] else "point" if prec in (1, 2) else "area"
    return {
        "First day": p.get("date_start"),
        "Last day": p.get("date_end"),
        "Event": p.get("sub_event_type"),
        "Place": words.where(p),
        "On the map": drawn,
        "Killed": words.figure_in_short(p, "killed"),
        "Injured": words.figure_in_short(p, "injured"),
        "Actor": words.actor(p, "actor1"),
        "Against": words.actor(p, "actor2"),
        "Sources": p.get("source_count"),
        "Grade": p.get("grade") or "",
    }


def list_frame(features: list[Feature]) -> pd.DataFrame:
    """The same for a narrow window, with the columns of `LIST_COLUMNS`."""
    rows = [
        {
            "Day": words.day_in_short(p),
            "Place": p.get("place") or p.get("place_as_written") or "not named",
            "Event": p.get("sub_event_type"),
            "Killed": words.figure_in_short(p, "killed"),
        }
        for p in (f["properties"] for f in features)
    ]
    return pd.DataFrame(rows, columns=list(LIST_COLUMNS))


def hear(key: str) -> None:
    """Take over the row that the user ticks in the table `key`, wide or narrow, as of its last run."""
    for one in (key, _narrow(key)):
        selection.hear(one, picked(one))


def forget(key: str) -> None:
    """Begin anew with the table `key`."""
    for one in (key, _narrow(key)):
        selection.forget(one)


def _narrow(key: str) -> str:
    return f"{key}-list"


def picked(key: str) -> str | None:
    """The site_id of the row that is selected in the table `key`, as of its last run."""
    ids = st.session_state.get(f"ids-{key}") or []
    state = st.session_state.get(_key(key, ids)) or {}
    rows = (state.get("selection") or {}).get("rows") or []
    return ids[rows[0]] if rows and rows[0] < len(ids) else None


def show(features: list[Feature], *, key: str, selected: str | None = None, height: int = TALLEST_PX) -> None:
    """Draw the table with the row of the site `selected` ticked; `hear` takes over afterwards which one the user ticks.

    A narrow window has a list of the first rows instead; style.css shows the one that fits.
    """
    with st.container(key=f"wide-{key}"):
        _table(features, frame(features), COLUMNS, key, selected, height)
    first = features[:MOST_LISTED]
    with st.container(key=f"narrow-{key}"):
        _table(first, list_frame(first), LIST_COLUMNS, _narrow(key), selected, height)
        if len(features) > len(first):
            st.caption(f"The first {len(first)} of {len(features):,}. Narrow the incidents down to see the others.")


def _table(
    features: list[Feature], rows: pd.DataFrame, columns: dict[str, Any], key: str, selected: str | None, height: int
) -> None:
    """One of the two. Another set of rows is another widget: a row picked in the old one would be another incident's."""
    ids = [str(f["properties"]["site_id"]) for f in features]
    st.session_state[f"ids-{key}"] = ids
    if picked(key) != selected:
        ticked = [ids.index(selected)] if selected in ids else []
        st.session_state[_key(key, ids)] = {"selection": {"rows": ticked, "columns": [], "cells": []}}
        selection.is_new(key, selected if ticked else None)  # its echo is no wish of the user
    st.dataframe(
        rows,
        key=_key(key, ids),
        column_config=columns,
        hide_index=True,
        height=height,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
    )


def _key(key: str, ids: list[str]) -> str:
    return f"{key}-{sha256(chr(0).join(ids).encode()).hexdigest()[:12]}"
