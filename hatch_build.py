"""What the tool needs beside its code travels inside the wheel, as `geo/_bundle`.

A build hook and not a table of pyproject.toml, because an editable install must not carry copies of these files.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Each file of data/ is named, so that the originals that a reader keeps there never travel.
BUNDLED = (
    "app.py",
    ".streamlit/config.toml",
    "gazetteer",
    "data/articles",
    "data/incidents.geojson",
    "data/reviews.csv",
)


class Bundle(BuildHookInterface[Any]):
    """Add the bundled files to a wheel, not to an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name every bundled file and where it goes.

        Raises:
            FileNotFoundError: a bundled file is not in the checkout; `make build` makes data/incidents.geojson.
        """
        if version == "editable":
            return
        for name in BUNDLED:
            path = Path(self.root, name)
            if not path.exists():
                raise FileNotFoundError(f"{name}: belongs into the wheel and is missing (make build)")
            build_data["force_include"][str(path)] = f"geo/_bundle/{name}"
