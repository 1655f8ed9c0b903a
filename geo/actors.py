"""Find who is spoken of: armed groups, states and their forces, and people told only as "gunmen" or "villagers".

The names are data: `geo/rules/actors.csv` for groups and general words, `gazetteer/countries.csv` and
`gazetteer/demonyms.csv` for states, so that "Iraqi army", "American warplanes" and "US strikes" are Iraq and the United
States without a row of their own.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from geo.model import Actor, BadInput, Problem, Sentence, Span, Token

RULES = Path(__file__).parent / "rules" / "actors.csv"
COLUMNS = ("name", "aliases", "side", "country", "kind", "context", "acled_name", "source")
KINDS = frozenset("state rebel militia political civilian generic-militia generic-rebel generic-state generic-civilian".split())
NEEDS_CONTEXT = "?"  # mark of an alias that counts only where the article has a word of the row's context
IRAN_BACKED = "Iran-backed militia"  # a description that gives way to a group's own name
LOOK_AHEAD = 4  # words between "Iraqi" and the noun that says what of Iraq

# What follows "Iraqi" or "US" tells what is meant. The first of these nouns decides.
FORCES = frozenset(
    """forces force troops troop army military soldiers soldier police navy marines commandos personnel government authorities
    officials official officers officer administration regime servicemen serviceman servicewoman peacekeepers paratroopers
    guards patrol convoy command junta security base bases warship warships destroyer president premier ministry servicewomen
    general gen commander commanders spymaster chief generals admiral brigadier colonel leader captain sergeant corporal
    army's military's guard airman airmen sailors sailor coastguard intelligence brigade battalion regiment service embassy consulate""".split()
)
STRIKES = frozenset(
    """strike strikes airstrike airstrikes raid raids attack attacks shelling bombardment bombing bombings missile missiles rocket
    rockets drone drones warplane warplanes warplane's jet jets aircraft plane planes helicopter helicopters gunship gunships fighter-jets
    artillery tanks tank shells bombs offensive operation assault incursion invasion airforce fire salvo barrage air""".split()
)
ARMED = frozenset("militia militias militiamen rebels rebel fighters fighter militants militant insurgents gunmen separatists paramilitary paramilitaries jihadists groups factions mercenaries opposition proxies".split())
CIVILIAN = frozenset(
    """civilians civilian contractor contractors translator interpreter journalist journalists reporter citizen citizens national nationals
    worker workers villagers farmers tourists tourist hostage hostages children people student students engineer engineers woman women
    man men teenager boy girl fishermen migrants pilgrims doctor nurse diplomat diplomats missionary residents""".split()
)
BARRIERS = frozenset("the a an this his its their of in on at by from to with and or but that which who was were is are has have had near for as into over after said says , . ; : ( ) “ ” \" — –".split())
PARTICIPLES = frozenset("armed allied united combined unmanned manned retired".split())
LINKS = frozenset("from of the belonging to linked loyal with affiliated allied a local group".split())

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
    acled_name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Alias:
    keys: tuple[str, ...]
    styles: tuple[str, ...]  # of each word: "U" capitals only, "C" a capital first, "" any
    entry: Entry
    form: Form
    needs_context: bool = False
    possessives: frozenset[int] = frozenset()  # words written with 's in the name itself, by position


@dataclass(frozen=True, slots=True)
class ActorWords:
    """An actor where the text names one.

    `form` tells how: a group's name, a state's "force", a "strike" that is called after it, its "people", the bare
    "state" or "capital" (which may be meant as a place), an "adjective" that decides nothing, or a "generic" word.
    """

    span: Span
    name: str
    country: str
    side: str
    kind: str
    form: Form
    known: bool = True

    @property
    def actor(self) -> Actor:
        """The actor for a report, with these words behind it."""
        return Actor(self.name, (self.span,), self.known, self.country, self.side)


@dataclass(frozen=True, slots=True)
class ActorList:
    """Every actor, ready to be looked up; `states` maps an ISO code to the name that a report shows."""

    entries: tuple[Entry, ...]
    states: dict[str, str]
    index: dict[str, tuple[_Alias, ...]] = field(default_factory=dict, repr=False)


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
        state = by_name.get(row["name"]) or Entry(row["name"], (), row["name"], row["iso2"], "state", source="gazetteer")
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            aliases.append(_alias(name, state, "state"))
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
    here = Path(__file__).parent
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
            problems.append(Problem(str(path), number, missing[0], "the column is missing", f"columns: {', '.join(COLUMNS)}"))
            continue
        if not row["name"].strip():
            problems.append(Problem(str(path), number, "name", "is empty", "write the name that reports shall show"))
        if row["name"] in seen:
            problems.append(Problem(str(path), number, "name", f"{row['name']!r} stands twice", "put both rows' aliases in one"))
        if row["kind"] not in KINDS:
            problems.append(Problem(str(path), number, "kind", f"{row['kind']!r} is no kind", f"one of {', '.join(sorted(KINDS))}"))
        if not re.fullmatch(r"[A-Z]{2}|", row["country"]):
            problems.append(Problem(str(path), number, "country", f"{row['country']!r} is no ISO 3166-1 alpha-2 code", "two capital letters"))
        seen.add(row["name"])
        entries.append(
            Entry(row["name"], _parts(row["aliases"]), row["side"], row["country"], row["kind"], _parts(row["context"]), row["acled_name"], row["source"])
        )
    if problems:
        raise BadInput(problems)
    return entries


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in cell.split("|") if p.strip())


def _aliases_of(entry: Entry, states: set[str]) -> list[_Alias]:
    """A row's names; the name of a country may be meant as a place, its forces' names may not."""
    form: Form = "generic" if entry.kind.startswith("generic") else "force" if entry.kind == "state" else "group"
    names = [n for n in (entry.name, *entry.aliases) if n not in states]
    return [_alias(n.rstrip(NEEDS_CONTEXT), entry, form, needs_context=n.endswith(NEEDS_CONTEXT)) for n in names]


def _alias(name: str, entry: Entry, form: Form, *, needs_context: bool = False) -> _Alias:
    keys: list[str] = []
    styles: list[str] = []
    possessives: set[int] = set()
    for token in re.sub(r" \(.*\)$", "", name).split():
        parts, possessive = _split(token)
        keys += (fold(p) for p in parts)
        styles += (_style(p) for p in parts)
        if possessive:
            possessives.add(len(keys))
    return _Alias(tuple(keys), tuple(styles), entry, form, needs_context, frozenset(possessives))


def _style(word: str) -> str:
    if len(word) > 1 and word.isupper():
        return "U"
    return "C" if word[:1].isupper() else ""


def _index(aliases: list[_Alias]) -> dict[str, tuple[_Alias, ...]]:
    """Aliases by first word, longest first; of equal ones the earlier row wins unless it lacks its context."""
    found: dict[str, list[_Alias]] = {}
    for alias in aliases:
        if alias.keys and all(alias.keys):
            found.setdefault(alias.keys[0], []).append(alias)
    return {key: tuple(sorted(group, key=lambda a: -len(a.keys))) for key, group in found.items()}


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case, marks and apostrophes."""
    plain = unicodedata.normalize("NFKD", word) if not word.isascii() else word
    return "".join(c for c in plain.casefold() if c.isalnum())


