"""Marked words in the order of the text, so that those of a sentence are found without asking all of an article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from geo.model import Span

T = TypeVar("T")


class Ordered(Generic[T]):
    """Things that stand in a text, sorted by their span; those with the same span keep the order given."""

    def __init__(self, things: Iterable[T], span_of: Callable[[T], Span]) -> None:
        pairs = sorted(((span_of(thing), thing) for thing in things), key=lambda pair: pair[0])
        self._pairs = pairs
        self._starts = [span.start for span, _ in pairs]
        self._longest = max((span.end - span.start for span, _ in pairs), default=0)

    def inside(self, span: Span) -> list[T]:
        """Those that lie wholly in a span, in order."""
        first = bisect_left(self._starts, span.start)
        return [thing for own, thing in self._pairs[first : bisect_left(self._starts, span.end)] if own.end <= span.end]

    def backwards(self, span: Span) -> Iterator[T]:
        """Those that lie wholly in a span, the last first, for whoever wants only the nearest that fits."""
        first = bisect_left(self._starts, span.start)
        for at in range(bisect_left(self._starts, span.end) - 1, first - 1, -1):
            if self._pairs[at][0].end <= span.end:
                yield self._pairs[at][1]

    def touching(self, span: Span) -> list[T]:
        """Those that share a character with a span, in order."""
        first = bisect_left(self._starts, span.start - self._longest)
        return [
            thing for own, thing in self._pairs[first : bisect_left(self._starts, span.end)] if own.end > span.start
        ]
