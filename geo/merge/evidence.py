"""What speaks for and against two reports telling of the same event. Sees fields, never text; a pair at a time.

The weights stand in `geo/rules/merge.toml`. Because a pair is judged by its two reports alone, no third report can
change what is said about it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.merge.dead import same_description, same_name
from geo.merge.parties import compare_actors
from geo.merge.weights import Rules, rules
from geo.model import Count, Report, Unresolved, When, Where
from geo.space import haversine_km

SITE, TOWN, AREA, COUNTRY, NOWHERE = range(5)  # how much ground a place covers, the most exact first
GROUP_WEIGHT = 10.0  # one sentence says so: more than any sum of the rest
ORDERED_ROLES = (
    "Explosions/Remote violence",
    "Violence against civilians",
)  # actor1 attacks actor2; elsewhere no order
Part = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a pair of reports has in common: plain words with weights, and the places' relation.

    `apart` says why the two can never be one incident, "" where nothing forbids it. `place` is a key of `[place]` in the
    rules or "disjoint", "" where the two are apart; `linked` marks the sites of one event that one sentence names.
    """

    parts: tuple[Part, ...]
    total: float  # of the weights
    place: str
    apart: str = ""
    linked: bool = False

    @classmethod
    def against(cls, reason: str, *, linked: bool) -> Evidence:
        """What forbids that two reports are one; what would speak for it is not looked for."""
        return cls((), 0.0, "", reason, linked)


def weigh(a: Report, b: Report) -> Evidence:
    """Compare two reports. The order of the two does not matter."""
    r = rules()
    one_article = a.article == b.article
    linked = are_linked(a, b)
    if again := _again(a, b):
        return Evidence.against(again, linked=linked)
    kind = _type(a, b, r["type"])
    if kind is None:
        return Evidence.against("different kinds of event", linked=linked)
    when = _when(a.when, b.when, r["when"])
    if when is None:
        when = None if one_article else _near_days(a, b, r["when"])
        if when is None:
            return Evidence.against("on different days", linked=linked)
    roles = _actors(a, b, r["actors"])
    if roles is None:
        return Evidence.against("attacker and target change places", linked=linked)
    place = relation(a.where, b.where)
    parts = [kind, when, (_PLACE_WORDS[place], r["place"].get(place, 0.0)), *roles, *_tolls(a, b, place, r["toll"])]
    parts += _dead(a, b, r["dead"])
    if a.details.weapon and a.details.weapon.casefold() == b.details.weapon.casefold():
        parts.append((f"the same weapon, {a.details.weapon}", r["other"]["same_weapon"]))
    if one_article and place not in _VAGUE:
        parts.append(("told by one article", r["other"]["one_article"]))
    if linked:
        parts.append(("sites of one event in one sentence", GROUP_WEIGHT))
    parts = [p for p in parts if p[1]]
    return Evidence(tuple(parts), round(sum(weight for _, weight in parts), 6), place, linked=linked)


def are_linked(a: Report, b: Report) -> bool:
    """Are the two sites of one event that one sentence names?"""
    return bool(a.group) and a.group == b.group and a.article == b.article


# --------------------------------------------------------------------------------------------------- type and day


@cache
def _kindred(one_article: bool) -> frozenset[frozenset[str]]:
    rows = [row["sub_events"] for row in rules()["kindred"] if not (one_article and row.get("across_articles"))]
    return frozenset(frozenset((x, y)) for row in rows for x in row for y in row if x != y)


def _type(a: Report, b: Report, r: Rules) -> Part | None:
    """Compare the event types; None where no two reporters would use the two for one event."""
    one_event = a.event_type == b.event_type
    if a.sub_event_type and a.sub_event_type == b.sub_event_type:
        return a.sub_event_type.lower(), r["same_sub_event"]
    if one_event and not (a.sub_event_type and b.sub_event_type):
        return a.event_type.lower(), r["sub_event_open"]
    if frozenset((a.sub_event_type, b.sub_event_type)) in _kindred(a.article == b.article):
        first, second = sorted((a.sub_event_type.lower(), b.sub_event_type.lower()))
        return f"{first} and {second} are kindred", r["kindred" if one_event else "kindred_other_event"]
    if {a.event_type, b.event_type} == {"Riots", "Protests"}:
        return "a riot and a protest", r["kindred_other_event"]
    if one_event and a.event_type != "Strategic developments":  # its sub-types have nothing in common
        return f"both {a.event_type.lower()}", r["same_event"]
    return None


