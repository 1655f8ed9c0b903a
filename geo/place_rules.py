"""The word lists of the place stages, read once from `geo/rules/`."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib import resources


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word for a kind of place: the feature codes that it asks for, and what it says of an unknown name beside it."""

    word: str
    codes: tuple[str, ...]
    unknown: bool
    facility: bool
    apart: bool = False
    local: bool = False
    capital: bool = False
    small: bool = False

    def wants(self, feature_code: str) -> bool:
        """Whether a feature is of this kind."""
        return feature_code.startswith(self.codes)


class PlaceRules:
    """Word lists; every word is lower case."""

    def __init__(self) -> None:
        folder = resources.files("geo") / "rules"
        self._folder = folder
        rules = tomllib.loads((folder / "places.toml").read_text(encoding="utf-8"))
        self.weights = tomllib.loads((folder / "weights.toml").read_text(encoding="utf-8"))
        self.weights["second"].update(self.weights.get("by_hand", {}))
        self.types = {
            word: TypeWord(
                word,
                tuple(group["codes"]),
                group["unknown"],
                *(group.get(k, False) for k in ("facility", "apart", "local", "capital", "small")),
            )
            for group in rules["type"]
            for word in group["words"]
        }
        self.name_heads = frozenset(rules["name_heads"]["words"])
        self.before = frozenset(rules["before"]["words"])
        self.before_small = frozenset(rules["before"]["small"])
        self.cues = {name: frozenset(words) for name, words in rules["cues"].items()}
        self.titles = frozenset(rules["people"]["titles"])
        self.organisation_heads = frozenset(rules["organisations"]["heads"])
        self.organisations = frozenset(rules["organisations"]["names"])
        self.brands = frozenset(rules["organisations"]["brands"])
        self.branches = frozenset(rules["organisations"]["branches"])
        self.papers = frozenset(rules["organisations"]["papers"])
        self.seats = {word: city for city, words in rules["seats"].items() for word in words}
        self.calendar = frozenset(rules["calendar"]["words"])
        self.never = frozenset(rules["never"]["words"]) | self.calendar
        kinds = {w for w in self.types if " " not in w} | self.cues["settlement"] | self.cues["part"]
        self.kind_of_place = r"(?:" + "|".join(sorted(kinds, key=lambda w: (-len(w), w))) + r")s?\b"  # a pattern
        # one more word of a phrase, that begins no clause
        self.clause_free = (
            r"(?!(?:who|whose|was|were|is|are|has|had|and|but|killed|died|said|when|after|where|that|which)\b)[\w'’.-]+"
        )
        self.facility_words = re.compile(
            r"\b(?:"
            + "|".join(sorted((w for w, t in self.types.items() if t.facility), key=len, reverse=True))
            + r")\b",
            re.IGNORECASE,
        )

    @cached_property
    def actor_words(self) -> frozenset[str]:
        """Names of armed groups and forces, lower case: an unknown name in the place of a scene may be one of them."""
        rows = list(csv.DictReader((self._folder / "actors.csv").read_text(encoding="utf-8").splitlines()))
        names = {n.rstrip("?").casefold() for r in rows for n in (r["name"], *r["aliases"].split("|")) if n}
        states = {r["name"].casefold() for r in rows if r["kind"] == "state"}
        return frozenset(names - states) | self.organisations

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Given names, which mark the word behind them as a surname."""
        return self._words("given_names.txt")

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Frequent surnames."""
        return self._words("surnames.txt")

    @cached_property
    def common_words(self) -> frozenset[str]:
        """English words that are also names of places."""
        return self._words("common_words.txt")

    @cached_property
    def opening_words(self) -> frozenset[str]:
        """English words that are none, which a capital at the head of a sentence does not make one."""
        return self._words("opening_words.txt")

    def _words(self, file: str) -> frozenset[str]:
        lines = (self._folder / file).read_text(encoding="utf-8").splitlines()
        return frozenset(line for line in lines if line and not line.startswith("#"))


PLACE_RULES = PlaceRules()
