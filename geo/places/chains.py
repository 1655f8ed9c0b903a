"""Links place names to the places that the text puts them in or beside: "X, Country", "X in Y province", "X, 12 km from Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.model import Mention, Span
from geo.place_rules import PLACE_RULES as RULES
from geo.places.relations import HERE

LONGEST_GAP = 110  # characters between two names of a chain
KNOWN_TOWN = 4.7  # log10 of the people of a town of note
CHAIN_GAP = 80  # the same without an apposition
CLAUSE_FREE = RULES.clause_free
KIND = RULES.kind_of_place  # "village", "northern suburb", "farming community"
CHAIN = re.compile(
    r"^(?:\s*(?:,\s*(?:(?!(?:which|who|where|and|but|or|says?|said|as|while|after|from|to|with|then|when)\b)[a-z-]+\s+)?|\()|"
    rf"(?:\s+{KIND}){{0,2}},?\s*(?:which\s+(?:is|lies)\s+|(?:located|situated|lying|deep|also)\s+)?"
    rf"(?:(?:(?:an?|the|on the|its)\s+(?:[a-z'’-]+\s+){{0,4}}?|(?:rural|remote|outlying)\s+)?{KIND}\s+(?:{CLAUSE_FREE}\s+){{0,5}}?)?"
    r"(?:in|of|inside|within|under)\s+(?:the\s+)?(?:[a-z][\w'’-]*\s+){0,4})$"
)
REVERSED_CHAIN = re.compile(  # "Y's village of X", "the Y suburb of X"
    rf"^\s*(?:/|:|['’]s(?:\s+[a-z-]+){{0,3}}|(?:\s+[a-z-]+){{0,2}}\s+{KIND}\s+(?:of|called|named))\s*$"
)
BESIDE = re.compile(  # ", a village some 12 km south of the town of", " (near"
    rf"^\s*[,(]\s*(?:(?:(?:an?|the)\s+)?(?:[\w'’-]+\s+){{0,4}}?{KIND}\s+(?:{CLAUSE_FREE}\s+){{0,4}}?)?"
    r"(?:(?!\b(?:was|were|and|but|killed|where|who|after|when|said|has|had|an?)\b)(?:[\w.,’\u00a0-]+|\([^)]{1,20}\))\s+)+$"
)
TOWN_OF = r"(?:the\s+(?:city|town|village)\s+of\s+)?$"
BARE_BESIDE = re.compile(  # " area, just outside", " village 12 km north of the town of"
    r"^\s+(?:(?:area|district|village|town|road|neighbou?rhood|community|forest),?\s+)?(?:just\s+|about\s+|some\s+|around\s+)?"
    r"(?:[\w.,]+[\s\u00a0-]*(?:km|kilomet(?:re|er)s?|miles?)\s+)?"
    r"(?:near|outside|close to|next to|from|(?:(?:on|at|along|near) the (?:border|boundary|line|road) )?between|on the (?:\w+\s)?(?:edge|outskirts|fringes) of|(?:to the )?(?:north|south|east|west)(?:[- ]?(?:east|west))? of)\s+"
    + TOWN_OF
)
APPOSED_IN = re.compile(  # ", a base that houses the provincial council in"
    r"^\s*,\s+(?:an?|the)\s+(?:[a-z-]+\s+){0,2}?(?:base|camp|village|town|suburb|district|quarter|neighbou?rhood|hospital|"
    r"school|market|prison|barracks|compound|post|settlement|hamlet|resort)\s[^,.;:]{0,80}?"
    r"\b(?:in|of|inside|within)\s+(?:the\s+)?$"
)
APPOSED = re.compile(rf"^,\s+(?:an?|the)\s+(?:[\w'’-]+\s+){{0,4}}?({KIND})\b(?!\s+(?:and|or)\b)")
LIST_JOINT = re.compile(r"^\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+)$")
AND = re.compile(r"^\s+and\s+(?:the\s+)?(?:[a-z]+\s+){0,2}(?:of\s+)?$")
PUT_IN = re.compile(r"\b(?:in|of|inside|within)\b")
PART_OF = re.compile(  # ", a western suburb of", " neighbourhood in"
    r"^,?\s+(?:(?:an?|the)\s+)?(?:[a-z-]+\s+){0,3}?(?:suburb|neighbou?rhood|quarter|slum|hamlet|ward|satellite town|barangay|vereda|(?:rural |outlying )?(?:area|village|locality|district|section))s?\s+(?:of|in)\s"
)
SPELT = ("exact", "marks", "article")  # names that are more than alike in sound
RANKS = {"country": 4, "region": 4, "admin1": 3, "district": 2, "town": 1, "site": 0, "water": 0}
WAYS = r"(?:high|motor|rail)?(?:roads?|ways?)|expressway|route|axis|corridor|railway line|line|track|stretch"
JOINT = re.compile(r"\s*[-–—/]\s*|\s+(?:to|and)\s+")
WAY = re.compile(rf"\s+(?:[a-z-]+\s+)?(?:{WAYS})\b", re.IGNORECASE)
TO = re.compile(r"\s+(?:to|and|with)\s+(?:the\s+)?")
WAY_FROM = re.compile(
    rf"\b(?:{WAYS})\s+(?:(?:that|which)\s+)?(?:(?:leading|running|leads|runs|going)\s+)?(?:from|between|links?|linking|connects?|connecting|joins|joining)\s+(?:the\s+)?$"
)
PLURAL_OF = re.compile(  # what stands before the first name of a list
    r"\b(?:states|provinces|regions|districts|governorates|counties|prefectures|departments|municipalities|communes|villages|towns|cities|settlements|suburbs|neighbou?rhoods|quarters)"
    r"\s+of\s+(?:[^.;:()]{1,80}?,\s+|[^.;:(),]{1,40}?\s+and\s+)?$"
)
TRAILING_WORD = re.compile(r"\s+[a-z]+(?:\s(?:city|town))?$")
OF = re.compile(r"^\s+of\s+(?:the\s+)?$")
SETTLEMENTS = frozenset(w for w, t in RULES.types.items() if t.codes[0].startswith("P.") and not t.facility)
DIVISIONS = frozenset(
    w
    for w, t in RULES.types.items()
    if any(c.startswith("A.ADM1") for c in t.codes) and not t.facility and "P." not in t.codes
)


def link(text: str, sentence: Sequence[int], out: list[Mention]) -> None:
    """Fill `inside` of the mentions `out`, which stand in the sentences of those numbers, and the ends of "between X and Y"."""
    gaps = []
    for k in range(len(out) - 1):
        a, b = out[k], out[k + 1]
        apart = sentence[k] != sentence[k + 1] or not 0 <= b.span.start - a.span.end <= LONGEST_GAP
        gaps.append(None if apart else text[a.span.end : b.span.start])
    for k, gap in enumerate(gaps):
        if gap is not None:
            _link_two(text, gap, out, k)
    for k in range(len(gaps) - 2, -1, -1):
        _share(gaps[k], gaps[k + 1], out, k)
    _share_types(text, gaps, out)


def _share_types(text: str, gaps: Sequence[str | None], out: list[Mention]) -> None:
    """Give the names of a list the kind of the whole list: "Xana and Yola states", "the villages of Xana and Yola"."""
    joints = [k for k, gap in enumerate(gaps) if gap is not None and LIST_JOINT.match(gap)]
    for k in joints:
        if PLURAL_OF.search(text, max(0, out[k].span.start - LONGEST_GAP), out[k].span.start):
            _share_type(out, k, k + 1)
    given: set[int] = set()
    for k in reversed(joints):
        if k + 1 in given or out[k + 1].span.of(text).lower().endswith(out[k + 1].type_word + "s"):
            _share_type(out, k + 1, k)
            given.add(k)


def _share_type(out: list[Mention], source: int, target: int) -> None:
    """Give one name the kind of another, where it may be of that kind."""
    kind, m = RULES.types.get(out[source].type_word), out[target]
    if kind is None or m.type_word or m.demonym:
        return
    if not m.candidates or any(kind.wants(c.place.feature_code) for c in m.candidates):
        out[target] = replace(m, type_word=kind.word)


def _link_two(text: str, gap: str, out: list[Mention], k: int) -> None:
    a, b = out[k], out[k + 1]
    if b.demonym:
        return
    if a.relation == "between" and AND.match(gap) and b.relation in HERE:
        out[k + 1] = replace(b, relation="between")
    elif not a.demonym and _are_ends(text, gap, a, b):
        out[k], out[k + 1] = replace(a, relation="between"), replace(b, relation="between")
    elif a.demonym or _is_list(text, gap, out, k):
        return
    elif not _governs(text, gap, b) and (_is_in(gap, b, a) or (a.relation != "between" and _is_beside(gap, b))):
        out[k] = replace(a, inside=(*a.inside, k + 1), type_word=a.type_word or _apposed(gap))
    elif REVERSED_CHAIN.match(gap) and (_may_hold(a, b) or _owns_part(gap, a, b)):
        out[k + 1] = replace(b, inside=(*b.inside, k))
        if k and out[k - 1].inside == (k,):  # "X in Y's Z district": X is in Z
            out[k - 1] = replace(out[k - 1], inside=(k + 1, k))
    elif a.type_word in SETTLEMENTS and OF.match(gap) and _is_known(a) and _may_hold(a, b):
        out[k], out[k + 1] = _without_type(text, a), replace(b, inside=(*b.inside, k))  # "the Y suburb of X"


def _governs(text: str, gap: str, b: Mention) -> bool:
    """Is it a capital that stands for its government behind a comma: "positions in Xana, Yola's defence ministry said"?"""
    capital = any(c.place.feature_code == "P.PPLC" for c in b.candidates)
    return capital and gap.lstrip().startswith(",") and text.startswith(("'s ", "’s "), b.span.end)


def _owns_part(gap: str, outer: Mention, inner: Mention) -> bool:
    """Whether a town's own part is called like a town elsewhere: "Oum's Deli Town"; of capitals it may be what they hold abroad."""
    capital = any(c.place.feature_code == "P.PPLC" for c in outer.candidates)
    return gap.startswith(("'s", "’s")) and _is_known(outer) and bool(inner.type_word) and not capital


