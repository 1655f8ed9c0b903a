"""Sentences of many wars name their parties as they should: the table `parties.tsv`."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from geo import pipeline
from geo.details import actors
from geo.model import Actor, Article
from geo.places.gazetteer import Gazetteer

ROWS = Path(__file__).with_name("parties.tsv")
READ_ON = (date(2024, 11, 20), date(2024, 11, 20))
SHARE = 0.97  # the rest is left to event words and names that change the claim


def rows() -> list[dict[str, str]]:
    """Each text with the party that acts and the one that is hit in the last claim, "" where the text does not say."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def named(actor: Actor | None, expected: str) -> bool:
    """Is the actor's name the expected one, or a part of it, or the other way round?"""
    if actor is None or not expected:
        return actor is None and not expected
    name, wanted = actor.name.casefold(), expected.casefold()
    return wanted in name or name in wanted


def test_no_text_stands_twice() -> None:
    """The list says each thing once."""
    assert len({r["text"] for r in rows()}) == len(rows())


def test_the_texts_name_their_parties() -> None:
    """Who acted is named where the text says so and left open where it does not; so is who was hit, where it is expected."""
    gazetteer, known = Gazetteer.load(), actors.load()
    wrong = []
    for row in rows():
        article = Article(id="s", title="", publisher="", text=row["text"], published=READ_ON)
        reports = pipeline.read(article, gazetteer, known).reports
        told = reports[-1].details if reports else None
        hit = told is not None and (not row["actor2"] or named(told.actor2, row["actor2"]))
        if told is None or not named(told.actor1, row["actor1"]) or not hit:
            wrong.append((row["text"], told and (told.actor1, told.actor2)))
    assert len(wrong) <= (1 - SHARE) * len(rows()), wrong
