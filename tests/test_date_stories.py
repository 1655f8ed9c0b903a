"""Whole passages: which day each event of them takes. All are made up; published on Wednesday, 16 May 2018."""

from datetime import date
from functools import cache

import pytest

from geo import pipeline
from geo.details import actors
from geo.model import Article
from geo.places.gazetteer import Gazetteer

WEDNESDAY = date(2018, 5, 16)

# A passage, and for words of an event its days, one as "day", several as "first..last".
PASSAGES = [
    (
        "Gunmen killed 19 miners in Taiz province, police said Tuesday. The miners were shot dead near Mocha on Saturday.",
        {"Gunmen killed 19 miners": "2018-05-12"},
    ),
    (
        "At least 34 people have been killed in clashes near Taiz since Sunday, officials said on Tuesday.",
        {"At least 34 people": "2018-05-13..2018-05-16"},
    ),
    (
        "Shells killed two people in Taiz on 1 May. On 4 May, three days later, a car bomb killed six people in Aden.",
        {"six people": "2018-05-04"},
    ),
    (
        "Shells killed two people in Taiz on 3 March 2011 and six in Ibb on 9 May 2014. This season a judge was killed by a bomb on April 20 in Aden.",
        {"a judge": "2018-04-20"},
    ),
    (
        "Shells killed two people in Taiz on 3 May 2012. A mine killed six soldiers in Ibb on 9 May 2014. On April 20 a judge was killed by a bomb in Aden.",
        {"six soldiers": "2014-05-09", "a judge": "2018-04-20"},
    ),
    (
        "Shells killed two people in Taiz on 3 May 2012. On 9 July a mine killed six soldiers in Ibb. On 20 January a judge was killed by a bomb in Aden.",
        {"six soldiers": "2012-07-09", "a judge": "2013-01-20"},
    ),
    (
        "The elders will not need reminding of May 3, 1996, when shells killed nine people in Taiz. That July rebels killed six soldiers in Ibb.",
        {"nine people": "1996-05-03", "six soldiers": "1996-07-01..1996-07-31"},
    ),
    (
        "On 3 April a car bomb killed six people in Taiz. Ten days after Taiz the air force killed nine people in Mocha.",
        {"six people": "2018-04-03", "nine people": "2018-04-13"},
    ),
    (
        "On 3 April soldiers reached Mocha, where rebels had overnight killed six people.",
        {"six people": "2018-04-03"},
    ),
    (
        "- 19 April. In Mocha rebels, roused during the night, killed six people.",
        {"six people": "2018-04-19..2018-04-20"},
    ),
    (
        "Bulletin of the coast\n\nMocha, 16 May 2018, 20:00\n\nYesterday morning a missile struck the hospital in Mocha, killing two people.\n\nThe other towns were not spared. In Aden nine people were killed when a missile hit an office.",
        {"two people": "2018-05-15", "nine people": "2018-05-15..2018-05-16"},
    ),
    (
        "Rebels attacked Mocha on 13 May, killing six people. Footage published on 12 May shows them on the road.",
        {"six people": "2018-05-13"},
    ),
    (
        "Rebels killed six people in Yemen, officials said on Tuesday.\n\nThe raid on Mocha on Monday lasted two hours.",
        {"six people": "2018-05-14"},
    ),
    (
        "Rebels killed six people in Mocha on Friday, the ministry said, declaring three days of mourning.",
        {"six people": "2018-05-11"},
    ),
    (
        "Rebels raided Mocha overnight, killing six people, officials said on Sunday.",
        {"six people": "2018-05-12..2018-05-13"},
    ),
    (
        "Rebels beheaded six people in Mocha last month, residents said on Tuesday.",
        {"six people": "2018-04-01..2018-04-30"},
    ),
    (
        "A soldier was hurt by a landmine in Mocha while on patrol on Tuesday, the fourth such blast in weeks.",
        {"A soldier": "2018-05-15"},
    ),
    (
        "The judge was shot dead in Aden on 2 May, and a fortnight later his brother was shot dead in Mocha.",
        {"judge": "2018-05-02", "his brother": "2018-05-15..2018-05-17"},
    ),
    (
        "Residents held a vigil in Taiz yesterday, four days after gunmen shot dead two soldiers at the gates of a base in Mocha and barely two days after a policeman was killed in Aden.",
        {"two soldiers": "2018-05-11", "policeman": "2018-05-13"},
    ),
    (
        "In Taiz they have just marked seven years, on 3 May, since gunmen killed two brothers in a shop.",
        {"two brothers": "2011-05-03"},
    ),
    (
        "On Friday it will be ten years since a bomb killed twelve people in the market of Aden.",
        {"twelve people": "2008-05-18"},
    ),
    ("Saturday marks ten years since shells killed nine people in Taiz.", {"nine people": "2008-05-19"}),
    ("Two years have passed since gunmen killed nine people in Aden.", {"nine people": "2015-11-15..2016-11-15"}),
    (
        "The shelling of Taiz on 3 March 2015 killed nine people. Thirteen months later, on a Sunday in early April, a car bomb killed six people in Aden.",
        {"six people": "2016-04-03..2016-04-10"},
    ),
    (
        "On 10 June 2016 a car bomb killed six people in Aden. Eight months earlier, on a Friday in October, shells killed nine people in Taiz.",
        {"nine people": "2015-10-02..2015-10-25"},
    ),
    (
        "After thirty-two days of fighting, rebels captured Taiz on the third of this month.",
        {"captured": "2018-05-03"},
    ),
    (
        "Shells killed two people in Taiz on Wednesday 4 April. That Friday a car bomb killed six people in Aden.",
        {"two people": "2018-04-04", "six people": "2018-04-06"},
    ),
    (
        "On the eve of the truce of 14 May shells killed nine people in Taiz.",
        {"nine people": "2018-05-13"},
    ),
    (
        "A car bomb killed two guards in Aden on 26 June 2016. And last summer, on 11 July, a mine killed six people in Mocha.",
        {"two guards": "2016-06-26", "six people": "2017-07-11"},
    ),
    (
        "They signed in Taiz in November 2014. Nine months later, on 13 August, a drone strike killed nine people in Aden. At the end of November another drone strike killed five people in Mocha.",
        {"nine people": "2015-08-13", "five people": "2015-11-22..2015-11-30"},
    ),
    (
        "On 3 April a drone strike killed six people in Taiz. Within hours, a car bomb killed two people in Aden.",
        {"six people": "2018-04-03", "two people": "2018-04-03..2018-04-04"},
    ),
    (
        "A bomb killed eleven people in Aden on 8 November 2014.\n\nThe diary, which he gave last year to a library, is long. It tells of Mocha, in May of that same year, where gunmen killed eight men.",
        {"eight men": "2014-05-01..2014-05-31"},
    ),
    (
        "On 1 May a missile killed nine people in Taiz.\n\nApril was no kinder. Missiles killed ten people in Aden on the 12th. Two days later gunmen killed a judge in Mocha. On the 23rd bombs killed six people in Ibb.",
        {"ten people": "2018-04-12", "a judge": "2018-04-14", "six people": "2018-04-23"},
    ),
    (
        "2017\n\n4 May. Shells killed two people in Taiz.\n\n2015: THE WAR AND BEFORE\n\n9 November. Gunmen killed a judge in Aden.\n\n2013\n\n2 April. A car bomb killed six people in Ibb.",
        {"two people": "2017-05-04", "a judge": "2015-11-09", "six people": "2013-04-02"},
    ),
    (
        "The group had already claimed Friday's explosion in Aden, in which a car bomb killed three people.",
        {"three people": "2018-05-11"},
    ),
    (
        "On 25 February of this year soldiers shot dead nine villagers in Ibb. That very Sunday gunmen killed two people in Aden.",
        {"nine villagers": "2018-02-25", "two people": "2018-02-25"},
    ),
    (
        "Two weeks after a bomb levelled a school in Taiz, killing nine people on 18 April, nobody has been charged.",
        {"nine people": "2018-04-18"},
    ),
    (
        "Gunmen shot dead two men in Aden on 6 May. And the bridge in Taiz is open for goods, three weeks after a driver shot dead three guards there.",
        {"three guards": "2018-04-22..2018-04-28"},
    ),
    (
        "The group has today submitted the names of those who died in Ibb on 16 and 17 January. Soldiers went from hut to hut and killed nine people.",
        {"nine people": "2018-01-16..2018-01-17"},
    ),
    ("A week ago today gunmen killed nine people in Aden.", {"nine people": "2018-05-09"}),
    (
        "Soldiers killed a minister in Taiz on Monday, the eighth anniversary of the crossing.",
        {"a minister": "2018-05-14"},
    ),
    (
        "ADEN, May 15: Suicide bombers killed nine people here late on Monday.\n\nThe town was quiet again.",
        {"nine people": "2018-05-14"},
    ),
    (
        "It will be eleven months since a doctor was abducted by gunmen in Taiz on 28 June 2017.",
        {"a doctor": "2017-06-28"},
    ),
    (
        "It is the third such attack this month: on the 9th one drone strike killed nine people in Aden.",
        {"nine people": "2018-05-09"},
    ),
    (
        "On 29 October 2016 car bombs killed nine people in Aden. Gunmen had stormed a hotel in the city in August and killed two guests.",
        {"nine people": "2016-10-29", "two guests": "2016-08-01..2016-08-31"},
    ),
    (
        "MONDAY 7 MAY\n\nShells killed two people in Taiz.\n\nGunmen shot dead a doctor in Mocha.\n\nTUESDAY 8 MAY\n\nA car bomb killed four people in Aden.\n\nIn Ibb, gunmen killed a judge.",
        {"two people": "2018-05-07", "a doctor": "2018-05-07", "four people": "2018-05-08", "a judge": "2018-05-08"},
    ),
    (
        "Chronology\n\n3 March: Shells killed two people in Taiz.\n\n9 March: A car bomb killed four people in Aden. Gunmen shot dead a doctor in Mocha.\n\n12 March: An air strike killed six people in Ibb.",
        {"two people": "2018-03-03", "four people": "2018-03-09", "a doctor": "2018-03-09", "six people": "2018-03-12"},
    ),
    (
        "Timeline of attacks\n\n2015\n\nMarch 20: Suicide bombers killed 140 people in Sanaa.\n\nDecember 6: A car bomb killed the governor in Aden.\n\n2016\n\nMay 23: Suicide bombers killed 45 recruits in Aden.\n\nAugust 29: A car bomb killed 54 people in Aden.",
        {
            "140 people": "2015-03-20",
            "the governor": "2015-12-06",
            "45 recruits": "2016-05-23",
            "54 people": "2016-08-29",
        },
    ),
    (
        "- Taiz, Mon 14/5. Gunmen entered the old town shortly after 04:00. Five people were shot dead.\n- Mocha, Tue 15/5. Two men shot dead a guard at the port.\n- Ibb, same evening. A car bomb killed three people.",
        {"Five people": "2018-05-14", "a guard": "2018-05-15", "three people": "2018-05-15"},
    ),
    (
        "Taiz (14 May) - Shells killed two people.\n\nAden (15 May) - A car bomb killed four people.",
        {"two people": "2018-05-14", "four people": "2018-05-15"},
    ),
    (
        "Week of 7 May\n\nOn Monday shells killed two people in Taiz. On Wednesday a car bomb killed four people in Aden.",
        {"two people": "2018-05-07", "four people": "2018-05-09"},
    ),
    (
        "On 4 March shells killed two people in Taiz. On the Friday a car bomb killed four people in Aden.",
        {"four people": "2018-03-09"},
    ),
    (
        "On Monday 5 March shells killed two people in Taiz. On Thursday a car bomb killed four people in Aden.",
        {"four people": "2018-03-08"},
    ),
    (
        "In 2015 war reached the coast. In the autumn shells killed nine people in Mocha.",
        {"nine people": "2015-01-01..2015-12-31"},
    ),
    (
        "On 3 March 2015 shells killed nine people in Taiz. In 2012, the day after the vote, gunmen killed six people in Aden.",
        {"six people": "2012-01-01..2012-12-31"},
    ),
    ("Two days after Monday's air strike on Taiz, gunmen killed six soldiers in Aden.", {"six soldiers": "2018-05-16"}),
    (
        "Gunmen killed six soldiers in Aden on Tuesday, a day after an air strike killed nine people in Taiz.",
        {"six soldiers": "2018-05-15", "nine people": "2018-05-14"},
    ),
    (
        "Gunmen killed six soldiers in Aden on Tuesday, hours after an air strike killed nine people in Taiz.",
        {"six soldiers": "2018-05-15", "nine people": "2018-05-14..2018-05-15"},
    ),
    (
        "A car bomb killed six soldiers in Aden on Tuesday, three weeks after the 20 April attack in which gunmen killed nine people in Taiz.",
        {"six soldiers": "2018-05-15", "nine people": "2018-04-20"},
    ),
    (
        "A car bomb killed six soldiers in Aden on Tuesday. It was the deadliest attack there since December, when gunmen killed nine recruits at a camp.",
        {"six soldiers": "2018-05-15", "nine recruits": "2017-12-01..2017-12-31"},
    ),
    (
        "A car bomb killed six soldiers in Aden on Tuesday. In a similar attack last month, nine recruits were killed in Mocha. A week before that, gunmen killed a judge in Ibb.",
        {"nine recruits": "2018-04-01..2018-04-30"},
    ),
    ("Police said on Tuesday that gunmen had killed a judge in Ibb on Sunday.", {"a judge": "2018-05-13"}),
    (
        "Police said on Tuesday they had arrested two men over the killing of a judge in Ibb on 3 May.",
        {"a judge": "2018-05-03"},
    ),
    (
        "A car bomb killed six soldiers in Aden on Tuesday, the second such attack in a week. Last Thursday nine recruits were killed by a mine near Mocha.",
        {"nine recruits": "2018-05-10"},
    ),
    (
        "Nine people were killed in Taiz on the night of 4 May when shells hit a school, and six in Aden the following morning when a car bomb went off.",
        {"Nine people": "2018-05-04..2018-05-05", "six in Aden": "2018-05-05"},
    ),
    ("Between Friday and Sunday, air strikes killed nine people in Taiz.", {"nine people": "2018-05-11..2018-05-13"}),
    (
        "Shells killed nine people in Taiz overnight, a day after Monday's car bomb in Aden killed six.",
        {"nine people": "2018-05-15..2018-05-16", "killed six": "2018-05-14"},
    ),
    (
        "It happened at Taiz on the second Friday of Ramadan in 2016: shells killed nine people.",
        {"nine people": "2016-06-17"},
    ),
    (
        "On 3 May, shells killed two people in Taiz; the next day, a mine killed three in Mocha; and on the 6th a car bomb killed four in Aden.",
        {"two people": "2018-05-03", "killed three": "2018-05-04", "killed four": "2018-05-06"},
    ),
    (
        "In the deadliest incident, on 24 April, an air strike killed 33 people at a wedding in Hajjah; on 2 April another had killed 14 in Hodeidah.",
        {"33 people": "2018-04-24", "killed 14": "2018-04-02"},
    ),
    ("Shells killed two people in Taiz on 3 March and three in Mocha on 9 March.", {"two people": "2018-03-03"}),
    (
        "A roadside bomb killed three soldiers near Mocha at noon. Earlier, at dawn, shells killed two people in Taiz.",
        {"three soldiers": "2018-05-14..2018-05-16", "two people": "2018-05-14..2018-05-16"},
    ),
    ("Three years ago this week shells killed nine people in Taiz.", {"nine people": "2015-05-13..2015-05-20"}),
    ("The 2012 bombing of a parade in Sanaa killed 96 soldiers.", {"96 soldiers": "2012-01-01..2012-12-31"}),
    (
        "The mosque was hit by shells last Ramadan and nine people were killed in Taiz.",
        {"nine people": "2017-05-26..2017-06-26"},
    ),
    ("By Friday evening shells had killed nine people in Taiz.", {"nine people": "2018-05-04..2018-05-11"}),
    ("Since Friday, shells have killed nine people in Taiz.", {"nine people": "2018-05-11..2018-05-16"}),
    ("Shells killed nine people in Taiz on 3 and 4 May.", {"nine people": "2018-05-03..2018-05-04"}),
    (
        "On successive days, 3 and 4 March, shells killed nine people in Taiz.",
        {"nine people": "2018-03-03..2018-03-04"},
    ),
    (
        "It was 3.30 on the morning of 8 May when the first shell hit the house in Taiz and killed nine people.",
        {"nine people": "2018-05-08"},
    ),
    (
        "When the shells came, on the last Thursday of March, nine people were killed in Taiz.",
        {"nine people": "2018-03-29"},
    ),
    ("A week ago on Saturday gunmen killed six soldiers in Aden.", {"six soldiers": "2018-05-12"}),
    (
        '"On that day in 2015 shells killed nine people in Taiz," he said on Sunday.',
        {"nine people": "2015-01-01..2015-12-31"},
    ),
]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def days_of(text: str) -> list[tuple[str, str]]:
    """The words of each report and its days."""
    article = Article("a", "News from Yemen", "A paper", text, published=(WEDNESDAY, WEDNESDAY))
    read = pipeline.read(article, gazetteer(), actors.load())
    found = []
    for claim, report in zip(read.claims, read.reports, strict=True):
        when = report.when
        words = " ".join(p.of(text) for p in claim.passages) + " " + claim.evidence.of(text)
        days = "" if when is None else str(when.first) if when.first == when.last else f"{when.first}..{when.last}"
        found.append((words, days))
    return found


@pytest.mark.parametrize(("text", "expected"), PASSAGES)
def test_the_day_of_each_event(text: str, expected: dict[str, str]) -> None:
    found = days_of(text)
    for words, days in expected.items():
        assert days in [d for told, d in found if words in told], (words, found)
