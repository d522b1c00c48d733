"""The page of a map in a real browser: what it shows, what clicks do, and that it asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

from graph_api.maps.data import COLOURS
from graph_api.maps.graph import Quote
from graph_api.maps.page import render_map

pytestmark = pytest.mark.browser

EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> href="
A, B, C = (f"https://w3id.org/hankeverkko/id/organisation/{name}" for name in "abc")
ONE, TWO = (f"https://w3id.org/hankeverkko/id/initiative/{name}" for name in ("one", "two"))
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=3000",
    "--window-size=1100,700",
]


@dataclass(frozen=True)
class Visit:
    """What a browser made of a page: its document, what it said on the console, what the page asked the net for."""

    dom: str
    console: list[str]
    requests: list[str]

    def text(self, identifier: str) -> str:
        """Return the text of the element with this id, without tags."""
        found = re.search(rf'<(\w+)[^>]*\bid="{identifier}"[^>]*>(.*?)</\1>', self.dom, re.DOTALL)
        assert found is not None
        return html.unescape(re.sub(r"<[^>]+>", " ", found.group(2)))


def run(folder: Path, page: str, fragment: str, *flags: str) -> subprocess.CompletedProcess[str]:
    """Open a page in a browser with a profile of its own, in which no name leads anywhere."""
    if BROWSER is None:
        pytest.skip("no Chromium on the PATH (on Debian: apt-get install chromium)")
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    own = [f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND", *flags]
    command = [BROWSER, *FLAGS, *own, file.as_uri() + fragment]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def visit(folder: Path, page: str, fragment: str = "") -> Visit:
    """Return what a browser made of a page."""
    log = folder / "net.json"
    done = run(folder, page, fragment, "--dump-dom", f"--log-net-log={log}")
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return Visit(done.stdout, console, page_requests(json.loads(log.read_text("utf-8"))))


def page_requests(log: dict[str, object]) -> list[str]:
    """Return the addresses that the page asked for; those the browser asks for by itself have no origin."""
    events = [event.get("params", {}) for event in log["events"]]  # type: ignore[attr-defined]
    asked = [event for event in events if "url" in event and "initiator" in event]
    return [event["url"] for event in asked if event["initiator"] != "not an origin"]


def network(text: str = "Mallilan kaupunki") -> nx.Graph:
    """Return three organisations in a row."""
    graph = nx.Graph(
        type_labels={"city": "Kunta", "company": "Yritys"},
        initiatives={
            ONE: {"title": text, "kind": "project", "start": 2010, "end": 2012, "share": 1.0}
            | {"roles": {A: ["applicant"], B: ["partner"]}},
            TWO: {"title": "Two", "kind": "practice", "start": 2018, "end": 2018, "share": 1.0}
            | {"roles": {B: ["host"], C: ["partner"]}},
        },
    )
    graph.add_node(A, label=text, type="city", initiatives=1)
    graph.add_node(B, label="Bee", type="company", initiatives=2)
    graph.add_node(C, label="Cee", type="company", initiatives=1)
    graph.add_edge(A, B, weight=1.0, initiatives=[ONE])
    graph.add_edge(B, C, weight=1.0, initiatives=[TWO])
    return graph


def with_driver(page: str, script: str) -> str:
    """Return the page with a script of the test added, which its policy is made to allow."""
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    opened = page.replace("script-src ", f"script-src 'sha256-{allowed}' ", 1)
    return opened.replace("</body>", f"<pre id='result'></pre><script>{script}</script></body>")


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Return a visit to a page whose every text tries to run a script, opened at an edge."""
    page = render_map(network(EVIL), title=EVIL, quotes={(A, ONE): Quote(EVIL, EVIL)})
    return visit(tmp_path_factory.mktemp("evil"), page, f"#edge={quote(A, safe='')},{quote(B, safe='')}")


def test_the_page_works_under_its_policy(evil: Visit) -> None:
    assert 'data-ready="yes"' in evil.dom
    assert evil.console == []
    assert "<canvas" in evil.dom


def test_text_from_documents_runs_nothing(evil: Visit) -> None:
    title = re.search(r"<title>(.*?)</title>", evil.dom, re.DOTALL)
    assert title is not None
    assert html.unescape(title.group(1)) == EVIL
    assert not re.search(r"<img\b", evil.dom)


def test_an_edge_shows_shared_initiatives_roles_and_quotes(evil: Visit) -> None:
    panel = evil.text("panel")
    assert "Shared initiatives (1)" in panel
    assert panel.count(EVIL) >= 4  # name, title, quote, document
    assert "applicant" in panel
    assert "2010–2012" in panel


def test_the_page_asks_the_network_for_nothing(evil: Visit) -> None:
    assert evil.requests == []


def test_a_request_would_have_been_seen(tmp_path: Path) -> None:
    seen = visit(tmp_path, "<img src='http://elsewhere.test/pixel.png'>")
    assert seen.requests == ["http://elsewhere.test/pixel.png"]


def test_the_policy_stops_a_script_that_is_not_of_the_page(tmp_path: Path) -> None:
    page = render_map(network(), title="T")
    smuggled = (
        "<script>document.title='owned'</script>"
        "<img src=http://elsewhere.test/x.png onerror=\"document.title='owned'\">"
    )
    seen = visit(tmp_path, page.replace("</main>", f"{smuggled}</main>"), "#table")
    assert "<title>T</title>" in seen.dom
    assert seen.requests == []
    assert len(seen.console) >= 2
    rows = seen.text("table")
    assert "Mallilan kaupunki" in rows
    assert "Cee; Mallilan kaupunki" in rows  # the partners of Bee


