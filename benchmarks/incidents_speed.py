"""How fast articles become incidents, on one core: articles a second, the start-up time, the share of each stage.

Processor time is counted, so that other work on the machine disturbs little.

    python benchmarks/incidents_speed.py [RUNS]

The text is made of the shipped briefs, cut into articles of 600 words. Printed beside it, as a ratio in the same run, is
what reading the same text with one pass of a regular expression for words costs, so that figures of two machines compare.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from geo.store import CHECKOUT, Project

WORDS = 600
ARTICLES = 60
STAGES = {
    "sentences": "sentences",
    "toponyms": "mentions",
    "locate": "resolve",
    "where": "where",
    "date words": "expressions:dates",
    "days": "resolve:dates",
    "tolls": "expressions:tolls",
    "actors": "expressions:actors",
    "find": "claims",
    "details": "of",
    "fold": "fold",
    "merge": "merge",
}


def main(runs: int) -> None:
    """Print the table."""
    started = time.process_time()
    from geo import merge, pipeline
    from geo.details import actors
    from geo.places.gazetteer import Gazetteer

    gazetteer, known = Gazetteer.load(), actors.load()
    found, _ = Project(CHECKOUT).articles()
    pipeline.run(found[:1], gazetteer)
    start_up = time.process_time() - started
    words = " ".join(a.text for a in found).split(" ")
    made = [
        replace(
            found[0],
            id=f"a{n:03}",
            text=" ".join((words * 3)[(n * 97) % len(words) :][:WORDS]),
            left_out=(),
            sha256="",
            published=_month(n),
        )
        for n in range(ARTICLES)
    ]
    reading = min(_timed(lambda: [pipeline.read(a, gazetteer, known) for a in made]) for _ in range(runs))
    reports = pipeline.run(made, gazetteer).reports
    merging = min(_timed(lambda: merge.merge(reports)) for _ in range(runs))
    plain = min(_timed(lambda: [re.findall(r"\w+", a.text.lower()) for a in made]) for _ in range(runs))
    print(f"start-up {start_up:.2f} s (imports, gazetteer, first article)")
    print(
        f"{ARTICLES / reading:.0f} articles of {WORDS} words a second on one core, {len(reports) / ARTICLES:.0f} reports each; "
        f"{reading / plain:.0f} times one pass for words"
    )
    print(f"{1000 * reading / ARTICLES:.0f} ms an article, and {1000 * merging / ARTICLES:.0f} ms to merge its reports")
    profile = cProfile.Profile()
    profile.runcall(pipeline.run, made, gazetteer)
    total = pstats.Stats(profile)
    print("share of time by stage")
    for name, share in _shares(total):
        print(f"  {name:12} {share:5.0%}")


def _month(n: int) -> tuple[date, date]:
    """A day of publication in a month of its own, so that the same words do not make the same event sixty times over."""
    day = date(2015 + n // 12, n % 12 + 1, 28)
    return day, day


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _shares(stats: pstats.Stats) -> list[tuple[str, float]]:
    """(stage, share of the whole) by the cumulative time of each stage's one verb."""
    whole = stats.total_tt
    out = []
    for name, verb in STAGES.items():
        function, _, home = verb.partition(":")
        module = home or name.split(" ")[0]
        for (file, _, called), (_, _, _, cumulative, _) in stats.stats.items():
            if (called == function and f"/geo/{module}" in file.replace("\\", "/")) or (
                called == function and name == "where" and file.endswith("locate.py")
            ):
                out.append((name, cumulative / whole))
                break
    return sorted(out, key=lambda pair: -pair[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
