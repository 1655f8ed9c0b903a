"""What the chosen names of a document say about where it plays, and what one mention may learn from it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.model import Mention, Place, Toponym
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.space import DEGREE_KM as KM_PER_DEGREE

MOST_COUNTRIES = 3  # that one story plays in
SMALLEST_SHARE = 1e-6  # below it nothing but the name itself was told


@dataclass
class Story:
    """Where a document plays, by the names that were chosen in it."""

    votes: Counter[str] = field(default_factory=Counter)  # by country
    own: dict[str, dict[str, float]] = field(default_factory=dict)  # by name: what it gave to each country
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)  # shares
    told_in: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # by division: the names chosen in it
    near: dict[int, list[tuple[str, Place]]] = field(
        default_factory=dict
    )  # by sentence: names with the places chosen there
    chosen: list[tuple[str, Place]] = field(default_factory=list)  # each place once, with the name that it had

    def others(self, key: str = "") -> Others:
        """What the names other than the one folded to `key` say: no name speaks for itself."""
        mine = self.own.get(key, {})
        total = sum(self.votes.values()) - sum(mine.values())
        places = [p for n, p in self.chosen if n != key]
        if total <= SMALLEST_SHARE:
            return Others({}, 0.0, places)
        left = {c: (v - mine.get(c, 0.0)) / total for c, v in self.votes.items()}
        shares = {c: share for c, share in left.items() if share > SMALLEST_SHARE}
        most = sum(sorted(shares.values())[-MOST_COUNTRIES:])
        return Others(shares, float(most * min(1.0, total / RULES.weights["resolve"]["settled_votes"])), places)

    def nearby(self, sentence: int, key: str) -> list[Place]:
        """The places of a sentence and of those beside it, by names other than the one folded to `key`."""
        return [p for s in (sentence - 1, sentence, sentence + 1) for n, p in self.near.get(s, ()) if n != key]

    def main_country(self) -> str:
        """The country that the story is clearly about, or ""."""
        shares = self.others().shares
        best = max(shares, key=lambda c: (shares[c], c), default="")
        return best if best and shares[best] >= RULES.weights["resolve"]["story_country_share"] else ""


@dataclass(frozen=True, slots=True)
class Others:
    """What the other names of a story tell one of them: shares of countries, and how sure it is that these are the story's."""

    shares: dict[str, float]
    settled: float  # 0 to 1: many names, and most in few countries
    places: list[Place]
    around: dict[str, int] = field(default_factory=dict)  # by place id: how many of the places are near it


@dataclass
class Context:
    """What surrounds one mention: the places that it is said to lie in or by, what it holds, and the rest of the story."""

    mention: Mention
    key: str  # the mention's name, folded
    outer: list[Toponym]
    inner: list[Mention]
    story: Story
    others: Others
    nearby: list[Place]  # places of its sentence and of the sentences beside it, by other names


def read_story(chosen: Sequence[Toponym], where: Sequence[int]) -> Story:
    """Sum up where the chosen names lie; actors (demonyms, metonyms) count less than scenes."""
    w = RULES.weights["resolve"]
    story = Story()
    seen: set[str] = set()
    for t, sentence in zip(chosen, where, strict=True):
        place, m = t.place, t.mention
        if place is None:
            continue
        key = names.bare(m.name)
        actor = m.demonym or m.metonym
        wide = place.level in ("country", "region")
        if place.country:
            worth = w["vote_actor"] if actor else w["vote_country"] if wide else w["vote_place"]
            story.votes[place.country] += worth
            mine = story.own.setdefault(key, {})
            mine[place.country] = mine.get(place.country, 0.0) + worth
        if wide or actor:
            continue
        story.near.setdefault(sentence, []).append((key, place))
        if place.admin1:
            story.divisions[place.country, place.admin1] += 1
            story.told_in.setdefault((place.country, place.admin1), set()).add(m.name)
        if place.id not in seen:
            seen.add(place.id)
            story.chosen.append((key, place))
    parts = sum(story.divisions.values()) or 1
    story.divisions = Counter({d: v / parts for d, v in story.divisions.items()})
    return story


def rough_km(a: Place, squeeze: float, b: Place) -> float:
    """Flat distance, good to a few percent below 500 km; `squeeze` is the cosine of a's latitude."""
    x = abs(a.lon - b.lon)
    x = (360.0 - x if x > 180.0 else x) * squeeze
    y = a.lat - b.lat
    return KM_PER_DEGREE * math.sqrt(x * x + y * y)
