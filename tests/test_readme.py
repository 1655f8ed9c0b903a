"""The README's commands run, and print what it says they print.

`make readme` writes the present output into the README.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = 400  # the first command on a new machine builds the index of places
SHIM = '#!/bin/sh\nexec "{python}" -m geo "$@"\n'


def session(folder: Path) -> dict[str, str]:
    """An empty folder but for the examples, and an environment in which `conflict-map` is this checkout."""
    (folder / "bin").mkdir()
    shim = folder / "bin" / "conflict-map"
    shim.write_text(SHIM.format(python=sys.executable), encoding="utf-8")
    shim.chmod(0o755)
    work = folder / "work"
    (work / "docs").mkdir(parents=True)
    (work / "docs" / "example").symlink_to(ROOT / "docs" / "example")
    return {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }


def commands(block: str) -> list[str]:
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def played(block: str, folder: Path, environment: dict[str, str]) -> str:
    """The block with each command followed by what it prints now."""
    lines = []
    for command in commands(block):
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder / "work",
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        output = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines())
        status = f"(exit status {done.returncode})" if done.returncode else ""
        lines += [f"$ {command}", *(part for part in (output, status) if part)]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    return folder, session(folder)


@pytest.mark.parametrize(
    "block", BLOCK.findall(README.read_text(encoding="utf-8")), ids=lambda b: b.split("\n")[0][2:50]
)
def test_a_command_prints_what_the_readme_says(block, shell):
    assert played(block, *shell) == block


def test_every_command_of_the_command_line_is_in_the_readme():
    text = README.read_text(encoding="utf-8")
    help_text = subprocess.run(
        [sys.executable, "-m", "geo", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    names = re.findall(r"^    (\w+) ", help_text, re.MULTILINE)
    assert len(names) >= 7
    assert [name for name in names if not re.search(rf"(conflict-map |`|    ){name}\b", text)] == []


def test_every_make_target_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", README.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("page", [README, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_every_link_inside_the_repository_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        environment = session(Path(place))
        text = README.read_text(encoding="utf-8")
        README.write_text(
            BLOCK.sub(lambda m: f"```console\n{played(m[1], Path(place), environment)}```", text), encoding="utf-8"
        )
