"""What /api/networks answers: a network of the material with what was asked of it, in JSON, GraphML or GEXF."""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from graph_api.collaboration.exports import cytoscape_json, graphml, node_link_json
from graph_api.collaboration.gexf import gexf
from graph_api.networks import communities, measures, significance, tables
from graph_api.networks.coverage import coverage, suppress
from graph_api.networks.graphs import to_networkx
from graph_api.networks.material import Material
from graph_api.networks.naming import named
from graph_api.networks.selection import Filters
from graph_api.networks.views import Network, ego, project
from graph_api.server.shapes import Shape
from loaders.errors import UsageError

MOST_TIES = 20_000
"""Ties of one answer."""
MOST_MEASURED = 5_000
"""Nodes of a network of which measures, communities and a backbone are computed while somebody waits."""

NodeKind = Literal[
    "organisation", "initiative", "pilot", "method", "place", "region", "funder", "person", "document", "theme"
]
Measure = Literal[
    "betweenness", "closeness", "pagerank", "eigenvector", "core", "clustering", "constraint", "effective_size",
    "component", "sampled_betweenness", "participation", "coordinator", "consultant", "representative", "liaison",
]  # fmt: skip
Text = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
Texts = Annotated[list[Text], Field(max_length=20)]
Year = Annotated[int, Field(ge=1000, le=9999)]


