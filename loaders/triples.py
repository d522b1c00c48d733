"""Facts → triples: one document's statements in its own named graph, each with its evidence."""

from __future__ import annotations

from functools import cache

from loaders.authority import find_body, name_key
from loaders.identity_protocol import Entity, InitiativeMention, InitiativeResolver, NoInitiatives, Resolver
from loaders.iris import DCTERMS, FOAF, HV, PROV, RDF, SKOS, digest, document_graph, entity, slug
from loaders.language.contacts import holds_contact, without_contacts
from loaders.model import Evidence, Facts, Money, Named, Organisation, Person, Pilot, RelatedInitiative, Value
from loaders.naming import without_business_id
from loaders.nquads import GraphLines, date_literal, decimal_literal, integer_literal, iri, literal
from loaders.titles import title_key
from loaders.vocabulary import scheme

JOINING_ROLES = frozenset({"applicant", "host", "partner", "pilot"})
_CLASSES = {"project": "Project", "programme": "Programme", "practice": "Practice"}
TITLE, IDENTIFIER = iri(DCTERMS + "title"), iri(DCTERMS + "identifier")
PREF_LABEL, ALT_LABEL = iri(SKOS + "prefLabel"), iri(SKOS + "altLabel")


def hv(name: str) -> str:
    """Return a term of the ontology: ``hv("participatesIn")``."""
    return f"<{HV}{name}>"


def text_literal(value: str, language: str | None = None) -> str:
    """Return a document's words as a literal, without e-mail addresses and telephone numbers."""
    return literal(without_contacts(value), language=language)


def readable(title: str) -> str:
    """Return the readable part of an IRI, in which no address shows either."""
    return slug(without_contacts(title), 40)


def document_key(sha256: str) -> str:
    """Return the key of a document version in IRIs."""
    return sha256[:16]


def initiative_iri(title: str, code: str | None = None, host: str | None = None) -> str:
    """Return the IRI of an initiative: its code, else its title (with its host, for a practice)."""
    if code:
        return entity("initiative", code)
    return entity("initiative", f"{readable(title)}-{digest(title_key(title), host, length=8)}")


def programme_iri(name: str, key: str | None) -> str:
    """Return a programme as a term: by its notation in the vocabulary, else by its name."""
    return iri(entity("programme", key or f"{readable(name)}-{digest(name.casefold(), length=8)}"))


@cache
def status_notation(printed: str) -> str | None:
    """Return the status concept that a printed status means, or ``None``."""
    wanted = printed.casefold()
    return next(
        (c.notation for c in scheme("statuses").values() if any(x.text.casefold() == wanted for x in c.labels)), None
    )


