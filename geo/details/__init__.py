"""Give a claim its actors, its tolls and its weapon, each with the words that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from geo.details import actors as actor_words
from geo.details import weapons
from geo.details.actors import ActorWords
from geo.details.counts import by_name, civilians, count
from geo.details.crowds import crowd, crowd_hit, crowd_that_acts, people_hit
from geo.details.dead import dead
from geo.details.roles import Stage
from geo.details.scene import Cast
from geo.details.tolls import TollWords
from geo.model import Actor, Article, Claim, Details, Hedge, Sentence, Span, Toponym
from geo.order import Ordered

# A bomb that kills a man by name may have killed others beside him; a gunman or a policeman shoots whom he shoots.
BY_HAND = re.compile(
    r"\b(?:shot|shooting|opened fire|fired on|gunned|stabb\w+|hacked|beat\w*|behead\w+|lynch\w+|hang\w+|strangl\w+|throat|knif\w+)\b"
)
BESIDE = 30  # characters between a figure and the place that it is of
BESIDE_PLACE = re.compile(
    r"\s+(?:people\s+|others\s+)?(?:in|at|near|outside|around)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?"
)
ELSEWHERE = re.compile(
    r"\s+(?:people\s+|others\s+)?(?:in|at|near|outside)\s+(?:the\s+)?(?:(?:neighbouring|neighboring|nearby|adjacent)\s+|(?:village|town|city)\s+of\s+)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)"
)
# "According to the front, the army shelled it": a party speaks. The police and the health service count, they accuse nobody.
ACCORDING_TO = re.compile(r"\baccording to (?:the |an? )?(?:[\w’'-]+ ){0,3}$")
NO_ACCUSER = re.compile(r"\b(?:police|health|hospitals?|medical)\b", re.IGNORECASE)
PARTIES = frozenset(("group", "force", "state", "capital", "armed", "generic"))
ANOTHER_PLACE = re.compile(r"\s*(?:,|and)\s+(?:in\s+)?[A-Z]")


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
        events: Sequence[Span] = (),
    ) -> None:
        """`events` are the event words of all claims of the article."""
        self.text, self.sentences, self.tolls, self.toponyms = article.text, sentences, tolls, toponyms
        self.cast = Cast(article.text, sentences, actors, article.published[1].year if article.published else None)
        self.cast.telling = frozenset(s for words in events for s in self.cast.lines.touching(words))
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
            killed = by_name(mine)
        victims = [t.span for t in mine if t.kind != "missing" and not t.negative]
        counted = {*(killed.words if killed else ()), *(injured.words if injured else ())}
        victims = [v for v in victims if v in counted] or victims
        named = (claim.implied_place, *claim.places)
        country = next((self._countries[s] for s in named if s in self._countries), self._country_told_of)
        roles = Stage(self.cast, claim, victims, country).roles()
        weapon = self._weapon(claim)
        state = actor_words.load().states.get(country, "")
        acted = _actor(self.text, roles.agent, country, claim.event_type) or crowd_that_acts(claim, country, state)
        hit = (
            _struck(self.text, roles.patient, country, claim.event_type)
            or people_hit(self.text, claim, mine, acted, country, state)
            or crowd_hit(claim, country, state)
        )
        if hit and acted and claim.event_type == "Protests" and hit.name == acted.name:
            hit = None  # "students marched" against nobody
        return Details(
            actor1=acted,
            actor2=hit,
            killed=killed,
            injured=injured,
            killed_civilians=civilians(mine, killed),
            weapon=weapon.name if weapon else "",
            weapon_words=weapon.span if weapon else None,
            toll_is_overall=shared and (killed is not None or injured is not None),
            dead=dead(self.text, mine, self.parties),
        )

    def reserves(self, claim: Claim, told: Details) -> tuple[tuple[Hedge, Span], ...]:
        """The mark of a deed that, in the claim's own sentence, another party tells of its doer; none where nobody does."""
        doer = told.actor1
        if doer is None or doer.inferred:
            return ()
        named = [a for s in self.cast.lines.touching(claim.trigger) for a in self.cast.named.touching(s)]
        army = any(a.span in doer.words and (a.form, a.kind) == ("generic", "state") for a in named)
        for a in named:
            party = a.form in PARTIES and a.kind != "civilian" and not NO_ACCUSER.search(a.span.of(self.text))
            same = a.name == doer.name or (a.side and a.side == doer.side) or (army and a.kind == "state")
            if party and not same and ACCORDING_TO.search(self.cast.before(a)):
                return (("alleged", a.span),)
        return ()

    @cached_property
    def parties(self) -> Ordered[Span]:
        """Where a place, or an actor of the list, is named."""
        listed = (w.span for w in self.cast.actors if w.actor.known and w.form != "generic")
        return Ordered((*(t.span for t in self.toponyms), *listed), lambda span: span)

    @cached_property
    def _countries(self) -> dict[Span | None, str]:
        """The country of each place by where it is named."""
        return {t.span: t.place.country for t in reversed(self.toponyms) if t.place and t.place.country}

    @cached_property
    def _country_told_of(self) -> str:
        """The country that the article speaks of more than of all others together, "" where there is none."""
        told = (t for t in self.toponyms if not (t.mention.demonym or t.mention.metonym))  # "US warplanes" are no place
        seen = Counter(t.place.country for t in told if t.place and t.place.country)
        return next((country for country, times in seen.items() if 2 * times > seen.total()), "")

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


# ------------------------------------------------------------------------------------------------- actors and weapon


def _struck(text: str, words: ActorWords | None, country: str, event_type: str) -> Actor | None:
    """The one who was hit: "two Xans" are their state in war, and its civilians where civilians are attacked."""
    found = _actor(text, words, country, event_type if event_type == "Protests" else "")
    people = words is not None and words.form == "people" and words.kind == "state"
    if people and words is not None and text.endswith("ethnic ", 0, words.span.start):
        return None  # "ethnic Xans" live in another country than Xanland, of which they are citizens
    if found and people and event_type == "Violence against civilians":
        return Actor(f"Civilians ({found.name})", found.words, True, found.country)
    return found


def _actor(text: str, words: ActorWords | None, country: str, event_type: str = "") -> Actor | None:
    """The actor for a report: "soldiers" without a flag are those of the country where it happened."""
    if words is None:
        return None
    state = actor_words.load().states.get(country)
    if words.form == "generic" and words.kind == "civilian":
        name = crowd(text, words, event_type)
        return Actor(f"{name} ({state})" if state else name, (words.span,), True, country)
    if words.form == "generic" and words.kind == "state" and state:
        return Actor(state, (words.span,), True, country, state, words.inferred)
    return words.actor
