"""The graph above a threshold of confidence: less is said, nothing is said by halves."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_api.build import build
from graph_api.confidence import open_confident
from graph_api.store import canonical_nquads, current, open_graph
from graph_api.validation import validate_store
from loaders.errors import UsageError
from loaders.extract import extract
from loaders.iris import HV, RDF
from loaders.threshold import at_least

EVIDENCE, PARTICIPATION, PERSON = (ox.NamedNode(HV + name) for name in ("Evidence", "Participation", "Person"))
TYPE = ox.NamedNode(RDF + "type")


@pytest.fixture(scope="module")
def store(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("confidence") / "store"
    documents = repository / "data" / "documents"
    build([documents / "lean_kotihoito.txt", documents / "sotedialogit.txt"], folder)
    return folder


def confidences(graph: ox.Store) -> list[float]:
    quads = graph.quads_for_pattern(None, ox.NamedNode(HV + "confidence"), None)
    return [float(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal)]


@pytest.mark.parametrize("minimum", [0.75, 0.86, 0.97])
def test_what_is_less_certain_is_gone_and_the_rest_is_valid(store: Path, minimum: float) -> None:
    whole, view = open_graph(store), open_confident(store, minimum)
    assert min(confidences(view)) >= minimum > min(confidences(whole))
    assert len(confidences(view)) == len([c for c in confidences(whole) if c >= minimum])
    assert set(canonical_nquads(view).splitlines()) < set(canonical_nquads(whole).splitlines())
    assert validate_store(view) == []


def test_nothing_is_left_of_which_all_evidence_has_gone(store: Path) -> None:
    view = open_confident(store, 0.97)
    for kind in (PARTICIPATION, PERSON):
        for quad in view.quads_for_pattern(None, TYPE, kind):
            about = [
                found
                for predicate in (HV + "supports", RDF + "subject", RDF + "object")
                for found in view.quads_for_pattern(None, ox.NamedNode(predicate), quad.subject)
            ]
            assert about, quad.subject


def test_without_a_threshold_the_graph_is_whole_and_a_view_is_made_once(store: Path) -> None:
    assert len(open_confident(store, None)) == len(open_confident(store, 0.0)) == len(open_graph(store))
    open_confident(store, 0.5)
    made = (current(store).views / "0.5000").stat().st_ctime_ns
    open_confident(store, 0.5)
    assert (current(store).views / "0.5000").stat().st_ctime_ns == made


def test_an_impossible_threshold_is_refused(store: Path) -> None:
    with pytest.raises(UsageError, match="from 0 to 1"):
        open_confident(store, 1.5)


def test_facts_of_a_document_above_a_threshold(repository: Path) -> None:
    facts = extract(repository / "data" / "documents" / "sotedialogit.txt")
    least = min(e.confidence for o in facts.organisations for e in o.evidence)
    sure = at_least(facts, least + 0.05)
    assert (
        0
        < len([e for o in sure.organisations for e in o.evidence])
        < len([e for o in facts.organisations for e in o.evidence])
    )
    assert all(e.confidence > least for o in sure.organisations for e in o.evidence)
    assert at_least(facts, 0.0) == facts
    assert at_least(facts, 1.0).initiative.title is None
