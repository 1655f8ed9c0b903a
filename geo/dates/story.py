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
from geo.dates.publication import datelines, published_days
from geo.dates.shifts import Days
from geo.dates.words import SENTENCE_HEAD, expressions
from geo.model import Article, Sentence, Span

DAY = timedelta(days=1)
FINE_DAYS = 31  # "five days later" counts from the last date that is at least as fine as a month
YEAR_REACH = 1  # sentences over which a bare year ("in 2014") lends itself to a month without one
MONTH_DAYS = 60  # how old the story's last date may be whose month "the 8th" of a later paragraph takes
COUNTED_DAYS = 10  # how far what is counted and the day or month given beside it may miss one another
WEEK_OF_CHARACTERS = 40
WEEK_OF = re.compile(
    r"\bweek\s+(?:(?P<end>to|ending|ended|until)|of|from|starting|beginning)\W+(?:on\s+)?$", re.IGNORECASE
)
HAD = re.compile(r"\bhad\b[^.;:,\n]*$")  # "had been stormed in August": before what the story is at
HAD_BEHIND = re.compile(r",?\s+(?:[\w’'-]+\s+){1,4}had\b")  # "On 3 May the mill had been sold"
HAD_CHARACTERS = 70
THIS_YEAR = re.compile(
    r"\b(?:this (?:[a-z]+ )?(?:year|season|month|week|spring|summer|autumn|winter|campaign)|so far)\b", re.IGNORECASE
)
NOW_CHARACTERS = 120  # how far before a day such words may stand
YEAR_TOLD_DAYS = 120  # a day so long after the last, in a year of its own, would be told with it
FRESH_DAYS = 60  # a day of the news so recent needs no year
TOP_CHARACTERS = 600  # a line with the day of publication so near the top heads the whole article
NAMED_KEPT = 12  # how many earlier dates "that same Sunday" may go back over
LONG_PAST_DAYS = 30  # a weekday beside a date as old as this is one of that week
QUOTED_DAYS = 2  # "today" inside a quotation was said on the day of publication or up to two days before


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
    walk = _Walk(article, all_words)
    return tuple(walk.step(words) for words in all_words)


