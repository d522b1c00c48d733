"""The catalogue, the arguments, and the forms of an answer."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Variable,
    parse,
    parse_query_results,
)

from graph_api.queries import (
    NamedQuery,
    QueryTable,
    answer_query,
    bind_terms,
    catalogue,
    find_query,
    run_query,
    table_format,
    write_table,
)
from graph_api.query_arguments import compact_iri, resolve_argument
from graph_api.query_catalogue import Parameter, parse_query
from graph_api.query_results import RESULT_SET, TableFormat, plain_rows
from loaders.errors import DataError, UsageError
from loaders.iris import BASE, GRAPH_BASE, HV, SKOS

FIXTURES = Path(__file__).parent.parent / "fixtures"
HEADER = "# name: tiny\n# purpose: Says nothing.\n"


@pytest.fixture(scope="module")
def small() -> Store:
    store = Store()
    store.load(path=FIXTURES / "small.trig", format=RdfFormat.TRIG)
    return store


def given_as(type_name: str) -> Parameter:
    return Parameter("it", type_name, required=True, default=None, description="what is asked about")


def written(table: QueryTable, form: TableFormat) -> str:
    stream = io.StringIO(newline="")
    write_table(table, form, stream)
    return stream.getvalue()


# The catalogue


def test_catalogue_is_a_copy_that_callers_may_change() -> None:
    catalogue().clear()
    assert len(catalogue()) >= 16


def test_header_is_read_into_a_named_query() -> None:
    text = (
        HEADER
        + "# note: A caution.\n# parameter: place (place, optional) – where.\n"
        + "# parameter: limit (integer, default 50) – how many.\n# column: a – the thing.\n\nSELECT ?a WHERE { }\n"
    )
    query = parse_query("tiny.rq", text)
    assert query.parameters == (
        Parameter("place", "place", required=False, default=None, description="where."),
        Parameter("limit", "integer", required=False, default="50", description="how many."),
    )
    assert [(column.name, column.description) for column in query.columns] == [("a", "the thing.")]
    assert (query.purpose, query.notes) == ("Says nothing.", ("A caution.",))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("# name: other\n# purpose: x.\n", "one name, the same as the file's"),
        ("# name: tiny\n", "one purpose"),
        (HEADER + "# colour: red\n", "line 3"),
        (HEADER + "# parameter: limit (number, required) – how many.\n", "limit \\(number"),
        (HEADER + "# parameter: limit (integer) – how many.\n", "limit \\(integer\\)"),
        (HEADER + "# column: a\n", "what stands in it"),
    ],
)
def test_a_header_that_breaks_the_form_is_refused(header: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        parse_query("tiny.rq", header + "\nSELECT ?a WHERE { }\n")
    assert "tiny.rq" in str(caught.value)


# What an argument may be

UNIVERSITY = BASE + "organisation/kuvitteellinen-yliopisto"


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        ("organisation", UNIVERSITY, UNIVERSITY),
        ("organisation", "id:organisation/kuvitteellinen-yliopisto", UNIVERSITY),
        ("organisation", "kuvitteellinen-yliopisto", UNIVERSITY),
        ("organisation", "Kuvitteellinen yliopisto", UNIVERSITY),
        ("organisation", "  Fictional University ", UNIVERSITY),
        ("organisation", "kunta-901", BASE + "organisation/kunta-901"),
        ("organisation", "9999999-9", BASE + "organisation/n-aurinkokoti"),
        ("organisation", "Aurinkokoti", BASE + "organisation/n-aurinkokoti"),
        ("organisation", "Mainitsematon opisto", BASE + "organisation/never-named"),
        ("funder", "Koivumaan liitto", BASE + "organisation/koivumaan-liitto"),
        ("initiative", "S90001", BASE + "initiative/S90001"),
        ("initiative", "101000001", BASE + "initiative/S90001"),
        ("initiative", "Everyday dialogue", BASE + "initiative/dialog-i-vardagen-1"),
        ("initiative", "Etäkäynnit", BASE + "pilot/p2"),
        ("method", "service design", BASE + "method/palvelumuotoilu"),
        ("place", "kunta-901", BASE + "place/kunta-901"),
        ("place", "Björklandet", BASE + "place/maakunta-91"),
        ("place", "901", BASE + "place/kunta-901"),
        ("person", "Olli Malli", BASE + "person/olli"),
        ("concept", "lean-5s", BASE + "method/lean-5s"),
        ("iri", "hv:participatesIn", HV + "participatesIn"),
        ("iri", "https://example.org/x", "https://example.org/x"),
    ],
)
def test_entity_is_found_by_iri_notation_code_or_label(small: Store, type_name: str, text: str, expected: str) -> None:
    assert resolve_argument(small, given_as(type_name), text) == NamedNode(expected)


def test_label_in_a_rarer_language_is_found() -> None:
    store = Store()
    node = NamedNode(BASE + "organisation/n-1")
    store.add(
        Quad(node, NamedNode(SKOS + "prefLabel"), Literal("Žirafa ry", language="cs"), NamedNode(GRAPH_BASE + "x"))
    )
    assert resolve_argument(store, given_as("organisation"), "Žirafa ry") == node


def test_composed_and_decomposed_letters_are_the_same(small: Store) -> None:
    decomposed = "Kuusija\u0308rven kaupunki"
    assert resolve_argument(small, given_as("organisation"), decomposed) == NamedNode(BASE + "organisation/kunta-901")


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        ("integer", "0", Literal(0)),
        ("year", "2019", Literal(2019)),
        ("string", 'a"b\\c', Literal('a"b\\c')),
        ("decimal", "-12.50", Literal("-12.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
    ],
)
def test_values_become_literals(small: Store, type_name: str, text: str, expected: Literal) -> None:
    assert resolve_argument(small, given_as(type_name), text) == expected


@pytest.mark.parametrize(
    ("type_name", "text", "said"),
    [
        ("integer", "-1", "whole number"),
        ("integer", "5; DROP ALL", "whole number"),
        ("integer", "10000000000", "whole number"),
        ("integer", "٣", "whole number"),
        ("year", "19", "four digits"),
        ("decimal", "1,5", "such as 1250.50"),
        ("iri", "participatesIn", "neither"),
        ("iri", "https://example.org/> } #", "neither"),
        ("string", "   ", "empty"),
        ("organisation", "Kuvitteelinen yliopisto", "did you mean 'Kuvitteellinen yliopisto'"),
        ("organisation", "qqqqqqqqqq", "nothing in the store is called so"),
        ("organisation", "id:organisation/nobody", "not known"),
        ("organisation", "id:place/kunta-901", "not known"),
        ("organisation", "Kaksoset ry", "ambiguous.*id:organisation/n-twin-1 .*id:organisation/n-twin-2"),
        ("place", "91", "ambiguous.*id:place/hva-91 .Koivumaan hyvinvointialue.*id:place/maakunta-91"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_hint(small: Store, type_name: str, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        resolve_argument(small, given_as(type_name), text)


def test_iris_are_compacted_only_where_something_is_left() -> None:
    assert compact_iri(UNIVERSITY) == "id:organisation/kuvitteellinen-yliopisto"
    assert compact_iri(HV) == HV
    assert compact_iri("https://example.org/x") == "https://example.org/x"


# Running


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("partners-of-organization", {}, "did you mean partners-of-organisation"),
        ("zzz", {}, "no query called 'zzz'. List"),
        ("partners-of-organisation", {}, "needs organisation: whose partners"),
        ("partners-of-organisation", {"organization": "x"}, "no parameter 'organization'; did you mean organisation"),
        ("counts", {"limit": "5"}, "takes none"),
        ("partners-of-organisation", {"organisation": "kunta-901", "limit": "many"}, "limit must be a whole number"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    small: Store, name: str, arguments: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        run_query(small, name, arguments)


def test_limit_zero_means_all(small: Store) -> None:
    arguments = {"organisation": "kunta-901"}
    assert run_query(small, "partners-of-organisation", {**arguments, "limit": "0"}) == run_query(
        small, "partners-of-organisation", arguments
    )


@pytest.mark.parametrize(("limit", "reached"), [("2", True), ("4", True), ("5", False), ("0", False)])
def test_answer_says_whether_it_reached_its_limit(small: Store, limit: str, reached: bool) -> None:
    table = run_query(small, "partners-of-organisation", {"organisation": "kunta-901", "limit": limit})
    assert len(table.rows) == min(int(limit) or 4, 4)
    assert table.reached_limit is reached


def test_markers_become_terms_and_blocks_go_with_their_parameter() -> None:
    text = HEADER + "\nSELECT ?a {\n  #IF b\n  ?a ?p ?b\n  #VALUES b\n  #END b\n  #VALUES c\n}\n#LIMIT n\n"
    query = NamedQuery("tiny", "", (), (), text)
    bare = bind_terms(query, {"n": Literal(0)})
    assert bare.split() == (HEADER + "SELECT ?a { }").split()
    bound = bind_terms(query, {"b": NamedNode("https://e.org/b"), "c": Literal("x\n#LIMIT n"), "n": Literal(3)})
    assert "  VALUES ?b { <https://e.org/b> }\n" in bound
    assert 'VALUES ?c { "x\\n#LIMIT n" }' in bound
    assert bound.endswith("LIMIT 3\n")


def test_a_query_that_asks_yes_or_no_has_no_rows(small: Store) -> None:
    ask = parse_query("tiny.rq", HEADER + "\nASK { }\n")
    with pytest.raises(DataError, match=r"tiny\.rq is neither a SELECT nor a CONSTRUCT"):
        answer_query(small, ask, {})


STARTS = {"subject": "id:initiative/S90002", "predicate": "hv:start"}


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_no_text_changes_what_a_query_does(small: Store, text: str) -> None:
    """A text is compared, never executed: nothing begins on such a day, so no row may come back."""
    assert run_query(small, "evidence-of-statement", {**STARTS, "object": text}).rows == ()
    with pytest.raises(UsageError):
        run_query(small, "partners-of-organisation", {"organisation": "?" + text})


@pytest.mark.parametrize(
    "attack", ['no place" } #', "no place\n#LIMIT limit", "} UNION { ?entity ?p ?o", '" "no place']
)
def test_crafted_texts_find_nothing(small: Store, attack: str) -> None:
    assert run_query(small, "evidence-of-statement", {**STARTS, "object": attack}).rows == ()


# The forms of an answer

MIXED = QueryTable(
    "tiny",
    ("a", "b"),
    (
        (NamedNode(UNIVERSITY), Literal("pöly, \"lika\"\nja 'savi'", language="fi")),
        (Literal(-5), None),
        (Literal("=1+2"), Literal("-5,2")),
        (Literal("@sum"), Literal("+358 40")),
        (Literal("-x"), Literal("\t=1")),
    ),
)


def test_csv_is_read_back_and_formulas_are_disarmed() -> None:
    text = written(MIXED, "csv")
    assert text.startswith("a,b\r\n")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [
        [UNIVERSITY, "pöly, \"lika\"\nja 'savi'"],
        ["-5", ""],
        ["'=1+2", "-5,2"],
        ["'@sum", "'+358 40"],
        ["'-x", "'\t=1"],
    ]


@given(text=st.text())
def test_no_csv_cell_opens_like_a_formula(text: str) -> None:
    table = QueryTable("tiny", ("a",), ((Literal(text),),))
    (_header, row) = csv.reader(io.StringIO(written(table, "csv"), newline=""))
    (cell,) = row
    assert cell in {text, "'" + text}
    assert not cell.startswith(("=", "@", "\t", "\r"))


def test_json_is_what_sparql_says() -> None:
    answer = parse_query_results(written(MIXED, "json"), format=QueryResultsFormat.JSON)
    assert isinstance(answer, QuerySolutions)
    assert answer.variables == [Variable("a"), Variable("b")]
    assert tuple((solution["a"], solution["b"]) for solution in answer) == MIXED.rows


def test_turtle_of_a_select_is_a_result_set() -> None:
    store = Store()
    store.load(written(MIXED, "turtle"), format=RdfFormat.TURTLE)
    solutions = store.query(
        f"""PREFIX rs: <{RESULT_SET}>
        SELECT ?index ?variable ?value {{
          ?set a rs:ResultSet ; rs:solution ?row . ?row rs:index ?index ; rs:binding ?cell .
          ?cell rs:variable ?variable ; rs:value ?value
        }} ORDER BY ?index ?variable"""
    )
    assert isinstance(solutions, QuerySolutions)
    found = [(int(row["index"].value), row["variable"].value, row["value"]) for row in solutions]
    expected = [
        (index, column, term)
        for index, row in enumerate(MIXED.rows, start=1)
        for column, term in zip(MIXED.columns, row, strict=True)
        if term is not None
    ]
    assert found == expected


def test_turtle_of_a_construct_is_its_triples(small: Store) -> None:
    table = run_query(small, "initiative-triples", {"initiative": "S90002"})
    text = written(table, "turtle")
    triples = {(quad.subject, quad.predicate, quad.object) for quad in parse(text, format=RdfFormat.TURTLE)}
    assert triples == set(table.rows)
    assert (NamedNode(BASE + "pilot/p1"), NamedNode(HV + "pilotOf"), NamedNode(BASE + "initiative/S90002")) in triples
    assert "@prefix hv: <https://w3id.org/hankeverkko/ontology#> ." in text


def test_an_answer_without_rows_is_written_in_every_form() -> None:
    empty = QueryTable("tiny", ("a", "b"), ())
    assert written(empty, "csv") == "a,b\r\n"
    assert written(empty, "table") == "a\tb\n"
    assert list(parse(written(empty, "turtle"), format=RdfFormat.TURTLE))
    assert '"vars": [\n' in written(empty, "json")


def test_table_is_for_reading() -> None:
    bell = QueryTable("tiny", ("a", "b"), ((NamedNode(UNIVERSITY), Literal("x\x1b[31m\n\ty")),))
    assert plain_rows(bell) == [["id:organisation/kuvitteellinen-yliopisto", "x [31m y"]]
    assert written(bell, "table") == "a\tb\nid:organisation/kuvitteellinen-yliopisto\tx [31m y\n"


def test_formats_are_known_by_name() -> None:
    assert [table_format(name) for name in get_args(TableFormat)] == ["csv", "json", "turtle", "table"]
    with pytest.raises(UsageError, match="choose one of csv, json, turtle, table"):
        table_format("xlsx")


def test_a_value_that_is_none_of_the_choices_is_refused() -> None:
    with pytest.raises(UsageError, match='one of "no dates", "no participants"'):
        run_query(Store(), "missing", {"problem": "foo"})
    text = catalogue()["missing"].text
    for choice in find_query("missing").parameter("problem").choices:  # type: ignore[union-attr]
        assert f'BIND("{choice}" AS ?problem)' in text
        assert run_query(Store(), "missing", {"problem": choice}).rows == ()
