"""Count the dead and the hurt of one incident from the figures that its passages give: add, contrast, or take the last one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.details.accounts import of_all, opposed, tellers
from geo.details.toll_words import TollWords
from geo.model import Count

VAGUE_FROM = 20  # people, from which a range twice as wide as its low end is a word such as "dozens"
CONTRAST = (";", " while ", " but ", " whereas ", " however ", " though ", " said ", " says ", " according ", ": ")
PEOPLE = re.compile(r"\b(?:people|persons|lives|victims|bodies|civilians|villagers|residents)\b", re.IGNORECASE)
ALL_OF_THEM = re.compile(
    r"\b(?:people|persons|lives|victims|bodies|civilians|villagers|residents|tolls?|dead|deaths|fatalities|count)\b",
    re.IGNORECASE,
)
MEN = re.compile(r"\b(?:m[ea]n|boys?|fathers?|husbands?|sons?|brothers?)\b", re.IGNORECASE)
WOMEN = re.compile(r"\b(?:wom[ea]n|girls?|mothers?|wi(?:fe|ves)|daughters?|sisters?)\b", re.IGNORECASE)
CLAIMS = re.compile(r"\b(?:claim\w*|boast\w*|rebels|militants|insurgents|group|statement|jihadists)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…]\s|\n")
NOT_YET = re.compile(r"\b(?:initially|at first|earlier|immediate(?:ly)?|yet|so far|further|more)\b", re.IGNORECASE)
NEAR = 60  # characters around "no casualties" in which such a word speaks of it
LOWERED = re.compile(
    r"\b(?:revis|lower|correct|reduc)\w+ (?:downwards? )?(?:the|its|their|that) (?:\w+ ){0,2}(?:toll|count|figure|number)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
SOME_OF = 3  # so many times more are not another count of the same people
OTHER_TOTAL, FEW = 10, 5  # a total so many times what was told, and than a few people, is another one


def count(text: str, figures: Sequence[TollWords], kind: str) -> Count | None:
    """Sum or contrast the figures of one kind; None where nothing is said.

    A part of another figure and a total over a period never count. Figures that add up are added; figures that
    contradict one another widen the count.
    """
    told = [f for f in figures if f.kind == kind and not (f.part or f.period or f.negative or f.leader)]
    told = [f for f in told if not f.faint] or told[:1]
    told = [f for f in told if not f.named] or told
    here = [f for f in told if not f.overall] or told
    if not here:
        return _nobody(figures, kind)
    here = _without_other_totals(here)
    if (total := _sum_told(text, here)) is not None:
        return Count(total.low, total.high, (total.span,), total.open_high, total.about)
    most = max((f.high for f in here if _exact(f)), default=-1)
    here = [f for f in here if _exact(f) or f.low > most]  # "hundreds" gives way to a figure
    here = _without_some_of_them(text, here)
    attackers = [f for f in here if f.whom == "assailant" and not f.more]
    if kind == "killed" and len(attackers) < len(here):  # some sources count the attackers, some do not
        here = [f for f in here if f not in attackers]
    else:
        attackers = []
    low, high, open_high = _of_all_tellers(text, here)
    if _denied(text, figures, here, kind):
        low = 0
    again = _told_again(text, here)
    used = [f for n, f in enumerate(here) if n not in again] + attackers
    plain = {(f.low, f.high) for f in here if not f.about}
    about = any(f.about and (f.low, f.high) not in plain for f in used)
    return Count(low, high + sum(f.high for f in attackers), tuple(f.span for f in used), open_high, about)


def _of_all_tellers(text: str, figures: list[TollWords]) -> tuple[int, int, bool]:
    """The range of what each teller gives of each camp, else of the figures as they follow one another."""
    if len(figures) > 1:
        found = of_all(text, figures, tellers(text, figures), lambda mine: _one_after_another(text, mine))
        if found is not None:
            return found
    return _one_after_another(text, figures)


def _one_after_another(text: str, figures: list[TollWords]) -> tuple[int, int, bool]:
    """Add and contrast figures in their order; lowest, highest, and whether the upper end is open."""
    low, top = figures[0].low, (figures[0].high, figures[0].open_high)
    rivals: list[TollWords] = []
    again = _told_again(text, figures)
    for n, figure in enumerate(figures[1:], 1):
        if n in again:
            continue
        if _adds(text, figures[n - 1], figure):
            low, top = low + figure.low, (top[0] + figure.high, top[1] or figure.open_high)
        else:
            rivals.append(figure)
    low = min([low, *(r.low for r in rivals)])
    return low, *max([top, *((r.high, r.open_high) for r in rivals)])


def _told_again(text: str, figures: Sequence[TollWords]) -> set[int]:
    """Which of the figures, by their index, are one of those before them, told again."""
    again: set[int] = set()
    alike: dict[tuple[int, int], list[TollWords]] = {}
    for n, figure in enumerate(figures):
        before = alike.setdefault((figure.low, figure.high), [])
        if any(not _apart(text, f, figure) for f in before):
            again.add(n)
        before.append(figure)
    return again


def _exact(figure: TollWords) -> bool:
    """Is it a number, and no word such as "hundreds"?"""
    return figure.high <= 2 * figure.low or figure.low < VAGUE_FROM


def _denied(text: str, figures: Sequence[TollWords], counted: Sequence[TollWords], kind: str) -> bool:
    """Does another teller say that nobody was: "the rebels said they killed 30; the ministry said there were no casualties"?"""
    none = [f for f in figures if f.negative and not (f.part or f.whom or f.more) and f.kind in (kind, "casualties")]
    sure = [f for f in none if not NOT_YET.search(text, max(0, f.span.start - NEAR), f.span.end + NEAR)]
    return bool(sure) and any(opposed(t, u) for t in tellers(text, sure) for u in tellers(text, counted))


def _without_other_totals(figures: list[TollWords]) -> list[TollWords]:
    """Leave out a total so large beside the others that it is that of a war: "killed five; the toll has passed 20,000"."""
    most = max((f.high for f in figures if not f.total), default=None)
    if most is None:
        return figures
    return [f for f in figures if not f.total or f.low <= OTHER_TOTAL * max(most, FEW)]


def _without_some_of_them(text: str, figures: list[TollWords]) -> list[TollWords]:
    """Leave out those who are some of a later sentence's dead: "shot nine nurses. In all 400 people lost their lives"."""
    whole = max(figures, key=lambda f: f.low)
    if not ALL_OF_THEM.search(whole.span.of(text)) or CLAIMS.search(
        text, max(0, whole.span.start - 80), whole.span.start
    ):
        return figures
    some = {f for f in figures if _some_of(text, f, whole)}
    if not some:
        return figures
    told_by = dict(zip(figures, tellers(text, figures), strict=True))
    return [f for f in figures if f not in some or opposed(told_by[f], told_by[whole])]


