"""Decides which proposals are place names: signs times weights, twice, the second time knowing the rest of the story."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise

from geo.model import Place
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.gazetteer import Gazetteer
from geo.places.signs import CUES, signs
from geo.places.spans import Proposal, Signs, proposals
from geo.places.typewords import widen
from geo.places.unknown import unknown
from geo.places.words import Words
from geo.space import WELL_WITHIN, distance_km

QUOTES = ('"', "“", "”", "'", "‘", "’")
NAME_BEFORE = re.compile(r"[A-Z][\w’'-]+ \W$")
LIKELY = 0.0  # a score above this is more likely a place than not: log odds
UNKNOWN_LIKELY = -1.2  # a town that no source knows must reach the user, even at the price of a name that is none
UNKNOWN_TYPED_LIKELY = -2.6  # "X Palace", "X district"
SURE = 1.5  # log odds above which a proposal speaks for its country in the second pass


def detect(words: Words, gazetteer: Gazetteer) -> list[Proposal]:
    """The place names of a text, in order and without overlaps."""
    found = scored(words, gazetteer)
    return _without_overlaps([p for p in found if p.score > _threshold(p) and not _is_nickname(words, p)])


def _is_nickname(words: Words, p: Proposal) -> bool:
    """Does a name stand in quotation marks between the names of a person: 'Omar "El Xana" Haddad'?"""
    text, start, end = words.source, words.start[p.i], words.end[p.j]
    if text[start - 1 : start] not in QUOTES or text[end : end + 1] not in QUOTES:
        return False
    return NAME_BEFORE.search(text, max(0, start - 30), start) is not None and text[end + 2 : end + 3].isupper()


def _threshold(p: Proposal) -> float:
    if not p.guessed:
        return LIKELY
    kind = RULES.types.get(p.type_word)
    return UNKNOWN_TYPED_LIKELY if kind and kind.unknown and not p.signs.get("title_case") else UNKNOWN_LIKELY


def scored(words: Words, gazetteer: Gazetteer) -> list[Proposal]:
    """Every proposal with its signs and final score."""
    found = proposals(words, gazetteer)
    for p in found:
        widen(words, p, gazetteer)
    found += unknown(words, found, gazetteer)
    first, second = RULES.weights["first"], RULES.weights["second"]
    for p in found:
        p.signs = signs(words, p)
    _list_signs(words, found)
    _chain_signs(words, found)
    for p in found:
        p.score = worth(p.signs, first)
    _story_signs(words, found)
    for p in found:
        p.score = worth(p.signs, second)
    return found


def worth(s: Signs, weights: dict[str, float]) -> float:
    """The sum of the signs' strengths times their weights."""
    total = 0.0
    for name, strength in s.items():
        total += weights.get(name, 0.0) * strength
    return total


SCENE = frozenset(("violence_in", "violence_taken", "violence_listed"))


def _list_signs(words: Words, found: list[Proposal]) -> None:
    """A name that goes on a list of scenes is one: "shelled X and Y"."""
    scenes: set[int] = set()
    for p in sorted(found, key=lambda p: p.i):
        if p.i >= 2 and words.lower[p.i - 1] in (",", "and", "or") and p.i - 2 in scenes:
            p.signs["violence_listed"] = 1.0
        if p.signs.keys() & SCENE:
            scenes.add(p.j)


def _chain_signs(words: Words, found: list[Proposal]) -> None:
    """Mark chains: "X, Y" and "X in Y" where Y holds X."""
    by_start: dict[int, list[Proposal]] = defaultdict(list)
    for p in found:
        by_start[p.i].append(p)
    for p in found:
        if p.demonym:
            continue
        nxt = p.j + 1
        if p.signs.get("comma_after") and nxt + 1 < len(words):
            for q in by_start.get(nxt + 1, ()):
                if holds(q, p):
                    p.signs["inside_next"] = 1.0
                    q.signs["holds_previous"] = 1.0
        if nxt + 1 < len(words) and words.lower[nxt] in ("in", "of"):
            step = 2 if words.lower[nxt + 1] in ("the", "central", "northern", "southern", "eastern", "western") else 1
            for q in by_start.get(nxt + step, ()):
                if not q.demonym and holds(q, p):
                    p.signs["in_next"] = 1.0
                    q.signs["holds_previous"] = 1.0


