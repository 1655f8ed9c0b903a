"""Exported features as tables: GeoDataFrame, CSV and GeoPackage; beside the sites a table of their sources."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from geo.files import write_atomically

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run. Source: OWASP, "CSV Injection"
LAYER, SOURCES_LAYER = "incidents", "sources"
DAYS = ("date_start", "date_end", "first_reported", "published_last")  # whole days, as dates where a format has them
SOURCE_COLUMNS = (
    "report_id", "article_id", "title", "publisher", "author", "published", "published_last", "url", "kind", "sha256", "quote", "start", "end",
    "place_as_written", "date_start", "date_end", "killed_low", "killed_high", "killed_open_high", "killed_about",
    "injured_low", "injured_high", "injured_open_high", "injured_about", "actor1", "actor2", "weapon",
)  # fmt: skip
Rows = list[dict[str, Any]]


def geodataframe(collection: Mapping[str, Any]) -> Any:
    """Make a geopandas GeoDataFrame in WGS 84: one row for each feature, lists and tables kept as Python objects."""
    import geopandas

    features = [{**f, "properties": dict(f["properties"])} for f in collection["features"]]
    if not features:
        return geopandas.GeoDataFrame({"geometry": []}, geometry="geometry", crs="EPSG:4326")
    return geopandas.GeoDataFrame.from_features(features, crs="EPSG:4326")


def write_geopackage(collection: Mapping[str, Any], path: Path) -> None:
    """Write the features as layer "incidents" of a GeoPackage, lists as JSON text, and `source_rows` as the table "sources".

    Days are dates. Replaces `path` whole.

    Raises OSError where the folder cannot be written.
    """
    import pandas as pd
    import pyogrio

    frame = _columns(geodataframe(collection))
    sources = _columns(pd.DataFrame(source_rows(collection), columns=["incident_id", "site_id", *SOURCE_COLUMNS]))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "export.gpkg"
        kind = None if len(frame) else "Point"
        frame.to_file(target, driver="GPKG", layer=LAYER, geometry_type=kind, use_arrow=True)
        pyogrio.write_dataframe(sources, target, layer=SOURCES_LAYER, use_arrow=True)
        write_atomically(path, target.read_bytes())


def _columns(frame: Any) -> Any:
    """Give the columns the types of a GeoPackage: days as dates, lists as JSON text."""
    import pandas as pd

    for name in frame.columns.drop("geometry", errors="ignore"):
        if name in DAYS:
            days = [date.fromisoformat(day) if isinstance(day, str) else None for day in frame[name]]
            frame[name] = pd.Series(days, index=frame.index, dtype="date32[day][pyarrow]")
        elif frame[name].isna().all():
            frame[name] = frame[name].astype("string")
        elif frame[name].dtype == object:
            frame[name] = frame[name].map(_flat)
    return frame


def source_rows(collection: Mapping[str, Any]) -> Rows:
    """Give one row for each incident and source, with the source's words and where they stand in its article.

    `site_id` is None for a source of the incident as a whole.
    """
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for properties in (f["properties"] for f in collection["features"]):
        for source in properties.get("sources") or ():
            site = properties["site_id"] if source.get("scope") != "incident" else None
            row = {"incident_id": properties["incident_id"], "site_id": site}
            row |= {name: source.get(name) for name in SOURCE_COLUMNS}
            rows.setdefault((row["incident_id"], row["report_id"]), row)
    return list(rows.values())


def csv_text(collection: Mapping[str, Any]) -> str:
    """Write the features as CSV: one row each, its middle as lat and lon, lists as JSON text.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    rows = [f["properties"] for f in collection["features"]]
    return _csv(list(dict.fromkeys(name for row in rows for name in row)), rows)


def sources_csv_text(collection: Mapping[str, Any]) -> str:
    """Write `source_rows` as CSV, as `csv_text` does the features."""
    return _csv(("incident_id", "site_id", *SOURCE_COLUMNS), source_rows(collection))


def _csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in names} for row in rows)
    return out.getvalue()


def write_csv(collection: Mapping[str, Any], path: Path) -> None:
    """Write `csv_text`, and the sources beside it as NAME-sources.csv; a byte order mark tells spreadsheets that it is UTF-8.

    Replaces both files whole.
    """
    write_atomically(path, csv_text(collection).encode("utf-8-sig"))
    write_atomically(path.with_name(f"{path.stem}-sources.csv"), sources_csv_text(collection).encode("utf-8-sig"))


def _cell(value: Any) -> Any:
    value = _flat(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
