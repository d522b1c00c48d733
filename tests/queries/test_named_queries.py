"""Every named query: its header agrees with its text, and it answers what was worked out by hand on small.trig."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store

from graph_api.queries import NamedQuery, QueryTable, bind_terms, catalogue, resolve_arguments, run_query
from graph_api.query_arguments import ENTITY_KINDS
from graph_api.query_results import plain_rows
from loaders.iris import GRAPH_BASE

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(catalogue())

Case = tuple[str, dict[str, str], list[list[str]]]


def read_cases() -> list[Case]:
    """Return the query, the arguments and the expected rows of each paragraph of the answers."""
    cases: list[Case] = []
    for line in (FIXTURES / "small_answers.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            name, *pairs = shlex.split(line.removeprefix("## "))
            cases.append((name, dict(pair.split("=", 1) for pair in pairs), []))
        elif line.strip() and not line.startswith("#"):
            cases[-1][2].append([cell.strip() for cell in line.split("|")])
    return cases


CASES = read_cases()


@pytest.fixture(scope="module")
def small() -> Store:
    store = Store()
    store.load(path=FIXTURES / "small.trig", format=RdfFormat.TRIG)
    return store


def cells(table: QueryTable) -> list[list[str]]:
    return [[cell.strip() for cell in row] for row in plain_rows(table)]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_answer_is_what_was_worked_out_by_hand(
    small: Store, name: str, arguments: dict[str, str], expected: list[list[str]]
) -> None:
    assert cells(run_query(small, name, arguments)) == expected


def test_every_query_has_an_expected_answer_with_rows() -> None:
    assert {name for name, _, rows in CASES if rows} == set(NAMES)


@pytest.fixture(scope="module")
def said_twice(small: Store) -> Store:
    """Return the same graph with all that the documents say repeated in further graphs, in another order."""
    store = Store()
    for quad in reversed(list(small)):
        store.add(quad)
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and graph.value.startswith(GRAPH_BASE + "document/"):
            store.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph.value + "-again")))
    return store


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_nothing_is_counted_twice_when_two_graphs_say_the_same(
    said_twice: Store, name: str, arguments: dict[str, str], expected: list[list[str]]
) -> None:
    assert cells(run_query(said_twice, name, arguments)) == expected


def bare(store: Store, query: NamedQuery) -> object:
    """Run the text of the file itself: markers are comments, so it is a query as it stands."""
    return store.query(query.text, use_default_graph_as_union=True)


@pytest.mark.parametrize("name", NAMES)
def test_header_names_the_columns_of_the_select(name: str) -> None:
    query = catalogue()[name]
    answer = bare(Store(), query)
    columns = [column.name for column in query.columns]
    if isinstance(answer, QuerySolutions):
        assert columns == [variable.value for variable in answer.variables]
    else:
        assert columns == ["subject", "predicate", "object"]


@pytest.mark.parametrize("name", NAMES)
def test_header_names_the_parameters_of_the_markers(name: str) -> None:
    query = catalogue()[name]
    marked = set(re.findall(r"^\s*#(?:VALUES|LIMIT|IF) (\w+)$", query.text, re.MULTILINE))
    assert marked == {parameter.name for parameter in query.parameters}
    for parameter in query.parameters:
        if parameter.type in ENTITY_KINDS or parameter.type in {"iri", "string"}:
            assert f"#VALUES {parameter.name}" in query.text
        else:
            assert f"#LIMIT {parameter.name}" in query.text


@pytest.mark.parametrize("name", NAMES)
def test_conditional_blocks_are_closed(name: str) -> None:
    text = catalogue()[name].text
    opened = re.findall(r"^\s*#IF (\w+)$", text, re.MULTILINE)
    assert opened == re.findall(r"^\s*#END (\w+)$", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_last_clause_orders_the_rows_totally(name: str, arguments: dict[str, str], expected: list[list[str]]) -> None:
    query = catalogue()[name]
    clauses = [line for line in query.text.splitlines() if line and not line.startswith(("#", " "))]
    assert clauses[-1].startswith("ORDER BY ")
    columns = [column.name for column in query.columns]
    places = [columns.index(variable) for variable in re.findall(r"\?(\w+)", clauses[-1])]
    keys = [tuple(row[place] for place in places) for row in expected]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_short_enough_to_read(name: str) -> None:
    assert max(map(len, catalogue()[name].text.splitlines())) <= 120


def test_a_limit_takes_the_first_rows_of_the_whole_answer(small: Store) -> None:
    for name, arguments, expected in CASES:
        if catalogue()[name].parameter("limit") and len(expected) > 1:
            assert cells(run_query(small, name, {**arguments, "limit": "1"})) == expected[:1], name


def test_bound_text_of_every_query_has_no_marker_left(small: Store) -> None:
    for name, arguments, _ in CASES:
        query = catalogue()[name]
        text = bind_terms(query, resolve_arguments(small, query, arguments))
        assert not re.search(r"^\s*#(VALUES|LIMIT|IF|END)\b", text, re.MULTILINE), name
