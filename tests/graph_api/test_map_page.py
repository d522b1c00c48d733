"""The page of a map as text: the same bytes, no other host, nothing from a document outside the data."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph_api.maps.data import COLOURS, SHAPES, map_data, radius
from graph_api.maps.graph import Quote
from graph_api.maps.page import embed_json, render_map, write_map
from graph_api.maps.strings import LANGUAGES, strings
from loaders.errors import CannotRunError, UsageError

EVIL = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)> href=\u2028&amp;"
A, B, C = (f"https://w3id.org/hankeverkko/id/organisation/{name}" for name in "abc")
ONE = "https://w3id.org/hankeverkko/id/initiative/one"


def network(text: str = "Mallilan kaupunki") -> nx.Graph:
    """Return a network of three organisations whose every text is `text`."""
    graph = nx.Graph(
        type_labels={"city": text},
        initiatives={
            ONE: {"title": text, "code": "S1", "kind": "project", "start": 2010, "end": 2012, "share": 1.0}
            | {"roles": {A: ["applicant"], B: ["partner"]}},
            "https://example.org/nobody": {"title": "not on the map", "roles": {"https://example.org/x": ["host"]}},
        },
    )
    graph.add_node(A, label=text, type="city", initiatives=2, degree=1)
    graph.add_node(B, label="Bee", type="company", initiatives=1, degree=1, unit_of=A)
    graph.add_node(C, label="Cee", type="", initiatives=0, degree=0)
    graph.add_edge(A, B, weight=1.0, count=1, initiatives=[ONE])
    return graph


class Page(HTMLParser):
    """Collects the elements of a page and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        """Parse the page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text of a script or style."""
        tag, attributes = self.elements[-1] if self.elements else ("", {})
        if self.cdata_elem:
            self.blocks.append((attributes.get("type") or tag, data))

    def text_of(self, kind: str) -> list[str]:
        """Return the texts of the blocks of one kind; the parser may hand over one block in pieces."""
        whole = "".join(text for name, text in self.blocks if name == kind)
        return [whole] if whole else []


