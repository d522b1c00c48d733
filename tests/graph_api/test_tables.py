"""The whole way of the international lists: built, queried, changed and redacted, the same in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_api.build import build
from graph_api.change import add_documents, refresh, remove_documents, replace_documents
from graph_api.corpus import initiatives_of_table, mention_of
from graph_api.curation.folder import curation_folder
from graph_api.curation.forgotten import forget
from graph_api.identity.initiatives import Initiatives
from graph_api.identity.resolver import Resolver
from graph_api.queries import run_query
from graph_api.store import canonical_nquads, current, open_graph
from loaders.identity_protocol import InitiativeMention
from loaders.iris import BASE, HV, PROV, RDF, SKOS
from loaders.language.contacts import holds_contact
from loaders.tables.read import read_table

Make = Callable[[Mapping[str, Sequence[Sequence[str | float]]]], bytes]
PROJECT = """id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;frameworkProgramme;objective
101999001;KIERTO;SIGNED;"Circular everyday life in small towns";2023-01-01;2026-12-31;2073781,25;1900000;HORIZON;"x
y"
"101999002";"VALO";"CLOSED";""Light; ""for"" homes"";"2021-05-01";"2022-04-30";"500000";"400000,5";"H2020";"z"
"""
ORGANISATION = """projectID;projectAcronym;organisationID;vatNumber;name;activityType;city;country;nutsCode;contactForm;role;ecContribution;totalCost;endOfParticipation
101999001;KIERTO;999900001;FI28445618;TAMPEREEN KORKEAKOULUSAATIO SR;HES;TAMPERE;FI;FI197;https://contact.example/1;coordinator;299250,5;299250,5;false
101999001;KIERTO;999900002;;OULUN YLIOPISTO;HES;OULU;FI;FI1D9;https://contact.example/2;participant;100000;;true
101999001;KIERTO;999900003;IT00012345678;COMUNE DI NAPOLI;PUB;TAMPERE;IT;ITF33;https://contact.example/3;participant;50000;;false
101999002;VALO;999900003;;City of Naples;PUB;Napoli;IT;ITF33;;associatedPartner;;;false
101999002;VALO;999900004;FI10158231;KUVITELTU VALO OY;PRC;Rovaniemi;FI;FI1D7;;thirdParty;0;;false
"""
KOHESIO = """Operation_Unique_Identifier,Operation_Local_Identifier,Operation_Name_English,Operation_Name_Programme_Language,Country,Operation_Start_Date,Operation_End_Date,Total_Eligible_Expenditure_amount,Project_EU_Budget,Beneficiary_Name,Fund_Code,Programme_Name,NUTS3_Code
https://linkedopendata.eu/entity/Q9990001,,Light for homes,Valoa koteihin,Finland,01/03/2018,31/12/2020,250000.5,125000.25,Oulun yliopisto,ERDF,Kestävää kasvua ja työtä 2014–2020,FI1D9
"""
KEEP = {
    "Projects": [
        ["Programme", "Project acronym", "Project name in English", "Project start", "Project's total budget", "Project's EU funding"],
        ["2014 - 2020 Interreg V-X Esimerkki", "RANTA", "Shores", "2019-01-01", 200000.5, 100000],
    ],
    "Partners": [
        ["Programme", "Project acronym", "Organisation in English", "Lead partner", "Country code", "Participant Identification Code"],
        ["2014 - 2020 Interreg V-X Esimerkki", "RANTA", "University of Oulu", "Yes", "FI", "999900002"],
        ["2014 - 2020 Interreg V-X Esimerkki", "RANTA", "Tartu Esimerkki", "No", "EE", "N.a."],
    ],
}  # fmt: skip
NAPLES = f"{BASE}organisation/pic-999900003"


@pytest.fixture
def files(tmp_path: Path, make_workbook: Make) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("project.csv", PROJECT), ("organization.tsv", ORGANISATION), ("kohesio.csv", KOHESIO)):
        (folder / name).write_text(text, "utf-8")
    (folder / "keep.xlsx").write_bytes(make_workbook(KEEP))
    return sorted(folder.iterdir())


def graph(store: Path) -> str:
    return canonical_nquads(open_graph(store))


def ask(store: Path, where: str) -> list[tuple[str, ...]]:
    query = f"PREFIX hv: <{HV}> PREFIX skos: <{SKOS}> PREFIX prov: <{PROV}> SELECT {where}"
    rows = open_graph(store).query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(tuple(str(getattr(term, "value", "")) for term in row) for row in rows)


def test_all_kinds_load_valid_and_whole(files: list[Path], tmp_path: Path) -> None:
    report = build(files, tmp_path / "store")
    assert (report.failed, report.violations, report.unread) == ({}, [], {})
    assert report.documents == {"cordis-project/1": 1, "cordis-organisation/1": 1, "kohesio/1": 1, "keep-eu/1": 1}
    assert not any(isinstance(q.subject, ox.BlankNode) for q in open_graph(tmp_path / "store"))


def test_the_order_and_loading_twice_change_nothing(files: list[Path], tmp_path: Path) -> None:
    build(files, tmp_path / "one")
    build([*reversed(files), *files], tmp_path / "two")
    assert graph(tmp_path / "one") == graph(tmp_path / "two")


@pytest.mark.parametrize("alone", ["project.csv", "organization.tsv"])
def test_either_file_of_cordis_stands_alone_and_both_meet(files: list[Path], tmp_path: Path, alone: str) -> None:
    (one,) = [file for file in files if file.name == alone]
    (other,) = [file for file in files if file.name in {"project.csv", "organization.tsv"} - {alone}]
    assert build([one], tmp_path / "step").violations == []
    add_documents([other], tmp_path / "step")
    build([other, one], tmp_path / "both")
    assert graph(tmp_path / "step") == graph(tmp_path / "both")
    assert ask(tmp_path / "both", "DISTINCT ?i WHERE { ?i a hv:Project }") == [
        (f"{BASE}initiative/101999001",), (f"{BASE}initiative/101999002",),
    ]  # fmt: skip


def test_foreign_organisations_stay_abroad(files: list[Path], tmp_path: Path) -> None:
    build(files, tmp_path / "store")
    assert ask(tmp_path / "store", f"DISTINCT ?c WHERE {{ <{NAPLES}> hv:country ?c }}") == [("IT",)]
    assert ask(tmp_path / "store", f"?p WHERE {{ <{NAPLES}> hv:locatedIn ?p }}") == []
    assert ask(tmp_path / "store", f"DISTINCT ?n WHERE {{ <{NAPLES}> skos:altLabel|skos:prefLabel ?n }}") == [
        ("COMUNE DI NAPOLI",), ("City of Naples",),
    ]  # fmt: skip
    assert ask(tmp_path / "store", f"?p WHERE {{ <{BASE}organisation/y-1015823-1> hv:locatedIn ?p }}") == [
        (f"{BASE}place/kunta-698",)
    ]


def test_every_quote_stands_in_its_row_without_contact_details(files: list[Path], tmp_path: Path) -> None:
    build(files, tmp_path / "store")
    rows = ask(tmp_path / "store", "?q ?r ?d WHERE { ?e hv:quote ?q ; hv:row ?r ; prov:wasDerivedFrom ?d }")
    assert len(rows) == 11
    for quote, row, document in rows:
        assert quote in current(tmp_path / "store").text(document.rpartition("/")[2]).split("\n")[int(row) - 1]
        assert not holds_contact(quote)
    assert "contact.example" not in graph(tmp_path / "store")


def test_named_queries_answer_across_lists(files: list[Path], tmp_path: Path) -> None:
    build(files, tmp_path / "store")
    store = open_graph(tmp_path / "store")
    oulu = run_query(store, "initiatives-of-organisation", {"organisation": "oulun-yliopisto"}).rows
    titles = {str(getattr(row[1], "value", "")) for row in oulu}  # an acronym stands behind a title
    assert titles == {"Circular everyday life in small towns", "Valoa koteihin", "Shores"}
    partners = run_query(store, "partners-of-organisation", {"organisation": NAPLES}).rows
    assert len(partners) == 3
    evidence = run_query(
        store,
        "evidence-of-statement",
        {"subject": NAPLES, "predicate": "hv:participatesIn", "object": f"{BASE}initiative/101999002"},
    ).rows
    assert len(evidence) == 1
    funder = run_query(store, "funder-portfolio", {"funder": "euroopan-komissio"}).rows
    assert {getattr(row[3], "value", None) for row in funder} == {"1"}


def test_tables_are_added_replaced_and_removed(files: list[Path], tmp_path: Path) -> None:
    by_name = {file.name: file for file in files}
    build([by_name["project.csv"]], tmp_path / "store")
    add_documents([by_name["organization.tsv"], by_name["keep.xlsx"]], tmp_path / "store")
    changed = by_name["organization.tsv"]
    changed.write_text(ORGANISATION.replace("coordinator", "participant"), "utf-8")
    assert replace_documents([changed], tmp_path / "store").violations == []
    remove_documents(["keep"], tmp_path / "store")
    build([by_name["project.csv"], changed], tmp_path / "whole")
    assert graph(tmp_path / "store") == graph(tmp_path / "whole")
    assert current(tmp_path / "store").manifest() == current(tmp_path / "whole").manifest()


def test_a_table_added_elsewhere_changes_who_is_who_here(files: list[Path], tmp_path: Path) -> None:
    """keep.eu without its code resolves a name by itself; CORDIS then says whose code a spelling is."""
    by_name = {file.name: file for file in files}
    build([by_name["organization.tsv"]], tmp_path / "store")
    add_documents([by_name["keep.xlsx"]], tmp_path / "store")
    build([by_name["keep.xlsx"], by_name["organization.tsv"]], tmp_path / "whole")
    assert graph(tmp_path / "store") == graph(tmp_path / "whole")


def test_a_forgotten_person_leaves_a_table_too(files: list[Path], tmp_path: Path) -> None:
    by_name = {file.name: file for file in files}
    named = by_name["organization.tsv"]
    named.write_text(ORGANISATION.replace("KUVITELTU VALO OY", "Tmi Aino Esimerkki"), "utf-8")
    build([by_name["project.csv"], named], tmp_path / "store")
    assert "Aino Esimerkki" in graph(tmp_path / "store")
    forget(curation_folder(tmp_path / "store"), "Aino Esimerkki")
    assert refresh(tmp_path / "store").rewritten == ["organization"]
    assert "Aino Esimerkki" not in graph(tmp_path / "store")
    build([by_name["project.csv"], named], tmp_path / "again", curation=curation_folder(tmp_path / "store"))
    assert graph(tmp_path / "again") == graph(tmp_path / "store")


def test_a_title_without_a_code_means_the_project_of_a_table(files: list[Path], tmp_path: Path) -> None:
    table = read_table(next(path for path in files if path.name == "project.csv"))
    assert table is not None
    known = Initiatives(initiatives_of_table(table, Resolver(map(mention_of, table.bodies))))
    assert known.code_of(InitiativeMention("Circular everyday life in small towns", "project")) == "101999001"
    assert known.code_of(InitiativeMention("KIERTO", "project")) is None, "one word is too common to tell by itself"


def test_a_table_tells_of_a_former_name_in_the_row_of_its_sheet(tmp_path: Path, make_workbook: Make) -> None:
    rows = [list(row) for row in KEEP["Partners"]]
    rows[1][2] = "Pajulan Paja Oy (ent. Lehdon Paja Oy)"
    rows[1][5] = "N.a."
    rows.append([rows[1][0], "RANTA", "Lehdon Paja Oy", "No", "FI", "N.a."])
    path = tmp_path / "keep.xlsx"
    path.write_bytes(make_workbook({**KEEP, "Partners": rows}))
    report = build([path], tmp_path / "store")
    assert report.violations == []
    asked_for = (
        f"?row ?sheet {{ ?e a hv:Evidence ; <{RDF}predicate> hv:predecessorOf ; hv:row ?row ; hv:sheet ?sheet }}"
    )
    assert ask(tmp_path / "store", asked_for) == [("2", "Partners")]
