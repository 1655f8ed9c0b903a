"""Date phrases put together from several, day names and counts. All sentences are made up; published on Wednesday, 16 May 2018."""

from datetime import date

import pytest

from geo import dates
from geo.dates.story import tell
from geo.model import Article
from geo.sentences import sentences

WEDNESDAY = date(2018, 5, 16)


def days(text: str) -> str:
    """The days of the last date words of a text, as "first..last", one day as "day", open as ""."""
    article = Article("a", "A title", "A paper", text, published=(WEDNESDAY, WEDNESDAY))
    told = tell(article, dates.expressions(text, sentences(article)))
    fixed = [t for t in told if t.words.moment.kind not in ("hours", "lasting")]
    if not fixed or fixed[-1].days is None:
        return "" if fixed else "nothing found"
    first, last = fixed[-1].days
    return str(first) if first == last else f"{first}..{last}"


PICKED = [
    ("Singa fell on the last Saturday of April.", "2018-04-28"),
    ("Raiders came on the first Friday in March.", "2018-03-02"),
    ("One Saturday in September 2013 raiders came.", "2013-09-07..2013-09-28"),
    ("On a Friday in April 2016, shells fell.", "2016-04-01..2016-04-29"),
    ("On a Sunday in late September shells fell.", "2017-09-24"),
    ("A mill burned on the last day of March.", "2018-03-31"),
    ("A mill burned on the last day of March 2010.", "2010-03-31"),
    ("A mill burned on the penultimate day of March.", "2018-03-30"),
    ("A mill burned on the penultimate night of 2015.", "2015-12-30..2015-12-31"),
    ("A mill burned on the last day of 2015.", "2015-12-31"),
    ("A mill burned on the first day of 2015.", "2015-01-01"),
    ("A mill burned on the first Thursday of the year.", "2018-01-04"),
    ("A mill burned on the second Sunday of last month.", "2018-04-08"),
    ("A mill burned on the first day of last month.", "2018-04-01"),
    ("In the first two days of last month shells fell.", "2018-04-01..2018-04-02"),
    ("In the first ten days of August 2016 shells fell.", "2016-08-01..2016-08-10"),
    ("In the last three days of June 2016 shells fell.", "2016-06-28..2016-06-30"),
    ("In the first half of last month shells fell.", "2018-04-01..2018-04-15"),
    ("In the second week of last month shells fell.", "2018-04-07..2018-04-15"),
    ("In the last week of 2016 shells fell.", "2016-12-22..2016-12-31"),
    ("On the Wednesday of the third full week of May 2017 shells fell.", "2017-05-17"),
    ("On the third Tuesday of March 2015 shells fell.", "2015-03-17"),
    ("Over the first weekend of March 2015 shells fell.", "2015-03-07..2015-03-08"),
    ("On the last weekend in March shells fell.", "2018-03-31..2018-04-01"),
    ("One February evening in 1997 a man was shot.", "1997-02-01..1997-02-28"),
    ("On a March morning in 2011 a man was shot.", "2011-03-01..2011-03-31"),
    ("In the closing days of 2014 shells fell.", "2014-12-21..2014-12-31"),
    ("In the opening weeks of 2014 shells fell.", "2014-01-01..2014-01-31"),
    ("In the last days of last year shells fell.", "2017-12-21..2017-12-31"),
    ("Early in March shells fell.", "2018-03-01..2018-03-11"),
    ("Late in April 2016 shells fell.", "2016-04-20..2016-04-30"),
    ("In the first quarter of 2016 shells fell.", "2016-01-01..2016-03-31"),
    ("On the first Monday of Ramadan 2017 shells fell.", "2017-05-29"),
    ("On 3 March 2015 a mill burned. On the last Friday of that month a school did.", "2015-03-27"),
    ("On 3 March 2015 a mill burned. On the Friday of that week a school did.", "2015-03-06"),
    ("On 3 March 2015 a mill burned. Early the following month a school did.", "2015-04-01..2015-04-11"),
    ("On 3 March 2015 a mill burned. Late that year a school did.", "2015-09-01..2015-12-31"),
    ("On 3 March 2015 a mill burned. Late that month a school did.", "2015-03-20..2015-03-31"),
    ("On the first Friday in June shells fell.", "2017-06-02"),
    ("On the last Sunday of May shells fell.", "2017-05-28"),
]

