"""Places that a text means without their names: "the local airport", "the Malian capital", "the embassy in Mali"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geo.model import Candidate, Mention, Place, Span
from geo.place_rules import PLACE_RULES as RULES
from geo.places.gazetteer import Gazetteer
from geo.places.relations import LOOK_BACK, relation_before
from geo.places.spans import Proposal
from geo.places.words import Words

LOCAL_FACILITY = re.compile(
    r"\b(?:the|its|their|a|this|that)\s+(?:(?:local|city['’]s|town['’]s|international|main|military|nearby|civilian|capital['’]s|city)\s+)*"
    r"(?P<word>airport|air base|airbase|airfield|embassy)\b",
    re.IGNORECASE,
)
FACILITY_WORDS = ("airport", "air base", "airbase", "airfield", "embassy")


def local_facilities(
    text: str, words: Words, found: list[Proposal], out: list[Mention], gazetteer: Gazetteer
) -> list[Mention]:
    """Give "the local airport" the town that its sentence names: "In Xanabad, a shell hit the local airport"."""
    lower = text.lower()
    if not any(word in lower for word in FACILITY_WORDS):  # cheaper than the pattern, which tries every "the" and "a"
        return []
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
            first, last = words.ranges[sentence]
            no_town = _country(town) or not any(c.place.level == "town" for c in town.candidates)
            if not first <= m.start() < last or no_town:
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


CAPITAL = re.compile(
    r"\bcapital\b(?!\s+(?:punishment|markets?|gains|flight|investments?)\b)(?:\s+city\b)?(?P<of>\s+of\s+(?:the\s+)?)?"
)
WHOSE = re.compile(r"(?:['’]s)?\s+(?:[a-z-]+\s+){0,2}$")  # between a country and its capital
BARE = re.compile(
    r"\b(?:in|near|outside|around|inside|into|across|from|to|towards?|on|over|of|hit|hits|struck|rocked|attacked|entered|reached|bombed|shelled|stormed)"
    r"\s+the\s+(?:[a-z]+ern\s+(?:part|side|suburbs?|outskirts|edge)\s+of\s+the\s+)?$"
)
OF_A_PART = re.compile(
    r"\b(?:provincial|regional|state|district|county|departmental|governorate|former|commercial|economic|cultural|spiritual)\s+$"
)
CAPITAL_CHARACTERS = 500  # how far behind a capital's name "the capital" still means it
THE_CAPITAL = "the capital"  # of one of several countries
OFTEN = 3  # a country named less than a third as often as another is not the one whose capital is meant
NAMED = re.compile(r",?\s+\(?[A-Z]")  # "the capital, Xanabad"


def capitals(text: str, words: Words, out: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Give "the Malian capital" and "Mali's capital" that city, and "in the capital" those of the countries named."""
    extra: list[Mention] = []
    for m in CAPITAL.finditer(text) if "capital" in text else ():
        if OF_A_PART.search(text, max(0, m.start() - LOOK_BACK), m.start()):
            continue
        start, codes = _whose(text, m, out)
        places = _seat(text, m, out, gazetteer) or [p for c in codes if (p := gazetteer.capital_of(c)) is not None]
        if not places or not any(first <= start and m.end() <= last for first, last in words.ranges):
            continue
        relation, km = relation_before(text[max(0, start - LOOK_BACK) : start])
        name = places[0].name if len(places) == 1 else THE_CAPITAL
        candidates = tuple(Candidate(p, "exact") for p in places)
        extra.append(Mention(Span(m.start(), m.start() + len("capital")), name, candidates, "", relation, km))
    return extra


