"""The Articles page: what was read, with everything found in it marked, and a way to add an article after a look at it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geo.pages import drafts, reading, session
from geo.published import write_published

TABS = ("Articles", "Add an article")

_LATE = date.max  # articles without a day of publication stand last

_COLUMNS = {
    "Published": st.column_config.TextColumn(width=95),
    "Title": st.column_config.TextColumn(width=235),
    "Found": st.column_config.NumberColumn(width=60, help="Incidents that it reports"),
    "Passed over": st.column_config.NumberColumn(width=95, help="Passages that look like an incident and are none"),
    "Publisher": st.column_config.TextColumn(width=130),
    "Words": st.column_config.TextColumn(width=110, help="Whose words are stored: the publisher's, or our paraphrase"),
}


def page() -> None:
    """Draw the page."""
    session.enter("articles")
    work = session.work()
    session.warn(work.problems)
    first = TABS[1] if st.query_params.get("add") or not work.articles else TABS[0]
    kept, add = st.tabs(list(TABS), default=first)
    with kept:
        if work.articles:
            _kept(work)
        else:
            session.hint("No article is kept yet", "Add one in the next tab: paste its text or upload a file.")
    with add:
        drafts.form(work)


@st.fragment
def _kept(work: session.Work) -> None:
    ids = sorted(work.articles, key=lambda i: (work.articles[i].published or (_LATE, _LATE), i))
    left, right = st.columns([7, 11], gap="medium")
    with left:
        rows = [_row(work, i) for i in ids]
        picked = st.dataframe(
            rows,
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key="articles",
            column_config=_COLUMNS,
        )["selection"]["rows"]
        asked = st.query_params.get("article")
        if asked and asked not in ids:
            st.info("The article that this address asks for is not kept here.", icon=":material/link_off:")
        chosen = ids[picked[0]] if picked else asked if asked in ids else ids[0]
    with right:
        article = work.articles[chosen]
        reading.show(article, work.readings[chosen])


def _row(work: session.Work, article_id: str) -> dict[str, Any]:
    article, found = work.articles[article_id], work.readings[article_id]
    return {
        "Published": write_published(article.published),
        "Title": article.title or article.id,
        "Found": len(found.reports),
        "Passed over": len(reading.passed_over(found)),
        "Publisher": article.publisher,
        "Words": "our paraphrase" if article.kind == "brief" else "original",
    }