@lru_cache(maxsize=20_000)
def _split(word: str) -> tuple[tuple[str, ...], bool]:
    """The parts of a word at its hyphens, and whether it is a possessive: "Kata'ib" is one, "al-Shaabi's" two."""
    bare = word.replace("’", "'").replace("ʼ", "'")
    possessive = bare.endswith(("'s", "s'"))
    bare = bare.removesuffix("'s")
    bare = bare.replace("'", "").replace(".", "").replace("/", "-").replace("‑", "-")
    return tuple(p for p in bare.split("-") if any(c.isalnum() for c in p)), possessive


# ------------------------------------------------------------------------------------------------- reading


def expressions(text: str, sentences: Sequence[Sentence], actor_list: ActorList) -> tuple[ActorWords, ...]:
    """Every actor in `sentences`, in the order of the text, none overlapping another."""
    there: frozenset[str] | None = None
    found: list[ActorWords] = []
    known: dict[str, tuple[_Alias, ...]] = {}  # by the word as written, for the length of this article
    for sentence in sentences:
        past = 0
        for at, token in enumerate(sentence.tokens):
            candidates = known.get(token.text)
            if candidates is None:
                parts = _split(token.text)[0]
                candidates = known[token.text] = actor_list.index.get(fold(parts[0]), ()) if parts else ()
            if not candidates or token.start < past:
                continue
            if there is None and any(a.needs_context for a in candidates):
                there = frozenset(fold(p) for word in {t.text for s in sentences for t in s.tokens} for p in _split(word)[0])
            alias, end = _match(sentence.tokens, at, candidates, there or frozenset())
            if alias is not None:
                found.append(_words(text, sentence.tokens, at, end, alias))
                past = max(found[-1].span.end, sentence.tokens[end - 1].end)
    return tuple(_joined(text, found))


def _match(tokens: Sequence[Token], at: int, candidates: tuple[_Alias, ...], there: frozenset[str]) -> tuple[_Alias | None, int]:
    """The longest alias at token `at`, and the token behind it; of equal ones the one whose context the article has."""
    best: tuple[int, int, _Alias, int] | None = None
    for alias in candidates:
        if best is not None and len(alias.keys) < best[0]:
            break
        end = _fits(tokens, at, alias)
        if end is None:
            continue
        support = sum(fold(c) in there for c in alias.entry.context) if alias.needs_context else 0
        if alias.needs_context and not support:
            continue
        if best is None or support > best[1]:
            best = (len(alias.keys), support, alias, end)
    return (best[2], best[3]) if best else (None, at)


