"""Which camps stand together: the patron and those whom it arms, an army and its auxiliaries."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

RULES = Path(__file__).parent / "rules" / "allies.toml"


@cache
def _pairs() -> frozenset[frozenset[str]]:
    raw = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return frozenset(frozenset(pair) for pair in raw["allied"])


def allied(one: str, other: str) -> bool:
    """Are two sides of `geo/rules/actors.csv` one camp? False of "", which is no side."""
    return bool(one and other) and (one == other or frozenset((one, other)) in _pairs())
