"""Which of the names around an event is where it was: the signs one by one, and whole sentences."""

from __future__ import annotations

import re
from datetime import date

import pytest

from geo import pipeline
from geo.details import actors
from geo.find import sites
from geo.model import Article
from geo.places.gazetteer import Gazetteer

SIGNS, WEIGHTS = sites.signs()
MARKED = re.compile(r"\[([^\]]+)\]")


def around(marked: str) -> tuple[str, str]:
    """What stands before and behind the name in brackets, in lower case."""
    m = MARKED.search(marked)
    assert m is not None, marked
    return marked[: m.start()].lower(), marked[m.end() :].lower()


@pytest.mark.parametrize(
    ("sign", "example"), [(s, e) for s in SIGNS for e in s.examples], ids=lambda v: v if isinstance(v, str) else v.id
)
def test_a_sign_stands_in_its_examples(sign: sites.Sign, example: str) -> None:
    """As `geo/rules/scene.toml` says."""
    assert sign.stands(*around(example))


@pytest.mark.parametrize(
    ("sign", "trap"), [(s, t) for s in SIGNS for t in s.traps], ids=lambda v: v if isinstance(v, str) else v.id
)
def test_a_sign_does_not_stand_in_its_traps(sign: sites.Sign, trap: str) -> None:
    """As `geo/rules/scene.toml` says."""
    assert not sign.stands(*around(trap))


def test_every_sign_has_an_example_and_no_other_has_its_id() -> None:
    """A row without one is not tested."""
    assert all(s.examples for s in SIGNS)
    assert len({s.id for s in SIGNS}) == len(SIGNS)


# ------------------------------------------------------------------------------------------------ whole sentences

