"""Merging alone, measured: the gold claims are taken as if they had been extracted, and united."""

import csv
import json
from calendar import monthrange
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from geo.merge import merge
from geo.model import Actor, Count, Details, Place, Report, Span, When, Where

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
FEATURE = {
    "site": "S.INSM",
    "town": "P.PPL",
    "district": "A.ADM2",
    "governorate": "A.ADM1",
    "region": "A.ADM1",
    "country": "A.PCLI",
    "sea": "H.GULF",
}
PRECISION = {"site": 1, "town": 1, "district": 3, "governorate": 4, "region": 4, "country": 6, "sea": 7}
SIDES = {
    "Kata'ib Hezbollah": "Iran-aligned",
    "Iran-backed militia": "Iran-aligned",
    "Iran": "Iran",
    "Popular Mobilization Units": "Iran-aligned",
}
READ = ("d01", "d02", "d03", "d04", "d05", "0")  # the others are kept for judging, not for looking at


def where(gold, key):
    row = gold["places"][key]
    place = Place(
        id=key, name=row["name"], feature_code=FEATURE[row["kind"]], country=row["country"] or "", lat=row["lat"],
        lon=row["lon"], radius_km=2 if row["kind"] == "site" else row["tolerance_km"] / 2,
    )  # fmt: skip
    return Where(place, PRECISION[row["kind"]], place.lat, place.lon, place.radius_km)


def count(pair):
    return Count(*pair) if pair else None


def actor(name):
    return Actor(name, side=SIDES.get(name, name)) if name else None


def published(row):
    year, *rest = (int(part) for part in row["published"].split("-"))
    if row["published_precision"] == "day":
        return date(year, *rest), date(year, *rest)
    return date(year, rest[0], 1), date(year, rest[0], monthrange(year, rest[0])[1])


def reports(folder):
    """The required claims of a gold file as reports, with the incident that each belongs to."""
    gold = json.loads((EVAL / folder / "incidents.json").read_text(encoding="utf-8"))
    with (EVAL / folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        articles = {row["file"]: row for row in csv.DictReader(file)}
    sites, seen = defaultdict(set), {}
    claims = [c for c in gold["claims"] if c["required"] and c["article"].startswith(READ)]
    for c in claims:
        sites[c["article"], c["incident"]].add(c["place"])
    for i, c in enumerate(claims):
        key = c["article"], c["incident"]
        first, last = c["date"] or (None, None)
        span = Span(c["evidence"]["start"], c["evidence"]["end"])
        again = any(
            a == c["article"] and n != c["incident"] and p == c["place"] and t == c["event_type"] for a, n, p, t in seen
        )
        seen[c["article"], c["incident"], c["place"], c["event_type"]] = True
        yield c["incident"], Report(
            id=f"r{i:03}", article=c["article"], published=published(articles[c["article"]]),
            publisher=articles[c["article"]]["publisher"], event_type=c["event_type"],
            sub_event_type=c["sub_event_type"] or "", trigger=Span(span.start + i % 3, span.end), evidence=span, passages=(span,),
            when=When(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
            where=where(gold, c["place"]),
            details=Details(actor(c["actor1"]), actor(c["actor2"]), count(c["killed"]), count(c["injured"])),
            group=str(key) if len(sites[key]) > 1 else "", another=again and c["place"] == "taji",
        )  # fmt: skip


def b_cubed(labels):
    """F1 of (predicted, gold) labels. Source: Bagga and Baldwin 1998."""
    predicted, gold = defaultdict(set), defaultdict(set)
    for i, (p, g) in enumerate(labels):
        predicted[p].add(i)
        gold[g].add(i)
    both = [(len(predicted[p] & gold[g]), len(predicted[p]), len(gold[g])) for p, g in labels]
    precision, recall = sum(b / p for b, p, _ in both) / len(both), sum(b / g for b, _, g in both) / len(both)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.skipif(not EVAL.exists(), reason="the evaluation sets do not lie beside this checkout")
@pytest.mark.parametrize("folder", ["seeds", "dev"])
def test_gold_reports_are_united_as_the_gold_says(folder):
    """B-cubed F1 of merging alone is at least 0.97."""
    labelled = list(reports(folder))
    home = {r: incident.id for incident in merge(report for _, report in labelled) for r in incident.reports}
    assert b_cubed([(home[report.id], gold) for gold, report in labelled]) >= 0.97
