"""Pages on who works with whom: /partners (a form and the ranked list), /network (ties), /map and /report."""

from __future__ import annotations

import asyncio
import html as markup
import json
import re
import sqlite3
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from networkx import ego_graph, isolates
from starlette.responses import Response

from graph_api.collaboration.stored import index_of
from graph_api.maps.graph import map_graph
from graph_api.networks.source import material_of
from graph_api.networks.views import project
from graph_api.partners.question import Criteria, Question
from graph_api.search.folding import fold
from graph_api.search.listing import Filters, read_list
from graph_api.server.caching import cache_headers, entity_tag
from graph_api.server.dependencies import SettingsOf
from graph_api.server.front import answer
from graph_api.server.network_answers import NetworkQuery
from graph_api.server.networks import NetworksOf
from graph_api.server.pages.naming import in_language
from graph_api.server.pages.reader import Reader, reader_of
from graph_api.server.pages.render import render
from graph_api.server.partners import desks_of
from graph_api.server.problems import status_of
from graph_api.server.read_model import ReadModel
from graph_api.server.reads import ReadModelOf
from graph_api.settings import Settings
from loaders.errors import BusyError, NotFoundError, UsageError
from loaders.iris import BASE

router = APIRouter(include_in_schema=False)
_SUGGESTED, _TIES, _ON_A_MAP, _SUGGESTIONS = 200, 100, 2000, 10
_FIELDS = ("for", "place", "type", "method", "theme", "met")
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_MOST_WAITING = 8
_TURNS: set[object] = set()
_ONE = asyncio.Semaphore(1)
Text = Annotated[str, Query(max_length=500)]


@router.get("/partners", response_class=Response)
async def partners(request: Request, settings: SettingsOf, model: ReadModelOf) -> Response:
    """Show a form, and who answers to it: ranked, with the reasons and the sentences behind them."""
    reader, index = reader_of(request), await model.index()
    given = dict.fromkeys(_FIELDS, "") | {name: value[:1000] for name, value in reader.query if name in _FIELDS}
    choices = await _choices(model, reader)
    shown = dict(given)
    for field, kind in (("for", "organisation"), ("place", "place"), ("method", "method")):
        shown[field], iri = await _entity(model, reader, kind, given[field])
        # A key, or a name in another language, is given on as an IRI; the name as shown is left to the desk, which knows
        # where it means several things.
        given[field] = (
            iri if shown[field] != given[field] and fold(shown[field]) != fold(given[field]) else given[field]
        )
    found, problem, status = None, "", HTTPStatus.OK
    if any(given[name] for name in _FIELDS if name != "met"):
        try:
            found = await run_in_threadpool(_suggestions, request, settings, reader.language, given)
        except NotFoundError as error:  # a proper question, to which nobody is the answer
            problem = str(error)
        except UsageError as error:
            problem, status = str(error), status_of(error)
    content = render("partners.html", reader, given=shown, answer=found, problem=problem, **choices)
    page = answer(request, reader, index.generation, content)
    page.status_code = status if problem else page.status_code
    return page


def _suggestions(request: Request, settings: Settings, language: str, given: dict[str, str]) -> dict[str, Any]:
    desks = desks_of(request, settings.store)
    desk = desks.open(language, fold_units=False)
    criteria = Criteria(
        places=(desk.position("place", given["place"]),) if given["place"] else (),
        types=(given["type"],) if given["type"] else (),
        methods=(desk.position("method", given["method"]),) if given["method"] else (),
        theme=given["theme"],
        unmet=not given["met"],
    )
    who = desk.position("organisation", given["for"]) if given["for"] else None
    question = Question(who, "", criteria)
    return desks.covered(desk, {"partners": desk.partners(question, _SUGGESTIONS), "notes": desk.notes(question)})


