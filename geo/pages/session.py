"""What the pages work on: the project on disk and what the pipeline makes of it, computed once and shared by sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from geo import pipeline
from geo.details import actors
from geo.details.actor_list import ActorList
from geo.draw import COLOURS, prepare
from geo.export import feature_collection
from geo.model import Article, BadInput, Problem, Report, Review
from geo.pages import selection, words
from geo.pages.likeness import Doubt, doubts
from geo.pipeline import Reading, Result
from geo.places.gazetteer import Gazetteer
from geo.shapes import load_areas
from geo.store import ARTICLES, ORIGINALS, REVIEWS, Project

Collection = dict[str, Any]
Stamp = tuple[tuple[str, int, int], ...]  # path, nanoseconds of the last change, bytes: of every file that matters

OTHER_COLOUR = "#8c8c8c"


@dataclass(frozen=True)
class Work:
    """One state of the project's files and everything made of it. Never changed in place: the map keeps it by identity."""

    gazetteer: Gazetteer
    result: Result
    reviews: tuple[Review, ...]
    problems: tuple[Problem, ...]
    collection: Collection

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Every article by its id."""
        return {a.id: a for a in self.result.articles}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """What was found in each article, by its id."""
        return {r.article.id: r for r in self.result.readings}

    @cached_property
    def reports(self) -> dict[str, Report]:
        """Every report that is in an incident, by its id."""
        return {r.id: r for r in self.result.reports}

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The incidents that are worth a reviewer's look."""
        return doubts(self.result)

    @cached_property
    def report_titles(self) -> dict[str, str]:
        """A line for a reader by report id."""
        return {
            r.id: f"{r.sub_event_type}, {r.when.edtf if r.when else 'no day'}, {self.articles[r.article].publisher}"
            for r in (*self.result.reports, *self.result.rejected)
        }


# ------------------------------------------------------------------------------------------------------ loading


def project() -> Project:
    """The project of the folder that the app was started in."""
    return Project()


def work() -> Work:
    """The project as it is on disk now; what has not changed is not computed again."""
    here = project()
    files = [here.path(ARTICLES), here.root / ORIGINALS, here.path(REVIEWS)]
    return _work(here, gazetteer(here), stamp([*files, here.gazetteer]))


def gazetteer(here: Project) -> Gazetteer:
    """The gazetteer as it is on disk now. The first time on a machine this builds the index of the world's towns."""
    return _gazetteer(str(here.gazetteer), stamp([here.gazetteer]))


def stamp(paths: Sequence[Path]) -> Stamp:
    """What tells whether any file of some files and folders has changed."""
    files = [f for path in paths for f in (sorted(path.iterdir()) if path.is_dir() else [path]) if f.is_file()]
    return tuple((str(f), f.stat().st_mtime_ns, f.stat().st_size) for f in files)


@st.cache_resource(max_entries=2, show_spinner="Loading the gazetteer. The first time takes about a minute …")
def _gazetteer(folder: str, _stamp: Stamp) -> Gazetteer:
    return Gazetteer.load(Path(folder))


@st.cache_resource(show_spinner=False)
def list_of_actors() -> ActorList:
    """The list of actors ships with the tool and does not change under a running app."""
    return actors.load()


@st.cache_resource(max_entries=4000, show_spinner=False)
def _read(state: tuple[object, ...], _article: Article, _gazetteer: Gazetteer) -> Reading:  # noqa: ARG001  # the cache's key
    return pipeline.read(_article, _gazetteer, list_of_actors())


def read(article: Article) -> Reading:
    """Take an article through the stages, once for each state of it and of the gazetteer."""
    here = project()
    facts = (article.id, article.sha256, article.published, article.publisher, article.title, article.kind)
    return _read((*facts, stamp([here.gazetteer])), article, gazetteer(here))


