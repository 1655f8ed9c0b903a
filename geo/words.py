"""An article's words in the form that the search for place names needs: flat, with possessives and compounds cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from geo.model import Sentence
from geo.place_rules import PLACE_RULES
from geo.sentences import TOKEN

ARTICLE_PREFIX = re.compile(r"(?:[Aa][lnrsdtz]|[Aa]sh|[Aa]dh|[Aa]th|[Ee][ldrsntz]|[Uu]l|[Uu]m|[Aa]bu)[-'’‑–]?$")
LOWER_ARTICLE = re.compile(r"(?:al|an|ar|as|ash|at|ad|adh|az|el|ed|er|es|et|ez|ul|d|l|o)[-'’‑](?=[A-ZÀ-ÝĀ-ŽḀ-ỿʿ])")
COMPOUND = re.compile(r"[^-‑–]+")
INSIDE_NAMES = frozenset(
    "of de la le el al du da do dos das del di and the es sur upon am an der den in on e y ad as ash ar".split()
)
TITLE_CASE_SHARE = 0.7  # of the longer words of a line: then capitals say nothing
LONG_LOWER_WORD = (
    6  # letters; a headline in title case writes such a word with a capital, a sentence full of names does not
)
SHORT_FORMS = frozenset(("st", "mt", "ft", "ste", "pt"))


class Words:
    """Parallel lists, one entry a word: text, lower-case text, start, end, sentence number.

    `glued[i]` says that only white space (or a hyphen inside a compound) stands between word i-1 and i, `opens[i]` that
    word i opens its sentence, `named[i]` that it is written like a name, `owns[i]` that 's was cut off.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], known: Callable[[str], bool]) -> None:
        """`known` says whether a compound such as "Guinea-Bissau" is one name; "Mali-Niger" is cut in two."""
        self.source = text
        self._known = known
        self.ranges = [(s.span.start, s.span.end) for s in sentences]  # by sentence: offsets
        self.shouting: list[bool] = []  # by sentence: capitals everywhere
        self.title_case: list[bool] = []  # by sentence
        rows: list[tuple[str, str, int, int, int, bool, bool, bool, bool, bool]] = []
        for number, sentence in enumerate(sentences):
            self._add_sentence(number, sentence, rows)
        columns = [list(c) for c in zip(*rows, strict=True)] if rows else [[] for _ in range(10)]
        self.text: list[str] = columns[0]
        self.lower: list[str] = columns[1]
        self.start: list[int] = columns[2]
        self.end: list[int] = columns[3]
        self.sentence: list[int] = columns[4]
        self.glued: list[bool] = columns[5]
        self.opens: list[bool] = columns[6]
        self.named: list[bool] = columns[7]
        self.owns: list[bool] = columns[8]
        self.hyphen: list[bool] = columns[9]  # word i is followed by a hyphen and a lower-case word: "Iran-backed"
        self.violent = {s for w, s in zip(self.lower, self.sentence, strict=True) if w in PLACE_RULES.cues["violence"]}
        self.lower_words = {w for w, t, n in zip(self.lower, self.text, self.named, strict=True) if not n and w == t}

    def __len__(self) -> int:
        return len(self.text)

    def _add_sentence(
        self, number: int, sentence: Sentence, rows: list[tuple[str, str, int, int, int, bool, bool, bool, bool, bool]]
    ) -> None:
        source = self.source
        opening, owned = True, False
        last_end = -1
        last = ""
        long_words = capitals = shouted = plain_long = 0
        for token in TOKEN.finditer(source, sentence.span.start, sentence.span.end):
            if token.lastgroup:  # a footnote's mark
                continue
            text = token.group()
            plain = text.isalnum()
            parts = (
                ((text, token.start(), token.end(), False, False),)
                if plain
                else _parts(text, token.start(), self._known)
            )
            for word, start, end, owns, hyphen in parts:
                glued = last_end >= 0 and (start == last_end or source[last_end:start].isspace())
                if word == "." and last in SHORT_FORMS and glued:
                    last_end = end
                    continue
                head = word[0]
                named = (
                    head.isupper()
                    or (not head.isascii() and "\u0600" <= head <= "\u06ff")
                    or (not plain and _named(word))
                )
                last = word.casefold() if plain else word.replace("’", "'").casefold()
                if len(word) > 3 and word.isalpha():
                    long_words += 1
                    capitals += named
                    shouted += word.isupper()
                    plain_long += not named and len(word) >= LONG_LOWER_WORD
                rows.append((word, last, start, end, number, glued and not owned, opening, named, owns, hyphen))
                opening = opening and not head.isalnum()
                owned = owns
                last_end = end + 2 if owns else end
        self.shouting.append(long_words > 1 and shouted == long_words)
        self.title_case.append(long_words > 3 and capitals >= TITLE_CASE_SHARE * long_words and not plain_long)

    def phrase(self, i: int, j: int) -> str:
        """The words i to j (inclusive) as the text writes them, without line breaks."""
        return " ".join(self.source[self.start[i] : self.end[j]].split())

    def before(self, i: int, count: int = 1) -> str:
        """The `count` words before i in the same sentence, lower case, joined by spaces."""
        low = i - count
        if low < 0 or self.sentence[low] != self.sentence[i]:
            return ""
        return " ".join(self.lower[low:i])

    def after(self, j: int, count: int = 1) -> str:
        """The `count` words after j in the same sentence, lower case, joined by spaces."""
        high = j + count
        if high >= len(self.lower) or self.sentence[high] != self.sentence[j]:
            return ""
        return " ".join(self.lower[j + 1 : high + 1])


def _named(word: str) -> bool:
    """Whether a word is written like a name: a capital, an article with a capital, or Arabic script."""
    head = word[0]
    if head.isupper():
        return True
    if head.islower():
        return bool(LOWER_ARTICLE.match(word))
    return "\u0600" <= head <= "\u06ff"


def _parts(word: str, start: int, known: Callable[[str], bool]) -> list[tuple[str, int, int, bool, bool]]:
    """Cut "Iraq's" and "Iran-backed": (word, start, end, possessive, followed by a hyphen and a lower-case word)."""
    owns = False
    if word[-2:] in ("'s", "’s", "'S", "’S"):
        word, owns = word[:-2], True
    elif word[-1:] in "'’" and len(word) > 1:
        word = word[:-1]
    if not word:
        return []
    if "-" in word and len(word) > 3 and not LOWER_ARTICLE.match(word) and not word[0].islower():
        pieces = list(COMPOUND.finditer(word))
        lower_tail = [
            p
            for p in pieces[1:]
            if p.group()[0].islower() and p.group() not in INSIDE_NAMES and p.group() not in ("e", "i", "au")
        ]
        if lower_tail and len(pieces) > 1 and not (len(pieces) == 2 and len(pieces[1].group()) <= 3):
            cut = lower_tail[0].start() - 1
            head = word[:cut]
            if head:
                rest = (word[cut + 1 :], start + cut + 1, start + len(word), owns, False)
                return [(head, start, start + len(head), False, True), rest]
        if not lower_tail and len(pieces) == 2 and min(len(p.group()) for p in pieces) > 2 and not known(word):
            return [(p.group(), start + p.start(), start + p.end(), owns and p is pieces[-1], False) for p in pieces]
    return [(word, start, start + len(word), owns, False)]


def is_title_word(word: str) -> bool:
    """Whether a lower-case word is a person's title."""
    return word.rstrip(".") in PLACE_RULES.titles
