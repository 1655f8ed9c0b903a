"""Tell who did it and who was hit, from where the actors stand around the event words of a claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.actors import ActorWords
from geo.model import Claim, Sentence, Span

REACH = 110  # characters over which event words still take an object or a by-phrase
PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+|also\s+|again\s+|all\s+|later\s+|reportedly\s+|shot\s+)*$")
SUFFERED = re.compile(r"(?:died?|dies|perished|lost (?:their|his|her)|dead|wounded|bodies|casualt|deaths?|fatalit|toll|lay dead|funeral)")
PREPOSITION = re.compile(
    r"\b(?:in|at|on|against|of|near|from|for|to|with|into|across|between|after|over|outside|inside|under|towards?|around|by|through|within|along|via|including|like|than|about|as|before|targeting|hitting|"
    r"hosting|housing|backed by|west|east|north|south|northern|southern|eastern|western|central)\s+(?:the\s+|an?\s+|two\s+|three\s+|several\s+|some\s+|its\s+|their\s+|many\s+|local\s+|\d+\s+)?$"
)
MODIFIES = re.compile(r"(?:['’]s?)?\s*(?:[\w’'-]+\s+){0,3}$")
NO_MODIFIER = re.compile(r"\b(?:in|at|on|against|of|near|from|for|to|with|and|or|but|that|which|who|said|says|is|was|were|are|has|have|had|after|by|denied|condemned|praised)\b")
BY = re.compile(r"\b(?:by|at the hands of|blamed on|attributed to|the work of|carried out by|fired by|claimed by)\s+(?:(?:the|an?|suspected|unidentified|unknown|alleged|local|two|three|several|dozens of|hundreds of|members of|fighters from|forces loyal to)\s+)*$")
OBJECT = re.compile(
    r"(?:^|\b(?:on|against|at|targeting|targeted|into|hit|hitting|struck|of|killing|killed|wounding|wounded|injuring|injured|attacking|attacked|ambushed|ambushing|upon|towards?|from|with|to|left|leaving|claimed the lives of|followed)\s+)"
    r"(?:(?:an?|the|its|their|his|two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*|several|some|at least|more than|dozens of|members of|sites? (?:of|linked to)|bases? of|positions? of|a convoy of|facilities of|"
    r"headquarters of|weapons|facilities|the areas? of|suspected|alleged|five|local|another|one|about|over|senior|top|only|around|nearly|many|both|forces of|warehouses|warehouse|on|mostly|linked|to|places|where|brigade)\s+)*$"
)
HOSTS = re.compile(r"\s*(?:[\w’'-]+\s+){0,2}?(?:housing|hosting|used by|home to|holding|that (?:house|host)s?|where)\s+(?:the\s+)?$")
CLAUSE_END = re.compile(r";|[.!?]\s|\bwhile\b|\bwhereas\b")
CLAIMED = re.compile(
    r"^\W*(?:[\w’'()-]+\s+){0,6}?(?:claimed|claims|took credit|take credit|taken credit|boasted|admitted|acknowledged|owned up|said (?:that )?(?:it|they|its|the \w+ \w+ was its)|was behind|"
    r"has claimed|confirmed (?:that )?it)\b"
)
DENIAL = re.compile(r"\b(?:denied|denies|deny|not|no group|nobody|no one|never|rejected|condemned|praised)\b")
BLAMED = re.compile(
    r"\b(?:blamed|blames|blaming|blame|accused|accuses|accusing|attributed (?:\w+ ){0,3}to|pointed (?:the|a) finger at|suspects?|suspected|holds?|held(?: \w+)? (?:captive )?by|holds?|held)\s+(?:(?:it|them|the attack|this|these|responsibility|officially|on|the|an?|fighters from|"
    r"members of|militants from|local|its|“|\")\s*)*$"
)
WAS_BLAMED = re.compile(r"^\W*(?:[\w’'-]+\s+){0,12}?(?:was|were|is|are|has been|have been)\s+(?:widely\s+|also\s+)?(?:blamed|accused|suspected|behind|responsible)\b")
BLAMED_ON = re.compile(r"\b(?:blamed|blames|pinned|laid)\b[^.;]{0,40}\bon\s+(?:the\s+)?$")
FIRED_FROM = re.compile(r"\b(?:fired|launched|coming|shot|sent)\s+from\s+$")
ATTACKED = re.compile(
    r"^\W*(?:['’]s\s+)?(?:[\w’'-]+\s+){0,4}?(?:attacked|ambushed|fired|fires|firing|launched|launches|launching|carried out|bombed|struck|strikes|killed|kills|opened fire|stormed|raided|shelled|conducted|responded|retaliated|unleashed|hit|hits|"
    r"pounded|dropped|shot|seized|captured|overran|took control|detonated|targeted|abducted|kidnapped|murdered|massacred|executed|rocketed|arrested|assassinated|set off|threw|undertook|ransack|besieged|entered|walked|burst|drove)\b"
)
NOT_ACTING = re.compile(r"(?:base|bases|embassy|consulate|convoy|patrol|barracks|consulates|president|premier|minister|official|officials|officer|officers|ministry|administration’s|security base)$")
SPEAKS = re.compile(
    r"^(?:['’]s)?\s*(?:[\w’'-]+\s+){0,3}?(?:said|says|say|told|tells|reported|reports|announced|condemn\w*|warned|warns|denied|denies|accused|accuses|blamed|blames|described|confirmed|added|claims? that|stated|"
    r"counts|counted|called|rejected|believes?|asked|urged|vowed|threatened|praised|want(?:s|ed)|declared)\b"
)
# "US strikes in retaliation for a rocket attack": whoever retaliates for it did not do it, but was hit by it.
ANSWERS = re.compile(r"\b(?:in (?:retaliation|response|revenge|reprisal|reply)(?:\[\d+\])? (?:for|to)|(?:came |days |hours |weeks )?after|following|retaliat\w+ (?:for|after)|respond\w* to)\b")
STRUCK_BY = re.compile(r"\b(?:was|were|been|being|is|are)\s+(?:\w+\s+)?(?:\w+ed|struck|hit|shot|torn|blown)\s+(?:\w+\s+)?(?:by|in|to pieces by)\s+(?:an?\s+|the\s+|two\s+|several\s+)?(?:\w+\s+){0,2}$")
AIRCRAFT = re.compile(r"^\W*(?:['’]s\s+)?(?:(?!said|says|the|an?|ha[sd]|have|and|of|in)\w+\s+){0,2}?(?:aircraft|warplanes?|(?:fighter )?jets?|planes?|air ?strikes?|air ?raids?|drones?|drone strikes?|helicopters?|gunships?|strikes)\b")
TARGETED = re.compile(
    r"\b(?:attacks?|attacked|attacking|strikes?|airstrikes?|raids?|assaults?|fired|firing|launched|launching|rockets?|missiles?|bombs?|offensive|operation|barrage|shelling|ambush\w*|weapons|war)\b[^.;]{0,50}?"
    r"\b(?:on|against|targeting|at)\s+(?:[\w’'-]+\s+){0,4}$|\b(?:targeting|targeted|targets?|attacked|struck|killing|killed)\s+(?:[\w’'-]+\s+){0,5}$|\bagainst\s+(?:[\w’'-]+\s+){0,4}$"
)
OF = re.compile(r"\b(?:of|belonging to|carrying)\s+(?:the\s+|an?\s+|two\s+|several\s+|some\s+|\d+\s+)?$")
BASE = re.compile(r"\b(?:base|bases|barracks|camp|facility|facilities|airbase)$")
# "..., Iran's most powerful general, ..." describes a name; "On Monday, police ..." does not
ASIDE = re.compile(r"\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)[A-Z][\w’'-]+(?:\[\d+\])?,\s+(?:the\s+)?$")
DESCRIBES = re.compile(r"(?:\[\d+\])?,?\s*(?:(?:the|head|deputy|leader|commander|chief|founder|a|an|top|senior|of)\s+)*")
HELD = re.compile(r"^\s+(?:still\s+|had\s+)*(?:held|controlled)\b")
ONE_GROUP = re.compile(r"(?:militia|group|faction)$")
THE = re.compile(r"\b(?:the|these|those|this)\s+(?:\w+\s+)?$")
MEMORY = 900  # characters over which "the militants" still means the group last named
SPECIFIC = "Iran-backed militia"  # a description; a group of the same side that the passages name is better
CIVIL_EVENTS = frozenset({"Protests", "Riots"})
ARMED_EVENTS = frozenset({"Battles", "Explosions/Remote violence"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acted and who was hit in one claim; None where its words do not say."""

    agent: ActorWords | None = None
    patient: ActorWords | None = None


