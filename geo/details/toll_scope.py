"""Tell whether a figure of people is one over a period or over several places."""

from __future__ import annotations

import re

from geo.details.victims import Line
from geo.model import Span

CLAUSE_MARKS = re.compile(r";|—|\s–\s|, (?:while|but|whereas|bringing|taking|and (?:has|have) )|\bwhile\b|, and on ")
COMMA = re.compile(r",\s|\b(?:as|when|after)\b")


def over(line: Line, figure: Span, told: Span) -> tuple[bool, bool]:
    """Is the figure one over a period, one over several places? Read from its own clause and that of its verb (`told`)."""
    begin, end = line.tokens[0].start, line.tokens[-1].end
    if line.spread is None:
        line.spread = any(p.search(line.text, begin, end) for p in (line.words.period, line.words.places))
    if not line.spread:
        return False, False
    marks = [m.start() for m in CLAUSE_MARKS.finditer(line.text, begin, end)]
    begin = max((m for m in marks if m <= figure.start), default=begin)
    end = min((m for m in marks if m >= figure.end), default=end)
    clause = line.text[begin:end].strip(" ;,-—–")
    commas = [begin, *(m.start() for m in COMMA.finditer(line.text, begin, end)), end]
    near = line.text[max(c for c in commas if c <= figure.start) : min(c for c in commas if c >= told.end)]
    period = bool(
        line.words.period.search(near) or line.words.period.match(clause)
    ) and not line.words.not_period.search(clause)
    return period, bool(line.words.places.search(near) or line.words.places.match(clause))
