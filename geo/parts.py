"""Cut a sentence into the parts that each tell one event, and find the places that a part is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.model import Span, Toponym
from geo.screen import Screen
from geo.triggers import Head, Named, Rules, bare_heads, standing

# Words that join two events of a sentence. What follows them is another event wherever both sides name one.
OTHER_EVENT = re.compile(
    r";|:\s(?=on |in |a |an )|\b(?:"  # one question for the start of a word, not one for each of these
    r"(?:days?|weeks?|hours?|months?|years?|shortly|soon|minutes) (?:after|before)\b|after\b(?! \w+ing\b)|following\b"
    r"|in (?:an? )?(?:apparent )?(?:retaliation|response|revenge|reprisal|reply|wake of)\b(?: (?:for|to|against))?"
    r"|came (?:after|as|amid)\b|prompt(?:ed|ing)\b|spark(?:ed|ing)\b|trigger(?:ed|ing)\b|led to\b|leading to\b"
    r"|responded (?:to .{0,40}? )?(?:by|with)\b|before\b|while\b|whereas\b|hours later\b|avenge\b|retaliat\w+ (?:for|with|by)\b|by (?=(?:launching|firing|carrying|bombing|striking|attacking|shelling|killing|arresting|seizing|shooting|storming)\b)"
    r"|(?:that|the) same (?:day|night|morning|evening|afternoon)\b|similar to\b|(?:than|as) (?:in|when)\b|(?:that|which) (?:also )?culminated in\b)"
)
# Looser joints: a new event only where the types differ or both sides have their own place or toll.
LOOSE = re.compile(
    r",? (?:(?:and|but) (?=(?:in|on|at|near|a|an|another|two|three|four|five|six|\d+|some|dozens|the)\b)|and (?=\w+ (?:\w+ ){0,3}(?:kill|attack|seiz|abduct|captur|shell|bomb)))"
)
JOINTS = Screen([OTHER_EVENT, LOOSE])
BACKWARD = re.compile(r"after|following|retaliation|response|revenge|reprisal|reply|avenge|similar|than|as when")

_KIND = (
    r"(?:(?:\w+\s+){0,3}(?:city|town|village|district|province|area|region|areas|towns|villages|cities|districts|provinces|neighbou?rhood|suburb|port|camp|"
    r"governorate|county|state|base|capital|centre|center|outskirts|edge|heart|north|south|east|west|part|parts|side)\s+(?:of\s+)?)?"
)
LOCATIVE = re.compile(
    r"\b(?:in|at|near|nearby|on|outside|inside|around|across|over|into|of|off|along|between|within|beside|behind|through(?:out)?|"
    r"towards?|close to|next to|opposite|hit|hits|struck|strikes|bombed|shelled|shelling|attacked|attacking|targeted|targeting|pounded|entered|stormed|captured|capturing|seized|"
    r"seizing|retook|recaptured|liberated|besieged|overran|raided|rocked|shook|reached|left|leaving|invaded|took over|took|known as|called|named)\s+(?:the\s+|a\s+|an\s+)?"
    + _KIND
    + r"(?:[a-z]+\s+)?$"
)
STRICTLY_LOCATIVE = re.compile(
    r"\b(?:in|at|near|inside|across|around|within|throughout|outside|into|over|invaded|attacked|bombed|struck|hit|rocked)\s+(?:the\s+|a\s+)?"
    + _KIND
    + r"(?:(?:north|south|east|west|central|eastern|northern|southern|western|northeastern|northwestern|southeastern|southwestern|neighbou?ring|war-torn|occupied|mainly|rural|northeast|northwest|southeast|southwest)\s+)?$"
)
HIT_AFTER = re.compile(
    r"\s*(?:was|were|has been|have been|had been|came|is|are)\s+(?:\w+\s+)?(?:hit|struck|shelled|bombed|attacked|captured|retaken|recaptured|seized|overrun|under|stormed|raided|targeted|rocked|hit)\b"
)
ORIGIN = re.compile(
    r"\b(?:(?:treated|hospitali[sz]ed|buried|admitted|recovering|treatment|autopsies|funerals?|clinic|hospital|morgue) (?:at|in|on|to)|from|out of|returned to|fled to|flown to|taken to|sent to|rushed to|transferred to|travel(?:l)?ed to|went to|moved to|withdrew to|deported to|evacuated to|bound for|home from|based in|live in|lives in|living in|born in|speaking in|told reporters in|said in|officials? in|reported from|brought the .{0,30}|border with|bordering|tensions with|negotiations with|relations with|talks with|war (?:with|against|on))\s+(?:the\s+)?$"
)
STANDS_FOR = re.compile(
    r"(?:^|[,;]|\b(?:and|but|while|by|with|against|between|that|as))\s*$"
)  # where a capital is its government
ACTS = re.compile(
    r"\s+(?:has |have |had |also |then |later )?(?:\w+ed|calls|says|struck|sent|drew|fought|led|wants|plans|sees|hopes|will|would)\b"
)
LABEL_AFTER = re.compile(r"\s*(?:\([^)]{1,50}\))?\s*:")
OTHER_CLAUSE = re.compile(r",\s+(?:where|whose|who|but|while|although|as)\b|;")
# A country before a noun says whose, not where: "attacked US troops".
MODIFIES = re.compile(
    r" (?!(?:in|on|at|and|or|as|after|before|since|for|by|with|from|to|of|is|was|were|has|had|have|that|which|who|where|when|while|during|this|last|late|early|earlier|would|will|"
    r"killing|but|the|a|an|into|over|near|between|until|amid|because|said|says|left|on|wounding|again|today|yesterday|overnight|using|killed|wounded|leaving|next|then|also|not|are|"
    r"against|through|there|more|most|two|three|four|five|six|seven|eight|nine|ten|at)\b)[a-z]+"
)
SUBJECT_TO_VERB = 24  # characters between an actor and what it did
MODIFIER_WORDS = 2  # "the Oum market bombing"
SPEAKS = re.compile(
    r"-\w|\s*(?:'s (?:government|foreign|defen[cs]e|interior|prime|president|military|army|ministry|ambassador|envoy|state)|said|says|has said|told|announced|blamed|blames|claimed|claims|accused|denied|denies|declared|vowed|warned|insists|has not commented|considers|welcomed|condemned|responded|retaliated|dispatched|suspended|offered|signed)\b"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence that tells one event. `heads` are its event words, strongest rule first; `joint` the words
    that join it to the part before; `leads` is True for the first part of its sentence.
    """

    span: Span
    heads: tuple[Head, ...]
    joint: str
    leads: bool


