"""The check of data files says file, row, field, reason and cure for each way to break a gazetteer folder."""

import shutil
from pathlib import Path

import pytest

from geo.places.check import check

FOLDER = Path(__file__).resolve().parents[1] / "gazetteer"


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "gazetteer"
    copy.mkdir()
    for file in FOLDER.glob("*.csv"):
        shutil.copy(file, copy)
    for file in FOLDER.glob("*.geojson"):
        (copy / file.name).symlink_to(file)
    return copy


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def said(folder):
    return [str(p) for p in check(folder)]


def test_the_shipped_folder_is_sound():
    assert said(FOLDER) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("places.csv", "iq-camp-taji,Camp Taji,S.INSM,IQ", "iq-camp-taji,Camp Taji,S.INSM,SY", "lat: lies"),
        ("places.csv", "iq-camp-taji,Camp Taji,S.INSM", "iq-camp-taji,Camp Taji,S.NOPE", "feature_code: 'S.NOPE' is unknown"),
        ("places.csv", "iq-camp-taji,Camp Taji", "iq-zzz,Camp Taji", "stands behind iq-zzz"),
        ("places.csv", "iq-camp-taji,Camp Taji", "iq-bamarni-airfield,Camp Taji", "occurs twice"),
        ("places.csv", "33.523899", "93.523899", "is not between -90 and 90"),
        ("places.csv", "public domain", "all rights reserved", "is none that we accept"),
        ("places.csv", "public domain", "ODbL-1.0", "ODbL-1.0 without OpenStreetMap as the source"),
        ("places.csv", "Camp Taji", "Camp Taji ", "has space around it"),
        ("places.csv", "Camp Taji", '"Camp Taji"', "would not be written with the same bytes"),
        ("places.csv", "iq-camp-taji,Camp Taji,", "iq-camp-taji,Camp, Taji,", "cells instead of 14"),
        ("small_places_elsewhere.csv", "ua-robotyne,Robotyne,P.PPL,UA", "ua-robotyne,Robotyne,P.PPL,SY", "lat: lies"),
        ("small_places_elsewhere.csv", "ua-robotyne,Robotyne", "ua-zzz,Robotyne", "stands behind ua-zzz"),
        ("small_places_elsewhere.csv", "47.45,35.84,8,", "47.45,35.84,1,", "radius_km: claims too much"),
        ("small_places_africa.csv", "own work,unconfirmed", "own work,confirmed", "status: does not fit the source"),
        ("small_places_africa.csv", "own work,unconfirmed", "CC-BY-4.0,unconfirmed", "status: does not fit the source"),
        ("small_places_elsewhere.csv", "Rabotino|", "Rabotino|Robotyne|", "aliases: holds a name twice"),
        ("small_places_elsewhere.csv", "ua-robotyne,", "ua-zaporizhzhia,", "id: is in places.csv too"),
        ("names.csv", ",fa,official,", ",fa,nonsense,", "kind: 'nonsense' is none"),
        ("names.csv", "iq-mosul,", "iq-nowhere,", "is no place"),
        ("names.csv", "Hewlêr", "Hewle\u0302r", "is not in composed form"),
        ("names.csv", "Hewlêr", "\u202eHewlêr", "holds a direction mark"),
        ("names.csv", "Hewlêr", "Mosul", "is shared by iq-erbil iq-mosul"),
        ("homonyms.csv", "tripoli,lb-tripoli", "tripoly,lb-tripoli", "is not shared"),
        ("demonyms.csv", ",IQ,adj", ",QI,adj", "'QI' is no country"),
        ("examples.csv", ",iq-camp-taji,", ",iq-camp-nowhere,", "is no place"),
        ("countries.csv", "iso2,iso3", "iso3,iso2", "the header is"),
    ],
)  # fmt: skip
def test_a_broken_row_is_told(folder, file, old, new, expected):
    edit(folder, file, old, new)
    told = said(folder)
    assert any(line.startswith(file) or file == "homonyms.csv" for line in told)
    assert any(expected in line for line in told), told


def test_a_missing_file_is_told(folder):
    (folder / "names.csv").unlink()
    assert said(folder) == ["names.csv: is missing (put it back from the repository)"]


def test_a_file_of_other_bytes_than_utf8_is_told(folder):
    (folder / "places.csv").write_bytes("id,name\niq-x,Sa\u00fbd".encode("latin-1"))
    assert "is not UTF-8" in said(folder)[0]
