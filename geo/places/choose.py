"""Chooses the place that each mention of a document means, by evidence that adds up and can be printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from geo.model import Candidate, Evidence, Mention, Place, Sentence, Toponym
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.context import Context, Others, Story, read_story
from geo.places.gazetteer import Gazetteer
from geo.places.relations import HERE
from geo.places.weigh import same_division, signs
from geo.space import distance_km

MOST_RIVALS = 5
MOST_AT_FIRST = 6  # candidates weighed before anything is known of the story
AS_ELSEWHERE: Evidence = ("as elsewhere in the story", "", 0.0)
ROUNDS = 2  # the first choice tells what the story is about, the second uses it
SPELT = ("exact", "marks", "demonym")
WIDE = ("country", "region")  # what stands near says nothing of these


def choose(mentions: Sequence[Mention], sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """One Toponym for each mention, in order; `place` is None where the evidence is too weak or too close."""
    where = _sentence_numbers(mentions, sentences)
    order = _order(mentions)
    story = Story()
    chosen: list[Toponym] = []
    for number in range(ROUNDS):
        chosen = _round(mentions, order, where, story, gazetteer, told=number == ROUNDS - 1)
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


def _order(mentions: Sequence[Mention]) -> list[int]:
    """The indices of the mentions, each after those that it lies in or by."""
    order: list[int] = []
    seen: set[int] = set()

    def visit(k: int) -> None:
        if k not in seen:
            seen.add(k)
            for outer in mentions[k].inside:
                if outer < len(mentions):
                    visit(outer)
            order.append(k)

    for k in range(len(mentions)):
        visit(k)
    return order


def _round(
    mentions: Sequence[Mention],
    order: Sequence[int],
    where: Sequence[int],
    story: Story,
    gazetteer: Gazetteer,
    *,
    told: bool,
) -> list[Toponym]:
    chosen: dict[int, Toponym] = {}
    inner: dict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        for outer in m.inside:
            if outer < len(mentions) and mentions[outer].relation in HERE:
                inner[outer].append(m)
    others: dict[str, Others] = {}  # by name, as a text repeats its names
    alike: dict[tuple[str, str, int, tuple[int, ...]], Toponym] = {}  # by what the choice depends on
    for k in order:
        m = mentions[k]
        if not told and len(m.candidates) == 1 and m.candidates[0].rung in SPELT:
            chosen[k] = Toponym(m, m.candidates[0].place, 0.0)  # no choice to make before the story is known
            continue
        key = names.bare(m.name)
        if key not in others:
            others[key] = story.others(key)
        outer_ones = [chosen[i] for i in m.inside if i in chosen and chosen[i].place is not None]
        near = [] if all(c.place.level in WIDE for c in m.candidates) else story.nearby(where[k], key)
        same = None if outer_ones or inner[k] else (m.name, m.type_word, id(m.candidates), tuple(map(id, near)))
        if same in alike:
            chosen[k] = replace(alike[same], mention=m)
            continue
        chosen[k] = resolve_one(Context(m, key, outer_ones, inner[k], story, others[key], near), gazetteer, told=told)
        if same is not None:
            alike[same] = chosen[k]
    return [chosen[k] for k in range(len(mentions))]


Weighed = tuple[float, Candidate, list[Evidence]]


def resolve_one(context: Context, gazetteer: Gazetteer, *, told: bool = True) -> Toponym:
    """Weigh the candidates of one mention; `told=False` leaves the evidence out, for a choice that is only a first guess."""
    weighed: list[Weighed] = []
    candidates = context.mention.candidates
    if not told and not context.outer:
        candidates = candidates[:MOST_AT_FIRST]  # reviewed ones first, then by importance
    for c in candidates:
        score, said = 0.0, signs(c, context, gazetteer)
        for _, _, weight in said:
            score += weight
        weighed.append((score, c, said))
    if len(weighed) > 1:
        weighed.sort(key=lambda one: (-one[0], -one[1].place.importance, one[1].place.id))
    return _decide(context.mention, weighed, told=told)


def _decide(m: Mention, weighed: list[Weighed], *, told: bool) -> Toponym:
    w = RULES.weights["resolve"]
    if not weighed:
        return Toponym(m, None, 0.0)
    score, first, _ = weighed[0]
    apart = w["same_spot_km"] + first.place.radius_km
    rival = next(((s, c.place) for s, c, _ in weighed[1:] if distance_km(c.place, first.place) > apart), None)
    unsure = score < w["least"] or (rival is not None and score - rival[0] < _margin(first.place, rival[1]))
    place = None if unsure else first.place
    if not told:
        return Toponym(m, place, score)
    best, *others = [
        Candidate(c.place, c.rung, round(score, 3), tuple(said)) for score, c, said in weighed[: 1 + MOST_RIVALS]
    ]
    return Toponym(m, place, best.score, best.evidence, best.rung, (best, *others) if unsure else tuple(others))


def _margin(first: Place, rival: Place) -> float:
    """By how much the best must lead: more among small towns of one country, which news tells apart by words that may be missing."""
    w = RULES.weights["resolve"]
    small = first.level == "town" and first.importance < w["told_apart"] and not first.reviewed
    return float(w["margin_small"] if small and first.country == rival.country else w["margin"])


def _may_be(t: Toponym, strongest: Toponym) -> bool:
    """Whether a name may have the sense of a stronger mention; a town does not become its division by one that holds a village."""
    if strongest.place not in [c.place for c in t.mention.candidates]:
        return False
    if t.place is None or strongest.place is None:
        return True
    return t.place.level == strongest.place.level or not same_division(t.place, strongest.place)


def _one_sense(chosen: list[Toponym], mentions: Sequence[Mention]) -> tuple[Toponym, ...]:
    """One sense for one name and type word in a document: that of the strongest mention, unless a chain says otherwise."""
    best: dict[tuple[str, str], Toponym] = {}
    for t in chosen:
        key = (names.bare(t.mention.name), t.mention.type_word)
        if t.place and (key not in best or t.score > best[key].score):
            best[key] = t
    out = []
    for t, m in zip(chosen, mentions, strict=True):
        strongest = best.get((names.bare(m.name), m.type_word))
        if strongest and not m.inside and strongest is not t and _may_be(t, strongest):
            evidence = (*strongest.evidence, AS_ELSEWHERE)
            out.append(replace(t, place=strongest.place, score=strongest.score, evidence=evidence, rung=strongest.rung))
        else:
            out.append(t)
    return tuple(out)
