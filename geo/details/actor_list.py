"""Load the list of actors: `geo/rules/actors.csv` for groups and general words, the gazetteer's tables for states."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from geo.model import BadInput, Problem

RULES = Path(__file__).parents[1] / "rules" / "actors.csv"
COLUMNS = ("name", "aliases", "side", "country", "kind", "context", "source")
KINDS = frozenset(
    "state rebel militia political civilian generic-militia generic-rebel generic-state generic-civilian".split()
)
BEARERS = " *"  # mark of a people or group that is meant only before a noun for people who bear arms: "Tuareg *"
ARMED_NOUNS = frozenset(
    """rebels rebel fighters fighter militia militias militiamen militiaman gunmen gunman militants militant insurgents insurgent
    separatists guerrillas guerrilla warriors raiders tribesmen paramilitaries paramilitary forces combatants factions commanders
    commander men troops youths attackers bandits herdsmen group groups soldiers""".split()
)
NEEDS_CONTEXT = "?"  # mark of an alias that counts only where the article has a word of the row's context
DIGITS_END = re.compile(r"(?<=\d)(?=[A-Za-z])")  # "3R", "33rd" are two words of a sentence
LONGEST_SHORT_FORM = 5  # letters
Form = Literal["group", "force", "strike", "armed", "people", "civilians", "state", "capital", "adjective", "generic"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list. `country` is ISO 3166-1 alpha-2 or ""."""

    name: str
    aliases: tuple[str, ...]
    side: str
    country: str
    kind: str
    context: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an entry, word by word."""

    keys: tuple[str, ...]
    styles: tuple[str, ...]  # of each word: "U" capitals only, "C" a capital first, "" any, else exactly so
    entry: Entry
    form: Form
    needs_context: bool = False
    bearers: bool = False  # a noun for people who bear arms must follow
    possessives: frozenset[int] = frozenset()  # words written with 's in the name itself, by position

    @property
    def length(self) -> int:
        """How many words the name and the noun that it asks for have."""
        return len(self.keys) + self.bearers


@dataclass(frozen=True, slots=True)
class ActorList:
    """Every actor, ready to be looked up; `states` maps an ISO code to the name that a report shows."""

    entries: tuple[Entry, ...]
    states: dict[str, str]
    index: dict[str, tuple[Alias, ...]] = field(default_factory=dict, repr=False)


@cache
def load(path: Path = RULES, gazetteer: Path | None = None) -> ActorList:
    """Read the list of actors, and the states from the gazetteer's folder.

    Raises BadInput with every row that is wrong, OSError where a file cannot be read.
    """
    gazetteer = gazetteer or _gazetteer()
    entries = _rows(path)
    countries = _table(gazetteer / "countries.csv")
    states = {row["iso2"]: row["name"] for row in countries}
    aliases = [a for entry in entries for a in _aliases_of(entry, set(states.values()))]
    by_name = {entry.name: entry for entry in entries}
    for row in countries:
        state = by_name.get(row["name"]) or Entry(
            row["name"], (), row["name"], row["iso2"], "state", source="gazetteer"
        )
        aliases += (_alias(name, state, "state") for name in (row["name"], *filter(None, row["aliases"].split("|"))))
        if row["capital"] and row["capital"] != row["name"]:
            aliases.append(_alias(row["capital"], state, "capital"))
    for row in _table(gazetteer / "demonyms.csv"):
        if row["country"] in states:
            name = states[row["country"]]
            state = by_name.get(name) or Entry(name, (), name, row["country"], "state", source="gazetteer")
            aliases.append(_alias(row["demonym"], state, "adjective" if row["kind"] == "adj" else "people"))
            if row.get("plural"):
                aliases.append(_alias(row["plural"], state, "people"))
    return ActorList(tuple(entries), states, _index(aliases))


def _gazetteer() -> Path:
    here = Path(__file__).parents[1]
    bundled = here / "_bundle" / "gazetteer"
    return bundled if bundled.is_dir() else here.parent / "gazetteer"


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(path: Path) -> list[Entry]:
    """The rows of an actor list; every wrong one is reported at once."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    seen: set[str] = set()
    for number, row in enumerate(_table(path), 2):
        if missing := [c for c in COLUMNS if row.get(c) is None]:
            problems.append(
                Problem(str(path), number, missing[0], "the column is missing", f"columns: {', '.join(COLUMNS)}")
            )
            continue
        if not row["name"].strip():
            problems.append(Problem(str(path), number, "name", "is empty", "write the name that reports shall show"))
        if row["name"] in seen:
            problems.append(
                Problem(str(path), number, "name", f"{row['name']!r} stands twice", "put both rows' aliases in one")
            )
        if row["kind"] not in KINDS:
            problems.append(
                Problem(str(path), number, "kind", f"{row['kind']!r} is no kind", f"one of {', '.join(sorted(KINDS))}")
            )
        if not re.fullmatch(r"[A-Z]{2}|", row["country"]):
            problems.append(
                Problem(
                    str(path),
                    number,
                    "country",
                    f"{row['country']!r} is no ISO 3166-1 alpha-2 code",
                    "two capital letters",
                )
            )
        seen.add(row["name"])
        entries.append(
            Entry(
                row["name"],
                _parts(row["aliases"]),
                row["side"],
                row["country"],
                row["kind"],
                _parts(row["context"]),
                row["source"],
            )
        )
    if problems:
        raise BadInput(problems)
    return entries


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in cell.split("|") if p.strip())


