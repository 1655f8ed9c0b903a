"""Find who is spoken of: armed groups, states and their forces, and people told only as "gunmen" or "villagers".

The names are data: `geo/rules/actors.csv` for groups and general words, `gazetteer/countries.csv` and
`gazetteer/demonyms.csv` for states, so that "Iraqi army", "American warplanes" and "US strikes" are Iraq and the United
States without a row of their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from geo.details.actor_list import (
    ARMED_NOUNS,
    NEEDS_CONTEXT,
    RULES,
    ActorList,
    Alias,
    Entry,
    Form,
    fold,
    load,
    split_name,
)
from geo.details.datelines import dateline
from geo.details.new_groups import NewGroup, proposed
from geo.details.state_nouns import SITES, goes_on_as_name, its_arms, what_of
from geo.model import Actor, Sentence, Span, Token

__all__ = ["NEEDS_CONTEXT", "RULES", "ActorList", "ActorWords", "expressions", "load"]

IRAN_BACKED = "Iran-backed militia"  # a description that gives way to a group's own name
KINDS_OF = frozenset(
    "uniform uniforms fatigues dress attire gear boots wing style camouflage badges insignia rule courts court tribunal prosecutor prosecutors wife widow families family".split()
)
MEMBERS = ARMED_NOUNS - {"commander", "commanders", "group", "groups"} | frozenset(
    "elements element members member units troopers trooper cadres cadre operatives snipers commandos recruits bombers bomber".split()
)
GENERAL = frozenset(("adjective", "state", "capital", "generic", "people", "armed"))
# Words by which "the Zerun Liberation Army" is no army of Zerun's state.
REBELS = frozenset(
    "liberation resistance revolutionary free independence salvation front movement popular people's".split()
)
TIED = ("linked", "affiliated")
LINKS = frozenset(
    """from of the belonging to linked loyal with affiliated allied a an local group believed thought said suspected identified as be
    being been belong to loyal known describing themselves members member fighters calling part claiming allegiance armed outlawed banned""".split()
)
MOST_LINKS = 7
AND = re.compile(r"(?:,|,? and|/) ?")


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
    proposed: bool = False  # a group's name that no list has
    inferred: bool = False  # for a claim that does not tell it

    @property
    def actor(self) -> Actor:
        """The actor for a report, with these words behind it."""
        listed = self.known and not self.proposed
        return Actor(self.name, (self.span,), listed, self.country, self.side, self.inferred)


def expressions(
    text: str, sentences: Sequence[Sentence], actor_list: ActorList, countries: Collection[str] = ()
) -> tuple[ActorWords, ...]:
    """Every actor in `sentences`, in the order of the text, none overlapping another.

    `countries` are the ISO codes of the places that the article names: they speak for a short form of that country's.
    """
    there: frozenset[str] | None = None
    found: list[ActorWords] = []
    known: dict[str, tuple[Alias, ...]] = {}  # by the word as written, for the length of this article
    for sentence in sentences:
        filed, loud = dateline(text, sentence.span)
        past = filed if loud else 0
        for at, token in enumerate(sentence.tokens):
            candidates = known.get(token.text)
            if candidates is None:
                parts = split_name(token.text)[0]
                candidates = known[token.text] = actor_list.index.get(fold(parts[0]), ()) if parts else ()
            if not candidates or token.start < past:
                continue
            candidates = _going_on(sentence.tokens, at, candidates)
            if there is None and any(a.needs_context for a in candidates):
                there = frozenset(
                    fold(p) for word in {t.text for s in sentences for t in s.tokens} for p in split_name(word)[0]
                )
            alias, end = _match(sentence.tokens, at, candidates, there or frozenset(), countries)
            if alias is not None and alias.form == "capital" and token.start < filed:
                continue
            if alias is not None and not (alias.form == "generic" and _says_what_kind(sentence.tokens, end)):
                found.append(_words(text, sentence.tokens, at, end, alias))
                past = max(found[-1].span.end, sentence.tokens[end - 1].end)
    return tuple(_joined(text, _paired(text, _with_new(found, proposed(text, sentences), actor_list))))


def _paired(text: str, found: list[ActorWords]) -> list[ActorWords]:
    """Take "Zerun and Xan jets" as the jets of both."""
    out = list(found)
    for n in range(len(out) - 2, -1, -1):
        words, following = out[n], out[n + 1]
        of_both = words.form == "adjective" and following.form in ("force", "strike") and following.kind == "state"
        if of_both and AND.fullmatch(text[words.span.end : following.span.start]):
            out[n] = replace(words, form=following.form)
    return out


def _with_new(found: list[ActorWords], new: list[NewGroup], actor_list: ActorList) -> list[ActorWords]:
    """Add the groups that the text names and no list has, in place of the general words in their names."""
    out = list(found)
    for group in new:
        keys = tuple(fold(part) for word in group.name.split() for part in split_name(word)[0])
        if any(alias.keys == keys for alias in actor_list.index.get(keys[0], ())):
            continue
        kind: tuple[str, Form] = ("rebel", "group") if group.named else ("militia", "armed")
        words = ActorWords(group.span, group.name, "", "", *kind, known=group.named, proposed=True)
        touched = [a for a in out if a.span.overlaps(group.reach)]
        if any(a.proposed or not _gives_way(a, group) for a in touched):
            continue
        out = [a for a in out if a not in touched] + [words]
    return sorted(out, key=lambda a: a.span)


def _gives_way(words: ActorWords, group: NewGroup) -> bool:
    """Is a listed actor no more than a word in the name of an unlisted group?"""
    if words.form == "force":
        named = group.named and group.span.covers(words.span) and words.span.start == group.span.start
        return named and not REBELS.isdisjoint(group.name.casefold().split())
    return words.form in (GENERAL if group.named else ("generic",)) and group.reach.covers(words.span)


def _going_on(tokens: Sequence[Token], at: int, candidates: tuple[Alias, ...]) -> tuple[Alias, ...]:
    """Those of some aliases whose second word, if they have one, comes next: few of all that begin with "United"."""
    if candidates[0].length == 1:  # the longest stand first
        return candidates
    near = {fold(part) for part in split_name(tokens[at].text)[0][1:]}
    for token in tokens[at + 1 :]:
        if parts := split_name(token.text)[0]:
            near.add(fold(parts[0]))
            break
    return tuple(a for a in candidates if len(a.keys) == 1 or a.keys[1] in near)


def _match(
    tokens: Sequence[Token],
    at: int,
    candidates: tuple[Alias, ...],
    there: frozenset[str],
    countries: Collection[str],
) -> tuple[Alias | None, int]:
    """The longest alias at token `at`, and the token behind it; of equal ones the one whose context the article has."""
    best: tuple[int, int, Alias, int] | None = None
    for alias in candidates:
        if best is not None and alias.length < best[0]:
            break
        end = _fits(tokens, at, alias)
        if end is None:
            continue
        if alias.bearers:
            if end >= len(tokens) or tokens[end].lower not in ARMED_NOUNS:
                continue
            end += 1
        support = sum(fold(c) in there for c in alias.entry.context) if alias.needs_context else 0
        support += alias.needs_context and alias.entry.country in countries
        if alias.needs_context and not support:
            continue
        if best is None or support > best[1]:
            best = (alias.length, support, alias, end)
    return (best[2], best[3]) if best else (None, at)


def _fits(tokens: Sequence[Token], at: int, alias: Alias) -> int | None:
    """The token behind `alias` if it stands at token `at`, whole tokens only."""
    position = 0
    while position < len(alias.keys):
        if at >= len(tokens):
            return None
        parts, possessive = _untied(tokens[at].text, alias, position)
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


def _untied(word: str, alias: Alias, position: int) -> tuple[Sequence[str], bool]:
    """The parts of a word without the end of "Islamic State-linked", and whether it is possessive."""
    parts, possessive = split_name(word)
    tied = len(parts) == len(alias.keys) - position + 1 and parts[-1].lower() in TIED
    return (parts[:-1] if tied and alias.form == "group" else parts), possessive


def _styled(part: str, style: str) -> bool:
    if style == "U":
        return part.isupper()
    if style == "C":
        return part[0].isupper()
    return not style or part == style


def _words(text: str, tokens: Sequence[Token], at: int, end: int, alias: Alias) -> ActorWords:
    entry, form = alias.entry, alias.form
    span = Span(tokens[at].start, tokens[end - 1].end)
    if form in ("state", "adjective", "people", "capital"):
        kind_of, stop = what_of(tokens, end)
        if form == "capital" and (kind_of not in ("force", "strike") or not its_arms(tokens, end)):
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
    if form == "state" and end < len(tokens) and goes_on_as_name(tokens, end):
        form = "adjective"  # "Mali Khel", "Kenya Airways": neither the state nor its place
    if form == "generic":
        return _general(text, tokens, span, end, entry)
    if form in ("group", "force") and end < len(tokens) and tokens[end].lower in MEMBERS:
        span = Span(span.start, tokens[end].end)  # "RSF men", "UPC elements"
    return ActorWords(span, entry.name, entry.country, entry.side, entry.kind, form)


def _general(text: str, tokens: Sequence[Token], span: Span, end: int, entry: Entry) -> ActorWords:
    """The words of a row that names no one: "gunmen", "the army", "police station"."""
    if end < len(tokens) and tokens[end].lower in SITES:
        span = Span(span.start, tokens[end].end)  # "police station": a target, not an actor
    name = span.of(text).removesuffix("'s").removesuffix("’s")
    return ActorWords(span, name, "", "", entry.kind.removeprefix("generic-"), "generic", known=False)


def _says_what_kind(tokens: Sequence[Token], end: int) -> bool:
    """Read "army uniforms", "the military wing of": the general word only tells what kind."""
    return end < len(tokens) and tokens[end].lower in KINDS_OF


def _joined(text: str, found: list[ActorWords]) -> list[ActorWords]:
    """Join "gunmen from the Islamic State" into one actor with the group's name."""
    out: list[ActorWords] = []
    for words in found:
        last = out[-1] if out else None
        between = text[last.span.end : words.span.start] if last else ""
        if last and (
            _belongs(last, words, between)
            or ((last.name == IRAN_BACKED or last.form == "armed") and words.form == "group" and between == " ")
        ):
            out[-1] = _named(words, Span(last.span.start, words.span.end))
        elif last and last.form == "group" and words.form == "generic" and between == " " and words.kind != "civilian":
            out[-1] = _named(last, Span(last.span.start, words.span.end))
        else:
            out.append(words)
    return out


def _belongs(people: ActorWords, group: ActorWords, between: str) -> bool:
    """Are the people told as the group's: "fighters of the", "gunmen from the local"?"""
    links = between.casefold().split()
    if people.form not in ("generic", "armed") or people.kind == "civilian" or group.form not in ("group", "force"):
        return False
    return (
        bool(links)
        and len(links) <= MOST_LINKS
        and set(links) <= LINKS
        and links[0] not in ("the", "a", "an", "to", "with")
    )


def _named(words: ActorWords, span: Span) -> ActorWords:
    return ActorWords(span, words.name, words.country, words.side, words.kind, words.form, words.known)
