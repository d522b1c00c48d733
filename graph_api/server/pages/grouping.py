"""The facts of an entity as a reader asks for them: what, who, when, where, money, methods, pilots, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from rdflib import Graph, URIRef
from rdflib.namespace import RDFS

from graph_api.search.kinds import page_path
from graph_api.server.pages.reader import Reader
from loaders.iris import BASE, HV
from loaders.resources import read_text

Row = dict[str, Any]
GROUPS = ("what", "who", "work", "when", "where", "money", "methods", "pilots", "documents", "technical")
_FACTS = {
    **dict.fromkeys(["hostedBy", "worksFor", "unitOf", "predecessorOf", "currentForm", "participant"], "who"),
    **dict.fromkeys(["participatesIn", "contactFor", "inInitiative"], "work"),
    **dict.fromkeys(["start", "end", "endedOn", "endedEarly", "issued", "status", "mergedOn"], "when"),
    **dict.fromkeys(["takesPlaceIn", "locatedIn", "country", "wellbeingCounty", "mergedInto", "lat", "long"], "where"),
    **dict.fromkeys(["funds", "fundedInitiative", "funder", "recipient", "amount", "currency", "amountKind"], "money"),
    **dict.fromkeys(["usesMethod"], "methods"),
    **dict.fromkeys(["pilotOf"], "pilots"),
    **dict.fromkeys(["mentions", "describes"], "documents"),
    **dict.fromkeys(
        ["code", "businessId", "participantCode", "notation", "identifier", "sha256", "loader", "format", "nutsCode"],
        "technical",
    ),
}
_LINKS = {
    **dict.fromkeys(["participatesIn", "contactFor", "worksFor", "unitOf", "predecessorOf"], "who"),
    **dict.fromkeys(["funds"], "money"),
    **dict.fromkeys(["usesMethod", "takesPlaceIn", "locatedIn"], "work"),
    **dict.fromkeys(["pilotOf", "hostedBy"], "pilots"),
    **dict.fromkeys(["mentions", "describes"], "documents"),
}
_FIRST = ("applicant", "host", "partner", "pilot", "start", "end", "status", "description", "initiativeKind")
_STANDINGS = frozenset({"asserted", "inferred", "reviewed"})
# What a participation or funding leads to: the first of these that is not the entity whose page it is.
_LEADS = ("participant", "recipient", "funder", "inInitiative", "fundedInitiative", "amount")
_DATES = frozenset({"start", "end", "endedOn", "issued", "mergedOn"})


def grouped(record: dict[str, Any], reader: Reader) -> list[dict[str, Any]]:
    """Return the groups of a record that have rows; a row has a label and the values that bear it."""
    rows: dict[str, list[Row]] = {name: [] for name in GROUPS}
    told = {iri for part in (*record["participations"], *record["fundings"]) for iri in _entities(part)}
    for part in record["participations"]:
        rows["work" if record["kind"] != "initiative" and record["kind"] != "pilot" else "who"] += _part(
            part, record, reader
        )
    for part in record["fundings"]:
        rows["money"] += _part(part, record, reader)
    for fact, inverse in [*((f, False) for f in record["facts"]), *((f, True) for f in record["links"])]:
        if fact["property"] in {"participatesIn", "funds"} and fact.get("entity", {}).get("iri") in told:
            continue  # told with its role, money and period already
        group = (_LINKS if inverse else _FACTS).get(fact["property"], "what")
        rows[group].append(row(label(fact["property"], reader, inverse=inverse), fact, record["evidence"], reader))
    return [
        {"name": name, "title": reader.words(f"group.{name}"), "rows": list(_gathered(sorted(rows[name], key=_place)))}
        for name in GROUPS
        if rows[name]
    ]


def row(name: str, fact: dict[str, Any], pieces: dict[str, Any], reader: Reader, note: str = "", of: str = "") -> Row:
    """Return one value under a label, with a link where it is an entity, and its evidence."""
    entity = fact.get("entity")
    standing = fact.get("standing", "")
    return {
        "of": of or fact["property"],
        "label": name,
        "text": _text(fact, reader),
        "language": fact.get("language"),
        "path": path(entity["iri"]) if entity else None,
        "note": note,
        "standing": reader.words(standing) if standing in _STANDINGS else None,
        "confidence": fact.get("confidence"),
        "evidence": [piece(pieces[iri], reader) for iri in fact.get("evidence", []) if iri in pieces],
    }


def piece(found: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """Return a piece of evidence: the quote, the document with its page, and the place in it."""
    document, place = found.get("document"), ""
    if "row" in found:
        place = reader.words("row", row=str(found["row"]))
    elif "end" in found:
        place = reader.words("characters", start=str(found["start"]), end=str(found["end"]))
    return {
        "quote": found.get("quote", ""),
        "document": document["name"] if document else "",
        "path": path(document["iri"]) if document else None,
        "place": place,
    }


def label(name: str, reader: Reader, *, inverse: bool = False) -> str:
    """Return what a property is called; seen from its object, where `inverse`."""
    for key in [f"inverse.{name}"] * inverse + [f"other.{name}"]:
        if reader.words.has(key):
            return reader.words(key)
    return _labels(reader.language).get(name, name)


def path(iri: str) -> str | None:
    """Return the path of a page; only IRIs of this graph become links, so that no text becomes an address."""
    return page_path(iri) if iri.startswith(BASE) else None


def _gathered(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield each label once, with its values."""
    gathered: dict[str, list[Row]] = {}
    for one in rows:
        gathered.setdefault(one["label"], []).append(one)
    for name, values in gathered.items():
        yield {"label": name, "values": values}


