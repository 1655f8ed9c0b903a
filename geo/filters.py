"""Which features of an exported collection a view shows: one rule for the map, the table, the download and the command line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

Feature = Mapping[str, Any]
Certainty = Literal["certain", "possible", "outside"]


def certainty(properties: Mapping[str, Any], window: Sequence[str | None] | None) -> Certainty:
    """Say how an incident's days lie to a window of two ISO days (either may be None, an open end).

    "certain": wholly inside; "possible": the two overlap, or no day is known, which no window rules out.
    """
    first, last = window or (None, None)
    start, end = properties.get("date_start"), properties.get("date_end") or properties.get("date_start")
    if not start or not end:
        return "possible"
    if (last is not None and start > last) or (first is not None and end < first):
        return "outside"
    inside = (first is None or start >= first) and (last is None or end <= last)
    return "certain" if inside else "possible"


def filter_features(
    collection: Mapping[str, Any],
    *,
    window: Sequence[str | None] | None = None,
    known: str | None = None,
    types: Collection[str] = (),
    actors: Collection[str] = (),
    publishers: Collection[str] = (),
    box: Sequence[float] | None = None,
    only_certain: bool = False,
) -> dict[str, Any]:
    """Keep the features that pass every filter; an empty filter passes all. The features themselves stay as they are.

    `window`: two ISO days, either None; a feature without a day passes every window. `known`: ISO day by which one
    of its sources had been published. `types`: event types or sub-event types. `actors`: names of actor1 or actor2.
    `publishers`: at least one of the sources. `box`: west, south, east, north in degrees; west > east crosses the
    antimeridian; an incident without a position passes no box. `only_certain` leaves out what possibly lies in the window.
    """

    def passes(properties: Mapping[str, Any]) -> bool:
        sure = certainty(properties, window)
        return (
            (sure == "certain" or (sure == "possible" and not (only_certain and window)))
            and (not known or (properties.get("first_reported") or "9999") <= known)
            and (not types or bool({properties.get("event_type"), properties.get("sub_event_type")} & set(types)))
            and (not actors or bool({properties.get("actor1"), properties.get("actor2")} & set(actors)))
            and (not publishers or any(s.get("publisher") in publishers for s in properties.get("sources", ())))
            and (box is None or _inside(properties, box))
        )

    return {**collection, "features": [f for f in collection["features"] if passes(f["properties"])]}


def _inside(properties: Mapping[str, Any], box: Sequence[float]) -> bool:
    """Say whether the point, or the middle of the area, lies in the box."""
    west, south, east, north = box
    lat, lon = properties.get("lat"), properties.get("lon")
    if lat is None or lon is None or not south <= lat <= north:
        return False
    return bool(west <= lon <= east if west <= east else lon >= west or lon <= east)
