"""The Review page: what people decided about reports, and a form to accept, reject, merge, split or correct one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.model import BadInput, Place, Review, ReviewDecision
from geo.pages import card, pages, selection, session, words
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

FIELDS = {
    "place": ("Place", "A place by its name or id; empty if it is not known"),
    "date": ("Day", "2019-06-04, 2019-06, [2019-06-04..2019-06-06] or 2019-06-04/2019-06-06; empty if not known"),
    "killed": ("Killed", "3 or 3-5; empty if no source says"),
    "injured": ("Injured", "3 or 3-5; empty if no source says"),
    "event_type": ("Event type", "ACLED's, e.g. Battles"),
    "sub_event_type": ("Sub-event type", "ACLED's, e.g. Armed clash"),
    "actor1": ("Who did it", "ACLED-style name; empty if not known"),
    "actor2": ("Who it was done to", "ACLED-style name; empty if not known"),
    "weapon": ("Weapon", "As you would call it; empty if not known"),
}


def page() -> None:
    """Draw the page."""
    session.enter("review")
    work = session.work()
    session.warn(work.problems)
    left, right = st.columns([10, 9], gap="large")
    with left:
        _decide(work)
    with right:
        _decisions(work)


def _decide(work: session.Work) -> None:
    features = work.collection["features"]
    if not features:
        session.empty(
            "Nothing to review", "There are no incidents yet. They are found in articles.", "articles", "Add an article"
        )
        return
    st.subheader("Decide about a report", anchor=False)
    ids = list(dict.fromkeys(f["properties"]["incident_id"] for f in features))
    sites = selection.find(features, selection.current())
    asked = sites[0]["properties"]["incident_id"] if sites else None
    incident = st.selectbox(
        "Incident",
        ids,
        index=ids.index(asked) if asked in ids else None,
        format_func=lambda i: _title(selection.find(features, i)),
        placeholder="Choose or type to search",
    )
    sites = selection.find(features, incident)
    if not sites:
        st.caption("Choose the incident that is wrong, or press “Report an error” beside it on the map.")
        return
    _form(work, sites)
    with st.expander("What is known about it", icon=":material/format_quote:"):
        st.html(card.card(sites, session.colour(sites[0]["properties"])))


def _form(work: session.Work, sites: list[Feature]) -> None:
    sources = card.each_source(sites)
    report = st.selectbox("Report", sources, format_func=_source_title, key=f"report-of-{sites[0]['id']}")
    decision = st.segmented_control(
        "Decision", list(DECISIONS), format_func=DECISIONS.__getitem__, default="correct", required=True, key="decision"
    )
    field, value, other = "", "", ""
    if decision == "correct":
        field = st.selectbox("What is wrong", list(FIELDS), format_func=lambda f: FIELDS[f][0])
        value = _value(work, field)
    elif decision in ("merge", "split"):
        other = _other(work, report, sources, decision)
    who = st.text_input("Your name or initials", key="who", persist_state="session")
    why = st.text_input("Why", placeholder="What you know, and from where", key="why")
    if not st.button("Save the decision", type="primary", icon=":material/save:", key="decide") or not decision:
        return
    review = Review(
        str(report["report_id"]), decision, field, value.strip(), other, who.strip(), session.today(), why.strip()
    )
    try:
        new = session.project().decide(review)
    except (BadInput, OSError) as error:
        session.failed(error)
        return
    st.toast(
        "Saved; it holds on every rebuild." if new else "This decision is in force already.", icon=":material/check:"
    )
    st.rerun()


def _value(work: session.Work, field: str) -> str:
    """Ask for what is right, with the choices where there is a list of them; '' is "not known"."""
    lists = {"event_type": EVENT_TYPES, "sub_event_type": tuple(EVENT_TYPE_OF)}
    if field in lists:
        return str(st.selectbox("What is right", lists[field], key=f"right-{field}"))
    said = st.text_input("What is right", placeholder=FIELDS[field][1], help=FIELDS[field][1], key=f"right-{field}")
    if field != "place" or not said.strip() or work.gazetteer.place(said.strip()):
        return said
    found = {c.place.id: c.place for c in (*work.gazetteer.lookup(said), *work.gazetteer.fuzzy(said))}
    if not found:
        st.caption("No place is called so. Add it on the Places page first.")
        return said
    return str(st.selectbox("Which one", list(found), format_func=lambda i: _place(found[i]), key="right-place-id"))


def _place(place: Place) -> str:
    return f"{place.name}, {place.admin1 or place.feature_code}, {place.country} ({place.lat:.2f}, {place.lon:.2f})"


def _other(work: session.Work, report: Source, sources: list[Source], decision: str) -> str:
    """The report to merge with or to split from; '' is all others."""
    if decision == "split":
        rest = [s for s in sources if s["report_id"] != report["report_id"]]
        picked = st.selectbox(
            "From", [None, *rest], format_func=lambda s: _source_title(s) if s else "all other reports"
        )
    else:
        features = work.collection["features"]
        mine = {s["report_id"] for s in sources}
        rest = [s for s in card.each_source(features) if s["report_id"] not in mine]
        picked = st.selectbox(
            "The other report", rest, index=None, format_func=_source_title, placeholder="Type to search"
        )
    return str(picked["report_id"]) if picked else ""


def _title(sites: list[Feature]) -> str:
    p = sites[0]["properties"]
    return f"{p.get('date_start') or 'no day'} · {p.get('title')}"


def _source_title(source: Source) -> str:
    quote = str(source.get("quote") or "")
    return f"{source.get('publisher') or source.get('title')}, {words.day(source.get('published'))}: {quote[:90]}"


def _decisions(work: session.Work) -> None:
    st.subheader("Decisions", anchor=False)
    if work.result.orphans:
        st.warning(
            f"{words.plural(len(work.result.orphans), 'decision')} waits for a report that is not there now. "
            "Nothing is lost: it holds again when the report returns.",
            icon=":material/link_off:",
        )
    if not work.reviews:
        st.info("Nobody has decided anything yet. A decision is kept in data/reviews.csv and survives every rebuild.")
        return
    waits = dict(work.result.orphans)
    rows = [
        {
            "Decision": r.decision,
            "What": f"{r.field}: {r.value or 'not known'}" if r.field else r.other_report_id,
            "Report": work.report_titles.get(r.report_id, r.report_id),
            "Who": r.who,
            "When": r.when,
            "Why": r.why,
            "Waits": waits.get(r, ""),
        }
        for r in work.reviews
    ]
    picked = st.dataframe(rows, hide_index=True, on_select="rerun", selection_mode="single-row", key="decisions")[
        "selection"
    ]["rows"]
    if picked and st.button("Take this decision back", icon=":material/undo:"):
        session.project().withdraw(work.reviews[picked[0]])
        st.rerun()
    st.page_link(pages()["incidents"], label="All incidents", icon=":material/table_rows:")
