"""A claim with its sentences, and the actors in them: what stands before, behind and between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from geo.details.actors import ActorWords
from geo.model import Claim, Sentence, Span
from geo.order import Ordered

PASSIVE = re.compile(
    r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+|also\s+|again\s+|all\s+|later\s+|reportedly\s+|shot\s+)*$"
)
PREPOSITION = re.compile(
    r"\b(?:in|at|on|above|below|beyond|behind|overlooking|against|of|near|from|for|to|with|into|across|between|after|over|outside|inside|under|towards?|around|by|through|within|along|via|including|like|than|about|as|before|targeting|hitting|"
    r"hosting|housing|backed by|west|east|north|south|northern|southern|eastern|western|central)\s+(?:the\s+|an?\s+|two\s+|three\s+|several\s+|some\s+|its\s+|their\s+|many\s+|local\s+|\d+\s+)?$"
)
CLAUSE_END = re.compile(
    r";|[!?]\s|\bwhile\b|\bwhereas\b"
)  # a full stop within a sentence ends an abbreviation: "on Aug. 6"
BLAMED = re.compile(
    r"\b(?:blamed|blames|blaming|blame|suspects|accused|accuses|accusing|attributed (?:\w+ ){0,3}to|pointed (?:the|a) finger at|held(?: \w+)? (?:captive )?by|claimed by)\s+(?:(?:it|them|the attack|this|these|responsibility|officially|on|the|an?|fighters from|"
    r"members of|militants from|local|its|“|\")\s*)*$"
)
NOT_ACTING = re.compile(
    r"(?:hospitals?|cemetery|museum|airport|airfield|school|college|compounds?|complex|flats|quarters|housing|courts?|tribunal|prison|zone|parade|club|attache|budget|equipment|aid|base|bases|training|embassy|station|stations|post|posts|checkpoint|checkpoints|centre|center|headquarters|academy|camp|camps|vehicle|vehicles|consulate|convoy|patrol|barracks|depot|depots|outpost|outposts|airbase|positions|consulates|president|premier|minister|official|officials|officer|officers|ministry|administration’s|security base)$"
)
SPEAKS = re.compile(
    r"^(?:['’]s)?\s*(?:[\w’'-]+\s+){0,3}?(?:said|says|say|told|tells|reported|reports|announced|welcomed|hailed|expressed|condemn\w*|warned|warns|denied|denies|accused|accuses|blamed|blames|described|confirmed|added|claims? that|stated|"
    r"counts|counted|called|rejected|believes?|asked|urged|vowed|threatened|praised|want(?:s|ed)|declared)\b"
)
SAYS_IT_DID = re.compile(
    r"^\s+(?:says?|said|insists?|claims?|claimed|admits?|admitted|acknowledged|confirmed|announced)\s+(?:that\s+)?(?:it|its\s+\w+(?:\s\w+)?)\s+"
    r"(?:had\s+|has\s+)?(?:hit|struck|targeted|destroyed|dropped|bombarded|pounded|attacked|bombed|shelled|launched|fired|carried out|conducted|killed)\b"
)
AND_DID = re.compile(r"\band\s+(?:then\s+|later\s+|has\s+|had\s+)?$")  # "it vowed revenge and fired"
# "by the Iraqi border", "from Syrian soil": the land, not its forces.
OF_LAND = re.compile(
    r"\s+(?:border|frontier|side|coast|shore|airspace|territory|soil|waters)\b(?! (?:guards?|police|troops|forces))"
)
# "US strikes in retaliation for a rocket attack": whoever retaliates for it did not do it, but was hit by it.
ANSWERS = re.compile(
    r"\b(?:in (?:retaliation|response|revenge|reprisal|reply)(?:\[\d+\])? (?:for|to)|(?:came |days |hours |weeks )?after|following|retaliat\w+ (?:for|after)|respond\w* to|answer(?:ed|ing|s)(?= (?:to )?(?:an?|the|this|that)\b))\b"
)
# "By the time the soldiers arrived, the hall was": the subject of a clause of its own.
OPENS_CLAUSE = re.compile(
    r"\b(?:by the time|before|after|until|when|once|if|as soon as|as|while|since|because|although|though)\s+(?:(?:the|an?|some|about|local|\d+)\s+)*$"
)
# "The general escaped when a woman blew herself up": the event has a subject of its own.
WHEN = re.compile(
    r"\bwhen (?:an?|the|two|three|four|five|six|several|some|\d+|(?:\w+ )?(?:gunmen|militants|rebels|attackers|fighters|soldiers|police|bombers?|mortars?|mortar (?:rounds?|shells?|bombs?)|rockets?|shells?|missiles?|drones?|bombs?|explosives?))\b"
)
# "It came after rebels killed three men in an ambush": the rebels are the subject behind "after".
CONJUNCTION = re.compile(r"\b(?:after|before|as|since|until)\s+(?:(?:the|an?|some|about|two|three|several|\d+)\s+)*$")
ACTS = re.compile(
    r"\s+(?:(?:had|also|then|\w+ly)\s+)?(?:killed|shot|attacked|ambushed|fired|shelled|bombed|stormed|seized|captured|overran|raided|detonated|opened|launched|"
    r"struck|hit|kidnapped|abducted|torched|wounded|stabbed|beheaded|executed|planted)\b"
)
# "Police are hunting a man who planted": the subject of another verb, whose object did it.
LOOKS_INTO = re.compile(
    r"(?:^|\s)(?:hunt\w*|search\w*|look\w*|seek\w*|sought|pursu\w+|question\w*|arrest\w*|detain\w*|identif\w+|nam\w+|charg\w+|jail\w*|convict\w*|sentenc\w+|investigat\w+|interrogat\w+|suspect\w*|accus\w+|tr(?:ied|ying)|unmask\w*|caught|prob\w+|rul\w+ out|warn\w*|fear\w*|believ\w*|recover\w*|found|discover\w*|remember\w*|mourn\w*|buried|bury)\b(?!.*\bwhen\b).*?\b(?:who|whose|that|which|suspected|accused|wanted|over|for)\b"
)
STRUCK_BY = re.compile(
    r"\b(?:was|were|been|being|is|are)\s+(?:\w+\s+)?(?:\w+ed|struck|hit|shot|torn|blown)\s+(?:\w+\s+)?(?:by|in|to pieces by)\s+(?:an?\s+|the\s+|two\s+|several\s+)?(?:\w+\s+){0,2}$"
)
# "seven policemen fell in an ambush"
FELL_IN = re.compile(
    r"\b(?:fell|died|killed|perished|slain|wounded|hurt|injured|caught|walked|drove|ran|driven|lost their lives|lost (?:his|her) life|captured|came)\s+(?:in|into|by|during|under)\s+(?:an?|the|this|that|another)\s+(?:[\w-]+\s+){0,3}$|"
    r"\b(?:came|come|comes|coming)\s+under\s+(?:[\w-]+\s+){0,2}$|"
    r"\b(?:(?:was|were|been|being)\s+(?:killed|wounded|injured|hurt|slain|shot)|died|perished|lost their lives)\b[^.;]{0,60}?\s(?:in|during)\s+(?:an?|the|this|that|another)\s+(?:[\w-]+\s+){0,3}$"
)
TARGETED = re.compile(
    r"\b(?:attacks?|attacked|attacking|strikes?|airstrikes?|raids?|assaults?|fired|firing|launched|launching|rockets?|missiles?|bombs?|offensive|operation|barrage|shelling|ambush\w*|weapons|war)\b[^.;]{0,50}?"
    r"\b(?:on|against|targeting|at)\s+(?:[\w’'-]+\s+){0,4}$|\b(?:targeting|targeted|targets?|attacked|struck|killing|killed)\s+(?:[\w’'-]+\s+){0,5}$|\bagainst\s+(?:[\w’'-]+\s+){0,4}$"
)
# "M23 rebels backed by Rwandan troops captured": the backer is not the subject.
BACKER = re.compile(
    r"\b(?:(?:backed|supported|aided|joined|helped|accompanied|led|armed|trained|funded|paid) by|with (?:the )?(?:help|support|backing|aid|assistance) of)\s+(?:(?:the|its|an?|allied|some|about|almost|nearly|around|\d+)\s+)*$"
)
# "soldiers killed an Islamic State leader in a raid": the object of another verb is not the subject.
DONE_TO_IT = re.compile(
    r"(?<!was )(?<!were )(?<!been )\b(?:killed|killing|attacked|attacking|captured|capturing|struck|striking|bombed|bombing|shelled|shelling|ambushed|ambushing|arrested|arresting|targeted|wounded|wounding|raided|raiding|freed|rescued|drove|driving|lured|luring|blamed|blames|blaming|accused|accuses|accusing|condemned|denounced|questioned|questioning|charged|charging|detained|detaining|convicted|jailed|interrogating|fought|fighting|fight|brought down|bringing down|shot down|shooting down|downed|downing|destroyed|destroying|blew up|blowing up|stormed|storming|overran|overrunning|sank|sinking|torched|burned)\s+"
    r"(?:(?:an?|the|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|senior|top|suspected|alleged|at least|dozens of|members? of|commanders? of|leaders? of)\s+)*$"
)
# "units of the Front seized": a part of it is the subject.
MEN_OF = re.compile(
    r"\b(?:units?|elements|members?|m[ae]n|fighters?|forces|troops|columns?|detachments?|brothers|soldiers|militants|gunmen|cells?|squads?|factions?|battalions?|brigades?|commandos|wing|supporters|followers|"
    r"activists|cadres|groups?|gangs?|bands?|teams?|patrols?|leaders?|commanders?|dozens|hundreds|scores|some|\d+) of\s+(?:the\s+|our\s+)?$"
)
OF = re.compile(r"\b(?:of|belonging to|carrying)\s+(?:the\s+|an?\s+|two\s+|several\s+|some\s+|\d+\s+)?$")
# "..., Iran's most powerful general, ..." describes a name; "On Monday, police ..." does not
ASIDE = re.compile(
    r"\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)[A-Z][\w’'-]+(?:\[\d+\])?,\s+(?:the\s+)?$"
)
# "Three policemen, ambushed on the road, died": done to those before the comma, where no object follows.
REDUCED = re.compile(
    r"(?:\w+ed|shot|slain|hit|struck|blown|beaten|slaughtered)(?: dead| down| up)?(?:$|[,.;]| (?:in|on|by|near|with|when|while|as|after|during|outside|inside|last|this|from)\b)"
)
FALLS = re.compile(r"\b(?:f[ae]ll(?:s|en)?|pass(?:ed|es)?|los(?:t|es)|surrendered|capitulated)\b")
# "fell on Thursday to the Front", "passed into the hands of the rebels"
TO_WHOM = re.compile(
    r"\W*(?:[\w.-]+,? ){0,7}?(?:to|into the (?:hands|control) of|under the (?:control|rule|sway) of) (?:(?:the|an?|advancing|attacking|invading|local|some|about|\d+|a force of|fighters (?:of|from)|forces of) )*"
)
FROM_AFAR = frozenset({"Shelling/artillery/missile attack", "Air/drone strike"})
CIVIL_EVENTS = frozenset({"Protests", "Riots"})


class Cast:
    """The sentences of an article and the actors in them, found by where they stand; made once for all of its claims."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], actors: Sequence[ActorWords], year: int | None = None
    ) -> None:
        """`year` is the one of the article's publication, None where nobody knows it."""
        self.text, self.sentences, self.actors, self.year = text, sentences, actors, year
        self.lines = Ordered((s.span for s in sentences), lambda span: span)
        self.named = Ordered(actors, lambda a: a.span)
        self.following = {a.span: b.span for a, b in pairwise(sentences) if a.paragraph == b.paragraph}
        self.telling: frozenset[Span] = frozenset()  # the sentences that hold the event words of a claim
        self._before: dict[int, str] = {}  # by offset
        self._behind: dict[int, str] = {}

    def before(self, words: ActorWords) -> str:
        """Up to seventy characters before an actor, in lower case, no further than its paragraph."""
        start = words.span.start
        if start not in self._before:
            ahead = self.text[max(0, start - 70) : start]
            self._before[start] = ahead.rsplit("\n", 1)[-1].casefold()
        return self._before[start]

    def behind(self, words: ActorWords) -> str:
        """Up to ninety characters behind an actor, in lower case."""
        end = words.span.end
        if end not in self._behind:
            self._behind[end] = self.text[end : end + 90].casefold()
        return self._behind[end]


