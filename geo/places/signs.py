"""What speaks for and against a proposal: named facts with a strength, most of them 0 or 1.

`geo/rules/weights.toml` says what each is worth.
"""

from __future__ import annotations

from geo.model import Place
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.scenes import is_alone, is_label, is_object_of_violence, scene_signs
from geo.places.spans import Proposal, Signs
from geo.places.words import INSIDE_NAMES, Words

SMALLEST_DIVISION = 4.0  # log10 of the people from which a division's size counts
SMALLEST_TOWN = 2.0
METROPOLIS = 5.5
SHORT_WORD = 4  # letters
LONGEST_ACRONYM = 5


def signs(words: Words, p: Proposal) -> Signs:
    """What the proposal's own sentence says for and against it."""
    s: Signs = {"bias": 1.0}
    _kind_signs(p, s)
    _form_signs(words, p, s)
    _left_signs(words, p, s)
    _right_signs(words, p, s)
    _violence_signs(words, p, s)
    if not p.demonym:
        s.update(scene_signs(words, p.i, p.j))
        _scene_type_signs(words, p, s)
    return s


def _scene_type_signs(words: Words, p: Proposal, s: Signs) -> None:
    """A kind of place beside the name ("X camp"), and the place that it is said to belong to ("Oum's X district")."""
    if "people_of" in s:
        s.pop("organisation", None)  # "the mayor of X"
    kind = RULES.types.get(p.type_word)
    if kind is None and p.j > p.i and words.lower[p.i] in RULES.before and not p.guessed:
        kind = RULES.types.get(words.lower[p.i])  # "Mount Xana" is known by both words
    if kind is None or not kind.unknown or s.get("title_case"):
        return
    s["typed"] = 1.0
    if p.i > 0 and words.owns[p.core[0] - 1]:
        s["typed_owned"] = 1.0


def _violence_signs(words: Words, p: Proposal, s: Signs) -> None:
    """What a sentence about violence says of a name in the place of a scene: "shells hit X", "in X gunmen killed ..."."""
    if p.demonym or s.keys() & PERSON_SIGNS:
        return
    violent = words.sentence[p.i] in words.violent
    if (not p.guessed and words.violent and is_alone(words, p.i, p.j)) or (
        (violent or not p.guessed) and is_label(words, p.i, p.j)
    ):
        s["violence_label"] = 1.0
    if not violent:
        return
    if s.keys() & {"cap_after", "cap_before"}:
        return  # a part of a longer name
    if s.keys() & {"strong_cue", "inside_next", "compass"}:
        s["violence_in"] = 1.0
    elif "moving_cue" in s:
        s["violence_moving"] = 1.0
    elif is_object_of_violence(words, p.i, verbs_only=p.guessed):
        s["violence_taken"] = 1.0
    elif words.opens[p.i] and p.j + 2 < len(words) and words.lower[p.j + 1] in RULES.cues["suffers"]:
        s["violence_subject"] = float(words.lower[p.j + 2] in SUFFERED)


PERSON_SIGNS = frozenset({"title", "after_given", "initial", "speech", "organisation", "organisation_after"})
SUFFERED = RULES.cues["taken"] | {"under", "been", "to", "again", "shelled"}


def _kind_signs(p: Proposal, s: Signs) -> None:
    best = p.best
    kind = RULES.types.get(p.type_word)
    if kind and kind.facility and not p.guessed and any(kind.wants(c.place.feature_code) for c in p.candidates):
        s["facility_fits"] = 1.0
    if best is None or p.guessed:
        s["unknown"] = 1.0
        if best is not None:
            s["sounds_known"] = 1.0
    elif p.demonym:
        s["demonym"] = 1.0
    else:
        _level_signs(best.place, s)
        if best.place.name != p.name and names.marks(best.place.name) != names.marks(p.name):
            s["alternate"] = 1.0
        if best.place.level != "admin1" and any(c.place.level == "admin1" for c in p.candidates):
            s["also_admin1"] = 1.0


