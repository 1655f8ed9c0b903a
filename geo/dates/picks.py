"""Some days out of a month, week or year: "the last Saturday of June", "the first ten days of August", "late that week"."""

from __future__ import annotations

from calendar import monthrange

from geo.dates.moments import Pick
from geo.dates.months import MONTH_PARTS, YEAR_PARTS, month_days
from geo.dates.shifts import DAY, MONTHS, Days, month_back

WEEK_PARTS = {
    "early": (0, 3),
    "mid": (1, 5),
    "late": (3, 7),
    "start": (0, 3),
    "end": (4, 7),
}  # days from its first, which may be Sunday or Monday
WEEK_DAYS = 7
LONGEST_WEEK = 9  # a week that may begin on Sunday or on Monday
LONGEST_MONTH = 62  # days; a span as long is picked from like a month, a longer one like a year
VAGUE = {"day": 11, "week": 31, "month": 123}  # days: "the first days", "the last weeks", "the opening months"
DIVIDED = {"half": 2, "third": 3, "quarter": 4}
SATURDAY = 5


def picked(found: Days, pick: Pick) -> Days | None:
    """The days of `found` that `pick` means, or None where it has none such."""
    if pick.unit in MONTH_PARTS:
        return _part(found, pick.unit)
    if pick.unit in DIVIDED:
        return _share(found, pick)
    by_unit = {"weekday": _weekday, "weekend": _weekend, "month": _months, "week": _week}.get(pick.unit)
    if by_unit and pick.count:
        return by_unit(found, pick)
    return _run(found, pick.nth, pick.count or VAGUE[pick.unit])


def _weekend(found: Days, pick: Pick) -> Days | None:
    start = _weekday(found, Pick("weekday", pick.nth, SATURDAY))
    return (start[0], start[1] + DAY) if start else None


def _weekday(found: Days, pick: Pick) -> Days | None:
    """The nth such weekday, or from the first to the last where the words leave open which."""
    first = found[0] + ((pick.weekday or 0) - found[0].weekday()) % WEEK_DAYS * DAY
    inside = [first + n * WEEK_DAYS * DAY for n in range((found[1] - first).days // WEEK_DAYS + 1)]
    if not inside:
        return None
    if not pick.nth:
        return inside[0], inside[-1]
    at = pick.nth - 1 if pick.nth > 0 else len(inside) + pick.nth
    return (inside[at], inside[at]) if 0 <= at < len(inside) else None


def _part(found: Days, part: str) -> Days:
    """The early, middle or late part, as wide as that of a week, a month or a year."""
    first, last = found
    length = (last - first).days + 1
    if length <= LONGEST_WEEK:
        low, high = WEEK_PARTS[part]
        return first + min(low, length - 1) * DAY, min(last, first + high * DAY)
    if length <= LONGEST_MONTH:
        low, high = MONTH_PARTS[part]
        return first + min(low - 1, length - 1) * DAY, min(last, first + (high - 1) * DAY)
    low, high = YEAR_PARTS[part]
    year, month = month_back(first, 1 - low)
    end = month_days(*month_back(first, 1 - high))[1]
    return month_days(year, month)[0], min(last, end) if part not in ("late", "end") else last


def _share(found: Days, pick: Pick) -> Days | None:
    """The nth half, third or quarter; of a year by its months."""
    parts = DIVIDED[pick.unit]
    at = pick.nth - 1 if pick.nth > 0 else parts + pick.nth
    if not 0 <= at < parts:
        return None
    first, length = found[0], (found[1] - found[0]).days + 1
    if length > LONGEST_MONTH:
        return _months(found, Pick("month", 1 + at * MONTHS // parts, count=MONTHS // parts))
    return first + at * length // parts * DAY, first + ((at + 1) * length // parts - 1) * DAY


def _months(found: Days, pick: Pick) -> Days | None:
    """So many months of a year."""
    count = pick.count
    low = pick.nth if pick.nth > 0 else MONTHS + 2 + pick.nth - count
    if not 1 <= low <= MONTHS:
        return None
    start = month_days(*month_back(found[0], 1 - low))[0]
    year, month = month_back(found[0], 1 - min(MONTHS, low + count - 1))
    return start, start.replace(year=year, month=month, day=monthrange(year, month)[1])


def _week(found: Days, pick: Pick) -> Days | None:
    """So many weeks, which writers count from the first of the month or from its first Sunday or Monday."""
    if pick.full and pick.nth > 0:
        monday = _weekday(found, Pick("weekday", pick.nth, 0))
        return (monday[0] - DAY, monday[0] + (WEEK_DAYS * pick.count - 1) * DAY) if monday else None
    days = WEEK_DAYS * pick.count
    if pick.nth < 0:
        last = found[1] + (pick.nth + 1) * WEEK_DAYS * DAY
        return last - (days + 2) * DAY, last
    first = found[0] + (pick.nth - 1) * WEEK_DAYS * DAY
    return (first, first + (days + 1) * DAY) if pick.nth == 1 else (first - DAY, first + days * DAY)


def _run(found: Days, nth: int, days: int) -> Days | None:
    """The first, the last or the nth run of so many days."""
    length = (found[1] - found[0]).days + 1
    if not nth:
        return found
    if abs(nth) > length:
        return None
    if nth < 0:
        last = found[1] + (nth + 1) * DAY
        return max(found[0], last - (days - 1) * DAY), last
    first = found[0] + (nth - 1) * DAY
    return first, min(found[1], first + (days - 1) * DAY)
