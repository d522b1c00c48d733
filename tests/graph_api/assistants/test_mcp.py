"""The server for assistants, asked by a client of the protocol: a process over standard input and output, and HTTP."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph_api.build import build
from graph_api.store import current, open_graph
from loaders.iris import FOAF

pytest.importorskip("mcp")

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

TOOLS = {"list_queries", "run_query", "search", "look_up", "evidence", "partners"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Return a store of the demo documents; not to be changed."""
    folder = tmp_path_factory.mktemp("assistants") / "store"
    build(sorted((repository / "data" / "documents").iterdir()), folder, validate=False)
    return folder


def command(store: Path, *more: str) -> list[str]:
    return ["-m", "graph_api.cli.main", "mcp", "--store", str(store), *more]


def session(target: Any, work: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """Open a session, do some work in it, and return what came of it."""

    async def run() -> Any:
        async with Client(target, mode=mode, read_timeout_seconds=60) as client:  # type: ignore[arg-type]
            return await work(client)

    return asyncio.run(run())


def stdio(store: Path) -> StdioServerParameters:
    return StdioServerParameters(command=sys.executable, args=command(store), cwd=Path.cwd())


async def ask(client: Client, tool: str, **arguments: Any) -> Any:
    answer = await client.call_tool(tool, arguments)
    text = "".join(getattr(part, "text", "") for part in answer.content)
    assert not answer.is_error, text
    return answer.structured_content


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    return "".join(getattr(part, "text", "") for part in answer.content)


def test_a_session_over_standard_input_and_output(store: Path) -> None:
    async def work(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == TOOLS
        for tool in tools.values():
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert tool.description
            assert tool.output_schema
        assert client.instructions is not None
        assert client.server_info.name == "hankeverkko"

        queries = {query["name"]: query for query in (await ask(client, "list_queries"))["queries"]}
        parameters = queries["partners-of-organisation"]["parameters"]
        assert parameters[0]["name"] == "organisation"
        assert parameters[0]["required"]
        rows = await ask(
            client, "run_query", name="partners-of-organisation", arguments={"organisation": "Lapin yliopisto"}, most=3
        )
        assert rows["columns"][0] == "partner"
        assert len(rows["rows"]) == 3
        assert rows["total"] > 3
        assert "most" in rows["note"]

        found = await ask(client, "search", text="Lapin yliopistossa", kinds=["organisation"])
        assert found["found"][0]["id"] == "organisation/lapin-yliopisto"
        known = await ask(client, "look_up", entity="Lapin yliopisto")
        facts = {fact["property"]: fact for fact in known["facts"]}
        initiative = facts["participatesIn"]["values"][0]
        assert initiative["id"].startswith("initiative/")
        assert await ask(client, "look_up", entity=known["id"]) == known
        assert await ask(client, "look_up", entity="Lapin yliopistolla") == known
        assert await ask(client, "look_up", entity=facts["businessId"]["values"][0]["text"]) == known

        assert initiative["id"] in {part["initiative_id"] for part in known["participations"]}
        project = await ask(client, "look_up", entity="S20486")
        assert {(sum_["currency"], sum_["initiative_id"]) for sum_ in project["amounts"]} == {
            ("EUR", "initiative/S20486")
        }
        assert all(part["role"] for part in project["participations"])

        shown = await ask(client, "evidence", subject=known["id"], property="participatesIn", value=initiative["id"])
        assert shown["total"] >= 1
        assert "Lapin yliopisto" in shown["evidence"][0]["quote"]
        assert shown["evidence"][0]["document"]

        suggested = (await ask(client, "partners", organisation="Lapin yliopisto", most=3))["partners"]
        assert len(suggested) == 3
        assert known["id"] not in {each["id"] for each in suggested}
        assert all(each["reasons"] for each in suggested)
        assert any(quote["quote"] for each in suggested for reason in each["reasons"] for quote in reason["quotes"])

    session(stdio(store), work)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_old_and_new_clients_are_served(store: Path, mode: str) -> None:
    async def work(client: Client) -> Any:
        return await ask(client, "run_query", name="counts")

    assert session(stdio(store), work, mode)["total"] > 10


def test_errors_are_sentences(store: Path) -> None:
    async def work(client: Client) -> None:
        assert "no query called" in await refused(client, "run_query", name="partner-of")
        assert "needs organisation" in await refused(client, "run_query", name="partners-of-organisation")
        asked = {"organisation": "Lapin yliopistto"}
        assert "did you mean" in await refused(client, "run_query", name="partners-of-organisation", arguments=asked)
        assert "Use search" in await refused(client, "look_up", entity="Olematon yhdistys")
        assert "look_up" in await refused(client, "evidence", subject="Lapin yliopisto", property="nothing")
        assert "empty" in await refused(client, "search", text=" ")
        assert "Nothing is asked for" in await refused(client, "partners")
        assert "type of organisation" in await refused(client, "partners", types=["space station"])
        assert "less than or equal to 200" in await refused(client, "search", text="a", most=100_000)
        for text in (await refused(client, "look_up", entity="x"), await refused(client, "nothing")):
            assert "Traceback" not in text

    session(stdio(store), work)


def test_people_are_role_and_organisation_and_contacts_are_nowhere(store: Path) -> None:
    graph = open_graph(store)
    names = {quad.object.value for quad in graph.quads_for_pattern(None, ox.NamedNode(FOAF + "name"), None)}
    contacts = current(store).contacts
    assert names
    assert contacts.exists()

    contact_for = ox.NamedNode("https://w3id.org/hankeverkko/ontology#contactFor")
    pairs = sorted({(q.subject.value, q.object.value) for q in graph.quads_for_pattern(None, contact_for, None)})

    async def work(client: Client) -> list[Any]:
        told = []
        for person, initiative in pairs[:6]:
            told += [await ask(client, "look_up", entity=iri) for iri in (person, initiative)]
            for query in ("contact-organisations", "evidence-of-initiative", "initiative-triples"):
                told += [await ask(client, "run_query", name=query, arguments={"initiative": initiative}, most=200)]
            assert "person" in await refused(client, "evidence", subject=person, property="contactFor")
        return told + [await ask(client, "search", text=name) for name in sorted(names)]

    said = json.dumps(session(stdio(store), work), ensure_ascii=False)
    assert "päällikkö" in said
    assert [name for name in names if name in said] == []
    assert re.findall(r"[\w.]+@[\w.]+", said) == []


def test_a_new_generation_is_seen(tmp_path: Path, repository: Path) -> None:
    documents = sorted((repository / "data" / "documents").iterdir())
    folder = tmp_path / "store"
    build(documents[:1], folder, validate=False)

    async def work(client: Client) -> None:
        before = await ask(client, "run_query", name="documents")
        build(documents[:3], folder, validate=False)
        after = await ask(client, "run_query", name="documents")
        assert (before["total"], after["total"]) == (1, 3)

    session(stdio(folder), work)


def test_a_session_over_http(store: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command(store, "--http", str(port))])

    async def work(client: Client) -> Any:
        return await ask(client, "search", text="yliopisto", most=2)

    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        assert len(session(f"http://127.0.0.1:{port}/mcp", work)["found"]) == 2
    finally:
        process.terminate()
        process.wait(10)


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, *command(tmp_path / "none")], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "There is no store" in done.stderr
