"""Which reports tell of one event. In the tables, the first column numbers the incidents: equal numbers must be united."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.merge import candidates, merge, publication_order
from geo.merge.evidence import relation, weigh
from geo.merge.weights import rules
from geo.model import Actor, Count, Dead, Deaths, Details, Place, Report, Review, Span, Unresolved, When, Where

PLACES = {
    p.id: p
    for p in (
        Place("xl", "Exland", "A.PCLI", "XL", 33.0, 44.0, 400),
        Place("xl-ombo", "Ombo", "A.ADM1", "XL", 32.5, 44.5, 60, admin1="Ombo"),
        Place("xl-jura", "Jura", "P.PPL", "XL", 32.86, 44.21, 4, admin1="Ombo"),
        Place("xl-musa", "Musa", "P.PPL", "XL", 32.58, 44.29, 4, admin1="Ombo"),
        Place("xl-naja", "Naja", "P.PPLA", "XL", 31.9, 44.3, 8),
        Place("xl-camp", "Camp Tano", "S.INSM", "XL", 33.52, 44.26, 2),
        Place("xl-bag", "Bagoda", "P.PPLC", "XL", 33.31, 44.36, 18),
        Place("xl-bag-square", "Lion Square", "S.SQR", "XL", 33.33, 44.41, 0.3),
        Place("xl-bag-airport", "Bagoda airport", "S.AIRP", "XL", 33.26, 44.23, 3),
        Place("yl", "Yland", "A.PCLI", "YL", 15.0, 48.0, 500),
        Place("yl-camp", "Camp Tano", "S.INSM", "YL", 15.5, 48.2, 2),
        Place("gulf", "Gulf of Om", "H.GULF", "", 24.8, 58.5, 300),
    )
}
PRECISION = {"country": 6, "admin1": 4, "water": 7, "district": 3, "town": 1, "site": 1}
SIDES = {
    "Xl Brigade": "Yland-aligned",
    "Yland-backed militia": "Yland-aligned",
    "Other Front": "Front",
    "Republic": "Republic",
    "Yland": "Yland",
}
AIR, SHELL, CLASH, ATTACK = "Air/drone strike", "Shelling/artillery/missile attack", "Armed clash", "Attack"
EVENT = {
    AIR: "Explosions/Remote violence",
    SHELL: "Explosions/Remote violence",
    CLASH: "Battles",
    ATTACK: "Violence against civilians",
}
EVENT |= {
    "Suicide bomb": EVENT[AIR],
    "Peaceful protest": "Protests",
    "Mob violence": "Riots",
    "Arrests": "Strategic developments",
}
EVENT |= {"Agreement": "Strategic developments"}


def where(place):
    if place.startswith("?"):
        name, _, country = place[1:].partition("@")
        return Unresolved(name, country=country)
    p = PLACES[place]
    return Where(p, PRECISION[p.level], p.lat, p.lon, p.radius_km)


def days(written):
    if not written:
        return None
    first, _, last = written.partition("..")
    return When(date.fromisoformat(f"2020-{first}"), date.fromisoformat(f"2020-{last or first}"))


def count(written):
    low, _, high = str(written).removesuffix("+").partition("-")
    more, about = str(written).endswith("+"), low.startswith("~")
    return None if written is None else Count(int(low.strip("~")), int(high or low.strip("~")), (), more, about)


def actor(name):
    return Actor(name, side=SIDES.get(name, name)) if name else None


def tell(
    article,
    kind,
    place,
    when,
    killed=None,
    by=None,
    on=None,
    *,
    at=0,
    injured=None,
    group="",
    again=False,
    overall=False,
    weapon="",
    hedges=(),
):
    """Make a report of `article` (its capital letter is its publisher); `at` is its position in the text."""
    span = Span(at * 100, at * 100 + 10)
    day = date(2020, 12, 1) + timedelta(days=ord(article[0]) - ord("A"))
    return Report(
        id=f"{article}{at}", article=article, published=(day, day), publisher=article[0], event_type=EVENT[kind], sub_event_type=kind,
        trigger=span, evidence=span, passages=(span,), when=days(when), where=where(place), hedges=tuple((h, span) for h in hedges),
        details=Details(actor(by), actor(on), count(killed), count(injured), weapon=weapon, toll_is_overall=overall),
        group=f"{article}#{group}" if group else "", another=again,
    )  # fmt: skip


US = {"by": "Republic", "on": "Xl Brigade"}
KH = {"by": "Xl Brigade", "on": "Republic"}

TABLES = {
    "articles that agree tell of one event": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 3)), (0, tell("B", SHELL, "xl-camp", "03-11", 3)), (0, tell("C", SHELL, "xl-camp", "03-11")),
    ],
    "a vague report joins the exact one that its toll fits, and glues no two": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 3)), (1, tell("B", SHELL, "xl-camp", "03-14", 1)),
        (0, tell("C", SHELL, "xl-camp", "03-01..03-31", 3)), (1, tell("D", SHELL, "xl-camp", "03-01..03-31", 1)),
    ],
    "a vague report that fits two events equally joins neither": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 3)), (1, tell("B", SHELL, "xl-camp", "03-14", 3)), (2, tell("C", SHELL, "xl-camp", "03-01..03-31", 3)),
    ],
    "two days that an article knows are two events": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 3, at=1)), (1, tell("A", SHELL, "xl-camp", "03-12", 3, at=2)),
    ],
    "the same odd toll a day apart in two articles is one event": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 17)), (0, tell("B", SHELL, "xl-camp", "03-12", 17)),
    ],
    "a day apart without such a toll is two": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 1)), (1, tell("B", SHELL, "xl-camp", "03-12", 1)),
    ],
    "tellings within one article are one": [
        (0, tell("A", CLASH, "xl-naja", "03-11", at=1)), (0, tell("A", CLASH, "xl-naja", "03-11", 4, at=2)), (0, tell("A", CLASH, "xl-naja", "03-10..03-12", at=3)),
    ],
    "'again' is another event than the one before, also for other articles": [
        (0, tell("A", SHELL, "xl-camp", "03-01..03-31", 3, at=1)), (1, tell("A", SHELL, "xl-camp", "03-01..03-31", at=2, again=True)),
        (0, tell("B", SHELL, "xl-camp", "03-11", 3)),
    ],
    "a country contains its towns": [
        (0, tell("A", AIR, "xl", "03-13", **US)), (0, tell("B", AIR, "xl-naja", "03-13", **US)),
    ],
    "but says too little alone": [
        (0, tell("A", AIR, "xl", "03-01..03-31")), (1, tell("B", AIR, "xl-naja", "03-13")),
    ],
    "months in a country by nobody known are no event to share": [
        (0, tell("A", SHELL, "xl", "03-01..03-31")), (1, tell("B", SHELL, "xl", "03-01..03-31")),
    ],
    "five sites of one night, told of as a whole by the same article, are one event": [
        (0, tell("A", AIR, "xl-jura", "03-13", **US, at=1, group="s")), (0, tell("A", AIR, "xl-musa", "03-13", **US, at=2, group="s")),
        (0, tell("A", AIR, "xl-naja", "03-13", **US, at=3, group="s")), (0, tell("B", AIR, "xl", "03-12..03-13", **US)),
        (0, tell("C", AIR, "xl-ombo", "03-13", 5, **US, at=1)), (0, tell("C", AIR, "xl", "03-13", **US, at=2)), (0, tell("C", AIR, "xl-camp", "03-13", 1, by="Republic", at=3)),
    ],
    "two sites in two articles are two events, whatever a vague third says": [
        (0, tell("A", AIR, "xl-naja", "03-13", 4, **US)), (1, tell("B", AIR, "xl-camp", "03-13", 2, **US)), (0, tell("C", AIR, "xl", "03-01..03-31", 4, **US)),
    ],
    "a city does not glue its sites": [
        (0, tell("A", "Suicide bomb", "xl-bag-square", "03-13", 32)), (1, tell("B", "Suicide bomb", "xl-bag-airport", "03-13", 4)),
        (0, tell("C", "Suicide bomb", "xl-bag", "03-13", 32)),
    ],
    "tolls beyond counting part two events of a city": [
        (0, tell("A", "Suicide bomb", "xl-bag", "03-13", 25)), (1, tell("B", "Suicide bomb", "xl-bag", "03-13", 2)),
    ],
    "tolls that are close do not": [
        (0, tell("A", "Suicide bomb", "xl-bag", "03-13", 5)), (0, tell("B", "Suicide bomb", "xl-bag", "03-13", 3)),
    ],
    "retaliation is not the attack": [
        (0, tell("A", SHELL, "xl", "03-01..03-31", **KH)), (1, tell("A", AIR, "xl", "03-01..03-31", **US, at=1)), (1, tell("B", AIR, "xl", "03-12..03-13", **US)),
    ],
    "attacker and target do not change places in remote violence": [
        (0, tell("A", SHELL, "xl-camp", "03-11", **KH)), (1, tell("B", SHELL, "xl-camp", "03-11", **US)),
    ],
    "but they do in a battle": [
        (0, tell("A", CLASH, "xl-camp", "03-11", **KH)), (0, tell("B", CLASH, "xl-camp", "03-11", **US)),
    ],
    "a described group may be the named one": [
        (0, tell("A", SHELL, "xl-camp", "03-01..03-31", 3, by="Yland-backed militia")), (0, tell("B", SHELL, "xl-camp", "03-11", 3, by="Xl Brigade")),
    ],
    "an attack for one source is a clash for another": [
        (0, tell("A", ATTACK, "xl-naja", "03-11", 11)), (0, tell("B", CLASH, "xl-naja", "03-11", 11)),
    ],
    "a riot for one is a protest for another": [
        (0, tell("A", "Peaceful protest", "xl-bag-square", "03-11")), (0, tell("B", "Mob violence", "xl-bag-square", "03-11")),
    ],
    "an arrest is no agreement, a suicide bomb no air strike far apart": [
        (0, tell("A", "Arrests", "xl-naja", "03-11")), (1, tell("B", "Agreement", "xl-naja", "03-11")), (2, tell("C", "Suicide bomb", "xl-bag", "03-11", 9)),
    ],
    "the same name in another country is another place": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 3)), (1, tell("B", SHELL, "yl-camp", "03-11", 3)),
    ],
    "an unresolved name is a place": [
        (0, tell("A", SHELL, "?Tell Nur@XL", "03-11", 3)), (0, tell("B", SHELL, "?tell nur", "03-11", 3)), (1, tell("C", SHELL, "?Tell Sur@XL", "03-11", 3)),
        (2, tell("D", SHELL, "xl", "03-11", 3)),
    ],
    "an unknown day joins only by more": [
        (0, tell("A", SHELL, "xl-camp", "03-11", 3, **KH)), (0, tell("B", SHELL, "xl-camp", None, 3, **KH)), (1, tell("C", SHELL, "xl", None, **KH)),
    ],
    "a strike at sea lies in no country": [
        (0, tell("A", SHELL, "gulf", "05-12", **KH)), (0, tell("B", SHELL, "gulf", "05-12", **KH)), (1, tell("C", SHELL, "xl", "05-12", **KH)),
    ],
}  # fmt: skip


def homes(reports, reviews=()):
    return {r: i.id for i in merge(reports, reviews) for r in i.reports}


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_reports_are_united(rows):
    home = homes(r for _, r in rows)
    groups = {n: {r.id for m, r in rows if m == n} for n, _ in rows}
    assert {frozenset(g) for g in groups.values()} == {
        frozenset(r for r in home if home[r] == i) for i in home.values()
    }


def killing(report, name="", what=""):
    return replace(report, details=replace(report.details, dead=(Dead(name, what, report.evidence),)))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({"name": "Qasem Haddadi"}, {"name": "General Qassem al-Haddadi"}, True),
        ({"name": "Qasem Haddadi"}, {"name": "Karim Haddadi"}, False),
        ({"name": "Haddadi"}, {"name": "Haddadi"}, False),
        ({}, {"name": "Qasem Haddadi"}, False),
    ],
)
def test_a_person_dies_once(one, other, together):
    vague = tell("B", AIR, "xl", "01-01..01-31", on="PMU")
    home = homes([killing(tell("A", AIR, "xl-camp", "01-03", on="KH"), **one), killing(vague, **other)])
    assert (len(set(home.values())) == 1) is together


def test_the_same_words_for_the_one_killed_count():
    a, b = tell("A", SHELL, "xl-camp", "01-03"), tell("B", SHELL, "xl", "01-01..01-31")
    plain = weigh(a, b).total
    alike = weigh(killing(a, what="american contractor"), killing(b, what="american contractor"))
    assert alike.total > plain
    assert any("american contractor" in words for words, _ in alike.parts)
    assert weigh(killing(a, what="american contractor"), killing(b, what="british soldier")).total == plain


# ------------------------------------------------------------------------------------------- the incident


def one(*reports):
    (incident,) = merge(reports)
    return incident


def test_five_sites_and_the_whole_are_one_incident_with_its_tolls_apart():
    incident = one(
        *(r for _, r in TABLES["five sites of one night, told of as a whole by the same article, are one event"])
    )
    assert [s.where.place.name for s in incident.sites] == ["Jura", "Musa", "Naja", "Camp Tano"]
    assert [s.killed for s in incident.sites] == [None, None, None, Deaths(1, 1, 1)]
    assert incident.killed == Deaths(6, 6, 6)
    assert incident.when == When(date(2020, 3, 13), date(2020, 3, 13))


@pytest.mark.parametrize(
    ("told", "deaths"),
    [
        ([("A", 3), ("B", 3), ("C", 5)], (3, 3, 5)), ([("A", 3), ("B", 5)], (3, 5, 5)), ([("A", 3), ("A", 5), ("B", 3)], (3, 3, 5)),
        ([("A", "3-5")], (3, 3, 5)), ([("A", None), ("B", 0)], (0, 0, 0)), ([("A", 2), ("B", 3), ("C", 3), ("D", 2)], (2, 2, 3)),
    ],
)  # fmt: skip
def test_deaths_are_lowest_best_and_highest(told, deaths):
    """Best is the figure of most publishers in their latest word, of equals the latest."""
    incident = one(*(tell(a, SHELL, "xl-camp", "03-11", k, at=n) for n, (a, k) in enumerate(told)))
    assert (incident.killed.low, incident.killed.best, incident.killed.high) == deaths


@pytest.mark.parametrize(
    ("told", "more"), [([("A", "27+"), ("B", 25)], True), ([("A", "27+"), ("B", 30)], False), ([("A", 27)], False)]
)
def test_at_least_stays_at_least_unless_somebody_counts_more(told, more):
    """The open end belongs to the highest figure."""
    incident = one(*(tell(a, SHELL, "xl-camp", "03-11", k, at=n) for n, (a, k) in enumerate(told)))
    assert (incident.killed.open_high, incident.sites[0].killed.open_high) == (more, more)


@pytest.mark.parametrize(
    ("told", "about"),
    [
        ([("A", "~30")], True),
        ([("A", "~30"), ("B", 30)], False),
        ([("A", "~30"), ("B", 34)], True),
        ([("A", 30)], False),
    ],
)
def test_a_rough_figure_stays_rough_unless_somebody_counts_as_many(told, about):
    """An end of the range that nobody gives exactly is only about so high."""
    incident = one(*(tell(a, SHELL, "xl-camp", "03-11", k, at=n) for n, (a, k) in enumerate(told)))
    assert (incident.killed.about, incident.sites[0].killed.about) == (about, about)


def test_an_overall_toll_belongs_to_no_site():
    incident = one(
        tell("A", AIR, "xl-jura", "03-13", 9, **US, at=1, group="s", overall=True),
        tell("A", AIR, "xl-naja", "03-13", 2, **US, at=2, group="s"),
    )
    assert [s.killed for s in incident.sites] == [None, Deaths(2, 2, 2)]
    assert incident.killed == Deaths(9, 9, 9)


def test_one_figure_for_several_places_is_counted_once():
    raid = (
        tell("A", AIR, "xl-jura", "03-13", **US, at=1, group="s"),
        tell("A", AIR, "xl-naja", "03-13", **US, at=2, group="s"),
    )
    incident = one(*(replace(r, details=replace(r.details, killed=Count(5, 5, (Span(150, 154),)))) for r in raid))
    assert [s.killed for s in incident.sites] == [None, None]
    assert incident.killed == Deaths(5, 5, 5)


def test_the_most_exact_account_gives_place_day_and_names():
    incident = one(
        tell("A", SHELL, "xl", "03-01..03-31", 3, by="Yland-backed militia", on="Republic"),
        tell("B", SHELL, "xl-camp", "03-10..03-14", 3, **KH), tell("C", SHELL, "xl-camp", "03-11", 3, by="Yland-backed militia", on="Republic"),
    )  # fmt: skip
    assert [s.where.place.id for s in incident.sites] == ["xl-camp"]
    assert incident.when.edtf == "2020-03-11"
    assert (incident.actor1, incident.actor2) == ("Xl Brigade", "Republic")


def test_the_id_and_the_first_report_come_from_the_earliest_article():
    first, later = tell("B", SHELL, "xl-camp", "03-11", 3), tell("C", SHELL, "xl-camp", "03-11", 3)
    assert one(first).id == one(later, first).id == "iB0"
    assert one(later, first).first_reported == date(2020, 12, 2)
    assert one(replace(first, published=None), later).id == "iC0"


def test_disagreement_is_kept_in_plain_words():
    incident = one(
        tell("A", SHELL, "xl-camp", "03-11", 3, weapon="cruise missile"), tell("B", SHELL, "xl-camp", "03-11", 5, weapon="ballistic missile"),
        tell("C", SHELL, "xl-camp", "03-11", 3, weapon="cruise missile"),
    )  # fmt: skip
    assert incident.disagreements == (
        "weapon: cruise missile (A, C) or ballistic missile (B)",
        "killed: 3 (A, C) or 5 (B)",
    )


def test_a_less_exact_word_is_no_disagreement():
    incident = one(
        tell("A", SHELL, "xl-camp", "03-11", by="Xl Brigade", weapon="ballistic missile"),
        tell("B", SHELL, "xl-camp", "03-11", by="Yland-backed militia", weapon="missile"),
    )  # fmt: skip
    assert incident.disagreements == ()
    assert incident.actor1 == "Xl Brigade"


def test_a_town_is_a_vaguer_word_for_the_site_beside_it():
    beside = replace(
        where("xl-camp"), place=replace(PLACES["xl-camp"], id="xl-bag-base", lat=33.49, lon=44.36), lat=33.49, lon=44.36
    )
    incident = one(
        replace(tell("A", SHELL, "xl-camp", "03-11", 3, **KH), where=beside),
        tell("B", SHELL, "xl-bag", "03-11", 3, **KH),
    )
    assert [s.where.place.id for s in incident.sites] == ["xl-bag-base"]


def test_every_union_says_why():
    incident = one(
        tell("A", SHELL, "xl-camp", "03-11", 3),
        tell("B", SHELL, "xl-camp", "03-11", 3),
        tell("C", SHELL, "xl-camp", "03-11", 3),
    )
    assert len(incident.why) == 2
    assert incident.why[0] == (
        "A (A0) and B (B0): shelling/artillery/missile attack (+1); the same day, 2020-03-11 (+2.5); the same site (+2.5); "
        "3 killed in both (+1.2): 7.2, needed 3.6"
    )


@pytest.mark.parametrize(
    ("told", "grade"),
    [
        ([("A", {})], "weak"), ([("A", {}), ("A", {"at": 1})], "weak"), ([("A", {}), ("B", {})], "fair"), ([("A", {}), ("B", {}), ("C", {})], "confirmed"),
        ([("A", {"hedges": ["claimed"]})], "fair"), ([("A", {"hedges": ["claimed"]}), ("B", {})], "confirmed"),
        ([("A", {"hedges": ["unconfirmed"]}), ("B", {"hedges": ["alleged"]})], "weak"), ([("A", {}), ("B", {"hedges": ["denied"]})], "contested"),
        ([("A", {"by": "Xl Brigade"}), ("B", {"by": "Other Front"})], "contested"), ([("A", {"killed": 2, **US}), ("B", {"killed": 25, **US})], "contested"),
        ([("A", {"killed": 3}), ("B", {"killed": 5})], "fair"),
    ],
)  # fmt: skip
def test_an_incident_is_graded_by_rule(told, grade):
    assert one(*(tell(a, SHELL, "xl-camp", "03-11", **more) for a, more in told)).grade == grade


@pytest.mark.parametrize(
    ("one", "other", "lie"),
    [
        ("xl", "xl-naja", "in_country"), ("xl-ombo", "xl-jura", "in_area"), ("xl-ombo", "xl-naja", "disjoint"), ("xl-bag", "xl-bag-square", "in_town"),
        ("xl-bag-square", "xl-bag-airport", "disjoint"), ("xl-camp", "yl-camp", "disjoint"), ("xl", "yl", "disjoint"), ("xl-camp", "xl-camp", "same_site"),
        ("xl", "?Tell Nur@XL", "in_country"), ("xl", "?Tell Nur@YL", "disjoint"), ("xl-camp", "?camp tano@XL", "same_name_open"),
        ("xl-camp", "?Tell Nur@XL", "disjoint"), ("xl-camp", "?", "open"), ("?@XL", "xl-camp", "in_country"), ("gulf", "xl", "disjoint"),
    ],
)  # fmt: skip
def test_places_lie_to_one_another(one, other, lie):
    assert relation(where(one), where(other)) == relation(where(other), where(one)) == lie


def test_every_kindred_row_names_sub_events_of_acled_and_says_what_it_is():
    from geo.triggers import EVENT_TYPE_OF

    for row in rules()["kindred"]:
        assert row["what"]
        assert set(row["sub_events"]) <= EVENT_TYPE_OF.keys()


# ------------------------------------------------------------------------------------------- the laws

PLACE = st.sampled_from([*PLACES, "?Tell Nur@XL", "?Tell Nur", "?", "?@XL"])
NAMES = st.sampled_from([None, *SIDES, "gunmen"])


@st.composite
def stories(draw, letters="ABCDE", most=9):
    """Some reports, close enough to one another that many could be united."""
    reports = []
    for n in range(draw(st.integers(1, most))):
        first = date(2020, 3, 1) + timedelta(days=draw(st.integers(0, 6)))
        last = first + timedelta(days=draw(st.sampled_from([0, 0, 1, 6, 30])))
        toll = draw(st.sampled_from([None, 0, 1, 3, 5, 25, "3-5"]))
        reports.append(
            tell(
                draw(st.sampled_from(letters)),
                draw(st.sampled_from([AIR, SHELL, CLASH, ATTACK])),
                draw(PLACE),
                draw(st.sampled_from([None, f"{first:%m-%d}..{last:%m-%d}", f"{first:%m-%d}..{last:%m-%d}"])),
                toll,
                draw(NAMES),
                draw(NAMES),
                at=n,
                group=draw(st.sampled_from(["", "", "g"])),
                again=draw(st.booleans()) and draw(st.booleans()),
                overall=draw(st.booleans()),
            )
        )
    return reports


@settings(max_examples=40, deadline=None)
@given(st.data(), stories())
def test_the_order_of_the_reports_changes_nothing(data, reports):
    assert merge(data.draw(st.permutations(reports))) == merge(reports)


@settings(max_examples=40, deadline=None)
@given(stories())
def test_every_report_is_in_exactly_one_incident_and_at_most_one_site_of_it(reports):
    incidents = merge(reports)
    assert sorted(r for i in incidents for r in i.reports) == sorted(r.id for r in reports)
    for incident in incidents:
        placed = [r for s in incident.sites for r in s.reports]
        assert incident.sites
        assert len(placed) == len(set(placed))
        assert set(placed) <= set(incident.reports)
        assert len(incident.why) == len(incident.reports) - 1


@settings(max_examples=40, deadline=None)
@given(stories(), stories(letters="XYZ", most=4))
def test_an_unrelated_article_changes_no_other_incident(reports, others):
    far = [replace(r, when=When(date(2011, 1, 1), date(2011, 1, 2)) if r.when else None, where=where("yl-camp"), event_type="Protests", sub_event_type="Peaceful protest") for r in others]  # fmt: skip
    with_them = [i for i in merge([*reports, *far]) if not any(r[0] in "XYZ" for r in i.reports)]
    assert with_them == list(merge(reports))


@settings(max_examples=40, deadline=None)
@given(stories())
def test_an_article_in_the_same_time_and_country_changes_nothing_that_it_does_not_touch(reports):
    """Incidents of which no report weighs anything with the new one stay as they are."""
    new = tell("Z", "Arrests", "xl-naja", "03-03")
    touched = {r.id for r in reports if not weigh(new, r).apart}
    before, after = ([i for i in merge(rs) if not touched & set(i.reports)] for rs in (reports, [*reports, new]))
    assert before == [i for i in after if new.id not in i.reports]


@settings(max_examples=40, deadline=None)
@given(stories())
def test_no_pair_is_overlooked_for_speed(reports):
    """What `candidates` leaves out would never have been united, but for undated reports of wider places."""
    ordered = sorted(reports, key=publication_order)
    near = set(candidates(ordered))
    for i, a in enumerate(ordered):
        for j, b in enumerate(ordered[:i]):
            if (j, i) not in near and a.when and b.when:
                evidence = weigh(a, b)
                assert evidence.apart or evidence.place == "disjoint" or evidence.total < rules()["threshold"]


@settings(max_examples=40, deadline=None)
@given(stories(), st.data())
def test_what_people_united_or_split_stays_so(reports, data):
    one, other = data.draw(st.sampled_from(reports)), data.draw(st.sampled_from(reports))
    if one.id != other.id:
        assert (
            len({homes(reports, [Review(one.id, "merge", other_report_id=other.id)])[r.id] for r in (one, other)}) == 1
        )
        assert (
            len({homes(reports, [Review(one.id, "split", other_report_id=other.id)])[r.id] for r in (one, other)}) == 2
        )
    alone = next(i for i in merge(reports, [Review(one.id, "split")]) if one.id in i.reports)
    assert alone.reports == (one.id,)


@settings(max_examples=80, deadline=None)
@given(stories(most=2))
def test_a_pair_weighs_the_same_both_ways(reports):
    a, b = reports[0], reports[-1]
    forth, back = weigh(a, b), weigh(b, a)
    assert (forth.total, forth.place, forth.apart, forth.linked) == (back.total, back.place, back.apart, back.linked)


def test_two_reports_of_one_id_are_refused():
    with pytest.raises(ValueError, match="share an id"):
        merge([tell("A", SHELL, "xl", None), tell("A", SHELL, "xl", None)])


def incidents_of(reports):
    """The incident of each report, in the reports' order."""
    by_report = {r: i.id for i in merge(reports) for r in i.reports}
    return [by_report[r.id] for r in reports]


