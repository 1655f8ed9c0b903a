"""The editor of one place: what it is called, where it lies, what saving it would move, and then the saving."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from geo.decisions.places_edit import Change, plan_add, plan_edit, plan_retire, save
from geo.decisions.waiting import Waiting
from geo.draw import show
from geo.model import BadInput, Candidate, Place
from geo.pages import place_changes, session, words

NEW = "a place that is in no list"
LABELS = {
    "lat": "Latitude", "lon": "Longitude", "name": "Name", "country": "Country", "admin1": "Province", "feature_code": "Kind",
    "radius_km": "Radius in km", "note": "Note",
}  # fmt: skip
HAND = {"source": "set by hand", "source_licence": "CC0-1.0"}


@dataclass
class Task:
    """What the editor is at: `fields` are a row of places.csv to begin with, `place_id` the row that is edited, if any."""

    number: int
    fields: dict[str, str]
    names: list[dict[str, str]] = field(default_factory=list)
    place_id: str = ""
    waits: str = ""
    candidates: tuple[Candidate, ...] = ()
    credit: dict[str, str] = field(default_factory=lambda: dict(HAND))
    clicked: Any = None


# --------------------------------------------------------------------------------------------- beginning a task


def is_new_choice(choice: tuple[str, str]) -> bool:
    """Whether a list's pick differs from the last one: lists repeat their pick on every run."""
    new: bool = st.session_state.get("place-choice") != choice
    st.session_state["place-choice"] = choice
    return new


def begin_waiting(name: Waiting) -> None:
    """Begin with a name that waits."""
    _begin({"name": name.name, "country": name.country}, waits=name.name, candidates=name.candidates)


def begin_new(name: str) -> None:
    """Begin with nothing but perhaps a name."""
    _begin({"name": name})


def begin_place(place: Place) -> None:
    """Begin with a known place: a reviewed row is edited, one of the bulk index becomes a row of its own."""
    folder = session.project().gazetteer
    row = next((r for r in place_changes.rows_of(folder, "places.csv") if r.get("id") == place.id), None)
    if row:
        credit = {k: row.get(k, "") for k in HAND}
        _begin(row, names=place_changes.names_of(folder, place.id), place_id=place.id, credit=credit)
    else:
        fields = place_changes.fields_of(place)
        _begin(fields, credit={k: fields[k] for k in HAND})


def _begin(fields: dict[str, str], **rest: Any) -> None:
    number = st.session_state.get("task-number", 0) + 1
    st.session_state["task-number"] = number
    st.session_state["task"] = Task(number, fields, **rest)
    st.session_state["planned"] = None


# --------------------------------------------------------------------------------------------------- the editor


def editor(work: session.Work) -> None:
    """Draw the editor of the task at hand."""
    task: Task | None = st.session_state.get("task")
    if task is None:
        session.hint(
            "Pick a name that waits, or search for a place",
            "Set its pin on the map here, see which incidents would move, and only then save it. Every change can be undone.",
        )
        return
    st.subheader(f"Edit {words.plain(task.fields['name'])}" if task.place_id else "Add a place", anchor=False)
    if task.candidates:
        _candidates(work, task)
    _defaults(task)
    _map(work, task)
    _fields(work, task)
    credit = _credit(task)
    st.caption(f"Position from: {words.plain(credit['source'])} ({words.plain(credit['source_licence'])})")
    _buttons(work, task)
    _planned(work)


def _fields(work: session.Work, task: Task) -> None:
    """The form, in pairs: a narrow window shows them one below the other, in this order."""
    n = task.number
    a, b = st.columns(2)
    a.text_input("Latitude", key=f"lat-{n}", placeholder="33.5240")
    b.text_input("Longitude", key=f"lon-{n}", placeholder="44.2570")
    a, b = st.columns(2)
    a.text_input("Name", key=f"name-{n}")
    kinds = list(dict.fromkeys([*place_changes.KINDS, task.fields.get("feature_code") or "P.PPL"]))
    b.selectbox("Kind", kinds, format_func=lambda k: place_changes.KINDS.get(k, k), key=f"kind-{n}")
    a, b = st.columns(2)
    countries = ["", *sorted(work.gazetteer.countries)]
    a.selectbox("Country", countries, format_func=lambda c: _country(work, c), key=f"country-{n}")
    b.text_input("Province", key=f"admin1-{n}")
    a, b = st.columns(2)
    a.text_input("Radius in km", key=f"radius-{n}", help="How far from the point the place honestly reaches")
    b.text_input("Note", key=f"note-{n}")
    st.text_area("Other names, one a line", key=f"names-{n}", height=90)