def _place(one: Row) -> int:
    """Return the place of a row in its group: who leads first, the start before the end, else as told."""
    return _FIRST.index(one["of"]) if one["of"] in _FIRST else len(_FIRST)


def _entities(part: dict[str, Any]) -> Iterator[str]:
    return (fact["entity"]["iri"] for fact in part["facts"] if "entity" in fact)


def _part(part: dict[str, Any], record: dict[str, Any], reader: Reader) -> Iterator[Row]:
    """Yield a participation or funding: what it leads to, under its role, with its money and period."""
    told = {fact["property"]: fact for fact in part["facts"] if fact.get("entity", {}).get("iri") != record["iri"]}
    main = next((told[name] for name in _LEADS if name in told), None)
    if main is None:
        return
    name = next((_text(told[key], reader) for key in ("role", "amountKind") if key in told), "")
    amount = told["amount"]["value"] if "amount" in told else ""
    currency = told["currency"].get("value", "") if "currency" in told else ""
    if main["property"] == "amount":
        main = {**main, "shown": reader.money(amount, currency)}
    notes = [reader.money(amount, currency)] if amount and "shown" not in main else []
    dates = [_text(told[key], reader) if key in told else "" for key in ("start", "end")]
    # On an initiative's own page its period would stand beside each of its participants.
    own = [reader.date(record.get(key, "")) for key in ("start", "end")]
    notes += [" – ".join(dates).strip()] if any(dates) and dates != own else []
    of = told["role"]["entity"]["iri"].rpartition("/")[2] if "entity" in told.get("role", {}) else ""
    yield row(name or label(main["property"], reader), main, record["evidence"], reader, ", ".join(notes), of)


def _text(fact: dict[str, Any], reader: Reader) -> str:
    if fact.get("entity"):
        return str(fact["entity"]["name"])
    value = str(fact.get("shown", fact.get("value", "")))
    return reader.date(value) if fact["property"] in _DATES else value


@cache
def _labels(language: str) -> dict[str, str]:
    """Return the labels of the ontology's properties in a language, by their short names."""
    graph = Graph().parse(data=read_text("ontology", "core.ttl"), format="turtle")
    return {
        str(term).removeprefix(HV): str(text)
        for term, text in graph.subject_objects(RDFS.label)
        if isinstance(term, URIRef) and str(term).startswith(HV) and getattr(text, "language", None) == language
    }