def _level_signs(place: Place, s: Signs) -> None:
    level = place.level
    if level == "country":
        s["country"] = 1.0
    elif level in ("region", "water"):
        s["region"] = 1.0
    elif level == "admin1":
        s["admin1"] = 1.0
        s["admin1_size"] = max(0.0, place.importance - SMALLEST_DIVISION)
    else:
        s["size"] = max(0.0, place.importance - SMALLEST_TOWN)
        if place.feature_code == "P.PPLC":
            s["capital"] = 1.0
        if place.importance >= METROPOLIS:
            s["metropolis"] = 1.0
    if place.reviewed and level not in ("country", "region"):
        s["reviewed"] = 1.0


def _form_signs(words: Words, p: Proposal, s: Signs) -> None:
    i, j = p.i, p.j
    sentence = words.sentence[i]
    if j > i:
        s["several_words"] = 1.0
    else:
        _word_signs(words, i, s)
    if words.opens[i]:
        s["opens"] = 1.0
    if words.title_case[sentence]:
        s["title_case"] = 1.0
    if words.owns[j]:
        s["possessive"] = 1.0
    if words.hyphen[j]:
        s["hyphen"] = 1.0


def _word_signs(words: Words, i: int, s: Signs) -> None:
    """What a single word looks like apart from a place: an English word, a person's name, an abbreviation."""
    lower, text = words.lower[i], words.text[i]
    if lower in RULES.common_words:
        s["common"] = 1.0
        if words.opens[i]:
            s["common_first"] = 1.0
    if lower in RULES.given_names:
        s["given"] = 1.0
    if lower in RULES.surnames:
        s["surname"] = 1.0
    if lower in words.lower_words:
        s["lower_too"] = 1.0
    if len(lower) <= SHORT_WORD:
        s["short"] = 1.0
    if text.isupper() and len(lower) <= LONGEST_ACRONYM and not words.shouting[words.sentence[i]] and "." not in text:
        s["acronym"] = 1.0


def _left_signs(words: Words, p: Proposal, s: Signs) -> None:
    i = p.i
    if i == 0 or words.sentence[i - 1] != words.sentence[i]:
        return
    previous = words.lower[i - 1]
    look = i - 1
    if previous in ("the", "a", "an"):
        s["article"] = 1.0
        look -= 1
    elif previous in RULES.cues["compass"]:
        s["compass"] = 1.0
        look -= 1
    cue = _cue(words, look, words.sentence[i])
    if cue in CUE_SIGNS:
        s[CUE_SIGNS[cue]] = 1.0
    if words.glued[i]:
        _neighbour_signs(words, i, s)
        if words.before(i, 2) in ORGANISATION_OF:
            s["organisation"] = 1.0


def _cue(words: Words, at: int, sentence: int) -> str:
    """The preposition at a word; "close to", "north of", "the market of" count as "near"."""
    if at < 0 or words.sentence[at] != sentence:
        return ""
    cue = words.lower[at]
    if cue in ("of", "to", "from"):
        pair = words.before(at + 1, 2)
        if pair in NEARNESS or pair.split(" ")[0] in PLACE_NOUNS:
            return "near"
    return cue


def _neighbour_signs(words: Words, i: int, s: Signs) -> None:
    """The capitalised word before a name: a title, a given name, or a longer name's first part."""
    previous = words.lower[i - 1]
    if previous.rstrip(".") in RULES.titles:
        s["title"] = 1.0
        return
    if words.opens[i - 1] and previous in TOPIC_VERBS and not words.after(i).isalpha():
        s["strong_cue"] = 1.0  # "Take Oum."
        return
    if not words.named[i - 1] or "compass" in s or (words.opens[i - 1] and previous in CUES):
        return  # "In" is a given name too
    if previous in RULES.given_names:
        s["after_given"] = 1.0
    elif previous not in RULES.types:
        s["cap_before"] = 1.0
    if len(words.text[i - 1]) == 1:
        s["initial"] = 1.0


