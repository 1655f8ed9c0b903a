"""What speaks for and against a candidate: reasons with weights that add up, each of which can be printed."""

from __future__ import annotations

import math

from rapidfuzz.distance import JaroWinkler

from geo.model import Candidate, Evidence, Place, Toponym
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.context import Context, Others, rough_km
from geo.places.gazetteer import Gazetteer, Known
from geo.places.meant import THE_CAPITAL
from geo.places.relations import HERE
from geo.space import WELL_WITHIN, distance_km

HAMLETS, CITY = frozenset(("village", "hamlet")), 4.5  # no place of so many people (log10) is called so
VILLAGES = frozenset(("village", "town", "hamlet", "subdistrict", "sub-district"))  # no part of a town is called so
SOUNDS = ("phonetic", "skeleton")
SPELT = ("exact", "marks")


def signs(c: Candidate, ctx: Context, gazetteer: Gazetteer) -> list[Evidence]:
    """Everything that speaks for and against one candidate of a mention."""
    w = RULES.weights["resolve"]
    m, place = ctx.mention, c.place
    level = place.level
    main = c.rung != "demonym" and (level == "country" or names.bare(place.name) == ctx.key)
    known = gazetteer.known_as(place.id, m.name) if place.reviewed else None
    # A spelling that only the bulk index gives a reviewed place is one of its many names there: "Pokrovsk" for Engels.
    own = place.reviewed and (known is not None or c.rung not in SPELT)
    size = place.importance if main or own else place.importance * w["alternate_size"]
    out: list[Evidence] = [
        ("the name matches ({})", c.rung, w["rung_" + c.rung]),
        ("importance {:.1f}", size, w["importance"] * size),
    ]
    if main or (own and c.rung in SPELT):
        out.append(("a main name{}", "", w["main_name"]))
    if place.reviewed:
        out.append(("reviewed{}", "", w["reviewed"]))
    if level == "country":
        out.append(("a country{}", "", w["country"] if _no_namesake(place, ctx) else 0.0))
    elif level in ("region", "water") and place.reviewed:
        out.append(("a region{}", "", w["region"]))
    if place.feature_code == "P.PPLC":
        out.append(("a capital{}", "", w["capital"]))
    _type_signs(place, ctx, out)
    held = _outer_signs(place, ctx, out)
    if ctx.others.shares:
        _story_signs(place, size if main else size - w["alternate_abroad"], ctx, out, held=held)
    if known:
        _name_signs(known, ctx, out)
    if m.name == THE_CAPITAL and not _is_played_in(place.country, ctx):
        out.append(("the story names few places of {}", place.country, w["no_such_thing"]))
    if c.rung in SOUNDS:
        _sound_signs(c, ctx, out)
    return out


def _name_signs(known: Known, ctx: Context, out: list[Evidence]) -> None:
    """Weigh what the reviewed files say of a name: that it is a former one, or holds in one country only."""
    w = RULES.weights["resolve"]
    if known.kind == "former":
        out.append(("a name that it no longer has{}", "", w["former_name"]))
    if context := known.context_country:
        told = ctx.others.shares.get(context, 0.0) >= w["context_share"] or any(
            _country(t) == context for t in ctx.outer
        )
        out.append(("so called in news of {}", context, w["context_country"] if told else w["no_context"]))


def _is_played_in(country: str, ctx: Context) -> bool:
    """Whether most of the other places of a story lie in a country; its name and its people may stand for who acts."""
    mine = sum(p.country == country for p in ctx.others.places)
    return mine * 2 > len(ctx.others.places)


def _country(t: Toponym) -> str:
    return t.place.country if t.place else ""


