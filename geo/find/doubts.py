"""Why event words may report nothing: plans, threats, denials, counts, exercises. Rules: `rules/not_incidents.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Literal, NamedTuple, cast

from geo.model import Hedge, Span
from geo.screen import Screen

Scope = Literal["before", "after", "words", "part", "sentence", "next"]


WORD = re.compile(r"\S+")
VERB_CHARACTERS = 15  # how far past its end a clause's joint may look for the verb
CLAUSE = re.compile(
    r";|(?<!feared)(?<!planned)(?<!expected)(?<!possible):|, (?=and|but|which|who|where|while)|\b(?:when|where|which|who|after|before|because|while|since|but)\b|\band (?=\w+ed\b)"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One row of `rules/not_incidents.toml`; see its head for what the fields mean."""

    id: str
    reason: str
    scope: Scope
    pattern: re.Pattern[str]
    excepted: re.Pattern[str] | None
    within: int = 0
    forms: tuple[str, ...] = ()
    nouns_only: bool = False
    unless_told: bool = False
    unless_dated: bool = False
    hedge: Hedge | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Setting(NamedTuple):
    """Where event words stand: spans of the words, their part of the sentence, the sentence and the next one.

    `noun` tells "an attack" from "attacked"; `told` that the part gives this one event a toll or an exact place, `dated` a day.
    A tuple, since all event words are asked about in theirs.
    """

    head: Span
    part: Span
    sentence: Span
    next_sentence: Span | None
    form: str
    noun: bool
    told: bool = False
    dated: bool = False


@cache
def load() -> tuple[Doubt, ...]:
    """The rules that ship with the package, in the order of the file."""
    data = tomllib.loads(files("geo").joinpath("rules/not_incidents.toml").read_text(encoding="utf-8"))
    return tuple(
        Doubt(
            id=row["id"],
            reason=row["reason"],
            scope=row["scope"],
            pattern=_any_of(row["pattern"]),
            excepted=_any_of(row["except"]) if "except" in row else None,
            within=row.get("within", 0),
            forms=tuple(row.get("forms", ())),
            nouns_only=row.get("nouns_only", False),
            unless_told=row.get("unless_told", False),
            unless_dated=row.get("unless_dated", False),
            hedge=cast("Hedge | None", row.get("hedge")),
            examples=tuple(row["examples"]),
            counterexamples=tuple(row["counterexamples"]),
        )
        for row in data["doubt"]
    )


def _any_of(patterns: str | list[str]) -> re.Pattern[str]:
    return re.compile(patterns if isinstance(patterns, str) else "|".join(patterns))


def reason_to_drop(text: str, setting: Setting) -> tuple[Doubt, Span] | None:
    """The first rule that says these event words report no incident, with the words that say so.

    `text` is lower case as `triggers.lower` makes it.
    """
    for doubt in _possible(text, setting):
        if doubt.hedge is None and (span := _match(doubt, text, setting)):
            return doubt, span
    return None


def hedges(text: str, setting: Setting) -> tuple[tuple[Hedge, Span], ...]:
    """The marks that a claim keeps, each with the words that say so."""
    rules = ((doubt, doubt.hedge) for doubt in _possible(text, setting))
    return tuple((hedge, span) for doubt, hedge in rules if hedge and (span := _match(doubt, text, setting)))


@cache
def _screen() -> Screen:
    return Screen(doubt.pattern for doubt in load())


def _possible(text: str, setting: Setting) -> tuple[Doubt, ...]:
    """The rules whose words stand where they are looked for, in the order of the file."""
    following = setting.next_sentence
    return _opened_by(setting.sentence.of(text), following.of(text) if following else "", setting.part.of(text))


@lru_cache(maxsize=16)  # asked for each of the event words of a part
def _opened_by(sentence: str, following: str, part: str) -> tuple[Doubt, ...]:
    opened = {"sentence": _opened(sentence), "next": _opened(following), "part": _opened(part)}
    anywhere = sorted(frozenset().union(*opened.values()))
    rules = ((n, load()[n]) for n in anywhere)
    return tuple(doubt for n, doubt in rules if n in opened.get(doubt.scope, opened["part"]))


def _opened(words: str) -> frozenset[int]:
    return frozenset(_screen().open(_screen().pieces(words)) if words else ())


def _match(doubt: Doubt, text: str, setting: Setting) -> Span | None:
    if (doubt.unless_told and setting.told) or (doubt.unless_dated and setting.dated):
        return None
    if (doubt.forms and setting.form not in doubt.forms) or (doubt.nouns_only and not setting.noun):
        return None
    if doubt.scope == "before" and not doubt.pattern.search(text, setting.part.start, setting.head.start):
        return None  # so it stands in no last words of these either, and those need not be counted
    scope = _scope(doubt, text, setting)
    if scope is None:
        return None
    m = doubt.pattern.search(text, scope.start, scope.end)
    if not m or m.end() == m.start() or (doubt.excepted and doubt.excepted.search(text, scope.start, scope.end)):
        return None
    return Span(m.start(), m.end())


def _scope(doubt: Doubt, text: str, setting: Setting) -> Span | None:
    whole = {
        "next": setting.next_sentence,
        "sentence": setting.sentence,
        "part": setting.part,
        "words": setting.head,
    }
    if doubt.scope in whole:
        return whole[doubt.scope]
    if doubt.scope == "after":
        start, end = setting.head.end, setting.part.end
        if doubt.within and start < end:
            end = _first_words(text, start, end, doubt.within)
    else:
        start, end = setting.part.start, setting.head.start
        if doubt.within:  # words of another clause say nothing of this one
            for joint in CLAUSE.finditer(text, start, end + VERB_CHARACTERS):
                if joint.end() <= end:
                    start = max(start, joint.end())
        if doubt.within and start < end:
            start = _last_words(text, start, end, doubt.within)
    return Span(start, end) if start < end else None


def _first_words(text: str, start: int, end: int, count: int) -> int:
    """Where the first so many words of a stretch end."""
    stop = start
    for word in islice(WORD.finditer(text, start, end), count):
        stop = word.end()
    return stop


def _last_words(text: str, start: int, end: int, count: int) -> int:
    """Where the last so many words of a stretch begin."""
    starts = [word.start() for word in WORD.finditer(text, start, end)]
    return starts[-count:][0] if starts else end
