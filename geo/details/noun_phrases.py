"""Read the noun phrase that names people: its modifiers, its noun, and a name behind the noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo import numbers
from geo.details.toll_rules import Vocabulary
from geo.model import Token

LONGEST_PHRASE = 8  # words of a noun phrase; a longer run has left the phrase

# Words at which a noun phrase ends: prepositions, conjunctions, auxiliaries, pronouns, words of time.
STOPS = frozenset(
    """of in on at by from to with without near into onto under over after before during since until when while where as
    against across along among amid between through for about around inside outside behind beyond within including and or
    but nor that which who whom whose what was were is are be been being has have had having will would could can may might
    must shall should did do does not they he she it we you i them him there then than so if because left lost lay lie lies suffered sustained although though
    according now confirmed yesterday today tonight overnight early late later ago already also reportedly allegedly apparently
    themselves himself herself itself blew instantly immediately outright only just still even again said says told reported reports added monday tuesday wednesday
    thursday friday saturday sunday treated admitted needed needing sought seeking required received receiving fell fallen critically seriously gravely severely slightly lightly badly mortally went came tried called named aged outside whilst amid per via despite feared believed presumed thought some one
    an a the this these those his her its their our my your no none""".split()
)
MORE = frozenset("more other others another further additional else".split())


# Words for people that describe other nouns as often.
ADJECTIVES = frozenset(
    """national local human minor private general major foreign-national muslim christian hindu sikh jewish druze shia sunni shiite
    alawite buddhist rohingya tamil kurd yazidi hutu tutsi american volunteer separatist rebel militant nationalist unionist
    extremist islamist jihadist paramilitary guerrilla staff passenger student patient""".split()
)


PERSON = re.compile(
    r"(?!(?:wo|hu|ger|ro|otto|nor|talis|sha|cay|over|he-)m[ae]n$)[a-z-]{2,}(?:m[ae]n|persons?)"
)  # "herdsman"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase up to token `end`: whom it names, and whether its noun is surely one for people."""

    end: int
    whom: str = ""
    person: bool | None = None
    plural: bool = False
    more: bool = False
    named: bool = False
    leader: bool = False


def phrase_at(tokens: Sequence[Token], start: int, words: Vocabulary) -> Phrase:
    """The noun phrase at `start`: modifiers, noun, and a name behind the noun."""
    start = behind_age(tokens, start)
    end, head, more, leader = start, -1, False, False
    while end < len(tokens) and end - start < LONGEST_PHRASE:
        token = tokens[end]
        word = token.lower
        if word == "one" and end > start and tokens[start - 1].lower in ("a", "an"):
            head, end = end, end + 1  # "two American soldiers and a British one"
            break
        if word in MORE:
            more = True
        elif not _two_peoples(tokens, end, words) and _stops(tokens, end, words, inside=end > start):
            break
        pair = end > start and f"{tokens[end - 1].lower} {word}" in words.whom  # "blue helmet"
        if (
            (word in words.whom or pair or PERSON.fullmatch(word))
            and (word not in MORE or word == "others")
            and not _describes(tokens, end, words)
        ):
            head = end
        leader = leader or word in words.leaders
        end += 1
    if end == start:
        return Phrase(end, person=True if tokens[end - 1].lower.endswith("-old") else None)  # "a 14-year-old died"
    last = tokens[end - 1].lower
    if head < 0:
        return Phrase(
            end, person=False if last in words.not_people else None, plural=last.endswith("s"), more=more, leader=leader
        )
    behind = tokens[head + 1 : end]
    if not all(name_like(t) for t in behind):
        several = tokens[head].lower in words.plural and tokens[head].lower.endswith(
            ("s", "n")
        )  # "two villagers drew crowds"
        if not several and (last in words.not_people or last.endswith("s")):  # "three police stations"
            return Phrase(end, person=False if last in words.not_people else None, plural=last.endswith("s"), more=more)
        end, behind = head + 1, ()  # the noun's verb follows
    noun = tokens[head].lower
    whom = _whom(tokens, start, head, words)
    several = noun in words.plural or noun.endswith(("men", "persons"))
    return Phrase(end, whom, True, several, more, bool(behind), leader)


def _describes(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Is the word at token `at` an adjective before a noun: "our national television", "a local shop"?"""
    if tokens[at].lower not in ADJECTIVES or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    noun = following.text[0].islower() and following.text.isalpha() and not following.lower.endswith("ed")
    return noun and following.lower not in STOPS and not _endsphrase_at(following, words, True)


def _two_peoples(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Read "five Cambodian and Moroccan soldiers": does the "and" at token `at` join two adjectives of one noun?"""
    if (
        tokens[at].lower != "and"
        or not 0 < at < len(tokens) - 2
        or not (tokens[at - 1].text[0].isupper() and tokens[at + 1].text[0].isupper())
    ):
        return False
    return tokens[at - 1].lower not in words.whom and tokens[at + 2].lower in words.whom


def behind_age(tokens: Sequence[Token], at: int) -> int:
    """The token after "12-year-old", else `at`."""
    following = [t.lower for t in tokens[at : at + 3]]
    return at + 3 if len(following) > 2 and following[2] in ("year-old", "month-old", "day-old", "week-old") else at


def _stops(tokens: Sequence[Token], at: int, words: Vocabulary, *, inside: bool) -> bool:
    """Does the phrase end before token `at`? The full stop of "Lt. Gen. Q" does not end it."""
    if tokens[at].text != ".":
        return _endsphrase_at(tokens[at], words, inside)
    return not inside or at + 1 >= len(tokens) or not tokens[at + 1].text[0].isupper()


def _endsphrase_at(token: Token, words: Vocabulary, inside: bool) -> bool:
    word = token.lower
    if (
        word in STOPS
        or (inside and word in words.starters and word != "a")
        or word in words.transitive
        or word in words.intransitive
        or word in words.state
        or word == "wounded"
    ):
        return True
    if word in words.nouns and word not in words.whom:
        return True
    return not token.text[0].isalpha() or (numbers.is_month(token) and inside)


def _whom(tokens: Sequence[Token], start: int, head: int, words: Vocabulary) -> str:
    """Whom the noun and the words before it name: "civilian worker", "police officers", "Taliban fighters"."""
    if head > start and (pair := f"{tokens[head - 1].lower} {tokens[head].lower}") in words.whom:
        return words.whom[pair]
    own = words.whom.get(tokens[head].lower, "")  # "a British one" says no more than a person
    modifiers: Iterable[str] = (words.whom.get(t.lower, "") for t in tokens[start:head])
    return own or next((m for m in modifiers if m), "")


def name_like(token: Token) -> bool:
    """May a word be part of a name: a capital, the point of an initial, "al", "bin", "van"?"""
    return (
        token.text[0].isupper()
        or token.text == "."
        or token.lower in ("al", "bin", "ibn", "abu", "de", "van", "der", "-")
        or token.lower.startswith("al-")
    )
