"""A store that is changed step by step holds what a store built at once from the same documents holds."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph_api.build import build
from graph_api.change import add_documents, refresh, remove_documents, replace_documents
from graph_api.store import canonical_nquads, current, next_generation, open_graph, writing
from loaders.errors import CannotRunError, DataError, UsageError

CARD = """14.5.2019
Esimerkkilän kaupunki/ Varhaiskasvatus, Esimerkkilä
{title}
Käytössä
Tarve ja tavoitteet
Perheet saivat tukea liian myöhään.
Ratkaisu
Kokeilussa mukana olivat Oulun yliopisto ja {partner}.
Kehittämiseen ovat osallistuneet
{partner}
Yhteyshenkilöt
Aino Esimerkki
aino.esimerkki@example.fi
varhaiskasvatusjohtaja
Esimerkkilän kaupunki
"""


def card(folder: Path, name: str, title: str, partner: str = "Oulun ammattikorkeakoulu") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(CARD.format(title=title, partner=partner), "utf-8")
    return path


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """Return a store of three cards and their files; copy it before changing it."""
    folder = tmp_path_factory.mktemp("three")
    files = [
        card(folder / "in", name, f"Perheiden {name} tuki", partner)
        for name, partner in (
            ("varhainen", "Oulun kaupunki"),
            ("yhteinen", "Oulun kaupunki"),
            ("uusi", "Kajaanin kaupunki"),
        )
    ]
    build(files, folder / "store")
    return folder / "store", files


@pytest.fixture
def store(three: tuple[Path, list[Path]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(three[0], tmp_path / "store"))


def graph(store: Path) -> str:
    return canonical_nquads(open_graph(store))


def test_adding_one_by_one_gives_what_building_at_once_gives(three: tuple[Path, list[Path]], tmp_path: Path) -> None:
    whole, files = three
    build(files[:1], tmp_path / "store")
    report = add_documents([files[1]], tmp_path / "store")
    assert report.added == ["yhteinen"]
    assert not report.rewritten
    add_documents([files[2]], tmp_path / "store")
    assert graph(tmp_path / "store") == graph(whole)
    assert current(tmp_path / "store").manifest() == current(whole).manifest()


def test_removing_leaves_what_would_have_been_built_without(
    store: Path, three: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    report = remove_documents(["uusi"], store)
    build(three[1][:2], tmp_path / "other")
    assert report.removed == ["uusi"]
    assert graph(store) == graph(tmp_path / "other")
    assert sorted(p.stem for p in current(store).texts.iterdir()) == sorted(
        d["key"] for d in current(store).manifest()["documents"]
    )


def test_replacing_puts_the_new_version_in_place(store: Path, three: tuple[Path, list[Path]], tmp_path: Path) -> None:
    changed = card(tmp_path / "in", "uusi", "Perheiden uusi tuki", "Rovaniemen kaupunki")
    replace_documents([changed], store)
    build([*three[1][:2], changed], tmp_path / "other")
    assert graph(store) == graph(tmp_path / "other")
    assert "Kajaanin" not in graph(store).replace("Kajaanin ammattikorkeakoulu", "") or "kunta-205" in graph(store)


def test_the_same_bytes_again_change_nothing(store: Path, three: tuple[Path, list[Path]]) -> None:
    before = graph(store)
    report = add_documents(three[1], store)
    assert not report.added
    assert graph(store) == before


def test_identity_follows_a_document_that_changes_it(tmp_path: Path) -> None:
    """A name cut short stands for itself until a document prints it whole; then the document that was there follows."""
    first = card(tmp_path / "in", "a", "Ensimmäinen malli", "Esimerkin kehittämisyhdistys ry")
    second = card(tmp_path / "in", "b", "Toinen malli", "Esimerkin kehittämisyhdistys r.y.")
    build([first, second], tmp_path / "whole")
    build([second], tmp_path / "store")
    add_documents([first], tmp_path / "store")
    assert graph(tmp_path / "store") == graph(tmp_path / "whole")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("uusi", "toinen sisältö", UsageError),
        ("tyhjä", "", DataError),
    ],
)
def test_a_document_that_cannot_be_added_leaves_all_as_it_was(
    store: Path, tmp_path: Path, name: str, content: str, error: type[Exception]
) -> None:
    before, folder = graph(store), current(store).folder
    bad = tmp_path / f"{name}.txt"
    bad.write_text(content, "utf-8")
    good = card(tmp_path / "in", "hyvä", "Hyvä malli")
    with pytest.raises(error):
        add_documents([good, bad], store)
    assert graph(store) == before
    assert [p.name for p in (store / "generations").iterdir()] == [folder.name]


def test_unknown_documents_are_named(store: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no document 'poissa'"):
        remove_documents(["poissa"], store)
    with pytest.raises(UsageError, match="to replace"):
        replace_documents([card(tmp_path / "in", "outo", "Outo malli")], store)
    with pytest.raises(UsageError, match="empty"):
        remove_documents(["uusi", "yhteinen", "varhainen"], store)


def test_one_command_writes_at_a_time(store: Path) -> None:
    with writing(store), pytest.raises(CannotRunError, match="Another command"):
        refresh(store)


def test_unchanged_files_are_shared_with_the_generation_before(store: Path) -> None:
    key = current(store).manifest()["documents"][0]["key"]
    with next_generation(store) as (before, after):
        shared = (before.texts / f"{key}.txt").samefile(after.texts / f"{key}.txt")
        (after.folder / "manifest.json").write_text((before.folder / "manifest.json").read_text("utf-8"), "utf-8")
    assert shared


CHANGES = """
import itertools, os, sys
from pathlib import Path
from graph_api.change import add_documents, remove_documents, replace_documents
from graph_api.identity.resolver import Resolver
from loaders.errors import UsageError
from loaders.extract import extract
store, old, new = map(Path, sys.argv[1:])
extract(old), Resolver([])  # what is slow to load is loaded once; no database is open when the process forks
steps = [(add_documents, [old]), (replace_documents, [new]), (replace_documents, [old]), (remove_documents, ["vaihtuva"])]
for turn in map(int, sys.stdin):
    child = os.fork()
    if child == 0:
        for do, what in itertools.cycle(steps[turn:] + steps[:turn]):
            try:
                do(what, store)
            except UsageError:
                continue  # the step was done before the last kill
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


