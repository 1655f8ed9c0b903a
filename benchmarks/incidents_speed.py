"""How fast articles become incidents, on one core: articles a second, the start-up time, the share of each stage.

Processor time is counted, so that other work on the machine disturbs little; a full second core still costs a third.

    python benchmarks/incidents_speed.py [RUNS]

The text is made of the shipped briefs, cut into articles of 600 words that are full of incidents. Where the gold sets lie
beside the checkout, their articles are read too, as ordinary news: the first time, with words never met before, and again.
Printed as a ratio in the same run is what reading the same text with one pass of a regular expression for words costs,
so that figures of two machines compare.
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

from geo.read import read_manifest
from geo.store import CHECKOUT, Project

WORDS = 600
ARTICLES = 60
ORDINARY = [CHECKOUT.parent / "shared" / "eval" / name / "articles.csv" for name in ("seeds", "dev")]
STAGES = {  # the verb of each, and where it stands
    "sentences": ("sentences", "geo/sentences.py"),
    "toponyms": ("mentions", "geo/places/toponyms.py"),
    "choose places": ("resolve", "geo/places/locate.py"),
    "where": ("where", "geo/places/locate.py"),
    "date words": ("expressions", "geo/dates/words.py"),
    "days": ("resolve", "geo/dates/claims.py"),
    "tolls": ("expressions", "geo/details/tolls.py"),
    "actors": ("expressions", "geo/details/actors.py"),
    "find": ("claims", "geo/find/finder.py"),
    "details": ("of", "geo/details/__init__.py"),
    "fold": ("fold", "geo/fold.py"),
    "merge": ("merge", "geo/merge/__init__.py"),
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
    ordinary = [a for manifest in ORDINARY if manifest.is_file() for a in read_manifest(manifest)[0]]
    rates = [
        sum(len(a.text.split()) for a in ordinary)
        / WORDS
        / _timed(lambda: merge.merge([r for a in ordinary for r in pipeline.read(a, gazetteer, known).reports]))
        for _ in range(2 if ordinary else 0)
    ]
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
    if rates:
        print(
            f"ordinary news, {WORDS} words for an article: {rates[0]:.0f} a second the first time, {rates[1]:.0f} again"
        )
    print(
        f"{ARTICLES / (reading + merging):.0f} articles of {WORDS} words a second on one core, {len(reports) / ARTICLES:.0f} reports each; "
        f"{(reading + merging) / plain:.0f} times one pass for words"
    )
    print(f"{1000 * reading / ARTICLES:.0f} ms an article, and {1000 * merging / ARTICLES:.0f} ms to merge its reports")
    profile = cProfile.Profile()
    profile.runcall(pipeline.run, made, gazetteer)
    total = pstats.Stats(profile)
    print("share of time by stage")
    for name, share in _shares(total):
        print(f"  {name:14} {share:5.0%}")


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
    shares = {
        name: max(
            cumulative
            for (file, _, called), (_, _, _, cumulative, _) in stats.stats.items()
            if called == verb and file.replace("\\", "/").endswith(home)
        )
        / whole
        for name, (verb, home) in STAGES.items()
    }
    return sorted(shares.items(), key=lambda pair: -pair[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
