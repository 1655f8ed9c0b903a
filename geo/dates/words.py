"""Find the date words of a text and read what they say; nothing is counted from any day here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from geo.dates.compose import Match, attributive, composed
from geo.dates.grammar import CAPITAL, COMMA, HYPHEN, Lexed, Pattern, grammar, lex, lowered, may_hold_dates
from geo.dates.moments import DateWords, Moment, Role
from geo.model import Sentence, Span

ALONE_CHARACTERS = 12  # what else may stand in a heading that is a date: "(FRI)", "- Day 3"
HEADING_CHARACTERS, SMALL_WORD = 70, 3  # a heading is no longer, and of its words only the short ones are small
HEADING_REST = re.compile(r"\s*[:.,|–—-]\s*([^\n]*[^\s.!?…:;,])\s*")
REACH_WORDS = 7  # no pattern has more words before the one that makes it a date
ROLES: dict[str, Role] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "by": "by",
    "before": "before",
    "after": "after",
}
MIDDLE = HYPHEN + COMMA  # marks within a sentence
NAME_WORDS = 4  # "the 9th Oum Valley Rifle Brigade"
# Only what these say of something yet to come; "would" also tells what came.
AHEAD = re.compile(
    r"\b(?:will|shall|due to|is to|are to|planned|scheduled|expected to|set to|slated)\b[^.;:,“”\"]*$", re.IGNORECASE
)
AHEAD_AFTER = re.compile(
    r"\s*,?\s+(?:(?:it|they|he|she|we|[Tt]he \w+) )?(?:will(?! have)|shall|marks|is due|are due)\b"
)
SENTENCE_HEAD = re.compile(r"(?:^|[.!?]\s+|\n)\W*$")
COMPARED = re.compile(
    r"\b(?<!\bat )(?:worst|best|most|least|only|first|(?!(?:protest|arrest|unrest|(?:north|south)-?west|forest|harvest|interest|request|contest|priest|conquest)\b)[a-z]{3,}est)\b[^.;:]*$"
)
WHEN_IT_WAS = re.compile(
    r",?\s+when\s+(?!(?:the (?:war|conflict|offensive|uprising|campaign|siege)|fighting|hostilities)\b)"
)
QUOTE_REACH = 3000  # characters; a longer quotation has a paragraph of its own
AHEAD_REACH = 90  # characters
YEARS_OF_CENTURY = 70  # '69 is 2069 no longer: two digits from here on mean the last century


def expressions(text: str, sentences: Sequence[Sentence]) -> tuple[DateWords, ...]:
    """The date words inside `sentences`, in the order of the text; spans do not overlap."""
    low = lowered(text)
    found: list[DateWords] = []
    for paragraph, group in groupby(enumerate(sentences), key=lambda pair: pair[1].paragraph):
        members = list(group)
        start, end = members[0][1].span.start, members[-1][1].span.end
        if not may_hold_dates(low[start:end]):
            continue
        starts = [s.span.start for _, s in members]
        lexed = lex(text, low, start, end)
        here = _dropped_names(lexed, text, composed(lexed, _matches(lexed)))
        for match in here:
            span = Span(lexed.spans[match.first][0], lexed.spans[match.last - 1][1])
            number = members[max(0, bisect_right(starts, span.start) - 1)][0]
            found.append(
                _placed(
                    text,
                    low,
                    lexed,
                    match,
                    DateWords(
                        span,
                        match.moment,
                        match.rule,
                        match.end,
                        paragraph=paragraph,
                        sentence=number,
                        aside=match.aside,
                        heading=_stands_alone(members, span) or _opens_heading(text, members, span),
                    ),
                    start,
                )
            )
    return tuple(found)


def _stands_alone(members: Sequence[tuple[int, Sentence]], span: Span) -> bool:
    """Are the date words nearly all that their line says: "MONDAY 7 MAY", "Week of 3 May"?"""
    line = members[0][1].span
    return len(members) == 1 and (line.end - line.start) - (span.end - span.start) <= ALONE_CHARACTERS


def _opens_heading(text: str, members: Sequence[tuple[int, Sentence]], span: Span) -> bool:
    """Do the date words open a heading that says more: "2020: THE 44 DAYS AND BEFORE", "3 May - Oum"?"""
    line = Span(members[0][1].span.start, members[-1][1].span.end)
    if span.start != line.start or line.end - line.start > HEADING_CHARACTERS or "\n" in line.of(text):
        return False
    title = HEADING_REST.fullmatch(text, span.end, line.end)
    return title is not None and not any(len(w) > SMALL_WORD and w.islower() for w in title[1].split())


# What a pattern means beside the fields of a `Moment`.
OF_PATTERNS = frozenset(("sign", "more", "less", "aside", "attached", "season", "back"))
# Which field a captured word fills, and the class of the rules that gives its value.
TABLES = {
    "month": ("month", "MONTH"),
    "fullmonth": ("month", "MONTH"),
    "weekday": ("weekday", "WDAY"),
    "weekdays": ("weekday", "WEEKDAYS"),
    "wday": ("weekday", "WDAY"),
    "nth": ("day", "NTH"),
    "edge": ("part", "EDGE"),
    "half": ("part", "HALF"),
    "unit": ("unit", "UNIT"),
    "period": ("unit", "UNIT"),
    "hours": ("hours", "HOURS"),
}


def _matches(lexed: Lexed) -> list[Match]:
    """The longest pattern around each word that can make a date."""
    rules, code = grammar(), lexed.code
    out: list[Match] = []
    done = 0
    for anchor in rules.anchors.finditer(code):
        at = anchor.start()
        if at < done:
            continue
        best: tuple[int, re.Match[str], Pattern] | None = None
        for start in range(max(done, at - REACH_WORDS), at + 1):
            for pattern in rules.starts.get(code[start], ()):
                m = pattern.regex.match(code, start)
                if m and m.end() > at and (best is None or m.end() - start > best[0]) and _allowed(pattern, m, lexed):
                    best = (m.end() - start, m, pattern)
        if best is None:
            continue
        _, m, pattern = best
        built = _meaning(pattern, m, lexed)
        if built is not None:
            out.append(Match(m.start(), m.end(), pattern.id, *built))
            done = m.end()
    return out


def _allowed(pattern: Pattern, m: re.Match[str], lexed: Lexed) -> bool:
    """Does what stands before leave the match standing? "in May 9 men died" is no 9th of May."""
    before = m.start() - 1
    if pattern.opens and before >= 0 and (lexed.words[before].isalnum() or lexed.code[before] in MIDDLE):
        return False
    for char in lexed.code[m.end() : m.end() + NAME_WORDS] if pattern.unlike else "":
        if char in pattern.unlike:
            return False
        if char not in CAPITAL + COMMA:
            break
    return pattern.after_in or m.start() == 0 or lexed.words[m.start() - 1] != "in"


# ------------------------------------------------------------------------------------------------ meaning


def _meaning(pattern: Pattern, m: re.Match[str], lexed: Lexed) -> tuple[Moment, Moment | None] | None:
    """The meaning of a match, or None where its numbers are no date."""
    caught: dict[str, tuple[str, str]] = {}
    for name in m.groupdict():
        if m.group(name):
            key = name.rstrip("1")
            caught[key] = (key.rstrip("2"), lexed.words[m.start(name)])
    means = dict(pattern.means)
    if means["kind"] == "pick":  # its words are read where the neighbour is known
        return Moment(kind="pick"), None
    fields = {k: v for k, v in means.items() if k not in OF_PATTERNS}
    other = {name[:-1]: pair for name, pair in caught.items() if name.endswith("2")}
    mine = {name: pair for name, pair in caught.items() if not name.endswith("2")}
    if not _fill(mine, fields):
        return None
    if means.get("back"):
        fields["then"] = (Moment(kind="shift", unit="year", low=-1, high=-1, exact=True),)
    if fields["kind"] not in ("day", "monthday", "range"):
        fields.pop("day", None)  # a number that counts
    _count(_amount(m, lexed), means, fields, lexed.words[m.start() : m.end()])
    if fields["kind"] != "range":
        return (Moment(**fields), None) if _possible(fields) else None
    return _range(fields, other)


def _range(fields: dict[str, Any], other: dict[str, tuple[str, str]]) -> tuple[Moment, Moment | None] | None:
    """The two ends of a range: what one end leaves out stands at the other."""
    ends: dict[str, Any] = {}
    if not _fill(other, ends):
        return None
    first = {k: v for k, v in fields.items() if k in ("day", "month", "year", "weekday")}
    for name in ("month", "year"):
        if name not in ends and name in first:
            ends[name] = first[name]
    if "month" not in first and "month" in ends:
        first["month"] = ends["month"]
    if "year" not in first and "year" in ends:
        # "from November to March 2019" began the year before
        first["year"] = ends["year"] - (first.get("month", 0) > ends.get("month", 12))
    kind = "weekday" if "weekday" in first else "day" if "day" in first else "month" if "month" in first else "year"
    if not (_possible(first) and _possible(ends)):
        return None
    return Moment(kind=kind, hours=fields.get("hours", ""), **first), Moment(kind=kind, **ends)  # type: ignore[arg-type]


def _fill(caught: dict[str, tuple[str, str]], fields: dict[str, Any]) -> bool:
    """Put the captured words into the fields of a `Moment`; False where a number is no date."""
    values, tens = grammar().values, 0
    for name, word in caught.values():
        if name in TABLES:
            into, table = TABLES[name]
            fields[into] = values[table][word]
        elif name == "tenth":
            tens = values["TENTH"][word]
        elif name in ("day", "ord"):
            fields["day"] = int(re.sub(r"\D", "", word))
        elif name in ("year", "shortyear", "decade"):
            fields["year"] = _year(re.sub(r"\D", "", word))
        elif name in ("iso", "slash", "dot", "shortslash") and not _numeric(name, word, fields):
            return False
    if tens:
        fields["day"] += tens
    return True


def _year(word: str) -> int:
    value = int(word)
    return value if value > 99 else value + (2000 if value < YEARS_OF_CENTURY else 1900)


def _numeric(name: str, word: str, fields: dict[str, Any]) -> bool:
    """2019-06-04, 04.06.2019, and 04/06/2019 with both of its readings."""
    a, b, *rest = (int(x) for x in re.split(r"[-/.]", word))
    if name == "iso":
        fields.update(year=a, month=b, day=rest[0])
        return _possible(fields)
    if rest:
        fields["year"] = _year(str(rest[0]))
    if name == "dot" or a > 12 or b > 12 or a == b:
        day, month = (b, a) if b > 12 and name != "dot" else (a, b)
        fields.update(day=day, month=month)
        return _possible(fields)
    fields.update(day=a, month=b, swapped=(a, b))  # the other reading: month a, day b
    return _possible(fields)


def _possible(fields: dict[str, Any]) -> bool:
    day, month = fields.get("day"), fields.get("month")
    if fields.get("kind") == "monthday" or day is None:
        return month is None or 1 <= month <= 12
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return month is not None and 1 <= month <= 12 and 1 <= day <= longest[month - 1]


def _amount(m: re.Match[str], lexed: Lexed) -> tuple[int, int] | None:
    """The fewest and the most that the captured numbers leave open: "two", "a few", "two or three", "twenty-two"."""
    values, found = grammar().values, list[tuple[int, int, int]]()
    for name in m.groupdict():
        kind = name.rstrip("1")
        if m.group(name) and kind in ("count", "num", "day", "ord", "nth"):
            word = lexed.words[m.start(name)]
            digits = int(re.sub(r"\D", "", word) or 0)
            low, high = values["COUNT"][word] if kind == "count" else (values["NTH"].get(word, digits),) * 2
            found.append((m.start(name), int(low), int(high)))
    found.sort()
    at = m.start()
    tens = 0
    if at >= 2 and lexed.words[at - 1] == "-" and lexed.words[at - 2] in ("twenty", "thirty", "forty", "fifty"):
        tens = int(values["COUNT"][lexed.words[at - 2]][0])
    return (found[0][1] + tens, found[-1][2] + tens) if found else None


def _count(amount: tuple[int, int] | None, means: dict[str, Any], fields: dict[str, Any], words: Sequence[str]) -> None:
    """Turn a captured number into `low` and `high`, earlier ones negative."""
    if fields["kind"] not in ("shift", "past", "portion", "lasting", "count") and not ("sign" in means and amount):
        return
    low, high = amount or (fields.get("low", 0), fields.get("high", 0))
    low, high, unit = _plain_units(low, high, fields.get("unit", ""), words)
    if means.get("less"):
        low = 0
    if means.get("more"):
        high = 2 * high
    if means.get("sign") == -1:
        low, high = -high, -low
    fields.update(low=low, high=high, unit=unit)
    if "exactly" in words or "precisely" in words or ("to" in words and "day" in words):
        fields["exact"] = True


# A half more: the finer unit, how many of it a whole is, and what a half adds at least and at most.
HALVES = {"year": ("month", 12, 3, 9), "month": ("day", 30, 10, 20), "week": ("day", 7, 3, 4), "day": ("day", 1, 0, 1)}


def _plain_units(low: int, high: int, unit: str, words: Sequence[str]) -> tuple[int, int, str]:
    """Fortnights, decades, halves and "a day or two" in the units that are counted."""
    times, unit = {"fortnight": (2, "week"), "decade": (10, "year")}.get(unit, (1, unit))
    low, high = low * times, high * times
    if "half" in words and unit in HALVES:
        finer, whole, least, most = HALVES[unit]
        return low * whole + least, high * whole + most, finer
    if "or" in words and words[words.index("or") + 1] == "two" and low == high == 1:
        high = 2
    return low, high, unit


# ------------------------------------------------------------------------------------------------ neighbours


def _dropped_names(lexed: Lexed, text: str, matches: list[Match]) -> Iterator[Match]:
    """All matches but weekdays inside names ("Bloody Sunday", "the Sunday Times") and repeated ones ("every Friday")."""
    rules = grammar()
    for match in matches:
        first, last = match.first, match.last
        if match.rule == "weekday":
            before = lexed.words[first - 1] if first else ""
            after = lexed.words[last] if last < len(lexed.words) else ""
            if before in rules.name_before:
                continue
            if after in rules.name_after and text[lexed.spans[last][0]].isupper():
                continue
        yield match


def _bounds_hours(lexed: Lexed, first: int) -> bool:
    """Does the word at `first` bound the hours of a day and not the day? "before dawn on Saturday"."""
    follower = lexed.words[first + 1] if first + 1 < len(lexed.words) else ""
    return follower in grammar().values["HOURS"]


def _placed(text: str, low: str, lexed: Lexed, match: Match, words: DateWords, start: int) -> DateWords:
    """Add what the surroundings say: a bound before the words, a quotation around them, the future."""
    role: Role = "on"
    first = match.first
    head = lexed.words[first]
    before = lexed.words[first - 1] if first else ""
    if before == "the" and first > 1 and words.moment.kind == "weekday":  # "nine by the Tuesday"
        before = lexed.words[first - 2]
    possessive = low[words.span.end : words.span.end + 1] in ("’", "'")
    if words.rule in ("month-noun", "year-noun") or (before == "after" and attributive(lexed, match)):
        pass  # "after a December attack": the date is the attack's
    elif head in ROLES and words.moment.kind != "lasting" and not _bounds_hours(lexed, first):
        role = ROLES[head]
    elif before in ROLES and words.moment.origin != "event" and not possessive:
        role = ROLES[before]
    if role in ("after", "before", "by") and words.moment.hours and words.moment.kind == "hours":
        role = "on"
    if role == "after" and re.match(r"\s+(?:noon|midday|friday\s)?prayers", low[words.span.end : words.span.end + 20]):
        role = "on"
    if role == "since" and WHEN_IT_WAS.match(low, words.span.end):
        role = "on"  # "no calm since the night of 3 May, when gunmen came"
    if role == "since" and COMPARED.search(low, max(start, words.span.start - AHEAD_REACH), words.span.start):
        role = "compared"
    said = text[max(start, words.span.start - AHEAD_REACH) : words.span.start]
    opens = SENTENCE_HEAD.search(said.removesuffix("On ").removesuffix("on ")) is not None
    ahead = opens and AHEAD_AFTER.match(text, words.span.end) is not None
    sofar = text[max(start, words.span.start - QUOTE_REACH) : words.span.start]
    quoted = sofar.count("“") > sofar.count("”") or sofar.count('"') % 2 == 1
    aside = words.aside or bool(grammar().patterns[words.rule].means.get("aside"))
    return replace(words, role=role, ahead=ahead or AHEAD.search(said) is not None, quoted=quoted, aside=aside)
