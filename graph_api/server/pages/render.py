"""Pages from records: everything that comes from the graph is escaped, and nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS

from graph_api.search.kinds import page_path
from loaders.iris import BASE, HV
from loaders.resources import read_text

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PACKAGE = "graph_api.server.pages"
_KINDS = {
    "organisation": "Organisaatio",
    "initiative": "Aloite",
    "pilot": "Pilotti",
    "method": "Menetelmä",
    "place": "Paikka",
    "person": "Henkilö",
    "document": "Asiakirja",
    "participation": "Osallistuminen",
    "funding": "Rahoitus",
    "concept": "Käsite",
    "evidence": "Näyttö",
}
_STANDINGS = {"asserted": "kenttä", "inferred": "päätelty tekstistä", "reviewed": "tarkistettu"}
_OTHERS = {
    "description": "kuvaus",
    "issued": "julkaistu",
    "identifier": "tunniste",
    "source": "lähde",
    "format": "tiedostomuoto",
    "language": "kieli",
    "broader": "kuuluu",
    "notation": "tunnus",
    "definition": "määritelmä",
    "historyNote": "historia",
    "changeNote": "muutos",
    "lat": "leveysaste",
    "long": "pituusaste",
}
Row = dict[str, Any]
# What a participation or funding leads to: the first of these that is not the entity whose page it is.
_LEADS = ("participant", "recipient", "funder", "inInitiative", "fundedInitiative", "amount")


def render_entity(record: dict[str, Any], forms: list[dict[str, str]]) -> str:
    """Return the page of a record (`graph_api.search.records`) with links to the same in other forms."""
    pieces = record["evidence"]
    sections = [
        _section("Tiedot", _rows(record["facts"], pieces)),
        *_parts("Osallistumiset", record["participations"], pieces, record["iri"]),
        *_parts("Rahoitus", record["fundings"], pieces, record["iri"]),
        _section("Tähän viittaavat", _rows(record["links"], pieces, inverse=True), record["links_total"]),
    ]
    return _template("entity.html").render(
        record={"type": None, **record},
        kind=_KINDS.get(record["kind"], ""),
        sections=[section for section in sections if section["rows"]],
        forms=forms,
    )


def render_evidence(piece: dict[str, Any], forms: list[dict[str, str]]) -> str:
    """Return the page of a piece of evidence with the facts that rest on it."""
    own = _piece(piece)
    rows = [_row(f"{fact['subject']['name']}: {_label(fact['property'])}", fact, {}) for fact in piece["facts"]]
    about = [{"label": "Lainaus", "text": own["quote"], "path": None, "evidence": [], "confidence": None}]
    about.append(
        {"label": "Asiakirja", "text": own["document"], "path": own["path"], "evidence": [], "confidence": None}
    )
    record = {"name": "Näyttö", "iri": piece["iri"], "url": piece["url"], "type": None, "names": []}
    sections = [_section("Näyttö", about), _section("Tähän perustuvat", rows)]
    return _template("entity.html").render(record=record, kind="Näyttö", sections=sections, forms=forms)


def render_dataset(rows: list[dict[str, str | None]], forms: list[dict[str, str]]) -> str:
    """Return the page of the data set."""
    return _template("dataset.html").render(rows=rows, forms=forms)


def style() -> str:
    """Return the style of the pages."""
    return read_text(_PACKAGE, "page.css")


@cache
def _template(name: str) -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(read_text(_PACKAGE, name))


@cache
def _labels() -> dict[str, str]:
    """Return the Finnish labels of the ontology's properties by their short names."""
    graph = Graph().parse(data=read_text("ontology", "core.ttl"), format="turtle")
    found = {
        str(term).removeprefix(HV): str(label)
        for term, label in graph.subject_objects(RDFS.label)
        if isinstance(term, URIRef) and str(term).startswith(HV) and getattr(label, "language", None) == "fi"
    }
    return {**_OTHERS, **found}


def _label(name: str) -> str:
    return _labels().get(name, name)


def _section(title: str, rows: list[Row], total: int | None = None) -> dict[str, Any]:
    more = f"Kaikkiaan {total}." if total is not None and total > len(rows) else None
    return {"title": title, "rows": rows, "more": more}


def _parts(title: str, parts: Iterable[dict[str, Any]], pieces: dict[str, Any], about: str) -> Iterable[dict[str, Any]]:
    """Yield the participations or fundings as one section: what each leads to, under its role, money and period."""
    rows = []
    for part in parts:
        told = {fact["property"]: fact for fact in part["facts"] if fact.get("entity", {}).get("iri") != about}
        main = next((told[name] for name in _LEADS if name in told), None)
        if main is not None:
            rows.append(_row(_circumstances(told, main) or _label(main["property"]), main, pieces))
    yield _section(title, rows)


def _circumstances(told: dict[str, dict[str, Any]], main: dict[str, Any]) -> str:
    kinds = [_text(told[name]) for name in ("role", "amountKind") if name in told]
    money = [_text(told[name]) for name in ("amount", "currency") if name in told and told[name] is not main]
    dates = [_text(told[name]) if name in told else "" for name in ("start", "end")]
    return ", ".join([*kinds, *([" ".join(money)] if money else []), *([" – ".join(dates)] if any(dates) else [])])


def _rows(facts: Iterable[dict[str, Any]], pieces: dict[str, Any], *, inverse: bool = False) -> list[Row]:
    return [_row(_label(fact["property"]) + (" (käänteinen)" if inverse else ""), fact, pieces) for fact in facts]


def _row(label: str, fact: dict[str, Any], pieces: dict[str, Any]) -> Row:
    entity = fact.get("entity")
    return {
        "label": label,
        "text": _text(fact),
        "path": _path(entity["iri"]) if entity else None,
        "standing": _STANDINGS.get(fact.get("standing", "")),
        "confidence": fact.get("confidence"),
        "evidence": [_piece(pieces[iri]) for iri in fact.get("evidence", []) if iri in pieces],
    }


def _text(fact: dict[str, Any]) -> str:
    return str(fact["entity"]["name"] if fact.get("entity") else fact.get("value", ""))


def _piece(piece: dict[str, Any]) -> dict[str, Any]:
    document = piece.get("document")
    place = (
        f"rivi {piece['row']}"
        if "row" in piece
        else f"merkit {piece['start']}–{piece['end']}"
        if "end" in piece
        else ""
    )
    return {
        "quote": piece.get("quote", ""),
        "document": document["name"] if document else "",
        "path": _path(document["iri"]) if document else None,
        "place": place,
    }


def _path(iri: str) -> str | None:
    """Return the path of a page; only IRIs of this graph become links, so that no text becomes an address."""
    return page_path(iri) if iri.startswith(BASE) else None
