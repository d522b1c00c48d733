"""Small worlds of invented organisations and projects for tests of partner finding, said in a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_api.partners.desk import Desk
from loaders.iris import BASE, DCTERMS, FOAF, HV, PROV, RDF, SKOS, VOCABULARY_GRAPH, XSD, document_graph


@dataclass(frozen=True)
class Project:
    """A project: members "A:applicant B C", its title, methods, years, and the confidence of what is said of it."""

    members: str
    title: str = ""
    methods: str = ""
    years: tuple[int, int] = (2020, 2021)
    confidence: float = 0.99
    standing: str = "asserted"
    language: str = "fi"


def lines_of(projects: Mapping[str, Project], homes: Mapping[str, str], types: Mapping[str, str]) -> list[str]:
    """Return the statements as N-Quads; a home is "municipality/region"."""
    graph, words = f"<{document_graph('1')}>", f"<{VOCABULARY_GRAPH}>"
    out = [f'<{BASE}document/1> <{DCTERMS}title> "Lista" {graph} .\n']
    for name, place in homes.items():
        municipality, _, region = place.partition("/")
        out += [
            f"<{BASE}organisation/{name}> <{HV}locatedIn> <{BASE}place/kunta-{municipality}> {graph} .\n",
            f'<{BASE}place/kunta-{municipality}> <{SKOS}prefLabel> "{municipality}"@fi {words} .\n',
            f"<{BASE}place/kunta-{municipality}> <{SKOS}broader> <{BASE}place/maakunta-{region}> {words} .\n",
            f'<{BASE}place/maakunta-{region}> <{SKOS}prefLabel> "{region}"@fi {words} .\n',
        ]
    for name, kind in types.items():
        out.append(f"<{BASE}organisation/{name}> <{HV}organisationType> <{BASE}organisation-type/{kind}> {graph} .\n")
    for key, project in projects.items():
        out += _project(key, project, graph, words)
    return out


def _project(key: str, project: Project, graph: str, words: str) -> list[str]:
    node, piece = f"<{BASE}initiative/{key}>", f"<{BASE}evidence/{key}>"
    out = [
        f"{node} <{RDF}type> <{HV}Initiative> {graph} .\n",
        f"{node} <{RDF}type> <{HV}Project> {graph} .\n",
        f'{node} <{DCTERMS}title> "{project.title or key}"@{project.language} {graph} .\n',
        f'{piece} <{HV}quote> "rivi {key}" {graph} .\n',
        f'{piece} <{HV}confidence> "{project.confidence}"^^<{XSD}decimal> {graph} .\n',
        f'{piece} <{HV}standing> "{project.standing}" {graph} .\n',
        f"{piece} <{PROV}wasDerivedFrom> <{BASE}document/1> {graph} .\n",
        f"{piece} <{HV}supports> {node} {graph} .\n",
    ]
    for name, year in zip(("start", "end"), project.years, strict=True):
        out.append(f'{node} <{HV}{name}> "{year}"^^<{XSD}gYear> {graph} .\n')
    for method in project.methods.split():
        out.append(f"{node} <{HV}usesMethod> <{BASE}method/{method}> {graph} .\n")
        out.append(f'<{BASE}method/{method}> <{SKOS}prefLabel> "{method}"@fi {words} .\n')
    for member in project.members.split():
        name, _, role = member.partition(":")
        part, who = f"<{BASE}participation/{key}-{name}>", f"<{BASE}organisation/{name}>"
        out += [
            f"{who} <{RDF}type> <{HV}Organisation> {graph} .\n",
            f'{who} <{SKOS}prefLabel> "{name}"@fi {graph} .\n',
            f"{part} <{HV}participant> {who} {graph} .\n",
            f"{part} <{HV}inInitiative> {node} {graph} .\n",
            f"{part} <{HV}role> <{BASE}role/{role or 'partner'}> {graph} .\n",
            f"{piece} <{HV}supports> {part} {graph} .\n",
        ]
    return out


def contact(person: str, job: str, employer: str, initiative: str) -> list[str]:
    """Return the statements on a contact person."""
    graph, node = f"<{document_graph('1')}>", f"<{BASE}person/{person.replace(' ', '-')}>"
    return [
        f'{node} <{FOAF}name> "{person}" {graph} .\n',
        f'{node} <{HV}jobTitle> "{job}" {graph} .\n',
        f"{node} <{HV}worksFor> <{BASE}organisation/{employer}> {graph} .\n",
        f"{node} <{HV}contactFor> <{BASE}initiative/{initiative}> {graph} .\n",
    ]


MakeDesk = Callable[..., Desk]
