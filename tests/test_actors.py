"""Who is spoken of."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.details import actors
from geo.model import Article, BadInput
from geo.sentences import sentences

KNOWN = actors.load()


def found(text: str) -> list[actors.ActorWords]:
    return list(actors.expressions(text, sentences(Article("a", "t", "p", text)), KNOWN))


def names(text: str) -> list[str]:
    return [a.name for a in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iraqi army units fired back.", ["Iraq"]),
        ("American warplanes flew low.", ["United States"]),
        ("The U.S.-led coalition denied it.", ["US-led coalition"]),
        ("Fighters of the Taliban fled.", ["Taliban"]),
        ("Gunmen from the Islamic State group fled.", ["Islamic State (ISIS)"]),
        ("The Iran-backed Kataib Hizbullah militia fled.", ["Kata'ib Hezbollah (KH)"]),
        ("Kata’ib Hezbollah’s depots burned.", ["Kata'ib Hezbollah (KH)"]),
        ("Iranian-backed militias fled.", ["Iran-backed militia"]),
        ("A British contractor fled.", ["Civilians (United Kingdom)"]),
        ("Two Britons fled.", ["United Kingdom"]),
        ("Moroccan rebels fled.", ["Moroccan rebels"]),
        ("This is how it is.", []),
        ("The Iran-Iraq border was calm.", []),
        ("Gunmen fled.", ["Gunmen"]),
    ],
)
def test_names(text, expected):
    """Groups, states, their people and general words, the longest name at each place."""
    assert names(text) == expected


def test_capitals_matter_in_short_names():
    """IS is a group and "is" a verb; KH is a group and "kh" nothing."""
    assert names("IS is gone and KH stayed.") == ["Islamic State (ISIS)", "Kata'ib Hezbollah (KH)"]
    assert names("it is gone, kh.") == []


def test_an_ambiguous_name_needs_its_context():
    """SDF is a group where Syria is spoken of, and nothing elsewhere; "the coalition" is the one of the story."""
    assert names("The SDF met in Raqqa.") == ["Syrian Democratic Forces (SDF)"]
    assert names("The SDF met in Oslo.") == ["Norway"]
    assert "Saudi-led coalition" in names("Houthi guns fell silent in Yemen. Coalition jets circled.")
    assert "US-led coalition" in names("ISIS fell back in Iraq and Syria. Coalition jets circled.")


def test_a_description_is_not_known():
    """What is no name of the list is kept in the text's own words."""
    words = found("Masked gunmen fled.")[0]
    assert (words.actor.name, words.actor.known) == ("Masked gunmen", False) or not words.known


def test_a_wrong_row_names_file_row_and_field(tmp_path):
    """All problems of a list are told at once."""
    path = tmp_path / "actors.csv"
    path.write_text("name,aliases,side,country,kind,context,source\n,,,,rebel,,x\nA,,,USA,army,,x\n", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        actors.load(path)
    assert [(p.row, p.field) for p in error.value.problems] == [(2, "name"), (3, "kind"), (3, "country")]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from("the US U.S. - ' Iraqi IS army KH Hezbollah 's gunmen from of al-Shabaab , .".split()),
            max_size=30,
        ).map(" ".join),
    )
)
def test_no_text_breaks_the_reader(text):
    """Any text gives actors in order, none over another."""
    spans = [a.span for a in found(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Zerun Liberation Front attacked Oum.", ["Zerun Liberation Front"]),
        (
            "The Movement for the Freedom of Zerun (MFZ) fled. MFZ men came back.",
            ["Movement for the Freedom of Zerun"] * 3,
        ),
        ("The Popular Army of Bel, known as PAB, fled.", ["Popular Army of Bel"] * 2),
        ("Murwi gunmen attacked Oum.", ["Murwi gunmen"]),
        ("The Kenyan Liberation Army attacked Oum.", ["Kenyan Liberation Army"]),
        ("The Kenyan Air Force attacked Oum.", ["Kenya"]),
        ("Last Sunday gunmen came.", ["gunmen"]),
        ("In Oum gunmen came.", ["gunmen"]),
        ("The Human Rights Movement met.", []),
        ("PKK fighters fled.", ["Kurdistan Workers' Party (PKK)"]),
    ],
)
def test_groups_that_no_list_has_are_named_as_the_text_names_them(text, expected):
    """A run of capitals with a group's noun, its short form, and a capital before people who bear arms."""
    assert names(text) == expected


def test_a_proposed_group_is_not_taken_for_a_listed_one():
    """Its report says that the name is the text's own."""
    (group,) = found("The Zerun Liberation Front attacked Oum.")
    assert group.proposed
    assert not group.actor.known