def _some_of(text: str, figure: TollWords, whole: TollWords) -> bool:
    """May the people of one figure be some of the many more whom another sentence tells of?"""
    first, second = sorted((figure, whole), key=lambda f: f.span)
    apart = SENTENCE_END.search(text, first.span.end, second.span.start) is not None
    few = figure.high * SOME_OF <= whole.low and not PEOPLE.search(figure.figure.of(text))
    return (
        apart and few and figure.whom != "assailant" and not (figure.more or whole.more or figure.rival or whole.rival)
    )


def _sum_told(text: str, figures: Sequence[TollWords]) -> TollWords | None:
    """The figure that stands in the end, where the text gives it: "killed 11; three more died, bringing the toll to 14".

    A figure that others called too high may stand in the end too: "said 20 had died, but later revised the toll to 14".
    """
    total = next((f for f in reversed(figures) if f.total and not f.overall), None)
    if total and LOWERED.search(text, max(0, total.span.start - NEAR), total.figure.start):
        return total
    return total if total and all(f.low <= total.high for f in figures) else None


def by_name(figures: Sequence[TollWords]) -> Count | None:
    """The people who are told only by name where they were killed one by one: "shot dead Ali Omar"."""
    named = [f for f in figures if f.kind == "killed" and f.leader and not (f.part or f.period or f.negative)]
    apart = {(f.low, f.high): f for f in reversed(named)}
    return Count(named[0].low, named[0].high, (named[0].span,)) if len(apart) == 1 else None


