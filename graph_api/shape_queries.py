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
    """A query whose rows (``?this`` and perhaps ``?value``) each break a shape.

    `path` is empty for the node itself. `suspects` is a fast query that finds at least as much, whatever the target:
    where it finds nothing, `query` need not be run. (Oxigraph evaluates the two joined together ten times as slowly.)
    """

    shape: str
    path: str
    message: str
    query: str
    suspects: str = ""


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
        for select in self._missing(parts, path, target, name):
            yield ShapeQuery(name, path.value, message, select)
        for select in itertools.chain(self._too_many(parts, path, name), self._wrong_values(parts, path, name)):
            yield ShapeQuery(name, path.value, message, _within(target, select), select)

    def _missing(self, parts: dict[str, list[Term]], path: Term, target: str, name: str) -> Iterator[str]:
        """Yield what finds missing values (MINUS reads a property once; NOT EXISTS would look every node up)."""
        for limit in parts.pop("minCount", []):
            _check_limit("minCount", limit, {"1"}, name)
            yield f"SELECT DISTINCT ?this WHERE {{ {target} MINUS {{ ?this {path} ?any }} }}"
        for value in parts.pop("hasValue", []):
            yield f"SELECT DISTINCT ?this WHERE {{ {target} MINUS {{ ?this {path} {value} }} }}"

    def _too_many(self, parts: dict[str, list[Term]], path: Term, name: str) -> Iterator[str]:
        for limit in parts.pop("maxCount", []):
            most = _check_limit("maxCount", limit, {"0", "1"}, name)
            having = f"GROUP BY ?this HAVING(COUNT(DISTINCT ?any) > {most})"
            yield f"SELECT ?this WHERE {{ ?this {path} ?any }} {having}"

    def _wrong_values(self, parts: dict[str, list[Term]], path: Term, name: str) -> Iterator[str]:
        for term in parts.pop("class", []):
            yield f"SELECT ?this ?value WHERE {{ ?this {path} ?value MINUS {{ ?value <{RDF}type> {term} }} }}"
        tests = self._value_tests(parts, "?value", name)
        if tests:
            yield f"SELECT ?this ?value WHERE {{ ?this {path} ?value FILTER(!({' && '.join(tests)})) }}"

    def _sparql(self, rule: Term, name: str, target: str) -> ShapeQuery:
        parts = self._parts(rule)
        message, select = _message(parts), _text(_only(parts, "select")).replace("$this", "?this")
        if parts or not select.strip().startswith("SELECT ?this WHERE"):
            raise DataError(
                f"shapes.ttl: a sh:sparql of {name} is more than a message and a query that starts with "
                '"SELECT $this WHERE". Simplify it, and write its IRIs in full.'
            )
        found = f"SELECT ?this (?this AS ?value) WHERE {{ {{ {select} }} }}"
        return ShapeQuery(name, "", message, _within(target, found), select)

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
        """Return the tests of how many values there are, inside sh:or and sh:xone; they leave `parts`."""
        tests = []
        for limit in parts.pop("minCount", []):
            _check_limit("minCount", limit, {"1"}, name)
            tests.append(f"EXISTS {{ {subject} {path} {self._new()} }}")
        for limit in parts.pop("maxCount", []):
            one, other = self._new(), self._new()
            more = f", {other} FILTER(!sameTerm({one}, {other}))" * int(
                _check_limit("maxCount", limit, {"0", "1"}, name)
            )
            tests.append(f"NOT EXISTS {{ {subject} {path} {one} {more} }}")
        return tests

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


def _within(target: str, select: str) -> str:
    return f"SELECT DISTINCT * WHERE {{ {{ {select} }} FILTER EXISTS {{ {target} }} }}"


def _check_limit(construct: str, limit: Term, supported: set[str], name: str) -> str:
    if _text(limit) not in supported:
        raise DataError(
            f"shapes.ttl: {name} has sh:{construct} {_text(limit)}; only {' and '.join(sorted(supported))} can be checked."
        )
    return _text(limit)


def _text(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _only(parts: dict[str, list[Term]], name: str) -> Term:
    found = parts.pop(name, [])
    if len(found) != 1:
        raise DataError(f"shapes.ttl: a shape has {len(found)} values of sh:{name}. Give it exactly one.")
    return found[0]


def _message(parts: dict[str, list[Term]]) -> str:
    return " ".join(_text(term) for term in parts.pop("message", []))
