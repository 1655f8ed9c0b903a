"""Name the ACLED type of a short passage as a whole, without places, days or claims."""

from __future__ import annotations

import io
import re
from pathlib import Path

from geo.files import write_atomically
from geo.model import Article, BadInput, Problem, Span
from geo.sentences import sentences
from geo.suggest import did_you_mean
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


def classify_tsv(source: Path, target: Path) -> list[Problem]:
    """Copy a tab-separated file with a `text` column and add `event_type` and `sub_event_type`.

    Returns what is wrong with the rows that could not be used; the others are written.

    Raises:
        BadInput: the file has no `text` column.
        OSError: a file cannot be read or written.
    """
    lines = io.StringIO(source.read_bytes().decode("utf-8-sig", "surrogateescape"), newline=None)
    table = (line.rstrip("\n").split("\t") for line in lines)  # no quotes, and a cell may hold a whole article
    header = next(table, ["text"])
    if "text" not in header:
        cure = did_you_mean("text", header) or "name one column 'text'"
        raise BadInput([Problem(str(source), 1, "text", "the header has no such column", cure)])
    problems = []
    out = [[*header, "event_type", "sub_event_type"]]
    for number, cells in enumerate(table, start=2):
        if cells == [""]:
            continue
        if len(cells) != len(header):
            reason = f"has {len(cells)} cells, the header has {len(header)}"
            cure = "put one tab between two cells, and none into a text"
            problems.append(Problem(str(source), number, None, reason, cure))
        elif any(c.encode("utf-8", "replace").decode() != c for c in cells):
            problems.append(Problem(str(source), number, None, "is not UTF-8", "save the file as UTF-8"))
        else:
            out.append([*cells, *classify(cells[header.index("text")])])
    write_atomically(target, "".join("\t".join(cells) + "\n" for cells in out).encode("utf-8", "surrogateescape"))
    return problems
