"""The laws, over the whole flow: nothing is lost, nothing depends on order, every word quotes its article."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo import export, pipeline, shapes
from geo.details import actors
from geo.files import canonical_json
from geo.model import Article, Report, Span, Unresolved
from geo.places.gazetteer import Gazetteer, default_folder
from geo.store import CHECKOUT, Project

PUBLISHED = (date(2020, 5, 15), date(2020, 5, 15))
UNRELATED = Article(
    id="zz-unrelated",
    title="Quake",
    publisher="Another Paper",
    published=PUBLISHED,
    text="Gunmen shot dead four fishermen in Maputo on Tuesday, police said.",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer.load()


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """The shipped articles."""
    found, problems = Project(CHECKOUT).articles()
    assert problems == []
    return found


@pytest.fixture(scope="module")
def result(articles: list[Article], gazetteer: Gazetteer) -> pipeline.Result:
    """The incidents of the shipped articles, without reviews."""
    return pipeline.run(articles, gazetteer)


def as_bytes(result: pipeline.Result) -> bytes:
    """The exported bytes of a result."""
    areas = shapes.load_areas(default_folder())
    return canonical_json(export.feature_collection(result.incidents, result.reports, result.articles, areas))


def test_every_report_is_in_exactly_one_incident(result: pipeline.Result) -> None:
    """Law 1."""
    told = [r for i in result.incidents for r in i.reports]
    assert sorted(told) == sorted(r.id for r in result.reports)


def test_every_claim_is_a_report(result: pipeline.Result) -> None:
    """Law 1: what remained after folding and dropping became a report, one each."""
    for reading in result.readings:
        assert len(reading.claims) == len(reading.reports)
        assert [c.trigger for c in reading.claims] == [r.trigger for r in reading.reports]


def test_every_trigger_that_was_seen_is_told_or_dropped(result: pipeline.Result) -> None:
    """Law 1: a sentence with a report's type of words is a passage of a report or among the dropped."""
    for reading in result.readings:
        spans = [p for r in reading.reports for p in r.passages] + [d.span for d in reading.dropped]
        assert all(any(s.overlaps(r.trigger) for s in spans) for r in reading.reports)


def test_the_order_of_articles_changes_nothing(
    articles: list[Article], gazetteer: Gazetteer, result: pipeline.Result
) -> None:
    """Law 2."""
    shuffled = articles[:]
    random.Random(7).shuffle(shuffled)
    assert as_bytes(pipeline.run(shuffled, gazetteer)) == as_bytes(result)


def spans_of(report: Report) -> list[Span]:
    """Every span that a report points at."""
    d = report.details
    found = [report.trigger, report.evidence, *report.passages, *(s for _, s in report.hedges)]
    found += report.when.words if report.when else ()
    found += report.where.words
    for figure in (d.killed, d.injured, d.killed_civilians, d.actor1, d.actor2):
        found += figure.words if figure else ()
    return found + ([d.weapon_words] if d.weapon_words else [])


def test_every_span_quotes_its_article(result: pipeline.Result) -> None:
    """Law 3: offsets lie in the text, and the passage holds the trigger."""
    texts = {a.id: a.text for a in result.articles}
    for report in result.reports:
        for span in spans_of(report):
            assert span.end <= len(texts[report.article])
            assert span.of(texts[report.article]).strip()


def test_a_stated_field_has_its_words(result: pipeline.Result) -> None:
    """Law 3: no figure, actor or day without a span, and a place without words says what it is inferred from."""
    for report in result.reports:
        d = report.details
        for stated in (d.killed, d.injured, d.killed_civilians, d.actor1, d.actor2):
            assert stated is None or stated.words, report
        assert report.where.words or isinstance(report.where, Unresolved) or report.where.inferred


def test_an_unrelated_article_changes_no_other_incident(
    articles: list[Article], gazetteer: Gazetteer, result: pipeline.Result
) -> None:
    """Law 4."""
    more = pipeline.run([*articles, UNRELATED], gazetteer)
    before = {i.id: i for i in result.incidents}
    after = {i.id: i for i in more.incidents}
    assert {k: after.get(k) for k in before} == before
    assert len(after) == len(before) + 1


def test_without_a_day_of_publication_relative_days_stay_open(gazetteer: Gazetteer) -> None:
    """Law 5: never today's date."""
    reading = pipeline.read(replace(UNRELATED, published=None), gazetteer, actors.load())
    assert [r.when for r in reading.reports] == [None]


