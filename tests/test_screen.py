"""A screen may let a pattern run for nothing, but never keeps one from a text that it matches."""

from __future__ import annotations

import random
import re
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from geo import triggers
from geo.find import doubts
from geo.screen import Screen, needs

RULES = triggers.load()
PATTERNS = {
    **{f"trigger {t.id}": t.heads for t in RULES.triggers},
    **{f"cue {name}": cue for name, cue in RULES.cues.items()},
    **{f"doubt {d.id}": d.pattern for d in doubts.load()},
}
EXAMPLES = [e for rule in (*RULES.triggers, *doubts.load()) for e in (*rule.examples, *rule.counterexamples)]
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT}
ANY_CHARACTER = {_constants.CATEGORY_WORD: "k", _constants.CATEGORY_SPACE: " ", _constants.CATEGORY_DIGIT: "7"}


def written(items: Any, dice: random.Random) -> str:
    """A text that a pattern's items match, as long as what they look at beside it allows."""
    out = []
    for kind, value in items:
        if kind is _constants.LITERAL:
            out.append(chr(value))
        elif kind in (_constants.ANY, _constants.NOT_LITERAL):
            out.append("x")
        elif kind is _constants.IN:
            out.append(_character(value, dice))
        elif kind is _constants.BRANCH:
            out.append(written(dice.choice(value[1]), dice))
        elif kind is _constants.SUBPATTERN:
            out.append(written(value[3], dice))
        elif kind in REPEATS:
            least, most, inner = value
            out += [written(inner, dice) for _ in range(dice.randint(least, min(int(most), least + 2)))]
    return "".join(out)


def _character(choices: Any, dice: random.Random) -> str:
    kind, value = dice.choice([c for c in choices if c[0] is not _constants.NEGATE])
    if choices[0][0] is _constants.NEGATE:
        return dice.choice("q ")
    if kind is _constants.RANGE:
        return chr(value[0])
    return chr(value) if kind is _constants.LITERAL else ANY_CHARACTER.get(value, " ")


@pytest.mark.parametrize("name", PATTERNS)
def test_what_a_pattern_matches_passes_its_screen(name: str) -> None:
    """Sixty texts written from the pattern itself, and every example of the rules."""
    pattern, dice = PATTERNS[name], random.Random(name)
    screen = Screen([pattern])
    texts = [written(_parser.parse(pattern.pattern, pattern.flags), dice) for _ in range(60)]
    matched = [t for t in (*texts, *map(triggers.lower, EXAMPLES)) if pattern.search(t)]
    assert matched
    assert [t for t in matched if not screen.open(screen.pieces(t))] == []


@pytest.mark.parametrize("name", [n for n in PATTERNS if n.startswith("trigger")])
def test_a_pattern_is_tried_wherever_it_can_begin(name: str) -> None:
    """The same matches as those of the pattern run over all of a text."""
    pattern, dice = PATTERNS[name], random.Random(name)
    screen = Screen([pattern], searched=1)
    written_so = [f"on 3 may {written(_parser.parse(pattern.pattern, pattern.flags), dice)} again." for _ in range(60)]
    for text in (*written_so, *map(triggers.lower, EXAMPLES)):
        assert [m.span() for _, m in screen.matches(text)] == [m.span() for m in pattern.finditer(text)]


def test_most_rules_are_kept_from_a_text_that_has_nothing_of_theirs() -> None:
    """The screen is worth its while: a quiet sentence leaves few of all patterns."""
    screen = Screen(PATTERNS.values())
    quiet = screen.pieces("the baker opened her shop at seven and sold bread to her neighbours until noon.")
    assert len(screen.open(quiet)) < len(PATTERNS) / 5


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("rockets? (?:hit|fell)", [["rocket", "hit"], ["rocket", "fell"]]),
        ("shots (?:hit|fell) (?:the|a) roof", [["shots", "roof", "hit"], ["shots", "roof", "fell"]]),
        ("(?:shells?|bombs?)[ -](?:fire|raid)", [["fire|raid", "shell"], ["fire|raid", "bomb"]]),
        ("shelled|in the past", [["shelled"], ["in", "the", "past"]]),
        ("(?:big )?bomb", [["bomb"]]),
        ("un(?:known)?", [["un"]]),
        ("; then|halt!", [[";", "then"], ["!", "halt"]]),
        ("(?:big )?", [[]]),
        (r"(?i:war)|\w+ed", [[], ["ed"]]),
    ],
)
def test_what_a_pattern_needs(pattern: str, ways: list[list[str]]) -> None:
    """Optional words are not asked for; one way that needs nothing opens the pattern to all."""
    found = [["|".join(sorted(clause)) for clause in way] for way in needs(re.compile(pattern))]
    assert [sorted(way) for way in found] == [sorted(way) for way in ways]


def test_letters_of_any_case_are_not_screened() -> None:
    """Such letters stand for others too, some outside ASCII."""
    assert needs(re.compile("kill", re.IGNORECASE)) == ((),)
