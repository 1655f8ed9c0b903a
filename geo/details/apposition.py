"""Asides that name a group, or only say what it is like: "a rebel group, the Front, killed", "the Front, a militia allied to Xana's rebels"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.details.actors import ActorWords
from geo.model import Span

ALLIED_TO = re.compile(
    r"\s*(?:\([^()\n]{1,40}\))?,\s+(?:which (?:is|has)|who (?:are|have)|an?|the|itself|now|also)?\s*(?:(?!(?:by|and|but|killed|attacked)\b)[\w’'-]+\s+){0,6}?"
    r"(?:allied|linked|loyal|affiliated|aligned|tied|close|ties|links|allegiance) (?:to|with)\s+(?:the\s+)?"
)
KIN_OF = re.compile(r"\s*(?:\([^()\n]{1,40}\))?,\s+(?:an?|the|once an?|now an?)\s+(?:(?:local|regional|former)\s+)?")
KIN = re.compile(
    r"(?:['’]s)?\s+(?:[\w-]+\s+){0,2}?(?:affiliates?|ally|allies|offshoots?|branch|franchise|arm|wing|splinter group|faction)\b[^,.;]{0,60},"
)
# "the Front, Xana's western branch"
PARENT_OF = re.compile(r",\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?")
ITS_BRANCH = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,4}?(?:affiliates?|branch|offshoot|arm|wing|franchise|subsidiary|ally|allies|proxy|chapter)\b"
)
CALLED = re.compile(
    r"(?:\s+(?:group|militia|movement|faction|organi[sz]ation|gang|cartel|army|insurgents|rebels))?,\s+(?:the\s+)?(?:so-called\s+)?"
)


def with_asides(text: str, actors: Sequence[ActorWords]) -> tuple[ActorWords, ...]:
    """The actors, with the name that an aside gives to a group in place of its description."""
    kept: list[ActorWords] = []
    for words in without_allies(text, actors):
        last = kept[-1] if kept and words.form == "group" else None
        described = last is not None and last.form in ("armed", "generic") and last.kind not in ("state", "civilian")
        named = described and text[words.span.end : words.span.end + 2].lstrip()[:1] in (",", "(")
        if last and named and CALLED.fullmatch(text, last.span.end, words.span.start):
            kept[-1] = replace(words, span=Span(last.span.start, words.span.end))
        else:
            kept.append(words)
    return tuple(kept)


# Lands that name their own forces too: "in Abkhazia" is where, "Abkhazia said" who.
IN_LAND = re.compile(
    r"\b(?:in|of|near|across|inside|into|over|around|from|throughout|within|outside)\s+(?:[a-z-]+\s+){0,3}(?:Abkhazia|South Ossetia|Nagorno-Karabakh|Artsakh|Transnistria)$"
)


def without_allies(text: str, actors: Sequence[ActorWords]) -> list[ActorWords]:
    """The actors but for the groups that an aside behind another group's name says it is tied to, and for lands that are only where."""
    kept: list[ActorWords] = []
    for words in actors:
        if words.form == "group" and IN_LAND.search(text, max(0, words.span.start - 50), words.span.end):
            continue
        named = kept[-1] if kept and words.form == "group" else None
        between = text[named.span.end : words.span.start] if named and named.form in ("group", "armed") else ""
        behind = text[words.span.end : words.span.end + 100]
        tied = (ALLIED_TO.fullmatch(between) and "," in behind) or (KIN_OF.fullmatch(between) and KIN.match(behind))
        owner = PARENT_OF.fullmatch(between) and named is not None and named.form == "group"
        if not (tied or (owner and ITS_BRANCH.match(text, _bare_end(text, words.span)))):
            kept.append(words)
    return kept


def _bare_end(text: str, name: Span) -> int:
    """Where a name ends without its 's."""
    return name.end - 2 if name.of(text).endswith(("'s", "’s")) else name.end
