"""How well place names are found and resolved, on two published corpora, with the reviewed files on and off.

    python benchmarks/places_accuracy.py            print the figures
    python benchmarks/places_accuracy.py --tune     fit [first] and [second] of geo/rules/weights.toml again

Needs `../shared/eval` beside the checkout (GeoVirus and GeoWebNews with their scorer).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from geo.model import Article
from geo.place_rules import PLACE_RULES
from geo.places import detect
from geo.places.gazetteer import Gazetteer
from geo.places.geoparse import geoparse_jsonl
from geo.places.spans import is_one_name
from geo.places.words import Words
from geo.sentences import sentences

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
CORPORA = ("geovirus", "gwn")
STORY_SIGNS = {
    "first_score",
    "better_elsewhere",
    "country_told",
    "country_share",
    "person_told",
    "list_left",
    "list_right",
}
RIDGE = 2.0  # keeps the weight of a rare sign near 0
SAME_NAME_SHARE = 0.6  # of the longer span that must be shared for a proposal to count as the gold one


def figures(gazetteer: Gazetteer, corpus: str) -> dict[str, dict[str, float]]:
    """Geoparse a corpus and score it with the corpus's own scorer."""
    folder = EVAL / "toponyms"
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.jsonl"
        geoparse_jsonl(folder / f"{corpus}.in.jsonl", out, gazetteer)
        command = [sys.executable, str(EVAL / "score_toponyms.py"), str(folder / f"{corpus}.jsonl"), str(out), "--json"]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # type: ignore[no-any-return]


def show() -> None:
    """Print detection and end-to-end F1 of both corpora, reviewed files on and off."""
    print("corpus      reviewed  detection F1  end-to-end F1  accuracy at 161 km")
    for reviewed in (True, False):
        gazetteer = Gazetteer.load(reviewed=reviewed)
        for corpus in CORPORA:
            f = figures(gazetteer, corpus)
            row = (f["detection"]["f1"], f["end_to_end"]["f1"], f["resolution"]["accuracy"])
            print(f"{corpus:11} {'on' if reviewed else 'off':8} {row[0]:13.3f} {row[1]:14.3f} {row[2]:19.3f}")


Example = tuple[dict[str, float], bool]


def examples(gazetteer: Gazetteer) -> list[Example]:
    """Every proposal of both corpora with its signs, and whether the gold has it as a toponym."""
    found: list[Example] = []
    for corpus in CORPORA:
        for line in (EVAL / "toponyms" / f"{corpus}.jsonl").read_text(encoding="utf-8").split("\n"):
            if line.strip():
                doc = json.loads(line)
                found += _of_document(doc, gazetteer, demonyms=corpus == "gwn")
    return found


def _of_document(doc: dict, gazetteer: Gazetteer, *, demonyms: bool) -> list[Example]:  # type: ignore[type-arg]
    text = doc["text"]
    words = Words(text, sentences(Article(doc["id"], "", "", text)), lambda name: is_one_name(name, gazetteer))
    gold = [(t["start"], t["end"]) for t in doc["toponyms"]]
    out = []
    for p in detect.scored(words, gazetteer):
        if p.demonym and not demonyms:
            continue  # GeoVirus has no demonyms
        a, b = words.start[p.core[0]], words.end[p.core[1]]
        shares = [(min(b, e) - max(a, s)) / max(b - a, e - s) for s, e in gold]
        best = max(shares, default=0.0)
        if best <= 0 or best >= SAME_NAME_SHARE:
            out.append((dict(p.signs), best > 0))
    return out


def fit(found: list[Example], without: set[str]) -> dict[str, float]:
    """Logistic regression by Newton's method; sign -> weight in log odds."""
    import numpy as np  # comes with shapely; only tuning needs it

    columns = sorted({name for signs, _ in found for name in signs} - without)
    at = {name: i for i, name in enumerate(columns)}
    x = np.zeros((len(found), len(columns)))
    y = np.array([float(is_place) for _, is_place in found])
    for row, (signs, _) in enumerate(found):
        for name, strength in signs.items():
            if name in at:
                x[row, at[name]] = strength
    w = np.zeros(len(columns))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w)), x.T @ (y - p) - RIDGE * w)
        w += step
        if abs(step).max() < 1e-4:
            break
    return {name: round(float(w[i]), 2) for name, i in at.items()}


def tune() -> None:
    """Fit the two passes one after the other and write them into the weights file; the other tables stay."""
    gazetteer = Gazetteer.load()
    weights = PLACE_RULES.weights
    by_hand = set(weights.get("by_hand", {}))
    weights["first"], weights["second"] = {}, {}
    weights["first"] = fit(examples(gazetteer), STORY_SIGNS)
    weights["second"] = fit(examples(gazetteer), by_hand)
    file = ROOT / "geo" / "rules" / "weights.toml"
    text = file.read_text(encoding="utf-8")
    tables = "".join(
        f"[{t}]\n" + "".join(f"{k} = {v}\n" for k, v in weights[t].items()) + "\n" for t in ("first", "second")
    )
    file.write_text(
        re.sub(r"^\[first\]\n.*?(?=^\[resolve\]\n)", lambda _: tables, text, flags=re.DOTALL | re.MULTILINE),
        encoding="utf-8",
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tune", action="store_true", help="fit the weights again")
    if not EVAL.is_dir():
        sys.exit(f"{EVAL} is not here: the corpora lie beside the checkout")
    if parser.parse_args().tune:
        tune()
    else:
        show()
