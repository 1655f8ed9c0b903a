"""Toponyms of plain texts, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from geo.model import Article, BadInput, Place, Problem, Sentence, Toponym, Where
from geo.places.extent import unknown_place
from geo.places.gazetteer import Gazetteer
from geo.places.locate import resolve
from geo.places.toponyms import mentions
from geo.sentences import sentences as cut


def geoparse(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find and resolve the place names of a text."""
    return resolve(text, sentences, mentions(text, sentences, gazetteer), gazetteer)


def geoparse_jsonl(in_path: Path, out_path: Path, gazetteer: Gazetteer) -> int:
    """Write the toponyms of every document of a JSONL file; returns how many documents there were.

    Raises BadInput naming every line that is not `{"id", "text", ...}`; then nothing is written.
    """
    problems: list[Problem] = []
    lines: list[str] = []
    for number, line in enumerate(in_path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            doc = json.loads(line)
            key, text = doc["id"], doc["text"]
            found = geoparse(text, cut(Article(str(key), "", "", text)), gazetteer)
        except (ValueError, KeyError, TypeError) as e:
            problems.append(
                Problem(
                    str(in_path), number, None, f"not a document: {e}", 'one JSON object a line with "id" and "text"'
                )
            )
            continue
        lines.append(
            json.dumps(
                {"id": key, "toponyms": [_row(t, text, found) for t in found if _is_written(t, text)]},
                ensure_ascii=False,
            )
        )
    if problems:
        raise BadInput(problems)
    out_path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return len(lines)


def _is_written(t: Toponym, text: str) -> bool:
    """Whether the name stands in the text; "the local airport" is a place to the pipeline, but no name."""
    return t.mention.name.split(" ")[0] in t.span.of(text)


def _row(t: Toponym, text: str, found: Sequence[Toponym]) -> dict[str, object]:
    """A name with its place; one that no source knows with the area or the town that the text puts it in or by."""
    where = unknown_place(t, [t], found) if t.place is None and not t.mention.demonym else None
    if isinstance(where, Where):
        return _placed(t, text, where.place, where.lat, where.lon) | {"inferred": where.inferred}
    place = t.place
    return _placed(t, text, place, place.lat if place else None, place.lon if place else None)


def _placed(t: Toponym, text: str, place: Place | None, lat: float | None, lon: float | None) -> dict[str, object]:
    return {
        "start": t.span.start,
        "end": t.span.end,
        "name": t.span.of(text),
        "place_id": place.id if place else None,
        "lat": lat,
        "lon": lon,
        "country": place.country if place else None,
        "feature_code": place.feature_code if place else None,
        "score": round(t.score, 3),
        "demonym": t.mention.demonym,
    }
