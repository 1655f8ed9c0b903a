"""A project's files: whole or untouched, the same bytes for the same content, and nothing written before a user writes."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files import canonical_json, write_atomically
from geo.model import BadInput, Review
from geo.store import Project, front_matter

COLLECTION = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "geometry": None, "properties": {"place": "Çöruñ", "n": 1}}],
}
BRIEF = '+++\ntitle = "Raid at Oroma"\npublisher = "Paper A"\npublished = "2021-05-05"\nkind = "brief"\n+++\n\nTwo were hurt in a raid.\n'


@pytest.fixture
def shipped(tmp_path):
    base = tmp_path / "shipped"
    (base / "data" / "articles").mkdir(parents=True)
    (base / "gazetteer").mkdir()
    (base / "gazetteer" / "places.csv").write_text("id,name\n", encoding="utf-8")
    (base / "data" / "articles" / "raid.md").write_text(BRIEF, encoding="utf-8")
    (base / "data" / "incidents.geojson").write_bytes(canonical_json(COLLECTION))
    return base


@pytest.fixture
def project(tmp_path, shipped):
    (tmp_path / "mine").mkdir()
    return Project(tmp_path / "mine", shipped=shipped)


def files(project):
    return sorted(
        str(p.relative_to(project.root)) for p in project.root.rglob("*") if p.is_file() and not p.name.startswith(".")
    )


def test_an_empty_folder_shows_what_ships_and_stays_empty(project):
    assert [a.id for a in project.articles()[0]] == ["raid"]
    assert project.incidents() == COLLECTION
    assert project.gazetteer == project.shipped / "gazetteer"
    assert files(project) == []


def test_the_first_write_copies_what_is_about_to_change(project):
    project.save_article("Shells fell on Oroma.", title="Shells", published=(date(2021, 6, 1), date(2021, 6, 30)))
    assert files(project) == ["data/articles/2021-06-shells.md", "data/articles/raid.md"]
    project.own(Path("gazetteer"))
    assert "gazetteer/places.csv" in files(project)
    assert (project.shipped / "data" / "articles" / "raid.md").read_text(encoding="utf-8") == BRIEF
    assert len(list((project.shipped / "data" / "articles").iterdir())) == 1


def test_the_folder_is_named_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CONFLICT_MAP_PROJECT", str(tmp_path))
    assert Project().root == tmp_path.resolve()


# ------------------------------------------------------------------------------------------- articles


def test_a_saved_article_reads_back_as_it_was(project):
    saved = project.save_article(
        "First line.\r\n\r\n“Second”\u00a0line.", title='The "T" of \\ it', publisher="Paper Ä", author="A. B.",
        published=(date(2021, 5, 1), date(2021, 5, 31)), url="https://x.example/?a=1&b=2", kind="brief",
    )  # fmt: skip
    again = next(a for a in project.articles()[0] if a.id == saved.id)
    assert again == saved
    assert (saved.title, saved.publisher, saved.kind) == ('The "T" of \\ it', "Paper Ä", "brief")
    assert saved.published == (date(2021, 5, 1), date(2021, 5, 31))
    assert saved.text.endswith("First line.\r\n\r\n“Second”\u00a0line.\n")


def test_two_articles_of_one_title_get_two_ids(project):
    first, second = (project.save_article(t, title="غارة").id for t in ("One.", "Two."))
    assert first.isascii()
    assert second == f"{first}-2"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("  \n", "empty"), ("Two were hurt\nin a raid.", "kept already, as raid"), ("A \ud800 B", "UTF-8")],
)
def test_a_text_that_cannot_be_kept_is_refused_and_nothing_is_written(project, text, reason):
    with pytest.raises(BadInput, match=reason):
        project.save_article(text, title="T")
    assert not [f for f in files(project) if "raid" not in f]


def test_a_removed_article_can_be_found_again(project):
    assert project.remove_article("raid").read_text(encoding="utf-8") == BRIEF
    assert project.articles()[0] == []
    with pytest.raises(BadInput, match="no article 'raid'"):
        project.remove_article("raid")


def test_an_original_takes_the_place_of_its_brief(project):
    (project.root / "data" / "originals").mkdir(parents=True)
    (project.root / "data" / "originals" / "raid.txt").write_text("A raid hurt two.", encoding="utf-8")
    (article,), problems = project.articles()
    assert (article.text, article.title, article.publisher, article.kind) == (
        "A raid hurt two.",
        "Raid at Oroma",
        "Paper A",
        "original",
    )
    assert article.published == (date(2021, 5, 5), date(2021, 5, 5))
    assert problems == []


@given(
    st.dictionaries(
        st.sampled_from(["title", "publisher", "author"]),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    )
)
def test_front_matter_is_toml_whatever_the_words(facts):
    assert tomllib.loads(front_matter(facts).strip("\n").strip("+")) == facts


# ------------------------------------------------------------------------------------------- bytes


def test_incidents_are_written_in_canonical_bytes(project):
    path = project.write_incidents(COLLECTION)
    assert path.read_bytes() == canonical_json(COLLECTION)
    assert path.read_text(encoding="utf-8").endswith("}\n")
    assert "Çöruñ" in path.read_text(encoding="utf-8")
    before = path.stat().st_mtime_ns
    project.write_incidents(COLLECTION)
    assert path.stat().st_mtime_ns == before


def test_broken_incidents_are_told(project):
    (project.root / "data").mkdir()
    (project.root / "data" / "incidents.geojson").write_text("[1, 2", encoding="utf-8")
    with pytest.raises(BadInput, match="build it again"):
        project.incidents()


def test_json_has_no_nan():
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"lat": float("nan")})


def test_a_file_keeps_its_mode_and_a_link_its_target(tmp_path):
    target = tmp_path / "real.txt"
    write_atomically(target, b"1")
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~_umask()
    target.chmod(0o640)
    (tmp_path / "link.txt").symlink_to(target)
    write_atomically(tmp_path / "link.txt", b"2")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"2", 0o640)
    assert (tmp_path / "link.txt").is_symlink()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_failed_write_leaves_the_old_bytes_and_no_rest(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    write_atomically(target, b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"old"


WRITER = """
import sys
from pathlib import Path
from geo.files import write_atomically
n = 0
while True:
    write_atomically(Path(sys.argv[1]), (str(n % 10) * 3_000_000).encode())
    print(n, flush=True)
    n += 1
"""


def test_a_killed_writer_leaves_a_whole_file(tmp_path):
    """Kill a process for good while it writes; the file is one of its contents, entire."""
    target = tmp_path / "big.txt"
    for n in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE
        )
        process.stdout.readline()
        time.sleep(0.003 * n)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        content = target.read_bytes()
        assert len(content) == 3_000_000
        assert len(set(content)) == 1


def test_decisions_go_through_the_project(project):
    review = Review("a" * 12, "accept", who="Ada")
    assert project.decide(review)
    assert project.reviews() == ((review,), ())
    assert project.withdraw(review)
    assert project.reviews() == ((), ())
    assert json.loads(canonical_json(project.incidents())) == COLLECTION
