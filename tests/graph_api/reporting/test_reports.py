"""Reports on a small graph: figures worked out by hand, both renderings, hostile names, and what may be shown."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from network_store import DOCUMENT, network_folder

from graph_api.networks.coverage import coverage
from graph_api.networks.measures import figures
from graph_api.networks.selection import Filters
from graph_api.networks.tables import strongest
from graph_api.networks.views import ego, project
from graph_api.reporting.compose import compose
from graph_api.reporting.contents import initiatives
from graph_api.reporting.drawing import Tie, bars, ring, shorten
from graph_api.reporting.model import Report, Table
from graph_api.reporting.render import escape_markdown, html, markdown
from graph_api.reporting.room import Appendix, open_room
from graph_api.reporting.scope import scope
from graph_api.reporting.words import Words
from graph_api.wording import catalogue
from loaders.errors import NotFoundError, UsageError
from loaders.iris import BASE

A, FUND, LEAN, NORTH = (
    f"{BASE}{name}" for name in ("organisation/a", "organisation/fund", "method/lean", "place/north")
)
SUBJECTS = [("network", ""), ("organisation", A), ("funder", FUND), ("method", LEAN), ("region", NORTH)]
HOSTILE = '<script>alert("1")</script> | [click](https://example.org/?a&amp;b) *x* `y`'
HOSTILE_GRAPH = f"""
d:1 {{
  o:a a hv:Organisation ; skos:prefLabel '''{HOSTILE}'''@fi .
  o:b a hv:Organisation ; skos:prefLabel "# 1. Toinen"@fi .
  i:1 a hv:Initiative, hv:Project ; dcterms:title '''{HOSTILE}'''@fi ; hv:start "2015"^^xsd:gYear .
  p:1 a hv:Participation ; hv:participant o:a ; hv:inInitiative i:1 ; hv:role r:applicant .
  p:2 a hv:Participation ; hv:participant o:b ; hv:inInitiative i:1 ; hv:role r:partner .
  pe:x a hv:Person ; foaf:name "Maija Meikäläinen" ; hv:contactFor i:1 .
  doc:1 a hv:Document ; dcterms:title '''{HOSTILE}''' ; hv:describes i:1 .
  e:1 a hv:Evidence ; hv:supports p:1 ; hv:confidence 0.5 ; hv:standing "inferred" ;
    prov:wasDerivedFrom doc:1 ; hv:quote '''</blockquote>{HOSTILE} Maija Meikäläinen kertoo.''' .
}}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return network_folder(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefix = "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
    return network_folder(tmp_path_factory.mktemp("hostile"), prefix + HOSTILE_GRAPH)


def written(store: Path, kind: str, iri: str = "", language: str = "fi", smallest: int = 0) -> Report:
    room = open_room(store, language)
    return compose(room, scope(room, kind, iri, smallest=smallest))


def table(report: Report, caption: str) -> list[list[object]]:
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    return next(list(found.rows) for found in tables if found.caption == caption)  # type: ignore[arg-type]


class Page(HTMLParser):
    """The words, headings, identifiers and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "br"}:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"svg", "style", "head", "nav"} & set(self._within):
            self.words += re.findall(r"\w+", data)


def plain(text: str) -> list[str]:
    """Return the words of Markdown as a reader sees them."""
    text = re.sub(r"^(```|\|( -+:? \|)+).*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\d+\. (?=<a id)", "", text, flags=re.MULTILINE)
    text = re.sub(r'<a id="e\d+"></a>', "", text).replace("\\_", "_")  # the name of a generation may hold one
    return re.findall(r"\w+", re.sub(r"\[(\d+)\]\(#e\d+\)", r"\1", text))


def test_an_organisation_as_counted_by_hand(store: Path) -> None:
    report = written(store, "organisation", A)
    # Two initiatives (a, b and c share one, a and c another), three ties among three: all there can be.
    assert [row[1] for row in table(report, "Tärkeimmät luvut")] == ["2", "3", "3", "3", "1"]
    assert table(report, "Kumppanit yhteisten aloitteiden mukaan") == [
        ["Korkeakoulu", "2", "1", "Kokeilu kotona"],
        ["Alikunnan kunta", "1", "1", "Hyvinvointi kotona"],
    ]
    assert table(report, "Menetelmät aloitteiden mukaan") == [["Lean", "1", "50 %"]]
    assert table(report, "Rahoittajat aloitteiden mukaan") == [["Rahasto", "1", "50 %"]]
    assert table(report, "Paikat aloitteiden mukaan") == [["Ylikunta", "1", "50 %"]]
    initiatives = table(report, "Aloitteet, ajankohta, tila ja näyttö")
    assert [row[:4] for row in initiatives] == [
        ["Hyvinvointi kotona", "S1", "2015–2016", "ei tiedossa"],
        ["Kokeilu kotona", "–", "2016", "ei tiedossa"],
    ]
    text = markdown(report)
    assert "Alkaneita aloitteita: 2015: 1; 2016: 1." in text
    assert "yhteensä 300 € (1 aloitetta 2 aloitteesta)" in text
    # p:1b reads 0.6 at best; p:1a 0.9; p:1c, p:4a and p:4c have no evidence.
    assert "Osallistumisia on 5. Niistä 0 on päätelty" in text
    assert "1 on varmuudeltaan alle 0,7 ja 3 on vailla näyttöä" in text


def test_a_network_as_counted_by_hand(store: Path) -> None:
    report = written(store, "network", language="en")
    assert [row[1] for row in table(report, "Main figures")[:4]] == ["4", "5", "4", "4"]
    assert table(report, "The strongest ties")[0] == ["Korkeakoulu", "Ylikunnan kaupunki", "2", "Kokeilu kotona"]
    assert table(report, "What the report rests on")[:3] == [
        ["Initiatives in this network, of those in the graph", "4", "4", "100%"],
        ["Of these, initiatives whose partners are known", "3", "4", "75%"],
        ["Of these, initiatives with a date", "3", "4", "75%"],
    ]


def test_funder_method_and_region(store: Path) -> None:
    assert [row[0] for row in table(written(store, "funder", FUND), "Aloitteet, ajankohta, tila ja näyttö")] == [
        "Hyvinvoinnin johtaminen",
        "Hyvinvointi kotona",
    ]
    assert written(store, "method", LEAN).figures["ties"] == 4  # a, b and c; b and the unit
    # i:1 takes place there; i:2 and i:4 do where nothing is said, since a and its unit are at home there.
    north = table(written(store, "region", NORTH), "Tärkeimmät luvut")
    assert north[0][1] == "3"


def test_numbers_are_those_of_the_network_command(store: Path) -> None:
    room = open_room(store, "en")
    network = project(room.material)
    report = compose(room, scope(room, "network"))
    assert report.figures == figures(network)
    shown = [(row[0], row[1], int(row[2])) for row in table(report, "The strongest ties")]  # type: ignore[call-overload]
    assert shown == [(row[0], row[1], row[3]) for row in strongest(network, 20).rows]
    rows = table(report, "What the report rests on")
    assert [(row[1], row[2]) for row in rows] == [(str(s.have), str(s.of)) for s in coverage(network)]
    around = compose(room, scope(room, "organisation", A))
    assert around.figures == figures(ego(network, A))


@pytest.mark.parametrize(("kind", "iri"), SUBJECTS)
@pytest.mark.parametrize("language", ["fi", "en"])
def test_page_and_markdown_say_the_same_and_the_page_is_whole(store: Path, kind: str, iri: str, language: str) -> None:
    report = written(store, kind, iri, language)
    page, text = Page(html(report)), markdown(report)
    assert page.words == plain(text)
    assert len(page.words) > 250
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") == len(re.findall(r"<table>\s*<caption>", html(report)))
    assert all(attributes.get("scope") in {"row", "col"} for tag, attributes in page.tags if tag == "th")
    assert tags.count("svg") == len(
        re.findall(r'<svg [^>]*role="img"[^>]*><title [^>]*>[^<]+</title><desc ', html(report))
    )
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    targets = {str(attributes["href"]) for tag, attributes in page.tags if tag == "a"}
    assert {target[1:] for target in targets} <= set(names)
    assert dict(page.tags[0][1]) == {"lang": language}


@pytest.mark.parametrize(("kind", "iri"), SUBJECTS)
def test_a_page_asks_nothing_of_others(store: Path, kind: str, iri: str) -> None:
    text = html(written(store, kind, iri))
    assert not re.search(r"<script|src=|url\(|@import|style=|\son\w+=|href=\"(?!#)|<(iframe|object|embed|link)\b", text)
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text


def test_hostile_names_stay_words(hostile: Path) -> None:
    for kind, iri in (("network", ""), ("organisation", A)):
        report = written(hostile, kind, iri)
        page, text = html(report), markdown(report)
        assert "<script" not in page
        assert "&lt;script&gt;alert" in page
        assert page.count("</blockquote>") == page.count("<blockquote>")
        told = re.sub(r"^```$.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)  # code stays as it is
        assert re.search(r"(?<!\\)<(?!a id=\"e\d+\"></a>|/a>)", told) is None
        assert re.search(r"(?<!\\)\]\((?!#e)", told) is None
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("| \\<script")}
        assert cells <= {3, 4, 5, 6}
        assert Page(page).words == plain(text)


def test_people_are_not_named(hostile: Path) -> None:
    report = written(hostile, "organisation", A)
    for text in (html(report), markdown(report)):
        assert "Meikäläinen" not in text
        assert "kertoo." in text


def test_each_initiative_leads_to_its_quote(hostile: Path) -> None:
    text = markdown(written(hostile, "organisation", A))
    assert "| [1](#e1) |" in text
    assert re.search(r'1\. <a id="e1"></a>\\</blockquote', text)
    assert "päätelty tekstistä, varmuus 0,5" in text


def test_small_cells(store: Path) -> None:
    room = open_room(store, "en")
    subject = scope(room, "network", filters=Filters(fold_units=True), smallest=2)
    text = markdown(compose(room, subject))
    assert "| Korkeakoulu | Ylikunnan kaupunki | 2 | – |" in text
    assert "| Alikunnan kunta | Ylikunnan kaupunki | 2 | – |" in text
    # What rests on one initiative: a tie, an organisation, a place, the sum of money, single initiatives and quotes.
    for gone in ("Yhdistys", "| Ylikunta |", "300", "Hyvinvointi kotona", "Appendix", "In the year"):
        assert gone not in text
    with pytest.raises(NotFoundError, match="fewer than 3"):
        scope(room, "organisation", A, smallest=3)


def test_years_and_states_are_told_as_what_they_are(tmp_path: Path) -> None:
    states = """d:states {
      i:1 hv:status <https://w3id.org/hankeverkko/id/status/active> .
      i:2 hv:status <https://w3id.org/hankeverkko/id/status/active>, <https://w3id.org/hankeverkko/id/status/completed> .
      i:3 dcterms:issued "2021-05-01"^^xsd:date .
      i:5 a hv:Initiative, hv:Pilot ; dcterms:title "Osa"@fi ; hv:pilotOf i:1 ; hv:takesPlaceIn pl:k1 .
    }"""
    room = open_room(network_folder(tmp_path, DOCUMENT + states), "en")
    rows = {row[0]: row[2:4] for row in initiatives(room, scope(room, "network"), Appendix(room), 9).blocks[1].rows}
    assert rows["Hyvinvointi kotona"] == ["2015–2016", "ended (its end is past; the source says: active)"]
    assert rows["Hyvinvoinnin johtaminen"] == ["2018–2020", "completed"]
    assert rows["Metsäpolku"] == ["published 2021", "not known"]
    north = scope(room, "region", NORTH)
    assert "Osa" not in [room.index.initiatives.titles[place] for place in north.initiatives]


def test_a_period_without_initiatives_is_not_called_suppressed(store: Path) -> None:
    room = open_room(store)
    with pytest.raises(NotFoundError, match="No initiative of the years and kinds"):
        scope(room, "network", filters=Filters(period=(2040, 2050)))
    with pytest.raises(NotFoundError, match="Of Lean no initiative"):
        scope(room, "method", LEAN, filters=Filters(period=(2040, 2050)))


def test_the_same_twice_and_dated_as_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pages = {html(written(store, "network")) for _ in range(2)}
    assert len(pages) == 1
    assert "2023-11-14" in pages.pop()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        open_room(store)


def test_the_same_in_processes_of_other_hash_seeds(store: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        done = _run(store, tmp_path / seed, "network", seed=seed)
        assert done.returncode == 0, done.stderr
    for name in ("network.html", "network.md"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_the_command(store: Path, tmp_path: Path) -> None:
    done = _run(store, tmp_path, "organisation", "Ylikunnan kaupunki", "--language", "en", json_wanted=True)
    told = json.loads(done.stdout)
    assert told["title"] == "Ylikunnan kaupunki: its collaboration"
    assert (told["figures"]["nodes"], told["figures"]["ties"]) == (3, 3)
    assert Path(told["html"]).read_text("utf-8").startswith("<!doctype html>")
    assert Path(told["markdown"]).name == "organisation-a.md"
    assert _run(store, tmp_path, "organisation").returncode == 2
    assert _run(store, tmp_path, "network", "Lean").returncode == 2
    nobody = _run(store, tmp_path, "region", "Etelänapa")
    assert (nobody.returncode, nobody.stderr.startswith("Error: No region")) == (2, True)
    nothing = _run(store, tmp_path, "funder", "Korkeakoulu")
    assert (nothing.returncode, "no initiative of the years" in nothing.stderr) == (2, True)


def test_the_catalogue_is_whole() -> None:
    for key, texts in catalogue("graph_api.reporting").items():
        assert set(texts) == {"fi", "en"}, key
        holes = [sorted(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
        assert holes[0] == holes[1], key
    with pytest.raises(UsageError, match="fi and en"):
        Words("sv")


def test_numbers_are_written_as_each_language_does() -> None:
    assert [Words("fi").write(value) for value in (12345, 0.27, 1e6)] == ["12\u00a0345", "0,27", "1\u00a0000\u00a0000"]
    assert [Words("en").write(value) for value in (12345, 0.27, 1e6)] == ["12,345", "0.27", "1,000,000"]


def test_drawings() -> None:
    drawn = bars("b", "T", "D", [("2015", 2, "2"), ("2016", 0, "0"), ("2017", 1, "1")])
    heights = [float(height) for height in re.findall(r'height="([\d.]+)"', drawn)]
    assert heights == [160, 80]
    svg = ring("r", "T", "D", ["a", "b"], [Tie(-1, 0, 4), Tie(-1, 1, 2), Tie(0, 1, 1)], "c")
    assert re.findall(r'stroke-width="([\d.]+)"/>', svg) == ["1", "7", "4"]
    assert svg.count("<circle") == 3
    assert shorten("Seinäjoen ammattikorkeakoulu Oy") == "Seinäjoen ammattikorkeakoul…"


def test_markdown_marks_are_escaped() -> None:
    assert escape_markdown("# a\n| b_c *d* <e>") == r"\# a \| b\_c \*d\* \<e\>"
    assert escape_markdown("1. first") == r"1\. first"
    assert escape_markdown("- item") == r"\- item"


@pytest.mark.browser
def test_a_browser_shows_the_page(store: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on the PATH (on Debian: apt-get install chromium)")
    page, shot = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(html(written(store, "organisation", A)), "utf-8")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        f"--screenshot={shot}",
    ]
    done = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=False)
    assert shot.stat().st_size > 10_000
    assert "Content Security Policy" not in done.stderr


def _run(
    store: Path, folder: Path, *arguments: str, seed: str = "0", json_wanted: bool = False
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "graph_api.cli.main", *(["--json"] if json_wanted else []), "report", *arguments]
    return subprocess.run(
        [*command, "--store", str(store), "--output", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
