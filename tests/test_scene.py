"""Which of the names around an event is where it was: the signs one by one, and whole sentences."""

from __future__ import annotations

import re

import pytest

from geo.find import sites

SIGNS, WEIGHTS = sites.signs()
MARKED = re.compile(r"\[([^\]]+)\]")


def around(marked: str) -> tuple[str, str]:
    """What stands before and behind the name in brackets, in lower case."""
    m = MARKED.search(marked)
    assert m is not None, marked
    return marked[: m.start()].lower(), marked[m.end() :].lower()


@pytest.mark.parametrize(
    ("sign", "example"), [(s, e) for s in SIGNS for e in s.examples], ids=lambda v: v if isinstance(v, str) else v.id
)
def test_a_sign_stands_in_its_examples(sign: sites.Sign, example: str) -> None:
    """As `geo/rules/scene.toml` says."""
    assert sign.stands(*around(example))


@pytest.mark.parametrize(
    ("sign", "trap"), [(s, t) for s in SIGNS for t in s.traps], ids=lambda v: v if isinstance(v, str) else v.id
)
def test_a_sign_does_not_stand_in_its_traps(sign: sites.Sign, trap: str) -> None:
    """As `geo/rules/scene.toml` says."""
    assert not sign.stands(*around(trap))


def test_every_sign_has_an_example_and_no_other_has_its_id() -> None:
    """A row without one is not tested."""
    assert all(s.examples for s in SIGNS)
    assert len({s.id for s in SIGNS}) == len(SIGNS)
