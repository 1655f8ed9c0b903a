"""Cut a sentence into the parts that each tell one event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.model import Span, Toponym
from geo.screen import Screen
from geo.triggers import Head, Named, Rules, bare_heads, standing

# Words that join two events of a sentence. What follows them is another event wherever both sides name one.
OTHER_EVENT = re.compile(
    r";|:\s(?=on |in |a |an |one )|\b(?:"  # one question for the start of a word, not one for each of these
    r"(?:days?|weeks?|hours?|months?|years?|shortly|soon|minutes) (?:after|before)\b|after\b(?! \w+ing\b)(?! th(?:at|is) it\b)|following\b(?! (?:day|night|morning|afternoon|evening|week|weekend|month|year|mon|tues|wednes|thurs|fri|satur|sun))"
    r"|in (?:an? )?(?:apparent )?(?:retaliation|response|revenge|reprisal|reply|wake of)\b(?: (?:for|to|against))?"
    r"|came (?:after|as|amid)\b|prompt(?:ed|ing)\b|and that\b|spark(?:ed|ing)\b|trigger(?:ed|ing)\b|led to\b|leading to\b"
    r"|responded (?:to .{0,40}? )?(?:by|with)\b|before\b|while\b(?! (?:on (?:patrol|duty|leave|(?:his|her|their|the) way)|patrolling|travell?ing|driving|walking|riding|working|returning|guarding|clearing|trying|attempting|attending|praying|sleeping|fleeing|heading|crossing|searching|collecting|gathering|farming|herding|fishing|playing|covering|escorting|inspecting|retreating|advancing|queu(?:e)?ing|waiting|shopping|demining|defusing)\b)|whereas\b|hours later\b|(?:(?<=and )|(?<=but )|(?<=[,;] ))(?:then )?(?:(?:on )?the (?:next|following) (?:day|night|morning|afternoon|evening|week|month)|(?:[\w-]+ ){1,2}(?:days?|weeks?|fortnight|months?|years?) (?:later|on))\b(?=,? [\w'])|avenge\b|retaliat\w+ (?:for|with|by)\b|by (?=(?:launching|firing|carrying|bombing|striking|attacking|shelling|killing|arresting|seizing|shooting|storming)\b)"
    r"|(?:that|the) same (?:day|night|morning|evening|afternoon)\b|similar to\b|(?:than|as) (?:in|when)\b|(?:that|which) (?:also )?culminated in\b)"
)
# Looser joints: a new event only where the types differ or both sides have their own place and their own toll or day.
LOOSE = re.compile(
    r", (?:and|but) |, (?=(?:another|(?:a|the) (?:second|third|fourth|other)) )|,? as (?!(?:well|many|much|far|part|soon|long|saying|if|though|a result|high|few|an?|the|its|his|her|their|he|she|it|they|we|who|others) )|,? as (?=(?:the|an?) (?:[\w-]+ ){1,3}(?:\w+ed|struck|hit|fought|shot|fell)\b)"
    r"|,? (?:(?:and|but) (?!(?:at least |some |another |more than |about )?[\w-]+ (?:others? )?(?:were |was )?(?:hurt|injured|wounded)\b)(?=(?:for |of )?(?:in|on|at|near|a|an|another|two|three|four|five|six|\d+|some|dozens|the)\b)|and,? (?=(?:[\w,]+ ){0,4}?(?:kill|attack|seiz|abduct|kidnap|captur|shell|bomb|shot\b|shoot|ambush|raid|storm|burn|torch|loot|arrest|struck|hit\b|march|enter|took\b|swept\b|overr[au]n|dr[oi]ve\b|retook\b|reclaim|recaptur|push|advanc|cross|rampag|swarm|pour|fell on\b|fell upon\b)))"
)
AT_A_PLACE = re.compile(r"\b(?:in|at|near|outside|around|inside|on)\s+(?:the\s+)?(?:[\w'-]+\s+){0,4}$")
AT_WITHIN = 40  # characters from such a word to the name
MORE_STRUCK = re.compile(r"(?:another|others|a (?:second|third|further)|[\w-]+ (?:more|others?))\b")
# Time words at the head of a sentence, whose clause ends at a comma: "Two days after the raid on Oum, gunmen killed six".
FRONTED = re.compile(
    r"\W*(?:[\w-]+ ){0,5}?(?:days?|weeks?|hours?|months?|years?|minutes|shortly|soon|night|morning) (?:after|before|following) "
)
# The same without a time: a new event only where both clauses are told apart as at a looser joint.
FRONTED_LOOSELY = re.compile(r"\W*(?:even |just )?(?:as|after|before|while|when) ")
COMMA = re.compile(r", ")
RELATIVE = re.compile(
    r", (?:(?:in|at|during|of|for|from|by|after) )?(?:which|whom|who|where|when|whose)\b|, (?:killing|wounding|injuring|leaving)\b"
)
BACKWARD = re.compile(r"after|following|retaliation|response|revenge|reprisal|reply|avenge|similar|than|as when")

# What follows these is not the event told before them, whether or not it is one: "the attack came days after talks in Oum".
ENDS_IT = re.compile(
    r"\b(?:came|comes|occurred|happened)(?:(?: \w+){0,3} (?:after|amid|as)|(?: \w+){1,3} before)\b|\b(?:and|but|while|though) (?:has |have |had )?(?:also )?den(?:ied|ies|ying) (?:that|any|reports?|having)\b"
)
JOINTS = Screen([OTHER_EVENT, LOOSE, ENDS_IT])


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says beside its events: names, figures of people, words that fix a day."""

    toponyms: Sequence[Toponym]
    tolls: Sequence[Span]
    days: Sequence[Span]


