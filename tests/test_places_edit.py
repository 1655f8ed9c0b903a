"""Adding, editing and retiring places: refused with a cure or written whole, tried before, and undone."""

from datetime import date
from pathlib import Path

import pytest

from geo.decisions.changes import diff
from geo.decisions.places_edit import drafted, history, plan_add, plan_edit, plan_retire, save, undo
from geo.export import feature_collection
from geo.merge import merge
from geo.model import Article, BadInput, Candidate, Count, Details, Place, Report, Span, Unresolved, When, Where
from geo.store import Project

SHIPPED = Path(__file__).resolve().parents[1] / "gazetteer"
PLACES = """\
id,name,feature_code,country,admin1,lat,lon,radius_km,geonames_id,wikidata_id,source,source_licence,status,note
xx-abra,Abra,P.PPL,,,10,20,4,,,survey,own work,confirmed,"kept, as it is"
xx-zuma,Zuma,S.AIRB,IQ,,33,44,2,,,survey,own work,confirmed,
"""
NAMES = """\
place_id,name,lang,kind,context_country,source
xx-abra,Abrah,en,variant,,reviewed
xx-zuma,Zumah,en,variant,,reviewed
"""
COUNTRIES = "iso2,iso3,name,capital,lat,lon,radius_km,aliases,geonames_id,source\nIQ,IRQ,Iraq,Baghdad,33,44,600,,,x\n"
CAMP = {
    "name": "Camp Oru",
    "feature_code": "S.INSM",
    "country": "IQ",
    "lat": "33.5",
    "lon": "44.25",
    "radius_km": "2",
    "source": "imagery",
    "source_licence": "own work",
}