def test_search_filters_keys_and_clicks(tmp_path: Path) -> None:
    script = """
      const $ = (id) => document.getElementById(id), out = {};
      const set = (id, value, event) => { $(id).value = value; $(id).dispatchEvent(new Event(event)); };
      out.start = $("status").textContent;
      set("search", "cee", "change");
      out.found = $("panel").querySelector("h2").textContent;
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
      out.closed = $("panel").hidden;
      set("search", "zzz", "change");
      out.missing = $("search-result").textContent;
      set("from", "2018", "input");
      out.period = $("status").textContent;
      $("reset").click();
      out.reset = $("status").textContent;
      $("types").querySelectorAll("input")[1].click();
      out.types = $("status").textContent;
      $("reset").click();
      let saved = null;
      HTMLAnchorElement.prototype.click = function () { saved = [this.download, this.href.slice(0, 22)]; };
      $("save").click();
      out.saved = saved;
      const wait = (time) => new Promise((done) => { setTimeout(done, time); });
      const press = async (across) => { // a click with the mouse, on the line on which the three stand
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
        await wait(200);
        $("fit").click();
        const canvas = $("map").querySelector("canvas"), box = canvas.getBoundingClientRect();
        const at = { clientX: box.left + box.width * across, clientY: box.top + box.height / 2, bubbles: true,
                     pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, isPrimary: true };
        canvas.dispatchEvent(new PointerEvent("pointerdown", at));
        await wait(80);
        canvas.dispatchEvent(new PointerEvent("pointerup", { ...at, buttons: 0 }));
        await wait(200);
        return $("panel").hidden ? null : $("panel").querySelector("h2").textContent;
      };
      (async () => {
        location.hash = "#node=" + encodeURIComponent("https://w3id.org/hankeverkko/id/organisation/b");
        await wait(100);
        out.partners = [...$("panel").querySelectorAll(".partner")].map((item) => item.firstChild.textContent);
        out.node = await press(0.5);
        out.edge = await press(0.42);
        out.ground = await press(0.02);
        $("result").textContent = JSON.stringify(out);
      })();
    """
    result = visit(tmp_path, with_driver(render_map(network(), title="Kartta: kokeilu"), script))
    assert result.console == []
    assert json.loads(result.text("result")) == {
        "start": "Shown: organisations 3, connections 2",
        "found": "Cee",
        "closed": True,
        "missing": "Nothing is called that.",
        "period": "Shown: organisations 2, connections 1",
        "reset": "Shown: organisations 3, connections 2",
        "types": "Shown: organisations 2, connections 1",
        "saved": ["Kartta-kokeilu.png", "data:image/png;base64,"],
        "partners": ["Cee", "Mallilan kaupunki"],
        "node": "Bee",  # it stands in the middle
        "edge": "Bee – Cee",
        "ground": None,
    }


def test_the_picture_shows_nodes_in_their_colours(tmp_path: Path) -> None:
    run(tmp_path, render_map(network(), title="T"), "", f"--screenshot={tmp_path / 'shot.png'}")
    pixels = read_png((tmp_path / "shot.png").read_bytes())
    stage = pixels[100:600, 320:1050, :3].reshape(-1, 3)
    for colour in COLOURS[:2]:
        wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
        assert (stage == wanted).all(axis=1).sum() > 100
    assert len(np.unique(stage, axis=0)) > 20  # labels and lines are smooth at their rims


def read_png(content: bytes) -> NDArray[np.uint8]:
    """Return the pixels of a PNG of 8 bits a channel that is not interlaced (ISO/IEC 15948, chapter 9)."""
    blocks, place = {b"IDAT": b""}, 8
    while place < len(content):
        size, name = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        blocks[name] = blocks.get(name, b"") + content[place + 8 : place + 8 + size]
        place += 12 + size
    header = blocks[b"IHDR"]
    width, height, depth = int.from_bytes(header[:4]), int.from_bytes(header[4:8]), {2: 3, 6: 4}[header[9]]
    rows = np.frombuffer(zlib.decompress(blocks[b"IDAT"]), np.uint8).reshape(height, -1)
    above = np.zeros((width, depth), np.int64)
    pixels = np.empty((height, width, depth), np.uint8)
    for number, row in enumerate(rows):
        above = unfilter(int(row[0]), row[1:].reshape(width, depth).astype(np.int64), above)
        pixels[number] = above
    return pixels


def unfilter(kind: int, row: NDArray[np.int64], above: NDArray[np.int64]) -> NDArray[np.int64]:
    """Undo the filter of one row of a PNG."""
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row, axis=0) % 256
    if kind == 2:
        return (row + above) % 256
    done, left, corner = [], [0] * row.shape[1], [0] * row.shape[1]
    for values, upper in zip(row.tolist(), above.tolist(), strict=True):
        guess = [(a + b) // 2 if kind == 3 else paeth(a, b, c) for a, b, c in zip(left, upper, corner, strict=True)]
        left = [(value + more) % 256 for value, more in zip(values, guess, strict=True)]
        corner = upper
        done.append(left)
    return np.array(done, dtype=np.int64)


def paeth(a: int, b: int, c: int) -> int:
    """Return Paeth's predictor: whichever of left, upper and upper left is nearest to a + b − c."""
    return min((a, b, c), key=lambda value: abs(a + b - c - value))
