"""How far the sources of an incident bear it out, by rule, and where they disagree.

The words are those of Airwars' civilian harm assessments (confirmed, fair, weak, contested), applied to the incident:

- contested: sources name attackers of different camps, one denies what another reports, or their tolls cannot be
  counts of the same thing;
- confirmed: the attacker is reported to claim it and a second publisher reports it, or at least three publishers do;
- fair: two publishers; or one, where the attacker claims it;
- weak: one publisher, or nobody who says it without reserve.

Independent means: of different publishers. Two articles of one publisher are one source.
Source: https://airwars.org/research/methodology-note-civilian-harm/ (grading), adapted to incidents as said above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from geo.merge.evidence import contradict, relation
from geo.merge.parties import compare_actors
from geo.model import Grade, Report

CONFIRMING_PUBLISHERS = 3  # so that one agency's error, copied once, does not confirm
FAIR_PUBLISHERS = 2
REVIEWER = "reviewer"  # who says what a person put in
RESERVED = frozenset({"alleged", "suspected", "unconfirmed"})


def publisher(report: Report) -> str:
    """Name who speaks: the publisher, or the article where none is known."""
    return report.publisher or report.article


def grade(reports: Sequence[Report]) -> Grade:
    """Grade an incident by its reports, as the module says. `reports` holds at least one."""
    if contradictions(reports):
        return "contested"
    plain = {publisher(r) for r in reports if not RESERVED & _hedges(r)}
    claimed = any("claimed" in _hedges(r) for r in reports)
    voices = len({publisher(r) for r in reports})
    if not plain:
        return "weak"
    if len(plain) >= CONFIRMING_PUBLISHERS or (claimed and voices >= FAIR_PUBLISHERS):
        return "confirmed"
    return "fair" if voices >= FAIR_PUBLISHERS or claimed else "weak"


def contradictions(reports: Sequence[Report]) -> list[str]:
    """Say in plain words what cannot all be true: attackers of different camps, denials, irreconcilable tolls."""
    found = []
    for a, b in combinations(reports, 2):
        if compare_actors(a.details.actor1, b.details.actor1) == "differ":
            found.append("sources name different attackers")
        if _tolls_clash(a, b):
            found.append("the tolls cannot be counts of the same thing")
    denied = {"denied" in _hedges(r) for r in reports}
    if denied == {True, False}:
        found.append("one source denies what another reports")
    return sorted(set(found))


def _tolls_clash(a: Report, b: Report) -> bool:
    """Say whether two publishers count the dead of the same whole beyond what counting can explain."""
    x, y = a.details.killed, b.details.killed
    if x is None or y is None or publisher(a) == publisher(b) or not contradict(x, y):
        return False
    return a.details.toll_is_overall == b.details.toll_is_overall and relation(a.where, b.where).startswith("same_")


def _hedges(report: Report) -> set[str]:
    return {hedge for hedge, _ in report.hedges}


def disagreements(reports: Sequence[Report], at: str = "") -> list[str]:
    """List what the publishers tell differently, as "killed: 3 (A) or 5 (B)"; `at` names the site of the tolls."""
    place = f" at {at}" if at else ""
    said = {
        f"killed{place}": _said(reports, lambda r: str(r.details.killed or ""), "killed"),
        f"injured{place}": _said(reports, lambda r: str(r.details.injured or ""), "injured"),
    }
    # "25" is only less exact than "25 or more"; "27" is not so than "11 to 27"
    told = {label: {w: names for w, names in v.items() if f"{w} or more" not in v} for label, v in said.items()}
    return [_differing(label, values) for label, values in told.items() if len(values) > 1]


def disagreements_of_the_whole(reports: Sequence[Report]) -> list[str]:
    """List what the publishers tell differently of the incident as a whole: its type, attacker, target and weapon.

    A name that is only less exact than another ("militiamen", "missile") is no disagreement.
    """
    said = {"type": _said(reports, lambda r: r.sub_event_type or r.event_type, "event_type", "sub_event_type")}
    said |= _differing_actors(reports)
    said["weapon"] = _said(reports, lambda r: r.details.weapon, "weapon")
    exact = {label: _exact(values) for label, values in said.items()}
    return [_differing(label, values) for label, values in exact.items() if len({w.casefold() for w in values}) > 1]


def _differing_actors(reports: Sequence[Report]) -> dict[str, dict[str, list[str]]]:
    """Give actor1 and actor2 where two publishers name different ones, not where one is only less exact."""
    found = {}
    for name in ("actor1", "actor2"):
        actors = [a for r in reports for one in (r, r.as_told) if (a := getattr(one.details, name)) is not None]
        if any(compare_actors(a, b) in ("differ", "same_side") for a, b in combinations(actors, 2)):
            found[name] = _said(reports, lambda r, name=name: a.name if (a := getattr(r.details, name)) else "", name)  # type: ignore[misc]
    return found


def _said(reports: Iterable[Report], value: Callable[[Report], str], *fields: str) -> dict[str, list[str]]:
    """Give each value with who says it: what people put into the fields first, then the sources' own in their order."""
    reports = list(reports)
    voices = [(r, REVIEWER) for r in reports if r.reviewed(*fields)] + [(r.as_told, publisher(r)) for r in reports]
    said: dict[str, list[str]] = {}
    for report, name in voices:
        if (words := value(report)) and name not in said.setdefault(words, []):
            said[words].append(name)
    return said


def _exact(said: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out the values that are only less exact than another."""
    words = {w: set(w.casefold().split()) for w in said}
    return {w: names for w, names in said.items() if not any(words[w] < words[o] for o in said)}


def _differing(label: str, said: dict[str, list[str]]) -> str:
    return f"{label}: " + " or ".join(f"{words} ({', '.join(names)})" for words, names in said.items())
