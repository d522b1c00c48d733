"""SHACL shapes → SPARQL queries that find what breaks them.

Supports the constructs that `ontology/shapes.ttl` uses, after the definitions of SHACL (W3C Recommendation, 2017), and
refuses any other, so that the queries and the shapes cannot drift apart unnoticed. One difference from SHACL: types
are taken as written (``a``), without rdfs:subClassOf, because the graph carries every superclass.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from loaders.errors import DataError
from loaders.iris import RDF, RDFS, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
SH = "http://www.w3.org/ns/shacl#"
_TARGETS = {
    "targetClass": f"?this <{RDF}type> {{}} .",
    "targetSubjectsOf": "?this {} ?targetObject .",
    "targetObjectsOf": "?targetSubject {} ?this .",
}
_NODE_KINDS = {"IRI": "isIRI", "Literal": "isLITERAL", "BlankNode": "isBLANK"}
# Casts check the lexical form: "2015-13-01"^^xsd:date has the datatype and is no date.
_CAST = {XSD + name for name in ("date", "gYear", "gYearMonth", "decimal", "integer", "boolean", "dateTime")}
_PLAIN = {XSD + "string", RDF + "langString"}


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A query whose rows (``?this`` and perhaps ``?value``) each break a shape; `path` is empty for the node itself."""

    shape: str
    path: str
    message: str
    query: str


