"""The patterns of date words: `geo/rules/dates.toml` compiled, and the reading of a text into classes of words.

Every word that a pattern knows is one character of a string that stands for the text, every other word is an `x`, so
that a pattern over words becomes an ordinary regular expression over characters and a capture gives the word's index.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geo.model import BadInput, Problem
from geo.screen import Screen

RULES = "rules/dates.toml"
# One character each; words follow from U+E000 on.
DAY, ORDINAL, NUMBER, YEAR, ISO, SLASH, SHORT_SLASH, DOT, CLOCK, DECADE, NINE_ELEVEN = "donyisltcvq"
HYPHEN, DASH, COMMA, STOP, LOWER, CAPITAL = "h-,.xX"
SHAPES = {
    "DAY": DAY + ORDINAL,
    "ORD": ORDINAL,
    "NUM": NUMBER,
    "YEAR": YEAR,
    "SHORTYEAR": DAY + NUMBER,
    "ISO": ISO,
    "SLASH": SLASH,
    "SHORTSLASH": SHORT_SLASH,
    "DOT": DOT,
    "CLOCK": CLOCK,
    "DECADE": DECADE,
    "NINEELEVEN": NINE_ELEVEN,
    "HYPHEN": HYPHEN,
    "WORD": LOWER + CAPITAL,
    "STOP": STOP + COMMA + DASH,
    "LABEL": STOP + COMMA + DASH + CAPITAL,
    "NAME": CAPITAL,
}
NUMERIC = {
    "iso": ISO,
    "slash": SLASH,
    "shortslash": SHORT_SLASH,
    "nine": NINE_ELEVEN,
    "dot": DOT,
    "clock": CLOCK,
    "decade": DECADE,
    "ordinal": ORDINAL,
    "year": YEAR,
    "short": YEAR,
}
MARKS = {"-": HYPHEN + DASH, ",": COMMA}
TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)(?P<stop>\.(?=\s*\d))?"
    r"|(?P<mark>[^\w\s’'‘])|(?P<short>[’'‘]\d\d(?![\d’'‘]|\w))|(?P<apostrophe>[’'‘]s?\b)"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)|(?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d\d))(?![\d/])"
    r"|(?P<nine>9/11)(?![\d/])|(?P<shortslash>\d{1,2}/\d{1,2})(?![\d/])|(?P<dot>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d))(?!\d)"
    r"|(?P<clock>\d{1,2}[:.][0-5]\d(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b)(?![\d:])"
    r"|(?P<decade>(?:(?:19|20)\d0|[’'‘]\d0)[’']?s\b)|(?P<ordinal>[0-3]?\d(?:st|nd|rd|th)\b)"
    r"|(?P<big>\d+(?:[.,]\d+)+|\d+[^\W\d_]+)|(?P<year>(?:19|20)\d\d)(?!\d)|(?P<number>\d+)|(?P<other>[’'‘])",
)
# Abbreviations that swallow their full stop before a number: "Feb. 6".
SHORT = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
# Words that are a month or weekday only with a capital, because they are also something else.
NEEDS_CAPITAL = frozenset(
    "may march august jan mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
# Words in the names of feasts that are not what makes them one.
NOT_A_FEAST = frozenset(
    "the day year new saint all good over around about turn night feast holy women morning during".split()
)
AND_YEAR = re.compile(r"\s(?:19|20)\d\d\b")
MONTH_NAMES = frozenset(("may", "march", "august"))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of the rules: `means` are the fields that its words always have."""

    id: str
    regex: re.Pattern[str]
    means: dict[str, Any]
    first: frozenset[str]
    after_in: bool = True
    opens: bool = False  # only in front of a sentence or an item
    unlike: str = ""  # what may not stand among the names after it


@dataclass(frozen=True, slots=True)
class Grammar:
    """All patterns; `starts` lists for a character the patterns that can begin with it, in the order of the file.

    `possible` says whether a text has a digit or a word without which none matches.
    """

    chars: dict[str, str]
    values: dict[str, dict[str, Any]]
    starts: dict[str, tuple[Pattern, ...]]
    possible: Screen
    anchors: re.Pattern[str]
    patterns: dict[str, Pattern]
    events: frozenset[str]  # the characters of plain nouns and of those for an event
    name_before: frozenset[str]
    name_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexed:
    """A stretch of text as one character for each word: `code[i]` stands for the word at `spans[i]`."""

    code: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


