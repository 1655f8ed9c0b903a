"""An article's words in the form that the search for place names needs: flat, with possessives and compounds cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from geo.model import Sentence
from geo.place_rules import PLACE_RULES

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
        self.text: list[str] = []
        self.lower: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.sentence: list[int] = []
        self.glued: list[bool] = []
        self.opens: list[bool] = []
        self.named: list[bool] = []
        self.owns: list[bool] = []
        self.hyphen: list[bool] = []  # word i is followed by a hyphen and a lower-case word: "Iran-backed"
        for number, sentence in enumerate(sentences):
            self._add_sentence(number, sentence)
        cues = PLACE_RULES.cues["violence"]
        self.violent = {s for w, s in zip(self.lower, self.sentence, strict=True) if w in cues}
        self.names = [i for i, named in enumerate(self.named) if named]  # the words written like names, in order
        self.lower_words = {w for w in set(self.text) if w.islower()}

    def __len__(self) -> int:
        return len(self.text)

    def _add_sentence(self, number: int, sentence: Sentence) -> None:
        source, texts, lowers, starts, ends, glued = (
            self.source, self.text, self.lower, self.start, self.end, self.glued
        )  # fmt: skip
        first, last_end = len(texts), -1
        marked: dict[int, tuple[bool, bool, bool]] = {}  # by word: named, owns, hyphen
        for start, end, text, _ in sentence.tokens:
            if text.islower() and text.isalnum():  # eight words of ten
                lower = text
            elif text.isalnum() or len(text) == 1:
                if text == "." and len(texts) > first and lowers[-1] in SHORT_FORMS and start == last_end:
                    last_end = end
                    continue
                lower = "'" if text == "’" else text.casefold()
                if _named(text):
                    marked[len(texts)] = True, False, False
            else:
                last_end = self._add_parts(_parts(text, start, self._known), last_end, marked)
                continue
            texts.append(text)
            lowers.append(lower)
            starts.append(start)
            ends.append(end)
            glued.append(last_end >= 0 and (start == last_end or source[last_end:start].isspace()))
            last_end = end
        self._close_sentence(number, first, marked)

    def _add_parts(self, parts: Sequence[Part], last_end: int, marked: dict[int, tuple[bool, bool, bool]]) -> int:
        """Add the words that a word was cut into; where the last of them ends, with its 's."""
        for word, start, end, owns, hyphen in parts:
            marked[len(self.text)] = _named(word), owns, hyphen
            self.text.append(word)
            self.lower.append(word.replace("’", "'").casefold())
            self.start.append(start)
            self.end.append(end)
            self.glued.append(last_end >= 0 and (start == last_end or self.source[last_end:start].isspace()))
            last_end = end + 2 if owns else end
        return last_end

    def _close_sentence(self, number: int, first: int, marked: Mapping[int, tuple[bool, bool, bool]]) -> None:
        """Fill what is known only when a sentence is whole; a word behind a possessive is not glued to it."""
        count = len(self.text) - first
        self.sentence += [number] * count
        for flags in (self.opens, self.named, self.owns, self.hyphen):
            flags.extend([False] * count)
        for k, (named, owns, hyphen) in marked.items():
            self.named[k], self.owns[k], self.hyphen[k] = named, owns, hyphen
            if owns and k + 1 < len(self.text):
                self.glued[k + 1] = False
        for k in range(first, first + count):
            self.opens[k] = True
            if self.text[k][0].isalnum():
                break
        shouting, title_case = self._capitals(first)
        self.shouting.append(shouting)
        self.title_case.append(title_case)

    def _capitals(self, first: int) -> tuple[bool, bool]:
        """Whether the sentence from word `first` is written in capitals, and whether in title case."""
        for word in self.text[first:]:
            if len(word) >= LONG_LOWER_WORD and word.islower() and word.isalpha():
                return False, False  # neither of them has such a word; nearly every sentence has
        long = [k for k in range(first, len(self.text)) if len(self.text[k]) > 3 and self.text[k].isalpha()]
        capitals = sum(self.named[k] for k in long)
        plain_long = any(len(self.text[k]) >= LONG_LOWER_WORD and not self.named[k] for k in long)
        shouting = len(long) > 1 and all(self.text[k].isupper() for k in long)
        return shouting, len(long) > 3 and capitals >= TITLE_CASE_SHARE * len(long) and not plain_long

    def phrase(self, i: int, j: int) -> str:
        """The words i to j (inclusive) as the text writes them, without line breaks."""
        if i == j:
            return self.text[i]
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


Part = tuple[str, int, int, bool, bool]  # word, start, end, possessive, followed by a hyphen and a lower-case word


def _parts(word: str, start: int, known: Callable[[str], bool]) -> list[Part]:
    """Cut "Iraq's" and "Iran-backed"."""
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
