"""The queue of names without a place: one for the command line and the app."""

from datetime import date
from types import SimpleNamespace

from geo.decisions.waiting import waiting
from geo.merge import merge
from geo.model import Article, Candidate, Details, Mention, Place, Report, Span, Toponym, Unresolved, When, Where

ORU = Place("iq-camp-oru", "Camp Oru", "S.INSM", "IQ", 33.5, 44.25, 2)
PROVINCE = Place("iq-ombo", "Ombo", "A.ADM1", "IQ", 33.5, 44.0, 200)
ABROAD = Place("tr-belik", "Belik", "P.PPL", "TR", 40.0, 41.0, 2)
NAMED = Span(6, 9)
OPEN = Unresolved("Oru", (NAMED,), (Candidate(ORU, "exact", 0.4),), "IQ", "two places fit")
AREA = Where(
    PROVINCE, 4, PROVINCE.lat, PROVINCE.lon, 200.0, (NAMED, Span(12, 16)), inferred="Bel is not in the gazetteer"
)
EXACT = Where(ORU, 1, ORU.lat, ORU.lon, 2.0, (NAMED,))


def report(identity, where, day=4):
    return Report(
        id=identity, article=f"article {identity}", published=(date(2021, 5, 6), date(2021, 5, 6)), publisher=identity, event_type="Battles",
        sub_event_type="Armed clash", trigger=Span(0, 5), evidence=Span(0, 30), passages=(Span(0, 30),),
        when=When(date(2021, 5, day), date(2021, 5, day)), where=where, details=Details(),
    )  # fmt: skip


def queue(*reports, named="Bel"):
    """The queue of some reports, each from an article that gives one name without a place."""
    sounds_alike = (Candidate(ABROAD, "skeleton", -9.0),)
    name = Toponym(Mention(NAMED, named, sounds_alike), None, 0.0, rivals=sounds_alike)
    readings = [SimpleNamespace(article=Article(r.article, "", "", "."), toponyms=(name,)) for r in reports]
    return waiting(SimpleNamespace(reports=reports, incidents=merge(reports), readings=readings))


def test_names_are_ranked_by_the_incidents_that_they_would_place():
    other = Unresolved("Bel", (), (), "IQ")
    ranked = queue(report("a", OPEN), report("b", other), report("c", other, 9), report("d", EXACT, 20))
    assert [(w.name, len(w.incidents), len(w.reports)) for w in ranked] == [("Bel", 2, 2), ("Oru", 1, 1)]
    assert ranked[1].candidates[0].place is ORU


def test_a_name_that_an_area_is_drawn_for_waits_too():
    """The province on the map is no answer; what only sounds alike in another country is no candidate."""
    (bel,) = queue(report("a", AREA))
    assert (bel.name, bel.country, bel.instead, len(bel.incidents)) == ("Bel", "IQ", ("Ombo",), 1)
    assert bel.candidates == ()
    assert "not in the gazetteer" in bel.why


def test_a_name_of_an_exact_place_waits_for_nothing():
    """A further name of a passage that has its place already would move nothing."""
    assert queue(report("a", EXACT)) == ()


def test_spellings_that_differ_in_marks_only_are_one_name():
    one, other = Unresolved("Bél", (), (), "IQ"), Unresolved("Bel", (), (), "IQ")
    (bel,) = queue(report("a", one), report("b", other, 9), report("c", other, 20))
    assert (bel.name, len(bel.reports)) == ("Bel", 3)
