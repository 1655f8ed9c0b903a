"""From a meaning and the days that it is counted from to days of the calendar. Nothing here reads a text.

Every function takes and gives closed intervals of days, (first, last). What the words leave open stays open: "weeks"
and "months" are rounded as speech rounds them, two readings of 11/03 give the days from the one to the other.
"""

from __future__ import annotations

from dataclasses import replace

from geo.dates.fixed import Anchors, fixed, nearest, of_that_month, of_told_month, of_told_year
from geo.dates.moments import Moment
from geo.dates.months import month_days, year_days
from geo.dates.picks import picked
from geo.dates.published import FROM_PUBLICATION, SUNDAY, period, same_month, weekday
from geo.dates.shifts import DAY, Days, shifted

A_WEEK = 7 * DAY
WEEK_SLACK_DAYS = 2  # what "a week ago", of six to eight days, lacks to a whole week


def days(moment: Moment, anchors: Anchors) -> Days | None:
    """The days that `moment` leaves open, or None where its anchor is missing or the calendar ends."""
    told = anchors.published
    if moment.picks and told and told[0] != told[1]:  # picked from the month before either end, say, not from both
        ends = [days(moment, replace(anchors, published=(p, p))) for p in told]
        both = [end for end in ends if end]
        return (min(f[0] for f in both), max(f[1] for f in both)) if len(both) == len(ends) else None
    try:
        found = _plain(moment, anchors)
        if found and moment.picks and moment.kind == "shift":  # the weekday of "a week ago on Tuesday": one of seven
            found = found[0] - WEEK_SLACK_DAYS * DAY, found[1] + WEEK_SLACK_DAYS * DAY
        if found and moment.picks:
            found = _picked(found, moment, anchors)
        for further in moment.then:
            found = shifted(found, further) if found else None
        return with_hours(found, moment)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return None


def _picked(found: Days, moment: Moment, anchors: Anchors) -> Days | None:
    """What is picked out of the days found; a month without a year is the latest whose picked days have come."""
    out = _picks(found, moment)
    if out and moment.feast and any(pick.unit != "weekday" for pick in moment.picks):
        out = out[0] - DAY, out[1] + DAY  # its month began when the moon was seen
    yearless = moment.kind == "month" and moment.year is None and not moment.unit and moment.which == "latest"
    if out and yearless and not anchors.ahead and anchors.published and out[0] > anchors.published[1]:
        earlier = fixed(moment, found[0].year - 1, anchors)
        out = _picks(earlier, moment) if earlier else None
    return out


def _picks(found: Days, moment: Moment) -> Days | None:
    out: Days | None = found
    for pick in moment.picks:
        out = picked(out, pick) if out else None
    return out


def _plain(moment: Moment, anchors: Anchors) -> Days | None:
    """The days of a moment before anything is picked out of them or counted on from them."""
    found: Days | None
    if moment.year is not None and moment.kind in ("day", "month", "year", "decade"):
        found = fixed(moment, moment.year, anchors)
    elif moment.unit == "year" and moment.kind in ("day", "month"):
        found = of_told_year(moment, anchors)
    elif moment.kind == "monthday" and moment.origin == "story":
        found = of_that_month(moment, anchors.story)
    elif moment.kind == "monthday" and anchors.month and moment.which == "latest":
        found = of_told_month(moment, anchors.month, anchors.published) or _published(moment, anchors)
    elif anchors.explicit and moment.kind in ("day", "month") and moment.which == "latest":
        found = nearest(moment, anchors.explicit, anchors.published, back=anchors.back)
    elif moment.which == "the":
        found = _the_weekday(moment, anchors)
    elif _from_story(moment):
        found = _counted(moment, anchors)
    else:
        found = _published(moment, anchors)
    return found


def _published(moment: Moment, anchors: Anchors) -> Days | None:
    """Counted from every day that the publication leaves open."""
    if anchors.published is None or moment.kind not in FROM_PUBLICATION:
        return None
    first, last = (FROM_PUBLICATION[moment.kind](moment, p, anchors) for p in anchors.published)
    if first is None or last is None:
        return None
    if same_month(anchors.published) and moment.kind in ("day", "month") and last[1] >= anchors.published[0]:
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
    if found is None or (moment.kind in ("range", "month", "year", "period") and not moment.picks):
        return found
    if moment.hours == "into":
        return found[0] - DAY, found[1]
    if moment.hours == "overnight":
        today = moment.kind == "shift" and moment.origin == "published" and moment.low == 0
        return found[0] - DAY, found[1] if today else found[1] + DAY
    return (found[0], found[1] + DAY) if moment.hours == "night" else found


# ------------------------------------------------------------------------------------------------ from the story


def _counted(moment: Moment, anchors: Anchors) -> Days | None:
    story = anchors.story
    if story is None:
        return _before_the_news(moment, anchors)
    if moment.kind in ("same", "shift"):
        return story if moment.kind == "same" else shifted(story, moment)
    if moment.which in ("same", "any"):
        month = moment.kind == "month"
        return nearest(moment, story, anchors.published) if month else _same(moment, anchors)
    forward = moment.which == "following"
    if moment.kind == "month":
        return _next_month(moment, story, forward=forward)
    if moment.kind == "period":
        first, last = (period(replace(moment, which="next" if forward else "last"), d) for d in story)
        return first[0], last[1]
    return _beside(moment, story, forward=forward)


def _the_weekday(moment: Moment, anchors: Anchors) -> Days | None:
    """Of "on the Friday": the one after the day that the story is at, or the last one where the story is at the news."""
    story, published = anchors.story, anchors.published
    if story and (published is None or story[1] + A_WEEK < published[0]):
        return _beside(moment, story, forward=True)
    return _published(replace(moment, which="latest"), anchors)


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
    more = 7 * max(0, abs(moment.low) - 1)  # "two Fridays later"
    if forward:
        first, last = (d + ((wanted - d.weekday() - 1) % 7 + 1 + more) * DAY for d in story)
    else:
        first, last = (d - ((d.weekday() - wanted - 1) % 7 + 1 + more) * DAY for d in story)
    return first, last + longer


def _weekday_of_that_week(moment: Moment, story: Days, anchors: Anchors) -> Days | None:
    """Of "that Friday" in a story that is at a Wednesday: the next one, or the one before where that is still to come."""
    if moment.kind != "weekday":
        return None
    if story[0] != story[1]:
        return anchors.published and weekday(
            replace(moment, which="latest"), anchors.published[1], replace(anchors, ahead=False)
        )
    after = _beside(moment, story, forward=True)
    to_come = anchors.published is not None and after[0] > anchors.published[1]
    return _beside(moment, story, forward=False) if to_come else after


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
    return _weekday_of_that_week(moment, story, anchors) if moment.which == "same" else None
