"""The table of incidents, one row for each site, as every page shows it."""

from __future__ import annotations

from collections.abc import Sized
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from geo.pages import words

Feature = dict[str, Any]

ROW_PX = 33  # of a row and of the header, at the 15 px letters of .streamlit/config.toml
TALLEST_PX = 480
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
    "Actor": st.column_config.TextColumn(width="medium"),
    "Against": st.column_config.TextColumn(width="medium"),
    "Sources": st.column_config.NumberColumn(width=70),
    "Grade": st.column_config.TextColumn(width=90, help="; ".join(f"{k}: {v}" for k, v in words.GRADES.items())),
    "On the map": st.column_config.TextColumn(width=95, help="As a point, as an area where no more is known, or not"),
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


def picked(key: str) -> str | None:
    """The site_id of the row that is selected in the table `key`, as of its last run."""
    ids = st.session_state.get(f"ids-{key}") or []
    state = st.session_state.get(_key(key, ids)) or {}
    rows = (state.get("selection") or {}).get("rows") or []
    return ids[rows[0]] if rows and rows[0] < len(ids) else None


def show(features: list[Feature], *, key: str, selected: str | None = None, height: int = TALLEST_PX) -> None:
    """Draw the table with the row of the site `selected` ticked; `picked` tells afterwards which one the user ticks.

    Another set of rows is another widget: a row number picked in the old one would mean another incident in the new.
    """
    ids = [str(f["properties"]["site_id"]) for f in features]
    st.session_state[f"ids-{key}"] = ids
    if picked(key) != selected:
        rows = [ids.index(selected)] if selected in ids else []
        st.session_state[_key(key, ids)] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    st.dataframe(
        frame(features),
        key=_key(key, ids),
        column_config=COLUMNS,
        hide_index=True,
        height=height,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
    )


def _key(key: str, ids: list[str]) -> str:
    return f"{key}-{sha256(chr(0).join(ids).encode()).hexdigest()[:12]}"
