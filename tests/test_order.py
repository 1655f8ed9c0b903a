"""Words found by where they stand are those that asking each of them would give."""

from __future__ import annotations

import random

import pytest

from geo.model import Span
from geo.order import Ordered


@pytest.mark.parametrize("seed", range(20))
def test_it_finds_what_asking_each_would_find(seed: int) -> None:
    """Spans of any length, some inside others, some equal."""
    dice = random.Random(seed)
    spans = [Span(start, start + dice.randint(1, 30)) for start in (dice.randrange(200) for _ in range(60))]
    ordered = Ordered(spans, lambda span: span)
    for _ in range(50):
        start = dice.randrange(210)
        asked = Span(start, start + dice.randint(1, 60))
        assert ordered.inside(asked) == sorted(s for s in spans if asked.covers(s))
        assert list(ordered.backwards(asked)) == ordered.inside(asked)[::-1]
        assert ordered.touching(asked) == sorted(s for s in spans if asked.overlaps(s))


def test_words_at_one_place_keep_their_order() -> None:
    """The first of two readings of the same words stays the first."""
    words = [(Span(5, 9), "b"), (Span(0, 3), "x"), (Span(5, 9), "a")]
    assert [name for _, name in Ordered(words, lambda w: w[0]).inside(Span(0, 9))] == ["x", "b", "a"]


def test_an_article_without_marked_words_has_none_anywhere() -> None:
    """Nothing is inside or beside anything."""
    empty: Ordered[Span] = Ordered([], lambda span: span)
    assert empty.inside(Span(0, 9)) == empty.touching(Span(0, 9)) == []
