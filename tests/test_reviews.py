"""Human decisions: kept whatever happens to the file or the reports, and obeyed on every build."""

import csv
import multiprocessing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.decisions import reviews
from geo.decisions.waiting import waiting
from geo.export import feature_collection
from geo.merge import merge
from geo.model import Actor, Article, BadInput, Count, Details, Place, Report, Review, Span, Unresolved, When, Where
from geo.pipeline import Result

A, B, C, GONE = (letter * 12 for letter in "abc0")
TOWN = Place("xx-town", "Oroma", "P.PPL", "XX", 10, 20, 4)
HILL = Place("xx-hill", "Hill of Oroma", "T.HLL", "XX", 10.2, 20.2, 2)
DAY = When(date(2021, 5, 4), date(2021, 5, 4), words=(Span(20, 25),))


def report(identity, **more):
    given = {"when": DAY, "where": Where(TOWN, 1, 10, 20, 4, (Span(10, 15),)), "details": Details()} | more
    return Report(
        id=identity, article=f"article-{identity[0]}", published=(date(2021, 5, 5), date(2021, 5, 5)), publisher=identity[0],
        event_type="Battles", sub_event_type="Armed clash", trigger=Span(0, 5), evidence=Span(0, 30), passages=(Span(0, 30),), **given,
    )  # fmt: skip


REPORTS = (report(A), report(B), report(C))


def row(decision, one=A, **more):
    return Review(one, decision, **more)


def decide(*rows, reports=REPORTS):
    return reviews.apply(reports, rows, {"xx-hill": HILL}.get)


# ------------------------------------------------------------------------------------------- what they do


def test_a_rejected_report_leaves_and_is_kept_apart():
    applied = decide(row("reject"))
    assert [r.id for r in applied.reports] == [B, C]
    assert [r.id for r in applied.rejected] == [A]


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("date", "2021-05-03", lambda r: (r.when.edtf, r.when.words) == ("2021-05-03", DAY.words)),
        ("date", "[2021-05-03..2021-05-06]", lambda r: r.when.edtf == "[2021-05-03..2021-05-06]"),
        ("date", "2021-05-03/2021-05-06", lambda r: r.when.kind == "throughout"), ("date", "2021-04", lambda r: r.when.edtf == "2021-04"),
        ("date", "", lambda r: r.when is None), ("place", "xx-hill", lambda r: (r.where.place, r.where.where_prec) == (HILL, 1)),
        ("place", "", lambda r: isinstance(r.where, Unresolved)), ("killed", "3", lambda r: r.details.killed == Count(3, 3)),
        ("injured", "3-5", lambda r: r.details.injured == Count(3, 5)), ("killed", "", lambda r: r.details.killed is None),
        ("actor1", "Oroma Front", lambda r: r.details.actor1 == Actor("Oroma Front")), ("weapon", "mortar", lambda r: r.details.weapon == "mortar"),
        ("sub_event_type", "Attack", lambda r: (r.event_type, r.sub_event_type) == ("Violence against civilians", "Attack")),
        ("event_type", "Riots", lambda r: (r.event_type, r.sub_event_type) == ("Riots", "")),
    ],
)  # fmt: skip
def test_a_field_is_corrected(field, value, seen):
    assert seen(decide(row("correct", field=field, value=value)).reports[0])


def toll(identity, low, high):
    return report(identity, details=Details(killed=Count(low, high, (Span(6, 9),))))


def built(*rows, reports):
    """The one feature that is exported of reports under decisions."""
    applied = decide(*rows, reports=reports)
    articles = [Article(r.article, "", r.publisher, "Shells 27 Oroma hit on 4 May." + " " * 10) for r in reports]
    (feature,) = feature_collection(merge(applied.reports, applied.reviews), applied.reports, articles)["features"]
    return feature["properties"]


