"""Copies the graph of a store to a server, graph by graph; what has not changed is not sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph_api.intake import Progress, silent
from graph_api.stores.remote import RemoteStore
from loaders.iris import GRAPH_BASE, HV

STATE_GRAPH = GRAPH_BASE + "published"
_DIGEST = HV + "contentDigest"


@dataclass(slots=True)
class Published:
    """What was done: graphs that were sent, that were there already, and that were dropped."""

    sent: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def publish(source: ox.Store, target: RemoteStore, progress: Progress | None = None) -> Published:
    """Bring a server's graphs in line with a store's. Graphs that are not ours are left alone.

    The digest of each graph is kept on the server, in a graph of its own, and written after the graph: whoever is
    interrupted sends the graph again the next time.

    Raises
    ------
    HankeverkkoError
        The server cannot be reached, or refuses.
    """
    tell, done = progress or silent, Published()
    known = dict(_known_digests(target))
    names = sorted(graph.value for graph in source.named_graphs() if isinstance(graph, ox.NamedNode))
    for number, name in enumerate(names):
        tell("publishing", number, len(names))
        content = _content(source, name)
        digest = hashlib.sha256(content).hexdigest()
        if known.get(name) == digest:
            done.kept.append(name)
            continue
        target.put_graph(name, content)
        _remember(target, name, digest)
        done.sent.append(name)
    for name in sorted(set(known) - set(names)):
        target.drop_graph(name)
        _remember(target, name, None)
        done.dropped.append(name)
    tell("publishing", len(names), len(names))
    return done


def _content(source: ox.Store, name: str) -> bytes:
    """Return a graph as N-Triples, its lines in order: the same graph has the same digest on every machine."""
    dumped = source.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name)) or b""
    return b"".join(sorted(dumped.splitlines(keepends=True)))


def _known_digests(target: RemoteStore) -> Iterator[tuple[str, str]]:
    query = f"SELECT ?graph ?digest WHERE {{ GRAPH <{STATE_GRAPH}> {{ ?graph <{_DIGEST}> ?digest }} }}"
    found = target.view().query(query)
    for row in found if isinstance(found, ox.QuerySolutions) else ():
        graph, digest = row["graph"], row["digest"]
        if isinstance(graph, ox.NamedNode) and isinstance(digest, ox.Literal):
            yield graph.value, digest.value


def _remember(target: RemoteStore, name: str, digest: str | None) -> None:
    graph = ox.NamedNode(name)
    update = f"DELETE WHERE {{ GRAPH <{STATE_GRAPH}> {{ {graph} <{_DIGEST}> ?d }} }}"
    if digest is not None:
        update += f' ;\nINSERT DATA {{ GRAPH <{STATE_GRAPH}> {{ {graph} <{_DIGEST}> "{digest}" }} }}'
    target.update(update)
