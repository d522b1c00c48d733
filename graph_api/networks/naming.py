"""From what a person writes to a thing of the material."""

from __future__ import annotations

from graph_api.networks.material import Kind, Material
from loaders.errors import UsageError


def named(material: Material, kind: Kind, text: str) -> str:
    """Return the IRI of the thing that a text names: its IRI, its name, or a part of its name that no other has.

    Raises UsageError where nothing or more than one thing is named so.
    """
    things = material.things_of(kind)
    if text in things.iris:
        return text
    wanted = text.casefold()
    labels = [label.casefold() for label in things.labels]
    places = [n for n, label in enumerate(labels) if label == wanted]
    places = places or [n for n, label in enumerate(labels) if wanted in label]
    if len(places) == 1:
        return things.iris[places[0]]
    if not places:
        raise UsageError(f'No {kind} is called "{text}". Write its name as the graph has it, or its IRI.')
    some = "; ".join(f"{things.labels[n]} <{things.iris[n]}>" for n in places[:5])
    raise UsageError(f'"{text}" fits {len(places)} nodes: {some}{" …" if len(places) > 5 else ""}. Name one of them.')
