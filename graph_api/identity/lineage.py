"""Who came before whom: succession of organisations, which are linked and never merged.

Succession is known from the authority file and from print ("Seitahonka Oy (ent. Ikihirsi Oy)"); what print says stands
in the document's graph with its evidence. `hv:currentForm` leads from an organisation to the one that
carries on its work today, where there is exactly one; of one that was divided, a note says among whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph_api.corpus import Corpus, mention_of
from graph_api.identity import authority
from graph_api.identity.abroad import is_abroad
from graph_api.identity.entities import Entity
from graph_api.identity.former import read_other_name
from graph_api.identity.material import Mention
from graph_api.identity.resolver import Resolver
from loaders.iris import HV, INFERRED_GRAPH, PROV, RDF, SKOS, digest, document_graph, entity
from loaders.model import Facts
from loaders.nquads import GraphLines, decimal_literal, integer_literal, iri, literal
from loaders.tables.model import Table
from loaders.tables.read import kind_of
from loaders.triples import hv, text_literal
from loaders.vocabulary import organisations

RULE = "printed-other-name/1"
_CONFIDENCE = "0.8"


@dataclass(frozen=True, slots=True)
class PrintedSuccession:
    """What print says of two organisations (IRIs): the earlier, the later, and where it says so (`sheet` in a workbook)."""

    earlier: str
    later: str
    quote: str
    row: int | None
    start: int = 0
    end: int = 0
    sheet: str | None = None


def succession_lines(item: Facts | Table, key: str, resolver: Resolver) -> list[str]:
    """Return what a document says of who came before whom, with its evidence, as N-Quads lines in its own graph."""
    out = GraphLines(document_graph(key))
    for found in printed_successions(item, resolver):
        _add_evidence(out, found, iri(entity("document", key)))
    return out.lines()


def present_lines(corpus: Corpus, resolver: Resolver) -> Iterator[str]:
    """Yield the present forms of the organisations of a corpus as N-Quads lines in the graph of inferred statements."""
    out = GraphLines(INFERRED_GRAPH)
    printed: dict[str, set[str]] = defaultdict(set)
    for key in corpus:
        for earlier, later in successions(corpus[key], resolver):
            printed[earlier].add(later)
    succession = Succession(printed)
    for name in sorted(_named(corpus, resolver) | set(printed)):
        _add_present(out, name, succession, resolver)
    yield from out.lines()


def printed_successions(item: Facts | Table, resolver: Resolver) -> Iterator[PrintedSuccession]:
    """Yield what a document (of a table, with its text) says of names before and after, and where.

    Of a table the rows are read only where one of the bodies it names is printed with another name.
    """
    if isinstance(item, Table):
        told = {body: pairs for body in item.bodies if (pairs := list(successions_of(resolver, mention_of(body))))}
        for record in kind_of(item).records(item.text) if told else ():
            for body in dict.fromkeys(record.bodies()):
                for earlier, later in told.get(body, ()):
                    yield PrintedSuccession(earlier, later, record.quote, record.row, sheet=record.sheet)
        return
    for organisation in item.organisations:
        for earlier, later in successions_of(resolver, Mention(organisation.name, organisation.business_id)):
            for evidence in organisation.evidence[:1]:
                span = evidence.span
                yield PrintedSuccession(earlier, later, evidence.quote, None, span.start, span.end)


def successions(item: Facts | Table, resolver: Resolver) -> list[tuple[str, str]]:
    """Return the (earlier, later) IRIs that a document tells of; the text of a table is not needed."""
    if isinstance(item, Table):
        found = (pair for body in item.bodies for pair in successions_of(resolver, mention_of(body)))
    else:
        found = ((told.earlier, told.later) for told in printed_successions(item, resolver))
    return sorted(set(found))


def successions_of(resolver: Resolver, mention: Mention) -> Iterator[tuple[str, str]]:
    """Yield (earlier, later) IRIs that a printed name tells of: one of Finland, for its grammar is Finnish."""
    if is_abroad(mention.country):
        return
    own = resolver.of(mention)
    for text in resolver.material.place(mention.name).parsed.former:
        other = read_other_name(text)
        found = resolver.resolve(other.name) if other is not None else None
        if other is None or found is None or found.iri in _family(own) or own.iri in _family(found):
            continue
        if resolver.entity_of(found.iri) is not None:  # an unknown name gets no organisation of its own here
            yield (found.iri, own.iri) if other.is_earlier else (own.iri, found.iri)


def _family(found: Entity | None) -> set[str]:
    family = set()
    while found is not None:
        family.add(found.iri)
        found = found.owner
    return family


def _named(corpus: Corpus, resolver: Resolver) -> set[str]:
    return {iri for mention in set(corpus.mentions()) for iri in _family(resolver.of(mention))}


class Succession:
    """Who follows whom, by the authority file and by print.

    Parameters
    ----------
    printed : mapping
        The later organisations (IRIs) that print gives of an earlier one.
    """

    def __init__(self, printed: Mapping[str, set[str]]) -> None:
        self._printed = printed

    def following(self, name: str) -> set[str]:
        """Return the organisations that carried on the work of one (IRIs): the authority file's, else what print says."""
        notation = name.rpartition("/")[2]
        known = (
            {organisations()[n].iri for n in authority.successors(notation)} if name == entity_iri(notation) else set()
        )
        return known or set(self._printed.get(name, ()))

    def present(self, name: str) -> tuple[str | None, set[str]]:
        """Return the one organisation that carries on the work of one today, or else among whom it was divided."""
        seen = [name]
        while following := self.following(seen[-1]):
            if len(following) > 1:
                return None, following
            (later,) = following
            if later in seen:
                return None, set()  # two notes that contradict each other
            seen.append(later)
        return (seen[-1] if len(seen) > 1 else None), set()


