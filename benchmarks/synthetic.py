"""Synthetic graphs in the form of docs/graph.md: a generator's graph translated, and one with planted themes.

    python benchmarks/synthetic.py translate KG_NT STORE     the N-Triples of the acceptance material's generator
    python benchmarks/synthetic.py planted PROJECTS STORE [--seed 1]

Everything is invented and seeded: the same arguments give the same statements.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from graph_api.store import load, new_generation
from loaders.iris import BASE, DCTERMS, FOAF, HV, PROV, RDF, SKOS, VOCABULARY_GRAPH, XSD, document_graph
from loaders.language.inflection import inflect_word

_KG = "http://ex.org/kg/"
_RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_FOLDERS = {
    "org": "organisation",
    "funder": "organisation/f",
    "project": "initiative",
    "part": "participation",
    "ev": "evidence",
    "doc": "document",
    "region": "place/maakunta",
    "country": "place/maa",
    "place": "place/kunta",
    "method": "method",
    "person": "person",
    "orgtype": "organisation-type",
    "role": "role",
}
_ENTITY = re.compile(rf"<{re.escape(_KG)}([a-z]+)/([^>]*)>")
_PREDICATES = {
    "inProject": HV + "inInitiative",
    "organisation": HV + "participant",
    "role": HV + "role",
    "startDate": HV + "start",
    "endDate": HV + "end",
    "locatedIn": HV + "takesPlaceIn",
    "usesMethod": HV + "usesMethod",
    "description": DCTERMS + "description",
    "supports": HV + "supports",
    "inDocument": PROV + "wasDerivedFrom",
    "quote": HV + "quote",
    "partOf": SKOS + "broader",
    "worksFor": HV + "worksFor",
    "orgType": HV + "organisationType",
    "sha256": HV + "sha256",
    "title": DCTERMS + "title",
}
_CLASSES = {"Pilot": "Project"}
_ROLES = {"lead": "applicant", "partner": "partner"}


def translate(lines: Iterable[str]) -> Iterator[str]:
    """Yield the statements of the generator's N-Triples as N-Quads of one document, with the vocabularies apart.

    A participation gives `hv:participatesIn` as well, `v:fundedBy` is turned round, and evidence is asserted, with .99.
    """
    document, vocabularies = f"<{document_graph('synthetic')}>", f"<{VOCABULARY_GRAPH}>"
    initiative = ""
    for line in lines:
        subject, predicate, value = line.rstrip(" .\n").split(" ", 2)
        kind, name = subject[len(_KG) + 1 :].split("/", 1)[0], predicate[len(_KG) + 3 : -1]
        ours = _entity(subject)
        graph = vocabularies if kind in {"region", "country", "place", "method"} else document
        if predicate.endswith("#type>"):
            found = value[len(_KG) + 3 : -1]
            for each in {found, "Initiative"} if found in {"Project", "Pilot"} else {found}:
                yield f"{ours} <{RDF}type> <{HV}{_CLASSES.get(each, each)}> {graph} .\n"
        elif name == "offset":  # each piece of evidence has one
            yield f'{ours} <{HV}confidence> "0.99"^^<{XSD}decimal> {graph} .\n'
            yield f'{ours} <{HV}standing> "asserted" {graph} .\n'
        elif predicate == f"<{_RDFS_LABEL}>":
            label = (
                DCTERMS + "title" if kind == "project" else FOAF + "name" if kind == "person" else SKOS + "prefLabel"
            )
            yield f"{ours} <{label}> {value} {graph} .\n"
        elif name == "fundedBy":
            yield f"{_entity(value)} <{HV}funds> {ours} {graph} .\n"
        elif name in _PREDICATES:
            term = _entity(value) if value.startswith("<") else value
            ours_name = HV + name if kind == "org" and name == "locatedIn" else _PREDICATES[name]
            yield f"{ours} <{ours_name}> {term} {graph} .\n"
            if name == "inProject":
                initiative = term
            elif name == "organisation":
                yield f"{term} <{HV}participatesIn> {initiative} {graph} .\n"


def _entity(term: str) -> str:
    found = _ENTITY.match(term)
    if found is None:
        return term
    kind, rest = found.groups()
    rest = _ROLES.get(rest, rest)
    folder = _FOLDERS[kind]
    joint = "-" if folder.startswith(("place/", "organisation/f")) else "/"
    return f"<{BASE}{folder}{joint}{rest}>"


_SYLLABLES = [a + b for a in "hjklmnprstv" for b in ("a", "e", "i", "o", "u", "aa", "uu", "oi", "ai", "ie")]
_TYPES = ("municipality", "university", "uas", "company", "association", "research_institute")
_THEMES, _REGIONS, _MUNICIPALITIES, _METHODS_EACH, _WORDS_EACH, _COMMON = 24, 19, 309, 6, 30, 200
_FIRST, _LAST = 2007, 2025


class Planted:
    """A seeded world of organisations with themes, and the projects that they come together in.

    An organisation has a theme of its own, a region, a type, a size, and a year in which it appears. Three in four of
    a project's participants are of its theme, half of those of its region; the rest are anybody. A project's title has
    words of its theme (in some case) and common words; its methods are mostly those of its theme. Every fifth
    organisation appears in the last four years, so that many have few ties when the last year comes.

    Parameters
    ----------
    projects : int
        How many projects; there is one organisation to four of them.
    seed : int
        The seed of everything.
    """

    def __init__(self, projects: int, seed: int = 1) -> None:
        self.random = np.random.default_rng(seed)
        r, self.projects = self.random, projects
        self.organisations = max(60, projects // 4)
        n = self.organisations
        self.theme, self.region = r.integers(0, _THEMES, n), r.integers(0, _REGIONS, n)
        self.type, self.size = r.integers(0, len(_TYPES), n), (r.permutation(n) + 10.0) ** -0.85
        late = r.random(n) < 0.2
        self.birth = np.where(late, r.integers(_LAST - 3, _LAST + 1, n), r.integers(_FIRST - 6, _LAST - 3, n))
        self.words = self._words(_THEMES * _WORDS_EACH + _COMMON)

    def _words(self, number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            found["".join(self.random.choice(_SYLLABLES, self.random.integers(2, 5)))] = None
        return list(found)

    def quads(self) -> Iterator[str]:
        """Yield the statements as N-Quads."""
        yield from self._vocabularies()
        graph = f"<{document_graph('planted')}>"
        document = f"<{BASE}document/planted>"
        yield f"{document} <{RDF}type> <{HV}Document> {graph} .\n"
        yield f'{document} <{DCTERMS}title> "Planted projects" {graph} .\n'
        for number in range(self.organisations):
            yield from self._organisation(number, graph)
        for number in range(self.projects):
            yield from self._project(number, graph, document)

    def _vocabularies(self) -> Iterator[str]:
        graph = f"<{VOCABULARY_GRAPH}>"
        for number in range(_REGIONS):
            yield f'<{BASE}place/maakunta-{number}> <{SKOS}prefLabel> "Maakunta {number}"@fi {graph} .\n'
        for number in range(_MUNICIPALITIES):
            place = f"<{BASE}place/kunta-{number}>"
            yield f'{place} <{SKOS}prefLabel> "Kunta {number}"@fi {graph} .\n'
            yield f"{place} <{SKOS}broader> <{BASE}place/maakunta-{number % _REGIONS}> {graph} .\n"
        for number in range(_THEMES * _METHODS_EACH):
            yield f'<{BASE}method/{number}> <{SKOS}prefLabel> "Menetelmä {number}"@fi {graph} .\n'

    def _organisation(self, number: int, graph: str) -> Iterator[str]:
        node = f"<{BASE}organisation/{number}>"
        place = int(self.region[number]) + _REGIONS * int(self.random.integers(0, _MUNICIPALITIES // _REGIONS))
        yield f"{node} <{RDF}type> <{HV}Organisation> {graph} .\n"
        yield f'{node} <{SKOS}prefLabel> "Organisaatio {number}"@fi {graph} .\n'
        kind = _TYPES[self.type[number]]
        yield f"{node} <{HV}organisationType> <{BASE}organisation-type/{kind}> {graph} .\n"
        yield f"{node} <{HV}locatedIn> <{BASE}place/kunta-{place}> {graph} .\n"

    def _project(self, number: int, graph: str, document: str) -> Iterator[str]:
        r = self.random
        theme, region, year = int(r.integers(_THEMES)), int(r.integers(_REGIONS)), int(r.integers(_FIRST, _LAST + 1))
        node, evidence = f"<{BASE}initiative/P{number}>", f"<{BASE}evidence/{number}>"
        title = self._title(theme)
        for name in ("Initiative", "Project"):
            yield f"{node} <{RDF}type> <{HV}{name}> {graph} .\n"
        yield f'{node} <{DCTERMS}title> "{title}"@fi {graph} .\n'
        yield f'{node} <{HV}start> "{year}"^^<{XSD}gYear> {graph} .\n'
        yield f'{node} <{HV}end> "{year + int(r.integers(1, 4))}"^^<{XSD}gYear> {graph} .\n'
        place = region + _REGIONS * int(r.integers(0, _MUNICIPALITIES // _REGIONS))
        yield f"{node} <{HV}takesPlaceIn> <{BASE}place/kunta-{place}> {graph} .\n"
        for _ in range(int(r.integers(0, 4))):
            of = theme if r.random() < 0.8 else int(r.integers(_THEMES))
            yield f"{node} <{HV}usesMethod> <{BASE}method/{of * _METHODS_EACH + int(r.integers(_METHODS_EACH))}> {graph} .\n"
        yield f"{evidence} <{RDF}type> <{HV}Evidence> {graph} .\n"
        yield f'{evidence} <{HV}quote> "P{number};{title}" {graph} .\n'
        yield f'{evidence} <{HV}confidence> "0.99"^^<{XSD}decimal> {graph} .\n'
        yield f'{evidence} <{HV}standing> "asserted" {graph} .\n'
        yield f"{evidence} <{PROV}wasDerivedFrom> {document} {graph} .\n"
        yield f"{evidence} <{HV}supports> {node} {graph} .\n"
        for place_in_line, who in enumerate(self._participants(theme, region, year)):
            part = f"<{BASE}participation/{number}.{place_in_line}>"
            role = "partner" if place_in_line else "applicant"
            yield f"{part} <{HV}participant> <{BASE}organisation/{who}> {graph} .\n"
            yield f"{part} <{HV}inInitiative> {node} {graph} .\n"
            yield f"{part} <{HV}role> <{BASE}role/{role}> {graph} .\n"
            yield f"<{BASE}organisation/{who}> <{HV}participatesIn> {node} {graph} .\n"
            yield f"{evidence} <{HV}supports> {part} {graph} .\n"

    def _title(self, theme: int) -> str:
        r = self.random
        own = [self.words[theme * _WORDS_EACH + int(k)] for k in r.integers(0, _WORDS_EACH, 3)]
        common = [self.words[_THEMES * _WORDS_EACH + int(k)] for k in r.integers(0, _COMMON, 3)]
        forms = [inflect_word(word)[: 1 + 6] for word in own + common]
        return " ".join(str(r.choice(each)) for each in forms).capitalize()

    def _participants(self, theme: int, region: int, year: int) -> list[int]:
        sizes = np.arange(2, 13)
        weights = sizes**-1.3
        wanted = int(self.random.choice(sizes, p=weights / weights.sum()))
        alive = self.birth <= year
        pools = (
            alive & (self.theme == theme) & (self.region == region),
            alive & (self.theme == theme),
            alive,
        )
        found: dict[int, None] = {}
        for kind in self.random.choice(3, wanted, p=(0.375, 0.375, 0.25)):
            members = np.flatnonzero(pools[int(kind)])
            if len(members):
                chances = self.size[members]
                found[int(self.random.choice(members, p=chances / chances.sum()))] = None
        return list(found)


def store_of(lines: Iterable[str], folder: Path) -> int:
    """Load N-Quads into a new store; returns the number of statements."""
    with new_generation(folder) as generation:
        file = generation.folder / "synthetic.nq"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(lines)
        quads = load(generation, [file])
        file.unlink()
        generation.write_manifest({"documents": [], "quads": quads})
    return quads


def main() -> None:
    """Make a store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["translate", "planted"])
    parser.add_argument("what", help="the file kg.nt, or the number of projects")
    parser.add_argument("store", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.kind == "planted":
        print(f"{store_of(Planted(int(asked.what), asked.seed).quads(), asked.store):,} statements")
        return
    with Path(asked.what).open(encoding="utf-8") as lines:
        print(f"{store_of(translate(lines), asked.store):,} statements")


if __name__ == "__main__":
    main()
