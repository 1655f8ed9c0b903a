"""The line at the head of a report that says where it was filed: its capital acts in nothing."""

from __future__ import annotations

import re

from geo.model import Span

# "ISLAMABAD —", "KYIV, Ukraine (AP) —", "NAIROBI, Aug 3 (Reuters) -"
LOUD = re.compile(
    r"\W*[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ.'’-]{2,}){0,3}(?:/[A-ZÀ-Þ ]{3,20})?(?:,\s[A-Z][\w. ]{2,30}?)?(?:,?\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?)?\s*(?:\([^)\n]{2,30}\)\s*)?(?:[—–]|--|-\s)\s*(?=[A-ZÀ-Þ“\"\d])"
)
# "Islamabad: At least nine died"
PLAIN = re.compile(
    r"\W*[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}\s*(?:\([^)\n]{2,30}\)\s*)?(?:\s[—–-]|:)\s+(?=[A-ZÀ-Þ“\"])"
)


def dateline(text: str, sentence: Span) -> tuple[int, bool]:
    """Where the dateline of a sentence ends, its start where it has none; and whether it is written in capitals."""
    if loud := LOUD.match(text, sentence.start, sentence.end):
        return loud.end(), True
    plain = PLAIN.match(text, sentence.start, sentence.end)
    return (plain.end() if plain else sentence.start), False
