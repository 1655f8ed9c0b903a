"""Text from articles, places and reviews cannot run: `payloads.jsonl` goes through every field, page and file in a real browser.

`hit` is a function that every frame has and that tells the test it was called. Calling it, opening a dialog or a
window, leaving the page, or asking for anything outside this machine is what a payload must not do.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import ROOT
from steps import BARE_COMPLAINTS, WAIT, complaints, map_frame, pick_row, settle

from benchmarks.synthetic import collection
from geo.decisions.places_edit import plan_edit, save
from geo.decisions.reviews import COLUMNS
from geo.details import actors
from geo.draw import html
from geo.model import Article, Report
from geo.pages import card, reading, session
from geo.pages.marks import Mark
from geo.pipeline import read
from geo.places.gazetteer import Gazetteer
from geo.store import Project

KINDS = [json.loads(line) for line in Path(__file__).with_name("payloads.jsonl").read_text("utf-8").splitlines()]
PAYLOADS = [row["text"] for row in KINDS]
LAYER = "window.incidentLayer"
AREAS = 20  # so many features of the map are drawn as areas
LIVE_AT_LEAST = (
    100  # of the payloads run by themselves where nothing escapes them; the others wait for a click or a context
)

# Elements and attributes that only a payload could have brought into a document: none of ours is like them.
FOREIGN = """() => {
  const bad = [], scheme = /^[\\s\\u0000-\\u0020]*(javascript|vbscript|view-source|feed|data:text|data:image.svg)/i;
  const addresses = ['href', 'src', 'action', 'formaction', 'data', 'srcdoc', 'xlink:href', 'background', 'poster', 'ping'];
  const ours = ['script', 'style', 'link', 'iframe', 'img', 'meta', 'base'];
  const never = ['object', 'embed', 'portal', 'marquee', 'math', 'foreignobject', 'plaintext', 'xmp', 'frameset', 'xss'];
  for (const e of document.querySelectorAll('*')) {
    const tag = e.localName.toLowerCase(), own = e.cloneNode(false).outerHTML || '';
    if (never.includes(tag)) bad.push(own);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) bad.push(own);
      if (addresses.includes(a.name.toLowerCase()) && scheme.test(a.value) && tag !== 'img' && e.rel !== 'shortcut icon') bad.push(own);
    }
    if (ours.includes(tag) && /hit\\(|outside\\.test/.test(own)) bad.push(own);
    if (tag === 'style' && /^[^{}]{0,40}hit\\(|outside\\.test/.test(e.textContent)) bad.push(e.textContent.slice(0, 80));
  }
  return bad;
}"""


class Watch:
    """A tab in which a payload that does anything is noticed."""

    def __init__(self, tab, *, clean: bool = True) -> None:
        self.tab, self.page, self.done, self.clean = tab, tab.page, [], clean
        context = tab.page.context
        context.expose_binding("hit", lambda source, *_: self.done.append(f"ran in {source['frame'].url[:60]}"))
        context.on("page", lambda opened: self.done.append(f"opened {opened.url}"))
        context.on("dialog", self._dismiss)
        tab.page.set_default_timeout(WAIT)

    def _dismiss(self, dialog) -> None:
        self.done.append(f"asked {dialog.message[:60]}")
        dialog.dismiss()

    def nothing_ran(self) -> None:
        """Nothing ran, nothing was asked for, and no frame holds an element of a payload."""
        self.page.wait_for_timeout(200)
        assert self.done == []
        assert self.tab.outside == []
        for frame in self.page.frames:
            assert frame.evaluate(FOREIGN) == [], frame.url[:80]


@pytest.fixture
def watch(open_tab):
    """A watched tab; at its end it has done nothing."""
    watched = Watch(open_tab(1440, 1000))
    yield watched
    watched.nothing_ran()
    assert set(complaints(watched.tab)) <= BARE_COMPLAINTS
    watched.page.context.close()


def payload(number: int) -> str:
    """The payloads in a circle."""
    return PAYLOADS[number % len(PAYLOADS)]


def test_there_are_two_hundred_distinct_payloads_and_they_are_live(open_tab):
    """Put into documents as they are, they do run: the watch would notice."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 200
    tab = open_tab()
    tab.page.context.route("http://bare.test/", lambda r: r.fulfill(content_type="text/html", body="<p>bare</p>"))
    tab.page.on("dialog", lambda d: d.dismiss())
    tab.page.goto("http://bare.test/")
    ran = tab.page.evaluate(
        """async payloads => {
          const ran = new Set();
          const tried = payloads.map((text, i) => new Promise(done => {
            const frame = document.createElement('iframe');
            document.body.append(frame);
            frame.contentWindow.hit = () => ran.add(i);
            window.hit = () => ran.add('by its parent');
            frame.onload = () => setTimeout(done, 600);
            setTimeout(done, 5000);
            frame.contentDocument.write(text);
            frame.contentDocument.close();
          }));
          await Promise.all(tried);
          return [...ran];
        }""",
        PAYLOADS,
    )
    assert len(ran) >= LIVE_AT_LEAST
    assert any("outside.test" in url for url in tab.outside)
    tab.page.context.close()


