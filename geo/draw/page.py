"""The map as one HTML file that works from disk, with no network and no server."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

from .around import around
from .columns import encode
from .details import ROWS_IN_A_CHUNK, chunks, properties
from .layer import DETAILS_ID, IncidentData, OfflineMap, Verbatim, incident_map, script_json
from .outlines import Feature

# Nothing may be fetched from anywhere, whatever a text in the data tries.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
READABLE_ROWS = 5_000  # up to so many the file holds the details as text that people can search; beyond that packed


def map_for(collection: dict[str, Any], **options: Any) -> OfflineMap:
    """A folium map of an exported FeatureCollection that carries Leaflet and all incidents in itself.

    `options`: theme ("light" or "dark"; else the reader's own), timeline (False for a bare map), note.
    """
    made = incident_map({"standalone": True, **options})
    packed = encode(collection)
    message = packed.message(around=around(collection), behind=[DETAILS_ID, ROWS_IN_A_CHUNK])
    made.add_child(IncidentData(message, _lines(packed.rows)))
    return made


def _lines(rows: Sequence[Feature]) -> list[str]:
    """The details, a chunk of rows in a line."""
    if len(rows) > READABLE_ROWS:
        return [b64encode(chunk).decode("ascii") for chunk in chunks(rows)]
    starts = range(0, len(rows), ROWS_IN_A_CHUNK)
    return [script_json([properties(f) for f in rows[i : i + ROWS_IN_A_CHUNK]]) for i in starts]


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
