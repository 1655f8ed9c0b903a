"""Find what an article reports: its text with the marked names, days and tolls -> Claims, and what was dropped and why.

No coordinates and no calendar enter here. A claim is one event at one place; what the text tells again later is left to
`fold`, which knows the days and places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.find.doubts import hedges, reason_to_drop
from geo.find.drafts import Drafts
from geo.find.parts import Part, cut
from geo.find.sides import Acting
from geo.find.sites import fineness
from geo.find.story import Draft, Marked, MarkedDate
from geo.find.words import (
    ANSWERED,
    CRIMES,
    DONE,
    HAD_DONE,
    HEADS_TRIED,
    LABEL_LOOSE_WORDS,
    LABEL_TOKENS,
    MUNITIONS,
    OFTEN_IN_PASSING,
    PAST,
)
from geo.model import Article, Claim, Dropped, Sentence, Span, Toponym
from geo.triggers import Head, Rules, load

FILING_LINES = 6  # at the top of a text, among which stands where and when it was written
CHRONICLE_HEADINGS = 3  # so many days above others are the entries of a chronicle
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NAME_TOKENS = 4  # of a name on a line with its day
OWNS = re.compile(r"-|['’]s\b")  # "It's Oum's third offensive" is no label
AUXILIARY_CHARACTERS = 12  # before event words, in which "was" and "have" stand
EVIDENCE_CHARACTERS = 600  # no longer quote than about two sentences


def claims(
    article: Article,
    sentences: Sequence[Sentence],
    toponyms: Sequence[Toponym],
    dates: Sequence[MarkedDate],
    tolls: Sequence[Marked],
    actors: Sequence[Acting],
    rules: Rules | None = None,
) -> tuple[tuple[Claim, ...], tuple[Dropped, ...]]:
    """Every claim of the article in text order, and everything that looked like one and is none.

    `toponyms`, `dates`, `tolls` and `actors` are what the earlier stages marked in the same text.
    """
    finder = Finder(article, sentences, toponyms, dates, tolls, actors, rules or load())
    finder.read()
    return finder.claims(), tuple(finder.dropped)


class Finder(Drafts):
    """Walks an article sentence by sentence and keeps, folds or drops what it says."""

    def read(self) -> None:
        """Read the article from its first sentence to its last."""
        for i, sentence in enumerate(self.sentences):
            names = self.names.inside(sentence.span)
            counted = self.tolls.touching(sentence.span)
            acting = self.actors.inside(sentence.span), self.armed.inside(sentence.span)
            days = [d for d in self.dates.inside(sentence.span) if d not in self.no_days]
            parts = cut(self.text, sentence.span, self.rules, names, counted, *acting, days)
            if self._is_label(sentence, parts, names):
                continue
            before = len(self.drafts)
            taken = False
            for n, part in enumerate(parts):
                taken |= self._read_part(i, part)
                if n and parts[n - 1].heads[0].trigger.form == "outcome" and part.joint == ";":
                    self._take_up(parts[n - 1].span, before)
            if len(self.drafts) > before and not sentence.heading:
                self.topic = self.drafts[before]
            if not parts and (draft := self._one_more(i, names)):
                self._keep(draft)
                self.topic = draft
            elif len(self.drafts) == before and self._sets_scene(i):
                continue
            elif not taken:
                self._go_on(i, names, counted)

    def _take_up(self, span: Span, before: int) -> None:
        """Give the toll of a part that made no claim to the one that its sentence makes behind a semicolon."""
        mine = self.drafts[before:]
        passed_over = any(d.reason.startswith("in passing") and span.overlaps(d.span) for d in self.dropped[-2:])
        if len(mine) == 1 and passed_over and not (mine[0].part.span.overlaps(span) or mine[0].another):
            mine[0].tolls.insert(0, span)

    def _is_label(self, sentence: Sentence, parts: Sequence[Part], names: Sequence[Toponym]) -> bool:
        """Take a heading or a lead-in such as "(b) Oum, 3 May 2019." as the place and day of what follows it."""
        if not sentence.heading and (parts or len(sentence.tokens) > LABEL_TOKENS):
            return False
        days = tuple(self.dates.inside(sentence.span))
        own = [t for t in names if not (t.mention.demonym or t.mention.metonym or OWNS.match(self.text, t.span.end))]
        if sentence.heading:
            own = [t for t in own if fineness(t) >= 1.0]  # a country in a headline is an actor as often as a place
        spots = tuple(t.span for t in sorted(own, key=fineness, reverse=True))
        if not (spots or days) and (sentence.heading or not self._still_leads_in(sentence)):
            return False
        if sentence.heading:
            if not self._is_filing(sentence):
                self.label = (sentence.paragraph + 1, spots, days)
            return False
        covered = [*days, *(t.span for t in names)]
        loose = sum(
            t.text.isalpha()
            and t.text[0].islower()
            and len(t.text) > 1
            and not any(c.start <= t.start < c.end for c in covered)
            for t in sentence.tokens
        )
        if loose <= LABEL_LOOSE_WORDS:
            self._lead_in(sentence, spots, days)
            return True
        return False

    def _is_filing(self, sentence: Sentence) -> bool:
        """Is a heading the line at the top that says where and when the text was written: "Statement | Oum, 3 May 2019"?"""
        top = self.sentences.index(sentence) < FILING_LINES and YEAR.search(sentence.span.of(self.text)) is not None
        headed = (s for s in self.sentences if s.heading and self.dates.inside(s.span)) if top else ()
        return top and sum(1 for _ in headed) < CHRONICLE_HEADINGS

    def _still_leads_in(self, sentence: Sentence) -> bool:
        """Does a name that nobody knows go on with a lead-in: "May 3, 2019. Oum"?"""
        if self.leads[0] != sentence.paragraph or not self.leads[1]:
            return False
        told = sum(s.paragraph == sentence.paragraph and s.span < sentence.span for s in self.sentences)
        return told > 0 and self.leads == (sentence.paragraph, told) and len(sentence.tokens) <= NAME_TOKENS

    def _lead_in(self, sentence: Sentence, spots: tuple[Span, ...], days: tuple[Span, ...]) -> None:
        """Keep a lead-in for the rest of its paragraph; where nothing else stands in that, for the next: "May 3, 2019. Oum"."""
        paragraph = [s for s in self.sentences if s.paragraph == sentence.paragraph]
        at = paragraph.index(sentence)
        goes_on = at > 0 and self.leads == (sentence.paragraph, at)
        if goes_on and self.label is not None:
            spots, days = (*self.label[1], *spots), (*self.label[2], *days)
        told = at + 1 if goes_on or at == 0 else 0
        self.leads = (sentence.paragraph, told)
        above = told == len(paragraph)
        self.label = (sentence.paragraph + above, spots, days)
        if above and days:
            self.topic = None  # a new entry goes on with no other

    def _read_part(self, i: int, part: Part) -> bool:
        """Make of a part a claim, a passage of an earlier one, or a dropped one. False where it says nothing."""
        usable = [h for h in part.heads if not h.trigger.passage_only]
        if not usable:
            return self._doubt_mention(i, part)
        if '"' in part.span.of(self.text) or "“" in part.span.of(self.text):
            told = [h for h in usable if not self._in_title(h)]
            if not told:
                self._drop(part.span, "not told as a fact: a title", usable[0].span)
                return False
            usable = told
        head = usable[0]
        if not head.trigger.sub_event_type:
            if any(
                h.trigger.form == "event" and not h.trigger.generic and h.trigger.weight >= head.trigger.yields
                for h in part.heads
            ):
                head = next(h for h in part.heads if h.trigger.sub_event_type)
            else:
                self._drop(part.span, head.trigger.reason, head.span)
                return True
        sound = [
            h for h in usable if h.trigger.sub_event_type and not reason_to_drop(self.text, self._setting(i, part, h))
        ]
        if not sound:
            doubt = reason_to_drop(self.text, self._setting(i, part, head))
            self._drop(part.span, doubt[0].reason if doubt else head.trigger.reason, head.span)
            return True
        first_of_each = {h.trigger.id: h for h in reversed(sound)}.values()
        for head in sorted(first_of_each, key=lambda h: -h.trigger.weight)[:HEADS_TRIED]:
            if self._tell(i, part, head):
                return True
        self._drop(part.span, "in passing: no day, place or toll of its own", sound[0].span)
        return True

    def _tell(self, i: int, part: Part, head: Head) -> bool:
        """Take event words as a claim or as a passage of an earlier one; False where they say too little for either."""
        draft = self._draft(i, part, head)
        draft.hedges = hedges(self.text, self._setting(i, part, head))
        draft.heading = self.sentences[i].heading
        if antecedent := self._antecedent(draft):
            self._tell_again(antecedent, draft)
            return True
        if not self._says_enough(draft):
            return False
        self._keep(draft)
        return True

    def _doubt_mention(self, i: int, part: Part) -> bool:
        """Say why words that only mention violence report none of it, where a doubt speaks of them."""
        mention = part.heads[-1]
        doubt = (
            reason_to_drop(self.text, self._setting(i, part, mention)) if mention.trigger.form == "mention" else None
        )
        if doubt:
            self._drop(part.span, doubt[0].reason, mention.span)
        return doubt is not None

    def _says_enough(self, draft: Draft) -> bool:
        """Has the claim a day, a place or a toll, so that it can stand for an incident?"""
        part, trigger = draft.part.span, draft.head.trigger
        counted = self._counted(part)
        fine = any(self._fine(p) for p in draft.places)
        noun = self._is_noun(draft.head)
        before = self.text[part.start : draft.head.span.start]
        in_general = trigger.generic and not (counted or fine) and HAD_DONE.search(before)
        if in_general or (CRIMES.fullmatch(draft.head.span.of(self.text)) and not (counted or draft.dates)):
            return False
        if trigger.form == "outcome":
            return self._hurt(draft, counted=counted, fine=fine)
        if trigger.form == "activity":
            return self._was_done(draft, fine=fine)
        acted = bool(self.actors.inside(part))
        if trigger.generic and noun:
            done = acted and DONE.search(self.text, part.start, part.end)
            return counted or fine or bool(draft.dates) or bool(done)
        if draft.definite:  # "the operation which targeted Oum" says which one is meant, and no more
            return counted or (fine and noun) or bool(draft.dates)
        # "fired a dozen missiles at two bases": one event, though neither day nor place is said
        fired = acted and not (noun or trigger.generic) and MUNITIONS.search(self.text, part.start, part.end)
        answer = (
            acted and self.drafts and ANSWERED.search(before)
        )  # "and the air force replied with strikes on its camps"
        return bool(draft.dates or draft.places or counted or draft.implied_place or fired or answer)

    def _hurt(self, draft: Draft, *, counted: bool, fine: bool) -> bool:
        """Do words that tell only what was done to people say when or where, and that somebody was hurt?"""
        if self._nobody(draft):
            return False
        somewhere = bool(draft.dates or draft.places or draft.implied_place)
        return (counted and somewhere) or (fine and bool(draft.dates))

    def _was_done(self, draft: Draft, *, fine: bool) -> bool:
        """Is a strategic development told as done, with its day or place?"""
        past = PAST.search(self.text, draft.part.span.start, draft.part.span.end) is not None
        if draft.head.trigger.sub_event_type in OFTEN_IN_PASSING:
            return past and bool(draft.dates) and bool(draft.places or self._somebody_did(draft))
        return past and (bool(draft.dates) or fine)

    def _somebody_did(self, draft: Draft) -> bool:
        """Does an actor stand in a part whose event words themselves are in the past: "the group dissolved itself"?"""
        head = draft.head.span
        near = Span(max(draft.part.span.start, head.start - AUXILIARY_CHARACTERS), head.end)
        return bool(self.actors.inside(draft.part.span)) and PAST.search(self.text, near.start, near.end) is not None

    def _keep(self, draft: Draft) -> None:
        self.drafts.append(draft)
        for n, span in enumerate(draft.extra_places):
            self.drafts.append(
                replace(
                    draft,
                    places=(span, *draft.places[1:]),
                    dates=draft.extra_dates[n] if draft.extra_dates else draft.dates,
                    extra_places=[],
                    passages=list(draft.passages),
                    tolls=list(draft.tolls),
                )
            )

    def _drop(self, span: Span, reason: str, head: Span) -> None:
        self.dropped.append(Dropped(self.article.id, _trim(self.article.text, span), reason, head))

    def claims(self) -> tuple[Claim, ...]:
        """Everything that was kept, in the order of the text."""
        home = self._home_country()
        for draft in self.drafts:
            if any(self._fine(p) for p in draft.places):
                draft.implied_place = None  # a later telling named the place
            elif draft.implied_place is None:
                seat = None if draft.places else self._in_dateline(draft)
                told_here = draft.here is not None and draft.here.start >= self.openings[draft.paragraph]
                here = draft.here if told_here or seat is None else None
                draft.implied_place = here or seat or (None if draft.places else home)
        return tuple(self._claim(n, d) for n, d in enumerate(self.drafts))

    def _claim(self, order: int, draft: Draft) -> Claim:
        trigger = draft.head.trigger
        told = draft.part.span
        if draft.scene and told.end - draft.scene.start <= EVIDENCE_CHARACTERS:
            told = Span(draft.scene.start, told.end)
        evidence = _trim(self.article.text, told)
        return Claim(
            article=self.article.id,
            trigger=draft.head.span,
            rule=trigger.id,
            event_type=trigger.event_type,
            sub_event_type=trigger.sub_event_type,
            passages=tuple(dict.fromkeys(draft.passages)),
            evidence=evidence,
            places=tuple(dict.fromkeys(draft.places)),
            dates=draft.dates,
            tolls=tuple(dict.fromkeys(draft.tolls)),
            implied_place=draft.implied_place,
            same_day_as=draft.same_day_as,
            group=draft.group,
            hedges=draft.hedges,
            order=order,
            another=draft.another,
            definite=draft.definite,
            heading=draft.heading,
            abroad=draft.abroad,
        )


def _trim(text: str, span: Span) -> Span:
    """The span without white space at its ends, and no longer than a quote may be."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" ,;:\u00a0\n\t"))
    end = span.start + len(words.rstrip(" ,;\u00a0\n\t"))
    return Span(start, min(max(end, start + 1), start + EVIDENCE_CHARACTERS))
