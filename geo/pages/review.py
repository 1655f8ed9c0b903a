"""The Review page: what people decided about reports, and a form to accept, reject, merge, split or correct one."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from geo.merge.evidence import weigh
from geo.model import BadInput, Place, Review, ReviewDecision
from geo.pages import card, likeness, pages, selection, session, table, words
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
        _decisions(work)


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
    report = st.selectbox("Report", sources, format_func=_source_title, key=f"report-of-{sites[0]['id']}")
    decision = st.segmented_control(
        "Decision", list(DECISIONS), format_func=DECISIONS.__getitem__, default="correct", required=True, key="decision"
    )
    st.caption(MEANING[decision])
    field, value, other = "", "", ""
    if decision == "correct":
        field = st.selectbox("What is wrong", list(FIELDS), format_func=lambda f: FIELDS[f][0])
        value = _value(work, field)
    elif decision == "merge":
        other = _merge_with(work, report, sources)
    elif decision == "split":
        other = _split_from(work, report, sources)
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


def _decisions(work: session.Work) -> None:
    st.subheader("Decisions", anchor=False)
    if work.result.orphans:
        st.warning(
            f"{words.plural(len(work.result.orphans), 'decision')} waits for a report that is not there now. "
            "Nothing is lost: it holds again when the report returns.",
            icon=":material/link_off:",
        )
    if not work.reviews:
        session.hint(
            "Nobody has decided anything yet",
            "A decision is kept in data/reviews.csv, holds on every rebuild, and can be taken back here.",
        )
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
