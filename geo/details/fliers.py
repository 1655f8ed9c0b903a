"""Whose aircraft it was, where aircraft or drones did it and nobody says whose."""

from __future__ import annotations

import re

from geo.details.actors import ActorWords
from geo.details.opponents import ATTACKED
from geo.details.scene import FROM_AFAR
from geo.details.speakers import Speakers

ITS_AIRCRAFT = re.compile(
    r"^\s+(?:says?|said)\s+(?:that\s+)?its\s+(?:jets|warplanes|aircraft|drones|helicopters|air force|planes)\b"
)
AIRCRAFT = re.compile(
    r"^\W*(?:['’]s\s+)?(?:(?!said|says|the|an?|ha[sd]|have|and|of|in)\w+\s+){0,2}?(?:aircraft|warplanes?|(?:fighter )?jets?|planes|air ?strikes?|air ?raids?|drones?|drone strikes?|helicopters?|gunships?|strikes)\b"
)
SENDS = re.compile(
    r"^\s+(?:(?:has|had|have|also|again)\s+)*(?:launched|fired|sent|unleashed)\s+(?:[\w,-]+\s+){0,4}?(?:drones?|aircraft|bombers)\b"
)
FLIES = re.compile(r"\b(?:aircraft|warplanes?|jets?|planes|air ?strikes?|drones|helicopters|gunships)$")

IN_A_PLACE = re.compile(r"\b(?:in|at|near|over)\s+(?:the\s+)?([A-Z][\w’'-]+)")


class Fliers(Speakers):
    """A claim that asks who flew."""

    def _only_air_force(self) -> ActorWords | None:
        """The one party whose aircraft the article speaks of, where aircraft did it and nobody says whose."""
        if self.claim.sub_event_type != "Air/drone strike" or self._disowned():
            return None
        drone = "drone" in self._told_text()
        flying = [
            a
            for a in self.all
            if a.known
            and (
                a.form in ("strike", "force", "group")
                or ITS_AIRCRAFT.match(self._behind(a))
                or SENDS.match(self._behind(a))
            )
            and (not drone or "drone" in a.span.of(self.text).casefold() + self._behind(a)[:40])
            and (
                AIRCRAFT.match(self._behind(a))
                or ITS_AIRCRAFT.match(self._behind(a))
                or SENDS.match(self._behind(a))
                or FLIES.search(a.span.of(self.text).casefold())
            )
        ]
        flying = [a for a in flying if a.kind == "state" and a.country != self.country] or flying
        one = len({a.name for a in flying}) == 1 and self._flies_there(flying[0])
        return self._nearest(flying) if one else None

    def _flies_there(self, words: ActorWords) -> bool:
        """Does a state bomb the country of the claim? Its own only where it is told to bomb no other."""
        abroad = any(a.side == words.side and b.country not in ("", words.country) for a, b in self._duels())
        return words.country != self.country or not self.country or not abroad

    def _strikes_abroad(self, words: ActorWords) -> bool:
        """Is it a state that tells of its strikes elsewhere, while the event is in its own land and another state is told to strike?"""
        if words.kind != "state" or words.country != self.country or self.claim.sub_event_type not in FROM_AFAR:
            return False
        line = self.cast.lines.touching(words.span)[0]
        behind = (m[1] for m in IN_A_PLACE.finditer(self.text, words.span.end, line.end))
        here = {p.of(self.text) for p in self.claim.places}
        foreign = (a for a in self.all if a.kind == "state" and a.country not in ("", self.country))
        return any(name not in here for name in behind) and any(self._strikes(a) for a in foreign)

    def _strikes(self, words: ActorWords) -> bool:
        """Is an actor told to attack?"""
        return words.form == "strike" or ATTACKED.match(self._behind(words)) is not None
