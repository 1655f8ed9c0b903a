"""Whose count a figure is: of the same dead two tellers give a range, of others a sum.

"The army said 400 rebels and 12 soldiers died; the rebels said they lost 40 men" tells of 12 soldiers and of 40 to 400
rebels. One account may add up; what two say of one camp may not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from geo.details.toll_words import TollWords

VERBS = (
    r"(?:said|says?|saying|told|claim(?:ed|s|ing)?|report(?:ed|s|ing)|count(?:ed|s)|put(?:s|ting)?|gave|gives|insist(?:ed|s)|maintain(?:ed|s)"
    r"|admit(?:ted|s)|acknowledg(?:ed|es)|conced(?:ed|es)|confirm(?:ed|s)|announc(?:ed|es)|stat(?:ed|es)|speaks?|spoke|boast(?:ed|s)|den(?:ied|ies))"
)
# "the army said", "said the army" at the end, "according to the army", "by the army's count"
TELLER = re.compile(
    rf"\b(?:according to|by) (?P<behind>(?:[\w’'-]+ ?){{1,5}})(?=$|[,.;’'])|(?P<who>(?:[\w’'-]+ ){{1,6}}?)(?:(?:has |have |had |later |also |only ){{0,2}}{VERBS}\b|that (?:it|they)\b)",
    re.IGNORECASE,
)
CLAUSE = re.compile(r";|,? \b(?:while|whereas|but|though|although)\b|, (?:and )?(?=(?:[\w’'-]+ ){1,5}(?:" + VERBS + r"|that (?:it|they))\b)", re.IGNORECASE)  # fmt: skip
SENTENCE = re.compile(r"[.!?…](?=\s|$)|\n")
NOBODY = frozenset(
    """the a an its their his her our this that these those also later only first initially and as but while of in on at for from by
    spokesman spokeswoman spokesperson spokesmen official officials source sources statement chief head commander count counts
    local senior one some other others who had has have was were""".split()
)
PRONOUNS = frozenset("it they he she".split())
STEM = 4  # letters that "Eritrea" and "Eritreans" share
REACH = 400  # characters around a figure in which its sentence must begin and end
CAMPS = {"soldier": "state", "police": "state", "fighter": "fighters", "civilian": "civilians", "child": "civilians"}
STATE = frozenset(
    "army military government ministry minister police troops forces navy defence defense governor president general colonel authorities officials".split()
)
OWN = re.compile(r"\b(?:lost|losing|loss(?:es)?|(?:its|their|our) (?:own )?(?:m[ae]n|losses|dead|members|ranks))\b", re.IGNORECASE)  # fmt: skip
NAMED = re.compile(r"\b[A-Z][\w’'-]+")

Account = frozenset[str]  # the words that name a teller; empty for what the article tells by itself
Range = tuple[int, int, bool]  # lowest, highest, whether the words leave the upper end open


def tellers(text: str, figures: Sequence[TollWords]) -> list[Account]:
    """Who tells each of the figures, in their order."""
    found: list[Account] = []
    last: Account = frozenset()
    for figure in figures:
        if figure.more and found:  # "three more died, doctors said" adds to what was told before
            found.append(found[-1])
            continue
        said = _teller(text, figure)
        account = last if said is not None and not said else said or frozenset()
        account = next((a for a in found if a & account), account)  # "the army", "an army spokesman"
        found.append(account)
        last = account or last
    return found


def opposed(one: Account, other: Account) -> bool:
    """Are these two tellers, each named, and not the same?"""
    return bool(one and other) and one != other


def _teller(text: str, figure: TollWords) -> Account | None:
    """The words that name the teller of a figure; empty for a pronoun, None where nobody is named."""
    start, end = figure.figure.start, figure.figure.end
    begin = max((m.end() for m in SENTENCE.finditer(text, max(0, start - REACH), start)), default=max(0, start - REACH))
    close = SENTENCE.search(text, end, end + REACH)
    stop = close.start() if close else min(len(text), end + REACH)
    joints = [begin, *(m.end() for m in CLAUSE.finditer(text, begin, stop)), stop]
    clauses = list(pairwise(joints))
    mine = next((n for n, (a, b) in enumerate(clauses) if a <= start < b), 0)
    for a, b in [*reversed(clauses[: mine + 1]), *clauses[mine + 1 :]]:
        if m := TELLER.search(text, a, b):
            words = (m["behind"] or m["who"] or "").casefold().replace("’s", "").replace("'s", "").split()
            return frozenset(w for w in words if w not in NOBODY and w not in PRONOUNS)
    return None


def of_all(
    text: str, figures: Sequence[TollWords], told_by: Sequence[Account], one_account: Callable[[list[TollWords]], Range]
) -> Range | None:
    """What the tellers say together: a range for each camp, the camps added up; None where there is nothing to weigh.

    `one_account` folds the figures that one teller gives of one camp.
    """
    if len(set(told_by)) < 2 or any(f.whom == "assailant" for f in figures):
        return None
    told_by = [t for f, t in zip(figures, told_by, strict=True) for _ in f.apart()]
    figures = [part for f in figures for part in f.apart()]
    camps = _camps(text, figures, told_by)
    if not any(camps):
        return None
    each_of_one = len(set(zip(told_by, camps, strict=True))) == len(set(told_by))
    if {"fighters", "civilians"} <= set(camps) and each_of_one:
        camps = ["fighters" if c == "civilians" else c for c in camps]  # what the dead were is in dispute
    accounts: dict[tuple[str, Account], list[TollWords]] = {}
    for figure, camp, teller in zip(figures, camps, told_by, strict=True):
        accounts.setdefault((camp, teller), []).append(figure)
    told: dict[str, list[Range]] = {}
    for (camp, _), mine in accounts.items():
        told.setdefault(camp, []).append(one_account(mine))
    sides = [(min(r[0] for r in rs), *max((r[1], r[2]) for r in rs)) for camp, rs in told.items() if camp]
    total = (sum(r[0] for r in sides), sum(r[1] for r in sides), any(r[2] for r in sides))
    wholes = [*told.get("", []), *([total] if sides else [])]
    return (min(r[0] for r in wholes), *max((r[1], r[2]) for r in wholes))


def _camps(text: str, figures: Sequence[TollWords], told_by: Sequence[Account]) -> list[str]:
    """On whose side the people of each figure stood: a camp, a people's name, "" where the words leave it open."""
    plain = [_camp(text, f) for f in figures]
    names = {c for c in plain if c[:1].isupper()}
    if (
        len(names) > 1
    ):  # "Oumia said 90 Derians were killed, Deria said it killed 70 Oumians": each tells of the other's
        tellers_named = {w[:STEM] for t in told_by for w in t}
        names = set() if all(n[:STEM].casefold() in tellers_named for n in names) else names
        plain = ["" if c in names else c for c in plain]
    plain = ["fighters" if c in names else c for c in plain]
    told: dict[str, set[Account]] = {}
    for camp, teller in zip(plain, told_by, strict=True):
        told.setdefault(camp, set()).add(teller)
    found = []
    for figure, camp, teller in zip(figures, plain, told_by, strict=True):
        around = text[max(0, figure.span.start - 12) : figure.span.end + 12]
        if camp or not teller or not OWN.search(around):
            found.append(camp)
            continue
        of_others = {c for c, by in told.items() if c and (len(by) > 1 or teller not in by)}
        only = next(iter(of_others)) if len(of_others) == 1 else "fighters"
        found.append("state" if teller & STATE else only if "fighters" not in of_others else "fighters")
    return found


def _camp(text: str, figure: TollWords) -> str:
    """What the noun of a figure says of its camp."""
    name = NAMED.search(figure.figure.of(text), 1)
    return CAMPS[figure.whom] if figure.whom else name[0] if name else ""
