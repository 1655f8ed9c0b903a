"""Place names in a text as it writes them: which words, which type word, how placed, inside what. Never chooses a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.model import Mention, Sentence, Span
from geo.place_rules import PLACE_RULES as RULES
from geo.places import alias, chains, meant
from geo.places.detect import detect
from geo.places.gazetteer import Gazetteer
from geo.places.relations import HERE, LOOK_BACK, relation_before
from geo.places.spans import Proposal, is_one_name
from geo.places.words import Words


def mentions(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The place names of the sentences, in order, with every place that each may mean."""
    words = Words(text, sentences, lambda name: is_one_name(name, gazetteer))
    found = detect(words, gazetteer)
    out = [_mention(words, p) for p in found]
    chains.link(text, [words.sentence[p.i] for p in found], out)
    out += meant.local_facilities(text, words, found, out, gazetteer)
    out += meant.capitals(text, words, out, gazetteer)
    out += meant.embassies(text, words, out, gazetteer)
    return _in_order(alias.named_otherwise(text, out))


def _in_order(found: list[Mention]) -> tuple[Mention, ...]:
    """The mentions as the text has them: what is meant without a name was found after all names."""
    order = sorted(range(len(found)), key=lambda n: found[n].span)
    if order == list(range(len(found))):
        return tuple(found)
    now = {before: n for n, before in enumerate(order)}
    return tuple(replace(found[n], inside=tuple(now[i] for i in found[n].inside)) for n in order)


def _mention(words: Words, p: Proposal) -> Mention:
    span = Span(words.start[p.i], words.end[p.j])
    head = words.source[max(0, words.start[p.core[0]] - LOOK_BACK) : words.start[p.core[0]]]
    if p.demonym:
        return Mention(span, p.name, p.candidates, demonym=True)
    relation, km = relation_before(head)
    if relation in HERE and "area_of" in p.signs:
        relation = "near"  # "in the X area"
    return Mention(span, p.name, p.candidates, p.type_word, relation, km, metonym=_is_metonym(words, p))


def _is_metonym(words: Words, p: Proposal) -> bool:
    """Whether a country or town stands for its government, its forces or an organisation."""
    if words.hyphen[p.core[1]] or p.signs.get("organisation_after") or p.signs.get("organisation"):
        return True
    if words.after(p.j) in RULES.papers and not words.owns[p.j]:
        return True
    best = p.best
    alike = [c.place for c in p.candidates if best is not None and c.rung == best.rung]  # a capital may share its name
    if not any(place.level == "country" or place.feature_code == "P.PPLC" for place in alike):
        return False
    before = words.before(p.i)
    if before in PREPOSITIONS or p.type_word:
        return before in ("to", "against", "over") and words.before(p.i, 2).split(" ")[0] in GOVERNMENT_NOUNS
    if before == "with" and words.before(p.i, 2).split(" ")[0] in GOVERNMENT_NOUNS:
        return True
    after = words.after(p.j)
    return after in RULES.cues["metonym"] and not words.owns[p.j]


PREPOSITIONS = RULES.cues["strong"] | RULES.cues["moving"]
GOVERNMENT_NOUNS = frozenset(
    "negotiations talks deal agreement relations ties alliance tensions war pact treaty accord message warning response retaliation".split()
)