def cut(
    text: str,
    sentence: Span,
    rules: Rules,
    toponyms: Sequence[Toponym],
    tolls: Sequence[Span],
    subjects: Sequence[Span] = (),
    armed: Sequence[Span] = (),
) -> tuple[Part, ...]:
    """The parts of a sentence that hold event words, in order; empty where there are none.

    `text` is lower case; `tolls`, `subjects` and `armed` are the spans of figures, of actors and of armed ones in it.
    """
    bare = bare_heads(text, sentence, rules)
    if not bare:
        return ()
    named = Named(tuple(t.span for t in toponyms if not t.mention.demonym), tuple(armed))
    found = standing(text, sentence, bare, rules, named)
    cuts = _cuts(text, sentence, bare, found, toponyms, tolls, subjects)
    edges = [(sentence.start, ""), *cuts, (sentence.end, "")]
    parts = []
    for (start, joint), (end, _) in pairwise(edges):
        span = Span(start, end)
        own = standing(text, span, bare, rules, named) if cuts else found
        own = own or [h for h in found if span.covers(h.span)]
        if own:
            parts.append(Part(span, tuple(own), joint, start == sentence.start))
    return tuple(parts)


def _cuts(
    text: str,
    sentence: Span,
    bare: Sequence[Head],
    found: Sequence[Head],
    toponyms: Sequence[Toponym],
    tolls: Sequence[Span],
    subjects: Sequence[Span],
) -> list[tuple[int, str]]:
    """Where the sentence is cut, with the words of the joint; `bare` heads serve firm joints, `found` ones loose joints."""
    every = [h for h in bare if h.trigger.form in ("event", "activity")]
    sound = [h for h in found if h.trigger.form in ("event", "activity")]
    cuts: list[tuple[int, str]] = []
    patterns = ((OTHER_EVENT, True), (LOOSE, False))
    joints = [
        (m, patterns[n][1])
        for n in JOINTS.open(JOINTS.pieces(sentence.of(text)))
        for m in patterns[n][0].finditer(text, sentence.start, sentence.end)
    ]
    begin = sentence.start
    for m, firm in sorted(joints, key=lambda j: (j[0].start(), j[0].end())):
        events = every if firm else sound
        left = [h for h in events if h.span.start >= begin and h.span.end <= m.start()]
        right = [h for h in events if h.span.start >= m.start()]
        if not left or not right:
            continue
        acted = any(
            0 <= a.start - m.end() <= 4 and any(0 <= h.span.start - a.end <= SUBJECT_TO_VERB for h in right)
            for a in subjects
        )
        if (
            firm
            or (acted and left[0].trigger.sub_event_type != right[0].trigger.sub_event_type)
            or _parted(left, right, Span(begin, m.start()), Span(m.start(), sentence.end), toponyms, tolls)
        ):
            cuts.append((m.start(), m.group().strip(" ,")))
            begin = m.end()
    return cuts