class Scene:
    """One claim, its sentences, and the actors in them."""

    def __init__(self, cast: Cast, claim: Claim, victims: Sequence[Span], country: str = "") -> None:
        """`victims` are the spans of the figures that the claim counts, `country` the ISO code of its place, "" where open.

        `sentence` is the one with the event words.
        """
        self.country = country
        self.cast, self.text, self.claim, self.all = cast, cast.text, claim, cast.actors
        self.victims = victims
        self.passages = _sentences(cast, claim)
        self.after = _following(cast, self.passages)
        self.sentence = next((s for s in self.passages if s.overlaps(claim.trigger)), claim.evidence)

    def _may_act(self, words: ActorWords) -> bool:
        if (
            words.form in ("people", "civilians")
            or OF_LAND.match(self._behind(words))
            or self._owns(words)
            or NOT_ACTING.search(words.span.of(self.text).casefold())
        ):
            return False
        return words.kind != "civilian" or self.claim.event_type in CIVIL_EVENTS

    def _owns(self, words: ActorWords) -> bool:
        """Is this a bare "Pakistan's", which says where and not who?"""
        return words.form in ("state", "capital") and words.span.of(self.text).endswith(("'s", "’s"))

    def _in(self, span: Span) -> list[ActorWords]:
        """The actors inside a span, in order."""
        return self.cast.named.inside(span)

    def _nearest(self, words: Iterable[ActorWords]) -> ActorWords | None:
        """The actor nearest to the event words, the earlier of two; None of none."""
        place = self.claim.trigger.start
        return min(words, key=lambda a: (abs(a.span.start - place), a.span), default=None)

    def _home(self) -> int | None:
        """The number of the sentence that the event words stand in."""
        sentences = self.cast.sentences
        return next((n for n, s in enumerate(sentences) if s.span.overlaps(self.claim.trigger)), None)

    def _before(self, words: ActorWords) -> str:
        return self.cast.before(words)

    def _behind(self, words: ActorWords) -> str:
        return self.cast.behind(words)

    def _passive(self, home: Span) -> bool:
        """Is the event told in the passive at the trigger: "was ambushed", "were struck by shells"?"""
        before = self.text[home.start : self.claim.trigger.start].casefold()[-120:]
        if before.endswith(", ") and REDUCED.match(
            self.text[self.claim.trigger.start : self.claim.trigger.end + 12].casefold()
        ):
            return True
        return any(told.search(before) for told in (PASSIVE, STRUCK_BY, FELL_IN))

    def _is_lost(self) -> bool:
        """Is a place told to fall or be lost, rather than to be taken?"""
        falls = FALLS.search(self.claim.trigger.of(self.text).casefold())
        return falls is not None and "territory" in self.claim.sub_event_type

    def _falls_to(self, words: ActorWords) -> bool:
        """Read "the town fell to the rebels": who took it."""
        gap = self.text[self.claim.trigger.end : words.span.start].casefold()
        return self._is_lost() and TO_WHOM.fullmatch(gap) is not None

    def _cut(self, start: int, end: int) -> bool:
        return start < end and CLAUSE_END.search(self.text, start, end) is not None

    def _is_subject(self, words: ActorWords, between: str, *, whole: bool) -> bool:
        """May these words be what the verb is told of? `whole`: as "a convoy of Malian troops" is."""
        before = self._before(words)
        if (
            DONE_TO_IT.search(before)
            or self._governed(words, whole=whole)
            or (SPEAKS.match(between.casefold()) and not AND_DID.search(between.casefold()))
            or ANSWERS.search(between.casefold())
            or LOOKS_INTO.search(between.casefold())
            or (self.claim.event_type != "Battles" and WHEN.search(between))
            or ("," in between and OPENS_CLAUSE.search(before))
        ):
            return False
        aside = "," in between and ASIDE.search(self.text[max(0, words.span.start - 40) : words.span.start]) is not None
        place = words.form in ("state", "capital") and (before.rstrip().endswith(",") or between.startswith((",", "(")))
        return not aside and not place

    def _governed(self, words: ActorWords, *, whole: bool) -> bool:
        """Does a preposition make a place or an object of the words, and no "after" that begins a clause of theirs?"""
        before = self._before(words)
        if not PREPOSITION.search(before) or MEN_OF.search(before) or (whole and OF.search(before)):
            return False
        return CONJUNCTION.search(before) is None or ACTS.match(self._behind(words)) is None

    def _subject(self, words: list[ActorWords], trigger: Span, home: Span, *, whole: bool = False) -> ActorWords | None:
        """The nearest actor before the event words that no preposition makes a place or an object."""
        best = None
        for a in reversed(words):
            if a.span.end > trigger.start or a.span.start < home.start or a.form in ("adjective", "strike"):
                continue
            between = self.text[a.span.end : trigger.start]
            if self._cut(a.span.end, trigger.start):
                break
            if not self._is_subject(a, between, whole=whole) or BACKER.search(self._before(a)):
                continue
            if a.known:
                return a
            best = best or a
        return best

    def _victim_words(self) -> Iterator[ActorWords]:
        for victims in self.victims:
            yield from self.cast.named.touching(victims)

    def _is_victim(self, words: ActorWords) -> bool:
        """Are those who were killed or wounded of the same side?"""
        return bool(words.side) and any(v.side == words.side for v in self._victim_words())


def _sentences(cast: Cast, claim: Claim) -> tuple[Span, ...]:
    """The whole sentences that the claim's passages touch, the one with the trigger first, then in the claim's order."""
    spans = (span for passage in (claim.trigger, *claim.passages) for span in cast.lines.touching(passage))
    return tuple(dict.fromkeys(spans))


def _following(cast: Cast, passages: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences of the same paragraph after the last passage of each run: there stands who is blamed."""
    behind = (cast.following.get(passage) for passage in sorted(passages))
    return tuple(s for s in behind if s is not None and s not in passages)
