"""The pages of the app, one file each."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

STYLE = Path(__file__).with_name("style.css")
LOGO = str(Path(__file__).with_name("logo.svg"))
ICON = str(Path(__file__).with_name("icon.svg"))


def pages() -> dict[str, StreamlitPage]:
    """Every page by its address, in the order of the menu."""
    from geo.pages import about, articles, incidents, map, places, review  # noqa: A004  # they link back here

    return {
        "map": st.Page(map.page, title="Map", icon=":material/map:", url_path="map", default=True),
        "incidents": st.Page(incidents.page, title="Incidents", icon=":material/table_rows:", url_path="incidents"),
        "articles": st.Page(articles.page, title="Articles", icon=":material/article:", url_path="articles"),
        "places": st.Page(places.page, title="Places", icon=":material/location_on:", url_path="places"),
        "review": st.Page(review.page, title="Review", icon=":material/fact_check:", url_path="review"),
        "about": st.Page(about.page, title="About", icon=":material/info:", url_path="about"),
    }