async def _choices(model: ReadModel, reader: Reader) -> dict[str, Any]:
    """Return what the fields of a form suggest: names that documents know, the best connected first; types in use."""

    def work(connection: sqlite3.Connection) -> dict[str, Any]:
        lists = {
            kind: in_language(
                connection,
                read_list(connection, Filters((kind,)), sort="connections", limit=_SUGGESTED),
                reader.language,
            )
            for kind in ("organisation", "place", "method")
        }
        found: dict[str, Any] = {f"{kind}s": [i["name"] for i in page["items"]] for kind, page in lists.items()}
        rows = connection.execute(
            "SELECT DISTINCT t.iri, t.kind, t.name FROM entity e JOIN entity t ON t.id = e.type"
            " WHERE e.kind = 'organisation' AND e.named"
        ).fetchall()
        types = in_language(connection, [dict(row) for row in rows], reader.language)
        found["types"] = sorted(((t["iri"].rpartition("/")[2], t["name"]) for t in types), key=lambda pair: pair[1])
        return found

    return await model.ask(work, await model.index())


async def _entity(model: ReadModel, reader: Reader, kind: str, given: str) -> tuple[str, str]:
    """Return the name and IRI of what is given by IRI, key, or a name in any language; else what was given."""

    def work(connection: sqlite3.Connection) -> tuple[str, str]:
        given_as = (given, f"{BASE}{kind}/{given}", fold(given), kind)
        rows = connection.execute(
            "SELECT iri, kind, name FROM entity WHERE kind = ?4 AND (iri IN (?1, ?2)"
            " OR id IN (SELECT entity FROM name WHERE folded = ?3)) ORDER BY named DESC, degree DESC LIMIT 1",
            given_as,
        ).fetchall()
        told = in_language(connection, [dict(row) for row in rows], reader.language)
        return (str(told[0]["name"]), str(told[0]["iri"])) if told else (given, given)

    return await model.ask(work, await model.index()) if given else ("", "")


@router.get("/network", response_class=Response)
async def network(request: Request, networks: NetworksOf, model: ReadModelOf, around: Text = "") -> Response:
    """Show the ties of the network, or of one organisation, the strongest first."""
    reader, index = reader_of(request), await model.index()
    name, iri = await _entity(model, reader, "organisation", around)
    choices = await _choices(model, reader)
    told, problem, status = None, "", HTTPStatus.OK
    try:
        _, content = await networks.ask(_query(reader, iri, _TIES), "json")
        told = json.loads(content)
    except UsageError as error:
        if iri.startswith(BASE) and name != iri:  # known, with a part in nothing
            told = {"graph": {"nodes": [], "edges": [], "graph": {"names": {}}}, "left_out": 0}
        else:
            problem, status = str(error), status_of(error)
    words, title = reader.words, reader.words("network")
    page = render(
        "network.html",
        reader,
        title=words("network.of", name=name) if iri and told else title,
        around=iri,
        around_name=name,
        organisations=choices["organisations"],
        problem=problem,
        ties=_ties(told["graph"], iri) if told else None,
        left_out=told["left_out"] if told else 0,
        file="/api/networks?" + urlencode({"around": iri, "names": reader.language} if iri else {}),
    )
    found = answer(request, reader, index.generation, page)
    found.status_code = status if problem else found.status_code
    return found


def _query(reader: Reader, around: str, limit: int) -> NetworkQuery:
    return NetworkQuery.model_validate({"around": around or None, "limit": limit, "names": reader.language})


def _ties(graph: dict[str, Any], around: str) -> list[dict[str, Any]]:
    """Return the ties of a network in node-link form, with names: those of whom it is about first, then the strongest."""
    names = {node["id"]: node["label"] for node in graph["nodes"]}
    titles = graph["graph"]["names"]

    def place(edge: dict[str, Any]) -> tuple[bool, float, str, str]:
        ends = edge["source"], edge["target"]
        return around not in ends, -edge["weight"], names[ends[0]], names[ends[1]]

    return [
        {
            "ends": [{"iri": iri, "name": names[iri]} for iri in (edge["source"], edge["target"])],
            "count": edge["count"],
            "shared": [{"iri": iri, "name": titles.get(iri, iri)} for iri in edge["shared"]],
            "years": "–".join(dict.fromkeys(str(edge[end]) for end in ("first", "last") if end in edge)),
        }
        for edge in sorted(graph["edges"], key=place)
    ]


