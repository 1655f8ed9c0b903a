"""Chooses the place that each mention of a document means, by evidence that adds up and can be printed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo import names
from geo.gazetteer import Gazetteer
from geo.model import Candidate, Mention, Place, Sentence, Toponym
from geo.place_rules import PLACE_RULES as RULES
from geo.space import DEGREE_KM as KM_PER_DEGREE
from geo.space import distance_km

MOST_RIVALS = 5
AS_ELSEWHERE = ("as elsewhere in the story", 0.0)
ROUNDS = 2  # the first choice tells what the story is about, the second uses it


@dataclass
class Story:
    """What the chosen names of a document say about where it plays."""

    countries: Counter[str] = field(default_factory=Counter)  # shares, adding up to 1
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    near: dict[int, list[Place]] = field(default_factory=dict)  # by sentence: places chosen there
    places: list[Place] = field(default_factory=list)

    def main_country(self) -> str:
        """The country that the story is clearly about, or ""."""
        best = self.countries.most_common(2)
        if not best or best[0][1] < RULES.weights["resolve"]["story_country_share"]:
            return ""
        return best[0][0]


def choose(mentions: Sequence[Mention], sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """One Toponym for each mention, in order; `place` is None where the evidence is too weak or too close."""
    where = _sentence_numbers(mentions, sentences)
    story = Story()
    chosen: list[Toponym] = []
    for number in range(ROUNDS):
        chosen = _round(mentions, where, story, gazetteer, told=number == ROUNDS - 1)
        story = read_story(chosen, where)
    return _one_sense(chosen, mentions)


def _sentence_numbers(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[int]:
    at = 0
    order = sorted(range(len(mentions)), key=lambda k: mentions[k].span)
    numbers = [0] * len(mentions)
    for k in order:
        while at + 1 < len(sentences) and sentences[at + 1].span.start <= mentions[k].span.start:
            at += 1
        numbers[k] = at
    return numbers


def _round(
    mentions: Sequence[Mention], where: list[int], story: Story, gazetteer: Gazetteer, *, told: bool
) -> list[Toponym]:
    chosen: list[Toponym | None] = [None] * len(mentions)
    for k in sorted(range(len(mentions)), key=lambda k: (-_rank(mentions[k]), k)):  # containers before what they hold
        m = mentions[k]
        containers = [
            t.place for i in m.inside if i < len(chosen) and (t := chosen[i]) is not None and t.place is not None
        ]
        if not told and len(m.candidates) == 1 and m.candidates[0].rung in ("exact", "marks", "demonym"):
            chosen[k] = Toponym(m, m.candidates[0].place, 0.0)  # no choice to make before the story is known
        else:
            chosen[k] = resolve_one(m, containers, story, where[k], gazetteer, told=told)
    return [t for t in chosen if t is not None]


def _rank(m: Mention) -> int:
    """Countries first, then divisions, then towns, then sites within towns."""
    levels = {c.place.level for c in m.candidates[:3]}
    if not m.inside:
        return 3 if "country" in levels else 2 if "admin1" in levels else 1
    return 0 if any(not m.type_word for _ in m.inside) else -1


def resolve_one(
    m: Mention, containers: list[Place], story: Story, sentence: int, gazetteer: Gazetteer, *, told: bool = True
) -> Toponym:
    """Weigh the candidates of one mention; `told=False` leaves the evidence out, for a choice that is only a first guess."""
    weighed = []
    for c in m.candidates:
        signs = _signs(m, c, containers, story, sentence, gazetteer)
        weighed.append((sum(s[2] for s in signs), c, signs))
    weighed.sort(key=lambda w: (-w[0], -w[1].place.importance, w[1].place.id))
    return _decide(m, weighed, told=told)


Sign = tuple[str, object, float]  # a reason with one gap, what fills it, its weight
Weighed = tuple[float, Candidate, list[Sign]]


def _decide(m: Mention, weighed: list[Weighed], *, told: bool) -> Toponym:
    w = RULES.weights["resolve"]
    if not weighed:
        return Toponym(m, None, 0.0)
    score, first, _ = weighed[0]
    apart = w["same_spot_km"] + first.place.radius_km
    rival = next((s for s, c, _ in weighed[1:] if distance_km(c.place, first.place) > apart), None)
    unsure = score < w["least"] or (rival is not None and score - rival < w["margin"])
    place = None if unsure else first.place
    if not told:
        return Toponym(m, place, score)
    best, *others = (_told(one) for one in weighed[: 1 + MOST_RIVALS])
    return Toponym(m, place, best.score, best.evidence, best.rung, (best, *others) if unsure else tuple(others))


def _told(one: Weighed) -> Candidate:
    """A candidate with its evidence in words; made for the best few only, as words cost time."""
    score, c, signs = one
    return Candidate(
        c.place, c.rung, round(score, 3), tuple((reason.format(gap), round(weight, 3)) for reason, gap, weight in signs)
    )


def _signs(
    m: Mention, c: Candidate, containers: list[Place], story: Story, sentence: int, gazetteer: Gazetteer
) -> list[Sign]:
    w = RULES.weights["resolve"]
    place = c.place
    level = place.level
    main = c.rung != "demonym" and (level == "country" or names.keys(place.name).article == names.keys(m.name).article)
    size = place.importance if main or place.reviewed else place.importance * w["alternate_size"]
    out: list[Sign] = [
        ("the name matches ({})", c.rung, w["rung_" + c.rung]),
        ("importance {}", size, w["importance"] * size),
    ]
    if main or (place.reviewed and c.rung in ("exact", "marks")):
        out.append(("a main name{}", "", w["main_name"]))
    if place.reviewed:
        out.append(("reviewed{}", "", w["reviewed"]))
    if level == "country":
        out.append(("a country{}", "", w["country"] if _no_namesake(m, place, story) else 0.0))
    if level in ("region", "water") and place.reviewed:
        out.append(("a region{}", "", w["region"]))
    if place.feature_code == "P.PPLC":
        out.append(("a capital{}", "", w["capital"]))
    _type_signs(m, place, out)
    _container_signs(containers, place, out)
    if story.countries:
        _story_signs(place, story, sentence, out)
    if place.reviewed and (context := gazetteer.context_of(place.id, m.name)):
        told = story.countries[context] >= w["context_share"] or any(p.country == context for p in containers)
        out.append(("so called in news of {}", context, w["context_country"] if told else w["no_context"]))
    _sound_signs(c, story, out)
    return out


def _sound_signs(c: Candidate, story: Story, out: list[Sign]) -> None:
    """A name that only sounds alike is believed of a place of note in a country of the story."""
    w = RULES.weights["resolve"]
    place = c.place
    if c.rung == "skeleton":
        out.append(("consonants only, {:.2f} alike", c.score, w["likeness"] * (c.score - 1.0)))
    if not place.reviewed and (
        c.rung == "skeleton" or (c.rung == "phonetic" and place.importance < w["known_by_sound"])
    ):
        out.append(("a small place that only sounds alike{}", "", w["sounds_alike"]))
    if c.rung in ("phonetic", "skeleton") and story.countries[place.country] < w["context_share"]:
        out.append(("only sounds alike, outside the story's countries{}", "", w["sounds_alike_abroad"]))


def _no_namesake(m: Mention, country: Place, story: Story) -> bool:
    """Whether no division of a country of the story has the country's name: Georgia in news of the United States."""
    if story.countries[country.country] > RULES.weights["resolve"]["context_share"]:
        return True
    return not any(
        c.place.level == "admin1" and c.place.name == country.name and story.countries[c.place.country] > 0.3
        for c in m.candidates
    )


