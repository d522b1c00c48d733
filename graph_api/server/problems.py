"""Errors as problem details (RFC 9457): one map from exceptions to responses. No response shows how the program failed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph_api.server.journal import LOGGER
from graph_api.server.negotiation import Offer, wants_page
from graph_api.server.pages.reader import reader_of
from graph_api.server.pages.render import POLICY, render
from loaders.errors import (
    BusyError,
    CannotRunError,
    DataError,
    FormatError,
    HankeverkkoError,
    LimitError,
    NotFoundError,
    QueryError,
    RefusedError,
    UsageError,
)

STATUS: dict[type[HankeverkkoError], HTTPStatus] = {
    QueryError: HTTPStatus.BAD_REQUEST,
    RefusedError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    FormatError: HTTPStatus.NOT_ACCEPTABLE,
    UsageError: HTTPStatus.BAD_REQUEST,
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    LimitError: HTTPStatus.GATEWAY_TIMEOUT,
    CannotRunError: HTTPStatus.SERVICE_UNAVAILABLE,
    DataError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
RETRY_SECONDS = 5
_UNREADABLE = "There was an error parsing the body"  # FastAPI's words
_DATA = ("/api/", "/sparql", "/data/", "/id/", "/rdf-graphs/")
_FAULTS = 500
_PROBLEM = (Offer("application/problem+json", "json"), Offer("application/json", "json"))
_SCHEMA = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was wrong, and what to do."},
    },
}


FAULT = "A fault of the program. Please report it; its log says more."


def problem_content(status: int, detail: str) -> dict[str, str | int]:
    """Return a problem's members."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return a problem as a response; `detail` is a sentence that says what was wrong and what to do."""
    content = problem_content(status, detail)
    fixed = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return JSONResponse(content, status, {**fixed, **(headers or {})}, "application/problem+json")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route's description says of the problems it may answer with."""
    shape = {"application/problem+json": {"schema": _SCHEMA}}
    return {status: {"description": HTTPStatus(status).phrase, "content": shape} for status in sorted(statuses)}


def _told(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return a problem as a page where a browser asks for one, else as problem details; of data always the latter."""
    if request.url.path.startswith(_DATA) or not wants_page(request.headers.get("accept"), _PROBLEM):
        return problem(status, detail, headers)
    reader = reader_of(request)
    known = f"problem.{status if reader.words.has(f'problem.{status}') else 400 if status < _FAULTS else 503}"
    page = render("problem.html", reader, title=reader.words(known), detail=detail)
    fixed = {**reader.headers(None), "Content-Security-Policy": POLICY}
    return Response(page, status, {**fixed, **(headers or {})}, "text/html; charset=utf-8")


def status_of(error: HankeverkkoError) -> HTTPStatus:
    """Return the status of an error: its own class's, or that of the nearest class above."""
    return next(
        (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Let an application answer every error with a problem."""
    app.add_exception_handler(HankeverkkoError, _ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, HankeverkkoError):
        return await _fault(request, error)
    status = status_of(error)
    retry = {"Retry-After": str(RETRY_SECONDS)} if status is HTTPStatus.SERVICE_UNAVAILABLE else None
    return _told(request, status, _public_sentence(request, error), retry)


def _public_sentence(request: Request, error: HankeverkkoError) -> str:
    """Return what the public is told: nothing of the machine, such as the paths of its files."""
    if isinstance(error, DataError | CannotRunError) and not isinstance(error, BusyError | LimitError):
        LOGGER.error("%s", error, extra={"details": {"event": type(error).__name__, "sentence": str(error)}})
        return "The server cannot do this now. Try again later; its log tells whoever runs it why."
    return str(error).replace(f" at {request.app.state.settings.store}", "")


async def _of_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return await _fault(request, error)
    headers, detail = dict(error.headers or {}), str(error.detail)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and detail == HTTPStatus.METHOD_NOT_ALLOWED.phrase:
        detail = f"{request.method} is not possible here. Use {headers.get('Allow', headers.get('allow', 'GET'))}."
    elif error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = "There is nothing at this address. SPARQL is at /sparql, the API under /api, its description at /openapi.json."
    elif detail == _UNREADABLE:
        detail = "The body cannot be read as JSON. Send JSON in UTF-8, and nest it less deep."
    return _told(request, error.status_code, detail, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        return await _fault(request, error)
    # The values themselves are not echoed.
    found = [f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()]
    return _told(request, HTTPStatus.UNPROCESSABLE_ENTITY, f"The request does not fit: {'; '.join(found)}.")


async def _fault(_request: Request, _error: Exception) -> JSONResponse:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAULT)
