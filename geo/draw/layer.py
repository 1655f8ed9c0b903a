"""The folium map and its one plugin: a constant map, a canvas layer on it, and the incidents as its data."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from .basemap import basemap
from .colours import COLOURS, DARK_COLOURS, OTHER_COLOUR
from .payload import script_json

SCRIPTS = (  # in the order in which they need one another
    "dom", "words", "look", "incidents", "cells", "sheet", "marks", "areas", "basemap", "histogram", "timeline", "panel",
    "controls", "overview", "rectangle", "stage", "pointing", "telling", "layer",
)  # fmt: skip
START = (30.0, 30.0)  # lat and lon, only until the data say where they are


class OfflineMap(folium.Map):
    """A folium map that asks nobody for anything: no tiles, and Leaflet from `leaflet_js` or already in the page."""

    def __init__(self, leaflet_js: str | None = None, leaflet_css: str | None = None) -> None:
        super().__init__(location=START, zoom_start=3, tiles=None, worldCopyJump=True, minZoom=2, maxZoom=17)
        # New lists on the instance: folium shares the class's lists among all maps.
        self.default_js = [("leaflet", leaflet_js)] if leaflet_js else []
        self.default_css = [("leaflet_css", leaflet_css)] if leaflet_css else []


class Verbatim(Element):
    """Text that goes into the page as it is.

    branca reads every script as a template: words of an article could then be run as one, and megabytes of numbers
    would take seconds to parse.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: Any) -> str:
        """The text."""
        return self.text


class Script(MacroElement):
    """A piece of script on a map, for folium's own page and for streamlit-folium, never read as a template."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.script }}{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def script(self) -> str:
        """What goes into the map's page."""
        raise NotImplementedError

    def render(self, **_: Any) -> str:
        """Put the script into the page; folium takes nothing from the returned text."""
        page: Any = self.get_root()
        page.script.add_child(Verbatim(self.script), name=self.get_name())
        return ""


class IncidentLayer(Script):
    """Draws all incidents on canvases and offers `window.incidentLayer`; constant, so that a map is never remade.

    `options` go to the script: theme ("light", "dark" or None for the browser's), report and reportView (tell
    Streamlit), remember (a key for the position), pick (clicks set a pin), timeline, title and note.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "IncidentLayer"
        self.options = options

    @property
    def script(self) -> str:
        """The plugin's whole source around the map's variable."""
        return (
            "(function (map, options) {\n"
            f"{_sources()}\n"
            "window.incidentLayer = new IncidentLayer(map, options);\n"
            f"}})({self._parent.get_name() if self._parent else 'map'}, Object.assign({_constants()}, {script_json(self.options)}));"
        )


class IncidentData(Script):
    """Hands the incidents to the layer. `received` is a JSON text that is safe in a script."""

    def __init__(self, received: str) -> None:
        super().__init__()
        self._name = "IncidentData"
        self.received = received

    @property
    def script(self) -> str:
        """One call."""
        return f"window.incidentLayer.receive({self.received});"


def incident_map(options: dict[str, Any], leaflet_js: str | None = None, leaflet_css: str | None = None) -> OfflineMap:
    """Make the constant map: the same bytes for the same options, whatever the incidents."""
    made = OfflineMap(leaflet_js, leaflet_css)
    made.add_child(IncidentLayer(options))
    return made


def inline_leaflet(made: OfflineMap) -> None:
    """Put the installed Leaflet into the head of the map's page, for a file that works anywhere."""
    page: Any = made.get_root()
    head = page.header
    head.add_child(Verbatim(f"<style>{_leaflet_css()}</style>"), name="leaflet_css")
    script = leaflet_file("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    head.add_child(Verbatim(f"<script>{script}</script>"), name="leaflet_js")


def leaflet_folder() -> str:
    """The folder of the installed Leaflet package that holds leaflet.js and leaflet.css."""
    return str(files("js_lib_leaflet") / "static" / "js_lib_leaflet")


def leaflet_file(name: str) -> str:
    """The text of a file of the installed Leaflet package."""
    return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_text(encoding="utf-8")


def _leaflet_css() -> str:
    # The few images belong to controls that this map has not; without them the file asks for nothing.
    lines = leaflet_file("leaflet.css").splitlines()
    return "\n".join(line for line in lines if "url(images/" not in line)


@cache
def _sources() -> str:
    folder = files("geo.draw")
    return "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def _constants() -> str:
    """What the script needs beside the incidents: style sheet, colours, land and borders."""
    css = (files("geo.draw") / "frame.css").read_text(encoding="utf-8")
    colours = {"light": [*COLOURS.values(), OTHER_COLOUR], "dark": [*DARK_COLOURS.values(), OTHER_COLOUR]}
    safe = script_json({"css": css, "colours": colours})
    # Land and borders are numbers and names of this project: no second pass over megabytes is needed to make them safe.
    land = json.dumps(basemap(), separators=(",", ":")).replace("<", "\\u003c").replace("'", "\\u0027")
    return f'{safe[:-1]},"basemap":{land}}}'
