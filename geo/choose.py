"""Chooses the place that each mention of a document means, by evidence that adds up and can be printed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo import names
from geo.gazetteer import Gazetteer
from geo.model import Candidate, Mention, Place, Sentence, Toponym
from geo.place_rules import PLACE_RULES as RULES
from geo.space import distance_km

Evidence = tuple[tuple[str, float], ...]
MOST_RIVALS = 5
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
    for _ in range(ROUNDS):
        chosen = _round(mentions, where, story, gazetteer)
        story = read_story(chosen, where)
    return _one_sense(chosen, mentions)


def _sentence_numbers(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> list[int]:
    out, at = [], 0
    order = sorted(range(len(mentions)), key=lambda k: mentions[k].span)
    numbers = [0] * len(mentions)
    for k in order:
        while at + 1 < len(sentences) and sentences[at + 1].span.start <= mentions[k].span.start:
            at += 1
        numbers[k] = at
    out = numbers
    return out


def _round(mentions: Sequence[Mention], where: list[int], story: Story, gazetteer: Gazetteer) -> list[Toponym]:
    chosen: list[Toponym | None] = [None] * len(mentions)
    for k in sorted(range(len(mentions)), key=lambda k: (-_rank(mentions[k]), k)):  # containers before what they hold
        m = mentions[k]
        containers = [t.place for i in m.inside if i < len(chosen) and (t := chosen[i]) is not None and t.place is not None]
        chosen[k] = resolve_one(m, containers, story, where[k], gazetteer)
    return [t for t in chosen if t is not None]


def _rank(m: Mention) -> int:
    """Countries first, then divisions, then towns, then sites within towns."""
    levels = {c.place.level for c in m.candidates[:3]}
    if not m.inside:
        return 3 if "country" in levels else 2 if "admin1" in levels else 1
    return 0 if any(not m.type_word for _ in m.inside) else -1


def resolve_one(m: Mention, containers: list[Place], story: Story, sentence: int, gazetteer: Gazetteer) -> Toponym:
    """Weigh the candidates of one mention."""
    weighed = []
    for c in m.candidates:
        evidence = tuple(_weigh(m, c, containers, story, sentence, gazetteer))
        weighed.append(Candidate(c.place, c.rung, round(sum(w for _, w in evidence), 3), evidence))
    weighed.sort(key=lambda c: (-c.score, -c.place.importance, c.place.id))
    return _decide(m, weighed)


def _decide(m: Mention, weighed: list[Candidate]) -> Toponym:
    w = RULES.weights["resolve"]
    if not weighed:
        return Toponym(m, None, 0.0)
    best = weighed[0]
    rivals = tuple(weighed[1 : 1 + MOST_RIVALS])
    elsewhere = next((c for c in weighed[1:] if distance_km(c.place, best.place) > w["same_spot_km"] + best.place.radius_km), None)
    too_close = elsewhere is not None and best.score - elsewhere.score < w["margin"]
    if best.score < w["least"] or too_close:
        return Toponym(m, None, best.score, best.evidence, best.rung, tuple(weighed[: 1 + MOST_RIVALS]))
    return Toponym(m, best.place, best.score, best.evidence, best.rung, rivals)


def _weigh(m: Mention, c: Candidate, containers: list[Place], story: Story, sentence: int, gazetteer: Gazetteer) -> list[tuple[str, float]]:
    w = RULES.weights["resolve"]
    place = c.place
    main = c.rung != "demonym" and (place.level == "country" or names.keys(place.name).article == names.keys(m.name).article)
    size = w["importance"] * (place.importance if main or place.reviewed else place.importance * w["alternate_size"])
    out = [(f"the name matches ({c.rung})", w["rung_" + c.rung]), ("importance", round(size, 3))]
    if main or (place.reviewed and c.rung in ("exact", "marks")):
        out.append(("it is a main name", w["main_name"]))
    if place.reviewed:
        out.append(("reviewed", w["reviewed"]))
    if place.level == "country":
        out.append(("a country", w["country"]))
    if place.feature_code == "P.PPLC":
        out.append(("a capital", w["capital"]))
    out += _type_evidence(m, place)
    out += _container_evidence(containers, place)
    out += _story_evidence(place, story, sentence)
    context = gazetteer.context_of(place.id, m.name) if place.reviewed else ""
    if context:
        told = story.countries[context] if story.countries else 0.0
        inside = any(p.country == context for p in containers)
        out.append((f"so called in news of {context}", w["context_country"] if inside or told >= w["context_share"] else w["no_context"]))
    return out


def _type_evidence(m: Mention, place: Place) -> list[tuple[str, float]]:
    w = RULES.weights["resolve"]
    if m.type_word:
        kind = RULES.types[m.type_word]
        if kind.wants(place.feature_code):
            return [(f"it is a {m.type_word}", w["type_fits"])]
        return [(f"it is no {m.type_word}", w["type_differs_facility" if kind.facility else "type_differs"])]
    if place.level == "admin1":
        return [("a division, and no word for one beside the name", w["bare_admin1"])]
    if place.feature_code.startswith("S.") and names.keys(place.name).article != names.keys(m.name).article and not place.reviewed:
        return [("a facility, and no word for one beside the name", w["bare_site"])]
    return []


def _container_evidence(containers: list[Place], place: Place) -> list[tuple[str, float]]:
    w = RULES.weights["resolve"]
    out = []
    for outer in containers:
        if outer.id == place.id:
            continue
        if outer.level == "country":
            fits = place.country == outer.country
        elif outer.level == "admin1":
            fits = place.country == outer.country and (same_division(place, outer) or distance_km(place, outer) < outer.radius_km * 0.6)
        else:
            fits = distance_km(place, outer) <= outer.radius_km + w["beside_km"]
        out.append((f"{'in' if fits else 'not in'} {outer.name}", w["inside"] if fits else w["not_inside"]))
    return out


def same_division(place: Place, division: Place) -> bool:
    """Whether a place's admin-1 name is that of a division, spelling aside."""
    a, b = names.keys(place.admin1), names.keys(division.admin1 or division.name)
    return bool(a.article) and (a.article == b.article or a.phonetic == b.phonetic)