# Not where the word speaks for people: "the embassy said", "embassy staff".
EMBASSY = re.compile(
    r"\bembassy\b(?!\s+(?:says?|said|spokes\w+|officials?|statement|warn\w+|staff|workers?|employees|confirm\w+|told|urged|advised|sources?)\b)",
    re.IGNORECASE,
)
NOT_AT = re.compile(r"\b(?:according to|said|told|by|from|to) (?:the |a |an )?(?:[\w.’'-]+ ){0,2}$", re.IGNORECASE)
IN = re.compile(r"\b(?:in|inside|across|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
FOLLOWS = re.compile(r"\s+(?:in|at|of|near)\s+(?:the\s+)?")
HOST_BEFORE = 400  # characters, two or three sentences, within which a country still holds the embassy told of


def embassies(text: str, words: Words, out: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Give "the embassy", of which only the country is told, that country's capital: embassies stand there."""
    extra: list[Mention] = []
    for m in EMBASSY.finditer(text) if "embassy" in text.lower() else ():
        host = _host(text, m, out)
        speaks = NOT_AT.search(text, max(0, m.start() - LOOK_BACK), m.start())
        capital = gazetteer.capital_of(_country(host)[0]) if host and not speaks else None
        if host and capital and any(first <= m.start() and m.end() <= last for first, last in words.ranges):
            whose = [o.span.start for o in out if o.demonym and text[o.span.end : m.start()].isspace()]
            span = Span(whose[0] if whose else m.start(), m.end())
            here = (Candidate(capital, "exact"),)
            extra.append(Mention(span, capital.name, here, "embassy", inside=(out.index(host),)))
    return extra


def _host(text: str, m: re.Match[str], out: Sequence[Mention]) -> Mention | None:
    """The country that an embassy is told to stand in; None where a town is nearer or several countries may be meant."""
    if any(o.span.start < m.end() and m.start() < o.span.end for o in out):
        return None
    after = next((o for o in out if FOLLOWS.fullmatch(text, m.end(), o.span.start)), None)
    if after is not None:
        return after if _country(after) else None
    near = [o for o in out if m.start() - HOST_BEFORE < o.span.start < m.start() and not o.demonym]
    held = [o for o in near if _country(o) and IN.search(text, max(0, o.span.start - 16), o.span.start)]
    if len({_country(o)[0] for o in held}) != 1:
        return None
    return None if any(o.span.start > held[-1].span.start and not _country(o) for o in near) else held[-1]


def _whose(text: str, m: re.Match[str], out: Sequence[Mention]) -> tuple[int, list[str]]:
    """Where the words for a capital begin, and the countries whose it may be; none where a name for it follows."""
    if m["of"] is not None:
        return m.start(), [c for o in out if o.span.start == m.end() for c in _country(o)]
    if NAMED.match(text, m.end()):
        return m.start(), []
    if (owner := _owner(text, m, out)) is not None:
        return owner.span.start, _country(owner)
    if BARE.search(text, max(0, m.start() - LOOK_BACK), m.start()) is None:
        return m.start(), []
    if code := _capital_before(m.start(), out):
        return m.start(), [code]
    named = Counter(c for o in out for c in _country(o))
    most = max(named.values(), default=0)
    return m.start(), [c for c, n in named.items() if n * OFTEN >= most]


def _owner(text: str, m: re.Match[str], out: Sequence[Mention]) -> Mention | None:
    """Whose capital it is by the name before it: "the Malian capital", "Mali's capital"."""
    before = (o for o in reversed(out) if m.start() - LOOK_BACK < o.span.start < m.start())
    return next((o for o in before if WHOSE.fullmatch(text, o.span.end, m.start())), None)


def _seat(text: str, m: re.Match[str], out: Sequence[Mention], gazetteer: Gazetteer) -> list[Place]:
    """The city of "the Chechen capital", "the capital of Dagestan": the capital of a part of a country; none of a whole one."""
    if NAMED.match(text, m.end()) and m["of"] is None:
        return []
    owner = _owner(text, m, out) if m["of"] is None else next((o for o in out if o.span.start == m.end()), None)
    city = RULES.seats.get(owner.span.of(text).lower().removesuffix("'s")) if owner else None
    found = gazetteer.strict(city) if owner and city else ()
    return [max((c.place for c in found), key=lambda p: p.importance)] if found else []


def _capital_before(at: int, out: Sequence[Mention]) -> str:
    """The country whose capital was named last before an offset, not far from it; "" where none was."""
    for o in reversed(out):
        best = o.candidates[0].place if o.candidates else None
        near = 0 < at - o.span.start < CAPITAL_CHARACTERS
        if near and best and not o.demonym and best.feature_code == "P.PPLC":
            return best.country
    return ""


def _country(m: Mention) -> list[str]:
    """The country that a name or a demonym may mean."""
    return [c.place.country for c in m.candidates if c.place.level == "country" and c.place.country][:1]
