"""One figure of people as a text states it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.details.toll_rules import TollKind
from geo.model import Span


@dataclass(frozen=True, slots=True)
class Members:
    """One of the groups of people that a figure adds up."""

    span: Span
    whom: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TollWords:
    """One figure. `figure` is the span of the number and its noun, `span` that of the whole expression.

    `low`, `high`: people, inclusive; `open_high` where the words set no upper end ("at least"). `whom` is "civilian",
    "child", "soldier", "police", "fighter", "assailant" or "". `part`: of another figure. `overall`: over several
    places or a period; `period`: over a period. `more`: besides those told before. `rival`: another telling of the
    figure before. `total`: it adds up or replaces what was told before ("the toll rose to 14"). `named`: counted from a named person, `leader` from one who was aimed at or has no description.
    `civilians` is how many of the figure the text calls civilians or children. `side` spans the words about whose
    people they are. `faint`: it counts only where no plainer figure of its kind is told (who was buried, or treated). `about`: only roughly so many.
    `each`: the unlike groups that are added up in it ("two soldiers and five rebels").
    """

    span: Span
    figure: Span
    kind: TollKind
    low: int
    high: int
    whom: str = ""
    open_high: bool = False
    part: bool = False
    overall: bool = False
    period: bool = False
    negative: bool = False
    more: bool = False
    rival: bool = False
    total: bool = False
    named: bool = False
    leader: bool = False
    civilians: tuple[int, int] | None = None
    side: Span | None = None
    faint: bool = False
    about: bool = False
    each: tuple[Members, ...] = ()

    def apart(self) -> list[TollWords]:
        """A figure for each of the groups that it adds up, itself where it is of one group."""
        return [replace(self, figure=m.span, whom=m.whom, low=m.low, high=m.high, each=()) for m in self.each] or [self]
