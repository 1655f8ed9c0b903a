"""The names that wait for a place: an incident's passage gives them, and no place was found for them.

Such an incident is not on the map, or stands there as an area or near a point that the passage names beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from geo.model import Article, Candidate, Incident, Report, Site, Toponym, Unresolved, Where
from geo.places.names import keys


class Read(Protocol):
    """An article with the names that were found in it."""

    @property
    def article(self) -> Article:
        """What was read."""

    @property
    def toponyms(self) -> tuple[Toponym, ...]:
        """Its place names in order."""


class Outcome(Protocol):
    """A run of the pipeline."""

    @property
    def readings(self) -> Sequence[Read]:
        """Every article as read."""

    @property
    def reports(self) -> Sequence[Report]:
        """Every report, as merged."""

    @property
    def incidents(self) -> Sequence[Incident]:
        """Every incident made of them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A name as written most often, with the incidents that it would put on the map, or put more exactly.

    `candidates` are what it might be, best first; `instead` are the places that stand on the map for it until then,
    none where nothing is drawn; `country` is "" where the story leaves it open.
    """

    name: str
    country: str
    incidents: tuple[str, ...]
    reports: tuple[Report, ...]
    candidates: tuple[Candidate, ...]
    instead: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Open:
    """A name that one report leaves open."""

    name: str
    country: str
    report: Report
    candidates: tuple[Candidate, ...]
    instead: str
    why: str


def waiting(outcome: Outcome) -> tuple[Waiting, ...]:
    """Every name that waits, the one first that would place most incidents, then most reports.

    Spellings that differ in marks only are one name; so are those of one country and of none. An incident that another
    report places exactly is not counted.
    """
    names = {r.article.id: r.toponyms for r in outcome.readings}
    sites = {report: (i, site) for i in outcome.incidents for site in i.sites for report in site.reports}
    groups: dict[tuple[str, str], list[_Open]] = defaultdict(list)
    for report in sorted(outcome.reports, key=lambda r: (r.article, r.trigger, r.id)):
        for one in _open(report, names.get(report.article, ()), sites.get(report.id)):
            groups[keys(one.name).marks, one.country].append(one)
    found = [_waiting(group, outcome.incidents) for group in groups.values()]
    return tuple(sorted(found, key=lambda w: (-len(w.incidents), -len(w.reports), w.name.casefold(), w.country)))


def _open(report: Report, names: Sequence[Toponym], home: tuple[Incident, Site] | None) -> list[_Open]:
    """The names that keep a report off the map, or make it an area or a neighbour of what its passage names beside them."""
    where = report.where
    if isinstance(where, Unresolved):
        return [_Open(where.name, where.country, report, where.candidates, "", where.why)] if where.name else []
    if where.where_prec == 1 or (home and isinstance(home[1].where, Where) and home[1].where.where_prec == 1):
        return []
    country = where.place.country
    return [
        _Open(
            t.mention.name,
            country,
            report,
            tuple(c for c in t.rivals if c.place.country == country),  # what only sounds alike elsewhere is none
            where.place.name,
            where.inferred,
        )
        for t in names
        if t.place is None and not t.mention.demonym and t.span in where.words
    ]


def _waiting(group: list[_Open], incidents: Iterable[Incident]) -> Waiting:
    names = [one.name for one in group]
    reports = {one.report.id: one.report for one in group}
    candidates = {c.place.id: c for one in group for c in one.candidates}
    return Waiting(
        name=max(sorted(set(names)), key=names.count),
        country=group[0].country,
        incidents=tuple(sorted(i.id for i in incidents if reports.keys() & set(i.reports) and not _is_placed(i))),
        reports=tuple(reports.values()),
        candidates=tuple(sorted(candidates.values(), key=lambda c: (-c.score, c.place.id))),
        instead=tuple(dict.fromkeys(one.instead for one in group if one.instead)),
        why=next((one.why for one in group if one.why), ""),
    )


def _is_placed(incident: Incident) -> bool:
    return not any(isinstance(s.where, Unresolved) or s.where.where_prec > 1 for s in incident.sites)
