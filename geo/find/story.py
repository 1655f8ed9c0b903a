"""An article while it is read: the marked words, the drafts of claims, and what a part of a sentence says in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from geo.find.doubts import Setting
from geo.find.parts import BACKWARD, Part
from geo.find.sides import Acting, armed
from geo.find.sites import fineness, in_role_of_scene, within_town
from geo.find.words import (
    AFTER_THE_EVENT,
    DATELINE,
    DEFINITE,
    IN_THE_EVENT,
    MAY_BE_PLACES,
    NAMED_OPERATION,
    NOUNS_IN_ED,
    POINTS_BACK,
    QUOTED,
    SITE_FINENESS,
    SMALL_WORDS,
    STRUCK,
    STRUCK_BEFORE,
    TITLE_CHARACTERS,
    TITLE_REACH,
    VERB,
    WHICH_DID,
)
from geo.model import Article, Dropped, Hedge, Sentence, Span, Toponym
from geo.order import Ordered
from geo.triggers import Head, Rules, lower

BULLET = re.compile(r"\s*(?:[-*•>▪●]|\(?\w{1,2}[.)])\s")
HARM = ("killed", "injured", "casualties")
FILED_FROM = re.compile(r"[A-Z][\w’' -]{2,30}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?:\s")
IN_THE_EVENT_CHARACTERS = 40  # behind event words
BE_WITHIN = re.compile(r"\b(?:was|were|had been)(?= )")
MANY_OF = frozenset(
    ("city", "town", "village", "country", "capital", "region", "army", "police", "government", "soldiers", "rebels")
)
TOP_CHARACTERS = 300  # of an article, where such a town stands
WIDE_LEVELS = frozenset(("country", "admin1", "region"))


class Marked(Protocol):
    """Words that an earlier stage marked."""

    @property
    def span(self) -> Span:
        """Where the words stand."""


class MarkedDate(Marked, Protocol):
    """Date words that an earlier stage marked."""

    @property
    def from_event(self) -> bool:
        """Do they count from an event that they go on to name?"""

    @property
    def fixes_day(self) -> bool:
        """Do they say when, and not only at what hour or for how long?"""


@dataclass
class Draft:
    """A claim while its passages are being gathered."""

    part: Part
    head: Head
    sentence: int
    paragraph: int
    places: tuple[Span, ...]
    dates: tuple[Span, ...]
    tolls: list[Span]
    passages: list[Span]
    implied_place: Span | None = None
    abroad: Span | None = None  # the country of a force whose strikes these are, which hardly were in its own land
    here: Span | None = None  # where the story is, for a claim that has no place of its own
    same_day_as: int | None = None
    group: int | None = None
    definite: bool = False
    another: bool = False
    heading: bool = False
    hedges: tuple[tuple[Hedge, Span], ...] = ()
    placed_itself: bool = False  # by its own words, not a label's
    extra_places: list[Span] = field(default_factory=list)
    extra_dates: list[tuple[Span, ...]] = field(
        default_factory=list
    )  # one for each extra place, where each has its own
    last_paragraph: int = 0
    scene: Span | None = None  # the sentence before, which gave the day


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence without event words that says when, for the sentence that tells what happened then."""

    sentence: int
    paragraph: int
    span: Span
    days: tuple[Span, ...]