class DocumentWriter:
    """Writes one document's facts.

    Parameters
    ----------
    facts : Facts
        What the document says.
    resolver : Resolver
        Answers which entity a name means.
    initiatives : InitiativeResolver, optional
        Answers which coded initiative a title means.
    """

    def __init__(self, facts: Facts, resolver: Resolver, initiatives: InitiativeResolver | None = None) -> None:
        self.facts = facts
        self.resolver = resolver
        self.initiatives = initiatives or NoInitiatives()
        key = document_key(facts.source.sha256)
        self.out = GraphLines(document_graph(key))
        self.document = iri(entity("document", key))
        self._entities = {o.name: resolver.resolve(o.name, o.business_id) for o in facts.organisations}
        self.initiative = iri(self._initiative_iri())

    def write(self) -> list[str]:
        """Return the document's statements as N-Quads lines in canonical order."""
        self._document()
        self._initiative()
        for organisation in self.facts.organisations:
            self._organisation(organisation)
        for person in self.facts.persons:
            self._person(person)
        for money in self.facts.money:
            self._funding(money)
        for pilot in self.facts.pilots:
            self._pilot(pilot)
        self._concepts()
        for related in self.facts.related:
            self._related(related)
        return self.out.lines()

    def _initiative_iri(self) -> str:
        found = own_initiative(self.facts, self.resolver)
        hosts = [o for o in self.facts.organisations if o.role in {"host", "applicant"}]
        host = self._entities[hosts[0].name].iri if hosts and found.kind == "practice" else None
        return initiative_iri(found.title, self.initiatives.code_of(found), host)

    def _document(self) -> None:
        source, add = self.facts.source, self.out.add
        self.out.types(self.document, [HV + "Document", PROV + "Entity"])
        add(self.document, IDENTIFIER, literal(source.name))
        add(self.document, iri(DCTERMS + "format"), literal(source.media_type))
        add(self.document, iri(DCTERMS + "language"), literal(source.language))
        add(self.document, hv("sha256"), literal(source.sha256))
        kind, _, version = source.kind.partition("/")
        add(self.document, hv("documentKind"), literal(kind))
        add(self.document, hv("loader"), literal(f"{kind}/{version}"))
        if source.address:
            add(self.document, iri(DCTERMS + "source"), iri(source.address))

    def _initiative(self) -> None:
        found = self.facts.initiative
        self.out.types(self.initiative, [HV + "Initiative", HV + _CLASSES[found.kind]])
        self.out.add(self.initiative, hv("initiativeKind"), iri(entity("initiative-kind", found.kind)))
        self.out.add(self.document, hv("describes"), self.initiative)
        if found.title is None:
            self.out.add(self.initiative, TITLE, literal(self.facts.source.name))
        else:
            self._title(found.title)
        for name in ("code", "status", "start", "end", "date"):
            value = getattr(found, name)
            if value is not None:
                self._value(name, value)
        for name, value in found.alternatives:
            self._title(value) if name == "title" else self._value(name, value)

    def _title(self, value: Value) -> None:
        printed = text_literal(value.text, language=value.language or self.facts.source.language)
        self._state(self.initiative, TITLE, printed, value.evidence)
        self._evidence(self.document, hv("describes"), self.initiative, value.evidence)
        if value is self.facts.initiative.title:
            self.out.add(self.document, TITLE, printed)

    def _value(self, name: str, value: Value) -> None:
        if name == "code":
            self._state(self.initiative, hv("code"), literal(value.text), value.evidence)
        elif name == "status":
            notation = status_notation(value.text)
            if notation:
                self._state(self.initiative, hv("status"), iri(entity("status", notation)), value.evidence)
        else:
            predicate = iri(DCTERMS + "issued") if name == "date" else hv(name)
            self._state(self.initiative, predicate, date_literal(value.text), value.evidence)

    def _state(self, subject: str, predicate: str, value: str, evidence: Evidence, supports: str | None = None) -> None:
        self.out.add(subject, predicate, value)
        self._evidence(subject, predicate, value, evidence, supports)

    def _evidence(self, subject: str, predicate: str, value: str, found: Evidence, supports: str | None = None) -> None:
        name = digest(self.document, subject, predicate, value, found.span.start, found.span.end, found.rule)
        node, add = iri(entity("evidence", name)), self.out.add
        self.out.types(node, [HV + "Evidence"])
        for key, term in (("subject", subject), ("predicate", predicate), ("object", value)):
            add(node, iri(RDF + key), term)
        if supports:
            add(node, hv("supports"), supports)
        add(node, hv("quote"), literal(found.quote))
        add(node, hv("startOffset"), integer_literal(found.span.start))
        add(node, hv("endOffset"), integer_literal(found.span.end))
        add(node, iri(PROV + "wasDerivedFrom"), self.document)
        add(node, hv("confidence"), decimal_literal(str(found.confidence)))
        version = self.facts.source.kind.rpartition("/")[2]
        add(node, hv("extractedBy"), literal(found.rule if found.is_proposed else f"{found.rule}/{version}"))
        add(node, hv("standing"), literal(str(found.standing)))

    def _organisation(self, found: Organisation) -> None:
        known = self._entities[found.name]
        node = iri(known.iri)
        describe(self.out, known, self._owner_of(found, known))
        for surface in {without_business_id(e.surface) for e in found.evidence} | {found.name}:
            if surface != known.name and len(surface) <= 200 and not holds_contact(surface):
                self.out.add(node, ALT_LABEL, literal(surface, language=label_language(surface)))
        if found.business_id:
            self._state(node, hv("businessId"), literal(found.business_id), found.evidence[0])
        if found.role == "funder":
            self.out.types(node, [HV + "Funder"])
        participation = self._participation(node, found.role)
        for evidence in found.evidence:
            self._evidence(self.document, hv("mentions"), node, evidence)
            self._join(node, found.role, participation, evidence)
            if (owner := self._owner_of(found, known)) is not None:
                self._state(node, hv("unitOf"), iri(owner.iri), evidence)
        self.out.add(self.document, hv("mentions"), node)

    def _owner_of(self, found: Organisation, known: Entity) -> Entity | None:
        if known.owner is not None:
            return known.owner
        if not found.part_of:
            return None
        owner = self._entities.get(found.part_of) or self.resolver.resolve(found.part_of)
        return owner if owner.iri != known.iri else None

    def _participation(self, organisation: str, role: str) -> str:
        node = iri(entity("participation", digest(self.initiative, organisation, role)))
        self.out.types(node, [HV + "Participation"])
        self.out.add(node, hv("participant"), organisation)
        self.out.add(node, hv("inInitiative"), self.initiative)
        self.out.add(node, hv("role"), iri(entity("role", role)))
        for name in ("start", "end"):
            value = getattr(self.facts.initiative, name)
            if value is not None:
                self.out.add(node, hv(name), date_literal(value.text))
        return node

    def _join(self, organisation: str, role: str, participation: str, evidence: Evidence) -> None:
        if role in JOINING_ROLES:
            self._state(organisation, hv("participatesIn"), self.initiative, evidence, participation)
        elif role == "funder":
            self._state(organisation, hv("funds"), self.initiative, evidence, participation)
        else:
            self._state(participation, hv("participant"), organisation, evidence, participation)

    def _person(self, found: Person) -> None:
        employer = self._entity_named(found.organisation)
        node = iri(entity("person", digest(found.name.casefold(), employer.iri if employer else self.initiative)))
        self.out.types(node, [HV + "Person"])
        self._state(node, iri(FOAF + "name"), text_literal(found.name), found.evidence)
        if found.role:
            self.out.add(node, hv("jobTitle"), text_literal(found.role))
        self._state(node, hv("contactFor"), self.initiative, found.evidence)
        self._state(self.document, hv("mentions"), node, found.evidence)
        if employer is not None:
            describe(self.out, employer, employer.owner)
            self._state(node, hv("worksFor"), iri(employer.iri), found.evidence)

    def _entity_named(self, name: str | None) -> Entity | None:
        return (self._entities.get(name) or self.resolver.resolve(name)) if name else None

    def _funding(self, found: Money) -> None:
        node = iri(entity("funding", digest(self.initiative, found.kind, found.label.casefold(), found.amount)))
        self.out.types(node, [HV + "Funding"])
        self.out.add(node, hv("currency"), literal("EUR"))
        self.out.add(node, hv("amountKind"), iri(entity("amount-kind", found.kind)))
        self.out.add(node, iri(DCTERMS + "description"), text_literal(found.label))
        self._state(node, hv("fundedInitiative"), self.initiative, found.evidence, node)
        self._state(node, hv("amount"), decimal_literal(found.amount), found.evidence, node)
        funders = [o for o in self.facts.organisations if o.role == "funder"]
        # A proposed funder takes nothing away from the one that was read.
        funders = [o for o in funders if not o.evidence[0].is_proposed] or funders
        if len(funders) == 1 and found.kind in {"granted-eu-state", "realised-eu-state", "eu-share"}:
            self._state(node, hv("funder"), iri(self._entities[funders[0].name].iri), funders[0].evidence[0], node)

    def _pilot(self, found: Pilot) -> None:
        node = iri(
            entity("pilot", f"{readable(found.title)}-{digest(self.initiative, found.title.casefold(), length=8)}")
        )
        self.out.types(node, [HV + "Pilot", HV + "Initiative"])
        self.out.add(node, hv("initiativeKind"), iri(entity("initiative-kind", "pilot")))
        self._state(node, TITLE, text_literal(found.title, language=self.facts.source.language), found.evidence)
        self._state(node, hv("pilotOf"), self.initiative, found.evidence)
        if found.state:
            self._state(
                node,
                iri(DCTERMS + "description"),
                text_literal(found.state, language=self.facts.source.language),
                found.evidence,
            )
            if "päätty" in found.state:
                self._state(node, hv("status"), iri(entity("status", "ended")), found.evidence)
        if found.place:
            self._state(node, hv("takesPlaceIn"), iri(entity("place", found.place)), found.evidence)
        for name in found.hosts:
            host = self._entity_named(name)
            if host is not None:
                describe(self.out, host, host.owner)
                self._state(node, hv("hostedBy"), iri(host.iri), found.evidence)

    def _concepts(self) -> None:
        for place in self.facts.places:
            self._state(
                self.initiative, hv("takesPlaceIn"), iri(entity("place", place.key or slug(place.name))), place.evidence
            )
        for method in self.facts.methods:
            self._method(method)
        for programme in self.facts.programmes:
            self._programme(programme)

    def _method(self, found: Named) -> None:
        node = iri(entity("method", found.key or slug(without_contacts(found.name))))
        if found.key is None:
            self.out.types(node, [HV + "Method", SKOS + "Concept"])
            self.out.add(node, PREF_LABEL, text_literal(found.name, language=self.facts.source.language))
        self._state(self.initiative, hv("usesMethod"), node, found.evidence)

    def _programme(self, found: Named) -> None:
        title = self.facts.initiative.title
        if title is not None and title.text == found.name:
            return
        node = programme_iri(found.name, found.key)
        self.out.types(node, [HV + "Programme", HV + "Initiative"])
        self.out.add(node, hv("initiativeKind"), iri(entity("initiative-kind", "programme")))
        language = "fi" if found.key else self.facts.source.language
        self._state(node, TITLE, text_literal(found.name, language=language), found.evidence)
        self._state(self.initiative, hv("partOfProgramme"), node, found.evidence)

    def _related(self, found: RelatedInitiative) -> None:
        mention = related_initiative(found, self.facts, self.resolver)
        node = iri(initiative_iri(found.title, self.initiatives.code_of(mention)))
        if node == self.initiative:
            return
        self.out.types(node, [HV + "Initiative", HV + _CLASSES.get(found.kind, "Project")])
        self.out.add(node, hv("initiativeKind"), iri(entity("initiative-kind", found.kind)))
        self._state(node, TITLE, text_literal(found.title, language=self.facts.source.language), found.evidence)
        for name, date in (("start", found.start), ("end", found.end)):
            if date:
                self._state(node, hv(name), date_literal(date), found.evidence)
        self._state(self.initiative, hv("relatedTo"), node, found.evidence)


