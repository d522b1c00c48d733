"""The index on disk: the same as the one in memory, of its own generation alone, made again when it is gone."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.collaboration.columns import Categories, Lists, Texts
from graph_api.collaboration.index import read_index
from graph_api.collaboration.stored import index_folder, index_of, open_index
from graph_api.collaboration.tables import NO_OWNER
from graph_api.store import current, load, new_generation, open_graph
from loaders.errors import CannotRunError

SMALL = Path("tests/fixtures/small.trig")


def store_of(folder: Path, repository: Path) -> Path:
    """Return a store on disk of the small graph."""
    import pyoxigraph as ox

    graph = ox.Store()
    graph.load((repository / SMALL).read_bytes(), format=ox.RdfFormat.TRIG)
    with new_generation(folder / "store") as generation:
        lines = generation.folder / "small.nq"
        graph.dump(str(lines), format=ox.RdfFormat.N_QUADS)
        load(generation, [lines])
        generation.write_manifest({"documents": []})
    return folder / "store"


@pytest.fixture
def store(tmp_path: Path, repository: Path) -> Path:
    """Return a store on disk of the small graph."""
    return store_of(tmp_path, repository)


def flat(part: Any, prefix: str = "") -> dict[str, Any]:
    """Return the columns of an index, or of a part of it, by name."""
    found: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value):
            found |= flat(value, f"{prefix}{field.name}.")
        else:
            found[prefix + field.name] = value.tolist() if isinstance(value, np.ndarray) else value
    return found


def test_the_index_on_disk_is_the_one_in_memory(store: Path) -> None:
    for language in ("fi", "sv", "en", "xx"):
        _, mapped = open_index(store, language=language)
        fresh = read_index(open_graph(store), language if language != "xx" else "fi")
        assert flat(mapped).keys() == flat(fresh).keys()
        for name, column in flat(fresh).items():
            assert flat(mapped)[name] == column, name


def test_it_is_made_once_and_again_when_it_is_gone(store: Path) -> None:
    folder = index_folder(current(store).graph)
    open_index(store)
    made = (folder / "index.json").stat().st_ino
    open_index(store)
    assert (folder / "index.json").stat().st_ino == made
    shutil.rmtree(folder)
    _, again = open_index(store)
    assert len(again.organisations) == 8
    assert folder.is_dir()


@pytest.mark.parametrize("key", ["format", "of"])
def test_one_of_another_format_or_generation_is_not_used(store: Path, key: str) -> None:
    open_index(store)
    about = index_folder(current(store).graph) / "index.json"
    about.write_text(json.dumps(json.loads(about.read_text("utf-8")) | {key: "another"}), "utf-8")
    open_index(store)
    assert json.loads(about.read_text("utf-8"))[key] != "another"


def test_half_an_index_is_made_again(store: Path) -> None:
    open_index(store)
    column = index_folder(current(store).graph) / "columns.bin"
    column.unlink()
    _, index = open_index(store)
    assert len(index.participations.roles) == len(index.participations)
    whole = column.read_bytes()
    column.write_bytes(whole[:-1])
    _, index = open_index(store)
    assert len(index.participations.roles) == len(index.participations)
    assert column.read_bytes() == whole


def test_the_index_alone_needs_no_database(store: Path) -> None:
    _, index = open_index(store)
    shutil.rmtree(current(store).graph)
    assert flat(index_of(store)) == flat(index)


def test_a_store_that_cannot_be_written_is_read_all_the_same(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests may be allowed to write everywhere, so the folder of drafts is what is not there.
    import tempfile

    def refuse(**_: Any) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    _, index = open_index(store, language="sv")
    assert "Gransjö stad" in index.organisations.labels
    assert not index_folder(current(store).graph).exists()


def test_a_view_by_confidence_has_its_own_index(store: Path) -> None:
    _, whole = open_index(store)
    _, certain = open_index(store, 0.9)
    assert len(certain.participations) < len(whole.participations)
    _, again = open_index(store)
    assert len(again.participations) == len(whole.participations)


def test_the_index_goes_with_its_generation(store: Path, tmp_path: Path, repository: Path) -> None:
    open_index(store)
    before = index_folder(current(store).graph)
    store_of(tmp_path, repository)
    assert not before.exists()
    _, index = open_index(store)
    assert len(index.organisations) == 8


def test_no_store_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="There is no store"):
        open_index(tmp_path)


def test_evidence_leads_to_quote_and_document(store: Path) -> None:
    _, index = open_index(store)
    table = index.participations
    row = list(table.iris).index("https://w3id.org/hankeverkko/id/participation/u1")
    pieces = [index.evidence.iris[number].rpartition("/")[2] for number in table.evidence[row]]
    assert pieces == ["row-7", "applicant-1"]  # both asserted; the row is the more certain
    assert table.confidences[row] == pytest.approx(0.99)
    document = index.evidence.documents[table.evidence[row][1]]
    assert index.documents.titles[document] == "Lean kotihoidossa"


def test_places_and_methods_know_what_they_lie_in(store: Path) -> None:
    _, index = open_index(store)
    places = {iri.rpartition("/")[2]: number for number, iri in enumerate(index.places.iris)}
    inside = index.places.within([places["maakunta-91"]])
    assert {name for name, number in places.items() if inside[number]} == {"maakunta-91", "kunta-901", "kunta-902"}
    assert index.places.within([places["hva-91"]])[places["kunta-901"]]
    methods = {iri.rpartition("/")[2]: number for number, iri in enumerate(index.methods.iris)}
    assert index.methods.within([methods["lean"]])[methods["lean-5s"]]
    assert not index.methods.within([methods["lean-5s"]])[methods["lean"]]


def test_organisations_have_place_and_region(store: Path) -> None:
    _, index = open_index(store)
    names = {iri.rpartition("/")[2]: number for number, iri in enumerate(index.organisations.iris)}
    regions = {
        name: "" if (r := index.organisations.regions[n]) == NO_OWNER else index.places.labels[r]
        for name, n in names.items()
    }
    assert regions["kunta-903"] == "Tunturimaa"
    assert regions["n-kotihoito"] == "Koivumaa"
    assert regions["n-yhdistys"] == ""
    assert regions["koivumaan-ely"] == ""  # it is in Finland, and no more is known


@given(st.lists(st.text()))
def test_texts_are_what_they_were_made_of(texts: list[str]) -> None:
    column = Texts.of(texts)
    assert column == texts
    assert list(column) == texts
    assert [column[-1 - place] for place in range(len(texts))] == texts[::-1]
    assert Categories.of(texts) == texts
    assert sorted(texts) == sorted(texts, key=lambda text: text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.lists(st.integers(0, 100))))
def test_lists_are_what_they_were_made_of(rows: list[list[int]]) -> None:
    lists = Lists.of(rows)
    assert [lists[row].tolist() for row in range(len(lists))] == rows
    assert [each.tolist() for each in map(lists.take(np.arange(len(rows))).__getitem__, range(len(rows)))] == rows


def test_a_column_has_no_row_beyond_its_end() -> None:
    with pytest.raises(IndexError, match="2 rows"):
        Texts.of(["a", "b"])[2]
