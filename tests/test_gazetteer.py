"""The reviewed files over the bulk index, and the index itself."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from geo.model import ConflictMapError, Place
from geo.places import bulk, bulk_write
from geo.places.bulk import Bulk
from geo.places.gazetteer import Gazetteer, Known, bare_facility

TOWN = Place("iq-x", "Xanabad", "P.PPL", "IQ", 33.0, 44.0, 5, reviewed=True)
BASE = Place("iq-y", "Xanabad Air Base", "S.AIRB", "IQ", 33.1, 44.1, 3, reviewed=True)
ROWS = [
    (("gn:1", "Xanabad", "P.PPL", "IQ", "Babil", 33.001, 44.001, 2.0, 3.5), ["Khanabad", "خان آباد"]),
    (("gn:2", "Xanabad", "P.PPL", "IR", "Fars", 29.0, 52.0, 2.0, 4.5), []),
    (("oa:ORXX", "Orumla Airport", "S.AIRP", "IQ", "", 33.3, 44.3, 3.0, 3.5), ["!Orumla"]),
]


@pytest.fixture
def index(tmp_path: Path) -> Bulk:
    """A bulk index of three places."""
    bulk_write.write(tmp_path / "places.sqlite", iter(ROWS))
    return Bulk([tmp_path / "places.sqlite"])


@pytest.fixture
def gazetteer(index: Bulk) -> Gazetteer:
    """Two reviewed places over that index."""
    known = [Known(TOWN, "Xanabad"), Known(TOWN, "Oldtown", "IQ"), Known(BASE, "Xanabad Air Base")]
    return Gazetteer([TOWN, BASE], known, index)


def test_a_reviewed_place_replaces_the_bulk_place_beside_it(gazetteer: Gazetteer) -> None:
    """Two towns of that name, not three: the reviewed one and the one in Iran."""
    assert [c.place.id for c in gazetteer.lookup("Xanabad")] == ["iq-x", "gn:2"]


@pytest.mark.parametrize(
    ("name", "place_id", "rung"),
    [
        ("XANABAD", "iq-x", "exact"),
        ("Xaná-bad", "iq-x", "article"),
        ("al-Xanabad", "iq-x", "article"),
        ("Hanabad", "", ""),
        ("Khanabat", "", ""),
    ],
)
def test_each_match_says_its_rung(gazetteer: Gazetteer, name: str, place_id: str, rung: str) -> None:
    """Exact and article matches are found; other towns are not."""
    found = gazetteer.lookup(name)
    assert (found[0].place.id, found[0].rung) == (place_id, rung) if place_id else not found


def test_a_facility_is_found_without_its_type_word(gazetteer: Gazetteer) -> None:
    """Both from the reviewed files and from the index."""
    assert [c.place.id for c in gazetteer.facility("Xanabad")] == ["iq-y"]
    assert [c.place.id for c in gazetteer.facility("Orumla")] == ["oa:ORXX"]
    assert bare_facility("Ain Xul air base") == "Ain Xul"


def test_an_alias_knows_the_only_country_in_which_it_holds(gazetteer: Gazetteer) -> None:
    """`context_country` of names.csv."""
    assert gazetteer.known_as("iq-x", "Oldtown").context_country == "IQ"
    assert gazetteer.known_as("iq-x", "Xanabad").context_country == ""
    assert gazetteer.known_as("iq-x", "Newtown") is None


def test_arabic_names_are_looked_up_in_arabic(gazetteer: Gazetteer) -> None:
    """Spelling variants of letters fold."""
    assert [c.place.id for c in gazetteer.lookup("خان اباد")] == ["gn:1"]


def test_a_crash_while_building_leaves_the_old_index(tmp_path: Path) -> None:
    """The file is replaced whole or not at all, and nothing is left lying about."""
    file = tmp_path / "places.sqlite"
    bulk_write.write(file, iter(ROWS))
    before = file.read_bytes()

    def broken():
        yield ROWS[0]
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        bulk_write.write(file, broken())
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_builder_left_is_deleted_and_what_a_running_one_writes_stays(tmp_path: Path) -> None:
    """The name of a half-built file tells its process."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [tmp_path / f".building-{gone.pid}-places-x-y.sqlite", tmp_path / ".building-y.sqlite"]
    running = tmp_path / f".building-{os.getpid()}-places-x-y.sqlite"
    for file in (*left, running):
        file.write_bytes(b"half")
    bulk.remove_abandoned(tmp_path)
    assert list(tmp_path.iterdir()) == [running]


