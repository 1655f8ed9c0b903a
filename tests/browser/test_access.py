"""Whom the app lets in and whom it keeps out: narrow windows, assistive technology, and pages of other origins."""

from __future__ import annotations

import http.client
from pathlib import Path

import pytest
from steps import BARE_COMPLAINTS, PAGES, WAIT, complaints, settle

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def looked_at(open_tab):
    """One tab that goes from page to page; each test asks what came of it."""
    opened = open_tab(390, 844)
    opened.page.set_default_timeout(WAIT)
    return opened


@pytest.mark.parametrize("name", [*PAGES, "articles?add=1"])
def test_a_page_fits_a_narrow_window_and_everybody_can_use_it(app, looked_at, name):
    """At 390 px nothing is cut off; axe-core finds no serious violation at 1440 px, nor in the map's frame."""
    page = looked_at.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}/{name}")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert looked_at.outside == []
    assert set(complaints(looked_at)) <= BARE_COMPLAINTS
    if not AXE.exists():
        pytest.skip("no axe-core here: `make npm` installs it where there is npm")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_timeout(700)
    for frame in [f for f in page.frames if f is page.main_frame or "geo.draw.frame.map" in f.url]:
        frame.evaluate(AXE.read_text("utf-8"))
        found = frame.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_an_empty_page_complains_as_is_known(serve, open_tab, tmp_path):
    """What the console may say in these tests is what it says of an empty Streamlit page with an address of its own."""
    script = tmp_path / "empty.py"
    script.write_text(
        "import streamlit as st\n"
        "st.navigation([st.Page(lambda: st.write('a'), title='A', url_path='map', default=True),"
        " st.Page(lambda: st.write('b'), title='B', url_path='incidents')]).run()\n"
    )
    plain = open_tab()
    bare = serve(script)
    for name in ("", "incidents"):
        plain.page.goto(f"{bare}/{name}")
        settle(plain.page)
    serve.stop(bare)
    assert set(complaints(plain)) == BARE_COMPLAINTS


# ---------------------------------------------------------------------------------------------------- other pages


def test_a_page_of_another_origin_cannot_read_the_incidents(app, open_tab):
    """Neither the socket nor any file of the app answers a page from elsewhere in the same browser."""
    tab = open_tab()
    port = app.rsplit(":", 1)[1]
    tab.page.context.route(
        "http://elsewhere.example/**", lambda r: r.fulfill(content_type="text/html", body="<p>elsewhere</p>")
    )
    tab.page.goto("http://elsewhere.example/")
    tried = tab.page.evaluate(
        """async port => {
          const out = {};
          for (const host of ['127.0.0.1', 'localhost']) {
            out[host + ' socket'] = await new Promise(done => {
              const s = new WebSocket(`ws://${host}:${port}/_stcore/stream`, ['streamlit']);
              s.onopen = () => done('open'); s.onerror = () => done('refused'); s.onclose = () => done('refused');
              setTimeout(() => done('silent'), 5000);
            });
            for (const path of ['/', '/_stcore/health', '/_stcore/host-config', '/app/static/incidents.geojson', '/media/x']) {
              try { out[host + path] = (await (await fetch(`http://${host}:${port}${path}`)).text()).length; }
              catch { out[host + path] = 'refused'; }
            }
          }
          return out;
        }""",
        port,
    )
    assert {k: v for k, v in tried.items() if v != "refused"} == {}


def test_a_host_name_that_points_here_is_refused(app):
    """A page that renames itself to this machine gets no socket: the server knows its own names only."""
    port = int(app.rsplit(":", 1)[1])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {
        "Host": f"elsewhere.example:{port}", "Origin": f"http://elsewhere.example:{port}", "Upgrade": "websocket",
        "Connection": "Upgrade", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
    }  # fmt: skip
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status in (400, 403)
