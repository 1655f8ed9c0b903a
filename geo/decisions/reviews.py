"""What people decided about reports: read, written and applied on every build, and never overwritten by one.

`data/reviews.csv`, one decision a row: report_id, decision, field, value, other_report_id, who, when, why.

- accept: the incident of this report is right as it stands;
- reject: this report is none, and leaves the incidents;
- merge: this report and `other_report_id` tell of one event;
- split: they do not (or, without `other_report_id`, this report stands alone);
- correct: `field` of this report is `value` (empty: nothing is known).

Of decisions that contradict one another the last row holds.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_args

from geo.decisions.corrections import FIELDS, corrected, parse_value
from geo.files import locked, write_atomically
from geo.model import BadInput, Place, Problem, Report, Review, ReviewDecision

COLUMNS = tuple(f.name for f in fields(Review))
DECISIONS: tuple[str, ...] = get_args(ReviewDecision)
REPORT_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Applied:
    """Reports as people corrected them, the decisions that merging obeys, and what could not be applied.

    `orphans` are decisions about a report that is not there now, with the reason: kept in the file, told to the user.
    """

    reports: tuple[Report, ...]
    reviews: tuple[Review, ...]
    rejected: tuple[Report, ...]
    orphans: tuple[tuple[Review, str], ...]


# --------------------------------------------------------------------------------------------------- the file


def load(path: Path) -> tuple[tuple[Review, ...], tuple[Problem, ...]]:
    """Read every decision; a row that cannot be used is a problem, and the rest is still read. None without a file."""
    good, problems = _numbered(path)
    return tuple(review for _, review in good), tuple(problems)


def _numbered(path: Path) -> tuple[list[tuple[int, Review]], list[Problem]]:
    if not path.exists():
        return [], []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Problem(path.name, None, None, f"is not UTF-8: byte {error.start}", "save it as UTF-8")]
    table = csv.DictReader(io.StringIO(text, newline=""))
    missing = [c for c in COLUMNS if c not in (table.fieldnames or [])]
    if missing:
        cure = f"the first line must be {','.join(COLUMNS)}"
        return [], [Problem(path.name, 1, missing[0], f"columns missing: {', '.join(missing)}", cure)]
    good: list[tuple[int, Review]] = []
    problems: list[Problem] = []
    for number, row in enumerate(table, start=2):
        if None in row or None in row.values():
            cure = "put a cell that holds a comma in double quotes"
            problems.append(Problem(path.name, number, None, "has more or fewer cells than the header", cure))
            continue
        review = Review(**{c: row[c].strip() for c in COLUMNS})  # type: ignore[arg-type]  # checked in the next line
        found = check(review, path.name, number)
        problems += found
        if not found:
            good.append((number, review))
    return good, problems


def check(review: Review, file: str = "reviews.csv", row: int | None = None) -> list[Problem]:
    """List everything wrong with a decision, whatever the reports are."""
    found = []

    def wrong(name: str, reason: str, cure: str) -> None:
        found.append(Problem(file, row, name, reason, cure))

    if not REPORT_ID.fullmatch(review.report_id):
        wrong("report_id", f"{review.report_id!r} is no report id", "twelve digits 0-9 a-f, as the export shows")
    if review.decision not in DECISIONS:
        wrong("decision", f"{review.decision!r} is no decision", f"one of {', '.join(DECISIONS)}")
    if review.other_report_id and not REPORT_ID.fullmatch(review.other_report_id):
        wrong("other_report_id", f"{review.other_report_id!r} is no report id", "twelve digits 0-9 a-f, or empty")
    if review.decision == "merge" and not review.other_report_id:
        wrong("other_report_id", "is empty", "name the report to merge with")
    if review.other_report_id and review.other_report_id == review.report_id:
        wrong("other_report_id", "is the report itself", "name another report")
    if review.decision == "correct":
        try:
            parse_value(review.field, review.value)
        except ValueError as error:
            reason, _, cure = str(error).partition("; ")
            wrong("field" if review.field not in FIELDS else "value", reason, cure)
    return found


def append(path: Path, review: Review) -> bool:
    """Add a decision to the file, whole or not at all; False where the same decision is already in force.

    Rows that cannot be used stay as they are. Two processes that append at once wait for each other.

    Raises:
        BadInput: the decision is not valid, or the file has another header.
        OSError: the folder cannot be written.
    """
    if problems := check(review, path.name):
        raise BadInput(problems)
    with locked(path):
        old = path.read_bytes() if path.exists() else b""
        known, problems_of_file = load(path)
        header_wrong = [p for p in problems_of_file if p.row in (1, None)]
        if old.strip() and header_wrong:
            raise BadInput(header_wrong)
        if _said(review) in [_said(r) for r in in_force(known)]:
            return False
        if not old.strip():
            old = (",".join(COLUMNS) + "\n").encode()
        write_atomically(path, old + (b"" if old.endswith(b"\n") else b"\n") + _line(review))
    return True


def withdraw(path: Path, review: Review) -> bool:
    """Take a decision back: all rows that say it are removed, the others keep their bytes. False where there is none."""
    with locked(path):
        if not path.exists():
            return False
        lines = _rows(path.read_bytes().decode("utf-8-sig"))
        kept = [line for line in lines[1:] if not _is(line, review)]
        if len(kept) == len(lines) - 1:
            return False
        write_atomically(path, "".join((lines[0], *kept)).encode("utf-8"))
    return True


def _line(review: Review) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([getattr(review, c) for c in COLUMNS])  # its own line end makes it quote both \r and \n
    return (out.getvalue().removesuffix("\r\n") + "\n").encode("utf-8")


def _rows(text: str) -> list[str]:
    """Cut a CSV file into its rows as written; a quoted cell may hold line ends."""
    rows, current = [], ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        current += line
        if current.count('"') % 2 == 0:
            rows.append(current)
            current = ""
    return [*rows, current] if current else rows


def _is(line: str, review: Review) -> bool:
    cells = next(csv.reader(io.StringIO(line, newline="")), [])
    return len(cells) == len(COLUMNS) and _said(Review(*(c.strip() for c in cells))) == _said(review)  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------- what holds


def _said(review: Review) -> tuple[str, ...]:
    """Give what a decision says, without who, when and why."""
    pair = sorted((review.report_id, review.other_report_id))
    return (review.decision, review.field, review.value, *(pair if review.other_report_id else pair[::-1]))


def _about(review: Review) -> tuple[str, ...]:
    """Give what a decision decides: a later one about the same replaces it."""
    if review.decision in ("accept", "reject"):
        return ("keep", review.report_id)
    if review.decision == "correct":
        return ("correct", review.report_id, review.field)
    return ("unite", *sorted((review.report_id, review.other_report_id)))


def in_force(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Keep the last of the decisions about one thing, in the order of the file."""
    last: dict[tuple[str, ...], Review] = {}
    for review in reviews:
        last.pop(_about(review), None)
        last[_about(review)] = review
    return tuple(last.values())


