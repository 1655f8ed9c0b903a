"""Read the figures of people killed, injured, missing, abducted and arrested, each with the words that state it.

A figure is an expression, not yet a fact of any incident: "killing 36 people, thirty of them children" gives two, the
second marked as a part of the first. `geo.details` decides which of them a claim may count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.details.people import Group, groups
from geo.details.toll_figures import BRINGS, RANGES
from geo.details.toll_idioms import HARMS, HOSPITALS, LONGEST_GAP, SEIZED, Idioms
from geo.details.toll_rules import TollKind, vocabulary
from geo.details.toll_words import TollWords
from geo.details.victims import AUXILIARIES
from geo.model import Sentence, Span

__all__ = ["TollWords", "expressions"]

# Verbs that are nouns too: "the killing of", "the murder of".
DEEDS = frozenset(
    "killing murder wounding maiming injuring slaying slaughter beheading lynching executing murdering massacring shooting".split()
)
TAKES = frozenset("took take taking takes led marched drove held hold holding".split())
UNDER = frozenset(("under", "beneath", "alive"))  # whom rubble buries need not be dead
NOT_KILLED_BY = frozenset("dead down at into through in off up out a".split()) - {"a"}
SURVIVED = frozenset(
    "wounded injured injuring wounding survived leg legs arm foot critical stable hospital shoulder".split()
)
MORTAL = frozenset("head heads chest neck temple".split())
LISTS = frozenset("list number toll count tally roll figure".split())
STOOD = frozenset("stood stand stands numbered rose climbed reached now risen jumped topped passed".split())
RETRACTED = re.compile(
    r"\b(?:an|the) (?:earlier|previous|original) version\b[^;]*"
    r"|\b(?:revis|lower|correct|rais|updat)\w+ (?:\w+ ){0,3}?(?:earlier|previous|original|initial|first) "
    r"(?:reports?|figures?|tolls?|counts?|estimates?) (?:of|that) [^;,]*",
    re.IGNORECASE,
)
RETRACTS = ("version", "revis", "lower", "correct", "rais", "updat")  # one of them stands in every match
RETOLD = frozenset(
    "later put puts gave gives speak spoke say figure count insist insisted acknowledged admitted conceded".split()
)
MEMORY = 3  # sentences over which "the figure was 34" still speaks of the dead named before


def expressions(text: str, sentences: Sequence[Sentence]) -> tuple[TollWords, ...]:
    """Every figure of people in `sentences`, in the order of the text."""
    words = vocabulary()
    found: list[TollWords] = []
    last_killed = -MEMORY - 1
    triggers = words.triggers | words.totals | words.later_totals
    for index, sentence in enumerate(sentences):
        after_killed = index - last_killed <= MEMORY
        said = {t.lower for t in sentence.tokens}
        if triggers.isdisjoint(said) and not (after_killed and not RETOLD.isdisjoint(said)):
            continue
        line = _Reader(text, sentence.tokens, words, after_killed=after_killed)
        mine = line.read()
        if any(m.kind == "killed" and not m.negative for m in mine):
            last_killed = index
        found += mine
    folded = text.casefold()
    retracted = [
        Span(m.start(), m.end())
        for s in (sentences if any(word in folded for word in RETRACTS) else ())
        for m in RETRACTED.finditer(text, s.span.start, s.span.end)
    ]
    found = [f for f in found if not any(r.covers(f.figure) for r in retracted)]
    return tuple(sorted(found, key=lambda f: (f.figure, f.kind)))


@dataclass(slots=True)
class _Reader(Idioms):
    """Reads the figures of one sentence, trigger by trigger."""

    def read(self) -> list[TollWords]:
        self.groups = groups(self.tokens, self.words)
        for at, token in enumerate(self.tokens):
            if at not in self.skipped and not (token.lower in self.words.phrases and self._expression(at)):
                self._word_of_harm(at, token.lower)
        if self.out or self.after_killed:
            self._rivals()
        self._elsewhere()
        self._parts()
        return self.out

    def _word_of_harm(self, at: int, word: str) -> None:
        """Read what the one word at token `at` says of people."""
        if word in self.words.transitive:
            self._transitive(at, self.words.transitive[word])
        elif word in self.words.state:
            self._state(at, self.words.state[word])
        elif word in self.words.intransitive:
            self._subject(at, at, self.words.intransitive[word])
        elif word in self.words.nouns:
            self._noun(at, self.words.nouns[word])
        elif word in self.words.totals or word in self.words.later_totals:
            self._total(at, known=word in self.words.totals)
        elif word in self.words.deeds or word in ("lost", "losing"):
            self._deed(at)
        else:
            self._turn_of_phrase(at, word)

    def _turn_of_phrase(self, at: int, word: str) -> None:
        """Read a word that speaks of victims only together with others."""
        if word in BRINGS:
            self._brought_to(at)
        if word in ("sending", "sent", "putting", "put"):
            self._sent_to_hospital(at)
        elif word in ("leaving", "left", "suffered", "suffering", "sustained", "received", "receiving"):
            self._left_hurt(at)
        elif word == "many":
            self._as_many(at)
        elif word in TAKES:
            self._taken(at)
        elif word == "with" and HARMS.intersection(self._near(at, 0, 3)):
            self._emit(
                "injured", [replace(g, part=False) for g in self.groups if g.end == at and not g.negative], at, at + 1
            )

    def _expression(self, at: int) -> bool:
        """Read an expression of several words that begins at token `at`: "with their throats cut", "carried off"."""
        for phrase in self.words.phrases[self._word(at)]:
            end = at + len(phrase.words)
            if any(self._word(n) not in words for n, words in zip(range(at, end), phrase.words, strict=True)):
                continue
            if self._only_possible(at):
                return False
            if phrase.nobody:
                self._put(phrase.kind, Group(at, end, 0, 0, negative=True, person=True), at, end)
                self.skipped.update(range(at, end))
                return True
            if phrase.carried and HOSPITALS.isdisjoint(self._near(end - 1, 0, 6)):
                continue
            before = len(self.out)
            self.faint = phrase.faint
            if phrase.faint and len(phrase.words) == 1 and not phrase.behind:
                self._emit(phrase.kind, [g for g in self.groups if g.end == at and g.bare and not g.part], at, end)
            elif not phrase.behind:
                self._subject(at, at, phrase.kind)
            elif (
                (chain := self._objects(end))
                and (self._human(chain[0]) or (chain[0].bare and phrase.kind == "killed"))
                and not UNDER.intersection(self._near(chain[-1].end - 1, 0, 5))
            ):
                self._emit(phrase.kind, chain, at, end)
            self.faint = False
            if len(self.out) > before:
                self.skipped.update(range(at, end))
                return True
        return False

    def _transitive(self, at: int, kind: TollKind) -> None:
        """Read "killed five", "five were killed", "killing five and wounding six"."""
        if self._only_possible(at) or at in self.skipped:
            return
        of_them = self._word(at - 1) == "of" or (self._word(at - 1) == "the" and self._word(at - 2) == "of")
        if of_them and self._word(at + 1) in ("to", "at"):
            self._emit(kind, [g for g in self._objects(at + 2) if g.bare], at, at + 2)  # "and of the wounded to 178"
        elif self._told_before(at):
            self._named_deed(at, kind)
        elif not (self._word(at) == "shot" and self._shot_otherwise(at)) and not self._killed_or_hurt(at, kind):
            self._done_to(at, "killed" if self._word(at - 1) in ("fatally", "mortally") else kind)

    def _named_deed(self, at: int, kind: TollKind) -> None:
        """Read "the wounded numbered 30", "the killing of two priests", where the word is a noun."""
        counted = at + 1 + (self._word(at + 1) == ",")
        if self._word(counted) in ("numbered", "numbering"):
            self._emit(kind, [g for g in self._objects(counted + 1) if g.bare], at, counted + 1)
        elif self._word(at + 1) == "of" and self._word(at) in DEEDS:
            self._emit(kind, self._objects(at + 2), at, at + 2)

    def _killed_or_hurt(self, at: int, kind: TollKind) -> bool:
        """Read "killed or wounded 20": the text does not say how many of each."""
        start, _ = self._auxiliaries(at)
        other = self.words.transitive.get(self._word(at + 2)) if self._word(at + 1) in ("and", "or") else None
        if not other or other == kind or not {kind, other} <= {"killed", "injured"}:
            return False
        together = self._objects(at + 3) or self._before(start, LONGEST_GAP) or []
        if together:
            self._emit("casualties", together, at, at + 3)
            self.skipped.add(at + 2)
        return bool(together)

    def _done_to(self, at: int, kind: TollKind) -> None:
        """Count the objects of the verb at token `at`, or its subject where it is passive."""
        start, passive = self._auxiliaries(at)
        chain = [] if passive else self._struck(at, kind, first=start == at)
        if chain:
            self._emit(kind, [*chain, *self._with_theirs(chain)], at, at + 1)
        elif (auxiliary := self._lined_up(at)) is not None:
            self._subject(at, auxiliary, kind)
        elif (
            self._word(at).endswith("ed")
            or self._word(at) in ("slain", "hurt")
            or (passive and self._word(at) == "shot")
        ):
            self._subject(at, start, kind)

    def _told_before(self, at: int) -> bool:
        """Is the word no verb here: "the wounded", "nine of those killed", "the killing of"?"""
        before = self._word(at - 1)
        if before == "those" and self._word(at - 2) == "of":
            return True
        return before == "the" or (before == "of" and not self._word(at).endswith("ing"))

    def _struck(self, at: int, kind: TollKind, *, first: bool) -> list[Group]:
        """The people that the verb at token `at` is done to; `first`: no auxiliary stands before it."""
        follower = self._word(at + 1)
        chain = self._objects(at + 1)
        inverted = first and follower in ("was", "were") and self._word(at - 1) in ("", "also")
        if not chain and (inverted or follower == ":"):
            chain = self._objects(at + 2)  # "Killed were two farmers", "Killed: two farmers"
        if (
            chain
            and follower == "and"
            and chain[0].start == at + 2
            and self._word(chain[-1].end) in self.words.transitive
        ):
            return []  # "left nine killed and 20 injured"
        if not chain and follower == "them":
            chain = self._taken_before(at)  # "pulled nine men from a bus and shot them"
        if not chain and follower == "him":
            aimed_at = not self._word(at).endswith("ing")  # beside one who was aimed at others may have died
            return [Group(at + 1, at + 2, 1, 1, person=True, named=True, leader=aimed_at, noun_start=at + 1)]
        picky = kind in ("abducted", "arrested") or self._word(at) == "shot"
        people = bool(chain) and (
            self._human(chain[0]) or (chain[0].bare and self._word(at).startswith(("abduct", "kidnap")))
        )
        return [] if chain and picky and not people else chain

    def _with_theirs(self, chain: list[Group]) -> list[Group]:
        """Those who are told beside one person: "killed the colonel with four of his guards", "along with his wife"."""
        one = len(chain) == 1 and chain[0].low == chain[0].high == 1
        return self._beside(chain[0].end) if one else []

    def _lined_up(self, at: int) -> int | None:
        """The auxiliary of "were lined up and shot", where a second participle has none of its own."""
        if self._word(at - 1) != "and":
            return None
        auxiliary = next((n for n in range(at - 2, max(-1, at - 9), -1) if self._word(n) in ("was", "were")), None)
        if auxiliary is not None:
            return auxiliary
        ends = {
            g.end for g in self.groups if not g.part and g.person is not False
        }  # "two men dragged from a car and shot"
        return next(
            (n for n in range(at - 2, max(-1, at - LONGEST_GAP), -1) if n in ends and self._word(n) in SEIZED), None
        )

    def _shot_otherwise(self, at: int) -> bool:
        """Is "shot" at token `at` not by itself a killing: "shot dead", "shot down", "shot at", "shot and wounded"?"""
        follower, second = self._word(at + 1), self._word(at + 2)
        if follower in ("and", "or"):
            return second in self.words.transitive or second in self.words.state
        if follower == "at" and second in ("least", "most"):
            return False
        if follower == "in" and MORTAL.intersection(self._near(at + 1, 0, 4)):
            return not SURVIVED.isdisjoint(self._near(at, 0, 12))  # "shot in the head"
        after = {self._word(n) for n in range(at + 1, min(at + 14, len(self.tokens)))}
        return follower in NOT_KILLED_BY or not after.isdisjoint(SURVIVED)

    def _state(self, at: int, kind: TollKind) -> None:
        """Read "seven dead", "41 people are now confirmed dead", "shot dead three men"."""
        start, _ = self._auxiliaries(at)
        start -= self._word(at - 1) == "of"  # "dozens of dead"
        passive = self._word(at - 2) in AUXILIARIES - {"had", "have", "has"}
        victims = self._objects(at + 1) if self._word(at - 1) == "shot" and not passive else []
        chain = victims or self._before(start, LONGEST_GAP if start < at else 0) or self._left_dead(at)
        chain = chain or self._some_left(at) or (self._captives(start) or self._pronoun(start) if start < at else [])
        if (
            chain
            and self._word(at + 1) in ("and", "or")
            and self.words.transitive.get(self._word(at + 2)) == "injured"
            and not self._objects(at + 3)
        ):
            self._emit("casualties", chain, at, at + 3)  # "left several people dead and wounded"
            self.skipped.add(at + 2)
        elif chain:
            self._emit(kind, chain, at, at + 1)
        elif self._word(at - 1) == "the" and (
            self._word(at + 1) in ("numbered", "number", "may", "totalled", "were", "at", "reached", *RANGES)
            or (self._word(at - 2) == "of" and self._word(at - 3) in LISTS)
        ):
            self._total(at, known=True)  # "the dead numbered 23", "the list of the dead grew to 30"

    def _left_dead(self, at: int) -> list[Group]:
        """Read "left the British contractor N. N. dead": a person by name between the verb and "dead"."""
        left = next((n for n in range(at - 1, max(-1, at - 14), -1) if self._word(n) in ("left", "leaving")), None)
        chain = self._objects(left + 1) if left is not None else []
        end = chain[-1].end if chain else 0
        aside = self._word(end) == "," and self._word(at - 1) == ","  # "left 14 people, two of them soldiers, dead"
        return chain if chain and (end == at or aside) else []

    def _some_left(self, at: int) -> list[Group]:
        """Read "left 17 of them dead": a part of people told before, all of whom the verb counts."""
        some = [g for g in self.groups if g.end == at and g.part and not g.included and not g.negative]
        left = bool(some) and self._word(some[-1].start - 1) in ("left", "leaving")
        return [replace(some[-1], part=False)] if left else []

    def _noun(self, at: int, kind: TollKind) -> None:
        """Read "two deaths", "no casualties", "the deaths of six people", "claimed 12 lives"."""
        word = self.tokens[at].lower
        rising = word in ("deaths", "fatalities") and self._word(self._to_verb(at + 1)) in STOOD
        if rising and kind == "killed":
            self._total(at, known=True)
            return
        if word in ("lives", "life"):
            self._lives(at)
            return
        if word == "death" and self._word(at - 1) == "to":
            self._to_death(at)
            return
        if word in ("body", "corpse") and self._found_dead(at):
            return
        if (none := self._none_counted(at)) is not None:
            if none:
                self._put(kind, Group(at - none, at + 1, 0, 0, negative=True, person=True), at - none, at + 1)
            return
        if self._word(at + 1) == "of" or (self._word(at + 1) == ":" and kind != "casualties"):
            chain = self._objects(at + 2)
            if (
                chain
                and (self._word(at + 1) == "of" or not chain[0].definite)
                and (word not in ("body", "bodies") or len(chain) > 1 or not _one_known(chain[0]))
            ):
                self._emit(kind, chain, at, at + 2)
                return
        chain = [
            g
            for g in self.groups
            if g.end in (at, at - 1) and g.start < at and not g.definite and g.person is not False and not g.negative
        ]
        chain = [g for g in chain if g.end == at or self._word(at - 1) in ("civilian", "confirmed", "dead")]
        if (
            chain
            and not (chain[-1].low == chain[-1].high == 1 and self._word(chain[-1].start) in ("a", "an", "another"))
            and not self._only_possible(at)
        ):
            self._emit(kind, chain[-1:], at, at + 1)


def _one_known(group: Group) -> bool:
    """Is this one person, who may have been counted before: "the body of a girl"?"""
    return group.definite or group.named or group.single
