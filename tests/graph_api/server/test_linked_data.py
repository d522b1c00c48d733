"""Dereferencing, pages, the context, and the description of the data set, against a running server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from graph_api.contacts import read_contacts
from graph_api.search.kinds import COLLECTIONS
from graph_api.store import current, open_graph
from loaders.iris import BASE, FOAF, HV, RDF

Serve = Callable[..., AbstractContextManager[httpx.Client]]
FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", None),
}
KEY = "organisation/kunta-425"


@pytest.fixture(scope="module")
def client(whole_client: httpx.Client) -> httpx.Client:
    """Return a client of a server over all demo documents."""
    return whole_client


def _triples(client: httpx.Client, content: str, form: ox.RdfFormat | None) -> set[str]:
    if form is not None:
        return {str(quad.triple) for quad in ox.parse(content, format=form)}
    document = json.loads(content)
    address = document["@context"]
    document["@context"] = client.get(address).json()["@context"]
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    return {str(quad.triple) for quad in ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize("ending", sorted(FORMS))
def test_an_address_leads_to_data_by_accept_and_by_ending(client: httpx.Client, ending: str) -> None:
    media_type, form = FORMS[ending]
    for answer in (
        client.get(f"/id/{KEY}", headers={"Accept": media_type}),
        client.get(f"/id/{KEY}.{ending}"),
    ):
        assert (answer.status_code, answer.headers["location"]) == (303, f"/data/{KEY}.{ending}")
        data = client.get(answer.headers["location"])
        assert data.headers["content-type"].partition(";")[0] == media_type
        assert _triples(client, data.text, form) == _triples(
            client, client.get(f"/data/{KEY}.ttl").text, ox.RdfFormat.TURTLE
        )
    assert client.get(f"/data/{KEY}", headers={"Accept": media_type}).content == data.content


def test_an_address_leads_a_browser_to_the_page(client: httpx.Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get(f"/id/{KEY}", headers={"Accept": browser}, follow_redirects=True)
    assert answer.url.path == f"/page/{KEY}"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_what_cannot_be_had_is_told(client: httpx.Client) -> None:
    for path in ("/id/organisation/nobody", "/page/organisation/nobody", "/data/organisation/nobody.ttl", "/id/x.ttl"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    for path in (f"/id/{KEY}", f"/data/{KEY}", "/dataset", "/.well-known/void"):
        assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_data_is_about_the_entity_with_its_evidence(client: httpx.Client, whole_store: Path) -> None:
    graph = Graph().parse(data=client.get(f"/data/{KEY}.ttl").text, format="turtle")
    iri = URIRef(BASE + KEY)
    own = {
        quad.predicate.value for quad in open_graph(whole_store).quads_for_pattern(ox.NamedNode(BASE + KEY), None, None)
    }
    assert {str(predicate) for predicate in graph.predicates(iri)} == own
    assert list(graph.subjects(URIRef(HV + "participant"), iri))
    pieces = set(graph.subjects(URIRef(RDF + "subject"), iri))
    assert pieces
    assert all(graph.value(piece, URIRef(HV + "quote")) for piece in pieces)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"} and tag != "link"]
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]


def _parsed(text: str) -> _Links:
    parser = _Links()
    parser.feed(text)
    return parser


def test_every_kind_has_a_page_whose_links_lead_somewhere(client: httpx.Client) -> None:
    seen: set[str] = set()
    for name in COLLECTIONS:
        for item in client.get(f"/api/{name}?limit=2&sort=connections").json()["items"]:
            answer = client.get(f"/page/{item['iri'].removeprefix(BASE)}")
            assert answer.status_code == 200
            page = _parsed(answer.text)
            assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
            assert not {"script", "img", "iframe"} & set(page.tags)
            assert page.addresses[0] == "#content"
            assert all(re.match("/(?!/)", address) for address in page.addresses[1:])
            seen |= set(page.addresses[1:30])
    browser = {"Accept": "text/html,*/*;q=0.8"}
    statuses = {address: client.get(address, headers=browser).status_code for address in seen}
    assert statuses == dict.fromkeys(seen, 200)


def test_pages_of_evidence_show_the_quote_and_the_facts(client: httpx.Client) -> None:
    piece = client.get("/api/evidence?limit=1").json()["items"][0]
    text = client.get(f"/page/{piece['iri'].removeprefix(BASE)}").text
    assert piece["quote"] in text
    assert piece["facts"][0]["subject"]["name"] in text


def test_pages_guard_themselves(client: httpx.Client) -> None:
    headers = client.get(f"/page/{KEY}").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_text_of_the_graph_cannot_become_markup(
    tmp_path: Path, make_store: Callable[[str], Path], serve: Serve
) -> None:
    bad = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\\\"'"
    iri, graph = f"<{BASE}initiative/x>", "<https://example.org/g>"
    lines = f"{iri} <{RDF}type> <{HV}Initiative> {graph} .\n"
    lines += f'{iri} <http://purl.org/dc/terms/title> "{bad}" {graph} .\n'
    lines += f'{iri} <http://purl.org/dc/terms/description> "{bad}" {graph} .\n'
    lines += f"{iri} <http://purl.org/dc/terms/source> <javascript:alert(1)> {graph} .\n"
    with serve(make_store(lines)) as http:
        answer = http.get("/page/initiative/x")
        page = _parsed(answer.text)
        assert "&lt;script&gt;" in answer.text
        assert not {"script", "img"} & set(page.tags)
        assert page.handlers == []
        assert not [address for address in page.addresses if ":" in address]
        assert http.get("/data/initiative/x.jsonld").json()["@graph"][0]["title"][0].startswith("</title>")


def test_pages_and_data_name_nobody(client: httpx.Client, whole_store: Path) -> None:
    graph = open_graph(whole_store)
    names = {quad.object.value for quad in graph if quad.predicate.value == FOAF + "name"}
    hidden = names | {c.value for c in read_contacts(current(whole_store).contacts, date(2000, 1, 1))}
    assert len(hidden) > 20
    of_interest = [
        *client.get("/api/persons?limit=100").json()["items"],
        *client.get("/api/documents?limit=100").json()["items"],
    ]
    of_interest += client.get("/api/initiatives?limit=100").json()["items"]
    keys = [item["iri"].removeprefix(BASE) for item in of_interest]
    texts = {
        path: client.get(path).text
        for key in keys
        for path in (f"/page/{key}", f"/data/{key}.ttl", f"/data/{key}.jsonld")
    }
    assert [(path, word) for path, text in texts.items() for word in hidden if word in text] == []


def test_the_context_names_every_property_of_the_ontology(client: httpx.Client, repository: Path) -> None:
    terms = client.get("/context.jsonld").json()["@context"]
    ontology = Graph().parse(repository / "ontology" / "core.ttl")
    names = {str(s).removeprefix(HV) for s in ontology.subjects() if str(s).startswith(HV)}
    assert len(names) > 50
    assert {name: terms[name] for name in names} == {name: HV + name for name in names}


def test_the_data_set_is_described(client: httpx.Client, whole_store: Path) -> None:
    void = "http://rdfs.org/ns/void#"
    graph = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    it = next(graph.subjects(URIRef(RDF + "type"), URIRef(void + "Dataset")))
    assert int(str(graph.value(it, URIRef(void + "triples")))) == len(open_graph(whole_store))
    counted = {
        str(graph.value(part, URIRef(void + "class"))): int(str(graph.value(part, URIRef(void + "entities"))))
        for part in graph.objects(it, URIRef(void + "classPartition"))
    }
    assert counted[HV + "Document"] == client.get("/api/documents?limit=1").json()["total"]
    assert counted[HV + "Evidence"] == client.get("/api/evidence?limit=1").json()["total"]
    dumps = [str(dump) for dump in graph.objects(it, URIRef(void + "dataDump"))]
    assert {client.get(dump).status_code for dump in dumps} == {200}
    for ending, (media_type, _) in FORMS.items():
        assert client.get(f"/dataset.{ending}").headers["content-type"].startswith(media_type)
    assert client.get("/dataset", headers={"Accept": "text/html"}).text.startswith("<!doctype html>")


def _locations(text: str) -> list[str]:
    elements = ElementTree.fromstring(text).iter()  # noqa: S314 - our own server's
    return [str(element.text) for element in elements if element.tag.endswith("loc")]


def test_the_data_set_has_a_page(client: httpx.Client) -> None:
    client.get("/dataset", headers={"Accept": "text/turtle"})
    page = client.get("/dataset", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")


def test_the_map_of_the_site_lists_pages_but_no_people(client: httpx.Client) -> None:
    robots = client.get("/robots.txt").text
    address = re.search(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    assert address is not None
    maps = _locations(client.get(address[1]).text)
    pages = [page for part in maps for page in _locations(client.get(part).text)]
    assert len(pages) > 100
    assert not [page for page in pages if "/person/" in page]
    assert {client.get(page).status_code for page in pages[:10]} == {200}


def test_reads_have_validators_and_heads(client: httpx.Client) -> None:
    for path in (
        f"/page/{KEY}",
        f"/data/{KEY}.ttl",
        "/dataset.ttl",
        "/context.jsonld",
        "/sitemap.xml",
        f"/api/{KEY.replace('organisation', 'organisations')}",
    ):
        first = client.get(path)
        assert "etag" in first.headers
        head = client.head(path)
        assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])
        if path != "/sitemap.xml":
            assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_a_host_that_is_none_is_refused(client: httpx.Client) -> None:
    for path in ("/dataset", f"/data/{KEY}.jsonld", "/robots.txt"):
        for host in ('a"><b', "[::1", "x y"):
            assert client.get(path, headers={"Host": host}).status_code in {400, 421}