@cache
def grammar() -> Grammar:
    """Read and compile the patterns once.

    Raises:
        BadInput: a pattern of the rules cannot be read; names the file and the pattern.
    """
    data = tomllib.loads(files("geo").joinpath(RULES).read_text(encoding="utf-8"))
    compiler = _Compiler(data["class"], data["short"])
    feasts = [_feast(row) for row in data["feast"]]
    patterns = [compiler.pattern(row) for row in (*data["pattern"], *feasts)]
    starts: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for char in pattern.first:
            starts.setdefault(char, []).append(pattern)
    # Words that make a date possible; only around them is anything tried.
    words = [
        w
        for name in ("MONTH", "WDAY", "WEEKDAYS", "UNIT", "HOURS", "EDGE", "PERIOD", "NTH")
        for w in data["class"][name]
    ]
    words += "today yesterday tomorrow tonight weekend half third quarter anniversary later earlier hours".split()
    words += [w for row in feasts for w in re.findall(r"\b[a-z]{3,}\b", row["match"]) if w not in NOT_A_FEAST]
    anchors = {compiler.char(w) for w in words} | set(
        YEAR + ISO + SLASH + SHORT_SLASH + DOT + CLOCK + DECADE + NINE_ELEVEN
    )
    anchors |= {ORDINAL}
    return Grammar(
        chars=compiler.chars,
        values=data["class"],
        starts={char: tuple(rows) for char, rows in starts.items()},
        possible=Screen([re.compile("|".join((r"\d", *words)))]),
        anchors=re.compile("[" + re.escape("".join(sorted(anchors))) + "]"),
        patterns={p.id: p for p in patterns},
        events=frozenset(LOWER + compiler.members("EVENT")),
        name_before=frozenset(data["name_before"]),
        name_after=frozenset(data["name_after"]),
    )


def _feast(row: dict[str, Any]) -> dict[str, Any]:
    """The pattern of a feast: its name, and a year if one follows."""
    return {**row, "match": f"({row['match']}) (,? YEAR)?", "means": {"kind": "day", **row["means"]}}


class _Compiler:
    """Turns pattern rows into regular expressions over word characters, giving each new word its character."""

    def __init__(self, classes: dict[str, dict[str, Any]], short: dict[str, str]) -> None:
        self.classes = classes
        self.short = short
        self.chars: dict[str, str] = {}
        self.groups: list[str] = []  # captures of the pattern in hand
        for words in classes.values():
            for word in words:
                self.char(word)

    def char(self, word: str) -> str:
        return self.chars.setdefault(word, chr(0xE000 + len(self.chars)))

    def members(self, name: str) -> str:
        """The characters of a class, bare of any regular-expression meaning."""
        if name == "NOUN":
            return LOWER + "".join(self.members(n) for n in ("FORMATION", "PEOPLE", "EVENT"))
        if name in SHAPES:
            return SHAPES[name]
        if name.islower():
            return self.char(name)
        return "".join(self.char(w) for w in self.classes[name])

    def pattern(self, row: dict[str, Any]) -> Pattern:
        match = row["match"]
        for name in reversed(self.short):  # the later ones hold the earlier ones
            match = re.sub(rf"\b{name}\b", self.short[name], match)
        symbols = re.findall(r"[>!]?(?:[A-Z]+\d?|[a-z]+)|'s|[(),|?-]", match)
        self.groups = []
        try:
            regex, first, empty, rest = self._either(symbols)
        except (KeyError, IndexError) as bad:
            raise BadInput([Problem(RULES, None, f"pattern {row['id']}", f"cannot be read at {bad}")]) from bad
        if rest or empty:
            raise BadInput(
                [Problem(RULES, None, f"pattern {row['id']}", f"stray {rest}" if rest else "may match nothing")]
            )
        unlike = self.members(row["unlike"]) if "unlike" in row else ""
        flags = row.get("after_in", True), row.get("opens", False)
        return Pattern(row["id"], re.compile(regex), row["means"], frozenset(first), *flags, unlike)

    def _either(self, symbols: list[str]) -> tuple[str, set[str], bool, list[str]]:
        options, first, empty = [], set[str](), False
        while True:
            regex, begins, may_miss, symbols = self._row(symbols)
            options.append(regex)
            first |= begins
            empty = empty or may_miss
            if not symbols or symbols[0] != "|":
                return "(?:" + "|".join(options) + ")", first, empty, symbols
            symbols = symbols[1:]

    def _row(self, symbols: list[str]) -> tuple[str, set[str], bool, list[str]]:
        out, first, empty = "", set[str](), True
        while symbols and symbols[0] not in ("|", ")"):
            head, symbols = symbols[0], symbols[1:]
            if head == "(":
                regex, begins, may_miss, symbols = self._either(symbols)
                if symbols[:1] != [")"]:
                    raise KeyError("missing )")
                symbols = symbols[1:]
            else:
                regex, begins, may_miss = self._symbol(head)
            if symbols and symbols[0] == "?":
                regex, may_miss, symbols = f"(?:{regex})?", True, symbols[1:]
            out += regex
            first |= begins if empty else set()
            empty = empty and may_miss
        return out, first, empty, symbols

    def _symbol(self, symbol: str) -> tuple[str, set[str], bool]:
        if symbol[0] in ">!":
            chars = re.escape(self.members(symbol[1:]))
            end = "|$" if symbol == ">STOP" else ""
            return (f"(?=[{chars}]{end})" if symbol[0] == ">" else f"(?![{chars}])"), set(), True
        if symbol in MARKS:
            return f"[{re.escape(MARKS[symbol])}]", set(MARKS[symbol]), False
        if symbol[0].isupper():
            chars = self.members(symbol.rstrip("0123456789"))
            self.groups.append(symbol.lower())
            name = symbol.lower() + "1" * (self.groups.count(symbol.lower()) - 1)  # a group's name stands once
            return f"(?P<{name}>[{re.escape(chars)}])", set(chars), False
        char = self.char(symbol)
        return char, {char}, False


