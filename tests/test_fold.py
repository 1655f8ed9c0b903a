"""Which sentences of one article tell of one event. The article is of Wednesday, 16 May 2018, a story of Yemen."""

from datetime import date

import pytest

from geo import pipeline
from geo.details import actors
from geo.model import Article
from geo.places.gazetteer import Gazetteer

GAZETTEER = Gazetteer.load()
WEDNESDAY = date(2018, 5, 16)


def told(text: str) -> list[str]:
    """Sub-event type, first and last day of each report of a text."""
    article = Article("a", "A title", "A paper", text, published=(WEDNESDAY, WEDNESDAY))
    reports = pipeline.read(article, GAZETTEER, actors.load()).reports
    return [f"{r.sub_event_type} {r.when.first:%d}-{r.when.last:%d}" if r.when else r.sub_event_type for r in reports]


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        (  # what is told again is the answer, not the attack, though it says hardly where it fell
            (
                "Saudi jets bombed Houthi camps in the early hours of Tuesday, in response to Sunday's missile attack on "
                "Riyadh which killed two Saudis. \n\n“Earlier today Saudi Arabia conducted precision strikes against Houthi "
                "sites across Yemen,” a spokesman said."
            ),
            ["Air/drone strike 15-15", "Shelling/artillery/missile attack 13-13"],
        ),
        (  # the same side hits the same side over one country: told twice
            (
                "American warplanes struck Houthi bases across Yemen on Tuesday evening.\n\nThe United States carried out "
                "strikes against Houthi stores across Yemen on Tuesday, a spokesman said."
            ),
            ["Air/drone strike 15-15"],
        ),
        (  # what goes on after a cause told in between is of the day of what the sentence tells
            (
                "The United States carried out strikes against Houthi forces across Yemen on Tuesday evening, in retaliation for "
                "a missile attack on its troops in Aden the day before. American warplanes struck Houthi stores across "
                "Yemen, a spokesman said."
            ),
            ["Air/drone strike 15-16", "Shelling/artillery/missile attack 14-14"],
        ),
        (  # an answer without a day of its own came within days
            "On 3 May rockets hit Taiz, killing two Saudis. Saudi Arabia struck five depots in Yemen in retaliation.",
            ["Shelling/artillery/missile attack 03-03", "Air/drone strike 03-06"],
        ),
        (  # an answer that names who hit whom, and neither day nor place, is one too
            "On 3 May rockets hit Taiz, killing two Saudis. Saudi Arabia replied with air strikes on Houthi depots.",
            ["Shelling/artillery/missile attack 03-03", "Air/drone strike 03-06"],
        ),
        (  # a crowd and an army are no one party
            "Saudi troops killed a Houthi commander in Aden on Sunday. His supporters then ransacked a ministry in Aden.",
            ["Armed clash 13-13", "Violent demonstration 13-16"],
        ),
        (  # "Sunday's strikes" are those told before
            "Jets bombed a camp near Taiz on Sunday, killing nine.\n\nSunday's strikes hit stores of the Houthis.",
            ["Air/drone strike 13-13"],
        ),
        (  # "the attack" is what was called one, not the air raid told last
            (
                "Rockets hit a base in Aden on Sunday, killing two Saudis in the attack.\n\nOn Tuesday jets bombed a depot in "
                "Taiz.\n\nThe minister said he had been told of the attack, which killed the Saudi officers, by phone."
            ),
            ["Shelling/artillery/missile attack 13-13", "Air/drone strike 15-15"],
        ),
    ],
)
def test_an_article_tells_these_events(text: str, reports: list[str]) -> None:
    """In the order of the text; later tellings are folded into the first."""
    assert told(text) == reports
