"""What is found in a text, and what is not: the type of each claim, and which sentences tell one event."""

from __future__ import annotations

from datetime import date

import pytest

from geo import pipeline
from geo.details import actors
from geo.model import Article
from geo.places.gazetteer import Gazetteer

PUBLISHED = (date(2021, 6, 15), date(2021, 6, 15))  # a Tuesday
# (sub-event type of every report, sentence); "" where nothing is to be reported
SENTENCES = [
    (
        "Abduction/forced disappearance",
        "More than 300 schoolboys were taken from their dormitories in Kagara on Friday night by gunmen on motorcycles.",
    ),
    ("Abduction/forced disappearance", "Armed men whisked away the village head of Dansadau on Tuesday."),
    (
        "Government regains territory",
        "Loyalist troops drove the insurgents out of Palma on 4 April after ten days of fighting.",
    ),
    (
        "Government regains territory",
        "The army said on Monday that it had taken back the port of Mocha from the rebels.",
    ),
    ("Non-state actor overtakes territory", "The town of Kunduz fell to the Taliban on Sunday."),
    (
        "Non-state actor overtakes territory",
        "Fighters of the Tigray People's Liberation Front entered Mekelle on Monday and took over the regional government's offices.",
    ),
    (
        "Armed clash",
        "Commandos landed by helicopter near the village of Barisha on Saturday night and fought a two-hour gun battle with the guards of a militant commander.",
    ),
    ("Armed clash", "Special forces raided a house in Idlib province before dawn on Thursday; thirteen people died."),
    ("Armed clash", "Three policemen were killed when gunmen attacked a checkpoint in Peshawar on Wednesday."),
    ("Armed clash", "Troops killed twelve militants in a raid near Maiduguri on Tuesday, the army said."),
    (
        "Shelling/artillery/missile attack",
        "Ethiopian and Eritrean soldiers exchanged artillery fire near Zalambessa on 12 June.",
    ),
    ("Suicide bomb", "A woman detonated her vest at a checkpoint in Mogadishu on Saturday, killing five soldiers."),
    (
        "Suicide bomb",
        "The bomber rode a motorcycle into a crowd outside the cathedral in Makassar on 28 March and set off his explosives.",
    ),
    (
        "Remote explosive/landmine/IED",
        "Two blasts an hour apart tore through Jolo on Monday; the second was set off by a woman who was stopped by a soldier.",
    ),
    ("Remote explosive/landmine/IED", "An army lorry drove over a mine near Ménaka on Friday; four soldiers died."),
    ("Remote explosive/landmine/IED", "A bomb planted under a car killed a journalist in Kabul on Thursday."),
    ("Air/drone strike", "Israeli jets hit a building in Gaza City on Tuesday, flattening it."),
    ("Air/drone strike", "A drone set fire to an oil depot in Klintsy on Friday."),
    (
        "Disrupted weapons use",
        "Two drones were shot down over Belgorod; debris from a third damaged a refinery in Tuapse on Sunday.",
    ),
    ("Air/drone strike", "The United States bombed a radar site near Hodeidah on Saturday."),
    ("Shelling/artillery/missile attack", "A missile struck the bulk carrier Zografia in the Red Sea on Tuesday."),
    (
        "Shelling/artillery/missile attack",
        "Iran launched ballistic missiles at what it called a spy base in Erbil late on Monday, killing four civilians.",
    ),
    ("Shelling/artillery/missile attack", "Shelling of a market in Donetsk killed 27 people on Sunday morning."),
    ("Shelling/artillery/missile attack", "Grad rockets rained down on Stepanakert on 4 October."),
    (
        "Attack",
        "Militiamen dragged passengers from a bus near Bangassou on Wednesday and cut the throats of nine of them.",
    ),
    ("Attack", "Fifteen farmers were hacked to death in a rice field near Koshobe on Saturday."),
    ("Attack", "Police shot dead a market trader in Conakry on Tuesday."),
    ("Attack", "Gunmen stormed a hotel in Kismayo on Friday night; 26 people lost their lives."),
    ("Attack", "Unknown men gunned down a tribal elder outside his home in Daraa on Monday."),
    (
        "Excessive force against protesters",
        "Soldiers fired live rounds at demonstrators in Mandalay on Saturday, killing two.",
    ),
    ("Violent demonstration", "Rioters set the governor's office in Sidi Bouzid on fire on Monday."),
    ("Peaceful protest", "Thousands marched through Minsk on Sunday to demand new elections."),
    ("Protest with intervention", "Police used tear gas to break up a rally in Kampala on Thursday."),
    ("Arrests", "Security forces arrested nine members of a cell in Tunis on Tuesday."),
    ("Disrupted weapons use", "The navy seized a dhow carrying rifles and rocket launchers off Oman on 6 May."),
    ("Disrupted weapons use", "Air defences intercepted a missile over Riyadh on Saturday night."),
    ("Mob violence", "A mob beat two men to death in Sialkot on Friday."),
    ("Chemical weapon", "Dozens choked when chlorine was dropped on Saraqib on 4 February."),
    ("Agreement", "The two governments signed a ceasefire in Moscow on 10 October."),
    ("Looting/property destruction", "Militiamen looted and burned homes in Adré on Thursday."),
    ("Grenade", "A grenade thrown into a bar in Bujumbura on Tuesday wounded ten."),
    ("", "The minister rejected as false a report that rebels had shelled Mekelle."),
    ("", "The general said his men would attack Palma next month."),
    ("", "Analysts fear an assault on Marib."),
    ("", "At least 900 people have been killed in the province since October."),
    ("", "The army is preparing an offensive to retake Palma."),
    ("", "Since 2017 insurgents have attacked dozens of villages around Palma."),
    ("", "The UN counted 214 attacks on schools last year."),
    ("", "The mayor of Oum denied that the town had been shelled."),
    ("", "A report that gunmen had seized the port turned out to be untrue."),
    ("", "There was no truth in reports that a bomb had gone off in the cathedral in Jolo on Monday."),
]
# (number of the event that each sentence tells, sentence); None where it tells none
STORIES = [
    [
        (0, "Gunmen attacked a police post near Kismayo on Monday."),
        (0, "The attackers fled before reinforcements came."),
        (0, "Four policemen were killed, an officer said."),
        (1, "On Sunday a roadside bomb in Mogadishu had killed a judge."),
        (None, "The government plans an offensive next month."),
    ],
    [
        (0, "Rockets hit a fuel depot in Tripoli, Libya, late on Friday."),
        (0, "The strike wounded nine firemen."),
        (1, "A second rocket hit Misrata on Saturday."),
        (2, "On 3 May 2019 shells had killed five people in the same city."),
    ],
    [
        (0, "A car bomb killed six people in Kabul on Tuesday."),
        (0, "The explosion broke windows all over the district."),
        (None, "The United Nations has counted 300 such attacks since January."),
    ],
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer.load()


def read(text: str, gazetteer: Gazetteer) -> pipeline.Reading:
    """Take a bare text through the flow."""
    return pipeline.read(
        Article(id="a", title="", publisher="", text=text, published=PUBLISHED), gazetteer, actors.load()
    )


@pytest.mark.parametrize(("expected", "sentence"), SENTENCES)
def test_a_sentence_reports_its_type(expected: str, sentence: str, gazetteer: Gazetteer) -> None:
    """One event, one type; nothing where nothing happened."""
    found = {r.sub_event_type for r in read(sentence, gazetteer).reports}
    assert found == ({expected} if expected else set())


@pytest.mark.parametrize("story", STORIES)
def test_sentences_of_one_event_make_one_report(story: list[tuple[int | None, str]], gazetteer: Gazetteer) -> None:
    """The number is the event to join; None must stay alone."""
    reading = read(" ".join(s for _, s in story), gazetteer)
    assert len(reading.sentences) == len(story)
    told: dict[str, set[int | None]] = {}
    for (event, _), sentence in zip(story, reading.sentences, strict=True):
        reports = [r.id for r in reading.reports if any(p.overlaps(sentence.span) for p in r.passages)]
        assert len(reports) == (0 if event is None else 1), sentence.span.of(reading.article.text)
        for report in reports:
            told.setdefault(report, set()).add(event)
    assert sorted(told.values(), key=str) == [{e} for e in sorted({e for e, _ in story if e is not None})]


def test_a_list_of_places_is_one_report_each(gazetteer: Gazetteer) -> None:
    """Several places in one sentence are sites of one event."""
    reports = read("Air strikes hit Idlib, Hama and Homs on Monday.", gazetteer).reports
    assert sorted(r.where.place.name for r in reports if hasattr(r.where, "place")) == ["Hama", "Homs", "Idlib"]
    assert len({r.group for r in reports}) == 1


def test_an_army_abroad_overtakes_and_at_home_regains(gazetteer: Gazetteer) -> None:
    """ACLED codes a foreign army's gain as a non-state actor's."""
    abroad = read("Russian troops captured the city of Kherson on Monday.", gazetteer).reports[0]
    at_home = read("Ukrainian troops captured the city of Kherson on Monday.", gazetteer).reports[0]
    assert abroad.sub_event_type == "Non-state actor overtakes territory"
    assert at_home.sub_event_type == "Government regains territory"


def test_an_answer_is_an_event_of_its_own_and_elsewhere(gazetteer: Gazetteer) -> None:
    """Strikes that answer a rocket attack were neither that attack nor at its place."""
    text = (
        "Rockets hit Balad air base in Iraq on Monday and killed a contractor. "
        "American forces responded with precision strikes against four depots of the militia."
    )
    rockets, strikes = read(text, gazetteer).reports
    assert (rockets.event_type, strikes.sub_event_type) == ("Explosions/Remote violence", "Air/drone strike")
    assert strikes.where.place.name == "Iraq" if hasattr(strikes.where, "place") else not strikes.where.name


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (["Air/drone strike"], "Turkey attacked bases of the militia near Sinjar in Iraq in May."),
        (
            ["Air/drone strike"],
            "In May the jets answered with a wave of strikes that killed 17 fighters near Sinjar.",
        ),
        ([], "The two commanders had been responsible for attacks on convoys in Iraq."),
        ([], "He praised those behind the very operation which targeted the foreign troops in Balad."),
        ([], "Nobody was hurt in Balad on Sunday."),
    ],
)
def test_strikes_in_answer_and_words_about_events(expected: list[str], sentence: str, gazetteer: Gazetteer) -> None:
    """Who strikes from afar strikes from the air; what only speaks of attacks reports none."""
    assert [r.sub_event_type for r in read(sentence, gazetteer).reports] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "On Friday night men with pangas came to a school in Mpondwe. The dormitory was burnt and nine pupils were killed.",
            [("2021-06-11", 9)],
        ),
        (
            "Rebels overran a barracks at Nasir on 4 May. Three days later a column went in to bring the wounded out. It was fired upon.",
            [("2021-05-04", None), ("2021-05-07", None)],
        ),
        (
            "Rebels attacked the market of Nasir on 4 May. The governor said on Monday that he was sad. Nine people were killed.",
            [("2021-05-04", 9)],
        ),
        (
            "Nine people were killed in an attack on Nasir on 4 May. On Monday the attackers were still there. The attack left shops burnt.",
            [("2021-05-04", 9)],
        ),
        (
            "3 MAY 2019. Nasir\n\nRebels ambush a patrol; six soldiers die.\n\n7 MAY 2019. Oum Hadda\n\nA car explodes beside a market. Nine die.",
            [("2019-05-03", 6), ("2019-05-07", 9)],
        ),
        (
            "Rebels attacked a bus near Nasir on 4 May. The hospital counts five dead, a figure that it raised on Monday.",
            [("2021-05-04", 5)],
        ),
    ],
)
def test_a_sentence_that_only_says_when_sets_the_scene(text: str, told: list[tuple[str, int | None]]) -> None:
    """The next sentence tells what happened then; what is said of an event later is none of its own."""
    article = Article(id="s", title="", publisher="", text=text, published=PUBLISHED)
    reports = pipeline.read(article, Gazetteer.load(), actors.load()).reports
    found = [(str(r.when.first) if r.when else "", r.details.killed.low if r.details.killed else None) for r in reports]
    assert found == told
