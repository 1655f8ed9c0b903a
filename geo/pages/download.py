"""The filtered view as files: made when the button is pressed, from exactly the incidents that the page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from geo.draw import html
from geo.files import canonical_json
from geo.pages import words
from geo.tables import csv_text, write_geopackage

Collection = dict[str, Any]

FORMATS = (
    ("GeoJSON", "geojson", "application/geo+json", "all properties and sources"),
    ("CSV", "csv", "text/csv", "for a spreadsheet, a row a site"),
    ("GeoPackage", "gpkg", "application/geopackage+sqlite3", "for QGIS and the like"),
    ("HTML map", "html", "text/html", "with its sources, opens offline"),
)


def button(collection: Collection, name: str) -> None:
    """Draw the download menu for `collection`; `name` is the files' name without its ending."""
    number = len({f["properties"]["incident_id"] for f in collection["features"]})
    with st.popover("Download", icon=":material/download:", key="download"):
        st.caption(f"The {words.plural(number, 'incident')} of this view, those not on the map included.")
        for label, ending, mime, what in FORMATS:
            st.download_button(
                f"**{label}**: {what}",
                data=maker(collection, ending),
                file_name=f"{name}.{ending}",
                mime=mime,
                on_click="ignore",
                width="stretch",
                disabled=not collection["features"],
                key=f"download-{ending}",
            )


def maker(collection: Collection, ending: str) -> Callable[[], bytes]:
    """Give what makes the file of one ending; nothing is made before the button is pressed."""

    def make() -> bytes:
        if ending == "geojson":
            return canonical_json(collection)
        if ending == "csv":
            return csv_text(collection).encode("utf-8-sig")  # the mark tells Excel that it is UTF-8
        if ending == "gpkg":
            with TemporaryDirectory() as folder:
                path = Path(folder) / "incidents.gpkg"
                write_geopackage(collection, path)
                return path.read_bytes()
        return html(collection, title="Incidents").encode("utf-8")

    return make
