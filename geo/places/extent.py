"""How exactly words place something: a point, a point nearby, or the area that holds it. Chooses no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.model import Place, Span, Toponym, Unresolved, Where, WherePrecision
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.context import read_story
from geo.places.relations import HERE
from geo.places.weigh import same_division
from geo.space import BEARINGS, middle, offset

NEAR_KM = 15.0  # "near X" without a distance: UCDP's precision 2 allows about 25 km
COMPASS_KM = 25.0  # "north of X" without a distance
TOWN_OF_FACILITY_KM = 12.0  # an airport or base that no source knows lies within this distance of its town
WIDEST_HOLDER_KM = 350.0  # a region that is larger places nothing
DISTRICT_KM = 25.0  # how far a district reaches of which only the chief town is known
LANDS = frozenset(("peninsula", "valley", "hills", "mountains", "plateau", "basin", "forest", "heights"))
LAND_KM = 40.0  # how far such a land reaches from its town
NEXT_CHARACTERS, OPENING_CHARACTERS = 12, 160  # from a name to one behind it, or back to one before it, that holds it
SAME_PASSAGE_CHARACTERS = 500  # about a paragraph
NEXT_SENTENCE_CHARACTERS = 200  # behind a name, in which its town may still be told
ITEM_BEFORE = 250  # characters before a name that an item of a list takes
PASSAGE_BEFORE = 900  # characters before a name in which a passage may have named its division
EXACT: dict[str, WherePrecision] = {
    "site": 1, "town": 1, "district": 3, "admin1": 4, "country": 6, "region": 5, "water": 7,
}  # fmt: skip


def exact(t: Toponym, named: tuple[Span, ...] = ()) -> Where:
    """A resolved name with the relation that the text gives it; `named` are the other words that place it."""
    place, m = t.place, t.mention
    assert place is not None
    precision = EXACT[place.level]
    lat, lon, radius = place.lat, place.lon, place.radius_km
    kind = RULES.types.get(m.type_word)
    if precision == 1 and kind and place.level == "town":
        if kind.facility:
            precision, radius = 2, max(radius, TOWN_OF_FACILITY_KM)
        elif "A.ADM2" in kind.codes and "P.PPL" not in kind.codes:
            precision, radius = 3, max(radius, DISTRICT_KM)  # a district of which only the chief town is known
    if precision <= 3 and m.relation not in HERE:
        precision = 2
        bearing = m.relation.removesuffix(" of")
        if bearing in BEARINGS and m.distance_km:
            lat, lon = offset(lat, lon, bearing, m.distance_km)
            radius = max(5.0, m.distance_km * 0.4)
        else:
            radius = max(radius, m.distance_km or (COMPASS_KM if bearing in BEARINGS else NEAR_KM))
    doubt = ""
    if not place.confirmed:
        precision = max(precision, 2)
        doubt = f"no source confirms the point: it may be {radius:g} km off"
    words = tuple(dict.fromkeys((t.span, *named)))
    return Where(place, precision, lat, lon, radius, words, t.rivals, t.evidence, doubt)


def between(ends: Sequence[Toponym]) -> Where:
    """The middle of two places: UCDP's 5."""
    places = [t.place for t in ends if t.place is not None]
    lat, lon, radius = middle(places)
    said = "between " + " and ".join(p.name for p in places)
    return Where(places[0], 5, lat, lon, radius, tuple(t.span for t in ends), inferred=said)


def both_ends(first: Toponym, toponyms: Sequence[Toponym]) -> Sequence[Toponym]:
    """The two places of "between X and Y", or nothing where one of them is open."""
    at = next((k for k, t in enumerate(toponyms) if t is first), -1)
    for k in (at - 1, at):
        if k >= 0 and k + 1 < len(toponyms):
            ends = toponyms[k : k + 2]
            if all(t.mention.relation == "between" and t.place for t in ends):
                return ends
    return ()


def area(place: Place, words: tuple[Span, ...], inferred: str, t: Toponym | None = None) -> Where:
    """A place as a whole; `t` is the name that could not be placed more exactly."""
    rivals, evidence = (t.rivals, t.evidence) if t else ((), ())
    return Where(place, EXACT[place.level], place.lat, place.lon, place.radius_km, words, rivals, evidence, inferred)


