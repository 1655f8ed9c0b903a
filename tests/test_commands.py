"""The commands `export`, `review` and `places`, as a user types them."""

import csv
import json

import pytest

from geo.__main__ import main
from geo.files import canonical_json
from geo.places import bulk

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


@pytest.mark.parametrize(
    ("options", "sites"),
    [
        ("", ["s1", "s2"]), ("--first 2021-05-02 --last 2021-05-09", ["s1", "s2"]), ("--first 2021-05-02 --last 2021-05-09 --only-certain", ["s1"]),
        ("--first 2021-05-05", ["s2"]), ("--type Riots", ["s2"]), ("--box 0 0 30 20", ["s1"]), ("--known-on 2021-05-31", []), ("--publisher B", []),
    ],
)  # fmt: skip
def test_an_export_is_the_filtered_view(project, options, sites, capsys):
    out = project / "out.geojson"
    assert main(["export", "-o", str(out), "--project", str(project), *options.split()]) == 0
    assert [f["id"] for f in json.loads(out.read_text(encoding="utf-8"))["features"]] == sites
    assert f"{len(sites)} incidents at {len(sites)} sites" in capsys.readouterr().out


def test_an_export_is_a_table_too(project):
    assert main(["export", "-o", str(project / "out.csv"), "--project", str(project)]) == 0
    with (project / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["site_id"] for row in csv.DictReader(file)] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("options", "words"),
    [("-o out.docx", "ending without a format"), ("-o out.csv --first 1.3.2021", "write YYYY-MM-DD")],
)
def test_a_wrong_export_says_what_would_be_right(project, options, words, capsys, monkeypatch):
    monkeypatch.chdir(project)
    assert main(["export", *options.split()]) == 1
    assert words in capsys.readouterr().err
    assert not list(project.glob("out.*"))


def test_a_decision_is_kept_once_and_taken_back(project, capsys):
    decide = [
        "review",
        "correct",
        "a" * 12,
        "killed",
        "3-5",
        "--why",
        "seen",
        "--who",
        "Ada",
        "--project",
        str(project),
    ]
    assert [main(decide), main(decide), main([*decide, "--withdraw"]), main([*decide, "--withdraw"])] == [0, 0, 0, 1]
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "kept; `build` applies it",
        "was decided so already",
        "withdrawn; `build` applies it",
        "there is no such decision",
    ]


def test_a_wrong_decision_is_refused(project, capsys):
    assert main(["review", "correct", "a" * 12, "killed", "many", "--project", str(project)]) == 1
    assert "'many' is no number of people (write 3, or 3-5" in capsys.readouterr().err


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
    assert main(["places", "resolve", "Alexandria", "--in", "Iraq"]) == 0
    chosen, rivals = capsys.readouterr().out.split("rather than", 1)
    assert "[iq-iskandariya]" in chosen.splitlines()[0]
    assert "+4.0  so called in news of IQ" in chosen
    assert "[eg-alexandria]" in rivals
    assert main(["places", "resolve", "Alexandria"]) == 0
    assert "[eg-alexandria]" in capsys.readouterr().out.splitlines()[0]


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
