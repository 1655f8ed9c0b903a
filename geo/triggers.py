"""The event words of a passage and the ACLED type that they stand for, by the rules of `rules/triggers.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from geo.lasting import lasting
from geo.model import Span
from geo.screen import Screen
from geo.verbs import declined

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
VAGUE_WEIGHT = 42  # "attack", "raid", "struck" weigh 40, "explosion" 42
TOPONYM = (
    "toponym"  # the cues that a place name or an armed actor stands in the passage; the caller knows, no word list does
)
ACTOR = "actor"
LIST = re.compile(r"\{(?P<name>[a-z_]+)\}")
BEGINS = re.compile(r"[a-z](?![?*+{])")  # a letter that all matches of a pattern begin with
GAP = re.compile(r"<(?P<most>\d+)> ")
GAP_WITH_MARKS = re.compile(r" <(?P<most>\d+),(?: not (?P<stop>[^>]+))?> ")
# Words between "captured" and the place, and what after its name shows that its people are meant and not the place.
ONTO = re.compile(
    r"[\s\"“'(]*(?:(?!(?:with|by|after|before|while|when|and|that|which|who|to|for|from|against|said|says|during|since|as|because|but|"
    r"in|on|at|near|was|were|had|has|part|place|off|over)\b)[\w'-]+[\s\"“'(]+){0,7}[\s\"“'(]*"
)
FALLS = re.compile(
    r",?\s+(?:(?:city|town|village|itself|finally|too|also|then)\s+)?"
)  # between a place and what befalls it
ITS_PEOPLE = re.compile(
    r"(?:'s)?\s+(?:\w+\s+)?(?:(?:school)?(?:boys?|girls?|children)|villagers?|residents?|students?|pupils?|men|women|man|woman|people|farmers?|herders?|"
    r"workers?|teachers?|travell?ers|passengers?|traders?|players?|fans?|citizens?|nationals?|photos?|time|university|hospital)\b"
)


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
    onto: bool = False
    after_place: bool = False
    by_side: bool = False
    by_victim: bool = False
    abroad: str = ""
    reason: str = ""
    yields: int = 80
    passage_only: bool = False
    joins: bool = False
    inherits: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def says_little(self) -> bool:
        """Do its words say no more than that people were hit, so that the type tells nothing?"""
        return self.weight < TELLING_WEIGHT

    @property
    def vague(self) -> bool:
        """Do its words name no weapon and nobody who was struck ("attack", "struck"), so that the story may tell the type?"""
        return self.generic and self.form in ("event", "outcome") and self.weight < VAGUE_WEIGHT

    @property
    def event_type(self) -> str:
        """ACLED's event type, "" where the rule names none."""
        return EVENT_TYPE_OF.get(self.sub_event_type, "")


FORCE = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})  # events of armed men
VIOLENT = FORCE | {"Riots", "Protests"}
TERRITORY = frozenset({"Government regains territory", "Non-state actor overtakes territory"})


def kindred(one: Trigger, other: Trigger) -> bool:
    """May two triggers name one event: the same type, or one of them says hardly more than that there was violence?"""
    if one.sub_event_type == other.sub_event_type:
        return True
    types = {one.event_type, other.event_type}
    outcome = "outcome" in (one.form, other.form)
    if {one.sub_event_type, other.sub_event_type} & TERRITORY:  # a strike or a murder is no part of a town's fall
        return types == {"Battles"} or (outcome and types <= FORCE)
    if types <= (VIOLENT if outcome else FORCE) and (one.generic or other.generic):
        return True
    if {one.sub_event_type, other.sub_event_type} == {"Looting/property destruction", "Attack"}:
        return True  # raiders who burn a village and those who kill in it are the same
    return len(types) == 1 and bool(types & {"Battles", "Protests", "Riots"})


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
    screen: Screen  # of the heads of each trigger, then of the cues
    cue_numbers: dict[str, int]

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
@lasting()
def load() -> Rules:
    """The rules that ship with the package.

    Raises:
        ValueError: a row names a type that ACLED does not have, or a pattern that does not compile.
    """
    words = _words()
    triggers = sorted((_trigger(row, words) for row in _rows()["trigger"]), key=lambda t: (-t.weight, t.id))
    asked = {c for t in triggers for alternatives in (*t.required, *t.excluded) for c in alternatives}
    cues = {c: listed(c) if c in words else _pattern([c], words) for c in sorted(asked - {TOPONYM, ACTOR})}
    screen = Screen([*(t.heads for t in triggers), *cues.values()], searched=len(triggers))
    return Rules(tuple(triggers), cues, screen, {c: n for n, c in enumerate(cues, len(triggers))})


