"""Words around a name that only the name of a place has: "the residents of X", "X, a village", "X was shelled"."""

from __future__ import annotations

from geo.place_rules import PLACE_RULES as RULES
from geo.places.words import Words

LABEL_WORDS = 8  # how far into its sentence a label may reach
LABEL_TAIL = 8  # words of a day between a label's name and its mark
LABEL_MARKS = frozenset((":", "|", "–", "—"))
APPOSED_WORDS = 5  # between a name's comma and the word for a kind of place
MOTION_WORDS = 4  # between a verb of motion and the name: "forced 4,000 to flee to X"
DATE_WORDS = frozenset(
    "night morning evening afternoon noon midday dawn sunrise sunset eve weekend christmas boxing year year's easter palm eid ramadan week day".split()
)
DATE_FILLERS = frozenset(
    "that this last later in on early late same the of new good first second third before after about around hours".split()
)


def scene_signs(words: Words, i: int, j: int) -> dict[str, float]:
    """The signs of a scene beside the words i to j, each 1; none where nothing there calls for a place."""
    found: dict[str, float] = {}
    before, after = words.before(i), words.after(j)
    if i > 0 and words.glued[i]:
        pair = words.before(i, 2).split(" ")[0]
        if before in ("of", "from") and pair in RULES.cues["people_of"]:
            found["people_of"] = 1.0
        elif before == "of" and pair in RULES.cues["held"]:
            found["held"] = 1.0
        elif before in GOING and _moves(words, i):
            found["goes"] = 1.0
    if after == "," and words.after(j, 2) == ", where":
        found["lies"] = 1.0
    if after == "," and is_apposed(words, j + 1):
        found["apposed"] = 1.0
    elif after == "," and (verb := _after_apposition(words, j + 1)):
        found |= _verb_signs(words, verb, alone=words.opens[i])
    elif after and words.glued[j + 1] and not words.owns[j]:
        found |= _verb_signs(words, j + 1, alone=words.opens[i])
    return found


def _after_apposition(words: Words, comma: int) -> int:
    """Where the verb stands behind a short apposition: "X, a spa, was shelled"; 0 where there is none."""
    if comma + 1 >= len(words) or words.lower[comma + 1] not in ("a", "an", "the"):
        return 0
    last = min(len(words) - 1, comma + 1 + APPOSED_WORDS)
    second = next((k for k in range(comma + 2, last) if words.lower[k] == ","), 0)
    return second + 1 if second and words.sentence[second + 1] == words.sentence[comma] else 0


GOING = frozenset(("to", "from", "toward", "towards", "into", "for", "on"))


def _moves(words: Words, i: int) -> bool:
    """Whether a verb of motion leads to the preposition before word i."""
    low = max(0, i - 1 - MOTION_WORDS)
    return any(
        words.lower[k] in RULES.cues["motion"] and words.sentence[k] == words.sentence[i] for k in range(low, i - 1)
    )


def is_apposed(words: Words, comma: int) -> bool:
    """Whether what follows a comma says what the name is or where: "a town", "12 km south of", "north of"."""
    seen: list[str] = []
    for k in range(comma + 1, min(len(words), comma + 2 + APPOSED_WORDS)):
        lower = words.lower[k]
        if (
            words.sentence[k] != words.sentence[comma]
            or not lower[0].isalnum()
            or lower in VERBS
            or lower in RULES.titles
        ):
            return False
        if lower in RULES.cues["settlement"]:
            if words.owns[k] or (
                k + 1 < len(words) and words.lower[k + 1].isalpha() and words.lower[k + 1] not in GOES_ON
            ):
                return False  # "the city's commander", "a village chief"
            return seen[:1] not in ([], ["in"], ["and"]) or (not seen and words.after(k) == "of")
        counted = lower in UNITS and any(w[0].isdigit() or w in NUMBER_WORDS for w in seen)
        turned = lower in RULES.cues["compass"] and words.after(k) in ("of", "from")
        beside = lower in ("near", "outside") and not seen and k + 1 < len(words) and words.named[k + 1]
        if counted or turned or beside:
            return True
        seen.append(lower)
    return False


GOES_ON = frozenset(
    "of in near on that which where with about some north south east west outside between at under held controlled known called close far not just and or home "
    "inside along to from by populated inhabited whose surrounded within".split()
)
UNITS = frozenset(("km", "kms", "kilometres", "kilometers", "kilometre", "kilometer", "miles", "mile", "mi"))
NUMBER_WORDS = frozenset(
    "a an two three four five six seven eight nine ten some several few twenty thirty forty fifty hundred".split()
)
VERBS = frozenset("was were is are had has have killed said who whose where when and but after".split())


