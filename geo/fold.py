"""Fold the tellings of one event within one article: headline, lead and later paragraphs become one report.

`find` reads words only; here the days and places are known, so "Thursday's attack" can meet the bombing of the lead.
Articles are compared with one another in `merge`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geo.merge.evidence import AREA, COUNTRY, breadth, contradict, country, relation
from geo.merge.parties import generic
from geo.model import Claim, Report, Span, Unresolved, When
from geo.triggers import Trigger, kindred, load

CROWDS = ("Protests", "Riots")


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim with the report that it would make alone; `words` are its event words."""

    claim: Claim
    report: Report
    words: str = ""


def fold(tellings: Sequence[Telling]) -> tuple[tuple[int, ...], ...]:
    """Group the indices of an article's claims by the event that they tell, in text order."""
    groups: list[list[int]] = []
    for i, telling in enumerate(tellings):
        fitting = [g for g in groups if all(same_event(tellings[j], telling) for j in g)]
        home = _home(tellings, fitting, telling)
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    return tuple(tuple(g) for g in groups)


def _home(tellings: Sequence[Telling], fitting: list[list[int]], telling: Telling) -> list[int] | None:
    """The group that a telling joins; None where it could be of several that are apart (an operation as a whole)."""
    if not fitting:
        return None
    if len(fitting) == 1:
        return fitting[0]
    if breadth(telling.report.where) >= AREA and telling.report.details.killed is None and not telling.claim.definite:
        apart = [g for g in fitting if any(tellings[i].claim.sub_event_type == telling.claim.sub_event_type for i in g)]
        return (
            apart[0] if len(apart) > 1 and not telling.claim.heading else None
        )  # the whole is told with its first site
    return max(fitting, key=lambda g: (_fits(tellings, g, telling), g[-1]))


def _fits(tellings: Sequence[Telling], group: list[int], telling: Telling) -> tuple[bool, bool, bool]:
    """How well a telling fits a group: called by the same word ("the attack"), the same type told there, an exact place."""
    mine = telling.claim.sub_event_type
    called = telling.claim.definite and any(_noun(telling) == _noun(tellings[i]) for i in group)
    same = any(tellings[i].claim.sub_event_type == mine for i in group) or rule_of(telling.claim).says_little
    return called, same, any(breadth(tellings[i].report.where) < AREA for i in group)


def _noun(telling: Telling) -> str:
    """What a telling calls the event: "attack" for "rocket attacks"."""
    return telling.words.casefold().rpartition(" ")[2].removesuffix("s")


def same_event(a: Telling, b: Telling) -> bool:
    """May two claims of one article (`a` the earlier) tell of one event?"""
    if b.claim.another or (a.claim.group is not None and a.claim.group == b.claim.group):
        return False
    if b.claim.group is not None and breadth(a.report.where) > breadth(b.report.where):
        return False  # the whole of an operation is none of its sites
    if not kindred(rule_of(a.claim), rule_of(b.claim)):
        return False
    return (
        _days_meet(a, b)
        and _places_meet(a, b)
        and not (_tolls_clash(a, b) or _sides_swapped(a, b) or _crowd_and_force(a, b))
    )


def adrift(telling: Telling, others: Sequence[Telling]) -> str:
    """Why a telling that met no other reports nothing of its own; "" where it does.

    A headline repeats what the text says; "the attack" with neither place nor toll speaks of one told elsewhere.
    """
    claim, trigger = telling.claim, rule_of(telling.claim)
    if claim.heading and any(not o.claim.heading and rule_of(o.claim).event_type == trigger.event_type for o in others):
        return "a headline, told in full below"
    own_toll = telling.report.details.killed or telling.report.details.injured
    if claim.definite and trigger.generic and not claim.places and not own_toll:
        return "in passing: it points back to what this article does not tell"
    return ""


def rule_of(claim: Claim) -> Trigger:
    """The trigger of a claim, with the claim's own type where the finder refined it."""
    return _refined(claim.rule, claim.sub_event_type)


@cache
def _refined(rule: str, sub_event_type: str) -> Trigger:
    return replace(load().by_id(rule), sub_event_type=sub_event_type)


def _days_meet(a: Telling, b: Telling) -> bool:
    one, other = _own_days(a), _own_days(b)
    return one is None or other is None or _overlap(one, other)


def _own_days(telling: Telling) -> When | None:
    """The days that the telling's own words leave, None where only the day of publication bounds it."""
    claim = telling.claim
    when = None if claim.heading else telling.report.when  # a headline's clock or date is that of the page
    return when if claim.dates or claim.same_day_as is not None or (when and when.words) else None