def _when(a: When | None, b: When | None, r: Rules) -> Part | None:
    """Weigh how narrowly the two intervals meet; None where they do not."""
    if a is None or b is None:
        return ("no day known", r["both_unknown"]) if a is b else ("a day unknown", r["one_unknown"])
    if a.first > b.last or b.first > a.last:
        return None
    wide = (max(a.last, b.last) - min(a.first, b.first)).days + 1
    step = bisect_left(r["spans_days"], wide)
    weight = r["weights"][step] if step < len(r["weights"]) else r["wider"]
    if wide >= r["both_vague_days"] and min((w.last - w.first).days + 1 for w in (a, b)) >= r["both_vague_days"]:
        weight *= r["both_vague_factor"]
    return (f"the same day, {a.first}" if wide == 1 else f"days that meet within {wide} days"), weight


def _near_days(a: Report, b: Report, r: Rules) -> Part | None:
    """Weigh days that do not meet but may be one: a day apart with the same toll, or one of them no more than inferred."""
    if a.when is None or b.when is None:
        return None
    if _same_odd_toll(a, b, r):
        return "one day apart, the same toll", r["next_day"]
    gap = max((a.when.first - b.when.last).days, (b.when.first - a.when.last).days)
    if gap <= r["answer_gap_days"] and any(w.anchor in r["answer_anchors"] for w in (a.when, b.when)):
        return "days near each other, one only told as an answer", r["answer"]
    return None


def _same_odd_toll(a: Report, b: Report, r: Rules) -> bool:
    """Do two articles place the same distinctive toll one day apart at the same spot?"""
    if a.when is None or b.when is None:
        return False
    gap = max((a.when.first - b.when.last).days, (b.when.first - a.when.last).days)
    x, y = a.details.killed, b.details.killed
    equal = x is not None and y is not None and (x.low, x.high) == (y.low, y.high)
    odd = gap == 1 and equal and x is not None and x.low >= r["next_day_toll"]
    return odd and relation(a.where, b.where) in ("same_site", "same_town")


def _again(a: Report, b: Report) -> str:
    """Say whether one article tells the later of the two as another event than the earlier."""
    if a.article != b.article:
        return ""
    later = max(a, b, key=lambda report: (report.trigger, report.id))
    return "the article tells the one as another event than the other" if later.another else ""


# --------------------------------------------------------------------------------------------------- place

NEIGHBOURS = ("near", "beside_town")
_VAGUE = ("in_country", "same_country", "open", "disjoint")  # an article tells of many things in one country
_PLACE_WORDS = {
    "same_site": "the same site", "same_town": "the same town", "near": "near each other", "beside_town": "a site beside the town", "same_area": "the same area",
    "same_country": "the same country", "in_town": "one place in the other", "in_area": "one place in the other's area",
    "in_country": "one place in the other's country", "same_name_open": "the same unresolved name",
    "open": "a place unknown", "disjoint": "different places",
}  # fmt: skip


def breadth(where: Where | Unresolved) -> int:
    """Say how much ground a place covers: SITE, TOWN, AREA, COUNTRY or NOWHERE."""
    if isinstance(where, Unresolved):
        return SITE if where.name else COUNTRY if where.country else NOWHERE
    return _breadth(where.place.level, where.where_prec, where.radius_km)


@lru_cache(maxsize=10_000)  # asked again for every pair of reports
def _breadth(level: str, where_prec: int, radius_km: float) -> int:
    r = rules()["place"]
    if where_prec >= 6 or level in ("country", "region") or radius_km > r["country_radius_km"]:
        return COUNTRY
    if level in ("district", "admin1", "water") or radius_km > r["town_radius_km"]:
        return AREA
    return SITE if radius_km <= r["same_place_km"] else TOWN


