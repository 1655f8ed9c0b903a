"""Who acted or was hit where the text names no party: people without arms, and a state's own men, by ACLED's words for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.details.actors import ActorWords
from geo.details.tolls import TollWords
from geo.model import Actor, Claim, Span

CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
# The noun of a figure that says no more than that they were people.
PEOPLE = re.compile(
    r"\b(?:people|persons?|individuals?|others?|m[ae]n|wom[ae]n|famil(?:y|ies)|members of|relatives?|bodies|corpses|victims?|dead|lives|souls?|brothers?|sisters?|sons?|daughters?|couple|nationals?|foreigners?|"
    r"muslims|christians|jews|hindus|sikhs|shiites?|shias?|sunnis?|yazidis|yezidis|hazaras?|tutsis?|hutus?|copts)\b"
)
# Where people without arms are, for a bomb of whose dead no more than the figure is told.
CIVIL_SITE = re.compile(
    r"\b(?:markets?|bazaars?|supermarkets?|schools?|hospitals?|clinics?|maternity ward|hotels?|restaurants?|cafes?|cafés?|bars?|nightclubs?|church(?:es)?|cathedral|mosques?|shrines?|temples?|synagogues?|"
    r"buses|bus|minibus(?:es)?|trains?|railway stations?|train stations?|bus stations?|metro|subway|taxis?|ferr(?:y|ies)|airliners?|villages?|hamlets?|homes?|houses?|households?|apartments?|apartment blocks?|flats|"
    r"tower blocks?|residential|neighbou?rhoods?|housing|dormitor(?:y|ies)|weddings?|funerals?|concerts?|cinemas?|theatres?|theaters?|stadiums?|shops?|shopping|malls?|bakery|bread queue|queues?|universit(?:y|ies)|"
    r"kindergartens?|orphanages?|refugee camps?|displaced|aid convoys?|playgrounds?|beach(?:es)?)\b"
)
PROTESTING = re.compile(r"(?i)\b(?:protest|demonstrat|march|rall(?:y|ie)|sit-in|stri(?:ke|king)|riot|unrest|slogan)\w*")
AROUND = 400  # characters around "crowd" in which it is told that it protests
SUFFERS = ("Excessive force against protesters", "Protest with intervention")  # protesters are those hit
HARMED = ("killed", "injured", "abducted")


def crowd(text: str, words: ActorWords, event_type: str = "") -> str:
    """ACLED's word for people without arms, by what they are doing; the text's own for those who attack (`event_type` is of what they did)."""
    if event_type in CROWDS:
        return CROWDS[event_type]
    said = words.span.of(text).casefold()
    if event_type and not said.startswith("civilian"):
        return said[:1].upper() + said[1:]
    if said.startswith("crowd") and not PROTESTING.search(
        text, max(0, words.span.start - AROUND), words.span.end + AROUND
    ):
        return "Civilians"  # "a crowd at the market"
    if said.startswith(("protest", "demonstrat", "march", "crowd", "peaceful protest", "anti-government protest")):
        return "Protesters"
    return "Rioters" if said.startswith("riot") or said.endswith(("mob", "mobs", "looters")) else "Civilians"


def crowd_that_acts(claim: Claim, country: str, state: str) -> Actor | None:
    """The protesters or rioters of an event that is theirs by its type."""
    if claim.sub_event_type in SUFFERS:
        return None
    name = CROWDS.get(claim.event_type)
    return Actor(f"{name} ({state})" if state else name, (claim.trigger,), True, country) if name else None


def crowd_hit(claim: Claim, country: str, state: str) -> Actor | None:
    """The protesters against whom force was used, where the text names nobody else."""
    if claim.sub_event_type not in SUFFERS:
        return None
    return Actor(f"Protesters ({state})" if state else "Protesters", (claim.trigger,), True, country)


def people_hit(
    text: str, claim: Claim, figures: Sequence[TollWords], agent: Actor | None, country: str, state: str
) -> Actor | None:
    """Those whom the figures count, or who are at such a place; None where they may have borne arms."""
    against_civilians = claim.event_type == "Violence against civilians" or claim.sub_event_type == "Mob violence"
    if not (against_civilians or claim.event_type in ("Explosions/Remote violence", "Riots")):
        return None
    hurt = [f for f in figures if f.kind in HARMED and f.high and not f.negative]
    hurt = [f for f in hurt if against_civilians or not f.leader]  # a strike on one man by name is aimed at no civilian
    for figure in hurt:
        if figure.whom in ("soldier", "police"):
            own = agent is not None and agent.country == country
            return None if own or not state else Actor(state, (figure.figure,), True, country, state)
    words = _unarmed(text, claim, hurt) or (claim.trigger if against_civilians and not hurt else None)
    if words is None:
        return None
    return Actor(f"Civilians ({state})" if state else "Civilians", (words,), True, country)


def _unarmed(text: str, claim: Claim, hurt: Sequence[TollWords]) -> Span | None:
    """The words by which those hurt bore no arms."""
    plain = [f for f in hurt if not f.whom or f.whom in ("civilian", "child") or f.civilians]
    if hurt and not plain:
        return None
    for figure in plain:
        told = figure.whom or figure.civilians or PEOPLE.search(figure.figure.of(text).casefold())
        if told or claim.event_type != "Explosions/Remote violence":
            return figure.figure
    if (
        hurt
        and claim.event_type == "Explosions/Remote violence"
        and (site := CIVIL_SITE.search(claim.evidence.of(text).casefold()))
    ):
        return Span(claim.evidence.start + site.start(), claim.evidence.start + site.end())
    return None
