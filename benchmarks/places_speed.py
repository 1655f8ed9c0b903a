"""How fast place names are found, looked up and indexed, on one core.

    python benchmarks/places_speed.py [--build]

Prints documents per second on GeoVirus (beside spaCy's en_core_web_sm where that is installed), the median time of a
known and of a fuzzy look-up, the process's memory, and with --build the time that building the index takes.
Needs `../shared/eval` beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from geo import bulk
from geo.gazetteer import Gazetteer, default_folder
from geo.geoparse import geoparse
from geo.model import Article
from geo.sentences import sentences

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
KNOWN = ("Baghdad", "Kirkuk", "Deir ez-Zor", "Port Sudan", "Kharkiv", "Mykolaiv", "Sana'a", "Goma")
FUZZY = ("Mykolyiv", "Deirezor", "Khartuom", "Zaporizhia", "Makhmoor", "Musayab")


def median_us(call, names: tuple[str, ...], rounds: int = 200) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Median microseconds of `call(name)`, each answer computed anew."""
    times = []
    for _ in range(rounds):
        for name in names:
            start = time.perf_counter()
            call(name)
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def documents() -> list[str]:
    """The texts of GeoVirus."""
    lines = (EVAL / "toponyms" / "geovirus.in.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line)["text"] for line in lines if line.strip()]


def per_second(work, texts: list[str]) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Documents per second of processor time, which other processes do not lengthen."""
    start = time.process_time()
    for text in texts:
        work(text)
    return len(texts) / (time.process_time() - start)


def spacy_per_second(texts: list[str]) -> str:
    """The same for spaCy's small English model, or why not."""
    try:
        import en_core_web_sm  # type: ignore[import-not-found]
    except ImportError:
        return "not installed"
    nlp = en_core_web_sm.load()
    return f"{per_second(nlp, texts):.0f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", action="store_true", help="also build an index, which takes up to a minute")
    args = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"{EVAL} is not here: the corpora lie beside the checkout")
    gazetteer, texts = Gazetteer.load(), documents()
    work = lambda text: geoparse(text, sentences(Article("x", "", "", text), tokenised=False), gazetteer)  # noqa: E731
    print(f"geoparsing, first run   {per_second(work, texts):8.0f} documents/s")
    print(f"geoparsing, again       {per_second(work, texts):8.0f} documents/s")
    print(f"spaCy en_core_web_sm    {spacy_per_second(texts):>8} documents/s")
    print(f"known name, remembered  {median_us(gazetteer.lookup, KNOWN):8.1f} us")
    print(f"known name, anew        {median_us(gazetteer.strict.__wrapped__, KNOWN):8.1f} us")
    print(f"fuzzy name, anew        {median_us(gazetteer.fuzzy.__wrapped__, FUZZY):8.1f} us")
    print(f"memory, at most         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    if args.build:
        start, wall = time.process_time(), time.time()
        with tempfile.TemporaryDirectory() as scratch:
            bulk.build(Path(scratch) / "places.sqlite", tuple(sorted(default_folder().glob("areas*.geojson"))))
        print(
            f"building the index      {time.process_time() - start:8.1f} s of processor, {time.time() - wall:.1f} s by the clock"
        )


if __name__ == "__main__":
    main()
