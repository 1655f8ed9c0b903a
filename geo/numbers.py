"""Read how many a text says: figures, number words, and the words that widen them ("at least", "dozens")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.model import Token

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
# Words that say only roughly how many, as (lowest, highest). A text that says "dozens" means two dozen or more, and
# would say "hundreds" of more than a hundred.
VAGUE = {
    ("a", "few"): (3, 5),
    ("few",): (3, 5),
    ("a", "handful"): (3, 6),
    ("several",): (3, 9),
    ("a", "number"): (2, 9),
    ("a", "score"): (20, 20),
    ("dozen",): (12, 12),  # "the dozen"
    ("a", "couple"): (2, 2),
    ("couple",): (2, 2),
    ("a", "pair"): (2, 2),
    ("both",): (2, 2),
    ("half", "a", "dozen"): (6, 6),
    ("dozens",): (24, 99),
    ("several", "dozen"): (36, 99),
    ("a", "few", "dozen"): (36, 60),
    ("a", "couple", "of", "dozen"): (20, 30),
    ("a", "couple", "dozen"): (20, 30),
    ("scores",): (40, 99),
    ("tens",): (20, 99),
    ("hundreds",): (200, 999),
    ("a", "few", "hundred"): (300, 500),
    ("several", "hundred"): (300, 900),
    ("thousands",): (2_000, 9_999),
    ("several", "thousand"): (3_000, 9_000),
    ("tens", "of", "thousands"): (20_000, 99_999),
    ("hundreds", "of", "thousands"): (200_000, 999_999),
    ("half", "a", "million"): (500_000, 500_000),
}
LONGEST_VAGUE = max(map(len, VAGUE))
VAGUE_FIRST = frozenset(phrase[0] for phrase in VAGUE)
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
DASHES = frozenset("-–—‑")
DAYS_OF_A_MONTH = 31
CLOCK = frozenset(("a.m", "a.m.", "am", "p.m", "p.m.", "pm", "hrs"))  # "at about 1 a.m." counts nobody
FIRST_YEAR, LAST_YEAR = 1900, 2100  # a bare figure between them is taken for a year
ODD = 9  # people, that "20-odd" may leave out
LARGEST = 100_000_000  # people; a larger figure counts something else
LONGEST_FIGURE = 12  # characters; longer runs of digits are telephone numbers and codes


class Bounds:
    """Phrases before a number, in lower case, and what they do to it: "least", "most" or "about"."""

    def __init__(self, phrases: Mapping[tuple[str, ...], str]) -> None:
        self.phrases = dict(phrases)
        self.firsts = frozenset(phrase[0] for phrase in phrases)
        self.longest = max(map(len, phrases), default=0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written in tokens `start` to `end` (half open).

    `open_high`: the words set no upper end ("at least"), `high` is then what they name. `rough`: "about".
    `year_like`: a bare figure that is a year unless a noun follows at once.
    """

    start: int
    end: int
    low: int
    high: int
    open_high: bool = False
    rough: bool = False
    year_like: bool = False


def starters(bounds: Bounds) -> frozenset[str]:
    """Every word that a quantity may begin with, digits aside."""
    words = set(UNITS) | set(TENS) | set(SCALES) | {phrase[0] for phrase in VAGUE} | bounds.firsts
    words |= {f"{ten}-{unit}" for ten in TENS for unit in UNITS if 0 < UNITS[unit] < 10}
    return frozenset(words | {"a", "between", "from", "all"})


