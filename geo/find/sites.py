"""Which of the names in a part of a sentence is where its event was: signs of the words around a name, added up.

The signs and their weights are rows of `geo/rules/scene.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from geo.model import Span, Toponym
from geo.place_rules import PLACE_RULES
from geo.screen import Screen

RULES = "rules/scene.toml"
WIDE = 1.2  # fineness up to which a name is an actor as often as a place: a country, a division, a region
MODIFIER_WORDS = 2  # "the Oum market bombing"
OWNER = re.compile(r"(?<=\s)[\w-]+['’]s\s+$")  # "on Xan's Oum base" stands like "on Oum base"
LOOK_BACK, LOOK_AHEAD = 110, 70  # characters beside a name that its signs may take in
RULED_OUT = -5.0  # a sign that weighs less says that the name is no scene
FIRED = re.compile(
    r"\b(?:fired?|firing|launch\w*|shell\w*|rockets?|missiles?|drones?|flew|flown|took off|came|coming|arriv\w+|cross\w+)\b"
)
FLEEING = re.compile(
    r"\b(?:fleeing|escaping|evacuating|withdrawing|retreating)\s+(?:from\s+)?(?:the\s+)?(?:(?:[\w-]+\s+){0,2}(?:of|in|at)\s+)?$"
)
MEN_FROM = re.compile(r"\b(?:on|by)\s+(?:[\w-]+\s+){1,4}from\s+(?:the\s+)?$")  # "blamed it on youths from Oum"
STRONG = 3.0  # a role that only a plain "in" or "hit" gives
KIND_WORDS = 2  # behind a name, among which the word for its kind stands: "the Roxas night market"
OUT_OF_TOWN = frozenset(
    ("S.INSM", "A.ADM2", "S.CMP", "S.AIRB", "S.AIRP", "S.PRT")
)  # bases, districts, camps, airports, ports
LEVELS = {"site": 3.0, "town": 2.5, "district": 1.8, "water": 1.2, "admin1": 1.2, "region": 0.6, "country": 0.3}
ANYTHING = re.compile("")
OTHER_CLAUSE = re.compile(
    r",\s+(?:where|whose|who|but|while|although|as)\b|;|\bsince\s+(?:an?|the|two|three|its|their)\b"
)
SAME_CLAUSE = re.compile(
    r"\s*(?:\([^)]{1,50}\)\s*)?(?:,[^,;.]{1,50})?,?\s+(?:where|in which)\b(?!\s+(?:he|she|they|it|(?:the|an?)\s+(?:[\w-]+\s+){1,3})\s*(?:has |had )?(?:said|told|announced|claimed)\b)"
)
WAY = re.compile(r"\s+(?:(?:high|rail|motor)way|road|route|expressway|track|line|axis|corridor)\b")
LISTED = re.compile(r"\s*[,/&]\s*(?:the\s+)?|\s*,?\s*(?:and|or|&)\s+(?:(?:in|at|near)\s+)?(?:the\s+)?")
# The next place of a list in which each has its own toll: "12 in Oum on Friday, five in Deli".
COUNTED = re.compile(
    r"(?:\s+(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s+(?:night|morning|evening))?)?(?:\s*[,;]|\s+and|\s*[,;]\s*and)\s+"
    r"(?:(?:another|a further|at least|about|some|up to|more than|as many as)\s+){0,2}"
    r"(?:\d[\d,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|dozens|scores|several|others?|another)\s+"
    r"(?:(?:more|others?|people|persons?|civilians|soldiers|villagers|dead|deaths)\s+){0,2}(?:(?:were|was)\s+)?(?:(?:killed|died|dead|shot|wounded|injured)\s+)?"
    r"(?:in|at|near|outside|around)\s+(?:the\s+)?(?:(?:neighbouring|neighboring|nearby|town|village|city|district|province|area|of)\s+){0,3}"
)
KIND = PLACE_RULES.kind_of_place
CLAUSE_FREE = PLACE_RULES.clause_free
HELD = re.compile(
    r"\s*(?:,\s*(?:(?!(?:which|who|whose|that|where|when|but|and|or|while|then|now)\b)[a-z-]+\s+){0,2}|\(|"
    rf"(?:\s+{KIND}){{0,2}},?\s*(?:(?:located|situated|lying|deep|also)\s+)?(?:(?:(?:an?|the|its)\s+(?:[a-z'’-]+\s+){{0,4}}?)?{KIND}\s+(?:{CLAUSE_FREE}\s+){{0,5}}?)?"
    r"(?:in|of|inside|within|under)\s+(?:the\s+)?(?:[a-z][\w'’-]*\s+){0,4})"
)
OWNED = re.compile(  # "Oum's village of Deli", "the Oum suburb of Deli"
    rf"['’]s?(?:\s+[a-z-]+){{0,3}}\s+(?:the\s+)?|(?:\s+[a-z-]+){{0,2}}\s+{KIND}\s+(?:of|called|named)\s+(?:the\s+)?"
)
SETTLED_IN = re.compile(r"\s+(?:[a-z-]+\s+){0,2}(?:village|town|city|suburb|hamlet|settlement|resort|port)\s+of\s+")
# "Oum, a village near Deli", "Oum, 12 km from Deli": nothing happens between the two names.
BESIDE = re.compile(
    rf"[\s,(]*(?:(?:(?:an?|the)\s+)?(?:[\w'’-]+\s+){{0,4}}?{KIND}\s+(?:{CLAUSE_FREE}\s+){{0,4}}?)?"
    r"(?:(?:some|about|around|just|roughly|barely|nearly|located|situated|lying|which (?:is|lies)|less than)\s+)*"
    r"(?:[\w.,]+\s+(?:km|kms|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s)\s+)?(?:away\s+)?(?:to the\s+)?"
    r"(?:near|close to|outside|not far from|off|from|next to|beside|opposite|on the (?:edge|outskirts) of|(?:north|south|east|west)(?:-?(?:east|west))?(?: of)?)"
    r"\s+(?:the\s+)?(?:(?:[\w-]+\s+)?(?:city|town|village|border|capital)\s+(?:of\s+)?|(?:[a-z-]+\s+){1,3}(?:at|in|of)\s+)?"
)
BESIDE_A = re.compile(r"\bnear\b.*\b(?:at|in|of)\s+(?:the\s+)?$")  # "Oum, near the mill at Deli"
ON_THE_WAY = re.compile(
    r"\b(?:travel(?:l)?ing|on (?:the|its|their|a) (?:way|road|route|track|highway|path)|driving|road|roads|route|routes|highway|motorway|track|train|trains|bus|buses|convoys?|flight|line|railway|ferry|sailing|heading|moving|walking|duty|path)\s+(?:\w+\s+){0,2}(?:from|between|to|linking|connecting)\s+(?:the\s+)?(?:[\w’'-]+\s+(?:and|to)\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One row of the rules: what stands before and behind a name, and what it weighs; `wide` for countries and divisions."""

    id: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    weight: float
    wide: float
    group: str = ""
    examples: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()

    def stands(self, before: str, after: str) -> bool:
        """Whether the words around a name, in lower case, hold the sign."""
        if self.before is not None and not self.before.search(before):
            return False
        return self.after is None or self.after.match(after) is not None


