"""What somebody may have meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

LIKELY = 70  # of 100; below that a suggestion is a guess
MOST = 3
MOST_LISTED = 12  # of a list that is shown whole


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give a cure for a word that is none of `known`: the likeliest of them, or ""."""
    known = sorted(set(known) - {""})
    close = process.extract(
        word, known, scorer=_alike, processor=utils.default_process, limit=MOST, score_cutoff=LIKELY
    )
    return f"did you mean {' or '.join(repr(name) for name, _, _ in close)}?" if close else ""


def one_of(known: Iterable[str]) -> str:
    """Give a cure that lists all of `known` where they are few, else ""."""
    known = sorted(set(known) - {""})
    return f"one of {', '.join(known)}" if 0 < len(known) <= MOST_LISTED else ""


def _alike(a: str, b: str, **_: object) -> float:
    """From 0 to 100: a slip of the pen, or some words of a longer name ("RSF" of "Rapid Support Forces (RSF)")."""
    return max(fuzz.ratio(a, b), fuzz.token_set_ratio(a, b))
