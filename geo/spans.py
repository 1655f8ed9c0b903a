"""Proposes stretches of text that may name a place, and says what speaks for and against each.

A proposal is a run of capitalised words that a source knows, or one that stands where only a place can ("in the village
of X"). Its signs are named facts with a strength, most of them 0 or 1; `geo/rules/weights.toml` says what each is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from geo import names
from geo.gazetteer import Gazetteer
from geo.model import Candidate
from geo.place_rules import PLACE_RULES as RULES
from geo.words import INSIDE_NAMES, Words

LONGEST_NAME = 6  # words: "Democratic Republic of the Congo" has five
SHORT_NAME = 3  # letters: shorter names must be written in capitals ("US") to be told from words

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

    @property
    def best(self) -> Candidate | None:
        """The most important candidate."""
        return max(self.candidates, key=lambda c: (c.place.importance, c.place.id), default=None)


def proposals(words: Words, gazetteer: Gazetteer) -> list[Proposal]:
    """Every known name in the text, nested ones too, in order of appearance, longer ones first."""
    found: list[Proposal] = []
    for i, named in enumerate(words.named):
        if not named and not (words.lower[i] in ("al", "el") and i + 1 < len(words) and words.named[i + 1]):
            continue
        found += _at(words, i, gazetteer)
    return found


def _at(words: Words, i: int, gazetteer: Gazetteer) -> list[Proposal]:
    """The known names that start at word i, longest first."""
    last = i
    ends = []
    while True:
        if words.named[last] or (last > i and words.text[last][0].isdigit()):
            ends.append(last)
        last += 1
        if (
            last >= len(words)
            or last - i >= LONGEST_NAME
            or not words.glued[last]
            or words.sentence[last] != words.sentence[i]
        ):
            break
        if not words.named[last] and words.lower[last] not in INSIDE_NAMES and not words.text[last][0].isdigit():
            break
    found = []
    for j in reversed(ends):
        if j == i and not words.named[i]:
            continue
        proposal = _known(words, i, j, gazetteer)
        if proposal:
            found.append(proposal)
    return found


def _known(words: Words, i: int, j: int, gazetteer: Gazetteer) -> Proposal | None:
    name = words.phrase(i, j)
    lower = words.lower[i] if i == j else name.casefold()
    place = gazetteer.demonym(lower)
    if place is None and lower[:5] in ("anti-", "non-i", "non-r") and i == j:
        place = gazetteer.demonym(lower.partition("-")[2])
    if place is not None and not gazetteer.is_reviewed_name(name):
        return Proposal(i, j, (i, j), name, (Candidate(place, "demonym"),), demonym=True)
    if words.source[words.end[j] : words.end[j] + 1] == "$" or words.source[words.start[i] - 1 : words.start[i]] == "$":
        return None  # "US$ 10,000"
    if i == j and (lower in RULES.calendar or (lower in RULES.never and not name.isupper())):
        return None
    if len(name) <= SHORT_NAME and not (name.isupper() or "." in name) and len(name) < SHORT_NAME:
        return None
    candidates = gazetteer.strict(name)
    if len(names.keys(name).marks) <= SHORT_NAME:
        capitals = name.isupper()
        candidates = tuple(
            c
            for c in candidates
            if (c.place.reviewed or not capitals) and (capitals or len(c.place.name) <= SHORT_NAME)
        )
    if not candidates:
        return None
    return Proposal(i, j, (i, j), name, candidates)


def signs(words: Words, p: Proposal) -> Signs:
    """What the proposal's own sentence says for and against it."""
    s: Signs = {"bias": 1.0}
    _kind_signs(p, s)
    _form_signs(words, p, s)
    _left_signs(words, p, s)
    _right_signs(words, p, s)
    return s


def _kind_signs(p: Proposal, s: Signs) -> None:
    best = p.best
    kind = RULES.types.get(p.type_word)
    if kind and kind.facility and not p.guessed and any(kind.wants(c.place.feature_code) for c in p.candidates):
        s["facility_fits"] = 1.0
    if best is None or p.guessed:
        s["unknown"] = 1.0
        if best is not None:
            s["sounds_known"] = 1.0
        return
    place = best.place
    if p.demonym:
        s["demonym"] = 1.0
        return
    level = place.level
    if level == "country":
        s["country"] = 1.0
    elif level in ("region", "water"):
        s["region"] = 1.0
    elif level == "admin1":
        s["admin1"] = 1.0
        s["admin1_size"] = max(0.0, place.importance - 4)
    else:
        if place.feature_code == "P.PPLC":
            s["capital"] = 1.0
        s["size"] = max(0.0, place.importance - 2.0)
        if place.importance >= 5.5:
            s["metropolis"] = 1.0
    if place.reviewed and level not in ("country", "region"):
        s["reviewed"] = 1.0
    if names.keys(place.name).marks != names.keys(p.name).marks:
        s["alternate"] = 1.0
    if any(c.place.level == "admin1" for c in p.candidates) and level != "admin1":
        s["also_admin1"] = 1.0