@cache
def signs() -> tuple[tuple[Sign, ...], dict[str, float]]:
    """The signs in the order of the file, and the weights of what is no matter of words."""
    data = tomllib.loads(files("geo").joinpath(RULES).read_text(encoding="utf-8"))
    words = {name: data[name] for name in ("kind", "the", "turned")}

    def compiled(pattern: str) -> re.Pattern[str] | None:
        for name, means in words.items():
            pattern = pattern.replace("{" + name + "}", means)
        return re.compile(pattern) if pattern else None

    rows = tuple(
        Sign(
            row["id"],
            compiled(row.get("before", "")),
            compiled(row.get("after", "")),
            row["weight"],
            row.get("wide", 0.0),
            row.get("group", ""),
            tuple(row.get("examples", ())),
            tuple(row.get("traps", ())),
        )
        for row in data["sign"]
    )
    return rows, data["weights"]


def fineness(toponym: Toponym) -> float:
    """How closely a place pins an incident down: 3 a site .. 0 a country. A name that nobody knows counts as a town."""
    if toponym.place is not None:
        return LEVELS[toponym.place.level]
    kind = PLACE_RULES.types.get(toponym.mention.type_word)
    return 2.0 if kind is None or "A.ADM1" not in kind.codes else LEVELS["district" if "P." in kind.codes else "admin1"]


