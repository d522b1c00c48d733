"""Pages from records: one layout, everything that comes from the graph is escaped, and nothing is loaded from elsewhere."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from graph_api.search.kinds import COLLECTIONS
from graph_api.server.pages.grouping import grouped, label, path, piece, row
from graph_api.server.pages.reader import PACKAGE, Reader
from loaders.iris import BASE
from loaders.resources import read_text

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
LISTS = tuple(name for name in COLLECTIONS if name != "persons")
_LISTED_TYPES = {"organisation-type": "organisations", "initiative-kind": "initiatives", "place-kind": "places"}


def render(template: str, reader: Reader, /, **values: Any) -> str:
    """Return a page from the template of that name, in the reader's language."""
    shared: dict[str, Any] = {"style": style_path(), "forms": [], "canonical": None, "q": "", "lists": LISTS}
    context = shared | {"reader": reader, "t": reader.words, "link": reader.link} | values
    return _environment().get_template(template).render(context)


def render_entity(record: dict[str, Any], forms: list[dict[str, str]], reader: Reader) -> str:
    """Return the page of a record (`graph_api.search.records`) with links to the same in other forms."""
    groups = grouped(record, reader)
    total = record["links_total"]
    return render(
        "entity.html",
        reader,
        record={"type": None, **record},
        kind=_kind(record["kind"], reader),
        type_path=_type_path(record, reader),
        groups=groups,
        actions=_actions(record, reader),
        more=reader.words("more", count=total) if total > len(record["links"]) else "",
        forms=forms,
        canonical=record["iri"],
    )


def render_evidence(found: dict[str, Any], forms: list[dict[str, str]], reader: Reader) -> str:
    """Return the page of a piece of evidence with the facts that rest on it."""
    rows = [
        {
            "label": f"{fact['subject']['name']}: {label(fact['property'], reader)}",
            "values": [row("", fact, {}, reader)],
        }
        for fact in found["facts"]
    ]
    return render(
        "evidence.html",
        reader,
        piece=piece(found, reader),
        rows=rows,
        iri=found["iri"],
        url=found["url"],
        forms=forms,
        canonical=found["iri"],
    )


def style() -> str:
    """Return the style of the pages."""
    return read_text(PACKAGE, "page.css")


@cache
def style_path() -> str:
    """Return the address of the style, another one for another style, so that no browser keeps an old one."""
    return f"/page.css?v={hashlib.sha256(style().encode()).hexdigest()[:12]}"


def _kind(name: str, reader: Reader) -> str:
    return reader.words(f"kind.{name}") if reader.words.has(f"kind.{name}") else ""


def _type_path(record: dict[str, Any], reader: Reader) -> str | None:
    folder, _, notation = record.get("type", {"iri": ""})["iri"].removeprefix(BASE).partition("/")
    return reader.link(f"/{_LISTED_TYPES[folder]}", type=notation) if folder in _LISTED_TYPES else None


def _actions(record: dict[str, Any], reader: Reader) -> list[tuple[str, str]]:
    """Return where one goes on from an entity: words and addresses."""
    key, link, words = record["iri"].removeprefix(BASE).partition("/")[2], reader.link, reader.words
    match record["kind"]:
        case "organisation":
            works = [
                (words("partners.these"), link("/partners", for_=record["iri"])),
                (words("network.its"), link("/network", around=record["iri"])),
                (words("report.its"), link("/report", kind="organisation", of=record["iri"])),
                (words("see.initiatives"), link("/initiatives", organisation=key)),
            ]
            takes_part = any(fact["property"] == "participatesIn" for fact in record["facts"])
            funded = [(words("see.funded"), link("/initiatives", funder=key))]
            return works * takes_part + funded * bool(record.get("funder"))
        case "method":
            used = any(fact["property"] == "usesMethod" for fact in record["links"])
            return [
                (words("partners.with"), link("/partners", method=record["iri"])),
                (words("see.initiatives"), link("/initiatives", method=key)),
            ] + [(words("report.its"), link("/report", kind="method", of=record["iri"]))] * used
        case "place":
            return [
                (words("partners.from"), link("/partners", place=record["iri"])),
                (words("see.organisations"), link("/organisations", place=key)),
                (words("see.initiatives"), link("/initiatives", place=key)),
            ]
        case "initiative":
            has_pilots = any(fact["property"] == "pilotOf" for fact in record["links"])
            listed = [(words("see.organisations"), link("/organisations", initiative=key))]
            return listed + [(words("see.pilots"), link("/pilots", initiative=key))] * has_pilots
        case _:
            return []


@cache
def _environment() -> Environment:
    loader = FunctionLoader(lambda name: read_text(PACKAGE, name))
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["page"] = path
    return environment
