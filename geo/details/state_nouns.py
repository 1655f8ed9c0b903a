"""What of a state the words behind its name mean: its forces, a strike that is called after it, its people."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import Token
from geo.numbers import MONTHS

LOOK_AHEAD = 4  # words between "Iraqi" and the noun that says what of Iraq

# What follows "Iraqi" or "US" tells what is meant. The first of these nouns decides.
FORCES = frozenset(
    """forces force troops troop army military soldiers soldier police navy marines commandos personnel government authorities
    officials official officers officer administration regime servicemen serviceman servicewoman peacekeepers paratroopers
    guards patrol convoy command junta security base bases warship warships destroyer president premier ministry servicewomen
    general gen commander commanders spymaster chief generals admiral brigadier colonel leader captain sergeant corporal
    army's military's guard airman airmen sailors sailor coastguard intelligence brigade battalion regiment service embassy consulate
    barracks outpost outposts checkpoint checkpoints airbase depot depots positions bridgehead trenches trench lines stronghold strongholds column unit units contingent garrison company platoon squad crew
    pilots gunners defenders artillerymen ship ships vessel vessels frigate submarine fleet defences defenses fortifications equipment ammunition headquarters post posts""".split()
)
STRIKES = frozenset(
    """strike strikes airstrike airstrikes raid raids attack attacks shelling bombardment bombing bombings missile missiles rocket
    rockets drone drones warplane warplanes warplane's jet jets aircraft plane planes helicopter helicopters gunship gunships fighter-jets
    artillery tanks tank shells bombs offensive operation assault incursion invasion airforce fire salvo barrage air""".split()
)
ARMED = frozenset(
    "militia militias militiamen militiaman rebels rebel fighters fighter militants militant insurgents insurgent gunmen gunman attacker attackers assailant assailants separatist guerrilla guerrillas separatists paramilitary paramilitaries jihadists groups factions mercenaries opposition proxies".split()
)
CIVILIAN = frozenset(
    """civilians civilian contractor contractors translator interpreter journalist journalists reporter citizen citizens national nationals
    worker workers villagers farmers tourists tourist hostage hostages children people student students engineer engineers woman women
    man men teenager boy girl fishermen migrants pilgrims doctor nurse diplomat diplomats missionary residents""".split()
)
BARRIERS = frozenset(
    "the a an this his its their of in on at by from to with and or but that which who was were is are has have had near for as into over after said says , . ; : ( ) “ ” — –".split()
) | frozenset(
    # Verbs that end in no "ed": "Xana struck tanks" names no tanks of Xana's.
    """ " struck hit hits shot blew sank sent took kept held fought lost won made gave saw told built bought sold put let led met left went came
    ran flew drove brought withdrew overran threw sought began broke fell swept strikes bombs shells attacks kills targets seizes sends
    takes moves launches fires destroys captures downs downing""".split()
)
GOVERNMENTS_ARMS = frozenset(
    """forces troops soldiers army navy drones drone missiles missile rockets jets warplanes warplane aircraft bombers helicopters artillery
    tanks fleet generals strikes airstrikes missile-carriers marines commandos paratroopers fighters invasion offensive bombardment shelling""".split()
)
SITES = frozenset(
    """base bases station stations post posts checkpoint checkpoints centre center headquarters academy camp camps vehicle vehicles
    convoy patrol barracks training hospital hospitals cemetery museum airport airfield school college academies complex compound compounds flats quarters
    housing court courts tribunal prison zone parade band band's club attache hierarchy government council junta rule ruler rulers spending budget equipment
    hardware aid uniform operation operations intervention campaign presence""".split()
)
KEPT_PLACES = SITES | frozenset("airbase barracks outpost outposts depot depots garrison embassy consulate".split())
PARTICIPLES = frozenset("armed allied united combined unmanned manned retired".split())


def its_arms(tokens: Sequence[Token], end: int) -> bool:
    """Read "Kyiv's drones": what a city can have only as the seat of a government."""
    following = tokens[end].lower if end < len(tokens) else ""
    return tokens[end - 1].text.endswith(("'s", "’s")) and following in GOVERNMENTS_ARMS


def goes_on_as_name(tokens: Sequence[Token], at: int) -> bool:
    """Does a name go on at token `at`, so that the country before it is no more than a part of it?"""
    word = tokens[at]
    day = word.lower.endswith("day") or word.lower in MONTHS
    return word.text[0].isupper() and not day and word.lower not in FORCES | STRIKES | ARMED


def what_of(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What of a state the words from token `at` name, and the token behind the noun."""
    for n in range(at, min(len(tokens), at + LOOK_AHEAD)):
        word = tokens[n].lower
        bare = word.removesuffix("'s")
        make = n + 1 < len(tokens) and tokens[n + 1].text[-1].isdigit() and tokens[n - 1].text[-1].isdigit()
        if bare == "and" and make:  # "Israeli F-15 and F-35 aircraft"
            continue
        dash = word in ("-", "--") and tokens[n].start > tokens[n - 1].end  # "OUM, Zerun - Gunmen fired"
        if dash or bare in BARRIERS or bare.isdigit() or (bare.endswith("ed") and bare not in PARTICIPLES):
            break
        if bare == "air" and n + 1 < len(tokens) and tokens[n + 1].lower in ("force", "forces"):
            return "force", n + 2
        for nouns, what in ((ARMED, "armed"), (STRIKES, "strike"), (FORCES, "force"), (CIVILIAN, "civilians")):
            if bare in nouns:
                if what == "armed" and any(_is_name(t) for t in tokens[at:n]):
                    return "", at  # "Xana's XLA rebels" have a name
                end = _noun_end(tokens, n, nouns)
                named = any(t.text[0].isupper() for t in tokens[at:n]) and tokens[end - 1].text in KEPT_PLACES
                return ("", at) if named else (what, end)  # "Iraq's Xanabad military base" is a place
    return "", at


def _is_name(token: Token) -> bool:
    """Is it the name of a group: "XLA", "al-Xana"?"""
    return (token.text.isupper() and len(token.text) > 1) or token.lower.startswith("al-")


def _noun_end(tokens: Sequence[Token], at: int, nouns: frozenset[str]) -> int:
    """Behind the last noun in a row: "security forces", "militia groups"."""
    end = at + 1
    while (
        end < len(tokens)
        and (
            tokens[end].lower in nouns
            or tokens[end].lower in FORCES
            or tokens[end].lower in ("unit", "units", "members")
        )
        and end - at < LOOK_AHEAD
    ):
        end += 1
    return end
