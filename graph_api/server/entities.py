"""The entities of the graph over HTTP: lists with filters and facets, records with their evidence, and search."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from graph_api.search.entities import SEARCHED
from graph_api.search.evidence_list import EvidenceFilters, read_evidence_list
from graph_api.search.kinds import COLLECTIONS, Collection
from graph_api.search.listing import Filters, Sort, read_list
from graph_api.search.records import kept_record, read_evidence_record, read_record
from graph_api.server.reads import ReadModelOf, answer_list, answer_look_up, problems
from graph_api.server.shapes import EntityList, EvidenceList, EvidenceRecord, Record, Standing
from loaders.iris import BASE

_LONGEST = 500
_DAY = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_PLAIN = r"^[^\x00-\x1f\x7f]+$"
_KEY = "What stands in the entity's IRI after the kind."

router = APIRouter(tags=["Entities"], responses=problems())

Text = Annotated[str, Field(min_length=1, max_length=_LONGEST, pattern=_PLAIN)]
Named = Annotated[Text | None, Field(description="An IRI, or what stands in it after the kind.")]
Day = Annotated[str | None, Field(pattern=_DAY, description="A year, month or day.", examples=["2016", "2016-05"])]
Certainty = Annotated[float, Field(ge=0, le=1, description="Leave out what is less certain than this.")]
Limit = Annotated[int, Field(ge=1, le=100, description="How many on a page.")]
Cursor = Annotated[str | None, Field(max_length=2000, pattern=r"^[A-Za-z0-9_-]+$", description="Where to go on.")]


class Page(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 20
    cursor: Cursor = None


class Narrowed(Page):
    """What a list of entities can be narrowed to."""

    q: Annotated[str | None, Field(max_length=400, description="Words, or parts of words.", examples=["kunta"])] = None
    type: Annotated[Text | None, Field(description="Kind of organisation, initiative or place: `municipality`.")] = None
    place: Named = None
    region: Named = None
    method: Named = None
    funder: Named = None
    organisation: Named = None
    initiative: Named = None
    since: Day = None
    until: Day = None
    min_confidence: Certainty = 0.0
    everything: Annotated[bool, Field(description="Also what no document names.")] = False
    facets: Annotated[bool, Field(description="Count the values of the facets.")] = True
    sort: Annotated[Sort | None, Field(description="By relevance with q, by name without.")] = None

    def filters(self, kinds: tuple[str, ...], *, funders: bool = False) -> Filters:
        """Return the filters."""
        given = self.model_dump(exclude={"limit", "cursor", "facets", "sort", "kind"})
        return Filters(kinds, funders=funders, **given)


class Found(Narrowed):
    """What a search can be narrowed to."""

    q: Annotated[str, Field(min_length=1, max_length=400, description="Words, or parts.", examples=["turvapalvelu"])]
    kind: Annotated[
        list[Literal["organisation", "initiative", "pilot", "method", "place", "person", "document"]] | None,
        Field(description="Of which kinds; of all without it.", max_length=7),
    ] = None
    everything: Annotated[bool, Field(description="Also what no document names.")] = True


class OfEvidence(Page):
    """What the list of the evidence can be narrowed to."""

    document: Named = None
    entity: Annotated[Text | None, Field(description="What it speaks of: an IRI, or `organisation/kunta-425`.")] = None
    standing: Annotated[Standing | None, Field(description="How it was come by.")] = None
    rule: Annotated[
        Text | None, Field(description="What found it; the version may be left out.", examples=["project-code"])
    ] = None
    min_confidence: Certainty = 0.0


@router.get("/api/search", response_model=EntityList, summary="Search over everything that has a name")
async def search(request: Request, model: ReadModelOf, asked: Annotated[Found, Query()]) -> Response:
    """Find entities by words, parts of words, and their inflected forms: "Limingan" finds "Liminka"."""
    kinds = tuple(dict.fromkeys(asked.kind)) if asked.kind else SEARCHED
    return await _list(request, model, asked, kinds)


async def _list(
    request: Request, model: ReadModelOf, asked: Narrowed, kinds: tuple[str, ...], *, funders: bool = False
) -> Response:
    work = partial(
        read_list,
        filters=asked.filters(kinds, funders=funders),
        sort=asked.sort,
        limit=asked.limit,
        cursor=asked.cursor,
        facets=asked.facets,
    )
    return await answer_list(request, model, work)


@router.get("/api/evidence", response_model=EvidenceList, summary="The sentences and rows behind the facts")
async def list_evidence(request: Request, model: ReadModelOf, asked: Annotated[OfEvidence, Query()]) -> Response:
    """List evidence with the facts that rest on it; names of people are covered."""
    filters = EvidenceFilters(**asked.model_dump(exclude={"limit", "cursor"}))
    work = partial(read_evidence_list, filters=filters, limit=asked.limit, cursor=asked.cursor)
    return await answer_list(request, model, work)


@router.get(
    "/api/evidence/{key}", response_model=EvidenceRecord, responses=problems(404), summary="A piece of evidence"
)
async def get_evidence(request: Request, model: ReadModelOf, key: Annotated[str, Path(description=_KEY)]) -> Response:
    """Return a piece of evidence with the facts that rest on it."""
    return await answer_look_up(request, model, partial(read_evidence_record, iri=f"{BASE}evidence/{key}"))


class ByIri(BaseModel):
    """An entity, by its IRI."""

    model_config = ConfigDict(extra="forbid")

    iri: Annotated[str, Field(max_length=2000, description="Its IRI.", examples=[f"{BASE}organisation/kunta-425"])]
    min_confidence: Certainty = 0.0


@router.get("/api/entity", response_model=Record, responses=problems(404), summary="An entity by its IRI")
async def get_entity(request: Request, model: ReadModelOf, asked: Annotated[ByIri, Query()]) -> Response:
    """Return all that is told of an entity of any kind."""
    work = partial(read_record, iri=asked.iri, minimum=asked.min_confidence)
    return await answer_look_up(request, model, work)


class Certain(BaseModel):
    """How certain what is told has to be."""

    model_config = ConfigDict(extra="forbid")

    min_confidence: Certainty = 0.0


def _add(collection: Collection) -> None:
    """Add the list and the records of a collection to the router."""

    async def list_entities(request: Request, model: ReadModelOf, asked: Annotated[Narrowed, Query()]) -> Response:
        return await _list(request, model, asked, (collection.kind,), funders=collection.funders_only)

    async def get_record(
        request: Request,
        model: ReadModelOf,
        key: Annotated[str, Path(description=_KEY, max_length=_LONGEST)],
        asked: Annotated[Certain, Query()],
    ) -> Response:
        def work(connection: sqlite3.Connection) -> object | None:
            iri = f"{BASE}{collection.folder}/{key}"
            found = kept_record(connection, iri, collection.kind, funder=collection.funders_only)
            if found is None or asked.min_confidence == 0:
                return found
            return read_record(connection, iri, asked.min_confidence)

        return await answer_look_up(request, model, work)

    name = collection.name
    router.add_api_route(
        f"/api/{name}",
        list_entities,
        response_model=EntityList,
        summary=f"List of {name}",
        description="A page of the list, narrowed by filters, with the counts of its facets.",
        operation_id=f"list_{name}",
    )
    router.add_api_route(
        f"/api/{name}/{{key}}",
        get_record,
        response_model=Record,
        responses=problems(404),
        summary=f"All that is told of one of the {name}",
        description="Names, facts with standing, certainty and evidence, links, participations and fundings.",
        operation_id=f"get_{name}",
    )


for _collection in COLLECTIONS.values():
    _add(_collection)