def test_the_hit_are_people_of_the_place_that_the_words_point_back_to(gazetteer: Gazetteer) -> None:
    """And not of the country that the article speaks of most."""
    text = (
        "Shells struck a market in Khartoum on Saturday, killing 12 people. A drone hit a hospital in the city the same day, "
        "wounding four people.\n\nIn Mali, gunmen killed nine farmers near Gao on Friday. Six more died near Timbuktu in Mali."
    )
    article = Article(id="a", title="", publisher="", text=text, published=(date(2024, 11, 20), date(2024, 11, 20)))
    reports = pipeline.read(article, gazetteer, actors.load()).reports
    hospital = next(r for r in reports if "hospital" in r.evidence.of(text))
    assert hospital.details.actor2 is not None
    assert hospital.details.actor2.name == "Civilians (Sudan)"


def test_a_town_that_no_source_knows_waits(gazetteer: Gazetteer) -> None:
    """Law 5: the incident stays, without a dot of its own invention."""
    article = replace(
        UNRELATED, text="Gunmen shot dead four fishermen in the village of Qwazzlbrok on Tuesday, police said."
    )
    (report,) = pipeline.read(article, gazetteer, actors.load()).reports
    assert isinstance(report.where, Unresolved)
    assert report.where.name == "Qwazzlbrok"


def test_a_horizon_drops_history_and_says_so(gazetteer: Gazetteer) -> None:
    """What happened wholly before the horizon is dropped, with the reason."""
    text = (
        "Rockets hit Aleppo on Tuesday, killing two people.\n\nOn 3 July 2016 a car bomb in Aleppo killed nine people."
    )
    article = replace(UNRELATED, text=text)
    reading = pipeline.read(article, gazetteer, actors.load(), horizon=date(2020, 1, 1))
    assert [r.when.first.year for r in reading.reports if r.when] == [2020]
    assert "before the horizon 2020-01-01" in [d.reason for d in reading.dropped]


ODD = [
    "",
    " ",
    "\n\n\n",
    "a" * 5000,
    "Rocket " * 400,
    "killed 3 in killed 3 in killed 3 in",
    "12 " * 800,
    "\u202eattack\u202c on Aleppo",
    "İstanbul'da saldırı: 3 ölü",
    "قصف على مدينة حلب أمس",
    "A bomb\x00 killed 3.",
    "“” ’ — – …",
    "5" * 4000,
    "on " * 900,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_raise_nothing(text: str, gazetteer: Gazetteer) -> None:
    """No text makes the flow fail."""
    reading = pipeline.read(replace(UNRELATED, text=text), gazetteer, actors.load())
    assert all(s.end <= len(text) for r in reading.reports for s in spans_of(r))


def mangled(text: str, dice: random.Random) -> str:
    """A text cut, shuffled, doubled or in another script."""
    words = text.split(" ")
    way = dice.randrange(5)
    if way == 0:
        start = dice.randrange(len(text))
        return text[start : start + dice.randrange(1, 3000)]
    if way == 1:
        dice.shuffle(words)
        return " ".join(words)
    if way == 2:
        return "".join(chr(ord(c) + 0x390) if c.isalpha() and dice.random() < 0.2 else c for c in text)
    if way == 3:
        return text.replace("\n", " ").replace(". ", " ") * 3
    return " ".join(w if dice.random() < 0.8 else dice.choice(words) for w in words)


def test_mangled_articles_raise_nothing_and_keep_the_laws(articles: list[Article], gazetteer: Gazetteer) -> None:
    """A small run of the fuzz that `benchmarks/fuzz.py` does at length."""
    dice = random.Random(20)
    known = actors.load()
    for n in range(60):
        article = dice.choice(articles)
        changed = replace(article, text=mangled(article.text, dice), left_out=(), sha256="")
        reading = pipeline.read(changed, gazetteer, known)
        assert len(reading.claims) == len(reading.reports), n
        assert all(s.end <= len(changed.text) for r in reading.reports for s in spans_of(r)), n


EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"


@pytest.mark.skipif(not EVAL.is_dir(), reason="the evaluation articles are not beside this checkout")
def test_the_named_places_of_the_five_originals_are_right(gazetteer: Gazetteer) -> None:
    """Camp Taji, Jurf al-Nasr, Ain al-Asad and Abu Kamal lie within 5 km of where they are."""
    from geo.read import read_manifest
    from geo.space import haversine_km

    found, _ = read_manifest(EVAL / "seeds" / "articles.csv")
    where = [r.where for r in pipeline.run(found, gazetteer).reports if not isinstance(r.where, Unresolved)]
    for name, lat, lon in (
        ("Camp Taji", 33.524, 44.257),
        ("Jurf al-Nasr", 32.866, 44.2),
        ("Ain al-Asad", 33.786, 42.441),
        ("Abu Kamal", 34.452, 40.919),
    ):
        near = [w for w in where if haversine_km(w.lat, w.lon, lat, lon) <= 5]
        assert near, name
