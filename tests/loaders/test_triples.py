"""Facts and project lists as triples: parsed, grounded in evidence, without blank nodes, addresses or chance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.authority import find_body, find_business_id, name_key, type_of_name
from loaders.extract import extract, extract_source
from loaders.identity_protocol import Entity, Resolver
from loaders.iris import BASE, DCTERMS, FOAF, HV, PROV, RDF, SKOS, XSD, digest, entity
from loaders.language.contacts import EMAIL, PHONE
from loaders.model import Facts, Source
from loaders.table_triples import TableWriter
from loaders.tables.model import Table
from loaders.tables.read import read_table
from loaders.triples import DocumentWriter, document_key, initiative_iri, status_notation
from loaders.vocabulary import owner_name

TYPE = ox.NamedNode(RDF + "type")
PAGE = """Hankekoodi: S29999
Hankkeen nimi: Testattu arki
Suunnitelman mukainen toteutusaika: Alkaa 1.3.2016 ja päättyy 31.8.2018
Toiminnan tila: Toiminta päättynyt
Vastuuviranomainen: Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus
Hakijan virallinen nimi: Kiipulasäätiö / Kiipulan ammattiopisto
Y-tunnus: 0123456-7
Hankkeen yhteyshenkilön nimi: TESTAAJA ANNA
Yhteyshenkilön asema hakijaorganisaatiossa: Projektitutkija
Yhteyshenkilön sähköpostisoite: anna.testaaja(at)saatio.example
Yhteyshenkilön puhelinnumero: +358 40 555 0162
Osatoteuttajat
Testaajien Tuki ry, 1234567-1

