"""Single sentences of many conflicts, decades and styles are typed as they should be."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from geo import pipeline, triggers
from geo.details import actors
from geo.model import Article
from geo.places.gazetteer import Gazetteer

ROWS = Path(__file__).with_name("event_words.tsv")
READ_ON = (date(2023, 5, 20), date(2023, 5, 20))
SHARE = 0.97  # the rest is left to a gazetteer that gains and loses names, without which some towns cannot fall


def rows() -> list[dict[str, str]]:
    """The sentences with the sub-event type that each reports, "" for none."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def types(row: dict[str, str]) -> list[str]:
    """The types that a sentence reports, "A + B" where it tells several events."""
    return row["sub_event_type"].split(" + ") if row["sub_event_type"] else []


def test_every_type_has_sentences_and_none_stands_twice() -> None:
    """The list knows only ACLED's types, and says each thing once."""
    listed = rows()
    assert {kind for r in listed for kind in types(r)} <= set(triggers.EVENT_TYPE_OF)
    assert len({r["sentence"] for r in listed}) == len(listed)


def test_the_sentences_report_their_types() -> None:
    """One report of the right type for each event of a sentence, and none where nothing happened."""
    gazetteer, known = Gazetteer.load(), actors.load()
    wrong = []
    for row in rows():
        article = Article(id="s", title="", publisher="", text=row["sentence"], published=READ_ON)
        found = [r.sub_event_type for r in pipeline.read(article, gazetteer, known).reports]
        if found != types(row):
            wrong.append((row["sub_event_type"], found, row["sentence"]))
    assert len(wrong) <= (1 - SHARE) * len(rows()), wrong
