"""Other names that a text itself gives to a place: "Oum, also spelt Umm", "Oum may appear as Umm", "Umm, as locals call Oum"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.model import Mention, Span

NAME = r"(?P<name>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2})"
OTHER_NAME_BEHIND = re.compile(
    r"(?:,| is| was| are|,? which is|,? \(| may| can)?(?: \(| )?(?:(?:also|sometimes|often|formerly|otherwise|variously|elsewhere|now|better|locally) )?"
    r"(?:(?:be |been )?(?:known|spel(?:t|led)|written|transliterated|rendered|called|renamed|referred to)|appears?)"
    rf"(?: elsewhere| locally| officially)?(?: as| in \w+ as)?(?: the)? [\"“']?{NAME}"
)
OTHER_NAME_BEFORE = re.compile(
    rf"\b{NAME},? as (?:the )?(?:\w+ ){{0,3}}?(?:also )?(?:call|spell|write|know)s?(?: it| the place)? ?$"
)
LONGEST = 90  # characters of the words before a name that may give it another


def named_otherwise(text: str, out: list[Mention]) -> list[Mention]:
    """The mentions with what else the text calls their places: every occurrence means what the first name means."""
    other = {name: m for m in out if m.candidates and not m.demonym for name in _other_names(text, m)}
    if not other:
        return out
    known = {m.name for m in out if m.candidates}
    out = [
        replace(m, name=other[m.name].name, candidates=other[m.name].candidates)
        if m.name in other and not m.candidates
        else m
        for m in out
    ]
    taken = [m.span for m in out]
    for name, meant in other.items():
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) if name not in known else ():
            span = Span(found.start(), found.end())
            if not any(span.overlaps(t) for t in taken):
                out.append(Mention(span, meant.name, meant.candidates))
    return out


def _other_names(text: str, m: Mention) -> Iterator[str]:
    behind = OTHER_NAME_BEHIND.match(text, m.span.end)
    if behind:
        yield behind["name"]
    start = max(0, m.span.start - LONGEST)
    if " as " not in text[start : m.span.start]:  # cheaper than the pattern, and asked of every name
        return
    before = OTHER_NAME_BEFORE.search(text, start, m.span.start)
    if before:
        yield before["name"]
