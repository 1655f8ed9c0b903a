"""The one place where the stages meet: articles -> reports -> incidents. Holds no rule and does no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from geo import dates, details, find, fold, merge
from geo.dates import DateWords
from geo.decisions import reviews
from geo.details import Facts, actors, tolls
from geo.details.actors import ActorList, ActorWords
from geo.details.apposition import with_asides
from geo.details.tolls import TollWords
from geo.model import Article, Claim, Dropped, Incident, Place, Report, Review, Sentence, Toponym, report_id
from geo.places import locate, toponyms
from geo.places.gazetteer import Gazetteer
from geo.sentences import sentences as cut_sentences
from geo.sentences import unwrapped


@dataclass(frozen=True)
class Reading:
    """What one article says: the marked words, the claims, and the reports made of them.

    `claims` are those that became reports, in the order of `reports`; a telling that was folded into another claim is
    among its passages. `dropped` is all that looked like an incident and is none.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    toponyms: tuple[Toponym, ...]
    dates: tuple[DateWords, ...]
    tolls: tuple[TollWords, ...]
    actors: tuple[ActorWords, ...]
    claims: tuple[Claim, ...]
    reports: tuple[Report, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True)
class Result:
    """All readings of a run and the incidents merged from their reports.

    `reports` are as the human reviews left them; `orphans` are reviews whose report no article makes any more.
    """

    readings: tuple[Reading, ...]
    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    orphans: tuple[tuple[Review, str], ...] = ()
    rejected: tuple[Report, ...] = ()

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles that were read, by id."""
        return tuple(r.article for r in self.readings)


LIFETIME_YEARS = 60  # what happened so long before an article is history to it, no report
LONG_AGO = "history of long ago"


def run(
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    decisions: Sequence[Review] = (),
    *,
    horizon: date | None = None,
) -> Result:
    """Read every article and merge what they report.

    `decisions` are the human reviews; `horizon` drops, with that reason, what happened wholly before that day. The
    order of the articles changes nothing.
    """
    known = actors.load()
    readings = tuple(read(a, gazetteer, known, horizon=horizon) for a in sorted(articles, key=lambda a: a.id))
    made = tuple(r for reading in readings for r in reading.reports)
    return merged(readings, made, decisions, gazetteer.place)


def merged(
    readings: tuple[Reading, ...],
    made: Sequence[Report],
    decisions: Sequence[Review],
    place: Callable[[str], Place | None],
) -> Result:
    """The incidents of reports already made, under the human reviews; `place` gives the place of an id."""
    reviewed = reviews.apply(tuple(made), tuple(decisions), place)
    incidents = merge.merge(reviewed.reports, reviewed.reviews)
    return Result(readings, reviewed.reports, incidents, reviewed.orphans, reviewed.rejected)


def read(article: Article, gazetteer: Gazetteer, known: ActorList, *, horizon: date | None = None) -> Reading:
    """Take one article through every stage up to its reports."""
    lines = cut_sentences(article)
    stored, article = article, replace(article, text=unwrapped(article.text, lines))
    text = article.text
    names = locate.resolve(text, lines, toponyms.mentions(text, lines, gazetteer), gazetteer)
    days = dates.expressions(text, lines)
    counts = tolls.expressions(text, lines)
    lands = frozenset(t.place.country for t in names if t.place)
    who = with_asides(text, actors.expressions(text, lines, known, lands))
    claims, dropped = find.claims(article, lines, names, days, counts, who)
    marked = Reading(article, lines, names, days, counts, who, claims, (), dropped)
    facts = details.Facts(article, lines, counts, who, names, [c.trigger for c in claims])
    folded, adrift, told = _folded(marked, facts, gazetteer)
    reports = _reports(marked, folded, facts, gazetteer, told)
    kept, old = _since(horizon, folded, reports)
    return replace(
        marked,
        article=stored,
        claims=kept[0],
        reports=kept[1],
        dropped=tuple(sorted((*dropped, *adrift, *old), key=lambda d: d.span)),
    )


def _folded(
    marked: Reading, facts: Facts, gazetteer: Gazetteer
) -> tuple[tuple[Claim, ...], tuple[Dropped, ...], dict[int, Report]]:
    """The claims with the tellings of one event made one and the references between them kept; those adrift; and the
    reports, by the claim's number, of what was told only once.
    """
    alone = _reports(marked, marked.claims, facts, gazetteer, {})
    text = marked.article.text
    tellings = [fold.Telling(c, r, c.trigger.of(text)) for c, r in zip(marked.claims, alone, strict=True)]
    groups = []
    adrift = []
    for group in fold.fold(tellings):
        alone_in_it = tellings[group[0]] if len(group) == 1 else None
        if alone_in_it and (reason := fold.adrift(alone_in_it, [t for t in tellings if t is not alone_in_it])):
            adrift.append(Dropped(marked.article.id, alone_in_it.claim.evidence, reason, alone_in_it.claim.trigger))
        else:
            groups.append(group)
    home = {i: n for n, group in enumerate(groups) for i in group}
    united = []
    for n, group in enumerate(groups):
        claim = fold.unite([tellings[i] for i in group])
        same = home.get(claim.same_day_as) if claim.same_day_as is not None else None
        united.append(replace(claim, order=n, same_day_as=same if same != n else None))
    told = {n: tellings[group[0]].report for n, group in enumerate(groups) if len(group) == 1}
    return tuple(united), tuple(adrift), told


def _reports(
    marked: Reading, claims: tuple[Claim, ...], facts: Facts, gazetteer: Gazetteer, told: Mapping[int, Report]
) -> tuple[Report, ...]:
    """One report for each claim; `told` are reports made before, whose days, place and details still hold."""
    whens = dates.resolve(marked.article, claims, marked.dates)
    seen: Counter[str] = Counter()
    out = []
    for n, (claim, when) in enumerate(zip(claims, whens, strict=True)):
        words = claim.trigger.of(marked.article.text).casefold()
        known = told[n].details if n in told else facts.of(claim)
        out.append(
            Report(
                id=report_id(marked.article.id, words, seen[words]),
                article=marked.article.id,
                published=marked.article.published,
                publisher=marked.article.publisher,
                event_type=claim.event_type,
                sub_event_type=claim.sub_event_type,
                trigger=claim.trigger,
                evidence=claim.evidence,
                passages=claim.passages,
                when=dates.closer(told[n].when, when) if n in told else when,
                where=told[n].where if n in told else locate.where(claim, claims, marked.toponyms, gazetteer),
                details=known,
                hedges=(*claim.hedges, *facts.reserves(claim, known)),
                group=f"{marked.article.id}#{claim.group}" if claim.group is not None else "",
                rule=claim.rule,
                another=claim.another,
            )
        )
        seen[words] += 1
    return tuple(out)


def _before(horizon: date | None, report: Report) -> str:
    """Why an event is too old to be reported, "" where it is not."""
    when, published = report.when, report.published
    if when and horizon and when.last < horizon:
        return f"before the horizon {horizon}"
    return LONG_AGO if when and published and published[0].year - when.last.year > LIFETIME_YEARS else ""


def _since(
    horizon: date | None, claims: tuple[Claim, ...], reports: tuple[Report, ...]
) -> tuple[tuple[tuple[Claim, ...], tuple[Report, ...]], list[Dropped]]:
    """Part what happened wholly before the horizon, or a lifetime before its article, from the rest."""
    told = [(c, r, _before(horizon, r)) for c, r in zip(claims, reports, strict=True)]
    kept = [(c, r) for c, r, too_old in told if not too_old]
    dropped = [Dropped(r.article, r.evidence, too_old, r.trigger) for _, r, too_old in told if too_old]
    return (tuple(c for c, _ in kept), tuple(r for _, r in kept)), dropped
