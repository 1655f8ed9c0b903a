"""The commands `export`, `review` and `places`, as a user types them."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.files import canonical_json
from geo.places import bulk
from geo.places.gazetteer import Gazetteer
from geo.store import CHECKOUT, GAZETTEER, REVIEWS, Project

SIGNED = ("--who", "Ada", "--why", "a map")
SITES = [
    ("i1", "s1", "Battles", "2021-05-04", "2021-05-04", 10.0),
    ("i2", "s2", "Riots", "2021-05-01", "2021-05-31", 50.0),
]


@pytest.fixture
def project(tmp_path):
    features = [
        {
            "type": "Feature", "id": site, "geometry": {"type": "Point", "coordinates": [20.0, lat]},
            "properties": {"incident_id": i, "site_id": site, "event_type": kind, "date_start": first, "date_end": last, "lat": lat, "lon": 20.0,
                           "first_reported": "2021-06-01", "sources": [{"publisher": "Paper A"}], "title": kind},
        }
        for i, site, kind, first, last, lat in SITES
    ]  # fmt: skip
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "incidents.geojson").write_bytes(
        canonical_json({"type": "FeatureCollection", "features": features})
    )
    return tmp_path


@pytest.fixture
def built(project, monkeypatch):
    """The project, as if its incidents had just been built of articles."""
    monkeypatch.setattr("geo.build.incidents", Project.incidents)
    return project


@pytest.mark.parametrize(
    ("options", "sites"),
    [
        ("", ["s1", "s2"]), ("--first 2021-05-02 --last 2021-05-09", ["s1", "s2"]), ("--first 2021-05-02 --last 2021-05-09 --only-certain", ["s1"]),
        ("--first 2021-05-05", ["s2"]), ("--type Riots", ["s2"]), ("--box 0 0 30 20", ["s1"]), ("--known-on 2021-05-31", []), ("--actor Iraq", []), ("--box 170 0 -170 20", []),
    ],
)  # fmt: skip
def test_an_export_is_the_filtered_view(built, options, sites, capsys):
    out = built / "out.geojson"
    assert main(["export", "-o", str(out), "--project", str(built), *options.split()]) == 0
    assert [f["id"] for f in json.loads(out.read_text(encoding="utf-8"))["features"]] == sites
    assert f"{len(sites)} incidents at {len(sites)} sites" in capsys.readouterr().out


def test_an_export_is_a_table_too(built):
    assert main(["export", "-o", str(built / "out.csv"), "--project", str(built)]) == 0
    with (built / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["site_id"] for row in csv.DictReader(file)] == ["s1", "s2"]
    with (built / "out-sources.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["incident_id"], row["publisher"]) for row in csv.DictReader(file)] == [
            ("i1", "Paper A"),
            ("i2", "Paper A"),
        ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("-o out.docx", ["ending without a format"]), ("-o out.csv --first 1.3.2021", ["write YYYY-MM-DD"]),
        ("-o out.csv --first 2021-05-09 --last 2021-05-02", ["--first: 2021-05-09 is after --last 2021-05-02"]),
        ("-o out.csv --box 30 0 20 9", ["write the west first"]), ("-o out.csv --box 0 20 30 0", ["the south below the north"]),
        ("-o out.csv --type Shelling", ["no such type: 'Shelling' (did you mean 'Shelling/artillery/missile attack'?)"]),
        ("-o out.csv --actor RSF --publisher paper", ["did you mean 'Rapid Support Forces (RSF)'?", "did you mean 'Paper A'?"]),
    ],
)  # fmt: skip
def test_a_wrong_export_says_what_would_be_right(built, options, words, capsys, monkeypatch):
    monkeypatch.chdir(built)
    assert main(["export", *options.split()]) == 1
    said = capsys.readouterr().err
    assert [word for word in words if word not in said] == []
    assert not list(built.glob("out*"))


ARTICLE = """+++
title = "Shells"
publisher = "Paper A"
published = "2021-05-05"
+++

