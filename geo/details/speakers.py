"""Who is meant by the one who speaks: "our drones hit", "troops took it, the Zerun army said", "shelled their positions"."""

from __future__ import annotations

import re

from geo.details.actors import ActorWords
from geo.details.elliptical import Elliptical
from geo.details.opponents import ITSELF
from geo.details.scene import MEN_OF, PREPOSITION, SPEAKS
from geo.model import Span

# Whose words these are: "a spokesman for the Front said", "the army statement read".
TELLS = re.compile(
    r"^(?:['’]s?)?\s*(?:[\w’'-]+\s+){0,4}?(?:said|says|told|announced|claimed|claims|reported|reports|declared|stated|confirmed|added|boasted|wrote|posted|read)\b"
)
TOLD_BY = re.compile(
    r"\b(?:according to|said|announced by|statement (?:by|from)|(?:spokes\w+|statement|commander|communiqu[eé]|officials?) (?:for|of|from|by))\s+(?:the\s+|an?\s+)?$"
)
SPEAKS_FOR_STATE = re.compile(
    r"\b(?:army|military|minist\w+|general staff|armed forces|air force|navy|police|forces|command|troops|government|defen[cs]e)\b"
)
NO_PARTY = re.compile(r"\b(?:embass\w+|consul\w+|ambassador|mission|envoy|diplomats?|foreign)\b")
WE = re.compile(
    r"(?:^|[\s“\"‘'(])(?:we|our (?:men|forces|fighters|soldiers|troops|units?|drones?|jets|pilots|gunners|brothers|mujahide+n|heroes|comrades|snipers|martyrs|martyrdom seekers?|martyrdom operatives?|brigades?|artillery|air force|navy))\s+"
    r"(?:(?:had|have|also|then|again|today|just|jointly|\w+ly)\s+){0,2}$"
)
OUR_DEED = re.compile(
    r"\b(?:our (?:attack|strike|operation|raid|missile|rocket|decision)\b|the decision to\s+(?:\w+\s+){0,3}$)"
)
# "attacked their positions near Oum": the speaker's own.
OWN_MEN = re.compile(
    r"^[\s“\"]*(?:on |against |at |of |near |one of |some of |several of |two of |three of |\d+ of )?(?:its|their|our|his)\s+(?:own\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:positions?|troops|soldiers|forces|men|fighters|posts?|bases?|convoys?|patrols?|camps?|checkpoints?|units?|outposts?|vehicles?|members|comrades|lines|headquarters|hideouts?|leaders?|commanders?|militants|drones?|ships?|aircraft|jets?|helicopters?)\b"
)
FLED = re.compile(
    r"^\s+(?:had\s+|have\s+)?(?:\w+ly\s+)?(?:withdrew|withdrawn|withdraw|fled|retreated|pulled (?:out|back)|surrendered|abandoned|left|escaped|melted away|laid down)\b"
)
# "A faction had seized them a week before": the next sentence tells who did it.
DID_IT_TO_THEM = re.compile(
    r"^\s*(?:[\w’'-]+\s+){0,3}?(?:had |have |has )?(?:\w+ly )?(?:killed|shot|seized|abducted|kidnapped|took|taken|captured|attacked|ambushed|executed|murdered|beheaded|fired (?:on|at)|opened fire on|accused|targeted|dragged|ordered|forced|gunned)\s+(?:dead\s+)?(?:them|him|her|the (?:victims?|men|women|group|convoy|vehicles?|bus|three|two|four|pair))\b"
)


class Speakers(Elliptical):
    """A claim that points at the one who tells it."""

    def _speaker(self, home: Span) -> ActorWords | None:
        """The party in a sentence whose words it gives."""
        for a in self._in(home):
            if a.form not in ("force", "group", "state", "strike", "capital") or not a.known or a.kind == "civilian":
                continue
            told = TOLD_BY.search(self._before(a)) or TELLS.match(self._behind(a))
            if (told and not PREPOSITION.search(self._before(a)[-12:])) or TOLD_BY.search(self._before(a)):
                return a
        return None

    def _in_first_person(self, home: Span) -> ActorWords | None:
        """Who says "we struck": the speaker of the sentence, or the party told last."""
        ahead = self.text[home.start : self.claim.trigger.end].casefold()
        before = self.text[home.start : self.claim.trigger.start].casefold()
        if not (
            WE.search(before)
            or WE.match(self._trigger_words())
            or OUR_DEED.search(before)
            or OUR_DEED.search(ahead[-40:])
        ):
            return None
        return self._speaker(home) or self._told_before(home.start + 1, pronoun=True)

    def _of_speakers_state(self, agent: ActorWords, home: Span) -> ActorWords:
        """Whose "troops" without a flag are, where a state's army is the one who tells of them."""
        speaker = self._speaker(home)
        if speaker is None or speaker.kind != "state" or not speaker.country or speaker.form != "force":
            return agent
        said = speaker.span.of(self.text).casefold()
        return self._renamed(agent, speaker) if SPEAKS_FOR_STATE.search(said) and not NO_PARTY.search(said) else agent

    def _speakers_own(self, home: Span, agent: ActorWords | None) -> ActorWords | None:
        """Who is hit where it is "their positions", the subject's of the sentence or the one's told before."""
        trigger = self.claim.trigger
        found = OWN_MEN.match(self.text[trigger.end : trigger.end + 90].casefold())
        inside = ITSELF.search(self._trigger_words()) is not None
        if found is None and not (
            inside and OWN_MEN.search(" " + self._trigger_words()[self._trigger_words().rfind("their") :])
        ):
            return None
        name = agent.name if agent else ""
        ahead = [
            a
            for a in self._in(home)
            if a.known and a.form in ("group", "force", "state") and a.span.end <= trigger.start
        ]
        return next((a for a in ahead if a.name != name and SPEAKS.match(self._behind(a))), None)

    def _driven_off(self, home: Span) -> ActorWords | None:
        """Read "took the town after the rebels withdrew": from whom it was taken."""
        for a in self._in(home):
            if a.span.start >= self.claim.trigger.end and a.kind != "civilian" and FLED.match(self._behind(a)):
                return a
        return None

    def _did_it_to_them(self) -> ActorWords | None:
        """Who acts on those hit in the sentence behind the claim: "The rebels had seized them in May."."""
        for passage in self.after:
            for a in self._in(passage):
                acts = a.form in ("group", "force", "generic", "armed") and a.kind != "civilian"
                sound = MEN_OF.search(self._before(a)) or not PREPOSITION.search(self._before(a))
                if acts and sound and DID_IT_TO_THEM.match(self._behind(a)):
                    return a
        return None
