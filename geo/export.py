"""Incidents and reports -> GeoJSON (RFC 7946) with flat properties that any GIS reads.

One Feature for each site of an incident, the unit of ACLED and UCDP GED. Tables and filters of such collections:
`geo/tables.py`, `geo/filters.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from geo.filters import filter_features
from geo.model import (
    Actor,
    Article,
    Candidate,
    Count,
    Deaths,
    Incident,
    Report,
    Site,
    Span,
    Unresolved,
    When,
    Where,
    decided,
    in_words,
)
from geo.published import write_published
from geo.shapes import Areas, geometry, position
from geo.tables import csv_text, geodataframe, write_csv, write_geopackage

Properties = dict[str, Any]
Collection = dict[str, Any]
UNKNOWN_OF_OPEN = ("admin1", "feature_code", "where_prec", "geo_precision", "radius_km", "lat", "lon", "place_source")


def feature_collection(
    incidents: Iterable[Incident], reports: Iterable[Report], articles: Iterable[Article], areas: Areas | None = None
) -> Collection:
    """Make one Feature for each site of each incident, in the order given.

    `areas` are polygons by place id (`shapes.load_areas`). `sources` of a feature are the reports of its site, then
    those that tell of the incident as a whole (`scope`: "site" or "incident").

    Raises KeyError where an incident names a report, or a report an article, that is not given.
    """
    by_report, by_article = {r.id: r for r in reports}, {a.id: a for a in articles}
    features = []
    for incident in incidents:
        placed = {r for site in incident.sites for r in site.reports}
        whole = [by_report[r] for r in incident.reports if r not in placed]
        for site in incident.sites:
            own = [by_report[r] for r in site.reports]
            features.append(
                {
                    "type": "Feature",
                    "id": site.id,
                    "geometry": geometry(site.where, areas or {}),
                    "properties": _site_properties(incident, site, own, whole, by_article),
                }
            )
    return {"type": "FeatureCollection", "features": features}


def report_collection(
    reports: Iterable[Report], incidents: Iterable[Incident], articles: Iterable[Article], areas: Areas | None = None
) -> Collection:
    """Make one Feature for each report, with the incident that it belongs to, ordered by article and position."""
    home = {r: incident.id for incident in incidents for r in incident.reports}
    by_article = {a.id: a for a in articles}
    features = []
    for report in sorted(reports, key=lambda r: (r.article, r.trigger, r.id)):
        properties = {
            "article": report.article,
            "incident_id": home.get(report.id),
            **source(report, by_article[report.article]),
            **_place(report.where, report, by_article),
            **_day(report.when),
            "evidence_start": report.evidence.start,
            "evidence_end": report.evidence.end,
            "rule": report.rule,
        }
        properties |= {"weapon": report.details.weapon, "status": "unreviewed"}
        if report.details.toll_is_overall:  # of all the sites together: no toll of this one
            for name in (
                f"{kind}_{end}" for kind in ("killed", "injured") for end in ("low", "high", "open_high", "about")
            ):
                properties[f"overall_{name}"], properties[name] = properties[name], None
        features.append(
            {
                "type": "Feature",
                "id": report.id,
                "geometry": geometry(report.where, areas or {}),
                "properties": properties,
            }
        )
    return {"type": "FeatureCollection", "features": features}


# --------------------------------------------------------------------------------------------------- one site


def _site_properties(
    incident: Incident, site: Site, own: list[Report], whole: list[Report], articles: Mapping[str, Article]
) -> Properties:
    """Write the properties of one site, in the order in which they are documented."""
    lead = next((r for r in own if r.where == site.where), own[0])
    place = _place(site.where, lead, articles)
    scopes = [(r, "site") for r in own] + [(r, "incident") for r in whole]
    sources = [{**source(r, articles[r.article]), "corrections": _corrections(r), "scope": s} for r, s in scopes]
    kind = incident.sub_event_type or incident.event_type
    return {
        "incident_id": incident.id,
        "site_id": site.id,
        "title": f"{kind}, {place['place'] or 'place unknown'}",
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        **_day(incident.when),
        **place,
        "actor1": incident.actor1 or None,
        "actor2": incident.actor2 or None,
        "inferred": [n for n in ("actor1", "actor2") if _is_inferred(n, getattr(incident, n), (*own, *whole))],
        **_deaths("killed", site.killed),
        "killed_civilians": site.killed_civilians.low if site.killed_civilians else None,
        "killed_names": sorted({d.name for r in (*own, *whole) for d in r.details.dead if d.name}),
        **_count("injured", site.injured),
        **_deaths("incident_killed", incident.killed),
        **_count("incident_injured", incident.injured),
        "site_count": len(incident.sites),
        "weapon": _most([r.details.weapon for r in decided((*own, *whole), "weapon")]),
        "grade": incident.grade,
        "status": incident.status,
        "first_reported": incident.first_reported.isoformat() if incident.first_reported else None,
        "source_count": len({s["article_id"] for s in sources}),
        "publisher_count": len({s["publisher"] or s["article_id"] for s in sources}),
        "why": list(incident.why),
        "disagreements": list(incident.disagreements),
        "sources": sources,
    }


def _is_inferred(side: str, name: str, reports: Iterable[Report]) -> bool:
    """Does no report's own passage give an incident's actor, but only what its article is about?"""
    given = [a for r in reports if (a := getattr(r.details, side)) is not None and a.name == name]
    return bool(given) and all(a.inferred for a in given)


def _most(values: Iterable[str]) -> str | None:
    counted = Counter(v for v in values if v).most_common(1)
    return counted[0][0] if counted else None


def _place(where: Where | Unresolved, report: Report, articles: Mapping[str, Article]) -> Properties:
    """Write a place; `report` is the one whose words name it. Of an open place only the name is known."""
    written = where.words[0].of(articles[report.article].text) if where.words else ""
    if isinstance(where, Unresolved):
        named: Properties = {"place": where.name or None, "place_id": None, "country": where.country or None}
        named |= dict.fromkeys(UNKNOWN_OF_OPEN)
        named |= {"place_as_written": written or where.name, "place_inferred": where.why, "place_evidence": []}
        return {**named, "rivals": [_rival(c) for c in where.candidates]}
    place = where.place
    lon, lat = position(where.lat, where.lon)
    return {
        "place": place.name,
        "place_id": place.id,
        "country": place.country or None,
        "admin1": place.admin1 or None,
        "feature_code": place.feature_code,
        "where_prec": where.where_prec,
        "geo_precision": where.geo_precision,
        "radius_km": round(where.radius_km, 3),
        "lat": lat,
        "lon": lon,
        "place_as_written": written,
        "place_inferred": where.inferred,
        "place_source": place.source,
        "place_evidence": [[why, weight] for why, weight in in_words(where.evidence)],
        "rivals": [_rival(c) for c in where.rivals],
    }


def _rival(candidate: Candidate) -> Properties:
    place = candidate.place
    lon, lat = position(place.lat, place.lon)
    named = {"place_id": place.id, "name": place.name, "country": place.country}
    return {**named, "lat": lat, "lon": lon, "score": round(candidate.score, 4)}


def _day(when: When | None) -> Properties:
    return {
        "date_start": when.first.isoformat() if when else None,
        "date_end": when.last.isoformat() if when else None,
        "date_kind": when.kind if when else None,
        "date_edtf": when.edtf if when else None,
        "date_prec": when.date_prec if when else None,
    }


def _deaths(name: str, deaths: Deaths | None) -> Properties:
    return {
        f"{name}_{end}": getattr(deaths, end) if deaths else None
        for end in ("low", "best", "high", "open_high", "about")
    }


def _count(name: str, count: Count | None) -> Properties:
    return {f"{name}_{end}": getattr(count, end) if count else None for end in ("low", "high", "open_high", "about")}


# --------------------------------------------------------------------------------------------------- one source


def source(report: Report, article: Article) -> Properties:
    """Write who says what in which words: the article, the fields of this report as it was read, and the words behind each."""
    report = report.as_told
    details = report.details
    where = report.where
    return {
        "report_id": report.id,
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": write_published(article.published) or None,
        "published_last": article.published[1].isoformat() if article.published else None,
        "url": article.url,
        "kind": article.kind,
        "sha256": article.sha256,
        "quote": report.evidence.of(article.text),
        "start": report.evidence.start,
        "end": report.evidence.end,
        "hedges": sorted({hedge for hedge, _ in report.hedges}),
        "event_type": report.event_type,
        "sub_event_type": report.sub_event_type,
        "date_start": report.when.first.isoformat() if report.when else None,
        "date_end": report.when.last.isoformat() if report.when else None,
        "date_edtf": report.when.edtf if report.when else None,
        "place_as_written": where.words[0].of(article.text) if where.words else "",
        **_count("killed", details.killed),
        **_count("injured", details.injured),
        "toll_is_overall": details.toll_is_overall,
        "actor1": details.actor1.name if details.actor1 else None,
        "actor2": details.actor2.name if details.actor2 else None,
        "inferred": [n for n in ("actor1", "actor2") if (actor := getattr(details, n)) and actor.inferred],
        "weapon": details.weapon or None,
        "evidence": _evidence(report, article.text),
    }


def _corrections(report: Report) -> list[Properties]:
    """What people put in place of a source's own values, which stay beside it."""
    return [{name: getattr(c, name) for name in ("field", "value", "who", "when", "why")} for c in report.corrections]


def _evidence(report: Report, text: str) -> dict[str, list[Properties]]:
    """Quote the words behind each field that the report states, with their code-point positions."""
    details = report.details
    spans = {
        "event": (report.trigger,),
        "date": report.when.words if report.when else (),
        "place": report.where.words,
        "killed": _words(details.killed),
        "injured": _words(details.injured),
        "killed_names": tuple(d.span for d in details.dead if d.name),
        "actor1": _words(details.actor1),
        "actor2": _words(details.actor2),
        "weapon": (details.weapon_words,) if details.weapon_words else (),
        "hedges": tuple(span for _, span in report.hedges),
    }
    return {name: [_quote(span, text) for span in found] for name, found in spans.items() if found}


def _words(value: Count | Actor | None) -> tuple[Span, ...]:
    return value.words if value else ()


def _quote(span: Span, text: str) -> Properties:
    return {"quote": span.of(text), "start": span.start, "end": span.end}


__all__ = [
    "csv_text", "feature_collection", "filter_features", "geodataframe", "report_collection", "source",
    "write_csv", "write_geopackage",
]  # fmt: skip
