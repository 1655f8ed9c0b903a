"""Text from articles and places cannot run in the map, whatever it says."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from test_map import LAYER, until  # noqa: E402

from benchmarks.synthetic import collection  # noqa: E402
from geo.draw import html  # noqa: E402

PAYLOADS = (
    "<script>hacked=1</script>",
    "</script><script>hacked=1</script>",
    "<img src=x onerror=hacked=1>",
    '"><svg onload=hacked=1>',
    "';hacked=1;//",
    "{{ hacked }}{% raw %}{# #}",
    "${hacked=1}`+hacked+`",
    "<!--<script>",
    "\u2028hacked=1\u2029",
    "javascript:hacked=1",
    "]]><iframe srcdoc='<script>parent.hacked=1</script>'>",
)


def poisoned():
    """Every text field of every feature carries a script."""
    made = collection(len(PAYLOADS) * 2)
    for number, feature in enumerate(made["features"]):
        payload = PAYLOADS[number % len(PAYLOADS)]
        p = feature["properties"]
        p["where_prec"] = 4 if number >= len(PAYLOADS) else 1
        keep = (
            "date_start",
            "date_end",
            "event_type",
            "first_reported",
            "country",
            "published",
            "published_last",
            "site_id",
        )
        for holder in (p, *p["sources"]):
            for name, value in holder.items():
                if isinstance(value, str) and name not in keep:
                    holder[name] = payload
        p["disagreements"] = p["why"] = [payload]
        p["rivals"] = [{"name": payload, "country": payload, "score": 0.5}]
        p["place_evidence"] = [[payload, 1.0]]
        for source in p["sources"]:
            source["evidence"] = {"place": [{"quote": payload, "start": 0, "end": len(payload)}]}
    return made


def test_no_text_of_an_article_or_a_place_runs(open_tab, tmp_path):
    path = tmp_path / "poisoned.html"
    path.write_text(html(poisoned(), title=PAYLOADS[1], filter_note=PAYLOADS[2]), encoding="utf-8")
    tab = open_tab()
    tab.page.goto(path.as_uri())
    until(tab.page, f"{LAYER} && {LAYER}.incidents")
    for row in range(len(PAYLOADS) * 2):
        tab.page.evaluate(f"r => {LAYER}._choose(r, true)", row)
        tab.page.evaluate(f"r => {LAYER}._fillTip({{rows: [r]}})", row)
    tab.page.evaluate(f"{LAYER}._listAll()")
    tab.page.wait_for_timeout(300)
    assert tab.page.evaluate("window.hacked") is None
    assert (
        tab.page.evaluate("document.querySelectorAll('.cm-root img, .cm-root iframe, .cm-root svg[onload]').length")
        == 0
    )
    assert tab.page.evaluate("[...document.querySelectorAll('a[href]')].every(a => !a.href.startsWith('javascript'))")
    assert tab.outside == []
