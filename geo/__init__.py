"""News articles about armed conflict in, a map of the incidents that they report out.

```
from geo import Gazetteer, read_file, run

result = run([read_file("article.md")], Gazetteer.load())
for incident in result.incidents:
    print(incident.when, incident.sub_event_type, incident.sites)
```
The names are loaded when they are first used, so that a command starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

VERBS = {
    "read_file": "geo.read",
    "read_folder": "geo.read",
    "read_manifest": "geo.read",
    "read_text": "geo.read",
    "Gazetteer": "geo.places.gazetteer",
    "run": "geo.pipeline",
    "classify": "geo.classify",
    "Project": "geo.store",
    "feature_collection": "geo.export",
    "report_collection": "geo.export",
}
TYPES = ("Article", "Claim", "Dropped", "Incident", "Place", "Report", "Span", "Unresolved", "When", "Where")

__all__ = [*VERBS, *TYPES]  # noqa: PLE0604 - the names of the two tables above


def __getattr__(name: str) -> Any:
    """Load a public name. Raises AttributeError for any other."""
    if name in VERBS:
        return getattr(import_module(VERBS[name]), name)
    if name in TYPES:
        return getattr(import_module("geo.model"), name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")
