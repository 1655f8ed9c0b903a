"""What there is to read about each row: it leaves the first message to the numbers and follows on its own, or when asked.

A chunk is the gzipped JSON of some rows' properties. All chunks of a large collection take seconds to pack, so they are
packed once, beside the work of the pages, while single rows are answered at once.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import secrets
from collections.abc import Sequence
from itertools import count
from threading import Lock, Thread
from typing import Any

from .columns import framed
from .outlines import Feature

ROWS_IN_A_CHUNK = 128  # about 200 kB of JSON: unpacked in a few milliseconds
AT_ONCE = 2_000  # sites whose details are packed faster than a second message takes: they go with the first one
IN_ALL = 250_000  # beyond that only asked-for rows travel: a browser should not hold gigabytes of quotes
ASKED_AT_MOST = 1_000  # rows in one answer; a list in the panel shows 400

_PROCESS = secrets.token_hex(4)
_numbers = count()


def properties(feature: Feature) -> dict[str, Any]:
    """What the panel reads about a site: its properties, and [lat, lon] where it has a position."""
    return {**feature["properties"], "_lat_lon": _lat_lon(feature)}


def _lat_lon(feature: Feature) -> list[float] | None:
    geometry = feature.get("geometry")
    if geometry and geometry["type"] == "Point":
        return [geometry["coordinates"][1], geometry["coordinates"][0]]
    p = feature["properties"]
    return [p["lat"], p["lon"]] if geometry and p.get("lat") is not None else None


def chunks(rows: Sequence[Feature]) -> list[bytes]:
    """All rows in chunks of `ROWS_IN_A_CHUNK`."""
    return [_squeezed(rows[i : i + ROWS_IN_A_CHUNK]) for i in range(0, len(rows), ROWS_IN_A_CHUNK)]


def _squeezed(rows: Sequence[Feature]) -> bytes:
    text = json.dumps([properties(f) for f in rows], separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=1, mtime=0)


class Details:
    """The details of a collection's rows as messages to the frame."""

    def __init__(self, rows: Sequence[Feature]) -> None:
        self._rows = rows
        self._number = next(_numbers)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._whole: bytes | None = None

    @property
    def at_once(self) -> bool:
        """Whether they are few enough to travel with the columns."""
        return len(self._rows) <= AT_ONCE

    @property
    def name(self) -> str:
        """A name for the content: few are told apart by what they say, many by being another collection."""
        return hashlib.sha256(self.whole()).hexdigest()[:16] if self.at_once else f"{_PROCESS}-{self._number}"

    def whole(self) -> bytes:
        """Every row's."""
        with self._lock:
            if self._whole is None:
                packed = chunks(self._rows)
                header = {"kind": "whole", "size": ROWS_IN_A_CHUNK, "lengths": [len(c) for c in packed]}
                self._whole = framed(header, b"".join(packed))
            return self._whole

    def whole_if_ready(self) -> bytes | None:
        """Every row's if they have been packed; else None, and packing begins."""
        if self._whole is None and self._thread is None and len(self._rows) <= IN_ALL:
            self._thread = Thread(target=self.whole, name="details of the map", daemon=True)
            self._thread.start()
        return self._whole

    def some(self, asked: Sequence[int]) -> bytes:
        """Those of some rows; numbers that are no row are left out."""
        rows = [row for row in dict.fromkeys(asked) if 0 <= row < len(self._rows)][:ASKED_AT_MOST]
        return framed({"kind": "rows", "rows": rows}, _squeezed([self._rows[row] for row in rows]))

    def answer(self, ask: dict[str, Any]) -> bytes:
        """What the frame asked for: {"rows": [...], "whole": bool}; b"" while there is nothing to give."""
        whole = self.whole_if_ready() if ask.get("whole") else None
        if whole is not None:
            return whole
        rows = [row for row in ask.get("rows") or () if isinstance(row, int)]
        return self.some(rows) if rows else b""
