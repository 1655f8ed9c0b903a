"""What an article reports: claims, and what was dropped and why."""

from geo.find.finder import claims

__all__ = ["claims"]