class _Walk:
    """A way through the date words of an article: what the words so far leave for the next to count from."""

    def __init__(self, article: Article, all_words: tuple[DateWords, ...]) -> None:
        self.text = article.text
        self.published = published_days(article, all_words)
        self.month_first = _month_first(article.text, all_words)
        self.datelines = {words.span for words in datelines(article.text, all_words)}
        headings = [words for words in all_words if words.heading]
        self.only_heading = headings[0].span if len(headings) == 1 and headings[0].span.start < TOP_CHARACTERS else None
        self.fine: Days | None = None
        self.coarse: Days | None = None
        self.named: tuple[Days, ...] = ()
        self.explicit: tuple[DateWords, Days] | None = None
        self.latest: tuple[DateWords, Days] | None = None
        self.span: tuple[int, Days] | None = None  # the week or month that a sentence is in
        self.counted: tuple[int, Days] | None = None  # the weeks, months or years that a sentence counts
        self.heading: tuple[DateWords, Days] | None = None  # the date that stands above

    def step(self, words: DateWords) -> Told:
        """The days of the next date words, which then count for those after them."""
        words = self._over_by_now(words)
        anchors = self._anchors(words)
        found = self._beside(evaluate(words, anchors), words, anchors)
        filed = words.span == self.only_heading and found is not None and found == self.published
        dateline = filed or words.span in self.datelines
        if found is not None:
            self._keep(words, found, dateline=dateline)
        return Told(words, found, anchors, anchor_name(words.moment, anchors, self.published), dateline)

    def _over_by_now(self, words: DateWords) -> DateWords:
        """A day given with its year is not to come where it is past: "They will not need reminding of 3 May 1996"."""
        past = self.published is not None and (words.moment.year or self.published[0].year) < self.published[0].year
        return replace(words, ahead=False) if words.ahead and past else words

    def _back_at_the_news(self, words: DateWords) -> bool:
        """Has the story come back from its history since a year was given: "in 2013. This season a mayor was shot on 3 May"?"""
        if self.explicit is None or self.published is None:
            return False
        given, when = self.explicit
        near = max(given.span.end, words.span.start - NOW_CHARACTERS)
        if THIS_YEAR.search(self.text, near, words.span.start):
            return True
        if words.moment.kind != "day" or words.moment.weekday is not None:
            return False
        told, now = (evaluate(words, Anchors(self.published, explicit=e)) for e in (when, None))
        if told is None or now is None or told == now:
            return False
        next_year = told[0].year > when[1].year and (told[0] - when[1]).days > YEAR_TOLD_DAYS
        start, end = words.span
        had = HAD.search(self.text, max(0, start - HAD_CHARACTERS), start) or HAD_BEHIND.match(self.text, end)
        return (next_year or (told[1] < when[0] and not had)) and (self.published[0] - now[1]).days <= FRESH_DAYS

    def _anchors(self, words: DateWords) -> Anchors:
        year = None
        lent = self.explicit and _lends(self.explicit[0], words) and not self._back_at_the_news(words)
        if self.explicit and (lent or self.published is None):
            year = self.explicit[1]
        elif self.heading and self.heading[0].moment.year is not None:
            year = self.heading[1]
        wide = words.moment.unit in ("month", "year") or self.fine is None
        story = self.coarse if wide else self.fine
        if story and self.latest and self.latest[0].moment.hours == "night" and words.moment.unit == "day":
            story = story[0], max(story[0], story[1] - DAY)  # the morning after the night of the 4th is that of the 5th
        month = _month_told(self.latest, words, self.published)
        back = HAD.search(self.text, max(0, words.span.start - HAD_CHARACTERS), words.span.start) is not None
        return Anchors(self.published, story, year, self.named, month, words.ahead, back, self.month_first)

    def _beside(self, found: Days | None, words: DateWords, anchors: Anchors) -> Days | None:
        """The days as other words of the sentence, the paragraph or the heading above leave them."""
        if self.span is not None and self.span[0] == words.sentence:
            found = _within(found, words, self.span[1])
        elif self.heading and words.paragraph != self.heading[0].paragraph:
            found = _within(found, words, self.heading[1])
        if found is None:
            return None
        found = self._that_night(found, words, back=anchors.back)
        if self.counted and self.counted[0] == words.sentence:
            found = _of_counted_year(found, words, self.counted[1], anchors)
        if self.published is not None and self.explicit and self.explicit[0].sentence == words.sentence:
            found = _weekday_beside(found, words, self.explicit[1])
        elif self.published is not None and self.latest and self._goes_on_from(self.latest[0], words):
            found = _weekday_beside(found, words, self.latest[1])
        return found

    def _that_night(self, found: Days, words: DateWords, *, back: bool) -> Days:
        """Of "overnight" in a paragraph that is at an earlier day: the night after that day, or before it ("had overnight burned it")."""
        if words.rule != "overnight" or self.published is None or self.latest is None:
            return found
        given, (first, last) = self.latest
        if given.paragraph != words.paragraph or first != last or last >= self.published[0] - DAY:
            return found
        return (first - DAY, first) if back else (first, first + DAY)

    def _in_passing(self, words: DateWords) -> bool:
        """Does a bare "last year" stand inside a sentence of a story that is at a year of its own?"""
        moment = words.moment
        bare = moment.kind == "period" and moment.unit == "year" and moment.which == "last"
        return (
            bare
            and self.explicit is not None
            and not SENTENCE_HEAD.search(self.text, max(0, words.span.start - 10), words.span.start)
        )

    def _week_of(self, words: DateWords, found: Days) -> Days:
        """The week that a heading names by its first or last day: "Week of 7 May", "Week to Saturday 12 May"."""
        week = WEEK_OF.search(self.text, max(0, words.span.start - WEEK_OF_CHARACTERS), words.span.start)
        if week is None or found[0] != found[1]:
            return found
        return (found[0] - 6 * DAY, found[1]) if week["end"] else (found[0], found[1] + 6 * DAY)

    @staticmethod
    def _goes_on_from(given: DateWords, words: DateWords) -> bool:
        """Do the words stand just after a day that is told with its weekday: "On Monday 3 May ... On Thursday"?"""
        beside = words.paragraph == given.paragraph and words.sentence - given.sentence <= 1
        return beside and given.moment.kind == "day" and given.moment.weekday is not None

    def _keep(self, words: DateWords, found: Days, *, dateline: bool) -> None:
        """Let the words after these count from them."""
        moment = words.moment
        if _is_span(words):
            self.span = words.sentence, found
        if _counts(words):
            self.counted = words.sentence, found
        if dateline:
            return
        if words.heading:
            self.heading = words, self._week_of(words, found)
        if moment.year is not None and not words.aside:
            self.explicit = words, found
        if not _is_event(words) or self._in_passing(words):
            return
        if self.explicit and moment.kind in ("day", "shift") and words.paragraph == self.explicit[0].paragraph:
            self.explicit = self.explicit[0], found  # the year goes on with the story
        self.coarse = found
        if (found[1] - found[0]).days <= FINE_DAYS:
            self.fine, self.latest = found, (words, found)
            self.named = (found, *self.named)[:NAMED_KEPT]


def _is_span(words: DateWords) -> bool:
    """Do these words say a week or month of the past, in which a weekday of the same sentence lies: "Five weeks ago"?"""
    moment = words.moment
    if words.role != "on" or words.ahead or words.aside:
        return False
    ago = moment.kind == "shift" and moment.origin == "published" and moment.unit in ("week", "fortnight", "month")
    return ago or moment.kind == "month" or (moment.kind == "period" and moment.which in ("last", "previous"))


def _counts(words: DateWords) -> bool:
    """Do these words count weeks, months or years to a day that may be given beside them: "eight months earlier"?"""
    moment = words.moment
    long = moment.kind == "shift" and moment.unit in ("week", "month", "year")
    return long and moment.origin != "event" and not words.rule.startswith("anniversary")


def _within(found: Days | None, words: DateWords, span: Days) -> Days | None:
    """The weekday of a week or month that its sentence names: "Five weeks ago he walked to Friday prayers"."""
    moment = words.moment
    if moment.kind != "weekday" or moment.which not in ("latest", "any") or (span[1] - span[0]).days > FINE_DAYS:
        return found
    if found and span[0] <= found[0] and found[1] <= span[1]:
        return found
    inside = [d for n in range((span[1] - span[0]).days + 1) if (d := span[0] + n * DAY).weekday() == moment.weekday]
    return (inside[0], inside[-1]) if inside else found


def _of_counted_year(found: Days, words: DateWords, counted: Days, anchors: Anchors) -> Days:
    """The year of a month or day by what its sentence counts: "Eight months earlier, on a Friday in October"."""
    moment = words.moment
    yearless = moment.kind in ("day", "month") and moment.year is None and not moment.unit and moment.which == "latest"
    if not yearless or words.last is not None or (found[0] <= counted[1] and counted[0] <= found[1]):
        return found
    for year in range(counted[0].year, counted[1].year + 1):
        then = days(replace(moment, year=year), anchors)
        if then and then[0] <= counted[1] + COUNTED_DAYS * DAY and counted[0] <= then[1] + COUNTED_DAYS * DAY:
            return then
    return found


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
