"""The gate that every proposal passes: it is added, known already, or rejected for a reason that is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from loaders.authority import find_body, name_key, type_of_name
from loaders.collect import ROLE_STRENGTH, make, same_person
from loaders.document import Document
from loaders.gazetteer import web_spans
from loaders.language.contacts import MASK, holds_contact, mask_contacts
from loaders.language.people import NAME, is_job_title
from loaders.model import (
    Evidence,
    Facts,
    Money,
    Named,
    Person,
    Pilot,
    Proposal,
    Proposed,
    RelatedInitiative,
    Span,
    Value,
)
from loaders.proposers.support import (
    find_amount,
    find_date,
    find_name,
    find_quote,
    find_words,
    notation_of,
    preferred_name,
)
from loaders.recognise.mentions import is_class_of_bodies
from loaders.recognise.money import kind_of, plain
from loaders.text import MAX_QUOTE
from loaders.vocabulary import owner_name, scheme

MENTIONS = frozenset({"organisation", "person", "place"})
VALUES = ("title", "code", "status", "start", "end", "date")
PROPOSAL_KINDS = (*sorted(MENTIONS), "method", "programme", "pilot", "related", "amount", *VALUES)
MAX_NAME = 200

NO_QUOTE = "its quote does not stand in the text"
NOT_IN_QUOTE = "its quote does not say it"
CONTACT = "it holds a contact detail"
NO_KIND = "it is of no kind that was asked for"
NO_NAME = "it is not a name"
NO_PLACE = "no municipality or region is called so"


class Rejected(Exception):  # noqa: N818 - no error: the ordinary end of a proposal
    """A proposal is not to be believed; the argument says why."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A proposal that its quote supports; `quote` and `mention` are offsets in the text."""

    proposal: Proposal
    quote: Span
    mention: Span


