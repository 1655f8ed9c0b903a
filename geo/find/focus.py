"""Where a story is: the place that a passage without one of its own points back to or goes on at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from geo.find.parts import Part
from geo.find.sites import fineness, in_role_of_scene, within_town
from geo.find.story import Draft, Story
from geo.find.words import AT_HOME, DATELINE, OF_ITS_DAY, OF_THE_COUNTRY, POINTED_PLACE, SHOT_DOWN, SITE_FINENESS, THERE
from geo.model import Span, Toponym

# Words of one kind of place: "this same crossroads" may be what was called an intersection before.
KINDS = (
    frozenset("city town village settlement port hamlet locality township".split()),
    frozenset("crossroads junction intersection roundabout square".split()),
    frozenset("school college university academy seminary institute".split()),
    frozenset("mosque church cathedral monastery temple shrine chapel".split()),
    frozenset("hospital clinic".split()),
    frozenset("market bazaar mall".split()),
    frozenset("airport airfield airstrip base airbase".split()),
    frozenset("prison jail".split()),
    frozenset("province region governorate state district county prefecture".split()),
    frozenset("street road avenue highway".split()),
    frozenset("suburb quarter neighbourhood neighborhood".split()),
)
DIVISIONS = frozenset("province region governorate state prefecture".split())
# "It lies thirty kilometres south of Oum" only says where the place told before lies.
LIES_BY = re.compile(
    r"(?:^|[.!?\n]\s*|,\s+)(?:it|which|(?:the|this|that) (?:town|village|city|camp|place|base|settlement|hamlet|area))\s+"
    r"(?:lies|lay|sits|sat|stands|stood|is|was)\b[^.;,]{0,60}$"
)
# "in Oum", "near the Oum mill"; whatever is known of it, it is a name in the place of a scene.
# But not "at the Central Hospital", which towns have.
SOMEWHERE = re.compile(
    r"\b(?:in|at|near|outside)\s+(?:the\s+)?(?P<name>(?:\d{1,2}\s+)?[A-Z][\w’'-]+)(?![\w’'-])"
    r"(?!\s+(?:[A-Z][\w’'-]+\s+){0,2}(?:Hospital|Bank|Headquarters|Station|Court|University|College|School|Prison|Cathedral|Church|Mosque|Market|Square|Hotel|Building|Ministry|House|Hall|Stadium|Palace|Barracks|Mall)\b)"
)
ITEM = re.compile(r"\W*[-*•–>]\s|\W*\(?\w{1,2}[.)]\s")
IT = re.compile(r"it\s+(?:has|had|was|is|were|came|fell|changed)\b")
LABELLED = re.compile(r"\W*(?P<name>[A-Z][\w’'-]+(?: [\w’'-]+){0,3}), ")
WAS_THERE = re.compile(r"\bit was (?:there|here)\b")
ANY_SPOT = frozenset("place spot scene site area stretch road street settlement".split())
SCENE_FINENESS = 1.9  # a town or a name that nobody knows, no district
LONG_AGO = re.compile(r"\b(?:19|20)\d\d\b|\b(?:years?|months?|decades?)\b")
DATELINE_SENTENCES = 6  # in which a dateline stands
OF_A_CAPITAL = re.compile(
    r"\b(?:embassy|embassies|ambassador(?:'s|’s)?|high commission|parliament|national assembly|senate|presidential palace|ministry|"
    r"supreme court|channel \d+|state television|central bank|stock exchange|the capital|general staff|state house|high command|"
    r"(?:army|navy|air force|police|military|defen[cs]e|national) headquarters|prime minister(?:'s|’s) (?:office|residence|house))\b"
)
SIGNED = re.compile(r"(?:^|\n)[^\n.;:]{3,60}, $|(?:^|\n)(?:letter|notes?|dispatch|postcard) from $")
FOLLOWED_PARAGRAPHS = 2  # news goes on with a place over so many of its short paragraphs


class Focus(Story):
    """Keeps where the story is while it is read."""

    def _pointed_place(self, part: Part, other_than: Span | None = None) -> Span | None:
        """The place named before that "the same square", "that town" or "there" means; None where nothing points back."""
        start, end = part.span.start, part.span.end
        m = POINTED_PLACE.search(self.text, start, end)
        if m is None:
            return self._there(part)
        kind = m["kind"]
        before = [
            t for t in self.names.inside(Span(0, max(1, m.start()))) if not t.mention.demonym and t.span != other_than
        ]
        alike = next((k for k in KINDS if kind in k), frozenset((kind,)))
        if kind in DIVISIONS:
            return next((t.span for t in reversed(before) if 1.0 <= fineness(t) <= 1.9), None)
        if alike is KINDS[0] or kind == "capital":
            return None if self._opens_elsewhere(part) else self._pointed_town(part, before)
        quarter = kind in KINDS[-1]  # a name that the gazetteer knows as one
        named = [
            t
            for t in before
            if alike & set(re.findall(r"\w+", self._with_kind(t)))
            or (quarter and t.place is not None and t.place.feature_code == "P.PPLX")
        ]
        if named:
            return named[-1].span
        if m.group()[:4] == "the " and "same" not in m.group():
            return None
        return self._scene_before(part, m.start(), 0) if kind in ANY_SPOT else self._scene_of_kind(kind, m.start())

    def _there(self, part: Part) -> Span | None:
        """The place that "there" means, None where nothing is said to be there."""
        if (was := WAS_THERE.search(self.text, part.span.start, part.span.end)) is not None:
            return self._last_named(was.start())
        there = THERE.search(self.text, part.span.start, part.span.end)
        return self._scene_at(there.start(), part) if there else None

    def _last_named(self, end: int) -> Span | None:
        """The exact place named last before an offset, whatever was said of it: "She moved to Oum. It was there that ..."."""
        named = self.names.backwards(Span(0, max(1, end)))
        return next(
            (t.span for t in named if self._fine(t.span) and not (t.mention.demonym or t.mention.metonym)), None
        )

    def _pointed_town(self, part: Part, before: Sequence[Toponym]) -> Span | None:
        """The town that "the town" means: the last of its paragraph, the one that the story goes on about, the last scene."""
        scenes = [
            t for t in before if fineness(t) >= SCENE_FINENESS and not (within_town(self.text, t) or self._lies_by(t))
        ]
        here = [t.span for t in scenes if t.span.start >= self.openings_of(part)]
        spot = self._told_spot()
        told = (t.span for t in reversed(scenes) if in_role_of_scene(self.text, t) or self._holds_claim(t))
        followed = spot if any(t.span == spot for t in scenes) else None
        return next(reversed(here), None) or followed or next(told, None) or (scenes[-1].span if scenes else None)

    def _scene_of_kind(self, kind: str, end: int) -> Span | None:
        """The place of the last claim whose sentence speaks of such a thing: "the camp" was that of Oum."""
        word = re.compile(rf"\b{kind}s?\b")
        for draft in reversed(self.drafts):
            told = draft.passages[0] if draft.passages else draft.part.span
            if told.end <= end and word.search(self.text, *self._paragraph(told)):
                return next((s for s in self._spots(draft) if self._fine(s)), None)
        return None

    def _paragraph(self, span: Span) -> tuple[int, int]:
        """Where the paragraph of a span begins and ends."""
        at = bisect_right(self.paragraphs, span.start)
        end = self.paragraphs[at] if at < len(self.paragraphs) else len(self.text)
        return (self.paragraphs[at - 1] if at else 0), end

    def _opens_elsewhere(self, part: Part) -> bool:
        """Does the paragraph open with a name that nobody knows ("Oum, same day. ..."), so that the town is that one?"""
        m = LABELLED.match(self.article.text, self.openings_of(part))
        if m is None or m.start("name") >= part.span.start:
            return False
        name = Span(*m.span("name"))
        return not (self.names.touching(name) or self.dates.touching(name) or self.actors.touching(name))

    def _with_kind(self, t: Toponym) -> str:
        """A name with the two words behind it: "Oum night market"."""
        behind = re.match(r"(?:\s+[\w-]+){0,2}", self.text[t.span.end : t.span.end + 30])
        return t.span.of(self.text) + (behind.group() if behind else "")

    def _lies_by(self, t: Toponym) -> bool:
        """Does a sentence only say that the place told before lies by this one?"""
        if t.mention.relation in ("at", "nearby", ""):
            return False
        return LIES_BY.search(self.text, max(0, t.span.start - 110), t.span.start) is not None

    def _holds_claim(self, t: Toponym) -> bool:
        return any(t.span in self._spots(d) for d in self.drafts)

    @staticmethod
    def _spots(draft: Draft) -> tuple[Span, ...]:
        """The names that may be where a claim was: its own, the one that it points back to, the one that the story is at."""
        return tuple(s for s in (*draft.places[:1], draft.implied_place, draft.here) if s is not None)

    def openings_of(self, part: Part) -> int:
        """Where the paragraph of a part begins."""
        starts = self.paragraphs
        at = bisect_right(starts, part.span.start)
        return starts[at - 1] if at else 0

    def _scene_at(self, end: int, part: Part) -> Span | None:
        """The scene that "there" means at an offset: of its paragraph, else the one that the story goes on about."""
        opening = self.openings_of(part)
        scene = self._scene_before(part, end, opening) or self._only_spot(opening, end)
        before = self.paragraphs[max(0, bisect_right(self.paragraphs, opening) - 2)]
        return scene or self._told_spot() or self._only_spot(before, opening)

    def _told_spot(self) -> Span | None:
        """The exact place of the claim that the story goes on about."""
        return next((s for s in self._spots(self.topic) if self._fine(s)), None) if self.topic else None

    def _only_spot(self, first: int, end: int) -> Span | None:
        """The only exact place that a stretch of text names, whatever it says of it."""
        if first >= end:
            return None
        named = [
            t
            for t in self.names.inside(Span(first, end))
            if fineness(t) >= SITE_FINENESS and not (t.mention.demonym or t.mention.metonym or self._lies_by(t))
        ]
        alike = {t.place.id if t.place else t.mention.name for t in named}
        return named[-1].span if len(alike) == 1 else None

    def _scene_before(self, part: Part, end: int, first: int) -> Span | None:
        """The last exact place between two offsets where something happened, or is said to be."""
        if first >= end:
            return None
        earlier = (
            t.span
            for t in self.names.backwards(Span(first, end))
            if fineness(t) >= SITE_FINENESS
            and not (t.mention.demonym or t.mention.metonym or self._lies_by(t))
            and (self._holds_claim(t) or (t.span.end <= part.span.start and in_role_of_scene(self.text, t)))
        )
        return next(earlier, None)

    def _here(self, paragraph: int, part: Part) -> Span | None:
        """Where words without a place go on: at the scene of their paragraph, else at the one of the news before it.

        History is no news: what another paragraph tells of years or months ago was as often elsewhere.
        """
        if self._names_elsewhere(part):
            return None
        opening, start = self.openings[paragraph], part.span.start
        scene = self._scene_before(part, start, opening) or self._only_spot(opening, start)
        if scene is not None:
            return scene
        item = ITEM.match(self.text, opening)
        if item is not None and not IT.match(self.text, item.end()):
            return None  # an item of a list goes on with no other item
        topic = self.topic
        near = topic is not None and 0 <= paragraph - topic.last_paragraph <= FOLLOWED_PARAGRAPHS
        history = any(LONG_AGO.search(d.of(self.text)) for d in self.dates.touching(part.span))
        goes_on = topic is not None and near and not (topic.heading or history)
        return self._told_spot() if goes_on else None

    def _of_no_scene(self, part: Part, paragraph: int) -> bool:
        """Do the words tell of a whole country, or of what a force did on a day of its own, wherever that was?"""
        start, end = part.span.start, part.span.end
        if OF_THE_COUNTRY.search(self.text, start, end):
            return True
        elsewhere = self.topic is not None and self.topic.last_paragraph != paragraph
        dated = bool(self.dates.touching(part.span))
        return (dated or elsewhere) and OF_ITS_DAY.search(self.text, start, end) is not None

    def _lands_of_its_teller(self, part: Part) -> tuple[Span | None, Span | None]:
        """The country of a force that tells of its day: where it shot something down, and where it hardly struck itself."""
        start, end = part.span.start, part.span.end
        shot_down = SHOT_DOWN.search(self.text, start, end)
        deed = shot_down or OF_ITS_DAY.search(self.text, start, end)
        named = self.names.inside(Span(start, max(start + 1, deed.start() if deed else end)))
        land = next((t.span for t in named if t.place and t.place.level == "country"), None)
        if shot_down is not None:
            return land, None
        at_home = AT_HOME.search(self.text, start, end) or OF_THE_COUNTRY.search(self.text, start, end)
        return None, None if at_home else land

    def _names_elsewhere(self, part: Part) -> bool:
        """Do the words put the event at a name that is no known place: "in a flat in 9 April City"?"""
        for m in SOMEWHERE.finditer(self.article.text, part.span.start, part.span.end):
            name = Span(*m.span("name"))
            if not (self.names.touching(name) or self.dates.touching(name) or self.actors.touching(name)):
                return True
        return False

    def _town_of(self, part: Part, toponym: Toponym) -> Span | None:
        """The town whose street or market a name is, where the text names the town before: "in the Oum quarter of that town"."""
        first = self.openings_of(part)
        if first >= toponym.span.start:
            return None
        earlier = (
            t.span
            for t in self.names.backwards(Span(first, toponym.span.start))
            if t.place is not None
            and t.place.level == "town"
            and not (t.mention.demonym or t.mention.metonym or within_town(self.text, t))
            and (in_role_of_scene(self.text, t) or self._holds_claim(t))
        )
        return next(earlier, None)

    def _in_dateline(self, draft: Draft) -> Span | None:
        """The capital of the dateline, for what happened at a thing that capitals have: "outside the Deli embassy"."""
        told = draft.part.span
        if OF_A_CAPITAL.search(self.text, told.start, told.end) is None or self._names_elsewhere(draft.part):
            return None
        for sentence in self.sentences[:DATELINE_SENTENCES]:
            m = DATELINE.match(
                self.article.text, sentence.span.start, min(sentence.span.end, sentence.span.start + 110)
            )
            if m is not None or sentence.heading:
                here = self.names.inside(Span(m.start(), m.end()) if m else sentence.span)
                filed = (t for t in here if t.place and t.place.feature_code == "P.PPLC" and self._signs(t, m))
                if (town := next(filed, None)) is not None or m is not None:
                    return town.span if town else None
        return None

    def _signs(self, t: Toponym, dateline: re.Match[str] | None) -> bool:
        """Does a name stand in a dateline, or on a line at the top between a paper or an author and a day: "By A Writer, Oum"?"""
        return dateline is not None or SIGNED.search(self.text, max(0, t.span.start - 80), t.span.start) is not None

    def _home_country(self) -> Span | None:
        """A mention of the country that the story plays in: the one named as a scene ("in Iraq"), not as an actor."""
        scenes: dict[str, int] = {}
        mentions: dict[str, Span] = {}
        for t in self.toponyms:
            if t.place is None or not t.place.country or t.mention.demonym or not in_role_of_scene(self.text, t):
                continue
            wide = t.place.level == "country"
            scenes[t.place.country] = scenes.get(t.place.country, 0) + (2 if wide else 1)
            if wide:
                mentions.setdefault(t.place.country, t.span)
        best = max(scenes, key=lambda c: (scenes[c], c), default="")
        return mentions.get(best) if best and scenes[best] * 2 > sum(scenes.values()) else None
