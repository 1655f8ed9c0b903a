"""A project's articles, gazetteer and reviews -> its incidents, ready to be written or drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from geo import export, pipeline, shapes
from geo.model import Problem
from geo.places.gazetteer import Gazetteer
from geo.store import Project


@dataclass(frozen=True)
class Built:
    """What a build gives: the readings and incidents, the GeoJSON of them, and what was wrong with the files."""

    result: pipeline.Result
    collection: dict[str, Any]
    problems: tuple[Problem, ...]


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
    return Built(result, collection, (*problems, *known.problems, *wrong))