@router.get("/map", response_class=Response)
async def network_map(request: Request, settings: SettingsOf, model: ReadModelOf, around: Text = "") -> Response:
    """Show the network as a map, which its own script draws."""
    reader, index = reader_of(request), await model.index()
    _, iri = await _entity(model, reader, "organisation", around)
    page = await _in_turn(partial(_map, settings, iri, reader))
    return _self_contained(page, reader, entity_tag(index.generation, page))


def _map(settings: Settings, around: str, reader: Reader) -> str:
    from graph_api.maps.page import render_map  # noqa: PLC0415 (pyvis, which no other page waits for)

    graph = map_graph(project(material_of(index_of(settings.store, language=reader.language))))
    graph.remove_nodes_from(list(isolates(graph)))
    title = reader.words("network")
    if around:
        if around not in graph:
            raise NotFoundError("This organisation has no partners in the graph. Open the map of another one.")
        title = reader.words("network.of", name=graph.nodes[around]["label"])
        graph = ego_graph(graph, around)
    if len(graph) > _ON_A_MAP:
        raise UsageError(
            f"A map shows up to {_ON_A_MAP:,} organisations; this network has {len(graph):,}. Open that of one of them."
        )
    return render_map(graph, title=f"Hankeverkko – {title}", language=reader.language)


@router.get("/report", response_class=Response)
async def report(
    request: Request,
    settings: SettingsOf,
    kind: Literal["network", "organisation", "funder", "method", "region"] = "network",
    of: Text = "",
) -> Response:
    """Show the report on the network, or on one organisation, funder, method or region (its IRI in `of`)."""
    reader = reader_of(request)
    page = await _in_turn(partial(_report, settings, kind, of, "fi" if reader.language == "fi" else "en"))
    return _self_contained(page, reader, entity_tag("report", page))


async def _in_turn(work: Callable[[], str]) -> str:
    """Do work of seconds in a thread when it is its turn: one piece at a time, so that other requests go on.

    Raises BusyError where too many are waiting.
    """
    if len(_TURNS) >= _MOST_WAITING:
        raise BusyError("Too many maps and reports are being made. Try again in a few seconds.")
    turn = object()
    _TURNS.add(turn)
    try:
        async with _ONE:
            return await run_in_threadpool(work)
    finally:
        _TURNS.discard(turn)


def _report(settings: Settings, kind: str, iri: str, language: str) -> str:
    from graph_api.reporting.compose import compose  # noqa: PLC0415 (what draws figures is heavy)
    from graph_api.reporting.render import html  # noqa: PLC0415
    from graph_api.reporting.room import open_room  # noqa: PLC0415
    from graph_api.reporting.scope import scope  # noqa: PLC0415

    room = open_room(settings.store, language)
    if kind != "network" and iri not in room.material.things_of(kind).iris:
        raise NotFoundError(f"Nothing is known of the {kind} {iri!r}. Open the report from its page.")
    return html(compose(room, scope(room, kind, iri)))


def _self_contained(page: str, reader: Reader, tag: str) -> Response:
    """Return a page that brings its own script or style, under the policy that it states itself, by hashes."""
    stated = _POLICY.search(page)
    policy = markup.unescape(stated[1]) if stated else "default-src 'none'"
    headers = {**cache_headers(tag), "Vary": "Accept-Language"}
    headers |= {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'", "Content-Language": reader.language}
    return Response(page, HTTPStatus.OK, headers, "text/html; charset=utf-8")