@st.cache_resource(max_entries=3, show_spinner="Reading the articles …", hash_funcs={Project: lambda p: str(p.root)})
def _work(here: Project, _gazetteer: Gazetteer, state: Stamp) -> Work:  # noqa: ARG001  # the cache's key
    found, problems = here.articles()
    decisions, bad = here.reviews()
    readings = tuple(read(article) for article in found)
    result = result_of(readings, decisions, _gazetteer)
    prepare()  # here the page says that it is at work
    return Work(
        _gazetteer, result, decisions, (*problems, *bad, *_gazetteer.problems), collection_of(result, here.gazetteer)
    )


def result_of(readings: Sequence[Reading], decisions: Sequence[Review], known: Gazetteer) -> Result:
    """Merge what some readings report, under the human decisions."""
    readings = tuple(sorted(readings, key=lambda r: r.article.id))
    return pipeline.merged(readings, tuple(r for reading in readings for r in reading.reports), decisions, known.place)


def collection_of(result: Result, folder: Path) -> Collection:
    """The incidents of a result as exported features; `folder` holds the outlines of areas."""
    return feature_collection(result.incidents, result.reports, result.articles, load_areas(folder))


# ------------------------------------------------------------------------------------------------------- changes


def keep_article(draft: Article) -> Article:
    """Write an article that was looked at into the project; raises BadInput or OSError."""
    return project().save_article(
        draft.text,
        title=draft.title,
        publisher=draft.publisher,
        author=draft.author,
        published=draft.published,
        url=draft.url,
        kind=draft.kind,
    )


def today() -> str:
    """The moment of a decision, ISO 8601 in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")


# ------------------------------------------------------------------------------------------- what pages show alike


def enter(name: str) -> bool:
    """Whether this run came from another page."""
    new: bool = st.session_state.get("page") != name
    st.session_state["page"] = name
    if new:
        selection.enter()
    return new


def colour(properties: dict[str, Any]) -> str:
    """The map's colour of an incident."""
    return COLOURS.get(properties.get("event_type") or "", OTHER_COLOUR)


def warn(problems: Sequence[Problem]) -> None:
    """Say what is wrong with the user's files, all at once, folded away: the rest is loaded."""
    if not problems:
        return
    label = f"{words.plural(len(problems), 'problem')} in the project's files; everything else is loaded"
    with st.expander(label, icon=":material/warning:"):
        st.dataframe(
            [
                {"File": p.file, "Row": p.row, "Field": p.field, "What is wrong": p.reason, "How to mend it": p.cure}
                for p in problems
            ],
            hide_index=True,
            placeholder="",
        )


def failed(error: BadInput | OSError, labels: Mapping[str, str] | None = None) -> None:
    """Say why something was not saved; `labels` are what a form calls the fields of a file."""
    lines = [f"could not be written: {error}"]
    if isinstance(error, BadInput):
        named = [((labels or {}).get(p.field or ""), p) for p in error.problems]
        lines = [f"{label}: {p.reason} ({p.cure})" if label else str(p) for label, p in named]
    for line in lines:
        st.error(words.plain(line), icon=":material/error:")


def empty(title: str, text: str, page: str, label: str) -> None:
    """An empty page that says what to do."""
    from geo.pages import pages  # the pages import this module

    with st.container(key="empty", horizontal_alignment="center"):
        st.html(f'<div class="cm-empty"><h2>{escape(title)}</h2><p>{escape(text)}</p></div>')
        st.page_link(pages()[page], label=label, icon=":material/add:", query_params={"add": "1"})


def hint(title: str, text: str) -> None:
    """Fill a place that is empty for now with what will be there and how to fill it."""
    st.html(f'<div class="cm-hint"><b>{escape(title)}</b><p>{escape(text)}</p></div>')


def chosen_line(p: dict[str, Any]) -> str:
    """An incident in one line of HTML."""
    return (
        f'<div class="cm-chosen"><b>{escape(str(p.get("title") or ""))}</b> '
        f"<span>{escape(words.days(p))} · {escape(words.where(p))}</span></div>"
    )
