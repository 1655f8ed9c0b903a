"""One case for each row of the actor list and of the weapon list."""

from __future__ import annotations

import csv

import pytest

from geo.details import actors, weapons
from geo.model import Article, Span
from geo.sentences import sentences, tokens

KNOWN = actors.load()


@pytest.mark.parametrize("entry", KNOWN.entries, ids=lambda e: e.name)
def test_every_name_of_a_row_is_found_as_that_actor(entry):
    """Each alias, set into a plain sentence that has the row's context, gives the row's name."""
    for alias in (entry.name, *entry.aliases):
        name = alias.rstrip(actors.NEEDS_CONTEXT).replace(" *", " gunmen")
        for context in entry.context or ("",):
            text = f"Yesterday {name} was named. {context}"
            found = actors.expressions(text, sentences(Article("a", "t", "p", text)), KNOWN)
            start = text.index(name)
            here = [a for a in found if a.span.start <= start < a.span.end or start <= a.span.start < start + len(name)]
            if entry.kind.startswith("generic"):
                assert here, alias
                assert not here[0].known or here[0].name
            elif any(a.name == entry.name for a in here):
                break
        else:
            assert entry.kind.startswith("generic"), f"{alias!r} is read as {[a.name for a in here]}"


@pytest.mark.parametrize("entry", KNOWN.entries, ids=lambda e: e.name)
def test_every_row_says_whence_it_is(entry):
    """A row has a source, and no alias twice."""
    assert entry.source
    assert len(set(entry.aliases)) == len(entry.aliases)


with weapons.RULES.open(encoding="utf-8", newline="") as file:
    WEAPONS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", WEAPONS, ids=lambda r: r["name"])
def test_every_word_for_a_weapon_is_found(row):
    """Each of a row's words gives the row's weapon."""
    for words in row["words"].split("|"):
        text = f"They saw {words} there."
        assert row["name"] in [w.name for w in weapons.expressions(tokens(text, Span(0, len(text))))], words
