"""What date words say, before anything is counted from any day. Standard library and the shared types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.model import Span

Kind = Literal[
    "day",  # a day of a month, with or without its year
    "monthday",  # a day of a month that the story or the publication names
    "month",  # a month, or its early, middle or late part, with or without its year
    "year",
    "decade",
    "weekday",
    "weekend",
    "shift",  # so many units before or after something
    "past",  # the last so many units
    "period",  # this, last, next, the following week, month or year
    "portion",  # the first so many units of a year
    "same",  # the day that the story is at
    "hours",  # a part of a day and no day
    "range",
    "lasting",  # how long and not when
    "open",  # words of time that fix no day
    "pick",  # which day, week or part of the container that follows: "the last day of"
    "count",  # the larger part of a count: "a year and" before "two days later"
]
Origin = Literal["published", "story", "event"]
Which = Literal[
    "latest", "the", "last", "lastweek", "this", "next", "following", "previous", "same", "any", "beforelast"
]
Role = Literal["on", "since", "until", "by", "before", "after", "compared"]


@dataclass(frozen=True, slots=True)
class Pick:
    """Some days out of a month, week or year: `nth` counts from its end where below 0; 0 leaves open which.

    `unit` is "weekday" (with `weekday`), "day", "week", "weekend", "month", "half", "third", "quarter", or a part ("early",
    "start", "mid", "late", "end"). `count` units are meant, 0 where the words say only "the first days". `full`: weeks from their first day.
    """

    unit: str
    nth: int = 0
    weekday: int | None = None
    count: int = 1
    full: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """The meaning of date words, free of any anchor. Which fields count depends on `kind`.

    `weekday` counts from Monday = 0. `low` and `high` are the fewest and the most `unit`s, negative for earlier ones.
    `origin` is what they are counted from: the day of publication, the last dated event of the story, or the event that
    the words go on to name ("two days after the raid"). `part` is of a month or year ("early", "mid", "late", "half1",
    "half2"), `hours` of a day ("morning", "day", "evening", "night", "overnight"). `swapped` is the other reading of
    11/03 as (month, day). `feast` names the calendar of a feast, `low` the days after it and `high` how many more (geo/dates/feasts.py). `exact` forbids the rounding that
    weeks, months and years usually mean. `picks` are taken out of the days found, one from the other; then `then` moves them.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: Which = "latest"
    part: str = ""
    hours: str = ""
    unit: str = ""
    low: int = 0
    high: int = 0
    origin: Origin = "published"
    exact: bool = False
    swapped: tuple[int, int] | None = None
    feast: str = ""
    picks: tuple[Pick, ...] = ()
    then: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words of a text: where they stand and what they say.

    `last` is the other end of a range. `role` is the word before them that makes them a bound ("since"), "compared" where they only bound a comparison ("the deadliest raid since 2014"). `rule` is the
    pattern of `geo/rules/dates.toml` that matched. `paragraph` and `sentence` count as in the sentences given. `ahead`
    marks words of something to come ("will meet on Friday"), `quoted` words inside quotation marks, `aside` words that
    name another event in passing ("the 2012 attack", "Friday's raid"), `heading` those that stand alone above what follows.
    """

    span: Span
    moment: Moment
    rule: str
    last: Moment | None = None
    role: Role = "on"
    paragraph: int = 0
    sentence: int = 0
    ahead: bool = False
    quoted: bool = False
    aside: bool = False
    heading: bool = False

    @property
    def from_event(self) -> bool:
        """Do the words count from an event that they go on to name: "two days after" the raid?"""
        return any(m.origin == "event" for m in (self.moment, *self.moment.then))

    @property
    def fixes_day(self) -> bool:
        """Do the words say when, and not only at what hour or for how long?"""
        return self.moment.kind not in ("hours", "lasting", "open")
