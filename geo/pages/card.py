"""One incident with everything behind it, as escaped HTML: pure functions of exported features."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import urlsplit

from geo.pages import words
from geo.pages.marks import Mark, marked

Feature = dict[str, Any]


def card(sites: list[Feature], colour: str) -> str:
    """The details of an incident from the features of its sites, the most telling site first."""
    first = sites[0]["properties"]
    rows = [
        ("When", _when(first)),
        ("Where", "".join(_site(site["properties"], len(sites) > 1) for site in sites)),
        ("Killed", _tolls(first, "killed", sites)),
        ("Injured", _tolls(first, "injured", sites)),
        ("Who", _who(first)),
        ("With what", escape(str(first.get("weapon") or ""))),
        ("Sources differ", _list([words.differing(d) for d in first.get("disagreements") or ()])),
    ]
    facts = "".join(f"<dt>{label}</dt><dd>{body}</dd>" for label, body in rows if body)
    body = f'<dl>{facts}</dl><div class="cm-reports">{_sources(sites)}</div>{_why(first)}'
    return f'<article class="cm-card">{_head(first, colour)}<div class="cm-body">{body}</div></article>'


def _head(p: Feature, colour: str) -> str:
    grade = str(p.get("grade") or "")
    badge = (
        f'<span class="cm-badge" title="{escape(words.GRADES.get(grade, ""))}">{escape(grade)}</span>' if grade else ""
    )
    if p.get("status") and p["status"] != "unreviewed":
        badge += f'<span class="cm-badge">{escape(str(p["status"]))}</span>'
    return (
        f'<p class="cm-kind"><i style="background:{escape(colour)}"></i>{escape(str(p.get("event_type") or ""))}'
        f" · {escape(str(p.get('sub_event_type') or ''))}{badge}</p>"
        f"<h3>{escape(str(p.get('title') or ''))}</h3>"
    )


def _when(p: Feature) -> str:
    prec = words.DATE_PREC.get(p.get("date_prec") or 0, "no source gives a day")
    edtf = f" · <code>{escape(str(p['date_edtf']))}</code>" if p.get("date_edtf") else ""
    known = f" · first reported {escape(words.day(p['first_reported']))}" if p.get("first_reported") else ""
    return f"{escape(words.days(p))}<small>{escape(prec)}{edtf}{known}</small>"


def _site(p: Feature, several: bool) -> str:
    lines = [escape(words.precision(p))]
    written = p.get("place_as_written")
    if written and written != p.get("place"):
        lines.append(f"written “{escape(str(written))}”")
    if p.get("place_inferred"):
        reviewed = p["place_inferred"] == "reviewed"
        lines.append("set by a reviewer" if reviewed else f"inferred: {escape(str(p['place_inferred']))}")
    rivals = [f"{r.get('name')} ({r.get('country') or '?'})" for r in p.get("rivals") or []]
    if rivals and not p.get("place"):
        lines.append(f"might be {escape(', '.join(rivals[:4]))}")
    toll = words.figure(p, "killed") if several else ""
    own = f" · {escape(toll)} killed here" if toll else ""
    return f"<div>{escape(words.where(p))}{own}<small>{' · '.join(lines)}</small>{_choice(p, rivals)}</div>"


def _choice(p: Feature, rivals: list[str]) -> str:
    """How the place was chosen, and instead of which."""
    reasons = [f"{reason} ({weight:+.1f})" for reason, weight in p.get("place_evidence") or []]
    if not reasons or not p.get("place"):
        return ""
    instead = f"<br>rather than {escape(', '.join(rivals[:6]))}" if rivals else ""
    return (
        f"<details><summary>How it was resolved</summary><small>{escape(', '.join(reasons))}{instead}</small></details>"
    )


def _tolls(first: Feature, kind: str, sites: list[Feature]) -> str:
    total = words.figure(first, f"incident_{kind}")
    if not total and len(sites) == 1:
        total = words.figure(first, kind)
    if not total:
        return ""
    civilians = first.get("killed_civilians") if kind == "killed" else None
    if civilians not in (None, "", []):
        total += f", of them {words.plural(civilians, 'civilian')}"
    by = []
    for source in each_source(sites):
        by += [f"{c['value']} (reviewer)" for c in source.get("corrections") or [] if c["field"] == kind and c["value"]]
        said = words.figure(source, kind)
        if said:
            by.append(f"{said} ({source.get('publisher') or source.get('title')})")
    if kind == "killed" and (named := first.get("killed_names")):
        by.append(f"named among the dead: {', '.join(named)}")
    return f"{escape(total)}<small>{escape(' · '.join(dict.fromkeys(by)))}</small>"


def _who(p: Feature) -> str:
    actors = [a for a in (words.actor(p, "actor1"), words.actor(p, "actor2")) if a]
    return (
        " <b>→</b> ".join(escape(a) for a in actors) if p.get("actor1") else escape("".join(f"→ {a}" for a in actors))
    )


def _list(items: list[str]) -> str:
    return "<br>".join(escape(str(item)) for item in items)


def _why(p: Feature) -> str:
    """Why its reports were taken for one event, folded away: few readers ask, and those need all of it."""
    reasons = "".join(f"<li>{escape(str(reason))}</li>" for reason in p.get("why") or [])
    return f"<details><summary>Why these reports are one event</summary><ul>{reasons}</ul></details>" if reasons else ""


def each_source(sites: list[Feature]) -> list[Feature]:
    """Every report behind some sites, once, in the order of the sites."""
    seen: dict[str, Feature] = {}
    for site in sites:
        for source in site["properties"].get("sources") or []:
            seen.setdefault(str(source.get("report_id") or source), source)
    return list(seen.values())


def _sources(sites: list[Feature]) -> str:
    sources = each_source(sites)
    heading = f"<h4>{words.plural(len(sources), 'report')}</h4>"
    names = {str(s["properties"].get("place_id")): str(s["properties"].get("place")) for s in sites}
    return heading + "".join(_source(source, names) for source in sources)


def _source(s: Feature, names: dict[str, str]) -> str:
    brief = s.get("kind") == "brief"
    title = escape(str(s.get("title") or "untitled"))
    url = str(s.get("url") or "")
    if urlsplit(url).scheme in ("http", "https"):
        title = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    by = " · ".join(escape(str(x)) for x in (s.get("publisher"), s.get("author"), words.day(s.get("published"))) if x)
    label = (
        f'<span class="cm-badge">our paraphrase of {escape(str(s.get("publisher") or "the source"))}</span>'
        if brief
        else ""
    )
    hedges = "".join(f'<span class="cm-badge">{escape(str(h))}</span>' for h in s.get("hedges") or [])
    return (
        f'<section class="cm-source"><p>{title}<small>{by}</small>{label}{hedges}</p>'
        f'<blockquote class="{"cm-brief" if brief else ""}">{quotation(s)}</blockquote>{_elsewhere(s)}{_corrected(s, names)}</section>'
    )


def _corrected(s: Feature, names: dict[str, str]) -> str:
    """What people put in place of what the source says, and why; `names` are those of the incident's places by id."""
    lines = [
        f"{escape(words.FIELDS.get(c['field'], c['field'].replace('_', ' ')))}: {escape(names.get(c['value'], c['value']) or 'not known')}, "
        f"says {escape(c['who'] or 'a reviewer')}{escape(': ' + c['why'] if c['why'] else '')}"
        for c in s.get("corrections") or []
    ]
    return f'<p class="cm-else">corrected: {"; ".join(lines)}</p>' if lines else ""


def _marks(source: Feature) -> list[Mark]:
    evidence = source.get("evidence") or {}
    return [
        Mark(int(e["start"]), int(e["end"]), field, words.FIELDS.get(field, field))
        for field, found in evidence.items()
        for e in found or []
    ]


def quotation(source: Feature) -> str:
    """A source's sentence with the words behind each field marked."""
    return marked(str(source.get("quote") or ""), _marks(source), int(source.get("start") or 0))


def _elsewhere(s: Feature) -> str:
    """The evidence that stands in other sentences than the quoted one."""
    start, end = int(s.get("start") or 0), int(s.get("end") or 0)
    lines = [
        f"{escape(words.FIELDS.get(field, field))}: “{escape(str(e.get('quote') or ''))}”"
        for field, found in (s.get("evidence") or {}).items()
        for e in found or []
        if int(e["end"]) <= start or int(e["start"]) >= end
    ]
    return f'<p class="cm-else">elsewhere in the text: {" · ".join(dict.fromkeys(lines))}</p>' if lines else ""