class Gate:
    """Judges the proposals on one document.

    Parameters
    ----------
    document : Document
        The document; rules have read it already.
    outcome : Proposed
        Where it is counted what became of the proposals.
    """

    def __init__(self, document: Document, outcome: Proposed) -> None:
        self._document = document
        self._outcome = outcome
        self._masked = mask_contacts(document.text.text)
        self._read = list(_read_mentions(document))
        self._names = set(_read_names(document.facts))
        self._add: Mapping[str, Callable[[_Checked], bool]] = {
            "organisation": self._organisation,
            "person": self._person,
            "place": self._place,
            "method": self._method,
            "programme": self._programme,
            "pilot": self._pilot,
            "related": self._related,
            "amount": self._amount,
            **dict.fromkeys(VALUES, self._value),
        }

    def judge(self, proposal: Proposal) -> None:
        """Add a proposal to the facts, or count why not."""
        try:
            checked = self._checked(proposal)
            added = not self._is_read(checked) and self._add[proposal.kind](checked)
        except Rejected as reason:
            self._outcome.rejected[str(reason)] = self._outcome.rejected.get(str(reason), 0) + 1
            return
        if not added:
            self._outcome.known += 1
            return
        span = checked.quote
        quote = self._document.text.text[span.start : span.end]
        self._outcome.accepted.append(replace(checked.proposal, quote=quote, window=span))

    def _checked(self, proposal: Proposal) -> _Checked:
        """Return a proposal that its quote supports, with where it stands in the text."""
        proposal = replace(
            proposal,
            value=" ".join(proposal.value.split()),
            role=" ".join(proposal.role.split()),
            organisation=" ".join(proposal.organisation.split()),
        )
        if proposal.kind not in self._add:
            raise Rejected(NO_KIND)
        if not 1 < len(proposal.value) <= MAX_NAME or MASK in proposal.value:
            raise Rejected(NO_NAME)
        if any(holds_contact(said) for said in (proposal.value, proposal.role, proposal.organisation)):
            raise Rejected(CONTACT)
        quote = find_quote(self._masked, proposal.quote, proposal.window)
        if quote is None:
            raise Rejected(NO_QUOTE)
        mention = self._mention(proposal, self._masked[quote.start : quote.end])
        if mention is None:
            raise Rejected(NOT_IN_QUOTE)
        return _Checked(proposal, quote, Span(quote.start + mention.start, quote.start + mention.end))

    @staticmethod
    def _mention(proposal: Proposal, quote: str) -> Span | None:
        if proposal.kind in {"start", "end", "date"}:
            return find_date(proposal.value, quote)
        if proposal.kind == "amount":
            found = find_amount(proposal.value, quote)
            return found[1] if found else None
        if proposal.kind in VALUES:
            return find_words(proposal.value, quote)
        return find_name(proposal.value, proposal.kind, quote)

    def _is_read(self, checked: _Checked) -> bool:
        """Return whether what was read already covers a mention (or, where it must stand alone, overlaps it)."""
        if checked.proposal.kind not in MENTIONS:
            return False
        if checked.proposal.is_alone:
            overlapped = any(checked.mention.overlaps(read) for read in self._read)
            return overlapped or name_key(checked.proposal.value) in self._names
        longer = [read for read in self._read if checked.mention.contains(read) and checked.mention != read]
        return any(checked.mention.overlaps(read) and read not in longer for read in self._read)

    def _evidence(self, checked: _Checked) -> Evidence:
        """Return the quote as evidence; where it is long or holds a contact detail, the sentence or mention alone."""
        text, span = self._document.text.text, checked.quote
        by, confidence = self._outcome.by, self._outcome.confidence
        quote = text[span.start : span.end]
        if len(quote) > MAX_QUOTE or holds_contact(quote) or quote != self._masked[span.start : span.end]:
            return self._document.text.evidence(checked.mention, by, confidence)
        surface = " ".join(text[checked.mention.start : checked.mention.end].split())
        return Evidence(quote, span, surface, by, confidence)

    def _organisation(self, checked: _Checked) -> bool:
        said = checked.proposal
        if web_spans(said.value) or is_class_of_bodies(said.value.rpartition(" ")[2]):
            raise Rejected(NO_NAME)  # "www.kunta.fi", "Pohjois-Savon kunnat"
        body = find_body(said.value)
        name = body.name if body else said.value
        found = make(
            name,
            said.role if said.role in ROLE_STRENGTH else "mentioned",
            type_of_name(name),
            self._evidence(checked),
            body.notation if body else None,
            owner_name(body) if body else None,
        )
        if self._document.collect.knows(found):
            return False
        self._document.collect.organisation(found)
        return True

    def _person(self, checked: _Checked) -> bool:
        said = checked.proposal
        if not NAME.fullmatch(said.value) or any(is_job_title(word) for word in said.value.split()):
            raise Rejected(NO_NAME)
        if any(same_person(present.name, said.value) for present in self._document.facts.persons):
            return False
        self._document.collect.person(
            Person(
                name=said.value,
                evidence=self._evidence(checked),
                role=said.role if self._says(checked, said.role) else None,
                organisation=self._named_organisation(checked),
            )
        )
        return True

    def _says(self, checked: _Checked, words: str) -> bool:
        quote = self._masked[checked.quote.start : checked.quote.end]
        return bool(words) and find_words(words, quote) is not None

    def _named_organisation(self, checked: _Checked) -> str | None:
        """Return the organisation that a proposal names beside its own name, if the quote names it as well."""
        said = checked.proposal.organisation
        quote = self._masked[checked.quote.start : checked.quote.end]
        if not said or find_name(said, "organisation", quote) is None:
            return None
        known = self._document.collect.find(said)
        body = find_body(said)
        return known.name if known else body.name if body else said

    def _place(self, checked: _Checked) -> bool:
        notation = notation_of(checked.proposal.value, "place")
        if notation is None or scheme("places")[notation].first("placeKind") == "country":
            raise Rejected(NO_PLACE)
        name = preferred_name(notation, "place")
        return self._named(self._document.facts.places, Named(name, self._evidence(checked), notation))

    def _method(self, checked: _Checked) -> bool:
        return self._named(self._document.facts.methods, self._concept(checked))

    def _programme(self, checked: _Checked) -> bool:
        return self._named(self._document.facts.programmes, self._concept(checked))

    def _concept(self, checked: _Checked) -> Named:
        said = checked.proposal
        notation = notation_of(said.value, said.kind)
        name = preferred_name(notation, said.kind) if notation else said.value
        return Named(name, self._evidence(checked), notation)

    @staticmethod
    def _named(present: list[Named], found: Named) -> bool:
        if any((n.key and n.key == found.key) or name_key(n.name) == name_key(found.name) for n in present):
            return False
        present.append(found)
        return True

    def _pilot(self, checked: _Checked) -> bool:
        said, before = checked.proposal, len(self._document.facts.pilots)
        host = self._named_organisation(checked)
        self._document.collect.pilot(Pilot(said.value, self._evidence(checked), [host] if host else []))
        return len(self._document.facts.pilots) > before

    def _related(self, checked: _Checked) -> bool:
        said, facts = checked.proposal, self._document.facts
        own = facts.initiative.title
        titles = [related.title for related in facts.related] + ([own.text] if own else [])
        if any(name_key(title) == name_key(said.value) for title in titles):
            return False
        kind = said.role if said.role in {"project", "programme", "practice"} else "project"
        self._document.collect.related(RelatedInitiative(said.value, kind, self._evidence(checked)))
        return True

    def _amount(self, checked: _Checked) -> bool:
        said = checked.proposal
        quote = self._masked[checked.quote.start : checked.quote.end]
        found = find_amount(said.value, quote)
        assert found is not None  # noqa: S101 - it was found when the quote was checked
        amount, span = plain(found[0]), found[1]
        if any(money.amount == amount for money in self._document.facts.money):
            return False
        label = " ".join(quote[: span.start].split()[-4:]).strip(" :-–,;(") or "rahoitus"
        kind = said.role if said.role in scheme("amount-kinds") else kind_of(label)
        self._document.collect.money(Money(label, amount, kind, self._evidence(checked)))
        return True

    def _value(self, checked: _Checked) -> bool:
        said, initiative = checked.proposal, self._document.facts.initiative
        if getattr(initiative, said.kind) is not None:
            return False
        setattr(initiative, said.kind, Value(said.value, self._evidence(checked)))
        return True


def _read_mentions(document: Document) -> Iterator[Span]:
    """Yield where the organisations, people and places stand that rules have read."""
    facts, text = document.facts, document.text.text
    yield from (mention.span for mention in document.mentions if document.collect.find(mention.name) is not None)
    evidence = [e for organisation in facts.organisations for e in organisation.evidence]
    evidence += [person.evidence for person in facts.persons]
    evidence += [place.evidence for place in facts.places]
    for found in evidence:
        surface = find_quote(text, found.surface, found.span)
        if surface is not None and surface.end > surface.start:
            yield surface


def _read_names(facts: Facts) -> Iterator[str]:
    """Yield the keys of all names that rules have read, of whatever kind."""
    names = [value.text for value in (facts.initiative.title, facts.initiative.code) if value is not None]
    names += [organisation.name for organisation in facts.organisations]
    names += [person.name for person in facts.persons]
    names += [named.name for named in [*facts.places, *facts.methods, *facts.programmes]]
    names += [related.title for related in facts.related]
    names += [pilot.title for pilot in facts.pilots]
    yield from map(name_key, names)
