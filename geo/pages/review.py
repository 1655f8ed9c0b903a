"""The Review page: what people decided about reports, and a form to accept, reject, merge, split or correct one."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from geo.decisions.ready import might_mean
from geo.merge.evidence import weigh
from geo.model import Actor, BadInput, Place, Report, Review, ReviewDecision, Unresolved
from geo.pages import card, decisions, likeness, pages, selection, session, table, words
from geo.triggers import EVENT_TYPE_OF, EVENT_TYPES

Feature = dict[str, Any]
Source = dict[str, Any]

DECISIONS: dict[ReviewDecision, str] = {
    "correct": "Correct a field",
    "reject": "It is no incident",
    "merge": "It is the same event as another",
    "split": "It is another event",
    "accept": "It is right as it stands",
}

MEANING: dict[ReviewDecision, str] = {
    "correct": "What you say stands in place of what was read; the source's words stay beside it.",
    "reject": "The report leaves the map and the counts. It is kept, and the decision can be taken back.",
    "merge": "Both reports become one incident, whatever the rules say of them.",
    "split": "The two reports are kept apart, whatever the rules say of them.",
    "accept": "The incident is marked as reviewed.",
}

UNKNOWN = "It is not known: take out what was read"
UNKNOWN_PLACE = "It is not known: take the incident off the map until somebody knows"

FIELDS = {
    "place": ("Place", "A place by its name or id"),
    "date": ("Day", "2019-06-04, 2019-06, [2019-06-04..2019-06-06] or 2019-06-04/2019-06-06"),
    "killed": ("Killed", "3 or 3-5"),
    "injured": ("Injured", "3 or 3-5"),
    "event_type": ("Event type", "ACLED's, e.g. Battles"),
    "sub_event_type": ("Sub-event type", "ACLED's, e.g. Armed clash"),
    "actor1": ("Who did it", "ACLED-style name"),
    "actor2": ("Who it was done to", "ACLED-style name"),
    "weapon": ("Weapon", "As you would call it"),
}


def page() -> None:
    """Draw the page."""
    session.enter("review")
    work = session.work()
    session.warn(work.problems)
    if not work.collection["features"]:
        session.empty(
            "Nothing to review", "There are no incidents yet. They are found in articles.", "articles", "Add an article"
        )
        return
    chosen = selection.find(work.collection["features"], selection.current())
    left, right = st.columns([10, 9] if chosen else [13, 7], gap="large")
    with left:
        st.subheader("Decide about a report", anchor=False)
        sites = _incident(work)
        if sites:
            _form(work, sites)
        else:
            selection.tell_if_lost(work.collection["features"])
            _worth_a_look(work)
    with right:
        if sites:
            with st.container(border=True):
                st.html(card.card(sites, session.colour(sites[0]["properties"])))
        decisions.table(work)


def _incident(work: session.Work) -> list[Feature]:
    """Ask for an incident; its sites, none before one is chosen."""
    features = work.collection["features"]
    ids = list(dict.fromkeys(f["properties"]["incident_id"] for f in features))
    sites = selection.find(features, selection.current())
    asked = sites[0]["properties"]["incident_id"] if sites else None
    incident = st.selectbox(
        "Incident",
        ids,
        index=ids.index(asked) if asked in ids else None,
        format_func=lambda i: _title(selection.find(features, i)),
        placeholder="Choose or type to search",
        help="Or press “Report an error” beside an incident on the map.",
    )
    return selection.find(features, incident)


def _worth_a_look(work: session.Work) -> None:
    doubts = work.doubts
    if not doubts:
        session.hint(
            "Nothing is in doubt",
            "No sources differ and no two incidents are nearly the same. Choose any incident above to correct it.",
        )
        return
    st.markdown("**Worth a look first**")
    st.caption("Incidents whose sources differ, that were nearly one with another, or that were united narrowly.")
    titles = {i: _title(selection.find(work.collection["features"], i)) for i in {d.incident for d in doubts}}
    rows = [{"Incident": titles[d.incident], "Why": d.why} for d in doubts]
    picked = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="doubts",
        height=table.height(rows, 640),
        column_config={"Incident": st.column_config.TextColumn(width=330)},
    )["selection"]["rows"]
    if picked:
        selection.choose(
            selection.find(work.collection["features"], doubts[picked[0]].incident)[0]["properties"]["site_id"]
        )
        st.rerun()


def _form(work: session.Work, sites: list[Feature]) -> None:
    sources = card.each_source(sites)
    turn = st.session_state.setdefault(
        "decision-round", 0
    )  # what is saved empties the form: another round is another form
    report = st.selectbox("Report", sources, format_func=_source_title, key=f"report-of-{sites[0]['id']}")
    decision = st.pills("Decision", list(DECISIONS), format_func=DECISIONS.__getitem__, key="decision")
    if not decision:
        st.caption("Say first what you found. Nothing is chosen for you, and each decision can be taken back.")
        return
    st.caption(MEANING[decision])
    field, value, other = "", "", ""
    lacks: list[str] = []
    if decision == "correct":
        picked = st.selectbox(
            "What is wrong",
            list(FIELDS),
            None,
            lambda f: FIELDS[f][0],
            key=f"field-{turn}",
            placeholder="Choose a field",
        )
        field = picked or ""
        right = _value(work, str(report["report_id"]), field, turn) if field else None
        value = right or ""
        lacks += [] if right is not None else ["say what is right" if field else "say what is wrong"]
    elif decision == "merge":
        other = _merge_with(work, report, sources)
        lacks += [] if other else ["choose the other report"]
    elif decision == "split":
        other = _split_from(work, report, sources)
    who = st.text_input("Your name or initials", key="who", persist_state="session")
    why = st.text_input("Why", placeholder="What you know, and from where", key=f"why-{turn}")
    if not st.button("Save the decision", type="primary", icon=":material/save:", key="decide"):
        return
    lacks += [] if who.strip() else ["say who decides"]
    lacks += [] if why.strip() else ["say why: others can then judge it"]
    if lacks:
        st.error(f"Nothing is saved yet. Please {'; '.join(lacks)}.", icon=":material/edit_note:")
        return
    _save(
        Review(
            str(report["report_id"]), decision, field, value.strip(), other, who.strip(), session.today(), why.strip()
        )
    )


def _save(review: Review) -> None:
    try:
        new = session.project().decide(review)
    except (BadInput, OSError) as error:
        session.failed(error)
        return
    st.session_state["decision-round"] += 1
    st.toast(
        "Saved; it holds on every rebuild." if new else "This decision is in force already.", icon=":material/check:"
    )
    st.rerun()


def _value(work: session.Work, report: str, field: str, turn: int) -> str | None:
    """Ask for what is right, with the choices where there is a list of them; '' is "not known", None that nothing fits yet."""
    st.caption(f"Now: {words.plain(_now(work.reports[report], field)) or 'not known'}")
    key = f"right-{field}-{turn}"
    lists = {"event_type": EVENT_TYPES, "sub_event_type": tuple(EVENT_TYPE_OF)}
    if field in lists:
        listed: str | None = st.selectbox("What is right", lists[field], None, key=key, placeholder="Choose")
        return listed
    unknown = st.session_state.get(f"unknown-{turn}", False)
    said = st.text_input("What is right", placeholder=FIELDS[field][1], key=key, disabled=unknown)
    if st.checkbox(UNKNOWN_PLACE if field == "place" else UNKNOWN, key=f"unknown-{turn}"):
        return ""
    said = said.strip()
    if field != "place" or not said or work.gazetteer.place(said):
        return said or None
    found = {place.id: place for place in might_mean(said, work.gazetteer)[0]}
    if not found:
        st.warning(f"No place is called “{words.plain(said)}”. Add it first.", icon=":material/wrong_location:")
        st.page_link(pages()["places"], label="Add a place", icon=":material/add_location_alt:")
        return None
    return str(st.selectbox("Which one", list(found), format_func=lambda i: _place(found[i]), key=f"{key}-id"))


def _now(report: Report, field: str) -> str:
    """What a report says of a field, as it stands now."""
    if field == "place":
        return report.where.name if isinstance(report.where, Unresolved) else report.where.place.name
    if field == "date":
        return report.when.edtf if report.when else ""
    if field in ("event_type", "sub_event_type"):
        return str(getattr(report, field))
    said = getattr(report.details, field)
    return said.name if isinstance(said, Actor) else str(said or "")


def _place(place: Place) -> str:
    return f"{place.name}, {place.admin1 or place.feature_code}, {place.country} ({place.lat:.2f}, {place.lon:.2f})"


def _merge_with(work: session.Work, report: Source, sources: list[Source]) -> str:
    """Ask for the report of the same event, the likeliest first, and say what speaks for it; '' before one is chosen."""
    others = {str(s["report_id"]): s for s in card.each_source(work.collection["features"])}
    mine = {str(s["report_id"]) for s in sources}
    this = work.reports[str(report["report_id"])]
    near = likeness.nearest(this, (work.reports[i] for i in others if i not in mine))
    weighed = {other.id: evidence for other, evidence in near}
    picked = st.selectbox(
        "The other report, the likeliest first",
        list(weighed),
        index=None,
        format_func=lambda i: _source_title(others[i]),
        placeholder="Choose or type to search",
    )
    if picked:
        st.html(likeness.reasons(weighed[picked]))
    return picked or ""


def _split_from(work: session.Work, report: Source, sources: list[Source]) -> str:
    """Ask which report of the incident is of another event, and say why the two were united; '' is all others."""
    this = str(report["report_id"])
    rest = [s for s in sources if s["report_id"] != this]
    if not rest:
        st.info("This incident has one report only; there is nothing to part it from.", icon=":material/call_split:")
        return ""
    picked = st.selectbox("From", [None, *rest], format_func=lambda s: _source_title(s) if s else "all other reports")
    for source in [picked] if picked else rest:
        st.html(f'<p class="cm-with">{escape(_source_title(source))}</p>')
        st.html(likeness.reasons(weigh(work.reports[this], work.reports[str(source["report_id"])])))
    return str(picked["report_id"]) if picked else ""


def _title(sites: list[Feature]) -> str:
    p = sites[0]["properties"]
    return f"{p.get('date_start') or 'no day'} · {p.get('title')}"


def _source_title(source: Source) -> str:
    quote = str(source.get("quote") or "")
    return f"{source.get('publisher') or source.get('title')}, {words.day(source.get('published'))}: {quote[:90]}"
