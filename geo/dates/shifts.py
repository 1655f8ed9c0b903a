"""Days of the calendar moved by days, weeks, months and years, as wide as speech rounds them. Intervals are closed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from geo.dates.moments import Moment

Days = tuple[date, date]
DAY = timedelta(days=1)
MONTHS = 12
# How far speech rounds: "a week ago" is said of six to eight days, a fortnight of 13 to 15, "two years ago" of eighteen months to thirty.
WHOLE_DAYS = {"month": 27, "year": 300}
FEW_WEEKS, WEEK_DAYS, WEEKS_DAYS, MONTH_DAYS, YEAR_DAYS = 2, 1, 3, 15, 183


def shifted(start: Days, moment: Moment) -> Days:
    """`start` moved by the units of `moment`, as wide as speech rounds them."""
    low, high, unit = moment.low, moment.high, moment.unit
    if unit == "minute":
        return start
    if unit == "hour":
        # so many hours may or may not cross midnight
        return start[0] + (low // 24) * DAY, start[1] + (-(-high // 24)) * DAY
    vague = (start[1] - start[0]).days >= WHOLE_DAYS.get(unit, 1_000_000)  # a month counted from a whole month
    slack = 0 if moment.exact or vague else _slack(unit, max(abs(low), abs(high)))
    first, last = moved(start[0], low, unit) - slack * DAY, moved(start[1], high, unit) + slack * DAY
    if low > 0:
        first = max(first, start[0])
    if high < 0:
        last = min(last, start[1])
    return first, last


def _slack(unit: str, count: int) -> int:
    if unit == "week":
        return WEEK_DAYS if count <= FEW_WEEKS else WEEKS_DAYS
    return {"month": MONTH_DAYS, "year": YEAR_DAYS}.get(unit, 0)


def moved(day: date, count: int, unit: str) -> date:
    """`day` so many days, weeks, months or years on; the 31st becomes the last of a shorter month."""
    if unit in ("day", "week"):
        return day + count * (7 if unit == "week" else 1) * DAY
    year, month = month_back(day, -count * (MONTHS if unit == "year" else 1))
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_back(p: date, months: int) -> tuple[int, int]:
    """The (year, month) so many months before that of `p`."""
    count = p.year * MONTHS + p.month - 1 - months
    return count // MONTHS, count % MONTHS + 1