def _without_type(text: str, m: Mention) -> Mention:
    """A name without the word for a kind that stands behind it."""
    bare = TRAILING_WORD.sub("", m.span.of(text))
    return replace(m, span=Span(m.span.start, m.span.start + len(bare)), type_word="")


def _apposed(gap: str) -> str:
    """The kind that an apposition gives a name, where it is a settlement or a part of one: "X, a suburb of Y"."""
    m = APPOSED.match(gap)
    kind = RULES.types.get(m[1].removesuffix("s")) if m else None
    return kind.word if kind is not None and not kind.facility and not kind.apart else ""


def _is_in(gap: str, outer: Mention, inner: Mention) -> bool:
    """Whether a name is told to lie in another: "X, Y", "X in Y"."""
    if outer.relation not in HERE or not (_may_hold(outer, inner) or (_may_be_town(outer) and PART_OF.match(gap))):
        return False
    return (len(gap) <= CHAIN_GAP and CHAIN.match(gap) is not None) or APPOSED_IN.match(gap) is not None


def _is_known(m: Mention) -> bool:
    """Whether a name is that of a division or of a town of note."""
    return any(
        c.rung in SPELT and (c.place.level == "admin1" or c.place.importance >= KNOWN_TOWN) for c in m.candidates
    )


def _may_be_town(m: Mention) -> bool:
    return any(c.place.level == "town" for c in m.candidates)


