"""What a corpus means: its facts as reviewed, who is who, and the statements that follow, document by document.

A pure function of the set of documents and of what people decided: the order of loading changes nothing.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from graph_api.corpus import (
    Corpus,
    dump,
    initiatives_of,
    initiatives_of_table,
    mentions_of,
    mentions_of_table,
    with_text,
)
from graph_api.curation.folder import Curation
from graph_api.curation.replay import concerns, replay
from graph_api.curation.reviews import Review
from graph_api.identity.initiatives import Initiatives
from graph_api.identity.lineage import present_lines, succession_lines, successions
from graph_api.identity.resolver import Entity, Resolver
from graph_api.identity.statements import identity_lines
from loaders.iris import ONTOLOGY_GRAPH, SKOS, VOCABULARY_GRAPH, entity
from loaders.model import Facts
from loaders.nquads import GraphLines, date_literal, iri, literal
from loaders.resources import list_files, read_text
from loaders.table_triples import TableWriter
from loaders.tables.model import Table
from loaders.triples import DocumentWriter, hv
from loaders.vocabulary import organisations, scheme

WRITER_VERSION = "2"


@dataclass(frozen=True, slots=True)
class LostReview:
    """A review whose claim is no longer found and whose quote no longer stands in the text."""

    review: Review


class Interpretation:
    """The statements of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The facts as loaders found them.
    curation : Curation
        What people decided.
    text_of : callable
        Returns the stored text of a document.
    """

    def __init__(self, corpus: Corpus, curation: Curation, text_of: Callable[[str], str]) -> None:
        self._curation = curation
        self._text_of = text_of
        self.lost: list[LostReview] = []
        self.corpus = Corpus(self._reviewed(corpus), corpus.tables)

    def _reviewed(self, corpus: Corpus) -> dict[str, Facts]:
        by_name: defaultdict[str, list[Review]] = defaultdict(list)
        for review in self._curation.reviews:
            by_name[review.document].append(review)
            by_name[review.key].append(review)
        reviewed: dict[str, Facts] = {}
        for key, facts in corpus.facts.items():
            candidates = dict.fromkeys(by_name.get(facts.source.name, []) + by_name.get(key, []))
            meant = [review for review in candidates if concerns(review, facts)]
            if meant:
                reviewed[key], lost = replay(facts, meant, self._text_of(key))
                self.lost += [LostReview(review) for review in lost]
            else:
                reviewed[key] = facts
        return reviewed

    @cached_property
    def resolver(self) -> Resolver:
        """Return who is who."""
        return Resolver(self.corpus.mentions(), self._curation.decisions)

    @cached_property
    def initiatives(self) -> Initiatives:
        """Return which initiative a title means."""
        listed = (
            m for item in map(self._with_text, self.corpus.tables) for m in initiatives_of_table(item, self.resolver)
        )
        named = (m for facts in self.corpus.facts.values() for m in initiatives_of(facts, self.resolver))
        return Initiatives(itertools.chain(listed, named))

    def signature(self, key: str) -> str:
        """Return a digest of all that a document's statements depend on: it changes when they may."""
        item = self.corpus[key]
        digest = hashlib.sha256(WRITER_VERSION.encode() + dump(item))
        mentions = mentions_of_table(item) if isinstance(item, Table) else mentions_of(item)
        for mention in dict.fromkeys(mentions):
            for part in _chain(self.resolver.of(mention)):
                digest.update(part.encode("utf-8", "surrogatepass"))
        if not isinstance(item, Table):
            for initiative in initiatives_of(item, self.resolver):
                digest.update(f"{self.initiatives.code_of(initiative)}\n".encode())
        for earlier, later in successions(item, self.resolver):
            digest.update(f"{earlier}\x1f{later}\n".encode())
        return digest.hexdigest()[:32]

    def document_lines(self, key: str) -> Iterator[str]:
        """Yield the statements of a document as N-Quads lines; those of a table come row by row."""
        facts = self.corpus.facts.get(key)
        if facts is None:
            table = self._with_text(key)
            yield from TableWriter(table, self.resolver).lines()
            yield from succession_lines(table, key, self.resolver)
            return
        yield from DocumentWriter(with_text(facts, self._text_of(key)), self.resolver, self.initiatives).write()
        yield from succession_lines(facts, key, self.resolver)

    def _with_text(self, key: str) -> Table:
        """Return a table with its text, which is read from the store for as long as it is needed."""
        return replace(self.corpus.tables[key], text=self._text_of(key))

    def shared_lines(self) -> Iterator[str]:
        """Yield the statements that belong to no document, in graphs of their own."""
        yield from identity_lines(self.resolver)
        yield from present_lines(self.corpus, self.resolver)


def _chain(found: Entity | None) -> Iterator[str]:
    while found is not None:
        yield f"{found.iri}\x1f{found.name}\x1f{found.type}\x1f{found.business_id}\n"
        found = found.owner


def vocabulary_lines() -> Iterator[str]:
    """Yield the ontology and the vocabularies as N-Quads lines in their graphs."""
    for graph, folder, names in (
        (ONTOLOGY_GRAPH, (), ["core.ttl"]),
        (VOCABULARY_GRAPH, ("vocabularies",), list_files("ontology", "vocabularies", suffix=".ttl")),
    ):
        for name in names:
            for triple in ox.parse(read_text("ontology", *folder, name), format=ox.RdfFormat.TURTLE):
                yield f"{triple.subject} {triple.predicate} {triple.object} {iri(graph)} .\n"
    yield from _municipal_bodies()


def vocabulary_signature() -> str:
    """Return a digest of the ontology and vocabularies that this version carries."""
    digest = hashlib.sha256(read_text("ontology", "core.ttl").encode())
    for name in sorted(list_files("ontology", "vocabularies", suffix=".ttl")):
        digest.update(read_text("ontology", "vocabularies", name).encode())
    return digest.hexdigest()[:32]


def _municipal_bodies() -> Iterator[str]:
    out = GraphLines(VOCABULARY_GRAPH)
    for body in organisations().values():
        if body.notation in scheme("places"):
            node = iri(body.iri)
            out.types(node, [SKOS + "Concept"])
            out.add(node, iri(SKOS + "inScheme"), iri(entity("scheme", "organisations")))
            out.add(node, iri(SKOS + "notation"), literal(body.notation))
            out.add(node, hv("organisationType"), iri(entity("organisation-type", "municipality")))
            out.add(node, hv("locatedIn"), iri(entity("place", body.notation)))
            for later in body.properties.get("mergedInto", ()):
                out.add(node, hv("predecessorOf"), iri(entity("organisation", later)))
            if (merged := scheme("places")[body.notation].first("mergedOn")) is not None:
                out.add(node, hv("endedOn"), date_literal(str(int(merged[:4]) - 1)))
            for label in body.labels:
                if label.kind == "preferred":
                    out.add(node, iri(SKOS + "prefLabel"), literal(label.text, language=label.language))
    yield from out.lines()