class Stage:
    """One claim, its sentences, and the actors in them."""

    def __init__(self, text: str, sentences: Sequence[Sentence], claim: Claim, actors: Sequence[ActorWords], victims: Sequence[Span]) -> None:
        """`victims` are the spans of the figures that the claim counts."""
        self.text, self.claim, self.all, self.sentences = text, claim, actors, sentences
        self.victims = victims
        self.pairs: list[tuple[ActorWords, ActorWords]] | None = None
        self.passages = _sentences(sentences, claim)
        self.after = _following(sentences, self.passages)

    def roles(self) -> Roles:
        """Read the claim's own sentence first, then its other passages, then who is blamed beside them, then the story."""
        agent, patient = self._agent_here(), self._patient_here()
        if agent is None or not agent.known:
            found = self._blamed((*self.passages, *self.after)) or self._answered() or self._acting_elsewhere() or self._only_air_force()
            agent = agent if found is None or self._is_victim(found) else found
        if agent is not None:
            agent = self._meant(agent)
        if patient is None or not patient.known or BASE.search(patient.span.of(self.text).casefold()):
            patient = self._victims() or self._answering() or patient or self._target_elsewhere()
            if patient is not None and not patient.known:
                patient = self._target_elsewhere() or patient
        if patient is not None:
            patient = self._meant(patient)
        if patient is not None and agent is not None and patient.name == agent.name:
            patient = next((v for v in self._victim_words() if v.name != agent.name and v.known), None)
        if agent is None and patient is None:
            agent, patient = self._as_before()
        return self._against(agent, patient)

    def _is_victim(self, words: ActorWords) -> bool:
        """Are those who were killed or wounded of the same side?"""
        return bool(words.side) and any(v.side == words.side for v in self._victim_words())

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

    def _against(self, agent: ActorWords | None, patient: ActorWords | None) -> Roles:
        """Fill the one side that is missing with the opponent whom the article pits against the other, if it is one."""
        if self.claim.event_type not in ARMED_EVENTS:
            return Roles(agent, self._exact(agent, patient))
        if agent is not None and agent.known and patient is None:
            foes = Counter(b.name for a, b in self._duels() if a.side == agent.side and b.side != agent.side)
            patient = self._first([b for _, b in self._duels()], foes)
        elif patient is not None and patient.known and patient.side and (agent is None or not agent.known):
            foes = Counter(a.name for a, b in self._duels() if b.side == patient.side and a.side != patient.side)
            agent = self._first([a for a, _ in self._duels()], foes) or agent
        return Roles(agent, self._exact(agent, patient))

    def _first(self, words: list[ActorWords], names: Counter[str]) -> ActorWords | None:
        """The words nearest to the event of the opponent named most often."""
        if not names:
            return None
        best = min(names, key=lambda n: (-names[n], n))
        place = self.claim.trigger.start
        return min((w for w in words if w.name == best), key=lambda w: (abs(w.span.start - place), w.span))

    def _duels(self) -> list[tuple[ActorWords, ActorWords]]:
        """(attacker, attacked) wherever the article says so in one sentence."""
        if self.pairs is None:
            self.pairs = []
            for sentence in self.sentences:
                words = [a for a in self._in(sentence.span) if a.known and a.side and a.form in ("group", "force", "strike", "state", "people")]
                for b in words:
                    if b.form in ("strike", "state") or len(words) < 2 or not TARGETED.search(self._before(b)):  # noqa: PLR2004 - two sides
                        continue
                    attackers = [a for a in words if a.side != b.side and a.form != "people" and (BLAMED.search(self._before(a)) or not PREPOSITION.search(self._before(a)))]
                    attackers = [a for a in attackers if not SPEAKS.match(self._behind(a)) and not NOT_ACTING.search(a.span.of(self.text).casefold())]
                    self.pairs += [(a, b) for a in attackers[:1]]
        return self.pairs

    def _exact(self, agent: ActorWords | None, words: ActorWords | None) -> ActorWords | None:
        """A group of its side that is named as the target, instead of the description "Iran-backed militia"."""
        if words is None or words.name != SPECIFIC:
            return words
        here = [a for p in self.passages for a in self._in(p) if a.form == "group" and a.side == words.side and a.name != SPECIFIC and TARGETED.search(self._before(a))]
        if here:
            return here[0]
        struck = [b for a, b in self._duels() if b.side == words.side and b.name != SPECIFIC and (agent is None or a.side == agent.side)]
        return self._first(struck, Counter(b.name for b in struck)) or words

    # ------------------------------------------------------------------------------------------ who did it

    def _agent_here(self) -> ActorWords | None:
        trigger = self.claim.trigger
        home = next((s for s in self.passages if s.overlaps(trigger)), self.claim.evidence)
        words = [a for a in self._in(home) if self._may_act(a)]
        for a in words:
            if a.span.start >= trigger.start and a.span.start - trigger.end < REACH and not self._cut(trigger.end, a.span.start) and BY.search(self._before(a)):
                return a
        suffered = self._passive(home) or SUFFERED.match(trigger.of(self.text).casefold()) is not None
        for a in reversed(words):
            if a.span.overlaps(trigger) and (a.form != "generic" or a.span.start <= trigger.start):
                return a
            between = self.text[a.span.end : trigger.start]
            if a.span.end <= trigger.start and not suffered and MODIFIES.fullmatch(between) and not NO_MODIFIER.search(between):
                if not (a.form in ("state", "capital") and PREPOSITION.search(self._before(a))):
                    return a
        if blamed := self._blamed((home,)):
            return blamed
        return None if suffered else self._subject(words, trigger, home)

    def _subject(self, words: list[ActorWords], trigger: Span, home: Span, *, whole: bool = False) -> ActorWords | None:
        """The nearest actor before the event words that no preposition makes a place or an object."""
        best = None
        for a in reversed(words):
            if a.span.end > trigger.start or a.span.start < home.start or a.form in ("adjective", "strike"):
                continue
            between = self.text[a.span.end : trigger.start]
            if self._cut(a.span.end, trigger.start):
                break
            if not self._is_subject(a, between, whole=whole):
                continue
            if a.known:
                return a
            best = best or a
        return best

    def _is_subject(self, words: ActorWords, between: str, *, whole: bool) -> bool:
        """May these words be what the verb is told of? `whole`: as "a convoy of Malian troops" is."""
        before = self._before(words)
        if (PREPOSITION.search(before) and not (whole and OF.search(before))) or SPEAKS.match(between.casefold()) or ANSWERS.search(between.casefold()):
            return False
        aside = "," in between and ASIDE.search(self.text[max(0, words.span.start - 40) : words.span.start]) is not None
        place = words.form in ("state", "capital") and (before.rstrip().endswith(",") or between.startswith((",", "(")))
        return not aside and not place

    def _only_air_force(self) -> ActorWords | None:
        """The one party whose aircraft the article speaks of, where aircraft did it and nobody says whose."""
        if self.claim.sub_event_type != "Air/drone strike":
            return None
        flying = [a for a in self.all if a.known and a.form in ("strike", "force", "group") and AIRCRAFT.match(self._behind(a))]
        return min(flying, key=lambda a: (abs(a.span.start - self.claim.trigger.start), a.span)) if len({a.name for a in flying}) == 1 else None

    def _answered(self) -> ActorWords | None:
        """The one who is struck in answer to the event did it: "attacked the bases of X following rocket attacks"."""
        trigger = self.claim.trigger
        for passage in self.passages:
            if passage.overlaps(trigger):
                for a in reversed(self._in(passage)):
                    between = self.text[a.span.end : trigger.start].casefold()
                    if a.span.end <= trigger.start and a.known and a.form in ("group", "force") and ANSWERS.search(between) and TARGETED.search(self._before(a)):
                        return a
        return None

    def _answering(self) -> ActorWords | None:
        """Whoever retaliates for the event was hit by it."""
        trigger = self.claim.trigger
        for passage in self.passages:
            if passage.overlaps(trigger):
                for a in self._in(passage):
                    between = self.text[a.span.end : trigger.start].casefold()
                    if a.known and a.form in ("strike", "force", "state", "group") and a.span.end <= trigger.start and re.search(r"\b(?:retaliat\w+|in response|in revenge|respond\w+)\b", between):
                        if not PREPOSITION.search(self._before(a)) and not SPEAKS.match(between):
                            return a
        return None

    def _blamed(self, passages: Sequence[Span]) -> ActorWords | None:
        """Whoever claims the event, or is blamed for it, in some passages."""
        for passage in passages:
            for a in self._in(passage):
                before, behind = self._before(a), self.text[a.span.end : min(passage.end, a.span.end + 90)].casefold()
                if a.form in ("people", "civilians", "adjective", "capital") or a.kind == "civilian":
                    continue
                claimed = CLAIMED.match(behind)
                if claimed and not DENIAL.search(claimed.group()) and not PREPOSITION.search(before):
                    return self._meant(a)
                blamed = BLAMED.search(before) or BLAMED_ON.search(before) or WAS_BLAMED.match(behind) or (a.form == "state" and FIRED_FROM.search(before))
                if blamed and not DENIAL.search(before[-30:]):
                    return self._meant(a)
        return None

    def _acting_elsewhere(self) -> ActorWords | None:
        """An actor of the other passages who is the subject of a violent verb, or whose strike it is called."""
        trigger = self.claim.trigger
        for passage in self.passages:
            if passage.overlaps(trigger):
                continue
            for a in self._in(passage):
                rest = self.text[a.span.end : passage.end].casefold()
                if not self._may_act(a) or not a.known or PREPOSITION.search(self._before(a)) or SPEAKS.match(rest) or ANSWERS.search(rest):
                    continue
                if a.form == "strike" or BY.search(self._before(a)) or ATTACKED.match(rest):
                    return a
        return None

    def _meant(self, words: ActorWords) -> ActorWords:
        """The group last named, where "the insurgents" or "the militia" points back to it."""
        if words.name == SPECIFIC and ONE_GROUP.search(words.span.of(self.text)) and THE.search(self._before(words)):
            before = [a for a in self.all if a.form == "group" and a.side == words.side and a.name != SPECIFIC and 0 <= words.span.start - a.span.end < MEMORY]
            return self._renamed(words, before[-1]) if before else words
        if words.known or words.form != "generic" or words.kind not in ("rebel", "militia"):
            return words
        if not THE.search(self._before(words)) and not words.span.of(self.text).casefold().startswith("the "):
            return words
        named = [a for a in self.all if a.known and a.form == "group" and a.kind in ("rebel", "militia") and 0 <= words.span.start - a.span.end < MEMORY]
        return self._renamed(words, named[-1]) if named else words

    def _renamed(self, words: ActorWords, named: ActorWords) -> ActorWords:
        return ActorWords(words.span, named.name, named.country, named.side, named.kind, named.form)

    # ------------------------------------------------------------------------------------------ who was hit

    def _patient_here(self) -> ActorWords | None:
        trigger = self.claim.trigger
        home = next((s for s in self.passages if s.overlaps(trigger)), self.claim.evidence)
        words = [a for a in self._in(home) if a.form not in ("adjective", "capital")]
        if self._passive(home) or SUFFERED.match(trigger.of(self.text).casefold()):
            subject = self._subject([a for a in words if a.form != "strike"], trigger, home, whole=True)
            if subject is not None:
                return subject
        generic = None
        for a in words:
            if trigger.start < a.span.start < trigger.end and a.form in ("force", "generic"):
                return a  # "stormed the US embassy" as a whole is the event
            if a.span.start < trigger.end or a.form == "strike" or a.span.start - trigger.end > REACH or self._cut(trigger.end, a.span.start):
                continue
            if not OBJECT.search(self.text[trigger.end : a.span.start].casefold().lstrip()) or BY.search(self._before(a)):
                continue
            a = self._guest(a, home)
            if a.known:
                return a
            generic = generic or a
        if generic is None and self.claim.event_type == "Battles":
            return next((a for a in words if a.span.start > trigger.end and HELD.match(self._behind(a))), None)
        return generic

    def _guest(self, words: ActorWords, home: Span) -> ActorWords:
        """The forces for whose sake a base was hit: "Iraqi bases hosting US forces"."""
        for other in self._in(home):
            gap = self.text[words.span.end : other.span.start] if other.span.start >= words.span.end else None
            if gap is not None and len(gap) < 40 and HOSTS.match(gap.casefold()) and other.form == "force":
                return other
        return words

    def _victim_words(self) -> Iterator[ActorWords]:
        for victims in self.victims:
            yield from (a for a in self.all if a.span.overlaps(victims))

    def _victims(self) -> ActorWords | None:
        """The nationality or force of the dead and wounded, or of a name's description: "X, Iran's top general"."""
        told = next((a for a in self._victim_words() if a.known), None)
        if told is not None:
            return told
        for victims in self.victims:
            behind = (a for a in self.all if a.known and 0 < a.span.start - victims.end < 60)  # noqa: PLR2004 - characters of an apposition
            described = next((a for a in behind if DESCRIBES.fullmatch(self.text[victims.end : a.span.start].casefold())), None)
            if described is not None:
                return described
        return None

    def _target_elsewhere(self) -> ActorWords | None:
        """Whom the other passages name as the target."""
        for passage in self.passages:
            if passage.overlaps(self.claim.trigger):
                continue
            for a in self._in(passage):
                if a.known and a.form in ("group", "force", "people") and TARGETED.search(self._before(a)):
                    return a
        return None

    # ------------------------------------------------------------------------------------------ the text around

    def _may_act(self, words: ActorWords) -> bool:
        if words.form in ("people", "civilians") or NOT_ACTING.search(words.span.of(self.text).casefold()):
            return False
        return words.kind != "civilian" or self.claim.event_type in CIVIL_EVENTS

    def _in(self, span: Span) -> list[ActorWords]:
        return [a for a in self.all if span.covers(a.span)]

    def _before(self, words: ActorWords) -> str:
        """Up to seventy characters before an actor, in lower case, no further than its paragraph."""
        return self.text[max(0, words.span.start - 70) : words.span.start].rsplit("\n", 1)[-1].casefold()

    def _behind(self, words: ActorWords) -> str:
        """Up to ninety characters behind an actor, in lower case."""
        return self.text[words.span.end : words.span.end + 90].casefold()

    def _passive(self, home: Span) -> bool:
        """Is the event told in the passive at the trigger: "was ambushed", "were struck by shells"?"""
        before = self.text[home.start : self.claim.trigger.start].casefold()[-60:]
        return PASSIVE.search(before) is not None or STRUCK_BY.search(before) is not None

    def _cut(self, start: int, end: int) -> bool:
        return start < end and CLAUSE_END.search(self.text, start, end) is not None


def _sentences(sentences: Sequence[Sentence], claim: Claim) -> tuple[Span, ...]:
    """The whole sentences that the claim's passages touch, the one with the trigger first, then in the claim's order."""
    out: list[Span] = []
    for passage in (claim.trigger, *claim.passages):
        out += [s.span for s in sentences if s.span.overlaps(passage) and s.span not in out]
    return tuple(out)


def _following(sentences: Sequence[Sentence], passages: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences of the same paragraph after the last passage of each run: there stands who is blamed."""
    out: list[Span] = []
    for n, sentence in enumerate(sentences[:-1]):
        following = sentences[n + 1]
        if sentence.span in passages and following.paragraph == sentence.paragraph and following.span not in passages:
            out.append(following.span)
    return tuple(out)
