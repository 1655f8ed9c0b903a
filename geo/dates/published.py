"""The days of words that count from the day of publication: one function for each kind, in `FROM_PUBLICATION`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from geo.dates.fixed import Anchors, fixed
from geo.dates.moments import Moment
from geo.dates.months import month_days, year_days
from geo.dates.shifts import DAY, MONTHS, Days, month_back, shifted

OLDEST_WEEKDAY_YEARS = 6  # "Monday 3 May" without a year: how far back a year is sought in which it was a Monday
SUNDAY = 6


def same_month(published: Days) -> bool:
    """Do the days of publication lie in one month?"""
    return (published[0].year, published[0].month) == (published[1].year, published[1].month)


def _of_some_year(moment: Moment, p: date, anchors: Anchors) -> Days | None:
    """The latest such day or month that has begun by `p`, or the next one where the words look ahead."""
    if moment.swapped and anchors.month_first is None:
        month, day = moment.swapped
        readings = [replace(moment, swapped=None), replace(moment, month=month, day=day, swapped=None)]
        both = [found for reading in readings if (found := _of_some_year(reading, p, anchors))]
        return (min(f[0] for f in both), max(f[1] for f in both)) if both else None
    if moment.which == "this":
        return fixed(moment, p.year, anchors)
    years = (
        range(p.year, p.year + 2)
        if anchors.ahead or moment.which == "next"
        else range(p.year, p.year - OLDEST_WEEKDAY_YEARS, -1)
    )
    options = [found for year in years if (found := fixed(moment, year, anchors))]
    if anchors.ahead or moment.which == "next":
        return next((f for f in options if f[1] >= p), None)
    options = [f for f in options if f[0] <= p and not (moment.which in ("last", "beforelast") and f[1] >= p)]
    if moment.which == "beforelast":
        return options[1] if len(options) > 1 else None
    if moment.weekday is not None and moment.kind == "day":
        fitting = [f for f in options if f[0].weekday() == moment.weekday]
        options = fitting or options
    return options[0] if options else None


def _of_some_month(moment: Moment, p: date, anchors: Anchors) -> Days | None:  # noqa: ARG001  # one shape for all
    back = 1 if moment.which == "last" else 0
    for months in range(back, back + 3):
        year, month = month_back(p, months)
        day = moment.day or 1
        if day <= monthrange(year, month)[1] and (date(year, month, day) <= p or moment.which != "latest"):
            return (date(year, month, day),) * 2
    return None


def weekday(moment: Moment, p: date, anchors: Anchors) -> Days:
    """Without more, the latest such day up to and including `p`; "last Friday" is never `p` itself."""
    wanted = moment.weekday or 0
    since = (p.weekday() - wanted) % 7
    monday = p - p.weekday() * DAY
    if moment.which == "this":
        return (monday + wanted * DAY,) * 2
    if moment.which == "lastweek":
        return (monday + (wanted - 7) * DAY,) * 2
    if moment.which == "beforelast":
        return (p - ((since or 7) + 7) * DAY,) * 2
    if moment.which == "next" or (anchors.ahead and moment.which == "latest"):
        coming = p + ((wanted - p.weekday() - 1) % 7 + 1) * DAY
        return coming, coming + (7 * DAY if moment.which == "next" and coming < monday + 7 * DAY else 0 * DAY)
    if moment.which == "last":  # "two Fridays ago" has low = -2
        return (p - ((since or 7) + 7 * max(0, -moment.high - 1)) * DAY,) * 2
    return (p - since * DAY,) * 2


def _weekend(moment: Moment, p: date, anchors: Anchors) -> Days:  # noqa: ARG001
    saturday = p - ((p.weekday() - 5) % 7) * DAY
    if moment.which == "next":
        return saturday + 7 * DAY, saturday + 8 * DAY
    if moment.which == "last" and p.weekday() >= 5:
        saturday -= 7 * DAY
    return saturday, min(saturday + DAY, p) if saturday <= p else saturday + DAY


def period(moment: Moment, p: date) -> Days:
    """This, last or next week, month or year. A week may begin on Sunday or on Monday: both are left open."""
    step = {"last": -1, "next": 1}.get(moment.which, 0)
    sofar = step == 0 and not moment.then
    if moment.unit == "week":
        monday = p - (p.weekday() - 7 * step) * DAY
        return (monday - DAY, p) if sofar else (monday - DAY, monday + SUNDAY * DAY)
    if moment.unit == "month":
        found = month_days(*month_back(p, -step), moment.part)
    else:
        found = year_days(p.year + step, moment.part)
    return (found[0], max(found[0], min(found[1], p))) if sofar else found


def _portion(moment: Moment, p: date, anchors: Anchors) -> Days | None:  # noqa: ARG001
    """The first so many months or weeks of a year."""
    if moment.unit not in ("month", "week", "day") or moment.high < 1:
        return None
    for year in (moment.year,) if moment.year else (p.year, p.year - 1):
        start = date(year, 1, 1)
        if moment.unit == "month":
            end = month_days(year, min(MONTHS, moment.high))[1]
        else:
            end = start + (moment.high * (7 if moment.unit == "week" else 1) - 1) * DAY
        if end <= p or moment.year:
            return start, end
    return None


def _shift(moment: Moment, p: date, anchors: Anchors) -> Days:  # noqa: ARG001
    return shifted((p, p), moment)


def _past(moment: Moment, p: date, anchors: Anchors) -> Days:  # noqa: ARG001
    """From so many units ago to the day itself."""
    return shifted((p, p), replace(moment, low=-moment.high, high=-moment.high, exact=True))[0], p


def _some_period(moment: Moment, p: date, anchors: Anchors) -> Days:  # noqa: ARG001
    return period(moment, p)


FROM_PUBLICATION: dict[str, Callable[[Moment, date, Anchors], Days | None]] = {
    "day": _of_some_year,
    "month": _of_some_year,
    "monthday": _of_some_month,
    "weekday": weekday,
    "weekend": _weekend,
    "shift": _shift,
    "past": _past,
    "period": _some_period,
    "portion": _portion,
}
