"""Who was killed, where the text names or describes a person: the surest sign that two accounts tell of one event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.details.toll_words import TollWords
from geo.model import Dead, Span
from geo.order import Ordered

NAME = re.compile(
    r"(?<![\w-])(?:[A-Z][\w’'.-]+|[A-Z]\.)"
    r"(?:\s(?:(?:al|bin|ibn|abu|ould|ag|van|von|der|de|del|da|dos|la|el|ul|ur)[\s-]){0,2}(?:al-|ul-|el-|ad-|as-|ash-|ar-)?[A-Z][\w’'-]*){1,4}"
    r"(?=\W*$|\W*\n|[^\w\s]|\s(?:and|was|were|is|had|has|who|dead|in|at|near|on|as|when|while|after|before|during|outside|inside|with|by|from|along|aged)\b)"
)
# Behind the verb its objects go on up to where, when, how or by whom.
OBJECTS = re.compile(
    r"[^.;:()\n]*?(?=[.;:()\n]|$|\s(?:in|at|near|on|as|when|while|after|before|during|outside|inside|with|by|from|since|who|and\s(?:the|an?|was|were|wound\w+|injur\w+))\b)"
)
SPEAKS = re.compile(r"\b(?:said|says|told|reported|confirmed|announced|according)\b")
NO_NAME = frozenset("the a an this that his her their its one two another mr mrs ms dr".split())
KILLED = re.compile(r"\b(?:kill\w*|assassinat\w+|murder\w*|execut\w+|behead\w+|eliminat\w+|slain|slay\w*|dead|down|death|died)\b", re.IGNORECASE)  # fmt: skip
LINE = 160  # characters behind a figure in which the verb of whoever tells it stands
DESCRIPTION = 2  # words from which "American contractor" tells one person from another


def dead(text: str, figures: Sequence[TollWords], others: Ordered[Span]) -> tuple[Dead, ...]:
    """The named and the singly described among the killed of one claim, in the order of the text.

    `figures` are the claim's, `others` spans of the text that name a place or a party and so no person.
    """
    found: dict[Span, Dead] = {}
    for figure in figures:
        if figure.kind != "killed" or figure.negative or figure.period:
            continue
        names = [span for name in _names(text, figure) if (span := _person(text, name, others))]
        for span in names:
            found.setdefault(span, Dead(span.of(text), "", span))
        if figure.low == figure.high == 1 and (what := _description(text, figure.figure, names)):
            first = next((n for n in names if figure.figure.overlaps(n)), figure.figure)
            found[first] = Dead(first.of(text) if first in names else "", what, first)
    return tuple(found[span] for span in sorted(found))


def _names(text: str, figure: TollWords) -> list[Span]:
    """Names of at least two words in the figure's expression and, behind its verb, among the objects.

    Where somebody speaks behind a comma, the names there are the speaker's: "killed ten people, N. N., a spokesman, said".
    """
    end = figure.span.end
    verb = KILLED.search(text, figure.span.start, end)
    if verb and (rest := OBJECTS.match(text, end)):
        speaker = SPEAKS.search(text[end : end + LINE].partition("\n")[0])
        comma = text.find(",", end, rest.end())
        theirs = comma >= 0 and speaker is not None and "." not in text[rest.end() : end + speaker.start()]
        end = comma if theirs else rest.end()
    found = [Span(m.start(), m.end()) for m in NAME.finditer(text, figure.span.start, end)]
    return [span for span in found if span.of(text).split()[0].casefold() not in NO_NAME]


def _person(text: str, name: Span, others: Ordered[Span]) -> Span | None:
    """The name without the country before it; None where a place or a party is in the rest, or but one word is left."""
    start = max(
        (o.end for o in others.touching(name) if o.start <= name.start and o.end < name.end), default=name.start
    )
    span = Span(start + len(text[start : name.end]) - len(text[start : name.end].lstrip()), name.end)
    return None if " " not in span.of(text) or others.touching(span) else span


def _description(text: str, figure: Span, names: Sequence[Span]) -> str:
    """The nationality and the part of one person, folded: "american contractor" of "an American contractor"."""
    end = min((n.start for n in names if figure.overlaps(n)), default=figure.end)
    words = [w for w in text[figure.start : end].split() if w.casefold() not in NO_NAME]
    telling = len(words) >= DESCRIPTION and words[0][:1].isupper() and words[-1].isalpha() and words[-1].islower()
    return " ".join(words).casefold() if telling else ""
