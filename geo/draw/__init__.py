"""The map: a folium map with one canvas layer, in a Streamlit page or as a file of its own."""

from __future__ import annotations

from typing import Any

from .choice import certainly, chosen
from .colours import COLOURS
from .page import html, map_for

__all__ = ["COLOURS", "certainly", "chosen", "html", "map_for", "prepare", "show"]


def show(collection: dict[str, Any], key: str, **options: Any) -> dict[str, Any]:
    """Draw the map in a Streamlit page; `geo.draw.frame.show` tells the options and what comes back.

    Streamlit is loaded here and not before: writing a file needs none of it.
    """
    from .frame import show as in_streamlit

    return in_streamlit(collection, key, **options)


def prepare() -> None:
    """Make what every map in a Streamlit page needs, once in a process: its frame, land and names. Takes a second or two."""
    from .frame import prepare as in_streamlit

    in_streamlit()
