"""What the chosen names of a document say about where it plays, and what one mention may learn from it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo import names
from geo.model import Mention, Place, Toponym
from geo.place_rules import PLACE_RULES as RULES
from geo.space import DEGREE_KM as KM_PER_DEGREE

MOST_COUNTRIES = 3  # that one story plays in
SMALLEST_SHARE = 1e-6  # below it nothing but the name itself was told


@dataclass
class Story:
    """Where a document plays, by the names that were chosen in it."""

    votes: Counter[str] = field(default_factory=Counter)  # by country
    own: dict[str, Counter[str]] = field(default_factory=dict)  # by name: what it gave to each country
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)  # shares
    told_in: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # by division: the names chosen in it
    near: dict[int, list[Place]] = field(default_factory=dict)  # by sentence: places chosen there
    places: list[Place] = field(default_factory=list)

    def shares(self, name: str = "") -> dict[str, float]:
        """The share of each country in what is said by the names other than `name`: no name speaks for itself."""
        mine = self.own.get(names.keys(name).article, Counter()) if name else Counter()
        total = sum(self.votes.values()) - sum(mine.values())
        if total <= SMALLEST_SHARE:
            return {}
        left = {c: (v - mine[c]) / total for c, v in self.votes.items()}
        return {c: share for c, share in left.items() if share > SMALLEST_SHARE}

    def settled(self, name: str, shares: dict[str, float]) -> float:
        """How sure it is where the story plays by the names other than `name`, 0 to 1: many names, and most in few countries."""
        key = names.keys(name).article
        total = sum(self.votes.values()) - sum(self.own.get(key, {}).values())
        most = sum(sorted(shares.values())[-MOST_COUNTRIES:])
        return float(most * min(1.0, total / RULES.weights["resolve"]["settled_votes"]))

    def main_country(self) -> str:
        """The country that the story is clearly about, or ""."""
        shares = self.shares()
        best = max(shares, key=lambda c: (shares[c], c), default="")
        return best if best and shares[best] >= RULES.weights["resolve"]["story_country_share"] else ""


@dataclass
class Context:
    """What surrounds one mention: the places that it is said to lie in or by, what it holds, and the rest of the story."""

    mention: Mention
    outer: list[Toponym]
    inner: list[Mention]
    story: Story
    shares: dict[str, float]  # of the story's countries, by the other names
    settled: float  # how sure it is that these are the story's countries, 0 to 1
    nearby: list[Place]  # places of its sentence and of the sentences beside it


def read_story(chosen: Sequence[Toponym], where: Sequence[int]) -> Story:
    """Sum up where the chosen names lie; actors (demonyms, metonyms) count less than scenes."""
    w = RULES.weights["resolve"]
    story = Story()
    seen: set[str] = set()
    for t, sentence in zip(chosen, where, strict=True):
        place, m = t.place, t.mention
        if place is None:
            continue
        actor = m.demonym or m.metonym
        wide = place.level in ("country", "region")
        if place.country:
            worth = w["vote_actor"] if actor else w["vote_country"] if wide else w["vote_place"]
            story.votes[place.country] += worth
            story.own.setdefault(names.keys(m.name).article, Counter())[place.country] += worth
        if wide or actor:
            continue
        story.near.setdefault(sentence, []).append(place)
        if place.admin1:
            story.divisions[place.country, place.admin1] += 1
            story.told_in.setdefault((place.country, place.admin1), set()).add(m.name)
        if place.id not in seen:
            seen.add(place.id)
            story.places.append(place)
    parts = sum(story.divisions.values()) or 1
    story.divisions = Counter({d: v / parts for d, v in story.divisions.items()})
    return story


def rough_km(a: Place, squeeze: float, b: Place) -> float:
    """Flat distance, good to a few percent below 500 km; `squeeze` is the cosine of a's latitude."""
    x = abs(a.lon - b.lon)
    x = (360.0 - x if x > 180.0 else x) * squeeze
    y = a.lat - b.lat
    return KM_PER_DEGREE * math.sqrt(x * x + y * y)