def _parted(
    left: Sequence[Head],
    right: Sequence[Head],
    before: Span,
    after: Span,
    toponyms: Sequence[Toponym],
    tolls: Sequence[Span],
) -> bool:
    """Do the sides of a loose joint tell different events?"""
    a, b = left[0].trigger, max(right, key=lambda h: h.trigger.weight).trigger
    both_placed = all(any(side.covers(t.span) and not t.mention.demonym for t in toponyms) for side in (before, after))
    both_counted = all(any(side.covers(t) for t in tolls) for side in (before, after))
    if a.sub_event_type == b.sub_event_type:
        return both_placed and both_counted
    return not (a.generic or b.generic) and (both_placed or both_counted)


# ------------------------------------------------------------------------------------------------- places


def placed(text: str, part: Span, head: Span, toponyms: Sequence[Toponym]) -> tuple[tuple[Span, ...], ...]:
    """The places that a part of a sentence is about, most telling first; each with the names that it is written to lie in.

    Several groups come back where the text lists places of one kind ("in A, B and C"): one site each.
    """
    inside = [t for t in toponyms if part.covers(t.span) and not t.mention.demonym and not t.mention.metonym]
    roles = {t.span: _role(text, part, head, t) for t in inside}
    for before, after in pairwise(inside):
        if roles[before.span] > 0 and roles[after.span] < roles[before.span] and _siblings(text, before, after):
            roles[after.span] = roles[before.span] - 0.01  # a list: "in A, B and C"
    scored = [(roles[t.span], t) for t in inside if roles[t.span] > 0]
    if not scored:
        return ()
    best = max(scored, key=lambda st: (st[0], -st[1].span.start))[1]
    usable = [t for _, t in scored]
    listed = _listed(text, best, usable)
    rest = tuple(t.span for _, t in sorted(scored, key=lambda st: (-st[0], st[1].span.start)) if t not in listed)
    if len(listed) == 1:
        return ((best.span, *rest),)
    return tuple((t.span, *rest) for t in listed)


