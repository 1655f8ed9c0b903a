"""Proposes stretches of text that may name a place: runs of capitalised words that a source knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geo.model import Candidate
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.gazetteer import Gazetteer
from geo.places.words import INSIDE_NAMES, Words

LONGEST_NAME = 6  # words: "Democratic Republic of the Congo" has five
SHORT_NAME = 3  # letters: shorter names must be written in capitals ("US") to be told from words

WELL_KNOWN = 4.7  # log10 of the people from which a town is well known
PREFIXES = frozenset(("anti", "pro", "post", "pre", "non", "ex", "mid", "trans", "inter"))
HYPHEN = re.compile("[-‑–]")
OPENING_PREPOSITIONS = frozenset(("at", "as", "an", "in"))  # "At Xanabad" is no al-Xanabad

Signs = dict[str, float]


@dataclass(slots=True)
class Proposal:
    """Words i to j (inclusive) as a possible place name; `core` is the name without its type word."""

    i: int
    j: int
    core: tuple[int, int]
    name: str
    candidates: tuple[Candidate, ...]
    type_word: str = ""
    demonym: bool = False
    guessed: bool = False  # no source has the name as written; candidates only sound alike
    signs: Signs = field(default_factory=dict)
    score: float = 0.0
    best: Candidate | None = field(init=False)  # the most important candidate

    def __post_init__(self) -> None:
        self.offer(self.candidates)

    def offer(self, candidates: tuple[Candidate, ...]) -> None:
        """Set what the name may mean."""
        self.candidates = candidates
        self.best = max(candidates, key=_importance, default=None) if len(candidates) != 1 else candidates[0]


def _importance(c: Candidate) -> tuple[float, str]:
    return c.place.importance, c.place.id


def is_one_name(compound: str, gazetteer: Gazetteer) -> bool:
    """Whether a compound with a hyphen is one name ("Guinea-Bissau", "Pont-Sonde") and no pair of well-known ones ("Mali-Niger")."""
    if gazetteer.strict(compound):
        return True
    parts = HYPHEN.split(compound)
    if parts[0].casefold() in PREFIXES or any(gazetteer.demonym(part) is not None for part in parts):
        return False
    known = [gazetteer.strict(part) for part in parts]
    return not (all(known) and any(_is_well_known(c) for found in known for c in found))


def _is_well_known(c: Candidate) -> bool:
    return c.place.level == "country" or c.place.importance >= WELL_KNOWN


def proposals(words: Words, gazetteer: Gazetteer) -> list[Proposal]:
    """Every known name in the text, nested ones too, in order of appearance, longer ones first."""
    found: list[Proposal] = []
    starts = list(words.names)
    starts += [i - 1 for i in words.names if i and words.lower[i - 1] in ("al", "el") and not words.named[i - 1]]
    for i in sorted(starts):
        found += _at(words, i, gazetteer)
    compass = RULES.cues["compass"]
    for i in words.names:
        if i and words.lower[i - 1] in compass and not words.named[i - 1] and words.glued[i]:
            found += _turned(words, i - 1, gazetteer)
    return found


TURNED = frozenset(("region", "admin1", "district"))


def _turned(words: Words, i: int, gazetteer: Gazetteer) -> list[Proposal]:
    """A region or division of a country whose name begins with a direction in small letters: "southern Lebanon"."""
    if any(
        c.place.level == "water"
        for j in (i + 2, i + 1)
        if j < len(words)
        for c in gazetteer.strict(words.phrase(i + 1, j))
    ):
        return []  # "the southern Xana Sea"
    found = (
        _known(words, i, j, gazetteer) for j in (i + 2, i + 1) if j < len(words) and words.named[j] and words.glued[j]
    )
    return [
        p for p in found if p is not None and all(c.place.country and c.place.level in TURNED for c in p.candidates)
    ][:1]


def _at(words: Words, i: int, gazetteer: Gazetteer) -> list[Proposal]:
    """The known names that start at word i, longest first."""
    text, named, glued, lower = words.text, words.named, words.glued, words.lower
    ends = [i]
    for k in range(i + 1, min(i + LONGEST_NAME, len(text))):
        if not glued[k] or words.sentence[k] != words.sentence[i]:
            break
        if named[k] or text[k][0].isdigit():
            ends.append(k)
        elif lower[k] not in INSIDE_NAMES:
            break
    preposition = words.opens[i] and words.lower[i] in OPENING_PREPOSITIONS
    found = []
    for j in reversed(ends):
        if (j == i and not words.named[i]) or (preposition and j > i):
            continue
        proposal = _known(words, i, j, gazetteer)
        if proposal:
            found.append(proposal)
    return found


def _is_plain(words: Words, i: int) -> bool:
    """Whether a single word is a day, one that no place is called by, or a kind of thing: "the Church"."""
    lower = words.lower[i]
    if lower in RULES.calendar or (lower in RULES.never and not words.text[i].isupper()):
        return True
    return lower in RULES.types and words.before(i) in ("the", "a", "an")


def _is_currency(words: Words, i: int, j: int) -> bool:
    """Whether a dollar sign stands beside a name: "US$ 10,000"."""
    return (
        words.source[words.end[j] : words.end[j] + 1] == "$" or words.source[words.start[i] - 1 : words.start[i]] == "$"
    )


def _known(words: Words, i: int, j: int, gazetteer: Gazetteer) -> Proposal | None:
    if i == j:
        name, lower = words.text[i], words.lower[i]
    else:
        name = words.phrase(i, j)
        lower = name.casefold()
    place = gazetteer.demonyms.get(lower)
    if place is None and "-" in lower and lower[:5] in ("anti-", "non-i", "non-r") and i == j:
        place = gazetteer.demonym(lower.partition("-")[2])
    if place is not None and not gazetteer.is_reviewed_name(name):
        return Proposal(i, j, (i, j), name, (Candidate(place, "demonym"),), demonym=True)
    if i == j and _is_plain(words, i):
        return None
    if len(name) < SHORT_NAME and not (name.isupper() or "." in name):
        return None
    candidates = gazetteer.strict(name)
    if not candidates or _is_currency(words, i, j):
        return None
    plain = name.isascii() and name.isalpha()  # most are, and lose nothing to the folding
    if len(name if plain else names.marks(name)) <= SHORT_NAME:
        capitals = name.isupper()
        candidates = tuple(
            c
            for c in candidates
            if (c.place.reviewed or not capitals) and (capitals or c.place.reviewed or len(c.place.name) <= SHORT_NAME)
        )
    if not candidates:
        return None
    return Proposal(i, j, (i, j), name, candidates)
