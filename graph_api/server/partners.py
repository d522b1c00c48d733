"""Partners over HTTP: /api/partners, /api/partners/path, /api/methods/{method}/tried.

Answers come from the collaboration index, in threads, so that other requests go on. The index of a generation is
opened once, by the first request that needs it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as PathParameter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from graph_api.partners.desk import Desk, open_desk
from graph_api.partners.question import Criteria, Question
from graph_api.search.covering import Cover
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.dependencies import SettingsOf
from graph_api.server.reads import problems
from graph_api.store import change_mark, current
from loaders.errors import NotFoundError, UsageError

router = APIRouter(prefix="/api", tags=["Partners"], responses=problems(404, 414))
AnswerLanguage = Annotated[
    Literal["fi", "sv", "en"], Query(description="The language of the answer: its words, and names.")
]
Fold = Annotated[bool, Query(description="Count a unit's work as its owner's.")]


class Evidence(BaseModel):
    """A piece of evidence: the quotation, the document it stands in, how certain it is and how it came to be."""

    iri: str
    quote: str = Field(examples=["Osatoteuttajina toimivat Lapin yliopisto ja Tornion kaupunki."])
    document: str
    document_iri: str
    confidence: float = Field(ge=0, le=1, examples=[0.94])
    standing: str = Field(examples=["inferred"])


class Initiative(BaseModel):
    """An initiative; years are absent where unknown."""

    iri: str
    title: str = Field(examples=["Kierto 10"])
    kind: str = Field(examples=["project"])
    start: int | None = None
    end: int | None = None


class Proof(BaseModel):
    """What a reason stands on."""

    what: str = Field(examples=["Lapin yliopisto on mukana (rooli: hakija)"])
    initiative: Initiative | None = None
    evidence: Evidence | None = None


class Organisation(BaseModel):
    """An organisation; what is not known is empty."""

    iri: str
    name: str = Field(examples=["Lapin yliopisto"])
    type: str = Field(examples=["yliopisto"])
    place: str
    region: str = Field(examples=["Lappi"])


class Reason(BaseModel):
    """Why an organisation is suggested, and what that adds to its score."""

    kind: str = Field(examples=["shared method"])
    text: str = Field(examples=["On käyttänyt menetelmää Lean, jota olette itsekin käyttäneet (2 hanketta)."])
    points: float
    evidence: list[Proof]


class Ranked(Organisation):
    """An organisation with its score."""

    score: float = Field(ge=0, le=1)


class Suggestion(Ranked):
    """An organisation as a partner, with reasons and with what is uncertain, and who stands in the same place.

    `same_body` are its units and owner that meet the criteria too, `same_reasons` others whom the same reasons speak for.
    """

    rank: int
    newcomer: bool
    reasons: list[Reason]
    cautions: list[str] = Field(examples=[["Ohut näyttö: siltä tunnetaan vain yksi hanke."]])
    same_body: list[Ranked]
    same_reasons: list[Ranked]


class Suggestions(BaseModel):
    """A ranked list of partners; `notes` say what of the question nothing is known about."""

    partners: list[Suggestion]
    notes: list[str] = Field(examples=[["Aiheesta ei tunneta työtä: minkään hankkeen nimessä ei esiinny ”asdf”."]])


class Step(BaseModel):
    """One step of an introduction; contacts are roles by organisation, never names."""

    start: Organisation = Field(alias="from")
    to: Organisation
    initiative: Initiative
    participants: int
    strength: float
    evidence: list[Proof]
    contacts: dict[str, list[str]]


class Introduction(BaseModel):
    """A chain of organisations, the first step first."""

    steps: list[Step]


class Trial(Initiative):
    """Who tried a method, where, and how it ended; `through` is the project of a pilot that used the method."""

    method: str
    through: Initiative | None
    implementers: list[Organisation]
    places: list[str]
    status: str
    outcome: str = Field(examples=["pilotti päättyi syksyllä 2019"])
    outcome_evidence: str
    evidence: list[Proof]


class Trials(BaseModel):
    """The initiatives and pilots that used a method, the latest first."""

    trials: list[Trial]


class Desks:
    """Keeps the desks of the generation in force: one for each language of answers, with units folded or not."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._mark: tuple[int, int] | None = None
        self._desks: dict[tuple[str, bool], Desk] = {}
        self._cover: Cover | None = None

    def open(self, language: str, *, fold_units: bool) -> Desk:
        """Return the desk of the generation in force; whoever comes first opens it, the others wait."""
        with self._lock:
            mark = change_mark(self.store)
            if mark != self._mark:
                self._desks, self._mark, self._cover = {}, mark, None
            key = (language, fold_units)
            if key not in self._desks:
                self._desks[key] = open_desk(self.store, language=language, fold_units=fold_units)
            return self._desks[key]

    def covered(self, desk: Desk, content: dict[str, Any]) -> dict[str, Any]:
        """Return an answer with the names of people covered in what it quotes."""
        with self._lock:
            cover = self._cover = self._cover or Cover(desk.store)
        return {name: _covered(value, cover) for name, value in content.items()}


def _covered(value: Any, cover: Cover) -> Any:
    if isinstance(value, list):
        return [_covered(each, cover) for each in value]
    if not isinstance(value, dict):
        return value
    found = {name: _covered(each, cover) for name, each in value.items()}
    if isinstance(found.get("quote"), str):
        found["quote"] = cover.text(found["quote"], str(found.get("document_iri", "")).rpartition("/")[2])
    if isinstance(found.get("outcome"), str):
        found["outcome"] = cover.text(found["outcome"])
    return found


