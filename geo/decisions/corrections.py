"""A field of a report, corrected by a person: which fields, which values, and the report after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from geo.model import Actor, Count, Place, PlaceLevel, Report, Review, Unresolved, When, Where, WherePrecision
from geo.published import parse_published
from geo.triggers import EVENT_TYPE_OF, EVENT_TYPES

FIELDS = ("event_type", "sub_event_type", "date", "place", "actor1", "actor2", "killed", "injured", "weapon")
PRECISION: dict[PlaceLevel, WherePrecision] = {  # the UCDP where_prec of a place named without "near" or the like
    "site": 1, "town": 1, "district": 3, "admin1": 4, "region": 5, "country": 6, "water": 7,
}  # fmt: skip


def corrected(report: Report, review: Review, place: Callable[[str], Place | None]) -> Report:
    """Put a corrected value into a report, and keep what was read as `told`. Raises KeyError (place)."""
    changed = _changed(report, review, place)
    return replace(changed, told=report.as_told, corrections=(*report.corrections, review))


def _changed(report: Report, review: Review, place: Callable[[str], Place | None]) -> Report:
    """The words stay those that the reviewer judged, but for a place: they name the one that was wrong."""
    value = parse_value(review.field, review.value)
    if review.field == "place":
        return replace(report, where=_where(review.value, place))
    if review.field == "date":
        words = report.when.words if report.when else ()
        return replace(report, when=replace(value, words=words, anchor="reviewed") if value else None)
    if review.field == "sub_event_type":
        return replace(report, sub_event_type=review.value, event_type=EVENT_TYPE_OF[review.value])
    if review.field == "event_type":
        sub = report.sub_event_type if EVENT_TYPE_OF.get(report.sub_event_type) == review.value else ""
        return replace(report, event_type=review.value, sub_event_type=sub)
    old = getattr(report.details, review.field)
    if isinstance(value, (Count, Actor)) and old:
        value = replace(value, words=old.words)
    return replace(report, details=replace(report.details, **{review.field: value}))


def _where(value: str, find: Callable[[str], Place | None]) -> Where | Unresolved:
    if not value:
        return Unresolved("", why="a reviewer left it open")
    if (place := find(value)) is None:
        raise KeyError(value)
    chosen = (("a reviewer chose it", "", 1.0),)
    return Where(
        place, PRECISION[place.level], place.lat, place.lon, place.radius_km, inferred="reviewed", evidence=chosen
    )


def parse_value(name: str, value: str) -> Any:
    """Read a corrected value. Raises ValueError "reason; cure" for an unknown field or a value that it cannot hold."""
    if name not in FIELDS:
        raise ValueError(f"{name!r} is no field that can be corrected; one of {', '.join(FIELDS)}")
    if name in ("event_type", "sub_event_type"):
        allowed = EVENT_TYPES if name == "event_type" else EVENT_TYPE_OF
        if value not in allowed:
            raise ValueError(f"{value!r} is none of ACLED's; one of {', '.join(allowed)}")
        return value
    if name in ("place", "weapon"):
        return value
    if not value:
        return None
    if name == "date":
        return parse_days(value)
    if name in ("killed", "injured"):
        return _count(value)
    return Actor(value)


def _count(value: str) -> Count:
    found = re.fullmatch(r"(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?", value)
    if not found or (found[2] and int(found[1]) > int(found[2])):
        raise ValueError(f"{value!r} is no number of people; write 3, or 3-5, or nothing where none is known")
    return Count(int(found[1]), int(found[2] or found[1]))


def parse_days(value: str) -> When:
    """Read days as EDTF writes them: 2019-06-04, 2019-06, 2020, [2019-06-04..2019-06-06], 2019-06-04/2019-06-06.

    Raises:
        ValueError: no such days; "reason; cure".
    """
    cure = "write 2019-06-04, 2019-06, 2020, [2019-06-04..2019-06-06] or 2019-06-04/2019-06-06"
    lasting = "/" in value
    parts = value.strip("[] ").split("/" if lasting else "..")
    try:
        first, last = parse_published(parts[0])[0], parse_published(parts[-1])[1]
        when = When(first, last, "throughout" if lasting else "within")
    except ValueError as error:
        raise ValueError(f"{value!r} is no day or range of days; {cure}") from error
    if len(parts) > 2:
        raise ValueError(f"{value!r} is more than a range of days; {cure}")
    return when
