"""Where an incident was. The only stage that chooses a place.

`resolve` chooses for every name of a document (the weighing is in `geo.choose`), `where` for one claim: how exactly its
words place it, what the story leaves where it has no place words, and what stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.choose import choose
from geo.context import read_story
from geo.gazetteer import Gazetteer
from geo.model import Claim, Mention, Place, Sentence, Span, Toponym, Unresolved, Where, WherePrecision
from geo.place_rules import PLACE_RULES as RULES
from geo.space import BEARINGS, haversine_km, middle, offset

NEAR_KM = 15.0  # "near X" without a distance: UCDP's precision 2 allows about 25 km
COMPASS_KM = 25.0  # "north of X" without a distance
TOWN_OF_FACILITY_KM = 12.0  # an airport or base that no source knows lies within this distance of its town
SAME_PASSAGE_CHARACTERS = 500  # about a paragraph
EXACT: dict[str, WherePrecision] = {
    "site": 1,
    "town": 1,
    "district": 3,
    "admin1": 4,
    "country": 6,
    "region": 5,
    "water": 7,
}
FINENESS = {"site": 0, "town": 1, "district": 2, "water": 3, "admin1": 4, "region": 5, "country": 6}
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

    The claim's own place words come first, then the earlier place that it points back to, then the country that the story
    is clearly about. A name that no source knows gives the division that the text puts it in, or stays `Unresolved`.
    """
    named = [t for span in claim.places if (t := _at(span, toponyms)) is not None]
    if not named and claim.implied_place is not None and (t := _at(claim.implied_place, toponyms)) is not None:
        found = _from_names([t], toponyms)
        if isinstance(found, Where):
            # what is only pointed back to is no more than near it: UCDP's 2
            near = replace(found, where_prec=2) if found.where_prec == 1 else found
            return _with_inferred(near, f"the text points back to {t.mention.name}")
        return found
    if named:
        return _from_names(named, toponyms)
    return _from_story(toponyms, gazetteer)


def _at(span: Span, toponyms: Sequence[Toponym]) -> Toponym | None:
    """The toponym at a span: the same span first, then the longest that overlaps it."""
    over = [t for t in toponyms if t.span.overlaps(span)]
    return max(
        over, key=lambda t: (t.span == span, min(t.span.end, span.end) - max(t.span.start, span.start)), default=None
    )


def _from_names(named: list[Toponym], toponyms: Sequence[Toponym]) -> Where | Unresolved:
    between = [t for t in named if t.mention.relation == "between" and t.place]
    if len(between) > 1:
        return _between(between)
    first = named[0]
    if first.place is None and not first.mention.demonym:
        return _unknown(first, named, toponyms)
    first = _in_the_story(_where_it_is_put(first, named), toponyms)
    if first.place is None:
        return _unknown(first, named, toponyms)
    best = _finest_inside(first, named)
    if best.mention.demonym and best.place:
        return _area(best.place, (), f"the text only says {best.mention.name}")
    return _exact(best, named)


def _where_it_is_put(first: Toponym, named: list[Toponym]) -> Toponym:
    """The first name read in the country that the words beside or above it name: "Burkina Faso / Yagha: ... entered Solhan".

    Where no place of that name lies there, the name stays open.
    """
    outer = [t.place.country for t in named[1:] if t.place is not None and t.place.level in ("country", "admin1")]
    place = first.place
    if place is None or not outer or not place.country or place.country in outer or place.level == "country":
        return first
    there = next(
        (c for c in first.rivals if c.place.country in outer and c.rung in ("exact", "marks", "article")), None
    )
    if there is None:
        return replace(first, place=None)
    return replace(first, place=there.place, rung=there.rung, evidence=there.evidence)


def _in_the_story(first: Toponym, toponyms: Sequence[Toponym]) -> Toponym:
    """Leave a small place open where nothing else in the article is in its country: a namesake, far from the story."""
    place = first.place
    if place is None or place.level not in ("town", "site", "district") or place.feature_code == "P.PPLC":
        return first
    mine = first.mention.name.casefold()
    others = [t.place.country for t in toponyms if t.place is not None and t.mention.name.casefold() != mine]
    if not others or place.country in others:
        return first
    most = max(others.count(c) for c in others)
    one_country = len(others) >= SETTLED_STORY and most >= SETTLED_SHARE * len(others)
    sound = first.rung in ("exact", "marks") and not one_country
    if place.importance >= (SMALL_TOWN if sound else KNOWN_ABROAD) or (place.reviewed and not one_country):
        return first
    return replace(first, place=None)


def _finest_inside(first: Toponym, named: list[Toponym]) -> Toponym:
    """The most exact of the names that lie within the first: "Anbar ... the town of Hit" means Hit."""
    best = first
    for t in named[1:]:
        if t.place is None or t.mention.demonym or t.mention.metonym or best.place is None:
            continue
        finer = FINENESS[t.place.level] < FINENESS[best.place.level]
        if finer and FINENESS[best.place.level] >= FINENESS["admin1"] and _lies_in(t.place, best.place):
            best = t
    return best


