"""When an article was published: as stored, or by the dateline under which it was filed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.dates.days import days
from geo.dates.fixed import Anchors
from geo.dates.moments import DateWords
from geo.dates.shifts import DAY, Days
from geo.model import Article

CHRONICLE_ENTRIES = 3
HEAD_CHARACTERS = 1500  # a dateline stands at the top
LATE_FILING_DAYS = 3  # a dateline may be this much older than the publication that carries it
# At the head of a line, or of its own sentence: "footage published on August 13 shows" is no date of the article's.
STATED = re.compile(
    r"(?:(?:^|[\n|•·.])\W*(?:(?:first|last|article|story|statement|report)\s+){0,2}|\bthis (?:article|story|report|statement|piece) (?:was |is )?(?:first |originally |last )?)"
    r"(?:published|updated|issued|posted|released|dated)\W*(?:on\W*)?$",
    re.IGNORECASE,
)
DATELINE_AFTER = re.compile(r"\s*(?:\([^)\n]{2,30}\)\s*)?[-–—]")
DATELINE_BEFORE = re.compile(r"(?:^|\n)[^\n.!?]{0,60}[A-Z]{3}[^\n.!?]{0,40},\s*$")
ALONE_BEFORE = re.compile(r"(?:^|\n)[^\w\n]*(?:[^\n.!?]{0,40}\|)?[^\w\n]*$")
ALONE_AFTER = re.compile(r"[^\w\n]{0,3}(?:\d{1,2}[:.]\d\d[^\n]{0,12})?(?:\.(?=\s*\n|\s*$)|\s*\||\s*\n|$)")


def published_days(article: Article, all_words: Sequence[DateWords]) -> Days | None:
    """When the article was published: as stored, made finer or replaced by its own dateline."""
    stored = article.published
    for words in datelines(article.text, all_words):
        anchors = Anchors(published=stored)
        found = days(words.moment, anchors) if stored or words.moment.year else None
        if found is None or found[0] != found[1]:
            continue
        if stored is None or stored[0] - LATE_FILING_DAYS * DAY <= found[0] <= stored[1]:
            return found
    return stored


def datelines(text: str, all_words: Sequence[DateWords]) -> list[DateWords]:
    """The dates under which an article was filed; the first of two, and none of many: those are the entries of a chronicle."""
    top = [w for w in all_words if w.span.start <= HEAD_CHARACTERS]
    found = [w for k, w in enumerate(top) if _is_dateline(text, w) or _is_filed(text, w, all_words[k + 1 : k + 2])]
    return found[:1] if len(found) < CHRONICLE_ENTRIES else []


def _is_filed(text: str, words: DateWords, following: Sequence[DateWords]) -> bool:
    """Does "PORT VILA, 3 May: ..." stand before a sentence that says by itself when it was: "shells fell here on Monday"?"""
    before = text[max(0, words.span.start - 110) : words.span.start]
    if words.moment.kind != "day" or not text.startswith(":", words.span.end) or not DATELINE_BEFORE.search(before):
        return False
    return any(w.sentence == words.sentence and w.moment.kind in ("weekday", "shift") for w in following)


def _is_dateline(text: str, words: DateWords) -> bool:
    """A full date in front of the story ("PORT VILA, 3 May 2017 -"), on a line of its own, or after "Published"."""
    if words.moment.kind != "day" or words.moment.hours or words.last is not None:
        return False
    before, after = text[max(0, words.span.start - 110) : words.span.start], text[words.span.end : words.span.end + 45]
    if STATED.search(before):
        return True
    if DATELINE_BEFORE.search(before) and DATELINE_AFTER.match(after):
        return True
    return (
        words.moment.year is not None
        and ALONE_BEFORE.search(before) is not None
        and ALONE_AFTER.match(after) is not None
    )
