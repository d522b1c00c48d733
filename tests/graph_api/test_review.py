"""Judging claims: at the desk, in a spreadsheet, and what is left of it when documents are read again."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.build import build
from graph_api.change import refresh, replace_documents
from graph_api.curation.claims import Claim
from graph_api.curation.desk import Desk, Judgement
from graph_api.curation.sheet import COLUMNS, plain, read_sheet, safe, write_sheet
from graph_api.queries import run_query
from graph_api.query_results import plain_rows
from graph_api.store import canonical_nquads, open_graph
from loaders.errors import ReadError, UsageError

CARD = """14.5.2019
Sysmän kunta/ Varhaiskasvatus, Sysmä
Aamun rauha
Käytössä
Tarve ja tavoitteet
Perheet saivat tukea liian myöhään. Otimme käyttöön rauhamallin.
Ratkaisu
Kokeilussa mukana olivat Oulun yliopisto ja Kajaanin kaupunki.
Yhteyshenkilöt
Aino Esimerkki
aino.esimerkki@example.fi
varhaiskasvatusjohtaja
Sysmän kunta
"""
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "kortti.txt").write_text(CARD, "utf-8")
    build([folder / "kortti.txt"], folder / "store")
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "store", tmp_path / "store"))


def desk(store: Path) -> Desk:
    return Desk(store, store / "curation")


def claim(store: Path, value: str) -> Claim:
    (found,) = [c for c in desk(store).claims.values() if c.value == value]
    return found


def judge(store: Path, value: str, verdict: str, **what: str) -> str:
    """Judge the claim of a value, let the graph follow, and return it."""
    desk(store).judge([Judgement(claim(store, value).id, verdict, **what)], "Steward", now=NOW)
    refresh(store)
    return graph(store)


def graph(store: Path) -> str:
    return canonical_nquads(open_graph(store))


def evidence_of(store: Path, value: str) -> tuple[str, float]:
    found = claim(store, value).evidence
    return str(found.standing), found.confidence


def test_drafts_come_by_confidence_or_in_the_order_of_a_document(store: Path) -> None:
    drafts = desk(store).drafts()
    assert [c.evidence.confidence for c in drafts] == sorted(c.evidence.confidence for c in drafts)
    assert all(c.evidence.standing == "inferred" for c in drafts)
    starts = [c.evidence.span.start for c in desk(store).drafts("kortti", everything=True)]
    assert starts == sorted(starts)
    assert {"Sysmän kunta", "Aamun rauha"} <= {c.value for c in desk(store).drafts(everything=True)}
    assert desk(store).drafts(below=0.1) == []


def test_a_claim_is_shown_in_its_sentence(store: Path) -> None:
    around = desk(store).context(claim(store, "Oulun yliopisto"))
    assert around.sentence == "Kokeilussa mukana olivat Oulun yliopisto ja Kajaanin kaupunki."
    assert around.sentence[around.mention.start : around.mention.end] == "Oulun yliopisto"


def test_what_is_accepted_is_certain(store: Path) -> None:
    assert "reviewed" in judge(store, "Oulun yliopisto", "accepted")
    assert evidence_of(store, "Oulun yliopisto") == ("reviewed", 1.0)


def test_what_is_rejected_leaves_the_graph_and_comes_back_when_withdrawn(store: Path) -> None:
    before = graph(store)
    after = judge(store, "Kajaanin kaupunki", "rejected", why="mentioned by mistake")
    assert "kunta-205" in before
    joined = [line for line in after.splitlines() if "participatesIn" in line and "organisation/kunta-205" in line]
    assert not joined
    ((name, review),) = desk(store).reviews()
    assert (review.who, review.when, review.why) == ("Steward", "2026-01-02T03:04:05Z", "mentioned by mistake")
    desk(store).judge([Judgement(name, "withdrawn")], "Steward", now=NOW)
    refresh(store)
    assert graph(store) == before


def test_a_correction_names_another_body_or_another_role(store: Path) -> None:
    after = judge(store, "Oulun yliopisto", "corrected", new_value="Oulun ammattikorkeakoulu")
    assert "Oulun ammattikorkeakoulu" in after
    assert evidence_of(store, "Oulun ammattikorkeakoulu") == ("reviewed", 1.0)
    judge(store, "Kajaanin kaupunki", "corrected", new_role="mentioned")
    assert claim(store, "Kajaanin kaupunki").role == "mentioned"


def test_a_date_is_corrected_in_any_notation(store: Path) -> None:
    judge(store, "2019-05-14", "corrected", new_value="15.5.2019")
    assert claim(store, "2019-05-15").kind == "date"


@pytest.mark.parametrize(
    ("value", "said", "problem"),
    [
        ("Oulun yliopisto", {"verdict": "corrected"}, "says nothing new"),
        ("Oulun yliopisto", {"verdict": "corrected", "new_role": "keisari"}, "not one of"),
        ("2019-05-14", {"verdict": "corrected", "new_value": "eilen"}, "not a date"),
        ("2019-05-14", {"verdict": "corrected", "new_role": "host"}, "no role"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    store: Path, value: str, said: dict[str, str], problem: str
) -> None:
    good = Judgement(claim(store, "Kajaanin kaupunki").id, "accepted")
    with pytest.raises(UsageError, match=problem):
        desk(store).judge([good, Judgement(claim(store, value).id, **said)], "Steward")
    assert desk(store).reviews() == []


def test_unknown_claims_and_documents_are_named(store: Path) -> None:
    with pytest.raises(UsageError, match="There is no claim 'zzz'"):
        desk(store).judge([Judgement("zzz", "accepted")], "Steward")
    with pytest.raises(UsageError, match="There is no claim"):
        desk(store).claim("")
    with pytest.raises(UsageError, match="no document 'poissa'"):
        desk(store).drafts("poissa")
    with pytest.raises(UsageError, match="No review"):
        desk(store).judge([Judgement("zzz", "withdrawn")], "Steward")


def test_reviews_survive_a_new_version_of_the_document_and_a_rebuild(store: Path, tmp_path: Path) -> None:
    judge(store, "Kajaanin kaupunki", "rejected")
    judge(store, "Oulun yliopisto", "corrected", new_role="mentioned")
    changed = tmp_path / "kortti.txt"
    changed.write_text(CARD.replace("Perheet saivat", "Kaikki perheet saivat"), "utf-8")
    replace_documents([changed], store)
    assert "Kajaanin kaupunki" not in {c.value for c in desk(store).claims.values()}
    assert claim(store, "Oulun yliopisto").role == "mentioned"
    replaced = graph(store)
    build([changed], store)
    assert graph(store) == replaced


def test_a_claim_that_no_loader_finds_any_more_is_put_back_where_its_quote_stands(store: Path, tmp_path: Path) -> None:
    """The name is printed so that the recogniser misses it; the reviewer's word stands as long as the sentence does."""
    judge(store, "Oulun yliopisto", "corrected", new_value="Oulun biokeskus", new_role="partner")
    changed = tmp_path / "kortti.txt"
    changed.write_text(CARD.replace("Aamun rauha", "Illan rauha"), "utf-8")
    assert not replace_documents([changed], store).lost_reviews
    assert claim(store, "Oulun biokeskus").role == "partner"


