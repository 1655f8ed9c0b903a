"""The wheel carries the app, the gazetteer and the articles, and works from an empty folder."""

import csv
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from geo.places.bulk import cache_folder

ROOT = Path(__file__).resolve().parents[1]
STARTS_WITHIN_SECONDS = 60


def run(*command, cwd, env=None, seconds=400):
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built without a network by the backend that is installed here."""
    pytest.importorskip("hatchling", reason="the build backend comes with the dev extra")
    folder = tmp_path_factory.mktemp("dist")
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        folder,
        ROOT,
        cwd=folder,
    )
    return next(folder.glob("conflict_map-*.whl"))


@pytest.fixture(scope="module")
def tool(wheel, tmp_path_factory):
    """A new environment with the wheel in it, which borrows what the wheel depends on from this one."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    packages = next(home.glob("lib/python3*/site-packages"))
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", packages, wheel, cwd=home)
    borrowed = [p for p in sys.path if p.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return home / "bin" / "python"


@pytest.fixture
def empty(tmp_path):
    return tmp_path


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """An environment without the checkout in it; the index of places is borrowed, for it takes a while to build."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "OPENBLAS_CORETYPE") if name in os.environ}
    home = tmp_path_factory.mktemp("home")
    return {**kept, "HOME": str(home), "CONFLICT_MAP_CACHE": str(cache_folder()), "PYTHONDONTWRITEBYTECODE": "1"}


def test_the_wheel_carries_what_the_tool_needs(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    bundled = {"app.py", ".streamlit/config.toml", "gazetteer/places.csv", "data/incidents.geojson", "data/reviews.csv"}
    assert {f"geo/_bundle/{name}" for name in bundled} <= names
    assert sum(name.startswith("geo/_bundle/data/articles/") for name in names) == 5
    code = {
        p.relative_to(ROOT).as_posix()
        for p in (ROOT / "geo").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert code <= names


def test_the_wheel_carries_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [n for n in names if not n.startswith(("geo/", "conflict_map-"))] == []
    assert [n for n in names if "originals" in n or n.endswith(".pyc")] == []


def test_the_command_works_from_an_empty_folder(tool, empty, clean):
    assert run(tool, "-c", "import geo; print(geo.__file__)", cwd=empty, env=clean).startswith(str(tool.parents[1]))
    assert "extract" in run(tool, "-m", "geo", "--help", cwd=empty, env=clean)
    command = tool.with_name("conflict-map")
    if not command.exists():  # pip puts a script beside the packages when it installs into a folder
        command = next(tool.parents[1].glob("lib/python3*/site-packages/bin/conflict-map"))
    assert command.is_file()


def test_articles_are_read_from_an_empty_folder(tool, empty, clean):
    (empty / "a.txt").write_text(
        "A rocket hit Camp Taji in Iraq on Sunday and killed two soldiers.\n", encoding="utf-8"
    )
    with (empty / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "title", "publisher", "author", "published", "published_precision"])
        table.writerow(["a.txt", "Rocket", "Post", "", "2031-05-05", "day"])
    run(tool, "-m", "geo", "extract", "--manifest", "articles.csv", "-o", "reports.geojson", cwd=empty, env=clean)
    assert '"Camp Taji"' in (empty / "reports.geojson").read_text(encoding="utf-8")


def test_the_app_starts_from_an_empty_folder(tool, empty, clean):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = (empty / "log.txt").open("wb")
    app = subprocess.Popen(
        [str(tool), "-m", "geo", "run", "--port", str(port)],
        cwd=empty,
        env=clean,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        assert healthy(port, app), (empty / "log.txt").read_text()
        assert listens_only_on_loopback(port)
    finally:
        app.terminate()
        app.wait(20)
        log.close()
    assert not (empty / "data").exists()  # nothing is written before a user writes


def healthy(port, app):
    """Does the app answer before the time is up?"""
    end = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < end and app.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                return answer.read() == b"ok"
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False


def listens_only_on_loopback(port):
    """True where no other address of this machine takes the port (Linux)."""
    table = Path("/proc/net/tcp")
    if not table.exists():
        return True
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")}
    return listening == {f"0100007F:{port:04X}"}
