"""What a change of the gazetteer, the reviews or the articles did to the incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from geo.model import Incident, Report, Unresolved
from geo.space import haversine_km

Kind = Literal["placed", "moved", "unplaced", "appeared", "vanished", "regrouped"]
ORDER: tuple[Kind, ...] = ("placed", "moved", "unplaced", "appeared", "vanished", "regrouped")
MOVED_KM = 0.05  # a smaller shift is rounding


class Outcome(Protocol):
    """What is compared: a run of the pipeline, or anything with its reports and incidents."""

    @property
    def reports(self) -> Sequence[Report]:
        """Every report, as merged."""

    @property
    def incidents(self) -> Sequence[Incident]:
        """Every incident made of them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed for one incident: `reports` are the ids of its reports that it concerns.

    placed: was open and has a place now; moved: another place; unplaced: the reverse of placed; appeared and vanished:
    the reports are new or gone; regrouped: the same reports were united differently. `before` and `after` are places,
    or for regrouped the number of reports; `km` how far it moved.
    """

    kind: Kind
    incident_id: str
    title: str
    reports: tuple[str, ...]
    before: str = ""
    after: str = ""
    km: float | None = None

    def __str__(self) -> str:
        words = {"appeared": self.after, "vanished": self.before}.get(self.kind, f"{self.before} -> {self.after}")
        return f"{self.kind}: {self.title}: {words}" + (f" ({self.km:.1f} km)" if self.km is not None else "")


def diff(before: Outcome, after: Outcome) -> tuple[Difference, ...]:
    """List what differs between two outcomes, report by report, put together for each incident and place."""
    old, new = {r.id: r for r in before.reports}, {r.id: r for r in after.reports}
    old_home, new_home = _homes(before.incidents), _homes(after.incidents)
    rows: dict[tuple[Kind, str, str, str, float | None], list[str]] = defaultdict(list)
    for identity in sorted(old.keys() | new.keys()):
        one, other = old.get(identity), new.get(identity)
        if one is None and other is not None:
            rows["appeared", new_home[identity].id, "", _place(other), None].append(identity)
        elif other is None and one is not None:
            rows["vanished", old_home[identity].id, _place(one), "", None].append(identity)
        elif one is not None and other is not None and (change := _moved(one, other)):
            kind, km = change
            rows[kind, new_home[identity].id, _place(one), _place(other), km].append(identity)
    titles = {i.id: _title(i) for i in (*before.incidents, *after.incidents)}
    found = [Difference(k, i, titles[i], tuple(ids), b, a, km) for (k, i, b, a, km), ids in rows.items()]
    found += _regrouped(old_home, new_home, titles)
    return tuple(sorted(found, key=lambda d: (ORDER.index(d.kind), d.title, d.incident_id, d.reports)))


def _homes(incidents: Iterable[Incident]) -> dict[str, Incident]:
    return {r: incident for incident in incidents for r in incident.reports}


def _moved(one: Report, other: Report) -> tuple[Kind, float | None] | None:
    """Say how the place of a report changed, if it did."""
    here, there = one.where, other.where
    if isinstance(here, Unresolved) or isinstance(there, Unresolved):
        if isinstance(here, Unresolved) and isinstance(there, Unresolved):
            return None
        return ("placed" if isinstance(here, Unresolved) else "unplaced"), None
    km = round(haversine_km(here.lat, here.lon, there.lat, there.lon), 3)
    same = here.place.id == there.place.id and here.where_prec == there.where_prec and here.radius_km == there.radius_km
    return None if same and km < MOVED_KM else ("moved", km)


def _regrouped(old: dict[str, Incident], new: dict[str, Incident], titles: dict[str, str]) -> list[Difference]:
    """Find incidents of reports that stayed and are united with others than before."""
    both = old.keys() & new.keys()
    found: dict[str, Difference] = {}
    for identity in sorted(both):
        were, are = (frozenset(home[identity].reports) & both for home in (old, new))
        if were != are:
            incident = new[identity]
            sizes = f"{len(were)} reports", f"{len(are)} reports"
            found.setdefault(
                incident.id, Difference("regrouped", incident.id, titles[incident.id], tuple(sorted(are)), *sizes)
            )
    return list(found.values())


def _place(report: Report) -> str:
    if isinstance(report.where, Unresolved):
        return f"{report.where.name} (open)" if report.where.name else "open"
    place = report.where.place
    return f"{place.name}, {place.country}" if place.country else place.name


def _title(incident: Incident) -> str:
    day = incident.when.edtf if incident.when else "day unknown"
    return f"{incident.sub_event_type or incident.event_type}, {day}"
