"""The types that the stages hand to one another, and the errors. Standard library only.

Conventions that hold everywhere:

- A text offset is a Unicode code point of `Article.text`, counted from 0; a span is half open.
- A day is a calendar day at the place of the incident (`datetime.date`), never converted to UTC; an interval
  includes both its ends.
- Coordinates are WGS 84 degrees in fields called `lat` and `lon`; lengths carry their unit (`radius_km`).
- A figure is a `Count(low, high)`, both inclusive; `None` means that nothing is said, which is not zero.

Every constructor refuses a value that breaks these rules with a `ValueError` that names the field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple, Self

# ------------------------------------------------------------------------------------------------- errors


class ConflictMapError(Exception):
    """Anything that the tool refuses, in words that a user can act on."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a user's file: where it is, what is wrong, and how to mend it.

    `row` counts from 1 with the header as row 1, as a spreadsheet shows it; None where the whole file is meant.
    """

    file: str
    row: int | None
    field: str | None
    reason: str
    cure: str = ""

    def __str__(self) -> str:
        where = self.file + (f", row {self.row}" if self.row else "") + (f", {self.field}" if self.field else "")
        return f"{where}: {self.reason}" + (f" ({self.cure})" if self.cure else "")


class BadInput(ConflictMapError):  # noqa: N818 - it names what is bad, and is caught by that name everywhere
    """One or more problems of a user's files, all of them at once."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


# ------------------------------------------------------------------------------------------------- text


class _Offsets(NamedTuple):
    start: int
    end: int


class Span(_Offsets):
    """Half-open code-point offsets into `Article.text`; a tuple, since every article makes and compares thousands."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """Raises ValueError unless 0 <= start < end."""
        if not 0 <= start < end:
            raise ValueError(f"span: 0 <= start < end does not hold for {start}, {end}")
        return tuple.__new__(cls, (start, end))

    def of(self, text: str) -> str:
        """The words of `text` under this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Do the two share a character?"""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Does the other lie wholly in this one?"""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a document that is not the article's own account: comments, newsletters, link lists, notes."""

    span: Span
    reason: str


ArticleKind = Literal["original", "brief"]


@dataclass(frozen=True, slots=True)
class Article:
    """One document as stored.

    `published` is the first and the last day that the publication date leaves open ("2020-05" is the 1st to the
    31st), or None. `text` is the whole file as decoded: offsets keep pointing into it, and `left_out` marks the parts
    that no stage reads. `kind` is "brief" where the words are this project's paraphrase and not the publisher's.
    """

    id: str
    title: str
    publisher: str
    text: str
    author: str = ""
    published: tuple[date, date] | None = None
    url: str = ""
    kind: ArticleKind = "original"
    left_out: tuple[LeftOut, ...] = ()
    sha256: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("article: id is empty")
        if self.published and self.published[0] > self.published[1]:
            raise ValueError(f"article {self.id}: published ends before it starts")
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode("utf-8")).hexdigest())


class Token(NamedTuple):
    """A word, number or mark; `lower` is its casefolded text with typographic apostrophes made plain."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item; `paragraph` counts blocks of text, `heading` marks a line without a verb's end."""

    span: Span
    paragraph: int
    tokens: tuple[Token, ...]
    heading: bool = False


# ------------------------------------------------------------------------------------------------- places


