"""A small invented world for the tests of the place stages: no index, no files."""

from geo.model import Article, Place, Sentence
from geo.places.gazetteer import Gazetteer, Known
from geo.sentences import sentences


def _place(place_id: str, name: str, code: str, country: str, lat: float, lon: float, **more: object) -> Place:
    given = {"radius_km": 5.0, "importance": 4.5, "reviewed": True, **more}
    return Place(place_id, name, code, country, lat, lon, **given)  # type: ignore[arg-type]


IRAQ = _place("country-iq", "Iraq", "A.PCLI", "IQ", 33, 44, radius_km=600.0, importance=7.5)
SYRIA = _place("country-sy", "Syria", "A.PCLI", "SY", 35, 38, radius_km=400.0, importance=7.5)
USA = _place("country-us", "United States", "A.PCLI", "US", 40, -98, radius_km=3000.0, importance=7.5)
ANBAR = _place("iq-anbar", "Anbar", "A.ADM1", "IQ", 33, 41.5, radius_km=200.0, importance=6.0, admin1="Anbar")
BAGHDAD = _place("iq-baghdad", "Baghdad", "P.PPLC", "IQ", 33.34, 44.4, radius_km=15.0, importance=6.8, admin1="Baghdad")
HIT = _place("iq-hit", "Rawdan", "P.PPL", "IQ", 33.6, 42.8, admin1="Anbar")
HIT_SY = _place("sy-rawdan", "Rawdan", "P.PPL", "SY", 35.9, 39.0, importance=5.2)
MOSUL = _place("iq-mosul", "Mosul", "P.PPLA", "IQ", 36.34, 43.12, importance=6.2, admin1="Nineveh")
BASE = _place("iq-base", "Taskil Air Base", "S.AIRB", "IQ", 33.7, 42.9, radius_km=3.0, admin1="Anbar")
AIRPORT = _place("iq-airport", "Baghdad International Airport", "S.AIRP", "IQ", 33.26, 44.23, radius_km=3.0)
ALEX_EG = _place("eg-alexandria", "Alexandria", "P.PPLA", "EG", 31.2, 29.9, importance=6.7)
ALEX_IQ = _place("iq-iskandariya", "Iskandariya", "P.PPL", "IQ", 32.89, 44.35, importance=5.0)
WASHINGTON = _place("us-washington", "Washington", "P.PPLC", "US", 38.9, -77.04, importance=5.8)
ALL = (IRAQ, SYRIA, USA, ANBAR, BAGHDAD, HIT, HIT_SY, MOSUL, BASE, AIRPORT, ALEX_EG, ALEX_IQ, WASHINGTON)


def small_world() -> Gazetteer:
    """A gazetteer of these places and a few demonyms."""
    known = [Known(p, p.name) for p in ALL]
    known += [
        Known(ALEX_IQ, "Alexandria", "IQ"),
        Known(USA, "US"),
        Known(USA, "U.S."),
        Known(AIRPORT, "Baghdad airport"),
    ]
    gazetteer = Gazetteer(ALL, known)
    gazetteer.demonyms = {"iraqi": IRAQ, "syrian": SYRIA, "american": USA}
    return gazetteer


def cut(text: str) -> tuple[Sentence, ...]:
    """The sentences of a plain text."""
    return sentences(Article("t", "", "", text))