def _fits(tokens: Sequence[Token], at: int, alias: _Alias) -> int | None:
    """The token behind `alias` if it stands at token `at`, whole tokens only."""
    position = 0
    while position < len(alias.keys):
        if at >= len(tokens):
            return None
        parts, possessive = _split(tokens[at].text)
        if not parts and position and tokens[at].text in "-–/'" and tokens[at].start == tokens[at - 1].end:
            at += 1
            continue
        if not parts or len(parts) > len(alias.keys) - position:
            return None
        for part in parts:
            if fold(part) != alias.keys[position] or not _styled(part, alias.styles[position]):
                return None
            position += 1
        if possessive and position < len(alias.keys) and position not in alias.possessives:
            return None
        at += 1
    if at < len(tokens) and tokens[at].text in ("-", "‑") and tokens[at].start == tokens[at - 1].end:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and following.start == tokens[at].end:
            return None  # "U.S.-led", "Iran-Iraq"
    return at


def _styled(part: str, style: str) -> bool:
    if style == "U":
        return part.isupper()
    return part[0].isupper() if style == "C" else True


def _words(text: str, tokens: Sequence[Token], at: int, end: int, alias: _Alias) -> ActorWords:
    entry, form = alias.entry, alias.form
    span = Span(tokens[at].start, tokens[end - 1].end)
    if form in ("state", "adjective", "people", "capital"):
        kind_of, stop = _what_of(tokens, end)
        if form == "capital":
            kind_of = ""
        if kind_of == "armed":
            span = Span(span.start, tokens[stop - 1].end)
            return ActorWords(span, span.of(text), "", "", "militia", "armed", known=False)
        if kind_of in ("force", "strike", "civilians"):
            form = kind_of  # type: ignore[assignment]
            if kind_of != "strike":
                span = Span(span.start, tokens[stop - 1].end)
        if kind_of == "civilians":
            return ActorWords(span, f"Civilians ({entry.name})", entry.country, entry.side, "civilian", form)
    if form == "generic":
        kind = entry.kind.removeprefix("generic-")
        return ActorWords(span, span.of(text), "", "", kind, form, known=False)
    return ActorWords(span, entry.name, entry.country, entry.side, entry.kind, form)


def _what_of(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What of a state the words from token `at` name, and the token behind the noun."""
    for n in range(at, min(len(tokens), at + LOOK_AHEAD)):
        word = tokens[n].lower
        bare = word[:-2] if word.endswith("'s") else word
        if bare in BARRIERS or bare.isdigit() or (bare.endswith("ed") and bare not in PARTICIPLES):
            break
        for nouns, what in ((ARMED, "armed"), (STRIKES, "strike"), (FORCES, "force"), (CIVILIAN, "civilians")):
            if bare in nouns:
                return what, _noun_end(tokens, n, nouns)
    return "", at


def _noun_end(tokens: Sequence[Token], at: int, nouns: frozenset[str]) -> int:
    """Behind the last noun in a row: "security forces", "militia groups"."""
    end = at + 1
    while end < len(tokens) and (tokens[end].lower in nouns or tokens[end].lower in FORCES or tokens[end].lower in ("unit", "units", "members")) and end - at < LOOK_AHEAD:
        end += 1
    return end


def _joined(text: str, found: list[ActorWords]) -> list[ActorWords]:
    """Join "gunmen from the Islamic State" into one actor with the group's name."""
    out: list[ActorWords] = []
    for words in found:
        last = out[-1] if out else None
        between = text[last.span.end : words.span.start] if last else ""
        if (
            last
            and last.form in ("generic", "armed")
            and last.kind != "civilian"
            and words.form in ("group", "force")
            and len(between) < 40
            and between.split()
            and set(between.casefold().split()) <= LINKS
            and between.split()[0] not in ("the", "a", "to", "with")
        ):
            out[-1] = _named(words, Span(last.span.start, words.span.end))
        elif last and last.name == IRAN_BACKED and words.form == "group" and between == " ":  # "the Iran-backed Kataib Hezbollah"
            out[-1] = _named(words, Span(last.span.start, words.span.end))
        elif last and last.form == "group" and words.form == "generic" and between == " " and words.kind != "civilian":
            out[-1] = _named(last, Span(last.span.start, words.span.end))
        else:
            out.append(words)
    return out


def _named(words: ActorWords, span: Span) -> ActorWords:
    return ActorWords(span, words.name, words.country, words.side, words.kind, words.form, words.known)