def test_a_killed_change_leaves_the_old_or_the_new_state(
    store: Path, three: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    old = card(tmp_path / "old", "vaihtuva", "Vaihtuva malli", "Rovaniemen kaupunki")
    new = card(tmp_path / "new", "vaihtuva", "Vaihtuva malli", "Inarin kunta")
    states: dict[str, str] = {}
    for name, extra in (("without", []), ("old", [old]), ("new", [new])):
        build([*three[1], *extra], tmp_path / name)
        states[graph(tmp_path / name)] = name
    started = time.monotonic()
    replace_documents([new], Path(shutil.copytree(tmp_path / "old", tmp_path / "timed")))
    step = time.monotonic() - started
    chance, seen = random.Random(7), []
    command = [sys.executable, "-c", CHANGES, str(store), str(old), str(new)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(20):
            process.stdin.write(f"{number % 4}\n")
            process.stdin.flush()
            child = int(process.stdout.readline())
            time.sleep(chance.uniform(0.0, 3 * step))
            os.kill(child, signal.SIGKILL)
            assert process.stdout.readline() == "gone\n"
            seen.append(states[graph(store)])
            keys = sorted(d["key"] for d in current(store).manifest()["documents"])
            assert keys == sorted(p.stem for p in current(store).texts.iterdir())
        process.stdin.close()
    assert len(set(seen)) > 1  # else the kills came before or after all changes


def test_the_project_behind_a_card_is_the_one_of_a_list_that_comes_later(tmp_path: Path) -> None:
    """The card names a project by title; when a list with its code is added, the card's statements follow."""
    path = card(tmp_path / "in", "kortti", "Perheiden tuki")
    path.write_text(
        path.read_text("utf-8").replace("Kokeilussa", "Työ alkoi Testattu arki ja ilo -hankkeessa. Kokeilussa"), "utf-8"
    )
    listed = tmp_path / "lista.csv"
    listed.write_text(
        "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Alkaa,Päättyy,Hakija,a,b,c,d\n"
        "S29999,ESR,Testattu arki ja ilo,3,Lapin liitto,Toiminnassa,1.9.2015,31.8.2018,Oulun yliopisto,1,2,3,4\n",
        "utf-8",
    )
    build([path], tmp_path / "store")
    assert "initiative/S29999" not in graph(tmp_path / "store")
    assert add_documents([listed], tmp_path / "store").rewritten == ["kortti"]
    lines = [
        line
        for line in graph(tmp_path / "store").splitlines()
        if "#relatedTo>" in line and "initiative/S29999>" in line
    ]
    assert len(lines) == 1
