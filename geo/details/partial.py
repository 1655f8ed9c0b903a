"""Whether a figure of people is written as a part of another one."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import Token

PART_BEFORE = frozenset("including include includes included".split())
OF_THE_DEAD = [["the", word] for word in ("dead", "killed", "victims", "wounded", "injured", "casualties")]
AMONG_WITHIN = 7  # tokens from a noun to "among them"
OF_THEM_WITHIN = 6  # tokens from "of the" to the number of some of the dead
VERBS_END = frozenset("was were is are had has died when while who".split())


def is_part(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Is this group written as a part of another: "including two", "among them a judge", "a judge among them"?"""
    before = [t.lower for t in tokens[max(0, start - 4) : start]]
    after = [t.lower for t in tokens[end : end + 2]]
    if before and (before[-1] in PART_BEFORE or (before[0] == "among" and before[1:3] in OF_THE_DEAD)):
        return True  # "among the dead were two nurses"
    if of_the_dead(tokens, start):
        return True
    if (
        before[-2:] in (["among", "them"], ["among", "whom"], ["of", "whom"], ["of", "them"])
        or "including" in before[-3:]
    ):
        return True
    if after in (
        ["among", "them"],
        ["among", "the"],
        ["in", "critical"],
        ["in", "serious"],
        ["of", "whom"],
        ["of", "them"],
        ["was", "among"],
        ["were", "among"],
    ):
        return True
    return after[:1] in (["seriously"], ["critically"], ["gravely"]) or among_them(tokens, end)


def of_the_dead(tokens: Sequence[Token], start: int) -> bool:
    """Read "of the 191 dead, 177 died at once", whose second number is token `start`."""
    before = [t.lower for t in tokens[max(0, start - OF_THEM_WITHIN) : start]]
    if before[-1:] != [","] or before[-2:-1] not in (
        ["dead"],
        ["killed"],
        ["victims"],
        ["fatalities"],
        ["wounded"],
        ["injured"],
    ):
        return False
    return ["of", "the"] in (before[n : n + 2] for n in range(len(before)))


def among_them(tokens: Sequence[Token], end: int) -> bool:
    """Read "a counsellor of the ministry among them", whose noun ends at token `end`."""
    after = [t.lower for t in tokens[end : end + AMONG_WITHIN]]
    among = after.index("among") if "among" in after else 0
    plain = all(word.isalpha() and word not in VERBS_END for word in after[:among])
    return bool(among) and plain and after[among + 1 : among + 2] in (["them"], ["whom"])