def test_a_corrected_toll_decides_the_incident_and_is_not_put_into_a_source_s_mouth():
    told = (toll(A, 27, 27), toll(B, 11, 27), toll(C, 11, 11))
    properties = built(row("correct", field="killed", value="24", who="Ada", why="a list"), reports=told)
    for ends in ("killed", "incident_killed"):
        assert [properties[f"{ends}_{end}"] for end in ("low", "best", "high")] == [24, 24, 24]
    assert properties["disagreements"][-1] == "killed: 24 (reviewer) or 27 (a) or 11 to 27 (b) or 11 (c)"
    assert [(s["killed_low"], s["killed_high"]) for s in properties["sources"]] == [(27, 27), (11, 27), (11, 11)]
    assert [s["corrections"] for s in properties["sources"]] == [
        [{"field": "killed", "value": "24", "who": "Ada", "when": "", "why": "a list"}],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("actor1", "Oroma Front", {"actor1": "Oroma Front"}), ("weapon", "mortar", {"weapon": "mortar"}),
        ("sub_event_type", "Attack", {"sub_event_type": "Attack", "event_type": "Violence against civilians"}),
    ],
)  # fmt: skip
def test_what_a_person_put_in_goes_before_what_most_sources_say(field, value, seen):
    details = Details(actor1=Actor("Oroma Guard"), weapon="rocket")
    properties = built(
        row("correct", field=field, value=value), reports=[report(i, details=details) for i in (A, B, C)]
    )
    assert {name: properties[name] for name in seen} == seen
    assert all(s["actor1"] == "Oroma Guard" and s["weapon"] == "rocket" for s in properties["sources"])


def test_days_that_a_person_put_in_are_not_narrowed_by_others():
    late = When(date(2021, 5, 5), date(2021, 5, 6))
    days = "[2021-05-04..2021-05-05]"
    properties = built(row("correct", field="date", value=days), reports=[report(A), report(B, when=late)])
    assert properties["date_edtf"] == days
    assert [s["date_edtf"] for s in properties["sources"]] == [DAY.edtf, late.edtf]


def test_a_toll_of_the_whole_that_a_person_put_in_holds_for_the_only_site():
    whole = replace(toll(A, 27, 27), details=Details(killed=Count(27, 27), toll_is_overall=True))
    properties = built(row("correct", field="killed", value="24"), reports=[whole, toll(B, 30, 30)])
    assert (properties["killed_best"], properties["incident_killed_best"]) == (24, 24)


@pytest.mark.parametrize(("value", "place"), [("", None), ("xx-hill", "Hill of Oroma")])
def test_a_place_that_a_person_rejected_is_asserted_nowhere(value, place):
    properties = built(row("correct", field="place", value=value), reports=[report(A)])
    assert properties["title"] == f"Armed clash, {place or 'place unknown'}"
    assert (properties["place"], properties["place_as_written"]) == (place, "")
    assert [s["place_as_written"] for s in properties["sources"]] == ["Oroma"]
    assert waiting(Result((), *_merged(value))) == ()


def _merged(value):
    applied = decide(row("correct", field="place", value=value), reports=[report(A)])
    return applied.reports, merge(applied.reports)


def test_of_contradicting_decisions_the_last_holds():
    assert len(decide(row("reject"), row("accept")).reports) == 3
    assert len(decide(row("accept"), row("reject")).reports) == 2


def test_a_split_report_stands_alone_and_a_merged_one_does_not():
    assert len(merge(REPORTS)) == 1
    assert sorted(len(i.reports) for i in merge(REPORTS, [row("split")])) == [1, 2]
    apart = replace(REPORTS[0], when=When(date(2020, 1, 1), date(2020, 1, 1)))
    assert len(merge((apart, *REPORTS[1:]))) == 2
    assert len(merge((apart, *REPORTS[1:]), [row("merge", other_report_id=B)])) == 1


def test_two_split_reports_are_never_in_one_incident():
    homes = {r: i.id for i in merge(REPORTS, [row("split", other_report_id=B)]) for r in i.reports}
    assert homes[A] != homes[B]


def test_a_split_after_a_merge_undoes_it():
    assert decide(row("merge", other_report_id=B), row("split", other_report_id=B)).reviews[0].decision == "split"


def test_an_accepted_report_marks_its_incident():
    assert [i.status for i in merge(REPORTS, [row("accept", B)])] == ["accepted"]


@pytest.mark.parametrize(
    "orphan", [row("accept", GONE), row("merge", other_report_id=GONE), row("correct", field="place", value="xx-gone")]
)
def test_a_decision_that_cannot_be_applied_is_told_and_not_lost(orphan):
    applied = decide(orphan)
    assert [r for r, _ in applied.orphans] == [orphan]
    assert "waits" in next(reviews.orphan_lines(applied.orphans))
    assert applied.reports == REPORTS


