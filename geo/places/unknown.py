"""Proposes names that no source knows: runs of capitalised words where only a place can stand.

A run is taken whole: "Debre Xaba" is one name although an index of villages has a Debre somewhere else. What stands
beside it decides (a type word, a preposition, an apposition, a verb of violence), and persons and organisations do not.
"""

from __future__ import annotations

from geo.model import Candidate
from geo.place_rules import PLACE_RULES as RULES
from geo.places import names
from geo.places.gazetteer import Gazetteer
from geo.places.scenes import is_label, is_object_of_violence, scene_signs
from geo.places.signs import DEDICATED
from geo.places.spans import LONGEST_NAME, WELL_KNOWN, Proposal
from geo.places.typewords import distinct, facilities, type_beside
from geo.places.words import Words

LONGEST_ACRONYM = 5
LIST_JOINTS = frozenset((",", "and", "or"))
SHORTEST = 4  # letters; shorter unknown words are abbreviations
INNER = frozenset("al el de la las los le du da do dos das del di ad as ash ar an e y wa ibn bin na ou um".split())
OF_NAMES = frozenset(
    ("abu", "umm", "bin", "ibn", "ould", "saint", "sheikh", "sheik", "imam", "king", "sister", "prince")
)
PREPOSITIONS = RULES.cues["strong"] | RULES.cues["moving"]
TITLES = RULES.titles - OF_NAMES
ENDS_RUN = RULES.never | RULES.calendar
PERSONAL = frozenset(  # what people have and towns have not
    "shop house home car taxi van truck lorry bedroom kitchen garden yard flat apartment bar pub cafe café restaurant shoulder body head face leg hand back arms phone "
    "wife husband son sons daughter daughters brother sister mother father family parents cousin uncle aunt widow children death killing murder men fighters bodyguard bodyguards driver".split()
)
SPLIT_WORDS = RULES.never | RULES.cues["compass"] | frozenset(RULES.types) | RULES.organisation_heads


def unknown(words: Words, known: list[Proposal], gazetteer: Gazetteer) -> list[Proposal]:
    """Names that no source has as they are written, where the words beside them call for a place."""
    by_start: dict[int, list[Proposal]] = {}
    for p in known:
        by_start.setdefault(p.core[0], []).append(p)
    ends = {p.j for p in known if not p.demonym}
    found = []
    for i, j in runs(words, gazetteer):
        for a, b in _names_in(words, i, j, by_start):
            listed = words.before(a) in LIST_JOINTS and a - 2 in ends
            guess = _unknown_at(words, a, b, gazetteer, listed=listed)
            if guess is not None:
                found.append(guess)
                ends.add(guess.j)
    return found + _partly_known(words, known, gazetteer)


