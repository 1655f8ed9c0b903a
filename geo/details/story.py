"""Who fights in an article: the sides that it speaks of, the one spoken of most first.

It tells the other party of a battle, and what a party is able to do; nobody did a thing because an article is about him.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from geo.details.actors import ActorWords
from geo.details.scene import Cast

HEADLINE = 3  # times a mention in the text
ENOUGH = 3  # mentions, below which an article is about nobody
SHARE = 0.6  # of the mentions of all who could have done it
ARMED = ("rebel", "militia")


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the story: how often it is spoken of, and the words that do, by the name that most of them have."""

    side: str
    weight: int
    words: tuple[ActorWords, ...]

    @property
    def armed_group(self) -> bool:
        """Is it no state's force?"""
        return self.words[0].kind in ARMED


@lru_cache(maxsize=1)  # asked for by each claim of an article in turn
def parties(cast: Cast) -> tuple[Party, ...]:
    """The sides of an article, the one spoken of most first."""
    headings = [s.span for s in cast.sentences if s.heading]
    weights: Counter[str] = Counter()
    told: dict[str, list[ActorWords]] = defaultdict(list)
    for a in cast.actors:
        group = a.form == "group" and a.kind in ARMED
        if not a.known or not (group or (a.kind == "state" and a.form in ("force", "strike"))):
            continue
        side = a.side or a.name
        weights[side] += HEADLINE if any(h.covers(a.span) for h in headings) else 1
        told[side].append(a)
    found = []
    for side, weight in weights.most_common():
        name = Counter(a.name for a in told[side]).most_common(1)[0][0]
        found.append(Party(side, weight, tuple(a for a in told[side] if a.name == name)))
    return tuple(found)


def foremost(able: list[Party], enough: int = ENOUGH) -> Party | None:
    """The one party that outweighs all others of those who could have done it."""
    best = max(able, key=lambda p: p.weight, default=None)
    if best is None or best.weight < enough or best.weight < SHARE * sum(p.weight for p in able):
        return None
    return best
