"""What the user has narrowed the incidents down to: kept through the session and in the page's address."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from math import log2
from typing import Any

import streamlit as st

from geo.filters import filter_features
from geo.pages import words

Feature = dict[str, Any]
Collection = dict[str, Any]

NEAREST_ZOOM = 9  # of a view that is fitted; nearer, a town alone says little of where it lies
KM_A_DEGREE = 111.0
POINT_PREC = 2  # UCDP's where_prec of what is drawn as a point; the rest are areas
MAP_TILES = 2.5  # tiles of 256 px beside one another that the free part of a laptop's map shows

PARAMETERS = {"types": "type", "actors": "actor", "publishers": "source"}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A choice of incidents: an empty tuple or None leaves everything in.

    `window` is first and last day, `known` the day by which a report had to be published, all ISO days;
    `box` is west, south, east, north in degrees.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    window: tuple[str, str] | None = None
    known: str | None = None
    box: tuple[float, float, float, float] | None = None

    def for_frame(self) -> dict[str, Any]:
        """The same as the map's frame takes it."""
        return {
            "window": self.window,
            "known_on": self.known,
            "filters": {
                "types": list(self.types),
                "actors": list(self.actors),
                "sources": list(self.publishers),
                "rectangle": [self.box[i] for i in (1, 0, 3, 2)] if self.box else None,
            },
        }


def from_frame(seen: dict[str, Any]) -> Narrowed:
    """Read what the map's frame says; its rectangle is south, west, north, east."""
    window, sides = seen.get("window"), seen.get("rectangle")
    return Narrowed(
        types=tuple(seen.get("types") or ()),
        actors=tuple(seen.get("actors") or ()),
        publishers=tuple(seen.get("sources") or ()),
        window=(window[0], window[1]) if window else None,
        known=seen.get("known_on") or None,
        box=(sides[1], sides[0], sides[3], sides[2]) if sides else None,
    )


def current() -> Narrowed:
    """The session's choice; at its start, what the page's address says."""
    if "narrowed" not in st.session_state:
        st.session_state["narrowed"] = _from_address()
    chosen: Narrowed = st.session_state["narrowed"]
    return chosen


def keep(chosen: Narrowed) -> None:
    """Make `chosen` the session's choice and write it into the page's address."""
    st.session_state["narrowed"] = chosen
    said: dict[str, list[str]] = {
        PARAMETERS["types"]: list(chosen.types),
        PARAMETERS["actors"]: list(chosen.actors),
        PARAMETERS["publishers"]: list(chosen.publishers),
        "from": [chosen.window[0]] if chosen.window else [],
        "to": [chosen.window[1]] if chosen.window else [],
        "known": [chosen.known] if chosen.known else [],
        "box": [",".join(f"{d:.4f}" for d in chosen.box)] if chosen.box else [],
    }
    write(said)


def keep_all() -> None:
    """Take every filter off; the page that comes next writes it into its address."""
    st.session_state["narrowed"] = Narrowed()


def around(sites: list[Feature]) -> dict[str, str]:
    """The address of a map that shows some sites: its middle and zoom, and the only incident of them as selected.

    Where none is on the map, the first is selected, so that its details tell why.
    """
    points = [
        (p["lat"] + way * reach, p["lon"] + way * reach)
        for p in (s["properties"] for s in sites)
        if p.get("lat") is not None
        for reach in [p["radius_km"] / KM_A_DEGREE if p.get("where_prec", 1) > POINT_PREC else 0.0]
        for way in (-1, 1)
    ]
    incidents = {s["properties"]["incident_id"] for s in sites}
    chosen = {"sel": str(sites[0]["properties"]["site_id"])} if len(incidents) == 1 or not points else {}
    if not points:
        return chosen
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    # On each zoom the world is twice as wide; a third of a laptop's map stays free for the legend and the margins.
    span = max(east - west, 2 * (north - south), 360 / 2**NEAREST_ZOOM)
    zoom = min(NEAREST_ZOOM, max(2, int(log2(360 * MAP_TILES / span))))
    return {"lat": f"{(south + north) / 2:.4f}", "lon": f"{(west + east) / 2:.4f}", "zoom": str(zoom), **chosen}


def drop_unknown(collection: Collection) -> None:
    """Take types, actors and sources that no incident has off the choice: an old address would show an empty map."""
    chosen, known = current(), choices(collection)

    def here(name: str) -> tuple[str, ...]:
        return tuple(value for value in getattr(chosen, name) if value in known[name])

    st.session_state["narrowed"] = replace(
        chosen, types=here("types"), actors=here("actors"), publishers=here("publishers")
    )