def test_a_review_whose_sentence_is_gone_is_reported_and_kept(store: Path, tmp_path: Path) -> None:
    judge(store, "Oulun yliopisto", "accepted")
    changed = tmp_path / "kortti.txt"
    changed.write_text(CARD.replace("Oulun yliopisto ja ", ""), "utf-8")
    (lost,) = replace_documents([changed], store).lost_reviews
    assert lost.value == "Oulun yliopisto"
    assert len(desk(store).reviews()) == 1


def test_a_sheet_goes_out_and_comes_back_with_verdicts(store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "claims.csv"
    here = desk(store)
    assert write_sheet(sheet, here, here.drafts(everything=True)) == len(here.claims)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    for row in rows:
        row["verdict"] = {"Oulun yliopisto": "Accept", "Kajaanin kaupunki": "r"}.get(row["value"], "")
    with sheet.open("w", encoding="cp1252", newline="", errors="replace") as file:  # as a spreadsheet may save it
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    verdicts = {(here.claim(j.claim).value, j.verdict) for j in read_sheet(sheet)}
    assert verdicts == {("Oulun yliopisto", "accepted"), ("Kajaanin kaupunki", "rejected")}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id,value\nx,y\n", "lacks the columns"),
        (",".join(COLUMNS) + "\nx" + "," * 8 + "ehkä,,,\n", ":2: 'ehkä' is no verdict"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused_with_its_place(tmp_path: Path, content: str, problem: str) -> None:
    sheet = tmp_path / "claims.csv"
    sheet.write_text(content, "utf-8")
    with pytest.raises(ReadError, match=problem):
        read_sheet(sheet)


@given(st.text(max_size=30))
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    assert plain(safe(cell)) == cell
    assert not safe(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_graph_says_who_confirmed_by_the_standing_of_evidence(store: Path) -> None:
    judge(store, "Oulun yliopisto", "accepted")
    rows = plain_rows(run_query(open_graph(store), "evidence-of-initiative", {"initiative": "Aamun rauha"}))
    assert any("reviewed" in row for row in rows)
