"""Tell who did it and who was hit, from where the actors stand around the event words of a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.details.actors import ActorWords
from geo.details.elliptical import Elliptical
from geo.details.opponents import ALLIED, ATTACKED, BESIDE_VERB, PARTIES, TOGETHER, Roles
from geo.details.scene import ANSWERS, BACKER, BLAMED, CIVIL_EVENTS, PREPOSITION, SPEAKS, TARGETED
from geo.model import Span

DESCRIBED_WITHIN = 60  # characters between the dead and the words that say whose they were
REACH = 110  # characters over which event words still take an object or a by-phrase
SUFFERED = re.compile(
    r"(?:died?|dies|perished|lost (?:their|his|her)|dead|wounded|bodies|casualt|deaths?|fatalit|toll|lay dead|funeral)"
)
DONE_TO = re.compile(r"\b(?:was|were|been|are|is)\s+(?:\w+ly\s+)?(?:\w+ed|shot|hurt|slain|struck|hit)$|\bdied$")
MODIFIES = re.compile(r"(?:['’]s?)?\s*(?:[\w’'-]+\s+){0,3}$")
NO_MODIFIER = re.compile(
    r"\b(?:in|at|on|against|of|near|from|for|to|with|and|or|but|that|which|who|said|says|is|was|were|are|has|have|had|after|by|denied|condemned|praised|when|while|where|as|until|a|an|the)\b"
)
BY = re.compile(
    r"\b(?:by|at the hands of|blamed on|attributed to|the work of|carried out by|fired by|claimed by|identified as|believed to be|said to be|thought to be|suspected to be|recogni[sz]ed as|known to be)\s+"
    r"(?:(?:the|an?|suspected|presumed|apparent|unidentified|unknown|alleged|armed|masked|local|young|some|about|around|at least|more than|two|three|four|five|six|seven|eight|nine|ten|\d+|several|many|dozens of|"
    r"scores of|hundreds of|members of|elements of|units of|men of|groups? of|gangs? of|convoys? of|fighters from|forces loyal to|pro-[\w-]+|[\w-]+-backed|[\w-]+-linked|heavily|well|rival|rebel|tribal|ethnic|[\w-]+['’]s)\s+)*$"
)
# "a town held by rebels", "confirmed by the ministry": no deed of the event.
NO_DEED = re.compile(
    r"\b(?:held|controlled|used|ruled|run|guarded|manned|occupied|owned|inhabited|governed|recogni[sz]ed|defended|protected|visited|reported|described|"
    r"condemned|denied|confirmed|verified|counted|seen|quoted|cited|published|released|hosted)\s+(?:\w+ly\s+)?by\s+(?:[\w’'-]+\s+){0,2}$"
)
HELD_BY = re.compile(r"\b(?:held|controlled|guarded|manned|occupied|defended)\s+by\s+(?:[\w’'-]+\s+){0,2}$")
OBJECT = re.compile(
    r"(?:^|\b(?:on|against|at|targeting|targeted|into|hit|hitting|struck|of|killing|killed|wounding|wounded|injuring|injured|attacking|attacked|ambushed|ambushing|upon|towards?|from|with|to|left|leaving|claimed the lives of|followed)\s+)"
    r"(?:(?:an?|the|its|their|his|two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*|several|some|at least|more than|dozens of|members of|sites? (?:of|linked to)|bases? of|positions? of|a convoy of|facilities of|"
    r"headquarters of|weapons|facilities|the areas? of|suspected|alleged|five|local|another|one|about|over|senior|top|only|around|nearly|many|both|forces of|warehouses|warehouse|on|mostly|linked|to|places|where|brigade)\s+)*$"
)
BEGINS = re.compile(r"(?:(?:suspected|alleged|reported|deadly|the|an?|new|retaliatory)\s+)*", re.IGNORECASE)
HOSTS = re.compile(
    r"\s*(?:[\w’'-]+\s+){0,2}?(?:housing|hosting|used by|home to|holding|that (?:house|host)s?|where)\s+(?:the\s+)?$"
)
CLAIMED = re.compile(
    r"^\W*(?:[\w’'()-]+,?\s+){0,6}?(?:claimed|claims|took credit|take credit|taken credit|boasted|admitted|acknowledged|owned up|said (?:that )?(?:it|they|its|the \w+ \w+ was its)|was behind|"
    r"has claimed|confirmed (?:that )?it|"
    r"(?:said|says|announced|declared) (?:that )?(?:he|she|they|the (?:\w+ )?(?:bombers?|attackers?|gunm[ae]n|killers?|men|man|driver)) (?:was|were|had been|is|are) (?:one of |some of |members? of )?(?:its|their|theirs)|"
    r"(?:said|says) (?:that )?(?:it|they|its \w+) (?:did|had done) (?:that|so|it|this)|called (?:it|this|the \w+) (?:its|the first|a (?:gift|message|response|reply|warning))|(?:hailed|named) the (?:bombers?|attackers?|gunm[ae]n))\b"
)
SAYS_IT_DID = re.compile(
    r"^\s+(?:says?|said|insists?|claims?|claimed|admits?|admitted|acknowledged|confirmed|announced)\s+(?:that\s+)?(?:it|its\s+\w+(?:\s\w+)?)\s+"
    r"(?:had\s+|has\s+)?(?:hit|struck|targeted|destroyed|attacked|bombed|shelled|launched|fired|carried out|conducted|killed)\b"
)
DENIAL = re.compile(r"\b(?:denied|denies|deny|not|no group|nobody|no one|never|rejected|condemned|praised)\b")
WAS_BLAMED = re.compile(
    r"^\W*(?:[\w’'-]+\s+){0,12}?(?:was|were|is|are|has been|have been)\s+(?:widely\s+|also\s+)?(?:blamed|accused|suspected|behind|responsible)\b"
)
BLAMED_ON = re.compile(r"\b(?:blamed|blames|pinned|laid)\b[^.;]{0,40}\bon\s+(?:the\s+)?$")
FIRED_FROM = re.compile(r"\b(?:fired|launched|coming|shot|sent)\s+from\s+$")
IN_ANSWER = re.compile(r"\b(?:response|retaliat\w+|reply|answer|revenge)\b")
RETALIATES = re.compile(r"\b(?:retaliat\w+|in response|in revenge|respond\w+|answer(?:ed|ing|s) (?:an?|the))\b")
AIRCRAFT = re.compile(
    r"^\W*(?:['’]s\s+)?(?:(?!said|says|the|an?|ha[sd]|have|and|of|in)\w+\s+){0,2}?(?:aircraft|warplanes?|(?:fighter )?jets?|planes?|air ?strikes?|air ?raids?|drones?|drone strikes?|helicopters?|gunships?|strikes)\b"
)
FLIES = re.compile(r"\b(?:aircraft|warplanes?|jets?|planes|air ?strikes?|drones|helicopters|gunships)$")
# "shot dead seven members of the outlawed": nothing but a noun phrase lies between a verb and its object.
PLAIN_OBJECT = re.compile(
    r"\s*(?:(?!(?:in|on|at|by|near|from|with|and|or|but|that|which|who|when|while|where|as|to|for|after|before|against|during|outside|inside|since|until|"
    r"was|were|is|are|has|had|have|said|says|killing|wounding|leaving|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)[\w’'-]+\s+){0,7}"
)
ANOTHER_EVENT = re.compile(
    r"\b(?:attack\w*|bomb\w*|shell\w*|explo\w+|raid\w*|ambush\w*|clash\w*|strikes?|struck|fired|gunmen|rockets?|missiles?|drones?|mine|blast|abduct\w*|kidnap\w*|shot|massacre\w*)\b"
)
BASE = re.compile(r"\b(?:base|bases|barracks|camp|facility|facilities|airbase)$")
DESCRIBES = re.compile(
    r"(?:\[\d+\])?,?\s*(?:(?:the|head|deputy|leader|commander|chief|founder|a|an|top|senior|of)\s+)*"
)
HELD = re.compile(r"^\s+(?:still\s+|had\s+)*(?:held|controlled)\b")


class Stage(Elliptical):
    """A claim whose parts are to be given out."""

    def roles(self) -> Roles:
        """Read the claim's own sentence first, then its other passages, then who is blamed beside them, then the story."""
        if self.claim.event_type == "Battles" and (parties := self._between() or self._both_subjects()):
            return Roles(self._meant(parties[0]), self._meant(parties[1]))
        agent = self._attacker()
        patient = self._attacked(agent)
        if patient is not None and agent is not None and patient.name == agent.name:
            patient = next((v for v in self._victim_words() if v.name != agent.name and v.known), None)
        if agent is None and patient is None:
            agent, patient = self._as_before()
        return self._completed(self._against(agent, patient))

    def _attacker(self) -> ActorWords | None:
        """Who did it: by the claim's own sentence, then by whom the other passages or the story name."""
        agent = self._agent_here()
        if agent is None or not agent.known:
            found = (
                self._blamed((*self.passages, *self.after, *self._still_later()))
                or self._answered()
                or self._told_attacker()
                or self._acting_elsewhere()
                or self._only_air_force()
            )
            agent = agent if found is None or self._is_victim(found) else found
        return self._meant(agent) if agent else None

    def _attacked(self, agent: ActorWords | None) -> ActorWords | None:
        """Who was hit: by the claim's own sentence, whose people died, or whom the other passages name as the target."""
        patient = self._patient_here()
        if patient is None or not patient.known or BASE.search(patient.span.of(self.text).casefold()):
            described = patient or self._described_victims()
            patient = self._victims() or self._answering() or described or self._target_elsewhere()
            if patient is not None and not patient.known and patient.kind != "civilian":
                patient = self._target_elsewhere() or patient
        patient = self._meant(patient) if patient else None
        return patient if patient is not None and patient.known else self._other_side(agent) or patient

    def _described_victims(self) -> ActorWords | None:
        """The words for people without arms, or for a state's own men, among those who died or were hurt."""
        told = [v for v in self._victim_words() if v.kind in ("civilian", "state")]
        return next((v for v in told if v.kind == "civilian"), told[0] if told else None)

    def _agent_here(self) -> ActorWords | None:
        trigger = self.claim.trigger
        home = next((s for s in self.passages if s.overlaps(trigger)), self.claim.evidence)
        words = [a for a in self._in(home) if self._may_act(a)]
        for a in words:
            if (
                a.span.start >= trigger.start
                and a.span.start - trigger.end < REACH
                and not self._cut(trigger.end, a.span.start)
                and BY.search(self._before(a))
                and not ALLIED.search(self._before(a))
                and not NO_DEED.search(self._before(a))
            ):
                return a
        said = trigger.of(self.text).casefold()
        suffered = self._passive(home) or SUFFERED.match(said) is not None or DONE_TO.search(said) is not None
        for a in reversed(words):
            if (
                not suffered
                and a.span.overlaps(trigger)
                and BEGINS.fullmatch(self.text, trigger.start, max(trigger.start, a.span.start))
            ):
                return self._first_of_allies(a)
            between = self.text[a.span.end : trigger.start]
            beside = a.span.end <= trigger.start and MODIFIES.fullmatch(between) and not NO_MODIFIER.search(between)
            place = a.form in ("state", "capital") and PREPOSITION.search(self._before(a))
            if beside and not suffered and not place and not BACKER.search(self._before(a)):
                return self._first_of_allies(a)
        told = self._sent_by(home) or self._did_so(home) or self._blamed((home,))
        subject = None if suffered else self._subject(words, trigger, home)
        if told and not (subject and subject.known and self._other_clause(told.span.end, subject.span.start)):
            return told
        subject = self._first_of_allies(subject) if subject else None
        if suffered and (doer := self._did_before(words)):
            return doer
        return subject if suffered or (subject and subject.known) else self._stand_in(home) or subject

    def _did_before(self, words: list[ActorWords]) -> ActorWords | None:
        """Read "soldiers put them against the wall: 179 were shot", "two Xan bombers among marchers, 103 dead"."""
        start = self.claim.trigger.start
        for a in words:
            between = self.text[a.span.end : start]
            told_apart = ":" in between or (a.form == "group" and self._others_suffered(a))
            sound = a.form in PARTIES and not PREPOSITION.search(self._before(a)) and not SPEAKS.match(self._behind(a))
            if a.span.end < start and told_apart and sound and not self._cut(a.span.end, start):
                return a
        return None

    def _other_clause(self, end: int, start: int) -> bool:
        """Read "it blamed X, and Y retaliated with strikes": these are not the attack that is blamed on X."""
        return end < start and re.search(r"[,;)]\s+(?:and|but|so)\s+(?:the\s+)?$", self.text[end:start]) is not None

    def _only_air_force(self) -> ActorWords | None:
        """The one party whose aircraft the article speaks of, where aircraft did it and nobody says whose."""
        if self.claim.sub_event_type != "Air/drone strike" or self._disowned():
            return None
        flying = [
            a
            for a in self.all
            if a.known
            and a.form in ("strike", "force", "group")
            and (AIRCRAFT.match(self._behind(a)) or FLIES.search(a.span.of(self.text).casefold()))
        ]
        return self._nearest(flying) if len({a.name for a in flying}) == 1 else None

    def _answered(self) -> ActorWords | None:
        """The one who is struck in answer to the event did it: "attacked the bases of X following rocket attacks"."""
        struck = (
            a
            for a, between in self._before_the_event()
            if a.known and a.form in ("group", "force") and ANSWERS.search(between)
        )
        return next((a for a in reversed(tuple(struck)) if TARGETED.search(self._before(a))), None)

    def _answering(self) -> ActorWords | None:
        """Whoever retaliates for the event was hit by it."""
        for a, between in self._before_the_event():
            acts = (
                a.known and a.form in ("strike", "force", "state", "group") and not PREPOSITION.search(self._before(a))
            )
            if acts and RETALIATES.search(between) and not SPEAKS.match(between):
                return a
        return None

    def _before_the_event(self) -> Iterator[tuple[ActorWords, str]]:
        """The actors that stand before the event words in their sentence, with the words between."""
        trigger = self.claim.trigger
        for passage in self.passages:
            if passage.overlaps(trigger):
                for a in self._in(passage):
                    if a.span.end <= trigger.start:
                        yield a, self.text[a.span.end : trigger.start].casefold()

    def _blamed(self, passages: Sequence[Span]) -> ActorWords | None:
        """Whoever claims the event, or is blamed for it, in some passages."""
        for passage in passages:
            for a in self._in(passage):
                before, behind = self._before(a), self.text[a.span.end : min(passage.end, a.span.end + 90)].casefold()
                if a.form in ("state", "capital", "force", "group") and SAYS_IT_DID.match(behind):
                    return self._meant(a)
                if a.form in ("people", "civilians", "adjective", "capital") or a.kind == "civilian" or self._owns(a):
                    continue
                claimed = CLAIMED.match(behind)
                if claimed and not DENIAL.search(claimed.group()) and not PREPOSITION.search(before):
                    return self._meant(a)
                blamed = BLAMED.search(before) or BLAMED_ON.search(before) or WAS_BLAMED.match(behind)
                if blamed and not DENIAL.search(before[-30:]):
                    return self._meant(a)
                if a.form == "state" and FIRED_FROM.search(before) and not DENIAL.search(before[-30:]):
                    return self._on_its_soil(a)
        return None

    def _still_later(self) -> tuple[Span, ...]:
        """The sentence after next of the same paragraph, where the next tells of no other event."""
        later = self.cast.following.get(self.after[-1]) if self.after else None
        calm = later is not None and not ANOTHER_EVENT.search(self.after[-1].of(self.text).casefold())
        return (later,) if later is not None and calm and later not in self.passages else ()

    def _on_its_soil(self, state: ActorWords) -> ActorWords:
        """The one armed group of a country from whose land was fired, where the article names it; else the state."""
        groups = [a for a in self._groups(list(self.all)) if a.country == state.country and state.country]
        return (self._nearest(groups) if len({a.side for a in groups}) == 1 else None) or state

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

    def _patient_here(self) -> ActorWords | None:
        trigger = self.claim.trigger
        home = next((s for s in self.passages if s.overlaps(trigger)), self.claim.evidence)
        words = [a for a in self._in(home) if a.form not in ("adjective", "capital") and not self._owns(a)]
        if self._passive(home) or SUFFERED.match(trigger.of(self.text).casefold()):
            subject = self._subject([a for a in words if a.form != "strike"], trigger, home, whole=True)
            if subject is not None and not self._others_suffered(subject):
                return subject
        generic = last = None
        for a in words:
            if (
                trigger.start < a.span.start < trigger.end
                and not BY.search(self._before(a))
                and a.form in ("force", "generic", "group")
            ):
                return a if a.known else self._beside_it(a, words)  # "stormed the US embassy" as a whole is the event
            if (
                a.span.start < trigger.end
                or a.form == "strike"
                or a.span.start - trigger.end > REACH
                or self._cut(trigger.end, a.span.start)
            ):
                continue
            beside = last is not None and TOGETHER.match(self.text[last.span.end : a.span.start])
            if not self._is_object(a) and not beside:
                continue
            last = a
            struck = self._guest(a, home)
            if struck.known:
                return struck
            generic = generic or struck
        if generic is None and self.claim.event_type == "Battles":
            later = (a for a in words if a.span.start > trigger.end)
            return next((a for a in later if HELD.match(self._behind(a)) or HELD_BY.search(self._before(a))), None)
        return generic

    def _beside_it(self, target: ActorWords, words: list[ActorWords]) -> ActorWords:
        """Read "attacked army and Xan positions": a target with a name beside one without."""
        near = (a for a in words if a.known and 0 <= a.span.start - target.span.end < BESIDE_VERB)
        return next((a for a in near if TOGETHER.match(self.text[target.span.end : a.span.start])), target)

    def _others_suffered(self, subject: ActorWords) -> bool:
        """Do the dead stand between an actor and the words for their death: "the rebels blew it up: 17 sailors dead"?"""
        return any(subject.span.end < v.start <= self.claim.trigger.start for v in self.victims)

    def _is_object(self, words: ActorWords) -> bool:
        """Do the event words, which stand before the actor, take it as their object?"""
        gap = self.text[self.claim.trigger.end : words.span.start].casefold()
        if not (OBJECT.search(gap.lstrip()) or PLAIN_OBJECT.fullmatch(gap)) or BY.search(self._before(words)):
            return False
        if self._of_another_deed(words):
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
        told = next((a for a in self._victim_words() if a.known), None)
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