NAMED_DAYS = [
    ("Two were kidnapped on Armistice Day.", "2017-11-11"),
    ("Two were kidnapped on Boxing Day.", "2017-12-26"),
    ("Two were shot on Boxing Day 2014.", "2014-12-26"),
    ("Two were shot on Valentine's Day.", "2018-02-14"),
    ("Two were shot on St Patrick's Day 2016.", "2016-03-17"),
    ("Two were shot on May Day.", "2018-05-01"),
    ("Two were shot at Christmas.", "2017-12-24..2017-12-26"),
    ("Two were shot over Christmas 2015.", "2015-12-24..2015-12-26"),
    ("Two were shot on Victory Day.", "2018-05-09"),
    ("Two were shot on Halloween.", "2017-10-31"),
    ("Two were shot on the eve of Christmas.", "2017-12-24"),
    ("Two were shot on the eve of Good Friday 2015.", "2015-04-02"),
    ("Two were shot on the eve of New Year's Eve.", "2017-12-30"),
    ("Two were shot on the eve of Eid al-Fitr.", "2017-06-24..2017-06-26"),
    ("Two were shot on the first day of Eid al-Adha.", "2017-09-01..2017-09-03"),
    ("Two were shot on Eid al-Adha 2016.", "2016-09-12..2016-09-14"),
    ("Two were shot three days after Christmas 2011.", "2011-12-28"),
    ("Two were shot two days before Christmas.", "2017-12-23"),
    ("Two were shot the day after Boxing Day.", "2017-12-27"),
    ("Two were shot a week after Easter Sunday.", "2018-04-07..2018-04-09"),
    ("Two were shot three days into the new year.", "2018-01-04"),
    ("Two were shot on Whit Sunday 2017.", "2017-06-04"),
    ("Two were shot on Pentecost 2017.", "2017-06-04"),
    ("Two were shot on Ash Wednesday.", "2018-02-14"),
    ("Two were shot on Orthodox Easter 2017.", "2017-04-16"),
    ("Two were shot on Orthodox Christmas.", "2018-01-07"),
    ("Two were shot on Yom Kippur 2017.", "2017-09-30"),
    ("Two were shot on Purim 2017.", "2017-03-11..2017-03-12"),
    ("Two were shot on Nowruz.", "2018-03-20..2018-03-21"),
    ("Two were shot on Ashura 2016.", "2016-10-11..2016-10-13"),
    ("Two were shot during Ramadan 2016.", "2016-06-06..2016-07-07"),
    ("Two were shot on New Year's Day.", "2018-01-01"),
    ("Two were shot on New Year's Eve 2016.", "2016-12-31"),
    ("Two were shot on Christmas Eve last year.", "2017-12-24"),
    ("On 3 March 2015 a mill burned. On Boxing Day that year a school did.", "2015-12-26"),
]

COUNTED = [
    ("On 15 January 2016 a mill burned. A year and twelve days later a school did.", "2017-01-27"),
    ("On 3 March a mill burned. Two weeks and a day later a school did.", "2018-03-18"),
    ("On 3 March a mill burned. Seven weeks afterwards a school did.", "2018-04-18..2018-04-24"),
    ("On 3 March a mill burned. Four weeks to the day later a school did.", "2018-03-31"),
    ("On 3 March a mill burned. Exactly one month later a school did.", "2018-04-03"),
    ("On 3 March a mill burned. Ten days on, a school did.", "2018-03-13"),
    ("On 3 March a mill burned. A month to the day later, a school did.", "2018-04-03"),
    ("On 3 March 2015 a mill burned. On the same day a year earlier a school had.", "2014-03-03"),
    ("On 3 March 2015 a mill burned. On the same day two years later a school did.", "2017-03-03"),
    ("On 3 March a mill burned. In the following 48 hours a school did.", "2018-03-03..2018-03-05"),
    ("On 3 March a mill burned. Over the next two days a school did.", "2018-03-03..2018-03-05"),
    ("On 3 March a mill burned. In the three days that followed a school did.", "2018-03-03..2018-03-06"),
    ("On 3 March a mill burned. In the days that followed a school did.", "2018-03-04..2018-03-13"),
    ("Two Fridays ago a mill burned.", "2018-05-04"),
    ("Three Sundays ago a mill burned.", "2018-04-29"),
    ("A fortnight ago to the day a mill burned.", "2018-05-02"),
    ("Two and a half years ago a mill burned.", "2015-08-01..2016-03-02"),
    ("A year and a half ago a mill burned.", "2016-08-01..2017-03-03"),
    ("Ten years ago on Friday a mill burned.", "2008-05-11"),
    ("Five years ago today a mill burned.", "2013-05-16"),
    ("Five years ago yesterday a mill burned.", "2013-05-15"),
    ("A year ago this month a mill burned.", "2017-05-01..2017-05-31"),
    ("A year ago last month a mill burned.", "2017-04-01..2017-04-30"),
    ("Two years ago this week a mill burned.", "2016-05-13..2016-05-20"),
    ("A week ago on Tuesday a mill burned.", "2018-05-08"),
    ("On Tuesday, a week ago, a mill burned.", "2018-05-08"),
    ("A hundred days ago a mill burned.", "2018-02-05"),
    ("On 3 March a mill burned, a day and a half later a school.", "2018-03-04..2018-03-05"),
    ("On 3 March a mill burned. 36 hours later a school.", "2018-03-04..2018-03-05"),
    ("On 3 March a mill burned. A little over a week later a school did.", "2018-03-09..2018-03-11"),
    ("On 3 March a mill burned. The day after that a school did.", "2018-03-04"),
    ("On 3 March a mill burned. Two days previously a school had.", "2018-03-01"),
    ("On 3 March a mill burned. Same day: a school.", "2018-03-03"),
    ("On 3 March a mill burned. Same evening, a school.", "2018-03-03"),
    ("On 3 March a mill burned. Later the same day a school did.", "2018-03-03"),
    ("On 3 March a mill burned. In the afternoon of the same day a school did.", "2018-03-03"),
    ("On 3 March a mill burned. A school did on the same date.", "2018-03-03"),
]

