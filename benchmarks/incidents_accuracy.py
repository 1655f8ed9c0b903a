"""How right the incidents are: every gold set at once, with the misses counted by cause.

    python benchmarks/incidents_accuracy.py [GOLD_FOLDER]

GOLD_FOLDER (default: ../shared/eval beside the checkout) holds `score_incidents.py` and the sets `seeds` and `dev`, each with
`articles.csv`, `incidents.json` and `articles/`. The second half of `dev` was never read while rules were written.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from geo.__main__ import main

GOLD = Path(__file__).resolve().parents[2] / "shared" / "eval"
READ_WHILE_WRITING = ("d01", "d02", "d03", "d04", "d05")


def halves(folder: Path) -> list[tuple[str, Path, set[str]]]:
    """(label, folder of the set, articles) of each gold set."""
    dev = {c["article"] for c in json.loads((folder / "dev/incidents.json").read_text(encoding="utf-8"))["claims"]}
    seeds = {c["article"] for c in json.loads((folder / "seeds/incidents.json").read_text(encoding="utf-8"))["claims"]}
    seen = {a for a in dev if a.startswith(READ_WHILE_WRITING)}
    return [
        ("seeds", folder / "seeds", seeds),
        ("dev, read", folder / "dev", seen),
        ("dev, unread", folder / "dev", dev - seen),
    ]


def score(
    folder: Path, label: str, home: Path, articles: set[str], work: Path
) -> tuple[dict[str, dict[str, float]], Counter[str]]:
    """The scorer's figures for some articles of a set, and the misses by their first two words."""
    out = work / f"{home.name}.geojson"
    if not out.exists():
        main(["extract", "--manifest", str(home / "articles.csv"), "-o", str(out)])
    gold = json.loads((home / "incidents.json").read_text(encoding="utf-8"))
    for part in ("claims", "not_incidents"):
        gold[part] = [c for c in gold[part] if c["article"] in articles]
    part_file = work / f"{label.replace(', ', '-')}.json"
    part_file.write_text(json.dumps(gold), encoding="utf-8")
    command = [sys.executable, str(folder / "score_incidents.py"), str(out), str(part_file), str(home / "articles")]
    figures = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    lines = subprocess.run([*command, "--misses"], capture_output=True, text=True, check=True).stdout.splitlines()
    stems = tuple(Path(a).stem for a in articles)
    causes = Counter(line.split(": ", 2)[1].split(" (")[0] for line in lines if line.startswith(stems))
    return figures, causes


def report(folder: Path) -> None:
    """Print a table of all sets."""
    rows = ["strict", "found", "date", "place", "killed", "injured", "sub_type", "actors", "no_toll_invented"]
    with tempfile.TemporaryDirectory() as name:
        scored = [
            (label, *score(folder, label, home, articles, Path(name))) for label, home, articles in halves(folder)
        ]
    print(f"{'':18}" + "".join(f"{label:>14}" for label, *_ in scored))
    for row in rows:
        print(f"{row:18}" + "".join(f"{f[row].get('f1', f[row].get('accuracy'))!s:>14}" for _, f, _ in scored))
    print(f"{'merge':18}" + "".join(f"{f['merge_b_cubed_f1']!s:>14}" for _, f, _ in scored))
    alarms = [f"{f['false_alarms']['count']} of {f['false_alarms']['of']}" for _, f, _ in scored]
    print(f"{'false alarms':18}" + "".join(f"{a:>14}" for a in alarms))
    print("\nmisses by cause")
    for cause in sorted({c for *_, causes in scored for c in causes}):
        print(f"{cause:18}" + "".join(f"{causes[cause]:>14}" for *_, causes in scored))


if __name__ == "__main__":
    gold_folder = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    if not (gold_folder / "score_incidents.py").is_file():
        sys.exit(f"{gold_folder}: no gold sets there; name the folder that holds score_incidents.py")
    report(gold_folder)