def data_of(text: str) -> Any:
    """Return the data of a page."""
    found = re.search(r'<script type="application/json" id="map-data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


def test_the_same_bytes_in_another_process_with_another_seed_of_hashing(tmp_path: Path) -> None:
    code = (
        "import sys, networkx as nx; from pathlib import Path; from graph_api.maps.page import write_map;"
        "g = nx.Graph(); names = {f'n{n}' for n in range(9)}; g.add_nodes_from(names, label='x', type='t', initiatives=1);"
        "g.add_edges_from((x, y) for x in names for y in names if x < y); write_map(g, Path(sys.argv[1]), title='T')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, tmp_path / "map.html"], env=environment, check=True)
    graph = nx.complete_graph([f"n{n}" for n in range(9)])
    nx.set_node_attributes(graph, {node: {"label": "x", "type": "t", "initiatives": 1} for node in graph})
    assert (tmp_path / "map.html").read_text("utf-8") == render_map(graph, title="T")


def test_the_order_of_building_does_not_matter() -> None:
    again = nx.Graph(**network().graph)
    again.add_nodes_from(reversed(list(network().nodes(data=True))))
    again.add_edges_from((b, a, data) for a, b, data in network().edges(data=True))
    assert render_map(again, title="T") == render_map(network(), title="T")


def test_no_element_points_to_another_place() -> None:
    page = Page(render_map(network(), title="T"))
    pointers = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in {"src", "href", "srcset", "action", "poster", "data"}
    ]
    assert pointers == ["#table"]  # the way past the map, in the page itself
    assert not [tag for tag, _ in page.elements if tag in {"link", "iframe", "object", "embed", "base"}]
    style = page.text_of("style")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "sourceMappingURL" not in render_map(network(), title="T")


def test_text_from_documents_stays_in_the_data() -> None:
    quotes = {(A, ONE): Quote(EVIL, EVIL)}
    plain = Page(render_map(network(), title="T", quotes={(A, ONE): Quote("q", "d")}))
    text = render_map(network(EVIL), title=EVIL, quotes=quotes)
    page = Page(text)
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
    block = text.split('id="map-data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(block)
    data = data_of(text)
    assert data["nodes"][0]["label"] == EVIL
    assert data["initiatives"][0]["parts"][0]["quote"] == EVIL


def test_the_policy_allows_the_scripts_of_the_page_and_nothing_else() -> None:
    text = render_map(network(), title="T")
    policies = [a["content"] for tag, a in Page(text).elements if tag == "meta" and a.get("http-equiv")]
    assert len(policies) == 1
    policy = dict(part.split(" ", 1) for part in str(policies[0]).split("; "))
    assert policy["default-src"] == policy["connect-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    for directive, blocks, number in (("script-src", scripts, 2), ("style-src", styles, 1)):
        hashes = [base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for block in blocks]
        assert len(hashes) == number
        assert policy[directive] == " ".join(f"'sha256-{value}'" for value in hashes)


def test_our_script_never_writes_markup() -> None:
    ours = (Path(sys.modules["graph_api.maps.page"].__file__ or "").parent / "map.js").read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setHTML", ours)


def test_every_word_that_the_script_asks_for_is_in_the_table() -> None:
    folder = Path(sys.modules["graph_api.maps.page"].__file__ or "").parent
    script, page = ((folder / name).read_text("utf-8") for name in ("map.js", "map.html"))
    asked = set(re.findall(r"strings\.(\w+)", script)) | set(re.findall(r"words\.(\w+)", page))
    known = {key for key in strings("en") if "." not in key}
    assert asked == known - {"unknownType", "code"}  # which the data says


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_each_language(language: str) -> None:
    text = render_map(network(), title="T", language=language)
    assert f'<html lang="{language}">' in text
    assert "<title>T</title>" in text
    assert strings(language)["search"] in text


def test_languages_differ_and_none_lacks_a_word() -> None:
    tables = [strings(language) for language in LANGUAGES]
    assert all(word.strip() for table in tables for word in table.values())
    assert len({table["search"] for table in tables}) == len(LANGUAGES)
    assert all({"{nodes}", "{edges}"} <= set(re.findall(r"\{\w+\}", table["shown"])) for table in tables)


def test_a_language_without_a_translation_is_refused() -> None:
    with pytest.raises(UsageError, match='"de"'):
        render_map(network(), title="T", language="de")


def test_data_of_nodes_and_edges() -> None:
    data = map_data(network(), strings("en"), quotes={(A, ONE): Quote("q", "d")})
    assert [node["id"] for node in data["nodes"]] == [0, 1, 2]
    assert data["nodes"][0]["size"] > data["nodes"][1]["size"] > data["nodes"][2]["size"]
    assert data["edges"][0] | {"width": 0} == {
        "id": "e0", "from": 0, "to": 1, "arrows": "", "width": 0, "weight": 1.0, "initiatives": [0],
    }  # fmt: skip
    assert data["organisations"][1] == {"iri": B, "type": 1, "count": 1, "owner": "Mallilan kaupunki"}
    assert [item["title"] for item in data["initiatives"]] == ["Mallilan kaupunki"]
    assert data["initiatives"][0]["parts"] == [
        {"node": 0, "roles": ["applicant"], "quote": "q", "document": "d"},
        {"node": 1, "roles": ["partner"]},
    ]
    assert data["options"]["physics"] is False


def test_types_look_different_in_shape_and_colour() -> None:
    graph = nx.empty_graph(30)
    for node in graph:
        graph.nodes[node]["type"] = f"type {node:02}" if node else ""
    types = map_data(graph, strings("en"))["types"]
    assert len({(entry["shape"], entry["colour"]) for entry in types}) == 30
    assert types[-1]["label"] == "Type unknown"
    assert {entry["shape"] for entry in types} == set(SHAPES)
    assert {entry["colour"] for entry in types} == set(COLOURS)


def test_area_grows_with_initiatives() -> None:
    assert radius(0, 10) == radius(0, 0) == 6.0
    assert radius(10, 10) == 26.0
    assert (radius(5, 20) - 6) == pytest.approx(10)


def test_a_bare_graph_can_be_drawn() -> None:
    data = data_of(render_map(nx.path_graph(3), title="T"))
    assert len(data["nodes"]) == 3
    assert data["initiatives"] == []
    assert data_of(render_map(nx.Graph(), title="T"))["nodes"] == []


def test_embedded_json_reads_back() -> None:
    value = {"text": EVIL + "\u2029\x00\ud800"}
    assert json.loads(embed_json(value))["text"].startswith(EVIL)
    with pytest.raises(ValueError, match="not JSON compliant"):
        embed_json(float("nan"))


def test_the_file_is_written_where_asked(tmp_path: Path) -> None:
    write_map(network(), tmp_path / "new" / "map.html", title="Ä")
    assert (tmp_path / "new" / "map.html").read_text("utf-8") == render_map(network(), title="Ä")
    assert [file.name for file in tmp_path.iterdir()] == ["new"]  # pyvis leaves a folder "lib" behind, this does not
    with pytest.raises(CannotRunError, match="Choose another place"):
        write_map(network(), tmp_path / "new" / "map.html" / "inside.html", title="T")