def test_the_most_important_place_of_a_name_comes_first(tmp_path: Path) -> None:
    """In whatever order the rows came."""
    rows = [
        ((f"gn:{n}", "Xul", "P.PPL", "IQ", "", 33.0 + n, 44.0, 2.0, size), []) for n, size in enumerate((2.0, 5.1, 3.4))
    ]
    bulk_write.write(tmp_path / "x.sqlite", iter(rows))
    assert [place.importance for place, _ in Bulk([tmp_path / "x.sqlite"]).find("xul")] == [5.1, 3.4, 2.0]


def test_the_index_keeps_the_most_important_of_many_places_of_one_name(tmp_path: Path) -> None:
    """Forty under each key; the rest are found by reference, whole."""
    rows = [
        ((f"gn:{n}", "Xadir", "P.PPL", "IQ", "", 33.123456789, 44.0 + n / 100, 1.5, float(n)), []) for n in range(1, 51)
    ]
    bulk_write.write(tmp_path / "x.sqlite", iter(rows))
    index = Bulk([tmp_path / "x.sqlite"])
    assert [place.id for place, _ in index.find("xadir")] == [f"gn:{n}" for n in range(50, 10, -1)]
    assert index.find("~xadir") == index.find("xadir")
    assert index.find("") == index.find("xadira") == []
    made = Place(
        "gn:3", "Xadir", "P.PPL", "IQ", 33.123456789, 44.03, 1.5, "", 3.0, source="GeoNames", source_licence="CC-BY-4.0"
    )
    found = index.place("gn:3")
    assert found == made
    assert found is not None
    assert type(found) is Place
    assert found.level == "town"


def test_a_place_that_lies_nowhere_is_refused(tmp_path: Path) -> None:
    """When the index is written, since look-ups trust it."""
    row = ("gn:9", "Xul", "P.PPL", "IQ", "", 133.0, 44.0, 2.0, 2.0)
    with pytest.raises(ConflictMapError, match="gn:9"):
        bulk_write.write(tmp_path / "x.sqlite", iter([(row, [])]))


def test_an_index_of_another_version_is_refused(index: Bulk) -> None:
    """Rather than misread."""
    base = sqlite3.connect(index.files[0])
    base.execute("PRAGMA user_version = 1")
    base.close()
    with pytest.raises(ConflictMapError, match="delete it"):
        Bulk(index.files)


def test_an_index_is_read_only(index: Bulk) -> None:
    """Processes share it."""
    with pytest.raises(sqlite3.OperationalError):
        index._indexes[0].base.execute("DELETE FROM key")


def test_a_file_that_is_no_index_is_refused_in_words(tmp_path: Path) -> None:
    """The message names the file and the cure."""
    file = tmp_path / "places.sqlite"
    file.write_text("not a database at all, but long enough to be read as one")
    with pytest.raises(ConflictMapError, match="delete it"):
        Bulk([file])


def test_a_geonames_dump_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, alternate names, coordinates and population of each row."""
    monkeypatch.setenv("CONFLICT_MAP_CACHE", str(tmp_path / "cache"))
    cells = [
        "77",
        "Umm Xadir",
        "Umm Xadir",
        "Xadir,Om Xader",
        "32.5",
        "45.5",
        "P",
        "PPL",
        "IQ",
        "",
        "",
        "",
        "",
        "",
        "4200",
        "",
        "",
        "",
        "",
    ]
    (tmp_path / "IQ.txt").write_text("\t".join(cells) + "\n", encoding="utf-8")
    found = Bulk([bulk.import_geonames(tmp_path / "IQ.txt")]).find("xadir")
    assert [(p.id, p.feature_code, p.country, p.lat, name) for p, name in found] == [
        ("gn:77", "P.PPL", "IQ", 32.5, "Xadir")
    ]


def test_what_is_no_geonames_dump_is_refused_with_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, row, reason and cure."""
    monkeypatch.setenv("CONFLICT_MAP_CACHE", str(tmp_path / "cache"))
    (tmp_path / "x.txt").write_text("a,b,c\n")
    with pytest.raises(ConflictMapError, match="row 1: 1 columns"):
        bulk.import_geonames(tmp_path / "x.txt")


def test_bad_rows_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    """One bad latitude costs one row."""
    head = "id,name,feature_code,country,admin1,lat,lon,radius_km,geonames_id,wikidata_id,source,source_licence,status,note\n"
    rows = "iq-a,Aaa,P.PPL,IQ,,133,44,5,,,me,own work,confirmed,\niq-b,Bbb,P.PPL,IQ,,33,44,5,,,me,own work,confirmed,\n"
    (tmp_path / "places.csv").write_text(head + rows, encoding="utf-8")
    gazetteer = Gazetteer.load(tmp_path, bulk=False)
    assert list(gazetteer.places) == ["iq-b"]
    assert [(p.row, "133" in p.reason) for p in gazetteer.problems] == [(2, True)]
