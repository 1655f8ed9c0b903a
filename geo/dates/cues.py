"""Words around date words that decide what they date: speech, answers, length, speakers far away."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geo.dates.grammar import RULES


@dataclass(frozen=True, slots=True)
class Cues:
    """The word lists under `[cues]` of the rules, compiled. `..._before` ends where a date or trigger begins."""

    speech_before: re.Pattern[str]
    speech_after: re.Pattern[str]
    speech_opened: re.Pattern[str]
    sequel: re.Pattern[str]
    lasted: re.Pattern[str]
    event: re.Pattern[str]
    event_first: re.Pattern[str]
    definite_before: re.Pattern[str]
    far_speaker: re.Pattern[str]
    late: re.Pattern[str]


@cache
def cues() -> Cues:
    """Read and compile the word lists once."""
    lists: dict[str, list[str]] = tomllib.loads(files("geo").joinpath(RULES).read_text(encoding="utf-8"))["cues"]
    said, event = "|".join(lists["speech"]), "|".join(lists["event"])
    the, some = r"\b(?:the|this|that|these|those)\s+", r"(?:[\w’'-]+\s+){0,3}"
    ignore = re.IGNORECASE
    return Cues(
        speech_before=re.compile(rf"\b(?:{said})\b[^.,;“”\"]{{0,25}}$", ignore),
        speech_after=re.compile(rf"\s+(?:\w+ly\s+)?(?:{said})\b", ignore),
        speech_opened=re.compile(rf"\s*,?\s*{some}(?:{said})\b", ignore),
        sequel=re.compile(rf"\b(?:{'|'.join(lists['sequel'])})\b", ignore),
        lasted=re.compile(rf"\b(?:{'|'.join(lists['lasted'])})\b", ignore),
        event=re.compile(rf"\b(?:{event})(?:e?s)?\b", ignore),
        event_first=re.compile(rf"\W*{the}{some}(?:{event})(?:e?s)?\b", ignore),
        definite_before=re.compile(rf"{the}{some}$", ignore),
        far_speaker=re.compile(rf"\b(?:{'|'.join(lists['far_speaker'])})\b"),
        late=re.compile(rf"\b(?:{'|'.join(lists['late'])})\b", ignore),
    )