def _nobody(figures: Sequence[TollWords], kind: str) -> Count | None:
    """Zero, where the text says that nobody was; "nobody was hurt" says that nobody died either."""
    said = [f for f in figures if f.negative and not f.part]
    if any(f.kind == kind and not f.negative and not f.period for f in figures):  # a named victim, or a part
        return None
    if (
        any(f.kind not in (kind, "casualties") and not f.negative and f.kind in ("killed", "injured") for f in figures)
        and kind == "killed"
    ):
        said = [f for f in said if f.kind == kind]
    kinds = {"killed": ("killed", "casualties", "injured"), "injured": ("injured", "casualties")}.get(kind, (kind,))
    zero = next((f for f in said if f.kind in kinds), None)
    if zero is None or (zero.more and zero.kind != kind):
        return None
    if zero.whom and any(f.kind in ("killed", "injured") and not (f.negative or f.period) for f in figures):
        return None  # "killed 14 rebels; no civilians were hurt" leaves open whether any rebels were
    return Count(0, 0, (zero.span,))


def _apart(text: str, one: TollWords, other: TollWords) -> bool:
    """Do two figures count different people: soldiers and farmers, men and women?"""
    sexes = [(bool(MEN.search(f.figure.of(text))), bool(WOMEN.search(f.figure.of(text)))) for f in (one, other)]
    if {(True, False), (False, True)} == set(sexes):
        return True
    if _one_beside(text, one, other):
        return True
    return other.more or (
        bool(one.whom)
        and bool(other.whom)
        and one.whom != other.whom
        and {one.whom, other.whom} != {"civilian", "child"}
    )


def _one_beside(text: str, one: TollWords, other: TollWords) -> bool:
    """Is one of them a single person of another kind in the same sentence: "a nurse had her throat cut; two patients ..."?"""
    if SENTENCE_END.search(text, min(one.figure.end, other.figure.end), max(one.figure.start, other.figure.start)):
        return False
    first, second = (f.figure.of(text).casefold() for f in (one, other))
    plain = not (PEOPLE.search(first) or PEOPLE.search(second)) and first.startswith(("a ", "an "))
    noun, more = first.rpartition(" ")[2], second.rpartition(" ")[2]
    return plain and one.low == one.high == 1 and " " in second and noun[:4] != more[:4]


def _adds(text: str, before: TollWords, figure: TollWords) -> bool:
    """Does a figure add to the one before it, rather than tell it otherwise?"""
    if figure.rival:
        return False
    if figure.more or _apart(text, before, figure):
        return True
    between = text[before.figure.end : figure.figure.start]
    same_sentence = "\n" not in between and ". " not in between
    return same_sentence and not any(mark in between.casefold() for mark in CONTRAST)


def civilians(figures: Sequence[TollWords], killed: Count | None) -> Count | None:
    """The civilians among the killed, where the text calls them so."""
    if killed is None or killed.high == 0:
        return None
    counted = [
        f for f in figures if f.kind == "killed" and f.civilians and not f.period and not f.negative and not f.leader
    ]
    wholes = [f for f in counted if not f.part and f.span in killed.words]
    chosen = wholes or sorted((f for f in counted if f.part), key=lambda f: -f.high)[:1]
    if not chosen:
        return None
    low, high = sum(f.civilians[0] for f in chosen if f.civilians), sum(f.civilians[1] for f in chosen if f.civilians)
    return Count(min(low, killed.high), min(high, killed.high), tuple(f.span for f in chosen))
