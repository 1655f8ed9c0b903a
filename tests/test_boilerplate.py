"""What is not the article's own account is left out, and no line of its account is."""

from itertools import pairwise

import pytest

from geo.read.boilerplate import left_out, rules

RULES = rules()[0]
ACCOUNT = "Gunmen stopped two lorries on the road to Borso on Sunday and shot both drivers, the mayor of the town said."


def kept(text: str) -> str:
    for out in reversed(left_out(text)):
        text = text[: out.span.start] + text[out.span.end :]
    return text


@pytest.mark.parametrize(
    ("rule", "line"), [(r, line) for r in RULES for line in r.examples], ids=lambda v: getattr(v, "id", v)
)
def test_a_rule_matches_its_examples(rule, line):
    assert rule.matches(line)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_no_rule_matches_its_counter_examples(rule):
    assert rule.counter_examples
    assert [line for line in rule.counter_examples if rule.matches(line)] == []


def test_every_rule_has_an_id_of_its_own():
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "tail",
    [
        "Leave a comment\n\n  1. They bombed Arlo too, in May.\n\n    1. Forty died, I was there.\n",
        "We welcome your comments.\n\nBomb them all.\n",
        "  1. My cousin was killed in Arlo.\n\n    1. Mine too.\n\nPlease log in to post comments\n",
        "MORE ON THIS STORY\n- Shells fall on Arlo market\n- Six die in Pello\n",
        "READ ALSO\n- From the archive: how the mill burned\n- Six die in Pello\n",
        "READERS WRITE\nKofi, Lund: In 1974 we fought at Arlo for a strip of sand.\n",
        "Most read\n1. Jets hit Arlo\n2. What fell on Pello?\n",
        "Also from this team:\n\n> Special report: the siege of Arlo\n\n> Convoy ambushed near Pello\n",
        "Sign up for the evening letter.\n\nWhat's included:\n\n  • Army brief\n  • Port brief\n\nBecome a member\n",
        "  1. ^ in the report (\n  2. ^ told the paper (\n",
        "(Reporting by the Arlo bureau; editing by K. Lund)\n",
        "Note to editors: the Council sits in Arlo.\nIt was founded after the bombing of 2031.\n",
        "Listen: Our Arlo podcast, episode 3\n",
        "© 2031 Arlo Post\n",
    ],
    ids=lambda text: text.split("\n")[0],
)
def test_what_follows_an_account_and_is_none_is_left_out(tail):
    assert kept(f"{ACCOUNT}\n\n{ACCOUNT}\n\n{tail}").strip() == f"{ACCOUNT}\n\n{ACCOUNT}"


@pytest.mark.parametrize(
    "text",
    [
        f"1. INCIDENTS\n\n* Arlo province. {ACCOUNT}\n\n* Pello. On 4 May a mine killed two.\n",
        f"{ACCOUNT}\n\n(a) Arlo, 4 May 2031. Two died.\n\n(b) Pello, 5 May 2031. Six died.\n\n(c) Borso, 6 May 2031. Ten died.\n",
        f"12:05 Two killed in Arlo\n{ACCOUNT}\n\n11:40 Talks resume\n{ACCOUNT}\n",
        f"ARLO, 4 May - {ACCOUNT}\n\nPELLO - {ACCOUNT}\n",
        f"Arlo: {ACCOUNT}\nPello: {ACCOUNT}\n",
    ],
    ids=["bulletin", "lettered", "live page", "datelines", "place by place"],
)
def test_an_account_in_another_shape_is_kept_whole(text):
    assert left_out(text) == ()


def test_an_account_that_goes_on_after_a_list_of_links_is_kept():
    text = f"{ACCOUNT}\n\nRelated articles:\n- Shells fall on Arlo\n\n* Pello. On 4 May a mine killed two shepherds.\n\n{ACCOUNT}\n"
    assert "mine killed two" in kept(text)
    assert "Shells fall" not in kept(text)


def test_an_account_that_goes_on_after_an_offer_is_kept():
    text = f"{ACCOUNT}\n\nSign up for our newsletter\n\nTwo killed in Pello\n\n{ACCOUNT}\n"
    assert kept(text) == text.replace("Sign up for our newsletter\n", "")


def test_a_heading_of_the_menu_does_not_end_the_document():
    text = f"Home\nComments\nWorld\n\n{ACCOUNT}\n"
    assert ACCOUNT in kept(text)


def test_a_document_of_nothing_else_is_kept():
    assert left_out("Most read\n1. Jets hit Arlo\n2. Six die\n") == ()


def test_the_parts_lie_in_order_and_apart_and_hold_no_blank_line_alone():
    text = f"Skip to main content\n\n{ACCOUNT}\n\nMost read\n1. Jets\n\n© 2031 Post\n"
    parts = left_out(text)
    assert [p.reason for p in parts] == ["navigation", "related stories", "copyright"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(parts))
    assert [p.span.of(text) for p in parts] == ["Skip to main content\n", "Most read\n1. Jets\n", "© 2031 Post\n"]
