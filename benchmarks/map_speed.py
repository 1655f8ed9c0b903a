"""How fast the map is, beside other ways to draw the same incidents: python benchmarks/map_speed.py [--sizes 1000,...] [--ways ...]

Headless Chromium, software rendering, 1440 x 900. For each way and size:
  first paint   ms from navigation until the frame with the incidents was produced, by the page's own clock (a page from
                disk for the layer, folium and pydeck; `streamlit`: the whole app minus an empty Streamlit page, server
                warm). Land, names and timeline follow in the frames after it
  step          ms of script for a change of the time window, and from its start until the frame with it was produced
                (median and 95th percentile of 100 steps): `drag` moves a window of a year by a day, `jump` puts one of
                90 days anywhere, with one event type off and publication limited, so that filters and hollow marks are
                in it. A step begins where a hand's does, at the start of a frame: Chromium hands out the moves of a
                pointer there, and the layer draws them in it. Begun just after a frame, it would only wait for the
                screen, up to 16.7 ms
  cpu           the same steps by the threads' own clocks, which other work on the machine does not lengthen: script,
                the main thread's part of the frame with the script in it, the compositor's, which runs beside the
                next one
  payload       MB of the page;  heap: MB of the page's script memory;  pick: ms for pointing;  details: ms of a click

The naive ways have no time filter: a step of theirs is taking all markers off and putting those of the window on.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import folium  # noqa: E402
from folium.plugins import FastMarkerCluster  # noqa: E402
from playwright.sync_api import Browser, Error, Page, sync_playwright  # noqa: E402

from benchmarks.synthetic import collection  # noqa: E402
from geo.draw import html  # noqa: E402
from geo.draw.layer import OfflineMap, Verbatim, inline_leaflet  # noqa: E402

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --js-flags=--expose-gc"
).split()
SIZES = (1_000, 10_000, 100_000, 1_000_000)
MOST = {
    "markers": 10_000,
    "cluster": 100_000,
    "pydeck": 100_000,
    "streamlit": 100_000,
}  # beyond these a run would take minutes
STEPS = 100
VISITS = 7
CLUSTER = ROOT / "tests/browser/node_modules/leaflet.markercluster/dist/leaflet.markercluster.js"
WITH_DETAILS = 100_000  # a million made-up quotes would only measure the memory of Python

LAYER_STEPS = """async ([kind, steps]) => {
  const l = window.incidentLayer, at = d => new Date(d * 864e5).toISOString().slice(0, 10), low = l.incidents.low;
  const types = l.incidents.types.slice(0, 5);
  l.setTypes(types); l.setKnownOn(at(l.incidents.high - 30));
  const produced = () => new Promise(done => {
    const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
  const frame = act => new Promise(done => requestAnimationFrame(() => { act?.(); produced().then(done); }));
  const span = kind === 'drag' ? 365 : 90, script = [], shown = [];
  const start = i => kind === 'drag' ? low + 1200 + i : low + (i * 1237) % (l.incidents.high - low - span);
  l.setWindow(at(start(0)), at(start(0) + span)); await frame();
  for (let i = 1; i <= steps; i++) {
    await frame();
    let from;
    await frame(() => {
      from = performance.now();
      l.setWindow(at(start(i)), at(start(i) + span));
      script.push(performance.now() - from);
    });
    shown.push(performance.now() - from);
  }
  l.setTypes(null); l.setKnownOn(null);
  return [script, shown, l.mode];
}"""

LAYER_PICK = """async () => {
  const l = window.incidentLayer, m = l.map, size = m.getSize(), spent = [], details = [];
  for (let i = 0; i < 100; i++) {
    const p = L.point((i * 97) % size.x, (i * 61) % size.y), from = performance.now();
    l._at({latlng: m.containerPointToLatLng(p)}, 4);
    spent.push(performance.now() - from);
  }
  for (let i = 0; i < 20; i++) {
    const from = performance.now();
    await l.select(l.incidents.ids[(i * 7919) % l.incidents.points]);
    details.push(performance.now() - from);
  }
  l.select(null);
  return [spent, details];
}"""

# Both resolve to ms since 1970.
NEXT_FRAME = """new Promise(done => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.timeOrigin + performance.now());
  channel.port2.postMessage(0);
}))"""
PAINTED = "incidentLayer.painted.then(at => performance.timeOrigin + at)"

MARKER_STEPS = """async steps => {
  const map = Object.values(window).find(v => v instanceof L.Map), all = [];
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const group = Object.values(window).find(v => L.MarkerClusterGroup && v instanceof L.MarkerClusterGroup);
  (group || map).eachLayer(l => { if (l.getLatLng) all.push(l); });
  const spent = [];
  for (let i = 1; i <= steps; i++) {
    await frame();
    const some = all.filter((_, k) => (k * 7 + i) % 10 === 0), from = performance.now();
    if (group) { group.clearLayers(); group.addLayers(some); }
    else { all.forEach(l => l.remove()); some.forEach(l => l.addTo(map)); }
    await frame();
    spent.push(performance.now() - from);
  }
  return spent;
}"""


def main() -> None:
    """Measure and print one table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", default=",".join(map(str, SIZES)))
    arguments.add_argument("--ways", default="layer,streamlit,markers,cluster,pydeck")
    chosen = arguments.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on the path: install Debian's package `chromium`")
    print(
        "| way | incidents | first paint ms | drag ms (p95) | jump ms (p95) | pick ms | details ms | page MB | heap MB |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for size in map(int, chosen.sizes.split(",")):
            made = collection(size, sources=size <= WITH_DETAILS)
            for way in chosen.ways.split(","):
                if size <= MOST.get(way, size):
                    print(_row(browser, Path(folder), way, size, made), flush=True)
            del made
            gc.collect()
        browser.close()


def _row(browser: Browser, folder: Path, way: str, size: int, made: dict[str, Any]) -> str:
    if way == "streamlit":
        return f"| streamlit | {size:,} | {_in_streamlit(browser, folder, size)} | - | - | - | - | - | - |"
    path = folder / f"{way}-{size}.html"
    try:
        path.write_text(MAKERS[way](made), encoding="utf-8")
    except ImportError as missing:
        return f"| {way} | {size:,} | not installed: {missing.name} |"
    # The saved map's own policy forbids the driver to poll inside it.
    page = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page.set_default_timeout(120_000)
    painted = _first_paint(page, path, way)
    cells = _layer(page) if way == "layer" else _others(page, way)
    heap = page.evaluate("(window.gc && gc(), performance.memory.usedJSHeapSize / 1e6)")
    page.close()
    return f"| {way} | {size:,} | {painted:.0f} | {cells} | {path.stat().st_size / 1e6:.1f} | {heap:.0f} |"


def _first_paint(page: Page, path: Path, way: str) -> float:
    ready = {
        "layer": "window.incidentLayer && window.incidentLayer.ready",
        "pydeck": "document.querySelector('canvas')",
    }.get(way, "window.finished")
    start = time.time()
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(ready, polling="raf")
    painted: float = page.evaluate(PAINTED if way == "layer" else NEXT_FRAME)
    return painted - start * 1000


def _layer(page: Page) -> str:
    page.wait_for_timeout(500)
    cells = []
    for kind in ("drag", "jump"):
        script, shown, mode = page.evaluate(LAYER_STEPS, [kind, STEPS])
        told = f"{_figures(script)}, to the frame {_figures(shown)}, cpu {_clocked(page, kind)}"
        cells.append(told + (f" [{mode}]" if kind == "drag" else ""))
    picks, details = page.evaluate(LAYER_PICK)
    return " | ".join([*cells, f"{statistics.median(picks):.2f}", _figures(details)])


def _clocked(page: Page, kind: str) -> str:
    """CPU ms of a step: script / main thread's whole part of the frame / compositor's."""
    browser: Any = page.context.browser
    browser.start_tracing(page=page, categories=["devtools.timeline", "toplevel", "blink", "cc", "viz"])
    page.evaluate(LAYER_STEPS, [kind, STEPS])
    events = json.loads(browser.stop_tracing())["traceEvents"]

    def spent(name: str) -> list[float]:
        return sorted((e["tdur"] / 1000 for e in events if e["name"] == name and e.get("tdur")), reverse=True)

    # Every other frame only waits for the next one.
    parts = (
        spent("FireAnimationFrame")[:STEPS],
        spent("ProxyMain::BeginMainFrame")[:STEPS],
        spent("Display::DrawAndSwap")[:STEPS],
    )
    return " / ".join(_figures(part) for part in parts if part)


def _others(page: Page, way: str) -> str:
    if way == "pydeck":
        return "- | - | - | -"
    steps = 10 if way == "markers" else 20
    return f"- | {_figures(page.evaluate(MARKER_STEPS, steps))} | - | -"


def _figures(spent: list[float]) -> str:
    ordered = sorted(spent)
    return f"{statistics.median(ordered):.1f} ({ordered[int(len(ordered) * 0.95) - 1]:.1f})"


def _of_layer(made: dict[str, Any]) -> str:
    return html(made, title="Made-up incidents")


def _points(made: dict[str, Any]) -> list[list[float]]:
    return [f["geometry"]["coordinates"][::-1] for f in made["features"] if f["geometry"]]


def _offline(chart: OfflineMap, script: str = "") -> str:
    inline_leaflet(chart)
    page: Any = chart.get_root()
    page.header.add_child(Verbatim(f"<script>{script}</script>"), name="more")
    page.script.add_child(Verbatim("window.finished = true;"), name="zzz_finished")
    return str(page.render())


def _of_markers(made: dict[str, Any]) -> str:
    chart = OfflineMap()
    for position in _points(made):
        folium.CircleMarker(position, radius=4).add_to(chart)
    chart.fit_bounds([[29, 35], [38, 48]])
    chart.render()
    return _offline(chart)


def _of_cluster(made: dict[str, Any]) -> str:
    """FastMarkerCluster needs Leaflet.markercluster, which folium takes from a CDN and we from npm."""
    if not CLUSTER.exists():
        raise ModuleNotFoundError(name="leaflet.markercluster; `make npm` installs it")
    plugin = CLUSTER.read_text(encoding="utf-8").replace("//# sourceMappingURL=leaflet.markercluster.js.map", "")
    chart = OfflineMap()
    # Its usual marker needs one more script from a CDN.
    plain = "function (row) { return L.circleMarker(new L.LatLng(row[0], row[1])); }"
    cluster = FastMarkerCluster(_points(made), callback=plain)
    cluster.default_js, cluster.default_css = [], []
    cluster.add_to(chart)
    chart.fit_bounds([[29, 35], [38, 48]])
    chart.render()
    return _offline(chart, plugin)


def _of_pydeck(made: dict[str, Any]) -> str:
    import pydeck

    layer = pydeck.Layer(
        "ScatterplotLayer",
        [{"p": p[::-1]} for p in _points(made)],
        get_position="p",
        get_radius=2000,
        get_fill_color=[240, 138, 36],
    )
    deck = pydeck.Deck(
        layer, initial_view_state=pydeck.ViewState(latitude=33.5, longitude=41.5, zoom=5), map_style=None
    )
    return str(deck.to_html(as_string=True, offline=True))


APP = """
import streamlit as st
from benchmarks.synthetic import collection
from geo.draw import show
st.set_page_config(layout="wide")
size = {size}
if size:
    show(st.cache_resource(collection)(size), "map", height=700)
st.text("done")
"""


def _in_streamlit(browser: Browser, folder: Path, size: int) -> str:
    """First paint, ms from navigation, beside an empty page of the same Streamlit: visits to two warm servers in turn."""
    servers = {n: _server(folder, n) for n in (0, size)}
    try:
        visits: dict[int, list[float]] = {0: [], size: []}
        for _ in range(VISITS + 1):
            for n, (_, port) in servers.items():
                visits[n].append(_visit(browser, port, n))
        empty, full = (sorted(visits[n][1:]) for n in (0, size))  # the first visit warms the server
        over = statistics.median(full) - statistics.median(empty)
        return f"{statistics.median(full):.0f}, {over:.0f} over an empty page's {statistics.median(empty):.0f}"
    finally:
        for process, _ in servers.values():
            process.kill()
            process.wait()


def _server(folder: Path, size: int) -> tuple[subprocess.Popen[bytes], int]:
    script = folder / f"app-{size}.py"
    script.write_text(APP.format(size=size), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.address", "127.0.0.1",
        "--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return process, port


def _visit(browser: Browser, port: int, size: int) -> float:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    for _ in range(100):
        start = time.time()
        try:
            page.goto(f"http://127.0.0.1:{port}", wait_until="commit")
            break
        except Error:  # the server is not up yet
            time.sleep(0.3)
    if size:
        page.wait_for_selector("iframe", timeout=120_000)
        frame = next(f for f in page.frames if f.parent_frame)
        frame.wait_for_function("window.incidentLayer && incidentLayer.ready", polling="raf", timeout=120_000)
        painted = frame.evaluate(PAINTED)
    else:
        page.wait_for_function("document.querySelector('[data-testid=stText]')", polling="raf", timeout=120_000)
        painted = page.evaluate(NEXT_FRAME)
    page.close()
    return float(painted - start * 1000)


MAKERS = {"layer": _of_layer, "markers": _of_markers, "cluster": _of_cluster, "pydeck": _of_pydeck}

if __name__ == "__main__":
    main()
