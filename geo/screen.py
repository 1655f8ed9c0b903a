"""Tell from the words of a text which of many patterns can match in it, so that only those are run.

What a pattern cannot do without is read from the pattern itself: `(?:rockets?|shells?) (?:hit|fell)` needs a word with
"rocket" or "shell" in it, and one with "hit" or "fell". A text whose words hold no such pieces is never searched. A
mark that a pattern spells out, such as a semicolon, is a piece by itself. Where all matches of a pattern begin a word, it
is tried only at words that begin as one of them does: "ro" or "sh" here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from re import _constants, _parser  # type: ignore[attr-defined]  # the only reader of a pattern that is `re`'s own
from typing import Any

import ahocorasick

Items = list[tuple[Any, Any]]  # a sequence of a pattern, as `re` parses it
Clause = frozenset[str]  # one of these pieces of words stands in every match
WORD = re.compile(r"\w+")
RUN = re.compile(r"[\w-]+")
BEGIN = 5  # characters of the beginning of a match that are compared
DIGIT = r"\d"  # the piece that any digit is, and the beginning of what begins with one
ANY_DIGIT = re.compile(DIGIT)
SHORTEST, LONGEST = 2, 12  # characters of a piece of a word; a longer one is cut, a shorter one tells nothing
MOST_PIECES = 400  # of one clause; one that is met by nearly every text saves nothing
REMEMBERED_TEXTS, REMEMBERED_SETS, REMEMBERED_BEGINNINGS = 16, 4_096, 20_000

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_DIGITS = [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]
_BETWEEN = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)  # they stand between characters and take none


class Screen:
    """Patterns that are all tried on the same texts, by their numbers in the order given; pieces have numbers too."""

    def __init__(self, patterns: Iterable[re.Pattern[str]], searched: int = 0) -> None:
        """The first `searched` patterns, none of whose matches may stand behind a letter or a hyphen, are for `matches`."""
        self._patterns = tuple(patterns)
        self._searched = searched
        ways = [_ways_of(p) for p in self._patterns]
        needed = [[tuple(dict.fromkeys(_clauses(way))) for way in of_one] for of_one in ways]
        pieces = sorted({piece for of_one in needed for way in of_one for clause in way for piece in clause})
        number_of = {piece: n for n, piece in enumerate(pieces)}
        self._always = {number for number, of_one in enumerate(needed) if () in of_one}
        # By piece: the patterns that it may open, each with what else that way of matching needs.
        self._opens: list[list[tuple[int, tuple[frozenset[int], ...]]]] = [[] for _ in pieces]
        self._begins: dict[str, set[int]] = defaultdict(set)  # by the beginning of a match: the patterns that begin so
        self._anywhere: list[tuple[int, tuple[frozenset[int], ...]]] = []  # and those of which no beginning is known
        for number, of_one in enumerate(needed):
            for way, items in zip(of_one, ways[number], strict=True):
                clauses = {clause: frozenset(number_of[p] for p in clause) for clause in way}
                begins = _beginnings(items) if number < searched else ()
                for begin in begins:
                    self._begins[begin].add(number)
                if number < searched and not begins:
                    self._anywhere.append((number, tuple(clauses.values())))
                key = max(way, key=_telling) if number not in self._always else frozenset[str]()
                for piece in key:
                    others = tuple(numbers for clause, numbers in clauses.items() if clause != key)
                    self._opens[number_of[piece]].append((number, others))
        self._finder = ahocorasick.Automaton()
        for piece, n in number_of.items():
            self._finder.add_word(piece, n)
        self._finder.make_automaton()
        self._digit = {number_of[DIGIT]} if DIGIT in number_of else set()
        self.pieces = lru_cache(REMEMBERED_TEXTS)(self._pieces)
        self.open = lru_cache(REMEMBERED_SETS)(self._open)
        self.beginning = lru_cache(REMEMBERED_BEGINNINGS)(self._beginning)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of the searched patterns in a text, pattern by pattern."""
        pieces = self.pieces(text)
        opened = {n for n in self.open(pieces) if n < self._searched}
        anywhere = {n for n, needed in self._anywhere if n in opened and not any(map(pieces.isdisjoint, needed))}
        at_words: dict[int, list[int]] = defaultdict(list)
        for run in RUN.finditer(text) if opened else ():
            at = run.start()
            for n in opened & self.beginning(text[at : at + BEGIN]):
                at_words[n].append(at)
        for n in sorted(anywhere.union(at_words)):
            if n in anywhere:
                yield from ((n, m) for m in self._patterns[n].finditer(text))
                continue
            end = 0
            for at in at_words[n]:
                if at >= end and (m := self._patterns[n].match(text, at)):
                    end = m.end()
                    yield n, m

    def _beginning(self, begin: str) -> frozenset[int]:
        """The numbers of the patterns of which a match may begin so."""
        keys = {begin[:n] for n in range(1, BEGIN + 1)} | ({DIGIT} if begin[0].isdecimal() else set())
        return frozenset().union(*(self._begins.get(key, ()) for key in keys))

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
        found = {n for _, n in self._finder.iter(text)} if self._opens else set()
        return frozenset(found | self._digit if self._digit and ANY_DIGIT.search(text) else found)


