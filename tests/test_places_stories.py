"""Names of places in small stories of other conflicts, over the installed gazetteer and index: found, and in the right country."""

import csv
from functools import cache
from pathlib import Path

import pytest

from geo.model import Article, Toponym
from geo.place_rules import PLACE_RULES
from geo.places.gazetteer import Gazetteer
from geo.places.geoparse import geoparse
from geo.sentences import sentences

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "gazetteer" / "examples.csv").open(encoding="utf-8", newline="") as _lines:
    EXAMPLES = list(csv.DictReader(_lines))


@cache
def gazetteer() -> Gazetteer:
    """The installed one."""
    return Gazetteer.load()


def named(text: str, name: str) -> list[Toponym]:
    """The toponyms whose words overlap the first place where a name stands."""
    at = text.index(name)
    found = geoparse(text, sentences(Article("t", "", "", text)), gazetteer())
    return [t for t in found if t.span.start < at + len(name) and at < t.span.end]


@pytest.mark.parametrize("row", EXAMPLES, ids=[f"{r['name']}: {r['text'][:40]}" for r in EXAMPLES])
def test_an_example_of_the_gazetteer_means_its_place(row: dict[str, str]) -> None:
    """`place_id` is what it must mean, `not_place_id` what it must not."""
    ids = [t.place.id if t.place else "" for t in named(row["text"], row["name"])]
    assert not row["place_id"] or row["place_id"] in ids
    assert not row["not_place_id"] or row["not_place_id"] not in ids


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers burned huts in the village of Debre Xamay, in northern Ethiopia.", "Debre Xamay"),
        ("Fighters stormed Wad al-Xoura, a village south of Khartoum, and killed forty people.", "Wad al-Xoura"),
        ("Residents of Xauno fled after the shelling.", "Xauno"),
        ("The shelling of Zamxam forced thousands to flee.", "Zamxam"),
        ("Families fled to Toumxal when the rebels came.", "Toumxal"),
        ("Shells fell on Aleppo's Bustan Xaqsar district.", "Bustan Xaqsar"),
        ("A strike on Hroxka, a village in Kharkiv region, killed six.", "Hroxka"),
        ("Xukarivka was shelled again on Monday.", "Xukarivka"),
        ("Rebels shelled Goma and Kitxanga in North Kivu.", "Kitxanga"),
        ("Gunmen shot a man in the Abu Xaida area of Diyala.", "Abu Xaida"),
        ("Mine kills two. 4 Oct, Nam Xang Yang: mortar rounds fell on the market.", "Nam Xang Yang"),
        ("The gang killed seventy people in Pont-Xonde, in Haiti.", "Pont-Xonde"),
    ],
)
def test_a_village_that_no_source_knows_is_found_whole_and_left_open(text: str, name: str) -> None:
    """It waits in the queue under its own name."""
    assert [(t.mention.name, t.place) for t in named(text, name)] == [(name, None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aden Hassan, a shopkeeper, saw the bomb explode in Mogadishu.", "Aden Hassan"),
        ("The Khartoum Tribune reported that shells fell on Omdurman.", "Khartoum"),
        ("Operation Jordan Storm began with strikes on Idlib.", "Jordan"),
        ("Shells fell on the town. Among the dead is Hamdul Moxlis, the city's commander.", "Hamdul Moxlis"),
        ("The Raqqa Is Watching network said a strike killed two in Tabqa.", "Raqqa"),
        ("The men were shot at the United Nations base in Goma.", "Nations"),
        ("A bomb went off in the Fulani quarter of Mopti.", "Fulani"),
        ("Shells fell on two villages, it was said.", "Shells"),
    ],
)
def test_persons_papers_peoples_and_plain_words_are_no_places(text: str, name: str) -> None:
    """Nothing is marked, or only as who acts."""
    assert all(t.mention.metonym for t in named(text, name))


def test_the_paper_of_a_town_is_no_scene() -> None:
    """ "The Minsk accords"."""
    (found,) = named("Both sides broke the Minsk accords when shells hit Donetsk.", "Minsk")
    assert found.mention.metonym


