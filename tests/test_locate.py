"""Which place a name means, and where a claim happened."""

from dataclasses import replace

import pytest
from places_fixture import cut, small_world

from geo.model import Claim, Span, Toponym, Unresolved, Where
from geo.places.extent import exact
from geo.places.locate import resolve, where
from geo.places.toponyms import mentions

WORLD = small_world()


def resolved(text: str) -> tuple[Toponym, ...]:
    """The toponyms of a text."""
    return resolve(text, cut(text), mentions(text, cut(text), WORLD), WORLD)


def place_of(text: str, name: str) -> str | None:
    """The id of the place that the first mention of a name was resolved to."""
    toponym = next(t for t in resolved(text) if t.mention.name == name)
    return toponym.place.id if toponym.place else None


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        (
            "In Iraq, a bomb went off in Alexandria. Iraqi police closed the road to Baghdad.",
            "Alexandria",
            "iq-iskandariya",
        ),
        ("A ship was searched in Alexandria on Sunday.", "Alexandria", "eg-alexandria"),
        ("A mine killed two men in Rawdan, Iraq.", "Rawdan", "iq-hit"),
        ("A mine killed two men in Rawdan, Syria.", "Rawdan", "sy-rawdan"),
        ("A mine killed two men in Rawdan in Anbar province. The army sent help from Mosul.", "Rawdan", "iq-hit"),
        ("Rockets landed in Baghdad.", "Baghdad", "iq-baghdad"),
        ("Rockets landed at Baghdad airport.", "Baghdad", "iq-airport"),
    ],
)
def test_a_name_means_the_place_that_its_story_speaks_for(text: str, name: str, place_id: str) -> None:
    """By chain, by country, by type word."""
    assert place_of(text, name) == place_id


def test_every_choice_can_be_explained() -> None:
    """The evidence adds up to the score."""
    for t in resolved("A mine killed two men in Rawdan, Iraq."):
        assert t.evidence
        assert sum(weight for *_, weight in t.evidence) == pytest.approx(t.score, abs=0.01)


def test_one_sense_in_one_document() -> None:
    """The second mention follows the first, which is clear."""
    text = "Two died in Rawdan, Iraq. On Monday the market of Rawdan was still closed."
    assert {t.place.id for t in resolved(text) if t.mention.name == "Rawdan" and t.place} == {"iq-hit"}


def located(text: str, *names: str, implied: str = "") -> Where | Unresolved:
    """Where a claim with these place words happened."""
    toponyms = resolved(text)
    spans = {t.mention.name: t.span for t in toponyms}
    whole = Span(0, len(text))
    claim = Claim(
        "a", Span(0, 1), "r", "Battles", "Armed clash", (whole,), whole,
        places=tuple(spans[n] for n in names), implied_place=spans.get(implied),
    )  # fmt: skip
    return where(claim, (claim,), toponyms, WORLD)


@pytest.mark.parametrize(
    ("text", "names", "place_id", "precision"),
    [
        ("Shells fell in Mosul.", ["Mosul"], "iq-mosul", 1),
        ("Shells fell near Mosul.", ["Mosul"], "iq-mosul", 2),
        ("Shells fell 12 km north of Mosul.", ["Mosul"], "iq-mosul", 2),
        ("Shells fell in Anbar province.", ["Anbar"], "iq-anbar", 4),
        ("Shells fell across Iraq.", ["Iraq"], "country-iq", 6),
        ("Shells fell at the Taskil air base.", ["Taskil"], "iq-base", 1),
    ],
)
def test_precision_follows_the_words(text: str, names: list[str], place_id: str, precision: int) -> None:
    """UCDP GED's where_prec."""
    found = located(text, *names)
    assert isinstance(found, Where)
    assert (found.place.id, found.where_prec) == (place_id, precision)


def test_a_stated_distance_moves_the_point() -> None:
    """Twelve kilometres north is a tenth of a degree of latitude."""
    found = located("Shells fell 12 km north of Mosul.", "Mosul")
    assert isinstance(found, Where)
    assert found.lat == pytest.approx(36.34 + 0.108, abs=0.001)


def test_an_unknown_town_in_a_known_province_is_that_province_and_says_so() -> None:
    """An area, never a false point."""
    found = located("Shells fell in the village of Quthmaniya in Anbar province.", "Quthmaniya", "Anbar")
    assert isinstance(found, Where)
    assert (found.place.id, found.where_prec) == ("iq-anbar", 4)
    assert "Quthmaniya" in found.inferred