DAYS_LATER = ("day later", "days later", "week later", "weeks later", "fortnight later")
JOINT_CHARACTERS = 40  # in which "and hours later another struck" begins
SUBJECT_TO_VERB = 24  # characters between an actor and what it did


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
    days: Sequence[Span] = (),
) -> tuple[Part, ...]:
    """The parts of a sentence that hold event words, in order; empty where there are none.

    `text` is lower case; `tolls`, `subjects`, `armed` and `days` are the spans of figures, of actors, of armed ones and of
    words that fix a day in it.
    """
    bare = bare_heads(text, sentence, rules)
    if not bare:
        return ()
    named = Named(tuple(t.span for t in toponyms if not t.mention.demonym), tuple(armed))
    found = standing(text, sentence, bare, rules, named)
    cuts = _cuts(text, sentence, bare, found, Told(toponyms, tolls, days), subjects)
    edges = [(sentence.start, ""), *cuts, (sentence.end, "")]
    parts = []
    for (start, joint), (end, _) in pairwise(edges):
        span = Span(start, end)
        # event words that a cut parts may begin anew behind it: "rebels in Oum, militiamen in Deli killed"
        parted = any(h.span.start < start < h.span.end for h in bare)
        own = standing(text, span, bare_heads(text, span, rules) if parted else bare, rules, named) if cuts else found
        own = own or [h for h in found if span.covers(h.span)]
        if own:
            parts.append(Part(span, tuple(own), joint, start == sentence.start))
        elif parts and joint == ";" and parts[-1].span.end == start:  # "; two engineers perished"
            parts[-1] = replace(parts[-1], span=Span(parts[-1].span.start, end))
    return tuple(parts)