def in_role_of_scene(text: str, toponym: Toponym) -> bool:
    """Do the words around a name make it where something happens ("in Iraq"), and not who acts ("US forces")?"""
    found = {
        s.id: s
        for s in _standing(
            text, toponym, Span(max(0, toponym.span.start - LOOK_BACK), toponym.span.end), toponym.span.end
        )
    }
    wide = fineness(toponym) <= WIDE
    if _sum(found.values(), wide=wide) <= 0:
        return False
    return bool(found.keys() & ({"strictly in"} if wide else {"in", "near", "object", "on", "called", "where"}))


def placed(text: str, part: Span, head: Span, toponyms: Sequence[Toponym]) -> tuple[tuple[Span, ...], ...]:
    """The places that a part of a sentence is about, each with the names that it is written to lie in or by.

    Several groups come back where the text lists places of one kind ("in A, B and C"): one site each.
    """
    names = [t for t in toponyms if part.covers(t.span) and not t.mention.demonym and not t.mention.metonym]
    roles = weighed(text, part, head, names)
    scored = [(score, t) for (role, score), t in zip(roles, names, strict=True) if role > 0]
    if not scored:
        return _taken_from(text, part, head, names)
    best = max(scored, key=lambda st: (st[0], -st[1].span.start))[1]
    listed = _listed(text, best, [t for _, t in scored])
    outer = [t for t in names if t not in listed and _belongs(text, t, best, names, roles)]
    outer.sort(key=lambda t: (-fineness(t), t.span.start))
    return tuple((t.span, *(o.span for o in outer)) for t in listed)


def _taken_from(text: str, part: Span, head: Span, names: Sequence[Toponym]) -> tuple[tuple[Span, ...], ...]:
    """The only exact place of a part, where something was taken or driven from it: "abducted nine pupils from Oum".

    Those who were struck on their way from a place were not far from it: "killed six who were fleeing from Oum".
    """
    fine = [t for t in names if fineness(t) > WIDE]
    fled = [t for t in fine if FLEEING.search(text[max(head.start, t.span.start - LOOK_BACK) : t.span.start])]
    if fled:
        return ((fled[0].span,),)
    if len(fine) != 1 or fine[0].span.start < head.end:
        return ()
    between = text[head.start : fine[0].span.start]
    if FIRED.search(between) or MEN_FROM.search(between):
        return ()
    found = [s for s in _standing(text, fine[0], part, fine[0].span.end) if s.weight <= RULED_OUT]
    return ((fine[0].span,),) if [s.id for s in found] == ["origin"] else ()


def weighed(text: str, part: Span, head: Span, names: Sequence[Toponym]) -> list[tuple[float, float]]:
    """(role, score) of each name: what the words say for it as the scene, and that with how exact and how near it is."""
    _, weights = signs()
    tails = _tails(text, names)
    roles = [_role(text, part, head, t, tail) for t, tail in zip(names, tails, strict=True)]
    grounded: set[int] = set()
    for i, (before, after) in enumerate(pairwise(names)):
        if (roles[i] > 0 or i in grounded) and _leans(text, before, after):
            roles[i + 1] = min(roles[i + 1], roles[i]) + weights["ground"]
            grounded.add(i + 1)
        elif roles[i] <= RULED_OUT and text.startswith(",", before.span.end) and _leans(text, before, after):
            roles[i + 1] = min(roles[i + 1], roles[i])  # "a man from Oum, near Deli"
        elif (
            roles[i] > 0
            and i not in grounded
            and _siblings(text, before, after)
            and not _acts(text, after, part, comma="," in text[before.span.end : after.span.start])
        ):
            roles[i + 1] = max(roles[i + 1], roles[i] + weights["listed"])
        elif roles[i] > 0 and _owned(text, before, after):
            roles[i], roles[i + 1] = roles[i] + weights["ground"], max(roles[i], roles[i + 1])
    out = []
    for role, t in zip(roles, names, strict=True):
        gap = min(abs(t.span.start - head.end), abs(head.start - t.span.end))
        out.append((role, role + weights["fineness"] * fineness(t) + weights["character"] * gap))
    return out


