"""Write down the figures of one sentence: those of verbs, totals ("the toll rose to 41"), rival figures and parts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from geo.details.people import Group
from geo.details.toll_rules import TollKind
from geo.details.toll_scope import over
from geo.details.toll_words import Members, TollWords
from geo.details.victims import Line
from geo.model import Span

REVISED_ALONE = 10  # a smaller bare figure in a sentence of its own may count anything
SAYS_A_TOLL = frozenset("figure toll it count acknowledged admitted conceded".split())
REVISED_BY = frozenset("as when after by once on".split())
REVISED = (("raised", "to"), ("revised", "to"), ("lowered", "to"), ("corrected", "to"), ("cut", "to"))
MEMBERS = 2
FROM_TOLL_TO_VERB = 14  # tokens
RANGES = frozenset("range ranges ranged ranging vary varies varied between".split())
RISES = frozenset(
    """rose rises risen rising climbed climbs climbing climb reached reaches reach jumped hit stands stood stand passed
    exceeded grew grown range ranges ranged vary varied numbered topped put is was were has had at raised revised brought fell to gone went""".split()
)
BRINGS = frozenset(
    "revising revised revises lowering lowered corrected reduced bringing brings brought taking takes took raising raises raised pushing pushes pushed".split()
)
GROWS = frozenset(
    """rose rises risen rising climbed climbs climbing climb reached reaches reach jumped hit stands stood stand passed
    exceeded grew grown topped raised revised now gone went""".split()
)
NO_TOLL_GOES_ON = frozenset(", ; : . ( but while who which that includes including and".split())
SIDE_WITHIN = 8  # tokens from "no casualties" to "on the army's side"
OWN_RANKS = frozenset("ranks ours own".split())
SUFFERED = frozenset("suffered suffering sustained took".split())
ARMED = frozenset(
    "troops forces army soldiers police military policemen marines fighters militants unit patrol side".split()
)
NEARBY = frozenset("neighbouring neighboring nearby adjacent adjoining the".split())
HURT = frozenset(("wounded", "injured", "injuries"))
# Verbs that tell of one person known before ("the driver was killed") as well as of people counted.
OF_ONE_KNOWN = tuple(
    "kill murder wound injur abduct kidnap behead execut die perish succumb drown shot gun stab hack hang lynch slain with dead".split()
)
AIMED = tuple(
    "kill assassin elimin neutral slay slain target dead".split()
)  # at one person, beside whom others may have died


@dataclass(slots=True)
class Figures(Line):
    """A sentence with the figures found in it so far."""

    out: list[TollWords] = field(default_factory=list)
    faint: bool = False  # are the words that are read now only a faint sign of a toll?

    def _total(self, at: int, *, known: bool) -> None:
        """Read "the toll rose to 41", "the final count was 84"; `known` where the word itself speaks of the dead."""
        if not known and not (
            self.after_killed or self._speaks_of_victims() or self._word(at - 1) in ("final", "body")
        ):
            return
        end = self._to_verb(self._past_aside(at + 1))
        first = end
        while end < len(self.tokens) and end - first < 10 and self._word(end) in self.words.links:
            if any(g.start == end for g in self.groups if g.start not in self.used):
                break
            end += 1
        group = next((g for g in self.groups if g.start == end and end > at + 1), None)
        if group is None or group.person is False or group.definite or group.part or group.negative:
            return
        if group.bare or group.person:
            kind: TollKind = "injured" if HURT.intersection(self._near(at, 0, end - at)) else "killed"
            self._withdraw(group)
            again = any(o.kind == kind and not o.part and not o.negative for o in self.out)
            self._put(kind, self._latest(group), at, group.end, rival=again, total=self._sums_up(at, group))

    def _brought_to(self, at: int) -> None:
        """Read "bringing to three the number of dead", whose verb is token `at`."""
        group = next((g for g in self.groups if g.start == at + 2 and g.person is not False), None)
        counted = self._near(group.end - 1, 0, 3) if group and self._word(at + 1) == "to" else []
        if group and {"number", "toll", "total"}.intersection(counted):
            kind: TollKind = "injured" if HURT.intersection(self._near(group.end, 0, 6)) else "killed"
            self._put(kind, group, at, group.end, total=True)

    def _sums_up(self, at: int, group: Group) -> bool:
        """Does a total at token `at` take the place of what was told before: "bringing the toll to 14", "the toll rose to 14"?"""
        brought = not BRINGS.isdisjoint(self._near(at, 4, 0))
        between = {self._word(n) for n in range(at, group.start)}
        return brought or not between.isdisjoint(GROWS)

    def _to_verb(self, at: int) -> int:
        """The verb of "the toll from the market bombings has risen to 14" that is told of what begins at token `at`; else `at`."""
        for n in range(at, min(at + FROM_TOLL_TO_VERB, len(self.tokens))):
            if self._word(n) in RISES:
                return n
            if self._word(n) in NO_TOLL_GOES_ON:
                break
        return at

    def _latest(self, group: Group) -> Group:
        """The figure that stands now: the second of "rose from 30 to 71" and of "fell from 58 to 52"."""
        if not RANGES.isdisjoint(self._near(group.start, 2, 0)):
            return group  # "estimates of the dead range from 150 to 2,000"
        went_up = self._word(group.start) == "up" and self._word(group.start - 1) in ("gone", "went")
        if self._word(group.start) == "from" or went_up:
            return replace(group, low=group.high)
        later = next((g for g in self.groups if g.start == group.end + 1 and g.bare), None)
        if later and self._word(group.end) == "to" and "from" in self._near(group.start, 2, 0):
            self.used.add(group.start)
            return later
        return group

    def _past_aside(self, at: int) -> int:
        """The token after ", first given as nine," where such an aside begins at `at`."""
        if self._word(at) != ",":
            return at
        close = next((n for n in range(at + 1, min(at + 12, len(self.tokens))) if self._word(n) == ","), at - 1)
        return close + 1 if self._word(close + 1) in self.words.links else at

    def _rivals(self) -> None:
        """Read "the army counts 132 dead; residents speak of 160": a bare figure told by another."""
        killed = any(o.kind == "killed" and not o.part for o in self.out)
        for group in self.groups:
            bare = group.start not in self.used and group.bare and group.person is not False
            if not bare or group.low < 2 or group.part or group.more or group.start == 0:
                continue
            before = [self._word(n) for n in range(max(0, group.start - 3), group.start)]
            told = any(tuple(before[-len(r) :]) == r for r in self.words.rivals)
            source = self._word(group.end) in ("by", "according") and self._word(group.start - 1) in (",", "and", "or")
            told = told or source  # "58 by the ministry's count and 71 by the union's"
            closed = source or not self._word(group.end)[:1].isalnum() or self._word(group.end) in REVISED_BY
            enough = group.low >= REVISED_ALONE or not SAYS_A_TOLL.isdisjoint(before)
            alone = not self.out and self.after_killed and enough
            if told and closed:
                self._withdraw(group)
            if told and closed and (killed or alone):
                self._put("killed", group, group.start, group.end, rival=True)

    def _withdraw(self, group: Group) -> None:
        """Forget the dead counted before a figure that corrects them: "nine dead was raised to 61"."""
        if (self._word(group.start - 2), self._word(group.start - 1)) in REVISED:
            self.out = [o for o in self.out if o.kind != "killed" or o.part or o.negative]

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
            if self._after_its_place(group):
                self._put("killed" if not self.out else self.out[-1].kind, group, group.start, group.end)
                continue
            joined = self._word(group.start - 1) in ("and", ",", "with")
            if not joined or self._word(group.end) not in ("in", "at", "near"):
                continue
            following = self.tokens[group.end + 1] if group.end + 1 < len(self.tokens) else None
            if following is not None and following.lower in NEARBY and group.end + 2 < len(self.tokens):
                following = self.tokens[group.end + 2]
            mates = [
                o for o in self.out if o.span.end <= self.tokens[group.start].start and not o.part and not o.negative
            ]
            if following is not None and following.text[0].isupper() and mates:
                self._put(mates[-1].kind, group, group.start, group.end)

    def _after_its_place(self, group: Group) -> bool:
        """Read "one died in Xa and in Yb three"."""
        at = group.start
        placed = at > 2 and self.tokens[at - 1].text[0].isupper() and self._word(at - 2) in ("in", "at")
        closed = not self._word(group.end)[:1].isalnum() or self._word(group.end) == "and"
        return bool(self.out) and placed and closed and group.bare and self._word(at - 3) in ("and", ",")

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
        """One figure from a list of people that share a verb at tokens `first` to `end`; none of an empty list."""
        if not chain:
            return
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
            all(g.leader for g in counted) and self.tokens[first].lower.startswith(AIMED),
            noun_start=counted[0].noun_start or counted[0].start,
            about=any(g.about for g in counted),
        )
        if (
            whole.definite
            and len(counted) == 1
            and not whole.named
            and not self.tokens[first].lower.startswith(OF_ONE_KNOWN)
        ):
            return
        civil = [g for g in counted if g.whom in ("civilian", "child")]
        civilians = (sum(g.low for g in civil), sum(g.high for g in civil)) if civil else None
        self.used.update(g.start for g in chain)
        self._put(kind, whole, first, end, civilians=civilians)
        if len({(g.whom, g.person) for g in counted}) > 1 and self.out and self.out[-1].low == whole.low:
            self.out[-1] = replace(self.out[-1], each=tuple(self._members(g) for g in counted))

    def _members(self, group: Group) -> Members:
        words = Span(self.tokens[group.start].start, self.tokens[group.end - 1].end)
        return Members(words, group.whom, group.low, group.high)

    def _of_one_side(self, first: int, end: int) -> bool:
        """Do words at tokens `first` to `end` that nobody was hurt speak of one side alone: "no casualties on the army's side"?"""
        ahead = [self._word(n) for n in range(end, min(end + SIDE_WITHIN, len(self.tokens)))]
        own = "side" in ahead or not OWN_RANKS.isdisjoint(ahead)
        suffered = SUFFERED.intersection(self._near(first, 4, 0)) and ARMED.intersection(self._near(first, 9, 0))
        return own or bool(suffered)

    def _put(
        self,
        kind: TollKind,
        group: Group,
        first: int,
        end: int,
        *,
        rival: bool = False,
        total: bool = False,
        civilians: tuple[int, int] | None = None,
    ) -> None:
        """Add one figure that is told by tokens `first` to `end` and the group's own."""
        self.used.add(group.start)
        figure = Span(self.tokens[group.start].start, self.tokens[group.end - 1].end)
        span = Span(min(figure.start, self.tokens[first].start), max(figure.end, self.tokens[max(first, end - 1)].end))
        if any(o.figure.overlaps(figure) and o.kind == kind for o in self.out):
            return
        period, places = over(self, figure, span)
        part = group.part or (group.negative and self._of_one_side(first, end))
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
            or {"as", "well"} <= {*self._near(group.end - 1, 0, 6), *self._near(end - 1, 0, 3)}
            or "also" in (self._word(n) for n in range(group.start - 1, end) if not group.start <= n < group.end)
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
                part,
                period or places,
                period,
                group.negative,
                more,
                rival,
                total or (kind == "killed" and "now" in self._near(first, 3, 0)),
                group.named,
                group.leader,
                civilians,
                side,
                self.faint,
                group.about,
            )
        )
