"""Find with what something was done, from `geo/rules/weapons.csv`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.model import BadInput, Problem, Span, Token

RULES = Path(__file__).parents[1] / "rules" / "weapons.csv"
LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon where the text names one; `rank` is its row: the more exact weapons stand first in the list."""

    name: str
    kind: str
    span: Span
    rank: int


@cache
def _names(path: Path = RULES) -> dict[tuple[str, ...], tuple[str, str, int]]:
    """(name, kind, rank) by the words that name it, in lower case. Raises BadInput where two rows share a word."""
    found: dict[tuple[str, ...], tuple[str, str, int]] = {}
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            for words in row["words"].split("|"):
                key = tuple(words.casefold().split())
                if not 1 <= len(key) <= LONGEST_NAME or key in found:
                    problems.append(
                        Problem(
                            str(path), number, "words", f"{words!r} is empty, too long or in another row", "remove it"
                        )
                    )
                found[key] = (row["name"], row["kind"], number)
    if problems:
        raise BadInput(problems)
    return found


@cache
def _starts(path: Path = RULES) -> frozenset[str]:
    return frozenset(key[0] for key in _names(path))


def expressions(tokens: Sequence[Token]) -> list[Weapon]:
    """The weapons in a sentence, in order, the longest name at each place."""
    names, starts = _names(), _starts()
    found: list[Weapon] = []
    past = 0
    for at, token in enumerate(tokens):
        if token.lower not in starts or at < past:
            continue
        for size in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            if entry := names.get(tuple(t.lower for t in tokens[at : at + size])):
                name, kind, rank = entry
                found.append(Weapon(name, kind, Span(token.start, tokens[at + size - 1].end), rank))
                past = at + size
                break
    return found
