"""Where an incident was. The only stage that chooses a place."""

from __future__ import annotations

from collections.abc import Sequence

from geo.choose import choose
from geo.gazetteer import Gazetteer
from geo.model import Mention, Sentence, Toponym


def resolve(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Choose a place for every mention of a document; `place` is None where the evidence is too weak or too close."""
    return choose(mentions, sentences, gazetteer)
