"""Whether a decision can take effect at all: asked before it is kept, so that nobody waits for a misspelt name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.model import BadInput, Place, Problem, Review
from geo.suggest import did_you_mean

if TYPE_CHECKING:
    from geo.places.gazetteer import Gazetteer

MOST_PLACES = 6  # of one name, shown


def ready(review: Review, reports: Collection[str], gazetteer: Gazetteer) -> Review:
    """Give the decision with its place by id, which may have been given by name; `reports` are all ids that there are.

    Raises:
        BadInput: there is no such report or place, or several places are called so; every problem at once.
    """
    problems = []
    for field in ("report_id", "other_report_id"):
        named = getattr(review, field)
        if named and named not in reports:
            cure = did_you_mean(named, reports) or "`explain ARTICLE` and the export show the ids"
            problems.append(Problem("reviews.csv", None, field, f"there is no report {named!r}", cure))
    if review.field == "place" and review.value:
        try:
            review = replace(review, value=place_of(review.value, gazetteer).id)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return review


def place_of(words: str, gazetteer: Gazetteer) -> Place:
    """Give the place with this id, or the only one with this name. Raises BadInput, with the places that might be meant."""
    might, called = might_mean(words, gazetteer)
    if called and len(might) == 1:
        return might[0]
    reason = f"{len(might)} places are called {words!r}" if called else f"no place is called {words!r}"
    listed = "; ".join(f"{p.id}: {p.name}, {p.admin1 or p.feature_code}, {p.country}" for p in might[:MOST_PLACES])
    cure = f"give one of these ids: {listed}" if might else "add it with `places add` first"
    raise BadInput([Problem("reviews.csv", None, "value", reason, cure)])


def might_mean(words: str, gazetteer: Gazetteer) -> tuple[list[Place], bool]:
    """Give the place with this id or those called so, and True; where there are none, those that sound alike, and False."""
    if place := gazetteer.place(words):
        return [place], True
    called = gazetteer.strict(words)
    found = called or (*gazetteer.lookup(words), *gazetteer.fuzzy(words))
    return list({c.place.id: c.place for c in found}.values()), bool(called)
