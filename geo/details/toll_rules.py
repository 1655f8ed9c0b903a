"""Load the words by which a text counts people: `geo/rules/tolls.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from geo import numbers

TollKind = Literal["killed", "injured", "missing", "abducted", "arrested", "casualties"]
RULES = Path(__file__).parents[1] / "rules" / "tolls.toml"


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression of several words, each with its alternatives; `behind`: the people stand behind it, not before."""

    words: tuple[frozenset[str], ...]
    kind: TollKind
    behind: bool = False
    faint: bool = False
    nobody: bool = False  # the words themselves say that nobody came to harm
    carried: bool = False  # a hospital must follow


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`geo/rules/tolls.toml` as look-up tables; every word in lower case."""

    transitive: dict[str, TollKind]
    intransitive: dict[str, TollKind]
    state: dict[str, TollKind]
    nouns: dict[str, TollKind]
    whom: dict[str, str]
    plural: frozenset[str]
    not_people: frozenset[str]
    leaders: frozenset[str]
    bounds: numbers.Bounds
    starters: frozenset[str]
    totals: frozenset[str]
    later_totals: frozenset[str]
    links: frozenset[str]
    rivals: frozenset[tuple[str, ...]]
    deeds: frozenset[str]
    period: re.Pattern[str]
    places: re.Pattern[str]
    not_period: re.Pattern[str]
    phrases: dict[str, tuple[Phrase, ...]]  # by their first word, longest first
    triggers: frozenset[str] = field(default_factory=frozenset)


@cache
def vocabulary(path: Path = RULES) -> Vocabulary:
    """Read the words of a rule file. Raises OSError or tomllib.TOMLDecodeError where it cannot be read."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    transitive, intransitive, state, nouns = (
        _by_word(raw[name]) for name in ("transitive", "intransitive", "state", "nouns")
    )
    whom: dict[str, str] = {}
    plural: set[str] = set()
    for kind, words in raw["whom"].items():
        for word in words:
            whom.setdefault(word, kind)
            for form in plurals(word):
                whom.setdefault(form, kind)
                plural.add(form)
    bounds = numbers.Bounds(
        {tuple(p.split()): effect for effect, phrases in raw["approximators"].items() for p in phrases}
    )
    totals, overall = raw["totals"], raw["overall"]
    period, places, not_period = (
        re.compile("|".join(overall[name]), re.IGNORECASE) for name in ("period", "places", "not_period")
    )
    phrases = _phrases(raw["phrases"])
    lowered = {form for word in raw["not_people"]["words"] for form in (word, *plurals(word))}
    return Vocabulary(
        transitive=transitive,
        intransitive=intransitive,
        state=state,
        nouns=nouns,
        whom=whom,
        plural=frozenset(plural),
        not_people=frozenset(lowered - set(whom)),
        leaders=frozenset(raw["leaders"]["words"]),
        bounds=bounds,
        starters=numbers.starters(bounds),
        totals=frozenset(totals["words"]),
        later_totals=frozenset(totals["after_a_figure"]),
        links=frozenset(totals["links"]),
        rivals=frozenset(tuple(p.split()) for p in totals["rival_verbs"]),
        deeds=frozenset(raw["deeds"]["words"]),
        period=period,
        places=places,
        not_period=not_period,
        phrases=phrases,
        triggers=frozenset(
            {
                *transitive,
                *intransitive,
                *state,
                *nouns,
                *raw["deeds"]["words"],
                "suffered",
                "sustained",
                "lost",
                "losing",
                "hospital",
                "hostage",
                "captive",
                "prisoner",
                "away",
                *(
                    word
                    for same_start in phrases.values()
                    for phrase in same_start
                    for word in phrase.words[-2 if phrase.carried or "of" in phrase.words[-1] else -1]
                ),
                "wounds",
                "many",
                "burns",
                "injuries",
            }
        ),
    )


def _by_word(table: dict[TollKind, list[str]]) -> dict[str, TollKind]:
    return {word: kind for kind, words in table.items() for word in words}


def _phrases(table: dict[str, dict[TollKind, list[str]]]) -> dict[str, tuple[Phrase, ...]]:
    """The expressions of several words by each of their first words."""
    found: dict[str, list[Phrase]] = {}
    for place, kinds in table.items():
        for kind, written in kinds.items():
            for text in written:
                words = tuple(frozenset(word.split("|")) for word in text.split())
                phrase = Phrase(
                    words,
                    kind,
                    place.endswith("object"),
                    place.startswith("faint"),
                    place == "none",
                    place.endswith("carried"),
                )
                for first in words[0]:
                    found.setdefault(first, []).append(phrase)
    return {first: tuple(sorted(same, key=lambda p: -len(p.words))) for first, same in found.items()}


def plurals(word: str) -> tuple[str, ...]:
    """The regular plurals of a noun, and those in -men and -ren."""
    if word in ("people", "staff", "personnel", "police", "troops", "crew", "head"):
        return (word,)
    if word.endswith("man"):
        return (word[:-3] + "men",)
    if word.endswith("child"):
        return (word + "ren",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith(("s", "x", "ch", "sh")):
        return (word + "es",)
    return (word + "s", word[:-1] + "ves") if word.endswith(("fe", "f")) else (word + "s",)