class NetworkQuery(BaseModel):
    """What is asked: which nodes, tied through what, weighted how, which rows count, and which results."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    nodes: NodeKind = Field("organisation", description="What the nodes are; people are told by role, not by name.")
    through: NodeKind = Field("initiative", description="What a tie shares.")
    weighting: Literal["count", "newman", "fractional", "money", "recency"] = Field(
        "count", description="What one shared thing adds to a tie."
    )
    first: Year | None = Field(None, alias="from", description="The first year that counts.")
    last: Year | None = Field(None, alias="to", description="The last year that counts.")
    role: Texts = Field([], description="Roles of organisations that count: applicant, host, partner, pilot.")
    kind: Texts = Field([], description="Kinds of initiative: project, programme, practice, pilot.")
    region: Texts = Field([], description="Initiatives in these regions (names or IRIs).")
    theme: Texts = Field([], description="Initiatives whose title or method has one of these words.")
    fold_units: bool = Field(False, description="Count a unit's work as its owner's.")
    minimum: float = Field(0.0, ge=0, le=1e12, description="Leave out ties that weigh less.")
    largest: int | None = Field(None, ge=2, le=10**6, description="Leave out shared things with more members.")
    min_confidence: float = Field(0.0, ge=0, le=1, description="Leave out rows that are less certain.")
    around: Text | None = Field(None, description="Only the surroundings of this node: its name or IRI.")
    radius: int = Field(1, ge=1, le=4, description="How many steps `around` reaches.")
    backbone: bool = Field(False, description="Only ties that are more than chance, given all sizes.")
    suppress: int = Field(0, ge=0, le=1000, description="Leave out what rests on fewer shared things.")
    measure: Annotated[list[Measure], Field(max_length=20)] = Field([], description="Measures of each node.")
    by: Literal["region", "type", "community"] = Field("region", description="Groups for participation and roles.")
    communities: bool = Field(False, description="Communities by consensus, with their stability.")
    limit: int = Field(2000, ge=1, le=MOST_TIES, description="Only so many ties, the heaviest; the rest is counted.")
    json_form: Literal["node-link", "cytoscape"] = Field(
        "node-link", alias="json", description="Of `graph` in JSON: networkx' node-link form, or Cytoscape's."
    )
    names: Literal["fi", "sv", "en"] = Field("fi", description="The language of names.")


class CoverageShape(Shape):
    """So many of so many."""

    what: str = Field(examples=["of these, initiatives with a date"])
    have: int
    of: int


class CommunityShape(Shape):
    """A community: above 0.85 its stability is high, below 0.6 it should not be trusted."""

    community: int
    members: int
    stability: float | None
    membership: float | None
    at_its_centre: str


class NetworkShape(Shape):
    """A network, its figures, and what it rests on."""

    graph: dict[str, Any] = Field(description="Nodes and edges; attributes are told in docs/networks.md.")
    figures: dict[str, float | None] = Field(description="Of the network as a whole, before `limit`.")
    coverage: list[CoverageShape] = Field(description="What share of what is known it rests on.")
    undated: int = Field(description="Initiatives left out for want of a date.")
    left_out: int = Field(description="Ties beyond `limit`.")
    notes: list[str] = Field(description="What was filtered, in words.")
    communities: list[CommunityShape] | None = Field(default=None, description="The largest first, where asked for.")


def answer(material: Material, asked: NetworkQuery, form: str) -> bytes:
    """Return the network as JSON ("json"), GraphML or GEXF.

    Raises UsageError where what is asked for does not exist, or is too large to be answered at once.
    """
    network, notes = _network(material, asked)
    found: list[dict[str, Any]] | None = None
    if asked.communities or asked.by == "community":
        _check_size(network, "Communities are")
        partition = communities.consensus(network.adjacency)
        network = communities.with_communities(network, partition)
        found = [_plain(row) for row in tables.communities(network, partition, network.size).records()]
    if asked.measure:
        _check_size(network, "Measures are")
        network = measures.measure(network, asked.measure, by=asked.by)
    shown, left_out = _heaviest(network, asked.limit)
    if left_out:
        notes.append(f"The heaviest {asked.limit} ties are given; degree and strength of nodes count these alone.")
    graph = to_networkx(shown, isolates=not left_out)
    shares = [{"what": share.what, "have": share.have, "of": share.of} for share in coverage(network)]
    if form != "json":
        graph.graph["coverage"] = "; ".join(str(share) for share in coverage(network))
        return {"graphml": graphml, "gexf": gexf}[form](graph)
    written = (cytoscape_json if asked.json_form == "cytoscape" else node_link_json)(graph)
    told = {
        "graph": json.loads(written),
        "figures": _finite(_figures(network)),
        "coverage": shares,
        "undated": network.selection.undated,
        "left_out": left_out,
        "notes": notes,
        **({"communities": found} if found is not None and asked.communities else {}),
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _network(material: Material, asked: NetworkQuery) -> tuple[Network, list[str]]:
    filters = Filters(
        period=(asked.first, asked.last),
        roles=asked.role or None,
        kinds=asked.kind or None,
        regions=asked.region,
        themes=asked.theme,
        min_confidence=asked.min_confidence,
        fold_units=asked.fold_units,
        largest=asked.largest,
    )
    network = project(
        material, asked.nodes, asked.through, weighting=asked.weighting, filters=filters, minimum=asked.minimum
    )
    if asked.around is not None:
        network = ego(network, named(material, asked.nodes, asked.around), asked.radius)
    notes = []
    if asked.backbone:
        _check_size(network, "A backbone is")
        before = len(network.sources)
        network = significance.backbone(network)
        notes.append(f"Backbone: {len(network.sources)} of {before} ties are more than chance.")
    if asked.suppress:
        network, gone = suppress(network, asked.suppress)
        notes.append(f"Suppressed: {gone.ties} ties and {gone.nodes} nodes that rest on fewer than {asked.suppress}.")
    return network, notes


def _check_size(network: Network, what: str) -> None:
    if network.size > MOST_MEASURED:
        raise UsageError(
            f"{what} computed for networks of up to {MOST_MEASURED:,} nodes; this one has {network.size:,}. "
            "Narrow it with filters or around, or use the command line: hankeverkko network."
        )


def _heaviest(network: Network, limit: int) -> tuple[Network, int]:
    """Return the network with its heaviest ties, and how many were left out; of equal ones the first stay."""
    beyond = len(network.sources) - limit
    if beyond <= 0:
        return network, 0
    kept = np.zeros(len(network.sources), bool)
    kept[np.argsort(-network.weights, kind="stable")[:limit]] = True
    return network.with_edges(kept), beyond


def _figures(network: Network) -> dict[str, float | int]:
    """Return the figures of the whole; of a large network only those that take no time."""
    if network.size <= MOST_MEASURED:
        return measures.figures(network)
    return {"nodes": network.size, "ties": len(network.sources), "shared": len(network.events)}


def _finite(values: dict[str, float | int]) -> dict[str, float | None]:
    return {name.replace(" ", "_"): value if math.isfinite(value) else None for name, value in values.items()}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name.replace(" ", "_"): value for name, value in row.items()}
