"""Find what an article reports: its text with the marked names, days and tolls -> Claims, and what was dropped and why.

No coordinates and no calendar enter here. A claim is one event at one place; what the text tells again later is left to
`fold`, which knows the days and places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from geo.doubts import Setting, hedges, reason_to_drop
from geo.model import Article, Claim, Dropped, Hedge, Sentence, Span, Toponym
from geo.parts import BACKWARD, Part, cut, fineness, in_role_of_scene, placed
from geo.triggers import Head, Rules, load, lower

EVIDENCE_CHARACTERS = 600  # no longer quote than about two sentences
DEFINITE = re.compile(r"(?:^|\W)(?:the|this|that|these|those|such|its|their|his|her|both|\w+'s|\w+s')\s+(?:(?:[\w-]+\s+){0,3})$")
POINTS_BACK = re.compile(r"(?:the|this|that|these|those|such|it|its|they|their|he|his|she|her|both|neither|all)\b")
ANOTHER = re.compile(r"\b(?:another|a (?:second|third|fourth|further|separate|similar|new)|one more|the (?:second|third|next))\s+(?:[\w-]+\s+){0,3}$")
AGAIN = re.compile(r"\b(?:again|once more|for (?:a|the) (?:second|third) time)\b")
PARTICIPANTS = re.compile(
    r"\W*(?:the|all|both|two of the|three of the|most of the|one of the|some of the|among the)\s+(?:\w+\s+){0,2}?(?:attackers?|assailants?|gunm[ae]n|bombers?|militants|raiders|"
    r"blasts?|explosions?|dead|wounded|injured|victims?|killed|attack|strikes?|raid|assault|toll|figure|count|bodies|missiles?|rockets?|drones?|shells?|clash(?:es)?|fighting|"
    r"deaths?|casualties|survivors|hostages|captives|abductees|students|reporters|men|women|three|two|four|five|bomb|device|vehicle|truck|car|militia|soldiers|operation|ambush|massacre|incident|violence)\b"
)
POINTED_PLACE = re.compile(
    r"\b(?:the same|that same|this|that|the)\s+(?:\w+\s+){0,2}?(?P<kind>city|town|village|square|district|area|province|region|capital|airport|base|hospital|camp|market|neighbou?rhood|port|island|governorate|settlement|place|crossroads|junction|street|road|bridge|church|school|prison|station)\b"
)
DATELINE = re.compile(
    r"\W*(?:[A-Z][A-Z'’.-]{2,}(?:[ -][A-Z'’.-]{2,})*|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}(?=, | \())[^\n.;:]{0,60}?(?:\([^)\n]{2,40}\)\s*)?\s*(?:--|[-–—])\s"
)
DONE = re.compile(r"\b(?:launched|carried out|conducted|responded (?:with|by)|retaliated (?:with|by)|mounted|staged|unleashed|undertook|came under)\b")
TOWN_WORDS = frozenset({"city", "town", "village", "capital", "settlement", "port"})
INDEFINITE = re.compile(r"\b(?:a|an|another|several|two|three|four|five|six|\d+|new|fresh|further)\s+(?:[\w-]+\s+){0,4}$")
AFTER_THE_EVENT = re.compile(
    r",\s+(?!which|killing|wounding|injuring|leaving|destroying|where|who|including|in\b|on\b|at\b|near\b|according|when|causing|but|and\b)"
)
SITE_FINENESS = 1.8  # a district or finer: `parts.fineness`
INHERITED_PARAGRAPHS = 3  # how far on a toll of its own place still belongs to the event told before
REACH_PARAGRAPHS = 6  # "the attack" with no place points no farther back
TELLING_WEIGHT = 45  # a weaker rule says no more than that people were hit: its type tells nothing
NOUNS_IN_ED = frozenset({"bloodshed"})
STRUCK = frozenset({"shot", "struck", "hit", "killed", "died", "blew"})
HEADS_TRIED = 3  # event words of one part, strongest first
LABEL_LOOSE_WORDS = 2  # words of a label beside its places and days: "near", "province"
COUNTERS = re.compile(
    r"\W*(?:the |a |an |later |local |health |by \w+ |preliminary |first )*(?:officials?|police|ministr(?:y|ies)|rescuers?|medics?|doctors?|authorities|government|"
    r"hospitals?|un|united nations|residents|witnesses|aid workers|rights groups?|inquiry|reports?|death toll|toll|count|morgue|red cross|red crescent)\b"
)
THERE = re.compile(r"\bthere\b(?! (?:was|were|is|are|had|has|have|will))")
HAD_DONE = re.compile(r"\b(?:that|who|which)\s+(?:had|have|has)\s+(?:\w+\s+)?$")  # "the groups that had attacked troops"
PRONOUN = re.compile(r"\W*(?:it|they|he|she|this|these|those|both|neither|all|none|nobody)\b")
VERB = re.compile(r"\w+ed|\w+ing|shot|struck|hit|fell|tore|blew|took|taken|fought|fled|set|burst|stole|drove|held|shook|left|lost|died|dies")
LABEL_TOKENS = 12  # a longer sentence without event words is prose, not a label
VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians", "Riots", "Protests"})


class Marked(Protocol):
    """Words that an earlier stage marked."""

    @property
    def span(self) -> Span: ...


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
    same_day_as: int | None = None
    group: int | None = None
    definite: bool = False
    another: bool = False
    heading: bool = False
    hedges: tuple[tuple[Hedge, Span], ...] = ()
    placed_itself: bool = False  # by its own words, not a label's
    extra_places: list[Span] = field(default_factory=list)
    last_paragraph: int = 0


def claims(
    article: Article, sentences: Sequence[Sentence], toponyms: Sequence[Toponym], dates: Sequence[Marked],
    tolls: Sequence[Marked], actors: Sequence[Marked], rules: Rules | None = None,
) -> tuple[tuple[Claim, ...], tuple[Dropped, ...]]:
    """Every claim of the article in text order, and everything that looked like one and is none.

    `toponyms`, `dates`, `tolls` and `actors` are what the earlier stages marked in the same text.
    """
    finder = _Finder(article, sentences, toponyms, dates, tolls, actors, rules or load())
    finder.read()
    return finder.claims(), tuple(finder.dropped)


class _Finder:
    """Walks an article sentence by sentence and keeps what the story is about."""

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], toponyms: Sequence[Toponym], dates: Sequence[Marked],
        tolls: Sequence[Marked], actors: Sequence[Marked], rules: Rules,
    ) -> None:
        self.article, self.sentences, self.rules = article, sentences, rules
        self.text = lower(article.text)
        self.toponyms = sorted((t for t in toponyms if self._is_place(t, actors)), key=lambda t: t.span)
        self.dates = [d.span for d in dates]
        self.tolls = [t.span for t in tolls]
        self.actors = [a.span for a in actors]
        self.drafts: list[Draft] = []
        self.dropped: list[Dropped] = [Dropped(article.id, out.span, out.reason) for out in article.left_out]
        self.label: tuple[int, tuple[Span, ...], tuple[Span, ...]] | None = None  # paragraph, places, dates
        self.groups = 0
        self.topic: Draft | None = None  # the claim that the story goes on about

    @staticmethod
    def _is_place(toponym: Toponym, actors: Sequence[Marked]) -> bool:
        """Is a name a place or people of one here, and not part of an actor's name or a base that a country keeps?"""
        if toponym.mention.demonym:
            return True
        if toponym.mention.type_word and toponym.place is not None and toponym.place.level == "country":
            return False
        return not any(a.span.covers(toponym.span) and a.span != toponym.span for a in actors)

    def read(self) -> None:
        for i, sentence in enumerate(self.sentences):
            names = [t for t in self.toponyms if sentence.span.covers(t.span)]
            counted = [t for t in self.tolls if sentence.span.overlaps(t)]
            parts = cut(self.text, sentence.span, self.rules, names, counted, self.actors)
            if self._is_label(sentence, parts, names):
                continue
            before = len(self.drafts)
            taken = False
            for part in parts:
                taken |= self._read_part(i, part)
            if len(self.drafts) > before and not sentence.heading:
                self.topic = self.drafts[before]
            if not taken:
                self._go_on(i, names, counted)

    # ------------------------------------------------------------------------------------------- labels

    def _is_label(self, sentence: Sentence, parts: Sequence[Part], names: Sequence[Toponym]) -> bool:
        """Take a heading or a lead-in such as "(b) Oum, 3 May 2019." as the place and day of what follows it."""
        days = tuple(d for d in self.dates if sentence.span.covers(d))
        own = [t for t in names if not (t.mention.demonym or t.mention.metonym or self.text[t.span.end : t.span.end + 1] == "-")]
        if sentence.heading:
            own = [t for t in own if fineness(t) >= 1.0]  # a country in a headline is an actor as often as a place
        spots = tuple(t.span for t in sorted(own, key=fineness, reverse=True))
        short = len(sentence.tokens) <= LABEL_TOKENS
        if not (spots or days):
            return False
        if sentence.heading:
            self.label = (sentence.paragraph + 1, spots, days)
            return False
        covered = [*days, *(t.span for t in names)]
        loose = sum(t.text.isalpha() and len(t.text) > 1 and not any(c.start <= t.start < c.end for c in covered) for t in sentence.tokens)
        if short and not parts and loose <= LABEL_LOOSE_WORDS:
            self.label = (sentence.paragraph, spots, days)
            return True
        return False

    def _labelled(self, paragraph: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        if self.label and self.label[0] == paragraph:
            return self.label[1], self.label[2]
        return (), ()

    # ------------------------------------------------------------------------------------------- events

    def _read_part(self, i: int, part: Part) -> bool:
        """Make of a part a claim, a passage of an earlier one, or a dropped one. False where it says nothing."""
        sentence = self.sentences[i]
        usable = [h for h in part.heads if not h.trigger.passage_only]
        if not usable:
            return self._doubt_mention(i, part)
        head = usable[0]
        if not head.trigger.sub_event_type:
            if any(h.trigger.form == "event" and not h.trigger.generic and h.trigger.weight >= 80 for h in part.heads):
                head = next(h for h in part.heads if h.trigger.sub_event_type)
            else:
                self._drop(part.span, head.trigger.reason, head.span)
                return False
        sound = [h for h in usable if h.trigger.sub_event_type and not reason_to_drop(self.text, self._setting(i, part, h))]
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

    def _is_noun(self, head: Head) -> bool:
        """Do the event words name the event ("the shelling") rather than tell it ("shells hit")?"""
        words = re.findall(r"[\w'-]+", head.span.of(self.text))
        if len(words) == 1:
            return words[0] not in STRUCK and (words[0] in NOUNS_IN_ED or not words[0].endswith("ed"))
        return not any(VERB.fullmatch(w) for w in words)

    def _doubt_mention(self, i: int, part: Part) -> bool:
        """Say why words that only mention violence report none of it, where a doubt speaks of them."""
        mention = part.heads[-1]
        doubt = reason_to_drop(self.text, self._setting(i, part, mention)) if mention.trigger.form == "mention" else None
        if doubt:
            self._drop(part.span, doubt[0].reason, mention.span)
        return doubt is not None

    def _setting(self, i: int, part: Part, head: Head) -> Setting:
        sentence = self.sentences[i]
        following = self.sentences[i + 1] if i + 1 < len(self.sentences) else None
        after = following.span if following and following.paragraph == sentence.paragraph else None
        noun = self._is_noun(head)
        counted = any(part.span.overlaps(t) for t in self.tolls)
        exact = any(part.span.covers(t.span) and fineness(t) >= SITE_FINENESS and not t.mention.demonym for t in self.toponyms)
        return Setting(head.span, part.span, sentence.span, after, head.trigger.form, noun, told=counted and exact)

    def _draft(self, i: int, part: Part, head: Head) -> Draft:
        sentence = self.sentences[i]
        told = self._own_words(part, head, self._after_dateline(sentence, part.span))
        groups = placed(self.text, told, head.span, self.toponyms)
        days = tuple(d for d in self.dates if told.overlaps(d))
        spots, label_days = self._labelled(sentence.paragraph)
        places = groups[0] if groups else ()
        if spots:
            places = (*places, *spots) if places and self._fine(places[0]) else (*spots, *places)
        draft = Draft(
            part, head, i, sentence.paragraph, places, days or label_days,
            [part.span], [sentence.span], placed_itself=any(self._fine(g[0]) for g in groups), definite=self._definite(part, head),
            another=ANOTHER.search(self.text[part.span.start : head.span.start]) is not None
            or AGAIN.search(self.text, part.span.start, part.span.end) is not None,
        )
        draft.last_paragraph = sentence.paragraph
        if head.trigger.form == "outcome" and (told_before := self._whole(draft)):
            draft.head = replace(head, trigger=replace(told_before.head.trigger, form="outcome"))
        if head.trigger.inherits and self.topic is not None:
            draft.head = replace(head, trigger=replace(head.trigger, sub_event_type=self.topic.head.trigger.sub_event_type))
        if head.trigger.foreign and self._abroad(part, head, places):
            draft.head = replace(head, trigger=replace(head.trigger, sub_event_type=head.trigger.foreign))
        if len(groups) > 1:
            self.groups += 1
            draft.group = self.groups
            draft.extra_places = [g[0] for g in groups[1:]]
        if not (places and self._fine(places[0])):
            draft.implied_place = self._pointed_place(part)
        if not draft.dates:
            draft.same_day_as = self._pointed_day(draft) if draft.definite else self._same_day(part, sentence.paragraph)
        elif self.drafts and self.drafts[-1].sentence == i and any(d.start - 3 <= part.span.start <= d.end for d in days):
            draft.same_day_as = len(self.drafts) - 1  # "two days after": counted from the claim before it
            last = self.drafts[-1]
            last.dates = tuple(d for d in last.dates if d not in days) or last.dates
        return draft

    def _after_dateline(self, sentence: Sentence, part: Span) -> Span:
        """The part without a dateline such as "OUM, May 3 (Agency) -", which says where and when it was written."""
        m = DATELINE.match(self.article.text, sentence.span.start, min(sentence.span.end, sentence.span.start + 110))
        if m is None or not (part.start <= m.start() and m.end() < part.end):
            return part
        own = [t for t in self.toponyms if t.span.start < m.end() and t.span.end > sentence.span.start]
        return Span(m.end(), part.end) if own else part

    def _own_words(self, part: Part, head: Head, told: Span) -> Span:
        """The part up to where its sentence goes back to its subject: "after the strike on Oum, a new group appeared in May"."""
        if not BACKWARD.search(part.joint):
            return told
        m = AFTER_THE_EVENT.search(self.text, head.span.end, told.end)
        return Span(told.start, m.start()) if m else told

    def _fine(self, span: Span) -> bool:
        return any(t.span == span and fineness(t) >= SITE_FINENESS for t in self.toponyms)

    def _definite(self, part: Part, head: Head) -> bool:
        """Do the event words point back ("the attack", "Thursday's strikes")?"""
        if head.trigger.form != "event" or not self._is_noun(head):
            return False
        before = self.text[part.span.start : head.span.start]
        words = head.span.of(self.text)
        return DEFINITE.search(before) is not None or POINTS_BACK.match(words) is not None

    def _whole(self, draft: Draft) -> Draft | None:
        """The event whose toll at one more place a sentence gives: "Two were killed in Oum, it said"."""
        topic = self.topic
        if topic is None or draft.dates or not draft.placed_itself or topic.head.trigger.generic:
            return None
        near = draft.paragraph - topic.last_paragraph <= INHERITED_PARAGRAPHS
        return topic if near and topic.head.trigger.event_type in VIOLENT else None

    def _abroad(self, part: Part, head: Head, places: Sequence[Span]) -> bool:
        """Is the army that acts another country's than the place's ("Russian troops captured the city of ...")?"""
        near = [t for t in self.toponyms if t.mention.demonym and t.place and part.span.start <= t.span.start < head.span.end]
        spots = [t.place.country for t in self.toponyms if t.place and t.span in places]
        return bool(near and spots) and near[-1].place is not None and near[-1].place.country not in spots

    def _pointed_place(self, part: Part) -> Span | None:
        """The last place named before that "the same square" or "the capital" may mean."""
        m = POINTED_PLACE.search(self.text, part.span.start, part.span.end)
        if not m:
            return None
        named = [t for t in self.toponyms if t.span.end <= m.start() and m["kind"] in t.span.of(self.text) and not t.mention.demonym]
        if named:
            return named[-1].span
        wanted = (1.0, 1.9) if m["kind"] in ("province", "region", "governorate", "district", "island") else (1.9, 4.0)
        if m["kind"] not in TOWN_WORDS and wanted[0] > 1.0:
            return self.topic.places[0] if self.topic and self.topic.places and "same" in m.group() else None
        earlier = [
            t for t in self.toponyms
            if t.span.end <= m.start() and wanted[0] <= fineness(t) <= wanted[1] and not t.mention.demonym
        ]
        return earlier[-1].span if earlier else None

    def _pointed_day(self, draft: Draft) -> int | None:
        """The claim that "the strikes" point back to, whose day they share."""
        told = [(n, d.head.trigger) for n, d in enumerate(self.drafts) if not d.heading]
        mine = draft.head.trigger
        same = [n for n, t in told if t.sub_event_type == mine.sub_event_type] or [n for n, t in told if t.event_type == mine.event_type]
        return same[-1] if same else self._same_day(draft.part, draft.paragraph)

    def _same_day(self, part: Part, paragraph: int) -> int | None:
        """The claim whose day this one shares: the one before it in the paragraph, unless it is told as a cause."""
        if not self.drafts or BACKWARD.search(part.joint):
            return None
        last = self.drafts[-1]
        return len(self.drafts) - 1 if last.paragraph == paragraph else None

    # ------------------------------------------------------------------------------------------- tellings

    def _antecedent(self, draft: Draft) -> Draft | None:
        """The earlier claim that this one plainly tells again: it points back and adds no day or place of its own."""
        if draft.head.trigger.form == "outcome" and self.drafts and self.drafts[-1].sentence == draft.sentence and not draft.dates:
            return self.drafts[-1]
        in_general = self._points_back_in_general(draft)
        for earlier in self._recent(draft):
            near = draft.paragraph - earlier.last_paragraph
            if earlier.sentence == draft.sentence or (near > REACH_PARAGRAPHS and not (draft.definite and self._shares_place(draft, earlier))):
                continue
            if not kindred(earlier.head, draft.head) or earlier.heading:
                continue
            if in_general or (near <= 1 and self._only_counts(draft)):
                return earlier
            if draft.another or (draft.placed_itself and not (draft.definite and self._shares_place(draft, earlier))):
                continue
            if draft.dates:
                continue  # whether the days are the same is not a question of words: `fold` decides
            if draft.definite or (near <= 1 and self._goes_on(draft)) or (near == 0 and not self._introduces(draft)):
                return earlier
        return None

    def _introduces(self, draft: Draft) -> bool:
        """Do the event words stand as new ones: "a strike", "two more bombs", "rebels shelled"?"""
        if draft.head.trigger.form == "outcome":
            return False
        start, end = draft.part.span.start, draft.head.span.start
        acted = any(start <= a.start and a.end <= end + 1 for a in self.actors)
        return acted or INDEFINITE.search(self.text[start:end]) is not None

    def _recent(self, draft: Draft) -> list[Draft]:
        """The earlier claims: those of this paragraph, of the same type, the one that the story is about, the latest first."""
        rest = [d for d in reversed(self.drafts) if d is not self.topic]
        ordered = [self.topic, *rest] if self.topic else rest
        if draft.head.trigger.weight < TELLING_WEIGHT:
            return ordered
        mine = draft.head.trigger.sub_event_type
        return sorted(ordered, key=lambda d: (d.last_paragraph != draft.paragraph, d.head.trigger.sub_event_type != mine))

    def _points_back_in_general(self, draft: Draft) -> bool:
        """Does a sentence open with "the violence", "the attack" and then say what came of it or what is thought of it?"""
        head, part = draft.head, draft.part
        if not (draft.definite and head.trigger.generic and part.leads):
            return False
        opening = self.text[part.span.start : head.span.start]
        counted = any(part.span.overlaps(t) for t in self.tolls)
        dated = any(d.end <= head.span.start and part.span.overlaps(d) for d in self.dates)
        return len(opening.split()) <= 4 and not counted and not dated

    def _only_counts(self, draft: Draft) -> bool:
        """Does a sentence only go on with the toll: "All three were found dead the following day"?"""
        opening = self.sentences[draft.sentence].span.start
        if draft.head.trigger.form != "outcome":
            return False
        return bool(PARTICIPANTS.match(self.text, opening) or (not draft.placed_itself and COUNTERS.match(self.text, opening)))

    def _shares_place(self, draft: Draft, earlier: Draft) -> bool:
        mine = {t.place.id for t in self.toponyms if t.span in draft.places and t.place}
        theirs = {t.place.id for t in self.toponyms if t.span in earlier.places and t.place}
        return bool(mine & theirs)

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
        earlier.last_paragraph = draft.paragraph
        self.topic = earlier
        if self._points_back_in_general(draft):
            return
        earlier.hedges = tuple(dict.fromkeys((*earlier.hedges, *draft.hedges)))
        if not earlier.dates:
            earlier.dates = draft.dates
        if not (earlier.places and self._fine(earlier.places[0])) and draft.places:
            earlier.places = (*draft.places, *earlier.places)
        stronger = draft.head.trigger.weight > earlier.head.trigger.weight
        if stronger and earlier.head.trigger.generic and not draft.head.trigger.generic:
            earlier.head = replace(earlier.head, trigger=draft.head.trigger)

    def _go_on(self, i: int, names: Sequence[Toponym], counted: Sequence[Span]) -> None:
        """Give a sentence without event words of its own to the claim that it goes on about, if there is one."""
        if self.topic is None or self.sentences[i].heading:
            return
        last = self.topic
        sentence = self.sentences[i]
        gap = sentence.paragraph - last.last_paragraph
        about_it = PARTICIPANTS.match(self.text, sentence.span.start) is not None
        if not (gap == 0 and (counted or about_it)) and not (gap == 1 and about_it):
            return
        last.passages.append(sentence.span)
        last.last_paragraph = sentence.paragraph
        if counted:
            last.tolls.append(sentence.span)
        spots = [t for t in names if not t.mention.demonym and not t.mention.metonym and fineness(t) >= SITE_FINENESS]
        if about_it and spots:
            last.places = (*last.places, *(t.span for t in spots))

    # ------------------------------------------------------------------------------------------- what is kept

    def _says_enough(self, draft: Draft) -> bool:
        """Has the claim a day, a place or a toll, so that it can stand for an incident?"""
        counted = any(draft.part.span.overlaps(t) for t in self.tolls)
        fine = any(self._fine(p) for p in draft.places)
        form = draft.head.trigger.form
        noun = self._setting(draft.sentence, draft.part, draft.head).noun
        if draft.head.trigger.generic and not (counted or fine) and HAD_DONE.search(self.text[draft.part.span.start : draft.head.span.start]):
            return False
        if form == "event" and noun and draft.head.trigger.generic:
            part = draft.part.span
            done = DONE.search(self.text, part.start, part.end) and any(part.covers(a) for a in self.actors)
            return counted or fine or bool(draft.dates) or bool(done)
        if form == "activity":
            strict = draft.head.trigger.sub_event_type in ("Agreement", "Change to group/activity", "Other", "Headquarters or base established")
            done = re.search(r"ed\b|\b(?:was|were|took|held|set|sent|left|withdrew|shot|struck|found)\b", draft.part.span.of(self.text))
            return bool(done) and (bool(draft.dates) and bool(draft.places) if strict else bool(draft.dates) or fine)
        if form == "outcome":
            return (counted and bool(draft.dates or draft.places or draft.implied_place)) or (fine and bool(draft.dates))
        if draft.definite:
            return counted or fine or bool(draft.dates)
        return bool(draft.dates or draft.places or counted or draft.implied_place)

    def _keep(self, draft: Draft) -> None:
        self.drafts.append(draft)
        for span in draft.extra_places:
            self.drafts.append(replace(draft, places=(span, *draft.places[1:]), extra_places=[], passages=list(draft.passages), tolls=list(draft.tolls)))

    def _drop(self, span: Span, reason: str, head: Span) -> None:
        self.dropped.append(Dropped(self.article.id, _trim(self.article.text, span), reason, head))

    def claims(self) -> tuple[Claim, ...]:
        home = self._home_country()
        for draft in self.drafts:
            if not draft.places and draft.implied_place is None:
                draft.implied_place = self._scene(draft) or home
        return tuple(self._claim(n, d) for n, d in enumerate(self.drafts))

    def _scene(self, draft: Draft) -> Span | None:
        """The last exact place that the paragraph names as a scene before the event words."""
        first = min(s.span.start for s in self.sentences if s.paragraph == draft.paragraph)
        earlier = [
            t for t in self.toponyms
            if first <= t.span.start and t.span.end <= draft.head.span.start and fineness(t) >= SITE_FINENESS
            and not t.mention.demonym and t.place is not None and in_role_of_scene(self.text, t)
        ]
        return earlier[-1].span if earlier else None

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

    def _claim(self, order: int, draft: Draft) -> Claim:
        trigger = draft.head.trigger
        evidence = _trim(self.article.text, draft.part.span)
        return Claim(
            article=self.article.id, trigger=draft.head.span, rule=trigger.id, event_type=trigger.event_type,
            sub_event_type=trigger.sub_event_type, passages=tuple(dict.fromkeys(draft.passages)), evidence=evidence,
            places=tuple(dict.fromkeys(draft.places)), dates=draft.dates, tolls=tuple(dict.fromkeys(draft.tolls)),
            implied_place=draft.implied_place,
            same_day_as=draft.same_day_as, group=draft.group, hedges=draft.hedges, order=order, another=draft.another,
            definite=draft.definite, heading=draft.heading,
        )


def kindred(a: Head, b: Head) -> bool:
    """May two heads name one event? The same type, or one of them hardly says more than that something violent happened."""
    one, other = a.trigger, b.trigger
    if one.sub_event_type == other.sub_event_type:
        return True
    if {one.event_type, other.event_type} <= VIOLENT and (one.generic or other.generic):
        return True
    return one.event_type == other.event_type and one.event_type in ("Battles", "Protests", "Riots")


def _trim(text: str, span: Span) -> Span:
    """The span without white space at its ends, and no longer than a quote may be."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" ,;:\u00a0\n\t"))
    end = span.start + len(words.rstrip(" ,;\u00a0\n\t"))
    return Span(start, min(max(end, start + 1), start + EVIDENCE_CHARACTERS))