def runs(words: Words, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Stretches of capitalised words (first, last) that may be one name; titles, demonyms and months end one."""
    found: list[tuple[int, int]] = []
    count, end = len(words), -1
    for i in words.names:
        if i <= end or not _may_be_in_name(words, i, gazetteer):
            continue
        j = i
        while j + 1 < count and j + 1 - i < LONGEST_NAME and not words.owns[j] and words.glued[j + 1]:
            if words.sentence[j + 1] != words.sentence[i] or _is_acronym(words, j + 1):
                break
            if _may_be_in_name(words, j + 1, gazetteer):
                j += 1
            elif (
                (inner := _inner(words, j + 1))
                and j + 1 + inner < count
                and _goes_on_at(words, j + 1 + inner, gazetteer)
            ):
                j += 1 + inner
            else:
                break
        found.append((i, j))
        end = j
    return found


def _inner(words: Words, k: int) -> int:
    """How many small words of a name stand from word k: one in "Nam de Xana", two in "Nam de los Xana"."""
    if words.lower[k] not in INNER:
        return 0
    return (
        2
        if k + 1 < len(words) and words.lower[k + 1] in INNER and not words.named[k + 1] and _joined(words, k + 1)
        else 1
    )


def _goes_on_at(words: Words, k: int, gazetteer: Gazetteer) -> bool:
    return _joined(words, k) and _may_be_in_name(words, k, gazetteer) and not _is_acronym(words, k)


def _is_acronym(words: Words, k: int) -> bool:
    text = words.text[k]
    return text.isupper() and text.isalpha() and len(text) <= LONGEST_ACRONYM and not words.shouting[words.sentence[k]]


def _joined(words: Words, k: int) -> bool:
    return words.glued[k] and words.sentence[k] == words.sentence[k - 1]


def _may_be_in_name(words: Words, k: int, gazetteer: Gazetteer) -> bool:
    if not words.named[k]:
        return False
    lower = words.lower[k]
    if lower.rstrip(".") in TITLES or lower in gazetteer.demonyms:
        return False
    return lower not in ENDS_RUN or (lower in RULES.cues["compass"] and not words.opens[k])


def _names_in(words: Words, i: int, j: int, by_start: dict[int, list[Proposal]]) -> list[tuple[int, int]]:
    """The names that a run may hold: the whole without its type words; of a run that holds a well-known name, what is left."""
    while i < j and (words.lower[i] in RULES.before or words.lower[i] in PREPOSITIONS):
        i += 1
    while j > i and words.lower[j] in RULES.types:
        j -= 1
    if words.lower[j].rstrip("s.") in HEADS or any(p.core == (i, j) for p in by_start.get(i, ())):
        return []
    for k in range(i, j + 1):
        for p in by_start.get(k, ()):
            headed = _is_headed(words.lower[k - 1], p) if k > i else _opens_name(words, i, p.core[1], j)
            if p.core[1] <= j and _well_known(p) and not headed:
                return [(a, b) for a, b in ((i, k - 1), (p.core[1] + 1, j)) if a <= b and b == j]
    return [(i, j)]


HEADS = frozenset(w.rstrip("s.") for w in RULES.organisation_heads - frozenset(RULES.types))


def _is_headed(before: str, p: Proposal) -> bool:
    """Whether the word before a well-known name makes it a part of another: "Abu Saida", "South Ossetia"."""
    if before in RULES.cues["compass"]:
        return p.best is not None and p.best.place.level in ("admin1", "region", "district")
    return before in RULES.name_heads


def _opens_name(words: Words, i: int, known: int, j: int) -> bool:
    """Whether a well-known name is only the first part of another: "Tal Xana"."""
    return (i == known < j and words.lower[i] in RULES.name_heads) or _goes_on(words, i, known, j)


def _goes_on(words: Words, i: int, known: int, j: int) -> bool:
    """Whether a name goes on after a well-known part: "shells hit Tyr Xarfa", but not "in Tyr Hassan said"."""
    if j != known + 1 or words.before(i) not in RULES.cues["strong"] or words.opens[i - 1] or words.owns[j]:
        return False
    tail = words.lower[j]
    plain = tail in RULES.common_words or tail in RULES.actor_words or tail in RULES.types
    return not (plain or tail in RULES.surnames or tail in RULES.given_names or words.after(j) in RULES.cues["speech"])


def _well_known(p: Proposal) -> bool:
    best = p.best
    if best is None or p.demonym:
        return True
    place = best.place
    if place.level in ("country", "admin1", "region") or place.reviewed:
        return True
    return place.importance >= WELL_KNOWN and names.marks(place.name) == names.marks(p.name)


def _unknown_at(words: Words, i: int, j: int, gazetteer: Gazetteer, *, listed: bool) -> Proposal | None:
    name = words.phrase(i, j)
    if _is_none(words, i, j, name):
        return None
    kind, wide_i, wide_j = type_beside(words, i, j)
    typed = kind is not None and kind.unknown
    listed = listed and not (i == j and words.lower[i] in RULES.common_words)
    if not typed and (_is_person(words, i, j) or not (listed or _is_placed(words, i, j))):
        return None
    if kind and kind.facility and (candidates := facilities(words, (i, j), (wide_i, wide_j), kind, gazetteer)):
        return Proposal(wide_i, wide_j, (i, j), name, distinct(candidates), kind.word)
    candidates = sound_alikes(name, gazetteer)
    return Proposal(wide_i, wide_j, (i, j), name, candidates, kind.word if kind else "", guessed=True)


def _is_none(words: Words, i: int, j: int, name: str) -> bool:
    """Whether a run can be no place: an abbreviation, a plain word, an armed group, the end of another name."""
    if words.before(i, 2) in DEDICATED or words.before(i, 3) == "lady of mount":
        return True
    if len(name) < SHORTEST or _is_tail(words, i) or _is_acronym(words, i) or (i == j and _is_plain_word(words, i)):
        return True
    if words.before(i) == "," and _is_office_holder(words, i):
        return True
    if words.lower[j] in ("day", "week", "month"):
        return True  # "on Republic Day"
    if words.owns[j] and PERSONAL.intersection(words.after(j, k).split(" ")[-1] for k in (1, 2, 3)):
        return True  # "in Xana's fish shop"
    return words.lower[j] in RULES.actor_words or name.casefold() in RULES.actor_words


def _is_office_holder(words: Words, i: int) -> bool:
    """Whether the words before a comma are an office: "the governor of Xana province, Omar Haddad, was seized"."""
    office = False
    for k in range(i - 2, max(-1, i - 2 - OFFICE_WORDS), -1):
        if words.sentence[k] != words.sentence[i] or not words.lower[k][0].isalpha():
            return False
        office = office or words.lower[k] == "of"
        if words.lower[k] in RULES.titles:
            return office
    return False


OFFICE_WORDS = 7


def _is_tail(words: Words, i: int) -> bool:
    """Whether a capitalised word that no place is called by stands before: "the United Nations base"."""
    if i == 0 or not words.named[i - 1] or words.opens[i - 1] or not _joined(words, i):
        return False
    return words.lower[i - 1] in RULES.never


def _is_plain_word(words: Words, i: int) -> bool:
    """Whether a single word is a title or a direction, or a word that is capitalised only because it opens its sentence: "Shells fell"."""
    lower = words.lower[i]
    if lower in RULES.titles or lower in RULES.cues["compass"]:
        return True
    return words.opens[i] and (
        lower in RULES.common_words
        or lower in RULES.opening_words
        or lower in RULES.cues["violence"]
        or lower in words.lower_words
    )


def _is_person(words: Words, i: int, j: int) -> bool:
    """Whether several words are a given name and a surname, and no preposition of place stands before them."""
    if i == j or words.lower[i] not in RULES.given_names or words.lower[i] in OF_NAMES:
        return False
    return words.before(i) not in RULES.cues["strong"] and not scene_signs(words, i, j)


def _is_placed(words: Words, i: int, j: int) -> bool:
    """Whether the words beside a name call for a place."""
    cue = words.before(i)
    return (
        cue in RULES.cues["strong"]
        or cue in RULES.cues["moving"]
        or words.after(j) == ","
        or is_object_of_violence(words, i, verbs_only=True)
        or (is_label(words, i, j) and not (i == j and words.text[i].isupper()))  # "ASHORE: jets struck"
        or bool(scene_signs(words, i, j))
    )


def sound_alikes(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Places that an unknown spelling may mean; a country or a sea is not misspelt: "Katari" is no Qatar."""
    found = gazetteer.lookup(name) or gazetteer.fuzzy(name)
    return tuple(c for c in found if c.place.level not in ("country", "region", "water"))


def _partly_known(words: Words, known: list[Proposal], gazetteer: Gazetteer) -> list[Proposal]:
    """Widen a well-known name by the unknown word before it: "in Upper Xanabad" may be a place of its own."""
    found = []
    for p in known:
        i, j = p.core[0] - 1, p.core[1]
        if p.demonym or i < 1 or not words.named[i] or not _joined(words, i + 1) or words.owns[i]:
            continue
        first, cue = words.lower[i], words.lower[i - 1]
        if words.lower[j] in RULES.types:
            continue  # "Xana Market" is the market of Xana
        if cue not in RULES.cues["strong"] or words.named[i - 1] or first in SPLIT_WORDS or gazetteer.demonym(first):
            continue
        if first.rstrip(".") in RULES.titles or first in RULES.given_names or gazetteer.strict(words.text[i]):
            continue
        name = words.phrase(i, j)
        found.append(Proposal(i, p.j, (i, j), name, sound_alikes(name, gazetteer), p.type_word, guessed=True))
    return found
