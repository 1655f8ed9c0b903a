"""Whom the story pits against whom: for the side of a claim that its own words leave open."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.details.actors import ActorWords
from geo.details.duels import duels
from geo.details.scene import (
    DONE_TO_IT,
    MEN_OF,
    PREPOSITION,
    SPEAKS,
    TARGETED,
    Scene,
)
from geo.model import Span

ONE_GROUP = re.compile(r"(?:militia|group|faction)$")
THE = re.compile(r"\b(?:the|these|those|this)\s+(?:\w+\s+)?$")
RULE = re.compile(r"^(?:['’]s?)?\s+(?:military\s+)?(?:occupation|control|rule|hands)\b")
MEMORY = 900  # characters over which "the militants" still means the group last named
SPECIFIC = "Iran-backed militia"  # a description; a group of the same side that the passages name is better
# Before a verb, these stand for a party told before: "its men hacked", "the militants had stormed".
STAND_IN = re.compile(
    r"(?:^|[\s,;:—–(“\"])(?:it|they|(?:its|their) (?:men|fighters|forces|gunmen|troops|members|militants|bombers|soldiers|jets|drones)|"
    r"the (?:same )?(?:group|movement|militia|militants|insurgents|rebels|jihadists|extremists|islamists|terrorists|organi[sz]ation|faction|guerrillas|clan))"
    r"\s+(?:(?:had|has|have|also|then|again|later|reportedly|allegedly|\w+ly|said it|said they)\s+){0,3}$"
)
OWN = re.compile(r"\b(?:its|their)\s+(?:[\w-]+\s+){0,2}$")  # "its drones hit"
ITS_ARMS = re.compile(
    r"(?:drones?|jets?|warplanes?|planes?|aircraft|helicopters?|gunships?|artillery|guns|gunners|shells|rockets?|missiles?|mortars?|tanks?|bombs?|bombers?|"
    r"fighters|men|gunmen|troops|soldiers|forces|strikes?|air ?strikes?|snipers?|commandos)\b"
)
BROKE = re.compile(
    r"(?:explod|went off|detonat|burst|landed|fell\b|crashed|go(?:es)? off)"
)  # of "it": a thing, no party
OPENS = re.compile(
    r"^\W*(?:(?:on|in|at|by)\b[^,.;]{0,40},\s*|(?:on|in|at|by)\s(?:[\w-]+\s){1,4}|(?:then|later|last \w+|this \w+|\w+ (?:days|weeks|hours|months) later),?\s)?(?:(?:its|their) (?:men|fighters|forces|gunmen|troops|members|militants|soldiers)|they|it|"
    r"the (?:same )?(?:group|movement|militia|militants|insurgents|rebels|jihadists|extremists|islamists|terrorists|organi[sz]ation|faction|guerrillas))\s+"
    r"(?!(?:was|is|were|are|be|has been|had been|have been|would|could|seems?|seemed|records?|recalls?|recalled|said|says|took (?:its|their)|happened|came as|began)\b)"
)
# "with Rwandan troops", "backed by UN helicopters": on the same side.
ALLIED = re.compile(
    r"(?:(?:,|\btogether|\balong) with|\balongside|\b(?:backed|supported|aided|joined|helped|accompanied) by|\band)\s+(?:(?:the|its|an?|allied|some)\s+)?$"
)
BACKED = re.compile(r"\b(?:backed|supported|aided|joined|helped|accompanied) by (?:[\w'-]+ ){0,4}$")
FOUGHT = re.compile(r"\b(?:between|pitted|pitting|pits)\s+(?:[\w’'-]+\s+){0,4}$")
ALLY = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+){0,2}(?:ally|allies|partner|rival|rivals|enemy|foe|offshoot|wing|branch|affiliate)\b"
)
TOGETHER = re.compile(
    r"^,?\s+and\s+(?:(?:the|its|their|an?|allied|ally|allies|other|rival|rivals|armed|members of|fighters of|suspected|local|government)\s+)*$"
)
MUTUAL = re.compile(
    r"(?:sign|agree|reach|conclud|initial|went to war|have gone to war|clash|trad|exchang|fought|fight|battl|skirmish|duel)"
)
AGAINST_ANOTHER = re.compile(r"^\W*(?:[\w’'-]+\s+){0,4}?(?:with|against)\s+(?!each other|one another)")
AGAINST_EACH_OTHER = re.compile(r"^(?:[\w’' -]{0,40}?),?\s+(?:and|against)\s+(?:[\w’'-]+\s+){0,4}$")
FOUGHT_IT = re.compile(r".*\b(?:fought|battled)\s+(?:the\s+)?[A-Z]")
CALLED = re.compile(
    r",?\s+(?:(?:known|called|calling themselves|who call themselves)\s+)(?:\w+\s+)?(?:as\s+)?(?:the\s+)?$"
)
ITSELF = re.compile(r"\b(?:it|they|its|their)\b")
DID_SO = re.compile(
    r"\b(?:it|they|the group|the militia|its \w+|their \w+) (?:did|had done|has done) (?:the same|so|likewise|it again)\b"
)
SENT_BY = re.compile(
    r"\b(?:launched|fired|planted|dropped|detonated|laid|driven|flown|triggered|placed|thrown|shot|claimed)\s+by\s+(?:(?:the|an?|suspected|alleged|[\w-]+['’]s)\s+)*$|"
    r"\b(?:fire|gunfire|shelling|shells|rounds|bullets|mortars?|rockets?|missiles?|shots)\s+from\s+(?:(?:the|an?)\s+)?$"
)
ATTACKED = re.compile(
    r"^\W*(?:['’]s\s+)?(?:(?!(?:was|were|been|being|is|are|got)\b)[\w’'-]+\s+){0,4}?(?:attacked|ambushed|fired|fires|firing|launched|launches|launching|carried out|bombed|struck|strikes|killed|kills|opened fire|stormed|raided|shelled|conducted|responded|retaliated|unleashed|hit|hits|"
    r"pounded|dropped|shot|seized|captured|overran|took control|detonated|targeted|abducted|kidnapped|murdered|massacred|executed|rocketed|arrested|assassinated|set off|threw|undertook|ransack|besieged|entered|walked|burst|drove|blew up|blasted|burned|burnt|torched|beheaded|slaughtered|butchered|gunned|hacked|hanged|rammed|sank|downed|razed|hijacked|mortared|planted|invaded|wiped out|mowed down|lobbed|hurled)\b"
)
SECOND_VERB = re.compile(
    r"\band\s+(?:also\s+)?(?:struck|hit|hits|killed|wounded|destroyed|attacked|bombed|shelled|targeted)\b"
)
PARTIES = ("group", "force", "generic", "armed", "state")
BESIDE_VERB = 40  # characters
ENEMY = re.compile(r"(?i)\b(?:enem(?:y|ies)|occupiers?|invaders?|aggressors?|occupying|invading)\b")
OURS = re.compile(
    r"\bour (?:fighters|brothers|comrades|mujahide+n|guerrillas|resistance|revolutionary|martyrs|heroes|people's|units|columns)\b"
)
FOES_SHARE = 0.7  # of the mentions of foreign states
UN = "United Nations"
ARMED_EVENTS = frozenset({"Battles", "Explosions/Remote violence"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acted and who was hit in one claim; None where its words do not say."""

    agent: ActorWords | None = None
    patient: ActorWords | None = None


