"""Who did it where the claim's own words do not say, and the paragraph or the story leaves no doubt."""

from __future__ import annotations

import re
from collections import Counter

from geo.details.actors import ActorWords
from geo.details.blame import DISOWNED
from geo.details.crowds import CIVIL_SITE
from geo.details.opponents import ARMED_EVENTS, ATTACKED, OPENS, THE, UN, Opponents, Roles, as_inferred
from geo.details.scene import FROM_AFAR, PREPOSITION, SPEAKS
from geo.details.story import ARMED, ENOUGH, Party, foremost, parties
from geo.model import Sentence
from geo.sides import allied
from geo.triggers import FORCE

# "occupied Horlivka", "the rebel-held quarter": who strikes there need not be the country's enemy.
HELD = re.compile(
    r"\b(?:occupied|occupation|annexed|controlled|[\w-]+-held|[\w-]+-controlled|held by|seized by|captured by|breakaway|self-proclaimed|separatist)\b"
)
NOBODY_KNOWN = re.compile(
    r"\b(?:unidentified|unknown|no (?:one|group|party|claim)|nobody|not (?:yet |immediately )?(?:clear|known) who|whoever)\b"
)
FIRED_FROM = re.compile(r"\b(?:fired|launched) (?:\w+ )?from\b")
EVENT_NOUN = re.compile(r"strike|attack|raid|bombing|shelling|offensive|assault|ambush")
THATS = re.compile(r"(?:the|this|that|these|those|its|their|\w+['’]s)\b")
BY_HAND = re.compile(
    r"\b(?:car|cars|vehicles?|truck|lorry|motorcycle|bicycle|roadside|mines?|landmine|ied|ieds|vest|belt|suicide|planted|devices?|improvised|buried|parcel|letter bomb|backpack|himself|herself|themselves|grenades?)\b"
)
FLIES = re.compile(r"\b(?:drones?|jets?|aircraft|helicopters?|quadcopters?|missiles?|rockets?)\b")
# "From Oum to Alta: the attacks of the Front", "Front strikes kill ten"
CAMPAIGN = re.compile(
    r"(?i)\b(?:attacks|bombings|massacres|strikes|air ?strikes|raids|shellings?|bombardments?|ambush(?:es)?|atrocities|killings|abductions|kidnappings|offensive|campaign|rampage|onslaught|assaults|operations|rockets|missiles|drones)\b"
)
CHRONICLE = re.compile(
    r"(?i)\b(?:timeline|chronology|chronicle|history|list|look back|remembered|recap|record|worst|deadliest|major|key|since|years|from .{1,40} to)\b"
)
AIMED_AT = re.compile(r"\b(?:on|against|at|targeting|hit|target|for|from|kill|killed|with)\s+(?:the\s+)?(?:\w+\s+)?$")
ANOTHER = re.compile(
    r"\b(?:another|again|also|a (?:second|third|fourth|fifth|further|fresh|similar)|(?:two|three|several|more) (?:other|more|further)|the (?:second|third|fourth|next|other|same)|that same|then|simultaneous\w*|moments|(?:minutes|hours|days|weeks) (?:later|earlier|before|after)|the day (?:before|after)|elsewhere|likewise)\b|^\W*and\b"
)
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
YEARS_AGO = re.compile(r"\b(?:(?:years|decades?) (?:ago|earlier|before)|(?:previous|past) (?:years|decades?))\b")
BEHIND_IT = re.compile(r"\b(?:behind|responsib\w+|claim\w*|plot\w*|hatched|trained|sent|suspect\w*|blam\w+|accus\w+)\b")
BARE_MEN = ("fighters", "militants", "rebels", "guerrillas", "insurgents")
ENOUGH_DEEDS = 2  # of one party in a paragraph, after which what follows is its deed as well
FROM_THE_AIR = "Air/drone strike"
SAID_JUST_BEFORE = 2  # sentences


