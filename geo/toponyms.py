"""Place names in a text as it writes them: which words, which type word, how placed, inside what. Never chooses a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.detect import detect
from geo.gazetteer import Gazetteer
from geo.model import Mention, Sentence, Span
from geo.place_rules import PLACE_RULES as RULES
from geo.spans import Proposal
from geo.words import Words

COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?"
AMOUNT = r"(?P<amount>\d+(?:[.,]\d+)?|an?|two|three|four|five|six|seven|eight|nine|ten|dozen|dozens|several|some|few)"
UNIT = r"(?P<unit>km|kilomet(?:re|er)s?|miles?|mi|m|met(?:re|er)s?)"
OF_THE_TOWN = r"(?:the\s+)?(?:(?:capital|port|border|rebel-held|main|nearby|northern|southern|eastern|western|central)\s+)*(?:(?:city|town|village|capital|district|province)\s+of\s+)?"
DIRECTION = re.compile(
    rf"(?:{AMOUNT}[\s\u00a0-]*{UNIT}\s*(?:\([^)]*\)\s*)?)?(?:away\s+)?(?:(?:to|in|on|of)\s+the\s+)?(?P<compass>{COMPASS})\s+(?:side\s+)?(?:of|from)\s+{OF_THE_TOWN}$",
    re.IGNORECASE,
)
AWAY = re.compile(
    rf"{AMOUNT}[\s\u00a0-]*{UNIT}\s*(?:\([^)]*\)\s*)?(?:away\s+)?(?:from|outside|off|beyond)\s+{OF_THE_TOWN}$",
    re.IGNORECASE,
)
RELATION = re.compile(
    r"\b(?P<words>near(?:by)?|close to|next to|not far from|adjacent to|on the edge of|on the outskirts of|in the vicinity of|"
    r"in the (?:\w+\s)?(?:hills|mountains|countryside|outskirts|desert) (?:near|around|of|outside)|outside|beyond|around|off|between|towards?)\s+"
    + OF_THE_TOWN + "$",
    re.IGNORECASE,
)  # fmt: skip
LOOK_BACK = 80  # characters before a name in which its relation is written
LAST_WORDS = 9  # before a name, in which a relation's cue stands
CUE_WORDS = frozenset("of from near nearby to not outside beyond around off between toward towards".split())
NUMBERS = {
    "a": 1,
    "an": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "dozen": 12,
}
KM = {"k": 1.0, "mi": 1.609, "m": 0.001}
CHAIN = re.compile(
    r"^\s*(?:,\s*(?:[a-z-]+\s+)?|\(|"
    r",?\s*(?:which\s+(?:is|lies)\s+|located\s+|situated\s+)?(?:(?:an?|the|on the)\s+[a-z][\w\s'’-]{0,40}?\s+)?"
    r"(?:in|of|inside|within)\s+(?:the\s+)?(?:[a-z][\w'’-]*\s+){0,4})$"
)
REVERSED_CHAIN = re.compile(r"^\s*(?:/|:|['’]s(?:\s+[a-z-]+){0,3})\s*$")
LOCAL_FACILITY = re.compile(
    r"\b(?:the|its|their|a|this|that)\s+(?:(?:local|city['’]s|town['’]s|international|main|military|nearby|civilian|capital['’]s|city)\s+)*"
    r"(?P<word>airport|air base|airbase|airfield|embassy)\b",
    re.IGNORECASE,
)


def mentions(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The place names of the sentences, in order, with every place that each may mean."""
    words = Words(text, sentences, lambda name: bool(gazetteer.strict(name)))
    found = detect(words, gazetteer)
    out = [_mention(words, p) for p in found]
    _chains(text, words, found, out)
    out += _local_facilities(text, words, found, out, gazetteer)
    return tuple(out)


def _mention(words: Words, p: Proposal) -> Mention:
    span = Span(words.start[p.i], words.end[p.j])
    head = words.source[max(0, words.start[p.core[0]] - LOOK_BACK) : words.start[p.core[0]]]
    if p.demonym:
        return Mention(span, p.name, p.candidates, demonym=True)
    relation, km = relation_before(head)
    if relation == "at" and "area_of" in p.signs:
        relation = "near"  # "in the X area"
    return Mention(span, p.name, p.candidates, p.type_word, relation, km, metonym=_is_metonym(words, p))


def relation_before(head: str) -> tuple[str, float | None]:
    """How the words before a name place something by it: the relation, and the distance in km where one is said."""
    if CUE_WORDS.isdisjoint(head.lower().split()[-LAST_WORDS:]):
        return "at", None
    m = DIRECTION.search(head)
    if m:
        return f"{m['compass'].lower().replace(' ', '-')} of", _km(m["amount"], m["unit"])
    m = AWAY.search(head)
    if m:
        return "near", _km(m["amount"], m["unit"])
    m = RELATION.search(head)
    if m:
        words = m["words"].lower()
        if words in ("between", "outside", "beyond", "off"):
            return "between" if words == "between" else "outside" if words != "off" else "near", None
        return ("toward" if words.startswith("toward") else "near"), None
    return "at", None


