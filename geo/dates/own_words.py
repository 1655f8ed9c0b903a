"""The days that a claim's own date words leave open, put together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from geo.dates.cues import cues
from geo.dates.days import with_hours
from geo.dates.moments import DateWords
from geo.dates.shifts import Days, shifted
from geo.dates.story import Told, evaluate
from geo.model import Article, Claim, Span, When, WhenKind

DAY = timedelta(days=1)
BOUND_DAYS = 7  # "by Friday" reaches back this far where the story gives no start
PASSAGE_CHARACTERS = 700
LATELY_DAYS = 10
SPOKEN_DAYS = 2  # news is told within days
SPOKEN_KINDS = frozenset(("day", "weekday", "shift", "same", "monthday"))
SENTENCE_START = re.compile(r"(?:^|[.!?\n”\"]\s*)(?:(?:on|late|early|earlier|but|and)\s+){0,2}$", re.IGNORECASE)
RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|when)\b")
LED_UP = re.compile(
    r"\b(?:ha[ds]|have)\s+(?:not\s+)?(?:been\b|\w+ed\b)[^.;]*$"
)  # "who had waited for two weeks were shot"
BEFORE_LENGTH = re.compile(r"(?:\W*\w+)??\W*\b(?:after|over)\s", re.IGNORECASE)
TENS_CHARACTERS = 16  # "After thirty-two days of": the pattern holds no more than "-two days of"
PRESENT = re.compile(r"\b(?:is|are|remains?|stands?|still)\b[^.;!?\n]*,\s*$")
WHAT_IT_DID = re.compile(r", (?=(?:killing|wounding|injuring|leaving|which|that)\b)")
BY_THE_WAY = ("killing", "wounding", "injuring", "leaving", "which", "when", "where")
APPOSED = re.compile(r"\s*[,(–—-]\s*(?:just\s+|exactly\s+|only\s+)?(?:the\s+|its\s+)?")
# "Twelve days after Alta the air force ...", "A week after Alta, ...": a place stands for what happened there.
PLACE_NAMED = re.compile(
    r"\s+([A-Z][\w’'-]{2,})(?=,|\s+(?:the|an?|its|his|her|their|our|they|he|she|it|we|another|two|three|four)\b)"
)
SPEECH_CHARACTERS = 60  # how far from a date its "said" may stand
NEAR_CHARACTERS = 400  # how far from a claim its speaker may stand
# What decides between two dates of one claim, in characters of distance.
COMMA_COST, SPEECH_COST, BOUND_COST, ANNIVERSARY_COST = 30, 250, 400, 10_000
KIND_RANK = {
    "day": 0,
    "range": 0,
    "monthday": 1,
    "weekday": 2,
    "weekend": 2,
    "same": 2,
    "shift": 2,
    "month": 4,
    "period": 4,
    "past": 4,
    "portion": 5,
    "year": 5,
    "decade": 6,
}


class OwnWords:
    """The date words of one article; `day_of` gives the days of another claim, `named_event` those of an event by its name."""

    def __init__(
        self,
        article: Article,
        told: Sequence[Told],
        published: Days | None,
        day_of: Callable[[int], Days | None],
        named_event: Callable[[DateWords], Days | None],
    ) -> None:
        self.article = article
        self.told = told
        self.starts = [t.words.span.start for t in told]
        self.published = published
        self.spoken: dict[Span, bool] = {}  # of date words, once asked
        self.day_of = day_of
        self.named_event = named_event

    def when(self, claim: Claim) -> When | None:
        """The days of a claim by the words attached to it, or None where it has none or they stay open."""
        under = {t.words.span: t for span in claim.dates for t in self._under(span) if not t.dateline}
        mine = [t for t in under.values() if not self._leads_up(t, list(under.values()), claim)]
        mine = [t for t in mine if not self._only_compares(t, mine)]
        found: list[tuple[Told, Days]] = []
        for told in mine:
            value = self._value(told, claim)
            if value is not None:
                found.append((told, value))
        if not found:
            return self._lasting_alone(mine)
        found = _of_given_year(self._with_years(found))
        best = self._best(found, claim)
        best = self._night_before_told(best, found)
        if not self._spoken(best[0].words):  # "killed six last week, residents said on Monday"
            mine = [t for t in mine if not self._spoken(t.words)]
            found = [(t, value) for t, value in found if not self._spoken(t.words)]
        first, last = best[1]
        kind: WhenKind = "within"
        for told, value in found:
            if told.words.role == "on" and value[0] <= last and first <= value[1]:
                first, last = max(first, value[0]), min(last, value[1])
        if best[0].words.role != "on" or best[0].words.rule.startswith("year-in"):
            bounded = self._bounded(best[0], (first, last))
            if bounded is None:
                return None
            (first, last), kind = bounded
        first, last = self._of_anniversary(mine, best[0], (first, last), claim)
        first, last, kind = self._with_hours(mine, best[0], (first, last), kind)
        first, last, kind = self._with_length(mine, claim, (first, last), kind)
        if best[0].words.last is not None and self._lasting_range(best[0].words, claim):
            kind = "throughout"
        first, last = self._washington(mine, claim, (first, last))
        kind = kind if first < last else "within"
        return When(first, last, kind, tuple(t.words.span for t in mine), best[0].anchor)

    def _night_before_told(self, best: tuple[Told, Days], found: Sequence[tuple[Told, Days]]) -> tuple[Told, Days]:
        """Of "raided Oum overnight, officials said on Sunday": the night before that Sunday, not that before publication."""
        told = [day for t, (first, day) in found if first == day and self._spoken(t.words)]
        if best[0].words.rule != "overnight" or not told or told[0] >= best[1][0]:
            return best
        return best[0], (told[0] - DAY, told[0])

    def _best(self, found: Sequence[tuple[Told, Days]], claim: Claim) -> tuple[Told, Days]:
        """The date words that stand nearest to the event: "have killed six since Monday, residents said on Friday"."""
        best = min(found, key=lambda pair: self._distance(pair[0], claim))
        since = (pair for pair in found if self._since_lately(*pair))
        return next(since, best) if self._spoken(best[0].words) else best

    def _under(self, span: Span) -> Sequence[Told]:
        """The date words that overlap a span, in the order of the text."""
        first = bisect_right(self.starts, span.start)
        if first and self.told[first - 1].words.span.overlaps(span):
            first -= 1
        return self.told[first : bisect_left(self.starts, span.end)]

    def _leads_up(self, told: Told, mine: Sequence[Told], claim: Claim) -> bool:
        """Does "calm came two years after the raid ... in May 2014" date the calm, and the words at its end the raid?"""
        words = told.words
        if words.moment.origin != "event" or words.span.end > claim.trigger.start:
            return False
        if SENTENCE_START.search(self.article.text[max(0, words.span.start - SPEECH_CHARACTERS) : words.span.start]):
            return False
        return any(t.days and t.words.span.start > claim.trigger.end and t.words.moment.year for t in mine)

    def _only_compares(self, told: Told, mine: Sequence[Told]) -> bool:
        """Do words such as "the day after the vote" stand beside a day that is given: "on 3 May, the day after the vote"?"""
        if told.words.moment.kind != "shift" or told.words.moment.origin == "published":
            return False
        given = (t.words for t in mine if t.words.moment.kind == "day" and t.days)
        return any(APPOSED.fullmatch(self.article.text[w.span.end : told.words.span.start]) for w in given)

    def _distance(self, told: Told, claim: Claim) -> int:
        """How far date words stand from what they may date, in characters; more over commas, and for the day of a speech."""
        words, text = told.words, self.article.text
        start, end = sorted((words.span, claim.trigger), key=lambda s: s.start)
        between = text[start.end : end.start]
        if words.rule.startswith("anniversary"):
            return ANNIVERSARY_COST
        cost = len(between) + COMMA_COST * len(re.findall(r"[,;:]", between)) + KIND_RANK.get(words.moment.kind, 9)
        late = words.moment.which == "next" or words.role != "on"  # what is to come, or only a bound
        return cost + (SPEECH_COST if self._spoken(words) else 0) + (BOUND_COST if late else 0)

    def _spoken(self, words: DateWords) -> bool:
        """Is it the day on which something was said? "He said on Monday", "On Monday, he said", "on Monday officially blamed"."""
        if words.span not in self.spoken:
            self.spoken[words.span] = self._stands_beside_speech(words)
        return self.spoken[words.span]

    def _since_lately(self, told: Told, value: Days) -> bool:
        """Do the words say "since Monday", of a day so near that the news itself has gone on since then?"""
        lately = self.published is not None and self.published[1] - value[0] <= LATELY_DAYS * DAY
        return told.words.role == "since" and lately and not self._spoken(told.words)

    def _stands_beside_speech(self, words: DateWords) -> bool:
        text, start, end = self.article.text, words.span.start, words.span.end
        if words.role == "since":
            return False  # "killed six since Monday, residents said"
        if text.startswith(("'s", "’s"), end):
            return False  # "claimed Friday's attack"
        before = text[max(0, start - SPEECH_CHARACTERS) : start]
        if cues().speech_before.search(before) or cues().speech_after.match(text, end):
            return True
        return SENTENCE_START.search(before) is not None and cues().speech_opened.match(text, end) is not None

    def said_only(self, when: When) -> bool:
        """Do all the words behind `when` give the day of a speech and not of what it was about?"""
        behind = [t.words for span in when.words for t in self._under(span) if t.days]
        return bool(behind) and all(self._spoken(w) and w.moment.kind in SPOKEN_KINDS for w in behind)

    def before_speech(self, when: When) -> When:
        """What was told on a day happened on it or in the days before."""
        return replace(when, first=when.first - SPOKEN_DAYS * DAY, anchor=f"told then; {when.anchor}")

    def _value(self, told: Told, claim: Claim) -> Days | None:
        """What date words come to for this claim: counted from the claim it goes on from, where it names one."""
        words = told.words
        if words.moment.kind == "shift" and words.moment.origin == "event":
            return self._around_event(told, claim)
        if claim.same_day_as is not None and (base := self.day_of(claim.same_day_as)):
            anchored = replace(told.before, story=base, named=(base, *told.before.named))
            if (
                words.moment.kind == "same"
                or words.moment.origin == "story"
                or words.moment.which in ("following", "previous", "same")
            ):
                return evaluate(words, anchored)
        return told.days

    def _around_event(self, told: Told, claim: Claim) -> Days | None:
        """Of "two days after the raid": the raid is two days before the sentence's date, the rest two days after the raid's."""
        words = told.words
        named = words.span.end <= claim.trigger.start and self._names(words, claim)
        base = self.day_of(claim.same_day_as) if claim.same_day_as is not None else None
        near = Span(max(0, words.span.start - PASSAGE_CHARACTERS), words.span.end + PASSAGE_CHARACTERS)
        beside = [
            (abs(t.words.span.start - words.span.start), t.days)
            for t in self._under(near)
            if t.days and t.words.sentence == words.sentence and t.words.moment.origin != "event" and not t.dateline
        ]
        own = self._day_within(words, claim) if named else None
        if own:
            return own
        if named and claim.trigger.start - words.span.end < PASSAGE_CHARACTERS:
            base = min(beside)[1] if beside else base or self._now(words) or told.before.story
            back = replace(words.moment, low=-words.moment.high, high=-words.moment.low)
            return with_hours(shifted(base, back), back) if base else None
        base = self.named_event(words) or base or told.before.story
        found = with_hours(shifted(base, words.moment), words.moment) if base else None
        if found and self.published and found[0] > self.published[1]:  # not yet: the words named the earlier event
            back = replace(words.moment, low=-words.moment.high, high=-words.moment.low)
            found = with_hours(shifted(base, back), back) if base else None
        return found

    def _now(self, words: DateWords) -> Days | None:
        """Publication, where the main clause before the words tells the present: "the road is open, a week after ..."."""
        before = self.article.text[max(0, words.span.start - SPEECH_CHARACTERS) : words.span.start]
        return self.published if PRESENT.search(before) else None

    def _day_within(self, words: DateWords, claim: Claim) -> Days | None:
        """The event's own day inside a clause of time: "Two weeks after a bomb killed six on 3 May, nobody is charged"."""
        text = self.article.text
        for told in self._under(Span(claim.trigger.end, claim.trigger.end + PASSAGE_CHARACTERS)):
            day = told.words
            between = text[claim.trigger.end : day.span.start]
            if day.sentence != words.sentence or day.moment.kind not in ("day", "weekday", "monthday"):
                continue
            inside = "," not in WHAT_IT_DID.sub("", between) and text.startswith(",", day.span.end)
            return told.days if inside and not text[day.span.end :].lstrip(", ").startswith(BY_THE_WAY) else None
        return None

    def _names(self, words: DateWords, claim: Claim) -> bool:
        """Is the claim what date words go on to name, and not told after it: "Two days after the raid gunmen shot six"?"""
        text = self.article.text
        between = text[words.span.end : claim.trigger.start]
        if "," in between or PLACE_NAMED.match(text, words.span.end):
            return False
        fronted = SENTENCE_START.search(text[max(0, words.span.start - SPEECH_CHARACTERS) : words.span.start])
        return not (fronted and cues().event.search(between) and not RELATIVE.search(between))

    def _with_years(self, found: list[tuple[Told, Days]]) -> list[tuple[Told, Days]]:
        """Let a year lend itself to a day or month of the same claim that has none."""
        years = [
            t.words.moment.year
            for t, _ in found
            if t.words.moment.kind in ("year", "month", "day") and t.words.moment.year and t.words.role == "on"
        ]
        years += [year for t, _ in found if (year := self._years_ago(t.words)) is not None]
        if not years:
            return found
        out = []
        for told, value in found:
            moment = told.words.moment
            if moment.year is None and moment.kind in ("day", "month") and told.words.last is None:
                dated = replace(told.words, moment=replace(moment, year=years[0]))
                value = evaluate(dated, told.before) or value  # noqa: PLW2901
            out.append((told, value))
        return out

    def _years_ago(self, words: DateWords) -> int | None:
        """The year of "8 June, two years ago"."""
        moment = words.moment
        ago = words.rule == "ago" and moment.unit == "year"
        return self.published[1].year + moment.low if ago and self.published and moment.low == moment.high else None

    def _bounded(self, told: Told, found: Days) -> tuple[Days, WhenKind] | None:
        """The days of "since October", "until Friday", "by Friday", "after Friday": those on the right side of the bound."""
        role, story = told.words.role, told.before.story
        if role == "since" or (role == "after" and self.published):
            end = self.published[1] if self.published else found[1]
            return ((found[0], max(end, found[0])), "throughout" if role == "since" else "within")
        if role == "until":
            start = story[0] if story and story[0] <= found[1] else found[0]
            return (start, found[1]), "throughout"
        if role == "by":
            recent = story and found[1] - BOUND_DAYS * DAY <= story[0] <= found[1]
            return ((story[0] if story and recent else found[0] - BOUND_DAYS * DAY), found[1]), "within"
        if role == "on":
            head = self.article.text[told.words.span.start : told.words.span.start + 10].casefold()
            return found, "throughout" if head == "throughout" else "within"
        return None

    def _of_anniversary(self, mine: list[Told], best: Told, found: Days, claim: Claim) -> Days:
        """The day that an anniversary remembers: so many years before the one that the words name."""
        for told in mine:
            if told.words.rule.startswith("anniversary") and told is not best:
                between = self.article.text[best.words.span.end : told.words.span.start]
                if claim.trigger.end <= best.words.span.start and APPOSED.fullmatch(between):
                    continue  # "they shot him on Monday, the eighth anniversary of the raid"
                dated = best.words.moment.kind == "day" and best.words.moment.year is not None
                if dated and told.words.span.end <= claim.trigger.start and claim.trigger.end <= best.words.span.start:
                    continue  # "It will be a year since gunmen killed six on 3 May 2017": the day is the event's own
                return shifted(found, replace(told.words.moment, exact=True))
        return found

    def _with_hours(self, mine: list[Told], best: Told, found: Days, kind: WhenKind) -> tuple[*Days, WhenKind]:
        """Hours that stand apart from their day: "on Saturday ... in the middle of the night"."""
        for told in mine:
            moment = told.words.moment
            if (
                moment.kind == "hours"
                and best.words.moment.hours not in ("night", "overnight")
                and found[0] == found[1]
            ):
                wider = with_hours(found, replace(best.words.moment, hours=moment.hours))
                found = wider or found
        return *found, kind

    def _with_length(self, mine: list[Told], claim: Claim, found: Days, kind: WhenKind) -> tuple[*Days, WhenKind]:
        """How long it went on ("four days of", "for three days"), from or up to the day."""
        for told in mine:
            words = told.words
            if words.moment.kind != "lasting" or words.moment.unit not in ("day", "week") or found[0] != found[1]:
                continue
            length = timedelta(days=words.moment.high * (7 if words.moment.unit == "week" else 1) - 1)
            if LED_UP.search(self.article.text[max(0, words.span.start - SPEECH_CHARACTERS) : words.span.start]):
                continue
            before = BEFORE_LENGTH.match(self.article.text, max(0, words.span.start - TENS_CHARACTERS)) is not None
            before = before or BEFORE_LENGTH.match(self.article.text, words.span.start) is not None
            other = (
                "," in self.article.text[words.span.end : claim.trigger.start]
            )  # "After ten days of shelling, it fell"
            if length <= 0 * DAY or (before and (other or claim.trigger.start < words.span.start)):
                continue
            if before or words.rule == "lasting-nth":
                return found[0] - length, found[1], "throughout"
            return found[0], found[1] + length, "throughout"
        return *found, kind

    def _lasting_alone(self, mine: list[Told]) -> When | None:
        """Count back from publication: "for a third day"."""
        for told in mine:
            if told.words.rule == "lasting-nth" and self.published:
                first = self.published[0] - (told.words.moment.high - 1) * DAY
                return When(
                    first, self.published[1], "throughout", (told.words.span,), f"published {self.published[1]}"
                )
        return None

    def _lasting_range(self, words: DateWords, claim: Claim) -> bool:
        head = self.article.text[words.span.start : words.span.end].casefold()
        if head.startswith(("from", "since", "during", "throughout")) and not words.moment.hours:
            return True
        return any(cues().lasted.search(p.of(self.article.text)) for p in claim.passages)

    def _washington(self, mine: list[Told], claim: Claim, found: Days) -> Days:
        """An evening as Washington counts it is the next day where its forces strike: leave both open."""
        if found[0] != found[1] or not any(
            t.words.moment.hours in ("evening", "night", "day") and _late(self.article.text, t) for t in mine
        ):
            return found
        start = max(0, claim.passages[0].start - NEAR_CHARACTERS) if claim.passages else claim.trigger.start
        near = self.article.text[start : claim.evidence.end + NEAR_CHARACTERS]
        return (found[0], found[1] + DAY) if cues().far_speaker.search(near) else found


def _late(text: str, told: Told) -> bool:
    return cues().late.search(told.words.span.of(text)) is not None


def _of_given_year(found: list[tuple[Told, Days]]) -> list[tuple[Told, Days]]:
    """What agrees with the year that a claim gives: of "In 2012, the day after the vote" not the day after another vote."""
    years = [value for told, value in found if told.words.moment.kind == "year" and told.words.role == "on"]
    if not years:
        return found
    return [
        (told, value)
        for told, value in found
        if told.words.moment.kind != "shift" or any(value[0] <= y[1] and y[0] <= value[1] for y in years)
    ]
