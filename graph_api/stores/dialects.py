"""Where servers of SPARQL 1.1 differ: their addresses, and how they are asked for the union of all graphs.

All that is known of any one product stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from loaders.errors import UsageError


@dataclass(frozen=True, slots=True)
class Dialect:
    """A product: paths behind the address that is given, parameters that make the default graph the union, and notes.

    `graph_store` is None where graphs are written with SPARQL Update alone. `digest` says that the server wants Digest
    and not Basic authentication.
    """

    query: str = ""
    update: str = ""
    graph_store: str | None = None
    union: tuple[tuple[str, str], ...] = ()
    digest: bool = False
    address: str = "the address of the SPARQL endpoint"


DIALECTS = {
    "sparql": Dialect(),
    "oxigraph": Dialect("/query", "/update", "/store", (("union-default-graph", ""),), address="http://localhost:7878"),
    "fuseki": Dialect(
        "/query",
        "/update",
        "/data",
        (("default-graph-uri", "urn:x-arq:UnionGraph"), ("named-graph-uri", "urn:x-arq:UnionGraph")),
        address="http://localhost:3030/DATASET",
    ),
    "graphdb": Dialect(
        "", "/statements", "/rdf-graphs/service", address="http://localhost:7200/repositories/REPOSITORY"
    ),
    "virtuoso": Dialect(
        "/sparql", "/sparql-auth", "/sparql-graph-crud-auth", digest=True, address="http://localhost:8890"
    ),
    "stardog": Dialect(
        "/query",
        "/update",
        "",
        (("default-graph-uri", "tag:stardog:api:context:all"), ("named-graph-uri", "tag:stardog:api:context:named")),
        address="http://localhost:5820/DATABASE",
    ),
    "neptune": Dialect("/sparql", "/sparql", "/sparql/gsp/", address="https://CLUSTER:8182"),
}


def find_dialect(name: str) -> Dialect:
    """Return a dialect by name.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    if name not in DIALECTS:
        raise UsageError(f"The dialect {name!r} is not known. Choose one of {', '.join(DIALECTS)}.")
    return DIALECTS[name]
