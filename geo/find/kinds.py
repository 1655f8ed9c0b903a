"""Of which type an event is: by its own words, by whom it struck, or by what the story has just told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.find import sides, victims
from geo.find.parts import Part
from geo.find.sites import fineness
from geo.find.story import Draft
from geo.find.tellings import Tellings
from geo.find.words import DIVISION_FINENESS, INHERITED_PARAGRAPHS, MORE_OF_THEM, REMOTE, SAME_KIND
from geo.model import Span
from geo.triggers import FORCE, VIOLENT, Head

FROM_THE_AIR = "Air/drone strike"
BY_HAND = frozenset({"Remote explosive/landmine/IED", "Suicide bomb", "Grenade"})
# What may be done from the air or from afar, and does not say which.
WAS_HIT = re.compile(r"(?:is|are|was|were|been)\s+(?:again |also |directly )?(?:hit|struck)$|bombings?$|bombed$")
# What strikes from afar where it is another country's army that does it.
BLOW = re.compile(r"\b(?:struck|hit|bombed|bombarded|pounded|targeted)\b")
ITSELF_DID = re.compile(
    r"(?:['’]s)?(?: [a-z]+){0,2} (?:said|says|announced|claimed|confirmed)(?: in a statement| late| early| on)?(?: [a-z]+day)?(?: that)?"
    r" (?:it|they|its [a-z]+(?: [a-z]+)?)(?: had| has| have)?(?: also)? "
)
SAYS_AHEAD = 110  # characters from who says so to what it did
JUST_BEFORE = 2  # words


class Kinds(Tellings):
    """Gives the draft of a claim its type."""

    def _typed(self, draft: Draft, part: Part, head: Head, places: Sequence[Span]) -> Head:
        """The event words with the type that the victims, the story before it or the parties give them."""
        trigger = head.trigger
        kind = ""
        later = not part.leads and any(
            d in self.from_events for d in draft.dates[:1]
        )  # days after it, so another event
        if trigger.form == "outcome" and not later and (told_before := self._whole(draft)):
            return replace(head, trigger=replace(told_before.head.trigger, form="outcome"))
        if trigger.inherits and not later and (told_last := self._told_last(draft)) is not None:
            kind = told_last.head.trigger.sub_event_type
        elif trigger.abroad and self._from_afar(part, head, places):
            kind = trigger.abroad
        elif trigger.by_side:
            kind = self._side(part, head, places)
        elif trigger.by_victim:
            groups = [
                a.span for a in self.acting.inside(part.span) if a.kind in sides.REBEL_KINDS and a.form == "group"
            ]
            kind = victims.decide(self.text, part.span, head, groups)
        if not kind and not (later and trigger.form == "event"):
            kind = self._as_told_before(draft)
        return replace(head, trigger=replace(trigger, sub_event_type=kind)) if kind else head

    def _told_last(self, draft: Draft) -> Draft | None:
        """The event told before in the same sentence, else the one that the story goes on about."""
        last = self.drafts[-1] if self.drafts else None
        return last if last is not None and last.sentence == draft.sentence else self.topic

    def _as_told_before(self, draft: Draft) -> str:
        """The type of what was just told, where words that do not say theirs point to it: "a similar attack", "killed two
        more", "a school was hit"; "" where they do not.
        """
        last, head = self._told_last(draft), draft.head
        if head.trigger.generic and WAS_HIT.search(head.span.of(self.text)):
            return self._hit_from_afar(draft, last)
        near = last is not None and draft.paragraph - last.last_paragraph <= 1
        if last is None or not near or not head.trigger.vague or last.head.trigger.event_type not in FORCE:
            return ""
        before = self.text[draft.part.span.start : head.span.start]
        more = head.trigger.form == "outcome" and MORE_OF_THEM.match(self.text, head.span.end) is not None
        return last.head.trigger.sub_event_type if more or SAME_KIND.search(before) else ""

    def _hit_from_afar(self, draft: Draft, last: Draft | None) -> str:
        """How "a school was hit" or "the bombing" was done, by what the story has told; "" where it has told of no such thing."""
        told = [d.head.trigger.sub_event_type for d in self.drafts if not d.head.trigger.generic]
        if draft.head.span.of(self.text).startswith("bomb"):
            return FROM_THE_AIR if FROM_THE_AIR in told and not BY_HAND.intersection(told) else ""
        near = last is not None and draft.paragraph - last.last_paragraph <= 1
        kind = last.head.trigger.sub_event_type if last is not None and near else ""
        return kind if kind in (FROM_THE_AIR, "Shelling/artillery/missile attack") else ""

    def _whole(self, draft: Draft) -> Draft | None:
        """The event whose toll at one more place a sentence gives ("Two were killed in Oum, it said"), or one of its kind on
        another day ("On 3 May nine died in Oum"), as news lists what came before a bombing.
        """
        topic = self.topic
        if topic is None or not draft.placed_itself or topic.head.trigger.generic:
            return None
        near = draft.paragraph - topic.last_paragraph <= INHERITED_PARAGRAPHS
        kinds = {REMOTE} if draft.dates else VIOLENT - {"Riots"}
        return topic if near and topic.head.trigger.event_type in kinds else None

    def _divides(self, span: Span) -> bool:
        """Is a name that of a province or anything finer?"""
        return any(t.span == span and fineness(t) >= DIVISION_FINENESS for t in self.names.inside(span))

    def _side(self, part: Part, head: Head, places: Sequence[Span]) -> str:
        """The type of battle by who takes the place, "" where that is not said."""
        fighting = [a for a in self.acting.inside(part.span) if sides.armed(a)]
        countries = {t.place.country for t in self.names.inside(part.span) if t.place and t.span in places}
        return sides.taken(self.text, part.span, head.span, fighting, countries or self.countries)

    def _from_afar(self, part: Part, head: Head, places: Sequence[Span]) -> bool:
        """Does an army bomb, or a state or its army strike in a country that is not its own: "The US attacked the bases"?"""
        if self._is_noun(head):
            return False
        blow = BLOW.search(self.text, head.span.start, head.span.end)
        who = self._who_strikes(part, blow.start() if blow else head.span.start)
        if who is None or who.kind not in sides.STATE_KINDS:
            return False
        if head.span.of(self.text) == "bombed" and who.form != "state":
            return True  # an army bombs with aircraft, rebels with what they have laid
        if who.form != "state" and blow is None:
            return False  # on the ground as often: "their troops attacked the rebels"
        countries = {t.place.country for t in self.names.inside(part.span) if t.place and t.span in places}
        return who.country not in (countries or self.countries)

    def _who_strikes(self, part: Part, verb: int) -> sides.Acting | None:
        """The actor just before a verb, or the one that says so of itself: "Xan's army said on Monday that it struck"."""
        start = max(0, self.text.rfind("\n", 0, verb), verb - SAYS_AHEAD)
        before = [a for a in self.acting.inside(Span(start, part.span.end)) if a.span.end <= verb]
        if not before:
            return None
        gap = self.text[before[-1].span.end : verb]
        near = part.span.start <= before[-1].span.start and len(gap.split()) <= JUST_BEFORE
        return before[-1] if near or ITSELF_DID.fullmatch(gap) else None
