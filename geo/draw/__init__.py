"""The map: a folium map with one canvas layer, in a Streamlit page or as a file of its own."""

from .choice import certainly, chosen
from .colours import COLOURS
from .frame import show
from .page import html, map_for

__all__ = ["COLOURS", "certainly", "chosen", "html", "map_for", "show"]
