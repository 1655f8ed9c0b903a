"""Adding an article: read it, look at what was found in it and what it would change, then keep it or not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.model import Article, BadInput
from geo.pages import filters, pages, reading, selection, session, words
from geo.pipeline import Reading
from geo.published import parse_published
from geo.read import read_file, read_text

LONGEST = 200_000  # characters; a long report has as many, and is read in seconds
DRAFT = "draft"  # the name of what is not kept yet
CLOSED_TAG = re.compile(r"</(?:p|div|article|section|main|body|html|h[1-6]|span|li)\s*>", re.IGNORECASE)
HELP = "As precise as it is known: 2019-06-05, 2019-06 or 2020. “Yesterday” in the text is counted from it."


def form(work: session.Work) -> None:
    """Draw the form and, once the text was read, its preview."""
    st.session_state.setdefault("draft-round", 0)
    left, right = st.columns([7, 11], gap="medium")
    with left:
        _form()
    with right:
        _kept(work)
        draft: Article | None = st.session_state.get("draft")
        if draft:
            _preview(work, draft)
        else:
            session.hint(
                "Nothing is kept before you have seen it",
                "Paste a text and press “Read it”: each incident that was found shows here with the words that say so, "
                "and what was passed over with its reason.",
            )


def _kept(work: session.Work) -> None:
    """Say what was kept last, and lead to where it is now."""
    said = st.session_state.get("kept")
    if not said:
        return
    article_id, title, number = said
    st.success(f"Kept “{words.plain(title)}” with {words.plural(number, 'incident')}.", icon=":material/check:")
    sites = [
        f for f in work.collection["features"] if any(s["article_id"] == article_id for s in f["properties"]["sources"])
    ]
    if sites and st.button("See them on the map", icon=":material/map:", key="see-kept"):
        del st.session_state["kept"]
        filters.keep_all()
        selection.choose(None)
        st.switch_page(pages()["map"], query_params=filters.around(sites))


def _form() -> None:
    turn = st.session_state["draft-round"]  # another round is another, empty form
    with st.form(f"article-{turn}", border=False):
        text = st.text_area("Text", height=230, placeholder="Paste the article here …", key=f"text-{turn}")
        upload = st.file_uploader("or a file", type=["txt", "md", "html", "htm"], key=f"file-{turn}")
        title = st.text_input("Title", key=f"title-{turn}")
        a, b = st.columns(2)
        publisher = a.text_input("Publisher", key=f"publisher-{turn}")
        published = b.text_input("Published", placeholder="2019-06-05", help=HELP, key=f"published-{turn}")
        url = st.text_input("Address", placeholder="https://…", key=f"url-{turn}")
        if not st.form_submit_button("Read it", type="primary", icon=":material/search:"):
            return
    st.session_state["draft"] = st.session_state["kept"] = None  # what was read before is not this text
    try:
        days = parse_published(published) if published.strip() else None
    except ValueError as error:
        st.error(words.plain(str(error)), icon=":material/event_busy:")
        return
    about = {"title": title.strip(), "publisher": publisher.strip(), "url": url.strip()}
    try:
        draft = _read(text, upload, about, days)
    except BadInput as error:
        name = upload.name if upload else "The text"
        for problem in error.problems:
            said = f"{problem.reason} ({problem.cure})".replace(DRAFT, Path(name).stem)
            st.error(words.plain(said if name in said else f"{name}: {said}"), icon=":material/error:")
        return
    if len(draft.text) > LONGEST:
        st.error(
            f"This has {len(draft.text):,} characters; an article has some thousands. Read one article at a time: "
            f"more than {LONGEST:,} would keep you waiting for minutes.",
            icon=":material/content_cut:",
        )
        return
    st.session_state["draft"] = draft


def _read(text: str, upload: UploadedFile | None, about: dict[str, str], days: tuple[date, date] | None) -> Article:
    """Make an article of what was pasted or uploaded; BadInput says what is wrong with it."""
    if upload is None and not _is_markup(text):
        return read_text(text, id=DRAFT, published=days, **about)  # type: ignore[arg-type]  # `about` holds no kind
    with TemporaryDirectory() as folder:
        ending = Path(upload.name).suffix.lower() if upload else ".html"
        path = Path(folder) / f"{DRAFT}{ending}"
        path.write_bytes(upload.getvalue() if upload else text.encode("utf-8", "replace"))
        return read_file(path, published=days, **about)  # type: ignore[arg-type]


def _is_markup(text: str) -> bool:
    """Whether a pasted text is a web page's source: it starts with a tag and closes one."""
    return text.lstrip().startswith("<") and CLOSED_TAG.search(text) is not None


def _preview(work: session.Work, draft: Article) -> None:
    with st.spinner("Reading …"):
        found = session.read(draft)
    number = len(found.reports)
    with st.container(horizontal=True, vertical_alignment="center", key="preview"):
        st.markdown(f"**{words.plural(number, 'incident')} found**{_news(work, found)}", width="content")
        keep = st.button("Keep", type="primary", icon=":material/save:", key="keep")
        if st.button("Discard", icon=":material/delete:", key="discard"):
            _forget()
            st.rerun()
    if keep:
        try:
            kept = session.keep_article(draft)
        except (BadInput, OSError) as error:
            session.failed(error)
        else:
            _forget()
            st.session_state["kept"] = (kept.id, kept.title or kept.id, len(found.reports))
            st.rerun()
    if draft.published is None:
        st.warning("No day of publication was given: days like “yesterday” stay open.", icon=":material/event_busy:")
    reading.show(draft, found)


def _news(work: session.Work, found: Reading) -> str:
    """How many of the draft's incidents are told by a kept article too."""
    after = session.result_of((*work.result.readings, found), work.reviews, work.gazetteer)
    ours = {r.id for r in found.reports}
    known = sum(1 for i in after.incidents if ours & set(i.reports) and set(i.reports) - ours)
    return f", {known} of them told by articles that are kept already" if known else ""


def _forget() -> None:
    st.session_state["draft"] = None
    st.session_state["draft-round"] += 1
