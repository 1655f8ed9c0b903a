"""The command line: parses, calls, prints. Holds no rule."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from geo.model import BadInput, ConflictMapError, Problem


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 something is wrong with the user's files, 2 wrong usage."""
    args = _parser().parse_args(argv)
    try:
        status = args.run(args)
        sys.stdout.flush()
    except BadInput as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    except ConflictMapError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads the output has seen enough: `... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(_of_system(error), file=sys.stderr)
        return 1
    return int(status or 0)


def _of_system(error: OSError) -> str:
    """A refusal of the system as a problem of a file: which, why, and what to do where we know it."""
    from geo.places.bulk import cache_folder

    file, reason = str(error.filename or ""), (error.strerror or str(error)).lower()
    cure = "check the path, and your rights to it" if file else ""
    if file.startswith(str(cache_folder())):
        cure = "name a folder that you may write in CONFLICT_MAP_CACHE"
    return str(Problem(file or "system", None, None, reason, cure))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="conflict-map", description="News articles about armed conflict go in; a map comes out."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="articles of a manifest -> one GeoJSON feature for each report")
    extract.add_argument(
        "--manifest",
        type=Path,
        required=True,
        help="CSV: file, title, publisher, author, published, published_precision",
    )
    extract.add_argument("-o", "--out", type=Path, required=True)
    extract.add_argument(
        "--horizon", type=date.fromisoformat, help="drop what happened wholly before this day (YYYY-MM-DD)"
    )
    extract.set_defaults(run=_extract)

    geoparse = commands.add_parser(
        "geoparse", help="texts, one JSON object a line -> their place names with coordinates"
    )
    geoparse.add_argument("source", type=Path)
    geoparse.add_argument("-o", "--out", type=Path, required=True)
    geoparse.set_defaults(run=_geoparse)

    classify = commands.add_parser("classify", help="a tab-separated file with a text column -> its ACLED event types")
    classify.add_argument("source", type=Path)
    classify.add_argument("-o", "--out", type=Path, required=True)
    classify.set_defaults(run=_classify)

    build = commands.add_parser("build", help="articles, gazetteer and reviews -> data/incidents.geojson")
    build.add_argument(
        "--check", action="store_true", help="write nothing; fail where the file is not what would be written"
    )
    build.add_argument(
        "--horizon", type=date.fromisoformat, help="drop what happened wholly before this day (YYYY-MM-DD)"
    )
    build.set_defaults(run=_build)

    explain = commands.add_parser("explain", help="each sentence of an article: what was found, what was dropped, why")
    explain.add_argument("article", help="the id of an article of the project, or a file")
    explain.set_defaults(run=_explain)

    check = commands.add_parser("check", help="all data files: articles, gazetteer, reviews")
    check.set_defaults(run=_check)

    run = commands.add_parser("run", help="serve the app on this machine")
    run.add_argument("--port", type=int, default=8501)
    run.set_defaults(run=_run)

    from geo.commands import export, places, reviews

    for family in (export, places, reviews):
        family.add_parser(commands)

    for command in (build, explain, check, run):
        command.add_argument("--project", type=Path, help="the working folder (default: this one)")
    return parser


def _extract(args: argparse.Namespace) -> int:
    from geo import export, files, pipeline, read, shapes
    from geo.places.gazetteer import Gazetteer, default_folder

    articles, problems = read.read_manifest(args.manifest)
    if not articles:  # whatever the output holds from before is worth more than nothing
        return _tell(problems)
    result = pipeline.run(articles, Gazetteer.load(), horizon=args.horizon)
    areas = shapes.load_areas(default_folder())
    collection = export.report_collection(result.reports, result.incidents, result.articles, areas)
    files.write_atomically(args.out, files.canonical_json(collection))
    print(f"{args.out}: {len(result.reports)} reports of {len(result.incidents)} incidents in {len(articles)} articles")
    return _tell(problems)


def _geoparse(args: argparse.Namespace) -> int:
    from geo.places import geoparse
    from geo.places.gazetteer import Gazetteer

    return _tell(geoparse.geoparse_jsonl(args.source, args.out, Gazetteer.load()))


def _classify(args: argparse.Namespace) -> int:
    from geo.classify import classify_tsv

    return _tell(classify_tsv(args.source, args.out))


def _build(args: argparse.Namespace) -> int:
    from geo import build, files, inputs
    from geo.decisions import reviews
    from geo.store import INCIDENTS, Project

    project = Project(args.project)
    built = (build.build if args.check else build.write)(project, horizon=args.horizon)
    for line in reviews.orphan_lines(built.result.orphans):
        print(line, file=sys.stderr)
    if args.check:
        stored = project.path(INCIDENTS)
        if not stored.exists() or stored.read_bytes() != files.canonical_json(built.collection):
            return _tell([build.stale(project, inputs.changes(project) or ())])
    shown = sum(f["geometry"] is not None for f in built.collection["features"])
    hidden = len(built.collection["features"]) - shown
    print(f"{INCIDENTS}: {len(built.result.incidents)} incidents, {shown} sites on the map, {hidden} not on the map")
    return _tell([*built.problems, *built.left_out])


def _explain(args: argparse.Namespace) -> int:
    from geo import explain, pipeline, read
    from geo.decisions import reviews
    from geo.details import actors
    from geo.places.gazetteer import Gazetteer
    from geo.store import Project

    project = Project(args.project)
    articles, _ = project.articles()
    named = next((a for a in articles if a.id == args.article), None)
    if named is None and not Path(args.article).is_file():
        known = ", ".join(a.id for a in articles)
        raise BadInput(
            [Problem(args.article, None, None, "is neither an article of the project nor a file", f"articles: {known}")]
        )
    article = named or read.read_file(Path(args.article))
    reading = pipeline.read(article, Gazetteer.load(project.gazetteer), actors.load())
    print(explain.text(reading, reviews.in_force(project.reviews()[0])))
    return 0


def _check(args: argparse.Namespace) -> int:
    from geo.build import build
    from geo.decisions import reviews
    from geo.places import check
    from geo.store import REVIEWS, Project

    project = Project(args.project)
    built = build(project)
    waiting = reviews.orphan_problems(built.result.orphans, project.path(REVIEWS))
    problems = [*built.problems, *check.check(project.gazetteer), *waiting]
    if not problems:
        print("articles, gazetteer and reviews: nothing is wrong")
    return _tell(problems)


def _run(args: argparse.Namespace) -> int:
    from geo.store import BUNDLE, CHECKOUT, ENVIRONMENT

    home = BUNDLE if BUNDLE.is_dir() else CHECKOUT
    environment = dict(os.environ)
    if args.project:
        environment[ENVIRONMENT] = str(args.project.resolve())
    # Streamlit reads .streamlit/config.toml beside app.py: loopback, no usage statistics.
    command = [sys.executable, "-m", "streamlit", "run", str(home / "app.py"), "--server.port", str(args.port)]
    if os.name == "posix":  # this process becomes the app, so that whoever stops it stops the app
        os.execve(sys.executable, command, environment)  # noqa: S606 - our own interpreter and our own file
    try:
        return subprocess.call(command, env=environment)  # noqa: S603 - as above
    except KeyboardInterrupt:
        return 0


def _tell(problems: Sequence[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
