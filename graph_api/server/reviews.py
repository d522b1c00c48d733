"""Reviews over HTTP: what awaits judgement, each claim with its sentence, and judging; for reviewers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graph_api.server.access import Holder, require
from graph_api.server.auditing import auditing
from graph_api.server.dependencies import WriterOf
from graph_api.server.problems import documented
from graph_api.tokens import Role

router = APIRouter(prefix="/api", tags=["curation"])
Reviewer = Annotated[Holder, require(Role.REVIEWER)]
ClaimId = Annotated[str, Field(pattern=r"^[0-9a-f]{10}$", examples=["64352cc057"])]


class Draft(BaseModel):
    """A claim with the sentence it rests on; addresses and numbers of people in it are covered."""

    id: ClaimId
    document: str = Field(examples=["liaani"])
    kind: str = Field(examples=["method"])
    value: str = Field(examples=["palvelumuotoilu"])
    role: str = Field(description="Of an organisation its role, of a person the organisation.", examples=[""])
    confidence: float = Field(ge=0, le=1, examples=[0.8])
    standing: str = Field(examples=["inferred"])
    rule: str = Field(examples=["prose"])
    quote: str = Field(examples=["Palvelumuotoilun työpajoissa"])
    start: int = Field(description="Where the quote begins in the document's text, in code points.", examples=[812])
    end: int = Field(examples=[840])
    sentence: str = Field(examples=["Palvelumuotoilun työpajoissa nuoret suunnittelevat ohjauksen."])


class Drafts(BaseModel):
    """Claims, and how many there are beside."""

    total: int = Field(examples=[137])
    claims: list[Draft]


class Verdict(BaseModel):
    """What a reviewer says of a claim."""

    model_config = ConfigDict(extra="forbid")

    claim: ClaimId
    verdict: Literal["accepted", "rejected", "withdrawn"] = Field(
        description="Withdrawn takes an earlier review back.", examples=["rejected"]
    )
    why: str = Field(default="", max_length=500, examples=["a product, not a method"])


class Verdicts(BaseModel):
    """Verdicts that are written down together, all or none."""

    model_config = ConfigDict(extra="forbid")

    reviews: list[Verdict] = Field(min_length=1, max_length=100)


class Written(BaseModel):
    """What became of verdicts."""

    written: int = Field(examples=[1])
    in_force: bool = Field(description="Whether the graph has followed; if not, it follows with the next change.")
    statements: int | None = Field(default=None, description="In the graph now.", examples=[48148])


@router.get("/reviews", summary="What awaits judgement", responses=documented(400, 401, 403, 404, 422, 429, 503, 504))
async def get_reviews(
    writer: WriterOf,
    response: Response,
    _holder: Reviewer,
    document: Annotated[str | None, Query(max_length=200, description="The name of one document.")] = None,
    below: Annotated[float, Query(ge=0, le=1, description="Only claims of this confidence or less.")] = 1.0,
    everything: Annotated[
        bool, Query(alias="all", description="Also what a label says and what was reviewed.")
    ] = False,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 50,
) -> Drafts:
    """Return drafts, the least certain first; of one document in the order of its text."""
    response.headers["Cache-Control"] = "no-store"
    found = await writer.drafts(document, below=below, everything=everything, limit=limit)
    return Drafts.model_validate(found)


@router.post(
    "/reviews",
    summary="Judge claims",
    responses={
        202: {"description": "Written down; the graph follows with the next change.", "model": Written},
        **documented(400, 401, 403, 404, 408, 413, 415, 422, 429, 503, 504),
    },
)
async def post_reviews(
    request: Request, writer: WriterOf, response: Response, holder: Reviewer, verdicts: Verdicts
) -> Written:
    """Write verdicts into the journal of reviews, and let the graph follow: what is rejected leaves it and stays away."""
    said = [verdict.model_dump() for verdict in verdicts.reviews]
    about = {verdict: [item["claim"] for item in said if item["verdict"] == verdict] for verdict in
             sorted({item["verdict"] for item in said})}  # fmt: skip
    async with auditing(request, holder, "review", **about) as outcome:
        told = await writer.judge(said, holder.name)
        outcome["in_force"] = told["in_force"]
    response.headers["Cache-Control"] = "no-store"
    if not told["in_force"]:
        response.status_code = HTTPStatus.ACCEPTED
    return Written.model_validate(told)
