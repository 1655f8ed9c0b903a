"""Find the groups of people that a sentence counts: a quantity and the noun phrase that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo import numbers
from geo.details.ages import AGE_ENDS, OLDEST, ages, name_start
from geo.details.noun_phrases import Phrase, behind_age, name_like, phrase_at
from geo.details.partial import PART_BEFORE, among_them, is_part, of_the_dead
from geo.details.toll_rules import Vocabulary
from geo.model import Token

DEFINITE = frozenset("the his her its their our my your".split())
PERSONAL = frozenset("them whom you these those which".split())
ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
KIN = frozenset("mother father son daughter wife husband brother sister grandmother grandfather grandson child".split())
HOUSEHOLDS = frozenset("family household party group crew team".split())  # "a family of six" is six people
FURTHER = frozenset("further additional".split())
BEFORE_YEARS = frozenset("in day eve since until during late early mid".split())
WOUNDED = frozenset(("wounded", "injured"))
OF_THINGS = frozenset("lost taken captured seized sunk downed destroyed damaged".split())  # not of people
SHARES = {"half": (1, 2), "two-thirds": (2, 3)}
NOBODY = frozenset("no none nobody no-one neither".split())
OPENERS = NOBODY | DEFINITE | SHARES.keys() | {"a", "an", "another"}
HURTING = frozenset("wounded wounding injured injuring maimed maiming hurt killed killing".split())


@dataclass(frozen=True, slots=True)
class Group:
    """Tokens `start` to `end` (half open) count `low` to `high` people.

    `person` is True where the noun is one for people, False where it is something else, None where that is open.
    `part`: counted within another group ("two of them"). `bare`: no noun follows the number. `single`: "a" or "an" is the number.
    """

    start: int
    end: int
    low: int
    high: int
    open_high: bool = False
    whom: str = ""
    person: bool | None = None
    part: bool = False
    more: bool = False
    negative: bool = False
    definite: bool = False
    named: bool = False
    leader: bool = False
    bare: bool = False
    single: bool = False
    noun_start: int = 0
    about: bool = False  # only roughly so many
    included: bool = False  # a part that "including" or "among them" opens: it is no verb's subject


def groups(tokens: Sequence[Token], words: Vocabulary) -> list[Group]:
    """The groups of a sentence in order, none overlapping another."""
    found: list[Group] = []
    aged = ages(tokens, words)
    names = {
        name_start(tokens, at): at + 1
        for at in aged
        if tokens[at - 1].text in (",", "(") and tokens[at - 2].text[0].isupper()
    }
    at = 0
    while at < len(tokens):
        if at in names:
            _add_name(found, tokens, at, names[at])
            at = names[at]
            continue
        group = None if at in aged else _group(tokens, at, words) or _relative(tokens, at, found)
        if group is None:
            at += 1
            continue
        found.append(replace(group, end=_past_age(tokens, group, aged, words)))
        at = max(found[-1].end, at + 1)
    return _with_lists_of_parts(tokens, _with_appositions(tokens, found))


def _with_appositions(tokens: Sequence[Token], found: Sequence[Group]) -> list[Group]:
    """Mark as parts those that only say more of one person: "one civilian, a worker, and", "a guard, a father of two, was"."""
    out: list[Group] = []
    for group in found:
        last = out[-1] if out else None
        after = tokens[group.end].text if group.end < len(tokens) else "."
        set_apart = (
            last is not None and [t.text for t in tokens[last.end : group.start]] == [","] and after in (",", ".", ";")
        )
        listed = [t.lower for t in tokens[group.end : group.end + 3]] in (
            [",", "and", "a"],
            [",", "and", "an"],
            [",", "and", "one"],
        )
        one = last is not None and last.low == last.high == 1 and not last.part and not last.named
        out.append(replace(group, part=True) if group.single and one and set_apart and not listed else group)
    return out


def _relative(tokens: Sequence[Token], at: int, found: Sequence[Group]) -> Group | None:
    """Read the bare nouns of "a mother and daughter" and "father and son": one person each."""
    if tokens[at].lower not in KIN:
        return None
    before, after = ([t.lower for t in tokens[max(0, at - 2) : at]], [t.lower for t in tokens[at + 1 : at + 3]])
    leads = after[:1] == ["and"] and after[1:] and after[1] in KIN and not (before and before[-1] in (*DEFINITE, "and"))
    single = bool(found) and found[-1].end == at - 1 and found[-1].low == found[-1].high == 1 and not found[-1].named
    listed = before[-1:] == [","] and single and found[-1].definite and after[:1] in ([","], ["and"])
    if leads or listed or (before[-1:] == ["and"] and single):
        return Group(at, at + 1, 1, 1, person=True, definite=True, noun_start=at)
    return None


def _with_lists_of_parts(tokens: Sequence[Token], found: Sequence[Group]) -> list[Group]:
    """Mark as parts those that go on a list of parts: "ten people, including four women and three children"."""
    out: list[Group] = []
    for group in found:
        last = out[-1] if out else None
        between = [t.lower for t in tokens[last.end : group.start]] if last else []
        goes_on = last is not None and last.included and not group.more and between in (["and"], [","])
        first = tokens[group.start - 1].lower if group.start else ""
        listed = group.part and (first in PART_BEFORE or first in ("them", "whom") or of_the_dead(tokens, group.start))
        out.append(replace(group, part=True, included=True) if goes_on or listed else group)
        joined = last is not None and not last.part and last.single and between == ["and"]
        if group.part and joined and among_them(tokens, group.end - 1):
            out[-2] = replace(out[-2], part=True, included=True)  # "an attaché and a counsellor among them"
    return out


def _add_name(found: list[Group], tokens: Sequence[Token], start: int, end: int) -> None:
    """A person by name and age; of "a farmer, Ali Omar, 61" the farmer goes on."""
    before = found[-1] if found else None
    gap = start - before.end if before else 9
    if (
        before
        and before.low == before.high == 1
        and not before.named
        and (not gap or tokens[start - 1].text == ",")
        and gap <= 1
    ):
        found[-1] = replace(before, end=end)
        return
    found.append(Group(start, end, 1, 1, person=True, part=is_part(tokens, start, end), named=True, noun_start=start))


def _past_age(tokens: Sequence[Token], group: Group, aged: frozenset[int], words: Vocabulary) -> int:
    """The end of a group behind the age that follows it: "her son of five", "her daughter Lia, 6", "two boys aged 12 and 14"."""
    end = group.end
    if end + 1 in aged:
        end += 2
        while end + 1 in aged:
            end += 2
        return end
    if group.low == group.high == 1 and end + 1 < len(tokens) and tokens[end].lower == "of":
        age = numbers.read(tokens, end + 1, words.bounds)
        follower = tokens[age.end].lower if age and age.end < len(tokens) else "."
        if age and age.low == age.high <= OLDEST and (follower in AGE_ENDS or group.whom == "child"):
            return age.end
    return end


def _group(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    word = tokens[at].lower
    if word not in OPENERS and word not in words.starters and not word[0].isdigit():  # nine tokens in ten
        return None
    bounded = (
        word == "no"
        and at + 2 < len(tokens)
        and (word, tokens[at + 1].lower, tokens[at + 2].lower) in words.bounds.phrases
    )
    if word in NOBODY and not bounded:  # "no fewer than" is no denial
        return _negative(tokens, at, words)
    group = _one_more(tokens, at) or _so_many_more(tokens, at, words) or _share(tokens, at, words)
    if group is None and (tokens[at].text[0].isdigit() or word in words.starters):
        quantity = numbers.read(tokens, at, words.bounds)
        group = _counted(tokens, at, quantity, words) if quantity else None
    if group is None and word in ("a", "an", "another"):
        group = _single(tokens, at, words)
    if group is None and word in DEFINITE:
        group = _definite(tokens, at, words)
    return group


def _one_more(tokens: Sequence[Token], at: int) -> Group | None:
    """Read "a third was wounded", "and wounded a third": one more person than those told before."""
    if tokens[at].lower not in ("a", "an"):
        return None
    following = [t.lower for t in (*tokens[at : at + 3], *tokens[-1:])]
    things = OF_THINGS.intersection(
        t.lower for t in tokens[at + 3 : at + 4]
    )  # "two villages fell, and a third was lost"
    if len(following) < 4 or following[1] not in ORDINALS or things:
        return None
    subject = following[2] in ("was", "were", "died", "is", "has", "had", "later", "succumbed")
    if subject or (tokens[at - 1].lower in HURTING and not following[2].isalpha()):
        return Group(at, at + 2, 1, 1, person=True, more=True, noun_start=at + 1)
    return None


def _so_many_more(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    """Read "another five", "a further 12 people", "an additional three"."""
    start = at + 1 if tokens[at].lower == "another" else at + 2
    further = tokens[at].lower in ("a", "an") and at + 1 < len(tokens) and tokens[at + 1].lower in FURTHER
    if start >= len(tokens) or not (tokens[at].lower == "another" or further):
        return None
    quantity = numbers.read(tokens, start, words.bounds)
    group = _counted(tokens, start, quantity, words) if quantity and tokens[start].lower not in ("a", "one") else None
    return replace(group, start=at, more=True) if group else None


def _share(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    """Read "half of the 20 passengers", "two-thirds of its 30 crew"."""
    share = SHARES.get(tokens[at].lower)
    start = at + 1
    while share and start < len(tokens) and (tokens[start].lower == "of" or tokens[start].lower in DEFINITE):
        start += 1
    whole = numbers.read(tokens, start, words.bounds) if share and at + 1 < start < len(tokens) else None
    group = _counted(tokens, start, whole, words) if whole and whole.low == whole.high else None
    if group is None or share is None:
        return None
    low, over = divmod(group.low * share[0], share[1])
    return replace(group, start=at, low=low, high=low + bool(over))


def _negative(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    """Read "nobody", "none of the ministers", "no Americans"; "no casualties" is read where "casualties" is."""
    word, end = tokens[at].lower, at + 1
    following = tokens[end].lower if end < len(tokens) else ""
    if word == "no" and following == "one":
        end += 1
    elif word == "no":
        phrase = phrase_at(tokens, end, words)
        if phrase.end == end or phrase.person is False or following in words.triggers:
            return None
        return Group(at, phrase.end, 0, 0, whom=phrase.whom, person=True, negative=True, noun_start=end)
    if word == "neither" and (of_two := phrase_at(tokens, end, words)).person:
        return Group(at, of_two.end, 0, 0, person=True, negative=True, part=True, noun_start=end)
    of_whom = end < len(tokens) and tokens[end].lower == "of"
    return Group(at, end, 0, 0, person=True, negative=True, part=of_whom or word == "neither", bare=True)


def _counted(tokens: Sequence[Token], at: int, quantity: numbers.Quantity, words: Vocabulary) -> Group | None:
    """A quantity with its noun phrase."""
    end = quantity.end
    part = wounded = of_them = False
    known = end
    if [t.lower for t in tokens[end : end + 2]] == ["out", "of"]:  # "thirty out of the 40 passengers"
        end += 1
    if end < len(tokens) and tokens[end].lower == "of":
        following = tokens[end + 1].lower if end + 1 < len(tokens) else ""
        if following in PERSONAL:
            part, of_them, end = True, following in ("them", "whom"), end + 2
            end += end < len(tokens) and tokens[end].lower in ("a", "an")
        else:
            end += 1 + (following in DEFINITE)
            wounded = (
                end < len(tokens) and tokens[end].lower in WOUNDED
            )  # "one of the injured died": told as hurt before
            whole = numbers.read(tokens, end, words.bounds)  # "eight of the 12 miners"
            if whole and not whole.year_like and whole.low >= quantity.high:
                end = whole.end
                told_too = end < len(tokens) and tokens[end].lower in ("who", "that")  # "one of the 28 who were hurt"
                known = known if told_too else end
    phrase = phrase_at(tokens, end, words)
    phrase = replace(phrase, end=_joint_nouns(tokens, phrase, words)) if phrase.plural and phrase.person else phrase
    if quantity.year_like and (phrase.person is not True or phrase.end == end or _year(tokens, at, end, words)):
        return None
    last = phrase.end if phrase.end > end or part else known
    if [t.lower for t in tokens[last - 1 : last + 1]] in (["more", "than"], ["fewer", "than"]):
        return None  # "nine, four more than first reported"
    pair = phrase.end == end and tokens[quantity.end - 1].lower == "couple"  # "a couple and their baby"
    return Group(
        at,
        max(last, quantity.end),
        quantity.low,
        quantity.high,
        quantity.open_high,
        phrase.whom,
        True if pair or of_them else phrase.person,
        part or is_part(tokens, at, last),
        phrase.more or wounded,
        bare=phrase.end == end and not pair,
        noun_start=end,
        about=quantity.rough,
    )


def _year(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> bool:
    """Is the figure at token `at` a year for all that people follow: "in 2020 three soldiers", "on Christmas Day 2020 soldiers"?"""
    before = tokens[at - 1].lower if at else ""
    return before in BEFORE_YEARS or numbers.read(tokens, end, words.bounds) is not None


def _joint_nouns(tokens: Sequence[Token], phrase: Phrase, words: Vocabulary) -> int:
    """The end of "nine women and children", "300 men, women and children": one figure for several nouns."""
    end = phrase.end
    while end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].lower in words.plural:
        end += 2
    joined = end + 1 < len(tokens) and tokens[end].lower == "and" and tokens[end + 1].lower in words.plural
    return end + 2 if joined else phrase.end


def _single(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    """Read "a soldier", "an American contractor", "another": one person."""
    phrase = phrase_at(tokens, at + 1, words)
    another = tokens[at].lower == "another"
    if phrase.end > at + 1 and (several := _household(tokens, at, phrase, words)):
        return several
    if phrase.end <= at + 1 and not another:
        return None
    if phrase.person is False or (phrase.plural and phrase.person):
        return None
    return Group(
        at,
        phrase.end,
        1,
        1,
        whom=phrase.whom,
        person=phrase.person,
        part=is_part(tokens, at, phrase.end),
        more=another or tokens[at + 1].lower in ORDINALS,
        bare=phrase.end == at + 1,
        single=not another,
        named=phrase.named,
        noun_start=at + 1,
    )


def _household(tokens: Sequence[Token], at: int, phrase: Phrase, words: Vocabulary) -> Group | None:
    """Read "a family of six", "an elderly couple"."""
    end, noun = phrase.end, tokens[phrase.end - 1].lower
    if end < len(tokens) and tokens[end].lower == "couple":
        end += 1
        return Group(at, end, 2, 2, person=True, part=is_part(tokens, at, end), noun_start=at + 1)
    if noun not in HOUSEHOLDS or end >= len(tokens) or tokens[end].lower != "of":
        return None
    size = numbers.read(tokens, end + 1, words.bounds)
    if size is None:
        return None
    return Group(
        at,
        size.end,
        size.low,
        size.high,
        person=True,
        part=is_part(tokens, at, size.end),
        noun_start=at + 1,
        about=size.rough,
    )


def _definite(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    """Read "the driver", "his wife": one known person, counted only beside others or as a verb's object."""
    phrase = phrase_at(tokens, at + 1, words)
    if phrase.person is not True or phrase.plural:
        return None
    part = is_part(tokens, at, phrase.end)
    return Group(
        at,
        phrase.end,
        1,
        1,
        whom=phrase.whom,
        person=True,
        part=part,
        definite=True,
        leader=phrase.leader,
        named=phrase.named,
        noun_start=at + 1,
    )


