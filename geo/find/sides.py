"""Who takes a place, and so which of ACLED's types of battle it is: a government's own forces regain what others overtake.

Source: ACLED Codebook (2023): what a foreign army takes is overtaken too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from geo.model import Span

REGAINED, OVERTAKEN = "Government regains territory", "Non-state actor overtakes territory"
STATE_KINDS = frozenset({"state", "generic-state"})
REBEL_KINDS = frozenset({"rebel", "militia", "generic-rebel", "generic-militia"})
NO_FORCE = frozenset({"people", "civilians", "adjective", "strike"})  # forms of words that name nobody who takes ground
PASSIVE = re.compile(
    r"\b(?:fell|falls?|fallen|falling|came|comes|passed|lost|surrendered|capitulated|(?:was|were|been|being)\b.*)(?:\W.*)?$"
)
WAS = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+\s+)?$")
TO_WHOM = re.compile(r"[^.;,]{0,40}?\b(?:by|to|of|under|against)\b")
# What follows an actor that speaks, or that only says whose a base or a stronghold is.
NO_SUBJECT = re.compile(
    r"(?:'s)?\s+(?:\w+\s+){0,2}?(?:said|says|told|claimed|announced|reported|confirmed|admitted|denied)\b"
    r"|(?:'s)?(?:-held)?\s+(?:\w+\s+)?(?:bases?|camps?|posts?|outposts?|checkpoints?|barracks|positions?|strongholds?|headquarters|convoys?|control|garrisons?)\b"
)
BACKER = re.compile(r"\b(?:backed|supported|helped|aided|joined|accompanied|assisted|flanked) by (?:[\w'-]+ ){0,3}$")
AT_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|of|from|to|on)\s+(?:the\s+)?$"
)  # "attacked a post in Oum and seized"
FROM_WHOM = re.compile(r"\b(?:from|out of)\s+(?:the\s+|of\s+)*(?:\w+\s+)?(?:control of (?:the )?)?$")
TAKER_CHARACTERS = 80  # between the verb and the one by whom a place was taken


class Acting(Protocol):
    """Words that name who acts, as `geo.details.actors` marks them."""

    @property
    def span(self) -> Span:
        """Where the words stand."""

    @property
    def kind(self) -> str:
        """The actor list's kind: state, rebel, militia, ..."""

    @property
    def form(self) -> str:
        """How the actor is named: a group, a force, people, ..."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2, "" where nothing says whose it is."""


def armed(actor: object) -> bool:
    """Is a marked actor one that fights, rather than people, an adjective or a strike that is called after a state?"""
    kind, form = getattr(actor, "kind", ""), getattr(actor, "form", "")
    return kind in STATE_KINDS | REBEL_KINDS and form not in NO_FORCE


def taken(text: str, part: Span, head: Span, actors: Sequence[Acting], countries: Collection[str]) -> str:
    """The type of battle by who takes the place, "" where the words do not say who.

    `text` is lower case; `actors` are those of the part, `countries` those that the place may lie in.
    """
    who = _taker(text, part, head, actors)
    if who is None:
        return ""
    loser = next(
        (a for a in actors if a.span.start > head.end and FROM_WHOM.search(text, head.end, a.span.start)), None
    )
    if loser is not None and loser.kind in REBEL_KINDS and who.kind in STATE_KINDS:
        return REGAINED
    if who.kind in REBEL_KINDS:
        return OVERTAKEN
    if who.form == "generic":  # "the army", "troops": the government's, unless a name before them says whose
        return REGAINED
    if not who.country or not countries or who.country in countries:
        return REGAINED
    own = any(a.country in countries and a.form == "force" and a.span.end <= head.start for a in actors)
    return REGAINED if own else OVERTAKEN


def _taker(text: str, part: Span, head: Span, actors: Sequence[Acting]) -> Acting | None:
    words = text[head.start : head.end]
    after = TO_WHOM.match(text, head.end, min(part.end, head.end + TAKER_CHARACTERS))
    by_whom = re.search(r"\b(?:by|fe?a?ll\w* to|under|hands)$", words) is not None
    if by_whom or (after and (PASSIVE.search(words) or WAS.search(text, part.start, head.start))):
        since = head.start if by_whom else head.end
        behind = [a for a in actors if since <= a.span.start <= head.end + TAKER_CHARACTERS]
        return behind[0] if behind else None
    before = [a for a in actors if part.start <= a.span.start <= head.start]
    before = [a for a in before if not BACKER.search(text, part.start, a.span.start)]
    before = [a for a in before if a.span.end > head.start or not NO_SUBJECT.match(text, a.span.end, head.start)]
    before = [
        a for a in before if not (a.form in ("state", "capital") and AT_PLACE.search(text, part.start, a.span.start))
    ]
    inside = [a for a in actors if head.covers(a.span)]  # "came under Houthi control"
    return before[-1] if before else inside[0] if inside else None
