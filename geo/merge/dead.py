"""Whether two reports tell of the death of the same person: nobody dies twice."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geo.model import Dead

DOUBLED = re.compile(r"(.)\1")
PARTICLES = frozenset("al el ul ad as ash ar bin ibn de da del van von der mr mrs dr gen general".split())


def same_name(a: tuple[Dead, ...], b: tuple[Dead, ...]) -> str:
    """The name, as the first of them writes it, of a person whom both tell of as killed; "" where there is none."""
    return next((x.name for x in a for y in b if x.name and y.name and _one(_words(x.name), _words(y.name))), "")


def same_description(a: tuple[Dead, ...], b: tuple[Dead, ...]) -> str:
    """A description ("american contractor") of one killed that both give and no two names gainsay; "" where none is."""
    return next((x.what for x in a for y in b if x.what and x.what == y.what and not (x.name and y.name)), "")


def _one(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Do two names end alike and share another word? Titles and nationalities may stand before either."""
    return bool(a and b) and a[-1] == b[-1] and len(set(a) & set(b)) >= 2


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name without marks, particles and doubled letters: spellings differ in those."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = [w for w in re.split(r"[^a-z]+", plain) if len(w) > 1 and w not in PARTICLES]
    return tuple(DOUBLED.sub(r"\1", w) for w in words)
