"""Tokens: made, found again, revoked; and nothing in the file that would open anything."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.tokens import Role, create_token, find_token, read_tokens, revoke_token
from loaders.errors import ReadError, UsageError

TODAY = datetime.now(UTC).date()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "tokens.json"


def test_a_token_opens_what_it_was_made_for_and_is_not_kept(file: Path) -> None:
    made = create_token(file, "reading-room", Role.REVIEWER)
    found = find_token(read_tokens(file), made)
    assert found is not None
    assert (found.name, found.role, found.is_in_force(TODAY)) == ("reading-room", Role.REVIEWER, True)
    secret = made.rpartition("_")[2] if made.count("_") == 2 else made[17:]
    assert secret not in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@given(st.text() | st.from_regex(r"hkv_[0-9a-f]{12}_[\w-]{43}", fullmatch=True))
def test_what_was_never_made_is_not_found(tmp_path_factory: pytest.TempPathFactory, guess: str) -> None:
    file = tmp_path_factory.getbasetemp() / "guessed.json"
    if not file.exists():
        create_token(file, "only", Role.STEWARD)
    assert find_token(read_tokens(file), guess) is None


def test_a_token_with_one_other_letter_opens_nothing(file: Path) -> None:
    made = create_token(file, "a", Role.READER)
    for index in (0, 5, 17, len(made) - 1):
        other = made[:index] + ("b" if made[index] != "b" else "c") + made[index + 1 :]
        assert find_token(read_tokens(file), other) is None


def test_a_revoked_token_opens_nothing_and_its_name_is_free(file: Path) -> None:
    first = create_token(file, "desk", Role.STEWARD)
    with pytest.raises(UsageError, match="already"):
        create_token(file, "desk", Role.READER)
    revoke_token(file, "desk")
    found = find_token(read_tokens(file), first)
    assert found is not None
    assert not found.is_in_force(TODAY)
    second = create_token(file, "desk", Role.READER)
    assert second != first
    with pytest.raises(UsageError, match="no token 'nobody'"):
        revoke_token(file, "nobody")


def test_a_token_ends_after_its_last_day(file: Path) -> None:
    create_token(file, "guest", Role.READER, TODAY + timedelta(days=1))
    (entry,) = read_tokens(file)
    assert entry.is_in_force(TODAY + timedelta(days=1))
    assert not entry.is_in_force(TODAY + timedelta(days=2))
    with pytest.raises(UsageError, match="past"):
        create_token(file, "late", Role.READER, date(2020, 1, 1))


@pytest.mark.parametrize("name", ["", "a b", "somebody@example.org", "x" * 65, "-x", "a\nb"])
def test_a_name_is_a_word_and_no_address(file: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no name of a token"):
        create_token(file, name, Role.READER)
    assert not file.exists()


def test_tokens_made_at_the_same_time_are_all_there(file: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: create_token(file, f"n{n}", Role.READER), range(12)))
    assert {entry.name for entry in read_tokens(file)} == {f"n{n}" for n in range(12)}


@pytest.mark.parametrize("content", ["", "[]", '{"tokens": [{"id": "a"}]}', '{"tokens": [{"role": "king"}]}', "\x00"])
def test_a_damaged_file_is_told_and_opens_nothing(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content, "utf-8")
    with pytest.raises(ReadError, match="cannot be read"):
        read_tokens(file)


def test_roles_cover_those_below(file: Path) -> None:
    covered = {role: [other for other in Role if role.covers(other)] for role in Role}
    assert covered[Role.READER] == [Role.READER]
    assert covered[Role.REVIEWER] == [Role.READER, Role.REVIEWER]
    assert covered[Role.STEWARD] == list(Role)


def test_the_file_is_json_that_a_person_can_read(file: Path) -> None:
    create_token(file, "a", Role.READER)
    (item,) = json.loads(file.read_text("utf-8"))["tokens"]
    assert set(item) == {"id", "name", "role", "digest", "created", "expires", "revoked"}