# (how the text writes the scene of each claim, in order; "~" before one that is only pointed back to, text)
SCENES = [
    # a leading orientation, the way that something was on, and where it came from are no scenes
    (["Balad air base"], "Two were hurt on Monday in a rocket attack on Iraq’s Balad air base."),
    (["Quissanga"], "East of Pemba, gunmen burned houses in Quissanga on Monday."),
    (["Gao"], "On the left bank of the Niger, soldiers shelled rebel positions in Gao on Tuesday."),
    (["Ménaka"], "Troops sent from Gao attacked a camp near Ménaka on Sunday, killing nine fighters."),
    (["Lashkar Gah"], "A convoy travelling between Kandahar and Herat was ambushed near Lashkar Gah on Monday."),
    (["Bama"], "The Maiduguri-Banki bus was stopped outside Bama on Saturday and six passengers were shot dead."),
    (["Kismayo"], "Rockets launched from Afmadow hit Kismayo airport on Monday."),
    (["Kherson"], "Shells fired from across the Dnipro hit a crossing in Kherson on Sunday; two died."),
    (["Odesa"], "Drones launched from Crimea struck grain stores in Odesa on Monday."),
    (["Aleppo"], "A rocket fired by rebels in Idlib hit a school in Aleppo on Sunday, killing a teacher."),
    (["Kashmore"], "The road from Quetta to Karachi was cut on Sunday when a bomb blew up a bridge near Kashmore."),
    # nor is where people went, were treated or spoke
    (["Jalalabad"], "The wounded were flown to Kabul after a bomb went off in Jalalabad on Thursday."),
    (["Jalalabad"], "A bomb went off in Jalalabad on Thursday; the wounded were taken to a hospital in Kabul."),
    (["Kandahar"], "Speaking in Kabul, the minister said that gunmen had killed four policemen in Kandahar on Monday."),
    (["Shindand"], "Thousands fled to Herat from Shindand, where shelling on Sunday killed five people."),
    (["Butembo"], "The funeral in Goma of a bishop shot dead in Butembo on Sunday drew thousands."),
    (["Culiacán"], "Gunmen dragged two men from a car in Culiacán on Monday and drove off towards Mazatlán."),
    (["Mekelle"], "An air strike on the market of Mekelle killed forty on Thursday, doctors in Addis Ababa said."),
    (["Taiz"], "The Aden-based government said that a missile struck a market in Taiz on Tuesday."),
    (["Jolo"], "A soldier from Davao was killed when a bomb exploded in Jolo on Friday."),
    # what a place lies in or by
    (
        ["Peshawar"],
        "A bomber blew himself up at a mosque in Peshawar, 150 km west of Islamabad, on Monday, killing 30.",
    ),
    (
        ["El Fasher"],
        "In El Fasher, capital of North Darfur, shells hit the cattle market on Friday; eleven people died.",
    ),
    (["Khartoum"], "In Khartoum, not far from the old bridge, a drone struck a bakery on Sunday, killing three."),
    (["Loikaw"], "Fighting was reported on Sunday in Loikaw, where a church was looted."),
    (["Bangassou"], "Men on horseback abducted nine pupils from Bangassou on Monday."),
    (["Gondar"], "Ethiopia's army said that it had driven rebels out of Gondar on Friday."),
    (["Xadeni"], "A bomb killed two policemen at the Xadeni checkpoint, south of Lashkar Gah, on Monday."),
    # lists and labels
    (["Goma", "Sake"], "Shells fell in Goma and Sake on Wednesday, wounding nine people."),
    (["Rutshuru", "Kiwanja", "Bunagana"], "On Tuesday bombs hit Rutshuru, Kiwanja and Bunagana."),
    (["Hodeidah"], "Hodeidah: a mine killed two fishermen on 4 May."),
    (["Zinjibar"], "4 May, Zinjibar: gunmen on a motorbike shot dead a judge."),
    (
        ["Derna", "Ajdabiya"],
        "Libya: the week\n\n- Derna: a car bomb killed a colonel on 3 May.\n- Ajdabiya: gunmen abducted a nurse on 4 May.",
    ),
    (
        ["Derna", "Ajdabiya"],
        "Libya: the week\n\n* 3 May, Derna. A car bomb killed a colonel.\n* 4 May, Ajdabiya. Gunmen abducted a nurse.",
    ),
    (["Derna"], "1. Derna, 3 May 2024.\nA car bomb killed a colonel of the coast guard."),
    (["Afgoye"], "MOGADISHU, June 18 (Agency) - Gunmen killed five soldiers at a checkpoint in Afgoye on Monday."),
    # what a passage inherits
    (
        ["Kunduz", "~Kunduz"],
        "A bomb killed three people in Kunduz on Monday. On Tuesday gunmen shot dead a judge there.",
    ),
    (
        ["Kunduz", "~Kunduz"],
        "A bomb killed three people in Kunduz on Monday.\n\nOn Tuesday gunmen shot dead a judge in the same city.",
    ),
    (
        ["Raqqa", "~Raqqa"],
        "A mine killed a farmer outside Raqqa on 4 May. On 9 May a bomb went off under a bus, wounding six.",
    ),
    (
        ["Maroua", "~Maroua"],
        "Two girls blew themselves up in Maroua on Wednesday. On Saturday, another blast hit a bar in that town.",
    ),
    (["~Bunia"], "Since her return to Bunia she had kept a school. Armed men abducted the headmistress on 4 May."),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The reviewed places and, where it is installed, the index."""
    return Gazetteer.load()


@pytest.mark.parametrize(("scenes", "text"), SCENES)
def test_the_scene_of_a_claim(scenes: list[str], text: str, gazetteer: Gazetteer) -> None:
    """Of several names the one where it happened; of none, the one that the passage is about."""
    day = date(2024, 6, 19)
    reading = pipeline.read(Article("a", "", "", text, published=(day, day)), gazetteer, actors.load())
    told = [
        c.places[0].of(text) if c.places else f"~{c.implied_place.of(text)}" if c.implied_place else ""
        for c in reading.claims
    ]
    assert len(told) == len(scenes)
    assert all(mine.startswith("~") == wanted.startswith("~") for mine, wanted in zip(told, scenes, strict=True))
    assert all(wanted.strip("~") in mine for mine, wanted in zip(told, scenes, strict=True))