def country(where: Where | Unresolved) -> str:
    """Give the ISO code of the place's country, "" where it is open or lies in none."""
    return where.country if isinstance(where, Unresolved) else where.place.country


def relation(x: Where | Unresolved, y: Where | Unresolved) -> str:
    """Name how two places lie to each other: a key of `[place]` in the rules, or "disjoint"."""
    narrow, wide = breadth(x), breadth(y)
    fine, coarse = (x, y) if narrow <= wide else (y, x)
    narrow, wide = min(narrow, wide), max(narrow, wide)
    if isinstance(fine, Unresolved) or isinstance(coarse, Unresolved):
        return _open_relation(fine, coarse)
    if fine.place.id == coarse.place.id:
        return ("same_site", "same_town", "same_area", "same_country")[wide]
    if wide == COUNTRY and coarse.place.level == "country":
        inside = coarse.place.country == fine.place.country
        return "disjoint" if not inside else "same_country" if narrow == COUNTRY else "in_country"
    return _by_distance(fine, coarse, wide)


def _by_distance(fine: Where, coarse: Where, wide: int) -> str:
    """Compare two places by the distance of their middles and their radii; `wide` is the breadth of the coarse one."""
    slack = rules()["place"]["same_place_km"]
    km = haversine_km(fine.lat, fine.lon, coarse.lat, coarse.lon)
    if wide == SITE:
        return "same_site" if km <= slack else "disjoint"
    reach = max(fine.radius_km, coarse.radius_km)
    abroad = fine.place.country and coarse.place.country and fine.place.country != coarse.place.country
    division = {coarse.place.name.casefold(), coarse.place.admin1.casefold()} - {""}
    named = coarse.place.level == "admin1" and fine.place.admin1.casefold() in division
    if (km <= reach and not abroad) or (named and not abroad):
        return ("", "in_town", "in_area", "in_country")[wide]
    if km > reach + slack or abroad:
        return "disjoint"
    return "beside_town" if wide == TOWN and fine.place.level == "site" else "near"


def _open_relation(x: Where | Unresolved, y: Where | Unresolved) -> str:
    """Compare places of which at least one has no coordinates."""
    here, there = country(x), country(y)
    if here and there and here != there:
        return "disjoint"
    names = {_names(x) for x in (x, y)}
    if all(names) and frozenset.intersection(*names):
        return "same_name_open"
    wide = max(breadth(x), breadth(y))
    if wide == NOWHERE or not (here and there):
        return "open" if wide >= COUNTRY else "disjoint"
    if wide == COUNTRY:
        return "same_country" if breadth(x) == breadth(y) else "in_country"
    return "open" if wide == AREA else "disjoint"


def _names(where: Where | Unresolved) -> frozenset[str]:
    if isinstance(where, Unresolved):
        return frozenset({where.name.casefold()} if where.name else ())
    return frozenset(name.casefold() for name in (where.place.name, *where.place.names))


# --------------------------------------------------------------------------------------------------- actors

_AGREE = ("same", "compatible")
_ACTOR_WORDS = {
    "same": "{actor} as {name} in both", "differ": "{name} differs", "described": "{name} described alike",
    "compatible": "{name} compatible", "same_side": "{name} of the same or an allied side",
}  # fmt: skip