def _aliases_of(entry: Entry, states: set[str]) -> list[Alias]:
    """A row's names; the name of a country may be meant as a place, its forces' names may not."""
    form: Form = "generic" if entry.kind.startswith("generic") else "force" if entry.kind == "state" else "group"
    names = [n for n in (entry.name, *entry.aliases) if n not in states]
    return [_alias(n.rstrip(NEEDS_CONTEXT), entry, form, needs_context=n.endswith(NEEDS_CONTEXT)) for n in names]


def _alias(name: str, entry: Entry, form: Form, *, needs_context: bool = False) -> Alias:
    bearers = name.endswith(BEARERS)
    keys: list[str] = []
    styles: list[str] = []
    possessives: set[int] = set()
    spelt = DIGITS_END.sub(" ", re.sub(r" \(.*\)$", "", name.removesuffix(BEARERS)))
    for token in spelt.split():
        parts, possessive = split_name(token)
        keys += (fold(p) for p in parts)
        styles += (_style(p) for p in parts)
        if possessive:
            possessives.add(len(keys))
    return Alias(tuple(keys), tuple(styles), entry, form, needs_context, bearers, frozenset(possessives))


def _style(word: str) -> str:
    if len(word) > 1 and word.isupper():
        return "U"
    if len(word) <= LONGEST_SHORT_FORM and any(c.isupper() for c in word[1:]):
        return word  # "LeT", which is not "let"
    return "C" if word[:1].isupper() else ""


def _index(aliases: list[Alias]) -> dict[str, tuple[Alias, ...]]:
    """Aliases by first word, longest first; of equal ones the earlier row wins unless it lacks its context."""
    found: dict[str, list[Alias]] = {}
    for alias in aliases:
        if alias.keys and all(alias.keys):
            found.setdefault(alias.keys[0], []).append(alias)
    return {key: tuple(sorted(group, key=lambda a: -a.length)) for key, group in found.items()}


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case, marks and apostrophes."""
    plain = unicodedata.normalize("NFKD", word) if not word.isascii() else word
    return "".join(c for c in plain.casefold() if c.isalnum())


@lru_cache(maxsize=20_000)
def split_name(word: str) -> tuple[tuple[str, ...], bool]:
    """The parts of a word at its hyphens, and whether it is a possessive: "Kata'ib" is one, "al-Shaabi's" two."""
    bare = word.replace("’", "'").replace("ʼ", "'")
    possessive = bare.endswith(("'s", "s'"))
    bare = bare.removesuffix("'s")
    bare = bare.replace("'", "").replace(".", "").replace("/", "-").replace("‑", "-")
    return tuple(p for p in bare.split("-") if any(c.isalnum() for c in p)), possessive
