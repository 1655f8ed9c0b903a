"""Place names in a text: what is one, how it is placed, inside what."""

import pytest
from places_fixture import cut, small_world

from geo.model import Mention
from geo.places.relations import relation_before
from geo.places.toponyms import mentions

WORLD = small_world()


def found(text: str) -> dict[str, Mention]:
    """Mentions by the words of their span."""
    return {m.span.of(text): m for m in mentions(text, cut(text), WORLD)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gunmen attacked a post in Mosul on Friday.", {"Mosul"}),
        ("Mr Mosul said that he was well.", set()),
        ("Troops left Rawdan for Baghdad.", {"Rawdan", "Baghdad"}),
        ("A rocket hit the Taskil air base at dawn.", {"Taskil air base"}),
        ("An Iran-backed group met American officers.", {"American"}),
        ("Officials from Syria, Iraq and the U.S. met.", {"Syria", "Iraq", "U.S."}),
        ("MOSUL, Iraq, May 3 - A mine killed two men.", {"MOSUL", "Iraq"}),
        ("They paid US$40 for it in May.", set()),
    ],
)
def test_names_of_places_and_nothing_else(text: str, names: set[str]) -> None:
    """Persons, months and money are none."""
    assert set(found(text)) == names


@pytest.mark.parametrize(
    "text",
    ["Shells fell in the village of Dar Quthma.", "A bomb went off near Quthmaniya.", "Two died in Quthmaniya, Iraq."],
)
def test_an_unknown_name_where_only_a_place_can_stand_is_a_mention_without_candidates(text: str) -> None:
    """So that the incident waits for its place."""
    unknown = [m for m in found(text).values() if "uthma" in m.name]
    assert len(unknown) == 1
    assert unknown[0].candidates == ()


@pytest.mark.parametrize(
    ("head", "relation", "km"),
    [
        ("a convoy 12 km north of ", "north of", 12.0),
        ("a convoy about 10 miles south-east of ", "south-east of", 16.09),
        ("in the hills near ", "near", None),
        ("two kilometres from the town of ", "near", 2.0),
        ("a checkpoint just outside ", "outside", None),
        ("on the road between ", "between", None),
        ("a blast in ", "at", None),
        ("the mayor of ", "at", None),
        ("some fifteen kilometres from ", "near", 15.0),
        ("about 35 nautical miles south of ", "south of", 64.82),
        ("on the western outskirts of ", "near", None),
    ],
)
def test_the_words_before_a_name_place_something_by_it(head: str, relation: str, km: float | None) -> None:
    """Relation and distance."""
    assert relation_before(head) == (relation, km)


@pytest.mark.parametrize(
    "text",
    [
        "A mine went off in Rawdan, Iraq.",
        "A mine went off in Rawdan, a town in Anbar province.",
        "Iraq's Rawdan was shelled.",
    ],
)
def test_a_chain_says_what_a_place_lies_in(text: str) -> None:
    """`inside` points at the container's mention."""
    every = mentions(text, cut(text), WORLD)
    inner = next(m for m in every if m.name == "Rawdan")
    assert [every[i].name for i in inner.inside] in (["Iraq"], ["Anbar"])


def test_a_capital_that_speaks_is_a_government() -> None:
    """Metonyms are marked, places are not."""
    assert found("Washington denied the report.")["Washington"].metonym
    assert not found("A march was held in Washington.")["Washington"].metonym


def test_a_facility_without_a_name_belongs_to_the_town_of_its_sentence() -> None:
    """The airport is Baghdad's."""
    text = "In Baghdad, a rocket landed near the local airport."
    airport = next(m for m in mentions(text, cut(text), WORLD) if m.span.of(text) == "airport")
    assert airport.name == "Baghdad"
    assert airport.candidates[0].place.id == "iq-airport"


@pytest.mark.parametrize(
    ("text", "name", "outer"),
    [
        ("A mine went off in Quthma, near Mosul.", "Quthma", ["Mosul"]),
        ("A mine went off in Quthma, a village some 12 km south of Mosul.", "Quthma", ["Mosul"]),
        ("A mine went off in Quthma and Rawdan in Anbar province.", "Quthma", ["Anbar"]),
        ("Shells fell on Quthma, a base that houses the council in Mosul.", "Quthma", ["Mosul"]),
        ("Shells fell on Quthma, Rawdan and Mosul.", "Quthma", []),
        ("Men left Rawdan, which Baghdad calls a nest of rebels.", "Rawdan", []),
    ],
)
def test_a_name_is_linked_to_what_holds_it_or_lies_beside_it(text: str, name: str, outer: list[str]) -> None:
    """And a list is no chain."""
    every = mentions(text, cut(text), WORLD)
    inner = next(m for m in every if m.name == name)
    assert [every[i].name for i in inner.inside] == outer


def test_both_ends_of_a_road_are_marked() -> None:
    """So that a claim may lie in the middle."""
    text = "A convoy was hit between Mosul and Baghdad."
    assert [m.relation for m in mentions(text, cut(text), WORLD)] == ["between", "between"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells fell on Mosul, also spelt Hadbax. Residents of Hadbax fled.", "Hadbax"),
        ("Mosul may appear elsewhere as Hadbax.", "Hadbax"),
        ("Mosul is also transliterated Hadbax.", "Hadbax"),
        ("Residents of Hadbax, as locals call Mosul, fled.", "Hadbax"),
    ],
)
def test_another_name_that_the_text_gives_means_the_same_place(text: str, name: str) -> None:
    """Wherever it stands."""
    every = mentions(text, cut(text), WORLD)
    ids = [[c.place.id for c in m.candidates] for m in every if m.span.of(text) == name]
    assert ids == [["iq-mosul"]] * text.count(name)


def test_a_name_that_has_a_place_of_its_own_keeps_it() -> None:
    """Two towns that one sentence compares."""
    text = "Mosul, often called Baghdad of the north, was shelled."
    assert found(text)["Baghdad"].candidates != found(text)["Mosul"].candidates