def titled(tokens: Sequence[Token], at: int, words: Vocabulary) -> Group | None:
    """A person who is named without an article: "British soldier Lance Corporal N. N.", "General Q", "X Y"."""
    phrase = phrase_at(tokens, at, words)
    aged = behind_age(tokens, at)  # "17-year-old Ali Omar"
    if phrase.end == at or phrase.plural or phrase.person is False or not tokens[phrase.end - 1].text[0].isupper():
        return None
    described = phrase.person is True
    if not described and (phrase.end - aged < 2 or not all(name_like(t) for t in tokens[aged : phrase.end])):
        return None
    after = [t.lower for t in tokens[phrase.end : phrase.end + 14]]
    described = described or aged > at or _apposed(tokens, phrase.end, words)
    leader = phrase.leader or not described or bool(words.leaders.intersection(after[: _clause_end(after)]))
    return Group(at, phrase.end, 1, 1, whom=phrase.whom, person=True, named=True, leader=leader, noun_start=at)


def _apposed(tokens: Sequence[Token], end: int, words: Vocabulary) -> bool:
    """Does "a" or "an" and a noun for people follow a name that ends at `end`: "Ali Omar, a teacher"?"""
    opens = [t.lower for t in tokens[end : end + 2]] in ([",", "a"], [",", "an"])
    return opens and phrase_at(tokens, end + 2, words).person is True


def _clause_end(after: list[str]) -> int:
    """How far the words that describe a name go: only an apposition counts."""
    if not after or after[0] not in (",", "(", "["):
        return 0
    return next(
        (n for n, word in enumerate(after) if word in (".", ";") or (n and word in ("and", "who", "which"))), len(after)
    )
