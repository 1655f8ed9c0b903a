"""Toponyms of plain texts, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from geo.files import write_atomically
from geo.model import Article, BadInput, Place, Problem, Sentence, Toponym, Where
from geo.places.extent import unknown_place
from geo.places.gazetteer import Gazetteer
from geo.places.locate import resolve
from geo.places.toponyms import mentions
from geo.sentences import sentences as cut


def geoparse(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find and resolve the place names of a text."""
    return resolve(text, sentences, mentions(text, sentences, gazetteer), gazetteer)


def geoparse_jsonl(in_path: Path, out_path: Path, gazetteer: Gazetteer) -> list[Problem]:
    """Write the toponyms of every document of a JSONL file; returns what is wrong with the other lines.

    Raises OSError where a file cannot be read or written.
    """
    problems: list[Problem] = []
    lines: list[str] = []
    for number, line in enumerate(in_path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            key, text = _document(line, str(in_path), number)
        except BadInput as error:
            problems += error.problems
            continue
        found = geoparse(text, cut(Article(str(key) or "text", "", "", text)), gazetteer)
        named = [_row(t, text, found) for t in found if _is_written(t, text)]
        lines.append(json.dumps({"id": key, "toponyms": named}, ensure_ascii=False) + "\n")
    write_atomically(out_path, "".join(lines).encode("utf-8"))
    return problems


def _document(line: bytes, file: str, row: int) -> tuple[object, str]:
    """Read the id and the text of a line. Raises BadInput."""

    def wrong(field: str | None, reason: str) -> BadInput:
        return BadInput([Problem(file, row, field, reason, 'write {"id": "1", "text": "..."}, one object a line')])

    try:
        document = json.loads(line)
    except ValueError as error:
        raise wrong(None, f"is no JSON: {error}") from error
    if not isinstance(document, dict):
        raise wrong(None, f"is no JSON object but {type(document).__name__}")
    for field in ("id", "text"):
        if field not in document:
            raise wrong(field, "is missing")
    text = document["text"]
    if not isinstance(text, str):
        raise wrong("text", f"is no text but {json.dumps(text)[:40]}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise wrong("text", f"holds half a character at position {error.start}") from error
    return document["id"], text


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
