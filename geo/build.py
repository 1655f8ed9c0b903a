"""A project's articles, gazetteer and reviews -> its incidents, ready to be written or drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo import export, inputs, pipeline, shapes
from geo.model import BadInput, Problem
from geo.places.gazetteer import Gazetteer
from geo.store import INCIDENTS, Project

MOST_CAUSES = 4  # told in a problem
HORIZON = "horizon"  # a member of the collection where one was given, so that it can be made again


@dataclass(frozen=True)
class Built:
    """What a build gives: the readings and incidents, the GeoJSON of them, what was wrong with the articles and reviews,
    and which rows of the gazetteer were left out.
    """

    result: pipeline.Result
    collection: dict[str, Any]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...]


def build(project: Project, *, gazetteer: Gazetteer | None = None, horizon: date | None = None) -> Built:
    """Read the project and make its incidents; one bad file or row is a problem and hides nothing else.

    `gazetteer` is the project's own unless another is given, as when a change to it is tried before it is saved.
    """
    articles, problems = project.articles()
    decisions, wrong = project.reviews()
    known = gazetteer or Gazetteer.load(project.gazetteer)
    result = pipeline.run(articles, known, decisions, horizon=horizon)
    areas = shapes.load_areas(project.gazetteer)
    collection = export.feature_collection(result.incidents, result.reports, result.articles, areas)
    if horizon:
        collection[HORIZON] = horizon.isoformat()
    return Built(result, collection, (*problems, *wrong), known.problems)


def incidents(project: Project) -> dict[str, Any]:
    """Read the incidents that were built last, if nothing that they are made of has changed since.

    Raises BadInput where it has: they would be another data set than the one that the folder holds. Incidents that were
    not built in this folder are compared with what would be.
    """
    stored = project.incidents()
    changed = inputs.changes(project)
    if changed or (changed is None and stored != build(project, horizon=horizon_of(stored)).collection):
        raise BadInput([stale(project, changed or ())])
    return stored


def write(project: Project, *, horizon: date | None = None) -> Built:
    """Build the incidents and write them, with a note of what they are made of."""
    seen = inputs.digests(project)
    built = build(project, horizon=horizon)
    project.write_incidents(built.collection)
    inputs.note(project, seen)
    return built


def horizon_of(stored: Mapping[str, Any]) -> date | None:
    """Give the horizon that a collection was built with."""
    return date.fromisoformat(stored[HORIZON]) if HORIZON in stored else None


def stale(project: Project, changed: Sequence[str] = ()) -> Problem:
    """Say that the stored incidents are not what would be built; `changed` is what is known to be the cause."""
    more = [f"{len(changed) - MOST_CAUSES} more"] if len(changed) > MOST_CAUSES else []
    reason = "is not what the articles, the gazetteer and the reviews give"
    if changed:
        reason = f"is older than what it is made of: {', '.join([*changed[:MOST_CAUSES], *more])}"
    return Problem(str(project.path(INCIDENTS)), None, None, reason, "run `build`")
