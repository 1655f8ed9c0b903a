"""Who attacks whom, wherever an article says so in one sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.details.actors import ActorWords
from geo.details.scene import BLAMED, NOT_ACTING, PREPOSITION, SAYS_IT_DID, SPEAKS, TARGETED, Cast

HARMED = re.compile(r"\b(?:left|leaving|kill\w*|wound\w*|injur\w*)\s+(?:[\w-]+\s+){0,7}$")


@lru_cache(maxsize=1)  # asked for by each claim of an article in turn
def duels(cast: Cast) -> tuple[tuple[ActorWords, ActorWords], ...]:
    """(attacker, attacked) wherever the article says so in one sentence."""
    pairs: list[tuple[ActorWords, ActorWords]] = []
    for sentence in cast.sentences:
        here = cast.named.inside(sentence.span)
        words = [a for a in here if a.known and a.side and a.form in ("group", "force", "strike", "state", "people")]
        for b in words:
            if (
                b.form in ("strike", "state")
                or len({a.side for a in words}) == 1
                or not TARGETED.search(cast.before(b))
            ):
                continue
            attackers = [a for a in words if a.side != b.side and a.form != "people" and _attacks(cast, a)]
            attackers = [a for a in attackers if not HARMED.search(cast.before(a))]
            pairs += [(a, b) for a in attackers[:1]]
    return tuple(pairs)


def _attacks(cast: Cast, words: ActorWords) -> bool:
    if words.form in ("state", "capital") and cast.before(words).rstrip().endswith(","):
        return False  # "Kirkuk, Iraq"
    if (SPEAKS.match(cast.behind(words)) and not SAYS_IT_DID.match(cast.behind(words))) or NOT_ACTING.search(
        words.span.of(cast.text).casefold()
    ):
        return False
    return BLAMED.search(cast.before(words)) is not None or not PREPOSITION.search(cast.before(words))
