"""Who asks: the token of a request, and what a route asks of it. ``holder: Annotated[Holder, require(Role.STEWARD)]``.

The middleware `graph_api.server.admission` looks a token up once for each request; routes say which role they need.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from pydantic import SecretStr
from starlette.exceptions import HTTPException
from starlette.types import Scope

from graph_api.tokens import Entry, Role, find_token, read_tokens

_BEARER = HTTPBearer(
    auto_error=False, scheme_name="token", description="A token that `hankeverkko token create` has printed."
)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="hankeverkko"'}
_SETTING = "update-token"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the token of a request: its name and role."""

    name: str
    role: Role


class Keyring:
    """The tokens of a server: those of the file, as it is now, and the one of the settings, which is a steward's.

    Parameters
    ----------
    path : Path
        The file of tokens.
    update_token : SecretStr or None
        HANKEVERKKO_UPDATE_TOKEN.
    """

    def __init__(self, path: Path, update_token: SecretStr | None) -> None:
        self.path, self.update_token = path, update_token
        self._mark: tuple[int, int] | None = None
        self._entries: list[Entry] = []

    def holder(self, given: str) -> Holder | None:
        """Return who holds a token; None where it opens nothing (any more)."""
        if self._is_update_token(given):
            return Holder(_SETTING, Role.STEWARD)
        entry = find_token(self._current(), given)
        in_force = entry is not None and entry.is_in_force(datetime.now(UTC).date())
        return Holder(entry.name, entry.role) if entry is not None and in_force else None

    def has_stewards(self) -> bool:
        """Say whether anybody may write here."""
        today = datetime.now(UTC).date()
        return self.update_token is not None or any(
            entry.role is Role.STEWARD and entry.is_in_force(today) for entry in self._current()
        )

    def _is_update_token(self, given: str) -> bool:
        expected = self.update_token.get_secret_value() if self.update_token else ""
        return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode()) and bool(expected)

    def _current(self) -> list[Entry]:
        """Return the entries, read again when the file has changed."""
        try:
            status = self.path.stat()
        except OSError:
            return []
        mark = status.st_ino, status.st_mtime_ns
        if mark != self._mark:
            self._entries, self._mark = read_tokens(self.path), mark
        return self._entries


def bearer_token(authorization: str) -> str | None:
    """Return the token in the value of an Authorization header; None where there is none of that scheme."""
    scheme, _, given = authorization.strip().partition(" ")
    return given.strip() if scheme.lower() == "bearer" else None


def set_holder(scope: Scope, holder: Holder | None) -> None:
    """Let a request carry who asks."""
    scope.setdefault("state", {})["holder"] = holder


def holder_of(scope: Scope) -> Holder | None:
    """Return who asks; None is the public."""
    found: Holder | None = scope.get("state", {}).get("holder")
    return found


def check_role(request: Request, role: Role) -> Holder:
    """Return who asks.

    Raises
    ------
    HTTPException
        No token (401), or one of a lesser role (403).
    """
    holder = holder_of(request.scope)
    if holder is None:
        raise HTTPException(
            HTTPStatus.UNAUTHORIZED,
            f"This needs the token of a {role}, in the header Authorization: Bearer ….",
            _CHALLENGE,
        )
    if not holder.role.covers(role):
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            f"This needs the token of a {role}; yours is a {holder.role}'s. Ask whoever runs the server for one.",
        )
    return holder


def wrong_token() -> HTTPException:
    """Return the error of a token that opens nothing; it does not say why."""
    return HTTPException(
        HTTPStatus.UNAUTHORIZED,
        "The token in the header Authorization opens nothing here: it is wrong, revoked or expired. "
        "Ask whoever runs the server for another, or leave the header out.",
        {"WWW-Authenticate": _CHALLENGE["WWW-Authenticate"] + ', error="invalid_token"'},
    )


def require(role: Role) -> Any:
    """Return the dependency of a route that is for a role; it gives the `Holder`."""

    async def check(request: Request, _given: Any = Security(_BEARER)) -> Holder:
        return check_role(request, role)

    return Depends(check)
