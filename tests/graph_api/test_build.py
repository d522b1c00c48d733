"""The whole job on the demo documents: the same graph in any order, evidence at its offsets, nobody's address."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_api.build import build
from graph_api.report import Report
from graph_api.store import Generation, canonical_nquads, current, open_graph
from graph_api.validation import validate_store
from loaders.errors import ReadError, UsageError
from loaders.iris import HV, PROV, RDF
from loaders.language.contacts import EMAIL, PHONE
from loaders.readers.text import GUESSED

EVIDENCE = f"""
SELECT ?quote ?start ?end ?row ?document WHERE {{
  ?e a <{HV}Evidence> ; <{HV}quote> ?quote ; <{PROV}wasDerivedFrom> ?document .
  OPTIONAL {{ ?e <{HV}startOffset> ?start ; <{HV}endOffset> ?end }} OPTIONAL {{ ?e <{HV}row> ?row }}
}}"""
JOINED = (
    "participatesIn",
    "funds",
    "usesMethod",
    "pilotOf",
    "hostedBy",
    "takesPlaceIn",
    "contactFor",
    "worksFor",
    "relatedTo",
)


@pytest.fixture(scope="module")
def demo(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    store = tmp_path_factory.mktemp("demo") / "store"
    return store, build([repository / "data" / "documents", repository / "data" / "lists"], store)


def check_evidence(store: ox.Store, generation: Generation) -> int:
    """Check that every quote stands in its stored text at its offsets (or in its row); return how many there were."""
    texts: dict[str, str] = {}
    count = 0
    for found in store.query(EVIDENCE, use_default_graph_as_union=True):
        key = found["document"].value.rpartition("/")[2]
        text = texts.setdefault(key, generation.text(key))
        if found["row"] is not None:
            assert found["quote"].value in text.split("\n")[int(found["row"].value) - 1]
        else:
            assert text[int(found["start"].value) : int(found["end"].value)] == found["quote"].value
        count += 1
    return count


def test_the_demo_loads_whole_and_valid(demo: tuple[Path, Report]) -> None:
    store, report = demo
    assert not report.failed
    assert report.violations == []
    assert report.listed_projects == 40
    assert sum(report.documents.values()) == 19
    assert validate_store(open_graph(store)) == []


def test_every_quote_stands_at_its_offsets(demo: tuple[Path, Report]) -> None:
    assert check_evidence(open_graph(demo[0]), current(demo[0])) > 500


def test_every_joining_statement_of_a_document_has_evidence(demo: tuple[Path, Report]) -> None:
    store = open_graph(demo[0])
    for name in JOINED:
        query = f"""SELECT ?s ?o WHERE {{ ?s <{HV}{name}> ?o .
          FILTER NOT EXISTS {{ ?e <{RDF}subject> ?s ; <{RDF}predicate> <{HV}{name}> ; <{RDF}object> ?o }}
          FILTER NOT EXISTS {{ ?row <{HV}row> ?n ; <{HV}supports> ?o }} }}"""
        assert list(store.query(query, use_default_graph_as_union=True)) == []


def test_no_blank_nodes_and_one_graph_a_document(demo: tuple[Path, Report]) -> None:
    store = open_graph(demo[0])
    assert not any(isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode) for quad in store)
    documents = current(demo[0]).manifest()["documents"]
    named = {graph.value for graph in store.named_graphs()}
    assert {document["graph"] for document in documents} <= named


def test_no_address_and_no_telephone_number_is_in_the_graph(demo: tuple[Path, Report]) -> None:
    lines = canonical_nquads(open_graph(demo[0])).splitlines()
    literals = [line.split('"')[1] for line in lines if '"' in line and "w3id.org/hankeverkko/graph/document" in line]
    assert literals
    assert not [text for text in literals if EMAIL.search(text) or PHONE.fullmatch(text)]
    assert not [line for line in lines if "organisaatio.example" in line]


def test_the_order_and_place_of_the_files_change_nothing(
    demo: tuple[Path, Report], repository: Path, tmp_path: Path
) -> None:
    files = sorted((repository / "data" / "documents").iterdir(), reverse=True) + sorted(
        (repository / "data" / "lists").iterdir()
    )
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    copies = [Path(shutil.copy(file, moved / file.name)) for file in files]
    build([*copies, *copies[:3]], tmp_path / "store")
    assert canonical_nquads(open_graph(tmp_path / "store")) == canonical_nquads(open_graph(demo[0]))


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_loaded(repository: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.7 \x00\x00")
    report = build([bad, repository / "data" / "documents" / "liaani.txt"], tmp_path / "store")
    assert "bad.txt" in next(iter(report.failed.values()))
    assert report.has_problems
    assert sum(report.documents.values()) == 1


def test_nothing_but_bad_files_is_an_error_and_makes_no_store(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    with pytest.raises(ReadError, match="None of the files could be loaded"):
        build([bad], tmp_path / "store")
    assert not (tmp_path / "store" / "CURRENT").exists()


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        build([tmp_path / "nothing.txt"], tmp_path / "store")


def documents(acceptance: Path) -> Iterator[Path]:
    yield acceptance / "seeds"
    yield acceptance / "docs" / "dev"


@pytest.mark.acceptance
def test_the_real_documents_build_valid_identical_and_with_every_quote_in_place(
    acceptance: Path, tmp_path: Path
) -> None:
    report = build(documents(acceptance), tmp_path / "one")
    assert not report.has_problems
    store = open_graph(tmp_path / "one")
    assert check_evidence(store, current(tmp_path / "one")) > 300
    build(reversed(list(documents(acceptance))), tmp_path / "two")
    assert canonical_nquads(open_graph(tmp_path / "two")) == canonical_nquads(store)


@pytest.mark.acceptance
def test_both_real_lists_are_read_to_the_last_row(acceptance: Path) -> None:
    from loaders.tables.read import read_table

    lists = [read_table(acceptance / "data" / name) for name in ("eura2014_projects.csv", "eura2007_projects.csv.gz")]
    assert sum(found.count for found in lists if found) == 22_821
    unread = [item for found in lists if found for item in found.unread]
    assert [(item.line, item.text, item.reason) for item in unread] == [(148, "7560", "no date understood")]
    damaged = read_table(acceptance / "data" / "eura2007_projects_latin1_sample.csv")
    assert damaged is not None
    assert [item.reason for item in damaged.unread] == [GUESSED]  # it is in ISO-8859-1, and says so nowhere