Tiivistelmä
Kesto: 1.4.2016–31.8.2018
Mukana oli Kuopion kaupunki. Kysy: Maija Mallila, maija.mallila(at)kunta.example, puh. 040 555 0163.
Menetelmänä oli mentorointi. Rahoitus: ESR 140 000 €. Jatkona oli Testattu ilta -hanke (2019).
Myönnetty EU- ja valtion rahoitus: 100 000
Toteutunut EU- ja valtion rahoitus: 79.867,20
Kunnat: Kuopio, Varkaus
"""
ROWS = """Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,M,T,S,J
A79991,EAKR,"Malli, ja toinen",2,Pohjois-Pohjanmaan elinkeino-  liikenne- ja ympäristökeskus,Toiminnassa,1.3.2019,31.5.2021,Testaus Oy,250500,133301.44,343590,
S29992,ESR,Toinen malli,3,Hämeen ELY-keskus,Toiminta päättynyt,,,Kiipulasäätiö,,,,
"""


@dataclass(frozen=True)
class Body:
    """An organisation as identity sees it."""

    iri: str
    name: str
    type: str
    business_id: str | None = None
    owner: Entity | None = None
    language: str = "fi"


class NameResolver:
    """A small resolver: the authority file, else the business id, else the name itself."""

    def resolve(
        self,
        name: str,
        business_id: str | None = None,
        *,
        country: str | None = None,  # noqa: ARG002 - everybody is at home here
        participant_code: str | None = None,  # noqa: ARG002
    ) -> Entity:
        known = find_body(name) or (find_business_id(business_id) if business_id else None)
        if known is None:
            made = f"y-{business_id}" if business_id else f"n-{digest(name_key(name))}"
            return Body(entity("organisation", made), " ".join(name.split()), type_of_name(name), business_id)
        owner = owner_name(known)
        return Body(
            known.iri,
            known.name,
            known.first("organisationType") or "other",
            known.first("businessId"),
            self.resolve(owner) if owner else None,
        )


RESOLVER: Resolver = NameResolver()


class Written:
    """The parsed graph of some lines, with short questions."""

    def __init__(self, lines: list[str]) -> None:
        self.quads = list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
        self.triples = {quad.triple for quad in self.quads}
        self.store = ox.Store()
        self.store.extend(self.quads)

    def objects(self, subject: str, predicate: str) -> list[str]:
        found = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return sorted(quad.object.value for quad in found if not isinstance(quad.object, ox.Triple | ox.BlankNode))

    def instances(self, kind: str) -> list[str]:
        found = self.store.quads_for_pattern(None, TYPE, ox.NamedNode(HV + kind), None)
        return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))


def facts_of(text: str, name: str = "testi") -> Facts:
    digits = digest(text, length=64)
    return extract_source(Source(name=name, sha256=digits, media_type="text/plain", text=text))


def written(facts: Facts) -> Written:
    return Written(DocumentWriter(facts, RESOLVER).write())


def check_graph(graph: Written) -> None:
    """Check what holds for every graph: one named graph, no blank nodes, evidence for what is stated, no addresses."""
    assert len({quad.graph_name for quad in graph.quads}) == 1
    for quad in graph.quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        if isinstance(quad.object, ox.Literal):
            assert not EMAIL.search(quad.object.value), quad.object.value
            assert not PHONE.search(quad.object.value), quad.object.value
    for node in graph.instances("Evidence"):
        if not graph.objects(node, HV + "row"):
            check_stated(graph, ox.NamedNode(node))


def check_stated(graph: Written, node: ox.NamedNode) -> None:
    parts = {
        name: [quad.object for quad in graph.store.quads_for_pattern(node, ox.NamedNode(RDF + name), None, None)]
        for name in ("subject", "predicate", "object")
    }
    (subject,), (predicate,), (value,) = parts.values()
    assert isinstance(subject, ox.NamedNode)
    assert isinstance(predicate, ox.NamedNode)
    assert ox.Triple(subject, predicate, value) in graph.triples


@cache
def page() -> Written:
    return written(facts_of(PAGE))


INITIATIVE = f"{BASE}initiative/S29999"
APPLICANT = f"{BASE}organisation/kiipulasaatio"


def test_a_page_is_a_sound_graph() -> None:
    check_graph(page())


def test_the_demo_documents_are_sound_graphs(repository: Path) -> None:
    for path in sorted((repository / "data" / "documents").iterdir()):
        check_graph(written(extract(path)))


def test_offsets_of_the_graph_point_into_the_stored_text() -> None:
    graph = page()
    for node in graph.instances("Evidence"):
        (start,), (end,) = graph.objects(node, HV + "startOffset"), graph.objects(node, HV + "endOffset")
        assert graph.objects(node, HV + "quote") == [PAGE[int(start) : int(end)]]
        assert graph.objects(node, PROV + "wasDerivedFrom") == graph.instances("Document")
        assert graph.objects(node, HV + "standing")[0] in {"asserted", "inferred"}
        assert 0 < Decimal(graph.objects(node, HV + "confidence")[0]) <= 1
        assert re.fullmatch(r".+/\d+", graph.objects(node, HV + "extractedBy")[0])


def test_statements_between_entities_and_values_have_evidence() -> None:
    graph = page()
    supported = {
        tuple(graph.objects(node, RDF + name)[0] for name in ("subject", "predicate", "object"))
        for node in graph.instances("Evidence")
    }
    names = ["participatesIn", "funds", "usesMethod", "takesPlaceIn", "contactFor", "worksFor", "relatedTo", "start"]
    names += ["end", "amount", "code", "fundedInitiative"]
    subjects = {INITIATIVE, *graph.instances("Funding"), *graph.instances("Organisation"), *graph.instances("Person")}
    for name in names:
        stated = graph.store.quads_for_pattern(None, ox.NamedNode(HV + name), None, None)
        triples = [
            (quad.subject.value, quad.predicate.value, quad.object.value)
            for quad in stated
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
        ]
        checked = [triple for triple in triples if triple[0] in subjects]
        assert checked, name
        assert set(checked) <= supported, name


def test_contradictory_dates_both_stand() -> None:
    assert page().objects(INITIATIVE, HV + "start") == ["2016-03-01", "2016-04-01"]
    assert page().objects(INITIATIVE, HV + "end") == ["2018-08-31"]


def test_the_initiative_has_its_code_title_and_status() -> None:
    graph = page()
    assert graph.objects(INITIATIVE, HV + "code") == ["S29999"]
    assert graph.objects(INITIATIVE, DCTERMS + "title") == ["Testattu arki"]
    assert graph.objects(INITIATIVE, HV + "status") == [f"{BASE}status/ended"]
    assert {HV + "Initiative", HV + "Project"} == set(graph.objects(INITIATIVE, RDF + "type"))


def test_roles_become_participations_and_direct_statements() -> None:
    graph = page()
    assert INITIATIVE in graph.objects(APPLICANT, HV + "participatesIn")
    assert graph.objects(f"{BASE}organisation/esr", HV + "funds") == [INITIATIVE]
    assert f"{BASE}organisation/esr" in graph.instances("Funder")
    assert graph.objects(f"{BASE}organisation/ely-etela-savo", HV + "participatesIn") == []
    roles = {
        (graph.objects(node, HV + "participant")[0], graph.objects(node, HV + "role")[0].rpartition("/")[2])
        for node in graph.instances("Participation")
    }
    assert (APPLICANT, "applicant") in roles
    assert (f"{BASE}organisation/ely-etela-savo", "authority") in roles
    assert (f"{BASE}organisation/y-1234567-1", "partner") in roles


def test_a_business_id_printed_beside_a_name_is_none_of_its_names() -> None:
    partner = f"{BASE}organisation/y-1234567-1"
    assert page().objects(partner, HV + "businessId") == ["1234567-1"]
    names = page().objects(partner, SKOS + "prefLabel") + page().objects(partner, SKOS + "altLabel")
    assert set(names) == {"Testaajien Tuki ry"}


def test_a_unit_is_below_its_owner() -> None:
    unit = f"{BASE}organisation/kiipulan-ammattiopisto"
    assert page().objects(unit, HV + "unitOf") == [APPLICANT]
    assert unit in page().instances("Unit")


def test_planned_and_granted_money_are_kept_apart() -> None:
    graph = page()
    money = {
        (graph.objects(node, HV + "amountKind")[0].rpartition("/")[2], Decimal(graph.objects(node, HV + "amount")[0]))
        for node in graph.instances("Funding")
    }
    assert money >= {("granted-eu-state", Decimal(100000)), ("realised-eu-state", Decimal("79867.2"))}
    assert all(graph.objects(node, HV + "currency") == ["EUR"] for node in graph.instances("Funding"))


def test_a_person_has_a_name_and_no_address_and_no_name_in_the_iri() -> None:
    graph = page()
    people = {name: node for node in graph.instances("Person") for name in graph.objects(node, FOAF + "name")}
    assert {"Anna Testaaja", "Maija Mallila"} <= set(people)
    anna = people["Anna Testaaja"]
    assert graph.objects(anna, HV + "worksFor") == [APPLICANT]
    assert graph.objects(anna, HV + "contactFor") == [INITIATIVE]
    assert re.fullmatch(rf"{BASE}person/[0-9a-f]{{16}}", anna)
    assert not any("testaaja" in node.lower() for node in people.values())


def test_the_same_input_gives_identical_lines() -> None:
    first, second = (DocumentWriter(facts_of(PAGE), RESOLVER).write() for _ in range(2))
    assert first == second == sorted(first)


def test_another_version_of_a_document_has_a_graph_of_its_own() -> None:
    one, other = written(facts_of(PAGE)), written(facts_of(PAGE + "\n"))
    assert {q.graph_name for q in one.quads}.isdisjoint({q.graph_name for q in other.quads})
    assert one.instances("Initiative") == other.instances("Initiative")


CONTACTS = [
    "onni.testaaja@kunta.example",
    "onni.testaaja(at)kunta.example",
    "onni.testaaja [ät] kunta.example",
    "040 555 0161",
    "+358 40 5550161",
    "+46 70 555 01 61",
    "puh.0405550161",
]
CARD = """2.3.2020
Kuopion kaupunki/ HR-palvelut, Kuopio
Kävelevä kokous
Käytössä
Tarve ja tavoitteet
Mukaan pyydettiin Testaus Oy.
Ratkaisu
Kehitettiin monisektorinen työskentelymalli Varkaudessa.
Tulokset
Kehittämiskokeilut olivat:
• Kävelykokoukset
Yhteyshenkilöt
Sari Testaaja
Kehittämispäällikkö
Kuopion kaupunki
"""


@given(st.sampled_from([PAGE, CARD]), st.sampled_from(CONTACTS), st.booleans(), st.data())
@settings(max_examples=60, deadline=None)
def test_an_address_anywhere_in_a_document_stays_out_of_the_graph(
    text: str, contact: str, own_line: bool, data: st.DataObject
) -> None:
    lines = text.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] += f"\n{contact}" if own_line else f", {contact}"
    check_graph(written(facts_of("\n".join(lines))))


def test_an_initiative_is_known_by_its_code_else_by_title_and_host() -> None:
    assert initiative_iri("Malli", "S29999") == INITIATIVE
    assert initiative_iri("Hyvä malli!") == initiative_iri("hyvä  malli")
    assert initiative_iri("Hyvä malli", host="a") != initiative_iri("Hyvä malli", host="b")
    assert initiative_iri("Hyvä malli").startswith(f"{BASE}initiative/hyva-malli-")


@pytest.mark.parametrize(
    ("printed", "notation"), [("Käytössä", "in-use"), ("TOIMINTA PÄÄTTYNYT", "ended"), ("Kesken", None)]
)
def test_a_printed_status_is_a_concept(printed: str, notation: str | None) -> None:
    assert status_notation(printed) == notation


@pytest.fixture
def projects(tmp_path: Path) -> Table:
    path = tmp_path / "hankkeet.csv"
    path.write_text(ROWS, "utf-8")
    found = read_table(path.rename(tmp_path / "hankkeet.csv"))
    assert found is not None
    return found


def test_a_list_is_a_sound_graph(projects: Table) -> None:
    lines = TableWriter(projects, RESOLVER).write()
    check_graph(Written(lines))
    assert lines == TableWriter(projects, RESOLVER).write() == sorted(lines)


def test_the_demo_list_is_a_sound_graph(repository: Path) -> None:
    found = read_table(repository / "data" / "lists" / "demo_projects.csv")
    assert found is not None
    graph = Written(TableWriter(found, RESOLVER).write())
    check_graph(graph)
    assert len(graph.instances("Project")) == found.count


def test_one_evidence_supports_all_that_a_row_says(projects: Table) -> None:
    graph = Written(TableWriter(projects, RESOLVER).write())
    rows = {graph.objects(node, HV + "row")[0]: node for node in graph.instances("Evidence")}
    assert sorted(rows) == ["2", "3"]
    lines = projects.text.split("\n")
    for row, node in rows.items():
        assert graph.objects(node, HV + "quote") == [lines[int(row) - 1]]
    supported = set(graph.objects(rows["2"], HV + "supports"))
    assert f"{BASE}initiative/A79991" in supported
    everything = {*graph.instances("Participation"), *graph.instances("Funding"), *graph.instances("Initiative")}
    assert everything == supported | set(graph.objects(rows["3"], HV + "supports"))


def test_a_row_says_who_funds_whom_with_what(projects: Table) -> None:
    graph = Written(TableWriter(projects, RESOLVER).write())
    node = f"{BASE}initiative/A79991"
    (applicant,) = [
        o for o in graph.instances("Organisation") if graph.objects(o, SKOS + "prefLabel") == ["Testaus Oy"]
    ]
    assert graph.objects(applicant, HV + "participatesIn") == [node]
    (funder,) = [o for o in graph.instances("Funder") if node in graph.objects(o, HV + "funds")]
    assert graph.objects(funder, SKOS + "prefLabel") == ["Euroopan aluekehitysrahasto"]
    amounts = {
        graph.objects(money, HV + "amountKind")[0].rpartition("/")[2]: graph.objects(money, HV + "amount")[0]
        for money in graph.instances("Funding")
    }
    assert amounts == {"granted-eu-state": "250500", "realised-eu-state": "133301.44", "planned-public": "343590"}


def test_a_row_without_dates_and_amounts_says_the_rest(projects: Table) -> None:
    graph = Written(TableWriter(projects, RESOLVER).write())
    node = f"{BASE}initiative/S29992"
    assert graph.objects(node, HV + "start") == []
    assert graph.objects(node, HV + "status") == [f"{BASE}status/ended"]
    assert graph.objects(APPLICANT, HV + "participatesIn") == [node]


def test_an_address_in_a_row_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(ROWS.replace("Testaus Oy", "Onni Testaaja onni(at)kunta.example"), "utf-8")
    found = read_table(path)
    assert found is not None
    check_graph(Written(TableWriter(found, RESOLVER).write()))


def test_the_key_of_a_document_is_the_beginning_of_its_digest() -> None:
    assert document_key("ab" * 32) == "ab" * 8
    assert page().objects(page().instances("Document")[0], HV + "sha256") == [digest(PAGE, length=64)]
    datatypes = {
        quad.object.datatype.value
        for quad in page().quads
        if quad.predicate.value == HV + "amount" and isinstance(quad.object, ox.Literal)
    }
    assert datatypes == {XSD + "decimal"}
