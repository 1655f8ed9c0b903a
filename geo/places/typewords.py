"""Words for kinds of places beside a name: "Taji base", "the town of Taji", and what they ask a gazetteer for."""

from __future__ import annotations

from geo.model import Candidate
from geo.place_rules import PLACE_RULES as RULES
from geo.place_rules import TypeWord
from geo.places.gazetteer import Gazetteer
from geo.places.spans import Proposal
from geo.places.words import Words

LONGEST_TYPE = 3  # words: "nuclear power plant"
TYPE_STARTS = {first + s for first in {kind.split(" ")[0] for kind in RULES.types} for s in ("", "s")}
BEFORE_ENDS = {kind.split(" ")[-1] for kind in RULES.before}


def widen(words: Words, p: Proposal, gazetteer: Gazetteer) -> None:
    """Take the type word beside a name into the span, and look for what it asks for."""
    if p.demonym:
        return
    kind, i, j = type_beside(words, p.i, p.j)
    if kind is None or (
        kind.facility
        and p.best is not None
        and p.best.place.level == "country"
        and not gazetteer.strict(words.phrase(i, j))
    ):
        return  # "a US base" is no base called US
    core = p.core
    p.type_word, p.i, p.j = kind.word, i, j
    if kind.facility:
        p.offer(distinct(facilities(words, core, (i, j), kind, gazetteer) + p.candidates))


def facilities(
    words: Words, core: tuple[int, int], wide: tuple[int, int], kind: TypeWord, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """The facilities of a kind that are called like the words of `core`, or like those of `wide`, which hold the type word."""
    called = gazetteer.facility(words.phrase(*core))
    return gazetteer.strict(words.phrase(*wide)) + tuple(c for c in called if kind.wants(c.place.feature_code))


def type_beside(words: Words, i: int, j: int) -> tuple[TypeWord | None, int, int]:
    """The type word after or before the words i to j, and the span with it."""
    if j + 1 < len(words) and words.lower[j + 1] in TYPE_STARTS and words.glued[j + 1] and not words.owns[j]:
        for count in range(LONGEST_TYPE, 0, -1):
            after = words.after(j, count)
            if after not in RULES.types:
                after = after.removesuffix("s")  # "Luhansk and Donetsk regions"
            kind = RULES.types.get(after)
            if kind and all(words.glued[j + k] for k in range(1, count + 1)):
                if words.named[j + count] if kind.small else kind.capital and not words.named[j + count]:
                    continue  # "the Xanabad road" leads to Xanabad
                return kind, i, j + count
    if i and words.lower[i - 1] in BEFORE_ENDS and words.glued[i]:
        for count in range(LONGEST_TYPE, 0, -1):
            before = words.before(i, count)
            if before in RULES.before and not (before in RULES.before_small and words.named[i - count]):
                bare = before.removesuffix(" of").split(" ")[-1] if before.endswith(" of") else before
                kind = RULES.types.get(before) or RULES.types.get(bare) or RULES.types.get(bare.removesuffix("s"))
                if kind:
                    return kind, i if before.endswith("of") else i - count, j
    return None, i, j


def distinct(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Each place once, by its first candidate."""
    return tuple({c.place.id: c for c in reversed(candidates)}.values())[::-1]
