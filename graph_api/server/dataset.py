"""The data set as a whole: VoID and DCAT, what robots may read, and the map of the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import Annotated
from xml.sax.saxutils import escape

import pyoxigraph as ox
from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from graph_api.search.kinds import page_path
from graph_api.server.caching import cache_headers, entity_tag, has_tag
from graph_api.server.exports import GRAPH_FORMS
from graph_api.server.linked_data import FORMS, forms_of, html
from graph_api.server.negotiation import Offer, negotiate
from graph_api.server.pages.reader import Reader, reader_of
from graph_api.server.pages.render import LISTS, render
from graph_api.server.read_model import ReadModel
from graph_api.server.reads import ReadModelOf, base_of, problems
from graph_api.sparql.engine import PREFIXES, RDF_FORMATS
from graph_api.store import current
from loaders.errors import FormatError, NotFoundError
from loaders.iris import BASE, DCTERMS, FOAF, HV, RDF, XSD

VOID, DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
_HTML = Offer("text/html", "html")
_CLASSES = {
    "organisation": "Organisation",
    "initiative": "Initiative",
    "pilot": "Pilot",
    "method": "Method",
    "place": "Place",
    "person": "Person",
    "document": "Document",
    "participation": "Participation",
    "funding": "Funding",
}
_A_MAP = 10_000
_RDF: dict[str, dict[str, str]] = {offer.media_type: {} for offer in FORMS.values()}
_NODE = ox.NamedNode

router = APIRouter(tags=["Data set"], responses=problems())


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of the data set: counts by kind, the period that initiatives cover, version and time."""

    counts: dict[str, int]
    evidence: int
    statements: int
    first: str | None
    last: str | None
    generation: str
    changed: datetime


async def describe(model: ReadModel) -> Description:
    """Return the description of the generation in force."""
    index = await model.index()
    generation = current(model.store)
    counts, evidence, first, last = await model.ask(_counted, index)
    manifest = generation.folder / "manifest.json"
    changed = datetime.fromtimestamp(manifest.stat().st_mtime, UTC).replace(microsecond=0)
    statements = int(generation.manifest().get("quads", 0))
    return Description(counts, evidence, statements, first, last, index.generation, changed)


def _counted(connection: sqlite3.Connection) -> tuple[dict[str, int], int, str | None, str | None]:
    counts = {
        row[0]: row[1] for row in connection.execute("SELECT kind, count(*) FROM entity WHERE named GROUP BY kind")
    }
    evidence = connection.execute("SELECT count(*) FROM evidence").fetchone()[0]
    period = connection.execute("SELECT min(started), max(ended) FROM entity WHERE kind = 'initiative'").fetchone()
    return counts, evidence, period[0], period[1]


@router.get(
    "/dataset",
    response_class=Response,
    summary="The data set: VoID and DCAT, or a page",
    responses={200: {"description": "RDF or a page", "content": {"text/html": {}, **_RDF}}},
)
async def dataset(request: Request, model: ReadModelOf) -> Response:
    """Describe the data set: what is in it, what period it covers, its version, and how to get it."""
    return await _described(request, model, (_HTML, *FORMS.values()))


@router.get(
    "/.well-known/void",
    response_class=Response,
    summary="The data set: VoID and DCAT",
    responses={200: {"description": "RDF", "content": _RDF}},
)
async def void(request: Request, model: ReadModelOf) -> Response:
    """Describe the data set as RDF (RFC 5785 and VoID, section 7.2)."""
    return await _described(request, model, tuple(FORMS.values()))


@router.get(
    "/dataset.{ending}",
    response_class=Response,
    summary="The data set: VoID and DCAT",
    responses={200: {"description": "RDF", "content": _RDF}, **problems(404)},
)
async def dataset_as(
    request: Request,
    model: ReadModelOf,
    ending: Annotated[str, Path(max_length=10, description="The form: ttl, jsonld, rdf or nt.")],
) -> Response:
    """Describe the data set in the form of the ending: ttl, jsonld, rdf or nt."""
    if ending not in FORMS:
        raise NotFoundError(f"The description is there as {', '.join(f'/dataset.{known}' for known in FORMS)}.")
    return await _described(request, model, (FORMS[ending],), forced=True)


