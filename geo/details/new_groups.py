"""Propose armed groups that no list knows from how a text names them: "the Zerun Liberation Front (ZLF)", "Kuki gunmen"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.model import Sentence, Span
from geo.screen import Screen

_WORD = r"[A-Z][\w’'-]*\w"
_SMALL = r"(?:of|the|for|and|in|de|del|la|al|du|des)"
# The nouns by which a run of capitals is an armed group's name.
_NOUN = (
    r"(?:Army|Front|Movement|Brigades?|Battalions?|Militia|Resistance|Mujahide+n|Rebels|Guerrillas?|Cartel|Legion|Liberators|Fighters|Insurgents|"
    r"Volunteers|Vigilantes?|Jihad|Commandos?|Fedayeen|Avengers|Tigers|Warriors|Forces?|Faction)"
)
NAMED = re.compile(
    rf"(?<![\w’'-])(?P<name>(?:{_WORD}\s+(?:{_SMALL}\s+){{0,2}}){{1,5}}?{_NOUN}(?:\s+(?:of|for)\s+(?:the\s+)?{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD}){{0,4}})?"
    rf"|(?:Army|Front|Movement|Brigades?|Battalions?|Forces)\s+(?:of|for)\s+(?:the\s+)?{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD}){{0,4}})(?![\w-])"
)
SHORT = re.compile(
    r"\s*(?:\(\s*(?:or\s+)?|,\s+(?:also\s+)?(?:known|abbreviated)\s+(?:as|to)\s+(?:the\s+)?|,\s+or\s+(?:the\s+)?)[“\"']?(?P<short>[A-Z][A-Z0-9-]{1,9})\b"
)
# Words of names that are no armed group's, or a state's.
NO_GROUP = frozenset(
    """units members soldiers fighters elements troops officers sources air armed security police special task peacekeeping border coast salvation united nations human rights royal civil football trade labour
    labor student students women's media space rescue emergency relief ministry department university federation reporters defence defense national's
    joint multinational african european arab's ground naval land red terracotta territorial reserve work labor's nuclear rapid republican's
    allied coalition islamic's street road avenue home theatre western eastern northern southern central wednesday thursday friday saturday sunday
    marine marines mechanized mechanised infantry airborne armored armoured mountain assault guards artillery tank motorized motorised rifle
    parachute cavalry engineer engineers reconnaissance missile aviation commando paratroop paratroops light heavy separate presidential
    monday tuesday january february march april june july august september october november december""".split()
)
# "Kuki gunmen": a capital before a word for people who bear arms.
DESCRIBED = re.compile(
    rf"(?<![\w’'.-])(?P<name>(?:{_WORD}\s+){{1,2}}(?:rebels|militias?|militiamen|fighters|militants|insurgents|gunmen|separatists|guerrillas|warriors|raiders|bandits|"
    r"herdsmen|vigilantes|youths?|youth gangs?|gangs?|tribesmen|clansmen|herders|pastoralists|loyalists|jihadists|paramilitaries|assailants))(?![\w-])"
)
# "Jaysh al-Zerun claimed responsibility"
CLAIMANT = re.compile(
    r"(?<![\w’'.-])(?P<name>[A-Z][\w’'-]+(?:[ -](?:al|ul|e|i|wal|bin|of|the|[A-Z][\w’'-]*)){1,5})(?:,[^,.;]{1,60},)?\s+(?:has |have |had |later |also )?(?:claimed responsibility|took responsibility|claimed the (?:attack|bombing|blast|killing|ambush)|owned (?:it|the attack))\b"
)
SCREEN = Screen([NAMED, DESCRIBED, CLAIMANT])  # few sentences have one of the nouns
OF_A_PLACE = re.compile(
    r"\b(?:in|at|near|from|around|outside|inside|to|across)\s+(?:the\s+)?$", re.IGNORECASE
)  # "In Oum gunmen fired"
NO_NAME = frozenset(
    """the a an armed suspected masked local unidentified islamist islamic muslim christian jewish sunni shia shiite government opposition rebel several
    some many dozens hundreds two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety hundred scores about around over nearly other these those such both all no foreign unknown alleged heavily
    pro-government anti-government communist former tribal ethnic young but and when after as if while then where his her its their our on in at
    last next late early mid monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december spring summer autumn winter masked wounded dead captured killed anti-regime pro-russian kurdish arab terrorist senior militant republican loyalist""".split()
)


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group as the text names it; `named` is False of a description such as "Kuki gunmen", whose span is that of its noun.

    `reach` spans the whole name.
    """

    span: Span
    name: str
    named: bool
    reach: Span


def proposed(text: str, sentences: Sequence[Sentence]) -> list[NewGroup]:
    """Every unlisted group of an article, and where its short form stands alone: names first, then descriptions."""
    found: list[NewGroup] = []
    short: dict[str, str] = {}
    for sentence in sentences:
        line = sentence.span.of(text)
        if not SCREEN.open(SCREEN.pieces(line)):
            continue
        for m in NAMED.finditer(line):
            name = _without_article(m["name"])
            if not _is_group(name):
                continue
            whole = Span(sentence.span.start + m.end("name") - len(name), sentence.span.start + m.end("name"))
            if s := SHORT.match(line, m.end("name")):
                short.setdefault(s["short"], name)
            found.append(NewGroup(whole, name, True, whole))
        found += _claimants(line, sentence.span.start)
        for m in DESCRIBED.finditer(line):
            words = [w for w in m["name"].split() if w.casefold() not in NO_NAME]
            if len(words) > 1 and not OF_A_PLACE.search(line[: m.end("name") - len(" ".join(words))]):
                name, end = " ".join(words), sentence.span.start + m.end("name")
                found.append(NewGroup(Span(end - len(words[-1]), end), name, False, Span(end - len(name), end)))
    for letters, name in short.items():
        again = (Span(*m.span()) for m in re.finditer(rf"(?<![\w-]){re.escape(letters)}(?![\w-])", text))
        found += [NewGroup(span, name, True, span) for span in again]
    return sorted(found, key=lambda g: (not g.named, g.span))


def _claimants(line: str, start: int) -> list[NewGroup]:
    """Whoever claims an attack in a line that begins at offset `start`."""
    found = []
    for m in CLAIMANT.finditer(line):
        name = _without_article(m["name"])
        if NO_GROUP.isdisjoint(w.casefold() for w in name.split()):
            whole = Span(start + m.end("name") - len(name), start + m.end("name"))
            found.append(NewGroup(whole, name, True, whole))
    return found


def _without_article(name: str) -> str:
    return re.sub(
        r"^(?:The|A|An|Its|Their|But|And|In|On|For|Since|When|While|After|As|Yesterday|Today|Earlier|Later|Meanwhile|Also|Then|Now|However|Both|Two|Three|Four|Some|Many|Several|Local|Suspected|Armed|Former|This|That|These|Those|Another|One|Our|His|Her)\s+",
        "",
        name,
    )


def _is_group(name: str) -> bool:
    """Is a run of capitals with a group's noun the name of no state's force, crowd or charity?"""
    words = [w.casefold() for w in name.split()]
    capitals = [w for w in name.split() if w[0].isupper()]
    return len(capitals) > 1 and NO_GROUP.isdisjoint(words)