class ShapeReader:
    """Reads shapes and writes their queries.

    Parameters
    ----------
    turtle : str
        The shapes.
    """

    def __init__(self, turtle: str) -> None:
        self._graph = ox.Store()
        self._graph.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
        self._numbers = itertools.count()

    def queries(self) -> Iterator[ShapeQuery]:
        """Yield the queries of all node shapes.

        Raises
        ------
        DataError
            A shape uses a construct that is not supported.
        """
        node_shape = ox.NamedNode(SH + "NodeShape")
        found = self._graph.quads_for_pattern(None, ox.NamedNode(RDF + "type"), node_shape)
        for shape in sorted((quad.subject for quad in found), key=str):
            yield from self._node_shape(shape)

    def _node_shape(self, shape: Term) -> Iterator[ShapeQuery]:
        parts = self._parts(shape)
        name, message = str(shape).strip("<>"), _message(parts)
        targets = [text.format(term) for key, text in _TARGETS.items() for term in parts.pop(key, [])]
        if not targets:
            raise DataError(f"shapes.ttl: {name} has no target. Say with sh:targetClass which nodes it is about.")
        target = " UNION ".join(f"{{ {pattern} }}" for pattern in targets)
        rules, properties = parts.pop("sparql", []), parts.pop("property", [])
        tests = self._value_tests(parts, "?this", name)
        if tests:
            body = f"{target} FILTER(!({' && '.join(tests)}))"
            yield ShapeQuery(name, "", message, f"SELECT DISTINCT ?this (?this AS ?value) WHERE {{ {body} }}")
        for rule in rules:
            yield self._sparql(rule, name, target)
        for inner in properties:
            yield from self._property_shape(inner, name, target)

    def _property_shape(self, shape: Term, name: str, target: str) -> Iterator[ShapeQuery]:
        parts = self._parts(shape)
        path, message = _only(parts, "path"), _message(parts)
        if not isinstance(path, ox.NamedNode):
            raise DataError(f"shapes.ttl: {name} uses a path other than one property. Write one property as sh:path.")
        counts = self._count_tests(parts, "?this", path, name)
        tests = self._value_tests(parts, "?value", name)
        if counts:
            body = f"{target} FILTER(!({' && '.join(counts)}))"
            yield ShapeQuery(name, path.value, message, f"SELECT DISTINCT ?this WHERE {{ {body} }}")
        if tests:
            # The subjects of the path itself are had with its values: joined, they would be paired with each other.
            subjects = "" if target == f"{{ {_TARGETS['targetSubjectsOf'].format(path)} }}" else target
            body = f"{subjects} ?this {path} ?value . FILTER(!({' && '.join(tests)}))"
            yield ShapeQuery(name, path.value, message, f"SELECT DISTINCT ?this ?value WHERE {{ {body} }}")

    def _sparql(self, rule: Term, name: str, target: str) -> ShapeQuery:
        parts = self._parts(rule)
        message, select = _message(parts), _only(parts, "select")
        head, brace, body = _text(select).replace("$this", "?this").partition("{")
        if parts or not brace:
            raise DataError(f"shapes.ttl: a sh:sparql of {name} is more than a message and a SELECT. Simplify it.")
        return ShapeQuery(name, "", message, f"{head.replace('?this', '?this (?this AS ?value)')} {{ {target} {body}")

    def _parts(self, shape: Term) -> dict[str, list[Term]]:
        """Return what the shapes graph says of a node: SHACL's local names, with their values."""
        assert isinstance(shape, ox.NamedNode | ox.BlankNode)  # noqa: S101 - literals cannot be subjects
        parts: dict[str, list[Term]] = {}
        for quad in self._graph.quads_for_pattern(shape, None, None):
            name = quad.predicate.value
            if name.startswith(SH):
                parts.setdefault(name.removeprefix(SH), []).append(quad.object)
            elif name != RDF + "type" and not name.startswith(RDFS):
                raise DataError(
                    f"shapes.ttl: {shape} has the property <{name}>, which means nothing in SHACL. Remove it."
                )
        return parts

    def _items(self, head: Term) -> Iterator[Term]:
        while isinstance(head, ox.BlankNode):
            yield from (q.object for q in self._graph.quads_for_pattern(head, ox.NamedNode(RDF + "first"), None))
            head = next(q.object for q in self._graph.quads_for_pattern(head, ox.NamedNode(RDF + "rest"), None))

    def _count_tests(self, parts: dict[str, list[Term]], subject: str, path: Term, name: str) -> list[str]:
        """Return the tests of how many values there are, and which are among them; they leave `parts`."""
        tests = []
        for limit in parts.pop("minCount", []):
            if _text(limit) != "1":
                raise DataError(f"shapes.ttl: {name} has sh:minCount {_text(limit)}; only 1 is supported.")
            tests.append(f"EXISTS {{ {subject} {path} {self._new()} }}")
        tests += [self._at_most(_text(limit), subject, path, name) for limit in parts.pop("maxCount", [])]
        tests += [f"EXISTS {{ {subject} {path} {value} }}" for value in parts.pop("hasValue", [])]
        return tests

    def _at_most(self, limit: str, subject: str, path: Term, name: str) -> str:
        one, other = self._new(), self._new()
        if limit == "0":
            return f"NOT EXISTS {{ {subject} {path} {one} }}"
        if limit == "1":
            return f"NOT EXISTS {{ {subject} {path} {one} , {other} FILTER(!sameTerm({one}, {other})) }}"
        raise DataError(f"shapes.ttl: {name} has sh:maxCount {limit}; only 0 and 1 are supported.")

    def _value_tests(self, parts: Mapping[str, list[Term]], value: str, name: str) -> list[str]:
        """Return the tests of one value; whatever `parts` holds has to be one."""
        tests = []
        for construct in sorted(parts):
            if construct not in _VALUE_TESTS:
                raise DataError(
                    f"shapes.ttl: {name} uses sh:{construct}, which the queries do not know. "
                    "Use another construct, or add it to graph_api/shape_queries.py."
                )
            tests += [_VALUE_TESTS[construct](self, term, value) for term in parts[construct]]
        return tests

    def _conforms(self, shape: Term, value: str) -> str:
        """Return the test that a value conforms to a shape inside sh:or or sh:xone."""
        parts = self._parts(shape)
        tests = []
        for inner in parts.pop("property", []):
            rest = self._parts(inner)
            path, member = _only(rest, "path"), self._new()
            tests += self._count_tests(rest, value, path, str(shape))
            wrong = self._value_tests(rest, member, str(shape))
            if wrong:
                tests.append(f"NOT EXISTS {{ {value} {path} {member} FILTER(!({' && '.join(wrong)})) }}")
        return f"({' && '.join(tests + self._value_tests(parts, value, str(shape)))})"

    def _new(self) -> str:
        return f"?v{next(self._numbers)}"

    def test_class(self, term: Term, value: str) -> str:
        """Return the test of sh:class."""
        return f"EXISTS {{ {value} <{RDF}type> {term} }}"

    def test_datatype(self, term: Term, value: str) -> str:
        """Return the test of sh:datatype, the lexical form included."""
        name = _text(term)
        if name in _PLAIN:
            return f"COALESCE(DATATYPE({value}) = {term}, false)"
        if name not in _CAST:
            raise DataError(f"shapes.ttl: sh:datatype <{name}> is not supported. Use a date, a number or a string.")
        return f"COALESCE(DATATYPE({value}) = {term} && STRLEN(STR({term}(STR({value})))) > 0, false)"

    def test_in(self, term: Term, value: str) -> str:
        """Return the test of sh:in."""
        return f"COALESCE({value} IN ({', '.join(map(str, self._items(term)))}), false)"

    def test_pattern(self, term: Term, value: str) -> str:
        """Return the test of sh:pattern (without flags)."""
        return f"(!isBLANK({value}) && REGEX(STR({value}), {term}))"

    def test_minimum(self, term: Term, value: str) -> str:
        """Return the test of sh:minInclusive."""
        return f"COALESCE({value} >= {term}, false)"

    def test_maximum(self, term: Term, value: str) -> str:
        """Return the test of sh:maxInclusive."""
        return f"COALESCE({value} <= {term}, false)"

    def test_node_kind(self, term: Term, value: str) -> str:
        """Return the test of sh:nodeKind."""
        kind = _text(term).removeprefix(SH)
        if kind not in _NODE_KINDS:
            raise DataError(f"shapes.ttl: sh:nodeKind sh:{kind} is not supported. Use {', '.join(_NODE_KINDS)}.")
        return f"{_NODE_KINDS[kind]}({value})"

    def test_less_than(self, term: Term, value: str) -> str:
        """Return the test of sh:lessThan, between values of the same node."""
        other = self._new()
        return f"NOT EXISTS {{ ?this {term} {other} FILTER(!COALESCE({value} < {other}, false)) }}"

    def test_or(self, term: Term, value: str) -> str:
        """Return the test of sh:or."""
        return f"({' || '.join(self._conforms(shape, value) for shape in self._items(term))})"

    def test_xone(self, term: Term, value: str) -> str:
        """Return the test of sh:xone."""
        counted = (f"IF({self._conforms(shape, value)}, 1, 0)" for shape in self._items(term))
        return f"({' + '.join(counted)} = 1)"


_VALUE_TESTS: dict[str, Callable[[ShapeReader, Term, str], str]] = {
    "class": ShapeReader.test_class,
    "datatype": ShapeReader.test_datatype,
    "in": ShapeReader.test_in,
    "lessThan": ShapeReader.test_less_than,
    "maxInclusive": ShapeReader.test_maximum,
    "minInclusive": ShapeReader.test_minimum,
    "nodeKind": ShapeReader.test_node_kind,
    "or": ShapeReader.test_or,
    "pattern": ShapeReader.test_pattern,
    "xone": ShapeReader.test_xone,
}


def _text(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _only(parts: dict[str, list[Term]], name: str) -> Term:
    found = parts.pop(name, [])
    if len(found) != 1:
        raise DataError(f"shapes.ttl: a shape has {len(found)} values of sh:{name}. Give it exactly one.")
    return found[0]


def _message(parts: dict[str, list[Term]]) -> str:
    return " ".join(_text(term) for term in parts.pop("message", []))
