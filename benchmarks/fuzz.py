"""Ten thousand mutated articles: cut, shuffled, in other scripts, in lines of a megabyte. Nothing may raise, every law must hold.

python benchmarks/fuzz.py [COUNT]
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from test_flow import mangled, spans_of

from geo import actors, pipeline
from geo.gazetteer import Gazetteer
from geo.store import CHECKOUT, Project

LONG_LINE = 1_000_000  # characters
LONG_EVERY = 2_500


def main(count: int) -> None:
    """Run the fuzz; an exception or a broken law ends it with the article's number."""
    articles, _ = Project(CHECKOUT).articles()
    gazetteer, known = Gazetteer.load(), actors.load()
    dice = random.Random(1)
    reports = 0
    started = time.perf_counter()
    for n in range(count):
        article = dice.choice(articles)
        text = mangled(article.text, dice)
        if n % LONG_EVERY == LONG_EVERY - 1:
            text = (text.replace("\n", " ") + " ") * (LONG_LINE // (len(text) + 1) + 1)
        changed = replace(article, text=text, left_out=(), sha256="")
        reading = pipeline.read(changed, gazetteer, known)
        assert len(reading.claims) == len(reading.reports), n
        assert len({r.id for r in reading.reports}) == len(reading.reports), n
        assert all(s.end <= len(text) for r in reading.reports for s in spans_of(r)), n
        reports += len(reading.reports)
    print(f"{count} mutated articles, {reports} reports, no error, {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