@cache
def listed(name: str) -> re.Pattern[str]:
    """What matches any word of a list of the file, such as "soldier". Raises KeyError where there is no such list."""
    return _pattern(_words()[name], _words())


@cache
def _rows() -> dict[str, Any]:
    return tomllib.loads(files("geo").joinpath("rules/triggers.toml").read_text(encoding="utf-8"))


@cache
def _words() -> dict[str, list[str]]:
    """The lists of words by name, and those of the forms of verbs."""
    return dict(_rows()["words"]) | declined(_rows()["verbs"])


@dataclass(frozen=True, slots=True)
class Named:
    """What earlier stages found in a text: spans of place names (not of their people) and of armed actors."""

    places: tuple[Span, ...] = ()
    armed: tuple[Span, ...] = ()


def heads(text: str, span: Span, rules: Rules, named: Named = Named()) -> list[Head]:
    """Every head in the span whose rule's conditions hold there, strongest rule first.

    `text` is lower case as `lower` makes it.
    """
    return standing(text, span, bare_heads(text, span, rules), rules, named)


def bare_heads(text: str, span: Span, rules: Rules) -> list[Head]:
    """Every head in the span, whatever its rule asks for beside it, strongest rule first."""
    words = text[span.start : span.end]
    return [
        Head(Span(span.start + m.start(), span.start + m.end()), rules.triggers[n])
        for n, m in rules.screen.matches(words)
    ]


def standing(text: str, span: Span, bare: Sequence[Head], rules: Rules, named: Named = Named()) -> list[Head]:
    """Those of some heads that lie in the span and whose rule's conditions hold there."""
    cues = _Cues(text[span.start : span.end], rules, span, named)
    holds: dict[str, bool] = {}
    found = []
    for head in bare:
        if not span.covers(head.span) or not _touches(text, head, span, named):
            continue
        if head.trigger.id not in holds:
            holds[head.trigger.id] = cues.allow(head.trigger)
        if holds[head.trigger.id]:
            found.append(head)
    return found


def _touches(text: str, head: Head, span: Span, named: Named) -> bool:
    """Does the place stand where the rule asks for it, as the object or the subject of its words?"""
    if head.trigger.after_place:
        return any(
            span.start <= p.start
            and p.end <= head.span.start
            and FALLS.fullmatch(text, p.end, head.span.start) is not None
            for p in named.places
        )
    return not head.trigger.onto or _onto(text, head.span, span, named)


def _onto(text: str, head: Span, span: Span, named: Named) -> bool:
    """Does a place come right after the event words, as their object ("captured the river town of Oum")?"""
    return any(
        head.end <= p.start
        and p.end <= span.end
        and ONTO.fullmatch(text, head.end, p.start) is not None
        and not ITS_PEOPLE.match(text, p.end)
        for p in named.places
    )


