"""A real Chromium that reaches nothing but this machine; every other request is failed and recorded."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from steps import BARE_COMPLAINTS, STORY, UNKNOWN, WAIT, complaints, make_project, map_frame  # noqa: E402

from geo.places.gazetteer import Gazetteer  # noqa: E402

__all__ = ["map_frame"]

FLAGS = [
    *"--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking".split(),
    *"--disable-component-update --disable-sync".split(),
    "--host-resolver-rules=MAP other.test 127.0.0.1",  # a stranger's site, served by a test
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOW_TO_GET_ONE = "no Chromium here: install Debian's package `chromium`, or set CONFLICT_MAP_CHROMIUM to one"
LOCAL = (
    "http://other.test:",
    "http://127.0.0.1",
    "http://localhost",
    "ws://127.0.0.1",
    "ws://localhost",
    "file:",
    "data:",
    "blob:",
)
START_SECONDS = 40  # a cold Streamlit on two shared cores


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str | None:
    """The Chromium to use: the environment's, else the first one on the path."""
    return os.environ.get("CONFLICT_MAP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium():
    """One browser for the session."""
    path = chromium_path()
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: `make test` installs it"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page with what it asked of the outside and what it complained of."""

    page: object
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def open_tab(chromium):
    """Opens tabs of a given size whose requests beyond this machine fail: `open_tab(1440, 900)`."""
    contexts = []

    def open_one(width: int = 1440, height: int = 900, **options) -> Tab:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        tab = Tab(context.new_page())

        def gate(route):
            if route.request.url.startswith(LOCAL):
                route.continue_()
            else:
                tab.outside.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        tab.page.on("pageerror", lambda e: tab.errors.append(str(e)))
        tab.page.on("console", lambda m: tab.errors.append(m.text) if m.type == "error" else None)
        return tab

    yield open_one
    for context in contexts:
        context.close()


class Serving:
    """Starts Streamlit apps on loopback, each in a process of its own: `serve(script_path, **environment)`."""

    def __init__(self, logs):
        self.logs = logs
        self.started: dict[str, subprocess.Popen] = {}

    def __call__(self, script: Path, **environment: str) -> str:
        """Start an app and give its address, once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = self.logs.mktemp("streamlit") / "log.txt"
        command = [
            sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.address", "127.0.0.1",
            "--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
        ]  # fmt: skip
        with log.open("w") as out:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            )
        address = f"http://127.0.0.1:{port}"
        self.started[address] = process
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                    return address
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"the app did not start in {START_SECONDS} s:\n{log.read_text()}")

    def stop(self, address: str) -> None:
        """End the app at an address."""
        process = self.started.pop(address)
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Apps that end with the session, or before."""
    serving = Serving(tmp_path_factory)
    yield serving
    for address in list(serving.started):
        serving.stop(address)


@pytest.fixture(scope="session")
def index():
    """The index of the world's towns, built before anybody waits for it."""
    Gazetteer.load()


@pytest.fixture(scope="session")
def app(index, serve, tmp_path_factory):  # noqa: ARG001
    """The app on a project that no test changes."""
    project = make_project(tmp_path_factory.mktemp("project"), valley=STORY)
    return serve(ROOT / "app.py", CONFLICT_MAP_PROJECT=str(project))


@pytest.fixture
def own(index, serve, tmp_path):  # noqa: ARG001
    """The app on a project for one test to change, with an incident that waits for its place."""
    project = make_project(tmp_path / "project", valley=STORY, hills=UNKNOWN)
    address = serve(ROOT / "app.py", CONFLICT_MAP_PROJECT=str(project))
    yield address, project
    serve.stop(address)


@pytest.fixture
def tab(open_tab):
    """A tab that asks for nothing outside this machine and complains of nothing that a bare page does not complain of."""
    opened = open_tab()
    opened.page.set_default_timeout(WAIT)
    yield opened
    opened.page.context.close()
    assert opened.outside == []
    assert set(complaints(opened)) <= BARE_COMPLAINTS
