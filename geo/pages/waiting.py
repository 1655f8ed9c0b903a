"""The names that wait for a place: read by the pipeline, known to no gazetteer, ranked by what each would put on the map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from geo.model import Candidate, Incident, Report, Unresolved
from geo.pipeline import Result
from geo.places.names import keys


@dataclass(frozen=True, slots=True)
class Waiting:
    """A name as written most often, the incidents and reports that wait for it, and what it might be, best first."""

    name: str
    incidents: tuple[str, ...]
    reports: tuple[Report, ...]
    candidates: tuple[Candidate, ...]
    country: str = ""
    why: str = ""


def waiting(result: Result) -> tuple[Waiting, ...]:
    """Every unresolved name of the incidents, spellings that differ in marks only taken together, the most wanted first."""
    home = {report: incident for incident in result.incidents for report in incident.reports}
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in result.reports:
        if isinstance(report.where, Unresolved) and report.where.name:
            groups[keys(report.where.name).marks].append(report)
    found = [_waiting(reports, home) for reports in groups.values()]
    return tuple(sorted(found, key=lambda w: (-len(w.incidents), -len(w.reports), w.name)))


def _waiting(reports: list[Report], home: dict[str, Incident]) -> Waiting:
    wheres = [r.where for r in reports if isinstance(r.where, Unresolved)]
    names = [w.name for w in wheres]
    candidates = {c.place.id: c for w in wheres for c in w.candidates}
    return Waiting(
        name=max(sorted(set(names)), key=names.count),
        incidents=tuple(sorted({home[r.id].id for r in reports if r.id in home})),
        reports=tuple(reports),
        candidates=tuple(sorted(candidates.values(), key=lambda c: (-c.score, c.place.id))),
        country=next((w.country for w in wheres if w.country), ""),
        why=next((w.why for w in wheres if w.why), ""),
    )