def unknown_place(t: Toponym, named: list[Toponym], toponyms: Sequence[Toponym]) -> Where | Unresolved:
    """A name that no source knows, or too many: what the text puts it in or beside, or nothing."""
    others = [n for n in named if n.span != t.span]
    holders = [*_outer(t, toponyms), *(n for n in others if _stands_by(n, t)), *(n for n in others if _is_division(n))]
    holders = holders or _outer_elsewhere(t, toponyms)
    words = tuple(dict.fromkeys((t.span, *(o.span for o in holders))))
    name, state = t.mention.name, _state(t)
    ends = next((e for h in holders if h.mention.relation == "between" and (e := both_ends(h, toponyms))), ())
    if ends:
        found = between(ends)
        return replace(found, words=(t.span, *found.words), inferred=f"{name} {state}; {found.inferred}")
    if t.mention.relation == "nearby" and (scene := _earlier_spot(t, others)) is not None:
        return _near(t, scene, f"{name} {state}; a place near {scene.name}")
    for holder in holders:
        if holder.place is not None and (found_by := _placed_by(t, holder, words, f"{name} {state}")) is not None:
            return found_by
    town = only_town_nearby(t, toponyms, named)
    if town is not None:
        return _around(t, town, words, f"{name} {state}; the passage is about {town.name}")
    return _land_of(t, toponyms) or _in_the_country(t, holders, words, toponyms)


def _in_the_country(
    t: Toponym, holders: Sequence[Toponym], words: tuple[Span, ...], toponyms: Sequence[Toponym]
) -> Where | Unresolved:
    """What is left for a name that nothing places: the only division of its passage, or the country, in which it stays open."""
    name, state = t.mention.name, _state(t)
    if (division := told_division(t, toponyms)) is not None:
        return area(division, words, f"{name} {state}; the passage is about {division.name}", t)
    country = next((o.place.country for o in holders if o.place is not None and o.place.country), "")
    country = country or main_country(toponyms)
    return Unresolved(name, words, t.rivals, country, f"{name} {state}")


def _land_of(t: Toponym, toponyms: Sequence[Toponym]) -> Where | None:
    """A peninsula, a valley or hills that only a town of the story's country is called like: the land around that town."""
    if t.mention.type_word not in LANDS:
        return None
    home = main_country(toponyms)
    towns = (c.place for c in t.rivals if c.rung in ("exact", "marks") and c.place.level == "town")
    town = next((p for p in towns if p.country == home), None)
    if town is None:
        return None
    inferred = f"the {t.mention.type_word} is called after {town.name}"
    return Where(town, 3, town.lat, town.lon, LAND_KM, (t.span,), t.rivals, inferred=inferred)


def _earlier_spot(t: Toponym, others: Sequence[Toponym]) -> Place | None:
    """The exact place of an earlier sentence that a claim was given beside its own name: "in neighbouring X"."""
    spots = (n.place for n in others if n.span.end < t.span.start and n.place is not None)
    return next((p for p in spots if p.level in ("town", "site")), None)


def _near(t: Toponym, place: Place, inferred: str) -> Where:
    radius = max(place.radius_km, COMPASS_KM)
    return Where(place, 2, place.lat, place.lon, radius, (t.span,), t.rivals, inferred=inferred)


def told_division(t: Toponym, toponyms: Sequence[Toponym]) -> Place | None:
    """The only division that the passage of a name is about: it is named, and all other places there lie in it."""
    kind = RULES.types.get(t.mention.type_word)
    if kind is not None and kind.apart:
        return None  # a river or a dam may be far from where it is spoken of
    return _told_within(t, toponyms, ITEM_BEFORE) or _told_within(t, toponyms, PASSAGE_BEFORE)


def _told_within(t: Toponym, toponyms: Sequence[Toponym], before: int) -> Place | None:
    """The only division that so many characters before a name are about."""
    near = [
        o
        for o in toponyms
        if o.place is not None
        and not (o.mention.demonym or o.mention.metonym)
        and -before <= o.span.start - t.span.start <= SAME_PASSAGE_CHARACTERS // 2
    ]
    places = [o.place for o in near if o.place is not None and o.place.level in ("admin1", "district", "town", "site")]
    divisions = {p.id: p for p in places if p.level == "admin1"}
    if len(divisions) != 1:
        return None
    division = next(iter(divisions.values()))
    if any(p.country != division.country or (p is not division and not same_division(p, division)) for p in places):
        return None
    countries = {o.place.country for o in near if o.place is not None and o.place.level == "country"}
    return division if countries <= {division.country} else None


def _state(t: Toponym) -> str:
    """Why a name is open."""
    if not t.rivals:
        return "is not in the gazetteer"
    fitting = sum(c.score >= RULES.weights["resolve"]["least"] for c in t.rivals)
    return "may be several places" if fitting > 1 else "is no place that fits the story"


def _outer(t: Toponym, toponyms: Sequence[Toponym]) -> list[Toponym]:
    """What a name is written to lie in or beside, the next first: "X, Y district, Z province" gives Y and Z."""
    found: list[Toponym] = []
    waiting = list(t.mention.inside)
    while waiting:
        k = waiting.pop(0)
        if k < len(toponyms) and toponyms[k] not in found and toponyms[k] is not t:
            found.append(toponyms[k])
            waiting += toponyms[k].mention.inside
    return found


