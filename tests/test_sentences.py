"""Where one sentence ends and the next begins."""

from __future__ import annotations

import pytest

from geo.model import Article
from geo.sentences import LONGEST_SENTENCE_CHARACTERS, sentences


def cut(text: str) -> list[str]:
    """The sentences of a text."""
    return [s.span.of(text) for s in sentences(Article("a", "t", "p", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. The mayor spoke.", ["Rain fell.", "The mayor spoke."]),
        ("Gen. Holm spoke on Feb. 6 in St. Oum.", ["Gen. Holm spoke on Feb. 6 in St. Oum."]),
        ("They met at 5 p.m. on Friday.", ["They met at 5 p.m. on Friday."]),
        ("Is it over? “No.” He left.", ["Is it over?", "“No.”", "He left."]),
        ("Harbour news\n\nA ship came in.", ["Harbour news", "A ship came in."]),
        ("The ship, late for the third time in a single month,\nwas unloaded.", None),
        ("", []),
        (" \n \n", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str] | None) -> None:
    """A full stop of an abbreviation ends none, and a wrapped line goes on; None stands for the text as one sentence."""
    assert cut(text) == ([text] if expected is None else expected)


@pytest.mark.parametrize("word", ["gate ", "gate\u00a0", "gate", "x" * LONGEST_SENTENCE_CHARACTERS + " "])
def test_what_never_ends_is_cut_at_white_space_and_loses_nothing(word: str) -> None:
    """A page without a full stop comes in pieces of bearable length."""
    text = (word * 9000)[: LONGEST_SENTENCE_CHARACTERS * 9]
    pieces = cut(text)
    assert max(map(len, pieces)) <= LONGEST_SENTENCE_CHARACTERS
    assert "".join("".join(pieces).split()) == "".join(text.split())
    if word == "gate ":
        assert {w for piece in pieces for w in piece.split()} <= {"gate"}
