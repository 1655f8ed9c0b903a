"""Where an incident was. The only stage that chooses a place.

`resolve` chooses for every name of a document (the weighing is in `geo.places.choose`), `where` for one claim: how exactly its
words place it, what the story leaves where it has no place words, and what stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geo.model import Claim, Mention, Place, Sentence, Span, Toponym, Unresolved, Where
from geo.place_rules import PLACE_RULES as RULES
from geo.places.choose import choose
from geo.places.extent import (
    NEAR_KM,
    TOWN_OF_FACILITY_KM,
    area,
    between,
    both_ends,
    exact,
    main_country,
    only_town_nearby,
    unknown_place,
)
from geo.places.gazetteer import Gazetteer
from geo.places.relations import HERE
from geo.places.weigh import same_division
from geo.space import haversine_km

FINENESS = {"site": 0, "town": 1, "district": 2, "water": 3, "admin1": 4, "region": 5, "country": 6}
HELD_KM, BESIDE_KM = 40.0, 60.0  # how far from a town a place lies that is written to be in it, or beside it
TURNED_KM = 300.0  # how far a well-known town may lie in a direction from another without a distance
KNOWN_TOWN = 4.7  # log10 of the people of a town that is meant even where the country beside its name is another
SMALL_TOWN = 3.7  # log10 of the people of a town whose name alone, spelt as it is known, may still be meant
SETTLED_STORY, SETTLED_SHARE = 3, 0.7  # so many names, and so many of them in one country, settle where a story plays
KNOWN_ABROAD = 6.0  # log10 of the people of a city that news names without its country


def resolve(
    text: str,  # noqa: ARG001  every stage is called with the text
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
) -> tuple[Toponym, ...]:
    """Choose a place for every mention of a document; `place` is None where the evidence is too weak or too close."""
    return choose(mentions, sentences, gazetteer)


def where(
    claim: Claim,
    claims: Sequence[Claim],  # noqa: ARG001  every stage after the search is called with all claims
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
) -> Where | Unresolved:
    """Say where a claim happened, as exactly as its article does and no more.

    The claim's own place words come first, or the earlier place that it points back to, which its own words may hold ("the
    same town" below a heading with its province), then the country that the story is clearly about. A name that no source knows gives the division that the text puts it in, or stays `Unresolved`.
    """
    named = [t for span in claim.places if (t := _at(span, toponyms)) is not None]
    if claim.implied_place is not None and (t := _at(claim.implied_place, toponyms)) is not None:
        found = _from_names([t, *(n for n in named if n is not t)], toponyms)
        if isinstance(found, Where):
            # what is only pointed back to is no more than near it: UCDP's 2
            near = replace(found, where_prec=2) if found.where_prec == 1 else found
            return _with_inferred(near, f"the text points back to {t.mention.name}")
        return found
    if named:
        return _from_names(named, toponyms)
    found = _from_story(toponyms, gazetteer)
    home = _at(claim.abroad, toponyms) if claim.abroad is not None else None
    if home is not None and home.place and isinstance(found, Where) and found.place.country == home.place.country:
        return Unresolved("", (), (), "", "a force tells of its strikes and does not say where they were")
    return found


def _at(span: Span, toponyms: Sequence[Toponym]) -> Toponym | None:
    """The toponym at a span: the same span first, then the longest that overlaps it."""
    at = bisect_left(toponyms, span, key=lambda t: t.span)
    if at < len(toponyms) and toponyms[at].span == span:
        return toponyms[at]
    over = [t for t in toponyms if t.span.overlaps(span)]
    return max(over, key=lambda t: min(t.span.end, span.end) - max(t.span.start, span.start), default=None)


def _from_names(named: list[Toponym], toponyms: Sequence[Toponym]) -> Where | Unresolved:
    named = _head_first(named, toponyms)
    first = named[0]
    if first.mention.relation == "between" and (ends := both_ends(first, toponyms)):
        return between(ends)
    if first.place is None and not first.mention.demonym:
        return unknown_place(first, named, toponyms)
    first = _in_its_town(_in_the_story(_where_it_is_put(first, named, toponyms), toponyms), named, toponyms)
    if first.place is None:
        return unknown_place(first, named, toponyms)
    best = _finest_inside(first, named)
    if best.mention.demonym and best.place:
        return area(best.place, (), f"the text only says {best.mention.name}")
    return exact(best, tuple(o.span for o in named))


def _head_first(named: list[Toponym], toponyms: Sequence[Toponym]) -> list[Toponym]:
    """The names with what lies beside a town, or in a country, before it: of "Xanabad, 12 km north of Y" the first is Xanabad."""
    first = named[0]
    relation = first.mention.relation
    others = [t for t in named[1:] if not t.mention.demonym]
    at = next((k for k, t in enumerate(toponyms) if t is first), -1)
    if relation in HERE or relation == "toward":
        wide = first.place is not None and first.place.level in ("country", "admin1", "region")
        head = next((t for t in others if wide and t.place is None and at in t.mention.inside), None)
    elif relation == "between":
        head = next((t for t in others if first.place is None and t.mention.relation != "between"), None)
    else:
        head = next((t for t in toponyms if at in t.mention.inside), None)
        head = head or next((t for t in others if _is_spot(t) and _is_by(t, first)), None)
    return [head, *(t for t in named if t is not head)] if head is not None else named


def _is_spot(t: Toponym) -> bool:
    return t.place is not None and t.place.level in ("town", "site") and t.mention.relation in HERE


def _is_by(t: Toponym, other: Toponym) -> bool:
    """Whether a place may be the one that lies as far from another as the text says."""
    if t.place is None or other.place is None:
        return False
    reach = (other.mention.distance_km or NEAR_KM) * 2 + NEAR_KM
    return haversine_km(t.place.lat, t.place.lon, other.place.lat, other.place.lon) <= reach


def _in_its_town(first: Toponym, named: list[Toponym], toponyms: Sequence[Toponym]) -> Toponym:
    """Leave a street, market or church open that only a town elsewhere is called like: the sentence names its own town."""
    kind = RULES.types.get(first.mention.type_word)
    if kind is None or not kind.local or first.place is None or first.place.level != "town":
        return first
    if first.rung not in ("exact", "marks", "article"):
        return replace(first, place=None)  # a mosque is called like no town that only sounds like it
    if first.span.end - first.span.start <= len(first.mention.name):
        return first  # "a quarter of X": the kind stands before the town
    named_alone = (
        first.place.importance >= KNOWN_TOWN
    )  # "the Deli nightclub" is in that city, whatever stands around it
    town = only_town_nearby(first, named if named_alone else toponyms, named)
    if town is None or haversine_km(town.lat, town.lon, first.place.lat, first.place.lon) <= TOWN_OF_FACILITY_KM:
        return first
    return replace(first, place=None)


def _where_it_is_put(first: Toponym, named: list[Toponym], toponyms: Sequence[Toponym]) -> Toponym:
    """The first name read in the country that the words beside or above it name: "Burkina Faso / Yagha: ... entered Solhan".

    Where no place of that name lies there, the name stays open.
    """
    place = first.place
    if place is None or place.level == "country":
        return first
    outer = [t.place.country for t in named[1:] if t.place is not None and t.place.level in ("country", "admin1")]
    held = [toponyms[i] for i in first.mention.inside if i < len(toponyms)]
    near = all(_is_near(place, t) for t in held)
    if near and (not outer or not place.country or place.country in outer):
        return first
    there = next(
        (
            c
            for c in first.rivals
            if c.rung in ("exact", "marks", "article")
            and (not outer or c.place.country in outer)
            and all(_is_near(c.place, t) for t in held)
        ),
        None,
    )
    if there is not None:
        return replace(first, place=there.place, rung=there.rung, evidence=there.evidence)
    known = near and first.rung in ("exact", "marks") and place.importance >= KNOWN_TOWN
    return first if known else replace(first, place=None)


def _is_near(place: Place, outer: Toponym) -> bool:
    """Can a place lie in or by what the text puts it in or by? A country is asked elsewhere."""
    town = outer.place
    if town is not None and town.level == "admin1" and outer.mention.relation in HERE:
        km = haversine_km(place.lat, place.lon, town.lat, town.lon)
        return (
            place.level in ("admin1", "region", "country")
            or same_division(place, town)
            or km <= town.radius_km + HELD_KM
        )
    if town is None or town.level not in ("town", "district", "site"):
        return True
    m = outer.mention
    reach = max(HELD_KM if m.relation in HERE else BESIDE_KM, (m.distance_km or 0.0) * 1.5)
    if m.relation.endswith(" of") and m.distance_km is None and place.importance >= KNOWN_TOWN:
        reach = TURNED_KM
    return haversine_km(place.lat, place.lon, town.lat, town.lon) <= town.radius_km + reach


def _in_the_story(first: Toponym, toponyms: Sequence[Toponym]) -> Toponym:
    """Leave a small place open where nothing else in the article is in its country: a namesake, far from the story."""
    place = first.place
    if place is None or place.level not in ("town", "site", "district") or place.feature_code == "P.PPLC":
        return first
    return first if _belongs(first, place, toponyms) else replace(first, place=None)


def _belongs(first: Toponym, place: Place, toponyms: Sequence[Toponym]) -> bool:
    """Is a place in a country of the story, or so well known that it is meant even where nothing else is?"""
    mine = first.mention.name.casefold()
    others = [t for t in toponyms if t.place is not None]
    if any(
        _sets_scene(t) and t.place and t.place.country == place.country and t.mention.name.casefold() != mine
        for t in others
    ):
        return True
    named = [t for t in others if t.mention.name.casefold() != mine]
    scenes = [t for t in named if _sets_scene(t)]  # "American officials" set no scene
    countries = [t.place.country for t in scenes or named if t.place is not None]
    if not countries or place.country in countries:
        return True
    most = max(Counter(countries).values())
    one_country = len(countries) >= SETTLED_STORY and most >= SETTLED_SHARE * len(countries)
    of_people = any(t.place is not None and t.place.country == place.country for t in named)
    if of_people and (place.importance >= SMALL_TOWN or not one_country):
        return True
    alone = place.level == "site" and first.rung == "exact" and not first.rivals  # no other place is called so
    sound = first.rung in ("exact", "marks") and not one_country
    known = place.importance >= (SMALL_TOWN if sound else KNOWN_ABROAD)
    return known or (not one_country and (place.reviewed or alone))


def _sets_scene(t: Toponym) -> bool:
    """Is a name more than a word for a people or a government, such as "American officials"?"""
    return not (t.mention.demonym or t.mention.metonym)


def _finest_inside(first: Toponym, named: list[Toponym]) -> Toponym:
    """The most exact of the names that lie within the first: "Anbar ... the town of Hit" means Hit."""
    best = first
    for t in named[1:]:
        if t.place is None or t.mention.demonym or t.mention.metonym or best.place is None:
            continue
        if t.mention.relation not in HERE:
            continue  # "the Oum plain, east of Deli"
        finer = FINENESS[t.place.level] < FINENESS[best.place.level]
        if finer and FINENESS[best.place.level] >= FINENESS["admin1"] and _lies_in(t.place, best.place):
            best = t
    return best


def _lies_in(inner: Place, outer: Place) -> bool:
    if outer.level == "country":
        return inner.country == outer.country
    return haversine_km(inner.lat, inner.lon, outer.lat, outer.lon) <= outer.radius_km


def _with_inferred(found: Where, inferred: str) -> Where:
    return replace(found, inferred="; ".join(filter(None, (inferred, found.inferred))))


def _from_story(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Where | Unresolved:
    """No place words: the country that the whole story is clearly about, never one that the passage mentions as an actor."""
    country = main_country(toponyms)
    place = gazetteer.country_of(country) if country else None
    if place is None:
        return Unresolved("", (), (), country, "the text does not say where, and the story is about no single country")
    return area(place, (), f"no place is named; the story is about {place.name}")
