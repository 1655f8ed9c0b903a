"""How far the reports from each brief and from the article that it tells agree.

    python benchmarks/briefs_agreement.py [MANIFEST]

MANIFEST lists the original articles (default: ../shared/eval/seeds/articles.csv beside this checkout). Two reports agree
where their event types are the same, their days overlap and their places are the same: one name, or one inside the
other, or not farther apart than both radii. Each report is used once. The briefs are written for people, not for this
tool: what a brief's reader sees and the tool misses counts against the tool.
"""

from __future__ import annotations

import sys
from pathlib import Path

from geo import pipeline
from geo.model import Article, Report, Where
from geo.places.gazetteer import Gazetteer
from geo.read import read_folder, read_manifest
from geo.space import haversine_km

ROOT = Path(__file__).resolve().parents[1]
ORIGINALS = ROOT.parent / "shared" / "eval" / "seeds" / "articles.csv"


def same_place(a: Report, b: Report) -> bool:
    """Do both reports mean the same place, as exactly as each of them says it?"""
    if not isinstance(a.where, Where) or not isinstance(b.where, Where):
        return not isinstance(a.where, Where) and not isinstance(b.where, Where)
    if a.where.place.id == b.where.place.id:
        return True
    apart_km = haversine_km(a.where.lat, a.where.lon, b.where.lat, b.where.lon)
    return apart_km <= a.where.radius_km + b.where.radius_km


def agree(a: Report, b: Report) -> bool:
    """Same type, overlapping days, same place."""
    if a.event_type != b.event_type or not same_place(a, b):
        return False
    return a.when is None or b.when is None or (a.when.first <= b.when.last and b.when.first <= a.when.last)


def matches(ours: tuple[Report, ...], theirs: tuple[Report, ...]) -> int:
    """How many pairs agree, each report used once: augmenting paths, so that the number does not depend on order."""
    partner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, other in enumerate(theirs):
            if j not in seen and agree(ours[i], other):
                seen.add(j)
                if j not in partner or place(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(place(i, set()) for i in range(len(ours)))


def reports(article: Article, gazetteer: Gazetteer) -> tuple[Report, ...]:
    """The reports of one article read alone."""
    return pipeline.run([article], gazetteer).reports


def main(manifest: Path) -> int:
    """Print one line for each brief and one for all."""
    if not manifest.is_file():
        print(f"{manifest}: the original articles are not at hand; nothing measured")
        return 0
    gazetteer = Gazetteer.load()
    originals = {a.title: a for a in read_manifest(manifest)[0]}
    total = [0, 0, 0]
    print("both   brief   original   (reports)")
    for brief in read_folder(ROOT / "data" / "articles")[0]:
        if brief.kind != "brief" or brief.title not in originals:
            continue
        ours, theirs = reports(brief, gazetteer), reports(originals[brief.title], gazetteer)
        row = [matches(ours, theirs), len(ours), len(theirs)]
        total = [a + b for a, b in zip(total, row, strict=True)]
        print(f"{row[0]:4} {row[1]:7} {row[2]:10}   {brief.publisher}")
    shared, of_briefs, of_originals = total
    if of_briefs and of_originals:
        precision, recall = shared / of_briefs, shared / of_originals
        print(
            f"{shared:4} {of_briefs:7} {of_originals:10}   all: {precision:.2f} of the briefs', {recall:.2f} of the originals'"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ORIGINALS))
