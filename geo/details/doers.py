"""Who did it, by the words around the event words: subject, by-phrase, whose strike it is called, who claims it or is blamed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.details.actors import ActorWords
from geo.details.claimants import Claimants
from geo.details.opponents import ALLIED, ATTACKED, PARTIES
from geo.details.scene import (
    ANSWERS,
    BACKER,
    FELL_IN,
    FROM_AFAR,
    MEN_OF,
    PREPOSITION,
    SPEAKS,
    TARGETED,
)
from geo.model import Span

# "were killed in a police raid"
IN_ITS_RAID = re.compile(
    r"\b(?:killed|died|dead|slain|shot|wounded|injured|hurt|arrested|detained) (?:[^.;,]{0,40} )?(?:in|during) (?:an? |the )?(?:(?:\w+-)?\w+ ){0,2}?$"
)
ITS_RAID = re.compile(
    r"[\w’' -]*?\s(?:raids?|operations?|crackdowns?|sweeps?|attacks?|ambush|assault|(?:air ?)?strikes?|shelling|bombardment)\b"
)
REACH = 110  # characters over which event words still take an object or a by-phrase
SUFFERED = re.compile(
    r"(?:died?|dies|perished|lost (?:their|his|her)|dead|wounded|bodies|casualt|deaths?|fatalit|toll|lay dead|funeral)"
)
DONE_TO = re.compile(
    r"\b(?:was|were|been|are|is)\s+(?:\w+ly\s+)?(?:\w+ed|shot|hurt|slain|struck|hit|blown)(?: down| dead| up| apart)?(?: by)?$|\bdied$"
)
MODIFIES = re.compile(r"(?:['’]s?)?\s*(?:[\w’'-]+\s+){0,3}$")
NO_MODIFIER = re.compile(
    r"\b(?:in|at|on|against|of|near|from|for|to|with|and|or|but|that|which|who|said|says|is|was|were|are|has|have|had|after|by|denied|condemned|praised|when|while|where|as|until|a|an|the)\b"
)
# Around the name of a party in "killed in a second Xan missile strike".
IN_EVENT = re.compile(
    r"\b(?:in|into|by|during|under|from)\s+(?:(?:an?|the|another|one|two|three|four|five|\d+|several|separate|similar|first|second|third|"
    r"suspected|apparent|alleged|reported|new|fresh|overnight|early|late|heavy|intense|renewed|[a-z]+day)\s+)*$"
)
OF_THE_EVENT = re.compile(
    r"(?:['’]s?)?\s+(?:(?:army|military|naval|police|rebel|militant|air|ground|missiles?|rockets?|drones?|mortars?|artillery|tank|sniper|shell|"
    r"grenade|gun|knife|bomb|car|truck|suicide|ballistic|cruise|commando|cross-border|[a-z]+-range|overnight|retaliatory)\s+){0,3}"
)
BY = re.compile(
    r"\b(?:by|at the hands of|blamed on|attributed to|the work of|carried out by|fired by|claimed by|identified as|believed to be|said to be|thought to be|suspected to be|recogni[sz]ed as|known to be)\s+"
    r"(?:(?:the|an?|suspected|presumed|apparent|unidentified|unknown|alleged|armed|masked|local|young|some|about|around|at least|more than|two|three|four|five|six|seven|eight|nine|ten|\d+|several|many|dozens of|"
    r"scores of|hundreds of|(?:missiles?|rockets?|shells?|fire|bombs?|bullets|gunfire|mortars?|a drone) from|members of|elements of|units of|men of|groups? of|gangs? of|convoys? of|fighters from|forces loyal to|pro-[\w-]+|[\w-]+-backed|[\w-]+-linked|heavily|well|rival|rebel|tribal|ethnic|[\w-]+['’]s)\s+)*$"
)
# "a town held by rebels", "confirmed by the ministry": no deed of the event.
NO_DEED = re.compile(
    r"\b(?:held|controlled|used|ruled|run|guarded|manned|occupied|owned|inhabited|governed|recogni[sz]ed|defended|protected|visited|reported|described|"
    r"condemned|denied|confirmed|verified|counted|seen|quoted|cited|published|released|hosted|"
    r"trained|armed|paid|backed|supported|funded|financed|equipped|recruited|hired|commanded|sponsored|supplied|joined|led|employed)\s+(?:\w+ly\s+)?by\s+(?:[\w’'-]+\s+){0,2}$"
)
BEGINS = re.compile(r"(?:(?:suspected|alleged|reported|deadly|the|an?|new|retaliatory)\s+)*", re.IGNORECASE)
FIRE = re.compile(
    r"\b(?:fire|gunfire|shelling|bombardment|attacks?|mortars?|rockets?|shells|sniping|barrage)(?: from)?\b"
)
FIRE_FROM = re.compile(
    r"\b(?:fire|gunfire|shelling|bombardment|attacks?|mortars?|rockets?|shells|sniping|barrage)\s+(?:(?:coming|launched|fired)\s+)?from\s+(?:(?:the|suspected|armed)\s+)*$"
)
FOUGHT_WITH = re.compile(
    r"\b(?:with|against)\s+(?:(?:the|an?|suspected|heavily|armed|some|about|around|\d+|members of|fighters of|rival)\s+)*$"
)
FELL_FIGHTING = re.compile(r"\b(?:killed|died|wounded|injured|hurt|slain|captured) (?:in|during) (?:[\w-]+ ){0,2}$")
BORDER = re.compile(r"\b(?:border|borders|frontier|boundary)\b[^.;]{0,30}$")
COMES_UNDER = re.compile(
    r"\b(?:came|come|comes|coming) under\b|\bsuffered\b|\bwas the target\b|"
    r"\b(?:struck|hit|ran over|drove over|stepped on|trod on|walked into|passed over|tripped|ran into|triggered)\s+(?:an?|the|another|one|two|three|several)\s+(?:[\w-]+\s+){0,3}(?:mines?|landmines?|ieds?|devices?|bombs?|explosives?|booby[- ]traps?|tripwire)\b"
)
# Between "herders" and "raided" in "Herders armed with rifles raided".
JUST_BEFORE = re.compile(
    r"\s+(?:armed with [\w-]+(?:,? (?:and|or) [\w-]+)? |from (?:the )?[A-Z][\w-]+(?: [a-z]+)? |in [A-Z][\w-]+ |on [A-Z]\w+day |also |then |later |\w+ly |have |had |again |wielding [\w-]+ (?:and [\w-]+ )?)*"
)
PASSIVE_PARTICIPLE = re.compile(
    r"(?:killed|wounded|injured|hurt|shot|abducted|kidnapped|seized|burned|burnt|beaten|hacked|stabbed|massacred|ambushed|attacked|hit|struck|bombed|executed|murdered|slain|dead|die)(?: dead| down| up)?(?:\W*$|[,.;]| (?:in|at|near|by|on|when|as|after|during|and|over|outside|while|since|for|last|this|from)\b)"
)
UNDER_FIRE = re.compile(
    r"\bunder (?:[\w-]+ ){0,3}?(?:fire|attack|assault|bombardment|shelling)\b[^.;]{0,30}?\s(?:from|by)\s+(?:(?:the|an?|suspected|unidentified|heavily|armed|some|about|around|\d+|members of|fighters of|positions (?:of|held by))\s+)*$"
)
# "The rebels came to the village with axes, and 69 people were killed"
CAME_AND = re.compile(
    r"\s+(?:had |then |also )?(?:came|entered|arrived|stormed|burst|raided|attacked|surrounded|encircled|swept|descended|marched|rode|drove|walked|poured|opened fire|fired|shelled|bombed|went (?:in|from|house|hut|door)|set fire|broke)\b[^.;:]{0,120}?,?\s+and\s"
)
PASSIVES = re.compile(
    r"\b(?:(?:was|were|been|being)\s+(?:\w+ly\s+)?(?:\w+ed|shot|taken|driven|bound|beaten|stripped|led)\b|(?:dragged|taken|pulled|hauled|led|marched|lured) (?:out|off|from|away|into)\b)[^.;]{0,80}?(?:,|\band\b)\s*(?:(?:\w+ed|shot|beaten|taken|bound),?\s+)*(?:and\s+)?(?:then\s+)?$"
)
ARMS_OF = re.compile(
    r"\b(?:drones|jets|aircraft|planes|warplanes|helicopters|bombers|gunners|artillery|guns|missiles|rockets|boats|tanks) of\s+(?:the\s+|our\s+)?$"
)
PARTICIPLE = re.compile(r"(?:killed|wounded|injured|dead|hurt|ambushed|shot|executed|murdered|kidnapped|abducted)\b")
CAUSED = re.compile(
    r"\b(?:left|leaving|had|saw|have)\s+(?:(?!(?:who|that|been|already|then|also|when|as)\b)[\w’'-]+,?\s+){1,8}$"
)
HAD = re.compile(r"\s+had\s+(?!been\b)(?:[\w-]+\s+){1,6}$")  # "the cartel had ten policemen killed"
PERSON = re.compile(
    r"\b(?:drivers?|m[ae]n|wom[ae]n|youths?|students?|settlers?|citizens?|nationals?|teenagers?|boys?|girls?|workers?|migrants?|refugees?|civilians?|shopkeeper|farmers?|pilots? of|tourists?|doctors?|journalists?|reporters?)\b"
)
AT_FIRST_SUFFERED = re.compile(rf"^{SUFFERED.pattern}")


class Doers(Claimants):
    """A claim that asks who did it."""

    def _agent_here(self) -> ActorWords | None:
        """Who did it by the words of the claim's own sentence."""
        home, said = self.sentence, self._trigger_words()
        words = [a for a in self._in(home) if self._may_act(a)]
        if self._caused(self.claim.trigger.start):
            return self._by_phrase(words) or self._did_before(words)
        if doer := self._by_phrase(words):
            return doer
        suffered = (
            self._passive(home)
            or self._one_of_several_passives(home)
            or any(told.search(said) for told in (COMES_UNDER, AT_FIRST_SUFFERED, DONE_TO))
        )
        if not suffered and (doer := self._named_beside(words)):
            return self._first_of_allies(doer)
        told = self._of_whose_event(words) if suffered else None
        told = told or self._sent_by(home) or self._did_so(home) or self._blamed((home,))
        subject = None if suffered else self._subject(words, self.claim.trigger, home)
        if told and not (subject and subject.known and self._other_clause(told.span.end, subject.span.start)):
            return told
        if suffered:
            return self._did_before(words) or self._by_crowd(home)
        subject = self._first_of_allies(subject) if subject else self._crowd_that_acts(home)
        return subject if subject and (subject.known or subject.kind == "civilian") else self._stand_in(home) or subject

    def _one_of_several_passives(self, home: Span) -> bool:
        """Read "were dragged out of a car, beaten and shot" at the last of them."""
        ahead = self.text[home.start : self.claim.trigger.start].casefold()[-160:]
        said = self.text[self.claim.trigger.start : self.claim.trigger.end + 12].casefold()
        return bool(PASSIVE_PARTICIPLE.match(said) and PASSIVES.search(ahead))

    def _caused(self, at: int) -> bool:
        """Read "left five dead and 12 soldiers wounded", "had ten policemen killed" at the event words: it is done to the last named."""
        ahead = self.text[self.sentence.start : at].casefold()
        return bool(PARTICIPLE.match(self._trigger_words()) and CAUSED.search(ahead[-90:]))

    def _by_phrase(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "was bombed by the rebels", "came under fire from the rebels"."""
        trigger = self.claim.trigger
        for a in words:
            if self._in_its_raid(a):
                return a
            near = a.span.start >= trigger.start and a.span.start - trigger.end < REACH
            if not near or self._cut(trigger.end, a.span.start):
                continue
            before = self._before(a)
            told = BY.search(before) and not ALLIED.search(before) and not NO_DEED.search(before)
            if told or self._fires_from(a) or self._falls_to(a) or self._fought(a):
                return a
        return None

    def _in_its_raid(self, words: ActorWords) -> bool:
        """Read "were killed in a police raid" at the event words "killed" or "raid"."""
        trigger = self.claim.trigger
        own = words.form == "generic" and words.kind == "state"
        if not own or not IN_ITS_RAID.search(self._before(words)) or words.span.start - trigger.end >= REACH:
            return False
        raid = ITS_RAID.match(words.span.of(self.text).casefold() + self._behind(words))
        reach = words.span.start + raid.end() if raid else -1
        return trigger.start < reach and not self._cut(trigger.end, words.span.start)

    def _named_beside(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "Zerun shelling", "the rebels' attack": whose the event words call the event."""
        trigger = self.claim.trigger
        for a in reversed(words):
            begins = BEGINS.fullmatch(self.text, trigger.start, max(trigger.start, a.span.start))
            of_whom = MEN_OF.search(self._before(a)) or not PREPOSITION.search(self._before(a))
            inside = (
                trigger.covers(a.span) and of_whom and ATTACKED.match(self.text[a.span.end : trigger.end].casefold())
            )
            inside = inside or (trigger.covers(a.span) and ARMS_OF.search(self._before(a)))
            if a.span.overlaps(trigger) and (begins or inside) and not SPEAKS.match(self._behind(a)):
                return a
            between = self.text[a.span.end : trigger.start]
            beside = a.span.end <= trigger.start and MODIFIES.fullmatch(between) and not NO_MODIFIER.search(between)
            beside = beside and not (a.form == "adjective" and PERSON.search(between))
            place = a.form in ("state", "capital") and PREPOSITION.search(self._before(a))
            if beside and not place and not BACKER.search(self._before(a)):
                return a
        return None

    def _of_whose_event(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "were killed in a Xan missile strike", "wounded by Xan shelling": whose the event that they suffered is called."""
        for a in reversed(words):
            between = self.text[a.span.end : self.claim.trigger.start]
            beside = OF_THE_EVENT.fullmatch(between) or a.span.start == self.claim.trigger.start
            if not beside or not IN_EVENT.search(self._before(a)):
                continue
            land = a.form in ("adjective", "strike") and a.country == self.country  # "in an Afghan suicide bombing"
            if a.known:
                return None if land and self.claim.sub_event_type not in FROM_AFAR else a
        return None

    def _crowd_that_acts(self, home: Span) -> ActorWords | None:
        """Read "herders armed with rifles raided": people of no force who do what the event words say."""
        if PASSIVE_PARTICIPLE.match(self.text[self.claim.trigger.start : self.claim.trigger.end + 12].casefold()):
            return None
        for a in reversed(self._in(home)):
            between = self.text[a.span.end : self.claim.trigger.start] if a.form == "generic" else "-"
            if a.form == "people":
                between = self.text[a.span.end : self.claim.trigger.start]
            if (
                (a.kind == "civilian" or a.form == "people")
                and a.span.end <= self.claim.trigger.start
                and JUST_BEFORE.fullmatch(between)
            ):
                return None if PREPOSITION.search(self._before(a)) else a
        return None

    def _by_crowd(self, home: Span) -> ActorWords | None:
        """Read "were hacked to death by farmers"."""
        start = self.claim.trigger.end
        behind = (a for a in self._in(home) if a.kind == "civilian" and 0 <= a.span.start - start < REACH)
        return next((a for a in behind if BY.search(self._before(a)) and not NO_DEED.search(self._before(a))), None)

    def _fires_from(self, words: ActorWords) -> bool:
        """Read "came under fire from the rebels": the by-phrase of fire."""
        ahead = self.text[self.sentence.start : words.span.start].casefold()
        if words.form not in PARTIES:
            return False
        if words.form != "state" and FIRE_FROM.search(ahead) and FIRE.search(self._trigger_words()):
            return True
        if words.form == "state" and BORDER.search(ahead):
            return False
        told = self.text[self.sentence.start : self.claim.trigger.end].casefold()
        fell = FELL_IN.search(told[: -len(self._trigger_words())][-60:]) or FELL_IN.search(told[-80:] + " ")
        return UNDER_FIRE.search(ahead) is not None or (fell is not None and FOUGHT_WITH.search(ahead) is not None)

    def _fought(self, words: ActorWords) -> bool:
        """Read "twelve Xan soldiers were killed in clashes with Zerun troops": against whom the dead fought."""
        ahead = self.text[self.sentence.start : self.claim.trigger.start].casefold()[-60:]
        between = self.text[self.claim.trigger.start : words.span.start].casefold()
        return words.form == "force" and bool(FELL_FIGHTING.search(ahead) and FOUGHT_WITH.search(between))

    def _did_before(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "soldiers put them against the wall: 179 were shot", "two Xan bombers among marchers, 103 dead"."""
        start = self.claim.trigger.start
        if done := DONE_TO.search(
            self._trigger_words()
        ):  # "the rebels came and ten people were killed" as a whole is the event
            start += done.start()
        for a in words:
            between = self.text[a.span.end : start]
            told_apart = ":" in between or (a.form == "group" and self._others_suffered(a))
            told_apart = told_apart or CAME_AND.match(between) is not None or HAD.match(between) is not None
            sound = a.form in PARTIES and not PREPOSITION.search(self._before(a)) and not SPEAKS.match(self._behind(a))
            if a.span.end < start and told_apart and sound and not self._cut(a.span.end, start):
                return a
        return None

    def _others_suffered(self, subject: ActorWords) -> bool:
        """Do the dead stand between an actor and the words for their death: "the rebels blew it up: 17 sailors dead"?"""
        return any(subject.span.end < v.start <= self.claim.trigger.start for v in self.victims)

    def _other_clause(self, end: int, start: int) -> bool:
        """Read "it blamed X, and Y retaliated with strikes": these are not the attack that is blamed on X."""
        return end < start and re.search(r"[,;)]\s+(?:and|but|so)\s+(?:the\s+)?$", self.text[end:start]) is not None

    def _answered(self) -> ActorWords | None:
        """The one who is struck in answer to the event did it: "attacked the bases of X following rocket attacks"."""
        struck = (
            a
            for a, between in self._before_the_event()
            if a.known and a.form in ("group", "force") and ANSWERS.search(between)
        )
        return next((a for a in reversed(tuple(struck)) if TARGETED.search(self._before(a))), None)

    def _before_the_event(self) -> Iterator[tuple[ActorWords, str]]:
        """The actors that stand before the event words in their sentence, with the words between."""
        trigger = self.claim.trigger
        for passage in self.passages:
            if passage.overlaps(trigger):
                for a in self._in(passage):
                    if a.span.end <= trigger.start:
                        yield a, self.text[a.span.end : trigger.start].casefold()

    def _acting_elsewhere(self) -> ActorWords | None:
        """An actor of the other passages who is the subject of a violent verb, or whose strike it is called."""
        trigger = self.claim.trigger
        for passage in self.passages:
            if passage.overlaps(trigger):
                continue
            for a in self._in(passage):
                rest = self.text[a.span.end : passage.end].casefold()
                if (
                    not self._may_act(a)
                    or not a.known
                    or PREPOSITION.search(self._before(a))
                    or SPEAKS.match(rest)
                    or ANSWERS.search(rest)
                ):
                    continue
                if a.form == "strike" or BY.search(self._before(a)) or ATTACKED.match(rest):
                    return a
        return None
