"""Find the people of whom a verb of harm is told: its objects, its subject, and the lists that they form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from geo import numbers
from geo.details.people import DEFINITE, HOUSEHOLDS, Group, titled
from geo.details.toll_rules import Vocabulary
from geo.model import Token

AUXILIARIES = frozenset("was were is are been being be have has had get got gets".split())
OF_OR_AT = frozenset("of from in at on near guarding manning with".split())
OWN_VERB_WITHIN = 9  # tokens from people to "were hurt"
CLAUSE_WORDS = frozenset(", ; : . ( and but who which that when while as after before where".split())
BETWEEN = AUXILIARIES | frozenset(
    """also all reportedly allegedly already then now just later since confirmed believed feared thought to known
    reported both fatally seriously critically severely slightly lightly badly shot beaten burned burnt hacked stabbed blown found
    left lay lies lying brutally deliberately only who that which instantly apparently at still presumed pronounced declared
    dug out pulled dragged carried either themselves himself feared ambushed not""".split()
)
AFTER_VERB = frozenset(
    "outright instantly dead also of about down up to off himself herself themselves self an estimated only".split()
)
ABOARD = frozenset("board aboard inside".split())
ONESELF = frozenset("himself herself themselves self".split())
SPEAKS = frozenset("said says told reported reports added confirmed announced claimed stated wrote".split())
MODALS = frozenset("would could might may should can will must".split())
PLANS = frozenset(
    "threatened threatens vowed vows planned planning plans plan tried trying attempted attempting plot plotted wants wanted ordered seeking".split()
)
PHRASE_STARTS = frozenset("of from in at on with near inside including who aboard belonging".split()) | {
    ",",
    "(",
    "-",
    "–",
    "—",
}
NAMES_LINKED = frozenset("from of the and , al bin ibn abu de van der - all both".split())
OF_WHAT = 7  # tokens of "of the village of Oum"
TWO = 2  # names of a list; words of a person's full name
SCENE_BEFORE = frozenset("in at near of from to on between outside around across into by with against for".split())
BREAKS = frozenset("but when as while after before because where if although though ;".split())


@dataclass(slots=True)
class Line:
    """One sentence while it is read."""

    text: str
    tokens: tuple[Token, ...]
    words: Vocabulary
    after_killed: bool
    groups: list[Group] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    spread: bool | None = None  # does the sentence speak of a period or of several places at all?

    def _objects(self, at: int) -> list[Group]:
        """The coordinated people from token `at` on: "two soldiers, a driver and three children"."""
        while self._word(at) == "[" and self._word(at + 2) == "]":  # a footnote mark
            at += 3
        beside_self = 0
        while (self._word(at) in AFTER_VERB or (beside_self and self._word(at) == "and")) and not any(
            g.start == at for g in self.groups
        ):
            beside_self |= self._word(at) in ONESELF
            at += 1
        at += self._word(at) == "," and self._word(at - 1) in ONESELF
        if self._word(at) in DEFINITE and any(g.start == at + 1 and not g.bare for g in self.groups):
            at += 1  # "her two sons"
        first = (
            next((g for g in self.groups if g.start == at), None) or titled(self.tokens, at, self.words)
            if at < len(self.tokens)
            else None
        )
        if first is None and (household := self._household(at)):
            return household
        if (
            first is None
            or first.person is False
            or (first.part and not self._some_aboard(first))
            or (first.single and not first.person and self._word(first.end) == "of")
            or (first.bare and not self._figure_alone(first))
        ):
            return []
        # the bomber himself is counted by some and not by others
        chain = [replace(first, part=False, high=first.high + beside_self)]
        while True:
            following = self._next_in_list(chain[-1], self._past_name(chain[-1]))
            if following is None:
                return chain
            chain.append(following)

    def _household(self, at: int) -> list[Group]:
        """Read "a whole family, nine people in all" at token `at`: as many as the apposition says."""
        comma = next((n for n in range(at + 1, at + 5) if self._word(n) == ","), 0)
        everybody = self._word(at) in ("all", "everyone", "everybody") and self._word(comma - 1) in ABOARD
        if not comma or not (everybody or (self._word(at) in ("a", "an") and self._word(comma - 1) in HOUSEHOLDS)):
            return []
        if everybody:  # "killing everyone on board, 40 paratroopers and nine crew"
            listed = [g for g in self.groups if g.start > comma and g.person and not (g.part or g.definite)]
            return [
                g for n, g in enumerate(listed) if g.start == comma + 1 or (n and g.start - listed[n - 1].end <= TWO)
            ]
        return [g for g in self.groups if g.start == comma + 1 and g.person and not g.bare and not g.part]

    def _some_aboard(self, group: Group) -> bool:
        """Read "killing 12 of them": a part of people told before of whom no other verb of harm is told."""
        them = [self._word(group.end - 2), self._word(group.end - 1)] == ["of", "them"]
        before = self._word(group.start - 1)
        done = before in ("killing", "wounding", "injuring") or (before in self.words.transitive and not self.used)
        return them and not group.included and done

    def _past_name(self, group: Group) -> int:
        """The token behind the name of one person: "a councillor, Ali Omar, and his sons"."""
        end = at = group.end
        if group.low != 1 or group.high != 1 or self._word(at) != ",":
            return end
        at += 1
        while at < len(self.tokens) and (
            self.tokens[at].text[0].isupper() or self._word(at) in NAMES_LINKED - {",", "and"}
        ):
            at += 1
        return at if at > end + 1 and self._word(at) in (",", "and") else end

    def _before_name(self, end: int) -> int:
        """Where the words end that a name between commas describes: "a baby, Ali Omar, and a clerk"; -1 where no name ends at `end`."""
        at = end
        while at > 0 and (self.tokens[at - 1].text[0].isupper() or self._word(at - 1) in NAMES_LINKED - {",", "and"}):
            at -= 1
        set_apart = 0 < at < end and self._word(at - 1) == "," and self._word(end) == ","
        return at - 1 if set_apart else -1

    def _before_of(self, end: int) -> int:
        """Where one person's noun ends in "the mayor of Oum and two guards", whose "and" is token `end`; -1 where none does."""
        if self._word(end) != "and":
            return -1
        owners = (g for g in self.groups if g.person and g.low == g.high == 1 and end - OF_WHAT <= g.end < end)
        return next((g.end for g in owners if self._word(g.end) == "of" and not self._commas(g.end, end)), -1)

    def _commas(self, start: int, end: int) -> bool:
        return any(self._word(n) in (",", "and", ";") or self._word(n) in AUXILIARIES for n in range(start, end))

    def _next_in_list(self, last: Group, end: int) -> Group | None:
        """The group after the comma or "and" at token `end` that belongs to the same list as `last`."""
        at = end
        while self._word(at) in (",", "and", "&", "plus"):
            at += 1
        if at == end or at >= len(self.tokens):
            return None
        if self._word(at) in DEFINITE and any(g.start == at + 1 and not g.bare for g in self.groups):
            at += 1
        group = next((g for g in self.groups if g.start == at), None) or (
            titled(self.tokens, at, self.words) if self._word(at - 1) == "and" else None
        )
        if group is not None and self._says_who(group, last, at):
            return self._next_in_list(last, group.end)
        return group if group is not None and self._goes_on_list(group, last, end, at) else None

    def _says_who(self, group: Group, last: Group, at: int) -> bool:
        """Does the group at token `at` only say who a person named before is: "Ali Omar, a lawyer, and two clerks"?"""
        set_apart = self._word(at - 1) == "," and self._word(group.end) == ","
        return last.named and set_apart and (group.single or group.definite) and not group.part

    def _goes_on_list(self, group: Group, last: Group, end: int, at: int) -> bool:
        """Does the group at token `at` go on the list that `last` has brought to token `end`?"""
        no_person = group.person is False or (group.single and not group.person and self._word(end) == ",")
        if group.part or group.negative or no_person or group.start in self.used:
            return False
        follower = self._word(group.end)
        if last.named and group.single and self._word(at - 1) == "," and follower in (",", ".", ";"):
            return False  # "killed Ali Omar, a student, near"
        words = self.words
        if (
            follower in words.transitive
            or follower in words.state
            or follower in AUXILIARIES
            or follower in words.intransitive
            or self._has_verb(group.end)
            or (self._word(at - 1) == "," and follower in SPEAKS)  # "killing five people, a spokesman said"
        ):
            return False
        aside = self._word(end) == "," and self._word(end + 1) != "and" and not self._listed_on(group.end)
        if group.definite and aside:
            return False  # "wounding four, the governor, N. N., said"
        if group.named and follower not in (",", ".", "and", "in", "on", "at", "near", "outside", ""):
            return False
        of_theirs = (
            follower == "from" and self.tokens[group.end + 1 :][:1] and self.tokens[group.end + 1].text[0].isupper()
        )
        return not group.bare or bool(of_theirs) or (group.more and follower not in ("in", "at", "near"))

    def _has_verb(self, end: int) -> bool:
        """Read "two guards of the bank were hurt": do people that end before token `end` have a verb of their own?"""
        if self._word(end) not in OF_OR_AT:
            return False
        behind = [self._word(n) for n in range(end, min(end + OWN_VERB_WITHIN, len(self.tokens)))]
        verb = next((n for n, w in enumerate(behind) if w in ("was", "were")), None)
        return verb is not None and CLAUSE_WORDS.isdisjoint(behind[:verb])

    def _listed_on(self, end: int) -> bool:
        """Does a list of people go on at token `end`?"""
        at = end
        while self._word(at) in (",", "and"):
            at += 1
        return at > end and any(g.start in (at, at + 1) for g in self.groups)

    def _before(self, start: int, longest_gap: int, kind: str = "") -> list[Group] | None:
        """Find the people who are a verb's subject: the nearest list that ends before token `start`; None if there is none."""
        ending = [g for g in self.groups if g.end <= start and g.start not in self.used and g.person is not False]
        ending = [
            g
            for g in ending
            if (
                g.negative
                or not g.part
                or (not g.included and longest_gap and (g.end == start or self._all_of_them(g.end)))
            )
            and (g.person or not g.single)
        ]
        for group in reversed(ending):
            if start - group.end > longest_gap:
                return None
            if (
                (kind in ("abducted", "arrested") and not self._human(group))
                or not self._joined(group.end, start)
                or (group.definite and self._word(group.start - 1) == "of" and self._people_end(group.start - 1))
                or (
                    group.bare
                    and start > group.end
                    and not group.negative
                    and self._word(group.end) not in (",", "(", "of", "on", "aboard", "from")
                )
            ):
                continue
            return self._list_back(group)
        return None

    def _people_end(self, at: int) -> bool:
        """Do people end before token `at`: "two members of the guard were killed"?"""
        return any(g.end == at and not g.definite for g in self.groups)

    def _all_of_them(self, end: int) -> bool:
        """Read "three of them, all Danes, were hurt": a part that has a verb of its own."""
        return self._word(end) == "," and self._word(end + 1) in ("all", "both")

    def _joined(self, end: int, start: int) -> bool:
        """Do the tokens between the people and their verb leave it their verb?"""
        gap = [self._word(n) for n in range(end, start)]
        if not gap or self._names_between(end, start):
            return True
        if gap[0] == "and" and len(gap) <= 3:
            return True
        active = gap[0].endswith("ing") and gap[-1] not in BREAKS  # "three policemen escorting the convoy"
        if gap[0] not in PHRASE_STARTS and gap[0] not in BETWEEN and not active:
            return False
        inner = gap[1:] if gap[0] in ("who", "that") else gap
        inner = [w for n, w in enumerate(inner) if (w, *inner[n - 1 : n]) != ("but", "all")]  # "all but two of them"
        return not BREAKS.intersection(inner) and not (
            "and" in inner and "who" not in gap and "," in inner and gap[0] != ","
        )

    def _names_between(self, end: int, start: int) -> bool:
        """Read "two people from Alta, Rui and Ana Costa, were": only a place and names stand between."""
        gap = self.tokens[end:start]
        while gap and gap[-1].lower in BETWEEN:
            gap = gap[:-1]
        return (
            any(t.text == "," for t in gap)
            and gap[0].lower in ("from", "of", ",")
            and all(t.text[0].isupper() or t.lower in NAMES_LINKED for t in gap)
        )

    def _named(self, start: int) -> list[Group]:
        """People by name alone before token `start`: "Karim and Nadia Haddad were killed"."""
        begin = start
        while begin > 0 and (
            self.tokens[begin - 1].text[0].isupper()
            or self._word(begin - 1) in NAMES_LINKED - {"from", "of", "the", "all", "both"}
        ):
            begin -= 1
        while begin < start and not self.tokens[begin].text[0].isupper():
            begin += 1
        names: list[list[int]] = [[]]
        for n in range(begin, start):
            if self._word(n) in (",", "and"):
                names.append([])
            else:
                names[-1].append(n)
        names = [n for n in names if n]
        joined = any(self._word(n) == "and" for n in range(begin, start))
        if (
            not names
            or len(names[-1]) < TWO
            or self._word(begin - 1) in SCENE_BEFORE
            or (len(names) > 1 and not joined)
        ):
            return []
        if any(g.start < start and g.end > begin for g in self.groups):
            return []
        if len(names) == 1:  # one person: others may have died beside
            return [Group(begin, start, 1, 1, person=True, named=True, leader=True, noun_start=begin)]
        return [Group(n[0], n[-1] + 1, 1, 1, person=True, noun_start=n[0]) for n in names]

    def _list_back(self, last: Group) -> list[Group]:
        if last.part and not last.negative:  # "dozens of them were hurt" beside another verb's dead
            return [replace(last, part=False)] if self._word(last.start - 1) not in (",", "including", "whom") else []
        chain = [last]
        while True:
            at = first = chain[0].start - (self._word(chain[0].start - 1) in DEFINITE)
            while self._word(at - 1) in (",", "and", "&", "plus"):
                at -= 1
            if at == first:
                return chain
            ends = (at, self._before_name(at), self._before_of(at))
            previous = next((g for g in self.groups if g.end in ends and g.start not in self.used), None)
            if previous is not None and self._some_of_them(previous, at, last):
                previous = replace(previous, part=False, bare=False)
            if (
                previous is None
                or (previous.single and not previous.person and self._word(at) == ",")
                or previous.part
                or previous.person is False
                or previous.bare
                or previous.negative
                or last.negative
            ):
                return chain
            one_told_twice = previous.low == previous.high == 1 and chain[0].single and at == first - 1
            if len(chain) == 1 and one_told_twice and self._word(at) == ",":
                return [previous]  # "one man, a policeman in plain clothes, was killed"
            chain.insert(0, previous)

    def _some_of_them(self, part: Group, end: int, last: Group) -> bool:
        """Read "fourteen of them and one soldier were dead": a part that shares the verb of the next."""
        together = self._word(end) == "and" and last.start == end + 1 and not last.part
        return part.part and not part.included and together and self._word(part.end - 1) in ("them", "these", "those")

    def _auxiliaries(self, at: int) -> tuple[int, bool]:
        """Where the verb group of the verb at `at` begins, and whether it is passive."""
        start, passive = at, False
        while start > 0 and (self._word(start - 1) in BETWEEN or self._may_have(start)) and not self._both(start - 1):
            start -= 1
            passive = passive or self._word(start) in ("was", "were", "been", "being", "be", "is", "are", "got", "get")
        return start, passive

    def _may_have(self, at: int) -> bool:
        """Read "may have died", whose "have" is token `at`."""
        return self._word(at - 1) in ("may", "might") and self._word(at) == "have"

    def _both(self, at: int) -> bool:
        """Is "both" at token `at` the people: "both were killed"?"""
        return self._word(at) == "both" and any(g.start == at and g.bare for g in self.groups)

    def _figure_alone(self, group: Group) -> bool:
        """May a number without a noun stand for people here? Not before a unit or a share."""
        return self._word(group.end) not in self.words.not_people and self._word(group.end) not in ("%", "°")

    def _human(self, group: Group) -> bool:
        """Is the noun surely one for people? Weapons are seized as well as hostages."""
        return group.person is True or (group.bare and group.more) or self.tokens[group.end - 1].text[:1].isupper()

    def _only_possible(self, at: int) -> bool:
        """Read "could kill", "threatened to kill": nobody is said to be dead."""
        before = [self._word(at - n) for n in (1, 2, 3) if not (at >= n and numbers.is_month(self.tokens[at - n]))]
        if {"could", "would", "should"}.intersection(before) and "have" in before:
            return True  # "could have killed dozens"; whoever may have died is counted
        if MODALS.intersection(before[:2]):
            return "have" not in before[:1]
        return before[0] == "to" and bool(PLANS.intersection(self._near(at, 5, 0)))

    def _word(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def _near(self, at: int, before: int, after: int) -> list[str]:
        return [t.lower for t in self.tokens[max(0, at - before) : at] + self.tokens[at + 1 : at + 1 + after]]

    def _speaks_of_victims(self) -> bool:
        spoken = (self.words.transitive, self.words.nouns, self.words.intransitive)
        return any(
            t.lower in self.words.state or any(w.get(t.lower) in ("killed", "injured") for w in spoken)
            for t in self.tokens
        )