def _outer_elsewhere(t: Toponym, toponyms: Sequence[Toponym]) -> list[Toponym]:
    """What the text puts the same name in or beside elsewhere, where all its mentions agree: "in Xana", then "Xana, a village of Y"."""
    mine = names.keys(t.mention.name).phonetic
    told = [_outer(o, toponyms) for o in toponyms if o.mention.inside and o is not t and _is_called(o, mine)]
    first = [outer[0].place.id if outer and outer[0].place else "" for outer in told]
    return told[0] if told and len(set(first)) == 1 else []


def _is_called(t: Toponym, phonetic: str) -> bool:
    return t.place is None and bool(phonetic) and names.keys(t.mention.name).phonetic == phonetic


def _stands_by(n: Toponym, t: Toponym) -> bool:
    """Does another of the claim's names follow at once ("X, Oum district") or open the clause ("In Oum, a post at X was hit")?"""
    return not n.mention.demonym and -OPENING_CHARACTERS <= n.span.start - t.span.end <= NEXT_CHARACTERS


def _is_division(t: Toponym) -> bool:
    return t.place is not None and t.place.level in ("admin1", "district") and not t.mention.demonym


def _placed_by(t: Toponym, holder: Toponym, words: tuple[Span, ...], why: str) -> Where | None:
    """Where a name lies by what holds it or lies beside it; None where that says too little."""
    place = holder.place
    assert place is not None
    if place.level in ("admin1", "district") or (place.level == "region" and place.radius_km <= WIDEST_HOLDER_KM):
        return area(place, words, f"{why}; placed in {place.name}", t)
    if place.level not in ("town", "site"):
        return None
    found = exact(holder, words)
    relation, km = holder.mention.relation, holder.mention.distance_km
    if relation not in HERE:
        said = f"{km:g} km {relation} {place.name}".replace(" near ", " from ") if km else f"{relation} {place.name}"
        return replace(found, where_prec=2, rivals=t.rivals, inferred=f"{why}; {said}")
    return _in_town(t, holder, found, why)


def _in_town(t: Toponym, holder: Toponym, found: Where, why: str) -> Where:
    """Where a name lies that the text puts in what is called like a town: the town, its district or its province."""
    place, kind = found.place, RULES.types.get(t.mention.type_word)
    if found.where_prec >= EXACT["district"]:  # of the district only the chief town is known
        return replace(found, rivals=t.rivals, inferred=f"{why}; placed in the district of {place.name}")
    if kind is None or kind.facility or kind.local:
        division = next((c.place for c in holder.rivals if c.place.level == "admin1" and c.rung == holder.rung), None)
        if kind is None and division is not None and not holder.mention.type_word:
            return area(
                division, found.words, f"{why}; placed in {division.name}", t
            )  # "X, Kirkuk": perhaps the province
        return _around(t, place, found.words, f"{why}; placed in {place.name}")
    reach = max(found.radius_km, DISTRICT_KM)
    return replace(
        found,
        where_prec=max(found.where_prec, 2),
        radius_km=reach,
        rivals=t.rivals,
        evidence=(),
        inferred=f"{why}; placed in {place.name}",
    )


def _around(t: Toponym, town: Place, words: tuple[Span, ...], inferred: str) -> Where:
    radius = max(town.radius_km, TOWN_OF_FACILITY_KM)
    return Where(town, 2, town.lat, town.lon, radius, words, t.rivals, inferred=inferred)


def only_town_nearby(t: Toponym, toponyms: Sequence[Toponym], named: Sequence[Toponym] = ()) -> Place | None:
    """The town of a square, hospital or quarter: the only one that the claim names, or else the text around it."""
    kind = RULES.types.get(t.mention.type_word)
    ward = t.mention.type_word == "district" and len(t.rivals) != 1  # of many so called, the one of that town
    if kind is None or not (kind.local or kind.facility or ward) or kind.apart or "S.INSM" in kind.codes:
        return None
    near = [o for o in toponyms if -SAME_PASSAGE_CHARACTERS < o.span.start - t.span.start < NEXT_SENTENCE_CHARACTERS]
    for those in (named, near):
        towns = {o.place.id: o.place for o in those if o.place is not None and _is_other_town(o, t)}
        if len(towns) == 1:
            return next(iter(towns.values()))
    return None


def _is_other_town(o: Toponym, t: Toponym) -> bool:
    if o is t or o.place is None or o.place.level != "town" or o.mention.metonym or o.mention.demonym:
        return False
    return o.mention.relation in HERE and o.mention.name != t.mention.name


def main_country(toponyms: Sequence[Toponym]) -> str:
    """ISO code of the country that a story is clearly about, or ""; scenes count before actors."""
    scenes = [t for t in toponyms if not (t.mention.demonym or t.mention.metonym)]
    return (
        read_story(scenes, [0] * len(scenes)).main_country() or read_story(toponyms, [0] * len(toponyms)).main_country()
    )
