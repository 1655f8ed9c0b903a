"""Whom the story pits against whom: for the side of a claim that its own words leave open."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from geo.actors import ActorWords
from geo.model import Span
from geo.scene import BLAMED, NOT_ACTING, PREPOSITION, SPEAKS, TARGETED, Scene, before, behind

ONE_GROUP = re.compile(r"(?:militia|group|faction)$")
THE = re.compile(r"\b(?:the|these|those|this)\s+(?:\w+\s+)?$")
MEMORY = 900  # characters over which "the militants" still means the group last named
SPECIFIC = "Iran-backed militia"  # a description; a group of the same side that the passages name is better
ARMED_EVENTS = frozenset({"Battles", "Explosions/Remote violence"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acted and who was hit in one claim; None where its words do not say."""

    agent: ActorWords | None = None
    patient: ActorWords | None = None


@lru_cache(maxsize=4)  # asked for by each claim of an article in turn
def duels(
    text: str, lines: tuple[Span, ...], actors: tuple[ActorWords, ...]
) -> tuple[tuple[ActorWords, ActorWords], ...]:
    """(attacker, attacked) wherever the article says so in one sentence."""
    pairs: list[tuple[ActorWords, ActorWords]] = []
    sided = [a for a in actors if a.known and a.side and a.form in ("group", "force", "strike", "state", "people")]
    for line in lines:
        words = [a for a in sided if line.covers(a.span)]
        for b in words:
            if (
                b.form in ("strike", "state")
                or len({a.side for a in words}) == 1
                or not TARGETED.search(before(text, b))
            ):
                continue
            attackers = [a for a in words if a.side != b.side and a.form != "people" and _attacks(text, a)]
            pairs += [(a, b) for a in attackers[:1]]
    return tuple(pairs)


def _attacks(text: str, words: ActorWords) -> bool:
    if SPEAKS.match(behind(text, words)) or NOT_ACTING.search(words.span.of(text).casefold()):
        return False
    return BLAMED.search(before(text, words)) is not None or not PREPOSITION.search(before(text, words))


class Opponents(Scene):
    """A scene in the light of the whole article."""

    def _against(self, agent: ActorWords | None, patient: ActorWords | None) -> Roles:
        """Fill the one side that is missing with the opponent whom the article pits against the other, if it is one."""
        if self.claim.event_type not in ARMED_EVENTS:
            return Roles(agent, self._exact(agent, patient))
        if agent is not None and agent.known and patient is None:
            foes = Counter(b.name for a, b in self._duels() if a.side == agent.side and b.side != agent.side)
            patient = self._first([b for _, b in self._duels()], foes)
        elif patient is not None and patient.known and patient.side and (agent is None or not agent.known):
            foes = Counter(a.name for a, b in self._duels() if b.side == patient.side and a.side != patient.side)
            inferred = self._first([a for a, _ in self._duels()], foes)
            agent = self._wider(inferred) if inferred else agent
        return Roles(agent, self._exact(agent, patient))

    def _as_before(self) -> tuple[ActorWords | None, ActorWords | None]:
        """The parties of another attack on the same place, where one sentence of the article names both."""
        if self.claim.event_type not in ARMED_EVENTS or not self.claim.places:
            return None, None
        where = self.claim.places[0]
        place = where.of(self.text)
        if not place[:1].isupper() or any(a.span.overlaps(where) for a in self.all):
            return None, None
        lines = [s.span for s in self.sentences if place in s.span.of(self.text)]
        pairs = [(a, b) for a, b in self._duels() if any(line.covers(b.span) for line in lines)]
        return pairs[0] if len({(a.side, b.side) for a, b in pairs}) == 1 else (None, None)

    def _first(self, words: list[ActorWords], names: Counter[str]) -> ActorWords | None:
        """The words nearest to the event of the opponent named most often."""
        if not names:
            return None
        best = min(names, key=lambda n: (-names[n], n))
        place = self.claim.trigger.start
        return min((w for w in words if w.name == best), key=lambda w: (abs(w.span.start - place), w.span))

    def _duels(self) -> tuple[tuple[ActorWords, ActorWords], ...]:
        return duels(self.text, tuple(s.span for s in self.sentences), tuple(self.all))

    def _wider(self, words: ActorWords) -> ActorWords:
        """The description of its side, where the article has one: an actor that is only inferred is named no closer."""
        wide = [a for a in self.all if a.name == SPECIFIC and a.side == words.side]
        place = self.claim.trigger.start
        return min(wide, key=lambda a: (abs(a.span.start - place), a.span)) if wide else words

    def _exact(self, agent: ActorWords | None, words: ActorWords | None) -> ActorWords | None:
        """A group of its side that is named as the target, instead of the description "Iran-backed militia"."""
        if words is None or words.name != SPECIFIC:
            return words
        here = [
            a
            for p in self.passages
            for a in self._in(p)
            if a.form == "group" and a.side == words.side and a.name != SPECIFIC and TARGETED.search(self._before(a))
        ]
        if here:
            return here[0]
        struck = [
            b
            for a, b in self._duels()
            if b.side == words.side and b.name != SPECIFIC and (agent is None or a.side == agent.side)
        ]
        return self._first(struck, Counter(b.name for b in struck)) or words

    def _meant(self, words: ActorWords) -> ActorWords:
        """The group last named, where "the insurgents" or "the militia" points back to it."""
        if words.name == SPECIFIC and ONE_GROUP.search(words.span.of(self.text)) and THE.search(self._before(words)):
            before = [
                a
                for a in self.all
                if a.form == "group"
                and a.side == words.side
                and a.name != SPECIFIC
                and 0 <= words.span.start - a.span.end < MEMORY
            ]
            return self._renamed(words, before[-1]) if before else words
        if words.known or words.form != "generic" or words.kind not in ("rebel", "militia"):
            return words
        if not THE.search(self._before(words)) and not words.span.of(self.text).casefold().startswith("the "):
            return words
        named = [
            a
            for a in self.all
            if a.known
            and a.form == "group"
            and a.kind in ("rebel", "militia")
            and 0 <= words.span.start - a.span.end < MEMORY
        ]
        return self._renamed(words, named[-1]) if named else words

    def _renamed(self, words: ActorWords, named: ActorWords) -> ActorWords:
        return ActorWords(words.span, named.name, named.country, named.side, named.kind, named.form)
