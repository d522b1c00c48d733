"""Candidates: an entity that may be meant, how likely, why, and whether that is sure."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_api.identity.features import MOST_FOR_TWO
from graph_api.reconciliation.names import Entry

HIGHEST = 100.0
HIGHEST_LIKE = 100 * MOST_FOR_TWO
"""A name that is like another, and no more, never scores more: from 50 some rule says that it is the same."""


@dataclass(slots=True)
class Candidate:
    """An entity that a query may mean.

    `score` is from 0 to 100; `is_sure` says that a rule which does not err tells so; `features` are what the score
    was made of, by name (see `FEATURES`); `reason` is a sentence.
    """

    entry: Entry
    score: float
    is_sure: bool
    reason: str
    features: dict[str, bool | float] = field(default_factory=dict)


FEATURES = {
    "identifier": "The query is the entity's own identifier or IRI.",
    "code": "The query is the entity's code, notation or business id.",
    "title": "The query is the entity's name, but for case, blanks, hyphens, and a closing “hanke” or “project”.",
    "inflected_name": "The query is an inflected form of a name in the vocabularies.",
    "name_similarity": "How like the letters of the query are to the likest name of the entity, from 0 to 1.",
    "rule_score": "What the rules that join the query with the entity are worth together, from .5 to 1.",
    "nearness": "How near the query comes to an organisation that the rules keep apart from it, from 0 to .49.",
    "given_business_id": "Whether the business id given as a property is the entity's.",
    "given_code": "Whether the code given as a property is the entity's.",
    "given_place": "Whether the entity is in the place given as a property, or that place in one of its own.",
    "business_id": "Whether both names are printed with one business id.",
    "authority_file": "Whether both names are of one body of the authority file.",
    "normalised_name": "Whether the names are alike without case, blanks, hyphens and legal form.",
    "spelling": "The names differ by up to three letters.",
    "abbreviation": "One name can be read off the other as its abbreviation.",
    "legal_form": "Whether the legal forms are alike.",
    "head_noun": "Whether the nouns that say what kind of body it is are alike.",
    "place": "Whether the places in the names are alike.",
    "unit_path": "Whether both are units of one owner.",
    "printed_alias": "One name is printed beside the other.",
    "former_name": "One name is printed beside the other as the former one.",
}
"""Each feature and what it says."""