def apply(reports: Sequence[Report], reviews: Iterable[Review], place: Callable[[str], Place | None]) -> Applied:
    """Reject and correct reports as decided, and pass on what merging must obey.

    `place` gives the gazetteer's place of an id, for corrected places. Reports keep their order. The outcome does not depend on
    the order of the reports.
    """
    by_id = {r.id: r for r in reports}
    rejected: dict[str, Report] = {}
    passed: list[Review] = []
    orphans: list[tuple[Review, str]] = []
    for review in in_force(reviews):
        report = by_id.get(review.report_id)
        if report is None:
            orphans.append((review, f"there is no report {review.report_id} now"))
        elif review.other_report_id and review.other_report_id not in by_id:
            orphans.append((review, f"there is no report {review.other_report_id} now"))
        elif review.decision == "reject":
            rejected[report.id] = report
        elif review.decision == "correct":
            try:
                by_id[report.id] = corrected(report, review, place)
            except KeyError:
                orphans.append((review, f"there is no place with the id {review.value!r} now"))
        else:
            passed.append(review)
    kept = tuple(by_id[r.id] for r in reports if r.id not in rejected)
    return Applied(kept, tuple(passed), tuple(rejected.values()), tuple(orphans))


def orphan_problems(orphans: Iterable[tuple[Review, str]], path: Path) -> list[Problem]:
    """Say of each decision that waits in which row of the file it stands, and what can be done."""
    rows = {review: number for number, review in _numbered(path)[0]}
    cure = "mend the row or take it away, or leave it until that returns"
    columns = ("report_id", "other_report_id", "value")
    return [
        Problem(
            path.name, rows.get(r), next(c for c in columns if getattr(r, c) in why), f"the decision waits: {why}", cure
        )
        for r, why in orphans
    ]


def orphan_lines(orphans: Iterable[tuple[Review, str]]) -> Iterator[str]:
    """Say in plain words which decisions wait for their report or their place."""
    for review, reason in orphans:
        yield f"reviews.csv: '{review}' by {review.who or 'somebody'} on {review.when or 'an unknown day'} waits: {reason}"