def in_role_of_scene(text: str, toponym: Toponym) -> bool:
    """Do the words around a name make it where something happens ("in Iraq"), and not who acts ("US forces")?"""
    before = text[max(0, toponym.span.start - 70) : toponym.span.start]
    after = text[toponym.span.end : toponym.span.end + 40]
    if ORIGIN.search(before) or SPEAKS.match(after) or (fineness(toponym) < 1.2 and MODIFIES.match(after)):
        return False
    return (STRICTLY_LOCATIVE if fineness(toponym) < 1.2 else LOCATIVE).search(before) is not None


def fineness(toponym: Toponym) -> float:
    """How closely a place pins an incident down: 3 a site .. 0 a country. A name that nobody knows counts as a town."""
    if toponym.place is None:
        return 2.0
    return {"site": 3.0, "town": 2.5, "district": 1.8, "water": 1.2, "admin1": 1.2, "region": 0.6, "country": 0.3}[
        toponym.place.level
    ]


def _role(text: str, part: Span, head: Span, toponym: Toponym) -> float:
    """How likely the event was at this place, from the words around its name; 0 where it was not."""
    before = text[max(part.start, toponym.span.start - 70) : toponym.span.start]
    after = text[toponym.span.end : toponym.span.end + 70]
    launched = re.search(r"\b(?:fired|launched)\W+(?:\w+\W+){0,3}from\s+(?:the\s+)?$", before)
    if ORIGIN.search(before) or launched or SPEAKS.match(after):
        return 0.0
    wide = fineness(toponym) < 1.2
    if wide and MODIFIES.match(after):
        return 0.0
    if (STRICTLY_LOCATIVE if wide else LOCATIVE).search(before):
        role = 2.0
    elif HIT_AFTER.match(after) or (
        not ACTS.match(after)
        and 0 <= len(text[toponym.span.end : head.start].split()) <= MODIFIER_WORDS
        and toponym.span.end <= head.start
    ):
        role = 0.0 if wide else 1.6
    elif not wide and (LABEL_AFTER.match(after) or (toponym.span.start == part.start and not ACTS.match(after))):
        role = 1.4
    else:
        role = 0.0 if wide or STANDS_FOR.search(before) or ACTS.match(after) else 0.5
    if not role:
        return 0.0
    between = text[min(head.end, toponym.span.end) : max(head.start, toponym.span.start)]
    if OTHER_CLAUSE.search(between):
        role = min(role, 0.4)
    distance = min(abs(toponym.span.start - head.end), abs(head.start - toponym.span.end))
    return role * 2 + fineness(toponym) - distance / 120


def _listed(text: str, best: Toponym, toponyms: Sequence[Toponym]) -> list[Toponym]:
    """The places that stand in one list with `best`, in text order."""
    ordered = sorted(toponyms, key=lambda t: t.span.start)
    at = ordered.index(best)
    listed = [best]
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(ordered) and _siblings(
            text, *sorted((ordered[i], ordered[i - step]), key=lambda t: t.span.start)
        ):
            listed.append(ordered[i])
            i += step
    listed.sort(key=lambda t: t.span.start)
    gaps = [text[a.span.end : b.span.start] for a, b in pairwise(listed)]
    joined = any(re.search(r"\b(?:and|or)\b|[/&]", g) for g in gaps)
    return listed if joined else [best]  # commas alone part a place from what it lies in: "Oum, Deli district"


def _siblings(text: str, first: Toponym, second: Toponym) -> bool:
    gap = text[first.span.end : second.span.start]
    if not re.fullmatch(r"\s*(?:,|/|,?\s*and|,?\s*or|&)\s*(?:(?:in|at)\s+)?(?:the\s+)?", gap):
        return False
    finer, coarser = fineness(first), fineness(second)
    contained = finer > coarser + 0.6 and "and" not in gap  # "Makhmour, Iraq": a town, then what it lies in
    return abs(finer - coarser) < 1.5 and not contained
