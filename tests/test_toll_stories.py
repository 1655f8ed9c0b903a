"""How many died and were hurt in the incidents of small invented stories: the right figures on the right incident."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from geo import pipeline
from geo.details import actors
from geo.model import Article, Count
from geo.places.gazetteer import Gazetteer

ROWS = Path(__file__).with_name("toll_stories.tsv")
READ_ON = (date(2024, 3, 15), date(2024, 3, 15))
SHARE = 0.97  # the rest is left to a gazetteer that gains and loses names


def rows() -> list[dict[str, str]]:
    """The stories with "killed/injured" of each of their incidents that has a toll, split by " & "; "-" is nothing said."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def told(count: Count | None) -> str:
    """A count as the list has it."""
    if count is None:
        return "-"
    return f"{count.low}" if count.low == count.high else f"{count.low}-{count.high}"


def test_no_story_stands_twice() -> None:
    """The list says each thing once."""
    assert len({r["story"] for r in rows()}) == len(rows())


def test_the_incidents_of_the_stories_have_the_tolls_that_their_words_give_them() -> None:
    """No toll of another incident, of a war or of nobody."""
    gazetteer, known = Gazetteer.load(), actors.load()
    wrong = []
    for row in rows():
        article = Article("s", "", "", row["story"].replace("\\n", "\n\n"), published=READ_ON)
        reports = pipeline.read(article, gazetteer, known).reports
        found = [f"{told(r.details.killed)}/{told(r.details.injured)}" for r in reports]
        if sorted(f for f in found if f != "-/-") != sorted(t for t in row["tolls"].split(" & ") if t):
            wrong.append((row["tolls"], found, row["story"]))
    assert len(wrong) <= (1 - SHARE) * len(rows()), wrong
