"""Read the figures of people killed, injured, missing, abducted and arrested, each with the words that state it.

A figure is an expression, not yet a fact of any incident: "killing 36 people, thirty of them children" gives two, the
second marked as a part of the first. `geo.details` decides which of them a claim may count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.model import Sentence, Span
from geo.people import DEFINITE, Group, groups
from geo.toll_rules import TollKind, vocabulary
from geo.toll_scope import over
from geo.toll_words import TollWords
from geo.victims import AUXILIARIES, Line

__all__ = ["TollWords", "expressions"]

LONGEST_GAP = 16  # tokens between the people and the verb; farther off, the verb has another subject
STOOD = frozenset("stood rose climbed reached now".split())
REVISED_ALONE = 10  # a smaller bare figure in a sentence of its own may count anything
REVISED_BY = frozenset("as when after by once on".split())
RETRACTED = re.compile(r"\b(?:an|the) (?:earlier|previous|original) version\b[^;]*", re.IGNORECASE)
MEMBERS = 2
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
        if triggers.isdisjoint(said) and not (after_killed and "later" in said):
            continue
        line = _Reader(text, sentence.tokens, words, after_killed=after_killed)
        mine = line.read()
        if any(m.kind == "killed" and not m.negative for m in mine):
            last_killed = index
        found += mine
    retracted = [
        Span(m.start(), m.end()) for s in sentences for m in RETRACTED.finditer(text, s.span.start, s.span.end)
    ]
    found = [f for f in found if not any(r.covers(f.figure) for r in retracted)]
    return tuple(sorted(found, key=lambda f: (f.figure, f.kind)))


@dataclass(slots=True)
class _Reader(Line):
    """Reads the figures of one sentence, trigger by trigger."""

    out: list[TollWords] = field(default_factory=list)

    def read(self) -> list[TollWords]:
        self.groups = groups(self.tokens, self.words)
        for at, token in enumerate(self.tokens):
            word = token.lower
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
            elif word in ("leaving", "left", "suffered", "suffering", "sustained"):
                self._left_hurt(at)
        if self.out or self.after_killed:
            self._rivals()
        self._elsewhere()
        self._parts()
        return self.out

    def _transitive(self, at: int, kind: TollKind) -> None:
        """Read "killed five", "five were killed", "killing five and wounding six"."""
        if self._only_possible(at) or at in self.skipped:
            return
        start, passive = self._auxiliaries(at)
        follower = self._word(at + 1)
        other = self.words.transitive.get(self._word(at + 2)) if follower in ("and", "or") else None
        if other and other != kind and {kind, other} <= {"killed", "injured"}:
            together = self._objects(at + 3)
            together = together or self._before(start, LONGEST_GAP) or []
            if together:  # "killed or wounded 20": the text does not say how many of each
                self._emit("casualties", together, at, at + 3)
                self.skipped.add(at + 2)
                return
        chain = [] if passive else self._objects(at + 1)
        if not chain and start == at and self._word(at + 1) in ("was", "were") and self._word(at - 1) in ("", "also"):
            chain = self._objects(at + 2)  # "Killed were two farmers"
        if chain and kind in ("abducted", "arrested") and not self._human(chain[0]):
            chain = []
        if chain:
            self._emit(kind, chain, at, at + 1)
        elif self.tokens[at].lower.endswith("ed") or self._word(at) in ("slain", "hurt"):
            self._subject(at, start, kind)

    def _subject(self, at: int, start: int, kind: TollKind) -> None:
        """The people before the verb at token `at`, whose auxiliaries begin at `start`."""
        if self._only_possible(at):
            return
        begin, _ = self._auxiliaries(at)
        chain = self._before(min(start, begin), LONGEST_GAP, kind)
        if chain:
            self._emit(kind, chain, at, at + 1)

    def _state(self, at: int, kind: TollKind) -> None:
        """Read "seven dead", "41 people are now confirmed dead", "shot dead three men"."""
        start, _ = self._auxiliaries(at)
        victims = (
            self._objects(at + 1) if self._word(at - 1) == "shot" and self._word(at - 2) not in AUXILIARIES else []
        )
        chain = victims or self._before(start, LONGEST_GAP if start < at else 0)
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
        elif self._word(at - 1) == "the" and (self._word(at + 1) in ("numbered", "were") or self._word(at - 2) == "of"):
            self._total(at, known=True)  # "the dead numbered 23", "the list of the dead grew to 30"

    def _noun(self, at: int, kind: TollKind) -> None:
        """Read "two deaths", "no casualties", "the deaths of six people", "claimed 12 lives"."""
        word = self.tokens[at].lower
        if word in ("deaths", "fatalities") and self._word(at + 1) in STOOD and kind == "killed":
            self._total(at, known=True)
            return
        previous = [self._word(at - n) for n in (1, 2, 3)]
        if word in ("lives", "life"):
            self._lives(at)
            return
        none = next((n for n, w in enumerate(previous, 1) if w in ("no", "without", "zero", "not")), None)
        if none is not None and not {
            "immediate",
            "immediately",
            "further",
            "more",
            "other",
            "additional",
            "confirmed",
        } & set(self._near(at, 3, 8)):
            if all(
                self._word(at - n)
                in (
                    "civilian",
                    "any",
                    "or",
                    "deaths",
                    "injuries",
                    "serious",
                    "fatal",
                    "human",
                    "reported",
                    "causing",
                    "cause",
                    "further",
                    "loss",
                    "of",
                )
                for n in range(1, none)
            ):
                self._put(kind, Group(at - none, at + 1, 0, 0, negative=True, person=True), at - none, at + 1)
            return
        if self._word(at + 1) == "of":
            chain = self._objects(at + 2)
            if chain and (
                word not in ("body", "bodies") or not (chain[0].definite or chain[0].named or chain[0].single)
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

    def _deed(self, at: int) -> None:
        """Read "the execution of 12 men", "the village lost five people"."""
        lost = self.tokens[at].lower in ("lost", "losing")
        if not lost and self._word(at + 1) != "of":
            return
        chain = self._objects(at + (1 if lost else 2))
        if not chain or chain[0].person is not True or chain[0].definite or chain[0].named:
            return
        if lost and (
            chain[0].single or self._word(at + 1) in DEFINITE or self._word(chain[-1].end + 1).startswith("defect")
        ):
            return
        self._emit("killed", chain, at, at + 1)

    def _lives(self, at: int) -> None:
        """Read "claimed 12 lives", "21 people lost their lives", "cost him his life"."""
        before = self._near(at, 6, 0)
        given = {"lost", "lose", "losing", "gave", "give", "giving", "given", "laid"}
        if self._word(at - 1) in DEFINITE and given & set(before):
            verb = next(n for n in range(at - 1, max(-1, at - 7), -1) if self._word(n) in given)
            self._subject(verb, verb, "killed")
            return
        verbs = {"claimed", "claiming", "claim", "cost", "costing", "took", "taken", "taking", "loss", "lost"}
        chain = (
            [g for g in self.groups if g.end == at and not g.negative]
            if self._word(at + 1) != "of"
            else self._objects(at + 2)
        )
        if chain and verbs & set(before):
            self._emit("killed", chain[-1:], at, at + 1)

    def _total(self, at: int, *, known: bool) -> None:
        """Read "the toll rose to 41", "the final count was 84"; `known` where the word itself speaks of the dead."""
        if not known and not (
            self.after_killed or self._speaks_of_victims() or self._word(at - 1) in ("final", "body")
        ):
            return
        end = self._past_aside(at + 1)
        first = end
        while end < len(self.tokens) and end - first < 10 and self._word(end) in self.words.links:
            if any(g.start == end for g in self.groups if g.start not in self.used):
                break
            end += 1
        group = next((g for g in self.groups if g.start == end and end > at + 1), None)
        if group is None or group.person is False or group.definite or group.part or group.negative:
            return
        if group.bare or group.person:
            again = any(o.kind == "killed" and not o.part and not o.negative for o in self.out)
            self._put("killed", group, at, group.end, rival=again)
            higher = next((g for g in self.groups if g.start == group.end + 1 and g.bare), None)
            if higher and self._word(group.end) == "to" and "from" in self._near(group.start, 2, 0):
                self._put("killed", higher, higher.start, higher.end, rival=True)  # "from 30 to 71"

    def _past_aside(self, at: int) -> int:
        """The token after ", first given as nine," where such an aside begins at `at`."""
        if self._word(at) != ",":
            return at
        close = next((n for n in range(at + 1, min(at + 12, len(self.tokens))) if self._word(n) == ","), at - 1)
        return close + 1 if self._word(close + 1) in self.words.links else at

    def _left_hurt(self, at: int) -> None:
        """Read "leaving 40 people with burns", "six men suffered injuries"."""
        harms = {"injuries", "injury", "wounds", "burns", "concussion", "concussions", "trauma"}
        if self.tokens[at].lower.startswith("lea") or self.tokens[at].lower == "left":
            chain = self._objects(at + 1)
            end = chain[-1].end if chain else 0
            if chain and self._word(end) == "with" and harms & set(self._near(end, 0, 6)):
                self._emit("injured", chain, at, end)
        elif harms & set(self._near(at, 0, 6)):
            self._subject(at, at, "injured")

    def _rivals(self) -> None:
        """Read "the army counts 132 dead; residents speak of 160": a bare figure told by another."""
        killed = any(o.kind == "killed" and not o.part for o in self.out)
        for group in self.groups:
            bare = group.start not in self.used and group.bare and group.person is not False
            if not bare or group.low < 2 or group.part or group.more or group.start == 0:
                continue
            before = [self._word(n) for n in range(max(0, group.start - 3), group.start)]
            told = any(tuple(before[-len(r) :]) == r for r in self.words.rivals)
            closed = not self._word(group.end)[:1].isalnum() or self._word(group.end) in REVISED_BY
            alone = not self.out and self.after_killed and group.low >= REVISED_ALONE
            if told and closed and (killed or alone):
                self._put("killed", group, group.start, group.end, rival=True)

    def _elsewhere(self) -> None:
        """Read "killed four people in Xa and three in Yb": a second figure that shares the first one's verb."""
        for group in self.groups:
            if (
                group.start in self.used
                or group.part
                or group.definite
                or group.person is False
                or not (group.bare or group.more)
            ):
                continue
            if self._word(group.start - 1) not in ("and", ",") or self._word(group.end) not in ("in", "at", "near"):
                continue
            following = self.tokens[group.end + 1] if group.end + 1 < len(self.tokens) else None
            mates = [
                o for o in self.out if o.span.end <= self.tokens[group.start].start and not o.part and not o.negative
            ]
            if following is not None and following.text[0].isupper() and mates:
                self._put(mates[-1].kind, group, group.start, group.end)

    def _parts(self) -> None:
        """Read "36 people, thirty of them children": parts take the kind of the figure before them."""
        for group in self.groups:
            if not group.part or group.start in self.used or group.negative:
                continue
            place = self.tokens[group.start].start
            wholes = [o for o in self.out if not o.part and not o.negative and o.figure.start < place]
            if wholes:
                self._put(max(wholes, key=lambda o: o.figure).kind, group, group.start, group.end)

    def _emit(self, kind: TollKind, chain: list[Group], first: int, end: int) -> None:
        """One figure from a list of people that share a verb at tokens `first` to `end`."""
        counted = [g for g in chain if not g.negative] or chain
        if len(counted) > MEMBERS and counted[0].low == sum(g.low for g in counted[1:]):
            counted = counted[:1]  # "five people, three civilians and two soldiers"
        whole = Group(
            counted[0].start,
            counted[-1].end,
            sum(g.low for g in counted),
            sum(g.high for g in counted),
            any(g.open_high for g in counted),
            counted[0].whom if len({g.whom for g in counted}) == 1 else "",
            True,
            counted[0].part,
            counted[0].more,
            counted[0].negative,
            counted[0].definite,
            all(g.named for g in counted),
            all(g.leader for g in counted),
            noun_start=counted[0].noun_start or counted[0].start,
        )
        if (
            whole.definite
            and len(counted) == 1
            and not whole.named
            and not self.tokens[first].lower.startswith(
                ("kill", "murder", "wound", "injur", "abduct", "kidnap", "behead", "execut")
            )
        ):
            return
        civil = [g for g in counted if g.whom in ("civilian", "child")]
        civilians = (sum(g.low for g in civil), sum(g.high for g in civil)) if civil else None
        self.used.update(g.start for g in chain)
        self._put(kind, whole, first, end, civilians=civilians)

    def _put(
        self,
        kind: TollKind,
        group: Group,
        first: int,
        end: int,
        *,
        rival: bool = False,
        civilians: tuple[int, int] | None = None,
    ) -> None:
        """Add one figure that is told by tokens `first` to `end` and the group's own."""
        self.used.add(group.start)
        figure = Span(self.tokens[group.start].start, self.tokens[group.end - 1].end)
        span = Span(min(figure.start, self.tokens[first].start), max(figure.end, self.tokens[max(first, end - 1)].end))
        if any(o.figure.overlaps(figure) and o.kind == kind for o in self.out):
            return
        period, places = over(self, figure)
        side = (
            Span(self.tokens[group.noun_start].start, figure.end)
            if group.start <= group.noun_start < group.end
            else None
        )
        if civilians is None and group.whom in ("civilian", "child"):
            civilians = (group.low, group.high)
        more = (
            group.more
            or self._word(group.end) == "more"
            or {"as", "well"} <= set(self._near(group.end - 1, 0, 6))
            or self._word(group.start - 1) == "also"
        )
        self.out.append(
            TollWords(
                span,
                figure,
                kind,
                group.low,
                group.high,
                group.whom,
                group.open_high,
                group.part,
                period or places,
                period,
                group.negative,
                more,
                rival,
                group.named,
                group.leader,
                civilians,
                side,
            )
        )