# ------------------------------------------------------------------------------------------ what Python writes as HTML


def article_of(number: int) -> Article:
    """An article whose every field is a payload, with an incident among more of them."""
    text = f"{payload(number)}\n\nOn 2 May rockets struck Mosul, Iraq, and killed three people. {payload(number + 1)}"
    return Article(
        id=f"a{number}",
        title=payload(number),
        publisher=payload(number + 2),
        author=payload(number + 3),
        url=payload(number),
        text=text,
        published=(date(2031, 5, 20), date(2031, 5, 20)),
        kind="brief" if number % 2 else "original",
    )


def feature_of(number: int) -> dict:
    """A feature whose every text is one payload."""
    text = payload(number)
    names = "title event_type sub_event_type place place_as_written admin1 country actor1 actor2 weapon grade status"
    more = {"date_start": text, "date_end": text, "date_edtf": text, "first_reported": text, "place_inferred": text}
    source = dict.fromkeys("title publisher author quote url report_id kind published".split(), text) | {
        "hedges": [text], "start": 0, "end": len(text),
        "evidence": {text: [{"quote": text, "start": 0, "end": 3}, {"quote": text, "start": 900, "end": 901}]},
    }  # fmt: skip
    found = dict.fromkeys(names.split(), text) | more
    found |= {"incident_id": f"i{number}", "why": [text], "disagreements": [text], "sources": [source]}
    found |= {
        "rivals": [{"name": text, "country": text}],
        "place_evidence": [[text, 1.0]],
        "where_prec": 2,
        "radius_km": 5,
    }
    return {"properties": found, "geometry": None}


def test_what_the_pages_write_is_inert_in_a_bare_document(watch, tmp_path):
    """The cards, lines and marked texts of all payloads in one file without a policy and without Streamlit's own cleaning."""
    parts = []
    for number in range(len(PAYLOADS)):
        article, feature = article_of(number), feature_of(number)
        whole = [Mark(0, len(article.text), payload(number), payload(number)), Mark(2, 9, "place", payload(number))]
        parts += [reading.heading(article, payload(number)), reading.text(article, whole)]
        parts += [card.card([feature, feature], payload(number)), session.chosen_line(feature["properties"])]
    path = tmp_path / "written.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><body>{''.join(parts)}", encoding="utf-8", errors="replace")
    watch.page.goto(path.as_uri())
    assert watch.page.locator(".cm-card").count() == 2 * len(PAYLOADS)
    allowed = "html head meta body div article p i h3 h4 dl dt dd small span b code details summary ul li section blockquote mark a br"
    names = watch.page.evaluate("[...new Set([...document.querySelectorAll('*')].map(e => e.localName))]")
    assert set(names) <= set(allowed.split())


# --------------------------------------------------------------------------------------------------------- the map


def poisoned() -> dict:
    """Every text of every feature is a payload: all of them at points, and some as areas too."""
    made = collection(len(PAYLOADS) + AREAS)
    keep = "date_start date_end event_type first_reported country published published_last site_id incident_id".split()
    for number, feature in enumerate(made["features"]):
        text, p = payload(number), feature["properties"]
        p["where_prec"] = 4 if number >= len(PAYLOADS) else 1
        for holder in (p, *p["sources"]):
            for name, value in holder.items():
                if isinstance(value, str) and name not in keep:
                    holder[name] = text
        p["disagreements"] = p["why"] = [text]
        p["rivals"] = [{"name": text, "country": text, "score": 0.5}]
        p["place_evidence"] = [[text, 1.0]]
        for source in p["sources"]:
            source["evidence"] = {"place": [{"quote": text, "start": 0, "end": len(text)}]}
    return made


