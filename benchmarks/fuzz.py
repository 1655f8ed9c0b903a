"""Ten thousand mutated articles: cut, shuffled, in other scripts, in lines of a megabyte. Nothing may raise, every law must hold.

python benchmarks/fuzz.py [COUNT] [PROCESSES]
python benchmarks/fuzz.py --only NUMBER     one article again, with its error
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from test_flow import mangled, spans_of

from geo import pipeline
from geo.details import actors
from geo.model import Article
from geo.pipeline import Reading
from geo.places.gazetteer import Gazetteer
from geo.store import CHECKOUT, Project

LONG_LINE = 1_000_000  # characters
LONG_EVERY = 2_500
PROCESSES = 2
BATCH = 25  # articles that a process takes at once


def main(count: int, processes: int) -> int:
    """Run the fuzz and print every article that raised or broke a law; the exit code says whether one did."""
    started = time.perf_counter()
    long = [n for n in range(count) if _is_long(n)]
    short = [n for n in range(count) if not _is_long(n)]
    batches = [*([n] for n in long), *(short[at : at + BATCH] for at in range(0, len(short), BATCH))]
    with ProcessPoolExecutor(processes) as pool:
        results = list(chain.from_iterable(pool.map(_read_all, batches)))
    wrong = [(n, error) for n, _, error in results if error]
    for n, error in wrong:
        print(f"article {n}: {error}")
    reports = sum(made for _, made, _ in results)
    print(
        f"{count} mutated articles, {len(long)} of them lines of {LONG_LINE:,} characters: {reports} reports, "
        f"{len(wrong)} errors, {time.perf_counter() - started:.0f} s in {processes} processes"
    )
    return 1 if wrong else 0


def _is_long(number: int) -> bool:
    return number % LONG_EVERY == LONG_EVERY - 1


@cache
def _tools() -> tuple[list[Article], Gazetteer, actors.ActorList]:
    """What every article is read with, loaded once in each process."""
    articles, _ = Project(CHECKOUT).articles()
    return articles, Gazetteer.load(), actors.load()


def _mutated(number: int) -> Article:
    """The article of a number, the same on every machine and in any order."""
    dice = random.Random(number)
    article = dice.choice(_tools()[0])
    text = mangled(article.text, dice)
    if _is_long(number):
        text = (text.replace("\n", " ") + " ") * (LONG_LINE // (len(text) + 1) + 1)
    return replace(article, text=text, left_out=(), sha256="")


def _read_all(numbers: list[int]) -> list[tuple[int, int, str]]:
    """(number, reports, error or "") of some articles."""
    return [_read(number) for number in numbers]


def _read(number: int) -> tuple[int, int, str]:
    try:
        reading = _reading(number)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the fuzz looks for
        return number, 0, f"{type(error).__name__}: {error}"
    return number, len(reading.reports), "; ".join(_broken(reading))


def _reading(number: int) -> Reading:
    _, gazetteer, known = _tools()
    return pipeline.read(_mutated(number), gazetteer, known)


def _broken(reading: Reading) -> Iterator[str]:
    """The laws that a reading breaks."""
    if len(reading.claims) != len(reading.reports):
        yield "a claim without its report"
    if len({r.id for r in reading.reports}) != len(reading.reports):
        yield "two reports share an id"
    text = reading.article.text
    if not all(s.end <= len(text) and s.of(text).strip() for r in reading.reports for s in spans_of(r)):
        yield "a span that quotes nothing"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        sys.exit("; ".join(_broken(_reading(int(sys.argv[2])))))
    given = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*given, *(10_000, PROCESSES)[len(given) :]))
