"""Reports -> Incidents. Sees no text, and gives the same for any order of the reports.

Pairs of reports are judged one by one (`geo/merge/evidence.py`), and united best pair first, so long as no two members of the
incident exclude one another and its places hold together: a vague report joins the exact one that it fits best, and
never glues two exact ones together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from geo.merge.evidence import (
    AREA,
    COUNTRY,
    NEIGHBOURS,
    TOWN,
    Evidence,
    are_linked,
    breadth,
    relation,
    weigh,
)
from geo.merge.incident import assemble
from geo.merge.parties import compare_actors, generic
from geo.merge.weights import rules
from geo.model import Incident, Report, Review, Unresolved

TIGHT_DAYS = 2  # an interval this short names a day or a night: the accounts of a whole operation must agree on it
LONGEST_DAYS = 430  # about 14 months; a longer interval is no date to compare by
FROM_AFAR = (
    "Air/drone strike",
    "Shelling/artillery/missile attack",
)  # what one attacker does to many places in a night
EXACT = ("same_site", "same_town", "same_name_open")  # relations of places that hold an incident together
IN_AREA = ("in_area", "in_country")  # relations of a site to a wider place
VAGUER = ("in_town", "in_area", "in_country", "open")  # relations of a report to one that it may be a vaguer account of

Key = tuple[date, str, int, str]


def merge(reports: Iterable[Report], reviews: Iterable[Review] = ()) -> tuple[Incident, ...]:
    """Unite the reports of each real event, in any order of `reports`; every report ends in exactly one incident.

    `reviews` are human decisions: `merge` and `split` bind, `accept` sets the status; the others are applied to the
    reports beforehand (`geo/decisions/reviews.py`). Incidents come in order of their first day, then id.

    Raises ValueError where two reports share an id.
    """
    ordered = sorted(reports, key=publication_order)
    if len({r.id for r in ordered}) != len(ordered):
        raise ValueError("merge: two reports share an id")
    decisions = tuple(reviews)
    clusters = _Clusters(ordered, decisions)
    clusters.unite_all()
    accepted = {r.report_id for r in decisions if r.decision == "accept"}
    incidents = [
        assemble([ordered[i] for i in members], why, accepted=accepted) for members, why in clusters.incidents()
    ]
    return tuple(sorted(incidents, key=lambda i: (i.when.first if i.when else date.max, i.id)))


def publication_order(report: Report) -> Key:
    """Order reports by the last day on which they may have been published, then article and place in it."""
    return (report.published[1] if report.published else date.max, report.article, report.trigger.start, report.id)


class _Clusters:
    """Growing sets of report numbers, with the reasons for each union."""

    def __init__(self, reports: Sequence[Report], reviews: Sequence[Review]) -> None:
        self.reports = reports
        self.home = list(range(len(reports)))
        self.members = {i: [i] for i in self.home}
        self.why: dict[int, list[str]] = {i: [] for i in self.home}
        self.in_one_piece = set(self.home)  # the sets whose members bonds join, directly or over others
        self.partners: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.cache: dict[tuple[int, int], Evidence] = {}
        numbers = {r.id: i for i, r in enumerate(reports)}
        self.apart: set[tuple[int, int]] = set()
        self.alone: set[int] = set()
        self.together: set[tuple[int, int]] = set()
        for review in reviews:
            one, other = numbers.get(review.report_id), numbers.get(review.other_report_id)
            if one is None or review.decision not in ("merge", "split"):
                continue
            if review.decision == "split" and not review.other_report_id:
                self.alone.add(one)
            elif other is not None and one != other:
                (self.together if review.decision == "merge" else self.apart).add((min(one, other), max(one, other)))
        self.together -= self.apart
        self.pairs = candidates(reports)
        self.operations = self._operations()
        self.bound_by_people = {i: group for group in _components(self.home, sorted(self.together)) for i in group}

    def evidence(self, i: int, j: int) -> Evidence:
        key = (i, j) if i < j else (j, i)
        if key not in self.cache:
            self.cache[key] = weigh(self.reports[key[0]], self.reports[key[1]])
        return self.cache[key]

    def _operations(self) -> set[int]:
        """Find the reports that one article tells as parts of an event at several places, or as the whole of one."""
        by_article: dict[str, list[int]] = defaultdict(list)
        for i, report in enumerate(self.reports):
            by_article[report.article].append(i)
        found: set[int] = set()
        for numbers in by_article.values():
            for i, j in combinations(numbers, 2):
                a, b = self.reports[i], self.reports[j]
                may_be_whole = _in_one_night(a, b)
                if not (may_be_whole or are_linked(a, b)):
                    continue
                evidence = self.evidence(i, j)
                enough = may_be_whole and evidence.total >= rules()["threshold"]
                if not evidence.apart and (evidence.linked or (enough and evidence.place in IN_AREA)):
                    found |= {i, j}
        return found | self._strikes_on_a_country()

    def _strikes_on_a_country(self) -> set[int]:
        """Find the accounts of strikes by one attacker on a whole country in a night, and those of its sites in any article.

        Fire from afar alone: two ambushes in one country on one day are two events.
        """
        sites: dict[int, set[int]] = defaultdict(set)
        for pair in self.pairs:
            for whole, part in (pair, pair[::-1]):
                if self._may_be_site_of(whole, part):
                    sites[whole].add(part)
        several = ((i, parts) for i, parts in sites.items() if len({_place_key(self.reports[j]) for j in parts}) > 1)
        return {i for whole, parts in several for i in (whole, *parts)}

    def _may_be_site_of(self, i: int, j: int) -> bool:
        whole, part = self.reports[i], self.reports[j]
        if whole.sub_event_type not in FROM_AFAR or part.sub_event_type != whole.sub_event_type:
            return False
        if breadth(whole.where) != COUNTRY or breadth(part.where) >= COUNTRY:
            return False
        evidence = self.evidence(i, j)
        same_hands = whole.details.actor1 is not None and not generic(whole.details.actor1)
        enough = not evidence.apart and evidence.total >= rules()["threshold"]
        return enough and same_hands and _whole_and_part(whole, part, evidence)

    def unite_all(self) -> None:
        """Unite what people united; then pair by pair, best first, until nothing changes."""
        for i, j in sorted(self.together):
            self._unite(i, j, "a reviewer united them")
        threshold = rules()["threshold"]
        pairs = [(i, j, self.evidence(i, j)) for i, j in self.pairs]
        pairs = [(i, j, e) for i, j, e in pairs if e.total >= threshold and not e.apart]
        pairs.sort(key=lambda pair: (-pair[2].total, pair[0], pair[1]))
        for i, j, evidence in pairs:
            self.partners[i].append((j, evidence.total))
            self.partners[j].append((i, evidence.total))
        changed = True
        while changed:  # a union that was refused may be allowed once the account of the whole has joined
            changed, waiting = False, []
            for i, j, evidence in pairs:
                if self.home[i] == self.home[j]:
                    continue
                torn = self._torn(i, j, evidence.total) or self._torn(j, i, evidence.total)
                if not torn and self._may_unite(self.home[i], self.home[j]):
                    words = "; ".join(f"{words} ({weight:+g})" for words, weight in evidence.parts)
                    self._unite(i, j, f"{words}: {evidence.total:g}, needed {threshold:g}")
                    changed = True
                else:
                    waiting.append((i, j, evidence))
            pairs = waiting

    def incidents(self) -> Iterator[tuple[list[int], list[str]]]:
        for home in sorted(self.members):
            yield sorted(self.members[home]), self.why[home]

    def _unite(self, i: int, j: int, because: str) -> None:
        keep, gone = sorted((self.home[i], self.home[j]))
        if keep == gone:
            return
        if not self._bonded(keep, gone):
            self.in_one_piece.discard(keep)
        for member in self.members[gone]:
            self.home[member] = keep
        self.members[keep] += self.members.pop(gone)
        a, b = self.reports[min(i, j)], self.reports[max(i, j)]
        self.why[keep] += [*self.why.pop(gone), f"{_label(a)} and {_label(b)}: {because}"]

    def _may_unite(self, one: int, other: int) -> bool:
        ours, theirs = self.members[one], self.members[other]
        if self.alone & {*ours, *theirs}:
            return False
        for i in ours:
            for j in theirs:
                if (min(i, j), max(i, j)) in self.apart:
                    return False
                if self._excluded(i, j):
                    return False
        return self._bonded(one, other) or self._holds_together([*ours, *theirs])

    def _bonded(self, one: int, other: int) -> bool:
        """Do the bonds of two sets surely join all their members? Not looked for where one of them is in pieces."""
        if not self.in_one_piece >= {one, other}:
            return False
        return any(self._bound(min(i, j), max(i, j)) for i in self.members[one] for j in self.members[other])

    def _torn(self, vague: int, exact: int, total: float) -> bool:
        """Say whether a vague report fits another event, which is not this one, about as well."""
        if vague in self.operations or len(self.members[self.home[vague]]) > 1 or not self._less_exact(vague, exact):
            return False
        rivals = {
            self.home[other]
            for other, its_total in self.partners[vague]
            if its_total >= total - rules()["margin"] and self._less_exact(vague, other)
        }
        return any(r != self.home[exact] and not self._may_unite(self.home[exact], r) for r in sorted(rivals))

    def _less_exact(self, i: int, j: int) -> bool:
        one, other = self.reports[i], self.reports[j]
        return breadth(one.where) > breadth(other.where) or _days(one) > _days(other)

    def _excluded(self, i: int, j: int) -> bool:
        """Say whether two reports exclude each other; one that people united with others may join where those may."""
        if not self.evidence(i, j).apart:
            return False
        ways = [(k, j) for k in self.bound_by_people[i]] + [(i, k) for k in self.bound_by_people[j]]
        return all(k == m or self.evidence(k, m).apart for k, m in ways)

    def _holds_together(self, numbers: list[int]) -> bool:
        """Do the places make one event: one core, and everything else a vaguer account of a part of it?"""
        bonds = [p for p in combinations(sorted(numbers), 2) if self._bound(*p)]
        groups = _components(numbers, bonds)
        if len(groups) == 1:
            return True
        core = min(groups, key=lambda group: min(self._exactness(i) for i in group))
        return all(self._vaguer(i, core) for group in groups if group is not core for i in group)

    def _exactness(self, i: int) -> tuple[int, float, int]:
        where = self.reports[i].where
        return breadth(where), getattr(where, "radius_km", 0.0), i

    def _vaguer(self, i: int, core: Iterable[int]) -> bool:
        finer = (j for j in core if self._exactness(i) > self._exactness(j))
        return any(relation(*(self.reports[n].where for n in sorted((i, j)))) in VAGUER for j in finer)

    def _bound(self, i: int, j: int) -> bool:
        """Do these two by themselves hold the places of an incident together?"""
        if (i, j) in self.together:
            return True
        evidence = self.evidence(i, j)
        if evidence.apart:
            return False
        if evidence.linked or evidence.place in EXACT:
            return True
        enough = bool(evidence.total >= rules()["threshold"])
        if evidence.place in (*NEIGHBOURS, "same_area", "same_country"):
            return enough
        one, other = self.reports[i], self.reports[j]
        known_parts = one.article == other.article or {i, j} <= self.operations
        return enough and known_parts and _whole_and_part(one, other, evidence)


def _whole_and_part(a: Report, b: Report, evidence: Evidence) -> bool:
    """Say whether the one tells of a site and the other of a wider place struck by the same attacker in the same night."""
    return evidence.place in IN_AREA and _in_one_night(a, b)


def _in_one_night(a: Report, b: Report) -> bool:
    """Do both tell of a day or a night and of the same attacker?"""
    tight = all(when is not None and (when.last - when.first).days < TIGHT_DAYS for when in (a.when, b.when))
    return tight and compare_actors(a.details.actor1, b.details.actor1) == "same"


def _days(report: Report) -> int:
    """Count the days that a report leaves open."""
    return (report.when.last - report.when.first).days if report.when else LONGEST_DAYS


def _components(numbers: Iterable[int], bonds: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Group numbers that are joined by bonds, directly or over others."""
    group = {i: [i] for i in numbers}
    for i, j in bonds:
        if group[i] is not group[j]:
            group[i].extend(group[j])
            for member in group[j]:
                group[member] = group[i]
    return list({id(members): members for members in group.values()}.values())


