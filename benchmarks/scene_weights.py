"""Fit the weights of `geo/rules/scene.toml` to gold standards of incidents, starting from those that stand there.

For each claim of the gold that the tool found, the names in its passage are the choices, and those that lie where the
gold says (or are called so) the right ones. The weights move, one after the other, to where the right choices are most
likely (a softmax over the scores), held back by a penalty on how far they moved: with a few hundred claims a weight that
nothing speaks about should stay where judgment put it. What comes out is printed, not written: copy it by hand.

    python benchmarks/scene_weights.py FOLDER:d01,d02 [FOLDER:...]

Each FOLDER holds articles.csv and incidents.json; behind the colon stand the first letters of the articles to look at.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from geo import pipeline
from geo.details import actors
from geo.find import sites
from geo.model import Span, Toponym
from geo.places.gazetteer import Gazetteer
from geo.read import read_manifest
from geo.space import haversine_km
from geo.triggers import lower

STEPS = (0.75, 0.9, 1.1, 1.33)  # factors that are tried for each weight
ROUNDS = 3
SPREAD = 0.35  # of the logarithm of a factor: how far a weight may well be from where judgment put it
SHARPNESS = 1.0  # of the softmax: scores differ by whole units


@dataclass(frozen=True)
class Case:
    """One claim: the text in lower case, its passage, its event words, the names in it, and which of them are right."""

    text: str
    part: Span
    head: Span
    names: tuple[Toponym, ...]
    right: tuple[bool, ...]


def cases(folder: Path, wanted: tuple[str, ...], gazetteer: Gazetteer) -> list[Case]:
    """The claims of a gold standard that were found, with at least two names of which some and not all are right."""
    gold = json.loads((folder / "incidents.json").read_text(encoding="utf-8"))
    known, found = actors.load(), []
    for article in read_manifest(folder / "articles.csv")[0]:
        if not article.id.startswith(wanted):
            continue
        reading = pipeline.read(article, gazetteer, known)
        for claim in gold["claims"]:
            if Path(claim["article"]).stem != Path(article.id).stem:
                continue
            place, evidence = gold["places"][claim["place"]], Span(claim["evidence"]["start"], claim["evidence"]["end"])
            for mine in reading.claims:
                if mine.event_type == claim["event_type"] and mine.evidence.overlaps(evidence):
                    names = tuple(
                        t
                        for t in reading.toponyms
                        if mine.evidence.covers(t.span) and not (t.mention.demonym or t.mention.metonym)
                    )
                    right = tuple(_is_right(t, place) for t in names)
                    if any(right) and not all(right):
                        found.append(Case(lower(article.text), mine.evidence, mine.trigger, names, right))
    return found


def _is_right(t: Toponym, place: dict[str, object]) -> bool:
    """Does a name lie where the gold says, or is it called so?"""
    if t.mention.name.casefold() in str(place["name"]).casefold():
        return True
    if t.place is None or t.place.level in ("country", "region"):
        return False
    km = haversine_km(t.place.lat, t.place.lon, float(str(place["lat"])), float(str(place["lon"])))
    return km <= float(str(place["tolerance_km"]))


def likelihood(data: list[Case]) -> tuple[float, int]:
    """The log likelihood of the right names under the weights in force, and how often the best name is right."""
    total, best = 0.0, 0
    for case in data:
        scores = [score for _, score in sites.weighed(case.text, case.part, case.head, case.names)]
        top = max(scores)
        worth = [math.exp(SHARPNESS * (s - top)) for s in scores]
        total += math.log(max(1e-9, sum(w for w, r in zip(worth, case.right, strict=True) if r) / sum(worth)))
        best += case.right[scores.index(top)]
    return total, best


def fit(data: list[Case]) -> None:
    """Move the weights one after the other and print those that moved."""
    rows, weights = sites.signs()
    signs = {s.id: s for s in rows}
    start = {**{s.id: s.weight for s in rows}, **weights}
    now = dict(start)

    def worth() -> float:
        told = tuple(replace(s, weight=now[i]) for i, s in signs.items()), {k: now[k] for k in weights}
        sites.signs = lambda: told  # type: ignore[assignment]
        moved = sum((math.log(now[k] / start[k]) / SPREAD) ** 2 / 2 for k in now if start[k])
        return likelihood(data)[0] - moved

    before = worth(), likelihood(data)[1]
    for _ in range(ROUNDS):
        for key, old in list(now.items()):
            tried = {}
            for step in (1.0, *STEPS):
                now[key] = old * step
                tried[old * step] = worth()
            now[key] = max(tried, key=lambda value: tried[value])
    after = worth(), likelihood(data)[1]
    print(f"{len(data)} claims; right {before[1]} -> {after[1]}; log likelihood {before[0]:.2f} -> {after[0]:.2f}")
    for key, value in now.items():
        if abs(value - start[key]) > 0.05 * abs(start[key]):
            print(f"{key:16} {start[key]:7.3f} -> {value:7.3f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    every: list[Case] = []
    shared = Gazetteer.load()
    for argument in sys.argv[1:]:
        name, _, letters = argument.partition(":")
        every += cases(Path(name), tuple(letters.split(",")) if letters else ("",), shared)
    fit(every)
