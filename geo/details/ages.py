"""How old somebody is, which counts nobody: "Ana Holm, 50, was", "two boys aged 12 and 14"."""

from __future__ import annotations

from collections.abc import Sequence

from geo import numbers
from geo.details.toll_rules import Vocabulary
from geo.model import Token

OLDEST = 110  # years
AGE_ENDS = frozenset(", and . ; ) : ( – — - was were who had died is are".split())
AGED = frozenset("aged eldest oldest youngest barely".split())
AGE_WORDS = frozenset({*numbers.UNITS, *numbers.TENS})
NAME_PARTS = frozenset("al bin ibn abu de van der da dos el - .".split())


def ages(tokens: Sequence[Token], words: Vocabulary) -> frozenset[int]:
    """The tokens that say how old somebody is: "Ana Holm, 50, was", "a man, 50, was", "aged 12 and nine"."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        digits = token.text.isdigit() and int(token.text[:4]) <= OLDEST
        if at < 2 or not (digits or token.lower in AGE_WORDS):
            continue
        before, after = tokens[at - 1].lower, tokens[at + 1].text if at + 1 < len(tokens) else "."
        name = tokens[at - 2].text[0].isupper() and not numbers.is_month(tokens[at - 2])
        by_name = name and ((before == "," and after in AGE_ENDS) or (before == "(" and after == ")"))
        listed = before in (",", "and") and at - 2 in found and after in AGE_ENDS
        noun = tokens[at - 2].lower
        of_one = before == "," and noun in words.whom and noun not in words.plural and after in (",", ";", "(")
        if before in AGED or listed or of_one or (digits and by_name):
            found.add(at)
    return frozenset(found)


def name_start(tokens: Sequence[Token], at: int) -> int:
    """Where the name before an age begins."""
    start = at - 1
    while start > 0 and (tokens[start - 1].text[0].isupper() or tokens[start - 1].lower in NAME_PARTS):
        start -= 1
    return start