def choose_all(watch: Watch, frame) -> int:
    """Open the details of every row in turn, its line under the pointer, and all lists; the number of details shown."""
    watch.page.set_viewport_size({"width": 480, "height": 420})  # fewer pixels to paint anew for each row
    shown = frame.evaluate(
        f"""async () => {{
          const layer = {LAYER}; let shown = 0;
          for (let row = 0; row < layer.incidents.count; row++) {{
            layer._choose(row, false, true);
            await layer.detailsShown;
            shown += document.querySelector('.cm-panel h2') && !document.querySelector('.cm-panel [role=status]') ? 1 : 0;
            layer._fillTip({{rows: [row]}});
          }}
          layer._listAll();
          return shown;
        }}"""
    )
    watch.page.set_viewport_size({"width": 1440, "height": 1000})
    for name in ("Actors", "Sources"):
        frame.locator(".cm-bar summary", has_text=name).click()
        watch.nothing_ran()
    return shown


def test_no_text_runs_in_the_map_as_a_file(watch, tmp_path):
    """The exported file, with all details opened, all lists and the notes of its foot."""
    made = poisoned()
    path = tmp_path / "poisoned.html"
    path.write_text(html(made, title=payload(1), filter_note=payload(20)), encoding="utf-8", errors="replace")
    watch.page.goto(path.as_uri())
    for _ in range(100):
        if watch.page.evaluate(f"!!({LAYER} && {LAYER}.incidents)"):
            break
        watch.page.wait_for_timeout(100)
    assert choose_all(watch, watch.page) == len(made["features"])


# ------------------------------------------------------------------------------------------------------ every page


def _article(number: int) -> dict[str, str]:
    day = 1 + number % 28
    text = f"On {day} May rockets struck Mosul, Iraq, and killed three people, police said. {payload(number)}"
    if number == 0:
        text = "\n\n".join([text, *PAYLOADS])
    return {"title": f"{payload(number)} {number}", "publisher": payload(number + 1), "author": payload(number + 2),
            "url": payload(number), "published": f"2031-05-{day:02}", "text": text}  # fmt: skip


def _write_places(folder: Path) -> list[str]:
    """Put a place with a payload in every free field into the gazetteer for each payload, with an alias; their ids."""
    ids = [f"zz-payload-{n:03}" for n in range(len(PAYLOADS))]
    with (folder / "places.csv").open("a", encoding="utf-8", newline="") as places:
        out = csv.writer(places, lineterminator="\n")
        for n, identity in enumerate(ids):
            more = [payload(n + 3), payload(n + 4), "confirmed", payload(n + 5)]
            out.writerow(
                [
                    identity,
                    f"{payload(n)} {n}",
                    "P.PPL",
                    "IQ",
                    payload(n + 2),
                    29 + n % 16 / 2,
                    40 + n // 16 / 2,
                    5,
                    "",
                    "",
                    *more,
                ]
            )
    with (folder / "names.csv").open("a", encoding="utf-8", newline="") as names:
        out = csv.writer(names, lineterminator="\n")
        for n, identity in enumerate(ids):
            out.writerow([identity, f"{payload(n + 1)} also {n}", "", "variant", "", payload(n + 2)])
    return ids