_DESKS = threading.Lock()


def desks_of(request: Request, store: Path) -> Desks:
    """Return the desks of the application, made by whoever asks first."""
    with _DESKS:
        if not hasattr(request.app.state, "desks"):
            request.app.state.desks = Desks(store)
        found: Desks = request.app.state.desks
        return found


async def _answer(
    request: Request, settings: SettingsOf, language: str, ask: Callable[[Desk], dict[str, Any]], *, fold_units: bool
) -> Response:
    tag = entity_tag(current(settings.store).folder.name, request.url.path, request.url.query)
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    desks = desks_of(request, settings.store)

    def work() -> dict[str, Any]:
        desk = desks.open(language, fold_units=fold_units)
        return desks.covered(desk, ask(desk))

    return JSONResponse(await run_in_threadpool(work), headers=cache_headers(tag))


@router.get("/partners", summary="Find partners, with reasons", response_model=Suggestions)
async def find_partners(  # noqa: PLR0913 (each is a criterion of its own)
    request: Request,
    settings: SettingsOf,
    organisation: Annotated[str, Query(alias="for", description="Who asks: name, id or IRI.")] = "",
    text: Annotated[str, Query(max_length=4_000, description="A planned project in words.")] = "",
    place: Annotated[list[str] | None, Query(description="It is in one of these, or inside one.")] = None,
    kind: Annotated[list[str] | None, Query(alias="type", description="Notations of organisation types.")] = None,
    method: Annotated[list[str] | None, Query(description="It has used one of these, or a narrower one.")] = None,
    theme: Annotated[str, Query(max_length=1000, description="Words of a theme.")] = "",
    role: Annotated[str, Query(description="What it has been: lead, partner or pilot.")] = "",
    first: Annotated[int | None, Query(alias="from", description="The first year of its work.")] = None,
    last: Annotated[int | None, Query(alias="to", description="The last year of its work.")] = None,
    work_language: Annotated[str, Query(description="A language of its work: fi, sv, en.")] = "",
    met: Annotated[bool, Query(description="Also whom it has worked with already.")] = False,
    programmes: Annotated[bool, Query(description="Also programme bodies, and names of initiatives.")] = False,
    each: Annotated[
        bool, Query(description="A place for each: also for units, and for those whom the same reasons speak for.")
    ] = False,
    limit: Annotated[int, Query(ge=1, le=100, description="How many partners.")] = 10,
    fold_units: Fold = False,
    language: AnswerLanguage = "fi",
) -> Response:
    """Rank organisations as partners, each with its reasons, their evidence, and what is uncertain."""
    if not any((organisation, text, place, kind, method, theme, role, first, last, work_language)):
        raise UsageError("Nothing is asked for. Give for, text, place, type, method or theme.")

    def ask(desk: Desk) -> dict[str, Any]:
        criteria = Criteria(
            places=tuple(desk.position("place", each) for each in place or ()),
            types=tuple(kind or ()),
            methods=tuple(desk.position("method", each) for each in method or ()),
            theme=theme,
            role=role,
            period=(first, last),
            language=work_language,
            unmet=not met,
            programmes=programmes,
        )
        who = desk.position("organisation", organisation) if organisation else None
        question = Question(who, text, criteria, gathered=not each)
        return {"partners": desk.partners(question, limit), "notes": desk.notes(question)}

    return await _answer(request, settings, language, ask, fold_units=fold_units)


@router.get("/partners/path", summary="A chain of introductions", response_model=Introduction)
async def find_path(  # noqa: PLR0913 (each is a parameter of its own)
    request: Request,
    settings: SettingsOf,
    start: Annotated[str, Query(alias="from", description="Who wants to be introduced.")],
    end: Annotated[str, Query(alias="to", description="To whom.")],
    way: Annotated[Literal["shortest", "strongest"], Query(description="Fewest steps, or the surest.")] = "shortest",
    avoid_hubs: Annotated[bool, Query(description="Not through those that know over 100 others.")] = False,
    fold_units: Fold = False,
    language: AnswerLanguage = "fi",
) -> Response:
    """Return the chain of organisations between two, with initiative, evidence and contacts' roles of each step."""

    def ask(desk: Desk) -> dict[str, Any]:
        ends = [desk.position("organisation", each) for each in (start, end)]
        steps = desk.path(*ends, way=way, avoid_hubs=avoid_hubs)
        if steps is None:
            raise NotFoundError("No chain of shared initiatives leads from the one to the other.")
        return {"steps": steps}

    return await _answer(request, settings, language, ask, fold_units=fold_units)


@router.get("/methods/{method}/tried", summary="Who tried a method, and how it ended", response_model=Trials)
async def who_tried(
    request: Request,
    settings: SettingsOf,
    method: Annotated[str, PathParameter(description="The method: name, id or IRI.")],
    fold_units: Fold = False,
    language: AnswerLanguage = "fi",
) -> Response:
    """Return the initiatives and pilots that used a method or a narrower one, the latest first."""

    def ask(desk: Desk) -> dict[str, Any]:
        return {"trials": desk.tried(desk.position("method", method))}

    return await _answer(request, settings, language, ask, fold_units=fold_units)