def _type_signs(m: Mention, place: Place, out: list[Sign]) -> None:
    w = RULES.weights["resolve"]
    if m.type_word:
        kind = RULES.types[m.type_word]
        if kind.wants(place.feature_code):
            out.append(("it is a {}", m.type_word, w["type_fits"]))
        elif m.type_word == "county" or kind.apart:
            out.append(("it is no {}", m.type_word, w["no_such_thing"]))
        else:
            out.append(("it is no {}", m.type_word, w["type_differs_facility" if kind.facility else "type_differs"]))
            if kind.facility and place.level == "admin1":
                out.append(("nor a town{}", "", w["bare_admin1_of_town"]))
    elif place.level == "admin1":
        town = any(_is_its_town(c, place) for c in m.candidates)
        out.append(
            (
                "a division, and no word for one beside the name{}",
                "",
                w["bare_admin1_of_town"] if town else w["bare_admin1"],
            )
        )
    elif (
        place.feature_code[:2] == "S."
        and not place.reviewed
        and names.keys(place.name).article != names.keys(m.name).article
    ):
        out.append(("a facility, and no word for one beside the name{}", "", w["bare_site"]))


def _is_its_town(c: Candidate, division: Place) -> bool:
    """Whether a candidate is a town of some size in the division that is called like it: Kherson in Kherson."""
    town = c.place
    if town.level != "town" or town.country != division.country or c.rung not in ("exact", "marks"):
        return False
    return town.importance > division.importance - RULES.weights["resolve"]["town_size_gap"] and same_division(
        town, division
    )


