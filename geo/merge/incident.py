"""The reports of one event -> one Incident: its sites, days, sides, tolls and grade. Sees no text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from geo.merge.evidence import COUNTRY, NEIGHBOURS, breadth, relation
from geo.merge.grade import contradictions, disagreements, disagreements_of_the_whole, grade, publisher
from geo.merge.parties import generic
from geo.model import Actor, Count, Deaths, Incident, Report, Site, Unresolved, When, Where, decided

SAME = ("same_site", "same_town", "same_area", "same_country", "same_name_open")
INSIDE = ("in_town", "in_area", "in_country", "open")


@dataclass
class _Spot:
    """A site, or a wider place that the incident is told of, while its reports are gathered."""

    where: Where | Unresolved
    reports: list[Report] = field(default_factory=list)


def assemble(reports: Sequence[Report], why: Sequence[str], *, accepted: Collection[str] = ()) -> Incident:
    """Make the incident of `reports`, which come in publication order; `why` says what united them.

    One figure that an article gives for several places is their sum, and belongs to no single one of them.

    The id comes from the earliest report, so that a later article does not change it. `first_reported` is the earliest
    day by which one of the articles had been published for certain.
    """
    reports = _with_shared_tolls_overall(reports)
    sites, wider = _spots(reports)
    when = _days(reports)
    published = [r.published[1] for r in reports if r.published]
    identity = f"i{reports[0].id}"
    killed = _total(sites, wider, reports, "killed")
    injured = _total(sites, wider, reports, "injured")
    event_type, sub_event_type = _type(reports)
    return Incident(
        id=identity,
        event_type=event_type,
        sub_event_type=sub_event_type,
        when=when,
        sites=tuple(_site(spot, alone=len(sites) == 1) for spot in sites),
        reports=tuple(r.id for r in reports),
        actor1=_actor(decided(reports, "actor1"), lambda r: r.details.actor1),
        actor2=_actor(decided(reports, "actor2"), lambda r: r.details.actor2),
        killed=killed,
        injured=_hurt(injured),
        grade=grade(reports),
        status="accepted" if any(r.id in accepted for r in reports) else "unreviewed",
        first_reported=min(published, default=None),
        disagreements=tuple(_disagreements(reports, sites, wider)),
        why=tuple(why),
    )


def _with_shared_tolls_overall(reports: Sequence[Report]) -> list[Report]:
    """Mark a toll as overall where the same words give it for several places."""
    places: dict[tuple[object, ...], set[str]] = defaultdict(set)

    def key(report: Report) -> tuple[object, ...]:
        killed, injured = report.details.killed, report.details.injured
        return report.article, killed.words if killed else (), injured.words if injured else ()

    for report in reports:
        places[key(report)].add(_place_id(report.where))
    return [
        replace(r, details=replace(r.details, toll_is_overall=True))
        if any(key(r)[1:]) and len(places[key(r)]) > 1
        else r
        for r in reports
    ]


def _place_id(where: Where | Unresolved) -> str:
    return where.name if isinstance(where, Unresolved) else where.place.id


# --------------------------------------------------------------------------------------------------- places


def _spots(reports: Sequence[Report]) -> tuple[list[_Spot], list[_Spot]]:
    """Gather reports by place: the sites, and the wider places (smallest first) that hold several of them.

    The most exact report of a place comes first and gives its position. A wider place with one site in it is a vaguer
    account of that site.
    """
    order = {r.id: i for i, r in enumerate(reports)}
    by_exactness = sorted(reports, key=lambda r: (breadth(r.where), _radius(r), _precision(r), order[r.id]))
    sites: list[_Spot] = []
    wider: list[_Spot] = []
    for report in by_exactness:
        spot = _home(report, sites, wider)
        spot.reports.append(report)
    for spot in (*sites, *wider):
        spot.reports.sort(key=lambda r: order[r.id])
    sites.sort(key=lambda s: order[s.reports[0].id])
    return sites, wider


def _home(report: Report, sites: list[_Spot], wider: list[_Spot]) -> _Spot:
    """Find or add the spot of a report, given those of all more exact ones."""
    for spot in (*sites, *wider):
        if relation(report.where, spot.where) in SAME:
            return spot
    inside = [spot for spot in sites if _inside(spot.where, report.where)]
    if len(inside) == 1:
        return inside[0]
    target = wider if inside else sites
    target.append(_Spot(report.where))
    return target[-1]


def _inside(fine: Where | Unresolved, coarse: Where | Unresolved) -> bool:
    """Say whether the wider place may be a vaguer word for the other: it contains it, or is the town beside it."""
    how = relation(fine, coarse)
    return how in INSIDE or (how in NEIGHBOURS and breadth(coarse) > breadth(fine))


def _radius(report: Report) -> float:
    return 0.0 if isinstance(report.where, Unresolved) else report.where.radius_km


def _precision(report: Report) -> int:
    return COUNTRY if isinstance(report.where, Unresolved) else report.where.where_prec


def _own(reports: Iterable[Report], toll: str, *, alone: bool) -> list[Report]:
    """The reports whose toll is of their site, not of the whole; of the only site, also one that a person put in."""
    return [r for r in reports if not r.details.toll_is_overall or (alone and r.reviewed(toll))]


def _site(spot: _Spot, *, alone: bool) -> Site:
    """Give the site its own tolls: those that are told of it, not of the whole."""
    injured = estimate(_own(spot.reports, "injured", alone=alone), "injured")
    return Site(
        id=f"s{spot.reports[0].id}",
        where=spot.where,
        reports=tuple(r.id for r in spot.reports),
        killed=estimate(_own(spot.reports, "killed", alone=alone), "killed"),
        killed_civilians=_range(spot.reports),
        injured=_hurt(injured),
    )


# --------------------------------------------------------------------------------------------------- days and names


def _days(reports: Iterable[Report]) -> When | None:
    """Narrow the days to those that all accounts leave open; where they do not meet, keep all of them.

    What a person put in is the only account. Of accounts that it lasted ("throughout"), the longest stretch is kept.
    """
    whens = [r.when for r in decided(reports, "date") if r.when]
    if not whens:
        return None
    lasting = [w for w in whens if w.kind == "throughout"]
    if lasting:
        first, last = min(w.first for w in lasting), max(w.last for w in lasting)
        return When(first, last, "throughout")
    first, last = max(w.first for w in whens), min(w.last for w in whens)
    if first > last:
        exact = min((w.last - w.first).days for w in whens)
        whens = [w for w in whens if (w.last - w.first).days == exact]
        first, last = min(w.first for w in whens), max(w.last for w in whens)
    return When(first, last)


def _votes(reports: Iterable[Report], value: Callable[[Report], str]) -> list[tuple[str, int]]:
    """Count publishers for each value, most first, then in the order of the reports."""
    voices: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if words := value(report):
            voices[words].add(publisher(report))
    return sorted(((words, len(names)) for words, names in voices.items()), key=lambda pair: -pair[1])


def _type(reports: Sequence[Report]) -> tuple[str, str]:
    """Choose the sub-event type that most publishers use, a named one before an open one."""
    reports = decided(reports, "event_type", "sub_event_type")
    named = [r for r in reports if r.sub_event_type] or reports
    pairs = {f"{r.event_type}\0{r.sub_event_type}": (r.event_type, r.sub_event_type) for r in named}
    return pairs[_votes(named, lambda r: f"{r.event_type}\0{r.sub_event_type}")[0][0]]


def _actor(reports: Iterable[Report], actor: Callable[[Report], Actor | None]) -> str:
    """Choose the name that most publishers give; what is told before what is inferred, a name from the list before a description."""
    found = {r.id: a for r in reports if (a := actor(r)) is not None}
    found = {i: a for i, a in found.items() if not a.inferred} or found
    named = {i: a for i, a in found.items() if a.known and not generic(a)}
    listed = {i: a for i, a in found.items() if a.known}
    names = {i: a.name for i, a in (named or listed or found).items()}
    votes = _votes(reports, lambda r: names.get(r.id, ""))
    return votes[0][0] if votes else ""


# --------------------------------------------------------------------------------------------------- tolls


def estimate(reports: Iterable[Report], toll: str) -> Deaths | None:
    """Give low, best and high as UCDP does: the lowest and the highest figure of any source, and the best supported.

    `toll` is "killed" or "injured". A figure that a person put into a report goes before those of all others.
    Best is the figure that most publishers give in their latest article, of equals the latest; of a range its low end,
    as UCDP GED's codebook asks for the more conservative figure in doubt. `reports` come in publication order.
    """
    counts = [(publisher(r), c) for r in decided(reports, toll) if (c := getattr(r.details, toll)) is not None]
    if not counts:
        return None
    latest = dict(counts)  # a publisher's later figure replaces its earlier one
    support = Counter(c.low for c in latest.values())
    newest = {c.low: i for i, (_, c) in enumerate(counts)}
    best = max(support, key=lambda low: (support[low], newest[low]))
    high, open_high = max((c.high, c.open_high) for _, c in counts)
    low = min(c.low for _, c in counts)
    return Deaths(low, best, high, open_high, _only_about(low, high, [c for _, c in counts]))


def _only_about(low: int, high: int, counts: Sequence[Count]) -> bool:
    """Is one end of a range a figure that every source gives only roughly?"""
    return any(
        all(c.about for c in same)
        for same in ([c for c in counts if c.low == low], [c for c in counts if c.high == high])
    )


def _hurt(figures: Deaths | None) -> Count | None:
    """The injured as a range: UCDP has no best figure of them."""
    return Count(figures.low, figures.high, open_high=figures.open_high, about=figures.about) if figures else None


def _range(reports: Sequence[Report]) -> Count | None:
    """The killed civilians of a site; a person who put in how many were killed has said nothing of civilians."""
    if any(r.reviewed("killed") for r in reports):
        return None
    own = _own(reports, "killed", alone=False)
    counts = [c for r in own if (c := r.details.killed_civilians) is not None]
    return Count(min(c.low for c in counts), max(c.high for c in counts)) if counts else None


def _total(sites: Sequence[_Spot], wider: Sequence[_Spot], reports: Sequence[Report], toll: str) -> Deaths | None:
    """Add the sites up; a figure of a wider place or of the whole counts where it is higher than the sum of its parts.

    Where a person put in the figure of the whole, or of the only site, that one holds.
    """
    whole = [r for r in reports if r.reviewed(toll) and (r.details.toll_is_overall or len(sites) == 1)]
    if whole:
        return estimate(whole, toll)
    parts = [(s.where, estimate(_own(s.reports, toll, alone=False), toll)) for s in sites]
    for spot in wider:  # smallest first
        inside = [p for p in parts if relation(p[0], spot.where) in (*INSIDE, *SAME)]
        parts = [p for p in parts if p not in inside]
        own = estimate(_own(spot.reports, toll, alone=False), toll)
        parts.append((spot.where, _higher(own, _sum(deaths for _, deaths in inside))))
    overall = estimate([r for r in reports if r.details.toll_is_overall], toll)
    return _higher(overall, _sum(deaths for _, deaths in parts))


def _sum(tolls: Iterable[Deaths | None]) -> Deaths | None:
    known = [d for d in tolls if d]
    if not known:
        return None
    low, best, high = (sum(getattr(d, end) for d in known) for end in ("low", "best", "high"))
    return Deaths(low, best, high, open_high=any(d.open_high for d in known), about=any(d.about for d in known))


def _higher(a: Deaths | None, b: Deaths | None) -> Deaths | None:
    if a is None or b is None:
        return a or b
    high, open_high = max((a.high, a.open_high), (b.high, b.open_high))
    lower, upper = max((a, b), key=lambda d: d.low), max((a, b), key=lambda d: d.high)
    return Deaths(lower.low, max(a.best, b.best), high, open_high, lower.about or upper.about)


# --------------------------------------------------------------------------------------------------- disagreement


def _disagreements(reports: Sequence[Report], sites: Sequence[_Spot], wider: Sequence[_Spot]) -> list[str]:
    """Collect what the sources tell differently: of the whole, then site by site."""
    rows = [*contradictions(reports), *disagreements_of_the_whole(reports)]
    days = [when for r in reports for when in (r.when, r.as_told.when) if when]
    if days and max(w.first for w in days) > min(w.last for w in days):
        rows.append("day: " + " or ".join(sorted({w.edtf for w in days})))
    several = len(sites) > 1
    for spot in (*sites, *wider):
        name = spot.where.name if isinstance(spot.where, Unresolved) else spot.where.place.name
        own = [r for r in spot.reports if not r.details.toll_is_overall]
        rows += disagreements(own, name if several else "")
    overall = [r for r in reports if r.details.toll_is_overall]
    return [*rows, *disagreements(overall, "all sites" if several else "")]
