"""Give a claim its actors, its tolls and its weapon, each with the words that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property

from geo.details import actors as actor_words
from geo.details import weapons
from geo.details.actors import ActorWords
from geo.details.roles import Stage
from geo.details.scene import Cast
from geo.details.tolls import TollWords
from geo.model import Actor, Article, Claim, Count, Details, Sentence, Span, Toponym
from geo.order import Ordered

# A bomb that kills a man by name may have killed others beside him; a gunman or a policeman shoots whom he shoots.
BY_HAND = re.compile(
    r"\b(?:shot|shooting|opened fire|fired on|gunned|stabb\w+|hacked|beat\w*|behead\w+|lynch\w+|hang\w+|strangl\w+|throat|knif\w+)\b"
)
OTHER_TOTAL, FEW = 10, 5  # a total so many times what was told, and than a few people, is another one
VAGUE_FROM = 20  # people, from which a range twice as wide as its low end is a word such as "dozens"
BESIDE = 30  # characters between a figure and the place that it is of
BESIDE_PLACE = re.compile(
    r"\s+(?:people\s+|others\s+)?(?:in|at|near|outside|around)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?"
)
ELSEWHERE = re.compile(
    r"\s+(?:people\s+|others\s+)?(?:in|at|near|outside)\s+(?:the\s+)?(?:(?:neighbouring|neighboring|nearby|adjacent)\s+|(?:village|town|city)\s+of\s+)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)"
)
ANOTHER_PLACE = re.compile(r"\s*(?:,|and)\s+(?:in\s+)?[A-Z]")
CONTRAST = (";", " while ", " but ", " whereas ", " however ", " though ", " said ", " says ", " according ", ": ")


def details(
    article: Article,
    sentences: Sequence[Sentence],
    claim: Claim,
    tolls: Sequence[TollWords],
    actors: Sequence[ActorWords],
    toponyms: Sequence[Toponym],
) -> Details:
    """Read who did it, who was hit, how many, and with what. Nothing that the text does not say is filled in."""
    return Facts(article, sentences, tolls, actors, toponyms).of(claim)


class Facts:
    """What the stages marked in one article, ready to be asked for the details of each of its claims."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        tolls: Sequence[TollWords],
        actors: Sequence[ActorWords],
        toponyms: Sequence[Toponym],
    ) -> None:
        self.text, self.sentences, self.tolls, self.toponyms = article.text, sentences, tolls, toponyms
        self.cast = Cast(article.text, sentences, actors)
        self.figures = Ordered(range(len(tolls)), lambda n: tolls[n].figure)

    def of(self, claim: Claim) -> Details:
        """The details of a claim; see `details`."""
        spans = claim.tolls or (claim.evidence,)
        mine = [self.tolls[n] for n in sorted({n for span in spans for n in self.figures.touching(span)})]
        mine = _told_in_full(self.sentences, mine)
        shared = False
        if claim.group is None:
            mine = _not_elsewhere(self.text, mine, claim)
        else:
            mine, shared = _of_this_site(self.text, mine, claim, self.toponyms)
        killed, injured = count(self.text, mine, "killed"), count(self.text, mine, "injured")
        if killed is None and BY_HAND.search(claim.evidence.of(self.text)):
            killed = _by_name(mine)
        victims = [t.span for t in mine if t.kind != "missing" and not t.negative]
        counted = {*(killed.words if killed else ()), *(injured.words if injured else ())}
        victims = [v for v in victims if v in counted] or victims
        country = next((self._countries[s] for s in claim.places if s in self._countries), self._country_told_most)
        roles = Stage(self.cast, claim, victims, country).roles()
        weapon = self._weapon(claim)
        return Details(
            actor1=_actor(self.text, roles.agent, country),
            actor2=_actor(self.text, roles.patient, country),
            killed=killed,
            injured=injured,
            killed_civilians=_civilians(mine, killed),
            weapon=weapon.name if weapon else "",
            weapon_words=weapon.span if weapon else None,
            toll_is_overall=shared and (killed is not None or injured is not None),
        )

    @cached_property
    def _countries(self) -> dict[Span, str]:
        """The country of each place by where it is named."""
        return {t.span: t.place.country for t in reversed(self.toponyms) if t.place and t.place.country}

    @cached_property
    def _country_told_most(self) -> str:
        """The country that the article speaks of most, "" where it names none."""
        seen = Counter(t.place.country for t in self.toponyms if t.place and t.place.country and not t.mention.demonym)
        return min(seen, key=lambda c: (-seen[c], c)) if seen else ""

    @cached_property
    def _weapons(self) -> Ordered[weapons.Weapon]:
        return Ordered((w for s in self.sentences for w in weapons.expressions(s.tokens)), lambda w: w.span)

    def _weapon(self, claim: Claim) -> weapons.Weapon | None:
        """The most exact weapon of the claim's own words, else of its passages in their order."""
        found = (self._weapons.inside(span) for span in (claim.evidence, *claim.passages))
        return min(next((f for f in found if f), ()), key=lambda w: (w.rank, w.span), default=None)


def _told_in_full(sentences: Sequence[Sentence], figures: list[TollWords]) -> list[TollWords]:
    """Leave out the figures of a headline where the text gives one of that kind: a headline adds up, or is of another day."""
    headings = [s.span for s in sentences if s.heading]
    heading = {f for f in figures if any(h.covers(f.figure) for h in headings)}
    told = {f.kind for f in figures if f not in heading and not f.part}
    return [f for f in figures if f not in heading or f.kind not in told]