def _defaults(task: Task) -> None:
    """Fill the form's fields once for each task."""
    n, f = task.number, task.fields
    kind = f.get("feature_code") or "P.PPL"
    radius = f.get("radius_km") or f"{place_changes.RADIUS_KM.get(kind[0], 5.0):g}"
    own = [row["name"] for row in task.names]
    for key, value in {
        "lat": f.get("lat", ""),
        "lon": f.get("lon", ""),
        "name": f.get("name", ""),
        "kind": kind,
        "country": f.get("country", ""),
        "admin1": f.get("admin1", ""),
        "names": "\n".join(own),
        "radius": radius,
        "note": f.get("note", ""),
    }.items():
        st.session_state.setdefault(f"{key}-{n}", value)


def _country(work: session.Work, code: str) -> str:
    return f"{work.gazetteer.countries[code].name} ({code})" if code else "none: at sea, or across borders"


def _candidates(work: session.Work, task: Task) -> None:
    options = [NEW, *(c.place.id for c in task.candidates)]
    labels = {c.place.id: _label(c) for c in task.candidates}
    picked = st.radio(
        f"“{words.plain(task.waits)}” is",
        options,
        format_func=lambda i: labels.get(i, i),
        key=f"candidate-{task.number}",
    )
    if picked != NEW:
        place = next(c.place for c in task.candidates if c.place.id == picked)
        if st.button("It is this place", icon=":material/check:", key=f"accept-{task.number}"):
            _plan(work, lambda: _as_name_of(place, task.waits))


def _label(candidate: Candidate) -> str:
    place = candidate.place
    kind = place_changes.KINDS.get(place.feature_code, place.feature_code)
    return words.plain(f"{place.name}, {place.admin1 or kind}, {place.country} ({candidate.rung})")


def _as_name_of(place: Place, name: str) -> Change:
    """Plan that a waiting name is one more name of a known place."""
    folder = session.project().gazetteer
    more = {"name": name, "kind": "variant", "source": "reviewed"}
    if any(r.get("id") == place.id for r in place_changes.rows_of(folder, "places.csv")):
        return plan_edit(folder, place.id, {}, [*place_changes.names_of(folder, place.id), more])
    return plan_add(folder, place_changes.fields_of(place), [more] if name != place.name else [])


def _map(work: session.Work, task: Task) -> None:
    """The small map: candidates and the pin; a click moves the pin."""
    n = task.number
    places = [(c.place.id, c.place.name, c.place.lat, c.place.lon) for c in task.candidates]
    at = _at(task)
    if at:
        places.append(("pin", str(st.session_state[f"name-{n}"] or "the pin"), *at))
    key = ("pins", n, tuple(places))
    if st.session_state.get("pins-key") != key:  # the frame keeps a collection by identity
        st.session_state["pins-key"], st.session_state["pins"] = key, place_changes.pins(places)
    country = work.gazetteer.country_of(st.session_state[f"country-{n}"])
    view = (*at, 10.0) if at else (places[0][2], places[0][3], 7.0) if len(places) == 1 else None
    if view is None and country and not places:  # several candidates: the frame shows all of them
        view = (country.lat, country.lon, 5.0)
    start = st.session_state.setdefault(f"pins-view-{n}", view)
    st.caption("Click on the map to set the position.")
    seen = show(
        st.session_state["pins"],
        f"pins{n}",
        height=320,
        timeline=False,
        pick_position=True,
        report_view=False,
        view=start,
    )
    clicked = seen.get("clicked")
    if clicked and clicked != task.clicked:
        task.clicked = clicked
        st.session_state[f"lat-{n}"], st.session_state[f"lon-{n}"] = f"{clicked[0]:.5f}", f"{clicked[1]:.5f}"
        st.session_state["planned"] = None


def _at(task: Task) -> tuple[float, float] | None:
    try:
        return float(st.session_state[f"lat-{task.number}"]), float(st.session_state[f"lon-{task.number}"])
    except ValueError:
        return None


