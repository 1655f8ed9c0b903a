"""Each reason for doubt holds for its own examples and not for its counter-examples."""

from __future__ import annotations

import pytest

from geo import find
from geo.find import doubts
from geo.model import Article, Claim, Dropped
from geo.sentences import sentences

RULES = doubts.load()


class Words:
    """A day that the test knows."""

    from_event = False
    fixes_day = True

    def __init__(self, span: object) -> None:
        self.span = span


def read(words: str, *, undated: bool = False) -> tuple[tuple[Claim, ...], tuple[Dropped, ...]]:
    """Find claims in a bare text, with every sentence taken to be counted and, but for `undated`, dated."""
    article = Article(id="a", title="", publisher="", text=words)
    lines = sentences(article)
    dated = [Words(s.span) for s in lines]
    return find.claims(article, lines, (), () if undated else dated, dated, ())  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "words"), [(d, e) for d in RULES if not d.hedge for e in d.examples])
def test_an_example_is_dropped_for_its_reason(rule: doubts.Doubt, words: str) -> None:
    """What a rule is for is dropped, and says so."""
    _, dropped = read(words, undated=rule.unless_dated)
    assert rule.reason in [d.reason for d in dropped]


@pytest.mark.parametrize(("reason", "words"), [(d.reason, e) for d in RULES if not d.hedge for e in d.counterexamples])
def test_a_counterexample_is_kept(reason: str, words: str) -> None:
    """A real incident in like words is not dropped."""
    claims, dropped = read(words)
    assert claims
    assert reason not in [d.reason for d in dropped]


@pytest.mark.parametrize(("hedge", "words"), [(d.hedge, e) for d in RULES if d.hedge for e in d.examples])
def test_a_hedge_stays_on_the_claim(hedge: str, words: str) -> None:
    """An allegation or a denial keeps the claim and marks it."""
    claims, _ = read(words)
    assert hedge in [h for c in claims for h, _ in c.hedges]


@pytest.mark.parametrize(("hedge", "words"), [(d.hedge, e) for d in RULES if d.hedge for e in d.counterexamples])
def test_a_plain_statement_carries_no_hedge(hedge: str, words: str) -> None:
    """What is said outright is not marked."""
    claims, _ = read(words)
    assert claims
    assert hedge not in [h for c in claims for h, _ in c.hedges]
