"""Dates: the words of a text that name days, and the days they leave open for each claim."""

from geo.dates.claims import closer, resolve
from geo.dates.moments import DateWords, Moment
from geo.dates.publication import published_days
from geo.dates.story import month_or_day
from geo.dates.words import expressions

__all__ = ["DateWords", "Moment", "closer", "expressions", "month_or_day", "published_days", "resolve"]