class Story:
    """What is known of an article while it is read: its marked words, the claims so far, and what the story is about."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        toponyms: Sequence[Toponym],
        dates: Sequence[MarkedDate],
        tolls: Sequence[Marked],
        actors: Sequence[Acting],
        rules: Rules,
    ) -> None:
        self.article, self.sentences, self.rules = article, sentences, rules
        self.text = lower(article.text)
        named = Ordered(actors, lambda a: a.span)
        self.toponyms = sorted((t for t in toponyms if self._is_place(t, named)), key=lambda t: t.span)
        self.names = Ordered(self.toponyms, lambda t: t.span)
        self.fine = frozenset(t.span for t in self.toponyms if fineness(t) >= SITE_FINENESS)
        self.place_ids = {t.span: t.place.id for t in self.toponyms if t.place}
        self.dates = Ordered((d.span for d in dates), lambda d: d)
        self.from_events = frozenset(d.span for d in dates if d.from_event)
        self.no_days = frozenset(d.span for d in dates if not d.fixes_day)
        self.tolls = Ordered((t.span for t in tolls), lambda t: t)
        # the figures of people killed and hurt in one event, and not over a period
        self.harmed = frozenset(
            t.span for t in tolls if getattr(t, "kind", "") in HARM and not getattr(t, "period", True)
        )
        self.actors = Ordered((a.span for a in actors), lambda a: a)
        self.acting = named
        self.armed = Ordered((a.span for a in actors if armed(a)), lambda a: a)
        self.countries = self._most_named()
        self.openings: dict[int, int] = {}  # where each paragraph begins
        for s in sentences:
            self.openings.setdefault(s.paragraph, s.span.start)
        self.paragraphs = list(self.openings.values())
        self.drafts: list[Draft] = []
        self.dropped: list[Dropped] = [Dropped(article.id, out.span, out.reason) for out in article.left_out]
        self.label: tuple[int, tuple[Span, ...], tuple[Span, ...]] | None = None  # paragraph, places, dates
        self.leads = (-1, 0)  # a paragraph, and how many sentences at its head were lead-ins
        self.scene: Scene | None = None
        self.groups = 0
        self.topic: Draft | None = None  # the claim that the story goes on about
        self._says: dict[Span, tuple[bool, bool]] = {}  # by part

    def _most_named(self) -> frozenset[str]:
        """The country that most places of the article lie in; none where two are named as often."""
        named = Counter(t.place.country for t in self.toponyms if t.place and not t.mention.demonym)
        best = named.most_common(2)
        return frozenset({best[0][0]} if best and (len(best) == 1 or best[0][1] > best[1][1]) else ())

    @staticmethod
    def _is_place(toponym: Toponym, actors: Ordered[Acting]) -> bool:
        """Is a name a place or people of one here, and not part of an actor's name or a base that a country keeps?"""
        if toponym.mention.demonym:
            return True
        if toponym.mention.type_word and toponym.place is not None and toponym.place.level == "country":
            return False
        place = toponym.place
        if place is not None and (place.level in WIDE_LEVELS or place.feature_code == "P.PPLC"):
            own = range(toponym.span.end, toponym.span.end + 3)  # "in Ankara", "at Ankara's station"
            beside = [
                a for a in actors.touching(toponym.span) if a.span.start != toponym.span.start or a.span.end not in own
            ]
        else:
            beside = actors.touching(toponym.span)
        return not any(a.span.covers(toponym.span) and getattr(a, "form", "") not in MAY_BE_PLACES for a in beside)

    def _setting(self, i: int, part: Part, head: Head) -> Setting:
        sentence = self.sentences[i]
        following = self.sentences[i + 1] if i + 1 < len(self.sentences) else None
        after = following.span if following and following.paragraph == sentence.paragraph else None
        noun = self._is_noun(head)
        told, dated = self._told_and_dated(part.span)
        return Setting(head.span, part.span, sentence.span, after, head.trigger.form, noun, told, dated)

    def _told_and_dated(self, span: Span) -> tuple[bool, bool]:
        """Does a part give a toll and an exact place, and does it give a day? Asked for each of its event words."""
        if span not in self._says:
            told = self._counted(span) and any(
                fineness(t) >= SITE_FINENESS and not t.mention.demonym for t in self.names.inside(span)
            )
            self._says[span] = told, bool(self.dates.touching(span))
        return self._says[span]

    def _is_noun(self, head: Head) -> bool:
        """Do the event words name the event ("the shelling") rather than tell it ("shells hit")?"""
        return _names_event(head.span.of(self.text))

    def _in_title(self, head: Head) -> bool:
        """Do the event words stand in the quoted title of a film, a book or a play ("Raid on the River")?"""
        paragraph = self.paragraphs[bisect_right(self.paragraphs, head.span.start) - 1]
        start = max(paragraph, head.span.start - TITLE_REACH)
        quoted = (m for m in QUOTED.finditer(self.article.text, start, head.span.end + TITLE_CHARACTERS))
        title = next((m["words"] for m in quoted if m.start() < head.span.start and head.span.end < m.end()), "")
        own = [w for w in re.findall(r"[\w'’-]+", title) if w not in SMALL_WORDS]
        return len(own) > 1 and all(w[0].isupper() for w in own) and not NAMED_OPERATION.match(title)

    def _fine(self, span: Span) -> bool:
        return span in self.fine

    def _counted(self, span: Span) -> bool:
        """Does a figure of people stand in a span?"""
        return bool(self.tolls.touching(span))

    def _definite(self, part: Part, head: Head) -> bool:
        """Do the event words point back ("the attack", "Thursday's strikes")?"""
        before = self.text[part.span.start : head.span.start]
        if IN_THE_EVENT.search(self.text, head.span.start, min(part.span.end, head.span.end + IN_THE_EVENT_CHARACTERS)):
            return True
        if self._struck_before(part, head):
            return True
        if head.trigger.form != "event" or not self._is_noun(head):
            return WHICH_DID.search(before) is not None
        words = head.span.of(self.text)
        return DEFINITE.search(before) is not None or POINTS_BACK.match(words) is not None

    def _struck_before(self, part: Part, head: Head) -> bool:
        """Is the one struck named as one whom the claim before struck: "The convoy was attacked near Oum"?"""
        verb = BE_WITHIN.search(self.text, head.span.start, head.span.end)
        found = STRUCK_BEFORE.match(self.text[part.span.start : verb.end() + 1 if verb else head.span.start])
        last = self.drafts[-1] if self.drafts else None
        if found is None or last is None or found["noun"] in MANY_OF:
            return False
        noun = re.compile(
            rf"\b(?:an?|two|three|\d+[\w-]*|its|their|his|her) (?:[\w-]+ ){{0,3}}?{re.escape(found['noun'])}\b"
        )
        return any(noun.search(self.text, p.start, p.end) for p in last.passages)

    def _after_dateline(self, sentence: Sentence, part: Span) -> Span:
        """The part without a dateline such as "OUM, May 3 (Agency) -", which says where and when it was written."""
        m = DATELINE.match(self.article.text, sentence.span.start, min(sentence.span.end, sentence.span.start + 110))
        m = m or self._filed_from(sentence, part)
        if m is None or not (part.start <= m.start() and m.end() < part.end) or BULLET.match(self.text, m.start()):
            return part  # "* OUM - Gunmen killed six": an item's label
        own = self.names.touching(Span(sentence.span.start, m.end()))
        return Span(m.end(), part.end) if own else part

    def _filed_from(self, sentence: Sentence, part: Span) -> re.Match[str] | None:
        """The town under which a story is filed ("Oum: Shells fell in Deli on Friday"), where its sentence names another as the scene."""
        m = FILED_FROM.match(self.article.text, sentence.span.start, sentence.span.end)
        if m is None or sentence.span.start > TOP_CHARACTERS:
            return None
        towns = [t for t in self.names.inside(Span(m.end(), part.end)) if t.place and t.place.level == "town"]
        own = any(in_role_of_scene(self.text, t) and not within_town(self.text, t) for t in towns)
        return m if own else None

    def _own_words(self, part: Part, head: Head, told: Span) -> Span:
        """The part up to where its sentence goes back to its subject: "after the strike on Oum, a new group appeared in May"."""
        if not BACKWARD.search(part.joint):
            return told
        m = AFTER_THE_EVENT.search(self.text, head.span.end, told.end)
        return Span(told.start, m.start()) if m else told


@lru_cache(maxsize=10_000)  # the same few words, asked about in every sentence
def _names_event(event_words: str) -> bool:
    words = re.findall(r"[\w'-]+", event_words)
    if len(words) == 1:
        return words[0] not in STRUCK and (words[0] in NOUNS_IN_ED or not words[0].endswith("ed"))
    return not any(VERB.fullmatch(w) for w in words)
