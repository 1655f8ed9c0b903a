"""Each trigger names its own examples and none of its counter-examples."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from geo import classify, triggers
from geo.model import Span

RULES = triggers.load()


def strongest(words: str) -> str | None:
    """The id of the rule that wins for a sentence."""
    found = triggers.heads(
        triggers.lower(words), Span(0, len(words)), RULES, classify.named(words, Span(0, len(words)))
    )
    return found[0].trigger.id if found else None


@pytest.mark.parametrize(("rule", "words"), [(t.id, e) for t in RULES.triggers for e in t.examples])
def test_an_example_is_named_by_its_rule(rule: str, words: str) -> None:
    """The rule that carries an example is the strongest one for it."""
    assert strongest(words) == rule


@pytest.mark.parametrize(("rule", "words"), [(t.id, e) for t in RULES.triggers for e in t.counterexamples])
def test_a_counterexample_is_not(rule: str, words: str) -> None:
    """A counter-example goes to another rule or to none."""
    assert strongest(words) != rule


def test_every_acled_type_has_a_rule() -> None:
    """All 25 sub-event types of ACLED can be found."""
    named = {t.sub_event_type for t in RULES.triggers}
    assert set(triggers.EVENT_TYPE_OF) <= named


def test_every_rule_has_examples() -> None:
    """No rule stands without a sentence that shows it."""
    assert [t.id for t in RULES.triggers if not t.examples] == []


def test_no_head_ends_in_a_blank() -> None:
    """No letter may follow a head: one that ends in a blank before a word never matches."""
    rows = tomllib.loads((Path(triggers.__file__).parent / "rules" / "triggers.toml").read_text(encoding="utf-8"))
    heads = [(row["id"], head) for row in rows["trigger"] for head in row["heads"] if not re.search(r"\(\?[=!]", head)]
    assert [(rule, head) for rule, head in heads if re.search(r" \)*$", head)] == []


@pytest.mark.parametrize("text", ["İstanbul’da", "Straße\u00a0", "ǅ", "plain"])
def test_lowering_moves_no_character(text: str) -> None:
    """Offsets into the lower-case text are offsets into the text."""
    assert len(triggers.lower(text)) == len(text)