def read(tokens: Sequence[Token], at: int, bounds: Bounds) -> Quantity | None:
    """Read the quantity that begins at token `at`, or None.

    `bounds` says what the phrases before a number do to it.
    """
    start = at
    effects: set[str] = set()
    while (phrase := _phrase(tokens, at, bounds)) is not None:
        effects.add(bounds.phrases[phrase])
        at += len(phrase)
    if at + 1 < len(tokens) and (tokens[at].lower == "all" or (at > start and tokens[at].lower == "the")):
        at += 1
    found = _between(tokens, at) or _plain_range(tokens, at) or _vague(tokens, at) or _number(tokens, at)
    if found is None:
        return None
    end, low, high, year_like = found
    suffix = tuple(t.lower for t in tokens[end : end + 2])
    if suffix in (("or", "more"), ("or", "so")):
        effects.add("least" if suffix[1] == "more" else "about")
        end += 2
    if "most" in effects:
        low = min(1, low)
    return Quantity(start, end, low, high, "least" in effects, "about" in effects, year_like and not effects)


def _phrase(tokens: Sequence[Token], at: int, bounds: Bounds) -> tuple[str, ...] | None:
    """The longest phrase of `bounds` at token `at`."""
    if at >= len(tokens) or tokens[at].lower not in bounds.firsts:
        return None
    words = tuple(t.lower for t in tokens[at : at + bounds.longest])
    return next((words[:size] for size in range(len(words), 0, -1) if words[:size] in bounds.phrases), None)


def _between(tokens: Sequence[Token], at: int) -> tuple[int, int, int, bool] | None:
    """Read "between 20 and 25", "from 20 to 25"."""
    if at + 3 >= len(tokens) or tokens[at].lower not in ("between", "from"):
        return None
    first = _number(tokens, at + 1)
    joint = "and" if tokens[at].lower == "between" else "to"
    if first is None or first[3] or first[0] >= len(tokens) or tokens[first[0]].lower != joint:
        return None
    second = _number(tokens, first[0] + 1)
    if second is None or second[3] or second[1] < first[1]:
        return None
    return second[0], first[1], second[1], False


def _plain_range(tokens: Sequence[Token], at: int) -> tuple[int, int, int, bool] | None:
    """Read "20-25", "20 to 25", "three or four"."""
    first = _number(tokens, at, in_range=True)
    if first is None or first[0] + 1 >= len(tokens):
        return None
    joint = tokens[first[0]].lower
    if joint not in ("to", "or") and joint not in DASHES:
        return None
    second = _number(tokens, first[0] + 1)
    if second is None or second[1] <= first[1] or (first[3] and second[3]):
        return None
    return second[0], first[1], second[1], False


def _vague(tokens: Sequence[Token], at: int) -> tuple[int, int, int, bool] | None:
    if at >= len(tokens) or tokens[at].lower not in VAGUE_FIRST:
        return None
    words = tuple(t.lower for t in tokens[at : at + LONGEST_VAGUE])
    for size in range(len(words), 0, -1):
        if words[:size] in VAGUE:
            return at + size, *VAGUE[words[:size]], False
    return None


def _number(tokens: Sequence[Token], at: int, *, in_range: bool = False) -> tuple[int, int, int, bool] | None:
    """(end, low, high, year_like) of the figure or number words at token `at`."""
    if at >= len(tokens):
        return None
    if tokens[at].text[0].isdigit():
        return _figure(tokens, at, in_range=in_range)
    return _words(tokens, at)


def _figure(tokens: Sequence[Token], at: int, *, in_range: bool) -> tuple[int, int, int, bool] | None:
    """Digits that count something: no date, time, ordinal, age, calibre, share or sum of money."""
    token = tokens[at]
    value = _digits(token.text)
    if value is not None and [t.lower for t in tokens[at + 1 : at + 3]] == ["-", "odd"]:
        return at + 3, value, value + ODD, False
    if value is None or _beside_a_unit(tokens, at, in_range=in_range):
        return None
    end = at + 1
    if end < len(tokens) and tokens[end].lower in (*SCALES, "dozen"):
        value *= 12 if tokens[end].lower == "dozen" else SCALES[tokens[end].lower]
        end += 1
    year_like = "," not in token.text and end == at + 1 and FIRST_YEAR <= value <= LAST_YEAR
    return (end, value, value, year_like) if value <= LARGEST else None


