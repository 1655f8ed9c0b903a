"""The draft of a claim: its type, places and days, by its own words, its label's, or those that it points back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.find.kinds import Kinds
from geo.find.parts import BACKWARD, Part
from geo.find.sites import fineness, placed, within_town
from geo.find.story import Draft, Scene
from geo.find.words import (
    AGAIN,
    ANOTHER,
    ANOTHER_EVENT,
    ANSWERED,
    ANSWERS,
    CAME_AFTER,
    ELLIPTIC_TOKENS,
    ELSEWHERE,
    HANDED_IN,
    LATER_ON,
    MONTH_OR_YEAR,
    MORE,
    OF_ITS_SITES,
    PARTICIPANTS,
    POINTED_PLACE,
    REMOTE,
    SCENE_OPENING,
    SCENE_REACH,
    SECOND_BLOW,
    SITE_FINENESS,
    STARTED_AFTER,
    STATEMENT,
    TOWN_WORDS,
)
from geo.model import Span, Toponym
from geo.triggers import Head

FRONTED_CHARACTERS = 40  # from the head of a sentence to words such as "two days after" that date its main clause
DAY_GAP = 2  # characters between the words of one day
IN_THAT_TOWN = 40  # characters behind a name in which "of that town", "in the same city" belongs to it


class Drafts(Kinds):
    """Makes the draft of a claim from a part of a sentence."""

    def _draft(self, i: int, part: Part, head: Head) -> Draft:
        sentence = self.sentences[i]
        told = self._own_words(part, head, self._after_dateline(sentence, part.span))
        groups = placed(self.text, told, head.span, self.names.inside(told))
        days = tuple(self.dates.touching(told))
        counted = self._fronted(i, part, days)
        days = (counted, *days) if counted else days
        fixed = [d for d in days if d not in self.no_days]
        definite = self._definite(part, head)
        if definite and (before := STARTED_AFTER.match(self.text, head.span.end, told.end)):
            days = tuple(d for d in days if d.start < before.end())
            fixed = [d for d in fixed if d in days]
        scene = None if fixed or definite else self._scene_of(i, part)
        if scene:
            days, fixed = scene.days, [*scene.days]
            groups = groups or placed(self.text, scene.span, scene.span, self.names.inside(scene.span))[:1]
        spots, label_days = self._labelled(sentence.paragraph)
        last = self.drafts[-1] if self.drafts else None
        if last and last.paragraph == sentence.paragraph and last.dates and not set(label_days) & set(last.dates):
            label_days = ()  # its paragraph has told another day since
        places = self._with_town(part, groups[0]) if groups else ()
        own = bool(places) and self._fine(places[0])
        pointed = None if own else self._pointed_place(part)
        vague = bool(days) and all(
            MONTH_OR_YEAR.fullmatch(d.of(self.text)) for d in days
        )  # "in January" leads elsewhere
        no_scene = not groups and self._of_no_scene(part, sentence.paragraph)
        here = None if groups or vague or no_scene else self._here(sentence.paragraph, part)
        if spots:
            loose = bool(places) and self._in_some_town(part, places[0])
            # a label's town is no container of another town, but of a hotel that nobody knows
            wide = tuple(s for s in spots if loose or not self._fine(s))
            # a heading yields to what the text below it says; a lead-in on the same line does not
            yields = own or pointed or (here is not None and here.start > max(s.start for s in spots))
            places = (*places, *wide) if yields else (*spots, *places)
        draft = Draft(
            part,
            head,
            i,
            sentence.paragraph,
            places,
            days if fixed else (*label_days, *days),
            [part.span],
            [sentence.span],
            placed_itself=any(self._fine(g[0]) for g in groups)
            or (head.trigger.form == "outcome" and any(self._divides(g[0]) for g in groups)),
            definite=definite,
            another=counted is not None
            or self._one_more_event(part, head)
            or head.trigger.inherits
            or ANSWERED.search(self.text[part.span.start : head.span.start]) is not None
            or ANSWERS.match(part.joint) is not None
            or MORE.search(head.span.of(self.text)) is not None
            or (part.leads and ELSEWHERE.match(self.text, part.span.start) is not None)
            or self._later_on(part, head, definite=definite)
            or AGAIN.search(self.text, part.span.start, part.span.end) is not None,
        )
        draft.last_paragraph = sentence.paragraph
        if scene:
            draft.scene = scene.span
            draft.passages.insert(0, scene.span)
        draft.head = self._typed(draft, part, head, places)
        if len(groups) > 1:
            self.groups += 1
            draft.group = self.groups
            draft.extra_places = [g[0] for g in groups[1:]]
            if own_days := _own_days([g[0] for g in groups], fixed):
                draft.dates, *draft.extra_dates = own_days
        draft.implied_place = pointed
        if not groups:
            land, draft.abroad = self._lands_of_its_teller(part) if no_scene else (None, None)
            draft.here = (
                self._whose_sites(told)
                or land
                or (here if not draft.another or self._follows_at_once(part, here) else None)
            )
        self._share_day(draft, counted)
        return draft

    def _follows_at_once(self, part: Part, here: Span | None) -> bool:
        """Is it the second blow at a scene just told in its paragraph: "A missile hit a flat in Oum. A second strike killed three."?"""
        near = here is not None and here.start >= self.openings_of(part)
        return near and SECOND_BLOW.search(self.text, part.span.start, part.span.end) is not None

    def _in_some_town(self, part: Part, span: Span) -> bool:
        """Is a name a street, mosque or hotel that no source knows?"""
        named = (t for t in self.names.inside(part.span) if t.span == span)
        return any(t.place is None and within_town(self.text, t) for t in named)

    def _one_more_event(self, part: Part, head: Head) -> bool:
        """Do the words before the event words set it apart from what was told: "another raid", "in a second attack six died"?"""
        before = self.text[part.span.start : head.span.start]
        return (ANOTHER_EVENT if head.trigger.form == "outcome" else ANOTHER).search(before) is not None

    def _later_on(self, part: Part, head: Head, *, definite: bool) -> bool:
        """Is it told as what struck after a while: "Hours later a missile hit the hospital", but not "hours later six were dead"?"""
        deed = not definite and head.trigger.form != "outcome"
        return deed and LATER_ON.match(self.text, part.span.start) is not None

    def _share_day(self, draft: Draft, counted: Span | None) -> None:
        """Say which earlier claim's day a draft shares or counts from, where its own words leave that open."""
        part = draft.part
        if counted:
            self._count_from_before(draft, counted)
        elif not any(d not in self.no_days for d in draft.dates):
            draft.same_day_as = self._pointed_day(draft) if draft.definite else self._same_day(part, draft.paragraph)
        elif (
            self.drafts
            and self.drafts[-1].sentence == draft.sentence
            and any(d.start - 3 <= part.span.start <= d.end for d in draft.dates)
        ):
            draft.same_day_as = len(self.drafts) - 1  # "two days after": counted from the claim before it
            last = self.drafts[-1]
            last.dates = tuple(d for d in last.dates if d not in draft.dates) or last.dates

    def _fronted(self, i: int, part: Part, days: Sequence[Span]) -> Span | None:
        """The words at the head of the sentence that date this part by the event told before it: "Two days after the raid, ..."."""
        last = self.drafts[-1] if self.drafts else None
        if (
            part.leads
            or (part.joint == ";" and last is not None and not self._counted(last.part.span))
            or last is None
            or last.sentence != i
            or any(d not in self.no_days for d in days)
        ):
            return None
        opening = self.sentences[i].span.start
        fronted = (d for d in self.dates.inside(last.part.span) if d in self.from_events)
        return next(
            (d for d in fronted if d.start - opening < FRONTED_CHARACTERS and d.end <= last.head.span.start), None
        )

    def _count_from_before(self, draft: Draft, counted: Span) -> None:
        """Let a draft count its day from the event before it, whose own words the counting is not."""
        draft.same_day_as = len(self.drafts) - 1
        last = self.drafts[-1]
        last.dates = tuple(d for d in last.dates if d != counted)

    def _sets_scene(self, i: int) -> bool:
        """Keep a sentence that only says when, and perhaps where, for what the next one tells; False where it says neither."""
        sentence = self.sentences[i]
        days = [d for d in self.dates.inside(sentence.span) if d not in self.no_days]
        days = [d for d in days if not HANDED_IN.match(self.text, d.end)] or days
        if sentence.heading or not days or all(MONTH_OR_YEAR.fullmatch(d.of(self.text)) for d in days):
            return False
        if STATEMENT.search(self.text, sentence.span.start, sentence.span.end) or PARTICIPANTS.match(
            self.text, sentence.span.start
        ):
            return False
        opens = days[0].start - sentence.span.start <= SCENE_OPENING
        if not opens and not any(self._fine(t.span) for t in self.names.inside(sentence.span)):
            return False
        first = [days[0]]
        for day in days[1:]:
            if day.start - first[-1].end <= DAY_GAP:  # "Sunday, the third of May"; what comes later is another day
                first.append(day)
        self.scene = Scene(i, sentence.paragraph, sentence.span, tuple(first))
        return True

    def _scene_of(self, i: int, part: Part) -> Scene | None:
        """The scene that the sentence before set, where this part tells what happened there."""
        scene, sentence = self.scene, self.sentences[i]
        if scene is None or scene.paragraph != sentence.paragraph or not 0 < i - scene.sentence <= SCENE_REACH:
            return None
        if self.drafts and self.drafts[-1].sentence > scene.sentence:
            return None
        return None if PARTICIPANTS.match(self.text, part.span.start) else scene

    def _one_more(self, i: int, names: Sequence[Toponym]) -> Draft | None:
        """Another event of the kind just told, where a sentence only names its day and place: "Deli, 4 May, nine dead"."""
        sentence, topic = self.sentences[i], self.topic
        spots = [t for t in names if self._fine(t.span) and not (t.mention.demonym or t.mention.metonym)]
        if topic is None or not spots or not self.dates.touching(sentence.span) or not self._counted(sentence.span):
            return None
        near = sentence.paragraph - topic.last_paragraph <= 1 and not CAME_AFTER.search(
            self.text, sentence.span.start, sentence.span.end
        )
        trigger = topic.head.trigger
        if not near or trigger.generic or trigger.event_type != REMOTE or len(sentence.tokens) > ELLIPTIC_TOKENS:
            return None
        head = Head(spots[0].span, replace(trigger, form="event"))
        draft = self._draft(i, Part(sentence.span, (head,), "", leads=True), head)
        return draft if draft.placed_itself and not draft.definite else None

    def _whose_sites(self, told: Span) -> Span | None:
        """The people whose bases or soil were hit, where no place is named: "two Iraqi bases"."""
        theirs = (t for t in self.names.inside(told) if t.mention.demonym and OF_ITS_SITES.match(self.text, t.span.end))
        return next((t.span for t in theirs), None)

    def _with_town(self, part: Part, group: tuple[Span, ...]) -> tuple[Span, ...]:
        """A street, market or quarter with the town that the text is in, a nearby village with the scene that it is near."""
        spots = {t.span: t for t in self.names.inside(part.span)}
        scene = spots.get(group[0])
        if scene is None or any(fineness(spots[s]) >= SITE_FINENESS for s in group[1:] if s in spots):
            return group
        pointed = POINTED_PLACE.search(self.text, scene.span.end, min(part.span.end, scene.span.end + IN_THAT_TOWN))
        if pointed and pointed["kind"] in TOWN_WORDS and scene.place is None:  # "the Oum district of that town"
            town = self._pointed_place(
                Part(Span(part.span.start, pointed.end()), part.heads, "", part.leads), scene.span
            )
        elif scene.place is None and scene.mention.relation == "nearby":
            town = self._scene_before(part, scene.span.start, self.openings_of(part)) or self._told_spot()
        else:
            town = self._town_of(part, scene) if within_town(self.text, scene) else None
        return group if town is None or town in group else (group[0], town, *group[1:])

    def _pointed_day(self, draft: Draft) -> int | None:
        """The claim that "the strikes" point back to, whose day they share."""
        told = [(n, d.head.trigger) for n, d in enumerate(self.drafts) if not d.heading]
        mine = draft.head.trigger
        same = [n for n, t in told if t.sub_event_type == mine.sub_event_type] or [
            n for n, t in told if t.event_type == mine.event_type
        ]
        return same[-1] if same else self._same_day(draft.part, draft.paragraph)

    def _same_day(self, part: Part, paragraph: int) -> int | None:
        """The claim whose day this one shares: the one before it in the paragraph, unless it is told as a cause.

        What the sentence before tells as a cause ("struck Oum in retaliation for the attack the day before") is not what
        the story goes on from.
        """
        if not self.drafts or BACKWARD.search(part.joint):
            return None
        n = len(self.drafts) - 1
        while (
            n and BACKWARD.search(self.drafts[n].part.joint) and self.drafts[n - 1].sentence == self.drafts[n].sentence
        ):
            n -= 1
        return n if self.drafts[n].paragraph == paragraph else None

    def _labelled(self, paragraph: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        if self.label and self.label[0] == paragraph:
            return self.label[1], self.label[2]
        return (), ()


def _own_days(places: Sequence[Span], days: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The days of each of several places, empty unless each has its own: "in Oum on 3 March and in Deli on 9 March"."""
    if len(days) < len(places) or list(places) != sorted(places):
        return []
    follow = days[0].start > places[0].start
    out: list[list[Span]] = [[] for _ in places]
    for day in days:
        before = sum(place.start < day.start for place in places)
        at = before - 1 if follow else before
        if not 0 <= at < len(places):
            return []
        out[at].append(day)
    return [tuple(own) for own in out] if all(out) else []