PlaceLevel = Literal["site", "town", "district", "admin1", "country", "region", "water"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the gazetteer knows.

    `feature_code` is GeoNames' class and code ("P.PPLC", "S.AIRB"); `country` is ISO 3166-1 alpha-2, "" for the high
    seas and for regions across borders; `admin1` is the name of the first-order division. `radius_km` is how far from
    (lat, lon) the place honestly reaches; `area` names its polygon in `gazetteer/areas.geojson`, if it has one.
    `importance` orders homonyms: log10 of the population or a stand-in for it, 0 where unknown. `confirmed` is False
    where no source can be cited for the point: `radius_km` then says how far it may be off.
    """

    id: str
    name: str
    feature_code: str
    country: str
    lat: float
    lon: float
    radius_km: float
    admin1: str = ""
    importance: float = 0.0
    area: str = ""
    names: tuple[str, ...] = ()
    reviewed: bool = False
    source: str = ""
    source_licence: str = ""
    confirmed: bool = True
    level: PlaceLevel = field(init=False, repr=False, compare=False)  # what a mention pins down, from its feature code

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"place {self.id}: lat {self.lat} is not between -90 and 90")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"place {self.id}: lon {self.lon} is not between -180 and 180")
        if not self.radius_km > 0:
            raise ValueError(f"place {self.id}: radius_km {self.radius_km} is not above 0")

        object.__setattr__(self, "level", _level(self.feature_code))


@cache  # there are 700 codes, and a place is made for every row of the index that is met
def _level(feature_code: str) -> PlaceLevel:
    letter, _, code = feature_code.partition(".")
    if letter == "A":
        if code.startswith("PCL") or code == "TERR":
            return "country"
        return "admin1" if code in ("ADM1", "ADM1H") else "district"
    if letter == "H":
        return "water"
    if letter == "L" and code in ("CONT", "RGN", "RGNE", "RGNH"):
        return "region"
    if letter == "P":
        return "site" if code == "PPLX" else "town"
    return "region" if letter == "T" and code in ("MTS", "DSRT", "PEN", "VALS", "PLN", "PLAT", "ISLS") else "site"


Evidence = tuple[str, object, float]  # a reason with at most one gap, what fills it, and its weight


def in_words(evidence: Sequence[Evidence]) -> list[tuple[str, float]]:
    """The reasons with their gaps filled, and their weights: made where they are printed, as words cost time."""
    return [(reason.format(gap), round(weight, 3)) for reason, gap, weight in evidence]


class Candidate(NamedTuple):
    """A place that a name may mean, how the name matched, and what spoke for and against it.

    `rung` is the step of the folding ladder that matched: exact, marks, article, phonetic, skeleton, demonym,
    abbreviation. The weights of `evidence` add up to `score`. A tuple, since every name makes several.
    """

    place: Place
    rung: str
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name as the text writes it, before anything is chosen.

    `name` is the bare name; `type_word` is the feature word beside it ("base", "province") and belongs to the span.
    `relation` is how the text places something by this name: "at", "nearby" (at a place near to
    what was told before), "near", "north of", "between" ...; `distance_km`
    where it says how far. `inside` are indices of mentions that this one is written to lie in ("Makhmour, Iraq").
    `demonym` marks "Russian" and its like; `metonym` a capital or country that stands for its government or forces.
    """

    span: Span
    name: str
    candidates: tuple[Candidate, ...]
    type_word: str = ""
    relation: str = "at"
    distance_km: float | None = None
    inside: tuple[int, ...] = ()
    demonym: bool = False
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention with its choice: `place` is None where the evidence is too weak or too close.

    `rivals` are the candidates that lost, best first.
    """

    mention: Mention
    place: Place | None
    score: float
    evidence: tuple[Evidence, ...] = ()
    rung: str = ""
    rivals: tuple[Candidate, ...] = ()

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return self.mention.span


WherePrecision = Literal[1, 2, 3, 4, 5, 6, 7]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a report says that its incident was.

    `where_prec` is UCDP GED's: 1 exact, 2 near a known point, 3 district, 4 first-order division, 5 fuzzy or linear
    feature, 6 country, 7 sea or air outside countries. `lat`, `lon` is a point for precision 1 and 2, otherwise the
    middle of the area. `words` are the spans that name the place, the most exact first; empty where it is inferred
    from the story, and then `inferred` says from what.
    """

    place: Place
    where_prec: WherePrecision
    lat: float
    lon: float
    radius_km: float
    words: tuple[Span, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inferred: str = ""

    @property
    def geo_precision(self) -> int:
        """ACLED's: 1 exact, 2 part of a region known, 3 only a larger region known."""
        return 1 if self.where_prec <= 1 else 2 if self.where_prec <= 3 else 3


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The name of a place that stays open, as the text writes it, with what it might be. No dot is drawn for it.

    `country` is the ISO code where the story leaves no doubt of it, else "".
    """

    name: str
    words: tuple[Span, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    country: str = ""
    why: str = ""


# ------------------------------------------------------------------------------------------------- time


WhenKind = Literal["within", "throughout"]


@dataclass(frozen=True, slots=True)
class When:
    """The days that an article leaves open for an incident: `first` to `last`, both inclusive.

    `within` means on one unknown day of them (EDTF `[a..b]`), `throughout` that it lasted (EDTF `a/b`). `words` are
    the spans that say so; `anchor` says what a relative expression was counted from.
    """

    first: date
    last: date
    kind: WhenKind = "within"
    words: tuple[Span, ...] = ()
    anchor: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"when: {self.first} is after {self.last}")

    @property
    def edtf(self) -> str:
        """Extended Date/Time Format (ISO 8601-2), level 1 or 2."""
        if self.first == self.last:
            return self.first.isoformat()
        if self.kind == "throughout":
            return f"{self.first}/{self.last}"
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            if (self.first.year, self.first.month) == (self.last.year, self.last.month):
                return f"{self.first:%Y-%m}"
            if self.first.month == 1 and self.last.month == 12 and self.first.year == self.last.year:
                return f"{self.first:%Y}"
        return f"[{self.first}..{self.last}]"

    @property
    def date_prec(self) -> int:
        """UCDP GED's: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer."""
        days = (self.last - self.first).days + 1
        return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


# ------------------------------------------------------------------------------------------------- reviews


ReviewDecision = Literal["accept", "reject", "merge", "split", "correct"]


@dataclass(frozen=True, slots=True)
class Review:
    """One human decision about a report, as a row of `data/reviews.csv`.

    `field` and `value` belong to `correct`; `other_report_id` to `merge` (required) and `split` (empty: from all others).
    `when` is the day or the moment as written, ISO 8601.
    """

    report_id: str
    decision: ReviewDecision
    field: str = ""
    value: str = ""
    other_report_id: str = ""
    who: str = ""
    when: str = ""
    why: str = ""

    @property
    def what(self) -> str:
        """Give what is decided beside the kind of decision: "killed is 24", "with 0123456789ab"; "" where that says all."""
        if self.field:
            return f"{self.field} is {self.value or 'not known'}"
        return f"with {self.other_report_id}" if self.other_report_id else ""

    def __str__(self) -> str:
        """Give the decision without its report and reviewer: "correct: killed is 24"."""
        return f"{self.decision}: {self.what}" if self.what else self.decision


# ------------------------------------------------------------------------------------------------- incidents


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things, as wide as the words leave it. Both ends are inclusive.

    `open_high`: the words set no upper end ("at least 27"); `high` is then the largest number that they name.
    `about`: they say only roughly how many ("some 30", "nearly 50").
    """

    low: int
    high: int
    words: tuple[Span, ...] = ()
    open_high: bool = False
    about: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"count: 0 <= low <= high does not hold for {self.low}, {self.high}")

    def __str__(self) -> str:
        """Give "3", "3 to 5", "about 30" or "27 or more"."""
        said = f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"
        said = f"about {said}" if self.about else said
        return f"{said} or more" if self.open_high else said


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted or was hit: a name of `geo/rules/actors.csv`, or a description in the text's own words (`known` False).

    `side` is the actor list's word for the camp that it belongs to, "" where the list gives none. `inferred`: not told of
    this event, but the party that the whole article is about; the words are then elsewhere.
    """

    name: str
    words: tuple[Span, ...] = ()
    known: bool = True
    country: str = ""
    side: str = ""
    inferred: bool = False


Hedge = Literal["alleged", "denied", "claimed", "suspected", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Claim:
    """The passages of one article that report one incident at one place, as spans only.

    `trigger` is the event words that decide its type, `rule` the id of the row in `geo/rules/triggers.toml` that
    matched. `passages` are whole sentences, the one with the trigger first. `places` are spans of the mentions that
    say where, the most telling first; `dates` are spans of date words, in the same order; `implied_place` is a span of
    an earlier mention that the text points back to ("the same square"), `same_day_as` the index of the claim whose day
    this one shares or counts from. `group` is shared by claims that one sentence reports of one event at several sites.
    `another` marks words that tell this event from those reported before it ("again", "a second rocket", "the next week");
    `definite` marks words that point back ("the attack"), `heading` those of a headline. `abroad` is a span of the country of a force
    that tells of its strikes and not where they were: hardly in its own land.
    """

    article: str
    trigger: Span
    rule: str
    event_type: str
    sub_event_type: str
    passages: tuple[Span, ...]
    evidence: Span
    places: tuple[Span, ...] = ()
    dates: tuple[Span, ...] = ()
    tolls: tuple[Span, ...] = ()
    implied_place: Span | None = None
    same_day_as: int | None = None
    group: int | None = None
    hedges: tuple[tuple[Hedge, Span], ...] = ()
    order: int = 0
    another: bool = False
    definite: bool = False
    heading: bool = False
    abroad: Span | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that looked like an incident and is none, with the reason. Kept, counted and shown."""

    article: str
    span: Span
    reason: str
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Dead:
    """One of the killed: by `name` as the text writes it, by `what` ("american contractor"), or by both; "" where not told."""

    name: str
    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class Details:
    """Who, how many, and with what: each figure and name with the span behind it."""

    actor1: Actor | None = None
    actor2: Actor | None = None
    killed: Count | None = None
    injured: Count | None = None
    killed_civilians: Count | None = None
    weapon: str = ""
    weapon_words: Span | None = None
    toll_is_overall: bool = False
    dead: tuple[Dead, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One article's account of one incident at one place. `id` survives a rebuild: see `report_id`.

    `another` as in `Claim`: another event than those that the article reported before it. `corrections` are what people
    decided of single fields, `told` is then the report as it was read: the source's own account.
    """

    id: str
    article: str
    published: tuple[date, date] | None
    publisher: str
    event_type: str
    sub_event_type: str
    trigger: Span
    evidence: Span
    passages: tuple[Span, ...]
    when: When | None
    where: Where | Unresolved
    details: Details
    hedges: tuple[tuple[Hedge, Span], ...] = ()
    group: str = ""
    rule: str = ""
    another: bool = False
    corrections: tuple[Review, ...] = ()
    told: Report | None = None

    @property
    def as_told(self) -> Report:
        """What the source says, whatever people corrected."""
        return self.told or self

    def reviewed(self, *fields: str) -> bool:
        """Did a person put a value into one of these fields?"""
        return any(c.field in fields and c.value for c in self.corrections)


def decided(reports: Iterable[Report], *fields: str) -> list[Report]:
    """The reports into one of whose `fields` a person put a value, all of them where nobody did: such a value goes first."""
    reports = list(reports)
    return [r for r in reports if r.reviewed(*fields)] or reports


def report_id(article: str, trigger_words: str, occurrence: int) -> str:
    """Twelve hex digits from the article's id, the trigger's words and which occurrence of them it is (from 0).

    Neither the gazetteer nor any offset enters, so a decision about a report outlives a corrected place and an edit
    elsewhere in the text.
    """
    key = f"{article}\0{trigger_words.casefold()}\0{occurrence}"
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Deaths:
    """UCDP-style: the lowest, the best and the highest figure that the sources support; `open_high` and `about` as in `Count`."""

    low: int
    best: int
    high: int
    open_high: bool = False
    about: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best <= self.high:
            raise ValueError(f"deaths: low <= best <= high does not hold for {self.low}, {self.best}, {self.high}")


@dataclass(frozen=True, slots=True)
class Site:
    """One place of an incident, with the reports that place it there and this site's own tolls."""

    id: str
    where: Where | Unresolved
    reports: tuple[str, ...]
    killed: Deaths | None = None
    killed_civilians: Count | None = None
    injured: Count | None = None


Grade = Literal["confirmed", "fair", "weak", "contested"]


@dataclass(frozen=True, slots=True)
class Incident:
    """The reports of one real event at one or more sites, with their disagreement kept.

    `why` says in plain words, pair by pair, why reports were taken for the same event.
    """

    id: str
    event_type: str
    sub_event_type: str
    when: When | None
    sites: tuple[Site, ...]
    reports: tuple[str, ...]
    actor1: str = ""
    actor2: str = ""
    killed: Deaths | None = None
    injured: Count | None = None
    grade: Grade = "weak"
    status: str = "unreviewed"
    first_reported: date | None = None
    disagreements: tuple[str, ...] = ()
    why: tuple[str, ...] = field(default=())