def _container_signs(containers: list[Place], place: Place, out: list[Sign]) -> None:
    w = RULES.weights["resolve"]
    for outer in containers:
        if outer.id == place.id:
            continue
        if outer.level == "country":
            fits = place.country == outer.country
        elif outer.level == "admin1":
            fits = place.country == outer.country and (
                same_division(place, outer) or distance_km(place, outer) < outer.radius_km * 0.6
            )
        else:
            fits = distance_km(place, outer) <= outer.radius_km + w["beside_km"]
        out.append(("in {}" if fits else "not in {}", outer.name, w["inside"] if fits else w["not_inside"]))


def same_division(place: Place, division: Place) -> bool:
    """Whether a place's admin-1 name is that of a division, spelling aside."""
    a, b = names.keys(place.admin1), names.keys(division.admin1 or division.name)
    return bool(a.article) and (a.article == b.article or a.phonetic == b.phonetic)


def _story_signs(place: Place, story: Story, sentence: int, out: list[Sign]) -> None:
    w = RULES.weights["resolve"]
    share = story.countries[place.country] if place.country else 0.0
    if share:
        out.append(("the story names {}", place.country, w["story_country"] * math.sqrt(share)))
    level = place.level
    if level in ("country", "region"):
        return
    if not share and place.importance < w["known_abroad"]:
        told = max(story.countries.values())
        out.append(("a small place in a country that the story does not name{}", "", w["small_abroad"] * told))
    if place.admin1 and level != "admin1" and (part := story.divisions[place.country, place.admin1]):
        out.append(("the story names {}", place.admin1, w["story_division"] * math.sqrt(part)))
    squeeze = math.cos(math.radians(place.lat))
    beside = [
        _rough_km(place, squeeze, p)
        for s in (sentence - 1, sentence, sentence + 1)
        for p in story.near.get(s, ())
        if p.id != place.id
    ]
    if beside and (nearest := min(beside)) < w["near_km"]:
        out.append(("{:.0f} km from another place of the passage", nearest, w["near"] * (1 - nearest / w["near_km"])))
    around = 0
    for p in story.places:
        if p.id != place.id and _rough_km(place, squeeze, p) < w["region_km"]:
            around += 1
    if around:
        out.append(("{} other places of the story nearby", around, w["around"] * math.log1p(around)))


def _rough_km(a: Place, squeeze: float, b: Place) -> float:
    """Flat distance, good to a few percent below 500 km; `squeeze` is the cosine of a's latitude."""
    x = abs(a.lon - b.lon)
    x = (360.0 - x if x > 180.0 else x) * squeeze
    y = a.lat - b.lat
    return KM_PER_DEGREE * math.sqrt(x * x + y * y)


def read_story(chosen: Sequence[Toponym], where: list[int]) -> Story:
    """Sum up where the chosen names lie; actors (demonyms, metonyms) count less than scenes."""
    w = RULES.weights["resolve"]
    story = Story()
    votes: Counter[str] = Counter()
    seen: set[str] = set()
    for k, t in enumerate(chosen):
        place = t.place
        if place is None:
            continue
        m = t.mention
        if place.country:
            votes[place.country] += (
                w["vote_actor"]
                if m.demonym or m.metonym
                else w["vote_country"]
                if place.level == "country"
                else w["vote_place"]
            )
        if place.level in ("country", "region") or m.demonym or m.metonym:
            continue
        story.near.setdefault(where[k], []).append(place)
        if place.admin1:
            story.divisions[place.country, place.admin1] += 1
        if place.id not in seen:
            seen.add(place.id)
            story.places.append(place)
    total = sum(votes.values()) or 1.0
    story.countries = Counter({c: v / total for c, v in votes.items()})
    parts = sum(story.divisions.values()) or 1
    story.divisions = Counter({d: v / parts for d, v in story.divisions.items()})
    return story


def _one_sense(chosen: list[Toponym], mentions: Sequence[Mention]) -> tuple[Toponym, ...]:
    """One sense for one name and type word in a document: that of the strongest mention, unless a chain says otherwise."""
    best: dict[tuple[str, str], Toponym] = {}
    for t in chosen:
        key = (names.keys(t.mention.name).article, t.mention.type_word)
        if t.place and (key not in best or t.score > best[key].score):
            best[key] = t
    out = []
    for t, m in zip(chosen, mentions, strict=True):
        strongest = best.get((names.keys(m.name).article, m.type_word))
        if strongest and not m.inside and strongest is not t and strongest.place in [c.place for c in m.candidates]:
            evidence = (*strongest.evidence, AS_ELSEWHERE)
            out.append(replace(t, place=strongest.place, score=strongest.score, evidence=evidence, rung=strongest.rung))
        else:
            out.append(t)
    return tuple(out)
