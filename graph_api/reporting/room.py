"""What a report is written from: one state of a store, with its names in one language, and its version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version as installed_version
from pathlib import Path

import pyoxigraph as ox

from graph_api.collaboration.reading import Names
from graph_api.collaboration.ruling import day_made
from graph_api.collaboration.stored import open_index
from graph_api.collaboration.tables import CollaborationIndex
from graph_api.networks.material import Material
from graph_api.networks.source import DEFAULT_MONEY, material_of
from graph_api.partners.answers import quote_of
from graph_api.reporting.model import Link, Piece
from graph_api.reporting.words import Words
from graph_api.search.covering import Cover
from graph_api.store import current
from loaders.iris import BASE, SKOS


@dataclass(frozen=True, slots=True)
class Version:
    """Which data a report rests on.

    `fingerprint` is the same for two stores built from the same documents with the same vocabularies; `generation` is
    the name of this state of this store. `day` is SOURCE_DATE_EPOCH where that is set, else the day the state was made.
    """

    software: str
    generation: str
    fingerprint: str
    documents: int
    statements: int
    day: date


@dataclass(frozen=True, slots=True)
class Room:
    """An open store, ready for reports."""

    graph: ox.Store
    index: CollaborationIndex
    material: Material
    words: Words
    version: Version
    minimum: float | None = None
    cover: Cover = field(repr=False, kw_only=True)

    def concepts(self, folder: str, notations: Iterable[str]) -> dict[str, str]:
        """Return the labels of concepts by notation: of statuses, roles, amount kinds; a notation without one stays."""
        known = sorted(set(notations))
        iris = [f"{BASE}{folder}/{name}" for name in known]
        labels = Names(self.graph, SKOS + "prefLabel").of(iris, self.words.language)
        return {name: label or name for name, label in zip(known, labels, strict=True)}


def open_room(
    store: Path, language: str = "fi", minimum: float | None = None, *, today: bool = False, money: str = DEFAULT_MONEY
) -> Room:
    """Open the graph in force for reports in a language; `minimum` and `today` are as in `open_index`.

    Raises
    ------
    UsageError
        There are no words in that language, or the threshold is not between 0 and 1.
    CannotRunError
        There is no store.
    """
    words = Words(language)
    graph, index = open_index(store, minimum, today=today, language=language)
    return Room(graph, index, material_of(index, money=money), words, _version(store), minimum, cover=Cover(graph))


def _version(store: Path) -> Version:
    generation = current(store)
    manifest = generation.manifest()
    keys = sorted(document["key"] for document in manifest["documents"])
    said = "\n".join([*keys, str(manifest.get("vocabularies", ""))])
    return Version(
        software=installed_version("hankeverkko"),
        generation=generation.folder.name,
        fingerprint=hashlib.sha256(said.encode()).hexdigest()[:12],
        documents=len(keys),
        statements=int(manifest["quads"]),
        day=day_made(generation.folder / "manifest.json"),
    )


class Appendix:
    """The evidence that a report refers to, numbered in the order in which it is first named."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._numbers: dict[int, int] = {}

    def links(self, positions: Iterable[int]) -> tuple[Link, ...]:
        """Return links to pieces of evidence, by their positions in the index."""
        found = dict.fromkeys(int(position) for position in positions)
        return tuple(self._link(position) for position in found)

    def _link(self, position: int) -> Link:
        number = self._numbers.setdefault(position, len(self._numbers) + 1)
        return Link(str(number), f"e{number}")

    def pieces(self) -> list[Piece]:
        """Return the pieces that were named; names of people in quotes are covered."""
        return [self._piece(position, number) for position, number in self._numbers.items()]

    def _piece(self, position: int, number: int) -> Piece:
        index, words = self.room.index, self.room.words
        document = int(index.evidence.documents[position])
        iri = index.documents.iris[document] if document >= 0 else ""
        quote = self.room.cover.text(quote_of(self.room.graph, index.evidence.iris[position]), iri.rpartition("/")[2])
        standing = index.evidence.standings[position] or "unsaid"
        source = words(
            "evidence.source",
            document=(index.documents.titles[document] if document >= 0 else "") or iri.rpartition("/")[2],
            standing=words(f"standing.{standing}"),
            confidence=round(float(index.evidence.confidences[position]), 2),
        )
        return Piece(number, f"e{number}", " ".join(quote.split()) or words("evidence.none"), source)
