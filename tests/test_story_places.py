"""Where the incidents of small invented stories were: the right name as the scene, and as exact as the words are."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from geo import pipeline
from geo.details import actors
from geo.model import Article, Unresolved, Where
from geo.places.gazetteer import Gazetteer

ROWS = Path(__file__).with_name("story_places.tsv")
READ_ON = (date(2031, 5, 5), date(2031, 5, 5))
SHARE = 0.97  # the rest is left to a gazetteer that gains and loses names


def rows() -> list[dict[str, str]]:
    """The stories with the places of their incidents, "Name@where_prec" or "? name" for an open one, split by " & "."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def told(where: Where | Unresolved) -> str:
    """A place as the list has it."""
    return f"? {where.name}" if isinstance(where, Unresolved) else f"{where.place.name}@{where.where_prec}"


def test_no_story_stands_twice() -> None:
    """The list says each thing once."""
    assert len({r["story"] for r in rows()}) == len(rows())


def test_the_incidents_of_the_stories_are_where_their_words_put_them() -> None:
    """One incident for each place, at that place and no more exact."""
    gazetteer, known = Gazetteer.load(), actors.load()
    wrong = []
    for row in rows():
        article = Article("s", "", "", row["story"].replace("\\n", "\n"), published=READ_ON)
        found = [told(r.where) for r in pipeline.read(article, gazetteer, known).reports]
        if sorted(found) != sorted(row["places"].split(" & ")):
            wrong.append((row["places"], found, row["story"]))
    assert len(wrong) <= (1 - SHARE) * len(rows()), wrong