async def _described(
    request: Request, model: ReadModel, offers: tuple[Offer, ...], *, forced: bool = False
) -> Response:
    offer = offers[0] if forced else negotiate(request.headers.get("accept"), offers)
    if offer is None:
        raise FormatError(f"Ask for one of {', '.join(offer.media_type for offer in offers)}.")
    base = base_of(request)
    described = await describe(model)
    reader = reader_of(request)
    shown = (reader.language, reader.chosen) if offer == _HTML else ()
    tag = entity_tag(described.generation, "dataset", offer.form, base, *shown)
    if offer == _HTML:
        page = render("dataset.html", reader, rows=_rows(described, reader), forms=forms_of("/dataset"))
        return html(request, page, reader.headers(tag))
    if has_tag(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=cache_headers(tag))
    prefixes = {**PREFIXES, "void": VOID, "dcat": DCAT} if offer.form in {"turtle", "rdfxml"} else None
    said = sorted(triples(described, base), key=lambda triple: str(triple.subject))  # so that Turtle names each once
    content = ox.serialize(said, format=RDF_FORMATS[offer.form], prefixes=prefixes)
    return Response(content, HTTPStatus.OK, {**cache_headers(tag), "Content-Type": offer.content_type})


def triples(described: Description, base: str) -> Iterator[ox.Triple]:
    """Yield the description as VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/)."""
    ours = _NODE(f"{base}/dataset#it")

    def say(predicate: str, value: ox.NamedNode | ox.Literal, of: ox.NamedNode = ours) -> ox.Triple:
        return ox.Triple(of, _NODE(predicate), value)

    yield from (say(RDF + "type", _NODE(kind)) for kind in (VOID + "Dataset", DCAT + "Dataset"))
    yield say(DCTERMS + "title", ox.Literal("Hankeverkko", language="fi"))
    about = "Who develops what, with whom, with whose money, and in which sentence it says so."
    yield say(DCTERMS + "description", ox.Literal(about, language="en"))
    yield say(DCTERMS + "modified", ox.Literal(described.changed.isoformat(), datatype=_NODE(XSD + "dateTime")))
    yield say(DCAT + "version", ox.Literal(described.generation))
    yield say(FOAF + "homepage", _NODE(f"{base}/dataset"))
    yield say(VOID + "sparqlEndpoint", _NODE(f"{base}/sparql"))
    yield say(VOID + "uriSpace", ox.Literal(BASE))
    yield say(VOID + "vocabulary", _NODE(HV))
    yield say(VOID + "triples", ox.Literal(described.statements))
    yield say(VOID + "entities", ox.Literal(sum(described.counts.values()) + described.evidence))
    counts = {**described.counts, "evidence": described.evidence}
    for kind, name in {**_CLASSES, "evidence": "Evidence"}.items():
        part = _NODE(f"{base}/dataset#{kind}")
        yield say(VOID + "classPartition", part)
        yield say(VOID + "class", _NODE(HV + name), part)
        yield say(VOID + "entities", ox.Literal(counts.get(kind, 0)), part)
    yield from _coverage(described, base, ours)
    for ending, offer in GRAPH_FORMS.items():
        export, address = _NODE(f"{base}/dataset#{ending}"), _NODE(f"{base}/api/exports/graph.{ending}")
        yield say(VOID + "dataDump", address)
        yield say(DCAT + "distribution", export)
        yield say(RDF + "type", _NODE(DCAT + "Distribution"), export)
        yield say(DCAT + "downloadURL", address, export)
        media = _NODE(f"https://www.iana.org/assignments/media-types/{offer.media_type}")
        yield say(DCAT + "mediaType", media, export)


