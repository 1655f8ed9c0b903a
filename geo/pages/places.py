"""The Places page: names that wait for a place, a search, and the editor that adds, edits and retires places."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.decisions.places_edit import history, undo
from geo.decisions.waiting import Waiting, waiting
from geo.model import BadInput, Place
from geo.pages import place_changes, place_editor, session, table, words

MOST_FOUND = 200  # rows of a search

VIEWS = ("Waiting", "Search", "Changes")


def page() -> None:
    """Draw the page."""
    session.enter("places")
    work = session.work()
    session.warn(work.problems)
    place_editor.told()
    left, right = st.columns([9, 10], gap="large")
    with left:
        view = st.segmented_control(
            "Show", VIEWS, default=VIEWS[0], required=True, key="places-view", label_visibility="collapsed"
        )
        {"Waiting": _queue, "Search": _search, "Changes": _changes}[view or VIEWS[0]](work)
    with right:
        place_editor.editor(work)


def _queue(work: session.Work) -> None:
    names = waiting(work.result)
    if not names:
        st.success("Every name that an incident's passage gives has its place.", icon=":material/check_circle:")
        _search(work)
        return
    st.caption(
        f"{words.plural(len(names), 'name')} without a place, the one that would place most incidents first. Until then "
        "each is off the map, or drawn as a wider area or near another place. Pick one to place it."
    )
    picked = st.dataframe(
        [_row(w) for w in names],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"queue-{len(names)}-{names[0].name}",
        height=table.height(names),
        column_config={
            "Name": st.column_config.TextColumn(width=150),
            "Incidents": st.column_config.NumberColumn(width=75, help="That it would put on the map, or more exactly"),
            "Country": st.column_config.TextColumn(width=65),
            "Drawn until then": st.column_config.TextColumn(width=150),
        },
    )["selection"]["rows"]
    chosen = names[picked[0]] if picked and picked[0] < len(names) else None
    if chosen and place_editor.is_new_choice(("waiting", chosen.name)):
        place_editor.begin_waiting(chosen)
    if chosen:
        _reports(work, chosen)


def _row(name: Waiting) -> dict[str, Any]:
    return {
        "Name": name.name,
        "Incidents": len(name.incidents),
        "Country": name.country,
        "Drawn until then": " or ".join(name.instead) or "not on the map",
        "Might be": ", ".join(f"{c.place.name} ({c.place.admin1 or c.place.country})" for c in name.candidates[:3]),
    }


def _reports(work: session.Work, name: Waiting) -> None:
    with st.container(border=True):
        for report in name.reports[:5]:
            article = work.articles[report.article]
            said = " ".join(report.evidence.of(article.text).split())
            st.markdown(f"“{words.plain(said[:300])}”")
            ours = "our paraphrase of " if article.kind == "brief" else ""
            st.caption(f"{ours}{words.plain(article.publisher)}: {words.plain(article.title)}")
        if name.why:
            st.caption(f"Why it has no place: {words.plain(name.why)}")


def _search(work: session.Work) -> None:
    asked = st.text_input("Search", type="search", key="places-q", placeholder="A name, in any spelling", live=True)
    found = _found(work, asked.strip()) if asked.strip() else []
    if not asked.strip():
        places = work.gazetteer.places.values()
        reviewed, unsourced = sum(p.reviewed for p in places), sum(not p.confirmed for p in places)
        st.caption(
            f"{reviewed:,} reviewed places, {unsourced:,} small ones that no source confirms (they say so), and the towns "
            "of the world behind them."
        )
    elif not found:
        st.info(f"No place is called “{words.plain(asked)}”.", icon=":material/search_off:")
    else:
        picked = st.dataframe(
            [
                {
                    "Name": place.name,
                    "Country": place.country,
                    "Province": place.admin1,
                    "Kind": place_changes.KINDS.get(place.feature_code, place.level),
                    "Matched": rung,
                    "Reviewed": "yes" if place.reviewed else "",
                }
                for place, rung in found
            ],
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"found-{asked}",
            height=table.height(found),
        )["selection"]["rows"]
        if picked and place_editor.is_new_choice(("found", found[picked[0]][0].id)):
            place_editor.begin_place(found[picked[0]][0])
    if st.button("New place", icon=":material/add_location_alt:"):
        place_editor.begin_new(asked.strip())


def _found(work: session.Work, asked: str) -> list[tuple[Place, str]]:
    """Places by a name in any spelling, then reviewed ones that hold the letters; each once, with how it matched."""
    found = {c.place.id: (c.place, c.rung) for c in (*work.gazetteer.lookup(asked), *work.gazetteer.fuzzy(asked))}
    folded = asked.casefold()
    for place in work.gazetteer.places.values():
        if folded in place.name.casefold() or folded == place.id:
            found.setdefault(place.id, (place, "part of the name"))
    return list(found.values())[:MOST_FOUND]


def _changes(work: session.Work) -> None:
    done = history(session.project())
    if not done:
        st.info("No place was changed yet. Each change can be undone here.", icon=":material/history:")
        return
    st.dataframe([{"Change": d["what"], "When": d["when"]} for d in done], hide_index=True)
    if st.button(f"Undo: {words.plain(done[0]['what'])}", icon=":material/undo:", key="undo"):
        try:
            what = undo(session.project())
        except (BadInput, OSError) as error:
            session.failed(error)
        else:
            place_editor.tell(work, f"Undone: {what}.")
            st.rerun()
