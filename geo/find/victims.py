"""Whom violence strikes, soldiers and rebels or civilians, by the noun phrase beside the event words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from geo.model import Span
from geo.triggers import Head, listed

CLASH, ATTACK = "Armed clash", "Attack"
FIGHTING = ("combatant", "army_part", "post")  # lists of `rules/triggers.toml`
CIVILIAN = "person"
CLAUSE = r"who|which|that|when|while|after|before|as|where|because|but|until|since|said|says|left|leaving|and|or"
PREPOSITION = (
    r"in|at|near|outside|inside|on|by|from|with|to|for|during|along|around|over|under|through|between|off|across|into|"
    r"against|among|amid|behind|beside|towards?|aboard"
)
# Where the clause before a participle begins, and where the object of a verb ends.
BREAK = re.compile(
    rf"[.;:()\n]|\s[-–—]+\s|, and\b|\b(?:{CLAUSE})\b"
)  # "rebels raided a village, and six died": the dead are no rebels
A_NUMBER = r"(?:(?!\bat (?:least|most)\b|\b(?:over|around) (?:\d|an? |two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)))"  # "killed around 20 men"
OBJECT_ENDS = re.compile(rf"[.;:,()\n]|\s[-–—]+\s|{A_NUMBER}\b(?:{PREPOSITION}|{CLAUSE})\b")
APPOSED = re.compile(rf",\s+(?:the|an?)\s+(?:(?!(?:{PREPOSITION}|{CLAUSE})\b)[\w'-]+\s*){{1,6}}")
TELLS = re.compile(
    r"\s+(?:\w+ly )?(?:told|tells?|said|says?|reported|recalled|added|confirmed)\b"
)  # who tells of it was not struck
LED_BY = re.compile(
    r"\s+(?:with (?:an? )?[\w-]+(?: [\w-]+)? )?(?:on|at|into|upon|against|of|up on)\b"
)  # "fire on a post", "the killing of a teacher"
BE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:[\w-]+\s+)?$")
BE_WITHIN = re.compile(r"\b(?:was|were|been|being)\b")
SUFFERED = re.compile(
    r"\b(?:(?<!shot )dead|died|dies|die|perish\w*|fell(?! (?:up)?on)|lost (?:their|his|her) li(?:fe|ves)|slain|casualties)\b"
)
PARTICIPLE = re.compile(
    r"\b(?:killed|murdered|shot(?: dead)?|gunned down|wounded|injured|hurt|stabbed|hacked|attacked|ambushed|assassinated|"
    r"neutrali[sz]ed)\b"
)
KILLED = re.compile(r"\b(?:killed|killing|dead|died|martyred|slain|perished|shot dead|wounded|wounding)\b")
# "at least 34 soldiers", "over 20 men" are governed by nothing.
GOVERNED = re.compile(rf"(?<!up )\b{A_NUMBER}(?:{PREPOSITION})\s+(?:[\w'-]+\s+){{0,3}}$")
# No noun goes on behind a group's name: "30 Taliban in", "12 Tigers were".
NO_NOUN = re.compile(rf"\W*$|\s*[.,;:()]|\s+(?:{PREPOSITION}|{CLAUSE}|was|were|is|are|had|have|has|died?|fell|dead)\b")
OF = re.compile(r"\s+of\s+(?:[\w'-]+\s+){0,3}")
ANYONE = frozenset("people persons person men man lives victims staff youths citizens locals".split())
ATTACKERS = re.compile(r"attackers?|assailants?|raiders?|hitm[ae]n")  # they die in attacks on anyone
CAMP = re.compile(r"camps?")  # of soldiers or of the displaced
LOOK_BACK = 120  # characters before the event words in which those whom they struck are named


def decide(text: str, part: Span, head: Head, armed: Sequence[Span] = ()) -> str:
    """The type of violence by whom it strikes: a clash or an attack on civilians; "" where that is not said.

    `armed` are the names of armed groups in the part: "killed 30 Taliban" counts fighters, "a Taliban judge" no fighter. An attack in which civilians are named beside soldiers stays what it is. `text` is lower case as `triggers.lower`
    makes it.
    """
    spans = (head.span, *(Span(m.start(), m.end()) for m in KILLED.finditer(text, part.start, part.end)))
    named = [a for a in armed if NO_NOUN.match(text, a.end, part.end)]
    struck = (_struck(text, part, words, named) for words in spans)
    kind = next((k for k in struck if k is not None), "")
    if kind == CLASH and head.trigger.sub_event_type == ATTACK and head.trigger.form == "event":
        start = (
            part.start if _befell(text, part, head.span) else head.span.start
        )  # before an active verb stands who did it
        beside = (f for f in _people(text, start, part.end, named) if not TELLS.match(text, f[0].end))
        return "" if any(k == ATTACK for _, k in beside) else CLASH
    return kind


def _struck(text: str, part: Span, words: Span, named: Sequence[Span]) -> str | None:
    """The type that those speak for whom these words strike; "" where they may be anyone, None where nobody is named."""
    found = _object(text, part, words, named)
    return _subject(text, part, words, named) if found is None and _befell(text, part, words) else found


def _object(text: str, part: Span, words: Span, named: Sequence[Span]) -> str | None:
    """What stands behind the event words as their object, or within them."""
    led = LED_BY.match(text, words.end, part.end)
    found = _noun_phrase(text, led.end() if led else words.end, part.end, named)
    if found is None and BE_WITHIN.search(text, words.start, words.end) is None:
        verb = PARTICIPLE.search(text, words.start, words.end) or LED_BY.search(text, words.start, words.end)
        found = _noun_phrase(text, verb.end(), words.end, named) if verb else None
    return found


def _noun_phrase(text: str, start: int, end: int, named: Sequence[Span]) -> str | None:
    """The type that the noun phrase at the start of a stretch speaks for, by its last noun of people or posts."""
    ends = OBJECT_ENDS.search(text, start, end)
    found = _people(text, start, ends.start() if ends else end, named)
    if not found and ends and (told := APPOSED.match(text, ends.start(), end)):  # "shot X, the rebels' bomb-maker"
        found = _people(text, told.start(), told.end(), named)
    return found[-1][1] if found else None


def _befell(text: str, part: Span, words: Span) -> bool:
    """Do the event words tell what befell those that are named before them?"""
    if BE_WITHIN.search(text, words.start, words.end) or SUFFERED.search(text, words.start, words.end):
        return True
    if not PARTICIPLE.match(text, words.start, words.end):
        return False
    if BE.search(text, max(part.start, words.start - 30), words.start):
        return True
    return text[words.end : words.end + 1] in ",;." or OBJECT_ENDS.match(text, words.end + 1) is not None


def _subject(text: str, part: Span, words: Span, named: Sequence[Span]) -> str | None:
    """Those named in the clause before the event words, or in them, who are not governed by a preposition."""
    verb = SUFFERED.search(text, words.start, words.end) or PARTICIPLE.search(text, words.start, words.end)
    start, end = max(part.start, words.start - LOOK_BACK), verb.start() if verb else words.start
    start = max([start, *(m.end() for m in BREAK.finditer(text, start, end) if m.group() not in ("and", "or"))])
    found = [f for f in _people(text, start, end, named) if not GOVERNED.search(text, start, f[0].start)]
    for (one, kind), (other, _) in pairwise(found):
        if OF.fullmatch(text, one.end, other.start):  # "the wife of a soldier"
            return kind
    return found[0][1] if found else None


def _people(text: str, start: int, end: int, named: Sequence[Span]) -> list[tuple[Span, str]]:
    """Each noun of people or of their posts, and armed group, in a stretch of text with the type that it speaks for."""
    found = [
        (Span(m.start(), m.end()), _speaks_for(name, m.group()))
        for name in (*FIGHTING, CIVILIAN)
        for m in listed(name).finditer(text, start, max(start, end))
    ]
    found += [(a, CLASH) for a in named if start <= a.start and a.end <= end]
    return sorted(found, key=lambda f: (f[0].end, -f[0].start))


def _speaks_for(name: str, noun: str) -> str:
    if noun in ANYONE or ATTACKERS.fullmatch(noun) or CAMP.fullmatch(noun):
        return ""
    return ATTACK if name == CIVILIAN else CLASH