@pytest.fixture
def project(tmp_path):
    shipped = tmp_path / "shipped" / "gazetteer"
    shipped.mkdir(parents=True)
    for name, content in (("places.csv", PLACES), ("names.csv", NAMES), ("countries.csv", COUNTRIES)):
        (shipped / name).write_text(content, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    return Project(tmp_path / "mine", shipped=tmp_path / "shipped")


def read(project, name="places.csv"):
    return (project.gazetteer / name).read_text(encoding="utf-8")


def test_a_planned_change_writes_nothing(project):
    change = plan_add(project.gazetteer, CAMP)
    assert (change.place_id, change.what) == ("iq-camp-oru", "add Camp Oru (iq-camp-oru)")
    assert list(project.root.iterdir()) == []


def test_a_draft_can_be_tried_before_it_is_saved(project):
    with drafted(project, plan_add(project.gazetteer, CAMP)) as folder:
        assert "Camp Oru" in (folder / "places.csv").read_text(encoding="utf-8")
        assert (folder / "countries.csv").read_text(encoding="utf-8") == COUNTRIES
    assert not folder.exists()
    assert read(project) == PLACES


def test_an_added_place_stands_in_order_and_the_other_rows_keep_their_bytes(project):
    save(
        project,
        plan_add(
            project.gazetteer,
            CAMP,
            [{"name": "Oru base"}, {"name": "أورو", "lang": "ar", "kind": "official"}, {"name": ""}],
        ),
    )
    added = "iq-camp-oru,Camp Oru,S.INSM,IQ,,33.5,44.25,2,,,imagery,own work,single-source,\n"
    header, *rows = PLACES.splitlines(keepends=True)
    assert read(project) == header + added + "".join(rows)
    assert read(project, "names.csv").splitlines()[1:3] == [
        "iq-camp-oru,أورو,ar,official,,reviewed",
        "iq-camp-oru,Oru base,en,variant,,reviewed",
    ]


def test_an_edit_changes_what_it_names(project):
    save(
        project, plan_edit(project.gazetteer, "xx-zuma", {"lat": "33.25", "note": 'a "new" point'}, [{"name": "Zumma"}])
    )
    assert read(project) == PLACES.replace(
        "IQ,,33,44,2,,,survey,own work,confirmed,", 'IQ,,33.25,44,2,,,survey,own work,confirmed,"a ""new"" point"'
    )
    assert read(project, "names.csv") == NAMES.replace("Zumah", "Zumma")


def test_a_retired_place_keeps_its_row_and_loses_its_names(project):
    save(project, plan_retire(project.gazetteer, "xx-abra", "never was"))
    assert 'confirmed,"kept, as it is"' in PLACES
    assert 'retired,"kept, as it is never was"' in read(project)
    assert "xx-abra" not in read(project, "names.csv")


def test_changes_are_undone_one_by_one_to_the_byte(project):
    save(project, plan_add(project.gazetteer, CAMP), when="2021-06-01T10:00")
    between = read(project)
    save(project, plan_retire(project.gazetteer, "xx-zuma"), when="2021-06-02T10:00")
    assert [(h["place_id"], h["when"]) for h in history(project)] == [
        ("xx-zuma", "2021-06-02T10:00"),
        ("iq-camp-oru", "2021-06-01T10:00"),
    ]
    assert undo(project) == "retire Zuma (xx-zuma)"
    assert read(project) == between
    assert undo(project) == "add Camp Oru (iq-camp-oru)"
    assert (read(project), read(project, "names.csv")) == (PLACES, NAMES)
    with pytest.raises(BadInput, match="no change to undo"):
        undo(project)


def test_an_undo_loses_no_edit_by_hand(project):
    save(project, plan_add(project.gazetteer, CAMP))
    path = project.gazetteer / "places.csv"
    path.write_text(read(project) + "xx-hand,Hand,P.PPL,,,1,2,3,,,me,own work,confirmed,\n", encoding="utf-8")
    with pytest.raises(BadInput, match="would be lost"):
        undo(project)
    assert "xx-hand" in read(project)


def test_a_change_planned_on_older_files_is_refused(project):
    first, second = plan_add(project.gazetteer, CAMP), plan_retire(project.gazetteer, "xx-abra")
    save(project, first)
    with pytest.raises(BadInput, match="by somebody else meanwhile"):
        save(project, second)


def test_a_crash_between_the_two_files_can_be_undone(project, monkeypatch):
    from geo.decisions import places_edit

    change, write = plan_add(project.gazetteer, CAMP, [{"name": "Oru base"}]), places_edit.write_atomically

    def crash(path, content):
        if path.name == "names.csv" and "undo" not in path.parts:
            raise OSError("power cut")
        write(path, content)

    monkeypatch.setattr(places_edit, "write_atomically", crash)
    with pytest.raises(OSError, match="power cut"):
        save(project, change)
    monkeypatch.undo()
    undo(project)
    assert (read(project), read(project, "names.csv")) == (PLACES, NAMES)


@pytest.mark.parametrize(
    ("given", "field", "cure"),
    [
        ({"name": " "}, "name", "as the news"), ({"name": "12"}, "name", "as the news"), ({"name": "O\u0007ru"}, "name", "anew"),
        ({"lat": ""}, "lat", "degrees"), ({"lat": "33,5"}, "lat", "with a point"), ({"lat": "93"}, "lat", "map"), ({"lon": "nan"}, "lon", "map"),
        ({"lat": "0", "lon": "0"}, "lat", "on the map"), ({"lat": "44.25", "lon": "33.5"}, "lat", "swapped"), ({"lat": "-33"}, "lat", "map"),
        ({"country": "Iraq"}, "country", "two capital"), ({"country": "QQ"}, "country", "ISO"), ({"feature_code": "base"}, "feature_code", "GeoNames"),
        ({"radius_km": "0"}, "radius_km", "reaches"), ({"radius_km": "-1"}, "radius_km", "reaches"), ({"source": ""}, "source", "where"),
        ({"source_licence": ""}, "source_licence", "licence"), ({"id": "Camp Oru"}, "id", "hyphen"), ({"id": "xx-abra"}, "id", "another id"),
        ({"status": "true"}, "status", "one of"), ({"wikidata_id": "12"}, "wikidata_id", "Q and"), ({"geonames_id": "gn:1"}, "geonames_id", "digits"),
        ({"name": "zuma", "lat": "33.01", "lon": "44"}, "name", "edit that place"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_refused_with_its_cure(project, given, field, cure):
    with pytest.raises(BadInput) as refused:
        plan_add(project.gazetteer, CAMP | given)
    assert [(p.file, p.field) for p in refused.value.problems] == [("places.csv", field)]
    assert cure in refused.value.problems[0].cure


def test_all_problems_of_a_form_are_told_at_once(project):
    with pytest.raises(BadInput) as refused:
        plan_add(project.gazetteer, {"name": "Oru"}, [{"name": "Oru", "kind": "nick", "lang": "english"}])
    assert {p.field for p in refused.value.problems} == {
        "feature_code",
        "source",
        "source_licence",
        "lat",
        "lon",
        "radius_km",
        "kind",
        "lang",
        "name",
    }


@pytest.mark.parametrize(
    ("given", "names", "field"),
    [({"source_licence": "found it"}, [], "source_licence"), ({"feature_code": "S.CASTLEX"}, [], "feature_code"), ({}, [{"name": "Camp Taji"}], "name")],
)  # fmt: skip
def test_a_change_that_would_break_the_whole_gazetteer_is_refused(given, names, field):
    """What `check` would say of the shipped gazetteer with the change, the form says before."""
    with pytest.raises(BadInput) as refused:
        plan_add(SHIPPED, CAMP | given, names)
    assert {p.field for p in refused.value.problems} == {field}


def test_a_good_place_passes_the_check_of_the_whole_gazetteer():
    assert plan_add(SHIPPED, CAMP, [{"name": "Oru base"}, {"name": "أورو", "lang": "ar"}]).place_id == "iq-camp-oru"


@pytest.mark.parametrize("plan", [lambda f: plan_edit(f, "xx-none", {"lat": "1"}), lambda f: plan_retire(f, "xx-none")])
def test_a_place_without_a_row_cannot_be_changed(project, plan):
    with pytest.raises(BadInput, match="there is no row 'xx-none'"):
        plan(project.gazetteer)


def test_an_id_is_not_used_twice(project):
    save(project, plan_add(project.gazetteer, CAMP))
    assert plan_add(project.gazetteer, CAMP | {"lat": "34.5"}).place_id == "iq-camp-oru-2"


def test_broken_rows_survive(project):
    path = project.own(project.gazetteer.relative_to(project.shipped)) / "places.csv"
    path.write_text(PLACES + "broken,row\n", encoding="utf-8")
    save(project, plan_add(project.gazetteer, CAMP))
    assert read(project).endswith("broken,row\n")


# ------------------------------------------------------------------------------------------- what it changed

ORU = Place("iq-camp-oru", "Camp Oru", "S.INSM", "IQ", 33.5, 44.25, 2)
FAR = Place("iq-far-oru", "Far Oru", "S.INSM", "IQ", 35.5, 44.25, 2)


def report(identity, where, day=4, killed=None):
    return Report(
        id=identity, article=f"article {identity}", published=(date(2021, 5, 6), date(2021, 5, 6)), publisher=identity, event_type="Battles",
        sub_event_type="Armed clash", trigger=Span(0, 5), evidence=Span(0, 30), passages=(Span(0, 30),),
        when=When(date(2021, 5, day), date(2021, 5, day)), where=where, details=Details(killed=Count(killed, killed) if killed else None),
    )  # fmt: skip


def at(place):
    return Where(place, 1, place.lat, place.lon, place.radius_km)


def collection(*reports):
    articles = [Article(r.article, "", r.publisher, "Shots Oru " * 4) for r in reports]
    return feature_collection(merge(reports), reports, articles)


OPEN = Unresolved("Oru", (Span(6, 9),), (Candidate(ORU, "exact", 0.4),), "IQ", "two places fit")


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([report("a", OPEN)], [report("a", at(ORU))], ["placed"]), ([report("a", at(ORU))], [report("a", at(FAR))], ["moved"]),
        ([report("a", at(ORU))], [report("a", OPEN)], ["unplaced"]), ([], [report("a", at(ORU))], ["appeared"]),
        ([report("a", at(ORU))], [], ["vanished"]), ([report("a", at(ORU))], [report("a", at(ORU))], []),
        ([report("a", OPEN), report("b", at(ORU))], [report("a", at(ORU)), report("b", at(ORU))], ["placed", "regrouped"]),
    ],
)  # fmt: skip
def test_a_difference_says_what_happened_to_an_incident(before, after, kinds):
    assert [d.kind for d in diff(collection(*before), collection(*after))] == kinds


def test_a_difference_reads_as_a_sentence():
    (moved,) = diff(collection(report("a", at(ORU))), collection(report("a", at(FAR))))
    assert str(moved) == "moved: Armed clash, 2021-05-04: Camp Oru, IQ -> Far Oru, IQ (222.4 km)"
    assert moved.reports == ("a",)
