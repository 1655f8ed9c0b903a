"""Where one sentence ends and the next begins."""

from __future__ import annotations

import textwrap

import pytest

from geo.model import Article
from geo.sentences import LONGEST_SENTENCE_CHARACTERS, sentences, unwrapped


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
        ("A ship with grain sank off the\nKarsk lighthouse.", None),
        ("A ship with grain\nsank at noon.", None),
        ("Harbour news\nA ship came in.", ["Harbour news", "A ship came in."]),
        ("- Karsk: a ship\n  came in\n- Oum: calm", ["- Karsk: a ship\n  came in", "- Oum: calm"]),
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


PARAGRAPHS = (
    "A ship came in at noon with nine hundred tons of grain for the mills of the upper valley. Nobody was there to meet it. "
    "The harbour master had gone to Karsk, where his brother was to be married on the following day.\n\n"
    "Nine men then began to unload it by hand, which took them the whole of the night and a part of the next morning. "
    "The mayor thanked them. He spoke for an hour.\n\nNext week\n\nAnother ship will come in from the islands."
)


def wrapped(text: str, width: int) -> str:
    """The text with its long lines broken at blanks."""
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))


@pytest.mark.parametrize("width", [40, 60, 74, 100])
def test_a_text_wrapped_by_hand_has_the_same_sentences(width: int) -> None:
    """And the same paragraphs."""
    text = wrapped(PARAGRAPHS, width)
    pieces, plain = (
        [(s.span.of(t).replace("\n", " "), s.paragraph) for s in sentences(Article("a", "t", "p", t))]
        for t in (text, PARAGRAPHS)
    )
    assert pieces == plain


def test_unwrapping_keeps_every_offset() -> None:
    """Only breaks within sentences become blanks."""
    text = wrapped(PARAGRAPHS, 74)
    cut_up = sentences(Article("a", "t", "p", text))
    flat = unwrapped(text, cut_up)
    assert len(flat) == len(text)
    assert not any("\n" in s.span.of(flat) for s in cut_up)
    assert flat.count("\n\n") == text.count("\n\n")
