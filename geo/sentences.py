"""Cut the part of an article that is read into sentences and tokens, with offsets into the text as stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from geo.model import Article, Sentence, Span, Token

# Words whose full stop ends no sentence. Months and titles also stand before capitals, so a rule on the next
# letter alone would cut "Gen. Smith" and "Feb. 6".
ABBREVIATIONS = frozenset(
    "gen lt col maj sgt cpl capt cmdr brig adm mr mrs ms dr prof sen rep gov st no vs jan feb mar apr jun jul aug sep "
    "sept oct nov dec mt approx tel ext al inc ltd co corp dept est fig vol art a.m p.m e.g i.e etc".split()
)
TOKEN = re.compile(
    r"[A-Za-z]++(?=[ ,])|"  # seven words of ten, known by their first letters and what follows
    r"(?P<mark>\[\d{1,3}\])|(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:['’ʼ-][^\W_]+)*['’]?(?=s\b)?|[^\w\s]"
)
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\[\d+\])?(?=\s+|$)")
NEXT_START = re.compile(r"\s+[\"'“‘(\[*•-]*\s*[^\W_a-z]")
BULLET = re.compile(r"\s*(?:[-*•>]|\(?[a-z0-9]{1,2}[.)])\s+")
# An entry of a chronicle: "2019-05-06 - Fighters attack a camp", "Jan 9: Six shot dead".
DATED_ENTRY = re.compile(
    r"\W*(?:\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:,? \d{4})?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)"
    r"(?:, [\w ]{2,20})?\s*[-–—:|]\s*(?:\S+\s+){3}"
)
WRAPPED_LINE_CHARACTERS = 50  # a shorter line that ends without a full stop is a heading, not a wrapped line
WIDEST_WRAPPED = 120  # characters of a line in a text that is wrapped by hand
WIDTH_LINES = 400  # that are looked at for the width
FULL_LINE = 0.7  # of the width: a shorter line ends a paragraph
LEAST_WRAPPED, WRAPPED_SHARE = 3, 0.25  # so many lines, and so many of all, go on in small letters
UNFINISHED = re.compile(
    r"\b(?:the|an?|of|in|at|on|to|by|for|from|with|near|and|or|that|who|which|whose|its|their|his|her)$", re.IGNORECASE
)
HEADING_CHARACTERS = 140
NEXT_LINE_CHARACTERS = 400  # as much of the following line tells whether it goes on
LONGEST_SENTENCE_CHARACTERS = 2000  # longer is no prose: a page without punctuation, a table in one line
NOT_SPACE = re.compile(r"\S")


def body(article: Article) -> tuple[Span, ...]:
    """The stretches of `article.text` that are its own account: everything outside `left_out`, in order."""
    spans: list[Span] = []
    start = 0
    for out in sorted(article.left_out, key=lambda o: o.span):
        if out.span.start > start:
            spans.append(Span(start, out.span.start))
        start = max(start, out.span.end)
    if start < len(article.text):
        spans.append(Span(start, len(article.text)))
    return tuple(spans)


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences, headings and list items of an article's own account, in order."""
    out: list[Sentence] = []
    paragraph = 0
    for stretch in body(article):
        for block in _blocks(article.text, stretch):
            pieces = _pieces(article.text, block)
            for piece in pieces:
                words = piece.of(article.text)
                heading = len(pieces) == 1 and _is_heading(words)
                out.append(Sentence(piece, paragraph, tokens(article.text, piece), heading))
            paragraph += 1
    return tuple(out)


def unwrapped(text: str, cut: Sequence[Sentence]) -> str:
    """The text with a space for each line break within a sentence; every offset stays."""
    if "\n" not in text:
        return text
    letters = list(text)
    for sentence in cut:
        for at in range(sentence.span.start, sentence.span.end):
            if letters[at] == "\n":
                letters[at] = " "
    return "".join(letters)


def tokens(text: str, span: Span) -> tuple[Token, ...]:
    """The words, numbers and marks of a span; a footnote's mark ("[2]") is none of its words."""
    found = []
    made = tuple.__new__  # without the checks of a named tuple's own constructor, which is made for every word
    for m in TOKEN.finditer(text, span.start, span.end):
        if m.lastgroup:  # the mark
            continue
        word = m[0]
        plain = word if word.isascii() else word.replace("’", "'").replace("ʼ", "'")
        found.append(made(Token, (*m.span(), word, plain.casefold())))
    return tuple(found)