def _actors(a: Report, b: Report, r: Rules) -> list[Part] | None:
    """Compare attackers and targets; None where each report's attacker is the other's target.

    In a battle or a riot nobody is the attacker by rule: the pairing that agrees more counts.
    """
    mine, yours = (a.details.actor1, a.details.actor2), (b.details.actor1, b.details.actor2)
    straight = compare_actors(mine[0], yours[0]), compare_actors(mine[1], yours[1])
    crossed = compare_actors(mine[0], yours[1]), compare_actors(mine[1], yours[0])
    agree = (straight[0] in _AGREE) + (straight[1] in _AGREE)
    agree_crossed = (crossed[0] in _AGREE) + (crossed[1] in _AGREE)
    turned = agree_crossed > agree
    if turned and a.event_type in ORDERED_ROLES and b.event_type in ORDERED_ROLES:
        if agree_crossed == len(crossed):
            return None
        turned = False
    parts = []
    for index, how, actor in zip((1, 2), crossed if turned else straight, mine, strict=True):
        if not how or actor is None:
            continue
        weight = (r[how + "1"] + r[how + "2"]) / 2 if turned else r[f"{how}{index}"]
        name = "one side" if turned else f"actor{index}"
        parts.append((_ACTOR_WORDS[how].format(actor=actor.name, name=name), round(weight, 6)))
    if straight == ("same", "same"):
        parts.append(("both sides named the same", r["both_same"]))
    return parts


# --------------------------------------------------------------------------------------------------- tolls


def contradict(x: Count, y: Count) -> bool:
    """Can two figures not be two counts of one event? (UCDP's own low and high differ by less.)"""
    r = rules()["toll"]
    if x.low <= y.high and y.low <= x.high:
        return False
    small, large = sorted((x, y), key=lambda c: c.low)
    if small.high == 0:
        return True
    return bool(large.low - small.high > r["near_difference"] and large.low > small.high * r["near_factor"])


def _tolls(a: Report, b: Report, place: str, r: Rules) -> list[Part]:
    """Compare killed and injured; a toll of a part may be smaller than that of the whole."""
    parts: list[Part] = []
    x, y = a.details.killed, b.details.killed
    if x and y:
        parts.append(_killed(x, y, a, b, r) if not _part_of_whole(a, b, place, x, y) else ("", 0.0))
    x, y = a.details.injured, b.details.injured
    if x and y and not _part_of_whole(a, b, place, x, y):
        if (x.low, x.high) == (y.low, y.high):
            parts.append((f"{x} injured in both", r["equal_injured"] if x.high else 0.0))
        elif x.low <= y.high and y.low <= x.high:
            parts.append(("numbers of injured that meet", r["overlapping_injured"]))
        elif contradict(x, y):
            parts.append((f"{x} against {y} injured", r["contradicting_injured"]))
    return [p for p in parts if p[1]]


def _killed(x: Count, y: Count, a: Report, b: Report, r: Rules) -> Part:
    if (x.low, x.high) == (y.low, y.high):
        step = 0 if x.low == 0 else 1 if x.low == 1 else 2 if x.low <= 4 else 3
        return f"{x} killed in both", r["equal_killed"][step]
    if x.low <= y.high and y.low <= x.high:
        return "numbers of killed that meet", r["overlapping_killed"]
    if contradict(x, y):
        weight = r["contradicting_killed" + ("_one_article" if a.article == b.article else "")]
        first, second = sorted((x, y), key=lambda c: (c.low, c.high))
        return f"{first} against {second} killed", weight
    return "numbers of killed that are close", r["near_killed"]


def _part_of_whole(a: Report, b: Report, place: str, x: Count, y: Count) -> bool:
    """Is one of two unequal figures of the whole event and the other, smaller, of a part?"""
    if (x.low, x.high) == (y.low, y.high):
        return False
    if a.details.toll_is_overall != b.details.toll_is_overall:
        return y.low <= x.high if a.details.toll_is_overall else x.low <= y.high
    if a.details.toll_is_overall or not place.startswith("in_"):
        return False
    return y.low <= x.high if breadth(a.where) > breadth(b.where) else x.low <= y.high


def _dead(a: Report, b: Report, r: Rules) -> list[Part]:
    """Weigh that both tell of the death of one person, by name or as described."""
    if name := same_name(a.details.dead, b.details.dead):
        return [(f"both tell of the death of {name}", r["same_name"])]
    if what := same_description(a.details.dead, b.details.dead):
        return [(f"both tell of the death of one {what}", r["same_description"])]
    return []