def _sound_signs(c: Candidate, ctx: Context, out: list[Evidence]) -> None:
    """A name that only sounds alike is believed of a place of note in a country of the story, or where it is spelt nearly so."""
    w = RULES.weights["resolve"]
    place = c.place
    home = ctx.others.shares.get(place.country, 0.0)
    if c.rung == "skeleton":
        out.append(("consonants only, {:.2f} alike", c.score, w["likeness"] * (c.score - 1.0)))
    if not place.reviewed and (c.rung == "skeleton" or place.importance < w["known_by_sound"]):
        penalty = w["sounds_alike"]
        if c.rung == "phonetic" and home >= w["home_share"]:
            penalty = max(penalty, w["spelling"] * (1.0 - _spelt_alike(ctx.mention.name, place)))
        out.append(("a small place that only sounds alike{}", "", penalty))
    if home < w["context_share"]:
        out.append(("only sounds alike, outside the story's countries{}", "", w["sounds_alike_abroad"]))


def _spelt_alike(name: str, place: Place) -> float:
    """Likeness of the letters of a name and of a place's own, 0 to 1, spaces and articles aside."""
    mine, yours = (names.bare(n).replace(" ", "") for n in (name, place.name))
    return float(JaroWinkler.similarity(mine, yours))


def _no_namesake(country: Place, ctx: Context) -> bool:
    """Whether no division of a country of the story has the country's name: Georgia in news of the United States."""
    if ctx.others.shares.get(country.country, 0.0) > RULES.weights["resolve"]["context_share"]:
        return True
    return not any(
        c.place.level == "admin1" and c.place.name == country.name and ctx.others.shares.get(c.place.country, 0.0) > 0.3
        for c in ctx.mention.candidates
    )


def _type_signs(place: Place, ctx: Context, out: list[Evidence]) -> None:
    w = RULES.weights["resolve"]
    m = ctx.mention
    if m.type_word:
        kind = RULES.types[m.type_word]
        too_large = m.type_word in HAMLETS and place.level == "town" and place.importance >= CITY
        if kind.wants(place.feature_code) and not too_large:
            out.append(("it is of the kind {}", m.type_word, w["type_fits_facility" if kind.facility else "type_fits"]))
        elif m.type_word == "county" or kind.apart or kind.capital:
            out.append(("it is no {}", m.type_word, w["no_such_thing"]))
        else:
            out.append(("it is no {}", m.type_word, w["type_differs_facility" if kind.facility else "type_differs"]))
            if kind.facility and place.level == "admin1":
                out.append(("nor a town{}", "", w["bare_admin1_of_town"]))
    elif place.level == "admin1":
        here = [c for c in m.candidates if c.place.country == place.country and c.place.level == "town"]
        town = next((c.place for c in here if _is_its_town(c, place)), None)
        if town is not None and _holds_another_town(town, ctx):
            out.append(("it holds a town that is named in it{}", "", w["holds_town"]))
        else:
            weight = w["bare_admin1" if town is None else "bare_admin1_of_town"]
            out.append(("a division, and no word for one beside the name{}", "", weight))
    elif place.feature_code[:2] == "S." and not place.reviewed and names.bare(place.name) != ctx.key:
        out.append(("a facility, and no word for one beside the name{}", "", w["bare_site"]))


def _holds_another_town(town: Place, ctx: Context) -> bool:
    """Whether the name is told to hold a town or district elsewhere: "Zakho district in Dohuk" speaks of the province."""
    w = RULES.weights["resolve"]
    for inner in ctx.inner:
        if inner.type_word in VILLAGES:
            return True
        best = next((c.place for c in inner.candidates if c.place.country == town.country), None)
        if best is not None and best.level in ("town", "district"):
            return bool(distance_km(best, town) > town.radius_km + w["apart_km"])
    return False


def _is_its_town(c: Candidate, division: Place) -> bool:
    """Whether a town of the country is one of some size in the division that is called like it: Kherson in Kherson."""
    town = c.place
    if c.rung not in ("exact", "marks"):
        return False
    return town.importance > division.importance - RULES.weights["resolve"]["town_size_gap"] and same_division(
        town, division
    )


def _outer_signs(place: Place, ctx: Context, out: list[Evidence]) -> bool:
    """Weigh the places that the text puts the name in or beside; whether one of them holds it."""
    w = RULES.weights["resolve"]
    held = False
    for t in ctx.outer:
        outer = t.place
        if outer is None or outer.id == place.id:
            continue
        fits = _fits(place, outer, t)
        held |= fits
        by = t.mention.relation not in HERE and outer.level not in ("country", "admin1")
        reason = ("by {}" if by else "in {}") if fits else ("far from {}" if by else "not in {}")
        out.append((reason, outer.name, w["inside"] if fits else w["not_inside"]))
    return held


