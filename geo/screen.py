"""Tell from the words of a text which of many patterns can match in it, so that only those are run.

What a pattern cannot do without is read from the pattern itself: `(?:rockets?|shells?) (?:hit|fell)` needs a word with
"rocket" or "shell" in it, and one with "hit" or "fell". A text whose words hold no such pieces is never searched. A
mark that a pattern spells out, such as a semicolon, is a piece by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import _constants, _parser  # type: ignore[attr-defined]  # the only reader of a pattern that is `re`'s own
from typing import Any

import ahocorasick

Clause = frozenset[str]  # one of these pieces of words stands in every match
WORD = re.compile(r"\w+")
SHORTEST, LONGEST = 2, 12  # characters of a piece of a word; a longer one is cut, a shorter one tells nothing
MOST_PIECES = 400  # of one clause; one that is met by nearly every text saves nothing
REMEMBERED_TEXTS, REMEMBERED_SETS = 16, 4_096

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_BETWEEN = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)  # they stand between characters and take none


class Screen:
    """Patterns that are all tried on the same texts, by their numbers in the order given; pieces have numbers too."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        ways = [needs(p) for p in patterns]
        pieces = sorted({piece for of_one in ways for way in of_one for clause in way for piece in clause})
        number_of = {piece: n for n, piece in enumerate(pieces)}
        self._always = {number for number, of_one in enumerate(ways) if () in of_one}
        # By piece: the patterns that it may open, each with what else that way of matching needs.
        self._opens: list[list[tuple[int, tuple[frozenset[int], ...]]]] = [[] for _ in pieces]
        for number, of_one in enumerate(ways):
            for way in of_one if number not in self._always else ():
                key = max(way, key=_telling)
                others = tuple(frozenset(number_of[p] for p in clause) for clause in way if clause != key)
                for piece in key:
                    self._opens[number_of[piece]].append((number, others))
        self._finder = ahocorasick.Automaton()
        for piece, n in number_of.items():
            self._finder.add_word(piece, n)
        self._finder.make_automaton()
        self.pieces = lru_cache(REMEMBERED_TEXTS)(self._pieces)
        self.open = lru_cache(REMEMBERED_SETS)(self._open)

    def _open(self, pieces: frozenset[int]) -> tuple[int, ...]:
        """The numbers of the patterns that can match in a text with these pieces, in order."""
        found = set(self._always)
        for piece in pieces:
            for number, others in self._opens[piece]:
                if number not in found:
                    for clause in others:
                        if clause.isdisjoint(pieces):
                            break
                    else:
                        found.add(number)
        return tuple(sorted(found))

    def _pieces(self, text: str) -> frozenset[int]:
        """The pieces that a text holds. Those of a longer text never close a pattern."""
        return frozenset([n for _, n in self._finder.iter(text)]) if self._opens else frozenset()


def needs(pattern: re.Pattern[str]) -> tuple[tuple[Clause, ...], ...]:
    """The ways in which a pattern can match, each with its clauses: of every clause one piece stands inside a word.

    A way without clauses can match anything.
    """
    if pattern.flags & re.IGNORECASE:  # its letters stand for others too
        return ((),)
    ways = _ways(list(_parser.parse(pattern.pattern, pattern.flags)))
    return tuple(dict.fromkeys(tuple(dict.fromkeys(way)) for way in ways))


def _ways(items: list[tuple[Any, Any]]) -> Iterator[list[Clause]]:
    common, choice = _split(items)
    for branch in map(list, choice):
        nothing_else = choice != [[]] and len(branch) == 1 + sum(kind in _BETWEEN for kind, _ in branch)
        for way in _ways(branch) if nothing_else else (_clauses(branch),):
            yield [*_clauses(common), *way]


def _split(items: list[tuple[Any, Any]]) -> tuple[list[tuple[Any, Any]], list[Any]]:
    """The outermost choice of a pattern, and what stands around it."""
    for at, (kind, value) in enumerate(items):
        around = [*items[:at], (None, None), *items[at + 1 :]]
        if kind is _constants.BRANCH:
            return around, value[1]
        if kind is _constants.SUBPATTERN and not value[1] and len(items) == 1 + sum(k in _BETWEEN for k, _ in items):
            inner, choice = _split(list(value[3]))
            return [*around, *inner], choice
    return items, [[]]


def _clauses(items: Sequence[tuple[Any, Any]]) -> list[Clause]:
    """The clauses of a sequence: of its literal words, of its groups, and of what is repeated at least once."""
    found: list[Clause] = [frozenset({piece}) for piece in _literal_pieces(items)]
    for kind, value in items:
        if kind is _constants.BRANCH:
            found += _either([_clauses(branch) for branch in value[1]])
        elif kind is _constants.SUBPATTERN and not value[1] & re.IGNORECASE:
            found += _clauses(value[3])
        elif kind is _constants.ATOMIC_GROUP:
            found += _clauses(value)
        elif kind in _REPEATS and value[0] > 0:
            found += _clauses(value[2])
    return found


def _either(branches: list[list[Clause]]) -> list[Clause]:
    """What a choice needs: the most telling clause of each branch, any one of them."""
    if not all(branches):
        return []
    union = frozenset().union(*(max(clauses, key=_telling) for clauses in branches))
    return [union] if len(union) <= MOST_PIECES else []


def _telling(clause: Clause) -> tuple[int, int]:
    return min(map(len, clause)), -len(clause)


def _literal_pieces(items: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """The runs of word characters that a sequence spells out, long ones cut, and its marks."""
    run = ""
    for kind, value in (*items, (None, None)):
        if kind is _constants.LITERAL and WORD.match(chr(value)):
            run += chr(value)
            continue
        if kind in _BETWEEN:
            continue
        if len(run) >= SHORTEST:
            yield run[:LONGEST]
        run = ""
        if kind is _constants.LITERAL and not chr(value).isspace():
            yield chr(value)
