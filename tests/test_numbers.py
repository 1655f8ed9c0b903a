"""How many a text says, in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import numbers
from geo.details.toll_rules import vocabulary
from geo.model import Span
from geo.sentences import tokens


def read(words: str, at: int = 0) -> numbers.Quantity | None:
    return numbers.read(tokens(words, Span(0, len(words))), at, vocabulary().bounds)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("41 bodies", 41, 41),
        ("5,024 civilians", 5024, 5024),
        ("one thousand people", 1000, 1000),
        ("five thousand and twenty-four people", 5024, 5024),
        ("two hundred and six men", 206, 206),
        ("thirty-six pupils", 36, 36),
        ("a hundred men", 100, 100),
        ("a dozen men", 12, 12),
        ("two dozen men", 24, 24),
        ("half a dozen men", 6, 6),
        ("1.2 million people", None, None),
        ("3 million people", 3_000_000, 3_000_000),
        ("dozens of men", 24, 99),
        ("scores of men", 40, 99),
        ("several men", 3, 9),
        ("a few men", 3, 5),
        ("hundreds of men", 200, 999),
        ("a number of men", 2, 9),
        ("20-25 men", 20, 25),
        ("20 to 25 men", 20, 25),
        ("between 20 and 25 men", 20, 25),
        ("three or four men", 3, 4),
        ("up to 20 men", 1, 20),
        ("all three men", 3, 3),
        ("14 or so men", 14, 14),
    ],
)
def test_quantities_are_read_as_wide_as_the_words(words, low, high):
    """A quantity has the bounds that its words leave, and no more."""
    found = read(words)
    assert (found.low, found.high) == (low, high) if low is not None else found is None


@pytest.mark.parametrize(
    ("words", "open_high", "rough"),
    [
        ("at least 20 men", True, False),
        ("no fewer than 100 men", True, False),
        ("more than 300 men", True, False),
        ("over 500 men", True, False),
        ("20 or more men", True, False),
        ("some 40 men", False, True),
        ("about 30 men", False, True),
        ("an estimated 30 men", False, True),
        ("30 men", False, False),
    ],
)
def test_words_before_a_number_are_kept_as_marks(words, open_high, rough):
    """ "at least" opens the upper end, "about" makes a number rough, and neither invents another number."""
    found = read(words)
    assert found is not None
    assert (found.open_high, found.rough) == (open_high, rough)


@pytest.mark.parametrize(
    "words",
    [
        "46th Brigade",
        "107mm rockets",
        "18-year-old",
        "12 March",
        "14:30",
        "5% of men",
        "20km away",
        "07700900123456 rang",
    ],
)
def test_figures_that_count_nothing_are_no_quantities(words):
    """Ordinals, calibres, ages, days, hours, shares, distances and codes are left alone."""
    assert read(words) is None


def test_a_day_after_its_month_is_no_quantity():
    """ "March 11" is a day."""
    assert read("March 11 killed", 1) is None


def test_a_bare_year_is_marked_as_one():
    """ "2018" may be a year; "2,018" and "at least 2018" are not."""
    assert read("2018 attack").year_like
    assert not read("2,018 people").year_like
    assert not read("at least 2018 people").year_like


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    """Any text at any token gives a quantity with ordered bounds, or none."""
    words = tokens(text, Span(0, len(text))) if text else ()
    for at in range(len(words)):
        found = numbers.read(words, at, vocabulary().bounds)
        assert found is None or (found.low <= found.high and found.start < found.end <= len(words))
