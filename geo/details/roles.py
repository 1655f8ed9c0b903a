"""Tell who did it and who was hit, from where the actors stand around the event words of a claim."""

from __future__ import annotations

import re

from geo.details.actors import ActorWords
from geo.details.opponents import ENEMY, UN, Roles
from geo.details.targets import Targets

REPELS = re.compile(
    r"(?:repel|repuls|beat\w* (?:back|off)|fend|fought off|foil|thwart|held off|push\w* back|drove back)"
)
AGAINST = re.compile(r"\bagainst (?:the )?(?:suspected )?$")
BASE = re.compile(r"\b(?:base|bases|barracks|camp|facility|facilities|airbase)$")


class Stage(Targets):
    """A claim whose parts are to be given out."""

    def roles(self) -> Roles:
        """Read the claim's own sentence first, then its other passages, then who is blamed beside them, then the story."""
        fought = self.claim.event_type in ("Battles", "Riots") or self.claim.sub_event_type == "Agreement"
        if fought and (parties := self._between() or self._both_subjects()):
            crowd_last = self.claim.event_type == "Riots" and parties[1].kind == "civilian" != parties[0].kind
            one, other = reversed(parties) if crowd_last else parties
            return Roles(self._meant(one), self._meant(other))
        agent = self._attacker()
        patient = self._attacked(agent)
        if REPELS.match(self._trigger_words()) and agent is not None and (sent := patient or self._thrown_back(agent)):
            agent, patient = sent, agent
        if patient is not None and agent is not None and patient.name == agent.name:
            patient = next((v for v in self._victim_words() if v.name != agent.name and v.known), None)
        if agent is None and patient is None:
            agent, patient = self._as_before()
        if patient is not None and patient.side == UN and "territory" in self.claim.sub_event_type:
            patient = None  # none is taken from peacekeepers
        told = self._completed(self._against(agent, patient))
        found = self._two(told.agent, told.patient)
        return Roles(
            *(
                None if a and not a.known and ENEMY.search(a.span.of(self.text)) else a
                for a in (found.agent, found.patient)
            )
        )

    def _thrown_back(self, defender: ActorWords) -> ActorWords | None:
        """Whose attack it is that a defender throws back."""
        behind = (a for a in self._in(self.sentence) if a.span.start > self.claim.trigger.start and a.known)
        return next((a for a in behind if a.name != defender.name and a.form in ("strike", "force", "group")), None)

    def _two(self, agent: ActorWords | None, patient: ActorWords | None) -> Roles:
        """Keep of one state on both sides the one that the claim's own sentence tells of."""
        if agent is None or patient is None or agent.kind != "state" or patient.kind != "state":
            return Roles(agent, patient)
        same = (agent.country or self.country) == (patient.country or self.country) != ""
        if not same:
            return Roles(agent, patient)
        own = self.sentence.covers(agent.span) and agent.span.start <= self.claim.trigger.end
        return Roles(agent, None) if own or not self.sentence.covers(patient.span) else Roles(None, patient)

    def _attacker(self) -> ActorWords | None:
        """Who did it: by the claim's own sentence, then by whom the other passages or the story name."""
        agent = self._turncoats() or self._agent_here()
        if agent is None or agent.form == "generic":
            agent = self._in_first_person(self.sentence) or agent
        if agent is not None and agent.form == "generic" and agent.kind == "state":
            agent = self._of_speakers_state(agent, self.sentence)
        if agent is None or not agent.known:
            found = (
                self._blamed((*self.passages, *self.after, *self._still_later()))
                or self._did_it_to_them()
                or self._claimed_elsewhere()
                or self._answered()
                or self._told_attacker()
                or self._acting_elsewhere()
                or (None if agent and agent.kind == "state" else self._only_air_force())
            )
            target = self._patient_here() if found and agent else None
            taken = target is not None and target.known and found is not None and target.name == found.name
            aimed = agent is not None and found is not None and self._aimed_at(found)
            acts = agent is not None and found is not None and self._acts_for_state(agent, found)
            agent = agent if found is None or taken or aimed or acts or self._is_victim(found) else found
        return self._meant(agent) if agent else None

    def _acts_for_state(self, agent: ActorWords, found: ActorWords) -> bool:
        """Read "police killed the attackers", "police arrested two": no group that is blamed for the attack did that."""
        if agent.kind != "state" or found.kind == "state":
            return False
        hit = self._patient_here()
        armed = hit is not None and not hit.known and hit.kind not in ("state", "civilian")
        return armed or self.claim.sub_event_type == "Arrests"

    def _aimed_at(self, words: ActorWords) -> bool:
        """Read "an army raid against the Front" in the claim's own sentence."""
        return self.sentence.covers(words.span) and AGAINST.search(self._before(words)) is not None

    def _attacked(self, agent: ActorWords | None) -> ActorWords | None:
        """Who was hit: by the claim's own sentence, whose people died, or whom the other passages name as the target."""
        patient = self._patient_here() or self._speakers_own(self.sentence, agent)
        if patient is None and self.claim.event_type == "Battles":
            patient = self._driven_off(self.sentence)
        if patient is not None and ENEMY.search(patient.span.of(self.text)):
            return self._meant(patient)
        if patient is None or not patient.known or BASE.search(patient.span.of(self.text).casefold()):
            described = patient or self._described_victims()
            patient = self._victims() or self._answering() or described or self._target_elsewhere()
            if patient is not None and not patient.known and patient.kind != "civilian":
                patient = self._target_elsewhere() or patient
        patient = self._meant(patient) if patient else None
        return patient if patient is not None and patient.known else self._other_side(agent) or patient