class _Cues:
    """The classes of words that stand in a passage, each looked for once."""

    def __init__(self, words: str, rules: Rules, span: Span, named: Named) -> None:
        self.words, self.rules = words, rules
        self.open = frozenset(rules.screen.open(rules.screen.pieces(words)))
        self.known = {TOPONYM: any(map(span.overlaps, named.places)), ACTOR: any(map(span.overlaps, named.armed))}

    def allow(self, trigger: Trigger) -> bool:
        """Do a rule's conditions hold?"""
        for alternatives in trigger.required:
            if not any(map(self._stands, alternatives)):
                return False
        return not any(any(map(self._stands, alternatives)) for alternatives in trigger.excluded)

    def _stands(self, cue: str) -> bool:
        if cue not in self.known:
            may = self.rules.cue_numbers[cue] in self.open
            self.known[cue] = may and self.rules.cues[cue].search(self.words) is not None
        return self.known[cue]


def _trigger(row: dict[str, object], words: Mapping[str, list[str]]) -> Trigger:
    sub_type = str(row["type"])
    if sub_type and sub_type not in EVENT_TYPE_OF:
        raise ValueError(f"triggers.toml, {row['id']}: ACLED has no sub-event type {sub_type!r}")
    return Trigger(
        id=str(row["id"]),
        sub_event_type=sub_type,
        form=str(row["form"]),
        weight=int(str(row["weight"])),
        heads=_pattern(_strings(row["heads"]), words),
        required=_choices(row.get("with", [])),
        excluded=_choices(row.get("without", [])),
        generic=bool(row.get("generic", False)),
        onto=bool(row.get("onto", False)),
        after_place=bool(row.get("after_place", False)),
        by_side=bool(row.get("by_side", False)),
        by_victim=bool(row.get("by_victim", False)),
        abroad=str(row.get("abroad", "")),
        reason=str(row.get("reason", "")),
        yields=int(str(row.get("yields", 80))),
        passage_only=bool(row.get("passage_only", False)),
        joins=bool(row.get("joins", False)),
        inherits=bool(row.get("inherits", False)),
        examples=tuple(_strings(row.get("examples", []))),
        counterexamples=tuple(_strings(row.get("counterexamples", []))),
    )


def _strings(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


def _choices(value: object) -> tuple[tuple[str, ...], ...]:
    """The entries of `with` or `without`, each as its choices."""
    entries = value if isinstance(value, list) else []
    return tuple(tuple(e) if isinstance(e, list) else _alternatives(str(e)) for e in entries)


def _alternatives(words: str) -> tuple[str, ...]:
    """The parts of a pattern between its outermost bars."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(words):
        depth += (c in "([") - (c in ")]")
        if c == "|" and depth == 0:
            parts.append(words[start:i])
            start = i + 1
    return (*parts, words[start:])


def _pattern(alternatives: Sequence[str], words: Mapping[str, list[str]]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])" + _any_of(_spelt_out(a, words) for a in alternatives) + r"(?!\w)")


def _spelt_out(pattern: str, words: Mapping[str, list[str]]) -> str:
    """A pattern without the short forms that the head of `rules/triggers.toml` explains."""
    listed = LIST.sub(lambda m: _any_of(_spelt_out(w, words) for w in words[m["name"]]), pattern)
    return GAP.sub(lambda m: rf"(?:[\w'-]+ ){{0,{m['most']}}}?", GAP_WITH_MARKS.sub(_gap_with_marks, listed))


def _any_of(patterns: Iterable[str]) -> str:
    """A choice of patterns, those that begin with the same letter together: `re` tries only those of the letter at hand."""
    grouped: list[str] = []
    flat = [way for pattern in patterns for way in _alternatives(pattern)]
    for plain, run in groupby(flat, lambda way: BEGINS.match(way) is not None):
        by_letter: dict[str, list[str]] = {}
        for way in run:
            by_letter.setdefault(way[0] if plain else way, []).append(way[1:] if plain else way)
        grouped += [f"{letter}(?:{'|'.join(ways)})" if plain else letter for letter, ways in by_letter.items()]
    return f"(?:{'|'.join(grouped)})"


def _gap_with_marks(m: re.Match[str]) -> str:
    stop = rf"(?!(?:{m['stop']})\b)" if m["stop"] else ""
    return rf"\W+(?:{stop}[\w'-]+\W+){{0,{m['most']}}}?"
