"""Backups: the drill (build, change, back up, lose, restore, same answers), and files that must not be trusted."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph_api.audit import Act, read_audit, record
from graph_api.backup import Places, back_up, held, restore
from graph_api.build import build
from graph_api.change import add_documents, refresh
from graph_api.contacts import read_contacts
from graph_api.curation.desk import Desk, Judgement
from graph_api.curation.reviews import read_reviews
from graph_api.sparql.update import Change, apply_update
from graph_api.store import canonical_nquads, current, open_database, open_graph, writing
from graph_api.tokens import Role, create_token, find_token, read_tokens, tokens_file
from loaders.errors import BusyError, CannotRunError, ReadError, UsageError

CARD = """14.5.2019
Sysmän kunta/ Varhaiskasvatus, Sysmä
Aamun rauha {number}
Käytössä
Tarve ja tavoitteet
Otimme käyttöön rauhamallin.
Ratkaisu
Kokeilussa mukana olivat Oulun yliopisto ja Kajaanin kaupunki.
Yhteyshenkilöt
Aino Esimerkki
aino.esimerkki@esimerkki.example
varhaiskasvatusjohtaja
Sysmän kunta
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store that has been changed, reviewed and written into."""
    folder = tmp_path_factory.mktemp("backup")
    for number in range(2):
        (folder / f"kortti{number}.txt").write_text(CARD.format(number=number), "utf-8")
    store = folder / "store"
    build([folder / "kortti0.txt"], store, validate=False)
    add_documents([folder / "kortti1.txt"], store)
    desk = Desk(store, store / "curation")
    claim = next(claim for claim in desk.claims.values() if claim.value == "Kajaanin kaupunki")
    desk.judge([Judgement(claim.id, "rejected")], "Steward")
    refresh(store)
    apply_update(store, Change("INSERT DATA { GRAPH <https://example.org/own> { <x:s> <x:p> 'own' } }"))
    create_token(tokens_file(store), "desk", Role.STEWARD)
    record(store / "audit.jsonl", Act("desk", "steward", "update"), "done")
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    shutil.copy(built / "kortti0.txt", tmp_path)
    return Path(shutil.copytree(built / "store", tmp_path / "store"))


def everything(store: Path) -> tuple[object, ...]:
    """Return all that a store answers with."""
    generation = current(store)
    contacts = read_contacts(generation.contacts, datetime.now(UTC).date())
    texts = {path.name: path.read_bytes() for path in sorted(generation.texts.iterdir())}
    reviews, audit = read_reviews(store / "curation"), read_audit(store / "audit.jsonl", 100)
    return canonical_nquads(open_graph(store)), contacts, texts, reviews, audit, generation.manifest()


def test_what_was_lost_comes_back_whole_and_can_be_changed_on(store: Path, built: Path, tmp_path: Path) -> None:
    before, file = everything(store), tmp_path / "kept" / "backup.tar.gz"
    file.parent.mkdir()
    written = back_up(Places(store), file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    shutil.rmtree(store)
    with pytest.raises(CannotRunError):
        current(store)
    read = restore(file, Places(store))
    assert written == read
    assert everything(store) == before
    assert "own" in canonical_nquads(open_graph(store))
    assert not (store / "tokens.json").exists(), "tokens are taken where asked for alone"
    assert {path.name for path in tmp_path.iterdir()} == {"kept", "store", "kortti0.txt"}
    assert stat.S_IMODE(current(store).contacts.stat().st_mode) == 0o600
    (tmp_path / "kortti2.txt").write_text(CARD.format(number=2), "utf-8")
    assert add_documents([tmp_path / "kortti2.txt"], store).added == ["kortti2"]


def test_tokens_come_back_where_they_were_taken(store: Path, tmp_path: Path) -> None:
    token = create_token(tokens_file(store), "another", Role.READER)
    back_up(Places(store), tmp_path / "b.tar.gz", with_tokens=True)
    elsewhere = Places(tmp_path / "new", tokens=tmp_path / "etc" / "tokens.json", curation=tmp_path / "decided")
    restore(tmp_path / "b.tar.gz", elsewhere)
    assert find_token(read_tokens(tmp_path / "etc" / "tokens.json"), token) is not None
    assert len(read_reviews(tmp_path / "decided")) == 1
    assert not (tmp_path / "new" / "curation").exists()


def test_nothing_that_is_there_is_written_over(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    back_up(Places(store), file)
    content = file.read_bytes()
    with pytest.raises(UsageError, match="not written over"):
        back_up(Places(store), file)
    assert file.read_bytes() == content
    before = everything(store)
    with pytest.raises(UsageError, match="not written over"):
        restore(file, Places(store))
    assert everything(store) == before
    (tmp_path / "decided").mkdir()
    (tmp_path / "decided" / "reviews.tsv").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="decided"):
        restore(file, Places(tmp_path / "new", curation=tmp_path / "decided"))
    assert not (tmp_path / "new").exists()


def test_while_a_command_changes_the_store_no_backup_is_taken(store: Path, tmp_path: Path) -> None:
    with writing(store), pytest.raises(BusyError):
        back_up(Places(store), tmp_path / "b.tar.gz")
    assert not list(tmp_path.glob("b.tar.gz*"))
    assert not list(store.glob("backup-*"))


def test_a_store_that_is_changed_meanwhile_is_backed_up_as_it_was(store: Path) -> None:
    before = canonical_nquads(open_graph(store))
    with held(store) as generation:
        apply_update(store, Change("INSERT DATA { GRAPH <https://example.org/own> { <x:s> <x:p> 'later' } }"))
        build([store.parent / "kortti0.txt"], store, validate=False)
        assert canonical_nquads(open_database(generation.graph, store)) == before
    assert canonical_nquads(open_graph(store)) != before
    assert not list(store.glob("backup-*"))


Members = dict[str, bytes]


def members_of(file: Path) -> Members:
    with tarfile.open(file, "r:gz") as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}  # type: ignore[union-attr]


def pack(file: Path, members: Members, add: Callable[[tarfile.TarFile], None] = lambda _: None) -> None:
    with tarfile.open(file, "w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        add(archive)


def flip(members: Members, name: str) -> Members:
    return {key: (bytes([value[0] ^ 1]) + value[1:] if key == name else value) for key, value in members.items()}


def listed(members: Members, **changes: object) -> Members:
    manifest = json.loads(members["manifest.json"]) | changes
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def also(members: Members, name: str) -> Members:
    """Add a file that the manifest lists with its right checksum."""
    files = json.loads(members["manifest.json"])["files"] | {
        name: [1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]
    }
    return {**listed(members, files=files), name: b"x"}


def link(archive: tarfile.TarFile) -> None:
    member = tarfile.TarInfo("store/link")
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    archive.addfile(member)


@pytest.mark.parametrize(
    "damage",
    [
        lambda file, _: file.write_bytes(b""),
        lambda file, _: file.write_bytes(b"no archive"),
        lambda file, _: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file, _: file.write_bytes(gzip.compress(b"no archive")),
        lambda file, m: pack(file, flip(m, "store/manifest.json")),
        lambda file, m: pack(file, {name: value for name, value in m.items() if name != "curation/reviews.tsv"}),
        lambda file, m: pack(file, {name: value for name, value in m.items() if name != "manifest.json"}),
        lambda file, m: pack(file, {**m, "store/more": b"x"}),
        lambda file, m: pack(file, also(m, "../outside")),
        lambda file, m: pack(file, also(m, "/tmp/outside")),  # noqa: S108
        lambda file, m: pack(file, m, link),
        lambda file, m: pack(file, listed(m, format=2)),
        lambda file, m: pack(file, listed(m, statements=1)),
        lambda file, m: pack(file, listed(m, files=[])),
    ],
)
def test_what_is_damaged_or_forged_is_not_restored(
    store: Path, tmp_path: Path, damage: Callable[[Path, Members], object]
) -> None:
    file = tmp_path / "b.tar.gz"
    back_up(Places(store), file)
    damage(file, members_of(file))
    with pytest.raises(ReadError):
        restore(file, Places(tmp_path / "into" / "new"))
    assert list((tmp_path / "into").iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_the_commands_say_what_they_did(store: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "graph_api.cli.main", *arguments]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HANKEVERKKO_")}
        return subprocess.run(command, capture_output=True, text=True, env=clean, check=False)

    made = run("backup", str(tmp_path / "b.tar.gz"), "--store", str(store))
    assert made.returncode == 0
    assert "contact details" in made.stderr
    back = run("--json", "restore", str(tmp_path / "b.tar.gz"), "--store", str(tmp_path / "new"))
    assert back.returncode == 0
    assert json.loads(back.stdout)["digest"] in made.stdout
    again = run("restore", str(tmp_path / "b.tar.gz"), "--store", str(tmp_path / "new"))
    assert again.returncode == 2
    missing = run("restore", str(tmp_path / "none"), "--store", str(tmp_path / "newer"))
    assert missing.returncode == 2
    assert "no such file" in missing.stderr
