"""Publication dates: as precise as they are given, and no more."""

from __future__ import annotations

import calendar
import re
from datetime import date

PRECISIONS = ("year", "month", "day")
ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?")


def parse_published(words: str, precision: str | None = None) -> tuple[date, date]:
    """The first and the last day that a publication date leaves open, both inclusive.

    "2031-05" is the 1st to the 31st of May. `precision` (day, month or year) widens a date that was written out only
    because a form asked for it: ("2031-05-01", "month") is all of May. A clock time and its zone are dropped: the day
    is the one that the publisher wrote.

    Raises:
        ValueError: neither YYYY, YYYY-MM nor YYYY-MM-DD, no such day, or less precise than `precision` says.
    """
    match = ISO.fullmatch(words.strip())
    if not match:
        raise ValueError(f"{words!r} is no date: write YYYY-MM-DD, YYYY-MM or YYYY")
    given = [int(part) for part in match.groups() if part]
    wanted = PRECISIONS.index(precision) + 1 if precision in PRECISIONS else len(given)
    if precision and precision not in PRECISIONS:
        raise ValueError(f"precision {precision!r} is none of day, month, year")
    if wanted > len(given):
        raise ValueError(f"{words!r} is not as precise as {precision!r}")
    year, month, day = (*given[:wanted], None, None)[:3]
    try:
        if month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        last = calendar.monthrange(year or 0, month)[1]
        return date(year or 0, month, day or 1), date(year or 0, month, day or last)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(f"{words!r} is no day of the calendar") from error


def write_published(published: tuple[date, date] | None) -> str:
    """The shortest ISO 8601 words for a publication date: "2031-05-04", "2031-05", "2031", or "" where it is unknown."""
    if published is None:
        return ""
    first, last = published
    for words in (f"{first:%Y}", f"{first:%Y-%m}", first.isoformat()):
        if parse_published(words) == (first, last):
            return words
    return f"{first}/{last}"
