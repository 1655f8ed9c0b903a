"""Figures of people: what the rule file promises, and the wordings that once went wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.details import tolls
from geo.details.toll_rules import RULES
from geo.model import Article
from geo.sentences import sentences

RECORDS = tomllib.loads(RULES.read_text(encoding="utf-8"))


def figures(text: str) -> list[tolls.TollWords]:
    return list(tolls.expressions(text, sentences(Article("a", "t", "p", text))))


def written(figure: tolls.TollWords) -> str:
    """A figure in the notation of the rule file."""
    bounds = f"{figure.low}" if figure.low == figure.high else f"{figure.low}-{figure.high}"
    marks = [
        word
        for word, has in (
            ("open", figure.open_high),
            ("part", figure.part),
            ("overall", figure.overall),
            ("negative", figure.negative),
        )
        if has
    ]
    return " ".join([figure.kind, bounds, *marks])


@pytest.mark.parametrize("record", RECORDS["example"], ids=lambda r: r["text"][:60])
def test_examples_of_the_rule_file_hold(record):
    """Each example gives exactly its figures, in order."""
    assert [written(f) for f in figures(record["text"])] == record["figures"]


@pytest.mark.parametrize("record", RECORDS["counter_example"], ids=lambda r: r["text"][:60])
def test_counter_examples_of_the_rule_file_hold(record):
    """Each counter-example gives none."""
    assert [written(f) for f in figures(record["text"])] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll rose to 41.", ["killed 41"]),
        ("The death toll from the blast has climbed to 57, officials said.", ["killed 57"]),
        ("Two farmers died at dawn; the final count was 84.", ["killed 2", "killed 84"]),
        ("The ministry counts 61 dead; residents speak of at least 90.", ["killed 61", "killed 90 open"]),
        ("A bomber killed himself and five others.", ["killed 5-6"]),
        ("The explosion caused 11 deaths and 30 injuries.", ["killed 11", "injured 30"]),
        ("The clash claimed the lives of seven guards.", ["killed 7"]),
        ("The bodies of 15 men were found in a ditch.", ["killed 15"]),
        ("The raid resulted in the deaths of 13 civilians.", ["killed 13"]),
        ("Gunmen shot dead nine miners.", ["killed 9"]),
        ("Nobody was killed or injured.", ["casualties 0 negative"]),
        ("No Danes were killed.", ["killed 0 negative"]),
        ("None of the envoys was hurt.", ["injured 0 part negative"]),
        ("The drone crashed without causing casualties.", ["casualties 0 negative"]),
        ("Hundreds of people were killed or wounded.", ["casualties 200-999"]),
        ("Bombs killed 12 in Alta and nine in Bereza.", ["killed 12", "killed 9"]),
        ("A 12-year-old girl was killed and her two brothers were wounded.", ["killed 1", "injured 2"]),
        ("At least 18 people, including five children, have been killed.", ["killed 18 open", "killed 5 part"]),
        ("It left one American and two Polish service members dead.", ["killed 3"]),
        ("The rocket killed a U.S. Navy medic, a Welsh sapper, and a Danish nurse.", ["killed 3"]),
        ("Fourteen troops were injured, with five in critical condition.", ["injured 14", "injured 5 part"]),
        ("Three guards were killed and several more injured.", ["killed 3", "injured 3-9"]),
        ("The blast left more than 60 troops with concussion injuries.", ["injured 60 open"]),
        ("Police arrested 14 suspects and seized two vehicles.", ["arrested 14"]),
        ("Three police stations were hit and two drones shot down.", []),
        ("The group threatened to kill 20 hostages.", []),
        ("The UN counted 210 civilian deaths in the first six months of the year.", ["killed 210 overall"]),
        ("In all, 30 people died.", ["killed 30 overall"]),
        ("The deadliest attack since 2015 killed nine people.", ["killed 9"]),
        ("In the first days of June a column killed fourteen captives.", ["killed 14"]),
        ("Ana Holm, 50, was killed in her bed.", ["killed 1"]),
        ("Ines Duarte, 34, and her daughter Lia, 6, died when the roof fell.", ["killed 2"]),
        ("Police shot dead a farmer, Ali Omar, 61.", ["killed 1"]),
        ("Two people from Alta, Rui and Ana Costa, were killed when a shell struck their van.", ["killed 2"]),
        ("It killed a nurse, her boy of seven and her two-month-old niece.", ["killed 3"]),
        ("The raid left a mother and her two daughters dead.", ["killed 3"]),
        ("The mine went off, killing one boy, Omar Haddad.", ["killed 1"]),
        ("Three of them, all Danes, were injured.", ["injured 3"]),
        ("The village had lost five people to the same rocket.", ["killed 5"]),
        ("The town has lost its two bakeries.", []),
        ("A truck struck a mine, three soldiers reported killed.", ["killed 3"]),
        ("They recall the execution of at least 26 men by the mill.", ["killed 26 open"]),
        ("Bor honours the eight guards of the bridge who gave their lives.", ["killed 8"]),
        (
            "The wall left sixteen dead, then seventeen, then nineteen when crews came.",
            ["killed 16", "killed 17", "killed 19"],
        ),
        ("The blast killed 110, later 184.", ["killed 110", "killed 184"]),
        ("By June the list of the dead had grown from some thirty to 71.", ["killed 30-71"]),
        ("The toll, first given as nine and then as thirty, rose to 100.", ["killed 100"]),
        ("An earlier version of this report said 9 people had died.", []),
        ("Two boys aged 12 and 14 were killed.", ["killed 2"]),
    ],
)
def test_wordings(text, expected):
    """One wording a row."""
    assert [written(f) for f in figures(text)] == expected


WORDINGS = [
    line.split("\t") for line in (Path(__file__).parent / "toll_words.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


@pytest.mark.parametrize(("text", "told"), WORDINGS, ids=lambda text: text[:60])
def test_how_the_news_counts_people(text, told):
    """Each sentence of the table gives its figures and no others."""
    assert sorted(written(f) for f in figures(text)) == sorted(filter(None, told.split("; ")))


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Five gendarmes died.", "police"),
        ("Five civilian workers were killed.", "civilian"),
        ("Five militants were killed.", "fighter"),
        ("Five conscripts were killed.", "soldier"),
        ("Five of the attackers were shot dead.", "assailant"),
        ("Five pupils were wounded.", "child"),
        ("Five people were wounded.", ""),
    ],
)
def test_whom_a_figure_counts(text, whom):
    """The noun tells whom a figure counts."""
    assert [f.whom for f in figures(text)] == [whom]


def test_a_name_alone_is_no_count():
    """A leader killed by name says who died; how many died beside him is open. A named private is one."""
    assert [f.leader for f in figures("The strike killed General Tariq Zand.")] == [True]
    assert [(f.low, f.leader) for f in figures("The strike killed Danish soldier Lance Corporal Mia Holm.")] == [
        (1, False)
    ]


def test_every_figure_quotes_its_words():
    """Spans point into the text as stored."""
    text = "In Ruda, at least four people were killed and 12 wounded."
    assert [f.figure.of(text) for f in figures(text)] == ["at least four people", "12"]
    assert figures(text)[0].span.of(text) == "at least four people were killed"


PIECES = st.sampled_from(
    "killed wounded dead at least two soldiers and , . 12 the a no one of them including died bodies toll rose to between 20 lives lost their said in Ruda".split()
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_no_text_breaks_the_reader(text):
    """Any text gives figures with ordered bounds inside it."""
    for figure in figures(text):
        assert 0 <= figure.low <= figure.high
        assert figure.span.covers(figure.figure)
        assert figure.span.end <= len(text)
