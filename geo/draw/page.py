"""The map as one HTML file that works from disk, with no network and no server."""

from __future__ import annotations

from html import escape
from typing import Any

from .around import around
from .layer import IncidentData, OfflineMap, Verbatim, incident_map, inline_leaflet
from .payload import encode, script_json

# Nothing may be fetched from anywhere, whatever a text in the data tries.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def map_for(collection: dict[str, Any], **options: Any) -> OfflineMap:
    """A folium map of an exported FeatureCollection that carries Leaflet and all incidents in itself.

    `options`: theme ("light" or "dark"; else the reader's own), timeline (False for a bare map), note.
    """
    made = incident_map({"standalone": True, **options})
    inline_leaflet(made)
    made.add_child(IncidentData(script_json(encode(collection, compress=False) | {"around": around(collection)})))
    return made


def html(collection: dict[str, Any], *, title: str, filter_note: str = "") -> str:
    """One self-contained HTML file: map, timeline, details and sources of exactly this collection.

    `filter_note` tells in words which filter made the collection; it is shown at the foot of the map.
    """
    made = map_for(collection, note=filter_note, title=title)
    page: Any = made.get_root()
    head = page.header
    head.add_child(Verbatim(f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'), name="policy")
    head.add_child(Verbatim(f"<title>{escape(title)}</title>"), name="page_title")
    return str(page.render())