def holds(outer: Proposal, inner: Proposal) -> bool:
    """Whether some candidate of `inner` lies in the country or division that `outer` may mean."""
    for o in outer.candidates[:4]:
        level = o.place.level
        if level == "country":
            if any(c.place.country == o.place.country and c.place.level != "country" for c in inner.candidates):
                return True
        elif level == "admin1":
            wanted = names.bare(o.place.admin1 or o.place.name)
            inside = [c.place for c in inner.candidates if c.place.country == o.place.country]
            if any(p.level != "admin1" and _is_part(p, wanted, o.place) for p in inside):
                return True
    return not inner.candidates and any(o.place.level in ("country", "admin1") for o in outer.candidates[:2])


def _is_part(place: Place, division: str, area: Place) -> bool:
    """Is a place told to lie in a division, or well within one whose name it does not bear: GeoNames' divisions may be larger?"""
    return names.bare(place.admin1) == division or distance_km(place, area) < WELL_WITHIN * area.radius_km


def _story_signs(words: Words, found: list[Proposal]) -> None:
    """What the other names of the story say: the same name elsewhere, its country, a person of that name."""
    countries: Counter[str] = Counter()
    best_by_name: dict[str, float] = {}
    people: set[str] = set()
    for p in found:
        key = _sense_key(p)
        best_by_name[key] = max(best_by_name.get(key, -9.0), p.score)
        if p.signs.get("after_given") or p.signs.get("title") or p.signs.get("initial"):
            people.add(words.lower[p.core[1]])
        if p.score > SURE and p.best and not p.guessed:
            countries[p.best.place.country] += 1
    people |= _people(words)
    total = sum(countries.values()) or 1
    for p in found:
        best = p.best
        s = p.signs
        s["first_score"] = max(-6.0, min(6.0, p.score))
        elsewhere = best_by_name[_sense_key(p)]
        if elsewhere > p.score:
            s["better_elsewhere"] = min(6.0, elsewhere - max(p.score, -6.0))
        if best and not p.demonym and not p.guessed and best.place.level not in ("country", "region"):
            own = max([countries.get(c.place.country, 0) - (p.score > SURE and c is best) for c in p.candidates])
            s["country_told"] = math.log1p(max(0, own))
            s["country_share"] = max(0, own) / total
        if p.i == p.j and words.lower[p.j] in people:
            s["person_told"] = 1.0
            if p.guessed:
                s["person_guessed"] = 1.0
    _neighbour_signs(words, found)


def _people(words: Words) -> set[str]:
    """The surnames of the text, lower case: words after a given name or a title."""
    people: set[str] = set()
    for i in words.names:
        if (
            i
            and words.glued[i]
            and not (words.opens[i - 1] and words.lower[i - 1] in CUES)
            and (words.lower[i - 1] in RULES.given_names or words.lower[i - 1].rstrip(".") in RULES.titles)
            and words.named[i - 1]
        ):
            people.add(words.lower[i])
    return people


def _sense_key(p: Proposal) -> str:
    """Two spellings of an unknown name are one ("al-Xair", "Al-Khayr"); a known name is told by its letters."""
    return "~" + names.keys(p.name).phonetic if p.guessed else p.name.casefold()


def _neighbour_signs(words: Words, found: list[Proposal]) -> None:
    """A name beside a sure place in a list ("X, Y and Z") is likely one too."""
    sure_end = {p.j for p in found if p.score > SURE}
    sure_start = {p.i for p in found if p.score > SURE}
    for p in found:
        if p.i >= 2 and words.lower[p.i - 1] in (",", "and", "or") and (p.i - 2) in sure_end:
            p.signs["list_left"] = 1.0
        if p.j + 2 < len(words) and words.lower[p.j + 1] in (",", "and", "or") and (p.j + 2) in sure_start:
            p.signs["list_right"] = 1.0


def _without_overlaps(found: list[Proposal]) -> list[Proposal]:
    """The best set: longer spans first, as a part of a name is rarely meant alone."""
    kept: list[Proposal] = []
    taken: set[int] = set()
    for p in sorted(found, key=lambda p: (-(p.core[1] - p.core[0]), -p.score, p.i)):
        span = range(p.core[0], p.core[1] + 1)
        if taken.isdisjoint(span):
            kept.append(p)
            taken.update(span)
    kept.sort(key=lambda p: p.core)
    for left, right in pairwise(kept):  # a type word belongs to one name only
        if left.j >= right.i:
            left.j = min(left.j, right.core[0] - 1)
            right.i = max(right.i, left.j + 1)
    return kept
