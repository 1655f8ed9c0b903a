"""Text with its spans marked, as HTML in which every character of the text is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Half-open code points `start` to `end` of a text, what they are (`kind`, a CSS class) and why (`reason`).

    `label` is a short number that stands before the words and, like the reason, is no part of the text.
    """

    start: int
    end: int
    kind: str
    reason: str = ""
    label: str = ""


def marked(text: str, marks: list[Mark], offset: int = 0) -> str:
    """Escape `text` and wrap its marked parts; overlapping marks share the part that they overlap in.

    `offset` is where `text` starts in the document that the marks count in: a quotation keeps its document's offsets.
    """
    inside = [m for m in marks if m.end > offset and m.start < offset + len(text) and m.start < m.end]
    cuts = {0, len(text)}
    for mark in inside:
        cuts |= {max(0, mark.start - offset), min(len(text), mark.end - offset)}
    edges = sorted(cuts)
    parts = []
    for start, end in pairwise(edges):
        over = [m for m in inside if m.start - offset <= start and end <= m.end - offset]
        labels = [m.label for m in over if m.label and m.start - offset == start]
        parts.append(_part(text[start:end], over, labels))
    return "".join(parts)


def _part(words: str, over: list[Mark], labels: list[str]) -> str:
    body = escape(words).replace("\n", "<br>")
    if not over:
        return body
    kinds = " ".join(dict.fromkeys(f"cm-{m.kind}" for m in over))
    reasons = "\n".join(dict.fromkeys(m.reason for m in over if m.reason))
    number = f' data-n="{escape(", ".join(dict.fromkeys(labels)))}"' if labels else ""
    return f'<mark class="{escape(kinds)}" title="{escape(reasons)}"{number}>{body}</mark>'