class Elliptical(Opponents):
    """A claim that may leave open who did it because the text has just said so."""

    def _completed(self, told: Roles) -> Roles:
        """Fill in whom the story leaves no doubt of, unless the claim says that nobody knows."""
        agent, patient = told.agent, told.patient
        if patient is None and agent is not None and (agent.known or agent.kind == "state"):
            patient = self._forces_beside() if agent.form == "group" and agent.kind in ARMED else None
            return Roles(agent, patient or as_inferred(self._opponent_in_story(agent)))
        described = agent is not None and agent.form == "generic" and agent.kind in ARMED
        if (agent is not None and not described) or NOBODY_KNOWN.search(self._told_text()) or self._disowned():
            return told
        loose = described and agent is not None and not self._points_back(agent)
        found = as_inferred((None if loose else self._of_paragraph(agent)) or self._at_war())
        battle = self.claim.event_type == "Battles" and (patient is None or patient.kind == "state")
        if found is None and battle:
            found = self._came_before()
        if found is None and (battle or described or FIRED_FROM.search(self._told_text())):
            found = self._beside(later=loose)
            found = found if found is None or self.sentence.covers(found.span) else as_inferred(found)
        pointed = agent is not None and agent.kind == "rebel" and THE.search(self._before(agent))
        if found is None and (pointed or (battle and patient is not None)) and not self._of_another_year():
            found = as_inferred(self._of_story())
        if found is None and (agent is None or agent.kind == "rebel"):
            found = as_inferred(self._of_campaign(patient))
        if found is None or (patient is not None and patient.name == found.name):
            return told
        return self._against(found, patient)

    def _points_back(self, agent: ActorWords) -> bool:
        """May a general word mean who was named before: "the gunmen", "fighters", and no "bandits" or "two gunmen"?"""
        said = agent.span.of(self.text).casefold()
        return THE.search(self._before(agent)) is not None or said.startswith("the ") or said in BARE_MEN

    def _came_before(self) -> ActorWords | None:
        """Who entered or attacked in the sentence just before: "Troops entered the camp. Gun battles ensued."."""
        at = self._home()
        if at is None or not at or self.cast.sentences[at - 1].paragraph != self.cast.sentences[at].paragraph:
            return None
        before = self._in(self.cast.sentences[at - 1].span)
        return next(
            (a for a in before if a.form in ("force", "group", "generic") and self._may_act(a) and self._acts(a)), None
        )

    def _forces_beside(self) -> ActorWords | None:
        """The troops of the country that the paragraph of a battle speaks of: the other party, where a group is the one."""
        if self.claim.event_type != "Battles":
            return None
        beside = [a for s in self._paragraph() for a in self._in(s.span)]
        troops = [
            a
            for a in beside
            if a.kind == "state" and a.form in ("generic", "force") and a.country in ("", self.country) and a.side != UN
        ]
        return self._nearest(a for a in troops if not SPEAKS.match(self._behind(a)))

    def _paragraph(self) -> list[Sentence]:
        """The sentences of the paragraph that the event words stand in."""
        home, sentences = self._home(), self.cast.sentences
        return [] if home is None else [s for s in sentences if s.paragraph == sentences[home].paragraph]

    def _disowned(self) -> bool:
        """Does the sentence behind the claim say that somebody did not do it?"""
        return any(DISOWNED.search(s.of(self.text).casefold()) for s in self.after)

    def _told_text(self) -> str:
        return " ".join(p.of(self.text) for p in self.passages).casefold()

    def _groups(self, words: list[ActorWords]) -> list[ActorWords]:
        """The armed groups among some actors that are not on the side of the country where it happened."""
        loyal = {a.side for a in self.all if a.kind == "state" and a.country == self.country}
        groups = [a for a in words if a.known and a.form == "group" and a.kind in ARMED]
        return [a for a in groups if not a.side or a.side not in loyal]

    def _told_attacker(self) -> ActorWords | None:
        """Whose "the strikes", "Friday's attack" were, by the sentences of the article that tell of one with both its sides."""
        word = EVENT_NOUN.search(self._trigger_words())
        if word is None or not (self.claim.definite or THATS.match(self._trigger_words())):
            return None
        pairs = []
        for a, _ in self._duels():
            line = self.cast.lines.touching(a.span)[0]
            flown = self.claim.sub_event_type != FROM_THE_AIR or a.kind == "state"
            if flown and not line.overlaps(self.claim.trigger) and word[0] in line.of(self.text).casefold():
                pairs.append(a)
        side, times = Counter(a.side for a in pairs).most_common(1)[0] if pairs else ("", 0)
        attackers = [a for a in pairs if a.side == side]
        if times * 2 <= len(pairs) or any(self._is_victim(a) for a in attackers):
            return None
        return self._nearest(attackers)

    def _of_paragraph(self, agent: ActorWords | None) -> ActorWords | None:
        """The armed group that did what has just been told: "The group answered with bombs. On the 3rd three cars blew up."."""
        if self.claim.sub_event_type == FROM_THE_AIR or self.claim.event_type not in (
            "Explosions/Remote violence",
            "Violence against civilians",
        ):
            return None
        at = self._home()
        if at is None or self._groups(self._in(self.cast.sentences[at].span)):
            return None
        home = self.cast.sentences[at]
        for n in range(at - 1, max(-1, at - 1 - (SAID_JUST_BEFORE if agent else 1)), -1):
            earlier = self.cast.sentences[n]
            if earlier.paragraph != home.paragraph:
                return None
            line = earlier.span.of(self.text).casefold()
            stands = OPENS.match(line)
            acting = [a for a in self._groups(self._in(earlier.span)) if self._acts(a)]
            found = (
                acting[0] if acting else self._told_before(earlier.span.start + 1, pronoun=False) if stands else None
            )
            if found and not self._is_victim(found) and not DISOWNED.search(line):
                return found
        return None

    def _beside(self, *, later: bool) -> ActorWords | None:
        """The one armed group that the paragraph names, where it tells of "gunmen" or of a battle with nobody named.

        `later`: only behind the event, where it says whose the gunmen may be.
        """
        lines = self._paragraph()
        groups = [a for s in lines for a in self._groups(self._in(s.span))]
        if len({a.name for a in groups}) != 1 or any(self._is_victim(a) for a in groups):
            return None
        ahead = min((a.span.start for a in groups), default=0) < self.claim.trigger.end
        linked = any(BEHIND_IT.search(s.span.of(self.text).casefold()) for s in lines)
        if later and (ahead or (self.claim.sub_event_type == "Suicide bomb" and not linked)):
            return None
        elsewhere = not any(self.sentence.covers(a.span) for a in groups)
        if (elsewhere and self._of_another_year()) or any(v.kind in ARMED for v in self._victim_words()):
            return None
        if any(DISOWNED.search(s.span.of(self.text).casefold()) for s in lines):
            return None
        return self._nearest(groups)

    def _acts(self, words: ActorWords) -> bool:
        """Is an actor the subject of an attack that is told as done?"""
        behind = self._behind(words)
        return (
            ATTACKED.match(behind) is not None
            and not PREPOSITION.search(self._before(words))
            and not SPEAKS.match(behind)
        )

    def _of_story(self) -> ActorWords | None:
        """The one armed group that the article names at all, if it is one of the country, by the words nearest to the event."""
        groups = self._groups(list(self.all))
        if not any(not self.country or a.country in ("", self.country) for a in groups):
            return None
        if len({a.side or a.name for a in groups}) != 1 or any(self._is_victim(a) for a in groups):
            return None
        return self._nearest(groups)

    def _of_campaign(self, patient: ActorWords | None) -> ActorWords | None:
        """The party to whose campaign the passage ties the event: by a headline over a list of its attacks, or by a run of them."""
        if self.claim.event_type not in FORCE:
            return None
        if self.claim.event_type == "Battles" and patient is not None and patient.kind in ARMED:
            return self._opponent_in_story(patient)
        hit = {a.side for a in (patient, *self._victim_words()) if a is not None and a.side}
        found = self._of_run() or self._of_headline()
        if found is not None and self._able(found, hit):
            return self._wider(found)
        if patient is not None and patient.kind in ARMED and self.claim.sub_event_type in FROM_AFAR:
            return self._own_forces()
        return None

    def _able(self, words: ActorWords, hit: set[str]) -> bool:
        """Can the party of some words have done such a thing, there, and to those who were hit?"""
        loyal = {a.side for a in self.all if a.kind == "state" and a.country == self.country}
        if self._dropped_from_above():  # those bombed by another state do not bomb their own towns
            loyal |= {b.side for a, b in self._duels() if a.kind == "state" and a.country != self.country == b.country}
        party = next((p for p in parties(self.cast) if p.side == (words.side or words.name)), None)
        if party is None and words.form == "state":
            return words.country != self.country and self._dropped_from_above() and words.side not in hit
        if party is None or any(allied(party.side, side) for side in hit):
            return False
        return self._is_able(party) and not (party.armed_group and party.side in loyal)

    def _of_headline(self) -> ActorWords | None:
        """The one party whose attacks the headline, or the heading above, says that the text lists."""
        at = self._home()
        for line in reversed(self.cast.sentences[:at]):
            said = line.span.of(self.text) if line.heading else ""
            if not CAMPAIGN.search(said) or (self._of_another_year() and not CHRONICLE.search(said)):
                continue
            doers = [a for a in self._in(line.span) if a.known and a.form in ("group", "strike", "force")]
            doers = [a for a in doers if not AIMED_AT.search(self._before(a))]
            if len({a.side or a.name for a in doers}) == 1:
                return doers[0]
        return None

    def _of_run(self) -> ActorWords | None:
        """Who did what the paragraph has just told, where the event is "another", or comes after two deeds of one party."""
        lines, at = self._paragraph(), self._home()
        if at is None or self._of_another_year():
            return None
        before = [s for s in lines if s.span.end <= self.cast.sentences[at].span.start]
        ahead = self.text[self.cast.sentences[at].span.start : self.claim.trigger.end].casefold()
        deeds: list[ActorWords] = []
        for line in before:
            named = [a for a in self._in(line.span) if a.known and a.form in ("group", "strike", "force", "state")]
            named = [a for a in named if a.form != "state" or self._acts(a)]
            acting = [a for a in named if self._may_act(a) and (self._acts(a) or a.form == "strike")]
            said = line.span.of(self.text).casefold()
            pronoun = not named and OPENS.match(said)
            if DISOWNED.search(said):
                return None
            deeds += acting[:1] or ([deeds[-1]] if pronoun and deeds else [])
        linked = ANOTHER.search(ahead) is not None
        if len({a.side or a.name for a in deeds}) != 1 or len(deeds) < (1 if linked else ENOUGH_DEEDS):
            return None
        return deeds[-1]

    def _of_another_year(self) -> bool:
        """Is the event told as one of a year before the last?"""
        said = " ".join(p.of(self.text) for p in (*self.passages, *self.claim.dates)).casefold()
        years = {int(y) for y in A_YEAR.findall(said)}
        return YEARS_AGO.search(said) is not None or bool(years and self.cast.year and max(years) < self.cast.year - 1)

    def _dropped_from_above(self) -> bool:
        """May the event be a bombing from the air?"""
        bombed = self.claim.sub_event_type in (FROM_THE_AIR, "Remote explosive/landmine/IED")
        return bombed and not BY_HAND.search(self._told_text())

    def _is_able(self, party: Party) -> bool:
        """Can a party have done such a thing, and there?"""
        country = party.words[0].country
        if not party.armed_group:
            strikes = any(a.form == "strike" or self._acts(a) for a in party.words)
            return country != self.country and strikes and self._dropped_from_above()
        if self.claim.sub_event_type == FROM_THE_AIR:
            lines = (line.of(self.text) for a in party.words for line in self.cast.lines.touching(a.span))
            return any(FLIES.search(line.casefold()) for line in lines)
        return country in ("", self.country) or self.claim.sub_event_type in FROM_AFAR

    def _opponent_in_story(self, known: ActorWords) -> ActorWords | None:
        """The other party of a battle, or of an attack by a state: of those who fight in that country the one spoken of most."""
        group, event = known.kind in ARMED, self.claim.event_type
        if event != "Battles" and (group or event not in ARMED_EVENTS or CIVIL_SITE.search(self._told_text())):
            return None
        there = ("", self.country)
        able = [
            p
            for p in parties(self.cast)
            if p.armed_group
            and not allied(p.side, known.side)
            and p.words[0].name != known.name
            and p.words[0].country in there
        ]
        loyal = {a.side for a in self.all if a.kind == "state" and a.country == self.country}
        if group and known.side not in loyal and (own := self._own_forces()):
            return own
        best = foremost(able, ENOUGH if group or event != "Battles" else 1)
        return self._nearest(best.words) if best else None

    def _own_forces(self) -> ActorWords | None:
        """The nearest words for the forces of the country where it happened."""
        own = (a for a in self.all if a.kind == "state" and a.form in ("generic", "force") and a.side != UN)
        nearest = self._nearest(a for a in own if a.country in ("", self.country))
        if nearest is None and self.country and "territory" in self.claim.sub_event_type:  # it is taken from somebody
            nearest = ActorWords(self.claim.trigger, "", "", "", "state", "generic", known=False)
        return nearest

    def _at_war(self) -> ActorWords | None:
        """The one state that the article tells of attacking, where fire from afar hits a country that only states fight over."""
        if self.claim.sub_event_type not in FROM_AFAR or not self.country or HELD.search(self._told_text()):
            return None
        forces = [a for a in self.all if a.kind == "state" and a.country and a.form in ("force", "strike")]
        states = [a for a in forces if a.country != self.country and self._acts(a)]
        defended = any(a.country == self.country for a in self.all if a.kind == "state")
        if len({a.country for a in states}) != 1 or not defended or self._groups(list(self.all)):
            return None
        return self._nearest(states)
