"""Name the ACLED type of a short passage as a whole, without places, days or claims."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from geo.model import Article, BadInput, Problem, Span
from geo.sentences import sentences
from geo.triggers import Named, Rules, heads, load, lower

LATER_SENTENCE = 6  # weight lost by each sentence after the first: news says what happened first
CHARACTERS_PER_WEIGHT = 30  # and by words that stand late in theirs
CAPITALISED = re.compile(r"(?<=\w )[A-Z]\w+")


def named(text: str, span: Span) -> Named:
    """The words in a span that may be names, by their capitals."""
    return Named(places=tuple(Span(m.start(), m.end()) for m in CAPITALISED.finditer(text, span.start, span.end)))


def classify(text: str, rules: Rules | None = None) -> tuple[str, str]:
    """The (event type, sub-event type) of a passage; two empty strings where nothing is to be reported."""
    article = Article(id="passage", title="", publisher="", text=text)
    low = lower(text)
    best: tuple[float, str, str] = (0.0, "", "")
    for i, sentence in enumerate(sentences(article)):
        for head in heads(low, sentence.span, rules or load(), named(text, sentence.span)):
            late = min(10, (head.span.start - sentence.span.start) / CHARACTERS_PER_WEIGHT)
            weight = head.trigger.weight - LATER_SENTENCE * min(i, 3) - late
            if weight > best[0]:
                best = (weight, head.trigger.event_type, head.trigger.sub_event_type)
    return best[1], best[2]


def classify_tsv(source: Path, target: Path) -> int:
    """Copy a tab-separated file with a `text` column and add `event_type` and `sub_event_type`; return the rows read.

    Raises:
        BadInput: the file has no `text` column, or a row has fewer cells than the header.
    """
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows and "text" not in rows[0]:
        raise BadInput([Problem(str(source), 1, "text", "the header has no such column", "name one column 'text'")])
    short = [
        Problem(str(source), n, "text", "the row is shorter than the header")
        for n, r in enumerate(rows, 2)
        if r["text"] is None
    ]
    if short:
        raise BadInput(short)
    with target.open("w", encoding="utf-8", newline="") as file:
        names = [*(rows[0] if rows else ["text"]), "event_type", "sub_event_type"]
        writer = csv.DictWriter(
            file, names, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n"
        )
        writer.writeheader()
        for row in rows:
            event_type, sub_event_type = classify(row["text"])
            writer.writerow({**row, "event_type": event_type, "sub_event_type": sub_event_type})
    return len(rows)