def _verb_signs(words: Words, at: int, *, alone: bool) -> dict[str, float]:
    """What the word after a name says of it: that it is an area, lies somewhere, or suffers violence.

    A name that stands `alone` is no place where "were" follows: "Farmers were attacked", but "Oum and Deli were attacked".
    """
    lower, following = words.lower[at], words.after(at)
    if lower in AREA_WORDS and not words.named[at]:
        return {"area_of": 1.0}
    if lower in LIES and (following in SITUATED or following[:1].isdigit() or following in RULES.cues["compass"]):
        return {"lies": 1.0}
    passive = following in RULES.cues["taken"] or (following == "been" and words.after(at, 2).split(" ")[1:2] != [])
    if (
        lower in (BEING - MANY if alone else BEING)
        and passive
        and (following != "been" or words.after(at, 2).split(" ")[-1] in RULES.cues["taken"])
    ):
        return {"suffers": 1.0}
    if (lower, following) in SUFFERS_PAIRS or (lower == "lost" and following[:1].isdigit()):
        return {"suffers": 1.0}
    if lower == "fell" and (not following.isalpha() or following in ("to", "on", "in", "after", "without")):
        return {"suffers": 1.0}
    return {}


AREA_WORDS = frozenset(
    ("area", "areas", "countryside", "axis", "frontline", "outskirts", "hinterland", "road", "highway")
)  # "the X area" is X and around it
LIES = frozenset(("lies", "lay", "sits", "is", "stands", "was"))
SITUATED = frozenset(("located", "situated", "home", "about", "some", "roughly", "close", "nearly", "near"))
BEING = frozenset(("was", "were", "is", "has", "had", "being"))
MANY = frozenset(("were",))
SUFFERS_PAIRS = frozenset(
    (("came", "under"), ("comes", "under"), ("changed", "hands"), ("saw", "fighting"), ("saw", "clashes"))
)


def is_label(words: Words, i: int, j: int) -> bool:
    """Does a name open an item of a list: "4 May, X: shells fell", "X, on Friday: shells fell", "X | Shells fell"?"""
    if not words.violent or (i >= LABEL_WORDS and words.sentence[i - LABEL_WORDS] == words.sentence[i]):
        return False
    opens, days = words.opens[i], 0
    for k in range(j + 1, min(len(words), j + 2 + LABEL_TAIL)):
        lower = words.lower[k]
        if words.sentence[k] != words.sentence[j]:
            return opens and days > 0  # a sentence of its own: "Xana, same evening."
        if lower in LABEL_MARKS:
            return words.lower[j + 1 : j + 2] != ["-"] or not words.glued[j + 1]
        dated = lower in RULES.calendar or lower in DATE_WORDS or lower[0].isdigit()
        days += dated
        if not (dated or lower in DATE_FILLERS or lower in (",", ".", "/", "province", "district", "region")):
            return False
    return False


def is_alone(words: Words, i: int, j: int) -> bool:
    """Is a name all that a sentence says, but for its number and what holds it: "3. Oum.", "2. Oum, near Deli.", "Oum (Deli)."?"""
    sentence = words.sentence[i]
    if i >= LABEL_WORDS and words.sentence[i - LABEL_WORDS] == sentence:
        return False
    for k in range(max(0, i - LABEL_WORDS), min(len(words), j + 1 + LABEL_TAIL)):
        if words.sentence[k] != sentence or i <= k <= j:
            continue
        lower = words.lower[k]
        if k < i and not (lower in RULES.calendar or len(lower) <= 2 or not lower[0].isalpha()):
            return False
        if k > j and not (words.named[k] or lower in HOLDING or not lower[0].isalpha()):
            return False
    past = j + 1 + LABEL_TAIL
    return past >= len(words) or words.sentence[past] != sentence


HOLDING = frozenset(
    "near in district province region county state north south east west of and the road area again revisited".split()
)


def is_object_of_violence(words: Words, i: int, *, verbs_only: bool) -> bool:
    """Does a name follow a verb of violence that takes a place ("shelled X"), or such a noun ("the raid on X")?"""
    if i == 0 or words.sentence[i - 1] != words.sentence[i] or words.sentence[i] not in words.violent:
        return False
    previous = words.lower[i - 1]
    if previous in RULES.cues["taken"]:
        return True
    if previous not in ("on", "of", "against") or i < 2:
        return False
    noun = words.lower[i - 2]
    return noun in RULES.cues["bombards"] or (not verbs_only and previous == "on" and noun in RULES.cues["violence"])
