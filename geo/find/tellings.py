"""One event told over many sentences: which earlier claim a part of a text belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.find.focus import Focus
from geo.find.sites import fineness
from geo.find.story import Draft
from geo.find.words import (
    COUNTED_BY,
    COUNTED_UNTIL,
    COUNTERS,
    DIED_LATER,
    HAPPENED,
    HAPPENED_AT,
    HURT,
    INDEFINITE,
    KILLED,
    LATER_DEATH,
    LAUNCHED,
    LIST_ITEM,
    MONTH_OR_YEAR,
    NOBODY,
    OCCURRED,
    PARTICIPANTS,
    PRONOUN,
    PUT_AT,
    REACH_PARAGRAPHS,
    SCENE_OPENING,
    SITE_FINENESS,
    SPEAKER_WORDS,
    STATED,
    STATED_BESIDE,
    THE_ONES,
    THERE,
)
from geo.model import Span, Toponym
from geo.triggers import VIOLENT, Trigger, kindred

STATED_REACH = 40  # characters before a day, in which stands who told on it
WHERE_CHARACTERS = 160  # between event words and the place that they say


class Tellings(Focus):
    """Decides which parts of a text tell again, or go on with, an event told before."""

    def _antecedent(self, draft: Draft) -> Draft | None:
        """The earlier claim that this one plainly tells again: it points back and adds no day or place of its own."""
        if self._told_at_once(draft) or self._died_of_it(draft) or self._first_of_told(draft):
            return self.drafts[-1]
        if draft.head.trigger.form == "outcome" and self._nobody(draft) and self.topic is not None:
            return self.topic if draft.paragraph - self.topic.last_paragraph <= 1 else None
        if self._new_item(draft):
            return None
        in_general = self._points_back_in_general(draft)
        for earlier in self._recent(draft):
            near = draft.paragraph - earlier.last_paragraph
            if earlier.sentence == draft.sentence or self._out_of_reach(draft, earlier, near):
                continue
            if earlier.heading or not kindred(earlier.head.trigger, self._as_told(draft, earlier)):
                continue
            if in_general or (near <= 1 and self._only_counts(draft)) or self._when_it_was(draft, earlier):
                return earlier
            says_which = draft.definite or draft.head.trigger.form == "outcome" or self._says_hurt(draft)
            if draft.another or (draft.placed_itself and not (says_which and self._shares_place(draft, earlier))):
                continue
            if not self._dated(draft, only_hurt=says_which) and self._points_to(
                draft, near
            ):  # of two days, `fold` says whether they are the same
                return earlier
        return None

    def _when_it_was(self, draft: Draft, earlier: Draft) -> bool:
        """Does the next sentence say when and where those told of were hurt: "officials said Monday. The miners were shot on
        Saturday"?
        """
        if (
            not (draft.dates and earlier.dates)
            or draft.sentence - earlier.sentence != 1
            or not self._only_told(earlier)
        ):
            return False
        opens = THE_ONES.match(self.text, draft.part.span.start)
        known = opens is not None and opens[1] in self.sentences[earlier.sentence].span.of(self.text)
        elsewhere = draft.placed_itself and bool(earlier.places) and self._fine(earlier.places[0])
        known = known or (draft.definite and self._says_where(draft))  # "The attack took place in Oum on Saturday"
        return known and not elsewhere and not self._counted(draft.part.span)

    def _dated(self, draft: Draft, *, only_hurt: bool) -> bool:
        """Has a part a day? One that a heading above the paragraph gives is that of the event told, not of its toll alone."""
        sentence = self.sentences[draft.sentence].span
        return any(draft.scene or not only_hurt or sentence.covers(d) for d in draft.dates)

    def _as_told(self, draft: Draft, earlier: Draft) -> Trigger:
        """A part's trigger; where it only says who was hurt right after what was told, one that fits any violence."""
        trigger = draft.head.trigger
        bare = not (draft.dates or draft.placed_itself) and draft.sentence - earlier.sentence == 1
        violent = earlier.head.trigger.event_type in VIOLENT and "Abduction" not in earlier.head.trigger.sub_event_type
        told = bare and violent and self._says_hurt(draft)
        return replace(trigger, form="outcome", generic=True) if told else trigger

    def _out_of_reach(self, draft: Draft, earlier: Draft, near: int) -> bool:
        """Is an earlier claim, `near` paragraphs before, too far off to be meant? An item of a list tells its own event."""
        if near and self._is_item(draft.paragraph) and not draft.definite:
            return True
        return near > REACH_PARAGRAPHS and not (draft.definite and self._shares_place(draft, earlier))

    def _points_to(self, draft: Draft, near: int) -> bool:
        """Do a part's words point back, `near` paragraphs after what was told, or go on with it?"""
        return draft.definite or (near <= 1 and self._goes_on(draft)) or (near == 0 and not self._introduces(draft))

    def _told_at_once(self, draft: Draft) -> bool:
        """Does a part only say who was hurt by what its sentence has just told?"""
        if not self.drafts or self.drafts[-1].sentence != draft.sentence:
            return False
        own_day = any(draft.part.span.covers(d) for d in draft.dates)
        points_back = draft.definite and draft.head.trigger.generic and draft.part.joint == ";"
        if points_back and not (own_day or draft.placed_itself or self._counted(draft.part.span)):
            return True  # "gunmen killed seven in Oum; the Front claimed the attack"
        own_toll = bool(draft.dates) and draft.part.joint == ";" and self._counted(self.drafts[-1].part.span)
        if draft.head.trigger.form == "outcome" and not (own_day or own_toll):
            elsewhere = draft.placed_itself and not self._shares_place(draft, self.drafts[-1])
            return not elsewhere or not (draft.dates or draft.part.joint == ";")
        if draft.dates:
            return False
        return not draft.placed_itself and self._says_hurt(draft)

    def _died_of_it(self, draft: Draft) -> bool:
        """Does a part tell the later death of one hurt in what its paragraph has just told: "She died the next day"?"""
        last = self.drafts[-1] if self.drafts else None
        if (
            last is None
            or last.last_paragraph != draft.paragraph
            or not (
                LATER_DEATH.match(self.text, draft.part.span.start)
                or DIED_LATER.search(self.text, draft.part.span.start, draft.part.span.end)
            )
        ):
            return False
        elsewhere = draft.placed_itself and not self._shares_place(draft, last)  # "four died in hospital in Oum"
        return draft.head.trigger.form == "outcome" and last.head.trigger.event_type in VIOLENT and not elsewhere

    def _first_of_told(self, draft: Draft) -> bool:
        """Is a part the first of several that its sentence has told as a whole: "two blasts hit the north: one in Oum"?"""
        last = self.drafts[-1] if self.drafts else None
        whole = last is not None and last.sentence == draft.sentence and not last.placed_itself
        return whole and draft.part.joint == ":" and draft.head.trigger.inherits

    def _new_item(self, draft: Draft) -> bool:
        """Does a new item of a list tell its own event, with its own day or place?"""
        opening = self.openings[draft.paragraph]
        mine = self.sentences[draft.sentence].span.start == opening and self._is_item(draft.paragraph)
        return bool(mine and (draft.dates or draft.placed_itself) and not draft.definite)

    def _is_item(self, paragraph: int) -> bool:
        """Is a paragraph an item of a list?"""
        return LIST_ITEM.match(self.text, self.openings[paragraph]) is not None

    def _nobody(self, draft: Draft) -> bool:
        """Do the words say that nobody was hurt?"""
        return NOBODY.search(self.text, draft.part.span.start, draft.head.span.start) is not None

    def _says_hurt(self, draft: Draft) -> bool:
        """Do the event words only say that people were killed or hurt: "were slaughtered"?"""
        begin = max(draft.part.span.start, draft.head.span.start - len("were deliberately "))
        return HURT.search(self.text, begin, draft.head.span.end) is not None

    def _introduces(self, draft: Draft) -> bool:
        """Do the event words stand as new ones: "a strike", "two more bombs", "rebels shelled"?"""
        if draft.head.trigger.form == "outcome" or self._says_hurt(draft):
            return False
        if LAUNCHED.match(self.text, draft.head.span.start):  # "by launching strikes"
            return True
        start, end = draft.part.span.start, draft.head.span.start
        acted = self.actors.touching(Span(start, end + 1))
        return any(start <= a.start for a in acted) or INDEFINITE.search(self.text[start:end]) is not None

    def _recent(self, draft: Draft) -> list[Draft]:
        """The earlier claims: those of this paragraph, of the same type, the one that the story is about, the latest first."""
        rest = [d for d in reversed(self.drafts) if d is not self.topic]
        ordered = [self.topic, *rest] if self.topic else rest
        if draft.head.trigger.says_little:
            return ordered
        mine = draft.head.trigger.sub_event_type
        return sorted(
            ordered, key=lambda d: (d.last_paragraph != draft.paragraph, d.head.trigger.sub_event_type != mine)
        )

    def _points_back_in_general(self, draft: Draft) -> bool:
        """Does a sentence open with "the violence", "the attack" and then say what came of it or what is thought of it?"""
        head, part = draft.head, draft.part
        if not (draft.definite and head.trigger.generic and part.leads):
            return False
        opening = self.text[part.span.start : head.span.start]
        counted = self._counted(part.span)
        days = self.dates.touching(part.span)
        dated = any(d.end <= head.span.start for d in days) or (
            bool(days) and HAPPENED.match(self.text, head.span.end) is not None
        )
        return len(opening.split()) <= 4 and not counted and not dated

    def _says_where(self, draft: Draft) -> bool:
        """Does a place stand right behind the event words: "the raid on Oum", "the attack happened late on Monday near Oum"?"""
        end = draft.head.span.end
        return draft.placed_itself and any(
            end < p.start <= end + WHERE_CHARACTERS and HAPPENED_AT.match(self.text[end : p.start])
            for p in draft.places
        )

    def _only_counts(self, draft: Draft) -> bool:
        """Does a sentence only go on with the toll: "The three were dead when found"?"""
        opening = self.sentences[draft.sentence].span.start
        if draft.head.trigger.form != "outcome":
            return False
        if not draft.placed_itself and self._told_on(draft):
            return True
        if not draft.placed_itself and DIED_LATER.search(self.text, draft.part.span.start, draft.part.span.end):
            return True
        before = self.text[draft.part.span.start : draft.head.span.start]
        if draft.dates and any(draft.part.span.covers(d) for d in draft.dates):
            counters = COUNTERS.match(self.text, opening) or PUT_AT.search(before)
            return PARTICIPANTS.match(self.text, opening) is not None or (
                counters is not None and not draft.placed_itself
            )
        counted = COUNTERS.match(self.text, opening) or COUNTED_BY.search(before)
        return bool(PARTICIPANTS.match(self.text, opening) or (not draft.placed_itself and counted))

    def _told_on(self, draft: Draft) -> bool:
        """Do a part's days say only when its toll was told: "The minister said on Tuesday that 14 had died"?"""
        start = draft.part.span.start
        days = [d for d in draft.dates if draft.part.span.covers(d)]
        days = [d for d in days if not self._counted_until(d, start)]
        if not days:
            return bool(draft.dates) and any(draft.part.span.covers(d) for d in draft.dates)
        told = list(STATED.finditer(self.text, start, draft.head.span.start))
        return all(any(self._day_of(m, d, start) for m in told) for d in days)

    def _counted_until(self, day: Span, start: int) -> bool:
        """Is a day in a part that begins at `start` one up to which was counted: "by Wednesday", "as of 3 May"?"""
        begin = max(start, day.start - len("as of midday on "))
        return any(m.end() >= day.start for m in COUNTED_UNTIL.finditer(self.text, begin, day.end))

    def _day_of(self, verb: re.Match[str], day: Span, opening: int) -> bool:
        """Is a day that of a verb of saying: "said on Tuesday that", "A week later the ministry said that"?"""
        if 0 <= day.start - verb.end() <= STATED_BESIDE:
            return True
        between = self.text[day.end : verb.start()].lstrip(" ,") if day.end <= verb.start() else ","
        leads = day.start - opening <= SCENE_OPENING and len(between.split()) <= SPEAKER_WORDS
        return leads and "," not in between and self.text[verb.end() : verb.end() + 1] != ","

    def _shares_place(self, draft: Draft, earlier: Draft) -> bool:
        mine = {self.place_ids.get(span) for span in draft.places}
        return not set(draft.places).isdisjoint(earlier.places) or any(
            self.place_ids.get(span) in mine for span in earlier.places if span in self.place_ids
        )

    def _goes_on(self, draft: Draft) -> bool:
        """Does the part go on with the story: a bare toll, or verbs of "he", "they", "the attackers"?"""
        if draft.head.trigger.form == "outcome":
            return True
        before = self.text[draft.part.span.start : draft.head.span.start]
        if INDEFINITE.search(before):
            return False
        opening = draft.part.span.start + len(before) - len(before.lstrip(" \"'“‘"))
        there = not draft.placed_itself and THERE.search(self.text, draft.part.span.start, draft.part.span.end)
        return bool(there or PRONOUN.match(self.text, opening) or PARTICIPANTS.match(self.text, opening))

    def _tell_again(self, earlier: Draft, draft: Draft) -> None:
        earlier.passages += [p for p in draft.passages if p not in earlier.passages]
        earlier.tolls += draft.tolls
        burnt = earlier.head.trigger.sub_event_type == "Looting/property destruction"
        if (
            burnt
            and (draft.head.trigger.form == "outcome" or self._says_hurt(draft))
            and KILLED.search(draft.head.span.of(self.text))
        ):
            earlier.head = replace(earlier.head, trigger=replace(earlier.head.trigger, sub_event_type="Attack"))
        earlier.last_paragraph = draft.paragraph
        self.topic = earlier
        if self._points_back_in_general(draft):
            day = not any(MONTH_OR_YEAR.fullmatch(d.of(self.text)) for d in draft.dates)
            same_days = not draft.dates or (day and self._only_told(earlier))
            if same_days and self._says_where(draft) and not (earlier.places and self._fine(earlier.places[0])):
                earlier.places = (*draft.places, *earlier.places)
                self._date(earlier, draft.dates)
            return
        earlier.hedges = tuple(dict.fromkeys((*earlier.hedges, *draft.hedges)))
        self._date(earlier, draft.dates)
        if not (earlier.places and self._fine(earlier.places[0])) and draft.places:
            earlier.places = (*draft.places, *earlier.places)
        stronger = draft.head.trigger.weight > earlier.head.trigger.weight
        if stronger and earlier.head.trigger.generic and not draft.head.trigger.generic:
            earlier.head = replace(earlier.head, trigger=draft.head.trigger)

    def _date(self, earlier: Draft, days: tuple[Span, ...]) -> None:
        """Give an earlier claim the days that it is told again with, where it had none but that on which somebody told it."""
        if days and self._only_told(earlier):
            earlier.dates = days

    def _only_told(self, draft: Draft) -> bool:
        """Has a claim no day but that on which somebody told it: "..., officials said on Tuesday"?"""
        start = self.sentences[draft.sentence].span.start
        return all(
            any(
                self._day_of(m, d, start)
                for m in STATED.finditer(self.text, max(start, d.start - STATED_REACH), d.start)
            )
            for d in draft.dates
        )

    def _counts_on(self, i: int, names: Sequence[Toponym], counted: Sequence[Span]) -> bool:
        """Does a sentence give a toll and neither day nor place, so that it is that of what the paragraph before told?"""
        hurt = any(span in self.harmed for span in counted)
        placed = any(not (t.mention.demonym or t.mention.metonym) for t in names)
        return hurt and not placed and not any(d not in self.no_days for d in self.dates.inside(self.sentences[i].span))

    def _go_on(self, i: int, names: Sequence[Toponym], counted: Sequence[Span]) -> None:
        """Give a sentence without event words of its own to the claim that it goes on about, if there is one."""
        if self.topic is None or self.sentences[i].heading:
            return
        last = self.topic
        sentence = self.sentences[i]
        gap = sentence.paragraph - last.last_paragraph
        about_it = PARTICIPANTS.match(self.text, sentence.span.start) is not None
        beside = gap == 1 and not self._is_item(sentence.paragraph) and (about_it or self._counts_on(i, names, counted))
        if not (gap == 0 and (counted or about_it)) and not beside:
            return
        last.passages.append(sentence.span)
        last.last_paragraph = sentence.paragraph
        if counted:
            last.tolls.append(sentence.span)
        spots = [t for t in names if not t.mention.demonym and not t.mention.metonym and fineness(t) >= SITE_FINENESS]
        if about_it and spots and not (last.places and self._fine(last.places[0])):
            last.places = (*last.places, *(t.span for t in spots))
        if about_it and OCCURRED.match(self.text, sentence.span.start):
            self._date(last, tuple(d for d in self.dates.inside(sentence.span) if d not in self.no_days))