YEARS = [
    ("In July '16 shells landed.", "2016-07-01..2016-07-31"),
    ("In ’98 shells landed.", "1998-01-01..1998-12-31"),
    ("On 3 May '16 shells landed.", "2016-05-03"),
    ("In the summer of '14 shells landed.", "2014-01-01..2014-12-31"),
    ("Back in 2014 shells landed.", "2014-01-01..2014-12-31"),
    ("In the year 2014 shells landed.", "2014-01-01..2014-12-31"),
    ("On 3 May, back in 2014, shells landed.", "2014-05-03"),
    ("On May 3 in 2014 shells landed.", "2014-05-03"),
    ("On 3 May, 2014, shells landed.", "2014-05-03"),
    ("On 3 May 2015 a mill burned. The May after that, on the 26th, a school.", "2016-05-26"),
    ("On 3 May 2015 a mill burned. The June before, a school had.", "2014-06-01..2014-06-30"),
    ("On 3 May 2015 a mill burned. The previous December a school had.", "2014-12-01..2014-12-31"),
    ("The May before last a mill burned.", "2016-05-01..2016-05-31"),
]

ORDINALS = [
    ("Thirteenth of November 2015, a bag left on a bench.", "2015-11-13"),
    ("It was hit on the 11th will.", "2018-05-11"),
    ("On the 9th Bouar was hit.", "2018-05-09"),
    ("On the 9th gunmen came.", "2018-05-09"),
    ("On the 9th Brigade's base shells fell.", "nothing found"),
    ("A year ago this month, on the first, a man blew himself up.", "2017-05-01"),
    ("On the third, a man blew himself up.", "2018-05-03"),
    ("On the third attempt a man blew himself up.", "nothing found"),
    ("On the first Monday shells fell.", "2018-05-14"),
    ("The station, night of the 12th. A car burned.", "2018-05-12..2018-05-13"),
    ("It fell on the 14th, if memory serves.", "2018-05-14"),
]

SLASHES = [
    ("Mon 14/5. Shells fell.", "2018-05-14"),
    ("Oum, Mon 14/5. Shells fell.", "2018-05-14"),
    ("13/05: shells fell.", "2018-05-13"),
    ("13/05 - shells fell.", "2018-05-13"),
    ("Shells fell (13/5).", "2018-05-13"),
    ("13 May: shells fell.", "2018-05-13"),
    ("May 13: shells fell.", "2018-05-13"),
    ("14 MAY (MON)", "2018-05-14"),
    ("About 3/4 of homes burned.", "nothing found"),
    ("Units 1/2 were hit.", "nothing found"),
]

