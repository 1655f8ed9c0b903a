"""Which marks of reserve a report carries: the table `reserves.tsv`."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from geo import pipeline
from geo.details import actors
from geo.model import Article
from geo.places.gazetteer import Gazetteer

ROWS = Path(__file__).with_name("reserves.tsv")
READ_ON = (date(2024, 3, 15), date(2024, 3, 15))


def test_reports_carry_the_reserve_with_which_they_are_told() -> None:
    """Each text with the marks of its first report: an accusation, a denial, a suspicion, or none."""
    gazetteer, known = Gazetteer.load(), actors.load()
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = []
    for row in rows:
        article = Article("s", "", "", row["text"], published=READ_ON)
        reports = pipeline.read(article, gazetteer, known).reports
        marks = " ".join(sorted({hedge for hedge, _ in reports[0].hedges})) if reports else "no report"
        if marks != row["hedges"]:
            wrong.append((row["hedges"], marks, row["text"]))
    assert not wrong
