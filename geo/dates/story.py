"""Walk a story through its date words: each is counted from publication, from the event before it, or from a year given.

Nothing here reads a calendar off today. Without a publication date, words that count from it stay open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from geo.dates.days import days
from geo.dates.fixed import Anchors
from geo.dates.moments import DateWords, Moment
from geo.dates.shifts import Days
from geo.dates.words import expressions
from geo.model import Article, Sentence, Span

DAY = timedelta(days=1)
FINE_DAYS = 31  # "five days later" counts from the last date that is at least as fine as a month
YEAR_REACH = 1  # sentences over which a bare year ("in 2014") lends itself to a month without one
MONTH_DAYS = 60  # how old the story's last date may be whose month "the 8th" of a later paragraph takes
NAMED_KEPT = 12  # how many earlier dates "that same Sunday" may go back over
LONG_PAST_DAYS = 30  # a weekday beside a date as old as this is one of that week
CHRONICLE_ENTRIES = 3
HEAD_CHARACTERS = 1500  # a dateline stands at the top
LATE_FILING_DAYS = 3  # a dateline may be this much older than the publication that carries it
QUOTED_DAYS = 2  # "today" inside a quotation was said on the day of publication or up to two days before
STATED = re.compile(r"(?:published|updated|issued|posted|released|dated)\W*(?:on\W*)?$", re.IGNORECASE)
DATELINE_AFTER = re.compile(r"\s*(?:\([^)\n]{2,30}\)\s*)?[-–—]")
DATELINE_BEFORE = re.compile(r"(?:^|\n)[^\n.!?]{0,60}[A-Z]{3}[^\n.!?]{0,40},\s*$")
ALONE_BEFORE = re.compile(r"(?:^|\n)[^\w\n]*(?:[^\n.!?]{0,40}\|)?[^\w\n]*$")
ALONE_AFTER = re.compile(r"[^\w\n]{0,3}(?:\d{1,2}[:.]\d\d[^\n]{0,12})?(?:\.(?=\s*\n|\s*$)|\s*\||\s*\n|$)")


@dataclass(frozen=True, slots=True)
class Told:
    """What date words come to: `days` are None where they stay open. `before` are the anchors that held when they came.

    `dateline` marks the date under which the article was filed, which is no event's.
    """

    words: DateWords
    days: Days | None
    before: Anchors
    anchor: str
    dateline: bool = False


@lru_cache(maxsize=1)  # an article's claims are resolved before and after they are folded
def tell(article: Article, all_words: tuple[DateWords, ...]) -> tuple[Told, ...]:
    """Count all date words of an article, in the order of its text."""
    published = published_days(article, all_words)
    month_first = _month_first(article.text, all_words)
    datelines = {words.span for words in _datelines(article.text, all_words)}
    out: list[Told] = []
    fine: Days | None = None
    coarse: Days | None = None
    named: tuple[Days, ...] = ()
    explicit: tuple[DateWords, Days] | None = None
    latest: tuple[DateWords, Days] | None = None
    span: tuple[int, Days] | None = None  # the week or month that a sentence is in
    for words in all_words:
        year = explicit[1] if explicit and (_lends(explicit[0], words) or published is None) else None
        wide = words.moment.unit in ("month", "year") or fine is None
        month = _month_told(latest, words, published)
        anchors = Anchors(published, coarse if wide else fine, year, named, month, words.ahead, month_first)
        found = evaluate(words, anchors)
        if span is not None and span[0] == words.sentence:
            found = _within(found, words, span[1])
        if explicit and explicit[0].sentence == words.sentence and found is not None and published is not None:
            found = _weekday_beside(found, words, explicit[1])
        if found is not None and _is_span(words):
            span = words.sentence, found
        dateline = words.span in datelines
        out.append(Told(words, found, anchors, anchor_name(words.moment, anchors, published), dateline))
        if found is None or dateline:
            continue
        if words.moment.year is not None and not words.aside:
            explicit = (words, found)
        if _is_event(words):
            coarse = found
            if (found[1] - found[0]).days <= FINE_DAYS:
                fine, latest = found, (words, found)
                named = (found, *named)[:NAMED_KEPT]
    return tuple(out)


def _is_span(words: DateWords) -> bool:
    """Do these words say a week or month of the past, in which a weekday of the same sentence lies: "Five weeks ago"?"""
    moment = words.moment
    if words.role != "on" or words.ahead or words.aside:
        return False
    ago = moment.kind == "shift" and moment.origin == "published" and moment.unit in ("week", "fortnight", "month")
    return ago or moment.kind == "month" or (moment.kind == "period" and moment.which in ("last", "previous"))


def _within(found: Days | None, words: DateWords, span: Days) -> Days | None:
    """The weekday of a week or month that its sentence names: "Five weeks ago he walked to Friday prayers"."""
    moment = words.moment
    if moment.kind != "weekday" or moment.which not in ("latest", "any") or (span[1] - span[0]).days > FINE_DAYS:
        return found
    if found and span[0] <= found[0] and found[1] <= span[1]:
        return found
    inside = [d for n in range((span[1] - span[0]).days + 1) if (d := span[0] + n * DAY).weekday() == moment.weekday]
    return (inside[0], inside[-1]) if inside else found


def _weekday_beside(found: Days, words: DateWords, given: Days) -> Days:
    """The weekday that a long past date of its sentence is, or the next one: "on Monday, ... 9 May 2011, ... by the Friday"."""
    moment = words.moment
    past = (found[0] - given[1]).days > LONG_PAST_DAYS and given[0] == given[1]
    if moment.kind != "weekday" or moment.which != "latest" or not past:
        return found
    day = given[0] + ((moment.weekday or 0) - given[0].weekday()) % 7 * DAY
    return day, day


def _month_told(given: tuple[DateWords, Days] | None, words: DateWords, published: Days | None) -> Days | None:
    """The days whose month "the 8th" takes: the last told in its paragraph, or any that is recent."""
    if given is None:
        return None
    recent = published is not None and given[1][1] >= published[0] - MONTH_DAYS * DAY
    return given[1] if recent or given[0].paragraph == words.paragraph else None


def _lends(given: DateWords, words: DateWords) -> bool:
    """May a date with its year lend it to these words? Within a paragraph; a bare year only to its neighbours."""
    if given.paragraph != words.paragraph or given.role != "on":
        return False
    if given.moment.kind in ("year", "decade"):
        return words.sentence - given.sentence <= YEAR_REACH
    return True


def _is_event(words: DateWords) -> bool:
    """Do these words date something that happened, so that a story can go on from it?"""
    kind = words.moment.kind
    if words.ahead or words.aside or words.role != "on" or words.moment.origin == "event":
        return False
    if kind == "shift" and words.moment.unit in ("hour", "minute"):  # the story stays at its day
        return False
    return kind not in ("hours", "lasting", "open", "past", "portion", "decade")


def evaluate(words: DateWords, anchors: Anchors) -> Days | None:
    """The days of date words, both ends of a range and what a quotation leaves open included."""
    if words.last is not None:
        return _range(words.moment, words.last, anchors)
    found = days(words.moment, anchors)
    if found is None:
        return None
    moment, published = words.moment, anchors.published
    counted = moment.kind == "shift" and moment.origin == "published" and moment.unit == "day"
    if words.quoted and counted and not words.ahead:
        found = found[0] - QUOTED_DAYS * DAY, found[1]
    if published and moment.kind in ("month", "year", "period", "decade") and not words.ahead:
        return clipped(found, published)
    return found


def clipped(found: Days, published: Days) -> Days:
    """What is told as past was over by the day of publication."""
    return (found[0], published[1]) if found[0] <= published[1] < found[1] else found


def _range(first: Moment, last: Moment, anchors: Anchors) -> Days | None:
    """The days from one end to the other; the later end is found first, the earlier one before it."""
    end = days(last, anchors)
    if end is None:
        return None
    start = days(first, replace(anchors, published=end))
    if start is None or start[0] > end[1]:
        return end
    return start[0], end[1]


def anchor_name(moment: Moment, anchors: Anchors, published: Days | None) -> str:
    """In words, what relative date words were counted from; "" where they stand for themselves."""
    if moment.kind in ("hours", "lasting", "open") or (moment.year is not None and moment.kind != "weekday"):
        return ""
    told = moment.which in ("following", "previous", "same") or moment.kind == "same" or moment.origin == "story"
    if told:
        return (
            f"the story's date before it, {_spelt(anchors.story)}" if anchors.story else "nothing: no date comes before"
        )
    if anchors.explicit and moment.kind in ("day", "month"):
        return f"the date given with its year, {_spelt(anchors.explicit)}"
    return f"published {_spelt(published)}" if published else "nothing: the article has no publication date"


def _spelt(found: Days | None) -> str:
    if found is None:
        return ""
    return found[0].isoformat() if found[0] == found[1] else f"{found[0]} to {found[1]}"


def _month_first(text: str, all_words: Sequence[DateWords]) -> bool | None:
    """Whether this article writes 11/03 with the month first, from a date that can be read in one way only; else None."""
    for words in all_words:
        slash = re.search(r"(\d+)/\d", words.span.of(text)) if words.rule.startswith("slash") else None
        if slash and words.moment.swapped is None and words.moment.day != words.moment.month:
            return int(slash[1]) == words.moment.month
    return None


# ------------------------------------------------------------------------------------------------ publication


def published_days(article: Article, all_words: Sequence[DateWords]) -> Days | None:
    """When the article was published: as stored, made finer or replaced by its own dateline."""
    stored = article.published
    for words in _datelines(article.text, all_words):
        anchors = Anchors(published=stored)
        found = days(words.moment, anchors) if stored or words.moment.year else None
        if found is None or found[0] != found[1]:
            continue
        if stored is None or stored[0] - LATE_FILING_DAYS * DAY <= found[0] <= stored[1]:
            return found
    return stored


def _datelines(text: str, all_words: Sequence[DateWords]) -> list[DateWords]:
    """The dates under which an article was filed; the first of two, and none of many: those are the entries of a chronicle."""
    found = [w for w in all_words if w.span.start <= HEAD_CHARACTERS and _is_dateline(text, w)]
    return found[:1] if len(found) < CHRONICLE_ENTRIES else []


def _is_dateline(text: str, words: DateWords) -> bool:
    """A full date in front of the story ("PORT VILA, 3 May 2017 -"), on a line of its own, or after "Published"."""
    if words.moment.kind != "day" or words.moment.hours or words.last is not None:
        return False
    before, after = text[max(0, words.span.start - 110) : words.span.start], text[words.span.end : words.span.end + 45]
    if STATED.search(before):
        return True
    if DATELINE_BEFORE.search(before) and DATELINE_AFTER.match(after):
        return True
    return (
        words.moment.year is not None
        and ALONE_BEFORE.search(before) is not None
        and ALONE_AFTER.match(after) is not None
    )


def month_or_day(text: str) -> tuple[date, date]:
    """The days that "2020", "2020-05", "May 2020", "2020-05-03" or "3 May 2020" leave open.

    Raises:
        ValueError: the text is no such date; says what it may be.
    """
    plain = text.strip()
    found: Days | None = None
    if m := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", plain):
        year, month = int(m[1]), m[2]
        moment = Moment(kind="month", year=year, month=int(month)) if month else Moment(kind="year", year=year)
        found = days(moment, Anchors())
    elif plain:
        found_words = expressions(plain, (Sentence(Span(0, len(plain)), 0, ()),))
        whole = len(found_words) == 1 and len(found_words[0].span.of(plain)) == len(plain)
        if whole and found_words[0].moment.year and found_words[0].moment.swapped is None:
            found = evaluate(found_words[0], Anchors())
    if found is None:
        raise ValueError(f"{text!r} is no date (write 2020-05-03, 2020-05 or 2020)")
    return found
