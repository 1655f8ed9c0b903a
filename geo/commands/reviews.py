"""`review`: decide about reports from the command line, list the decisions, take one back."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.decisions.corrections import FIELDS
from geo.model import BadInput, Problem, Review

if TYPE_CHECKING:
    from geo.places.gazetteer import Gazetteer


def add_parser(commands: Any) -> None:
    """Add the command and those under it."""
    parser = commands.add_parser("review", help="human decisions about reports, which every build obeys")
    under = parser.add_subparsers(required=True, metavar="DECISION")
    helps = {
        "accept": "its incident is right as it stands", "reject": "it is no incident", "merge": "two reports tell of one event",
        "split": "they do not; without --with, it stands alone", "correct": "a field of it is wrong",
    }  # fmt: skip
    for decision, words in helps.items():
        one = under.add_parser(decision, help=words)
        one.add_argument("report", help="the report's id, as the export and `explain` show it")
        if decision in ("merge", "split"):
            one.add_argument(
                "--with", dest="other", default="", required=decision == "merge", help="the other report's id"
            )
        if decision == "correct":
            one.add_argument("field", choices=FIELDS)
            one.add_argument(
                "value", help='the right value, of a place its id or its only name; "" where nothing is known'
            )
        one.add_argument("--who", default="", help="your name or initials; asked for, and kept beside the decision")
        one.add_argument("--why", default="", help="what you know, and from where; asked for and kept too")
        one.add_argument("--withdraw", action="store_true", help="take this decision back; asks for neither of them")
        one.set_defaults(run=decide, decision=decision)
        _project(one)
    listing = under.add_parser("list", help="every decision, and which of them wait for their report")
    listing.set_defaults(run=show)
    _project(listing)


def _project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", type=Path, help="the working folder (default: this one)")


def decide(args: argparse.Namespace) -> int:
    """Keep or withdraw one decision; raises BadInput where it is not valid, or could not take effect."""
    from geo.build import build
    from geo.decisions.ready import ready
    from geo.decisions.reviews import check
    from geo.places.gazetteer import Gazetteer
    from geo.store import Project

    project = Project(args.project)
    facts = {
        "field": getattr(args, "field", ""),
        "value": getattr(args, "value", ""),
        "other_report_id": getattr(args, "other", ""),
    }
    now = datetime.now(UTC).isoformat(timespec="seconds")
    review = Review(args.report, args.decision, **facts, who=args.who.strip(), when=now, why=args.why.strip())
    problems = [*check(review), *(() if args.withdraw else _unsigned(review))]
    if problems:
        raise BadInput(problems)
    gazetteer = Gazetteer.load(project.gazetteer)
    if args.withdraw:
        done = project.withdraw(review) or project.withdraw(_by_id(review, gazetteer))
        print("withdrawn; `build` applies it" if done else "there is no such decision")
        return 0 if done else 1
    result = build(project, gazetteer=gazetteer).result
    review = ready(review, {r.id for r in (*result.reports, *result.rejected)}, gazetteer)
    print("kept; `build` applies it" if project.decide(review) else "was decided so already")
    return 0


def _unsigned(review: Review) -> Iterator[Problem]:
    """What a decision lacks without which others could not judge it."""
    if not review.who:
        yield Problem("--who", None, None, "nobody stands behind the decision", "give your name or initials: --who Ada")
    if not review.why:
        cure = 'say what you know, and from where: --why "the mayor\'s list of the dead"'
        yield Problem("--why", None, None, "the decision has no reason", cure)


def _by_id(review: Review, gazetteer: Gazetteer) -> Review:
    """Name the place of a decision by its id, where it has one."""
    from geo.decisions.ready import place_of

    with contextlib.suppress(BadInput):
        return replace(review, value=place_of(review.value, gazetteer).id if review.field == "place" else review.value)
    return review


def show(args: argparse.Namespace) -> int:
    """List the decisions in force and those that wait."""
    from geo import build
    from geo.decisions import reviews
    from geo.store import Project

    project = Project(args.project)
    decisions, problems = project.reviews()
    for r in reviews.in_force(decisions):
        print(f"{r.report_id} {r}  ({', '.join(word for word in (r.who, r.when, r.why) if word)})")
    for line in (*problems, *reviews.orphan_lines(build.build(project).result.orphans)):
        print(line, file=sys.stderr)
    return 1 if problems else 0
