"""Distances on the Earth. Coordinates are WGS 84 degrees, always named `lat` and `lon`; lengths are kilometres."""

from __future__ import annotations

import math
from collections.abc import Iterator

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of WGS 84 (IUGG); a sphere is at most 0.6 % off
DEGREE_KM = EARTH_RADIUS_KM * math.pi / 180  # length of a degree of latitude on that sphere


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
