"""Made-up incidents for measurements and tests: clustered as conflicts are, the same for the same seed.

No event, person, place name or text here is real; positions are scattered around invented "towns" in a real region so
that the basemap has something to show.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

TYPES = (
    ("Battles", "Armed clash", 30),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", 30),
    ("Explosions/Remote violence", "Air/drone strike", 14),
    ("Violence against civilians", "Attack", 14),
    ("Protests", "Peaceful protest", 7),
    ("Riots", "Violent demonstration", 3),
    ("Strategic developments", "Change to group/activity", 2),
)
ACTORS = ("Northern Army", "River Brigade", "Hill Front", "City Militia", "Coast Guard Corps", "Unknown gunmen", "")
PUBLISHERS = ("The Morning Ledger", "Radio Delta", "Harbour Post", "Field Notes Weekly", "Agency One")
FIRST_DAY = date(2014, 1, 1)
DAYS = 3650  # ten years, as long as the public event data sets of one conflict
TOWNS = 1500
DISTRICTS = 60  # so many areas share the incidents whose place is known no better
WEST, SOUTH, EAST, NORTH = 35.0, 29.5, 48.0, 37.5


def collection(count: int, *, seed: int = 7, sources: bool = True) -> dict[str, Any]:
    """A FeatureCollection of `count` incident sites with the exported properties, in order of site id."""
    dice = random.Random(seed)
    towns = _towns(dice)
    return {"type": "FeatureCollection", "features": [_feature(dice, i, towns, sources) for i in range(count)]}


def _towns(dice: random.Random) -> list[tuple[float, float, float, str]]:
    """(lon, lat, spread in degrees, name), the first ones the busiest."""
    return [
        (dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH), dice.choice((0.0, 0.02, 0.06, 0.3)), f"Town {n + 1}")
        for n in range(TOWNS)
    ]


def _feature(
    dice: random.Random, number: int, towns: list[tuple[float, float, float, str]], sources: bool
) -> dict[str, Any]:
    # A few towns carry most of a conflict: rank drawn from a heavy-tailed distribution.
    rank = int(len(towns) * dice.random() ** 3)
    lon, lat, spread, town = towns[rank]
    kind, sub, _ = dice.choices(TYPES, weights=[w for *_, w in TYPES])[0]
    # Waves: fighting comes in offensives of some weeks.
    wave = dice.randrange(24) * (DAYS // 24)
    start = FIRST_DAY + timedelta(days=min(DAYS - 1, int(wave + abs(dice.gauss(0, 45)))))
    length = dice.choices((0, 1, 6, 30), weights=(78, 10, 8, 4))[0]
    end = min(start + timedelta(days=length), FIRST_DAY + timedelta(days=DAYS - 1))
    prec = dice.choices((1, 2, 3, 4, 6), weights=(70, 22, 4, 3, 1))[0]
    killed = dice.choices((None, 0, 1, 3, 12), weights=(40, 25, 20, 10, 5))[0]
    if prec > 2:
        lon, lat, spread, town = towns[rank % DISTRICTS]
        rank, spread = rank % DISTRICTS, 0.0
    point = [round(dice.gauss(lon, spread), 5), round(dice.gauss(lat, spread * 0.8), 5)]
    nowhere = dice.random() < 0.004
    properties = {
        "incident_id": f"inc-{number:07d}", "site_id": f"site-{number:07d}", "title": f"{sub} in {town}",
        "event_type": kind, "sub_event_type": sub, "date_start": start.isoformat(), "date_end": end.isoformat(),
        "date_kind": "within", "date_edtf": start.isoformat() if not length else f"[{start}..{end}]",
        "date_prec": {0: 1, 1: 2, 6: 3, 30: 4}[length], "place": "" if nowhere else town,
        "place_id": "" if nowhere else f"t{rank}", "place_as_written": town, "country": "IQ", "admin1": "",
        "where_prec": prec, "geo_precision": 1 if prec < 3 else 2, "radius_km": {1: 1, 2: 10, 3: 25, 4: 80, 6: 300}[prec],
        "actor1": dice.choice(ACTORS), "actor2": dice.choice(ACTORS), "killed_low": killed, "killed_best": killed,
        "killed_high": None if killed is None else killed + dice.choice((0, 0, 2)), "killed_civilians": None,
        "injured_low": None, "injured_high": None, "weapon": "", "grade": dice.choice(("confirmed", "likely", "single source")),
        "status": "", "first_reported": (end + timedelta(days=dice.randrange(4))).isoformat(),
        "source_count": 0, "sources": [],
    }  # fmt: skip
    if sources:
        properties["sources"] = [_source(dice, properties, n) for n in range(dice.choice((1, 1, 1, 2, 3)))]
        properties["source_count"] = len(properties["sources"])
    geometry = None if nowhere else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": properties["site_id"], "geometry": geometry, "properties": properties}


def _source(dice: random.Random, p: dict[str, Any], number: int) -> dict[str, Any]:
    day = p["date_start"]
    quote = (
        f"Invented report: an event of the kind {p['sub_event_type']} took place in {p['place_as_written']} on {day}."
    )
    where, when = quote.index(p["place_as_written"]), quote.index(day)
    start = 100
    return {
        "report_id": f"{p['site_id']}-r{number}", "article_id": f"article-{dice.randrange(5000)}",
        "title": "Invented news of the day", "publisher": dice.choice(PUBLISHERS), "author": "",
        "published": p["first_reported"], "published_last": p["first_reported"], "url": "", "kind": "original",
        "sha256": "", "quote": quote, "start": start, "end": start + len(quote), "hedges": [],
        "event_type": p["event_type"], "sub_event_type": p["sub_event_type"], "date_start": day, "date_end": p["date_end"],
        "date_edtf": p["date_edtf"], "place_as_written": p["place_as_written"], "killed_low": p["killed_low"],
        "killed_high": p["killed_high"], "injured_low": None, "injured_high": None, "actor1": p["actor1"],
        "actor2": p["actor2"], "weapon": "",
        "evidence": {
            "place": [{"quote": p["place_as_written"], "start": start + where, "end": start + where + len(p["place_as_written"])}],
            "date": [{"quote": day, "start": start + when, "end": start + when + len(day)}],
        },
    }  # fmt: skip