TOPIC_VERBS = frozenset(("take", "consider", "remember", "recall"))
CUE_SIGNS = {cue: f"{kind}_cue" for kind in ("weak", "moving", "strong") for cue in RULES.cues[kind]}  # the last wins
CUES = frozenset(CUE_SIGNS)
NEARNESS = frozenset(
    (
        "close to",
        "next to",
        "out of",
        "adjacent to",
        "far from",
        "km from",
        "miles from",
        "kilometres from",
        "kilometers from",
    )
)
PLACE_NOUNS = (
    frozenset(w for w in RULES.types if " " not in w)
    | RULES.cues["compass"]
    | {"outskirts", "edge", "area", "areas", "outside", "villages", "towns"}
)
DEDICATED = frozenset(("lady of", "sisters of", "brothers of", "knights of", "order of", "daughters of", "sons of"))
BUILDINGS = frozenset("school schools hospital hotel academy college centre center museum club court".split())
ORGANISATION_OF = DEDICATED | {
    f"{head} {link}"
    for head in RULES.organisation_heads
    for link in (("of", "for") if head in BUILDINGS else ("of", "for", "at"))
}


def _right_signs(words: Words, p: Proposal, s: Signs) -> None:
    j = p.j
    if j + 1 >= len(words) or words.sentence[j + 1] != words.sentence[j]:
        return
    following = words.lower[j + 1]
    _mark_signs(words, j, s)
    if not words.glued[j + 1] or words.owns[j]:
        return
    named = words.named[j + 1]
    if named and following in TITLE_WORDS and not words.title_case[words.sentence[j]]:
        s["title_after"] = 1.0  # "the Oum Is Free network"
    if following in RULES.types:
        s["type_after"] = 1.0
        if named:
            s["type_after_capital"] = 1.0
    elif named and not p.demonym:
        s["cap_after"] = 1.0
        if following in RULES.surnames:
            s["surname_after"] = 1.0
    if _organisation_follows(words, j) or (following in RULES.branches and words.lower[j] in RULES.brands):
        s["organisation_after"] = 1.0


TITLE_WORDS = frozenset(
    "is are was were be being has have not for our we you".split()
)  # capitalised within a title only


def _mark_signs(words: Words, j: int, s: Signs) -> None:
    """A comma, a date or a verb of speech after a name."""
    following = words.lower[j + 1]
    if following == ",":
        s["comma_after"] = 1.0
        if _dated(words, j + 2):
            s["dated"] = 1.0
    if following in RULES.cues["speech"]:
        s["speech"] = 1.0


def _organisation_follows(words: Words, j: int) -> bool:
    """Whether the run of capitals after a name ends in "University", "Police" and the like."""
    for at in range(j + 1, min(len(words), j + 6)):
        if not words.glued[at] or words.sentence[at] != words.sentence[j]:
            return False
        if not words.named[at] and words.lower[at] not in INSIDE_NAMES:
            return False
        if words.named[at] and words.lower[at].rstrip("s.") in HEADS:
            return words.after(at) not in PREMISES  # "in the Oum Assembly complex"
    return False


def _dated(words: Words, at: int) -> bool:
    """Whether a date stands at a word: "Hajin, 9 May 2018", "KABUL, May 9"."""
    if at + 1 >= len(words) or words.sentence[at] != words.sentence[at - 1]:
        return False
    first, second = words.lower[at].rstrip("."), words.lower[at + 1].rstrip(".")
    return (first[:1].isdigit() and second in RULES.calendar) or (first in RULES.calendar and second[:1].isdigit())


PREMISES = frozenset(
    "complex building buildings headquarters hq compound premises grounds campus gate gates barracks".split()
)
HEADS = frozenset(w.rstrip("s.") for w in RULES.organisation_heads)
