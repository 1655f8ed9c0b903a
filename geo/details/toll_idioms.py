"""Read the turns of phrase in which people die or are hurt without a plain verb: lives lost, bodies found, "as many wounded"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.details.people import DEFINITE, KIN, Group
from geo.details.toll_figures import Figures
from geo.details.toll_rules import TollKind
from geo.details.toll_words import TollWords
from geo.details.victims import BREAKS

LONGEST_GAP = 16  # tokens between the people and the verb; farther off, the verb has another subject
HARMS = frozenset("injuries injury wounds burns concussion concussions trauma".split())
CAPTIVE = frozenset("hostage captive prisoner away".split())
HOSPITALS = frozenset("hospital hospitals clinic clinics".split())
FOUND = frozenset(
    "found recovered discovered pulled washed dumped retrieved exhumed lay lying dug unearthed spotted".split()
)
GIVEN = frozenset("lost lose losing gave give giving given laid".split())
TAKEN = frozenset("claimed claiming claim claims cost costing costs took taken taking takes loss lost".split())
BEATEN = frozenset(
    """beat beats beaten beating stab stabbed stabbing hack hacked hacking club clubbed clubbing kick kicked kicking stone stoned
    stoning burn burned burnt burning trample trampled starve starved torture tortured torturing shoot shot shooting crush
    crushed bludgeoned bludgeoning strangled strangling whipped flogged lynched set put axed speared blew blown bombed""".split()
)
ENDS = frozenset("in by on at near when as after during while and outside inside".split())  # no object follows
SEIZED = frozenset(
    "lined dragged pulled hauled taken marched forced led herded abducted kidnapped seized stripped stopped took singled ordered bound tied rounded".split()
)
SEIZED_WITHIN = 12  # tokens from people to the verb whose "them" they are
BEATEN_WITHIN = 9  # tokens between the verb and "to death"
REPORTED = frozenset(
    "civilian any or deaths injuries serious fatal human reported reports report causing cause further loss of casualties".split()
)
NOT_YET = frozenset("immediate immediately further more other additional confirmed".split())


@dataclass(slots=True)
class Idioms(Figures):
    """A sentence whose verbs of harm are read elsewhere."""

    def _subject(self, at: int, start: int, kind: TollKind) -> None:
        """The people before the verb at token `at`, whose auxiliaries begin at `start`."""
        if self._only_possible(at):
            return
        begin, passive = self._auxiliaries(at)
        first = min(start, begin)
        chain = self._before(first, LONGEST_GAP, kind)
        hurt = self._hurt_before(first) if start == at and kind == "killed" else None
        if hurt and not (chain and chain[-1].start >= self._token_at(hurt.span.end)):
            self.out = [o for o in self.out if o is not hurt]
            self.out.append(replace(hurt, kind="killed", more=True))
            return
        chain = chain or (self._named(first) if passive or start == at else [])
        if not chain and (passive or kind == "killed"):
            chain = self._captives(first) or self._pronoun(first)
        goes_on = self._word(at + 1).isalnum() and self._word(at + 1) not in ENDS
        if (
            len(chain) == 1
            and chain[0].definite
            and not passive
            and goes_on
            and self._word(at) in self.words.transitive
        ):
            return  # "the soldier killed two"
        one = len(chain) == 1 and chain[0].low == chain[0].high == 1
        if chain and (passive or (kind == "killed" and one)) and not chain[-1].negative:
            chain = [*chain, *self._beside(at + 1)]
        if chain:
            self._emit(kind, chain, at, at + 1)

    def _captives(self, start: int) -> list[Group]:
        """Read "four of the tourists seized on Monday have been killed": captives of whom the verb at token `start` tells more."""
        told = self.out[-1] if self.out else None
        if (
            told is None
            or told.kind not in ("abducted", "arrested")
            or told.negative
            or told.figure.end >= told.span.end
        ):
            return []
        begin = self._token_at(told.span.end)
        gap = [self._word(n) for n in range(begin, start)]
        if len(gap) > LONGEST_GAP or BREAKS.intersection(gap) or "and" in gap or "," in gap:
            return []
        return [replace(g, part=False) for g in self.groups if self.tokens[g.start].start == told.figure.start]

    def _taken_before(self, at: int) -> list[Group]:
        """Read "dragged nine men from a bus and shot them" at "shot": those whom another verb of the sentence has just seized."""
        if self._word(at - 1) not in ("and", "then", "before", ","):
            return []
        for group in reversed([g for g in self.groups if g.end < at and g.person and not g.part and not g.negative]):
            first = group.start - (self._word(group.start - 1) in ("the", "all", "some", "off"))
            verb = self._word(first - 1)
            seized = (
                verb in SEIZED or verb in self.words.transitive or (verb == "up" and self._word(first - 2) in SEIZED)
            )
            gap = [self._word(n) for n in range(group.end, at)]
            if seized and len(gap) <= SEIZED_WITHIN and not {".", ";", ":", "while", "but"}.intersection(gap):
                return [replace(group, definite=False)]
        return []

    def _hurt_before(self, start: int) -> TollWords | None:
        """Read "a soldier wounded in the ambush has died", "two were wounded and later died": the hurt who died of it."""
        told = self.out[-1] if self.out else None
        if told is None or told.kind != "injured" or told.negative or told.part:
            return None
        told_by_participle = told.figure.end < told.span.end
        begin = self._token_at(told.span.end)
        gap = [self._word(n) for n in range(begin, start)]
        joined = gap in (["and"], ["and", "later"], ["and", "then"], ["but"], ["but", "later"]) or "and" not in gap
        apart = BREAKS.intersection(gap) if len(gap) > 2 else ()
        return told if told_by_participle and joined and not apart and len(gap) <= LONGEST_GAP else None

    def _token_at(self, place: int) -> int:
        """The first token that begins at or behind a place in the text."""
        return next((n for n, t in enumerate(self.tokens) if t.start >= place), len(self.tokens))

    def _pronoun(self, start: int) -> list[Group]:
        """The one person of "he was killed", whose verb group begins at token `start`: named before, so no plainer figure."""
        told = self._word(start - 1) in ("he", "she")
        return [Group(start - 1, start, 1, 1, person=True, named=True, noun_start=start - 1)] if told else []

    def _beside(self, at: int) -> list[Group]:
        """Read "was killed, along with four of his guards", "died with two of his men": who shared the fate at token `at`."""
        at += self._word(at) == ","
        joined = self._word(at) in ("with", "alongside")
        while self._word(at) in ("along", "together", "alongside"):
            at += 1
        shared = self._objects(at + (self._word(at) == "with")) if joined or self._word(at) == "with" else []
        return shared if shared and self._human(shared[0]) and not shared[0].bare else []

    def _none_counted(self, at: int) -> int | None:
        """How many tokens before the noun at `at` "no" or "without" stands that denies it; 0 where the words only say not yet."""
        previous = [self._word(at - n) for n in (1, 2, 3, 4)]
        none = next((n for n, w in enumerate(previous, 1) if w in ("no", "without", "zero", "not")), None)
        if none is None or (none > 3 and "reports" not in previous):
            return None
        sure = NOT_YET.isdisjoint(self._near(at, 4, 8)) and all(w in REPORTED for w in previous[: none - 1])
        return none if sure else 0

    def _found_dead(self, at: int) -> bool:
        """Read "a body was found", "the body of a girl was pulled out": one of the dead, who may have been counted before."""
        chain = self._objects(at + 2) if self._word(at + 1) == "of" else []
        if self._word(at - 1) == "the" and not (len(chain) == 1 and chain[0].single):
            return False
        if FOUND.isdisjoint(self._near(at, 6, 14)):
            return False
        self.faint = True
        start = at - 1 if self._word(at - 1) != "second" else at - 2
        self._put("killed", Group(max(0, start), at + 1, 1, 1, person=True, noun_start=at), at, at + 1)
        self.faint = False
        return True

    def _deed(self, at: int) -> None:
        """Read "the execution of 12 men", "the village lost five people", "she lost her husband and two sons"."""
        lost = self.tokens[at].lower in ("lost", "losing")
        if not lost and self._word(at + 1) != "of":
            return
        chain = self._objects(at + (1 if lost else 2))
        if lost and not chain and self._word(at + 1) in ("", ".", ",", ";", ")"):
            self._emit(
                "killed",
                [g for g in self.groups if g.end == at and self._human(g) and not g.part and not g.single],
                at,
                at + 1,
            )
            return  # "with 49 passengers lost"
        if not chain or chain[0].person is not True or chain[0].named:
            return
        kin = self._word(chain[0].end - 1) in KIN and len(chain) > 1
        if chain[0].definite and not (lost and kin):
            return
        if lost and not kin and (chain[0].single or self._word(at + 1) in DEFINITE):
            return
        if lost and self._word(chain[-1].end + 1).startswith("defect"):
            return
        self._emit("killed", [replace(g, definite=False) for g in chain] if kin else chain, at, at + 1)

    def _lives(self, at: int) -> None:
        """Read "claimed 12 lives", "21 people lost their lives", "cost him his life", "cost 13 soldiers their lives"."""
        before = self._near(at, 6, 0)
        if self._word(at - 1) in DEFINITE and GIVEN.intersection(before):
            verb = next(n for n in range(at - 1, max(-1, at - 7), -1) if self._word(n) in GIVEN)
            self._subject(verb, verb, "killed")
            return
        if self._word(at + 1) in ("were", "was", "have", "had") and TAKEN.intersection(self._near(at, 0, 4)):
            self._emit("killed", [g for g in self.groups if g.end == at and not g.negative][-1:], at, at + 2)
            return  # "nine lives were lost"
        if self._word(at + 1) != "of" and self._word(at - 1) in DEFINITE and {"cost", "costing", "costs"} & set(before):
            self._emit("killed", [g for g in self.groups if g.end == at - 1 and not g.negative][-1:], at, at + 1)
            return
        ahead = [g for g in self.groups if g.end == at and not g.negative]
        chain = ahead if self._word(at + 1) != "of" else self._objects(at + 2)
        if chain and TAKEN.intersection(before):
            self._emit("killed", chain[-1:] if chain is ahead else chain, at, at + 1)

    def _taken(self, at: int) -> None:
        """Read "took eight people hostage", "led 14 students away"."""
        chain = self._objects(at + 1)
        end = chain[-1].end if chain else at
        if chain and self._human(chain[0]) and CAPTIVE & {self._word(end), self._word(end - 1)}:
            self._emit("abducted", chain, at, end + (self._word(end) in CAPTIVE))

    def _left_hurt(self, at: int) -> None:
        """Read "leaving 40 people with burns", "six men suffered injuries"."""
        if self.tokens[at].lower.startswith("lea") or self.tokens[at].lower == "left":
            chain = self._objects(at + 1)
            end = chain[-1].end if chain else 0
            if chain and self._word(end) == "with" and HARMS & set(self._near(end, 0, 6)):
                self._emit("injured", chain, at, end)
        elif HARMS & set(self._near(at, 0, 6)):
            self._subject(at, at, "injured")

    def _sent_to_hospital(self, at: int) -> None:
        """Read "killing four worshippers and sending 50 to hospital", "sent five terrorists to hell"."""
        chain = self._objects(at + 1)
        end = chain[-1].end if chain else 0
        if chain and self._word(end) == "to" and self._word(end + 1) == "hell":
            self._emit("killed", chain, at, end)
        elif chain and self._word(end) in ("to", "in") and any(self._word(n) in HOSPITALS for n in (end + 1, end + 2)):
            self._emit("injured", chain, at, end)

    def _to_death(self, at: int) -> None:
        """Read "beat 13 officers to death": the people between a verb of violence and the words "to death"."""
        if self._word(at - 1) != "to" or any(
            o.kind == "killed" and o.span.end > self.tokens[at].start for o in self.out
        ):
            return
        if self._word(at - 2) in ("him", "her") and BEATEN.intersection(self._near(at - 2, 1, 0)):
            self._emit(
                "killed", [Group(at - 2, at - 1, 1, 1, person=True, named=True, noun_start=at - 2)], at - 1, at + 1
            )
            return
        victims = [g for g in self.groups if g.end == at - 1 and g.person is not False and not g.negative]
        if victims and BEATEN.intersection(self._near(victims[-1].start, BEATEN_WITHIN, 0)):
            chain = self._list_back(replace(victims[-1], definite=False))
            self._emit("killed", chain, at - 1, at + 1)

    def _as_many(self, at: int) -> None:
        """Read "left ten dead and as many wounded", "and twice as many injured": the figure before, told again of the hurt."""
        end = at + 1
        while self._word(end) in ("more", "others", "again", "people", "were"):
            end += 1
        kind = self.words.transitive.get(self._word(end))
        told = [o for o in self.out if o.kind == "killed" and not o.part and not o.negative]
        if self._word(at - 1) != "as" or kind != "injured" or not told or self._word(end + 1).isdigit():
            return
        times = 2 if self._word(at - 2) == "twice" else 1
        low, high = told[-1].low * times, told[-1].high * times
        group = Group(at - times, end, low, high, told[-1].open_high, person=True, noun_start=at, about=told[-1].about)
        self._put("injured", group, at - times, end + 1)
