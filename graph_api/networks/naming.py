"""From what a person writes to a thing of the material."""

from __future__ import annotations

from graph_api.likeness import alike, meant
from graph_api.networks.material import Kind, Material
from graph_api.query_arguments import ENTITY_KINDS, resolve_argument
from graph_api.query_catalogue import Parameter
from graph_api.stores.contract import View
from loaders.errors import UsageError


def named(material: Material, kind: Kind, text: str, graph: View | None = None) -> str:
    """Return the IRI of the thing that a text names.

    It may be its IRI, its name in any form (`graph_api.likeness`), a part of its name that no other has or, where the
    graph is given, what else `graph_api.query_arguments` understands: a code, a business id, a name in another language.

    Raises UsageError where nothing or more than one thing is named so; the nearest are told.
    """
    things = material.things_of(kind)
    if text in things.iris:
        return text
    names = list(zip(things.labels, things.iris, strict=True))
    found = meant(text, names) or _in_graph(graph, kind, text, set(things.iris))
    found = found or [iri for name, iri in names if text.casefold() in name.casefold()]
    if len(found) == 1:
        return found[0]
    label = dict(zip(things.iris, things.labels, strict=True))
    if not found:
        near = " or ".join(dict.fromkeys(f'"{label[iri]}"' for iri in alike(text, names)))
        hint = f"did you mean {near}?" if near else "nothing here has a name like that."
        raise UsageError(f'No {kind} is called "{text}": {hint} Write its name as the graph has it, or its IRI.')
    some = "; ".join(f"{label[iri]} <{iri}>" for iri in found[:5])
    raise UsageError(f'"{text}" fits {len(found)} nodes: {some}{" …" if len(found) > 5 else ""}. Name one of them.')


def _in_graph(graph: View | None, kind: Kind, text: str, known: set[str]) -> list[str]:
    kind = {"region": "place", "pilot": "initiative"}.get(kind, kind)
    if graph is None or kind not in ENTITY_KINDS or kind == "person":
        return []
    try:
        found = resolve_argument(graph, Parameter("name", kind, True, None, ""), text).value
    except UsageError:
        return []
    return [found] if found in known else []
