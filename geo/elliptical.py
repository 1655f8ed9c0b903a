"""Who did it where the claim's own words do not say, and the paragraph or the war that it belongs to leaves no doubt."""

from __future__ import annotations

import re

from geo.actors import ActorWords
from geo.opponents import ATTACKED, Opponents
from geo.scene import PREPOSITION, SPEAKS

# "occupied Horlivka", "the rebel-held quarter": who strikes there need not be the country's enemy.
HELD = re.compile(
    r"\b(?:occupied|annexed|controlled|[\w-]+-held|[\w-]+-controlled|held by|seized by|captured by|breakaway|self-proclaimed|separatist)\b"
)
DISOWNED = re.compile(
    r"\b(?:denied|denies|deny|no link|nothing to do with|not claimed|condemned|rejected|rivals? of|against|fight(?:ing)?|opposed to)\b"
)
ATTACKS = frozenset({"Explosions/Remote violence", "Violence against civilians"})
FROM_THE_AIR = "Air/drone strike"


class Elliptical(Opponents):
    """A claim that may leave open who did it because the text has just said so."""

    def _told_of(self) -> ActorWords | None:
        """The one armed group that the paragraph speaks of before the event words, and the party at war with the place's country."""
        if self.claim.event_type not in ATTACKS:
            return None
        return self._of_paragraph() or self._at_war()

    def _of_paragraph(self) -> ActorWords | None:
        """The one armed group that the same paragraph has spoken of: "The group answered with bombs. On the 3rd three cars blew up."."""
        if self.claim.sub_event_type == FROM_THE_AIR:
            return None
        home = next((s for s in self.cast.sentences if s.span.overlaps(self.claim.trigger)), None)
        if home is None:
            return None
        before = [s for s in self.cast.sentences if s.paragraph == home.paragraph and s.span.end <= home.span.start]
        told = [a for s in (*before, home) for a in self._in(s.span) if a.span.end <= self.claim.trigger.start]
        groups = [a for a in told if a.known and a.form == "group" and a.kind in ("rebel", "militia")]
        loyal = {a.side for a in self.all if a.kind == "state" and a.country == self.country}
        groups = [a for a in groups if a.side not in loyal]
        if len({a.side or a.name for a in groups}) != 1 or any(
            self._is_victim(a) or DISOWNED.search(self._behind(a)) for a in groups
        ):
            return None
        return groups[-1]

    def _at_war(self) -> ActorWords | None:
        """The one state that the article tells of attacking the country of the place, where fire from afar hits that country."""
        sentence = " ".join(p.of(self.text) for p in self.passages[:1]).casefold()
        if self.claim.event_type != "Explosions/Remote violence" or not self.country or HELD.search(sentence):
            return None
        states = [
            a for a in self.all if a.country != self.country and a.form in ("force", "strike") and self._attacks(a)
        ]
        if len({a.country for a in states}) != 1:
            return None
        place = self.claim.trigger.start
        return min(states, key=lambda a: (abs(a.span.start - place), a.span))

    def _attacks(self, words: ActorWords) -> bool:
        """Is a state's force the subject of an attack that is told as done?"""
        behind = self._behind(words)
        did = (
            words.kind == "state"
            and bool(words.country)
            and ATTACKED.match(behind)
            and not PREPOSITION.search(self._before(words))
        )
        return bool(did) and not SPEAKS.match(behind)
