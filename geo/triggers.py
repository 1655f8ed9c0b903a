"""The event words of a passage and the ACLED type that they stand for, by the rules of `rules/triggers.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from geo.model import Span

EVENT_TYPES: dict[str, tuple[str, ...]] = {  # ACLED Codebook (2023): event type -> its sub-event types
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
EVENT_TYPE_OF = {sub: event for event, subs in EVENT_TYPES.items() for sub in subs}
TELLING_WEIGHT = 45  # of `weight` in the rules: below it stand "attack", "killed" and the like
TOPONYM = "toponym"  # the cue that a place name stands in the passage; the caller knows, no word list does


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of `rules/triggers.toml`; see its head for what the fields mean."""

    id: str
    sub_event_type: str
    form: str
    weight: int
    heads: re.Pattern[str]
    required: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    generic: bool = False
    foreign: str = ""
    reason: str = ""
    passage_only: bool = False
    inherits: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def says_little(self) -> bool:
        """Do its words say no more than that people were hit, so that the type tells nothing?"""
        return self.weight < TELLING_WEIGHT

    @property
    def event_type(self) -> str:
        """ACLED's event type, "" where the rule names none."""
        return EVENT_TYPE_OF.get(self.sub_event_type, "")


@dataclass(frozen=True, slots=True)
class Head:
    """Event words at a place in the text, and the rule that they match."""

    span: Span
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Rules:
    """All triggers, strongest first, and the classes of words that they ask for."""

    triggers: tuple[Trigger, ...]
    cues: dict[str, re.Pattern[str]]

    def by_id(self, trigger_id: str) -> Trigger:
        """Give a rule by its id. Raises StopIteration where there is none."""
        return next(t for t in self.triggers if t.id == trigger_id)


def lower(text: str) -> str:
    """Lower case and plain apostrophes and spaces, with every character kept in its place."""
    out = text.lower()
    if len(out) != len(text):  # a few letters grow when lowered ("İ"): keep those as they are
        out = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return out.translate(_PLAIN)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-"})


@cache
def load() -> Rules:
    """The rules that ship with the package.

    Raises:
        ValueError: a row names a type that ACLED does not have, or a pattern that does not compile.
    """
    data = tomllib.loads(files("geo").joinpath("rules/triggers.toml").read_text(encoding="utf-8"))
    cues = {name: _pattern([words]) for name, words in data["cues"].items()}
    triggers = sorted((_trigger(row) for row in data["trigger"]), key=lambda t: (-t.weight, t.id))
    return Rules(tuple(triggers), cues)


def heads(text: str, span: Span, rules: Rules, *, toponym: bool = False) -> list[Head]:
    """Every head in the span whose rule's conditions hold there, strongest rule first.

    `text` is lower case as `lower` makes it; `toponym` says whether a place name stands in the span.
    """
    return standing(text, span, bare_heads(text, span, rules), toponym=toponym)


def bare_heads(text: str, span: Span, rules: Rules) -> list[Head]:
    """Every head in the span, whatever its rule asks for beside it, strongest rule first."""
    words = text[span.start : span.end]
    return [
        Head(Span(span.start + m.start(), span.start + m.end()), trigger)
        for trigger in rules.triggers
        for m in trigger.heads.finditer(words)
    ]


def standing(text: str, span: Span, bare: Sequence[Head], *, toponym: bool = False) -> list[Head]:
    """Those of some heads that lie in the span and whose rule's conditions hold there."""
    words = text[span.start : span.end]
    holds: dict[str, bool] = {}
    found = []
    for head in bare:
        if not span.covers(head.span):
            continue
        if head.trigger.id not in holds:
            holds[head.trigger.id] = _holds(head.trigger, words, toponym)
        if holds[head.trigger.id]:
            found.append(head)
    return found


def has_cue(words: str, cue: str) -> bool:
    """Does a class of words (or, where no class has that name, the pattern itself) occur in lower-case text?"""
    return _cue(cue).search(words) is not None


@lru_cache(maxsize=1024)
def _cue(cue: str) -> re.Pattern[str]:
    return load().cues.get(cue) or _pattern([cue])


def _holds(trigger: Trigger, words: str, toponym: bool) -> bool:
    for alternatives in trigger.required:
        if not any(toponym if c == TOPONYM else has_cue(words, c) for c in alternatives):
            return False
    return not any(has_cue(words, c) for alternatives in trigger.excluded for c in alternatives)


def _trigger(row: dict[str, object]) -> Trigger:
    sub_type = str(row["type"])
    if sub_type and sub_type not in EVENT_TYPE_OF:
        raise ValueError(f"triggers.toml, {row['id']}: ACLED has no sub-event type {sub_type!r}")
    return Trigger(
        id=str(row["id"]),
        sub_event_type=sub_type,
        form=str(row["form"]),
        weight=int(str(row["weight"])),
        heads=_pattern(_strings(row["heads"])),
        required=tuple(_alternatives(w) for w in _strings(row.get("with", []))),
        excluded=tuple(_alternatives(w) for w in _strings(row.get("without", []))),
        generic=bool(row.get("generic", False)),
        foreign=str(row.get("foreign", "")),
        reason=str(row.get("reason", "")),
        passage_only=bool(row.get("passage_only", False)),
        inherits=bool(row.get("inherits", False)),
        examples=tuple(_strings(row.get("examples", []))),
        counterexamples=tuple(_strings(row.get("counterexamples", []))),
    )


def _strings(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


def _alternatives(words: str) -> tuple[str, ...]:
    """The parts of a pattern between its outermost bars."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(words):
        depth += (c in "([") - (c in ")]")
        if c == "|" and depth == 0:
            parts.append(words[start:i])
            start = i + 1
    return (*parts, words[start:])


def _pattern(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(alternatives) + r")(?!\w)")
