"""The days of each claim: its own date words, put together, or what the story around it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.dates.moments import DateWords
from geo.dates.own_words import PLACE_NAMED, OwnWords
from geo.dates.publication import published_days
from geo.dates.shifts import Days
from geo.dates.story import tell
from geo.dates.undated import Undated
from geo.model import Article, Claim, When

# "the Alta bombing", "the MSU attack": a name, or the initials of one, before the word for what happened there.
EVENT_NAMED = re.compile(
    r"\s+(?:the|last (?:week|month|year)[’']s)\s+(?:\w+\s+)?([A-Z][\w’'-]+)\s+(?:\w+\s+)?"
    r"(?:attack|bombing|blast|explosion|raid|massacre|killings?|siege|shooting|strike|ambush|assault|abduction|clash)\b"
)
LONGEST_CHAIN = 25  # claims that each take their day from the next; no story has more


def resolve(article: Article, claims: Sequence[Claim], expressions: Sequence[DateWords]) -> tuple[When | None, ...]:
    """The days that the article leaves open for each claim, in the order of `claims`; None where it leaves all open.

    A claim takes, in this order: its own date words; the day of the claim whose day it shares; the day of an earlier claim
    of the same kind that it points back to ("the strikes"); the last date of its paragraph; the claim just before it; and
    at the top of an article the days up to publication.
    """
    return _Resolver(article, claims, tuple(expressions)).all()


def closer(before: When | None, after: When | None) -> When | None:
    """The closer of the days found for a claim with all tellings around it, and with each event told once."""
    if before is None or after is None:
        return before or after
    return after if after.last - after.first < before.last - before.first else before


class _Resolver:
    """One article's claims, and what has been resolved of them so far."""

    def __init__(self, article: Article, claims: Sequence[Claim], expressions: tuple[DateWords, ...]) -> None:
        self.claims = claims
        self.whens: dict[int, When | None] = {}
        self.busy: set[int] = set()
        told, published = tell(article, expressions), published_days(article, expressions)
        self.own = OwnWords(article, told, published, self._day_of, lambda words: self._named_event(article, words))
        self.undated = Undated(article, claims, told, self.whens, self.when, published)

    def all(self) -> tuple[When | None, ...]:
        for i in sorted(range(len(self.claims)), key=lambda i: self.claims[i].trigger):
            self.when(i)
        return tuple(self.whens[i] for i in range(len(self.claims)))

    def when(self, i: int) -> When | None:
        """The days of claim `i`, resolved once."""
        if i in self.whens:
            return self.whens[i]
        if i in self.busy or len(self.busy) >= LONGEST_CHAIN:  # two that point at each other: neither fixes a day
            return None
        self.busy.add(i)
        found = self.own.when(self.claims[i])
        if found and self.own.said_only(found):
            told_here = any(self.claims[i].passages[:1] and self.claims[i].passages[0].covers(w) for w in found.words)
            found = self.undated.pointed(i) or (self.own.before_speech(found) if told_here else None)
        found = found or self.undated.when(i)
        self.busy.discard(i)
        self.whens[i] = found
        return found

    def _named_event(self, article: Article, words: DateWords) -> Days | None:
        """The days of the event that "two days after the Alta bombing" names, where an earlier claim tells of it."""
        named = EVENT_NAMED.match(article.text, words.span.end) or PLACE_NAMED.match(article.text, words.span.end)
        if named is None:
            return None
        name = named[1]
        spelt = r"[^.;\n]{0,12}?\s".join(rf"{letter}[\w’'-]+" for letter in name) if name.isupper() else re.escape(name)
        for i, claim in enumerate(self.claims):
            told = [article.text[p.start : p.end] for p in claim.passages]
            before = claim.trigger.end < words.span.start
            if before and claim.dates and any(re.search(rf"\b(?:{re.escape(name)}|{spelt})\b", t) for t in told):
                return self._day_of(i)
        return None

    def _day_of(self, i: int) -> Days | None:
        when = self.when(i) if 0 <= i < len(self.claims) else None
        return (when.first, when.last) if when else None
