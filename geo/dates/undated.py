"""The days of a claim that has no date words of its own: what the story around it leaves open."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from itertools import islice

from geo.dates.cues import cues
from geo.dates.shifts import Days
from geo.dates.story import Told, clipped
from geo.model import Article, Claim, Span, When

DAY = timedelta(days=1)
SEQUEL_DAYS = 3  # what answers a dated event without a date of its own came at once or within a few days
FRESH_DAYS = 2  # undated news in the first sentences is of the day of publication or the days just before
LEAD_CHARACTERS = 700
LATER_TELLING_CHARACTERS = 2500  # how far below a lead its own date may stand
NEWS_DAYS = 10  # an undated event told after one as recent as this happened since then
LONG_AGO_DAYS = 366  # a day shared with something as vague as this is no day
JUST_BEFORE_CHARACTERS = 300  # "the attack" is the one just told, else the news of the article
PARAGRAPH_CHARACTERS = 3000
# A blank line, or a line that begins a list item or an entry of a live page.
BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•>]|\(?\w{1,2}[.)]|\d{1,2}[:.]\d\d)\s)")
OTHER_HEADING = re.compile(r"\n[ \t]*[^\W\d][^\n.!?…;,]{2,60}(?=\n)")
ANSWERED_CHARACTERS = 160  # the sentence before
# "assassinated the spymaster Gen. Omar Haddad outside ...", "the killing of Haddad", "Haddad's death", "had Haddad killed".
KILLED_NAME = re.compile(
    r"\b(?:killed|killing|assassinat\w+|murder(?:ed|ing)?|death|slaying)\s+(?:of\s+)?(?:(?!(?:in|at|near|on|outside|by|as|with)\b)[\w.’'-]+\s+){0,6}?"
    r"(?P<after>[A-Z][\w’'-]{3,})(?=\s+(?:in|at|near|on|outside|by|as|with|and|had|was)\b|[.,;)]|\s*$)"
    r"|\b(?P<owner>[A-Z]\w{3,})[’']s?\s+(?:killing|assassination|murder|death)\b"
    r"|\b(?P<before>[A-Z]\w{3,})\s+(?:(?:was|were|had been)\s+)?(?:killed|assassinated|murdered)\b"
)


def _dates_events(told: Told) -> bool:
    """May what is told next have happened on these days?"""
    words = told.words
    return words.role == "on" and not (words.ahead or words.aside or words.moment.origin == "event" or told.dateline)


def _killed(text: str) -> frozenset[str]:
    """The last names of those whom a text calls killed."""
    return frozenset(m["after"] or m["owner"] or m["before"] for m in KILLED_NAME.finditer(text))


class Undated:
    """The claims of one article; `whens` are those resolved so far by index, `resolve` resolves another one."""

    def __init__(
        self,
        article: Article,
        claims: Sequence[Claim],
        told: Sequence[Told],
        whens: Mapping[int, When | None],
        resolve: Callable[[int], When | None],
        published: Days | None,
    ) -> None:
        self.article = article
        self.claims = claims
        self.told = told
        self.starts = [t.words.span.start for t in told]
        self.asides = {t.words.span for t in told if t.words.aside}
        self.whens = whens
        self.resolve = resolve
        self.published = published

    def when(self, i: int) -> When | None:
        """The days of claim `i` by its neighbours; None where they leave it open."""
        return (
            self.pointed(i)
            or self._after_a_death(i)
            or self._of_paragraph(i)
            or self._of_heading(i, of_today=False)
            or self._after_claim_before(i)
            or self._of_heading(i, of_today=True)
            or self._of_lead(i)
        )

    def pointed(self, i: int) -> When | None:
        """The days of the claim whose day claim `i` shares or to which its words point back."""
        claim = self.claims[i]
        if claim.same_day_as is not None and 0 <= claim.same_day_as < len(self.claims):
            base = self.resolve(claim.same_day_as)
            if base and (base.last - base.first).days <= LONG_AGO_DAYS:
                if self._answers(i):
                    word = base.words[0] if base.words else None
                    return self._since((base.first, base.last), word, i, "the claim that it answers to")
                return replace(base, anchor="the day of the claim it goes on from")
        return self._pointed_back(i)

    @cached_property
    def _order(self) -> list[tuple[int, int]]:
        """(start of the event words, minus the number) of the claims in the order of the text."""
        return sorted((c.trigger.start, -j) for j, c in enumerate(self.claims))

    def _earlier(self, i: int) -> Iterator[tuple[Claim, When]]:
        """The dated claims that stand before claim `i`, nearest first."""
        for at in range(bisect_left(self._order, (self.claims[i].trigger.start, -len(self.claims))) - 1, -1, -1):
            j = -self._order[at][1]
            when = self.whens.get(j)
            if when and self.asides.isdisjoint(when.words):
                yield self.claims[j], when

    def _just_after(self, i: int) -> list[int]:
        """The claims that stand so close behind claim `i` that they may tell it again, in their own order."""
        start = self.claims[i].trigger.start
        first = bisect_left(self._order, (start + 1, -len(self.claims)))
        last = bisect_left(self._order, (start + LATER_TELLING_CHARACTERS, -len(self.claims)))
        return sorted(-j for _, j in self._order[first:last])

    def _pointed_back(self, i: int) -> When | None:
        """What "the strikes" were: those reported before, of the same sub-event type."""
        claim = self.claims[i]
        before = self.article.text[max(0, claim.trigger.start - 60) : claim.trigger.start]
        opening = claim.passages[0].of(self.article.text) if claim.passages else ""
        named = cues().event.search(claim.trigger.of(self.article.text)) and cues().definite_before.search(before)
        if claim.another or not (named or cues().event_first.match(opening)):
            return None
        alike = ((c, w) for c, w in self._earlier(i) if c.sub_event_type == claim.sub_event_type and w.words)
        nearest = next(alike, None)
        if nearest is None:
            return None
        other, when = nearest
        if claim.trigger.start - other.trigger.start > JUST_BEFORE_CHARACTERS and self.published:
            recent = self.published[0] - NEWS_DAYS * DAY
            when = next((w for _, w in (nearest, *alike) if w.first >= recent), when)
        return replace(self._narrowest(i, when), anchor="the same kind of event told elsewhere, to which it points")

    def _narrowest(self, i: int, when: When) -> When:
        """What another telling of the same kind fixes more narrowly: "earlier this week", then "the attack of 11 March"."""
        claim, best = self.claims[i], when
        before = [then for c, then in self._earlier(i) if c.dates and c.sub_event_type == claim.sub_event_type]
        after = (j for j in self._just_after(i) if self.claims[j].dates)
        behind = [self.resolve(j) for j in after if self.claims[j].sub_event_type == claim.sub_event_type]
        for then in (*before, *behind):
            inside = then is not None and best.first <= then.first and then.last <= best.last
            best = then if then and inside and then.last - then.first < best.last - best.first else best
        return best

    def _after_a_death(self, i: int) -> When | None:
        """What answers to the killing of a person by name: a person is killed once, on the day that any claim gives."""
        claim, text = self.claims[i], self.article.text
        opening = claim.passages[0] if claim.passages else claim.evidence
        if not cues().sequel.search(opening.of(text)):
            return None
        names = _killed(text[max(0, opening.start - ANSWERED_CHARACTERS) : opening.end])
        for j, other in enumerate(self.claims if names else ()):
            if j == i or not other.dates or names.isdisjoint(self._dead[j]):
                continue
            then = self.resolve(j)
            if then and (then.last - then.first).days <= SEQUEL_DAYS:
                return self._since(
                    (then.first, then.last), then.words[0] if then.words else None, i, "the death that it answers to"
                )
        return None

    @cached_property
    def _dead(self) -> list[frozenset[str]]:
        """The last names of those whom each claim calls killed."""
        return [frozenset().union(*(_killed(p.of(self.article.text)) for p in c.passages)) for c in self.claims]

    def _of_paragraph(self, i: int) -> When | None:
        """The last date of the same paragraph, and the days just after it where the words answer to it."""
        claim = self.claims[i]
        top = self._paragraph_start(claim.trigger.start)
        inside = self.told[bisect_left(self.starts, top) : bisect_left(self.starts, claim.trigger.start)]
        for told in reversed(inside):
            if told.days and _dates_events(told):
                return self._since(told.days, told.words.span, i, "the date told before it in its paragraph")
        return None

    def _of_heading(self, i: int, *, of_today: bool) -> When | None:
        """The date that stands above the paragraph, with no other heading between them; that of publication says less than the story."""
        start = self.claims[i].trigger.start
        above = next((t for t in reversed(self._headings) if t.words.span.end < start), None)
        if above is None or above.days is None or (above.days == self.published) != of_today:
            return None
        line = self.article.text.find("\n", above.words.span.end)
        if line < 0 or OTHER_HEADING.search(self.article.text, line, start):
            return None
        return self._since(above.days, above.words.span, i, "the date that stands above it")

    @cached_property
    def _headings(self) -> list[Told]:
        return [t for t in self.told if t.words.heading and t.days and not t.dateline]

    def _since(self, found: Days, span: Span | None, i: int, anchor: str) -> When:
        first, last = found
        if self._answers(i):
            last += SEQUEL_DAYS * DAY
        if self.published:
            first, last = clipped((first, last), self.published)
        return When(first, last, "within", (span,) if span else (), anchor)

    def _answers(self, i: int) -> bool:
        """Do the words of claim `i` say that it came of what was told before: "in retaliation", "then"?"""
        return any(cues().sequel.search(p.of(self.article.text)) for p in self.claims[i].passages[:1])

    def _paragraph_start(self, offset: int) -> int:
        breaks = [m.end() for m in BREAK.finditer(self.article.text, max(0, offset - PARAGRAPH_CHARACTERS), offset)]
        return breaks[-1] if breaks else max(0, offset - PARAGRAPH_CHARACTERS)

    def _after_claim_before(self, i: int) -> When | None:
        """Nothing in its paragraph: it goes on from the dated claim just before, if that is news or it answers to it."""
        claim = self.claims[i]
        for other, when in islice(self._earlier(i), 1):
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
            if self._answers(i):
                return self._since(
                    (when.first, when.last), when.words[0] if when.words else None, i, "the claim that it answers to"
                )
        return None

    def _of_lead(self, i: int) -> When | None:
        """The news itself: the date that a later telling gives, else the days up to publication."""
        claim = self.claims[i]
        if self.published is None or any(self._earlier(i)) or not self._is_lead(claim):
            return None
        recent = self.published[0] - NEWS_DAYS * DAY
        for j in sorted(range(len(self.claims)), key=lambda k: self.claims[k].trigger):
            other = self.claims[j]
            close = 0 < other.trigger.start - claim.trigger.start < LATER_TELLING_CHARACTERS
            if close and other.dates and other.sub_event_type == claim.sub_event_type and not other.another:
                when = self.resolve(j)
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
        first = claim.trigger.start if self._first_word is None else self._first_word
        return claim.trigger.start - first < LEAD_CHARACTERS

    @cached_property
    def _first_word(self) -> int | None:
        """Where the first passage of any claim begins."""
        return min((p.start for c in self.claims for p in c.passages), default=None)