def _tails(text: str, names: Sequence[Toponym]) -> list[int]:
    """Where the phrase of each name ends: that of "Oum" in "Oum, near Deli, was shelled" behind Deli."""
    tails = [t.span.end for t in names]
    for i in range(len(names) - 2, -1, -1):
        if _leans(text, names[i], names[i + 1]):
            tails[i] = tails[i + 1]
    return tails


def _acts(text: str, t: Toponym, part: Span, *, comma: bool) -> bool:
    """Does a name act or speak, or say whose: "near Oum, and Deli fighters shelled ..."?"""
    found = {s.id for s in _standing(text, t, part, t.span.end)}
    return "speaks" in found or ("acts" in found and comma and not t.mention.type_word)


def _leans(text: str, first: Toponym, second: Toponym) -> bool:
    """Does the second name only say where the first lies? Of a way it says the spot: "the Oum-Deli road near Xan"."""
    if WAY.match(text, first.span.end) and second.mention.relation != "between":
        return False
    return _held(text, first, second) or _beside(text, first, second)


def _standing(text: str, toponym: Toponym, part: Span, tail: int) -> tuple[Sign, ...]:
    """The signs around a name whose phrase ends at `tail`."""
    start = toponym.span.start
    if text[max(part.start, start - LOOK_BACK) : start].rstrip().endswith(("'s", "’s")):
        whose = OWNER.search(text, max(part.start, start - LOOK_BACK), start)
        start = whose.start() if whose else start
    before, after = text[max(part.start, start - LOOK_BACK) : start], text[tail : tail + LOOK_AHEAD]
    if start - LOOK_BACK > part.start:
        before = "…" + before  # the part does not begin here
    return _between(before, after)


@lru_cache(maxsize=4096)  # a name is asked about by each event of its part, and by the story
def _between(before: str, after: str) -> tuple[Sign, ...]:
    """The signs that the words before and behind a name hold; only those whose own words are there are tried."""
    ahead, behind = _screens()
    numbers = set(ahead.open(ahead.pieces(before))).intersection(behind.open(behind.pieces(after)))
    rows = signs()[0]
    return tuple(rows[n] for n in sorted(numbers) if rows[n].stands(before, after))


@cache
def _screens() -> tuple[Screen, Screen]:
    """What the signs need before a name, and what behind it."""
    rows = signs()[0]
    return Screen(s.before or ANYTHING for s in rows), Screen(s.after or ANYTHING for s in rows)


def _role(text: str, part: Span, head: Span, t: Toponym, tail: int) -> float:
    """How strongly the words around a name say that the event was there; nothing or less where they do not."""
    _, weights = signs()
    wide = fineness(t) <= WIDE
    found = _standing(text, t, part, tail)
    told_there = t.span.end <= head.start and SAME_CLAUSE.match(text, t.span.end) is not None
    if told_there:  # "fled from Oum, where shells fell"
        found = tuple(s for s in found if s.before is None or s.weight > RULED_OUT)
    role = _sum(found, wide=wide)
    if not wide and t.span.end <= head.start and not any(s.id in ("acts", "stands for") for s in found):
        between = text[t.span.end : head.start]
        if len(between.split()) <= MODIFIER_WORDS and not re.search("[,;:]|^['’]s", between):
            role += weights["modifier"]
    if role <= 0 and not wide and not any(s.weight < 0 for s in found):
        role += weights["bare"]
    if ON_THE_WAY.search(text[max(part.start, t.span.start - LOOK_BACK) : t.span.start]):
        role += weights["route"]
    between = text[min(head.end, t.span.end) : max(head.start, t.span.start)]
    if OTHER_CLAUSE.search(between) and not told_there:
        role = min(role, weights["other_clause"])
    return role


def _sum(found: Iterable[Sign], *, wide: bool) -> float:
    """What signs weigh together: of one group only the strongest."""
    strongest: dict[str, float] = {}
    for s in found:
        weight = s.wide if wide else s.weight
        key = s.group or s.id
        strongest[key] = max(strongest.get(key, weight), weight)
    return sum(strongest.values())


