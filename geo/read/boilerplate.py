"""Mark the parts of a document that are not the article's own account, by the rules of `geo/rules/boilerplate.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from geo.model import LeftOut, Span

RULES = Path(__file__).parents[1] / "rules" / "boilerplate.toml"
TAIL = 2 / 3  # a `tail` rule holds from here on: notes to editors and authors' notes close a document
LINK_CHARACTERS = 140  # a longer line is no headline
LABEL_CHARACTERS = 100
ACCOUNT_CHARACTERS = 80  # a shorter line at the head of a page may be navigation

BULLET = re.compile(r"\s*(?:[-*•>–·]+|\(?\d{1,3}[.)])\s+")
INDENTED = re.compile(r"[ \t\u00a0]+\S")
NESTED_ITEM = re.compile(r"[ \t\u00a0]{4,}\d{1,3}\.\s")
SENTENCE_INSIDE = re.compile(r"[.;]\s+\S|[.;][\"'”’)]*$")
# "Live Video Q&A - Hear from our ...", but no dateline in capitals
LABEL = re.compile(r"[A-Z][a-z]+(?: [\w&]+){0,3} [-–] ")

Takes = Literal["line", "paragraph", "links", "offer", "rest", "above"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of boilerplate.toml."""

    id: str
    reason: str
    line: re.Pattern[str]
    takes: Takes
    tail: bool
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @property
    def is_link(self) -> bool:
        """Does it describe one link to another story: "Read more: ..."?"""
        return self.takes == "line" and self.reason == "related stories"

    def matches(self, line: str) -> bool:
        """Is this whole line, without its bullet, what the rule describes?"""
        return bool(self.line.fullmatch(BULLET.sub("", line, count=1).strip() or line.strip()))


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@cache
def rules() -> tuple[tuple[Rule, ...], re.Pattern[str]]:
    """The rules in their order, and the words by which an offer is known."""
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    made = tuple(
        Rule(
            id=row["id"],
            reason=row["reason"],
            line=re.compile(re.sub(r"\n\s*", "", row["line"]), re.IGNORECASE),
            takes=row["takes"],
            tail=row.get("tail", False),
            examples=tuple(row["examples"]),
            counter_examples=tuple(row["not"]),
        )
        for row in data["rule"]
    )
    return made, re.compile(data["offer_words"])


def left_out(text: str, start: int = 0) -> tuple[LeftOut, ...]:
    """The parts of `text` from `start` on that no stage is to read, in order and apart from one another.

    Where the rules would leave nothing at all, they leave everything: a document that is nothing but a list of
    links is the reader's choice.
    """
    lines = _lines(text, start)
    taken: dict[int, str] = {}
    tail_from = start + (len(text) - start) * TAIL
    for n, line in enumerate(lines):
        if line.blank or n in taken:
            continue
        for rule in rules()[0]:
            if (not rule.tail or line.start >= tail_from) and rule.matches(line.text):
                for taken_line in _reach(rule.takes, lines, n):
                    taken.setdefault(taken_line, rule.reason)
                break
    if all(line.blank or n in taken for n, line in enumerate(lines)):
        return ()
    return _spans(lines, taken)


def _lines(text: str, start: int) -> list[_Line]:
    lines = []
    for words in text[start:].splitlines(keepends=True):
        lines.append(_Line(start, start + len(words), words))
        start += len(words)
    return lines


def _reach(takes: Takes, lines: list[_Line], n: int) -> range:
    """Indices of the lines that a rule takes whose trigger is line `n`; empty where it may not reach so far."""
    if takes == "rest":
        return range(n, len(lines)) if any(_is_account(line.text) for line in lines[:n]) else range(0)
    if takes == "paragraph":
        return range(n, next((k for k in range(n, len(lines)) if lines[k].blank), len(lines)))
    if takes == "links":
        return range(n, _end(lines, n, sure=_is_mere_link, maybe=_is_mere_link))
    if takes == "offer":
        return range(n, _end(lines, n, sure=_is_offer, maybe=_is_link))
    if takes == "above":
        top = n
        while top > 0 and (lines[top - 1].blank or INDENTED.match(lines[top - 1].text)):
            top -= 1
        nested = any(NESTED_ITEM.match(line.text) for line in lines[top:n])
        return range(top if nested else n, n + 1)
    return range(n, n + 1)


def _end(lines: list[_Line], n: int, sure: Callable[[str], bool], maybe: Callable[[str], bool]) -> int:
    """One past the last `sure` line after `n` that only blank, `sure` and `maybe` lines part from it."""
    end = n + 1
    for k in range(n + 1, len(lines)):
        if lines[k].blank:
            continue
        if sure(lines[k].text):
            end = k + 1
        elif not maybe(lines[k].text):
            break
    return end


def _is_link(line: str) -> bool:
    """A headline: short, and without a sentence's end, in a list or bare."""
    words = BULLET.sub("", line, count=1).strip()
    return len(words) <= LINK_CHARACTERS and not SENTENCE_INSIDE.search(words)


def _is_mere_link(line: str) -> bool:
    """A headline that no rule of its own describes, but for those of a single link."""
    return _is_link(line) and not any(rule.matches(line) for rule in rules()[0] if not rule.is_link)


def _is_offer(line: str) -> bool:
    """Something to sign up for or to buy, or the label of what one gets for it."""
    words = line.strip()
    label = len(words) <= LABEL_CHARACTERS and bool(LABEL.match(words))
    known = any(rule.takes == "offer" and rule.matches(line) for rule in rules()[0])
    return known or label or bool(rules()[1].search(words))


def _is_account(line: str) -> bool:
    """Prose: something was told before this line, so that what follows may be no part of it."""
    return len(line.strip()) >= ACCOUNT_CHARACTERS and not _is_link(line)


def _spans(lines: list[_Line], taken: dict[int, str]) -> tuple[LeftOut, ...]:
    """Neighbouring lines with one reason as one span; blank lines between them join it."""
    out: list[LeftOut] = []
    previous = -2
    for n in sorted(taken):
        if lines[n].blank and taken.get(n + 1) is None:
            continue
        gap_is_blank = previous >= 0 and all(lines[k].blank for k in range(previous + 1, n))
        if out and gap_is_blank and out[-1].reason == taken[n]:
            out[-1] = LeftOut(Span(out[-1].span.start, lines[n].end), taken[n])
        else:
            out.append(LeftOut(Span(lines[n].start, lines[n].end), taken[n]))
        previous = n
    return tuple(out)