def _lies_in(inner: Place, outer: Place) -> bool:
    if outer.level == "country":
        return inner.country == outer.country
    return haversine_km(inner.lat, inner.lon, outer.lat, outer.lon) <= outer.radius_km


def _exact(t: Toponym, named: list[Toponym]) -> Where:
    """A resolved name with the relation that the text gives it."""
    place, m = t.place, t.mention
    assert place is not None
    words = tuple(dict.fromkeys((t.span, *(o.span for o in named if o is not t))))
    precision = EXACT[place.level]
    lat, lon, radius = place.lat, place.lon, place.radius_km
    kind = RULES.types.get(m.type_word)
    if precision == 1 and kind and kind.facility and place.level == "town":
        precision, radius = 2, max(radius, TOWN_OF_FACILITY_KM)
    if precision <= 3 and m.relation not in ("at", ""):
        precision = 2
        bearing = m.relation.removesuffix(" of")
        if bearing in BEARINGS and m.distance_km:
            lat, lon = offset(lat, lon, bearing, m.distance_km)
            radius = max(5.0, m.distance_km * 0.4)
        else:
            radius = max(radius, m.distance_km or (COMPASS_KM if bearing in BEARINGS else NEAR_KM))
    return Where(place, precision, lat, lon, radius, words, t.rivals, t.evidence)


def _between(ends: list[Toponym]) -> Where:
    places = [t.place for t in ends if t.place is not None]
    lat, lon, radius = middle(places)
    return Where(
        places[0],
        5,
        lat,
        lon,
        radius,
        tuple(t.span for t in ends),
        inferred="between " + " and ".join(p.name for p in places),
    )


def _unknown(t: Toponym, named: list[Toponym], toponyms: Sequence[Toponym]) -> Where | Unresolved:
    """A name that no source knows, or too many: the division that the text puts it in, or nothing."""
    outer = [toponyms[i] for i in t.mention.inside if i < len(toponyms)]
    outer += [n for n in named[1:] if not n.mention.demonym]
    words = tuple(dict.fromkeys((t.span, *(o.span for o in outer))))
    held = [o.place for o in outer if o.place is not None and o.place.level in ("admin1", "district", "town")]
    name = t.mention.name
    state = "is not in the gazetteer" if not t.rivals else "may be several places"
    if held and (t.mention.type_word == "" or held[0].level != "town" or RULES.types[t.mention.type_word].facility):
        place = held[0]
        found = _area(place, words, f"{name} {state}; placed in {place.name}", t)
        return (
            found
            if place.level != "town"
            else Where(
                place,
                2,
                place.lat,
                place.lon,
                max(place.radius_km, TOWN_OF_FACILITY_KM),
                words,
                t.rivals,
                inferred=found.inferred,
            )
        )
    town = _only_town_nearby(t, toponyms)
    if town is not None:
        radius = max(town.radius_km, TOWN_OF_FACILITY_KM)
        return Where(
            town,
            2,
            town.lat,
            town.lon,
            radius,
            words,
            t.rivals,
            inferred=f"{name} {state}; the passage is about {town.name}",
        )
    country = next((o.place.country for o in outer if o.place is not None and o.place.country), "") or main_country(
        toponyms
    )
    return Unresolved(name, words, t.rivals, country, f"{name} {state}")


def _only_town_nearby(t: Toponym, toponyms: Sequence[Toponym]) -> Place | None:
    """The town of an unknown square, hospital or quarter: the only one that the text names around it."""
    kind = RULES.types.get(t.mention.type_word)
    if (
        kind is None
        or not (kind.facility or "P.PPLX" in kind.codes)
        or kind.apart
        or {"S.INSM", "A.ADM2"} & set(kind.codes)
    ):
        return None
    towns = {
        o.place.id: o.place
        for o in toponyms
        if o.place is not None
        and o.place.level == "town"
        and not o.mention.metonym
        and abs(o.span.start - t.span.start) < SAME_PASSAGE_CHARACTERS
    }
    return next(iter(towns.values())) if len(towns) == 1 else None


def _area(place: Place, words: tuple[Span, ...], inferred: str, t: Toponym | None = None) -> Where:
    return Where(
        place,
        EXACT[place.level],
        place.lat,
        place.lon,
        place.radius_km,
        words,
        t.rivals if t else (),
        t.evidence if t else (),
        inferred,
    )


def _with_inferred(found: Where, inferred: str) -> Where:
    return Where(
        found.place,
        found.where_prec,
        found.lat,
        found.lon,
        found.radius_km,
        found.words,
        found.rivals,
        found.evidence,
        inferred,
    )


def _from_story(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Where | Unresolved:
    """No place words: the country that the whole story is clearly about, never one that the passage mentions as an actor."""
    country = main_country(toponyms)
    place = gazetteer.country_of(country) if country else None
    if place is None:
        return Unresolved("", (), (), country, "the text does not say where, and the story is about no single country")
    return _area(place, (), f"no place is named; the story is about {place.name}")


def main_country(toponyms: Sequence[Toponym]) -> str:
    """ISO code of the country that a story is clearly about, or ""."""
    return read_story(toponyms, [0] * len(toponyms)).main_country()
