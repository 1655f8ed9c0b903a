"""Who was hit, by the words around the event words: object, subject of what is suffered, the dead, whose craft or base it was."""

from __future__ import annotations

import re

from geo.details.actors import ActorWords
from geo.details.claimants import FIRED_FROM
from geo.details.doers import (
    ARMS_OF,
    BORDER,
    BY,
    CAME_AND,
    COMES_UNDER,
    DONE_TO,
    MODIFIES,
    NO_MODIFIER,
    REACH,
    SUFFERED,
    Doers,
)
from geo.details.opponents import ATTACKED, BESIDE_VERB, TOGETHER
from geo.details.scene import CIVIL_EVENTS, PREPOSITION, SPEAKS, TARGETED
from geo.details.speakers import TOLD_BY
from geo.model import Span

DESCRIBED_WITHIN = 60  # characters between the dead and the words that say whose they were
HELD_BY = re.compile(r"\b(?:held|controlled|guarded|manned|occupied|defended)\s+by\s+(?:[\w’'-]+\s+){0,2}$")
OBJECT = re.compile(
    r"(?:^|\b(?:on|against|at|targeting|targeted|into|hit|hitting|struck|of|killing|killed|wounding|wounded|injuring|injured|attacking|attacked|ambushed|ambushing|upon|towards?|from|with|to|left|leaving|claimed the lives of|followed|to (?:strike|attack|target|bomb|shell|hit|storm|raid))\s+)"
    r"(?:(?:an?|the|its|their|his|two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*|several|some|at least|more than|dozens of|members of|sites? (?:of|linked to)|bases? of|positions? of|a convoy of|facilities of|"
    r"headquarters of|weapons|facilities|the areas? of|suspected|alleged|five|local|another|one|about|over|senior|top|only|around|nearly|many|both|forces of|warehouses|warehouse|on|mostly|linked|to|places|where|brigade)\s+)*$"
)
# "a school in a remote area of Oum": where it stands.
PART_OF = re.compile(
    r"\b(?:areas?|parts?|regions?|provinces?|states?|districts?|cit(?:y|ies)|towns?|villages?|corner|north|south|east|west|centre|center|capital|coast) of\s+(?:the\s+)?$"
)
HOSTS = re.compile(
    r"\s*(?:[\w’'-]+\s+){0,2}?(?:housing|hosting|used by|home to|holding|that (?:house|host)s?|where)\s+(?:the\s+)?$"
)
IN_ANSWER = re.compile(r"\b(?:response|retaliat\w+|reply|answer|revenge)\b")
ANYBODY = re.compile(r"\b(?:people|civilians|women|children|worshippers|villagers|students)\b")
RETALIATES = re.compile(r"\b(?:retaliat\w+|in response|in revenge|respond\w+|answer(?:ed|ing|s) (?:an?|the))\b")
CRAFT = re.compile(
    r"(?i)\b(?:helicopters?|gunships?|jets?|(?:war)?planes?|aircraft|airliner|drones?|tanks?|ships?|warships?|vessels?|boats?|frigate|tankers?|bombers?|vehicles?|trucks?|mi-\d+|su-\d+|mig-\d+)\b"
)
# "shot dead seven members of the outlawed": nothing but a noun phrase lies between a verb and its object.
NAMED_AS = re.compile(
    r"\s+(?:[A-Z][\w’'.-]*|[\"“][^\"“”]{1,20}[\"”])(?:\s+(?:[A-Z][\w’'.-]*|al|bin|ibn|[\"“][^\"“”]{1,20}[\"”])){0,4},\s+(?:the|an?)\s+(?:(?:senior|top|suspected|alleged|former)\s+)?"
)
PLAIN_OBJECT = re.compile(
    r"\s*(?:(?!(?:in|on|at|by|near|from|with|and|or|but|that|which|who|when|while|where|as|to|for|after|before|against|during|outside|inside|since|until|"
    r"was|were|is|are|has|had|have|said|says|killing|wounding|leaving|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)[\w’'-]+\s+){0,7}"
)
# "a bomb went off outside the police headquarters"
BESIDE_SITE = re.compile(
    r"\s*(?:(?!by|from|after|before|while|when|said)[\w’'-]+\s+){0,6}?(?:outside|near|in front of|next to|close to|at|inside|beside|opposite)\s+(?:(?:the|an?)\s+)?(?:[\w-]+\s+){0,3}"
)
BASE_OR_POST = re.compile(
    r"\b(?:bases?|barracks|camps?|airbase|head ?quarters|stations?|posts?|outposts?|checkpoints?|academy|consulate|embassy|convoy|patrol|vehicles?|garrison|depot|ministry)$"
)
DESCRIBES = re.compile(
    r"(?:\[\d+\])?,?\s*(?:(?:the|head|deputy|leader|commander|chief|founder|a|an|top|senior|of)\s+)*"
)
HELD = re.compile(r"^\s+(?:still\s+|had\s+)*(?:held|controlled)\b")

