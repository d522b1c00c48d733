"""Commands on partners: find them, be introduced to them, ask who tried a method (engines are imported when they run)."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, print_table, say, warn
from graph_api.cli.periods import parse_period
from loaders.errors import CannotRunError, UsageError
from loaders.vocabulary import scheme

if TYPE_CHECKING:
    from graph_api.partners.desk import Desk

partners = typer.Typer(help="Find partners with reasons; an introduction to them; who tried a method.")

Language = Annotated[str, typer.Option("--names", help="The language of names: fi, sv, en.")]
For = Annotated[str | None, typer.Option("--for", help="The organisation that looks for partners: name, id or IRI.")]


class Ways(StrEnum):
    """Which chain is looked for."""

    SHORTEST = "shortest"
    STRONGEST = "strongest"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(partners, name="partners")


@partners.callback(invoke_without_command=True)
def find_command(
    context: typer.Context,
    organisation: For = None,
    like_text: Annotated[
        str | None,
        typer.Option("--like-text", help="A planned project in words, or a file that holds them; - reads them."),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option("--place", help="A municipality, region or county it is in.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--type", help="A type of organisation: municipality, uas …")
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="A method it has used, or a narrower one.")
    ] = None,
    theme: Annotated[str, typer.Option("--theme", help="Words of the theme it should work on.")] = "",
    role: Annotated[str, typer.Option("--role", help="What it must have been before: lead, partner or pilot.")] = "",
    period: Annotated[str | None, typer.Option("--period", help="Years of its work, either end open: 2018-.")] = None,
    language: Annotated[str, typer.Option("--language", help="A language of its work: fi, sv, en.")] = "",
    met: Annotated[bool, typer.Option("--met", help="Also whom it has worked with already.")] = False,
    top: Annotated[int, typer.Option("--top", help="How many to list.")] = 10,
    names: Language = "fi",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Find partners: a ranked list, each with reasons, the evidence behind them, and what is uncertain."""
    if context.invoked_subcommand is not None:
        return
    from graph_api.partners.question import Criteria, Question

    plan = _plan(like_text)
    if not any((organisation, plan, place, kind, method, theme, role, period, language)):
        raise UsageError("Nothing is asked for. Give --for, --like-text, --place, --type, --method or --theme.")
    desk = _open(store, min_confidence, forms, names)
    criteria = Criteria(
        places=tuple(desk.position("place", each) for each in place or ()),
        types=tuple(_type(desk, each) for each in kind or ()),
        methods=tuple(desk.position("method", each) for each in method or ()),
        theme=theme,
        role=role,
        period=parse_period(period) or (None, None),
        language=language,
        unmet=not met,
    )
    asks = desk.position("organisation", organisation) if organisation else None
    found = desk.partners(Question(asks, plan, criteria), top)
    if OPTIONS.as_json:
        print_json({"partners": found, "weights": desk.weights()})
        return
    if not found:
        say("Nobody in the graph meets all of this. Ask for less.")
    for each in found:
        _print_suggestion(each)


def _plan(text: str | None) -> str:
    """Return a plan's words: those given, those of the file named, or those on standard input."""
    if text is None:
        return ""
    if text == "-":
        return sys.stdin.read()
    try:
        path = Path(text)
        return path.read_text("utf-8") if path.is_file() else text
    except UnicodeDecodeError as error:
        raise UsageError(f"{text} is no text in UTF-8. Save the plan as plain text and try again.") from error
    except OSError as error:
        if error.strerror == "File name too long":
            return text
        raise CannotRunError(f"{text} cannot be read ({error.strerror}). Give the plan's words themselves.") from error


def _type(desk: Desk, text: str) -> str:
    """Return the notation of a type that is given by notation or label."""
    labels = {label.casefold(): name for name, label in desk.market.index.type_labels.items()}
    return labels.get(text.casefold(), text)


def _open(store: Path | None, minimum: float | None, forms: Forms, names: str) -> Desk:
    from graph_api.collaboration.tables import LANGUAGES
    from graph_api.partners.desk import open_desk

    if names not in LANGUAGES:
        raise UsageError(f"Names are in {', '.join(LANGUAGES)}, not in {names!r}.")
    return open_desk(store_path(store), minimum, today=forms is Forms.TODAY, language=names)


