"""Say of each sentence of an article what was found in it, what was dropped, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.model import Place, Report, Review, Span, Unresolved
from geo.pipeline import Reading

MarkKind = Literal["event", "dropped", "place", "demonym", "date", "toll", "actor", "left out"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an article with what the tool makes of them, in plain text (not HTML). `report` is the id of the report
    that an event mark belongs to, "" for other marks.
    """

    span: Span
    kind: MarkKind
    note: str
    report: str = ""


def marks(reading: Reading) -> tuple[Mark, ...]:
    """Everything that the stages marked in an article, in the order of its text. Marks may overlap."""
    return tuple(sorted(_marks(reading), key=lambda m: (m.span, m.kind)))


def _marks(reading: Reading) -> Iterator[Mark]:
    for report in reading.reports:
        yield Mark(report.trigger, "event", summary(report), report.id)
    left_out = {o.span for o in reading.article.left_out}
    for out in reading.article.left_out:
        yield Mark(out.span, "left out", out.reason)
    for dropped in reading.dropped:
        if dropped.span not in left_out:
            yield Mark(dropped.trigger or dropped.span, "dropped", dropped.reason)
    for name in reading.toponyms:
        yield Mark(
            name.span, "demonym" if name.mention.demonym else "place", place_note(name.place, name.rung, name.score)
        )
    for day in reading.dates:
        yield Mark(day.span, "date", "date words")
    for toll in reading.tolls:
        figure = f"{toll.low}" if toll.low == toll.high else f"{toll.low} to {toll.high}"
        yield Mark(toll.span, "toll", f"{toll.kind}: {figure}")
    for actor in reading.actors:
        yield Mark(actor.span, "actor", actor.name)


def place_note(place: Place | None, rung: str, score: float) -> str:
    """What a name was taken for and by which rung of the ladder."""
    if place is None:
        return "not resolved"
    return f"{place.name}, {place.country or 'no country'} ({place.feature_code}; {rung}, score {score:.1f})"


def summary(report: Report) -> str:
    """A report in one line: type, days, place, tolls."""
    where = report.where
    if isinstance(where, Unresolved):
        spot = f"{where.name or 'no place'}: not on the map" + (f" ({where.country})" if where.country else "")
    else:
        spot = f"{where.place.name} (precision {where.where_prec})" + (f", {where.inferred}" if where.inferred else "")
    parts = [report.sub_event_type, report.when.edtf if report.when else "day unknown", spot]
    for name, count in (("killed", report.details.killed), ("injured", report.details.injured)):
        if count:
            parts.append(f"{name} {count}")
    actors = " -> ".join(a.name if a else "?" for a in (report.details.actor1, report.details.actor2))
    return "; ".join([*parts, actors] if actors != "? -> ?" else parts)


def text(reading: Reading, decisions: Sequence[Review] = ()) -> str:
    """The article sentence by sentence, for a terminal; `decisions` are those of people that are in force."""
    article = reading.article
    out = [f"{article.title or article.id} ({article.publisher or 'publisher unknown'})", ""]
    if article.published is None:
        out += ["No day of publication: words such as 'yesterday' stay open.", ""]
    for sentence in reading.sentences:
        out += [" ".join(sentence.span.of(article.text).split()), *_of_sentence(reading, decisions, sentence.span)]
    if article.left_out:
        out += ["", "Left out:"]
        out += [f"    {o.reason}: {len(o.span.of(article.text))} characters" for o in article.left_out]
    return "\n".join(out)


def _of_sentence(reading: Reading, decisions: Sequence[Review], sentence: Span) -> Iterator[str]:
    words = reading.article.text
    for report in reading.reports:
        if sentence.overlaps(report.trigger):
            yield f"    + {report.id}  {summary(report)}"
            yield from (f"      {_decided(r)}" for r in decisions if report.id in (r.report_id, r.other_report_id))
        elif sentence in report.passages:
            yield f"    . tells more of {report.id}"
    for dropped in reading.dropped:
        if sentence.overlaps(dropped.span):
            yield f"    - {dropped.reason}: {(dropped.trigger or dropped.span).of(words)!r}"
    for name in reading.toponyms:
        if sentence.covers(name.span):
            yield f"      {name.span.of(words)}: {place_note(name.place, name.rung, name.score)}"


def _decided(review: Review) -> str:
    """A decision in one line, with who took it and why."""
    return f"{review.who or 'a reviewer'} decided {review}" + (f" ({review.why})" if review.why else "")