def _coverage(described: Description, base: str, ours: ox.NamedNode) -> Iterator[ox.Triple]:
    yield ox.Triple(ours, _NODE(DCTERMS + "spatial"), _NODE(BASE + "place/maa-fi"))
    if described.first is None and described.last is None:
        return
    period = _NODE(f"{base}/dataset#period")
    yield ox.Triple(ours, _NODE(DCTERMS + "temporal"), period)
    yield ox.Triple(period, _NODE(RDF + "type"), _NODE(DCTERMS + "PeriodOfTime"))
    for name, day in (("startDate", described.first), ("endDate", described.last)):
        if day is not None:
            datatype = _NODE(XSD + {4: "gYear", 7: "gYearMonth"}.get(len(day), "date"))
            yield ox.Triple(period, _NODE(DCAT + name), ox.Literal(day, datatype=datatype))


def _rows(described: Description, reader: Reader) -> list[dict[str, str | None]]:
    words = reader.words
    rows: list[dict[str, str | None]] = [
        {"label": words(name), "text": words.write(described.counts[name[:-1]]), "path": reader.link(f"/{name}")}
        for name in LISTS
        if name[:-1] in described.counts
    ]
    rows.append({"label": words("evidence.count"), "text": words.write(described.evidence), "path": None})
    rows.append({"label": words("statements"), "text": words.write(described.statements), "path": None})
    if described.first or described.last:
        period = f"{reader.date(described.first or '')} – {reader.date(described.last or '')}"
        rows.append({"label": words("period"), "text": period, "path": None})
    rows.append({"label": words("updated"), "text": reader.date(described.changed.isoformat()), "path": None})
    rows.append({"label": words("software"), "text": f"hankeverkko {version('hankeverkko')}", "path": None})
    return rows


@router.get("/robots.txt", include_in_schema=False)
async def robots(request: Request) -> Response:
    """Say what robots may read: the pages, by their map; nothing that is computed for whoever asks."""
    lines = ["User-agent: *", "Disallow: /sparql", "Disallow: /api/", "Disallow: /rdf-graphs/"]
    lines += [f"Disallow: /{name}" for name in ("search", "partners", "network", "map", "report")]
    lines.append(f"Sitemap: {base_of(request)}/sitemap.xml")
    return Response("\n".join(lines) + "\n", HTTPStatus.OK, {"Cache-Control": "no-cache"}, "text/plain; charset=utf-8")


@router.get("/sitemap.xml", include_in_schema=False)
async def sitemap(request: Request, model: ReadModelOf) -> Response:
    """List the maps of the pages (https://www.sitemaps.org/protocol.html)."""
    index = await model.index()
    total = await model.ask(lambda c: int(c.execute(f"SELECT count(*) {_MAPPED}").fetchone()[0]), index)
    base = base_of(request)
    maps = [f"{base}/sitemap-{number}.xml" for number in range(max(1, -(-total // _A_MAP)))]
    return _xml("sitemapindex", "sitemap", maps, index.generation)


@router.get("/sitemap-{number}.xml", include_in_schema=False)
async def sitemap_part(request: Request, model: ReadModelOf, number: Annotated[int, Path(ge=0, le=10**6)]) -> Response:
    """List ten thousand pages; people have none in it."""
    index = await model.index()
    query = f"SELECT iri {_MAPPED} ORDER BY id LIMIT ? OFFSET ?"
    rows = await model.ask(lambda c: c.execute(query, (_A_MAP, number * _A_MAP)).fetchall(), index)
    base = base_of(request)
    return _xml("urlset", "url", [base + (page_path(row["iri"]) or "") for row in rows], index.generation)


_MAPPED = "FROM entity WHERE named AND kind IN ('organisation', 'initiative', 'pilot', 'method', 'place', 'document')"


def _xml(root: str, item: str, addresses: list[str], generation: str) -> Response:
    listed = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>\n" for address in addresses)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</{root}>\n'
    )
    headers = cache_headers(entity_tag(generation, root, *addresses))
    return Response(content, HTTPStatus.OK, headers, "application/xml")
