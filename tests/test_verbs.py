"""A verb of a rule file is found in each form in which news tells what was done, and in no plan."""

from __future__ import annotations

import re

import pytest

from geo.verbs import declined

FORMS = declined(
    {"x": ["attack", "stab stabbed stabbed", "steal stole stolen | into", "lead led led | .. away", "raze", "harry"]}
)
DID = re.compile(r"(?<!\w)(?:" + "|".join(FORMS["x_did"]) + r")(?!\w)")
DONE = re.compile(r"(?:was|were) (?:" + "|".join(FORMS["x_done"]) + r")(?!\w)")


@pytest.mark.parametrize(
    "words",
    [
        "they attacked it", "stabbing two", "he stole into it", "had stolen into it", "led nine farmers away", "leading away nine",
        "rebels attack it", "went on to attack it", "razing it", "harried them", "she harries them",
    ],
)  # fmt: skip
def test_told_as_done(words: str) -> None:
    """Past, participle, plain present and what somebody managed to do."""
    assert DID.search(words)


@pytest.mark.parametrize(
    "words", ["plans to attack it", "will attack it", "an attack on it", "could steal into it", "stole a car"]
)
def test_not_told_as_done(words: str) -> None:
    """Plans, nouns and other particles."""
    assert not DID.search(words)


def test_participles() -> None:
    """What was done to somebody stands without its object."""
    assert DONE.search("nine farmers were led away") and DONE.search("the hamlet was razed")