def _digits(text: str) -> int | None:
    """The value of "41" or "5,024"; None of decimals, times and codes."""
    if len(text) > LONGEST_FIGURE or not text.isascii():
        return None
    head, *groups = text.replace(".", ",").split(",")
    if not head.isdigit() or any(len(g) != 3 or not g.isdigit() for g in groups) or (groups and len(head) > 3):
        return None
    return int("".join((head, *groups)))


def _beside_a_unit(tokens: Sequence[Token], at: int, *, in_range: bool) -> bool:
    """Is the figure glued to letters ("46th", "107mm", "18-year-old"), to a month, a percent or a currency sign?"""
    return _after_a_unit(tokens, at) or _before_a_unit(tokens, at, in_range=in_range)


def _after_a_unit(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    second = tokens[at - 2] if at > 1 else None
    if before is None:
        return False
    if before.end == tokens[at].start:
        if before.text in "$€£#/.:" or before.text[-1].isalpha():
            return True
        if second and before.text in DASHES and second.text[-1].isalpha():
            return True
    if is_month(before) and second is not None and _day_and_count(tokens, at):
        return False
    return is_month(before) or (second is not None and before.text == "." and is_month(second))


def _day_and_count(tokens: Sequence[Token], at: int) -> bool:
    """Read "on 12 May 59 people": a count behind a day that has its number already, and no year."""
    day, value = _digits(tokens[at - 2].text), _digits(tokens[at].text)
    after = tokens[at + 1].text if at + 1 < len(tokens) else "."
    counts = value is not None and not FIRST_YEAR <= value <= LAST_YEAR and after.isalpha() and after.islower()
    return day is not None and 1 <= day <= DAYS_OF_A_MONTH and counts


def _before_a_unit(tokens: Sequence[Token], at: int, *, in_range: bool) -> bool:
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    glued = after.start == tokens[at].end
    if glued and (after.text[0].isalpha() or after.text in "%°/:"):
        clock = at + 2 < len(tokens) and tokens[at + 2].text[0].isdigit() and tokens[at + 2].start == after.end
        return after.text != ":" or clock
    if glued and after.text in DASHES and not in_range:
        following = tokens[at + 2] if at + 2 < len(tokens) else None
        return following is not None and following.start == after.end and following.text[0].isalpha()
    return is_month(after) or after.lower in CLOCK


def is_month(token: Token) -> bool:
    """Is the word a month's name, full or short?"""
    return token.lower in MONTHS and token.text[0].isupper()


def _words(tokens: Sequence[Token], at: int) -> tuple[int, int, int, bool] | None:
    """Number words: "thirty-six", "five thousand and twenty-four", "a hundred", "two dozen", "a dozen"."""
    total = current = 0
    end, seen = at, False
    while end < len(tokens):
        word = tokens[end].lower
        value = _small(word)
        if value is not None and not (seen and current % 100 and not (current % 10 == 0 and value < 10)):
            current += value
        elif word == "dozen" and (seen or _follows_a(tokens, at, end)):
            return end + 1, (current or 1) * 12, (current or 1) * 12, False
        elif word in SCALES and (seen or _follows_a(tokens, at, end)):
            current = max(current, 1) * SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, 0
        elif word == "a" and end == at:
            end += 1
            continue
        elif not (seen and word == "and" and (total or current >= 100) and _is_small(tokens, end + 1)):
            break
        seen = seen or word != "and"
        end += 1
        if total + current > LARGEST:
            return None
    return (end, total + current, total + current, False) if seen else None


def _follows_a(tokens: Sequence[Token], at: int, end: int) -> bool:
    return end == at + 1 and tokens[at].lower == "a"


def _small(word: str) -> int | None:
    """The value of a number word below 100."""
    if word in UNITS:
        return UNITS[word]
    if word in TENS:
        return TENS[word]
    ten, dash, unit = word.partition("-")
    if dash and ten in TENS and 0 < UNITS.get(unit, 0) < 10:
        return TENS[ten] + UNITS[unit]
    return None


def _is_small(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and _small(tokens[at].lower) is not None
