"""Folding of place names: which spellings meet, and on which rung."""

import pytest

from geo.places import names

PAIRS = [
    ("Baghdad", "BAGHDAD", "exact"),
    ("Sa'ada", "Saada", "marks"),
    ("Saint-Étienne", "Saint Etienne", "marks"),
    ("Ain al-Arab", "Ain Al Arab", "marks"),
    ("Łódź", "Lodz", "marks"),
    ("Qaim", "Al-Qa'im", "article"),
    ("Bab", "al-Bab", "article"),
    ("Karrada", "Karada", "phonetic"),
    ("Falluja", "Fallujah", "phonetic"),
    ("Baghouz", "Baghuz", "phonetic"),
    ("Iskandariya", "Al Iskandariyah", "phonetic"),
    ("Kadhimiya", "Kazimiyah", "phonetic"),
    ("Musayyib", "Al-Musayab", "skeleton"),
    ("الإسكندرية", "الاسكندريه", "marks"),
    ("البصرة", "بصرة", "article"),
    ("Baghdad", "Basra", ""),
    ("Najaf", "Nafaj", ""),
    ("Hama", "Homs", ""),
]


@pytest.mark.parametrize(("a", "b", "expected"), PAIRS)
def test_two_spellings_meet_on_the_finest_rung_that_joins_them(a: str, b: str, expected: str) -> None:
    """The rung is named, both ways round."""
    assert names.rung(names.keys(a), names.keys(b)) == expected
    assert names.rung(names.keys(b), names.keys(a)) == expected


def test_arabic_keys_stay_in_arabic_script() -> None:
    """No key of an Arabic name holds a Latin letter."""
    keys = names.keys("مَدينة الصَّدر")
    assert keys.marks == "مدينه الصدر"
    assert keys.article == "مدينه صدر"
    assert not any(c.isascii() and c.isalpha() for c in keys.phonetic + keys.skeleton)


def test_a_skeleton_needs_three_consonants() -> None:
    """Two consonants tell no towns apart."""
    assert names.keys("Taji").skeleton == ""
    assert names.keys("Makhmur").skeleton != ""


def test_folding_is_idempotent() -> None:
    """A folded name folds to itself."""
    for name in ("Çanakkale", "Deir ez-Zor", "K-1", "Q-West", "Ṣanʿāʾ"):
        assert names.marks(names.marks(name)) == names.marks(name)
