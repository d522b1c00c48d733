"""A server of SPARQL 1.1 behind the contract: queries, updates and graphs over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox

from graph_api.stores.contract import Answer
from graph_api.stores.dialects import Dialect
from loaders.errors import BusyError, CannotRunError, LimitError, QueryError, RefusedError

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.5"
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Access:
    """How a server lets one in, and how long it may take."""

    user: str | None = None
    password: str | None = None
    token: str | None = None
    seconds: float = 60.0


class RemoteStore:
    """A server; use it as a context manager, or close it."""

    def __init__(self, address: str, dialect: Dialect, access: Access | None = None) -> None:
        self.dialect, self.address = dialect, address.rstrip("/")
        self.http = _client(dialect, access or Access())

    def __enter__(self) -> RemoteStore:
        """Return the store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.http.close()

    def view(self) -> RemoteView:
        """Return the present state; a server gives no snapshot, so that it changes when the server's graph does."""
        return RemoteView(self)

    def replace_graphs(self, dropped: Iterable[str], files: Iterable[Path]) -> None:
        """Drop graphs, and put the statements of N-Quads files in the place of what their graphs held, one by one."""
        graphs: dict[str, list[ox.Triple]] = {}
        for file in files:
            for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS):
                if isinstance(quad.graph_name, ox.NamedNode):
                    graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
        for name, triples in graphs.items():
            self.put_graph(name, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        for name in dropped:
            if name not in graphs:
                self.drop_graph(name)

    def put_graph(self, name: str, ntriples: bytes) -> None:
        """Put triples in the place of what a graph held, in one request."""
        graph = ox.NamedNode(name)
        if self.dialect.graph_store is None:
            update = f"DROP SILENT GRAPH {graph} ;\nINSERT DATA {{ GRAPH {graph} {{\n{ntriples.decode()}}} }}"
            self.update(update)
            return
        headers = {"Content-Type": "application/n-triples"}
        self._ask("PUT", self.dialect.graph_store, params={"graph": name}, content=ntriples, headers=headers)

    def drop_graph(self, name: str) -> None:
        """Drop a graph, if it is there."""
        self.update(f"DROP SILENT GRAPH {ox.NamedNode(name)}")

    def update(self, text: str) -> None:
        """Carry out an update."""
        headers = {"Content-Type": "application/sparql-update"}
        self._ask("POST", self.dialect.update, content=text.encode(), headers=headers)

    def ask(self, query: str, *, union: bool) -> httpx.Response:
        """Ask a query; with `union` over the union of all graphs."""
        fields = [("query", query), *(self.dialect.union if union else ())]
        # As a form, which all servers take, of whatever length.
        headers = {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
        content = urlencode(fields).encode()
        return self._ask("POST", self.dialect.query, content=content, headers=headers)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        content: bytes,
        headers: dict[str, str],
        params: dict[str, str] | None = None,
    ) -> httpx.Response:
        try:
            response = self.http.request(method, self.address + path, content=content, headers=headers, params=params)
        except httpx.TimeoutException as error:
            raise LimitError(f"{self.address} did not answer in time. Ask for less, or try again.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CannotRunError(f"{self.address} cannot be reached ({error}). Check the address.") from error
        if not response.is_success:
            raise _refusal(self.address, response)
        return response


class RemoteView:
    """What a server holds, for reading."""

    def __init__(self, store: RemoteStore) -> None:
        self.store = store

    def query(self, query: str, *, use_default_graph_as_union: bool = False) -> Answer:
        """Answer a query."""
        response = self.store.ask(query, union=use_default_graph_as_union)
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        try:
            if (rows := ox.QueryResultsFormat.from_media_type(kind)) is not None:
                return ox.parse_query_results(response.content, format=rows)
            if (rdf := ox.RdfFormat.from_media_type(kind)) is not None:
                return _as_triples(response.content, rdf)
        except (SyntaxError, ValueError) as error:
            raise CannotRunError(f"The answer of {self.store.address} cannot be read ({error}).") from error
        raise CannotRunError(f"{self.store.address} answers with {kind or 'no type'}. Is it a SPARQL endpoint?")

    def quads_for_pattern(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, value: ox.NamedNode | ox.Literal | None, /
    ) -> Iterator[ox.Quad]:
        """Yield the statements, of any graph, that fit."""
        wanted = {"s": subject, "p": predicate, "o": value}
        values = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in wanted.items() if term is not None)
        found = self.query(f"SELECT ?s ?p ?o ?g WHERE {{ {values} GRAPH ?g {{ ?s ?p ?o }} }}")
        for row in found if isinstance(found, ox.QuerySolutions) else ():
            yield ox.Quad(row["s"], row["p"], row["o"], row["g"])

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """Yield the names of the graphs."""
        found = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        for row in found if isinstance(found, ox.QuerySolutions) else ():
            if isinstance(row["g"], ox.NamedNode | ox.BlankNode):
                yield row["g"]


def _as_triples(content: bytes, form: ox.RdfFormat) -> ox.QueryTriples:
    """Return triples as a query's answer: what reads answers need not know where they come from."""
    store = ox.Store()
    store.load(content, format=form, to_graph=ox.DefaultGraph())
    answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    if not isinstance(answer, ox.QueryTriples):
        raise TypeError("a CONSTRUCT query answers with triples")
    return answer


def _client(dialect: Dialect, access: Access) -> httpx.Client:
    auth: httpx.Auth | None = None
    if access.user is not None:
        kind = httpx.DigestAuth if dialect.digest else httpx.BasicAuth
        auth = kind(access.user, access.password or "")
    headers = {"Authorization": f"Bearer {access.token}"} if access.token else {}
    # No redirects: credentials and graphs go to the address that was given, and nowhere else.
    return httpx.Client(auth=auth, headers=headers, timeout=access.seconds, follow_redirects=False)


def _refusal(address: str, response: httpx.Response) -> QueryError | RefusedError | BusyError | CannotRunError:
    reason = " ".join(response.text.split())[:_LONGEST_REASON]
    told = f"{address} answers {response.status_code}: {reason or response.reason_phrase}"
    match response.status_code:
        case HTTPStatus.BAD_REQUEST:
            return QueryError(told)
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return RefusedError(
                f"{address} does not let this in ({response.status_code}). "
                "Set HANKEVERKKO_ENDPOINT_USER and _PASSWORD, or HANKEVERKKO_ENDPOINT_TOKEN."
            )
        case HTTPStatus.SERVICE_UNAVAILABLE | HTTPStatus.TOO_MANY_REQUESTS:
            return BusyError(told)
        case _:
            return CannotRunError(told)