SOMALIA = "Gunmen attacked Baidoa and Kismayo in Somalia. Mogadishu sent troops to Beledweyne. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Maiduguri and Gwoza in Nigeria were attacked by gunmen from Borno. On Friday a bomb killed six in Palma.",
            "Palma",
        ),
        (SOMALIA + "A mine killed two men in Bulle.", "Bulle"),
        (
            "Gunmen raided Djibo and Dori in Burkina Faso, and Ouagadougou sent troops. On Friday they entered Solhan.",
            "Solhan",
        ),
    ],
)
def test_a_small_namesake_abroad_is_never_taken(text: str, name: str) -> None:
    """A story that is settled in one country leaves it open, or takes a place of its own country."""
    assert {t.place.country for t in named(text, name) if t.place} <= {"NG", "SO", "BF"}


def test_no_name_speaks_for_its_own_country() -> None:
    """Five mentions of a namesake make it no likelier."""
    text = (
        SOMALIA + "In Bulle a mine killed two. Bulle was shelled. Gunmen left Bulle. Bulle burned. Troops held Bulle."
    )
    assert {t.place.country for t in named(text, "Bulle") if t.place} <= {"SO"}


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("A bomb killed six in Kirkuk.", "Kirkuk", "town"),
        ("Turkish jets struck Zakho district in Dohuk.", "Dohuk", "admin1"),
        ("Turkish jets struck a bakery in Dohuk.", "Dohuk", "town"),
        ("Gunmen killed two in Kherson oblast.", "Kherson", "admin1"),
        ("Gunmen killed two in the province of Idlib.", "Idlib", "admin1"),
    ],
)
def test_a_town_and_its_province_are_told_apart(text: str, name: str, level: str) -> None:
    """By the word beside the name, and by what it is said to hold."""
    assert [t.place.level for t in named(text, name) if t.place] == [level]


OPENINGS = (
    "{}, near Mosul, a mine killed two men.",
    "{} came under fire near Mosul.",
    "{} were attacked by gunmen in Mosul.",
    "{}: four dead after a blast in Mosul.",
    "{} in the city of Mosul, a bomb killed four.",
)


def test_no_word_that_opens_a_sentence_is_an_unknown_place() -> None:
    """Not one row of the list, in none of these sentences: it would wait for a place that is nowhere."""
    words = sorted(PLACE_RULES.opening_words)
    for opening in OPENINGS:
        text = "\n\n".join(opening.format(word.capitalize()) for word in words)
        lines = sentences(Article("t", "", "", text))
        heads = {line.span.start for line in lines}
        assert {t.span.of(text) for t in geoparse(text, lines, gazetteer()) if t.span.start in heads} == set()


@pytest.mark.parametrize("word", ["Farmers", "Men", "More", "None", "Peace", "Still", "War"])
@pytest.mark.parametrize("opening", OPENINGS)
def test_nor_is_one_that_a_town_is_called_by(word: str, opening: str) -> None:
    """Those who were attacked are many, and a town is one."""
    assert [t for t in named(opening.format(word), word) if t.span.start == 0] == []


@pytest.mark.parametrize(
    "text",
    [
        "Nice was shelled again on Monday.", "Reading came under fire on Monday.", "Split was shelled and burned.", "Mobile was bombed at noon.",
        "Shelling in Nice, France, killed two.", "Gunmen attacked a bus in Reading, England.",
    ],
)  # fmt: skip
def test_a_town_that_is_called_by_such_a_word_is_still_found(text: str) -> None:
    """Where the sentence says something that only a place can suffer."""
    name = next(n for n in ("Nice", "Reading", "Split", "Mobile") if n in text)
    (town,) = named(text, name)
    assert town.place is not None
    assert town.place.name == name


def test_the_words_that_open_sentences_are_a_list_in_order() -> None:
    """Each once, and none that a place of the index is called by: those have a list of their own."""
    rows = [
        r
        for r in (ROOT / "geo" / "rules" / "opening_words.txt").read_text(encoding="utf-8").splitlines()
        if r[0] != "#"
    ]
    assert rows == sorted(set(rows))
    assert PLACE_RULES.opening_words.isdisjoint(PLACE_RULES.common_words)