def candidates(reports: Sequence[Report]) -> list[tuple[int, int]]:
    """List the pairs that could tell of one event, so that not every pair need be weighed: those of one article, of one
    place, and those in places that may contain one another; of them those whose days meet, give or take one.

    A report without a usable date is compared with its own article and with reports of the very same place.
    """
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, report in enumerate(reports):
        buckets["article", report.article].append(i)
        buckets["place", _place_key(report)].append(i)
    spots = [_Spot.of(report) for report in reports]
    together = (pair for numbers in buckets.values() for pair in combinations(numbers, 2))
    pairs = {(i, j) for i, j in together if spots[i].may_meet(spots[j])}
    dated = [(s.first, s.last, i) for i, s in enumerate(spots) if 0 <= s.last - s.first <= LONGEST_DAYS]
    active: list[tuple[int, int]] = []
    for first, last, i in sorted(dated):
        active = [(until, j) for until, j in active if until >= first - 1]
        pairs.update((min(i, j), max(i, j)) for _, j in active if spots[i].may_contain(spots[j]))
        active.append((last, i))
    return sorted(pairs)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What of a report is compared most: its days as ordinals (last before first where unknown) and its place."""

    first: int
    last: int
    country: str
    wide: bool
    lat: float
    lon: float

    @classmethod
    def of(cls, report: Report) -> _Spot:
        when, where = report.when, report.where
        days = (when.first.toordinal(), when.last.toordinal()) if when else (1, 0)
        if when and when.anchor in rules()["when"]["answer_anchors"]:
            days = (days[0] - rules()["when"]["answer_gap_days"], days[1] + rules()["when"]["answer_gap_days"])
        if isinstance(where, Unresolved):
            return cls(*days, where.country, True, 0.0, 0.0)
        return cls(*days, where.place.country, breadth(where) > TOWN, where.lat, where.lon)

    def may_meet(self, other: _Spot) -> bool:
        """Do the days of the two lie no more than one apart, or are those of one unknown?"""
        if self.last < self.first or other.last < other.first:
            return True
        return self.first <= other.last + 1 and other.first <= self.last + 1

    def may_contain(self, other: _Spot) -> bool:
        """Tell cheaply that two places have nothing in common: two countries, or two towns a degree or more apart."""
        if self.country and other.country and self.country != other.country:
            return False
        return self.wide or other.wide or abs(self.lat - other.lat) < 1


def _place_key(report: Report) -> str:
    where = report.where
    if isinstance(where, Unresolved):
        return f"?{where.country}{where.name.casefold()}" if where.name else f"report {report.id}"
    return where.place.id if breadth(where) <= AREA else f"report {report.id}"


def _label(report: Report) -> str:
    return f"{report.publisher or report.article} ({report.id})"