# ------------------------------------------------------------------------------------------- the file


def test_what_is_appended_is_read_back(tmp_path):
    path = tmp_path / "data" / "reviews.csv"
    rows = [
        row("accept", who="Ada", when="2021-06-01", why='she said "yes", twice\nand again'),
        row("reject", B),
        row("correct", C, field="killed", value="3-5"),
    ]
    assert [reviews.append(path, r) for r in rows] == [True] * 3
    assert reviews.load(path) == (tuple(rows), ())
    assert (
        path.read_text(encoding="utf-8").splitlines()[0]
        == "report_id,decision,field,value,other_report_id,who,when,why"
    )


def test_the_same_decision_is_not_written_twice_unless_another_came_between(tmp_path):
    path = tmp_path / "reviews.csv"
    assert [
        reviews.append(path, row(d, who=w))
        for d, w in [("accept", "x"), ("accept", "y"), ("reject", "x"), ("accept", "x")]
    ] == [True, False, True, True]


def test_a_decision_is_withdrawn_and_the_rest_keeps_its_bytes(tmp_path):
    path = tmp_path / "reviews.csv"
    for r in (row("accept", why="two\nlines"), row("reject", B), row("accept", C)):
        reviews.append(path, r)
    before = path.read_text(encoding="utf-8")
    assert reviews.withdraw(path, row("reject", B))
    assert path.read_text(encoding="utf-8") == before.replace(f"{B},reject,,,,,,\n", "")
    assert not reviews.withdraw(path, row("reject", B))


def test_broken_rows_are_told_and_kept(tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text(
        ",".join(reviews.COLUMNS) + f"\n{A},bless,,,,,,\nxyz,accept,,,,,,\n{A},accept,,\n{B},accept,,,,,,",
        encoding="utf-8",
    )
    good, problems = reviews.load(path)
    assert [r.report_id for r in good] == [B]
    assert [(p.row, p.field) for p in problems] == [(2, "decision"), (3, "report_id"), (4, None)]
    assert all(p.file == "reviews.csv" and p.reason and p.cure for p in problems)
    before = path.read_text(encoding="utf-8")
    reviews.append(path, row("reject"))
    assert path.read_text(encoding="utf-8").startswith(before + "\n")


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (row("correct", field="colour", value="red"), "field"), (row("correct", field="date", value="yesterday"), "value"),
        (row("correct", field="killed", value="5-3"), "value"), (row("correct", field="event_type", value="War"), "value"),
        (row("merge"), "other_report_id"), (row("merge", other_report_id=A), "other_report_id"), (Review("A", "accept"), "report_id"),
    ],
)  # fmt: skip
def test_a_wrong_decision_is_refused_with_its_cure(bad, field, tmp_path):
    with pytest.raises(BadInput) as refused:
        reviews.append(tmp_path / "reviews.csv", bad)
    assert [p.field for p in refused.value.problems] == [field]
    assert all(p.cure for p in refused.value.problems)
    assert not (tmp_path / "reviews.csv").exists()


def test_a_file_with_another_header_is_not_touched(tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput, match="the first line must be"):
        reviews.append(path, row("accept"))
    assert path.read_text(encoding="utf-8") == "a,b\n1,2\n"


def _append_many(path, start):
    for n in range(start, start + 5):
        reviews.append(path, Review(f"{n:012x}", "accept"))


def test_processes_that_append_at_once_lose_nothing(tmp_path):
    path = tmp_path / "reviews.csv"
    workers = [multiprocessing.get_context("fork").Process(target=_append_many, args=(path, 5 * n)) for n in range(4)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    assert {r.report_id for r in reviews.load(path)[0]} == {f"{n:012x}" for n in range(20)}


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12).map(str.strip)


@given(who=CELL, why=CELL)
def test_any_words_survive_the_file(tmp_path_factory, who, why):
    path = tmp_path_factory.mktemp("r") / "reviews.csv"
    reviews.append(path, row("accept", who=who, why=why))
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 2
    assert reviews.load(path)[0] == (row("accept", who=who, why=why),)
