"""What a change of the gazetteer, the reviews or the articles did to the incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from geo.space import haversine_km

Kind = Literal["placed", "moved", "unplaced", "appeared", "vanished", "regrouped"]
ORDER: tuple[Kind, ...] = ("placed", "moved", "unplaced", "appeared", "vanished", "regrouped")
MOVED_KM = 0.05  # a smaller shift is rounding


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


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a report stands in exported features: its incident, and the site that it tells of, None if of all."""

    incident: str
    title: str
    reports: frozenset[str]
    site: Mapping[str, Any] | None


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """List what differs between two exported collections, report by report, put together for each incident and place."""
    old, new = _homes_in(before), _homes_in(after)
    rows: dict[tuple[Kind, str, str, str, float | None], list[str]] = defaultdict(list)
    for identity in sorted(old.keys() | new.keys()):
        one, other = old.get(identity), new.get(identity)
        if one is None and other is not None:
            rows["appeared", other.incident, "", _place(other.site), None].append(identity)
        elif other is None and one is not None:
            rows["vanished", one.incident, _place(one.site), "", None].append(identity)
        elif one is not None and other is not None and (change := _moved(one.site, other.site)):
            kind, km = change
            rows[kind, other.incident, _place(one.site), _place(other.site), km].append(identity)
    titles = {home.incident: home.title for home in (*old.values(), *new.values())}
    found = [Difference(k, i, titles[i], tuple(ids), b, a, km) for (k, i, b, a, km), ids in rows.items()]
    found += _regrouped(old, new)
    return tuple(sorted(found, key=lambda d: (ORDER.index(d.kind), d.title, d.incident_id, d.reports)))


def _homes_in(collection: Mapping[str, Any]) -> dict[str, _Home]:
    sources = [(f["properties"], s) for f in collection["features"] for s in f["properties"]["sources"]]
    together: dict[str, set[str]] = defaultdict(set)
    for p, source in sources:
        together[p["incident_id"]].add(source["report_id"])
    return {
        source["report_id"]: _Home(
            p["incident_id"], _title(p), frozenset(together[p["incident_id"]]), p if source["scope"] == "site" else None
        )
        for p, source in sources
    }


def _moved(here: Mapping[str, Any] | None, there: Mapping[str, Any] | None) -> tuple[Kind, float | None] | None:
    """Say how the site of a report changed, if it did."""
    if here is None or there is None or (here["place_id"] is None and there["place_id"] is None):
        return None
    if here["place_id"] is None or there["place_id"] is None:
        return ("placed" if here["place_id"] is None else "unplaced"), None
    km = round(haversine_km(here["lat"], here["lon"], there["lat"], there["lon"]), 3)
    same = all(here[name] == there[name] for name in ("place_id", "where_prec", "radius_km"))
    return None if same and km < MOVED_KM else ("moved", km)


def _regrouped(old: Mapping[str, _Home], new: Mapping[str, _Home]) -> list[Difference]:
    """Find incidents of reports that stayed and are united with others than before."""
    both = old.keys() & new.keys()
    found: dict[str, Difference] = {}
    for identity in sorted(both):
        home = new[identity]
        were, are = old[identity].reports & both, home.reports & both
        if were != are:
            sizes = f"{len(were)} reports", f"{len(are)} reports"
            found.setdefault(
                home.incident, Difference("regrouped", home.incident, home.title, tuple(sorted(are)), *sizes)
            )
    return list(found.values())


def _place(site: Mapping[str, Any] | None) -> str:
    if site is None:
        return "all its sites"
    if site["place_id"] is None:
        return f"{site['place']} (open)" if site["place"] else "open"
    return f"{site['place']}, {site['country']}" if site["country"] else str(site["place"])


def _title(site: Mapping[str, Any]) -> str:
    return f"{site['sub_event_type'] or site['event_type']}, {site['date_edtf'] or 'day unknown'}"
