"""Web Mercator, the projection of the map: positions as fractions of the world's width, and circles on the ground."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

MAX_LATITUDE = 85.0511287798  # where the square world of Web Mercator ends. Source: EPSG:3857
WORLD = 2**32  # positions are 32-bit fractions of the world's width: one unit is under a centimetre
EARTH_RADIUS_KM = 6371.0088  # mean radius. Source: IUGG


def to_mercator(
    lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Project degrees to (x, y) in units of 1/2**32 of the world, x eastwards from 180 W, y southwards from 85 N."""
    phi = np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE))
    x = (lon + 180.0) / 360.0 % 1.0
    y = (1.0 - np.log(np.tan(math.pi / 4.0 + phi / 2.0)) / math.pi) / 2.0
    top = WORLD - 1
    return (
        np.minimum(x * WORLD, top).astype(np.uint32),
        np.minimum(np.maximum(y, 0.0) * WORLD, top).astype(np.uint32),
    )


def ring_around(*, lat: float, lon: float, radius_km: float, corners: int = 48) -> list[list[float]]:
    """A closed ring of [lon, lat] at `radius_km` around a point, counter-clockwise; good up to a few hundred km."""
    north_south = math.degrees(radius_km / EARTH_RADIUS_KM)
    east_west = north_south / max(math.cos(math.radians(lat)), 0.01)
    turns = [2 * math.pi * k / corners for k in range(corners)] + [0.0]
    return [
        [round(lon + east_west * math.cos(t), 5), round(max(-90, min(90, lat + north_south * math.sin(t))), 5)]
        for t in turns
    ]
