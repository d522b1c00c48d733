"""What loaders share: the document under work, and the registry of kinds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from loaders.collect import Collector, make
from loaders.gazetteer import Hit, gazetteer
from loaders.iris import slug
from loaders.labels import Field
from loaders.language.contacts import EMAIL, PHONE, domain_of
from loaders.model import Evidence, Facts, Initiative, Organisation, Person, Source, Span, Standing, Unread, Value
from loaders.naming import BUSINESS_ID, NamedBody, read_name, split_names
from loaders.recognise.mentions import Mention
from loaders.recognise.organisations import find_organisations
from loaders.recognise.people import PersonMention
from loaders.text import Text

LABELLED = 0.98
_CAPITALISED = re.compile(r"[A-ZÅÄÖ](?<![\w.@-].)[a-zåäö]{4,}(?![\w@-])")


class Document:
    """A document under work: its text, the known names in it, and the facts collected so far."""

    def __init__(self, source: Source, text: Text) -> None:
        self.source = source
        self.text = text
        self.facts = Facts(source)
        self.collect = Collector(self.facts)

    @cached_property
    def hits(self) -> list[Hit]:
        """Return the known names of the whole text."""
        return gazetteer().find(self.text.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Return the organisations named anywhere in the text."""
        known = find_organisations(self.text.text, self.hits, weak_heads=False)
        return [*known, *self._named_by_domain([mention.span for mention in known])]

    def _named_by_domain(self, taken: list[Span]) -> list[Mention]:
        """Names that an e-mail domain confirms: "Sosiaalitaito koordinoi …" with x.y@sosiaalitaito.fi."""
        domains = {domain_of(match.group()) for match in EMAIL.finditer(self.text.text)}
        found: list[Mention] = []
        initials = {domain[:1] for domain in domains}
        places = {hit.span for hit in self.hits if hit.kind == "place"}  # imatra.fi is the town's, and "Imatra" a place
        for match in _CAPITALISED.finditer(self.text.text) if domains else ():
            if slug(match.group()[0]) not in initials or Span(match.start(), match.end()) in places:
                continue
            span = Span(match.start(), match.end())
            if slug(match.group()) in domains and not any(span.overlaps(other) for other in taken):
                found.append(Mention(span, match.group(), "name-of-e-mail-domain", 0.8, "company"))
        return found

    def value(self, field: Field, rule: str, text: str | None = None) -> Value:
        """Return a labelled value with its evidence."""
        return Value(
            text if text is not None else field.value, self.text.evidence(field.span, rule, LABELLED, Standing.ASSERTED)
        )

    def set_once(self, name: str, value: Value) -> None:
        """Set a value of the initiative; a different second value is kept as a contradiction."""
        initiative: Initiative = self.facts.initiative
        present = getattr(initiative, name)
        if present is None:
            setattr(initiative, name, value)
        elif present.text != value.text:
            initiative.alternatives.append((name, value))

    def add_name(
        self,
        printed: str,
        span: Span,
        role: str,
        *,
        kind: str | None = None,
        prefix_units: bool = False,
        standing: Standing = Standing.ASSERTED,
        rule: str = "labelled-name",
    ) -> list[Organisation]:
        """Add the bodies that a labelled name names (owner and units, all in the same role); none where it has no letter."""
        if not any(map(str.isalpha, printed)):
            self.report(self.text.line_at(span.start).number, printed, "a name without a letter")
            return []
        identifier = BUSINESS_ID.search(printed)
        bare = BUSINESS_ID.sub("", PHONE.sub("", EMAIL.sub("", printed)))
        name = bare.strip(" ,;") or printed.strip()
        path = read_name(name, prefix_units=prefix_units)
        confidence = LABELLED if standing is Standing.ASSERTED else 0.85
        added = []
        for position, body in enumerate(path):
            part = self._part(span, body if position == 0 else None, alone=len(path) == 1)
            evidence = self.text.evidence(part, rule, confidence, standing)
            added.append(self._add_body(body, role, kind if len(path) == 1 else None, evidence))
        if identifier and added:
            legal_person = added[0] if len(added) > 1 and "/" in name else self._bearer(path, added)
            legal_person.business_id = legal_person.business_id or identifier.group(1)
        return added

    def add_names(
        self, printed: str, span: Span, role: str, *, rule: str, standing: Standing = Standing.ASSERTED
    ) -> list[Organisation]:
        """Add every name of a list: "A Oy, B ry ja C"."""
        added: list[Organisation] = []
        for name, offset in split_names(printed):
            start = span.start + offset
            added += self.add_name(name, Span(start, start + len(name)), role, standing=standing, rule=rule)
        return added

    def _part(self, span: Span, owner: NamedBody | None, *, alone: bool) -> Span:
        """Return where the owner or (``None``) the unit of a printed path stands; the whole where they cannot be parted."""
        printed = self.text.text[span.start : span.end]
        if alone:
            return span
        cut = re.search(r"\s*[/,]\s*", printed)
        if owner is not None:
            words = printed.split(" ")
            prefixes = [" ".join(words[:count]) for count in range(1, len(words))]
            named = [prefix for prefix in prefixes if _names(prefix, owner)]
            end = len(named[0]) if named else cut.start() if cut else len(printed)
            return Span(span.start, span.start + end)
        return Span(span.start + cut.end(), span.end) if cut and "/" in printed else span

    @staticmethod
    def _bearer(path: list[NamedBody], added: list[Organisation]) -> Organisation:
        # "Lappeenrannan teknillinen yliopisto, Vihreän kemian laboratorio, 0245904-2": the id is the university's;
        # written as one name, the id stands beside the unit and is kept there.
        return added[0] if len(path) > 1 and path[-1].name.find(path[0].name.split()[0]) < 0 else added[-1]

    def _add_body(self, body: NamedBody, role: str, kind: str | None, evidence: Evidence) -> Organisation:
        shown = kind if kind and body.type == "other" else body.type
        return self.collect.organisation(make(body.name, role, shown, evidence, body.key, body.owner))

    def add_mention(self, mention: Mention, role: str, rule: str, confidence: float) -> Organisation:
        """Add an organisation named in prose."""
        evidence = self.text.evidence(
            mention.span, f"{mention.rule}+{rule}", round(min(mention.confidence, confidence), 2)
        )
        return self.collect.organisation(make(mention.name, role, mention.type, evidence, mention.key, mention.owner))

    def add_person(self, found: PersonMention, rule: str, organisation: str | None, standing: Standing) -> Person:
        """Add a person; the evidence is the name alone, so that no address comes with it."""
        confidence = 0.95 if standing is Standing.ASSERTED else 0.8
        return self.collect.person(
            Person(
                name=found.name,
                evidence=self.text.evidence(found.span, rule, confidence, standing),
                role=found.title,
                organisation=organisation,
                email=found.email,
                phone=found.phone,
            )
        )

    def report(self, line: int, text: str, reason: str) -> None:
        """Record something that was read and not understood."""
        self.facts.unread.append(Unread(line, text, reason))


def _names(prefix: str, owner: NamedBody) -> bool:
    """Return whether a piece of a printed name is an owner's name, in any case."""
    hits = gazetteer().find(prefix, frozenset({"organisation"}))
    return any(hit.span == Span(0, len(prefix)) and hit.notation == owner.key for hit in hits)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `score` says how sure the content makes us (0–1); `load` fills the facts."""

    name: str
    version: str
    score: Callable[[Text], float]
    load: Callable[[Document], None]
