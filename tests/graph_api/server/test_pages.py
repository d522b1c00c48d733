"""Pages for people, against a running server: what they show, in which language, and that every way on leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from graph_api.server.negotiation import preferred_language
from graph_api.server.pages.reader import Reader
from graph_api.server.pages.snippets import mark
from graph_api.store import open_graph
from loaders.iris import BASE, FOAF

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = (
    *("/", "/search?q=Limingassa", "/organisations", "/initiatives?method=lean", "/pilots", "/methods", "/funders"),
    *("/places", "/documents", "/partners", "/partners?for=kunta-425", "/network", "/dataset", "/api", "/nowhere"),
    *("/page/organisation/kunta-425", "/page/initiative/S20486", "/page/method/lean", "/page/place/kunta-425"),
)


class _Page(HTMLParser):
    """What stands in a page: tags with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    def links(self) -> list[str]:
        return [str(link["href"]) for link in self.named("a")]

    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def client(whole_client: httpx.Client) -> httpx.Client:
    """Return a client of a server over all demo documents."""
    return whole_client


def _page(client: httpx.Client, path: str, language: str = "fi") -> _Page:
    return _Page(client.get(path, headers=BROWSER | {"Accept-Language": language}).text)


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_one_layout_and_every_field_has_a_label(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    page = _Page(answer.text)
    assert answer.status_code == (404 if path == "/nowhere" else 200)
    assert [len(page.named(tag)) for tag in ("h1", "main", "header", "footer", "title")] == [1] * 5
    assert not page.named("script", "img", "iframe", "style")
    labels = {label["for"] for label in page.named("label") if "for" in label}
    fields = [field for field in page.named("input", "select") if field.get("type") not in {"hidden", "checkbox"}]
    assert [field for field in fields if field.get("id") not in labels and not field.get("aria-label")] == []
    identifiers = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    addresses = page.links() + [str(form["action"]) for form in page.named("form")]
    assert [a for a in addresses if not re.match(r"/(?!/)|#content$", a)] == []
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in policy


def test_every_link_of_the_start_page_leads_to_a_page(client: httpx.Client) -> None:
    links = set(_page(client, "/").links()) - {"#content"}
    assert {"/organisations", "/partners", "/network", "/map", "/report", "/api"} <= links
    assert {link: client.get(link, headers=BROWSER).status_code for link in links} == dict.fromkeys(links, 200)


def test_programs_at_the_bare_address_are_led_to_the_description(client: httpx.Client) -> None:
    for accept in ("text/turtle", "application/json", "*/*", "application/ld+json, text/html;q=0.1"):
        answer = client.get("/", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, "/dataset")


def test_the_language_is_that_of_the_browser_unless_the_address_says_otherwise(client: httpx.Client) -> None:
    titles = {
        "fi": "Organisaatiot",
        "sv-FI,sv;q=0.9": "Organisationer",
        "en-GB": "Organisations",
        "de": "Organisaatiot",
    }
    for accept, title in titles.items():
        answer = client.get("/organisations", headers=BROWSER | {"Accept-Language": accept})
        assert f"<h1>{title}</h1>" in answer.text
        assert "Accept-Language" in answer.headers["vary"]
    page = _page(client, "/organisations?lang=sv", "en")
    assert page.named("html")[0]["lang"] == "sv"
    assert "kommun" in page.text()
    onward = [link for link in page.links() if link.startswith("/page/")]
    assert onward
    assert all("lang=sv" in link for link in onward)


def test_entities_are_named_in_the_language_of_the_page(client: httpx.Client) -> None:
    names = {
        language: _page(client, "/page/organisation/kunta-425", language).text() for language in ("fi", "sv", "en")
    }
    assert "Limingan kunta" in names["fi"]
    assert "Limingo kommun" in names["sv"]
    assert "Find partners for this organisation" in names["en"]


def test_search_finds_inflected_words_and_parts_and_marks_them(client: httpx.Client) -> None:
    found = client.get("/search", params={"q": "Limingassa"}, headers=BROWSER).text
    assert "/page/organisation/kunta-425" in found
    assert "/page/place/kunta-425" in found
    part = client.get("/search", params={"q": "kotihoido"}, headers=BROWSER).text
    assert re.search(r"<mark>\w*kotihoido\w*</mark>", part, re.IGNORECASE)
    nothing = _page(client, "/search?q=qwertyqwerty", "en")
    assert "Nothing was found" in nothing.text()


def test_what_is_looked_for_cannot_become_markup(client: httpx.Client) -> None:
    bad = '"><script>alert(1)</script>'
    for path in ("/search?q=", "/partners?theme=", "/partners?for=", "/network?around=", "/organisations?q="):
        answer = client.get(path + str(httpx.QueryParams({"": bad}))[1:], headers=BROWSER)
        assert "<script" not in answer.text, path
        assert "alert(1)" in answer.text, path


def test_all_that_is_found_of_a_kind_can_be_paged_through(client: httpx.Client) -> None:
    total = client.get("/api/search?q=hanke&kind=initiative&limit=1").json()["total"]
    address, seen = "/search?q=hanke&kind=initiative", set()
    while address:
        page = _page(client, address)
        seen |= {link for link in page.links() if link.startswith("/page/initiative/")}
        following = [str(link["href"]) for link in page.named("a") if link.get("rel") == "next"]
        address = urljoin(address, following[0]) if following else ""
    assert len(seen) == total > 0


def test_a_list_is_paged_and_narrowed_as_the_api_narrows_it(client: httpx.Client) -> None:
    address, seen = "/organisations", []
    while address:
        page = _page(client, address)
        seen += [link for link in page.links() if link.startswith("/page/organisation/")]
        following = [str(link["href"]) for link in page.named("a") if link.get("rel") == "next"]
        address = following[0] if following else ""
    assert len(seen) == len(set(seen)) == client.get("/api/organisations?limit=1").json()["total"]
    facets = [link for link in _page(client, "/organisations").links() if link.startswith("/organisations?type=")]
    narrowed = client.get("/api" + facets[0]).json()["total"]
    page = _page(client, facets[0])
    assert f"Yhteensä {narrowed} " in page.text()
    assert "/organisations" in [link["href"] for link in page.named("a") if "Poista" in str(link.get("aria-label"))]


def test_empty_fields_of_a_form_say_nothing(client: httpx.Client) -> None:
    whole = _page(client, "/initiatives").text()
    form = _page(client, "/initiatives?q=&since=&until=&sort=name").text()
    assert re.findall(r"Yhteensä \d+", form) == re.findall(r"Yhteensä \d+", whole)


def test_what_does_not_fit_is_told_on_a_page(client: httpx.Client) -> None:
    for path, status in (("/initiatives?since=x", 422), ("/organisations?place=nowhere", 400), ("/page/x/y", 404)):
        answer = client.get(path, headers=BROWSER)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert len(_Page(answer.text).named("h1")) == 1
        program = client.get(path, headers={"Accept": "application/json"})
        assert (program.status_code, program.headers["content-type"]) == (status, "application/problem+json")


def test_facts_are_grouped_with_the_sentence_behind_each(client: httpx.Client) -> None:
    text = client.get("/page/initiative/S20486", headers=BROWSER | {"Accept-Language": "en"}).text
    groups = re.findall(r"<h2>([^<]+)</h2>", text)
    assert [g for g in groups if g in {"What", "Who", "When", "Where", "Money", "Methods", "Documents"}] == [
        *("What", "Who", "When", "Where", "Money", "Methods", "Documents"),
    ]
    when = text[text.index("<h2>When</h2>") : text.index("<h2>Where</h2>")]
    assert when.index("1 October 2015") < when.index("31 October 2017")
    assert "<blockquote>" in when
    assert "€" in text[text.index("<h2>Money</h2>") : text.index("<h2>Methods</h2>")]


def test_an_organisation_leads_on_to_partners_network_and_report(client: httpx.Client) -> None:
    links = _page(client, "/page/organisation/kunta-425").links()
    onward = [link for link in links if link.startswith(("/partners?", "/network?", "/report?", "/initiatives?"))]
    assert len(onward) == 4
    assert {link: client.get(link, headers=BROWSER).status_code for link in onward} == dict.fromkeys(onward, 200)


def test_partners_are_ranked_with_reasons_and_evidence_as_the_api_ranks_them(client: httpx.Client) -> None:
    asked = {"for": "Limingan kunta", "met": "true"}
    ranked = client.get("/api/partners", params=asked | {"language": "sv"}).json()["partners"]
    page = client.get("/partners", params=asked | {"lang": "sv"}, headers=BROWSER).text
    shown = re.findall(r'<h3><a href="(/page/[^?"]+)', page)
    assert shown == ["/page/" + found["iri"].removeprefix(BASE) for found in ranked]
    text = _Page(page).text()
    assert " ".join(ranked[0]["reasons"][0]["text"].split()) in text
    quotes = [proof["evidence"]["quote"] for proof in ranked[0]["reasons"][0]["evidence"] if "evidence" in proof]
    assert quotes
    assert all(" ".join(quote.split()) in text for quote in quotes)


def test_the_form_shows_names_of_what_links_give_by_iri(client: httpx.Client) -> None:
    asked = {"for": "organisation/kunta-425", "place": "place/maakunta-19", "method": "method/lean"}
    page = _Page(
        client.get("/partners", params={name: BASE + key for name, key in asked.items()}, headers=BROWSER).text
    )
    assert {"Limingan kunta", "Lappi", "Lean"} <= {field.get("value") for field in page.named("input")}
    assert not [attributes for _, attributes in page.tags if attributes.get("role") == "alert"]


def test_the_network_of_an_organisation_is_found_by_its_name_in_any_language(client: httpx.Client) -> None:
    for name in ("Tornion kaupunki", "torneå stad", "kunta-851", f"{BASE}organisation/kunta-851"):
        page = _page(client, f"/network?around={name}", "en")
        assert "City of Tornio: its network" in page.text()
        rows = [link for link in page.links() if link.startswith("/page/initiative/")]
        assert rows
        ends = [link for link in page.links() if link.startswith("/page/organisation/")]
        assert "/page/organisation/kunta-851" in ends[:2]
    answer = client.get("/map", params={"around": "Tornion kaupunki", "lang": "fi"}, headers=BROWSER)
    assert "Hankeverkko – Tornion kaupunki" in answer.text
    assert client.get("/map?around=nobody", headers=BROWSER).status_code == 404


def test_a_partner_for_nobody_is_told_with_the_form_as_it_was(client: httpx.Client) -> None:
    answer = client.get("/partners?for=Nobodyxyz&theme=kotihoito", headers=BROWSER)
    page = _Page(answer.text)
    assert answer.status_code == 400
    assert {"Nobodyxyz", "kotihoito"} <= {field.get("value") for field in page.named("input")}
    assert [tag for tag, attributes in page.tags if attributes.get("role") == "alert"] == ["p"]


def test_pages_name_nobody(client: httpx.Client, whole_store: Path) -> None:
    names = {quad.object.value for quad in open_graph(whole_store) if quad.predicate.value == FOAF + "name"}
    assert len(names) > 10
    surnames = {name.split()[-1] for name in names}
    paths = [f"/search?q={surname}" for surname in surnames]
    paths += ["/search?q=projektipäällikkö", "/partners?for=kunta-851&met=true", "/report", "/map", *PAGES]
    texts = {path: client.get(path, headers=BROWSER).text for path in paths}
    assert [(path, name) for path, text in texts.items() for name in names if name in text] == []


def test_pages_have_validators(client: httpx.Client) -> None:
    for path in ("/", "/organisations", "/search?q=lean", "/page/organisation/kunta-425", "/partners", "/network"):
        tag = client.get(path, headers=BROWSER).headers["etag"]
        kept = client.get(path, headers=BROWSER | {"If-None-Match": tag})
        assert kept.status_code == 304
        # A browser puts the headers of a 304 in the place of those that it holds.
        assert "style-src 'self'" in kept.headers["content-security-policy"]
        other = client.get(path, headers=BROWSER | {"If-None-Match": tag, "Accept-Language": "sv"})
        assert other.status_code == 200


def test_the_map_states_its_policy_by_hashes(client: httpx.Client) -> None:
    for path in ("/map", "/report"):
        policy = client.get(path, headers=BROWSER).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "sha256-" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("accept", "language"),
    [(None, "fi"), ("", "fi"), ("sv", "sv"), ("de, en;q=0.5", "en"), ("en;q=0.2, sv;q=0.8", "sv"), ("en;q=0", "fi")],
)
def test_the_best_language_is_chosen(accept: str | None, language: str) -> None:
    assert preferred_language(accept, ("fi", "sv", "en")) == language


