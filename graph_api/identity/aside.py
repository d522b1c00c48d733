"""Names that decisions have set aside from what the rules say of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_api.identity.decisions import Decision
from graph_api.identity.institutions import Institutions
from graph_api.identity.material import Place
from graph_api.identity.units import Units

_Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entity that a decision has made: its key, its name, and the decision."""

    key: str
    name: str
    decision: Decision


@dataclass(slots=True)
class Aside:
    """What is set aside: spellings, and (where the other name has another key) all spellings of a key."""

    names: dict[str, SetAside] = field(default_factory=dict)
    institutions: dict[_Node, SetAside] = field(default_factory=dict)
    units: dict[_Node, SetAside] = field(default_factory=dict)

    def add(
        self,
        name: str,
        shown: str,
        place: Place,
        against: Place | None,
        rules: tuple[Institutions, Units],
        decision: Decision,
    ) -> None:
        """Set a name aside: the spelling alone where the other is spelt by the same key, else all that hangs on it.

        Parameters
        ----------
        name : str
            The spelling.
        shown : str
            What the new entity is called.
        place : Place
            Where the name belongs.
        against : Place
            Where the other name belongs; ``None`` where the other is an IRI or a business id.
        rules : pair of Institutions and Units
            The groups that the rules have made.
        decision : Decision
            What was decided.
        """
        made = self.names[name] = SetAside(name, shown, decision)
        institutions, units = rules
        if place.units:
            own = units.node(place)
            if against is None or not against.units:
                self.units.setdefault(own, made)
            elif units.node(against) != own:
                self.units |= {node: made for node in units.beyond(against, place) if node not in self.units}
            return
        node = (place.institution.key, place.institution.kind)
        if against is None or against.units:
            self.institutions.setdefault(node, made)
        elif (against.institution.key, against.institution.kind) != node:
            beyond = institutions.beyond(against.institution, place.institution)
            self.institutions |= {node: made for node in beyond if node not in self.institutions}