def _is_beside(gap: str, outer: Mention) -> bool:
    """Whether a name is told to lie beside a town: "X, near Y"."""
    if outer.relation in HERE or outer.relation == "toward":
        return False
    towns = (
        outer.relation == "between"
        or not outer.candidates
        or any(RANKS[c.place.level] <= RANKS["district"] for c in outer.candidates)
    )
    return towns and (BESIDE.match(gap) is not None or BARE_BESIDE.match(gap) is not None)


def _share(gap: str | None, following: str | None, out: list[Mention], k: int) -> None:
    """Give the first names of a list what the last is put in or beside: "X and Y in Z province", "X and Y, near Z"."""
    a, b = out[k], out[k + 1]
    if gap is None or following is None or a.inside or a.demonym or not LIST_JOINT.match(gap):
        return
    if not b.inside or b.inside[0] <= k + 1:
        return
    outer = out[b.inside[0]]
    put_in = outer.relation in HERE and PUT_IN.search(following) is not None and _may_hold(outer, a)
    if put_in or _is_beside(following, outer):
        out[k] = replace(a, inside=b.inside[:1])


def _are_ends(text: str, gap: str, a: Mention, b: Mention) -> bool:
    """Whether two names are the ends of a way: "the X-Y road", "the road linking X to Y"."""
    if JOINT.fullmatch(gap):
        return WAY.match(text, b.span.end) is not None
    return (
        TO.fullmatch(gap) is not None
        and WAY_FROM.search(text, max(0, a.span.start - CHAIN_GAP), a.span.start) is not None
    )


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
    unknown = RANKS["admin1"] if outer.type_word in DIVISIONS else RANKS["district"] if _is_district(outer) else -1
    outer_rank = max((unknown, *(RANKS[c.place.level] for c in outer.candidates)))
    inner_rank = min((RANKS[c.place.level] for c in inner.candidates if c.rung in SPELT), default=0)
    if inner.type_word and RULES.types[inner.type_word].facility:
        inner_rank = 0
    elif inner.type_word in DIVISIONS:
        inner_rank = RANKS["admin1"]
    elif _is_district(inner):
        inner_rank = max(RANKS["district"], inner_rank)
    return outer_rank > inner_rank


def _is_district(m: Mention) -> bool:
    kind = RULES.types.get(m.type_word)
    return kind is not None and "A.ADM2" in kind.codes and m.type_word not in DIVISIONS
