"""How the words before a name place something by it: "near X", "12 km north of X", "between X and Y"."""

from __future__ import annotations

import re

NUMBERS = {
    "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
COMPASS = r"(?:(?:north|south|east|west)(?:[- ]?(?:east|west))?|(?-i:[NS][EW]|[NSEW]))"
AMOUNT = rf"(?P<amount>\d+(?:[.,]\d+)?|{'|'.join(NUMBERS)}|dozens|several|some|few)"
UNIT = r"(?P<unit>nautical miles?|nm|km|kilomet(?:re|er)s?|miles?|mi|m|met(?:re|er)s?)"
OF_THE_TOWN = r"(?:the\s+)?(?:(?:capital|port|border|rebel-held|main|nearby|northern|southern|eastern|western|central)\s+)*(?:(?:city|town|village|capital|district|province)\s+of\s+)?"
DIRECTION = re.compile(
    rf"(?:{AMOUNT}[\s\u00a0-]*{UNIT}\s*(?:\([^)]*\)\s*)?)?(?:away\s+)?(?:(?:to|in|on|of)\s+the\s+)?(?P<compass>{COMPASS})\s+(?:side\s+)?(?:of|from)\s+{OF_THE_TOWN}$",
    re.IGNORECASE,
)
AWAY = re.compile(
    rf"{AMOUNT}[\s\u00a0-]*{UNIT}\s*(?:\([^)]*\)\s*)?(?:away\s+)?(?:from|outside|off|beyond)\s+{OF_THE_TOWN}$",
    re.IGNORECASE,
)
RELATION = re.compile(
    r"\b(?P<words>near|close to|next to|not far from|adjacent to|on the (?:\w+\s)?(?:edge|outskirts|fringes) of|in the vicinity of|"
    r"in the (?:\w+\s)?(?:hills|mountains|countryside|outskirts|desert) (?:near|around|of|outside)|outside|beyond|around|off|between|towards?)\s+"
    + OF_THE_TOWN + "$",
    re.IGNORECASE,
)  # fmt: skip
NEARBY = re.compile(
    r"\b(?:nearby|neighbou?ring|adjacent|adjoining|next-door)\s+(?:(?:[a-z-]+\s+)?(?:city|town|village|hamlet|settlement|district|county|province|state|locality|community)s?\s+(?:of\s+)?)?$"
)
HERE = frozenset(
    ("at", "nearby", "")
)  # relations of a name that says where it was, "nearby" one near to what was told before
LOOK_BACK = 80  # characters before a name in which its relation is written
LAST_WORD = re.compile(r"[\w-]+$")
LAST_WORDS = frozenset(  # with which the words that place something end
    "of from near nearby neighbouring neighboring adjacent adjoining next-door village town city to the outside beyond around off between toward towards capital port border rebel-held main northern southern eastern western central".split()
)
RELATING = ("near", "close", "next", "far from", "adjacent", "on the", "in the", "side", "beyond", "around", "off", "between", "toward")  # fmt: skip
NEIGHBOURING = ("nearby", "neighb", "adj", "next-door")
POINTS = ("north", "south", "east", "west")
LETTERS = {"N": "north", "S": "south", "E": "east", "W": "west"}
BY_LETTER = re.compile(r"\b[NSEW]{1,2} (?:of|from) ")  # "51 NM SW of Oum"
UNITS = ("km", "nm", "kilomet", "mile", " mi ", "metre", "meter", " m ")
KM = (("nautical", 1.852), ("nm", 1.852), ("k", 1.0), ("mi", 1.609), ("m", 0.001))  # by the start of the unit


def relation_before(head: str) -> tuple[str, float | None]:
    """How the words before a name place something by it: the relation, and the distance in km where one is said."""
    words = head.rstrip()
    last = LAST_WORD.search(words.rpartition(" ")[2])
    if last is None or last[0].lower() not in LAST_WORDS or words == head:
        return "at", None  # nearly always "in", "at", a verb; the searches below cost time
    low = head.lower()
    turned = any(point in low for point in POINTS) or BY_LETTER.search(head) is not None
    if turned and (m := DIRECTION.search(head)):
        point = "".join(LETTERS.get(c, c) for c in m["compass"]).lower().replace(" ", "-")
        return f"{point} of", _km(m["amount"], m["unit"])
    if any(unit in low for unit in UNITS) and (m := AWAY.search(head)):
        return "near", _km(m["amount"], m["unit"])
    if any(word in low for word in RELATING) and (m := RELATION.search(head)):
        words = m["words"].lower()
        if words in ("between", "outside", "beyond", "off"):
            return "between" if words == "between" else "outside" if words != "off" else "near", None
        return ("toward" if words.startswith("toward") else "near"), None
    return ("nearby" if any(word in low for word in NEIGHBOURING) and NEARBY.search(head) else "at"), None


def _km(amount: str | None, unit: str | None) -> float | None:
    if not amount or not unit:
        return None
    number = NUMBERS.get(amount.lower())
    if number is None:
        if not amount[0].isdigit():
            return None
        number = float(amount.replace(",", "."))  # type: ignore[assignment]
    factor = next(km for start, km in KM if unit.lower().startswith(start))
    return round(float(number or 0) * factor, 2)
