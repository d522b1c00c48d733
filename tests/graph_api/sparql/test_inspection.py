"""What must not be done is found however it is written, and what only looks so is let through."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.sparql.inspection import called_services, check_depth, refuse_load
from loaders.errors import QueryError, RefusedError

# Nothing can be called here: the scheme is none that the engine knows, which it says in an error of its own.
NOWHERE = "x-nowhere:service"
CALLS = [
    "ASK { SERVICE <%s> { ?s ?p ?o } }",
    "ASK{sErVicE<%s>{}}",
    "ASK { SERVICE # a comment\n <%s> { ?s ?p ?o } }",
    "ASK { SERVICESILENT<%s> { ?s ?p ?o } }",
    "ASK { ?s ?p 1SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { ?s ?p trueSERVICE<%s>{ ?s ?p ?o } }",
    "ASK { ?s ?p 'x'SERVICE<%s>{ ?s ?p ?o } }",
    "ASK { ?s ?p ?o FILTER(?p<'>')SERVICE<%s> {} FILTER('a'='a') }",
    "ASK { FILTER(1<2)SERVICE#>\n<%s> { ?s ?p ?o } }",
    "ASK { FILTER(1<2)SERVICE?x {} }",
    "PREFIX ex: <%s> ASK { FILTER(1=1)SERVICEex: { ?s ?p ?o } }",
    "ASK { FILTER(?a<?b&&'>'='>') { SELECT * { SERVICE<%s> { ?s ?p ?o } } } }",
    'ASK { ?s ?p """SERVICE""" . SERVICE <%s> {} }',
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_found_however_it_is_written(query: str) -> None:
    with pytest.raises(RefusedError, match="SERVICE"):
        called_services(query.replace("%s", NOWHERE))


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE <x:y> { }' }",
        'ASK { ?s ?p """ a long\nSERVICE <x:y> """ }',
        "ASK { ?s <http://www.w3.org/ns/sparql-service-description#endpoint> ?o } # SERVICE <x:y> {}",
        "PREFIX schema: <https://schema.org/> ASK { ?service schema:serviceType ?o ; schema:service ?p }",
        "ASK { ?s ?p 'x'@service . _:service ?p $service }",
        "ASK { FILTER(?a < ?b && ?service > ?c) }",
    ],
)
def test_what_only_looks_like_a_call_is_let_through(query: str) -> None:
    ox.Store().query(query)
    assert called_services(query) == ()


def test_endpoints_that_are_allowed_are_named_whole() -> None:
    allowed = ("https://example.org/sparql",)
    text = "ASK { SERVICE SILENT <https://example.org/sparql> {} SERVICE<https://example.org/sparql>{} }"
    assert called_services(text, allowed) == allowed
    for other in ("<https://example.org/sparql2>", "?e", "ex:sparql", "<sparql>"):
        with pytest.raises(RefusedError, match="may call only <https://example"):
            called_services(f"ASK {{ SERVICE {other} {{}} }}", allowed)


@given(st.lists(st.sampled_from(["<", ">", "'", '"', "?a", "&&", "(", ")", "#", "\n", " ", "1", "."]), max_size=12))
def test_no_expression_before_it_hides_a_call(pieces: list[str]) -> None:
    """Whatever stands before, a query that the engine reads as a call is found."""
    query = f"ASK {{ FILTER({''.join(pieces)})SERVICE<{NOWHERE}>{{}} FILTER('a'='a') }}"
    try:
        bool(ox.Store().query(query))
    except SyntaxError:
        return
    except (OSError, RuntimeError):
        pass
    with pytest.raises(RefusedError):
        called_services(query)


@pytest.mark.parametrize(
    "update", ["LOAD <x:y>", "load silent <x:y> INTO GRAPH <x:g>", "PREFIX a: <x:> LOADa:b", "LOADSILENT<x:y>"]
)
def test_loading_is_refused(update: str) -> None:
    with pytest.raises(RefusedError, match="LOAD"):
        refuse_load(f"INSERT DATA {{ <x:a> <x:b> 'LOAD' }} ; {update}")


def test_a_word_in_a_text_is_no_loading() -> None:
    refuse_load("INSERT DATA { <x:a> <x:load> 'LOAD <x:y>' } # LOAD <x:y>")


def test_depth_is_limited_and_brackets_in_texts_do_not_count() -> None:
    check_depth(f"ASK {{ FILTER({'(' * 98}1{')' * 98}) }}")
    check_depth(f"ASK {{ ?s ?p '{'(' * 5000}' }} # {'{' * 5000}")
    with pytest.raises(QueryError, match="line 2"):
        check_depth(f"ASK {{\n FILTER({'(' * 99}1")
