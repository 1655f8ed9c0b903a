"""Who claims an event or is blamed for it, beside the event or further down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from geo.details.actors import ActorWords
from geo.details.blame import BLAMED_ON, CLAIMED, DENIAL, DENIES, ITS_MAN, LOOKS_INTO_IT, SPOKE_FOR, WAS_BLAMED
from geo.details.fliers import Fliers
from geo.details.scene import BLAMED, FROM_AFAR, PREPOSITION, SAYS_IT_DID
from geo.model import Span

LEAD = 4  # sentences, the headline among them
THE_ATTACK = re.compile(
    r"\b(?:the|this|that|these|sunday's|monday's|tuesday's|wednesday's|thursday's|friday's|saturday's)\s+(?:[\w-]+\s+){0,2}(?:attacks?|bombings?|blasts?|explosions?|assault|shootings?|killings?|massacre|raid|ambush|strikes?|abductions?|kidnappings?|bomb|device|explosives?|murders?)\b|\bresponsibility\b"
)
OTHER_TIME = re.compile(
    r"\b(?:similar|previous(?:ly)?|earlier|past|other|another|last year|in (?:19|20)\d\d|of (?:19|20)\d\d|years? ago|no group|no one|nobody)\b"
)
NEAR_LEAD = 200  # characters behind the event words
MUCH_LATER = 3  # sentences after the next
FIRED_FROM = re.compile(
    r"\b(?:fired|launched|coming|shot|sent|drones?|missiles?|rockets?|mortars?|shells|projectiles?)\s+from\s+(?:inside\s+)?$"
)
ANOTHER_EVENT = re.compile(
    r"\b(?:attack\w*|bomb\w*|shell\w*|explo\w+|raid\w*|ambush\w*|clash\w*|strikes?|struck|fired|gunmen|rockets?|missiles?|drones?|mine|blast|abduct\w*|kidnap\w*|shot|massacre\w*)\b"
)


IN_ANSWER = re.compile(
    r"\b(?:in (?:retaliation|response|revenge|reprisal|reply)|revenge|retaliation|reprisal|payback|aveng\w+|retaliat\w+)\s+(?:(?:for|to|of)\s+)?(?:[\w’'-]+\s+){0,4}$"
)


class Claimants(Fliers):
    """A claim that asks who claims it or is blamed for it."""

    def _blamed(self, passages: Sequence[Span]) -> ActorWords | None:
        """Whoever claims the event, or is blamed for it, in some passages."""
        for passage in passages:
            for a in self._in(passage):
                before, behind = self._before(a), self.text[a.span.end : min(passage.end, a.span.end + 90)].casefold()
                if self._strikes_abroad(a):
                    continue
                if a.form in ("state", "capital", "force", "group") and SAYS_IT_DID.match(behind):
                    return self._meant(a)
                if (
                    a.form in ("people", "civilians", "adjective", "capital")
                    or a.kind == "civilian"
                    or self._owns(a)
                    or self._answers_with_it(a, passage)
                ):
                    continue
                claimed = CLAIMED.match(behind)
                speaks = not PREPOSITION.search(before) or SPOKE_FOR.search(before)
                if claimed and not DENIAL.search(claimed.group()) and speaks:
                    return self._meant(a)
                if a.kind == "state" and self.claim.sub_event_type in FROM_AFAR and LOOKS_INTO_IT.match(behind):
                    return a
                blamed = BLAMED.search(before) or BLAMED_ON.search(before) or WAS_BLAMED.match(behind)
                if blamed and not DENIAL.search(before[-30:]) and not self._denied(a, passage):
                    return self._meant(a)
                fired = a.form == "state" and FIRED_FROM.search(before) and not DENIAL.search(before[-30:])
                if fired and (whose := self._on_its_soil(a)):
                    return whose
        return None

    def _answers_with_it(self, words: ActorWords, passage: Span) -> bool:
        """Read "the rebels claimed the killings in retaliation for the bombing": the bombing is what they answer to."""
        trigger = self.claim.trigger
        behind = passage.overlaps(trigger) and words.span.end <= trigger.start
        return behind and IN_ANSWER.search(self.text[words.span.end : trigger.start].casefold()) is not None

    def _denied(self, words: ActorWords, passage: Span) -> bool:
        """Is a force that is merely blamed, and is told of no attack, said not to have done it?"""
        if words.form == "group" or any(self._strikes(a) for a in self.all if words.known and a.side == words.side):
            return False
        following = self.cast.following.get(passage)
        said = self.text[words.span.end : following.end if following else passage.end].casefold()
        return DENIES.search(said) is not None

    def _turncoats(self) -> ActorWords | None:
        """Read "a soldier shot his trainers. The group says he was its man.": for whom he did it."""
        for passage in (*self.passages, *self.after):
            for a in self._in(passage):
                if a.form == "group" and ITS_MAN.match(self._behind(a)):
                    return a
        return None

    def _still_later(self) -> tuple[Span, ...]:
        """The sentences after the next of the same paragraph, as long as those before them tell of no other event."""
        found: list[Span] = []
        last = self.after[-1] if self.after else None
        while last is not None and len(found) < MUCH_LATER and not ANOTHER_EVENT.search(last.of(self.text).casefold()):
            last = self.cast.following.get(last)
            if last is None or last in self.passages:
                break
            found.append(last)
        return tuple(found)

    def _claimed_elsewhere(self) -> ActorWords | None:
        """Who alone claims or is blamed for "the attack" further down, where the lead tells of it."""
        lines = self.cast.sentences
        at = next((n for n, s in enumerate(lines[:LEAD]) if s.span.overlaps(self.claim.trigger)), LEAD)
        if at >= LEAD:
            return None
        found = []
        for before, line in pairwise(lines[at:]):
            said = line.span.of(self.text).casefold()
            beside = before.paragraph == line.paragraph and before.span not in self.passages
            if beside and before.span in self.cast.telling:
                continue  # "In Deli gunmen killed seven. The Front claimed the attack."
            if self._of_this_attack(line.span) and not OTHER_TIME.search(said) and (doer := self._blamed((line.span,))):
                found.append(doer)
        return found[0] if len({a.side or a.name for a in found}) == 1 else None

    def _of_this_attack(self, line: Span) -> bool:
        """Does a line speak of "the attack" without a name that tells it from the lead's ("the Oum attack")?"""
        said, lead = line.of(self.text), self.text[: self.claim.trigger.end + NEAR_LEAD]
        for found in THE_ATTACK.finditer(said.casefold()):
            names = [w for w in said[found.start() : found.end()].split()[1:] if w[0].isupper() and w[1:2].islower()]
            if all(name in lead for name in names):
                return True
        return False

    def _on_its_soil(self, state: ActorWords) -> ActorWords | None:
        """The one armed group of a country from whose land was fired, where the article names it; the state where it names none."""
        groups = [a for a in self._groups(list(self.all)) if a.country == state.country and state.country]
        if not groups:
            return state
        return self._nearest(groups) if len({a.name for a in groups}) == 1 else None
