"""The days of words that fix them by themselves or by a year or month told before them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geo.dates.feasts import feast_days
from geo.dates.moments import Moment
from geo.dates.months import month_days, year_days
from geo.dates.shifts import MONTHS, Days, month_back

DECADE_PARTS = {"early": (0, 3), "mid": (3, 7), "late": (6, 9)}
BACKWARD_COST = 7  # a story goes forward: one day back weighs as much as a week ahead


@dataclass(frozen=True, slots=True)
class Anchors:
    """What relative words may be counted from at one place of a text; each None where the text gives none.

    `published` are the days that the publication leaves open, `story` the last dated event, `explicit` the last date that
    was given with its year, `named` the earlier dates of the story, newest first. `month` are the days whose month "the 8th"
    takes. `ahead`: the words tell of the future, `back`: of what had been before the story.
    """

    published: Days | None = None
    story: Days | None = None
    explicit: Days | None = None
    named: tuple[Days, ...] = ()
    month: Days | None = None
    ahead: bool = False
    back: bool = False
    month_first: bool | None = None


def fixed(moment: Moment, year: int, anchors: Anchors) -> Days | None:
    """The days of a moment in a year, whatever year it names itself."""
    if moment.feast:
        return _latest_begun(feast_days(moment, year), anchors)
    if moment.kind == "decade":
        low, high = DECADE_PARTS.get(moment.part, (0, 9))
        return date(year + low, 1, 1), date(year + high, 12, 31)
    if moment.kind == "year":
        return year_days(year, moment.part)
    if moment.kind == "month":
        return month_days(year, moment.month or 1, moment.part)
    return _day(moment, year, anchors)


def _latest_begun(found: Sequence[Days], anchors: Anchors) -> Days | None:
    """Of two feasts of one year, the later that had come by publication."""
    come = [f for f in found if anchors.published is None or f[0] <= anchors.published[1]]
    return come[-1] if come else found[0] if found else None


def _day(moment: Moment, year: int, anchors: Anchors) -> Days | None:
    """A day of a given year; both readings of 11/03 where both can be."""
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


def nearest(moment: Moment, explicit: Days, published: Days | None, *, back: bool = False) -> Days | None:
    """The year of a day or month that stands nearest to the last date given with its year, looking forward first, or `back`."""
    forth_cost, back_cost = (BACKWARD_COST, 1) if back else (1, BACKWARD_COST)
    best: tuple[int, Days] | None = None
    for year in range(explicit[0].year - 1, explicit[1].year + 2):
        found = fixed(moment, year, Anchors(published=published))
        if found is None or (published and found[0] > published[1]):
            continue
        ahead, behind = (found[0] - explicit[1]).days, (explicit[0] - found[1]).days
        cost = max(ahead * forth_cost, behind * back_cost, 0)
        if best is None or cost < best[0]:
            best = (cost, found)
    return best[1] if best else None


def of_told_year(moment: Moment, anchors: Anchors) -> Days | None:
    """So many years from publication or from the story: "3 May of last year", "in June of the year before"."""
    base = anchors.published if moment.origin == "published" else anchors.story
    if base is None:
        return None
    first, last = (fixed(moment, day.year + moment.low, anchors) for day in base)
    return (min(first[0], last[0]), max(first[1], last[1])) if first and last else None


def of_that_month(moment: Moment, story: Days | None) -> Days | None:
    """The day of the month that the story is in: "the 12th of that month"."""
    if story is None:
        return None
    first, last = (date(d.year, d.month, moment.day or 1) for d in story)
    return first, last


def of_told_month(moment: Moment, told: Days, published: Days | None) -> Days | None:
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