Two mortar shells hit Hodeidah in Yemen on Sunday and killed four people.
A roadside bomb wounded three soldiers near Taiz on Monday.
"""


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.fixture
def own(tmp_path, gazetteer, monkeypatch):
    """A working folder with an article of its own; gives what runs a command in it."""
    monkeypatch.setattr(Gazetteer, "load", lambda *_, **__: gazetteer)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "articles").mkdir(parents=True)
    article = tmp_path / "data" / "articles" / "shells.md"
    article.write_text(ARTICLE, encoding="utf-8")
    return article


def ids(article):
    collection = json.loads((article.parents[1] / "incidents.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["sources"][0]["report_id"]: f["properties"] for f in collection["features"]}


def test_an_export_is_never_of_other_articles_than_those_that_are_there(own, capsys):
    export = ["export", "-o", "out.geojson"]
    assert main(export) == 1
    assert "(run `build`)" in capsys.readouterr().err
    assert [main(["build"]), main(export)] == [0, 0]
    own.write_text(ARTICLE.replace("four", "five"), encoding="utf-8")
    assert main(export) == 1
    assert main(["build", "--horizon", "2021-05-03"]) == 0
    assert main(export) == 0


def test_an_export_says_what_has_changed_since_the_build(own, capsys, monkeypatch):
    """It asks no build for that, and what changed back is as it was built."""
    assert main(["build"]) == 0
    monkeypatch.setattr("geo.build.build", lambda *_, **__: pytest.fail("an export built everything"))
    places = Project().own(GAZETTEER) / "places.csv"
    reviews = Project().own(REVIEWS)
    assert main(["export", "-o", "out.geojson"]) == 0  # a copy of what ships is the same
    changes = [
        (own, lambda old: old.replace(b"four", b"five"), "data/articles/shells.md changed"),
        (own.with_name("more.txt"), lambda _: b"Shells fell on Taiz.\n", "data/articles/more.txt is new"),
        (own, lambda _: None, "data/articles/shells.md is gone"),
        (places, lambda old: old.rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n", "gazetteer/places.csv changed"),
        (reviews, lambda old: old + b"x\n", "data/reviews.csv changed"),
    ]
    for file, change, said in changes:
        old = file.read_bytes() if file.exists() else None
        put(file, change(old))
        assert main(["export", "-o", "out.geojson"]) == 1
        assert f"older than what it is made of: {said} (run `build`)" in capsys.readouterr().err
        put(file, old)
        assert main(["export", "-o", "out.geojson"]) == 0
    monkeypatch.setattr("geo.inputs.CODE", own.parent)
    assert main(["export", "-o", "out.geojson"]) == 1
    assert "the tool with its rules changed (run `build`)" in capsys.readouterr().err


def put(file, content):
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)


def test_incidents_that_came_from_elsewhere_are_compared_with_what_a_build_makes(own, capsys):
    """The note of a build is of its own incidents only."""
    assert main(["build"]) == 0
    stored = own.parents[1] / "incidents.geojson"
    stored.write_bytes(stored.read_bytes().replace(b"Hodeidah", b"Aden"))
    assert main(["export", "-o", "out.geojson"]) == 1
    assert "is not what the articles, the gazetteer and the reviews give (run `build`)" in capsys.readouterr().err
    assert main(["build"]) == 0
    assert main(["export", "-o", "out.geojson"]) == 0


def test_the_note_of_a_build_names_no_folder_of_this_machine(own):
    """It can be read by anybody, and the same files give the same bytes."""
    note = Path(".conflict-map/built.json")
    assert main(["build"]) == 0
    first = note.read_bytes()
    assert str(own.parents[2]).encode() not in first
    assert main(["build"]) == 0
    assert note.read_bytes() == first


@pytest.mark.parametrize("command", ["build", "export -o out.csv", "check", "places diff"])
def test_a_mistyped_folder_is_refused(command, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*command.split(), "--project", str(tmp_path / "nowhere")]) == 1
    assert "nowhere: is no folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_places_diff_says_what_build_would_change(own, capsys):
    assert main(["build"]) == 0
    assert main(["places", "diff"]) == 0
    assert "no incident would move" in capsys.readouterr().out
    own.write_text(ARTICLE.replace("Taiz", "Aden"), encoding="utf-8")
    assert main(["places", "diff"]) == 0
    assert "moved: Remote explosive/landmine/IED, 2021-05-03: Taiz, YE -> Aden, YE (" in capsys.readouterr().out


def test_a_decision_that_could_never_take_effect_is_refused(own, capsys):
    assert main(["build"]) == 0
    report = next(iter(ids(own)))
    wrong = (
        ["accept", "deadbeefdead"],
        ["accept", report[:-1] + "z"],
        ["correct", report, "place", "Nowhereville"],
        ["correct", report, "place", "San Jose"],
    )
    assert [main(["review", *words, *SIGNED]) for words in wrong] == [1] * 4
    said = capsys.readouterr().err
    assert "there is no report 'deadbeefdead'" in said
    assert "no place is called 'Nowhereville'" in said
    assert "places are called 'San Jose' (give one of these ids: " in said
    assert not (own.parents[1] / "reviews.csv").exists()


def test_a_place_may_be_given_by_its_only_name_and_explain_tells_of_it(own, capsys):
    assert main(["build"]) == 0
    report = next(r for r, p in ids(own).items() if p["place"] == "Taiz")
    assert main(["review", "correct", report, "place", "Hostomel", *SIGNED]) == 0
    assert main(["build"]) == 0
    assert ids(own)[report]["place_id"] == "ua-hostomel"
    assert main(["explain", "shells"]) == 0
    assert "Ada decided correct: place is ua-hostomel (a map)" in capsys.readouterr().out
    assert main(["review", "correct", report, "place", "Hostomel", "--withdraw"]) == 0


def test_check_tells_of_decisions_that_wait_with_their_row(own, capsys):
    reviews = own.parents[1] / "reviews.csv"
    header = "report_id,decision,field,value,other_report_id,who,when,why\n"
    reviews.write_text(f"{header}{'a' * 12},accept,,,,,,\n", encoding="utf-8")
    assert main(["check"]) == 1
    assert (
        f"reviews.csv, row 2, report_id: the decision waits: there is no report {'a' * 12} now"
        in capsys.readouterr().err
    )


def test_a_bad_line_hides_no_other(tmp_path, capsys, monkeypatch, gazetteer):
    monkeypatch.setattr(Gazetteer, "load", lambda *_, **__: gazetteer)
    monkeypatch.chdir(tmp_path)
    lines = [
        '{"id": 1, "text": 3}',
        "{",
        '{"id": 1}',
        "[]",
        '{"id": "a", "text": "Shelling in Zaporizhzhia."}',
        '{"id": 2, "text": "\\ud800"}',
    ]
    (tmp_path / "in.jsonl").write_bytes("\n".join(lines).encode() + b"\n\xff\n")
    assert main(["geoparse", "in.jsonl", "-o", "out.jsonl"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in said] == [
        "in.jsonl, row 1, text", "in.jsonl, row 2", "in.jsonl, row 3, text", "in.jsonl, row 4", "in.jsonl, row 6, text", "in.jsonl, row 7",
    ]  # fmt: skip
    (row,) = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (row["id"], row["toponyms"][0]["place_id"]) == ("a", "ua-zaporizhzhia")


def test_a_bad_row_of_passages_hides_no_other(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = ["id\ttext", "1\tRioters burned cars.", "2", "3\tA\tB", '4\tHe said "no" twice.']
    (tmp_path / "in.tsv").write_bytes("\n".join(rows).encode() + b"\n5\t\xff\n")
    assert main(["classify", "in.tsv", "-o", "out.tsv"]) == 1
    assert [line.partition(": ")[0] for line in capsys.readouterr().err.splitlines()] == [
        f"in.tsv, row {n}" for n in (3, 4, 6)
    ]
    out = (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in out] == ["id", "1", "4"]
    (tmp_path / "in.tsv").write_text("id\tTexts\n", encoding="utf-8")
    assert main(["classify", "in.tsv", "-o", "out.tsv"]) == 1
    assert "did you mean 'Texts'?" in capsys.readouterr().err
    assert len(out) == 3


def test_a_manifest_of_which_nothing_can_be_read_leaves_the_output_alone(tmp_path, capsys):
    (tmp_path / "m.csv").write_text("files,title\na.txt,T\n", encoding="utf-8")
    (tmp_path / "out.geojson").write_text("old", encoding="utf-8")
    assert main(["extract", "--manifest", str(tmp_path / "m.csv"), "-o", str(tmp_path / "out.geojson")]) == 1
    assert "m.csv, row 1, file: the header has no such column (did you mean 'files'?" in capsys.readouterr().err
    assert (tmp_path / "out.geojson").read_text(encoding="utf-8") == "old"


def test_what_the_system_refuses_is_told_without_a_traceback(tmp_path, capsys, monkeypatch):
    assert main(["geoparse", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "out")]) == 1
    assert "none.jsonl: no such file or directory" in capsys.readouterr().err
    cache = tmp_path / "cache"
    monkeypatch.setenv("CONFLICT_MAP_CACHE", str(cache))
    monkeypatch.setattr("geo.__main__._check", lambda _: open(cache / "none"))  # noqa: PTH123, SIM115
    assert main(["check"]) == 1
    assert "CONFLICT_MAP_CACHE" in capsys.readouterr().err


def test_a_decision_is_kept_once_and_taken_back(project, capsys, monkeypatch):
    monkeypatch.setattr("geo.decisions.ready.ready", lambda review, *_: review)
    decision = ["review", "correct", "a" * 12, "killed", "3-5", "--project", str(project)]
    decide, withdraw = [*decision, *SIGNED], [*decision, "--withdraw"]
    assert [main(decide), main(decide), main(withdraw), main(withdraw)] == [0, 0, 0, 1]
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "kept; `build` applies it",
        "was decided so already",
        "withdrawn; `build` applies it",
        "there is no such decision",
    ]


def test_a_wrong_decision_is_refused_with_every_problem(project, capsys):
    """Also one that nobody signs and gives no reason for, as on the page."""
    blank = ["--who", " ", "--project", str(project)]
    assert main(["review", "correct", "a" * 12, "killed", "many", *blank]) == 1
    said = capsys.readouterr().err
    assert "'many' is no number of people (write 3, or 3-5" in said
    assert "--who: nobody stands behind the decision (give your name or initials: --who Ada)" in said
    assert "--why: the decision has no reason (say what you know, and from where" in said
    assert main(["review", "accept", "a" * 12, *blank]) == 1
    assert not (project / "data" / "reviews.csv").exists()


def test_a_wrong_place_is_refused_with_every_problem(project, capsys):
    assert main(["places", "add", "--name", "Oru", "--lat", "33,5", "--project", str(project)]) == 1
    said = capsys.readouterr().err
    assert "places.csv, lat: '33,5' is no number (write it with a point" in said
    assert "places.csv, source: is empty" in said


def test_there_is_nothing_to_undo_at_first(project, capsys):
    assert main(["places", "history", "--project", str(project)]) == 0
    assert main(["places", "undo", "--project", str(project)]) == 1
    assert "there is no change to undo" in capsys.readouterr().err


def test_a_name_is_resolved_with_what_speaks_for_it(capsys):
    """The country beside a name decides between Alexandria in Egypt and Al-Iskandariya, and the rivals are shown."""
    assert main(["places", "resolve", "Alexandria", "--in", "IQ"]) == 0
    by_code = capsys.readouterr().out
    assert main(["places", "resolve", "Alexandria", "--in", "Iraq"]) == 0
    by_name = capsys.readouterr().out
    assert by_name == by_code
    chosen, rivals = by_name.split("rather than", 1)
    assert "[iq-iskandariya]" in chosen.splitlines()[0]
    assert "+4.0  so called in news of IQ" in chosen
    assert "[eg-alexandria]" in rivals
    assert main(["places", "resolve", "Alexandria"]) == 0
    assert "[eg-alexandria]" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.skipif(os.name != "posix", reason="pipes of a POSIX shell")
def test_a_reader_who_has_seen_enough_ends_the_command_quietly():
    """`conflict-map places resolve Kherson | head -1` says nothing of a broken pipe."""
    command = f"'{sys.executable}' -m geo places resolve Kherson | true"
    ended = subprocess.run(["bash", "-c", command], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert ended.stderr == ""


def test_a_name_that_nobody_knows_stays_open(capsys):
    """The command says so, and its exit status too."""
    assert main(["places", "resolve", "Qwazzlbrok"]) == 1
    said = capsys.readouterr().out
    assert "no source knows" in said
    assert " is " not in said.replace("no source knows such a name", "")


def test_a_geonames_dump_is_imported_and_found(tmp_path, monkeypatch, capsys):
    """A place of the dump can be looked up afterwards."""
    dump = tmp_path / "XX.txt"
    row = [
        "1",
        "Oumzaran",
        "Oumzaran",
        "",
        "33.5",
        "44.1",
        "P",
        "PPL",
        "IQ",
        "",
        "07",
        "",
        "",
        "",
        "900",
        "",
        "30",
        "Asia/Baghdad",
        "2020-01-01",
    ]
    dump.write_text("\t".join(row) + "\n", encoding="utf-8")
    monkeypatch.setenv("CONFLICT_MAP_CACHE", str(tmp_path / "cache"))
    assert main(["places", "import", str(dump)]) == 0
    made = bulk.cache_folder() / "import-XX.sqlite"
    assert str(made) in capsys.readouterr().out
    assert [place.name for place, _ in bulk.Bulk([made]).find("oumzaran")] == ["Oumzaran"]
    assert main(["places", "import", str(tmp_path / "missing.txt")]) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_a_passage_may_be_long_and_is_copied_as_it_is(tmp_path, monkeypatch):
    """Quotes and backslashes stay as they are; and the readers of other tables keep their limit of a cell."""
    monkeypatch.chdir(tmp_path)
    limit = csv.field_size_limit()
    rows = ["id\ttext", '1\tHe said "no" \\ twice.', "2\tRioters burned cars." + " No one spoke." * 20_000]
    (tmp_path / "in.tsv").write_text("\r\n".join(rows), encoding="utf-8")
    assert main(["classify", "in.tsv", "-o", "out.tsv"]) == 0
    out = [line.split("\t") for line in (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()]
    assert ["\t".join(cells[:2]) for cells in out] == rows
    assert out[2][2:] == ["Riots", "Violent demonstration"]
    assert csv.field_size_limit() == limit