def needs(pattern: re.Pattern[str]) -> tuple[tuple[Clause, ...], ...]:
    """The ways in which a pattern can match, each with its clauses: of every clause one piece stands inside a word.

    A way without clauses can match anything.
    """
    return tuple(dict.fromkeys(tuple(dict.fromkeys(_clauses(way))) for way in _ways_of(pattern)))


def _ways_of(pattern: re.Pattern[str]) -> list[Items]:
    """The ways in which a pattern can match, each as the sequence that it then is."""
    if pattern.flags & re.IGNORECASE:  # its letters stand for others too
        return [[(_constants.ANY, None)]]
    return list(_ways(list(_parser.parse(pattern.pattern, pattern.flags))))


def _ways(items: Items) -> Iterator[Items]:
    before, choice, after = _split(items)
    for branch in map(list, choice):
        nothing_else = choice != [[]] and len(branch) == 1 + sum(kind in _BETWEEN for kind, _ in branch)
        for way in _ways(branch) if nothing_else else (branch,):
            yield [*before, *way, *after]


def _beginnings(way: Items) -> set[str]:
    """How the matches of a way may begin; empty where that can be anything or no word."""
    begins = set().union(*_begun(way))
    return begins if all(b == DIGIT or b[:1].isalnum() for b in begins) else set()


def _begun(items: Items) -> tuple[set[str], set[str]]:
    """The beginnings of a sequence: those that what follows it goes on with, and those of which no more is known."""
    going_on, known = {""}, set[str]()
    for kind, value in items:
        if kind not in _BETWEEN:
            more, last = _begun_by(kind, value)
            known |= {a or b if b == DIGIT else (a + b)[:BEGIN] for a, b in product(going_on, last)}
            longer = {(a + b)[:BEGIN] for a, b in product(going_on, more)}
            going_on = {b for b in longer if len(b) < BEGIN}
            known |= longer - going_on
        if not going_on:
            break
    return going_on, known


def _begun_by(kind: Any, value: Any) -> tuple[set[str], set[str]]:
    """The same for one item."""
    characters = value if kind is _constants.IN else [(kind, value)]
    if all(k is _constants.LITERAL for k, _ in characters):
        return {chr(v) for _, v in characters}, set()
    if characters == _DIGITS:
        return set(), {DIGIT}
    if kind is _constants.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _begun(list(value[3]))
    if kind is _constants.BRANCH:
        branches = [_begun(list(branch)) for branch in value[1]]
        return set().union(*(b[0] for b in branches)), set().union(*(b[1] for b in branches))
    if kind in _REPEATS:
        least, most, inner = value
        going_on, known = _begun(list(inner))
        again = going_on if most > 1 else set()
        return going_on - again | ({""} if least == 0 else set()), known | again
    return set(), {""}


def _split(items: Items) -> tuple[Items, list[Any], Items]:
    """The outermost choice of a pattern, and what stands before and after it."""
    for at, (kind, value) in enumerate(items):
        before, after = items[:at], items[at + 1 :]
        if kind is _constants.BRANCH:
            return before, value[1], after
        if kind is _constants.SUBPATTERN and not value[1] and len(items) == 1 + sum(k in _BETWEEN for k, _ in items):
            inner_before, choice, inner_after = _split(list(value[3]))
            return [*before, *inner_before], choice, [*inner_after, *after]
    return items, [[]], []


def _clauses(items: Items) -> list[Clause]:
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
        elif kind is _constants.IN and value == _DIGITS:
            found.append(frozenset({DIGIT}))
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
