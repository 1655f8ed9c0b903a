"""The days of a month, of a year, of their parts, and of Easter."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from geo.dates.shifts import MONTHS, Days

# Early, middle and late thirds overlap a little, since writers do not count.
MONTH_PARTS = {"early": (1, 11), "mid": (10, 20), "late": (20, 31), "half1": (1, 15), "half2": (16, 31)}
WEEKS_OF_MONTH = {"week1": (1, 9), "week2": (7, 15), "week3": (14, 22), "week4": (-10, 0)}  # from the end where below 0
YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "half1": (1, 6), "half2": (7, 12)}


def year_days(year: int, part: str = "") -> Days:
    """The days of a year or of its early, middle or late part."""
    low, high = YEAR_PARTS.get(part, (1, MONTHS))
    return date(year, low, 1), month_days(year, high)[1]


def month_days(year: int, month: int, part: str = "") -> Days:
    """The days of a month or of its early, middle or late part."""
    longest = monthrange(year, month)[1]
    low, high = MONTH_PARTS.get(part, WEEKS_OF_MONTH.get(part, (1, longest)))
    if high < 1:
        low, high = longest + low + 1, longest
    return date(year, month, low), date(year, month, min(high, longest))


def easter(year: int) -> date:
    """Easter Sunday of the western churches. Source: the anonymous Gregorian computus (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
