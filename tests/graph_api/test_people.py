"""Forgetting a person: nothing in the store names them any more, and no later build brings them back."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph_api.build import build
from graph_api.change import add_documents
from graph_api.cli.main import app
from graph_api.contacts import change_contacts, read_contacts
from graph_api.curation.desk import Desk, Judgement
from graph_api.curation.identity import decide
from graph_api.identity.decisions import Decision
from graph_api.people import forget_person
from graph_api.store import canonical_nquads, current, open_graph
from loaders.errors import UsageError
from loaders.extract import extract

CARD = """14.5.2019
Sysmän kunta/ Varhaiskasvatus, Sysmä
Aamun rauha {number}
Käytössä
Tarve ja tavoitteet
Malli syntyi, kun Aino Esimerkki kokosi väen. Esimerkin mukaan aamut rauhoittuivat.
Ratkaisu
Kokeilussa oli Oulun yliopisto.
Yhteyshenkilöt
Aino Esimerkki
aino.esimerkki@example.fi
varhaiskasvatusjohtaja
{employer}
Matti Malliranta
matti.malliranta@example.fi
johtaja
Sysmän kunta
"""


def card(folder: Path, number: int, employer: str = "Sysmän kunta") -> Path:
    path = folder / f"kortti{number}.txt"
    path.write_text(CARD.format(number=number, employer=employer), "utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    build([card(folder, 1)], folder / "store")
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "store", tmp_path / "store"))


def everything(store: Path) -> str:
    """Return all that the store's files hold: the database's bytes, the texts, the facts, the contacts, the curation."""
    files = [f for f in store.rglob("*") if f.is_file()]
    read = "".join(f.read_bytes().decode("utf-8", "replace") for f in files)
    return read + canonical_nquads(open_graph(store))


def test_contacts_stand_apart_from_the_graph_with_source_and_expiry(store: Path) -> None:
    found = read_contacts(current(store).contacts, datetime.now(UTC).date(), "aino esimerkki")
    (contact,) = found
    assert (contact.kind, contact.value, contact.organisation) == ("email", "aino.esimerkki@example.fi", "Sysmän kunta")
    assert contact.document == current(store).manifest()["documents"][0]["key"]
    assert date.fromisoformat(contact.expires) - date.fromisoformat(contact.first_seen) == timedelta(days=730)
    assert "example.fi" not in canonical_nquads(open_graph(store))
    assert current(store).contacts.stat().st_mode & 0o077 == 0


def test_contacts_expire_and_reading_again_prolongs_nothing(tmp_path: Path) -> None:
    facts = {"k": extract(card(tmp_path, 1))}
    path = tmp_path / "contacts.sqlite"
    change_contacts(path, (), facts, days=10, today=date(2026, 1, 1))
    change_contacts(path, ("k",), facts, days=10, today=date(2026, 1, 8))
    assert {c.expires for c in read_contacts(path, date(2026, 1, 9))} == {"2026-01-11"}
    assert read_contacts(path, date(2026, 1, 12)) == []
    change_contacts(path, (), {}, days=10, today=date(2026, 1, 12))
    assert b"example.fi" not in path.read_bytes()


def test_a_forgotten_person_is_nowhere_and_others_stay(store: Path) -> None:
    assert "Esimerkki" in everything(store)
    forget_person("Aino Esimerkki", store)
    left = everything(store)
    for trace in ("Esimerkki", "Esimerkin", "aino.esimerkki", "esimerkki@"):
        assert trace not in left, trace
    assert "Matti Malliranta" in left
    assert "Oulun yliopisto" in left


def test_a_forgotten_person_does_not_come_back(store: Path, built: Path, tmp_path: Path) -> None:
    forget_person("Aino Esimerkki", store)
    add_documents([card(tmp_path, 2)], store)
    assert "Esimerkki" not in everything(store)
    build([built / "kortti1.txt"], store)
    assert "Esimerkki" not in everything(store)
    assert "Matti Malliranta" in everything(store)


def test_reviews_that_name_the_person_leave_the_journal(store: Path) -> None:
    desk = Desk(store, store / "curation")
    (person,) = [c for c in desk.claims.values() if c.value == "Aino Esimerkki"]
    (other,) = [c for c in desk.claims.values() if c.value == "Matti Malliranta"]
    desk.judge([Judgement(person.id, "accepted"), Judgement(other.id, "accepted")], "Steward")
    forget_person("Aino Esimerkki", store)
    assert [review.value for _, review in Desk(store, store / "curation").reviews()] == ["Matti Malliranta"]


def test_two_people_of_one_name_need_a_second_word(built: Path, tmp_path: Path) -> None:
    build([card(tmp_path, 1), card(tmp_path, 2, employer="Oulun yliopisto")], tmp_path / "store")
    with pytest.raises(UsageError, match="2 people of this name"):
        forget_person("Aino Esimerkki", tmp_path / "store")
    forget_person("Aino Esimerkki", tmp_path / "store", everyone=True)
    assert "Esimerkki" not in everything(tmp_path / "store")


@pytest.mark.parametrize(
    ("name", "problem"),
    [("Aino", "not a whole name"), ("https://w3id.org/hankeverkko/id/person/none", "There is no person")],
)
def test_who_cannot_be_meant_is_refused(store: Path, name: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        forget_person(name, store)


def test_nobody_of_the_name_is_told_with_the_names_like_it(store: Path, tmp_path: Path) -> None:
    asked = ["forget", "Aino Esimerki", "--store", str(store)]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0, said.output
    assert "No document in the store names 'Aino Esimerki'" in said.stderr
    assert "names like it: Aino Esimerkki." in said.stderr
    assert "is forgotten" not in said.output
    asked[1] = "Aino Esimerkki"
    assert "The person is forgotten." in CliRunner().invoke(app, asked).stdout
    assert "No document" in CliRunner().invoke(app, asked).stderr


def test_a_person_is_forgotten_though_a_decision_names_nobody(store: Path) -> None:
    decide(store / "curation", [Decision("2026-01-02T03:04:05Z", "maija", "same", "Ei Missään Oy", "Tyhjän Talo ry")])
    assert forget_person("Aino Esimerkki", store).blanked == ["kortti1"]
    assert "Esimerkki" not in everything(store)
