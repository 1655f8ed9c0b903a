"""The weights of `geo/rules/merge.toml`, by which reports are compared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parents[1] / "rules" / "merge.toml"
Rules = Mapping[str, Any]


@cache
def rules(path: Path = RULES) -> Rules:
    """Read the weights. Raises FileNotFoundError and tomllib.TOMLDecodeError for a damaged installation."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