def _places_meet(a: Telling, b: Telling) -> bool:
    if a.claim.heading:
        return True
    one, other = _own_days(a), _own_days(b)
    days_meet = _overlap(one, other)
    how = relation(a.report.where, b.report.where)
    here, there = country(a.report.where), country(b.report.where)
    if how == "open" and here and there and here != there:
        how = "disjoint"
    if how == "disjoint" and b.claim.definite and not b.claim.places:
        return days_meet  # its own words name no place: "Wednesday's attack"
    if how == "disjoint":
        return b.claim.definite and _one_is_open(a, b) and days_meet
    if how in ("same_country", "in_country", "open"):
        # one of them says hardly where: the words must point back, or the day must be the same
        # "the massacre", told in full further down
        told_below = how == "open" or breadth(a.report.where) >= breadth(b.report.where)
        ahead = a.claim.definite and told_below and days_meet
        met = days_meet and _same_parties(a, b)
        return ahead or b.claim.definite or met or _same_day(one, other)
    return True


def _same_parties(a: Telling, b: Telling) -> bool:
    """Does the same side hit the same side in the same way, all over one country: "strikes across the country"?"""
    parties = [(d.actor1, d.actor2) for d in (a.report.details, b.report.details)]
    sides = {tuple(actor.side if actor else "" for actor in pair) for pair in parties}
    told = len(sides) == 1 and all(next(iter(sides)))
    wide = breadth(a.report.where) >= COUNTRY and breadth(b.report.where) >= COUNTRY
    return told and wide and a.claim.sub_event_type == b.claim.sub_event_type


def _one_is_open(a: Telling, b: Telling) -> bool:
    """Is one of the places a name that nobody knows, which may lie in the other?"""
    one, other = a.report.where, b.report.where
    if not (isinstance(one, Unresolved) or isinstance(other, Unresolved)):
        return False
    here, there = country(one), country(other)
    return not (here and there) or here == there


def _overlap(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and one.first <= other.last and other.first <= one.last


def _same_day(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and (one.first, one.last) == (other.first, other.last)


def _sides_swapped(a: Telling, b: Telling) -> bool:
    """Does the one hit in the one telling strike in the other: the attack, and the answer to it?"""
    one, other = a.report.details, b.report.details
    if b.claim.definite or not b.claim.dates or "Battles" in (a.claim.event_type, b.claim.event_type):
        return False  # "the attack" says itself which one is meant; what has no day of its own tells none
    if one.actor1 is None or other.actor1 is None:
        return False
    sides = one.actor1.side, other.actor1.side
    hit = tuple(d.actor2.side for d in (one, other) if d.actor2)
    return bool(all(sides) and sides[0] != sides[1] and hit and set(hit) <= set(sides))


def _crowd_and_force(a: Telling, b: Telling) -> bool:
    """Does the one tell of a crowd, and the other of what a named party did?"""
    if (a.claim.event_type in CROWDS) == (b.claim.event_type in CROWDS):
        return False
    force = (b if a.claim.event_type in CROWDS else a).report.details.actor1
    return force is not None and not generic(force)


def _tolls_clash(a: Telling, b: Telling) -> bool:
    one, other = a.report.details.killed, b.report.details.killed
    return one is not None and other is not None and not b.claim.definite and contradict(one, other)


def unite(tellings: Sequence[Telling]) -> Claim:
    """One claim from the tellings of an event: the fullest type, all passages, the finest place and the closest days first."""
    by_type = max(tellings, key=_says_type)
    first = next((t for t in tellings if not t.claim.heading), tellings[0]).claim
    placed = min(
        tellings, key=lambda t: (t.claim.heading, breadth(t.report.where) if t.claim.places else COUNTRY + 1)
    ).claim
    dated = min(
        (t for t in tellings if t.report.when),
        key=lambda t: (not t.claim.dates, t.claim.heading, _length(t.report.when)),
        default=tellings[0],
    ).claim
    return replace(
        first,
        rule=by_type.claim.rule,
        event_type=by_type.claim.event_type,
        sub_event_type=by_type.claim.sub_event_type,
        passages=_all(tellings, lambda c: c.passages),
        tolls=_all(tellings, lambda c: c.tolls),
        places=tuple(dict.fromkeys((*placed.places, *_all(tellings, lambda c: c.places)))),
        dates=dated.dates,
        implied_place=placed.implied_place or first.implied_place,
        hedges=tuple(dict.fromkeys(h for t in tellings for h in t.claim.hedges)),
    )


def _says_type(telling: Telling) -> tuple[bool, bool, bool, int]:
    """How well a telling's words name the type: outright before in general; of general words the first that say anything."""
    trigger = rule_of(telling.claim)
    if not trigger.generic:
        return True, True, True, trigger.weight
    return False, not trigger.says_little, not telling.claim.heading, -telling.claim.order


def _length(when: When | None) -> int:
    return (when.last - when.first).days if when else 10**6


def _all(tellings: Sequence[Telling], pick: Callable[[Claim], tuple[Span, ...]]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(x for t in tellings for x in pick(t.claim)))
