"""The briefs are ours: complete in their front matter, short, and in words of our own."""

import re
from pathlib import Path

import pytest

from geo.read import read_file, read_manifest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "eval" / "seeds"
BRIEFS = sorted((ROOT / "data" / "articles").glob("*.md"))
SHARED_WORDS = 8  # in a row; fewer are names and figures that no paraphrase can change


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"['’ʼ]", "", text).casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    of = words(text)
    return {tuple(of[n : n + SHARED_WORDS]) for n in range(len(of) - SHARED_WORDS + 1)}


def account(article) -> str:
    """The article's text without what is left out of it."""
    text = article.text
    for out in reversed(article.left_out):
        text = text[: out.span.start] + "\n" + text[out.span.end :]
    return text


def originals():
    if not (SEEDS / "articles.csv").is_file():
        pytest.skip("the originals of the five articles are not beside this checkout")
    return read_manifest(SEEDS / "articles.csv")[0]


def test_there_is_one_brief_for_each_of_the_five_articles():
    assert len(BRIEFS) == 5


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_a_brief_says_whose_article_it_tells_and_that_the_words_are_ours(path):
    brief = read_file(path)
    assert brief.kind == "brief"
    assert brief.title and brief.publisher and brief.published
    assert [out.reason for out in brief.left_out] == ["front matter"]


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_a_brief_is_short(path):
    assert 150 <= len(words(account(read_file(path)))) <= 250


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_a_brief_shares_no_eight_words_in_a_row_with_any_original(path):
    ours = runs(account(read_file(path)))
    for original in originals():
        shared = ours & runs(original.text)
        assert not shared, f"{original.publisher}: {[' '.join(run) for run in sorted(shared)]}"


def test_a_brief_has_the_title_the_publisher_and_the_day_of_its_original():
    briefs = {brief.title: brief for brief in map(read_file, BRIEFS)}
    for original in originals():
        brief = briefs[original.title]
        assert (brief.publisher, brief.author, brief.published) == (
            original.publisher,
            original.author,
            original.published,
        )
