"""The command line: parses, calls, prints. Holds no rule."""

from __future__ import annotations

import argparse
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
    except BadInput as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    except ConflictMapError as error:
        print(error, file=sys.stderr)
        return 1
    return int(status or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="conflict-map", description="News articles about armed conflict go in; a map comes out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="articles of a manifest -> one GeoJSON feature for each report")
    extract.add_argument("--manifest", type=Path, required=True, help="CSV: file, title, publisher, author, published, published_precision")
    extract.add_argument("-o", "--out", type=Path, required=True)
    extract.add_argument("--horizon", type=date.fromisoformat, help="drop what happened wholly before this day (YYYY-MM-DD)")
    extract.set_defaults(run=_extract)

    geoparse = commands.add_parser("geoparse", help="texts, one JSON object a line -> their place names with coordinates")
    geoparse.add_argument("source", type=Path)
    geoparse.add_argument("-o", "--out", type=Path, required=True)
    geoparse.set_defaults(run=_geoparse)

    classify = commands.add_parser("classify", help="a tab-separated file with a text column -> its ACLED event types")
    classify.add_argument("source", type=Path)
    classify.add_argument("-o", "--out", type=Path, required=True)
    classify.set_defaults(run=_classify)
    return parser


def _extract(args: argparse.Namespace) -> int:
    from geo import export, files, pipeline, read, shapes
    from geo.gazetteer import Gazetteer, default_folder

    articles, problems = read.read_manifest(args.manifest)
    result = pipeline.run(articles, Gazetteer.load(), horizon=args.horizon)
    areas = shapes.load_areas(default_folder())
    collection = export.report_collection(result.reports, result.incidents, result.articles, areas)
    files.write_atomically(args.out, files.canonical_json(collection))
    return _tell(problems)


def _geoparse(args: argparse.Namespace) -> int:
    from geo import geoparse
    from geo.gazetteer import Gazetteer

    geoparse.geoparse_jsonl(args.source, args.out, Gazetteer.load())
    return 0


def _classify(args: argparse.Namespace) -> int:
    from geo.classify import classify_tsv

    classify_tsv(args.source, args.out)
    return 0


def _tell(problems: Sequence[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
