"""Who did it, who was hit, how many, with what: for claims made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import details
from geo.details import actors, tolls
from geo.details.actors import ActorWords
from geo.details.roles import Stage
from geo.details.scene import Cast
from geo.model import Article, Claim, Details, Mention, Span, Toponym
from geo.sentences import sentences

KNOWN = actors.load()


def read(text: str, trigger: str, *, event: str = "Explosions/Remote violence", sub: str = "") -> Details:
    """The details of the claim whose event words are `trigger` and whose passages are all of the text."""
    article = Article("a", "t", "p", text)
    lines = sentences(article)
    start = text.index(trigger)
    span = Span(start, start + len(trigger))
    home = next(s.span for s in lines if s.span.covers(span))
    passages = (home, *(s.span for s in lines if s.span != home))
    claim = Claim("a", span, "r", event, sub, passages, home, tolls=passages)
    return details.details(
        article, lines, claim, tolls.expressions(text, lines), actors.expressions(text, lines, KNOWN), ()
    )


def who(found: Details) -> tuple[str | None, str | None]:
    return (found.actor1.name if found.actor1 else None, found.actor2.name if found.actor2 else None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("about 12 people", "about 12"),
        ("around a dozen people", "about 12"),
        ("some 30 people", "about 30"),
        ("nearly 50 people", "about 50"),
        ("a dozen or so people", "about 12"),
        ("about 20 to 30 people", "about 20 to 30"),
        ("up to 20 people", "1 to 20"),
        ("more than 100 people", "100 or more"),
        ("at least 5 people", "5 or more"),
        ("several people", "3 to 9"),
        ("a handful of people", "3 to 6"),
        ("a couple of dozen people", "20 to 30"),
        ("20-odd people", "20 to 29"),
        ("nine people, four more than first reported", "9"),
        ("reportedly 12 people", "12"),
        ("12 people", "12"),
        ("about 12 people. The mayor counted 12 dead", "12"),
        ("about 12 people. The mayor counted 15 dead", "about 12 to 15"),
    ],
)
def test_a_figure_is_no_more_exact_than_its_words(words: str, said: str) -> None:
    """What is told roughly stays rough, in words as in the export."""
    assert str(read(f"A raid on Oum killed {words}.", "raid").killed) == said


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Turkish jets bombed PKK camps near Zap.", "bombed", ("Turkey", "Kurdistan Workers' Party (PKK)")),
        ("US strikes hit Kataib Hezbollah depots.", "strikes", ("United States", "Kata'ib Hezbollah (KH)")),
        (
            "A convoy of Malian troops was ambushed by JNIM fighters.",
            "ambushed",
            ("Jama'at Nusrat al-Islam wal-Muslimin (JNIM)", "Mali"),
        ),
        (
            "Rockets fell on the base. Washington blamed Kataib Hezbollah for the attack.",
            "Rockets fell",
            ("Kata'ib Hezbollah (KH)", None),
        ),
        (
            "A bomb went off in the market. The Islamic State claimed responsibility.",
            "bomb went off",
            ("Islamic State (ISIS)", None),
        ),
        ("A bomb went off in the market. The Taliban denied it.", "bomb went off", (None, None)),
        (
            "Al-Shabaab attacked. Later a mine killed nine, and the militants boasted of it.",
            "mine killed",
            ("Al-Shabaab", None),
        ),
        ("Rockets hit the camp, killing two Americans.", "Rockets hit", (None, "United States")),
        ("Missiles were fired at two Iraqi bases hosting US forces.", "Missiles were fired", (None, "United States")),
        ("Iran fired missiles at two bases. The army said nobody was hurt.", "fired missiles", ("Iran", None)),
        ("Boko Haram came to Ruda. Its men burned nine huts and shot a farmer.", "shot", ("Boko Haram", "Civilians")),
        ("Al-Shabaab left Ruda. On 3 May it bombed the mill.", "bombed", ("Al-Shabaab", None)),
        ("Al-Shabaab left Ruda. The group had shelled it twice.", "shelled", ("Al-Shabaab", None)),
        ("Al-Shabaab burned Ruda. In May it did the same at Bor: nine dead.", "dead", ("Al-Shabaab", None)),
        ("A drone launched by Yemen's Houthis exploded in a street.", "exploded", ("Houthis", None)),
        ("A mine laid by Boko Haram exploded.", "exploded", ("Boko Haram", None)),
        ("Rain fell. It bombed.", "bombed", (None, None)),
        ("Islamic State-linked fighters bombed a mill.", "bombed", ("Islamic State (ISIS)", None)),
        ("A bomb went off. The army suspects Abu Sayyaf.", "bomb went off", ("Abu Sayyaf Group (ASG)", None)),
        ("The insurgents, known as Boko Haram, bombed a mill.", "bombed", ("Boko Haram", None)),
        ("Ukrainian shelling of Ruda killed three, Russian officials said.", "shelling", ("Ukraine", None)),
        ("Shelling killed nine in Ruda.", "Shelling", (None, None)),
        ("The Iraqi military said the strikes killed nine.", "strikes", (None, None)),
    ],
)
def test_roles(text, trigger, expected):
    """Subject, by-phrase, blame, claim of responsibility, victims and targets; nothing where nothing is said."""
    assert who(read(text, trigger)) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "killed", "injured"),
    [
        ("A mine killed nine people, four of them children, and hurt two.", "mine", (9, 9), (2, 2)),
        ("A raid killed two Danes and one Pole.", "raid", (3, 3), None),
        ("A raid left 33 soldiers dead. The army says 20 assailants were killed as well.", "raid", (53, 53), None),
        ("A raid killed 61 people. Residents put the toll at 90.", "raid", (61, 90), None),
        ("Five guards were killed in a raid. At least five guards died.", "raid", (5, 5), None),
        ("A raid hit the yard. Nobody was hurt.", "raid", (0, 0), (0, 0)),
        ("A raid hit the yard. No casualties were reported.", "raid", (0, 0), (0, 0)),
        ("A raid hit the yard. None was killed.", "raid", (0, 0), None),
        ("A raid hit the yard. None of the envoys was hurt, but two guards died.", "raid", (2, 2), None),
        ("A raid hit the yard.", "raid", None, None),
        ("A raid killed 40 people. The council later said 65.", "raid", (40, 65), None),
        ("A raid killed 15 rebels; residents say the dead were nine shepherds.", "raid", (9, 15), None),
        ("Five people, three civilians and two soldiers, died in a raid.", "raid", (5, 5), None),
        ("A raid killed a councillor, Ali Omar, and his two sons.", "raid", (3, 3), None),
        ("A couple and their baby were killed in a raid.", "raid", (3, 3), None),
        ("Killed in the raid were two farmers. Killed were two farmers.", "raid", (2, 2), None),
        ("A village leader, Ali Omar, was killed in a raid.", "raid", (1, 1), None),
        ("A raid killed General Tariq Zand.", "raid", None, None),
        ("A raid killed four. More than 900 people have been killed since October.", "raid", (4, 4), None),
    ],
)
def test_tolls(text, trigger, killed, injured):
    """Sums, parts, rival tellings, zero and silence."""
    found = read(text, trigger)
    assert ((found.killed.low, found.killed.high) if found.killed else None) == killed
    assert ((found.injured.low, found.injured.high) if found.injured else None) == injured


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("A raid killed at least 27 people.", True),
        ("A raid killed more than 60 people.", True),
        ("A raid killed 27 people.", False),
        ("A raid killed at least two soldiers and nine farmers.", True),
        ("A raid killed at least 61 people. Residents put the toll at 90.", False),
    ],
)
def test_at_least_is_kept_as_an_open_end(text, more):
    """A figure that the words leave open stays open, unless another account counts more."""
    assert read(text, "raid").killed.open_high is more


def test_civilians_stand_apart_where_the_text_says_so():
    """Civilians are counted among the killed, and not guessed."""
    assert read("A raid killed nine people, four of them children.", "raid").killed_civilians.low == 4
    assert read("A raid killed six soldiers and two civilians.", "raid").killed_civilians.low == 2
    assert read("A raid killed nine people.", "raid").killed_civilians is None


@pytest.mark.parametrize(
    ("text", "place", "killed", "overall"),
    [
        ("Shells killed 12 people in Alta and nine in Bereza.", "Alta", (12, 12), False),
        ("Shells killed 12 people in Alta and nine in Bereza.", "Bereza", (9, 9), False),
        ("Shells struck Alta and Bereza, killing five.", "Alta", (5, 5), True),
        ("Shells killed five people in Alta and Bereza.", "Bereza", (5, 5), True),
    ],
)
def test_a_site_of_several_has_only_its_own_toll(text, place, killed, overall):
    """A figure is of the place beside it; one for all the sites is marked so."""
    article = Article("a", "t", "p", text)
    lines = sentences(article)
    spans = {name: Span(text.index(name), text.index(name) + len(name)) for name in ("Alta", "Bereza")}
    towns = tuple(Toponym(Mention(span, name, ()), None, 0.0) for name, span in spans.items())
    home = lines[0].span
    claim = Claim(
        "a", Span(0, 6), "r", "Explosions/Remote violence", "", (home,), home, places=(spans[place],), group=1
    )
    found = details.details(article, lines, claim, tolls.expressions(text, lines), (), towns)
    assert (found.killed.low, found.killed.high) == killed
    assert found.toll_is_overall is overall


@pytest.mark.parametrize(
    ("text", "trigger", "weapon"),
    [
        ("A barrage of Katyusha rockets fell.", "barrage", "Katyusha rocket"),
        ("A lorry loaded with stones stopped; a car bomb went off.", "went off", "car bomb"),
        ("A drone strike hit the yard.", "strike", "drone"),
        ("Men entered the yard.", "entered", ""),
    ],
)
def test_weapons(text, trigger, weapon):
    """The most exact weapon that the words name."""
    assert read(text, trigger).weapon == weapon


def test_every_name_and_figure_shows_its_words():
    """Each field quotes the article."""
    text = "Turkish jets bombed PKK camps, killing nine fighters."
    found = read(text, "bombed")
    assert [s.of(text) for s in found.killed.words] == ["killing nine fighters"]
    assert found.actor1.words[0].of(text) == "Turkish"
    assert found.weapon_words.of(text) == "jets"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "US strikes killed two PKK men . by the rockets hit Iraqi army while blamed on Taliban , none was hurt in attack".split()
        ),
        min_size=1,
        max_size=30,
    )
)
def test_no_words_break_the_reading(words):
    """Any order of words gives details, or none."""
    text = " ".join(words)
    read(text, words[len(words) // 2])


def test_a_battle_has_the_two_parties_of_its_sentence():
    """The one who is pursued is the other side of the fight."""
    text = "Turkish soldiers were pursuing remnants of the PKK when a firefight broke out."
    assert who(read(text, "firefight", event="Battles")) == ("Turkey", "Kurdistan Workers' Party (PKK)")
    text = "Clashes broke out between Turkish troops and the PKK at Ruda."
    assert who(read(text, "Clashes", event="Battles")) == ("Turkey", "Kurdistan Workers' Party (PKK)")
    text = "Rwandan troops retook the port of Ruda, held by Boko Haram since May."
    assert who(read(text, "retook", event="Battles")) == ("Rwanda", "Boko Haram")
    text = "Malian troops, with Russian mercenaries, took Ruda from JNIM, backed by Nigerien soldiers."
    assert who(read(text, "took", event="Battles")) == ("Mali", "Jama'at Nusrat al-Islam wal-Muslimin (JNIM)")


@pytest.mark.parametrize(
    ("text", "trigger", "event", "attacker", "target"),
    [
        (
            "Police shot dead seven members of the outlawed Hasm Movement in a flat near Giza.",
            "shot dead",
            "Violence against civilians",
            "",
            "Hasm",
        ),
        ("Soldiers killed five suspected Boko Haram fighters near Bama.", "killed", "Battles", "", "Boko Haram"),
        (
            "Two peacekeepers were wounded in an ambush laid by presumed anti-Balaka elements.",
            "ambush",
            "Battles",
            "Anti-Balaka",
            "",
        ),
        (
            "Fighters of the FPRC and anti-Balaka exchanged fire around the airstrip.",
            "exchanged fire",
            "Battles",
            "FPRC",
            "Anti-Balaka",
        ),
        ("The army and M23 rebels clashed near Sake on Monday.", "clashed", "Battles", "", "M23"),
        ("Rwandan-backed M23 rebels fought the Congolese army near Sake.", "fought", "Battles", "M23", "Congo"),
        (
            "Clashes pitted the RSF against the Sudanese army in Omdurman, Sudan.",
            "Clashes",
            "Battles",
            "Rapid Support Forces",
            "Sudan",
        ),
        (
            "Fighting erupted between Fano militia and the Ethiopian National Defense Force in Gondar.",
            "Fighting",
            "Battles",
            "Fano",
            "Ethiopia",
        ),
        (
            "Turkish drones struck a car carrying PKK members near Sinjar.",
            "struck",
            "Explosions/Remote violence",
            "Turkey",
            "PKK",
        ),
        (
            "An Israeli strike on a house in Rafah killed nine members of one family.",
            "strike",
            "Explosions/Remote violence",
            "Israel",
            "",
        ),
        (
            "A Russian missile hit an apartment block in Dnipro, Ukraine.",
            "hit",
            "Explosions/Remote violence",
            "Russia",
            "",
        ),
        (
            "Ukrainian drones set fire to a Russian oil depot in Feodosia.",
            "set fire",
            "Explosions/Remote violence",
            "Ukraine",
            "Russia",
        ),
        (
            "Al-Shabaab said it was behind the bombing of a cafe in Mogadishu.",
            "bombing",
            "Explosions/Remote violence",
            "Al-Shabaab",
            "",
        ),
        (
            "A suicide bomber attacked a cafe in Mogadishu. Al-Shabaab, in a statement, claimed the attack.",
            "attacked",
            "Explosions/Remote violence",
            "Al-Shabaab",
            "",
        ),
        (
            "Gunmen believed to be from the ADF hacked 12 villagers to death near Beni, Congo.",
            "hacked",
            "Violence against civilians",
            "Allied Democratic Forces",
            "",
        ),
        (
            "Suspected ADF rebels burned houses in Mamove, Congo.",
            "burned",
            "Violence against civilians",
            "Allied Democratic Forces",
            "",
        ),
        ("Residents blamed the killings on CODECO militiamen.", "killings", "Violence against civilians", "CODECO", ""),
        (
            "The village was attacked by men whom locals identified as Fulani herdsmen in Nigeria.",
            "attacked",
            "Violence against civilians",
            "Fulani",
            "",
        ),
        (
            "Bandits on motorcycles abducted 40 worshippers from a mosque in Zamfara.",
            "abducted",
            "Violence against civilians",
            "andits",
            "",
        ),
        (
            "JNIM militants ambushed a Burkinabe army convoy near Djibo, killing 20 soldiers.",
            "ambushed",
            "Battles",
            "JNIM",
            "Burkina",
        ),
        (
            "The Malian army, backed by Wagner mercenaries, killed dozens of civilians in Moura.",
            "killed",
            "Violence against civilians",
            "Mali",
            "",
        ),
        (
            "Malian troops and Wagner mercenaries executed 30 men in Hombori.",
            "executed",
            "Violence against civilians",
            "Mali",
            "",
        ),
        (
            "Houthi forces shelled a market in Taiz, killing four civilians.",
            "shelled",
            "Explosions/Remote violence",
            "Houthi",
            "",
        ),
        (
            "Coalition warplanes bombed Houthi positions in Marib, Yemen.",
            "bombed",
            "Explosions/Remote violence",
            "Saudi-led coalition",
            "Houthi",
        ),
        (
            "A Hezbollah anti-tank missile hit an Israeli army post near Metula.",
            "hit",
            "Explosions/Remote violence",
            "Hezbollah",
            "Israel",
        ),
        (
            "Israeli artillery shelled the outskirts of Aita al-Shaab after Hezbollah fired rockets at Kiryat Shmona.",
            "shelled",
            "Explosions/Remote violence",
            "Israel",
            "",
        ),
        (
            "Hamas gunmen stormed the kibbutz and killed dozens of residents.",
            "stormed",
            "Violence against civilians",
            "Hamas",
            "",
        ),
        (
            "Israeli settlers attacked Palestinians picking olives near Huwara.",
            "attacked",
            "Violence against civilians",
            "settlers",
            "",
        ),
        ("Taliban fighters overran an Afghan army base in Faryab.", "overran", "Battles", "Taliban", "Afghanistan"),
        ("The base was overrun by Taliban fighters who killed 20 soldiers.", "overrun", "Battles", "Taliban", ""),
        ("Afghan special forces raided a Taliban hideout in Zabul.", "raided", "Battles", "Afghanistan", "Taliban"),
        (
            "A US drone strike killed an al-Qaeda commander in Idlib.",
            "strike",
            "Explosions/Remote violence",
            "United States",
            "Qaeda",
        ),
        (
            "The Arakan Army captured a junta outpost in Paletwa, Myanmar.",
            "captured",
            "Battles",
            "Arakan Army",
            "Myanmar",
        ),
        ("Junta jets bombed a school in Sagaing, Myanmar.", "bombed", "Explosions/Remote violence", "Myanmar", ""),
        (
            "Regime troops torched 80 houses in a village of Sagaing, Myanmar.",
            "torched",
            "Violence against civilians",
            "Myanmar",
            "",
        ),
        (
            "Local resistance fighters ambushed a junta convoy in Myingyan, Myanmar.",
            "ambushed",
            "Battles",
            "Defence Force",
            "Myanmar",
        ),
        ("New People's Army guerrillas killed two soldiers in Samar.", "killed", "Battles", "New People's Army", ""),
        (
            "Philippine troops clashed with Abu Sayyaf gunmen on Basilan.",
            "clashed",
            "Battles",
            "Philippines",
            "Abu Sayyaf",
        ),
        (
            "Naxalites blew up a police vehicle in Dantewada, India.",
            "blew up",
            "Explosions/Remote violence",
            "Naxalites (Communist Party of India, Maoist)",
            "",
        ),
        (
            "Security forces shot dead three Hizbul Mujahideen militants in Shopian, Kashmir.",
            "shot dead",
            "Battles",
            "",
            "Hizbul",
        ),
        (
            "ELN guerrillas kidnapped four soldiers in Arauca, Colombia.",
            "kidnapped",
            "Violence against civilians",
            "ELN",
            "",
        ),
        (
            "FARC dissidents detonated a motorcycle bomb outside a police station in Jamundí, Colombia.",
            "detonated",
            "Explosions/Remote violence",
            "FARC",
            "",
        ),
        (
            "Gunmen of the Jalisco New Generation Cartel killed 13 state police in Michoacán.",
            "killed",
            "Battles",
            "Jalisco",
            "",
        ),
        ("Sinaloa cartel gunmen fought soldiers in Culiacán.", "fought", "Battles", "Sinaloa", ""),
        (
            "Members of the Gran Grif gang massacred 70 people in Pont-Sondé, Haiti.",
            "massacred",
            "Violence against civilians",
            "Gran",
            "",
        ),
        (
            "Rebels of the Movement for the Freedom of Zerun (MFZ) attacked Oum.",
            "attacked",
            "Battles",
            "Movement for the Freedom of Zerun",
            "",
        ),
        (
            "The Popular Army of Bel, known as PAB, attacked Oum. Two days later PAB fighters burned the mill.",
            "burned",
            "Violence against civilians",
            "Popular Army of Bel",
            "",
        ),
        (
            "Protesters were shot at by police in Khartoum, Sudan.",
            "shot at",
            "Violence against civilians",
            "",
            "rotesters",
        ),
        ("Police fired tear gas at protesters in Nairobi, Kenya.", "fired tear gas", "Protests", "", "rotesters"),
        (
            "A roadside bomb hit a MINUSMA convoy near Kidal, wounding three Chadian peacekeepers.",
            "bomb",
            "Explosions/Remote violence",
            "",
            "MINUSMA",
        ),
        (
            "Boko Haram insurgents loyal to Abubakar Shekau attacked Banki, Nigeria.",
            "attacked",
            "Violence against civilians",
            "Boko Haram",
            "",
        ),
        (
            "The LRA abducted 11 people near Obo.",
            "abducted",
            "Violence against civilians",
            "Lord's Resistance Army",
            "",
        ),
    ],
)
def test_parties_of_many_wars(text, trigger, event, attacker, target):
    """The named parties of a sentence, each on its side; in a battle there is no first side."""
    sub = "Air/drone strike" if trigger in ("strike", "bombed") else ""
    found = [name or "" for name in who(read(text, trigger, event=event, sub=sub))]
    if event == "Battles":
        assert all(any(named.casefold() in name.casefold() for name in found) for named in (attacker, target))
    else:
        assert attacker.casefold() in found[0].casefold()
        assert target.casefold() in found[1].casefold()


@pytest.mark.parametrize(
    ("text", "trigger", "event", "sub", "country", "attacker"),
    [
        # the paragraph has just said who does such things
        (
            "Al-Shabaab attacked Oum at dawn. On the 3rd three cars exploded in Deli.",
            "exploded",
            "Explosions/Remote violence",
            "Remote explosive/landmine/IED",
            "SO",
            "Al-Shabaab",
        ),
        (
            "Al-Shabaab attacked Oum at dawn. Unidentified men threw a grenade in Deli.",
            "threw a grenade",
            "Explosions/Remote violence",
            "Grenade",
            "SO",
            "",
        ),
        ("Boko Haram is gone.\n\nA bomb exploded in Deli.", "exploded", "Explosions/Remote violence", "", "NG", ""),
        # one state is told of attacking, and no group fights there
        (
            "Russian troops captured Oum, which Ukrainian troops had held.\n\nMissiles struck Deli.",
            "struck",
            "Explosions/Remote violence",
            "Shelling/artillery/missile attack",
            "UA",
            "Russia",
        ),
        (
            "Russian troops captured Oum, which Ukrainian troops had held.\n\nMissiles struck occupied Deli.",
            "struck",
            "Explosions/Remote violence",
            "Shelling/artillery/missile attack",
            "UA",
            "",
        ),
        (
            "Turkish troops captured Oum. The PKK held Deli.\n\nShells struck Ruda.",
            "struck",
            "Explosions/Remote violence",
            "Shelling/artillery/missile attack",
            "IQ",
            "",
        ),
        # the one armed group of the story
        (
            "The ADF is feared in Beni.\n\nIn Oum the insurgents burned a clinic.",
            "burned",
            "Violence against civilians",
            "Attack",
            "CD",
            "Allied Democratic Forces",
        ),
        (
            "The ADF is feared in Beni.\n\nIn Oum insurgents burned a clinic.",
            "burned",
            "Violence against civilians",
            "Attack",
            "CD",
            "insurgents",
        ),
        (
            "The ADF and M23 are feared in Congo.\n\nIn Oum insurgents burned a clinic.",
            "burned",
            "Violence against civilians",
            "Attack",
            "CD",
            "insurgents",
        ),
    ],
)
def test_who_did_it_is_completed_only_where_the_story_leaves_no_doubt(text, trigger, event, sub, country, attacker):
    """From the paragraph, the war or the only group; never where the words say that nobody knows, or two might have."""
    agent = doer(text, trigger, event, sub, country)
    if attacker:
        assert agent is not None and attacker in agent.name
    else:
        assert agent is None or not agent.known


def doer(text: str, trigger: str, event: str, sub: str, country: str) -> ActorWords | None:
    """Who did it by a claim that has one sentence of a text."""
    article = Article("a", "t", "p", text)
    lines = sentences(article)
    start = text.index(trigger)
    span = Span(start, start + len(trigger))
    home = next(s.span for s in lines if s.span.covers(span))
    claim = Claim("a", span, "r", event, sub, (home,), home, tolls=(home,))
    cast = Cast(text, lines, actors.expressions(text, lines, KNOWN), 1992)
    return Stage(cast, claim, (), country).roles().agent


ABOUT = "Shining Path columns hold the hills; the Shining Path vowed to reach Lima. The Shining Path said no more."
LISTED = "From Oum to Alta: a timeline of the Shining Path's attacks"
HEADED = "Shining Path attacks go on"
RUN = "In March the Shining Path bombed a bridge."


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (f"{LISTED}\n\nIn May a car bomb exploded beside a bank.", "car bomb exploded", "Shining Path"),
        (f"{LISTED}\n\nIn May 1988 a car bomb exploded beside a bank.", "car bomb exploded", "Shining Path"),
        (f"{HEADED}\n\nIn May a car bomb exploded beside a bank.", "car bomb exploded", "Shining Path"),
        (f"{HEADED}\n\nIn May 1988 a car bomb exploded beside a bank.", "car bomb exploded", None),
        (f"{RUN} In May another car bomb exploded beside a bank.", "car bomb exploded", "Shining Path"),
        (f"{RUN} It burned a mill in April. A car bomb exploded in May.", "car bomb exploded", "Shining Path"),
        (f"{RUN} The group denied it. In May another car bomb exploded beside a bank.", "car bomb exploded", None),
        (f"{RUN}\n\nIn May a car bomb exploded beside a bank.", "car bomb exploded", None),
        (f"{ABOUT}\n\nIn May a car bomb exploded beside a bank.", "car bomb exploded", None),
        (f"{LISTED}\n\nIn May unidentified men bombed a bank.", "bombed", None),
        (f"{LISTED}\n\nIn May masked men bombed a bank.", "bombed", "masked men"),
    ],
)
def test_an_attacker_is_inferred_only_where_the_passage_ties_the_event_to_a_campaign(text, trigger, expected):
    """By a headline over the attacks of one party, or by a run of them; who a text is merely about has done nothing."""
    agent = doer(text, trigger, "Explosions/Remote violence", "", "PE")
    assert (agent.name if agent else None) == expected
    assert agent is None or agent.inferred == (expected == "Shining Path")


def test_attackers_among_the_dead_widen_the_toll():
    """Some sources count the attackers, some do not."""
    found = read("A raid left 21 people dead. The three assailants were killed.", "raid")
    assert found.killed is not None
    assert (found.killed.low, found.killed.high) == (21, 24)


def test_a_headlines_figure_gives_way_to_the_texts():
    """A headline adds up what the text tells place by place."""
    text = "Toll rises to 14 after two blasts kill dozens\n\nA blast tore through the market. Eleven people died there."
    found = read(text, "blast tore")
    assert found.killed is not None
    assert (found.killed.low, found.killed.high) == (11, 11)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The mortar killed one porter, a father of four, and hurt nobody else.", 1),
        ("The mortar killed one porter, a cook, and a nurse.", 3),
    ],
)
def test_an_apposition_is_no_second_victim(text, low):
    found = [
        t for t in tolls.expressions(text, sentences(Article("a", "t", "p", text))) if t.kind == "killed" and not t.part
    ]
    assert sum(t.low for t in found) == low


def test_a_person_killed_by_hand_is_one_even_if_only_named():
    """A gunman kills whom he shoots; a missile at a leader may have killed others beside him."""
    shot = read("Police shot dead Karim Haddad in Oum.", "shot dead", event="Violence against civilians").killed
    assert shot is not None
    assert (shot.low, shot.high) == (1, 1)
    assert read("A missile killed Karim Haddad in Oum.", "missile").killed is None


def test_the_dead_of_a_neighbouring_place_are_not_counted():
    """Where the text gives each place its own figure, a claim takes that of its own."""
    text = "Soldiers came at dawn: 17 people were slain in Oum, and four in neighbouring Deli."
    article = Article("a", "t", "p", text)
    lines = sentences(article)
    start = text.index("slain")
    place = Span(text.index("Oum"), text.index("Oum") + 3)
    home = lines[0].span
    event = "Violence against civilians"
    claim = Claim("a", Span(start, start + 5), "r", event, "", (home,), home, tolls=(home,), places=(place,))
    told = details.details(article, lines, claim, tolls.expressions(text, lines), (), ()).killed
    assert told is not None
    assert (told.low, told.high) == (17, 17)


def test_the_named_and_the_described_dead_are_kept_with_their_words():
    told = read("A raid killed General Omar Haddad and driver Karim Said near Deli.", "raid").dead
    assert [d.name for d in told] == ["General Omar Haddad", "Karim Said"]
    (one,) = read("A rocket killed an American contractor.", "rocket").dead
    assert (one.name, one.what) == ("", "american contractor")
    assert read("A raid killed three World Food Kitchen workers.", "raid").dead == ()
    for said in ("General Omar Haddad said", "Omar Haddad, a spokesman, said"):
        assert read(f"A raid killed nine people, {said}.", "raid").dead == ()
