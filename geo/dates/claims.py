"""The days of each claim: its own date words, put together, or what the story around it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from geo.dates.days import Days, shifted, with_hours
from geo.dates.moments import DateWords
from geo.dates.story import Told, clipped, evaluate, published_days, tell
from geo.model import Article, Claim, Span, When, WhenKind

DAY = timedelta(days=1)
# A bound such as "by Friday" reaches back this far where the story gives no start.
BOUND_DAYS = 7
# What answers a dated event without a date of its own came at once or within a few days.
SEQUEL_DAYS = 3
# News in its first sentences, without any date, is of the day of publication or the days just before.
FRESH_DAYS = 2
LEAD_CHARACTERS = 700
LATER_TELLING_CHARACTERS = 2500  # how far below a lead its own date may stand
NEWS_DAYS = 10  # an undated event told after one as recent as this happened since then
PASSAGE_CHARACTERS = 700
LONG_AGO_DAYS = 366  # a day shared with something as vague as this is no day
JUST_BEFORE_CHARACTERS = 300  # "the attack" is the one just told, else the news of the article
# What decides between two dates of one claim, in characters of distance.
COMMA_COST, SPEECH_COST, BOUND_COST, ANNIVERSARY_COST = 30, 250, 400, 10_000
SPEECH_CHARACTERS = 60
SPEECH_BEFORE = re.compile(
    r"\b(?:said|says|told|warned|blamed|described|stressed|noted|announced|tweeted|reported|wrote|added|claimed|denied|condemned|statement|"
    r"briefing|interview|speech|speaking|reporters)\b[^.,;“”\"]{0,25}$",
    re.IGNORECASE,
)
SPEECH_AFTER = re.compile(
    r"[\s,]*(?:[\w’'-]+\s+){0,3}(?:said|says|told|warned|blamed|described|stressed|announced|tweeted|reported|condemned)\b",
    re.IGNORECASE,
)
EVENT_FIRST = re.compile(
    r"\W*(?:the|this|that|these|those)\s+(?:[\w’'-]+\s+){0,3}(?:attack|strike|raid|bombing|blast|explosion|shelling|assault|ambush|killing|"
    r"clash|fighting|incident|operation|barrage|salvo|massacre|shooting)(?:e?s)?\b",
    re.IGNORECASE,
)
SEQUEL = re.compile(
    r"\b(?:respon[ds]\w*|retaliat\w*|in revenge|aveng\w*|in (?:re)?turn|then|later|afterwards?|subsequent\w*|led to|follow(?:ed|ing)|"
    r"prompt(?:ed|ing)|trigger(?:ed|ing)|spark(?:ed|ing)|after (?:that|this)|went on to)\b",
    re.IGNORECASE,
)
LASTED = re.compile(
    r"\b(?:throughout|siege|besieg\w+|battles?|fighting|clashes|offensive|lasted|lasting|continu\w+|day after day|every day|daily|"
    r"for (?:days|weeks|months)|repeatedly)\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE)
EVENT_NOUN = re.compile(
    r"\b(?:attack|strike|airstrike|raid|bombing|blast|explosion|shelling|assault|ambush|killing|clash|fighting|incident|operation|barrage|"
    r"salvo|massacre|shooting|bombardment)(?:e?s)?\b",
    re.IGNORECASE,
)
# Speakers whose evening is already the next day where their forces strike.
WASHINGTON = re.compile(
    r"\b(?:Pentagon|White House|State Department|Centcom|CENTCOM|Central Command|Department of Defen[cs]e|WASHINGTON|"
    r"(?:US|U\.S\.|American)\s+(?:defen[cs]e\s+|military\s+)?(?:officials?|warplanes|forces|aircraft|strikes?|airstrikes?|drones?|jets?))\b|"
    r"\b(?:E[SD]?T|Eastern [Tt]ime)\b"
)
NEAR_CHARACTERS = 400  # how far from a claim such a speaker may stand
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


def resolve(article: Article, claims: Sequence[Claim], expressions: Sequence[DateWords]) -> tuple[When | None, ...]:
    """The days that the article leaves open for each claim, in the order of `claims`; None where it leaves all open.

    A claim takes, in this order: its own date words; the day of the claim whose day it shares; the day of an earlier claim
    of the same kind that it points back to ("the strikes"); the last date of its paragraph; the claim just before it; and
    at the top of an article the days up to publication.
    """
    return _Resolver(article, claims, expressions).all()


class _Resolver:
    """One article's claims and date words, and what has been resolved of them so far."""

    def __init__(self, article: Article, claims: Sequence[Claim], expressions: Sequence[DateWords]) -> None:
        self.article = article
        self.claims = claims
        self.told = tell(article, expressions)
        self.published = published_days(article, expressions)
        self.whens: dict[int, When | None] = {}
        self.busy: set[int] = set()

    def all(self) -> tuple[When | None, ...]:
        order = sorted(range(len(self.claims)), key=lambda i: self.claims[i].trigger)
        for i in order:
            self.when(i)
        return tuple(self.whens[i] for i in range(len(self.claims)))

    def when(self, i: int) -> When | None:
        if i in self.whens:
            return self.whens[i]
        if i in self.busy:  # two claims that point at each other: neither fixes a day
            return None
        self.busy.add(i)
        found = self._dated(i) or self._undated(i)
        self.busy.discard(i)
        self.whens[i] = found
        return found

    # -------------------------------------------------------------------------------------------- own words

    def _dated(self, i: int) -> When | None:
        claim = self.claims[i]
        mine = [t for span in claim.dates for t in self.told if t.words.span.overlaps(span)]
        mine = list(dict.fromkeys(mine))
        found: list[tuple[Told, Days]] = []
        for told in mine:
            value = self._value(told, claim)
            if value is not None:
                found.append((told, value))
        if not found:
            return self._lasting_alone(mine)
        found = self._with_years(found)
        best = min(found, key=lambda pair: self._distance(pair[0], claim))
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
        first, last = self._of_anniversary(mine, best[0], (first, last))
        first, last, kind = self._with_hours(mine, best[0], (first, last), kind)
        first, last, kind = self._with_length(mine, claim, (first, last), kind)
        if best[0].words.last is not None and self._lasting_range(best[0].words, claim):
            kind = "throughout"
        first, last = self._washington(mine, claim, (first, last))
        kind = kind if first < last else "within"
        return When(first, last, kind, tuple(t.words.span for t in mine), best[0].anchor)

    def _distance(self, told: Told, claim: Claim) -> int:
        """How far date words stand from what they may date, in characters; more over commas, and for the day of a speech."""
        words, text = told.words, self.article.text
        start, end = sorted((words.span, claim.trigger), key=lambda s: s.start)
        between = text[start.end : end.start]
        spoken = SPEECH_BEFORE.search(
            text, max(0, words.span.start - SPEECH_CHARACTERS), words.span.start
        ) or SPEECH_AFTER.match(text, words.span.end)
        if words.rule.startswith("anniversary"):
            return ANNIVERSARY_COST
        cost = len(between) + COMMA_COST * len(re.findall(r"[,;:]", between)) + KIND_RANK.get(words.moment.kind, 9)
        return cost + (SPEECH_COST if spoken else 0) + (BOUND_COST if words.role != "on" else 0)

    def _value(self, told: Told, claim: Claim) -> Days | None:
        """What date words come to for this claim: counted from the claim it goes on from, where it names one."""
        words = told.words
        if words.moment.kind == "shift" and words.moment.origin == "event":
            return self._around_event(told, claim)
        if claim.same_day_as is not None and (base := self._day_of(claim.same_day_as)):
            anchored = replace(told.before, story=base, named=(base, *told.before.named))
            if (
                words.moment.kind == "same"
                or words.moment.origin == "story"
                or words.moment.which in ("following", "previous", "same")
            ):
                return evaluate(words, anchored)
        return told.days

    def _day_of(self, i: int) -> Days | None:
        if not 0 <= i < len(self.claims):
            return None
        when = self.when(i)
        return (when.first, when.last) if when else None

    def _around_event(self, told: Told, claim: Claim) -> Days | None:
        """Of "two days after the raid": the raid is two days before the sentence's date, the rest two days after the raid's."""
        words = told.words
        named = (
            words.span.end <= claim.trigger.start and "," not in self.article.text[words.span.end : claim.trigger.start]
        )
        base = self._day_of(claim.same_day_as) if claim.same_day_as is not None else None
        beside = [
            t.days for t in self.told if t.words.sentence == words.sentence and t.days and t.words.span != words.span
        ]
        if named and claim.trigger.start - words.span.end < PASSAGE_CHARACTERS:
            base = base or (beside[0] if beside else None)
            back = replace(words.moment, low=-words.moment.high, high=-words.moment.low)
            return with_hours(shifted(base, back), back) if base else None
        base = base or told.before.story
        found = with_hours(shifted(base, words.moment), words.moment) if base else None
        if found and self.published and found[0] > self.published[1]:  # not yet: the words named the earlier event
            back = replace(words.moment, low=-words.moment.high, high=-words.moment.low)
            found = with_hours(shifted(base, back), back) if base else None
        return found

    def _with_years(self, found: list[tuple[Told, Days]]) -> list[tuple[Told, Days]]:
        """Let a year lend itself to a day or month of the same claim that has none."""
        years = [
            t.words.moment.year
            for t, _ in found
            if t.words.moment.kind in ("year", "month", "day") and t.words.moment.year
        ]
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

    def _of_anniversary(self, mine: list[Told], best: Told, found: Days) -> Days:
        """The day that an anniversary remembers: so many years before the one that the words name."""
        for told in mine:
            if told.words.rule.startswith("anniversary") and told is not best:
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
            before = self.article.text[words.span.start : words.span.end].casefold().startswith(("after", "over"))
            if length <= 0 * DAY or (before and claim.trigger.start < words.span.start):
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
        return any(LASTED.search(p.of(self.article.text)) for p in claim.passages)

    def _washington(self, mine: list[Told], claim: Claim, found: Days) -> Days:
        """An evening as Washington counts it is the next day where its forces strike: leave both open."""
        if found[0] != found[1] or not any(
            t.words.moment.hours in ("evening", "night", "day") and _late(self.article.text, t) for t in mine
        ):
            return found
        start = max(0, claim.passages[0].start - NEAR_CHARACTERS) if claim.passages else claim.trigger.start
        near = self.article.text[start : claim.evidence.end + NEAR_CHARACTERS]
        return (found[0], found[1] + DAY) if WASHINGTON.search(near) else found

    # -------------------------------------------------------------------------------------------- no words of its own

    def _undated(self, i: int) -> When | None:
        claim = self.claims[i]
        if claim.same_day_as is not None and 0 <= claim.same_day_as < len(self.claims):
            base = self.when(claim.same_day_as)
            if base and (base.last - base.first).days <= LONG_AGO_DAYS:
                return replace(base, anchor="the day of the claim it goes on from")
        return self._pointed_back(i) or self._of_paragraph(i) or self._after_claim_before(i) or self._of_lead(i)

    def _earlier(self, i: int) -> list[tuple[Claim, When]]:
        """The dated claims that stand before claim `i`, nearest first."""
        start = self.claims[i].trigger.start
        asides = {t.words.span for t in self.told if t.words.aside}
        rows = [
            (c, w)
            for j, c in enumerate(self.claims)
            if c.trigger.start < start and (w := self.whens.get(j)) and not asides & set(w.words)
        ]
        return sorted(rows, key=lambda row: -row[0].trigger.start)

    def _pointed_back(self, i: int) -> When | None:
        """What "the strikes" were: those reported before, of the same sub-event type."""
        claim = self.claims[i]
        before = self.article.text[max(0, claim.trigger.start - 60) : claim.trigger.start]
        opening = claim.passages[0].of(self.article.text) if claim.passages else ""
        named = EVENT_NOUN.search(claim.trigger.of(self.article.text)) and DEFINITE.search(before)
        if claim.another or not (named or EVENT_FIRST.match(opening)):
            return None
        alike = [(c, w) for c, w in self._earlier(i) if c.sub_event_type == claim.sub_event_type and w.words]
        if not alike:
            return None
        other, when = alike[0]
        if claim.trigger.start - other.trigger.start > JUST_BEFORE_CHARACTERS and self.published:
            recent = self.published[0] - NEWS_DAYS * DAY
            when = next((w for _, w in alike if w.first >= recent), when)
        return replace(when, anchor="the same kind of event told before, to which it points back")

    def _of_paragraph(self, i: int) -> When | None:
        """The last date of the same paragraph, and the days just after it where the words answer to it."""
        claim = self.claims[i]
        top = self._paragraph_start(claim.trigger.start)
        fitting = [
            t for t in self.told if t.days and top <= t.words.span.start < claim.trigger.start and t.words.role == "on"
        ]
        fitting = [t for t in fitting if not (t.words.ahead or t.words.aside or t.words.moment.origin == "event")]
        if not fitting:
            return None
        told = fitting[-1]
        assert told.days is not None
        return self._since(told.days, told.words.span, i, "the date told before it in its paragraph")

    def _since(self, found: Days, span: Span | None, i: int, anchor: str) -> When:
        first, last = found
        claim = self.claims[i]
        if any(SEQUEL.search(p.of(self.article.text)) for p in claim.passages[:1]):
            last += SEQUEL_DAYS * DAY
        if self.published:
            first, last = clipped((first, last), self.published)
        return When(first, last, "within", (span,) if span else (), anchor)

    def _paragraph_start(self, offset: int) -> int:
        return self.article.text.rfind("\n\n", 0, offset) + 1

    def _after_claim_before(self, i: int) -> When | None:
        """Nothing in its paragraph: it goes on from the dated claim just before, if that is news or it answers to it."""
        claim = self.claims[i]
        for other, when in self._earlier(i)[:1]:
            if claim.trigger.start - other.trigger.start > LATER_TELLING_CHARACTERS:
                return None
            if self.published and self.published[1] - NEWS_DAYS * DAY <= when.first:
                last = max(min(self.published[1], when.last + SEQUEL_DAYS * DAY), when.last)
                return When(
                    when.first,
                    last,
                    "within",
                    when.words[:1],
                    "the claim told before it, and the days up to publication",
                )
            if any(SEQUEL.search(p.of(self.article.text)) for p in claim.passages[:1]):
                return self._since(
                    (when.first, when.last), when.words[0] if when.words else None, i, "the claim that it answers to"
                )
        return None

    def _of_lead(self, i: int) -> When | None:
        """The news itself: the date that a later telling gives, else the days up to publication."""
        claim = self.claims[i]
        if self.published is None or self._earlier(i) or not self._is_lead(claim):
            return None
        recent = self.published[0] - NEWS_DAYS * DAY
        for j in sorted(range(len(self.claims)), key=lambda k: self.claims[k].trigger):
            other = self.claims[j]
            close = 0 < other.trigger.start - claim.trigger.start < LATER_TELLING_CHARACTERS
            if close and other.dates and other.sub_event_type == claim.sub_event_type and not other.another:
                when = self.when(j)
                if when and recent <= when.first:
                    return replace(when, anchor="a later telling of the same kind of event")
        return When(
            self.published[0] - FRESH_DAYS * DAY,
            self.published[1],
            "within",
            (),
            "undated news at the top of the article: the days up to publication",
        )

    def _is_lead(self, claim: Claim) -> bool:
        first = min((p.start for c in self.claims for p in c.passages), default=claim.trigger.start)
        return claim.trigger.start - first < LEAD_CHARACTERS


def _late(text: str, told: Told) -> bool:
    return re.search(r"evening|night|late\b|tonight|afternoon", told.words.span.of(text), re.IGNORECASE) is not None