def _not_elsewhere(text: str, figures: list[TollWords], claim: Claim) -> list[TollWords]:
    """Leave out the figures of other places in "179 were shot in Oum, and 44 in neighbouring Deli", where one is of this place."""
    names = {span.of(text) for span in claim.places}
    beside = {f: m["name"] for f in figures if (m := ELSEWHERE.match(text, f.span.end))}
    if not any(name in names for name in beside.values()):
        return figures
    return [f for f in figures if f not in beside or beside[f] in names]


def _of_this_site(
    text: str, figures: Sequence[TollWords], claim: Claim, toponyms: Sequence[Toponym]
) -> tuple[list[TollWords], bool]:
    """Take from a sentence about several sites the figures of this one; True where they are of all sites together.

    "Shells killed 12 in Alta and nine in Bereza" gives each its own; "struck Alta and Bereza, killing five" neither.
    """
    told_here: list[TollWords] = []
    told_of_all: list[TollWords] = []
    for figure in figures:
        places = [t.span for t in toponyms if 0 <= t.span.start - figure.span.end < BESIDE and not t.mention.demonym]
        places = [p for p in places if BESIDE_PLACE.fullmatch(text, figure.span.end, p.start)]
        several = bool(places) and ANOTHER_PLACE.match(text, places[0].end) is not None
        container = bool(places) and places[0] in claim.places[1:]  # "in Alta and Bereza, killing five in the district"
        if not places or several or container or figure.overall:
            told_of_all.append(figure)
        elif places[0] in claim.places[:1]:
            told_here.append(figure)
    return (told_here, False) if told_here else (told_of_all, bool(told_of_all))


# ------------------------------------------------------------------------------------------------- tolls


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
    if (total := _sum_told(here)) is not None:
        return Count(total.low, total.high, (total.span,))
    exact = [f for f in here if f.high <= 2 * f.low or f.low < VAGUE_FROM]
    if any(
        f.rival and f.high >= v.low for f in exact for v in here if v not in exact
    ):  # "hundreds" gives way to a figure
        here = exact
    attackers = [f for f in here if f.whom == "assailant" and not f.more]
    if kind == "killed" and len(attackers) < len(here):  # some sources count the attackers, some do not
        here = [f for f in here if f not in attackers]
    else:
        attackers = []
    low, high, words = here[0].low, here[0].high, [here[0].span]
    rivals: list[tuple[int, int]] = []
    for n, figure in enumerate(here[1:], 1):
        if any((f.low, f.high) == (figure.low, figure.high) and not _apart(f, figure) for f in here[:n]):
            continue
        words.append(figure.span)
        if _adds(text, here[n - 1], figure):
            low, high = low + figure.low, high + figure.high
        else:
            rivals.append((figure.low, figure.high))
    low, high = min([low, *(r[0] for r in rivals)]), max([high, *(r[1] for r in rivals)])
    return Count(low, high + sum(f.high for f in attackers), tuple(words + [f.span for f in attackers]))


def _without_other_totals(figures: list[TollWords]) -> list[TollWords]:
    """Leave out a total so large beside the others that it is that of a war: "killed five; the toll has passed 20,000"."""
    most = max((f.high for f in figures if not f.total), default=None)
    if most is None:
        return figures
    return [f for f in figures if not f.total or f.low <= OTHER_TOTAL * max(most, FEW)]


def _sum_told(figures: Sequence[TollWords]) -> TollWords | None:
    """The figure that stands in the end, where the text gives it: "killed 11; three more died, bringing the toll to 14"."""
    total = next((f for f in reversed(figures) if f.total and not f.overall), None)
    return total if total and all(f.low <= total.high for f in figures) else None


def _by_name(figures: Sequence[TollWords]) -> Count | None:
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


def _apart(one: TollWords, other: TollWords) -> bool:
    """Do two equal figures count different people?"""
    return other.more or (
        bool(one.whom)
        and bool(other.whom)
        and one.whom != other.whom
        and {one.whom, other.whom} != {"civilian", "child"}
    )


def _adds(text: str, before: TollWords, figure: TollWords) -> bool:
    """Does a figure add to the one before it, rather than tell it otherwise?"""
    if figure.rival:
        return False
    if figure.more or _apart(before, figure):
        return True
    between = text[before.figure.end : figure.figure.start]
    same_sentence = "\n" not in between and ". " not in between
    return same_sentence and not any(mark in between.casefold() for mark in CONTRAST)


def _civilians(figures: Sequence[TollWords], killed: Count | None) -> Count | None:
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


# ------------------------------------------------------------------------------------------------- actors and weapon


def _actor(text: str, words: ActorWords | None, country: str) -> Actor | None:
    """The actor for a report: "soldiers" without a flag are those of the country where it happened."""
    if words is None:
        return None
    state = _states().get(country)
    if words.form == "generic" and state:
        if words.kind == "state":
            return Actor(state, (words.span,), True, country, state)
        if words.kind == "civilian":
            return Actor(f"{_crowd(text, words)} ({state})", (words.span,), True, country)
    return words.actor


def _crowd(text: str, words: ActorWords) -> str:
    """ACLED's word for people without arms, by what they are doing."""
    said = words.span.of(text).casefold()
    if said.startswith(("protest", "demonstrat", "march", "crowd")):
        return "Protesters"
    return "Rioters" if said.startswith("riot") or said.endswith(("mob", "mobs", "looters")) else "Civilians"


@cache
def _states() -> dict[str, str]:
    return actor_words.load().states
