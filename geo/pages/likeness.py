"""How alike two reports are, in the words of the rules of merging: for a reviewer who unites or parts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from geo.merge import candidates
from geo.merge.evidence import Evidence, weigh
from geo.merge.weights import rules
from geo.model import Incident, Report
from geo.pages import words
from geo.pipeline import Result

NEARLY = 1.0  # this far under the threshold a pair is shown as a close call: one more shared field would unite it
NARROWLY = 0.5  # united with no more than this over the threshold: one field fewer would part them
MOST_REPORTS = 4000  # beyond that the close calls are not looked for: the pairs would keep the page waiting
MOST_SHOWN = 60  # rows of the list: a reviewer's morning


@dataclass(frozen=True, slots=True)
class Doubt:
    """An incident that is worth a look, and why."""

    incident: str
    why: str


def nearest(report: Report, others: Iterable[Report]) -> list[tuple[Report, Evidence]]:
    """Other reports with what speaks for one event, the likeliest first; those that exclude the report come last."""
    weighed = [(other, weigh(report, other)) for other in others]
    return sorted(weighed, key=lambda pair: (bool(pair[1].apart), -pair[1].total, pair[0].id))


def reasons(evidence: Evidence) -> str:
    """What speaks for two reports being one event, each reason with its weight, and the sum beside what is needed; HTML."""
    if evidence.apart:
        return (
            f'<div class="cm-reasons"><p>By the rules they are <b>two events</b>: {escape(evidence.apart)}. '
            "Your decision would overrule that.</p></div>"
        )
    needed = float(rules()["threshold"])
    rows = "".join(
        f'<li><b class="{"cm-for" if weight > 0 else "cm-against"}">{weight:+.1f}</b> {escape(_plain(reason))}</li>'
        for reason, weight in sorted(evidence.parts, key=lambda part: -part[1])
    )
    verdict = "enough to unite them" if evidence.total >= needed else "too little to unite them"
    return (
        f'<div class="cm-reasons"><p>Likeness <b>{evidence.total:.1f}</b> of {needed:.1f}: {verdict} by the rules.</p>'
        f"<ul>{rows}</ul></div>"
    )


def doubts(result: Result) -> tuple[Doubt, ...]:
    """Incidents that nobody has reviewed and that are worth a look: sources that differ, close calls, narrow unions."""
    open_ones = {i.id for i in result.incidents if i.status == "unreviewed"}
    home = {report: incident for incident in result.incidents for report in incident.reports}
    found = [Doubt(i.id, _differ(i.disagreements[0])) for i in result.incidents if i.disagreements]
    if len(result.reports) <= MOST_REPORTS:
        found += _close_calls(result, home)
    whys: dict[str, list[str]] = {}
    for doubt in found:
        if doubt.incident in open_ones and doubt.why not in whys.setdefault(doubt.incident, []):
            whys[doubt.incident].append(doubt.why)
    return tuple(Doubt(incident, "; ".join(why)) for incident, why in whys.items())[:MOST_SHOWN]


def _differ(disagreement: str) -> str:
    return disagreement if disagreement.startswith("sources") else f"sources differ, {words.differing(disagreement)}"


def _close_calls(result: Result, home: dict[str, Incident]) -> list[Doubt]:
    needed = float(rules()["threshold"])
    ordered = sorted(result.reports, key=lambda r: r.id)
    apart: list[tuple[float, Doubt]] = []
    best: dict[str, float] = {}  # by report: what holds it in its incident
    for i, j in candidates(ordered):
        a, b = ordered[i], ordered[j]
        evidence = weigh(a, b)
        if evidence.apart:
            continue
        one, other = home[a.id], home[b.id]
        if one.id == other.id:
            for report in (a, b):
                best[report.id] = max(best.get(report.id, 0.0), evidence.total)
        elif evidence.total >= needed - NEARLY:
            alike = "kept apart from" if evidence.total >= needed else "nearly one with"
            likeness = f"likeness {evidence.total:.1f}, needed {needed:.1f}"
            why = f"{alike} {other.sub_event_type}, {_day(other)} ({likeness})"
            apart.append((evidence.total, Doubt(one.id, why)))
    narrow = [
        Doubt(home[report].id, f"united narrowly: a report is held by a likeness of {total:.1f}, needed {needed:.1f}")
        for report, total in sorted(best.items(), key=lambda item: item[1])
        if needed <= total < needed + NARROWLY
    ]
    return [doubt for _, doubt in sorted(apart, key=lambda pair: (-pair[0], pair[1].incident))] + narrow


def _plain(reason: str) -> str:
    for code in ("actor1", "actor2"):
        reason = reason.replace(code, words.FIELDS[code])
    return reason


def _day(incident: Incident) -> str:
    return words.day(incident.when.first.isoformat()) if incident.when else "day not known"
