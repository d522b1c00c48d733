"""N-Quads that pyoxigraph parses back to the same values, and IRIs that are stable and legal."""

from __future__ import annotations

import re
from html import escape

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.iris import BASE, XSD, digest, document_graph, entity, slug
from loaders.nquads import GraphLines, date_literal, decimal_literal, integer_literal, iri, literal
from loaders.readers.html import html_to_text

GRAPH = document_graph("abc")
without_surrogates = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def parsed(term: str) -> ox.Literal | ox.NamedNode:
    (quad,) = ox.parse(f"<urn:s> <urn:p> {term} <urn:g> .", format=ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal | ox.NamedNode)
    return quad.object


@given(without_surrogates)
def test_any_text_comes_back_as_it_was(value: str) -> None:
    assert parsed(literal(value)) == ox.Literal(value)
    assert parsed(literal(value, language="fi")) == ox.Literal(value, language="fi")
    assert parsed(literal(value, datatype=XSD + "token")) == ox.Literal(value, datatype=ox.NamedNode(XSD + "token"))


@pytest.mark.parametrize(
    "value", ['a"b', "a\\b", "a\nb", "a\r\tb", "\b\f", "\x00\x1f\x7f", "\\u0041", "\u2028", "😀", ""]
)
def test_what_must_be_escaped_is(value: str) -> None:
    term = literal(value)
    assert "\n" not in term
    assert parsed(term) == ox.Literal(value)


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert parsed(literal("a\ud800b")) == ox.Literal("a\ufffdb")


@given(without_surrogates)
def test_any_text_makes_a_legal_iri_and_the_same_each_time(value: str) -> None:
    term = iri(f"{BASE}malli/{value}")
    assert term == iri(f"{BASE}malli/{value}")
    assert not re.search(r"[\x00-\x20<>\"{}|^`\\]", term[1:-1])
    assert isinstance(parsed(term), ox.NamedNode)


@given(without_surrogates)
def test_any_canonical_address_of_a_page_makes_a_legal_iri(value: str) -> None:
    page = (
        f'<html><head><link rel="canonical" href="https://kunta.example/{escape(value)}"></head><body>x</body></html>'
    )
    _, address = html_to_text(page)
    if address is not None:
        assert isinstance(parsed(iri(address)), ox.NamedNode)


@pytest.mark.parametrize(("value", "datatype"), [("2019-01-31", "date"), ("2019-01", "gYearMonth"), ("2019", "gYear")])
def test_a_date_is_as_precise_as_it_is(value: str, datatype: str) -> None:
    assert parsed(date_literal(value)) == ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


def test_numbers_have_their_datatypes() -> None:
    assert parsed(decimal_literal("79867.2")) == ox.Literal("79867.2", datatype=ox.NamedNode(XSD + "decimal"))
    assert parsed(integer_literal(12)) == ox.Literal("12", datatype=ox.NamedNode(XSD + "integer"))


def test_a_statement_made_twice_stands_once_and_lines_are_in_order() -> None:
    one, other = GraphLines(GRAPH), GraphLines(GRAPH)
    statements = [("<urn:b>", "<urn:p>", '"1"'), ("<urn:a>", "<urn:p>", '"2"'), ("<urn:b>", "<urn:p>", '"1"')]
    for statement in statements:
        one.add(*statement)
    for statement in reversed(statements):
        other.add(*statement)
    assert one.lines() == other.lines() == sorted(one.lines())
    assert len(one.lines()) == 2
    quads = list(ox.parse("\n".join(one.lines()), format=ox.RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(GRAPH)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Järvenpään kaupunki", "jarvenpaan-kaupunki"),
        ("  Å & B/C!  ", "a-b-c"),
        ("a" * 100, "a" * 60),
        ("ROIDU®-malli", "roidu-malli"),
    ],
)
def test_a_slug_is_readable_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(without_surrogates, st.integers(1, 60))
def test_the_slug_of_any_text_is_a_stable_path_segment(text: str, length: int) -> None:
    made = slug(text, length)
    assert made == slug(text, length)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made)
    assert iri(entity("method", made)) == f"<{BASE}method/{made}>"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5), max_size=3), st.integers(0, 2))
def test_a_digest_is_stable_and_keeps_its_parts_apart(parts: list[str], extra: int) -> None:
    assert digest(*parts) == digest(*parts)
    assert re.fullmatch(r"[0-9a-f]{16}", digest(*parts))
    assert digest("a", *parts, *["b"] * extra) != digest("a" + "".join(parts), *["b"] * (extra + 1))


def test_digests_are_the_same_in_every_release() -> None:
    # Identifiers of stored graphs depend on this value.
    assert digest("Onni Testaaja", None, 12) == "a848a623e486bc1e"
    assert document_graph("abc") == "https://w3id.org/hankeverkko/graph/document/abc"