def _cuts(
    text: str,
    sentence: Span,
    bare: Sequence[Head],
    found: Sequence[Head],
    told: Told,
    subjects: Sequence[Span],
) -> list[tuple[int, str]]:
    """Where the sentence is cut, with the words of the joint; `bare` heads serve firm joints, `found` ones loose joints."""
    every = [h for h in bare if h.trigger.form in ("event", "activity")]
    sound = [h for h in found if h.trigger.form in ("event", "activity")]
    # behind a semicolon stands a sentence of its own: what came before it may only tell of the dead
    with_the_dead = [h for h in bare if h.trigger.form in ("event", "activity", "outcome")]
    cuts: list[tuple[int, str]] = []
    # between event words that overlap, or with one alone, nothing can be cut, only behind it
    apart = min((h.span.end for h in with_the_dead), default=0) <= max(
        (h.span.start for h in with_the_dead), default=-1
    )
    patterns = ((OTHER_EVENT, True), (LOOSE, False), (ENDS_IT, True))
    joints = [
        (m, firm)
        for pattern, firm in (patterns[n] for n in JOINTS.open(JOINTS.pieces(sentence.of(text))))
        if apart or pattern is ENDS_IT
        for m in pattern.finditer(text, sentence.start, sentence.end)
    ]
    if apart:
        joints += [(m, True) for m in _fronted(text, sentence, every, FRONTED)]
        joints += [(m, False) for m in _fronted(text, sentence, every, FRONTED_LOOSELY)]
    whole = [h.span for h in found if h.trigger.joins]
    begin = sentence.start
    for m, firm in sorted(joints, key=lambda j: (j[0].start(), j[0].end())):
        with_dead = m.group() in (";", ", ") or m.group().endswith(DAYS_LATER)  # "and, a day later, shot nine"
        events = with_the_dead if with_dead else every if firm else sound
        left = [h for h in events if h.span.start >= begin and h.span.end <= m.start()]
        right = [h for h in events if h.span.start >= m.start()]
        if m.start() <= begin or any(s.start < m.start() and m.end() <= s.end for s in whole):
            continue
        if not left or not (right or m.re is ENDS_IT):
            one_more = MORE_STRUCK.match(text, m.end())
            if not (firm or one_more) and _struck_apart(
                text, with_the_dead, Span(begin, m.start()), Span(m.start(), sentence.end), told
            ):
                cuts.append((m.start(), m.group().strip(" ,")))
                begin = m.end()
            continue
        acted = any(
            0 <= a.start - m.end() <= 4 and any(0 <= h.span.start - a.end <= SUBJECT_TO_VERB for h in right)
            for a in subjects
        )
        if (
            firm
            or (acted and left[0].trigger.sub_event_type != right[0].trigger.sub_event_type)
            or _parted(left, right, Span(begin, m.start()), Span(m.start(), sentence.end), told)
        ):
            cuts.append((m.start(), m.group().strip(" ,")))
            begin = m.end()
    return cuts


def _struck_apart(text: str, heads: Sequence[Head], before: Span, after: Span, told: Told) -> bool:
    """Are people struck on both sides of a loose joint, each with a place and a toll: "killed two in Oum and a bomb hurt six in Deli"?"""
    for side in (before, after):
        struck = any(side.covers(h.span) for h in heads)
        spots = (t.span for t in told.toponyms if side.covers(t.span) and not t.mention.demonym)
        placed = any(AT_A_PLACE.search(text, max(side.start, s.start - AT_WITHIN), s.start) for s in spots)
        if not (struck and placed and any(side.covers(t) for t in told.tolls)):
            return False
    return True


def _fronted(text: str, sentence: Span, events: Sequence[Head], fronted: re.Pattern[str]) -> list[re.Match[str]]:
    """The comma that ends a clause of time at the head of a sentence, if an event is told in that clause."""
    opening = fronted.match(text, sentence.start, sentence.end)
    told = [h for h in events if opening and h.span.start >= opening.end() - 1]
    if fronted is FRONTED_LOOSELY:
        told.sort(key=lambda h: h.span.end)
    named = next(iter(told), None)
    if named is None or opening is None or "," in text[opening.end() : named.span.start]:
        return []
    commas = COMMA.finditer(text, named.span.end, sentence.end)
    first = next((m for m in commas if not RELATIVE.match(text, m.start())), None)
    if first is None or ":" in text[opening.end() : first.start()]:
        return []
    inside = [h for h in events if named.span.end + SUBJECT_TO_VERB < h.span.start < first.start()]
    return [] if inside else [first]  # two events: the main clause has begun without a comma


def _parted(left: Sequence[Head], right: Sequence[Head], before: Span, after: Span, told: Told) -> bool:
    """Do the sides of a loose joint tell different events?"""
    a, b = left[0].trigger, max(right, key=lambda h: h.trigger.weight).trigger
    both_placed = all(
        any(side.covers(t.span) and not t.mention.demonym for t in told.toponyms) for side in (before, after)
    )
    both_counted = all(any(side.covers(t) for t in told.tolls) for side in (before, after))
    if any(h.trigger.inherits and h.span.start - after.start <= JOINT_CHARACTERS for h in right):
        return both_placed
    if a.sub_event_type == b.sub_event_type or b.form == "outcome":
        return both_placed and all(any(side.covers(w) for w in (*told.tolls, *told.days)) for side in (before, after))
    return not (a.generic or b.generic) and (both_placed or both_counted)
