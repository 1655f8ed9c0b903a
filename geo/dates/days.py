"""From a meaning and the days that it is counted from to days of the calendar. Nothing here reads a text.

Every function takes and gives closed intervals of days, (first, last). What the words leave open stays open: "weeks"
and "months" are rounded as speech rounds them, two readings of 11/03 give the days from the one to the other.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from geo.dates.moments import Moment
from geo.dates.months import easter, month_days, year_days
from geo.dates.shifts import DAY, MONTHS, Days, month_back, shifted

DECADE_PARTS = {"early": (0, 3), "mid": (3, 7), "late": (6, 9)}
OLDEST_WEEKDAY_YEARS = 6  # "Monday 3 May" without a year: how far back a year is sought in which it was a Monday
BACKWARD_COST = 7  # a story goes forward: one day back weighs as much as a week ahead
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Anchors:
    """What relative words may be counted from at one place of a text; each None where the text gives none.

    `published` are the days that the publication leaves open, `story` the last dated event, `explicit` the last date that
    was given with its year, `named` the earlier dates of the story, newest first. `month` are the days whose month "the 8th"
    takes. `ahead`: the words tell of the future.
    """

    published: Days | None = None
    story: Days | None = None
    explicit: Days | None = None
    named: tuple[Days, ...] = ()
    month: Days | None = None
    ahead: bool = False
    month_first: bool | None = None


def days(moment: Moment, anchors: Anchors) -> Days | None:
    """The days that `moment` leaves open, or None where its anchor is missing or the calendar ends."""
    try:
        if moment.year is not None and moment.kind in ("day", "month", "year", "decade"):
            found = _fixed(moment, moment.year, anchors)
        elif moment.unit == "year" and moment.kind in ("day", "month"):
            found = _of_told_year(moment, anchors)
        elif moment.kind == "monthday" and moment.origin == "story":
            found = _of_that_month(moment, anchors.story)
        elif moment.kind == "monthday" and anchors.month and moment.which == "latest":
            found = _of_told_month(moment, anchors.month, anchors.published) or _published(moment, anchors)
        elif anchors.explicit and moment.kind in ("day", "month") and moment.which == "latest":
            found = _nearest(moment, anchors.explicit, anchors.published)
        elif _from_story(moment):
            found = _counted(moment, anchors)
        else:
            found = _published(moment, anchors)
        return with_hours(found, moment)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return None


def _published(moment: Moment, anchors: Anchors) -> Days | None:
    """Counted from every day that the publication leaves open."""
    if anchors.published is None or moment.kind not in FROM_PUBLICATION:
        return None
    first, last = (FROM_PUBLICATION[moment.kind](moment, p, anchors) for p in anchors.published)
    if first is None or last is None:
        return None
    if _same_month(anchors.published) and moment.kind in ("day", "month") and last[1] >= anchors.published[0]:
        first = last  # "May 9" in an article of that May
    return min(first[0], last[0]), max(first[1], last[1])


def _from_story(moment: Moment) -> bool:
    told = moment.which in ("following", "previous", "same", "any") and moment.kind in (
        "weekday",
        "weekend",
        "period",
        "month",
    )
    return told or moment.kind == "same" or (moment.kind == "shift" and moment.origin != "published")


def with_hours(found: Days | None, moment: Moment) -> Days | None:
    """Let a night run into the next day, and "overnight" come from the day before as well."""
    if found is None or moment.kind in ("range", "month", "year"):
        return found
    if moment.hours == "overnight":
        today = moment.kind == "shift" and moment.origin == "published" and moment.low == 0
        return found[0] - DAY, found[1] if today else found[1] + DAY
    return (found[0], found[1] + DAY) if moment.hours == "night" else found


# ------------------------------------------------------------------------------------------------ the words fix it


def _fixed(moment: Moment, year: int, anchors: Anchors) -> Days | None:
    """The days of a moment in a year, whatever year it names itself."""
    if moment.kind == "decade":
        low, high = DECADE_PARTS.get(moment.part, (0, 9))
        return date(year + low, 1, 1), date(year + high, 12, 31)
    if moment.kind == "year":
        return year_days(year, moment.part)
    if moment.kind == "month":
        return month_days(year, moment.month or 1, moment.part)
    return _day(moment, year, anchors)


def _day(moment: Moment, year: int, anchors: Anchors) -> Days | None:
    """A day of a given year; both readings of 11/03 where both can be."""
    if moment.part == "easter":
        day = easter(year) + moment.low * DAY
        return day, day
    readings = [(moment.month or 1, moment.day or 1)]
    if moment.swapped:
        other = moment.swapped
        readings = [other] if anchors.month_first else readings if anchors.month_first is False else [*readings, other]
    found = [date(year, m, d) for m, d in readings if d <= monthrange(year, m)[1]]
    if moment.weekday is not None and len(found) > 1:
        found = [d for d in found if d.weekday() == moment.weekday] or found
    if anchors.published and len(found) > 1:
        found = [d for d in found if d <= anchors.published[1]] or found
    return (min(found), max(found)) if found else None


def _nearest(moment: Moment, explicit: Days, published: Days | None) -> Days | None:
    """The year of a day or month that stands nearest to the last date given with its year, looking forward first."""
    best: tuple[int, Days] | None = None
    for year in range(explicit[0].year - 1, explicit[1].year + 2):
        found = _fixed(moment, year, Anchors(published=published))
        if found is None or (published and found[0] > published[1]):
            continue
        ahead, back = (found[0] - explicit[1]).days, (explicit[0] - found[1]).days
        cost = max(ahead, back * BACKWARD_COST, 0)
        if best is None or cost < best[0]:
            best = (cost, found)
    return best[1] if best else None


def _of_told_year(moment: Moment, anchors: Anchors) -> Days | None:
    """So many years from publication or from the story: "3 May of last year", "in June of the year before"."""
    base = anchors.published if moment.origin == "published" else anchors.story
    if base is None:
        return None
    first, last = (_fixed(moment, day.year + moment.low, anchors) for day in base)
    return (min(first[0], last[0]), max(first[1], last[1])) if first and last else None


def _of_that_month(moment: Moment, story: Days | None) -> Days | None:
    """The day of the month that the story is in: "the 12th of that month"."""
    if story is None:
        return None
    first, last = (date(d.year, d.month, moment.day or 1) for d in story)
    return first, last


def _of_told_month(moment: Moment, told: Days, published: Days | None) -> Days | None:
    """The nearest such day, looking forward first: "on the 8th" in a story that is at `told`."""
    best: tuple[int, Days] | None = None
    for months in range(-2, (told[1].year - told[0].year) * MONTHS + told[1].month - told[0].month + 2):
        year, month = month_back(told[0], -months)
        if (moment.day or 1) > monthrange(year, month)[1]:
            continue
        found = date(year, month, moment.day or 1)
        if (published and found > published[1]) or (moment.weekday is not None and found.weekday() != moment.weekday):
            continue
        cost = max((found - told[1]).days, (told[0] - found).days * BACKWARD_COST, 0)
        if best is None or cost < best[0]:
            best = (cost, (found, found))
    return best[1] if best else None


# ------------------------------------------------------------------------------------------------ from publication


def _same_month(published: Days) -> bool:
    return (published[0].year, published[0].month) == (published[1].year, published[1].month)


def _of_some_year(moment: Moment, p: date, anchors: Anchors) -> Days | None:
    """The latest such day or month that has begun by `p`, or the next one where the words look ahead."""
    if moment.swapped and anchors.month_first is None:
        month, day = moment.swapped
        readings = [replace(moment, swapped=None), replace(moment, month=month, day=day, swapped=None)]
        both = [found for reading in readings if (found := _of_some_year(reading, p, anchors))]
        return (min(f[0] for f in both), max(f[1] for f in both)) if both else None
    if moment.which == "this":
        return _fixed(moment, p.year, anchors)
    years = (
        range(p.year, p.year + 2)
        if anchors.ahead or moment.which == "next"
        else range(p.year, p.year - OLDEST_WEEKDAY_YEARS, -1)
    )
    options = [found for year in years if (found := _fixed(moment, year, anchors))]
    if anchors.ahead or moment.which == "next":
        return next((f for f in options if f[1] >= p), None)
    options = [f for f in options if f[0] <= p and not (moment.which == "last" and f[1] >= p)]
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


def _weekday(moment: Moment, p: date, anchors: Anchors) -> Days:
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
    if moment.which == "last":
        return (p - (since or 7) * DAY,) * 2
    return (p - since * DAY,) * 2


def _weekend(moment: Moment, p: date, anchors: Anchors) -> Days:  # noqa: ARG001
    saturday = p - ((p.weekday() - 5) % 7) * DAY
    if moment.which == "next":
        return saturday + 7 * DAY, saturday + 8 * DAY
    if moment.which == "last" and p.weekday() >= 5:
        saturday -= 7 * DAY
    return saturday, min(saturday + DAY, p) if saturday <= p else saturday + DAY


def _period(moment: Moment, p: date) -> Days:
    """This, last or next week, month or year. A week may begin on Sunday or on Monday: both are left open."""
    step = {"last": -1, "next": 1}.get(moment.which, 0)
    if moment.unit == "week":
        monday = p - (p.weekday() - 7 * step) * DAY
        return (monday - DAY, p) if step == 0 else (monday - DAY, monday + SUNDAY * DAY)
    if moment.unit == "month":
        found = month_days(*month_back(p, -step), moment.part)
    else:
        found = year_days(p.year + step, moment.part)
    return (found[0], max(found[0], min(found[1], p))) if step == 0 else found


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
    return _period(moment, p)


FROM_PUBLICATION: dict[str, Callable[[Moment, date, Anchors], Days | None]] = {
    "day": _of_some_year,
    "month": _of_some_year,
    "monthday": _of_some_month,
    "weekday": _weekday,
    "weekend": _weekend,
    "shift": _shift,
    "past": _past,
    "period": _some_period,
    "portion": _portion,
}

# ------------------------------------------------------------------------------------------------ from the story


def _counted(moment: Moment, anchors: Anchors) -> Days | None:
    story = anchors.story
    if story is None:
        return _before_the_news(moment, anchors)
    if moment.kind in ("same", "shift"):
        return story if moment.kind == "same" else shifted(story, moment)
    if moment.which in ("same", "any"):
        month = moment.kind == "month"
        return _nearest(moment, story, anchors.published) if month else _same(moment, anchors)
    forward = moment.which == "following"
    if moment.kind == "month":
        return _next_month(moment, story, forward=forward)
    if moment.kind == "period":
        first, last = (_period(replace(moment, which="next" if forward else "last"), d) for d in story)
        return first[0], last[1]
    return _beside(moment, story, forward=forward)


def _before_the_news(moment: Moment, anchors: Anchors) -> Days | None:
    """At the top of an article, "the day before" is before the news itself, which is of the day or of the day before it."""
    if anchors.published is None or moment.kind != "shift" or moment.origin != "story" or moment.high > 0:
        return None
    first, last = shifted(anchors.published, moment)
    return first - DAY, last


def _next_month(moment: Moment, story: Days, *, forward: bool) -> Days | None:
    near, step = (story[1], 1) if forward else (story[0], -1)
    options = [month_days(year, moment.month or 1, moment.part) for year in (near.year, near.year + step)]
    return next((o for o in options if (o[0] > near if forward else o[1] < near)), None)


def _beside(moment: Moment, story: Days, *, forward: bool) -> Days:
    """The first such weekday or weekend after the story's day, or the last before it."""
    wanted = 5 if moment.kind == "weekend" else moment.weekday or 0
    longer = DAY if moment.kind == "weekend" else 0 * DAY
    if forward:
        first, last = (d + ((wanted - d.weekday() - 1) % 7 + 1) * DAY for d in story)
    else:
        first, last = (d - ((d.weekday() - wanted - 1) % 7 + 1) * DAY for d in story)
    return first, last + longer


def _same(moment: Moment, anchors: Anchors) -> Days | None:
    """That same Sunday, weekend, month: the nearest earlier date of the story that can be it."""
    story = anchors.story
    assert story is not None
    if moment.kind == "period":
        if moment.unit == "week":
            return story[0] - story[0].weekday() * DAY - DAY, story[1] + (SUNDAY - story[1].weekday()) * DAY
        if moment.unit == "month":
            return month_days(story[0].year, story[0].month)[0], month_days(story[1].year, story[1].month)[1]
        return year_days(story[0].year)[0], year_days(story[1].year)[1]
    wanted = (5, SUNDAY) if moment.kind == "weekend" else (moment.weekday or 0,)
    for first, last in (story, *anchors.named):
        if (last - first).days < 7:
            fitting = [d for n in range((last - first).days + 1) if (d := first + n * DAY).weekday() in wanted]
            if fitting:
                return fitting[0], fitting[-1]
    if anchors.published and moment.kind == "weekday" and moment.which == "same":
        return _weekday(replace(moment, which="latest"), anchors.published[1], replace(anchors, ahead=False))
    return None