def test_an_unknown_town_stays_open_with_its_name_and_country() -> None:
    """It waits in the queue."""
    found = located("Shells fell in Quthmaniya, Iraq.", "Quthmaniya")
    assert isinstance(found, Unresolved)
    assert (found.name, found.country) == ("Quthmaniya", "IQ")


def test_without_place_words_the_story_gives_its_country_and_no_point() -> None:
    """Precision 6, and it says what it was inferred from."""
    text = "Two soldiers died on Sunday. The fighting in Iraq goes on; schools in Mosul and Baghdad are closed."
    found = located(text)
    assert isinstance(found, Where)
    assert (found.place.id, found.where_prec, found.words) == ("country-iq", 6, ())
    assert found.inferred


def test_an_implied_place_is_taken_over() -> None:
    """ "The same town"."""
    found = located("Shells fell in Mosul.", implied="Mosul")
    assert isinstance(found, Where)
    assert found.place.id == "iq-mosul"
    assert "points back" in found.inferred


@pytest.mark.parametrize(
    ("text", "names", "place_id", "precision", "words"),
    [
        ("Shells fell in Quthma, 12 km north of Mosul.", ["Quthma", "Mosul"], "iq-mosul", 2, "12 km north of Mosul"),
        ("Shells fell in Quthma, near Mosul.", ["Mosul", "Quthma"], "iq-mosul", 2, "near Mosul"),
        ("Shells fell in Quthma, Dar Xul district, Anbar province.", ["Quthma"], "iq-anbar", 4, "placed in Anbar"),
        ("Shells fell on the Quthma market in Mosul.", ["Quthma", "Mosul"], "iq-mosul", 2, "placed in Mosul"),
        ("In Mosul, shells fell on the Quthma hospital.", ["Quthma", "Mosul"], "iq-mosul", 2, "placed in Mosul"),
        ("A mine hit a car between Mosul and Baghdad.", ["Mosul"], "iq-mosul", 5, "between Mosul and Baghdad"),
    ],
)
def test_an_unknown_name_is_placed_by_what_holds_it_or_lies_beside_it(
    text: str, names: list[str], place_id: str, precision: int, words: str
) -> None:
    """Whichever of the names the claim gives first."""
    found = located(text, *names)
    assert isinstance(found, Where)
    assert (found.place.id, found.where_prec) == (place_id, precision)
    assert words in found.inferred


def test_a_stated_distance_moves_the_point_of_an_unknown_name_too() -> None:
    """Ten kilometres north is 0.09 degrees of latitude."""
    found = located("Shells fell in Quthma, 10 km north of Mosul.", "Quthma")
    assert isinstance(found, Where)
    assert found.lat == pytest.approx(36.34 + 0.09, abs=0.001)


def test_a_market_called_like_a_far_town_is_in_the_town_of_its_sentence() -> None:
    """Rawdan is a town of its own, Rawdan market is Mosul's."""
    found = located("In Mosul, in Iraq, a bomb went off at the Rawdan market.", "Rawdan", "Mosul")
    assert isinstance(found, Where)
    assert (found.place.id, found.where_prec) == ("iq-mosul", 2)


def test_a_town_elsewhere_in_the_passage_holds_no_unknown_village() -> None:
    """Only words of place between the two would say so."""
    found = located("Shells fell in Quthma and an hour later a mosque burned in Mosul, in Iraq.", "Quthma", "Mosul")
    assert isinstance(found, Unresolved)
    assert found.name == "Quthma"


def test_a_district_of_which_only_the_chief_town_is_known_is_an_area() -> None:
    """UCDP's precision 3, never a point."""
    found = located("Shells fell in Rawdan district in Iraq.", "Rawdan")
    assert isinstance(found, Where)
    assert (found.place.id, found.where_prec) == ("iq-hit", 3)
    assert found.radius_km >= 25


def test_nautical_miles_are_longer_than_miles() -> None:
    """1.852 km each."""
    found = located("A ship was hit 10 nautical miles west of Mosul.", "Mosul")
    assert isinstance(found, Where)
    assert found.lon == pytest.approx(43.12 - 18.52 / (111.2 * 0.8055), abs=0.005)


def test_a_point_that_no_source_confirms_is_near_at_best_and_says_so() -> None:
    toponym = next(t for t in resolved("A mine killed two men in Rawdan, Iraq.") if t.mention.name == "Rawdan")
    assert toponym.place is not None
    guessed = replace(toponym, place=replace(toponym.place, confirmed=False))
    found = exact(guessed)
    assert (exact(toponym).where_prec, found.where_prec, found.geo_precision) == (1, 2, 2)
    assert "may be 5 km off" in found.inferred