def entity_iri(notation: str) -> str:
    """Return the IRI of an organisation of the authority file."""
    return entity("organisation", notation)


def _add_evidence(out: GraphLines, found: PrintedSuccession, document: str) -> None:
    earlier, later = iri(found.earlier), iri(found.later)
    out.add(earlier, hv("predecessorOf"), later)
    place = found.row if found.row is not None else (found.start, found.end)
    sheet = () if found.sheet is None else (found.sheet,)
    node = iri(entity("evidence", digest("succession", document, earlier, later, place, *sheet)))
    out.types(node, [HV + "Evidence"])
    for name, term in (("subject", earlier), ("predicate", hv("predecessorOf")), ("object", later)):
        out.add(node, iri(RDF + name), term)
    out.add(node, hv("quote"), literal(found.quote))
    if found.row is not None:
        out.add(node, hv("row"), integer_literal(found.row))
        if found.sheet is not None:
            out.add(node, hv("sheet"), literal(found.sheet))
    else:
        out.add(node, hv("startOffset"), integer_literal(found.start))
        out.add(node, hv("endOffset"), integer_literal(found.end))
    out.add(node, iri(PROV + "wasDerivedFrom"), document)
    out.add(node, hv("confidence"), decimal_literal(_CONFIDENCE))
    out.add(node, hv("extractedBy"), literal(RULE))
    out.add(node, hv("standing"), literal("inferred"))


def _add_present(out: GraphLines, name: str, succession: Succession, resolver: Resolver) -> None:
    present, divided = succession.present(name)
    if present is not None:
        out.add(iri(name), hv("currentForm"), iri(present))
    elif divided:
        names = sorted(found.name for later in divided if (found := resolver.entity_of(later)) is not None)
        out.add(iri(name), iri(SKOS + "changeNote"), text_literal(f"Divided among {'; '.join(names)}", language="en"))
        out.add(iri(name), iri(SKOS + "changeNote"), text_literal(f"Jaettu: {'; '.join(names)}", language="fi"))
        out.add(iri(name), iri(SKOS + "changeNote"), text_literal(f"Delad mellan {'; '.join(names)}", language="sv"))
