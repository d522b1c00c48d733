"""Forgetting a person: everywhere in the store, and in every build to come."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from graph_api.change import refresh
from graph_api.contacts import read_contacts
from graph_api.corpus import Corpus, read_corpus
from graph_api.curation.folder import curation_folder
from graph_api.curation.forgotten import forget
from graph_api.curation.identity import erase_decisions
from graph_api.curation.reviews import erase_reviews
from graph_api.intake import Progress
from graph_api.proposing import answers
from graph_api.report import Report
from graph_api.settings import Settings
from graph_api.store import current, open_graph
from loaders.errors import UsageError
from loaders.iris import BASE, FOAF

_NEAR = 80  # of 100: one letter in five differs


def forget_person(
    person: str, store: Path, *, curation: Path | None = None, everyone: bool = False, progress: Progress | None = None
) -> Report:
    """Forget a person.

    Parameters
    ----------
    person : str
        The name, given name first, or the IRI in the graph.
    store : Path
        The store.
    curation : Path, optional
        The curation folder.
    everyone : bool
        Go on although several organisations have a person of this name: the text alone cannot tell them apart.
    progress : callable, optional
        As for a build.

    Returns
    -------
    Report
        What was changed; `blanked` are the documents that named the person, none where the store does not.

    Raises
    ------
    UsageError
        Nobody has the name, or several people have it.
    """
    name = _name_of(person, store) if person.startswith(BASE) else " ".join(person.split())
    generation = current(store)
    employers = _employers(read_corpus(generation.facts), name)
    if len(employers) > 1 and not everyone:
        raise UsageError(
            f"There are {len(employers)} people of this name ({'; '.join(sorted(filter(None, employers)))}). A text cannot "
            "tell them apart: forget all of them with --everyone, or reject the one with: hankeverkko review reject"
        )
    if not employers and person.startswith(BASE):
        raise UsageError(f"There is no person {person} in the store. Check the IRI, or give the name.")
    contacts = {c.value for c in read_contacts(generation.contacts, datetime.now(UTC).date(), name)}
    folder = curation_folder(store, curation)
    forget(folder, name, contacts)
    erase_reviews(folder, name)
    answers(Settings()).forget()  # a language model's answers may name the person; they can be asked for again
    erase_decisions(folder, name)
    return refresh(store, curation=curation, progress=progress)


def similar_names(name: str, store: Path) -> list[str]:
    """Return the people of a store whose names are nearly a name, the nearest first: what a slip of the pen may mean."""
    corpus = read_corpus(current(store).facts)
    known = {person.name for facts in corpus.facts.values() for person in facts.persons}
    near = process.extract(name, sorted(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR)
    return [found for found, _, _ in near]


def _employers(corpus: Corpus, name: str) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for facts in corpus.facts.values():
        for person in facts.persons:
            if person.name.casefold() == name.casefold():
                found[person.organisation or ""] += 1
    return found


def _name_of(iri: str, store: Path) -> str:
    quads = open_graph(store).quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(FOAF + "name"), None)
    names = {str(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal)}
    if not names:
        raise UsageError(f"There is no person {iri} in the store. Check the IRI, or give the name.")
    return min(names)