PARTS_AND_REST = [
    ("Since the last week of March shells fell.", "2018-03-22..2018-03-31"),
    ("By the end of last week shells fell.", "2018-05-10..2018-05-13"),
    ("In the middle of last week shells fell.", "2018-05-07..2018-05-11"),
    ("Early last week shells fell.", "2018-05-06..2018-05-09"),
    ("Late last week shells fell.", "2018-05-09..2018-05-13"),
    ("At the turn of the year shells fell.", "2017-12-20..2018-01-11"),
    ("Around New Year shells fell.", "2017-12-31..2018-01-02"),
    ("On Friday last shells fell.", "2018-05-11"),
    ("On the Friday just gone shells fell.", "2018-05-11"),
    ("It burned on Monday of last week.", "2018-05-07"),
    ("It burned on Monday morning last week.", "2018-05-07"),
    ("It burned last week on Monday.", "2018-05-07"),
    ("It burned last week, on Monday.", "2018-05-07"),
    ("It burned in the early hours of last Sunday.", "2018-05-13"),
    ("It burned on the night of Sunday, 6 May.", "2018-05-06..2018-05-07"),
    ("It burned overnight into Thursday.", "2018-05-09..2018-05-10"),
    ("It burned overnight Sunday to Monday.", "2018-05-13..2018-05-14"),
    ("It burned overnight on 6-7 May.", "2018-05-06..2018-05-07"),
    ("It burned in the night between Sunday and Monday.", "2018-05-13..2018-05-14"),
    ("It burned on Sunday night into Monday.", "2018-05-13..2018-05-14"),
    ("It burned at 3 am on Sunday.", "2018-05-13"),
    ("It burned this past Sunday.", "2018-05-13"),
    ("It burned on Sunday past.", "2018-05-13"),
    ("It burned Sunday.", "2018-05-13"),
    ("It burned in the first days of this month.", "2018-05-01..2018-05-11"),
    ("It burned twelve months ago.", "2017-05-01..2017-05-31"),
    ("It burned this day last year.", "2017-05-16"),
    ("It burned this month last year.", "2017-05-01..2017-05-31"),
    ("It burned on May 3 of 2014.", "2014-05-03"),
    ("It burned in May of 2014.", "2014-05-01..2014-05-31"),
    ("It burned on the 3rd of May last year.", "2017-05-03"),
    ("It burned on the 3rd May.", "2018-05-03"),
    ("It burned on Thursday 3rd May.", "2018-05-03"),
    ("It burned on Thursday, May the 3rd.", "2018-05-03"),
    ("On 3 March a mill burned. It burned on the following Friday.", "2018-03-09"),
    ("On 3 March a mill burned. It burned on the Friday of the following week.", "2018-03-09"),
    ("On 3 March a mill burned. It burned again the next Friday.", "2018-03-09"),
    ("On 3 March a mill burned. It burned again two Fridays later.", "2018-03-16"),
    ("On 3 March a mill burned. It burned again a day or two later.", "2018-03-04..2018-03-05"),
    ("On 3 March a mill burned. It burned again two or three days later.", "2018-03-05..2018-03-06"),
    ("On 3 March a mill burned. It burned again within days.", "2018-03-03..2018-03-08"),
    ("On 3 March a mill burned. It burned again within 24 hours.", "2018-03-03..2018-03-04"),
    ("On 3 March a mill burned. It burned again within the week.", "2018-03-03..2018-03-10"),
    ("On 3 March a mill burned. It burned again the very next day.", "2018-03-04"),
    ("On 3 March a mill burned. It burned again next day.", "2018-03-04"),
    ("On 3 March a mill burned. It burned again the morning after.", "2018-03-04"),
    ("On 3 March a mill burned. It had burned a fortnight before.", "2018-02-16..2018-02-18"),
    ("On 3 March a mill burned. It had burned the week before.", "2018-02-18..2018-02-25"),
    ("On 3 March a mill burned. It had burned the Saturday before.", "2018-02-24"),
    ("On 3 March a mill burned. It had burned the previous weekend.", "2018-02-24..2018-02-25"),
]


AROUND = [
    (
        "On 3 March 2015 a mill burned. Thirteen months later, on a Sunday in early April, a school did.",
        "2016-04-03..2016-04-10",
    ),
    ("A mill burned on 21 January 2016. Three weeks earlier a school had, on New Year's Eve.", "2015-12-31"),
    ("In February 2015 a mill burned. Four months earlier a school had.", "2014-10-01..2014-10-28"),
    ("On 3 May 2012 a mill burned. On the Monday a school did.", "2012-05-07"),
    ("On Monday 5 March a mill burned. On Thursday a school did.", "2018-03-08"),
    ("On 4 May a mill burned at Oum. On Thursday a school did.", "2018-05-10"),
    ("2015\n\nMarch 20: a mill burned.", "2015-03-20"),
    ("2015\n\nMarch 20: a mill burned.\n\n2016\n\nMay 23: a school burned.", "2016-05-23"),
    ("Week of 30 April\n\nOn Monday a mill burned. On Wednesday a school did.", "2018-05-02"),
    ("Week to Saturday 5 May\n\nA school burned on Wednesday.", "2018-05-02"),
    ("A mill burned on the night of 4 May. The following morning a school did.", "2018-05-05"),
    ("Two days after Monday's raid a school burned.", "2018-05-14"),
    ("On Friday it will be dark.", "2018-05-18"),
    ("The camp that was raided on the 11th will have been rebuilt.", "2018-05-11"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*PICKED, *NAMED_DAYS, *COUNTED, *YEARS, *ORDINALS, *SLASHES, *PARTS_AND_REST, *AROUND]
)
def test_the_days_of_a_phrase(text: str, expected: str) -> None:
    assert days(text) == expected