def _blocks(text: str, stretch: Span) -> list[Span]:
    """Blocks of text: blank lines part them, and so does a line break that wraps no line."""
    blocks: list[Span] = []
    width = _wrapped_width(text[stretch.start : stretch.end])
    start = stretch.start
    at = stretch.start
    while at < stretch.end:
        end = text.find("\n", at, stretch.end)
        if end < 0:
            break
        line = text[at:end].rstrip()
        next_line = text[end + 1 : min(stretch.end, end + 1 + NEXT_LINE_CHARACTERS)].split("\n", 1)[0]
        if not _wraps(line, next_line, width):
            _add(text, Span(start, end) if end > start else None, blocks)
            start = end + 1
        at = end + 1
    _add(text, Span(start, stretch.end) if stretch.end > start else None, blocks)
    return blocks


def _wrapped_width(text: str) -> int:
    """The width in characters to which a text is wrapped by hand, line by line; 0 where its lines are whole paragraphs."""
    lines = [line.rstrip() for line in text.split("\n", WIDTH_LINES)[:WIDTH_LINES]]
    width = max(map(len, lines), default=0)
    if width > WIDEST_WRAPPED:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    goes_on = sum(b.lstrip()[:1].islower() and len(a) >= FULL_LINE * width for a, b in pairs)
    return width if goes_on >= LEAST_WRAPPED and goes_on >= WRAPPED_SHARE * len(pairs) else 0


def _wraps(line: str, next_line: str, width: int) -> bool:
    """Does `next_line` go on in the middle of what `line` says?"""
    if not line.strip() or not next_line.strip() or BULLET.match(next_line):
        return False
    if width and len(line) >= FULL_LINE * width:
        return True
    if line[-1] in '.!?…:"”':
        return False
    if next_line.lstrip()[:1].islower() or UNFINISHED.search(line):
        return True
    return WRAPPED_LINE_CHARACTERS <= len(line) < HEADING_CHARACTERS and (
        len(next_line) > WRAPPED_LINE_CHARACTERS and line[-1] == ","
    )


def _add(text: str, span: Span | None, blocks: list[Span]) -> None:
    if span is None:
        return
    words = span.of(text)
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    if right > left:
        blocks.append(Span(span.start + left, span.start + right))


def _pieces(text: str, block: Span) -> list[Span]:
    """Sentences of a block."""
    pieces: list[Span] = []
    start = block.start
    for m in SENTENCE_END.finditer(text, block.start, block.end):
        if m.end() >= block.end or not NEXT_START.match(text, m.end(), block.end) or _abbreviated(text, m, start):
            continue
        pieces += _bearable(text, start, m.end())
        start = NOT_SPACE.search(text, m.end()).start()  # type: ignore[union-attr]  # NEXT_START saw a letter
    pieces += _bearable(text, start, block.end)
    return pieces


def _bearable(text: str, start: int, end: int) -> list[Span]:
    """A sentence, or what has no end of one for pages cut at white space, so that the work on it stays in proportion."""
    pieces = []
    while end - start > LONGEST_SENTENCE_CHARACTERS:
        limit = start + LONGEST_SENTENCE_CHARACTERS
        gap = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
        stop = gap if gap > start else limit
        pieces.append(Span(start, start + len(text[start:stop].rstrip())))
        found = NOT_SPACE.search(text, stop, end)
        start = found.start() if found else end
    if start < end:
        pieces.append(Span(start, end))
    return pieces


def _abbreviated(text: str, mark: re.Match[str], start: int) -> bool:
    """Is the full stop part of an abbreviation, an initial or a list number?"""
    if mark.group()[0] != "." or len(mark.group()) > 1:
        return False
    word = text[max(start, mark.start() - 12) : mark.start()].split()[-1:] or [""]
    bare = word[0].lstrip("(\"'“‘[").casefold()
    if bare in ABBREVIATIONS or (len(bare) == 1 and bare.isalpha()):
        return True
    if "." in bare and len(bare) <= 5 and bare.replace(".", "").isalpha():  # U.S, a.m
        return True
    return bare.rstrip(")").isdigit() and mark.start() - start <= 3


def _is_heading(words: str) -> bool:
    if len(words) > HEADING_CHARACTERS or words[-1] in '.!?…:;,"”':
        return False
    return not (BULLET.match(words) or DATED_ENTRY.match(words))
