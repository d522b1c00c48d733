"""Project lists → triples: one Evidence a row supports all that the row says, so that long lists stay affordable."""

from __future__ import annotations

from functools import cache

from loaders.authority import find_body
from loaders.identity_protocol import Entity, Resolver
from loaders.iris import DCTERMS, HV, PROV, digest, document_graph, entity
from loaders.kinds.project_list import AMOUNT_COLUMNS, ListedProject, ProjectList
from loaders.language.contacts import holds_contact
from loaders.nquads import TYPE, GraphLines, date_literal, decimal_literal, integer_literal, iri, literal
from loaders.triples import ALT_LABEL, IDENTIFIER, TITLE, describe, document_key, hv, status_notation, text_literal

_FUNDS = {"ESR": "Euroopan sosiaalirahasto", "EAKR": "Euroopan aluekehitysrahasto"}
_PROJECT, _INITIATIVE, _PARTICIPATION, _FUNDING, _EVIDENCE = (
    hv(name) for name in ("Project", "Initiative", "Participation", "Funding", "Evidence")
)
_KIND = iri(entity("initiative-kind", "project"))
_AMOUNT_KINDS = tuple(iri(entity("amount-kind", kind)) for kind in AMOUNT_COLUMNS)


class ListWriter:
    """Writes a project list.

    Parameters
    ----------
    projects : ProjectList
        The list.
    resolver : Resolver
        Answers which entity a printed name means.
    """

    def __init__(self, projects: ProjectList, resolver: Resolver) -> None:
        self.list = projects
        self.resolver = resolver
        key = document_key(projects.sha256)
        self.out = GraphLines(document_graph(key))
        self.document = iri(entity("document", key))
        self._nodes: dict[tuple[str, bool], str] = {}

    def write(self) -> list[str]:
        """Return the list's statements as N-Quads lines in canonical order."""
        self._document()
        for project in self.list.projects:
            self._project(project)
        return self.out.lines()

    def _document(self) -> None:
        add = self.out.add
        self.out.types(self.document, [HV + "Document", PROV + "Entity"])
        add(self.document, IDENTIFIER, literal(self.list.name))
        add(self.document, TITLE, literal(self.list.name))
        add(self.document, iri(DCTERMS + "format"), literal("text/csv"))
        add(self.document, iri(DCTERMS + "language"), literal("fi"))
        add(self.document, hv("sha256"), literal(self.list.sha256))
        add(self.document, hv("documentKind"), literal(self.list.kind.partition("/")[0]))
        add(self.document, hv("loader"), literal(self.list.kind))

    def _project(self, found: ListedProject) -> None:
        node, add = iri(entity("initiative", found.code)), self.out.add
        evidence = iri(entity("evidence", digest(self.document, found.row)))
        add(node, TYPE, _INITIATIVE)
        add(node, TYPE, _PROJECT)
        add(node, hv("initiativeKind"), _KIND)
        add(node, TITLE, text_literal(found.title or found.code, language="fi"))
        add(node, hv("code"), literal(found.code))
        add(self.document, hv("describes"), node)
        status = status_notation(found.status)
        if status:
            add(node, hv("status"), iri(entity("status", status)))
        for name, date in (("start", found.start), ("end", found.end)):
            if date:
                add(node, hv(name), date_literal(date))
        supported = [node, *self._participations(found, node), *self._fundings(found, node)]
        self._evidence(evidence, found, supported)

    def _participations(self, found: ListedProject, node: str) -> list[str]:
        parts = []
        fund = fund_name(found.fund)
        for printed, role in ((found.applicant, "applicant"), (found.authority, "authority"), (fund, "funder")):
            if not printed:
                continue
            organisation = self._organisation(printed, funder=role == "funder")
            part = iri(entity("participation", digest(node, organisation, role)))
            parts.append(part)
            add = self.out.add
            add(part, TYPE, _PARTICIPATION)
            add(part, hv("participant"), organisation)
            add(part, hv("inInitiative"), node)
            add(part, hv("role"), iri(entity("role", role)))
            for name, date in (("start", found.start), ("end", found.end)):
                if date:
                    add(part, hv(name), date_literal(date))
            if role == "applicant":
                add(organisation, hv("participatesIn"), node)
            elif role == "funder":
                add(organisation, hv("funds"), node)
        return parts

    def _fundings(self, found: ListedProject, node: str) -> list[str]:
        nodes = []
        fund = fund_name(found.fund)
        for column, (kind, amount) in enumerate(zip(_AMOUNT_KINDS, found.amounts, strict=True)):
            if amount is None:
                continue
            money, add = iri(entity("funding", digest(node, AMOUNT_COLUMNS[column], amount, "list"))), self.out.add
            nodes.append(money)
            add(money, TYPE, _FUNDING)
            add(money, hv("fundedInitiative"), node)
            add(money, hv("amount"), decimal_literal(amount))
            add(money, hv("currency"), '"EUR"')
            add(money, hv("amountKind"), kind)
            if fund and column < 2:
                add(money, hv("funder"), self._organisation(fund, funder=True))
        return nodes

    def _evidence(self, node: str, found: ListedProject, supported: list[str]) -> None:
        add = self.out.add
        add(node, TYPE, _EVIDENCE)
        quote = found.raw if not holds_contact(found.raw) else f"{found.code},{found.fund}"
        add(node, hv("quote"), literal(quote))
        add(node, hv("row"), integer_literal(found.row))
        add(node, f"<{PROV}wasDerivedFrom>", self.document)
        add(node, hv("confidence"), decimal_literal("0.99"))
        add(node, hv("extractedBy"), literal(f"list-row/{self.list.kind.rpartition('/')[2]}"))
        add(node, hv("standing"), '"asserted"')
        for item in supported:
            add(node, hv("supports"), item)

    def _organisation(self, printed: str, *, funder: bool) -> str:
        node = self._nodes.get((printed, funder))
        if node is None:
            known: Entity = self.resolver.resolve(printed)
            node = iri(known.iri)
            describe(self.out, known, known.owner)
            if printed != known.name and not holds_contact(printed):
                self.out.add(node, ALT_LABEL, literal(" ".join(printed.split())))
            if known.business_id:
                self.out.add(node, hv("businessId"), literal(known.business_id))
            if funder:
                self.out.types(node, [HV + "Funder"])
            self._nodes[printed, funder] = node
        return node


@cache
def fund_name(printed: str) -> str:
    """Return the name of the fund that a list prints in short ("EAKR")."""
    name = _FUNDS.get(printed, printed)
    body = find_body(name)
    return body.name if body else name