AIMED = re.compile(r"\b(?:shot|downed|hit|struck|destroyed|attacked|targeted|sank|shooting down)\b")
A_CRAFT = re.compile(
    r"\s*(?:[\w-]+\s+){0,2}?(?:helicopter|jet|plane|warplane|aircraft|drone|tank|warship|ship|vessel|destroyer)\b"
)
ITS_LEADER = re.compile(
    r"\s*(?:[A-Z][\w’'-]*\s+){1,4}?(?:[A-Z][\w’'-]*),?\s+(?P<its>its|the (?:group|movement|militia|organi[sz]ation)['’]s)\s+(?:[\w-]+\s+){0,3}"
    r"(?:chief|leader|commander|head|founder|spokesman|number two|deputy|official)\b"
)


class Targets(Doers):
    """A claim that asks who was hit."""

    def _described_victims(self) -> ActorWords | None:
        """The words for people without arms, or for a state's own men, among those who died or were hurt."""
        told = [v for v in self._victim_words() if v.kind in ("civilian", "state")]
        if self.claim.event_type == "Battles":  # who dies in the crossfire is no party
            return next((v for v in told if v.kind == "state"), None)
        return next((v for v in told if v.kind == "civilian"), told[0] if told else None)

    def _answering(self) -> ActorWords | None:
        """Whoever retaliates for the event was hit by it."""
        if any(ANYBODY.search(v.of(self.text)) for v in self.victims):
            return None  # "in retaliation for the bombing, in which 32 people died": people whom nobody calls theirs
        for a, between in self._before_the_event():
            acts = (
                a.known and a.form in ("strike", "force", "state", "group") and not PREPOSITION.search(self._before(a))
            )
            if acts and RETALIATES.search(between) and not SPEAKS.match(between):
                return a
        return None

    def _patient_here(self) -> ActorWords | None:
        """Who was hit by the words of the claim's own sentence."""
        words = [a for a in self._in(self.sentence) if a.form not in ("adjective", "capital") and not self._owns(a)]
        if DONE_TO.search(self._trigger_words()) and (craft := self._craft_hit(words)):
            return craft
        if subject := self._subject_that_suffers(words):
            return subject
        inside = (a for a in words if self.claim.trigger.start < a.span.start < self.claim.trigger.end)
        inside = (a for a in inside if not ATTACKED.match(self.text[a.span.end : self.claim.trigger.end].casefold()))
        inside = (
            a
            for a in inside
            if (a.form in ("force", "generic", "group") or (a.form == "strike" and A_CRAFT.match(self._behind(a))))
            and not (BY.search(self._before(a)) or ARMS_OF.search(self._before(a)))
        )
        if whole := next(inside, None):  # "stormed the US embassy" as a whole is the event
            return whole if whole.known else self._beside_it(whole, words)
        struck = self._objects(words)
        if struck is None and self.claim.event_type == "Battles":
            later = (a for a in words if a.span.start > self.claim.trigger.end)
            return next((a for a in later if HELD.match(self._behind(a)) or HELD_BY.search(self._before(a))), None)
        return struck

    def _subject_that_suffers(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "the patrol was ambushed", "the patrol came under fire"."""
        said, trigger = self._trigger_words(), self.claim.trigger
        comes_under = COMES_UNDER.search(said) or DONE_TO.search(said)
        if comes_under:  # "a patrol came under fire" as a whole is the event
            trigger = Span(trigger.start + comes_under.start(), trigger.end)
        if not (self._passive(self.sentence) or comes_under or SUFFERED.match(said) or self._is_lost()):
            return None
        subject = self._subject([a for a in words if a.form != "strike"], trigger, self.sentence, whole=True)
        if (
            subject is None
            or self._others_suffered(subject)
            or CAME_AND.match(self.text[subject.span.end : trigger.start])
        ):
            return None
        return subject

    def _objects(self, words: list[ActorWords]) -> ActorWords | None:
        """The first named object of the event words, else the first that is only described."""
        trigger = self.claim.trigger
        generic = last = None
        for a in words:
            far = a.span.start - trigger.end > REACH or self._cut(trigger.end, a.span.start)
            strike = a.form == "strike" and not (AIMED.search(self._trigger_words()) and A_CRAFT.match(self._behind(a)))
            if a.span.start < trigger.end or strike or far:
                continue
            beside = last is not None and TOGETHER.match(self.text[last.span.end : a.span.start])
            if not self._is_object(a) and not beside:
                continue
            last = a
            struck = self._guest(a, self.sentence)
            if struck.known:
                return struck
            generic = generic or struck
        return generic

    def _craft_hit(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "a Zerun helicopter was shot down": whose craft it is that was hit."""
        for a in words:
            between = self.text[a.span.end : self.claim.trigger.start]
            near = a.span.overlaps(self.claim.trigger) or (
                a.span.end <= self.claim.trigger.start
                and MODIFIES.fullmatch(between)
                and not NO_MODIFIER.search(between)
            )
            if (
                near
                and a.form in ("strike", "force", "group")
                and CRAFT.search(a.span.of(self.text) + between + self._trigger_words())
            ):
                return a
        return None

    def _beside_it(self, target: ActorWords, words: list[ActorWords]) -> ActorWords:
        """Read "attacked army and Xan positions": a target with a name beside one without."""
        near = (a for a in words if a.known and 0 <= a.span.start - target.span.end < BESIDE_VERB)
        return next((a for a in near if TOGETHER.match(self.text[target.span.end : a.span.start])), target)

    def _is_object(self, words: ActorWords) -> bool:
        """Do the event words, which stand before the actor, take it as their object?"""
        written = self.text[self.claim.trigger.end : words.span.start]
        if NAMED_AS.fullmatch(written):  # "shot dead Omar Haddad, the Front bomb-maker"
            return True
        gap = written.casefold().rstrip("#@")
        beside = self.claim.event_type == "Explosions/Remote violence" and BESIDE_SITE.fullmatch(gap)
        at_site = beside and BASE_OR_POST.search(words.span.of(self.text).casefold())
        if not (OBJECT.search(gap.lstrip()) or PLAIN_OBJECT.fullmatch(gap) or at_site) or BY.search(
            self._before(words)
        ):
            return False
        if any(p.search(self._before(words)) for p in (FIRED_FROM, TOLD_BY)) or self._of_another_deed(words):
            return False
        if words.form == "state" and (BORDER.search(self._before(words)) or PART_OF.search(self._before(words))):
            return False
        return not SPEAKS.match(self._behind(words))

    def _guest(self, words: ActorWords, home: Span) -> ActorWords:
        """The forces for whose sake a base was hit: "Iraqi bases hosting US forces"."""
        for other in self._in(home):
            gap = self.text[words.span.end : other.span.start] if other.span.start >= words.span.end else None
            if gap is not None and len(gap) < 40 and HOSTS.match(gap.casefold()) and other.form == "force":
                return other
        return words

    def _victims(self) -> ActorWords | None:
        """The nationality or force of the dead and wounded, or of a name's description: "X, Iran's top general"."""
        told = next((a for a in self._victim_words() if a.known), None) or self._own_leader()
        if told is not None:
            return told
        for victims in self.victims:
            near = self.cast.named.touching(Span(victims.end, victims.end + DESCRIBED_WITHIN))
            behind = (a for a in near if a.known and a.span.start > victims.end)
            behind = (a for a in behind if not SPEAKS.match(self._behind(a)))
            described = next(
                (a for a in behind if DESCRIBES.fullmatch(self.text[victims.end : a.span.start].casefold())), None
            )
            if described is not None:
                return described
        return None

    def _own_leader(self) -> ActorWords | None:
        """Read "killed Ali Omar, its military chief": the group told last."""
        found = ITS_LEADER.match(self.text, self.claim.trigger.end)
        return self._told_before(found.start("its"), pronoun=False) if found else None

    def _target_elsewhere(self) -> ActorWords | None:
        """Whom the other passages name as the target."""
        for passage in self.passages:
            if passage.overlaps(self.claim.trigger) and self.claim.event_type not in CIVIL_EVENTS:
                continue
            for a in self._in(passage):
                aimed_at = TARGETED.search(self._before(a)) and not IN_ANSWER.search(self._before(a))
                if a.known and a.form in ("group", "force", "people") and aimed_at:
                    return a
        return None
