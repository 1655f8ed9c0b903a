"""The incidents that pass the map's filters, chosen in Python exactly as the frame chooses them."""

from __future__ import annotations

from typing import Any

from .columns import EVENT_TYPES, UNDATED, day_number, known_from, publisher_of
from .outlines import Feature


def chosen(collection: dict[str, Any], value: dict[str, Any]) -> list[Feature]:
    """The features that the map shows, or counts as "not on the map", under the filters of `value`, in stored order.

    `value` is what `show` returns; missing keys filter nothing. An undated incident passes every window.
    """
    return [f for f in collection["features"] if _passes(f, value)]


def certainly(feature: Feature, value: dict[str, Any]) -> bool:
    """Whether all days that the sources leave open lie inside the window: drawn solid, else hollow."""
    first, last = _days(feature["properties"])
    start, end = _window(value)
    return start <= first and last <= end


def _passes(feature: Feature, value: dict[str, Any]) -> bool:
    p = feature["properties"]
    first, last = _days(p)
    start, end = _window(value)
    if last < start or first > end:
        return False
    event_type = p.get("event_type") if p.get("event_type") in EVENT_TYPES else "Other"
    if value.get("types") and event_type not in value["types"]:
        return False
    if value.get("actors") and not {p.get("actor1"), p.get("actor2")} & set(value["actors"]):
        return False
    if value.get("sources") and not {publisher_of(s) for s in p.get("sources") or []} & set(value["sources"]):
        return False
    if value.get("known_on"):
        known = known_from(p)
        if known is None or known > (day_number(value["known_on"]) or 0):
            return False
    return not value.get("rectangle") or _inside(feature, value["rectangle"])


def _days(properties: dict[str, Any]) -> tuple[int, int]:
    first = day_number(properties.get("date_start"))
    last = day_number(properties.get("date_end") or properties.get("date_start"))
    return (-UNDATED, UNDATED) if first is None or last is None else (first, last)


def _window(value: dict[str, Any]) -> tuple[int, int]:
    window = value.get("window")
    if not window:
        return -UNDATED, UNDATED
    return day_number(window[0]) or 0, day_number(window[1]) or 0


def _inside(feature: Feature, rectangle: list[float]) -> bool:
    geometry, p = feature.get("geometry"), feature["properties"]
    if not geometry:
        return False
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
    elif p.get("lat") is not None and p.get("lon") is not None:
        lat, lon = p["lat"], p["lon"]
    else:
        return False
    south, west, north, east = rectangle
    return bool(south <= lat <= north and west <= lon <= east)
