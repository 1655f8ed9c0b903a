"""Folding of place names: keys under which spellings of one name meet.

The ladder, each step coarser than the one before: `exact` (case aside), `marks` (diacritics, apostrophes, hyphens and
dots gone), `article` (al-, an-, ash- ... gone), `phonetic` (ph/f, q/k, ou/u, ei/ay/i, dh/z, final -ah/-a, doubled
letters), `skeleton` (consonants only). Names in Arabic script keep to it: their keys are Arabic letters.

Everything here is pure and knows no place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

SHORTEST_SKELETON = 3  # two consonants tell nothing apart: "bs" is Basa, Busa, Bussy ...
SKELETON_ALIKE = 0.82  # Jaro-Winkler of the phonetic keys that a skeleton match must reach

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ARABIC_DROP = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f]")
_ARABIC_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ک": "ك", "گ": "ك", "ڤ": "ف",
     "پ": "ب", "چ": "ج", "ژ": "ز", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ء": None}
)  # fmt: skip
_ARABIC_ARTICLE = re.compile(r"(?:(?<=\s)|^)(?:وال|ال)(?=\w{2})")
_ARABIC_VOWELS = str.maketrans("", "", "اويه ")

_LETTERS_WITHOUT_MARKS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t",
    "ə": "a", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ĸ": "k", "ŉ": "n",
}  # fmt: skip
_APOSTROPHES = "'`´ʻʼʽʾʿˈ‘’‛′ʹ"
_HYPHENS = "-‐‑‒–—_/"


def _marks_table() -> dict[int, str | None]:
    """One `str.translate` table for Latin letters, so that folding is one pass in C."""
    table: dict[int, str | None] = {}
    for point in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        char = chr(point).casefold()
        plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
        table[point] = "".join(_LETTERS_WITHOUT_MARKS.get(c, c) for c in plain)
    table.update({ord(c): v for c, v in _LETTERS_WITHOUT_MARKS.items()})
    table.update(dict.fromkeys(range(768, 880)))
    return table


_PUNCTUATION: dict[int, str | None] = {
    **{ord(c): None for c in _APOSTROPHES + "."},
    **{ord(c): " " for c in _HYPHENS + ',;:()[]"\u00a0\u202f'},
    ord("&"): " and ",
}
_ASCII = {**_PUNCTUATION, **{c: chr(c + 32) for c in range(65, 91)}}
_LATIN = {**_ASCII, **_marks_table()}

_ARTICLE = re.compile(r"\b(?:al|an|ar|as|ash|at|ad|adh|az|el|ed|er|es|et|ez|en) (?=\w{2})")
_WITH_H = (
    ("tch", "sh"), ("sch", "sh"), ("ch", "sh"), ("ph", "f"), ("dh", "z"), ("gh", "g"), ("kh", "x"),
    ("tha", "za"), ("thi", "zi"), ("thu", "zu"),
)  # fmt: skip
_WITH_W = (("wa", "va"), ("wi", "vi"), ("we", "ve"), ("wo", "vo"))
_OTHER = (("ck", "k"), ("q", "k"), ("dz", "z"), ("dj", "j"))
_VOWEL_SOUNDS = str.maketrans("owey", "uuii")  # so that ou, oo, ow and ei, ey end as doubled letters
_FINALS = ("iyyah", "iyya", "iyah", "iyeh", "iya", "ieh", "iah", "yah", "ia", "ya", "ah", "eh", "a", "e")
_REPEATED = re.compile(r"(\w)(?=\1)")  # a letter that the next one repeats
_VOWELS = str.maketrans("", "", "aeiouy ")


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic script, at least in part."""
    return not name.isascii() and bool(_ARABIC.search(name))


def marks(name: str) -> str:
    """Fold case, diacritics, apostrophes, hyphens and dots away: "Aïn al-'Asad" and "Ain Al Asad" become one."""
    if name.isascii():
        return " ".join(name.translate(_ASCII).split())
    if _ARABIC.search(name):
        folded = _ARABIC_DROP.sub("", unicodedata.normalize("NFKC", name))
        return " ".join(folded.translate(_ARABIC_SAME).translate(_LATIN).split())
    return " ".join(unicodedata.normalize("NFC", name).casefold().translate(_LATIN).split())


def article(folded: str) -> str:
    """Drop the articles from a name that `marks` folded: "jurf al nasr" becomes "jurf nasr"."""
    if not folded.isascii() and _ARABIC.search(folded):
        return _ARABIC_ARTICLE.sub("", folded)
    return _ARTICLE.sub("", folded) if " " in folded else folded


def phonetic(without: str) -> str:
    """Reduce a name without articles to classes of sounds that transcriptions confuse. Words are joined."""
    if not without.isascii():
        return without.replace(" ", "")
    sounds = without
    if "h" in sounds:
        for letters, sound in _WITH_H:
            sounds = sounds.replace(letters, sound)
    if "w" in sounds:
        for letters, sound in _WITH_W:
            sounds = sounds.replace(letters, sound)
    for letters, sound in _OTHER:
        sounds = sounds.replace(letters, sound)
    sounds = " ".join([_final_vowels(word) for word in sounds.split(" ")]) if " " in sounds else _final_vowels(sounds)
    sounds = sounds.translate(_VOWEL_SOUNDS).replace("au", "u").replace("ai", "i")
    return _REPEATED.sub("", sounds.replace(" ", ""))


def _final_vowels(word: str) -> str:
    """-a, -ah, -eh, -e sound alike at a word's end, and so do -iya, -iyah, -ieh."""
    if len(word) < 4 or word[-1] not in "aeh":
        return word
    for final in _FINALS:
        if word.endswith(final):
            return word[: -len(final)] + ("ia" if final[0] in "iy" else "a")
    return word


def skeleton(sounds: str) -> str:
    """The consonants of a phonetic key, or "" where fewer than three remain."""
    bones = sounds.translate(_VOWELS if sounds.isascii() else _ARABIC_VOWELS)
    if len(bones) >= SHORTEST_SKELETON:
        bones = _REPEATED.sub("", bones)
    return bones if len(bones) >= SHORTEST_SKELETON else ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one name, finest first; `skeleton` is "" where too little remains."""

    exact: str
    marks: str
    article: str
    phonetic: str
    skeleton: str


@lru_cache(maxsize=20_000)
def keys(name: str) -> Keys:
    """Climb the whole ladder for one name; remembered, as a text repeats its names."""
    folded = marks(name)
    without = article(folded)
    sounds = phonetic(without)
    return Keys(name.casefold(), folded, without, sounds, skeleton(sounds))


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """A name as far as `article` folds it, which is all that most comparisons ask and half the work of `keys`."""
    return article(marks(name))


def rung(asked: Keys, known: Keys) -> str:
    """Name the finest step on which two names meet, or "" where they do not."""
    if asked.exact == known.exact:
        return "exact"
    if asked.marks == known.marks:
        return "marks"
    if asked.article == known.article or asked.article.replace(" ", "") == known.article.replace(" ", ""):
        return "article"  # "Bani Bangou" is Banibangou
    if asked.phonetic == known.phonetic:
        return "phonetic"
    if asked.skeleton and asked.skeleton == known.skeleton and alike(asked, known) >= SKELETON_ALIKE:
        return "skeleton"
    return ""


def alike(asked: Keys, known: Keys) -> float:
    """Likeness of two names' sounds, 0 to 1."""
    return float(JaroWinkler.similarity(asked.phonetic, known.phonetic))
