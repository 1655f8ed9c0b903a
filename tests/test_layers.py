"""Imports point down only: the types at the bottom, the stages beside one another, the pipeline over them, the pages on top."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

GEO = Path(__file__).resolve().parents[1] / "geo"

# Each stage is a package. Its modules may import one another; a stage imports no other stage.
STAGES = {name: {name} for name in ("read", "find", "dates", "places", "details", "merge")}
TOP = {"pages", "commands", "__main__"}
SEES_NO_TEXT = {"sentences", "read", "find", "places", "triggers"}  # what merge may not know
SHOWS = {"streamlit", "folium", "branca", "geopandas", "pandas"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "requests", "urllib3", "ftplib", "smtplib", "geopy.geocoders"}


def modules() -> list[str]:
    names = (path.relative_to(GEO).with_suffix("").as_posix().replace("/", ".") for path in GEO.rglob("*.py"))
    return sorted(name.removesuffix(".__init__") for name in names if name != "__init__")


def path_of(module: str) -> Path:
    path = GEO / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def head(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


@cache
def imports(module: str) -> frozenset[str]:
    """Full names of everything that a module imports at run time, ours as `geo.x`."""
    found: set[str] = set()
    package = f"geo.{module}" if path_of(module).name == "__init__.py" else f"geo.{module}".rpartition(".")[0]
    waiting: list[ast.AST] = [ast.parse(path_of(module).read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if for_types_only(node):
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            found.update({base} if base.split(".")[0] != "geo" else {f"{base}.{alias.name}" for alias in node.names})
            found.update({f"{base}.{alias.name}" for alias in node.names} & NETWORK)
        waiting += ast.iter_child_nodes(node)
    return frozenset(found)


@cache
def ours(module: str) -> frozenset[str]:
    """Our own modules that a module imports, without the `geo.`."""
    known = set(modules())
    found = set()
    for name in imports(module):
        parts = name.removeprefix("geo.").split(".") if name.startswith("geo.") else []
        for end in range(len(parts), 0, -1):
            if ".".join(parts[:end]) in known:
                found.add(".".join(parts[:end]))
                break
    return frozenset(found - {module})


def below(module: str) -> set[str]:
    """A module and everything of ours that it needs."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += ours(name)
    return seen


def test_the_types_need_the_standard_library_and_nothing_else():
    assert {name.split(".")[0] for name in imports("model")} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("module", [m for m in modules() if head(m) not in TOP])
def test_nothing_imports_the_pages_or_the_command_line(module):
    assert {name for name in ours(module) if head(name) in TOP} == set()


@pytest.mark.parametrize("module", [m for m in modules() if head(m) == "pages"])
def test_no_page_imports_the_command_line(module):
    assert "__main__" not in ours(module)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage(stage):
    others = set().union(*(names for name, names in STAGES.items() if name != stage))
    wrong = {f"{m} -> {n}" for m in modules() if head(m) in STAGES[stage] for n in ours(m) if head(n) in others}
    assert wrong == set()


def test_every_stage_that_is_named_here_exists():
    assert set().union(*STAGES.values()) <= {head(m) for m in modules()}


def test_merging_sees_no_text():
    wrong = {f"{m} -> {n}" for m in modules() if head(m) in STAGES["merge"] for n in ours(m) if head(n) in SEES_NO_TEXT}
    assert wrong == set()


@pytest.mark.parametrize("module", ["store", "export"])
def test_files_and_formats_know_no_stage_but_reading(module):
    stages = set().union(*STAGES.values()) - STAGES["read"]
    assert {name for name in below(module) if head(name) in stages} == set()


@pytest.mark.parametrize("module", [m for m in modules() if head(m) == "draw"])
def test_drawing_takes_plain_geojson(module):
    assert {name for name in ours(module) if head(name) not in ("draw", "lasting")} == set()  # `lasting` knows no data


@pytest.mark.parametrize("module", [m for m in modules() if head(m) not in TOP])
def test_no_two_modules_need_one_another(module):
    assert module not in set().union(*(below(name) for name in ours(module)))


def test_reading_articles_needs_no_web_framework_and_no_network():
    needed = set().union(*(imports(module) for module in below("pipeline")))
    assert {n for n in needed if n.split(".")[0] in SHOWS or n in NETWORK or n.split(".")[0] in NETWORK} == set()


@pytest.mark.parametrize("module", modules())
def test_only_the_page_of_places_can_ask_another_machine(module):
    asks = {name for name in imports(module) if name in NETWORK or name.split(".")[0] in NETWORK}
    assert not asks or head(module) == "pages"