def write(said: dict[str, list[str]]) -> None:
    """Change only what is different in the address: each change is a message to the browser."""
    for key, values in said.items():
        if st.query_params.get_all(key) == values:
            continue
        if values:
            st.query_params[key] = values
        else:
            del st.query_params[key]


def _from_address() -> Narrowed:
    ask = st.query_params
    first, last, known = ask.get("from", ""), ask.get("to", ""), ask.get("known", "")
    return Narrowed(
        types=tuple(ask.get_all("type")),
        actors=tuple(ask.get_all("actor")),
        publishers=tuple(ask.get_all("source")),
        window=(first, last) if _is_day(first) and _is_day(last) and first <= last else None,
        known=known if _is_day(known) else None,
        box=_box(ask.get("box", "")),
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if -90 <= south < north <= 90 and -180 <= west < east <= 180 else None


def choices(collection: Collection) -> dict[str, list[str]]:
    """Event types, actors and publishers of a collection, the frequent first."""
    found: dict[str, Counter[str]] = {name: Counter() for name in PARAMETERS}
    for feature in collection["features"]:
        p = feature["properties"]
        found["types"].update([p["event_type"]] if p.get("event_type") else [])
        found["actors"].update({a for a in (p.get("actor1"), p.get("actor2")) if a})
        found["publishers"].update({s["publisher"] for s in p.get("sources") or [] if s.get("publisher")})
    return {name: [n for n, _ in sorted(c.items(), key=lambda i: (-i[1], i[0]))] for name, c in found.items()}


def controls(collection: Collection) -> Narrowed:
    """Draw the filters for a page that has no map; what they say is kept for every page."""
    before, options = current(), choices(collection)
    picked: dict[str, tuple[str, ...]] = {}
    for name, hint in (("types", "All event types"), ("actors", "All actors"), ("publishers", "All sources")):
        key = f"pick-{name}"
        known = [c for c in getattr(before, name) if c in options[name]]
        st.session_state.setdefault(key, known)
        label = hint.removeprefix("All ").capitalize()
        picked[name] = tuple(
            st.multiselect(
                label, options[name], key=key, placeholder=hint, label_visibility="collapsed", wrap=False, width=165
            )
        )
    rest = _rest(before)
    chosen = Narrowed(**picked, **rest)  # type: ignore[arg-type]
    keep(chosen)
    return chosen


def _rest(before: Narrowed) -> dict[str, Any]:
    """Show what the map's frame narrowed beside the three lists, with a button that takes it off."""
    said = []
    if before.window:
        said.append(f"{words.day(before.window[0])} to {words.day(before.window[1])}")
    if before.known:
        said.append(f"as known on {words.day(before.known)}")
    if before.box:
        said.append("inside the rectangle")
    if not said:
        return {}
    if st.button(", ".join(said), icon=":material/close:", help="Show all days and places again", key="unwindow"):
        return {}
    return {"window": before.window, "known": before.known, "box": before.box}


def narrow(collection: Collection, chosen: Narrowed) -> Collection:
    """The features that a choice leaves, on the map or not, in order of their days, as a FeatureCollection."""
    left = filter_features(
        collection,
        window=chosen.window,
        known=chosen.known,
        types=chosen.types,
        actors=chosen.actors,
        publishers=chosen.publishers,
        box=chosen.box,
    )["features"]
    left = sorted(left, key=lambda f: (f["properties"].get("date_start") or "9999", f["properties"]["site_id"]))
    return {**collection, "features": left}


def file_name(chosen: Narrowed) -> str:
    """'incidents', with the days of the window where there is one."""
    return f"incidents_{chosen.window[0]}_{chosen.window[1]}" if chosen.window else "incidents"


def counts(features: list[Feature], whole: int) -> str:
    """'n incidents, m on the map, k not on the map' as HTML; `whole` is the number of incidents before filtering."""
    ids = {f["properties"]["incident_id"] for f in features}
    placed = {f["properties"]["incident_id"] for f in features if f["geometry"]}
    undated = {f["properties"]["incident_id"] for f in features if not f["properties"].get("date_start")}
    of = f' <span class="cm-quiet">of {whole:,}</span>' if whole != len(ids) else ""
    parts = [
        f"<span><b>{len(ids):,}</b> {'incident' if len(ids) == 1 else 'incidents'}{of}</span>",
        f"<span><b>{len(placed):,}</b> on the map</span>",
        f"<span><b>{len(ids - placed):,}</b> not on the map</span>",
    ]
    if undated:
        parts.append(f'<span class="cm-quiet"><b>{len(undated):,}</b> without a day</span>')
    return f'<div class="cm-counts" role="status">{"".join(parts)}</div>'
