"""Tables → triples: one Evidence a row supports all that the row says, so that long lists stay affordable.

Statements come row by row: a list of 180,000 rows makes millions, which never stand in memory at once. What several
rows say alike is written where it is said first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from loaders.identity_protocol import Entity, Resolver
from loaders.iris import DCTERMS, HV, PROV, XSD, digest, document_graph, entity
from loaders.language.contacts import holds_contact
from loaders.nquads import TYPE, GraphLines, date_literal, decimal_literal, integer_literal, iri, literal
from loaders.tables.model import Body, Name, Participant, Programme, Record, Sum, Table
from loaders.tables.read import kind_of
from loaders.triples import (
    ALT_LABEL,
    IDENTIFIER,
    JOINING_ROLES,
    TITLE,
    describe,
    document_key,
    hv,
    programme_iri,
    status_notation,
    text_literal,
)

_PROJECT, _INITIATIVE, _PARTICIPATION, _FUNDING, _EVIDENCE = (
    hv(name) for name in ("Project", "Initiative", "Participation", "Funding", "Evidence")
)
_KIND = iri(entity("initiative-kind", "project"))
_PROGRAMME_KIND = iri(entity("initiative-kind", "programme"))
_TRUE = literal("true", datatype=XSD + "boolean")


@cache
def _concept(kind: str, notation: str) -> str:
    return iri(entity(kind, notation))


def _minted(kind: str, *parts: object) -> str:
    return f"<{entity(kind, digest(*parts))}>"  # nothing in it needs escaping


class TableWriter:
    """Writes a table.

    Parameters
    ----------
    table : Table
        The table, with its text.
    resolver : Resolver
        Answers which entity an organisation in a row means.
    """

    def __init__(self, table: Table, resolver: Resolver) -> None:
        self.table = table
        self.resolver = resolver
        key = document_key(table.sha256)
        self.graph = document_graph(key)
        self.out = GraphLines(self.graph)
        self.document = iri(entity("document", key))
        self._nodes: dict[tuple[Body, bool], str] = {}
        self._said: set[tuple[str, ...]] = set()
        self._rule = literal(f"list-row/{table.kind.rpartition('/')[2]}")

    def lines(self) -> Iterator[str]:
        """Yield the statements as N-Quads lines, row by row; a line may come twice."""
        self._document()
        for record in kind_of(self.table).records(self.table.text):
            self._record(record)
            yield from self.out.lines()
            self.out = GraphLines(self.graph)

    def write(self) -> list[str]:
        """Return the statements as N-Quads lines in canonical order, each once."""
        return sorted(set(self.lines()))

    def _document(self) -> None:
        add, table = self.out.add, self.table
        self.out.types(self.document, [HV + "Document", PROV + "Entity"])
        add(self.document, IDENTIFIER, literal(table.name))
        add(self.document, TITLE, literal(table.name))
        add(self.document, iri(DCTERMS + "format"), literal(table.media_type))
        add(self.document, iri(DCTERMS + "language"), literal(table.language))
        add(self.document, hv("sha256"), literal(table.sha256))
        add(self.document, hv("documentKind"), literal(table.kind.partition("/")[0]))
        add(self.document, hv("loader"), literal(table.kind))

    def _is_new(self, *said: str) -> bool:
        """Return whether something is said for the first time; what rows repeat is not written for each."""
        if said in self._said:
            return False
        self._said.add(said)
        return True

    def _record(self, found: Record) -> None:
        node = iri(entity("initiative", found.key))
        self._initiative(found, node)
        supported = [node]
        for participant in found.participants:
            supported += self._participation(participant, node)
        supported += [self._funding(money, node) for money in found.sums]
        self._evidence(found, supported)

    def _initiative(self, found: Record, node: str) -> None:
        add = self.out.add
        if self._is_new(node):
            add(node, TYPE, _INITIATIVE)
            add(node, TYPE, _PROJECT)
            add(node, hv("initiativeKind"), _KIND)
            add(self.document, hv("describes"), node)
            if found.code and not holds_contact(found.code):
                add(node, hv("code"), literal(found.code))
        for title in found.titles:
            if self._is_new(node, title.text, title.language or ""):
                add(node, TITLE, text_literal(title.text, language=title.language))
        status = status_notation(found.status) if found.status else None
        if status:
            add(node, hv("status"), _concept("status", status))
        for name, date in (("start", found.start), ("end", found.end)):
            if date:
                add(node, hv(name), date_literal(date))
        for place in found.places:
            add(node, hv("takesPlaceIn"), _concept("place", place))
        if found.programme is not None:
            self._programme(found.programme, node)

    def _programme(self, found: Programme, initiative: str) -> None:
        node = programme_iri(found.name.text, found.key)
        if self._is_new(node):
            self.out.types(node, [HV + "Programme", HV + "Initiative"])
            self.out.add(node, hv("initiativeKind"), _PROGRAMME_KIND)
            self.out.add(node, TITLE, text_literal(found.name.text, language=found.name.language))
        if self._is_new(initiative, node):
            self.out.add(initiative, hv("partOfProgramme"), node)

    def _participation(self, found: Participant, node: str) -> list[str]:
        add, role = self.out.add, found.role
        organisation = self._organisation(found.body, funder=role == "funder")
        part = _minted("participation", node, organisation, role)
        if self._is_new(part):
            add(part, TYPE, _PARTICIPATION)
            add(part, hv("participant"), organisation)
            add(part, hv("inInitiative"), node)
            add(part, hv("role"), _concept("role", role))
            if role in JOINING_ROLES:
                add(organisation, hv("participatesIn"), node)
            elif role == "funder":
                add(organisation, hv("funds"), node)
        for name, date in (("start", found.start), ("end", found.end)):
            if date:
                add(part, hv(name), date_literal(date))
        if found.ended_early:
            add(part, hv("endedEarly"), _TRUE)
        for other in found.names:
            self._name(organisation, other)
        if found.place is None:
            return [part]
        add(organisation, hv("locatedIn"), _concept("place", found.place))
        return [part, organisation]

    def _name(self, organisation: str, name: Name) -> None:
        if self._is_new(organisation, name.text, name.language or "") and not holds_contact(name.text):
            self.out.add(organisation, ALT_LABEL, literal(name.text, language=name.language))

    def _funding(self, found: Sum, node: str) -> str:
        recipient = self._organisation(found.recipient, funder=False) if found.recipient else None
        who = () if recipient is None else (recipient,)
        money, add = _minted("funding", node, found.kind, found.amount, "list", *who), self.out.add
        add(money, TYPE, _FUNDING)
        add(money, hv("fundedInitiative"), node)
        add(money, hv("amount"), decimal_literal(found.amount))
        add(money, hv("currency"), literal(found.currency))
        add(money, hv("amountKind"), _concept("amount-kind", found.kind))
        if found.funder is not None:
            add(money, hv("funder"), self._organisation(found.funder, funder=True))
        if recipient is not None:
            add(money, hv("recipient"), recipient)
        return money

    def _evidence(self, found: Record, supported: list[str]) -> None:
        add = self.out.add
        where = (found.row,) if found.sheet is None else (found.row, found.sheet)
        node = _minted("evidence", self.document, *where)
        add(node, TYPE, _EVIDENCE)
        add(node, hv("quote"), literal(found.quote))
        add(node, hv("row"), integer_literal(found.row))
        if found.sheet is not None:
            add(node, hv("sheet"), literal(found.sheet))
        add(node, f"<{PROV}wasDerivedFrom>", self.document)
        add(node, hv("confidence"), decimal_literal("0.99"))
        add(node, hv("extractedBy"), self._rule)
        add(node, hv("standing"), '"asserted"')
        for item in supported:
            add(node, hv("supports"), item)

    def _organisation(self, body: Body, *, funder: bool) -> str:
        node = self._nodes.get((body, funder))
        if node is None:
            known: Entity = self.resolver.resolve(
                body.name, body.business_id, country=body.country, participant_code=body.participant_code
            )
            node = iri(known.iri)
            describe(self.out, known, known.owner)
            self._register(node, body, known)
            if funder:
                self.out.types(node, [HV + "Funder"])
            self._nodes[body, funder] = node
        return node

    def _register(self, node: str, body: Body, known: Entity) -> None:
        add = self.out.add
        if body.name != known.name and not holds_contact(body.name):
            add(node, ALT_LABEL, literal(" ".join(body.name.split())))
        if known.business_id:
            add(node, hv("businessId"), literal(known.business_id))
        if body.country:
            add(node, hv("country"), literal(body.country))
        if body.participant_code:
            add(node, hv("participantCode"), literal(body.participant_code))
