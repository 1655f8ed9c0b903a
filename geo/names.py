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

RUNGS = ("exact", "marks", "article", "phonetic", "skeleton")

SKELETON_CONSONANTS = (
    ("tch", "sh"), ("sch", "sh"), ("ch", "sh"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("dh", "z"), ("dz", "z"),
    ("gh", "g"), ("kh", "x"), ("dj", "j"), ("tha", "za"), ("thi", "zi"), ("thu", "zu"),
    ("wa", "va"), ("wi", "vi"), ("we", "ve"), ("wo", "vo"),
)  # fmt: skip
_VOWEL_SOUNDS = (
    ("ou", "u"), ("oo", "u"), ("au", "u"), ("aw", "u"), ("ow", "u"), ("o", "u"), ("w", "u"),
    ("ei", "i"), ("ai", "i"), ("ey", "i"), ("ay", "i"), ("e", "i"), ("y", "i"),
)  # fmt: skip
_DOUBLES = re.compile(r"(\w)\1+")
_VOWELS = str.maketrans("", "", "aeiouy@ ")
_ARABIC_ARTICLE = re.compile(r"(?:(?<=\s)|^)(?:وال|ال)(?=\w{2})")
_ARABIC_VOWELS = str.maketrans("", "", "اويه ")


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
    if _ARABIC.search(folded):
        return _ARABIC_ARTICLE.sub("", folded)
    return _ARTICLE.sub("", folded)


def phonetic(bare: str) -> str:
    """Reduce a name without articles to classes of sounds that transcriptions confuse. Words are joined."""
    if not bare.isascii():
        return bare.replace(" ", "")
    sounds = bare
    for letters, sound in _CONSONANTS:
        sounds = sounds.replace(letters, sound)
    sounds = " ".join([_final_vowels(word) for word in sounds.split(" ")])
    for letters, sound in _VOWEL_SOUNDS:
        sounds = sounds.replace(letters, sound)
    return _DOUBLES.sub(r"\1", sounds.replace(" ", ""))


_FINALS = ("iyyah", "iyya", "iyah", "iyeh", "iya", "ieh", "iah", "yah", "ia", "ya", "ah", "eh", "a", "e")


def _final_vowels(word: str) -> str:
    """-a, -ah, -eh, -e sound alike at a word's end, and so do -iya, -iyah, -ieh."""
    if word[-1:] not in "aeh" or len(word) < 4:
        return word
    for final in _FINALS:
        if word.endswith(final):
            return word[: -len(final)] + ("ia" if final[0] in "iy" else "a")
    return word


def skeleton(sounds: str) -> str:
    """The consonants of a phonetic key, or "" where fewer than three remain."""
    if not sounds.isascii():
        bones = _DOUBLES.sub(r"\1", sounds.translate(_ARABIC_VOWELS))
    else:
        bones = _DOUBLES.sub(r"\1", sounds.translate(_VOWELS))
    return bones if len(bones) >= SKELETON_CONSONANTS else ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one name, finest first; `skeleton` is "" where too little remains."""

    exact: str
    marks: str
    article: str
    phonetic: str
    skeleton: str


def keys(name: str) -> Keys:
    """Climb the whole ladder for one name."""
    folded = marks(name)
    bare = article(folded)
    sounds = phonetic(bare)
    return Keys(name.casefold(), folded, bare, sounds, skeleton(sounds))


@lru_cache(maxsize=20_000)
def cached_keys(name: str) -> Keys:
    """`keys`, remembered: a text repeats its names."""
    return keys(name)


def rung(asked: Keys, known: Keys) -> str:
    """Name the finest step on which two names meet, or "" where they do not."""
    for step in RUNGS[:-1]:
        if getattr(asked, step) == getattr(known, step) != "":
            return step
    if asked.skeleton and asked.skeleton == known.skeleton and alike(asked, known) >= SKELETON_ALIKE:
        return "skeleton"
    return ""


def alike(asked: Keys, known: Keys) -> float:
    """Likeness of two names' sounds, 0 to 1."""
    return float(JaroWinkler.similarity(asked.phonetic, known.phonetic))
