"""The days of feasts that move: Easter of both churches, the Jewish and the Islamic year. Nothing here reads a text.

The Islamic month begins when the moon is seen, which no reckoning knows: its days are given with one more on either side.
Source: E. Reingold and N. Dershowitz, Calendrical Calculations (2001), for all but the western Easter.
"""

from __future__ import annotations

from datetime import date

from geo.dates.moments import Moment
from geo.dates.shifts import DAY, Days

SEEN_DAYS = 1  # how far a sighting may stand from the reckoning
HEBREW_EPOCH, ISLAMIC_EPOCH = -1373427, 227014  # the day before the first, as Python counts days
HEBREW_YEARS = 3761  # what a year of theirs is ahead of ours
HIJRA, ISLAMIC_YEARS = 621.5, 33 / 32  # ours in which theirs begin, and how many of them a year of ours is
NEW_YEAR_AFTER_PASSOVER_DAYS = 163


def feast_days(moment: Moment, year: int) -> tuple[Days, ...]:
    """The days of a feast in a year of ours, earliest first ("nth": the `low`th weekday `day` of its month): none or two where the Islamic year is the shorter."""
    if moment.feast == "islamic":
        theirs = int((year - HIJRA) * ISLAMIC_YEARS)
        starts = [_islamic(theirs + n, moment.month or 1, moment.day or 1) for n in (-1, 0, 1, 2)]
        last = moment.high * DAY
        spans = ((start - SEEN_DAYS * DAY, start + last + SEEN_DAYS * DAY) for start in starts)
        return tuple(span for span in spans if span[0].year == year)
    if moment.feast == "nth":  # the second Sunday of November
        start = date(year, moment.month or 1, 1)
        day = start + ((moment.day or 0) - start.weekday()) % 7 * DAY + (moment.low - 1) * 7 * DAY
        return ((day, day),)
    first = {"easter": easter, "orthodox": orthodox_easter, "passover": passover}.get(moment.feast)
    start = first(year) if first else date(year, moment.month or 1, moment.day or 1)
    return ((start + moment.low * DAY, start + (moment.low + moment.high) * DAY),)


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


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches. Source: J. Meeus, Astronomical Algorithms (1991), chapter 8."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    behind = year // 100 - year // 400 - 2  # days of the Julian calendar
    return date(year, month, day + 1) + behind * DAY


def passover(year: int) -> date:
    """The first day of Passover, 15 Nisan."""
    theirs = year + HEBREW_YEARS
    before, now, after = (_hebrew_days(theirs + n) for n in (-1, 0, 1))
    late = 2 if after - now == 356 else 1 if now - before == 382 else 0
    return date.fromordinal(HEBREW_EPOCH + now + late - NEW_YEAR_AFTER_PASSOVER_DAYS)


def _hebrew_days(year: int) -> int:
    """Days from the Hebrew epoch to the new moon of a year, moved off the weekdays on which no year begins."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + (3 * (days + 1) % 7 < 3)


def _islamic(year: int, month: int, day: int) -> date:
    """A day of the reckoned Islamic calendar."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(ISLAMIC_EPOCH + before + day)
