"""Join neighbouring date words into one: a day and its hours, "the last Saturday" "of June", "two days after" "Christmas"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from geo.dates.grammar import Lexed, grammar
from geo.dates.moments import Moment, Pick

LINK_WORDS = 3  # "early in the morning, on the 3rd": the most that may stand between two that are joined
HOUR_LINKS = frozenset("on of in the at , 's from around about shortly just after before local time".split())
OF_LINKS = frozenset("of in during the over".split())
YEAR_LINKS = frozenset("of in back the".split())
OPENINGS = frozenset(
    "on in during over at within from since by until till towards the a an one any very of earlier".split()
)
DAY_KINDS = frozenset(("day", "monthday", "weekday", "weekend", "shift", "same", "range"))
EDGES = frozenset(("early", "mid", "late", "start", "end"))
BASES = frozenset(("day", "monthday", "weekday", "weekend", "month", "same"))
HOLDS_DAYS = frozenset(("month", "year", "period", "decade"))
MARKED = frozenset(  # what a day is counted from with its date beside it: "the eve of the truce of 3 May"
    "ceasefire truce armistice vote election elections polls referendum summit talks anniversary deadline agreement accord deal handover inauguration".split()
)
YEARLY = frozenset(("day", "month"))
YEARS = frozenset(("year-in", "year-back", "of-year"))
AGO = frozenset(("ago", "ago-to-the-day"))
WORTH = {"overnight": 3, "into": 3, "night": 2, "evening": 1}


class Match(NamedTuple):
    """Date words by the numbers of their first word and of the word after their last."""

    first: int
    last: int
    rule: str
    moment: Moment
    end: Moment | None = None
    aside: bool = False


def composed(lexed: Lexed, matches: Sequence[Match]) -> list[Match]:
    """All matches, neighbours joined from the right to the left; those that need a neighbour and have none are left out."""
    out: list[Match] = []
    for found in reversed(matches):
        match = found
        while out and (joined := _joined(lexed, match, out[-1])):
            out.pop()
            match = joined
        if out and (counted := _counted_from(lexed, match, out[-1])):
            match, out[-1] = counted, out[-1]._replace(aside=True)
        out.append(match)
    return [m for m in reversed(out) if not _needs_more(m)]


def _needs_more(match: Match) -> bool:
    if match.moment.kind in ("pick", "count"):
        return True
    attached = grammar().patterns[match.rule].means.get("attached")
    return bool(attached) and (match.moment.kind == "hours" or not (match.moment.picks or match.moment.then))


def _joined(lexed: Lexed, a: Match, b: Match) -> Match | None:
    """One match for two that belong together, or None."""
    between = lexed.words[a.last : b.first]
    if len(between) > LINK_WORDS:
        return None
    return next((found for join in JOINS if (found := join(lexed, a, b, between))), None)


def _span(a: Match, b: Match, rule: str, moment: Moment, end: Moment | None = None) -> Match:
    return Match(a.first, b.last, rule, moment, end)


# ------------------------------------------------------------------------------------------------ hours


def _day_and_hours(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:  # noqa: ARG001
    """A day and the hours beside it."""
    kinds = {"hours" if m.rule == "overnight" else m.moment.kind for m in (a, b)}
    if "hours" not in kinds or any(w not in HOUR_LINKS for w in between):
        return None
    if b.rule == "late-on" or (between and "," in between and b.rule == "bare-hours"):
        return None  # "on Friday late on Saturday": the words look forward
    if any(m.moment.origin == "event" or m.moment.then for m in (a, b)):  # "overnight, a day after the raid"
        return None
    if not ((kinds == {"hours"} and "overnight" not in (a.rule, b.rule)) or kinds & DAY_KINDS):
        return None
    day = a if b.moment.kind == "hours" or b.rule == "overnight" else b
    if day.moment.kind == "range" or day.end is not None:
        return _span(a, b, day.rule, day.moment, day.end)
    hours = (a.moment.hours, b.moment.hours)
    strongest = max(hours, key=lambda h: WORTH.get(h, 0))
    early = "morning" in hours and strongest == "evening"
    return _span(a, b, day.rule, replace(day.moment, hours="morning" if early else strongest), day.end)


# ------------------------------------------------------------------------------------------------ out of a month, week or year


def _picked(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:
    """Words that say which, and the month, week or year that they pick from: "the first Friday" "in August"."""
    if b.moment.kind not in HOLDS_DAYS or any(w not in OF_LINKS for w in between) or b.end is not None:
        return None
    pick = _pick(lexed.words[a.first : a.last])
    if pick is None:
        return None
    edge = pick.unit in EDGES
    inside = "of" in between or lexed.words[b.first] in ("of", "in", "during") or "in" in between
    weekly = b.moment.kind == "period" and b.moment.unit == "week" and (edge or pick.unit == "weekday")
    if not (inside or weekly or (edge and b.moment.kind == "period")):
        return None
    if pick.unit == "weekday" and not pick.nth and b.moment.unit == "week" and a.rule == "weekday-any":
        return None
    if edge and (b.moment.part or b.moment.kind == "decade"):
        return None
    named = grammar().values["HOURS"]
    hours = a.moment.hours or next((named[w] for w in lexed.words[a.first : a.last] if w in named), b.moment.hours)
    return _span(a, b, b.rule, replace(b.moment, picks=(*b.moment.picks, pick), hours=hours))


def _pick(words: Sequence[str]) -> Pick | None:
    """What "on the last two days", "a Sunday", "late" pick, or None where the words pick nothing."""
    values = grammar().values
    rest = list(words)
    while rest and rest[0] in OPENINGS:
        rest = rest[1:]
    nth = 0
    if rest and rest[0] in values["RANK"]:
        nth, rest = values["RANK"][rest[0]], rest[1:]
    elif rest and rest[0] in values["NTH"]:
        nth, rest = values["NTH"][rest[0]], rest[1:]
    if rest and nth == 0 and rest[0] in values["EDGE"]:
        return Pick(values["EDGE"][rest[0]]) if set(rest[1:]) <= {"of", "in", "-", "on"} else None
    count = 1
    if rest and nth and rest[0] in ("few", "couple"):
        count, rest = 0, [w for w in rest[1:] if w != "of"]
    elif rest and nth and (rest[0].isdigit() or rest[0] in values["COUNT"]):
        count, rest = int(rest[0]) if rest[0].isdigit() else int(values["COUNT"][rest[0]][1]), rest[1:]
    full = bool(rest) and rest[0] == "full"
    rest = rest[1:] if full else rest
    if not rest or any(w not in values["HOURS"] for w in rest[1:]):
        return None
    if rest[0] in values["WEEKDAY"]:
        return Pick("weekday", nth, values["WEEKDAY"][rest[0]])
    unit = values["PICKUNIT"].get(rest[0])
    if unit is None or nth == 0:
        return None
    vague = rest[0].endswith("s") and count == 1
    return Pick(unit, nth, count=0 if vague else count, full=full)


# ------------------------------------------------------------------------------------------------ years


def _with_year(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:
    """A day or month, and its year beside it: "on 3 May, back in" "2014", "on Boxing Day" "last year"."""
    moment = a.moment
    if moment.kind not in YEARLY or moment.year is not None or moment.unit or a.end is not None or moment.then:
        return None
    comma = "," in between
    if any(w not in YEAR_LINKS and w != "," for w in between) or moment.which != "latest":
        return None
    told = b.moment
    if told.kind == "year" and not told.part and not told.picks and not b.aside and b.rule in YEARS:
        back = b.rule == "year-back" or not comma
        return _span(a, b, a.rule, replace(moment, year=told.year)) if back else None
    if not _is_year(b):
        return None
    if b.last < len(lexed.words) and lexed.words[b.last] == "'s":
        return None
    return _span(a, b, a.rule, _of_year(moment, told))


def _year_first(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:  # noqa: ARG001
    """A year, and its day or month behind a comma: "last year, on" "3 May"."""
    moment = b.moment
    plain = moment.kind in YEARLY and moment.year is None and not moment.unit and not moment.then and b.end is None
    if not plain or moment.which != "latest" or not _is_year(a) or list(between[:1]) != [","]:
        return None
    return _span(a, b, b.rule, _of_year(moment, a.moment)) if set(between) <= {",", "on", "in"} else None


def _is_year(match: Match) -> bool:
    told = match.moment
    return told.kind == "period" and told.unit == "year" and not (told.part or told.picks or match.aside or match.end)


def _of_year(moment: Moment, told: Moment) -> Moment:
    """A day or month of the year that words such as "last year", "the year before" say."""
    steps = {"last": -1, "previous": -1, "next": 1, "following": 1}
    story = told.which in ("previous", "following", "same")
    low, origin = steps.get(told.which, 0), "story" if story else "published"
    return replace(moment, unit="year", low=low, origin=origin, which="latest")  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ counts


def _and_count(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:  # noqa: ARG001
    """Both parts of a count: "a year and" "twelve days later"."""
    if a.moment.kind != "count" or between or b.moment.kind != "shift" or b.moment.unit not in ("day", "week", "month"):
        return None
    low, high = (a.moment.low, a.moment.high) if b.moment.high > 0 else (-a.moment.high, -a.moment.low)
    first = replace(b.moment, low=low, high=high, unit=a.moment.unit, exact=True)
    rest = replace(b.moment, exact=True, hours="")
    return _span(a, b, b.rule, replace(first, then=(rest,)))


def _ago_on(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:  # noqa: ARG001
    """So many years before a day that is named: "ten years ago" "on Friday", "a year ago" "this month"."""
    plain = a.rule in AGO and not a.moment.then and not a.moment.picks and b.end is None
    if not plain or any(w not in ("on", "in", "the", ",") for w in between):
        return None
    if a.moment.unit == "week" and b.moment.kind == "weekday" and b.moment.which == "latest":
        on = _weekday_of(a.moment, b.moment)
        before = replace(b.moment, then=(replace(a.moment, exact=True),))  # "a week ago Tuesday": before the last one
        return _span(a, b, a.rule, on if between else before)
    if a.moment.unit not in ("year", "month"):
        return None
    years, told = a.moment, b.moment
    if told.kind in YEARLY and told.year is None and not told.unit and not told.then and years.unit == "year":
        return _span(a, b, b.rule, replace(told, unit="year", low=years.low, origin="published"))
    shift = told.kind == "shift" and told.origin == "published" and told.unit == "day"
    near = told.kind in ("weekday", "weekend", "period") and told.which in ("latest", "last", "this", "next")
    if "," in between or not (shift or near):
        return None
    return _span(a, b, b.rule, replace(told, then=(*told.then, replace(years, exact=True))))


def _weekday_then(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:  # noqa: ARG001
    """A weekday and its week: "on Tuesday", "a week ago"."""
    weekday = a.moment.kind == "weekday" and a.moment.which == "latest" and a.end is None
    if not weekday or b.rule not in AGO or b.moment.unit != "week" or b.moment.picks or set(between) - {","}:
        return None
    return _span(a, b, b.rule, _weekday_of(b.moment, a.moment))


def _weekday_of(weeks: Moment, day: Moment) -> Moment:
    return replace(weeks, picks=(Pick("weekday", weekday=day.weekday),), hours=day.hours)


def _same_day_of(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:  # noqa: ARG001
    """The day of another year: "on the same day" "a year earlier", so many years from the day that the story is at."""
    if a.moment.kind != "same" or a.moment.then or any(w != "," for w in between):
        return None
    if b.moment.kind == "shift" and b.moment.origin == "story" and b.moment.unit in ("week", "month", "year"):
        return _span(a, b, b.rule, replace(b.moment, exact=True, hours=a.moment.hours))
    return None


def _offset(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:
    """So long before or after a day that is named and dates nothing else: "three days after" "Christmas 2011"."""
    if not _is_base(lexed, a, b, between) or attributive(lexed, b):
        return None
    return _span(a, b, b.rule, _moved(a, b))


def _counted_from(lexed: Lexed, a: Match, b: Match) -> Match | None:
    """`a` counted from the day of the event that its words name: "two days after" in "two days after Friday's raid"."""
    between = lexed.words[a.last : b.first]
    if len(between) > 1 or not _is_base(lexed, a, b, between) or not attributive(lexed, b):
        return None
    return a._replace(moment=_moved(a, b))


def _anniversary(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> Match | None:
    """The day on which an anniversary fell: "the tenth anniversary of" "9/11"; not of "the 3 May bombing", which it dates."""
    counted = a.rule.startswith("anniversary") and a.moment.kind == "shift" and a.moment.low == a.moment.high
    plain = b.moment.kind == "day" and b.moment.year is not None and b.end is None and not b.moment.then
    if not counted or not plain or set(between) - {"the"} or attributive(lexed, b):
        return None
    later = replace(a.moment, low=-a.moment.low, high=-a.moment.high, exact=True)
    return _span(a, b, b.rule, replace(b.moment, then=(later,)))


def _is_base(lexed: Lexed, a: Match, b: Match, between: Sequence[str]) -> bool:  # noqa: ARG001
    counted = a.moment.kind == "shift" and a.moment.origin == "event" and not a.moment.then
    named = b.moment.kind in BASES or (b.moment.kind == "shift" and b.moment.origin == "published")
    plain = all(w in ("the", "on", "of", "a") or (w in MARKED and between[-1] in ("on", "of")) for w in between)
    return counted and named and b.end is None and plain


def _moved(a: Match, b: Match) -> Moment:
    return replace(b.moment, then=(*b.moment.then, a.moment), hours=a.moment.hours)


def attributive(lexed: Lexed, match: Match) -> bool:
    """Do date words stand before the event that they date: "Friday's raid", "the 3 May attack"?"""
    if match.last < len(lexed.words) and lexed.words[match.last] == "'s":
        return True
    the = lexed.words[match.first] == "the" or (match.first > 0 and lexed.words[match.first - 1] == "the")
    return (
        the and match.last < len(lexed.code) and lexed.code[match.last] in grammar().events and not match.moment.feast
    )


Join = Callable[[Lexed, Match, Match, Sequence[str]], Match | None]
JOINS: tuple[Join, ...] = (
    _day_and_hours,
    _picked,
    _with_year,
    _year_first,
    _and_count,
    _ago_on,
    _weekday_then,
    _same_day_of,
    _anniversary,
    _offset,
)
