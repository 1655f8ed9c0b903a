"""The frame's page, its script and the land as files: constant and public, because nothing of anybody's incidents is in them.

Streamlit would compress them anew for every visitor, so they lie there packed. The page itself is small: it listens to
Streamlit at once, and incidents, script and land are fetched side by side.
"""

from __future__ import annotations

import atexit
import gzip
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from .basemap import basemap
from .layer import OfflineMap, Script, constants, leaflet, leaflet_css, script_json, source, sources

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Map of incidents</title>
<link rel="preload" href="{script}" as="fetch" crossorigin>
<link rel="preload" href="{land}" as="fetch" crossorigin>
{head}
</head>
<body>
{body}
<script>
{host}
const streamlit = new Host();
streamlit.run("{script}");
</script>
</body>
</html>
"""


class ServedLayer(Script):
    """The layer as it waits for Streamlit to send options and incidents; `land` is the address of the packed land."""

    def __init__(self, land: str) -> None:
        super().__init__()
        self._name = "ServedLayer"
        self.land = land

    @property
    def script(self) -> str:
        """The layer's whole source around the map's variable."""
        given = f"{{...{constants()}, land: {script_json(self.land)}}}"
        return f"(function (map) {{\n{sources()}\nserve(map, streamlit, {given});\n}})({self.map_name});"


def page_folder() -> Path:
    """Make the folder. It goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="conflict-map-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    land = _packed(folder, "land", "json", json.dumps(basemap(), separators=(",", ":")))
    figure = _figure(land)
    script = _packed(folder, "map", "js", f"{_looks()}\n{leaflet()}\n{figure.script.render()}")
    page = PAGE.format(
        script=script,
        land=land,
        head=figure.header.render(),
        body=figure.html.render(),
        host="\n".join(map(source, ("gzip", "host"))),
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


def _figure(land: str) -> Any:
    """What folium makes of the map: head, body and script."""
    made = OfflineMap()
    made.add_child(ServedLayer(land))
    figure: Any = made.get_root()
    figure.render()  # the parts are filled by rendering the whole
    return figure


def _looks() -> str:
    """Put Leaflet's style sheet into the page before there is a map."""
    text = script_json(leaflet_css())
    return f'document.head.append(Object.assign(document.createElement("style"), {{ textContent: {text} }}));'


def _packed(folder: Path, stem: str, ending: str, text: str) -> str:
    """Write a file under a name that tells its content, so that no browser's memory of another one stands in for it."""
    content = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}.gz"
    (folder / name).write_bytes(content)
    return name