def _print_suggestion(found: dict[str, Any]) -> None:
    where = ", ".join(dict.fromkeys(part for part in (found["type"], found["place"], found["region"]) if part))
    new = " · few partners known" if found["newcomer"] else ""
    say(f"{found['rank']:>2}. {found['name']}{f' ({where})' if where else ''} · {found['score']:.2f}{new}")
    shown: set[str] = set()
    for reason in found["reasons"]:
        say(f"    {reason['points']:.2f}  {reason['text']}")
        for proof in reason["evidence"]:
            told = f"{proof['what']} {proof.get('evidence', {}).get('iri', '')}"
            if told not in shown:
                _print_proof(proof, "          ")
            shown.add(told)
    for caution in found["cautions"]:
        say(f"    ?     {caution}")


def _print_proof(proof: dict[str, Any], indent: str) -> None:
    evidence = proof.get("evidence")
    if evidence is not None and not OPTIONS.quiet:
        quote = " ".join(evidence["quote"].split())
        short = quote if len(quote) <= 160 else quote[:159] + "…"
        say(
            f"{indent}{proof['what']}: “{short}” ({evidence['document']}; {evidence['standing']}, {evidence['confidence']:.2f})"
        )


@partners.command("path")
def path_command(
    start: Annotated[str, typer.Argument(help="The organisation that wants to be introduced.")],
    end: Annotated[str, typer.Argument(help="The organisation to be introduced to.")],
    way: Annotated[Ways, typer.Option("--way", help="The chain of fewest steps, or of the strongest.")] = Ways.SHORTEST,
    avoid_hubs: Annotated[
        bool, typer.Option("--avoid-hubs", help="Not through those that know over 100 others.")
    ] = False,
    names: Language = "fi",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Show the chain of organisations between two, with the initiative, evidence and contacts' roles of each step."""
    desk = _open(store, min_confidence, forms, names)
    ends = [desk.position("organisation", each) for each in (start, end)]
    steps = desk.path(*ends, way="strongest" if way is Ways.STRONGEST else "shortest", avoid_hubs=avoid_hubs)
    if OPTIONS.as_json:
        print_json({"steps": steps})
        return
    if steps is None:
        around = " without hubs between" if avoid_hubs else ""
        say(f"No chain of shared initiatives leads from {start!r} to {end!r}{around}.")
        return
    if not steps:
        say("These are one and the same organisation.")
    for number, step in enumerate(steps, 1):
        dated = step["initiative"]
        years = "–".join(dict.fromkeys(str(dated[name]) for name in ("start", "end") if name in dated))
        told = f"“{step['initiative']['title']}”{f' ({years})' if years else ''}, {step['participants']} participants"
        say(f"{number}. {step['from']['name']} → {step['to']['name']}: {told}; strength {step['strength']:.2f}")
        for name, roles in step["contacts"].items():
            if roles:
                say(f"    contact at {name}: {', '.join(roles)}")
        for proof in step["evidence"]:
            _print_proof(proof, "    ")


@partners.command("tried")
def tried_command(
    method: Annotated[str, typer.Argument(help="The method: name, notation or IRI.")],
    names: Language = "fi",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Show who tried a method (or a narrower one), where, when, and how it ended as far as a document says."""
    desk = _open(store, min_confidence, forms, names)
    trials = desk.tried(desk.position("method", method))
    if OPTIONS.as_json:
        print_json({"trials": trials})
        return
    columns = ["trial", "method", "by", "where", "years", "how it ended"]
    print_table("", columns, [_row(trial) for trial in trials])
    for trial in trials if not OPTIONS.quiet else ():
        for proof in trial["evidence"][: 1 if trial["through"] is None else 2]:
            _print_proof({**proof, "what": f"{trial['title']}: {proof['what']}"}, "  ")
    if any(trial["through"] is not None for trial in trials):
        warn("Of a pilot it is known that its project used the method, not that each pilot did.")
    if not trials:
        say("Nobody has tried it, as far as the graph knows.")


def _row(trial: dict[str, Any]) -> list[str]:
    through = trial["through"]
    dated = trial if "start" in trial or "end" in trial or through is None else through
    years = "–".join(dict.fromkeys(str(dated[name]) for name in ("start", "end") if name in dated))
    title = trial["title"] if through is None else f"{trial['title']} (pilot of {through['title']})"
    by = ", ".join(each["name"] for each in trial["implementers"])
    return [
        title,
        trial["method"],
        by,
        ", ".join(trial["places"]),
        years,
        trial["outcome"] or _state(trial["status"]),
    ]


def _state(status: str) -> str:
    """Return what a status tells of how a trial ended: only some are endings."""
    labels = {
        concept.notation: label.text.lower()
        for concept in scheme("statuses").values()
        for label in concept.labels
        if label.kind == "preferred" and label.language == "en"
    }
    told = labels.get(status, status)
    return told if status in {"completed", "ended", "cancelled"} else f"not told{f'; {told}' if told else ''}"
