"""Exported features as tables: GeoDataFrame, CSV and GeoPackage."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.files import write_atomically

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run. Source: OWASP, "CSV Injection"
LAYER = "incidents"


def geodataframe(collection: Mapping[str, Any]) -> Any:
    """Make a geopandas GeoDataFrame in WGS 84: one row for each feature, lists and tables kept as Python objects."""
    import geopandas

    features = [{**f, "properties": dict(f["properties"])} for f in collection["features"]]
    if not features:
        return geopandas.GeoDataFrame({"geometry": []}, geometry="geometry", crs="EPSG:4326")
    return geopandas.GeoDataFrame.from_features(features, crs="EPSG:4326")


def write_geopackage(collection: Mapping[str, Any], path: Path) -> None:
    """Write the features as layer "incidents" of a GeoPackage; lists become JSON text. Replaces `path` whole.

    Raises OSError where the folder cannot be written.
    """
    frame = geodataframe(collection)
    for name in frame.columns.drop("geometry"):
        frame[name] = frame[name].map(_flat).astype(object) if frame[name].dtype == object else frame[name]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "export.gpkg"
        frame.to_file(target, driver="GPKG", layer=LAYER, geometry_type=None if len(frame) else "Point")
        write_atomically(path, target.read_bytes())


def csv_text(collection: Mapping[str, Any]) -> str:
    """Write the features as CSV: one row each, its middle as lat and lon, lists as JSON text.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    rows = [f["properties"] for f in collection["features"]]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in names} for row in rows)
    return out.getvalue()


def write_csv(collection: Mapping[str, Any], path: Path) -> None:
    """Write `csv_text` with a byte order mark, by which spreadsheets know UTF-8. Replaces `path` whole."""
    write_atomically(path, csv_text(collection).encode("utf-8-sig"))


def _cell(value: Any) -> Any:
    value = _flat(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