def _fits(place: Place, outer: Place, t: Toponym) -> bool:
    w = RULES.weights["resolve"]
    if outer.level == "country":
        return place.country == outer.country
    km = distance_km(place, outer)
    if outer.level == "admin1":
        return place.country == outer.country and (same_division(place, outer) or km < WELL_WITHIN * outer.radius_km)
    said = t.mention.distance_km
    if said is None and t.mention.relation.endswith(" of") and place.importance >= w["told_apart"]:
        return bool(km <= outer.radius_km + w["turned_km"])  # "Xanabad, south of the capital"
    return bool(km <= outer.radius_km + (w["beside_km"] if said is None else w["said_km"] + said * w["said_share"]))


def same_division(place: Place, division: Place) -> bool:
    """Whether a place's admin-1 name is that of a division, spelling aside."""
    a, b = names.keys(place.admin1), names.keys(division.admin1 or division.name)
    return bool(a.article) and (a.article == b.article or a.phonetic == b.phonetic)


def _doubt_abroad(place: Place, ctx: Context) -> float:
    """How far a place outside the story's countries is doubted, 0 to 1: less where only it has the name, and is large or near."""
    w = RULES.weights["resolve"]
    name = ctx.mention.name
    if place.name != name and names.marks(place.name) != names.marks(name):
        return 1.0
    doubt = float(w["reviewed_abroad"]) if place.reviewed else 1.0
    if any(c.place.id != place.id and c.place.importance > 0 for c in ctx.mention.candidates):
        return doubt
    if place.importance >= w["known_alone"]:
        return 0.0
    near = any(distance_km(place, p) < w["neighbour_km"] for p in ctx.others.places if p.id != place.id)
    return min(doubt, float(w["neighbour_abroad"])) if near else doubt


def _story_signs(place: Place, size: float, ctx: Context, out: list[Evidence], *, held: bool) -> None:
    """What the rest of the story says; `size` is the importance of the place under this name."""
    w = RULES.weights["resolve"]
    story = ctx.story
    share = ctx.others.shares.get(place.country, 0.0) if place.country else 0.0
    if share:
        out.append(("the story names {}", place.country, w["story_country"] * math.sqrt(share)))
    level = place.level
    if level in ("country", "region"):
        return
    if not share and not held and size < w["known_abroad"]:
        weight = w["small_abroad"] * ctx.others.settled * _doubt_abroad(place, ctx)
        out.append(("a small place in a country that the story does not name{}", "", weight))
    division = place.country, place.admin1
    told = story.told_in.get(division) if place.admin1 and level != "admin1" else None
    if told and (len(told) > 1 or ctx.mention.name not in told):
        part = story.divisions[division]
        out.append(("the story names {}", place.admin1, w["story_division"] * math.sqrt(part)))
    squeeze = math.cos(math.radians(place.lat))
    nearest = min([rough_km(place, squeeze, p) for p in ctx.nearby if p.id != place.id], default=math.inf)
    if nearest < w["near_km"]:
        closeness = math.exp(-nearest / w["near_scale_km"])
        out.append(("{:.0f} km from another place of the passage", nearest, w["near"] * closeness))
    if around := _around(place, squeeze, ctx.others):
        out.append(("other places of the story nearby: {}", around, w["around"] * math.log1p(around)))


def _around(place: Place, squeeze: float, others: Others) -> int:
    """How many other places of the story are near; counted once for all mentions of a name."""
    if place.id not in others.around:
        reach = RULES.weights["resolve"]["region_km"]
        lat, band = place.lat, reach / 111
        near = [p for p in others.places if abs(p.lat - lat) < band and p.id != place.id]
        others.around[place.id] = sum([rough_km(place, squeeze, p) < reach for p in near])
    return others.around[place.id]