def _write_reviews(root: Path, reports: list[Report], places: list[str]) -> None:
    """Correct every report to a payload in each free field, by a payload, because of one; and decide about a lost report."""
    rows = []
    for n, report in enumerate(reports):
        right = {"place": places[n], "actor1": payload(n), "actor2": payload(n + 1), "weapon": payload(n + 2)}
        rows += [(report.id, "correct", field, value, "", n) for field, value in right.items()]
    rows += [
        ("0123456789ab", "correct", "actor1", payload(4), "", 1),
        ("nonsense", payload(1), payload(2), payload(3), "", 2),
    ]
    with (root / "data" / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows([*row[:5], payload(row[5] + 3), "2031-06-01", payload(row[5] + 4)] for row in rows)


@pytest.fixture(scope="module")
def bad(index, serve, tmp_path_factory):  # noqa: ARG001
    """The app on a project in which every article, place and review is full of payloads; its address."""
    root = tmp_path_factory.mktemp("bad")
    folder = root / "data" / "articles"
    folder.mkdir(parents=True)
    project = Project(root)
    for number in range(len(PAYLOADS)):
        said = _article(number)
        head = "\n".join(f"{k} = {json.dumps(said[k])}" for k in ("title", "publisher", "author", "url", "published"))
        (folder / f"a{number:03}.md").write_text(f"+++\n{head}\n+++\n\n{said['text']}\n", encoding="utf-8")
    gazetteer = project.own(Path("gazetteer"))
    places = _write_places(gazetteer)
    save(project, plan_edit(gazetteer, places[0], {"note": payload(7)}, [{"name": payload(8)}]), when="2031-06-01")
    known, named = Gazetteer.load(gazetteer), actors.load()
    articles, problems = project.articles()
    assert len(articles) == len(PAYLOADS), problems
    _write_reviews(root, [read(article, known, named).reports[0] for article in articles], places)
    (folder / "<img src=x onerror=hit()>.md").write_text(
        "Rockets struck Mosul, Iraq, and killed two.", encoding="utf-8"
    )
    address = serve(ROOT / "app.py", CONFLICT_MAP_PROJECT=str(root))
    yield address
    serve.stop(address)


def test_no_text_runs_on_the_map_page(bad, watch):
    """Every incident's details, the lists of actors and sources, and what the page says of the chosen one."""
    watch.page.goto(bad)
    watch.page.wait_for_selector(".cm-counts b")  # the first page of a cold server reads all articles
    frame = map_frame(watch.page)
    assert choose_all(watch, frame) >= len(PAYLOADS)
    pick_row(watch.page, 3)
    watch.page.wait_for_selector(".cm-chosen")


def test_no_text_runs_on_the_incidents_page_nor_in_its_files(bad, watch, tmp_path):
    """Cards, filters, and the map as a file, made by the page's own button and opened from disk."""
    watch.page.goto(f"{bad}/incidents")
    for row in range(4):
        pick_row(watch.page, row)
        watch.page.wait_for_selector(".cm-card .cm-source")
        watch.nothing_ran()
    for name in ("Event types", "Actors", "Sources"):
        watch.page.get_by_role("combobox", name=name).click()
        watch.nothing_ran()
        watch.page.keyboard.press("Escape")
    watch.page.get_by_role("button", name="Download").first.click()
    with watch.page.expect_download() as download:
        watch.page.get_by_role("button", name="HTML map").click()
    saved = tmp_path / "map.html"
    download.value.save_as(saved)
    watch.nothing_ran()
    watch.page.goto(saved.as_uri())
    assert choose_all(watch, watch.page) >= len(PAYLOADS)


def test_no_text_runs_on_the_articles_page(bad, watch):
    """Kept articles, the one that holds all payloads among them, and a pasted one before it is kept."""
    for name in ("a000", "a001", "a077", "a133", "<img src=x onerror=hit()>"):
        watch.page.goto(f"{bad}/articles?article={quote(name)}")
        watch.page.wait_for_selector(".cm-text mark")
        watch.nothing_ran()
    watch.page.goto(f"{bad}/articles?add=1")
    watch.page.get_by_placeholder("Paste the article here").fill(
        "\n\n".join(["On 3 May rockets struck Basra, Iraq, and killed two people.", *PAYLOADS])
    )
    for label, number in (("Title", 20), ("Publisher", 0), ("Address", 80)):
        watch.page.get_by_label(label).fill(payload(number))
    watch.page.get_by_role("button", name="Read it").click()
    watch.page.wait_for_selector(".st-key-preview")
    settle(watch.page)


def test_no_text_runs_on_the_places_page(bad, watch):
    """What waits, what a search finds, the editor of such a place, and what was changed."""
    watch.page.goto(f"{bad}/places")
    settle(watch.page)
    watch.nothing_ran()
    watch.page.get_by_role("radio", name="Search").or_(watch.page.get_by_role("button", name="Search")).first.click()
    watch.page.get_by_placeholder("A name, in any spelling").fill("](http")
    settle(watch.page)
    pick_row(watch.page, 3)
    watch.page.wait_for_selector("text=Edit")
    map_frame(watch.page)
    settle(watch.page)
    watch.nothing_ran()
    watch.page.get_by_role("radio", name="Changes").or_(watch.page.get_by_role("button", name="Changes")).first.click()
    watch.page.wait_for_selector("text=Undo")


def test_no_text_runs_on_the_review_page_nor_on_about(bad, watch):
    """An incident of payloads under every decision, and the decisions themselves."""
    watch.page.goto(f"{bad}/incidents")
    pick_row(watch.page, 5)
    watch.page.get_by_role("link", name="Report an error").click()
    watch.page.wait_for_selector("text=Decide about a report")
    for decision in ("It is the same event as another", "It is another event", "Correct a field"):
        watch.page.get_by_text(decision, exact=True).click()
        settle(watch.page)
        watch.nothing_ran()
    watch.page.goto(f"{bad}/about")
    settle(watch.page)
