"""What lies in the repository: small, ours, pinned, and with no host of anybody's in the lock files."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LARGEST_BYTES = 1_500_000
LONGEST_MODULE_LINES = 400
TYPES = "geo/model.py"  # a list of records, which is read like a table
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+) \\$", re.MULTILINE)
HEAVY = re.compile(r"^(torch|tensorflow|jax|transformers|spacy|nvidia-.*|triton|scikit-learn|django)==", re.MULTILINE)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this copy is no git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_every_package_with_hashes_and_names_no_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
    assert [e.split("\n")[0] for e in entries if not (PIN.match(e) and "--hash=sha256:" in e)] == []
    assert not re.search(r"://|--index|--find-links|--trusted-host", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_heavy_gets_in(lock):
    assert HEAVY.findall((ROOT / lock).read_text(encoding="utf-8")) == []


def test_the_two_lock_files_agree():
    run, dev = (pins(lock) for lock in LOCKS)
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


def test_every_direct_dependency_is_pinned_and_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = [re.match(r"[\w-]+", d).group().lower() for d in tomllib.loads(text)["project"]["dependencies"]]
    assert set(names) <= set(pins("requirements.lock"))
    for name in names:
        assert re.search(rf'"{name}[^"]*",\s*# \w', text), f"{name}: no comment in pyproject.toml says why"


def test_every_ignored_rule_of_the_linter_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = text.split("\nignore = [", 1)[1].split("\n]", 1)[0].strip().splitlines()
    assert [line for line in ignored if not re.search(r'",\s*# .{6}', line)] == []


def test_no_file_is_large():
    assert [f"{p.name}: {p.stat().st_size}" for p in tracked() if p.stat().st_size > LARGEST_BYTES] == []


def test_no_code_of_others_is_kept_here():
    names = [p.relative_to(ROOT).as_posix() for p in tracked()]
    assert [
        n for n in names if re.search(r"\.min\.(js|css)$|(^|/)leaflet[^/]*\.(js|css)$|node_modules/|\.whl$", n)
    ] == []


def test_no_original_article_is_kept_here():
    assert [p for p in tracked() if "originals" in p.relative_to(ROOT).parts] == []


def test_no_module_holds_too_much():
    long = {p.relative_to(ROOT).as_posix(): len(p.read_bytes().splitlines()) for p in tracked() if p.suffix == ".py"}
    assert {
        n: lines for n, lines in long.items() if n.startswith("geo/") and lines > LONGEST_MODULE_LINES and n != TYPES
    } == {}


def test_every_text_file_is_utf_8_with_plain_line_ends_and_a_last_one():
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".gz", ".ico", ".gpkg"}:
            continue
        raw = path.read_bytes()
        raw.decode("utf-8")
        if b"\r\n" in raw or (raw and not raw.endswith(b"\n")):
            wrong.append(path.relative_to(ROOT).as_posix())
    assert wrong == []


def test_the_script_of_the_build_machine_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
