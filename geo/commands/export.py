"""`export`: the built incidents, filtered as in the app, in a format for other programs or as one HTML file to share."""

from __future__ import annotations

import argparse
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
    parser.add_argument("--box", type=float, nargs=4, metavar=("WEST", "SOUTH", "EAST", "NORTH"), help="degrees")
    parser.add_argument("--title", default="Incidents", help="heading of the HTML file")
    parser.add_argument("--project", type=Path, help="the working folder (default: this one)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the export; raises BadInput for an ending without a format or a day that is none."""
    from geo.export import filter_features
    from geo.store import Project

    form = args.format or FORMATS.get(args.out.suffix.lower())
    if form is None:
        known = ", ".join(FORMATS)
        raise BadInput([Problem(str(args.out), None, None, "has an ending without a format", f"{known}, or --format")])
    for option in ("first", "last", "known_on"):
        _day(option, getattr(args, option))
    window = (args.first, args.last) if args.first or args.last else None
    collection = filter_features(
        Project(args.project).incidents(),
        window=window,
        known=args.known_on,
        types=args.type,
        actors=args.actor,
        publishers=args.publisher,
        box=args.box,
        only_certain=args.only_certain,
    )
    _write(collection, form, args.out, args.title)
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


def _day(option: str, value: str | None) -> None:
    if value is None:
        return
    try:
        written = date.fromisoformat(value).isoformat()
    except ValueError:
        written = ""
    if written != value:
        name = f"--{option.replace('_', '-')}"
        raise BadInput([Problem(name, None, None, f"{value!r} is no day", "write YYYY-MM-DD")])