def as_inferred(words: ActorWords | None) -> ActorWords | None:
    """The same party, as one that the claim's own words do not tell."""
    return replace(words, inferred=True) if words else None


class Opponents(Scene):
    """A scene in the light of the whole article."""

    def _against(self, agent: ActorWords | None, patient: ActorWords | None) -> Roles:
        """Fill the one side that is missing with the opponent whom the article pits against the other, if it is one."""
        if self.claim.event_type not in ARMED_EVENTS:
            return Roles(agent, self._exact(agent, patient))
        if agent is not None and agent.known and patient is None:
            foes = [b for a, b in self._duels() if a.side == agent.side and b.side != agent.side]
            foes = [b for b in foes if b.country in ("", self.country) or not self.country]
            patient = as_inferred(self._first(foes, Counter(b.name for b in foes)))
        elif patient is not None and patient.known and patient.side and (agent is None or not agent.known):
            names = Counter(a.name for a, b in self._duels() if b.side == patient.side and a.side != patient.side)
            inferred = self._first([a for a, _ in self._duels()], names)
            agent = as_inferred(self._wider(inferred)) if inferred else agent
        return Roles(agent, self._exact(agent, patient))

    def _stand_in(self, home: Span) -> ActorWords | None:
        """The party told last where a pronoun or "its men" is the subject of the event words."""
        ahead = self.text[home.start : self.claim.trigger.start].casefold()
        if (own := OWN.search(ahead)) and ITS_ARMS.match(self._trigger_words()):
            return self._told_before(home.start + own.start(), pronoun=True)
        if BROKE.match(self._trigger_words()):
            return None
        found = STAND_IN.search(ahead, max(0, len(ahead) - 70))
        if found is None:
            opening = OPENS.match(ahead)
            others = [a for a in self._in(home) if a.span.end <= self.claim.trigger.start]
            if opening is None or others or self._cut(home.start, self.claim.trigger.start):
                return None
            found = opening
        itself = ITSELF.search(found.group()) is not None
        return (self._speaking(home, home.start + found.start()) if itself else None) or self._told_before(
            home.start + found.start(), itself
        )

    def _speaking(self, home: Span, mine: int) -> ActorWords | None:
        """Who speaks before offset `mine` in the sentence: "Zerun said that 31 died and that it had shot down five jets"."""
        ahead = (a for a in self._in(home) if a.known and a.span.end <= mine and SPEAKS.match(self._behind(a)))
        ahead = (a for a in ahead if a.form in ("state", "capital", "force", "group"))
        return next((a for a in ahead if not PREPOSITION.search(self._before(a))), None)

    def _did_so(self, home: Span) -> ActorWords | None:
        """The party told last of whom it is said that it did the same again."""
        found = DID_SO.search(self.text[home.start : self.claim.trigger.end].casefold())
        return self._told_before(home.start + found.start(), True) if found else None

    def _told_before(self, mine: int, pronoun: bool) -> ActorWords | None:
        """The last party before offset `mine`: for a pronoun the last that was a subject, else the last armed group."""
        if not mine:
            return None
        recent = Span(max(0, mine - MEMORY), mine)
        told = [
            a
            for a in self.cast.named.touching(recent)
            if a.span.end <= mine
            and (
                (a.known and a.form in ("group", "force"))
                or (pronoun and a.form == "generic" and a.kind in ("state", "rebel", "militia"))
                or (pronoun and a.form == "state" and ATTACKED.match(self._behind(a)))
            )
        ]
        groups = [a for a in told if a.kind in ("rebel", "militia")]
        able = [
            a
            for a in told
            if self._may_act(a)
            and not DONE_TO_IT.search(self._before(a))
            and (MEN_OF.search(self._before(a)) or not PREPOSITION.search(self._before(a)))
            and not self._has(a)
        ]
        first: dict[Span, ActorWords] = {}  # the subject of a sentence is the first that can act
        for line in self.cast.lines.touching(recent):
            for a in able:
                if line.covers(a.span):
                    first.setdefault(line, a)
        subjects = list(first.values())
        if pronoun and self.claim.event_type == "Violence against civilians":  # not the troops who came afterwards
            here = [a for a in subjects if "\n" not in self.text[a.span.end : mine]]
            subjects = [a for a in here if ATTACKED.match(self._behind(a))] or subjects
        chosen = (subjects or groups) if pronoun else groups
        return chosen[-1] if chosen else None

    def _has(self, words: ActorWords) -> bool:
        """Is it "X's ally, the Y": a name that only says whose?"""
        possessive = words.span.of(self.text).endswith(("'s", "’s", "s'", "s’")) or self._behind(words).startswith(
            ("'s ", "’s ")
        )
        return possessive and ALLY.match(self._behind(words)) is not None

    def _sent_by(self, home: Span) -> ActorWords | None:
        """Read "a drone launched by the rebels exploded": whose weapon it is that does what the event words say."""
        for a in reversed(self._in(home)):
            ahead = a.span.end <= self.claim.trigger.start and not self._cut(a.span.end, self.claim.trigger.start)
            if ahead and a.form in ("group", "force", "state", "generic") and SENT_BY.search(self._before(a)):
                return a
        return None

    def _between(self) -> tuple[ActorWords, ActorWords] | None:
        """Both parties of "clashes between the army and the rebels"."""
        home = self.sentence
        words = [a for a in self._in(home) if a.form in ("group", "force", "generic", "armed", "people", "state")]
        for a, b in pairwise(words):
            gap = self.text[a.span.end : b.span.start]
            if FOUGHT.search(self._before(a)) and AGAINST_EACH_OTHER.match(gap) and a.name != b.name:
                return a, b
        return None

    def _both_subjects(self) -> tuple[ActorWords, ActorWords] | None:
        """Both parties of "the army and the rebels clashed", unless the two fought a third."""
        home = self.sentence
        trigger = self.claim.trigger
        if not MUTUAL.search(self.text[trigger.start : trigger.end + 12].casefold()):
            return None
        ahead = [a for a in self._in(home) if a.span.end <= trigger.start and a.form in PARTIES]
        for a, b in pairwise(ahead):
            near = trigger.start - b.span.end < BESIDE_VERB and "," not in self.text[b.span.end : trigger.start]
            factions = a.form == b.form == "group"  # of one side, but not one
            other = a.name != b.name and (factions or not (a.side and a.side == b.side))
            if near and other and TOGETHER.match(self.text[a.span.end : b.span.start]):
                behind = self.text[trigger.end : trigger.end + 60]
                return (
                    None if AGAINST_ANOTHER.match(behind) or FOUGHT_IT.match(self._trigger_words() + behind) else (a, b)
                )
        return None

    def _first_of_allies(self, words: ActorWords) -> ActorWords:
        """The first of two who act together: "government troops and their allies from X burned"."""
        earlier = [
            a
            for a in self.all
            if 0 <= words.span.start - a.span.end < BESIDE_VERB
            and a.known
            and (a.form in PARTIES or a.form == words.form)
        ]
        if earlier and TOGETHER.match(self.text[earlier[-1].span.end : words.span.start]):
            return earlier[-1]
        return words

    def _trigger_words(self) -> str:
        return self.claim.trigger.of(self.text).casefold()

    def _occupier(self) -> ActorWords | None:
        """Read "retook the town after a Ukrainian occupation": from whom it was taken."""
        home = self.sentence
        behind = (a for a in self._in(home) if a.span.start >= self.claim.trigger.end)
        return next((a for a in behind if a.country and RULE.match(self._behind(a))), None)

    def _other_side(self, agent: ActorWords | None) -> ActorWords | None:
        """The second party of a battle that its own sentence names: "troops were pursuing the rebels when a fight broke out"."""
        if self.claim.event_type != "Battles" or agent is None:
            return None
        if (occupier := self._occupier()) and occupier.name != agent.name:
            return occupier
        home = self.sentence
        others = [
            a
            for a in self._in(home)
            if a.known and a.form in ("group", "force") and a.name != agent.name and not SPEAKS.match(self._behind(a))
        ]
        others = [a for a in others if (not a.side or a.side != agent.side) and not ALLIED.search(self._before(a))]
        others = [a for a in others if not BACKED.search(self._before(a))]
        return others[0] if len({a.name for a in others}) == 1 else None

    def _as_before(self) -> tuple[ActorWords | None, ActorWords | None]:
        """The parties of another attack on the same place, where one sentence of the article names both."""
        if self.claim.event_type not in ARMED_EVENTS or not self.claim.places:
            return None, None
        where = self.claim.places[0]
        place = where.of(self.text)
        if not place[:1].isupper() or self.cast.named.touching(where):
            return None, None
        lines = self.cast.lines
        pairs = [(a, b) for a, b in self._duels() if any(place in s.of(self.text) for s in lines.touching(b.span))]
        return pairs[0] if len({(a.side, b.side) for a, b in pairs}) == 1 else (None, None)

    def _first(self, words: list[ActorWords], names: Counter[str]) -> ActorWords | None:
        """The words nearest to the event of the opponent named most often."""
        if not names:
            return None
        best = min(names, key=lambda n: (-names[n], n))
        return self._nearest(w for w in words if w.name == best)

    def _duels(self) -> tuple[tuple[ActorWords, ActorWords], ...]:
        return duels(self.cast)

    def _wider(self, words: ActorWords) -> ActorWords:
        """The description of its side, where the article has one: an actor that is only inferred is named no closer."""
        return self._nearest(a for a in self.all if a.name == SPECIFIC and a.side == words.side) or words

    def _exact(self, agent: ActorWords | None, words: ActorWords | None) -> ActorWords | None:
        """A group of its side that is named as the target, instead of the description "Iran-backed militia"."""
        if words is None or words.name != SPECIFIC:
            return words
        here = [
            a
            for p in self.passages
            for a in self._in(p)
            if a.form == "group"
            and a.side == words.side
            and a.name != SPECIFIC
            and TARGETED.search(self._before(a))
            and not self._of_another_deed(a)
        ]
        if here:
            return here[0]
        struck = [
            b
            for a, b in self._duels()
            if b.side == words.side and b.name != SPECIFIC and (agent is None or a.side == agent.side)
        ]
        return self._first(struck, Counter(b.name for b in struck)) or words

    def _of_another_deed(self, words: ActorWords) -> bool:
        """Read "targeted Xa and Xb, and struck the posts of ...": whose posts they are is not told of the sites in the list."""
        gap = self.text[self.claim.trigger.end : words.span.start].casefold()
        return self.claim.group is not None and SECOND_VERB.search(gap) is not None

    def _meant(self, words: ActorWords) -> ActorWords:
        """The group last named, where "the insurgents" or "the militia" points back to it."""
        if ENEMY.search(words.span.of(self.text)):
            foe = self._foe()
            return self._renamed(words, foe) if foe else words
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
        called = next((a for a in self.all if a.known and a.form == "group" and a.span.start > words.span.end), None)
        if called and CALLED.match(self.text[words.span.end : called.span.start]):
            return self._renamed(words, called)
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

    def _foe(self) -> ActorWords | None:
        """Whom a bulletin means by "the enemy": the one foreign state that fights there, or the one armed group, or the state."""
        there = {a.country for a in self.all if a.kind == "state" and a.form in ("force", "strike", "people")}
        foreign = [a for a in self.all if a.kind == "state" and a.country not in ("", self.country) and a.side != UN]
        foreign = [a for a in foreign if a.form in ("force", "strike", "adjective", "state")]
        groups = [a for a in self.all if a.form == "group" and a.kind in ("rebel", "militia")]
        of_group = any(OURS.search(line.span.of(self.text).casefold()) for line in self.cast.sentences) and groups
        if of_group and self.country in there:
            return next((a for a in self.all if a.kind == "state" and a.country == self.country), None)
        states = Counter(a.country for a in foreign)
        if states and states.most_common(1)[0][1] >= FOES_SHARE * sum(states.values()):
            best = states.most_common(1)[0][0]
            return self._nearest(a for a in foreign if a.country == best)
        return self._nearest(groups) if len({a.side or a.name for a in groups}) == 1 and not foreign else None

    def _renamed(self, words: ActorWords, named: ActorWords) -> ActorWords:
        return ActorWords(words.span, named.name, named.country, named.side, named.kind, named.form)