def own_initiative(facts: Facts, resolver: Resolver) -> InitiativeMention:
    """Return a document's own initiative as identity is asked for it."""
    found = facts.initiative
    title, code, start, end = ((v.text if v else None) for v in (found.title, found.code, found.start, found.end))
    return InitiativeMention(title or facts.source.name, found.kind, code, start, end, _bodies(facts, resolver))


def related_initiative(found: RelatedInitiative, facts: Facts, resolver: Resolver) -> InitiativeMention:
    """Return an initiative that a document speaks of as identity is asked for it."""
    return InitiativeMention(found.title, found.kind, found.code, found.start, found.end, _bodies(facts, resolver))


def _bodies(facts: Facts, resolver: Resolver) -> frozenset[str]:
    """Return the bodies that take part in what a document is about; those that fund everything tell nothing apart."""
    joining = [o for o in facts.organisations if o.role in JOINING_ROLES]
    return frozenset(resolver.resolve(o.name, o.business_id).iri for o in joining)


@cache
def label_language(printed: str) -> str | None:
    """Return the language of a printed name that the authority file has in one language, else ``None``."""
    body = find_body(printed)
    wanted = name_key(printed)
    languages = {label.language for label in body.labels if name_key(label.text) == wanted} if body else set()
    return next(iter(languages)) or None if len(languages) == 1 else None


def describe(out: GraphLines, known: Entity, owner: Entity | None = None) -> None:
    """Add what is said of an organisation wherever it is named: classes, canonical name, type, owner."""
    node = iri(known.iri)
    out.types(node, [HV + "Organisation", *([HV + "Unit"] if owner is not None else [])])
    out.add(node, PREF_LABEL, text_literal(known.name, language=known.language))
    out.add(node, hv("organisationType"), iri(entity("organisation-type", known.type)))
    if owner is not None:
        out.add(node, hv("unitOf"), iri(owner.iri))
        describe(out, owner, owner.owner)