def _listed(text: str, best: Toponym, toponyms: Sequence[Toponym]) -> list[Toponym]:
    """The places that stand in one list with `best`, in text order."""
    ordered = sorted(toponyms, key=lambda t: t.span.start)
    at = ordered.index(best)
    listed = [best]
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(ordered):
            first, second = sorted((ordered[i], ordered[i - step]), key=lambda t: t.span.start)
            if not _siblings(text, first, second) or first.mention.relation == "between":
                break
            listed.append(ordered[i])
            i += step
    listed.sort(key=lambda t: t.span.start)
    gaps = [text[a.span.end : b.span.start] for a, b in pairwise(listed)]
    joined = any(re.search(r"\b(?:and|or)\b|[/&]", g) or COUNTED.fullmatch(g) for g in gaps)
    return listed if joined else [best]  # commas alone part a place from what it lies in: "Oum, Deli district"


def _belongs(
    text: str, t: Toponym, best: Toponym, names: Sequence[Toponym], roles: Sequence[tuple[float, float]]
) -> bool:
    """Is a name one that the scene is written to lie in or by, or the wider scene of the part?"""
    at, chosen = names.index(t), names.index(best)
    if at > chosen:
        return all(
            _leans(text, a, b) or a.mention.relation == "between" or text[a.span.end : b.span.start].strip() == ","
            for a, b in pairwise(names[chosen : at + 1])
        ) or (roles[at][0] > 0 and _wider(text, t, best))
    # "In Oum, gunmen attacked a post at Xyz": nobody knows the post, but it is in or by Oum
    opens = best.place is None and fineness(t) <= LEVELS["town"] and roles[at][0] >= STRONG
    return _owned(text, t, names[at + 1]) or (roles[at][0] > 0 and (opens or _wider(text, t, best)))


def _wider(text: str, outer: Toponym, inner: Toponym) -> bool:
    """May one place hold the other by its kind: a division a town, a town a market?"""
    return fineness(outer) <= fineness(inner) - 0.5 or (
        fineness(outer) <= LEVELS["town"] and within_town(text, inner) and not within_town(text, outer)
    )


def within_town(text: str, toponym: Toponym) -> bool:
    """Is it of a kind that towns have, by the words in or behind its name: a street, a market, a quarter?"""
    m = toponym.mention
    if m.type_word:
        kinds = [PLACE_RULES.types[m.type_word]]
    else:
        words = re.findall(r"[\w'’-]+", text[toponym.span.end : toponym.span.end + 30])[:KIND_WORDS]
        kinds = [k for w in words if (k := PLACE_RULES.types.get(w)) is not None and k.facility]
    return any((k.local or k.facility) and not k.apart and not OUT_OF_TOWN & set(k.codes) for k in kinds)


def _siblings(text: str, first: Toponym, second: Toponym) -> bool:
    gap = text[first.span.end : second.span.start]
    if not (LISTED.fullmatch(gap) or COUNTED.fullmatch(gap)):
        return False
    finer, coarser = fineness(first), fineness(second)
    contained = finer > coarser + 0.6 and "and" not in gap  # "Makhmour, Iraq": a town, then what it lies in
    return abs(finer - coarser) < 1.5 and not contained


def _held(text: str, first: Toponym, second: Toponym) -> bool:
    gap = text[first.span.end : second.span.start]
    if HELD.fullmatch(gap) is None or COUNTED.fullmatch(gap):
        return False
    if gap.strip() == ",":  # "Oum, Deli" may be a list as well, "Oum district, Deli" is none
        kind = PLACE_RULES.types.get(first.mention.type_word)
        divided = kind is not None and "A.ADM2" in kind.codes and not second.mention.type_word
        return divided or fineness(first) > fineness(second) + 0.3
    if SETTLED_IN.fullmatch(gap) and fineness(second) >= LEVELS["town"] - 0.5:
        return False  # "the Oum suburb of Deli" is Deli
    return fineness(first) >= fineness(second) or first.place is None


def _beside(text: str, first: Toponym, second: Toponym) -> bool:
    gap = text[first.span.end : second.span.start]
    turned = second.mention.relation not in ("at", "nearby", "") or BESIDE_A.search(gap) is not None
    return turned and BESIDE.fullmatch(gap) is not None


def _owned(text: str, first: Toponym, second: Toponym) -> bool:
    return OWNED.fullmatch(text[first.span.end : second.span.start]) is not None
