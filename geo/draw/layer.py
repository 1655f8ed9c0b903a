"""The folium map and its one plugin: a constant map, a canvas layer on it, and the incidents as its data."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from .basemap import basemap
from .colours import COLOURS, DARK_COLOURS, OTHER_COLOUR

SCRIPTS = (  # in the order in which they need one another
    "dom", "words", "look", "gzip", "packed", "details", "incidents", "cells", "sheet", "pixels", "dots", "density", "rings",
    "marks", "areas", "plates", "basemap", "histogram", "timeline", "panel",
    "controls", "overview", "rectangle", "stage", "pointing", "telling", "layer",
    "served",
)  # fmt: skip
DETAILS_ID = "incident-details"  # of the block of data in a saved page
START = (30.0, 30.0)  # lat and lon, only until the data say where they are


class OfflineMap(folium.Map):
    """A folium map that asks nobody for anything: no tiles, and no script or style sheet from elsewhere."""

    def __init__(self) -> None:
        super().__init__(location=START, zoom_start=3, tiles=None, worldCopyJump=True, minZoom=2, maxZoom=17)
        # New lists on the instance: folium shares the class's lists among all maps.
        self.default_js, self.default_css = [], []


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
    """A piece of script on a map, never read as a template."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.script }}{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def script(self) -> str:
        """What goes into the map's page."""
        raise NotImplementedError

    @property
    def map_name(self) -> str:
        """The variable that holds the map."""
        parent: Any = self._parent
        return str(parent.get_name())

    def render(self, **_: Any) -> str:
        """Put the script into the page; folium takes nothing from the returned text."""
        page: Any = self.get_root()
        page.script.add_child(Verbatim(self.script), name=self.get_name())
        return ""


class IncidentLayer(Script):
    """Draws all incidents on canvases and offers `window.incidentLayer`.

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
        given = f"Object.assign({constants()}, {script_json(self.options)}, {{basemap: {_land()}}})"
        start = "window.incidentLayer = new IncidentLayer(map, options);"
        return f"(function (map, options) {{\n{sources()}\n{start}\n}})({self.map_name}, {given});"


class IncidentData(Script):
    """Hands the incidents to the layer: their columns at once, and behind them, unread until they are wanted, the details.

    `lines` are the chunks of the details, each a line of JSON that is safe in a page or of base64.
    """

    def __init__(self, message: bytes, lines: list[str]) -> None:
        super().__init__()
        self._name = "IncidentData"
        self.message = message
        self.lines = lines

    @property
    def script(self) -> str:
        """One call, and a block of data that no script engine reads."""
        packed = b64encode(self.message).decode("ascii")
        behind = "\n".join(self.lines)
        return (
            f'window.incidentLayer.receive({{pack: incidentLayer.unpacked("{packed}"), content: "file"}});\n'
            f'</script>\n<script type="text/plain" id="{DETAILS_ID}">\n{behind}\n'
        )


def incident_map(options: dict[str, Any]) -> OfflineMap:
    """Make a map with the layer and Leaflet in it, but no incidents."""
    made = OfflineMap()
    made.add_child(IncidentLayer(options))
    inline_leaflet(made)
    return made


def inline_leaflet(made: OfflineMap) -> None:
    """Put the installed Leaflet into the head of the map's page, so that it asks for nothing."""
    page: Any = made.get_root()
    head = page.header
    head.add_child(Verbatim(f"<style>{leaflet_css()}</style>"), name="leaflet_css")
    head.add_child(Verbatim(f"<script>{leaflet()}</script>"), name="leaflet_js")


def leaflet() -> str:
    """Leaflet's script."""
    return _leaflet_file("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")


def _leaflet_file(name: str) -> str:
    return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_text(encoding="utf-8")


def leaflet_css() -> str:
    """Leaflet's style sheet."""
    # The few images belong to controls that this map has not; without them the file asks for nothing.
    lines = _leaflet_file("leaflet.css").splitlines()
    return "\n".join(line for line in lines if "url(images/" not in line)


def source(name: str) -> str:
    """One of the scripts."""
    return (files("geo.draw") / f"{name}.js").read_text(encoding="utf-8")


@cache
def sources() -> str:
    """All that the layer is made of."""
    return "\n".join(map(source, SCRIPTS))


@cache
def constants() -> str:
    """What the script needs beside the incidents and the land: style sheet and colours."""
    css = (files("geo.draw") / "frame.css").read_text(encoding="utf-8")
    colours = {"light": [*COLOURS.values(), OTHER_COLOUR], "dark": [*DARK_COLOURS.values(), OTHER_COLOUR]}
    return script_json({"css": css, "colours": colours})


@cache
def _land() -> str:
    # Numbers and names of this project: no second pass over megabytes is needed to make them safe.
    return json.dumps(basemap(), separators=(",", ":")).replace("<", "\\u003c").replace("'", "\\u0027")


def script_json(value: object) -> str:
    """JSON that is safe inside a `<script>` element, an attribute in single quotes and a template engine."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("'", "\\u0027")