def _form_signs(words: Words, p: Proposal, s: Signs) -> None:
    i, j = p.i, p.j
    sentence = words.sentence[i]
    if j > i:
        s["several_words"] = 1.0
    else:
        lower = words.lower[i]
        if lower in RULES.common_words:
            s["common"] = 1.0
            if words.opens[i]:
                s["common_first"] = 1.0
        if lower in RULES.given_names:
            s["given"] = 1.0
        if lower in RULES.surnames:
            s["surname"] = 1.0
        if lower in words.lower_words:
            s["lower_too"] = 1.0
        if len(lower) <= 4:
            s["short"] = 1.0
        if words.text[i].isupper() and len(lower) <= 5 and not words.shouting[sentence] and "." not in words.text[i]:
            s["acronym"] = 1.0
    if words.opens[i]:
        s["opens"] = 1.0
    if words.title_case[sentence]:
        s["title_case"] = 1.0
    if words.owns[j]:
        s["possessive"] = 1.0
    if words.hyphen[j]:
        s["hyphen"] = 1.0


def _left_signs(words: Words, p: Proposal, s: Signs) -> None:
    i = p.i
    if i == 0 or words.sentence[i - 1] != words.sentence[i]:
        return
    previous = words.lower[i - 1]
    look = i - 1
    if previous in ("the", "a", "an"):
        s["article"] = 1.0
        look -= 1
    elif previous in RULES.cues["compass"]:
        s["compass"] = 1.0
        look -= 1
    cue = words.lower[look] if look >= 0 and words.sentence[look] == words.sentence[i] else ""
    pair = words.before(look + 1, 2) if cue else ""
    if cue in ("of", "to", "from") and (pair in NEARNESS or pair.split(" ")[0] in PLACE_NOUNS):
        cue = "near"  # "close to", "north of", "the market of"
    for name in ("strong", "moving", "weak"):
        if cue in RULES.cues[name]:
            s[f"{name}_cue"] = 1.0
            break
    if not words.glued[i]:
        return
    if previous.rstrip(".") in RULES.titles:
        s["title"] = 1.0
    elif words.named[i - 1] and "compass" not in s:
        first = words.opens[i - 1]
        if previous in RULES.given_names:
            s["after_given"] = 1.0
        elif (
            not (first and previous in RULES.cues["strong"] | RULES.cues["weak"] | RULES.cues["moving"])
            and previous not in RULES.types
        ):
            s["cap_before"] = 1.0
        if len(words.text[i - 1]) == 1:
            s["initial"] = 1.0
    if words.before(i, 2) in ORGANISATION_OF:
        s["organisation"] = 1.0


NEARNESS = frozenset(
    ("close to", "next to", "adjacent to", "far from", "km from", "miles from", "kilometres from", "kilometers from")
)
PLACE_NOUNS = (
    frozenset(w for w in RULES.types if " " not in w)
    | RULES.cues["compass"]
    | {"outskirts", "edge", "area", "areas", "outside", "villages", "towns"}
)
ORGANISATION_OF = frozenset(f"{head} {link}" for head in RULES.organisation_heads for link in ("of", "for", "at"))


def _right_signs(words: Words, p: Proposal, s: Signs) -> None:
    j = p.j
    if j + 1 >= len(words) or words.sentence[j + 1] != words.sentence[j]:
        return
    following = words.lower[j + 1]
    if following == ",":
        s["comma_after"] = 1.0
        if _dated(words, j + 2):
            s["dated"] = 1.0
    if following in RULES.cues["speech"]:
        s["speech"] = 1.0
    if not words.glued[j + 1] or words.owns[j]:
        return
    kind = RULES.types.get(following)
    if kind:
        s["type_after"] = 1.0
        if words.named[j + 1]:
            s["type_after_capital"] = 1.0
    if words.named[j + 1] and not kind and not p.demonym:
        s["cap_after"] = 1.0
        if following in RULES.surnames:
            s["surname_after"] = 1.0
    at = j + 1
    while at < len(words) and at <= j + 5 and words.glued[at] and words.sentence[at] == words.sentence[j]:
        if not words.named[at] and words.lower[at] not in INSIDE_NAMES:
            break
        if words.named[at] and words.lower[at].rstrip("s.") in HEADS:
            s["organisation_after"] = 1.0
            break
        at += 1


def _dated(words: Words, at: int) -> bool:
    """Whether a date stands at a word: "Hajin, 9 May 2018", "KABUL, May 9"."""
    if at + 1 >= len(words) or words.sentence[at] != words.sentence[at - 1]:
        return False
    first, second = words.lower[at].rstrip("."), words.lower[at + 1].rstrip(".")
    return (first[0].isdigit() and second in RULES.calendar) or (first in RULES.calendar and second[0].isdigit())


HEADS = frozenset(w.rstrip("s.") for w in RULES.organisation_heads)
