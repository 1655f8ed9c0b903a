"""The places of the five seed articles, where the evaluation sets lie beside the checkout."""

from functools import cache
from pathlib import Path

import pytest

from geo.model import Place
from geo.places.gazetteer import Gazetteer
from geo.places.geoparse import geoparse
from geo.read import read_file
from geo.sentences import sentences

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "eval" / "seeds" / "articles"
PLACES = [
    ("000", "Baghdad International Airport", "iq-baghdad-airport"),
    ("000", "Camp Taji", "iq-camp-taji"),
    ("000", "Benghazi", "ly-benghazi"),
    ("001", "Rashidiya", "iq-rashidiya"),
    ("001", "Taji base", "iq-camp-taji"),
    ("002", "Q-West airbase", "iq-q-west"),
    ("002", "Qaim", "iq-qaim"),
    ("002", "Green Zone", "iq-green-zone"),
    ("002", "Gulf of Oman", "xx-gulf-of-oman"),
    ("002", "Baghouz", "sy-baghouz"),
    ("002", "Ain al-Asad base", "iq-al-asad"),
    ("002", "Taji", "iq-camp-taji"),
    ("003", "Alexandria", "iq-iskandariya"),
    ("003", "Jurf al-Nasr", "iq-jurf-al-nasr"),
    ("003", "al-Musayyib", "iq-musayyib"),
    ("003", "Najaf", "iq-najaf"),
    ("003", "Abu Kamal", "sy-abu-kamal"),
    ("003", "al-Asad air base", "iq-al-asad"),
    ("003", "Makhmour", "iq-makhmur"),
    ("003", "Kirkuk", "iq-kirkuk"),
    ("004", "K-1 air base", "iq-k1"),
    ("004", "Taji air base", "iq-camp-taji"),
    ("004", "airport", "iq-karbala-airport"),
    ("004", "Baghdad airport", "iq-baghdad-airport"),
    ("004", "Babil", "iq-babil"),
]


@cache
def gazetteer() -> Gazetteer:
    """The real gazetteer; builds the bulk index where there is none."""
    return Gazetteer.load()


@cache
def places(number: str) -> dict[str, set[Place | None]]:
    """The places that each written name of an article was resolved to."""
    article = read_file(next(SEEDS.glob(f"{number}_*")))
    found: dict[str, set[Place | None]] = {}
    for t in geoparse(article.text, sentences(article), gazetteer()):
        found.setdefault(t.span.of(article.text), set()).add(t.place)
    return found


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the evaluation sets are not beside the checkout")
@pytest.mark.parametrize(("number", "name", "place_id"), PLACES)
def test_a_name_of_a_seed_article_is_the_right_place(number: str, name: str, place_id: str) -> None:
    """Bases, homonyms and translated names included."""
    assert {p.id if p else None for p in places(number)[name]} == {place_id}
