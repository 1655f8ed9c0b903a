"""The plain words that the pages use for codes, days and figures. No HTML."""

from __future__ import annotations

from datetime import date
from typing import Any

from geo.model import Count

DIGITS = 7  # of the largest toll that a table sorts right
MARKDOWN = set("\\`*_{}[]()<>#+-.!|~$:&")  # what Streamlit's Markdown reads as more than a character

WHERE_PREC = {
    1: "exact site",
    2: "near a known point",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "along or around a larger feature",
    6: "somewhere in the country",
    7: "at sea or in the air",
}  # Source: UCDP GED codebook, where_prec

DATE_PREC = {
    1: "the day is known",
    2: "within two to six days",
    3: "within a week",
    4: "within a month",
    5: "within a longer span",
}  # Source: UCDP GED codebook, date_prec

GRADES = {
    "confirmed": "several independent sources agree",
    "fair": "more than one source, or one that saw it",
    "weak": "one source, or hedged",
    "contested": "sources contradict one another",
}

FIELDS = {
    "event": "what happened",
    "date": "when",
    "place": "where",
    "killed": "killed",
    "injured": "injured",
    "actor1": "who did it",
    "actor2": "who it was done to",
    "weapon": "with what",
}


def differing(disagreement: str) -> str:
    """What sources tell differently; it begins with the name of a field."""
    field, colon, told = disagreement.partition(": ")
    return f"{FIELDS.get(field, field)}{colon}{told}" if field.startswith("actor") else disagreement


def plural(number: int, one: str, many: str = "") -> str:
    """'1 incident', '2 incidents'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(iso: str | None) -> str:
    """'2019-06-05' as '5 June 2019'; a month or a year alone stays one; None is ''."""
    if not iso:
        return ""
    try:
        if len(iso) == 7:
            return f"{date.fromisoformat(iso + '-01'):%B %Y}"
        return f"{date.fromisoformat(iso):%-d %B %Y}" if len(iso) == 10 else iso
    except ValueError:
        return iso


def day_in_short(properties: dict[str, Any]) -> str:
    """The day for a narrow column, and no more exact than it is known: '2019-06-05', '2019-06', '2019', or '2019-06-05…'."""
    first, edtf = properties.get("date_start") or "", str(properties.get("date_edtf") or "")
    if len(edtf) in (4, 7):
        return edtf
    return first if properties.get("date_end") in (first, None) else f"{first}…"


def days(properties: dict[str, Any]) -> str:
    """The days that a feature leaves open, in words."""
    first, last = properties.get("date_start"), properties.get("date_end")
    if not first:
        return "day not known"
    if not last or first == last:
        return day(first)
    edtf = str(properties.get("date_edtf") or "")
    if len(edtf) in (4, 7):
        return f"some day in {day(edtf)}"
    if properties.get("date_kind") == "throughout":
        return f"{day(first)} to {day(last)}"
    return f"between {day(first)} and {day(last)}"


def figure(properties: dict[str, Any], kind: str) -> str:
    """'3', '3 to 5', 'about 30', '4 (3 to 5)' with a best figure between, '27 or more'; '' where nothing is said, which is not zero.

    `kind` is what the properties' names begin with: "killed", "injured", "incident_killed".
    """
    low, best, high = (properties.get(f"{kind}_{end}") for end in ("low", "best", "high"))
    if low is None or high is None:
        return ""
    open_high, about = (bool(properties.get(f"{kind}_{end}")) for end in ("open_high", "about"))
    said = str(Count(low, high, open_high=open_high, about=about))
    return f"{best:,} ({said})" if best is not None and low != high else said


def figure_in_short(properties: dict[str, Any], kind: str) -> str:
    """'3', '3–5', '27+', '30 (about)', for a column of a table: spaces before it make it sort as a number does."""
    low, high, open_high, about = (properties.get(f"{kind}_{end}") for end in ("low", "high", "open_high", "about"))
    if low is None or high is None:
        return ""
    said = f"{low}" if low == high else f"{low}–{high}"
    return " " * (DIGITS - len(str(low))) + said + ("+" if open_high else "") + (" (about)" if about else "")


def where(properties: dict[str, Any]) -> str:
    """Place, province and country in one line; the name as written where it is not resolved."""
    if not properties.get("place"):
        return str(properties.get("place_as_written") or "place not named")
    if properties.get("where_prec") == 6:  # the place is the country
        return str(properties["place"])
    parts = [properties["place"], properties.get("admin1"), properties.get("country")]
    return ", ".join(dict.fromkeys(str(p) for p in parts if p))


def precision(properties: dict[str, Any]) -> str:
    """What the place's precision means for a reader."""
    prec = properties.get("where_prec")
    if not prec:
        return "not on the map: the place is not resolved"
    words = WHERE_PREC.get(int(prec), "")
    radius = properties.get("radius_km")
    if radius and int(prec) <= 2:
        words += f", within about {float(radius):g} km"
    return words


def plain(text: str) -> str:
    """A text of unknown origin so that Streamlit's Markdown shows its characters and nothing else."""
    return "".join(f"\\{c}" if c in MARKDOWN else c for c in " ".join(text.split()))


def actor(p: dict[str, Any], side: str) -> str:
    """The name of "actor1" or "actor2", with a word where no passage gives it; "" where there is none."""
    return party(str(p.get(side) or ""), inferred=side in (p.get("inferred") or ()))


def party(name: str, *, inferred: bool) -> str:
    """An actor's name, with a word where no passage gives it; "" for ""."""
    return f"{name} (inferred)" if name and inferred else name