def _km(amount: str | None, unit: str | None) -> float | None:
    if not amount or not unit:
        return None
    number = NUMBERS.get(amount.lower())
    if number is None:
        if not amount[0].isdigit():
            return None
        number = float(amount.replace(",", "."))  # type: ignore[assignment]
    unit = unit.lower()
    return round(float(number or 0) * KM["k" if unit.startswith("k") else "mi" if unit.startswith("mi") else "m"], 2)


def _is_metonym(words: Words, p: Proposal) -> bool:
    """Whether a country or town stands for its government, its forces or an organisation."""
    if words.hyphen[p.core[1]] or p.signs.get("organisation_after") or p.signs.get("organisation"):
        return True
    best = p.best
    if best is None or (best.place.level != "country" and best.place.feature_code != "P.PPLC"):
        return False
    before = words.before(p.i)
    if before in RULES.cues["strong"] | RULES.cues["moving"] or p.type_word:
        return before in ("to", "against", "over") and words.before(p.i, 2).split(" ")[0] in GOVERNMENT_NOUNS
    if before == "with" and words.before(p.i, 2).split(" ")[0] in GOVERNMENT_NOUNS:
        return True
    after = words.after(p.j)
    return after in RULES.cues["metonym"] and not words.owns[p.j]


GOVERNMENT_NOUNS = frozenset(
    "negotiations talks deal agreement relations ties alliance tensions war pact treaty accord message warning response retaliation".split()
)


def _chains(text: str, words: Words, found: list[Proposal], out: list[Mention]) -> None:
    """Fill `inside`: "X, Country", "X in Y province", "Country / X", "Country's X"."""
    for k in range(len(out) - 1):
        a, b = out[k], out[k + 1]
        if words.sentence[found[k].i] != words.sentence[found[k + 1].i] or b.span.start < a.span.end:
            continue
        gap = text[a.span.end : b.span.start]
        if len(gap) > LOOK_BACK:
            continue
        if a.demonym or b.demonym or _is_list(text, gap, out, k):
            continue
        if b.relation == "at" and CHAIN.match(gap) and _may_hold(b, a):
            out[k] = replace(a, inside=(*a.inside, k + 1))
        elif REVERSED_CHAIN.match(gap) and _may_hold(a, b):
            out[k + 1] = replace(b, inside=(*b.inside, k))


LIST_JOINT = re.compile(r"^\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+)$")


def _is_list(text: str, gap: str, out: list[Mention], k: int) -> bool:
    """Whether "X, Y" goes on as a list, "X, Y and Z": then Y holds X only where it can be nothing but a division."""
    if k + 2 >= len(out) or gap.strip() != ",":
        return False
    b, c = out[k + 1], out[k + 2]
    if not LIST_JOINT.match(text[b.span.end : c.span.start]) or b.type_word:
        return False
    return any(x.place.level in ("town", "site") and x.rung in ("exact", "marks") for x in b.candidates)


def _may_hold(outer: Mention, inner: Mention) -> bool:
    """Whether `outer` is of a kind that holds `inner`: a country, a division, a region, or a town around a site."""
    ranks = {"country": 4, "region": 4, "admin1": 3, "district": 2, "town": 1, "site": 0, "water": 0}
    outer_rank = max(
        (ranks[c.place.level] for c in outer.candidates), default=3 if outer.type_word in DIVISIONS else -1
    )
    inner_rank = min((ranks[c.place.level] for c in inner.candidates), default=0)
    if inner.type_word and RULES.types[inner.type_word].facility:
        inner_rank = 0
    elif inner.type_word in DIVISIONS:
        inner_rank = 3
    return outer_rank > inner_rank


DIVISIONS = frozenset(
    w
    for w, t in RULES.types.items()
    if any(c.startswith("A.ADM1") for c in t.codes) and not t.facility and "P." not in t.codes
)


def _local_facilities(
    text: str, words: Words, found: list[Proposal], out: list[Mention], gazetteer: Gazetteer
) -> list[Mention]:
    """Give "the local airport" the town that its sentence names: "In Xanabad, a shell hit the local airport"."""
    towns = [
        (words.sentence[p.i], m, k)
        for k, (p, m) in enumerate(zip(found, out, strict=True))
        if not m.demonym and not m.type_word
    ]
    extra = []
    for m in LOCAL_FACILITY.finditer(text):
        if any(o.span.start < m.end() and m.start() < o.span.end for o in out):
            continue
        best: tuple[int, Mention, int] | None = None
        for sentence, town, k in towns:
            first, last = _sentence_range(words, sentence)
            if not first <= m.start() < last or not any(c.place.level == "town" for c in town.candidates):
                continue
            if town.span.start > m.end() and not re.fullmatch(
                r"\s+(?:in|at|of|outside|near)\s+(?:the\s+\w+\s+of\s+)?", text[m.end() : town.span.start]
            ):
                continue
            gap = abs(m.start() - town.span.start)
            if best is None or gap < best[0]:
                best = (gap, town, k)
        if best is None:
            continue
        candidates = gazetteer.facility(best[1].name)
        kind = RULES.types[m["word"].lower()]
        candidates = tuple(c for c in candidates if kind.wants(c.place.feature_code))
        span = Span(m.start("word"), m.end("word"))
        extra.append(
            Mention(span, best[1].name, (*candidates, *best[1].candidates), m["word"].lower(), inside=(best[2],))
        )
    return extra


def _sentence_range(words: Words, sentence: int) -> tuple[int, int]:
    return words.ranges[sentence]
