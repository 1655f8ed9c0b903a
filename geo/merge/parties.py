"""Whether two names of actors mean the same party, or one and the same side."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.merge.weights import rules
from geo.model import Actor
from geo.sides import allied

SHORT_FORM = re.compile(r" \([A-Z][\w-]*[A-Z][\w-]*(?:, [^()]*)?\)$")  # "(ISIS)" behind a name distinguishes nothing


def generic(actor: Actor) -> bool:
    """Tell a name that only describes ("militiamen") from one that names."""
    return not actor.known or _describes(actor.name)


@lru_cache(maxsize=10_000)
def _describes(name: str) -> bool:
    words = name.casefold().replace("-", " ").split()
    generic_words = rules()["actors"]["generic"]  # "Civilians (Zerun)" describes as well
    return name.islower() or (bool(words) and (words[-1] in generic_words or words[0] in generic_words))


def compare_actors(a: Actor | None, b: Actor | None) -> str:
    """Say "same", "compatible", "same_side", "described", "differ", or "" where nothing can be said.

    What is only inferred speaks for no difference.
    """
    if a is None or b is None:
        return ""
    how = _compare(a, b)
    return "" if how in ("differ", "same_side") and (a.inferred or b.inferred) else how


def _compare(a: Actor, b: Actor) -> str:
    mine, yours = _words(a.name), _words(b.name)
    if mine == yours:
        return "same" if a.known else "described"
    if mine <= yours or yours <= mine:  # "Iran" and "Revolutionary Guard (Iran)"
        return "compatible"
    if a.side and b.side:
        return _compare_sides(a, b)
    return "" if generic(a) or generic(b) or (a.country and a.country == b.country) else "differ"


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(word.strip("()") for word in SHORT_FORM.sub("", name).casefold().split())


def _compare_sides(a: Actor, b: Actor) -> str:
    if a.side == b.side:
        return "compatible" if generic(a) or generic(b) else "same_side"
    return "same_side" if allied(a.side, b.side) else "differ"
