"""An article as its reader sees it: the text with what was found in it marked, and what was passed over with its reason."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from geo.model import Actor, Article, Dropped, LeftOut, Report, Span, Toponym, Unresolved, Where, in_words
from geo.pages import words
from geo.pages.marks import Mark, marked
from geo.pipeline import Reading
from geo.published import write_published

UNSEEN = ("front matter", "byte order mark")  # bookkeeping of the file, no part of what a reader reads

_COLUMNS = {
    "#": st.column_config.NumberColumn(width=35),
    "Day": st.column_config.TextColumn(width=95),
    "Event": st.column_config.TextColumn(width=140),
    "Place": st.column_config.TextColumn(width=110),
    "How sure of it": st.column_config.TextColumn(width=230),
    "Killed": st.column_config.TextColumn(width=70),
    "Injured": st.column_config.TextColumn(width=70),
}

LEGEND = (
    ("passage", "passage of an incident"),
    ("event", "what happened"),
    ("date", "when"),
    ("place", "where"),
    ("open", "place not resolved"),
    ("killed", "how many"),
    ("actor1", "who"),
    ("dropped", "seen, and no incident"),
    ("leftout", "not part of the account"),
)


def show(article: Article, found: Reading) -> None:
    """Draw an article with its marks, its incidents, and what was passed over."""
    st.html(heading(article, write_published(article.published)))
    st.html(legend())
    st.html(text(article, marks(article, found)))
    if found.reports:
        st.markdown(f"**{words.plural(len(found.reports), 'incident')} found**")
        st.caption("Numbered as in the text, with what each says. Point at a mark to see why it is one.")
        st.dataframe(
            [_row(number, report) for number, report in enumerate(found.reports, start=1)],
            hide_index=True,
            placeholder="",
            column_config=_COLUMNS,
        )
    else:
        st.info("No incident was found in this text.", icon=":material/search_off:")
    if passed := passed_over(found):
        st.markdown(f"**{words.plural(len(passed), 'passage')} passed over**")
        st.dataframe(
            [{"Words": (d.trigger or d.span).of(article.text), "Why it is no incident": d.reason} for d in passed],
            hide_index=True,
        )


def passed_over(found: Reading) -> list[Dropped]:
    """What looked like an incident and is none, without the bookkeeping of the file."""
    return [d for d in found.dropped if d.reason not in UNSEEN]


def _row(number: int, report: Report) -> dict[str, Any]:
    where, d = report.where, report.details
    place = where.name if isinstance(where, Unresolved) else where.place.name
    return {
        "#": number,
        "Day": report.when.edtf if report.when else "not known",
        "Event": report.sub_event_type,
        "Place": place,
        "How sure of it": sureness(where),
        "Killed": str(d.killed or ""),
        "Injured": str(d.injured or ""),
        "Actor": _actor(d.actor1),
        "Against": _actor(d.actor2),
        "Hedged": ", ".join(dict.fromkeys(hedge for hedge, _ in report.hedges)),
    }


def sureness(where: Where | Unresolved) -> str:
    """How exactly a place is known, and why not more so: "Xana is not in the gazetteer; placed in Ombo; somewhere in the province"."""
    if isinstance(where, Unresolved):
        return f"not on the map: {where.why or 'the place is open'}"
    return "; ".join(part for part in (where.inferred, words.WHERE_PREC[where.where_prec]) if part)


def _actor(actor: Actor | None) -> str:
    return words.party(actor.name, inferred=actor.inferred) if actor else ""


def legend() -> str:
    """What each mark means, as HTML."""
    items = "".join(f'<span><mark class="cm-{kind}">{label}</mark></span>' for kind, label in LEGEND)
    return f'<div class="cm-legend">{items}</div>'


def heading(article: Article, published: str) -> str:
    """Title, publisher, author and day; a brief says that its words are ours."""
    by = " · ".join(escape(part) for part in (article.publisher, article.author, words.day(published)) if part)
    title = escape(article.title or article.id)
    if article.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(article.url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    ours = ""
    if article.kind == "brief":
        ours = f'<span class="cm-badge">our paraphrase of {escape(article.publisher or "the source")}, not its words</span>'
    undated = "" if article.published else "<small>No day of publication: “yesterday” and its like stay open.</small>"
    return f'<div class="cm-card"><h3>{title}</h3><small>{by}</small>{undated}{ours}</div>'


def text(article: Article, marks: list[Mark]) -> str:
    """The article's text with its marks, without the bookkeeping at its head, as HTML."""
    hidden = [part.span for part in article.left_out if part.reason in UNSEEN]
    start = max((span.end for span in hidden), default=0)
    body = article.text[start:]
    return f'<div class="cm-text">{marked(body.strip(), marks, start + len(body) - len(body.lstrip()))}</div>'


def marks(article: Article, found: Reading) -> list[Mark]:
    """Every mark of an article, each with the reason that shows on hover."""
    all_marks = [m for number, report in enumerate(found.reports, start=1) for m in _of_report(number, report)]
    all_marks += [_of_toponym(t) for t in found.toponyms if not t.mention.demonym]
    all_marks += [_mark(d.trigger or d.span, "dropped", f"no incident: {d.reason}") for d in passed_over(found)]
    return all_marks + [_of_left_out(part) for part in article.left_out if part.reason not in UNSEEN]


def _of_report(number: int, report: Report) -> list[Mark]:
    name = report.sub_event_type
    found = [_mark(span, "passage", name) for span in (*report.passages, report.evidence)]
    event = f"incident {number}, {name}: {report.event_type}"
    found.append(Mark(report.trigger.start, report.trigger.end, "event", event, str(number)))
    if report.when:
        found += [_mark(span, "date", f"{name}: {report.when.edtf}") for span in report.when.words]
    where = report.where
    if isinstance(where, Unresolved):
        found += [
            _mark(span, "open", f"{name}: {where.name} is not resolved. {where.why}".strip()) for span in where.words
        ]
    else:
        prec = words.WHERE_PREC[where.where_prec]
        found += [_mark(span, "place", f"{name}: {where.place.name}, {prec}") for span in where.words]
    return found + _of_details(report)


def _of_details(report: Report) -> list[Mark]:
    d, name = report.details, report.sub_event_type
    found = []
    for kind, count in (("killed", d.killed), ("injured", d.injured)):
        found += [_mark(span, kind, f"{name}: {count} {kind}") for span in (count.words if count else ())]
    for kind, actor in (("actor1", d.actor1), ("actor2", d.actor2)):
        found += [_mark(span, kind, f"{name}: {actor.name}") for span in actor.words] if actor else []
    if d.weapon_words:
        found.append(_mark(d.weapon_words, "weapon", f"{name}: {d.weapon}"))
    return found + [_mark(span, "hedge", f"{name}: {hedge}") for hedge, span in report.hedges]


def _of_toponym(t: Toponym) -> Mark:
    if t.place is None:
        might = ", ".join(f"{c.place.name} ({c.place.country})" for c in t.rivals[:3])
        return _mark(t.span, "open", f"{t.mention.name} is not resolved" + (f"; might be {might}" if might else ""))
    why = ", ".join(reason for reason, weight in in_words(t.evidence) if weight > 0)
    return _mark(t.span, "name", f"{t.place.name}, {t.place.country}" + (f": {why}" if why else ""))


def _of_left_out(part: LeftOut) -> Mark:
    return _mark(part.span, "leftout", f"left out: {part.reason}")


def _mark(span: Span, kind: str, reason: str) -> Mark:
    return Mark(span.start, span.end, kind, reason)
