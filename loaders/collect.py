"""Collecting the facts of one document: the same organisation, person or amount named twice becomes one fact."""

from __future__ import annotations

from loaders.authority import LEGAL_FORM, find_body, name_key
from loaders.language.inflection import genitive_of, inflect_word
from loaders.model import Evidence, Facts, Money, Named, Organisation, Person, Pilot, RelatedInitiative

ROLE_STRENGTH = {
    "applicant": 8,
    "host": 7,
    "funder": 6,
    "authority": 5,
    "pilot": 4,
    "partner": 3,
    "consultant": 2,
    "mentioned": 1,
}


class Collector:
    """Adds facts to a document's `Facts`, joining what is the same.

    Parameters
    ----------
    facts : Facts
        What is filled.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._organisations: dict[str, Organisation] = {}

    def organisation(self, found: Organisation) -> Organisation:
        """Add an organisation, or its evidence to the same one; the stronger role wins.

        A role read from a labelled field is never changed by prose: the first asserted role stands.
        """
        present = self._find(found)
        if present is None:
            self.facts.organisations.append(found)
            self._register(found)
            return found
        if ROLE_STRENGTH[found.role] > ROLE_STRENGTH[present.role] and not _asserted(present):
            present.role = found.role
        present.business_id = present.business_id or found.business_id
        present.part_of = present.part_of or found.part_of
        present.key = present.key or found.key
        present.evidence += [e for e in found.evidence if e not in present.evidence]
        return present

    def find(self, name: str) -> Organisation | None:
        """Return the organisation collected under a name, or ``None``."""
        return self._organisations.get(name_key(name))

    def knows(self, organisation: Organisation) -> bool:
        """Return whether the same organisation has been collected, under this name or another."""
        return self._find(organisation) is not None

    def _find(self, found: Organisation) -> Organisation | None:
        if found.key and (present := self._organisations.get("#" + found.key)):
            return present
        return next((self._organisations[key] for key in _keys(found) if key in self._organisations), None)

    def _register(self, organisation: Organisation) -> None:
        if organisation.key:
            self._organisations["#" + organisation.key] = organisation
        for key in _keys(organisation):
            self._organisations.setdefault(key, organisation)

    def person(self, found: Person) -> Person:
        """Add a person, or fill in what the same person lacked."""
        for present in self.facts.persons:
            if same_person(present.name, found.name):
                present.role = present.role or found.role
                present.organisation = present.organisation or found.organisation
                present.email = present.email or found.email
                present.phone = present.phone or found.phone
                return present
        self.facts.persons.append(found)
        return found

    def method(self, found: Named) -> None:
        """Add a method once."""
        _add_named(self.facts.methods, found)

    def programme(self, found: Named) -> None:
        """Add a programme once."""
        _add_named(self.facts.programmes, found)

    def place(self, found: Named) -> None:
        """Add a place once."""
        _add_named(self.facts.places, found)

    def money(self, found: Money) -> None:
        """Add an amount, unless prose repeats one that is there."""
        if not any(m.amount == found.amount and found.kind in {m.kind, "other"} for m in self.facts.money):
            self.facts.money.append(found)

    def pilot(self, found: Pilot) -> None:
        """Add a pilot, unless one of the same title is there."""
        if not any(name_key(p.title) == name_key(found.title) for p in self.facts.pilots):
            self.facts.pilots.append(found)

    def related(self, found: RelatedInitiative) -> None:
        """Add a related initiative, or fill in the code and dates of the same one."""
        for present in self.facts.related:
            if name_key(present.title) == name_key(found.title):
                present.code = present.code or found.code
                present.start = present.start or found.start
                present.end = present.end or found.end
                return
        self.facts.related.append(found)


def _add_named(present: list[Named], found: Named) -> None:
    if not any((n.key and n.key == found.key) or n.name.casefold() == found.name.casefold() for n in present):
        present.append(found)


def _asserted(organisation: Organisation) -> bool:
    return any(e.standing == "asserted" for e in organisation.evidence)


def _keys(organisation: Organisation) -> list[str]:
    """Return the keys under which an organisation is known: its name, and "owner > unit" for a unit.

    "Helsingin kotihoito" and "Helsingin kaupungin kotihoito" are one; so are "Helsingin Diakonissalaitoksen säätiö" and
    "Helsingin Diakonissalaitos", the foundation that is named after what it keeps.
    """
    key = name_key(organisation.name)
    keys = [key]
    if organisation.part_of and (unit := unit_part(organisation.name, organisation.part_of)):
        keys.append(f"{name_key(organisation.part_of)} > {unit}")
    words = LEGAL_FORM.sub("", organisation.name).split()
    if len(words) > 1 and words[-1].casefold() == "säätiö":
        keys.append("säätiö:" + " ".join(words[:-1]).casefold())
    elif words and find_body(organisation.name) is None:
        keys.append("säätiö:" + " ".join([*words[:-1], genitive_of(words[-1])]).casefold())
    return keys


def unit_part(name: str, owner: str) -> str | None:
    """Return the part of a unit's name after its owner: ("Tampereen kaupungin lastensuojelu", "Tampereen kaupunki")."""
    head, _, last = owner.rpartition(" ")
    for prefix in (f"{head} {genitive_of(last)}".strip(), owner, head):
        if prefix and name.casefold().startswith(prefix.casefold() + " "):
            return name[len(prefix) + 1 :].casefold()
    return None


def same_person(one: str, other: str) -> bool:
    """Return whether two printed names in one document are one person: equal, or equal but for a case ending."""
    if one.casefold() == other.casefold():
        return True
    a, b = one.split(), other.split()
    if a[0].casefold() != b[0].casefold() or len(a) != len(b):
        return False
    pairs = ((a[-1], b[-1]), (b[-1], a[-1]))
    if any(x.casefold().startswith(y.casefold()) and len(x) - len(y) <= 3 for x, y in pairs):
        return True
    return any(x in inflect_word(y, proper=True) for x, y in pairs)  # "Leinolahden" of Leinolahti


def make(
    name: str, role: str, kind: str, evidence: Evidence, key: str | None = None, part_of: str | None = None
) -> Organisation:
    """Return an organisation fact with one evidence."""
    return Organisation(name=name, role=role, type=kind, key=key, part_of=part_of, evidence=[evidence])