def test_dates_and_money_are_written_as_the_language_writes_them() -> None:
    written = {lang: Reader(lang, False, "/", ()) for lang in ("fi", "en")}
    assert [written["fi"].date(day) for day in ("2015-10-01", "2015-10", "2015", "2015-13-01")] == [
        *("1.10.2015", "2015-10", "2015", "2015-13-01"),
    ]
    assert written["en"].date("2015-10-01T12:00:00+00:00") == "1 October 2015"
    assert written["fi"].money("566848.5", "EUR") == "566\u00a0848,50\u00a0€"
    assert written["en"].money("566848", "SEK") == "566,848\u00a0SEK"


def test_words_are_marked_whatever_their_letters() -> None:
    assert mark("Järvenpään työ", ["jarvenpaa"]) == [("Järvenpään", True), (" työ", False)]
    assert mark("ei mitään", ["jarvenpaa"]) == [("ei mitään", False)]


@pytest.mark.browser
@pytest.mark.parametrize("width", [420, 1400])
def test_a_browser_draws_the_pages_and_refuses_nothing_in_them(
    client: httpx.Client, tmp_path: Path, width: int
) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on the PATH (on Debian: apt-get install chromium)")
    for number, path in enumerate(("/", "/initiatives", "/page/initiative/S20486", "/partners?for=kunta-425")):
        shot = tmp_path / f"{number}.png"
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
        command += [f"--window-size={width},900", f"--screenshot={shot}", f"--user-data-dir={tmp_path / 'profile'}"]
        address = str(client.base_url).rstrip("/") + path
        done = subprocess.run([*command, address], capture_output=True, text=True, timeout=120, check=False)
        assert shot.stat().st_size > 10_000
        assert "Content Security Policy" not in done.stderr
