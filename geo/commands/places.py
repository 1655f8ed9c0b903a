"""`places`: look a name up, see which names wait, and change the reviewed gazetteer, with what each change would move."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.model import BadInput, Problem
from geo.places.form import PLACE_FIELDS

if TYPE_CHECKING:
    from geo.decisions.places_edit import Change
    from geo.model import Candidate
    from geo.store import Project


def add_parser(commands: Any) -> None:
    """Add the command and those under it."""
    parser = commands.add_parser("places", help="the gazetteer: names that wait; add, edit, retire a place; undo")
    under = parser.add_subparsers(required=True, metavar="WHAT")
    waiting = under.add_parser(
        "unresolved", help="names without a place, ranked by the incidents that each would place"
    )
    waiting.set_defaults(run=unresolved)
    look = under.add_parser("resolve", help="what a name would be taken for, and what speaks for and against it")
    look.add_argument("name")
    look.add_argument(
        "--in",
        dest="country",
        default="",
        metavar="COUNTRY",
        help="a country (its name or ISO code) or division that the text names",
    )
    look.add_argument("--near", default="", metavar="PLACE", help="another place that the text names")
    look.set_defaults(run=resolved)
    bring = under.add_parser(
        "import", help="index a GeoNames dump (allCountries.txt or one country's) beside the others"
    )
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=imported)
    add = under.add_parser("add", help="a new place")
    edit = under.add_parser("edit", help="new values for a place")
    edit.add_argument("id")
    for one, act in ((add, added), (edit, edited)):
        for field in PLACE_FIELDS[1:]:
            one.add_argument(f"--{field.replace('_', '-')}", dest=f"place_{field}", metavar=field.upper())
        one.add_argument(
            "--also", action="append", default=None, metavar="NAME", help="a further name (may be repeated)"
        )
        one.set_defaults(run=act)
    retire = under.add_parser("retire", help="take a place out of use; its row stays for old links")
    retire.add_argument("id")
    retire.add_argument("--why", default="")
    retire.set_defaults(run=retired)
    for one in (add, edit, retire):
        one.add_argument("--dry-run", action="store_true", help="only show which incidents would change")
    between = under.add_parser("diff", help="which incidents `build` would change now, and how")
    between.set_defaults(run=differences)
    back = under.add_parser("undo", help="take the last change back")
    back.set_defaults(run=undone)
    log = under.add_parser("history", help="the changes that can be undone, the last first")
    log.set_defaults(run=history)
    for one in (waiting, look, bring, add, edit, retire, between, back, log):
        one.add_argument("--project", type=Path, help="the working folder (default: this one)")


def unresolved(args: argparse.Namespace) -> int:
    """Print the queue of names."""
    from geo import build
    from geo.decisions.waiting import waiting
    from geo.store import Project

    rows = waiting(build.build(Project(args.project)).result)
    for row in rows:
        parts = [
            ", ".join(
                f"{n} {what}{'' if n == 1 else 's'}"
                for n, what in ((len(row.incidents), "incident"), (len(row.reports), "report"))
            )
        ]
        parts += [f"drawn as {' or '.join(row.instead)} until then"] if row.instead else []
        if row.candidates:
            might = "; ".join(f"{c.place.name}, {c.place.country} ({c.place.id})" for c in row.candidates[:3])
            parts.append(f"might be {might}")
        print(f"{row.name}{f' ({row.country})' if row.country else ''}: {'; '.join(parts)}")
    if not rows:
        print("no name waits")
    return 0


def resolved(args: argparse.Namespace) -> int:
    """Print the place that a name would be taken for, its rivals, and the evidence of each; 1 where it stays open."""
    from geo.model import Article, Candidate
    from geo.places import locate, toponyms
    from geo.places.gazetteer import Gazetteer
    from geo.sentences import sentences
    from geo.store import Project

    gazetteer = Gazetteer.load(Project(args.project).gazetteer)
    country = gazetteer.country_of(args.country.upper())
    inside = country.name if country else args.country
    said = "Shells fell in " + ", ".join(part for part in (args.name, inside) if part)
    text = said + (f", near {args.near}." if args.near else ".")
    lines = sentences(Article(id="name", title="", publisher="", text=text))
    found = locate.resolve(text, lines, toponyms.mentions(text, lines, gazetteer), gazetteer)
    asked = next((t for t in found if args.name in t.span.of(text)), None)
    if asked is None:
        print(f"{args.name}: no source knows such a name")
        return 1
    if asked.place is not None:
        chosen = Candidate(asked.place, asked.rung, asked.score, asked.evidence)
        print(_explained(chosen, f"{args.name} is"))
    else:
        print(f"{args.name} stays open: {_why_open(asked.rivals)}")
    for rival in asked.rivals[:MOST_RIVALS]:
        print(_explained(rival, "rather than" if asked.place is not None else "perhaps"))
    return 0 if asked.place is not None else 1


MOST_RIVALS = 5  # printed


def _why_open(rivals: Sequence[Candidate]) -> str:
    from geo.place_rules import PLACE_RULES

    least = PLACE_RULES.weights["resolve"]["least"]
    if not rivals:
        return "no source knows such a name"
    if rivals[0].score < least:
        return f"the evidence for the best is too weak ({rivals[0].score:.1f}; {least:.1f} is asked)"
    return "the evidence for the best two is too close"


def _explained(candidate: Candidate, verdict: str) -> str:
    """A candidate with its evidence, one reason a line, the strongest first."""
    from geo.model import in_words

    place = candidate.place
    where = f"{place.lat:.4f}, {place.lon:.4f}"
    head = f"{verdict} {place.name}, {place.country or 'no country'} ({place.feature_code}) at {where} [{place.id}]: {candidate.score:.1f}"
    reasons = sorted(in_words(candidate.evidence), key=lambda one: -abs(one[1]))
    return "\n".join([head, *(f"  {weight:+6.1f}  {reason}" for reason, weight in reasons if weight)])


def imported(args: argparse.Namespace) -> int:
    """Index a GeoNames dump and say where the index lies."""
    from geo.places.bulk import import_geonames

    if not args.file.is_file():
        raise BadInput([Problem(str(args.file), None, None, "there is no such file", "name a GeoNames dump")])
    print(f"{args.file}: indexed as {import_geonames(args.file)}")
    return 0


def added(args: argparse.Namespace) -> int:
    """Add a place and print what it moved."""
    from geo.decisions.places_edit import plan_add
    from geo.store import Project

    project = Project(args.project)
    row = {field: value for field in PLACE_FIELDS[1:] if (value := getattr(args, f"place_{field}")) is not None}
    return _apply(project, plan_add(project.gazetteer, row, _names(args.also or ())), args.dry_run)


def edited(args: argparse.Namespace) -> int:
    """Edit a place and print what it moved."""
    from geo.decisions.places_edit import plan_edit
    from geo.store import Project

    project = Project(args.project)
    row = {field: value for field in PLACE_FIELDS[1:] if (value := getattr(args, f"place_{field}")) is not None}
    names = None if args.also is None else _names(args.also)
    return _apply(project, plan_edit(project.gazetteer, args.id, row, names), args.dry_run)


def retired(args: argparse.Namespace) -> int:
    """Retire a place and print what it moved."""
    from geo.decisions.places_edit import plan_retire
    from geo.store import Project

    project = Project(args.project)
    return _apply(project, plan_retire(project.gazetteer, args.id, args.why), args.dry_run)


def undone(args: argparse.Namespace) -> int:
    """Take the last change back."""
    from geo.decisions.places_edit import undo
    from geo.store import Project

    print(f"undone: {undo(Project(args.project))}; `build` applies it")
    return 0


def differences(args: argparse.Namespace) -> int:
    """Print how the incidents that were built last differ from what `build` would make now; writes nothing."""
    from geo import build
    from geo.decisions import changes
    from geo.store import Project

    project = Project(args.project)
    stored = project.incidents()
    now = build.build(project, horizon=build.horizon_of(stored)).collection
    found = changes.diff(stored, now)
    for difference in found:
        print(difference)
    if not found:
        print("no incident would move" + (": only details would change" if stored != now else ""))
    return 0


def history(args: argparse.Namespace) -> int:
    """Print the undo log."""
    from geo.decisions.places_edit import history as log
    from geo.store import Project

    for row in log(Project(args.project)):
        print(f"{row['when']}  {row['what']}")
    return 0


def _names(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _apply(project: Project, change: Change, dry: bool) -> int:
    """Build before and after, print the differences, and save unless only asked."""
    from geo import build
    from geo.decisions import changes
    from geo.decisions.places_edit import drafted, save
    from geo.places.gazetteer import Gazetteer

    before = build.build(project).collection
    with drafted(project, change) as folder:
        after = build.build(project, gazetteer=Gazetteer.load(folder)).collection
    for difference in changes.diff(before, after):
        print(difference)
    if not dry:
        save(project, change, when=datetime.now(UTC).isoformat(timespec="seconds"))
    print(f"would {change.what}" if dry else f"saved: {change.what}; `build` applies it")
    return 0