def test_one_attackers_strikes_on_a_country_in_a_night_are_one_event_with_their_sites():
    """Told of the whole country by one article and of its sites by others; the order of the articles changes nothing."""
    told = [
        tell("A", AIR, "xl", "03-12..03-13", **US),
        tell("B", AIR, "xl-jura", "03-13", **US),
        tell("C", AIR, "xl-naja", "03-13", **US),
    ]
    assert len(set(incidents_of(told))) == 1
    assert len(set(incidents_of(told[::-1]))) == 1


def test_two_ambushes_in_one_country_on_one_day_stay_two():
    """Only fire from afar reaches many places in a night."""
    told = [
        tell("A", ATTACK, "xl", "03-13", by="Other Front", on="Republic"),
        tell("B", ATTACK, "xl-jura", "03-13", by="Other Front", on="Republic"),
        tell("C", ATTACK, "xl-naja", "03-13", by="Other Front", on="Republic"),
    ]
    (_, jura, naja) = incidents_of(told)
    assert jura != naja


@pytest.mark.parametrize(("gap", "united"), [(5, True), (6, False)])
def test_the_guessed_days_of_an_answer_may_be_some_days_off(gap, united):
    """When "it answered with missiles" was is inferred; another article may know the day."""
    answer = tell("A", SHELL, "xl", "01-01..01-04", **KH)
    answer = replace(answer, when=replace(answer.when, anchor=rules()["when"]["answer_anchors"][0]))
    dated = tell("B", SHELL, "xl-camp", f"01-{4 + gap:02}", **KH)
    assert (len(set(incidents_of([answer, dated]))) == 1) is united
    plain = tell("A", SHELL, "xl", "01-01..01-04", **KH)
    assert len(set(incidents_of([plain, dated]))) == 2


def test_a_short_form_behind_a_name_distinguishes_nothing():
    """One article's list may have it and a person's correction not."""
    one = tell("A", SHELL, "xl-camp", "03-11", by="Xl Brigade (XLB)", on="Republic")
    other = tell("B", SHELL, "xl-camp", "03-11", by="Xl Brigade", on="Republic")
    assert "XLB) as actor1 in both" in " ".join(words for words, _ in weigh(one, other).parts)