def _buttons(work: session.Work, task: Task) -> None:
    with st.container(horizontal=True, key="place-buttons"):
        if st.button("See what changes", type="primary", icon=":material/difference:", key="see"):
            _plan(work, lambda: _from_form(task))
        st.button(
            "Position with OpenStreetMap",
            icon=":material/travel_explore:",
            help="Sends the name to nominatim.openstreetmap.org. Needs the internet; the row carries its licence, ODbL.",
            on_click=_ask_nominatim,
            args=(task,),
            key="nominatim",
        )
        if task.place_id and st.button("Retire", icon=":material/delete:", help="No name resolves to it any more"):
            _plan(work, lambda: plan_retire(session.project().gazetteer, task.place_id))
        if st.button("Close", type="tertiary", key="close-task"):
            st.session_state["task"] = None
            st.rerun()
    if said := st.session_state.pop("nominatim-said", None):
        st.warning(words.plain(said), icon=":material/cloud_off:")


def _ask_nominatim(task: Task) -> None:
    n = task.number
    answer = place_changes.position(st.session_state[f"name-{n}"], st.session_state[f"country-{n}"])
    if isinstance(answer, str):
        st.session_state["nominatim-said"] = answer
        return
    st.session_state[f"lat-{n}"], st.session_state[f"lon-{n}"] = f"{answer[0]:.5f}", f"{answer[1]:.5f}"
    task.credit = dict(place_changes.OSM)


def _from_form(task: Task) -> Change:
    """Plan what the form says; BadInput holds every problem of it."""
    n = task.number
    said = {
        key: str(st.session_state[f"{key}-{n}"]).strip() for key in ("lat", "lon", "name", "country", "admin1", "note")
    }
    fields = said | {
        "feature_code": st.session_state[f"kind-{n}"],
        "radius_km": str(st.session_state[f"radius-{n}"]).strip(),
    }
    fields |= _credit(task)
    known = {row["name"]: row for row in task.names}
    lines = [line.strip() for line in str(st.session_state[f"names-{n}"]).splitlines() if line.strip()]
    if task.waits and task.waits != fields["name"]:
        lines.append(task.waits)
    names = [known.get(line, {"name": line}) for line in dict.fromkeys(lines)]
    folder = session.project().gazetteer
    if task.place_id:
        return plan_edit(folder, task.place_id, fields, names)
    return plan_add(folder, {**task.fields, **fields}, names)


def _credit(task: Task) -> dict[str, str]:
    """Where the position comes from: once it was moved by hand it is no longer the first source's."""
    moved = any(st.session_state[f"{key}-{task.number}"] != task.fields.get(key, "") for key in ("lat", "lon"))
    return dict(HAND) if moved and task.credit != place_changes.OSM else task.credit


# ------------------------------------------------------------------------------------------- trying and saving


def _plan(work: session.Work, plan: Any) -> None:
    try:
        change: Change = plan()
    except (BadInput, OSError) as error:
        st.session_state["planned"], st.session_state["plan-failed"] = None, error
        return
    with st.spinner("Reading the articles with it …"):
        st.session_state["planned"] = (change, place_changes.tried(work, change))


def _planned(work: session.Work) -> None:
    """The diff of the planned change, and the button that saves it."""
    if failed := st.session_state.pop("plan-failed", None):
        session.failed(failed, LABELS)
    planned = st.session_state.get("planned")
    if not planned:
        return
    change, differences = planned
    with st.container(border=True, key="planned"):
        if differences:
            number = len({d.incident_id for d in differences})
            st.markdown(f"**{words.plural(number, 'incident')} would change:**")
            st.dataframe([place_changes.row(work, d) for d in differences], hide_index=True)
        else:
            st.markdown("**No incident would move.** The place is known from now on.")
        if st.button("Save", type="primary", icon=":material/save:", key="save-place"):
            try:
                save(session.project(), change, when=session.today())
            except (BadInput, OSError) as error:
                session.failed(error, LABELS)
                return
            st.session_state["task"], st.session_state["planned"] = None, None
            tell(work, f"Saved: {change.what}.")
            st.rerun()


def tell(work: session.Work, what: str) -> None:
    """Keep what was done, and what stood on the map before, for the next run to tell."""
    placed = sum(1 for f in work.collection["features"] if f["geometry"])
    st.session_state["told"] = (what, placed)


def told() -> None:
    """Say what the last change did."""
    said = st.session_state.pop("told", None)
    if not said:
        return
    what, before = said
    placed = sum(1 for f in session.work().collection["features"] if f["geometry"])
    st.success(f"{words.plain(what)} On the map: {before} before, {placed} now.", icon=":material/check:")
