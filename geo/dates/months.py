"""The days of a month, of a year, and of their parts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from geo.dates.shifts import MONTHS, Days

# Early, middle and late thirds overlap a little, since writers do not count.
MONTH_PARTS = {
    "early": (1, 11),
    "mid": (10, 20),
    "late": (20, 31),
    "start": (1, 10),
    "end": (22, 31),
    "half1": (1, 15),
    "half2": (16, 31),
}
YEAR_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "start": (1, 3),
    "end": (10, 12),
    "half1": (1, 6),
    "half2": (7, 12),
}


def year_days(year: int, part: str = "") -> Days:
    """The days of a year or of its early, middle or late part."""
    low, high = YEAR_PARTS.get(part, (1, MONTHS))
    return date(year, low, 1), month_days(year, high)[1]


def month_days(year: int, month: int, part: str = "") -> Days:
    """The days of a month or of its early, middle or late part."""
    longest = monthrange(year, month)[1]
    low, high = MONTH_PARTS.get(part, (1, longest))
    return date(year, month, low), date(year, month, min(high, longest))
