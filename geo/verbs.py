"""Verbs named once in a rule file, in every form in which news tells what was done.

A row is "attack", "steal stole stolen | into" (base, past, participle, then what follows) or "lead led led | .. away",
where the object may stand before the last words. A fourth form is the participle in -ing where it is not regular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# What somebody came to do is done as well: "managed to storm". Any other infinitive is a plan, and "an attack" is no verb.
DONE_TO = (
    "on to ",
    "managed to ",
    "proceeded to ",
    "began to ",
    "started to ",
    "continued to ",
    "dared to ",
    "enough to ",
)
NO_VERB = (
    "to ", "not ", "n't ", "could ", "would ", "should ", "may ", "might ", "will ", "can ", "must ", "shall ",
    r"\ba ", r"\ban ", r"\bthe ", "this ", "that ", "no ", "of ", "in ", "on ", "for ", "under ", "its ", "their ", "his ", "new ", "by ",
)  # fmt: skip
PLAINLY = "(?:" + "|".join(f"(?<={w})" for w in DONE_TO) + "|" + "".join(f"(?<!{w})" for w in NO_VERB) + ")"
BETWEEN = r" (?:[\w'-]+ ){0,7}?"  # the object of "led nine farmers away"


def declined(verbs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """For each list of verbs three lists of patterns: `x_did` (told as done), `x_done` (participle), `x_do` (base)."""
    out: dict[str, list[str]] = {}
    for name, rows in verbs.items():
        split = [_split(row) for row in rows]
        out[f"{name}_did"] = _did(split)
        out[f"{name}_done"] = [forms[2] + rest.replace(BETWEEN, " ") for forms, rest in split]
        out[f"{name}_do"] = [forms[0] + rest for forms, rest in split]
    return out


def _split(row: str) -> tuple[list[str], str]:
    """The base, past, participle and -ing form of a row, and the pattern of what follows them."""
    verb, _, rest = (part.strip() for part in row.partition("|"))
    base, *more = verb.split()
    past = more[0] if more else _past(base)
    done = more[1] if len(more) > 1 else past
    ing = more[2] if len(more) > 2 else _ing(base, past)
    after = BETWEEN + rest.removeprefix("..").strip() if rest.startswith("..") else f" {rest}" if rest else ""
    return [base, past, done, ing], after


def _did(split: Sequence[tuple[list[str], str]]) -> list[str]:
    """What was done, by all verbs of a list. What stands before a base or after "had" is asked once for all of them."""
    past = [forms[1] + rest for forms, rest in split]
    going_on = [form + rest for forms, rest in split for form in (forms[3], _third(forms[0]))]
    done = [forms[2] + rest for forms, rest in split if forms[2] != forms[1]]
    had = [f"(?:had|has|have) (?:also |then |earlier |already )?(?:{'|'.join(done)})"] if done else []
    return [*past, *going_on, *had, f"{PLAINLY}(?:{'|'.join(forms[0] + rest for forms, rest in split)})"]


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if re.search("[^aeiou]y$", base) else f"{base}ed"


def _ing(base: str, past: str) -> str:
    if past == f"{base}{base[-1]}ed":  # "stabbed", "stabbing"
        return f"{past[:-2]}ing"
    return f"{base[:-1]}ing" if base.endswith("e") and not base.endswith("ee") else f"{base}ing"


def _third(base: str) -> str:
    if re.search("(?:s|sh|ch|x)$", base):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search("[^aeiou]y$", base) else f"{base}s"