def _story_evidence(place: Place, story: Story, sentence: int) -> list[tuple[str, float]]:
    w = RULES.weights["resolve"]
    out = []
    share = story.countries[place.country] if place.country else 0.0
    if share and place.level != "country":
        out.append((f"the story names {place.country}", round(w["story_country"] * math.sqrt(share), 3)))
    if place.admin1 and place.level != "admin1" and (part := story.divisions[place.country, place.admin1]):
        out.append((f"the story names {place.admin1}", round(w["story_division"] * math.sqrt(part), 3)))
    if place.level not in ("country", "region"):
        beside = [p for s in (sentence - 1, sentence, sentence + 1) for p in story.near.get(s, ()) if p.id != place.id and p.level != "country"]
        nearest = min((distance_km(place, p) for p in beside), default=math.inf)
        if nearest < w["near_km"]:
            out.append((f"{nearest:.0f} km from another place of the passage", round(w["near"] * (1 - nearest / w["near_km"]), 3)))
        around = sum(1 for p in story.places if p.id != place.id and distance_km(place, p) < w["region_km"])
        if around:
            out.append((f"{around} other places of the story nearby", round(w["around"] * math.log1p(around), 3)))
    return out


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
            votes[place.country] += w["vote_actor"] if m.demonym or m.metonym else w["vote_country"] if place.level == "country" else w["vote_place"]
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
    full: dict[str, list[Toponym]] = defaultdict(list)
    for t in best.values():
        full[names.keys(t.mention.name).article].append(t)
    out = []
    for t, m in zip(chosen, mentions, strict=True):
        strongest = best.get((names.keys(m.name).article, m.type_word))
        if strongest and not m.inside and strongest is not t and strongest.place in [c.place for c in m.candidates]:
            t = replace(t, place=strongest.place, score=strongest.score, evidence=(*strongest.evidence, ("as elsewhere in the story", 0.0)), rung=strongest.rung)
        out.append(t)
    return tuple(out)
