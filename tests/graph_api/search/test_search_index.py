"""The search index over the demo documents and over small graphs."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.contacts import read_contacts
from graph_api.search.build import ensure_model, model_path
from graph_api.search.folding import fold
from graph_api.search.index import SearchIndex, open_index
from graph_api.store import current, load, new_generation, open_graph
from loaders.errors import CannotRunError
from loaders.iris import BASE, FOAF


@pytest.fixture(scope="module")
def index(demo_store: Path) -> Iterator[SearchIndex]:
    """Return the index of the demo documents."""
    opened = open_index(demo_store)
    yield opened
    opened.close()


def _names(index: SearchIndex, text: str, *kinds: str) -> list[str]:
    page = index.search(text, kinds=kinds) if kinds else index.search(text)
    return [hit.name for hit in page.hits]


def test_inner_words_are_found(index: SearchIndex) -> None:
    assert "Limingan kunnan perusturvapalvelut" in _names(index, "turvapalvelu")


def test_forms_of_inner_words_are_found(index: SearchIndex) -> None:
    assert "Limingan kunnan perusturvapalvelut" in _names(index, "turvapalveluja")


@pytest.mark.parametrize("form", ["Limingan", "Limingassa", "Limingalle", "Liminkaan", "liminka", "LIMINKA"])
def test_forms_of_a_name_find_it(index: SearchIndex, form: str) -> None:
    assert "Liminka" in _names(index, form, "place")


def test_words_are_found_in_any_order_and_form(index: SearchIndex) -> None:
    assert _names(index, "sosiaalirahastosta Euroopan")[0] == "Euroopan sosiaalirahasto"


def test_an_exact_name_comes_first(index: SearchIndex) -> None:
    assert _names(index, "lean", "method")[0] == "Lean"


def test_accents_do_not_matter(index: SearchIndex) -> None:
    assert _names(index, "jarvenpaa", "place") == _names(index, "Järvenpää", "place") == ["Järvenpää"]


def test_short_words_begin_words(index: SearchIndex) -> None:
    found = index.search("tl")
    assert [hit.name for hit in found.hits if hit.kind == "place"] == ["Koski Tl", "Lappi Tl"]
    assert len({hit.iri for hit in found.hits}) == len(found.hits) == found.total
    assert _names(index, "Koski tl", "place") == ["Koski Tl"]


def test_abbreviations_and_numbers_are_found(index: SearchIndex) -> None:
    assert _names(index, "THL")[0] == "Terveyden ja hyvinvoinnin laitos"
    assert "Kiipulasäätiö" in _names(index, "0147520-0")


def test_any_of_the_words_will_do_where_none_has_all(index: SearchIndex) -> None:
    page = index.search("Liminka avaruusasema")
    assert not page.has_all_words
    assert "Liminka" in [hit.name for hit in page.hits]


def test_pages_of_a_search_make_the_whole(index: SearchIndex) -> None:
    whole = index.search("kunta", limit=60)
    parts = [index.search("kunta", limit=20, offset=offset) for offset in (0, 20, 40)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert whole.total > 60


def test_what_no_document_names_can_be_left_out(index: SearchIndex) -> None:
    assert all(hit.is_named for hit in index.search("kunta", named_only=True, limit=100).hits)


def test_people_are_found_by_role_and_organisation_alone(index: SearchIndex, demo_store: Path) -> None:
    graph = open_graph(demo_store)
    names = [quad.object.value for quad in graph if quad.predicate.value == FOAF + "name"]
    assert len(names) > 10
    assert not [name for name in names if any(hit.kind == "person" for hit in index.search(name).hits)]
    assert any(hit.kind == "person" for hit in index.search("projektipäällikkö").hits)


def test_the_file_holds_no_names_of_people_and_no_contact_details(demo_store: Path) -> None:
    content = ensure_model(demo_store).read_bytes().decode("utf-8", "replace")
    graph = open_graph(demo_store)
    names = {quad.object.value for quad in graph if quad.predicate.value == FOAF + "name"}
    contacts = {contact.value for contact in read_contacts(current(demo_store).contacts, date(2000, 1, 1))}
    assert len(names) > 10
    assert len(contacts) > 10
    assert [text for text in names | contacts if text in content] == []


def test_names_come_in_order_with_their_languages(index: SearchIndex) -> None:
    assert index.names(BASE + "place/hva-01")[0] == ("Itä-Uudenmaan hyvinvointialue", "fi")
    assert ("Östra Nylands välfärdsområde", "sv") in index.names(BASE + "place/hva-01")


def test_entities_are_found_by_iri(index: SearchIndex) -> None:
    hit = index.find(BASE + "place/kunta-425")
    assert hit is not None
    assert (hit.name, hit.kind, hit.type, hit.is_named) == ("Liminka", "place", "kunta", True)
    assert index.find(BASE + "place/nowhere") is None


@given(st.text(max_size=40) | st.text("\"*():^-+ANDORNEAR kunta'%_", max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_a_search(index: SearchIndex, text: str) -> None:
    page = index.search(text)
    assert page.total >= len(page.hits)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_index_is_made_once_and_again_after_it_was_deleted(demo_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    path = model_path(current(store))
    path.unlink(missing_ok=True)
    first = ensure_model(store)
    written = first.stat().st_mtime_ns
    assert ensure_model(store).stat().st_mtime_ns == written
    content = _rows(first)
    first.unlink()
    assert _rows(ensure_model(store)) == content
    assert [file for file in path.parent.iterdir() if file.suffix == ".draft"] == []


def _rows(path: Path) -> list[object]:
    with sqlite3.connect(path) as connection:
        tables = ("entity", "name", "fact", "basis", "evidence", "token", "word")
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608


def test_an_index_answers_on_after_its_generation_has_gone(tmp_path: Path) -> None:
    store = _small_store(tmp_path, "Vanha hanke")
    before = open_index(store)
    _small_store(tmp_path, "Uusi hanke")
    assert [hit.name for hit in before.search("hanke").hits] == ["Vanha hanke"]
    after = open_index(store)
    assert [hit.name for hit in after.search("hanke").hits] == ["Uusi hanke"]
    assert after.generation != before.generation


def test_contact_details_in_descriptions_are_left_out(tmp_path: Path) -> None:
    store = _small_store(tmp_path, "Hanke matti.meikalainen@esimerkki.fi")
    assert not re.search(rb"meikalainen", ensure_model(store).read_bytes())


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="There is no store"):
        open_index(tmp_path)


def _small_store(folder: Path, title: str) -> Path:
    iri = f"<{BASE}initiative/x>"
    graph = "<https://example.org/graph>"
    lines = [
        f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/hankeverkko/ontology#Initiative> {graph} .",
        f'{iri} <http://purl.org/dc/terms/title> "{title}" {graph} .',
    ]
    file = folder / "lines.nq"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with new_generation(folder / "store") as generation:
        quads = load(generation, [file])
        generation.write_manifest({"documents": [], "quads": quads})
    return folder / "store"