def lowered(text: str) -> str:
    """`text` in small letters, of the same length, with typographic apostrophes kept."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def lex(text: str, low: str, start: int, end: int) -> Lexed:
    """Read `text[start:end]` into classes; `low` is `lowered(text)`."""
    chars = grammar().chars
    code: list[str] = []
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    for m in TOKEN.finditer(low, start, end):
        kind = m.lastgroup
        if kind in ("word", "stop"):
            word, at = m[1], m.start()
            char = chars.get(word, "")
            if not char or (
                word in NEEDS_CAPITAL and not text[at].isupper() and not _has_year_after(low, m.end(1), end, word)
            ):
                char = CAPITAL if text[at].isupper() else LOWER
            code.append(char)
            spans.append(m.span(1))
            words.append(word)
            if kind == "stop" and word not in SHORT:  # "... the city. 12 men": the stop ends a sentence
                code.append(STOP)
                spans.append(m.span(2))
                words.append(".")
        else:
            char, word = _shape(str(kind), m.group(), low, m.span(), chars)
            code.append(char)
            spans.append(m.span())
            words.append(word)
    return Lexed("".join(code), tuple(spans), tuple(words))


def may_hold_dates(low: str) -> bool:
    """Can small letters of a text hold date words? False of every fifth paragraph of news."""
    screen = grammar().possible
    return bool(screen.open(screen.pieces(low)))


def _has_year_after(low: str, at: int, end: int, word: str) -> bool:
    return word in MONTH_NAMES and AND_YEAR.match(low, at, end) is not None


def _shape(kind: str, word: str, low: str, span: tuple[int, int], chars: dict[str, str]) -> tuple[str, str]:
    """The character and the plain form of a number or mark."""
    start, end = span
    if kind == "number":
        value = int(word[:9])
        short = len(word) <= 2  # a day of a month has one or two digits
        return (DAY if short and 1 <= value <= 31 else NUMBER if len(word) <= 4 else LOWER), word
    if kind == "mark" and word in "-–—‑‒":
        tight = start > 0 and not low[start - 1].isspace() and not low[end : end + 1].isspace()
        return (HYPHEN if tight else DASH), "-"
    if kind == "mark":
        return (COMMA if word == "," else STOP if word in ".;:!?)…]" else LOWER), word
    if kind == "apostrophe":
        return chars.get("'s", LOWER) if word.endswith("s") else LOWER, "'s"
    if kind == "ordinal" and not 1 <= int(word[:-2]) <= 31:
        return LOWER, word
    return NUMERIC.get(kind, LOWER), word
