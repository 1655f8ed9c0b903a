"""`export`: the built incidents, filtered as in the app, in a format for other programs or as one HTML file to share."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from geo.model import BadInput, Problem

FORMATS = {".geojson": "geojson", ".json": "geojson", ".csv": "csv", ".gpkg": "gpkg", ".html": "html"}


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "export", help="the built incidents, filtered: GeoJSON, CSV, GeoPackage or one HTML file"
    )
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--format", choices=sorted(set(FORMATS.values())), help="default: by the ending of --out")
    parser.add_argument("--first", metavar="DAY", help="first day of the window, YYYY-MM-DD")
    parser.add_argument("--last", metavar="DAY", help="last day of the window")
    parser.add_argument("--only-certain", action="store_true", help="leave out what possibly lies in the window")
    parser.add_argument("--known-on", metavar="DAY", help="only what had been published by that day")
    parser.add_argument("--type", action="append", default=[], help="event type or sub-event type (may be repeated)")
    parser.add_argument("--actor", action="append", default=[], help="name of actor1 or actor2 (may be repeated)")
    parser.add_argument(
        "--publisher", action="append", default=[], help="at least one source is of it (may be repeated)"
    )
    parser.add_argument(
        "--box",
        type=float,
        nargs=4,
        metavar=("WEST", "SOUTH", "EAST", "NORTH"),
        help="degrees; WEST 170 and EAST -170 cross the antimeridian",
    )
    parser.add_argument("--title", default="Incidents", help="heading of the HTML file")
    parser.add_argument("--project", type=Path, help="the working folder (default: this one)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the export; raises BadInput with everything that is wrong with the options, or where `build` has to come first."""
    from geo import build
    from geo.export import filter_features
    from geo.store import Project

    form = args.format or FORMATS.get(args.out.suffix.lower())
    problems = [*_of_options(args)]
    stored: dict[str, Any] = {}
    try:
        stored = build.incidents(Project(args.project))
        problems += _of_names(args, [f["properties"] for f in stored["features"]])
    except BadInput as error:
        problems += error.problems
    if form is None:
        known = ", ".join(FORMATS)
        problems.append(Problem(str(args.out), None, None, "has an ending without a format", f"{known}, or --format"))
    if problems:
        raise BadInput(problems)
    window = (args.first, args.last) if args.first or args.last else None
    collection = filter_features(
        stored,
        window=window,
        known=args.known_on,
        types=args.type,
        actors=args.actor,
        publishers=args.publisher,
        box=args.box,
        only_certain=args.only_certain,
    )
    _write(collection, str(form), args.out, args.title)
    incidents = {f["properties"]["incident_id"] for f in collection["features"]}
    print(f"{args.out}: {len(incidents)} incidents at {len(collection['features'])} sites")
    return 0


def _write(collection: dict[str, Any], form: str, out: Path, title: str) -> None:
    from geo import export, files

    if form == "csv":
        export.write_csv(collection, out)
    elif form == "gpkg":
        export.write_geopackage(collection, out)
    elif form == "html":
        from geo.draw import html

        files.write_atomically(out, html(collection, title=title).encode("utf-8"))
    else:
        files.write_atomically(out, files.canonical_json(collection))


def _of_options(args: argparse.Namespace) -> Iterator[Problem]:
    """What is wrong with days and degrees, whatever the incidents are."""
    days = {option: getattr(args, option) for option in ("first", "last", "known_on")}
    wrong = [option for option, value in days.items() if value is not None and not _is_day(value)]
    for option in wrong:
        yield Problem(f"--{option.replace('_', '-')}", None, None, f"{days[option]!r} is no day", "write YYYY-MM-DD")
    if not wrong and args.first and args.last and args.first > args.last:
        yield Problem("--first", None, None, f"{args.first} is after --last {args.last}", "change the two round")
    if args.box:
        west, south, east, north = args.box
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            reason = f"{west:g} {south:g} {east:g} {north:g} is no box in degrees"
            yield Problem("--box", None, None, reason, "write WEST SOUTH EAST NORTH, the south below the north")
        elif west > east and west - east < HALF_ROUND:
            reason = f"from {west:g} east to {east:g} is the long way round the world"
            yield Problem("--box", None, None, reason, "write the west first")


HALF_ROUND = 180  # degrees; a box that crosses the antimeridian is narrower


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _of_names(args: argparse.Namespace, incidents: Collection[dict[str, Any]]) -> Iterator[Problem]:
    """The names that no incident bears: a filter for one of them would give nothing, and look like an answer."""
    from geo.details import actors
    from geo.suggest import did_you_mean, one_of
    from geo.triggers import EVENT_TYPE_OF, EVENT_TYPES

    borne = {
        "type": {p.get(kind) or "" for p in incidents for kind in ("event_type", "sub_event_type")},
        "actor": {p.get(side) or "" for p in incidents for side in ("actor1", "actor2")},
        "publisher": {s.get("publisher") or "" for p in incidents for s in p.get("sources", ())},
    }
    listed = {"type": {*EVENT_TYPES, *EVENT_TYPE_OF}, "actor": set(), "publisher": set()}
    if args.actor:
        listed["actor"] = {entry.name for entry in actors.load().entries}
    for option, names in borne.items():
        for given in getattr(args, option):
            if given not in names | listed[option]:
                cure = did_you_mean(given, names) or did_you_mean(given, listed[option]) or one_of(names)
                yield Problem(f"--{option}", None, None, f"no such {option}: {given!r}", cure)
