"""Distances and directions."""

import pytest

from geo.model import Place
from geo.space import geodesic_km, haversine_km, middle, offset, reaches


def place(lat: float, lon: float, radius_km: float = 5) -> Place:
    """A town at a point."""
    return Place("x", "X", "P.PPL", "IQ", lat, lon, radius_km)


def test_the_sphere_agrees_with_the_ellipsoid_within_a_hundredth() -> None:
    """Baghdad to Damascus."""
    points = (33.34, 44.4, 33.51, 36.29)
    assert haversine_km(*points) == pytest.approx(geodesic_km(*points), rel=0.01)


@pytest.mark.parametrize(("bearing", "north", "east"), [("north", 1, 0), ("south-west", -1, -1), ("east", 0, 1)])
def test_an_offset_goes_the_named_way_for_the_named_distance(bearing: str, north: int, east: int) -> None:
    """Twelve kilometres away, in the right quadrant."""
    lat, lon = offset(33.0, 44.0, bearing, 12)
    assert haversine_km(33.0, 44.0, lat, lon) == pytest.approx(12, rel=0.001)
    assert (lat - 33.0) * north >= 0
    assert (lon - 44.0) * east >= 0


def test_an_offset_across_the_date_line_stays_a_longitude() -> None:
    """179.9 east and a bit further east is west."""
    assert offset(0.0, 179.95, "east", 20)[1] < -179


def test_the_middle_of_two_towns_reaches_both() -> None:
    """Half-way, with a radius that covers both."""
    lat, lon, radius = middle([place(33, 44), place(34, 44)])
    assert (lat, lon) == (33.5, 44)
    assert reaches(place(lat, lon, radius), 33, 44)
    assert not reaches(place(33, 44), 34, 44)
