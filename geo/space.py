"""Distances on the Earth. Coordinates are WGS 84 degrees, always named `lat` and `lon`; lengths are kilometres."""

from __future__ import annotations

import math
from collections.abc import Iterator

from geo.model import Place

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of WGS 84 (IUGG); a sphere is at most 0.6 % off
DEGREE_KM = EARTH_RADIUS_KM * math.pi / 180  # length of a degree of latitude on that sphere

BEARINGS = {
    "north": 0.0, "north-east": 45.0, "northeast": 45.0, "east": 90.0, "south-east": 135.0, "southeast": 135.0,
    "south": 180.0, "south-west": 225.0, "southwest": 225.0, "west": 270.0, "north-west": 315.0, "northwest": 315.0,
}  # fmt: skip

WELL_WITHIN = 0.6  # of an area's radius: so near its middle a place lies in it, whatever shape it has


def haversine_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Give the great-circle distance of two points: fast, for the many comparisons that merging and ranking need."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def circle(lat: float, lon: float, radius_km: float, steps: int = 48) -> Iterator[tuple[float, float]]:
    """Yield `steps` points (lat, lon) of the circle of `radius_km` around a point, counter-clockwise from the north.

    Longitudes are brought back into -180 to 180. Source: the direct problem on a sphere.
    """
    phi, angle = math.radians(lat), radius_km / EARTH_RADIUS_KM
    for step in range(steps):
        bearing = -2 * math.pi * step / steps
        lat2 = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing))
        across = math.sin(bearing) * math.sin(angle) * math.cos(phi)
        lon2 = math.radians(lon) + math.atan2(across, math.cos(angle) - math.sin(phi) * math.sin(lat2))
        yield math.degrees(lat2), (math.degrees(lon2) + 540) % 360 - 180


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance of two places' points."""
    return haversine_km(a.lat, a.lon, b.lat, b.lon)


def geodesic_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Exact distance on the WGS 84 ellipsoid; about 300 times slower than `haversine_km`."""
    from geopy.distance import geodesic  # importing geopy costs 100 ms that most runs never need

    return float(geodesic((lat1, lon1), (lat2, lon2)).km)


def offset(lat: float, lon: float, bearing: str, km: float) -> tuple[float, float]:
    """(lat, lon) of the point `km` away in a compass direction such as "north-east".

    Raises KeyError for a direction that `BEARINGS` does not list.
    """
    angle, reach = math.radians(BEARINGS[bearing]), km / EARTH_RADIUS_KM
    a, b = math.radians(lat), math.radians(lon)
    lat2 = math.asin(math.sin(a) * math.cos(reach) + math.cos(a) * math.sin(reach) * math.cos(angle))
    turn = math.atan2(math.sin(angle) * math.sin(reach) * math.cos(a), math.cos(reach) - math.sin(a) * math.sin(lat2))
    return math.degrees(lat2), (math.degrees(b + turn) + 540) % 360 - 180


def reaches(container: Place, lat: float, lon: float, slack_km: float = 0.0) -> bool:
    """Whether a point lies within a place's honest radius, plus some slack."""
    return haversine_km(container.lat, container.lon, lat, lon) <= container.radius_km + slack_km


def middle(places: list[Place]) -> tuple[float, float, float]:
    """(lat, lon, radius_km) of the smallest of three simple circles about all the places: between X and Y."""
    lat = sum(p.lat for p in places) / len(places)
    lon = sum(p.lon for p in places) / len(places)
    return lat, lon, max(haversine_km(lat, lon, p.lat, p.lon) + p.radius_km for p in places)
