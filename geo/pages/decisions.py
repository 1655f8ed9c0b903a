"""The decisions that people made about reports, the last first, each with its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo.decisions.reviews import in_force
from geo.model import Review
from geo.pages import pages, session, words

MOST_CAUSES = 3  # told in a warning; the table has all
STATES = "“replaced”: a later decision about the same thing holds. “waits”: its report or its place is not there now."


def table(work: session.Work) -> None:
    """Draw the list, with a way to take one back."""
    st.subheader("Decisions", anchor=False)
    if work.result.orphans:
        st.warning(
            f"{words.plural(len(work.result.orphans), 'decision waits', 'decisions wait')} and nothing is lost: each holds "
            f"again once its cause is gone. {_causes(work.result.orphans)}",
            icon=":material/link_off:",
        )
    if not work.reviews:
        session.hint(
            "Nobody has decided anything yet",
            "A decision is kept in data/reviews.csv, holds on every rebuild, and can be taken back here.",
        )
        return
    latest_first = work.reviews[::-1]
    picked = st.dataframe(
        _rows(work, latest_first),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="decisions",
        column_config={
            "Decision": st.column_config.TextColumn(width=150),
            "State": st.column_config.TextColumn(width=75, help=STATES),
            "Report": st.column_config.TextColumn(width=150),
        },
    )["selection"]["rows"]
    if picked and st.button("Take this decision back", icon=":material/undo:"):
        session.project().withdraw(latest_first[picked[0]])
        st.rerun()
    st.page_link(pages()["incidents"], label="All incidents", icon=":material/table_rows:")


def _causes(orphans: Sequence[tuple[Review, str]]) -> str:
    causes = list(dict.fromkeys(reason for _, reason in orphans))
    more = f"; and {len(causes) - MOST_CAUSES} more" if len(causes) > MOST_CAUSES else ""
    return f"Why: {words.plain('; '.join(causes[:MOST_CAUSES]) + more)}."


def _rows(work: session.Work, reviews: Sequence[Review]) -> list[dict[str, str]]:
    """Decisions as rows of a table: what each says, and whether it is in force, replaced by a later one, or waits for what."""
    waits, holds = dict(work.result.orphans), in_force(work.reviews)
    return [
        {
            "Decision": _said(work, r),
            "State": "waits" if r in waits else "in force" if r in holds else "replaced",
            "Report": work.report_titles.get(r.report_id, r.report_id),
            "Who": r.who,
            "Why": r.why,
            "When": r.when,
            **({"What it waits for": waits.get(r, "")} if waits else {}),
        }
        for r in reviews
    ]


def _said(work: session.Work, review: Review) -> str:
    """A decision in words, with names in place of ids where they are known."""
    place = work.gazetteer.place(review.value) if review.field == "place" else None
    value = f"{place.name} ({place.country})" if place else review.value
    return str(
        replace(
            review, value=value, other_report_id=work.report_titles.get(review.other_report_id, review.other_report_id)
        )
    )
