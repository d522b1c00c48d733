"""Commands on partners: find them, be introduced to them, ask who tried a method (engines are imported when they run)."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.options import AsForms, Forms, MinConfidence, StoreOption, store_path
from graph_api.cli.output import OPTIONS, print_json, say
from graph_api.cli.partner_answers import print_step, print_suggestion, print_trials
from graph_api.cli.periods import parse_period
from loaders.errors import CannotRunError, UsageError

if TYPE_CHECKING:
    from graph_api.partners.desk import Desk

# What somebody means as the name of a file: it begins with a folder, or ends as the names of texts do.
_PATH = re.compile(r"(~|\.{0,2}|[A-Za-z]:)[/\\]\S*|.+\.(txt|md|docx?|odt|pdf|html?|rtf|csv|json|eml)", re.IGNORECASE)

partners = typer.Typer(help="Find partners with reasons; an introduction to them; who tried a method.")

Language = Annotated[str, typer.Option("--language", help="The language of the answer: fi, sv, en.")]
Fold = Annotated[bool, typer.Option("--fold-units", help="Count a unit's work as its owner's.")]
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
    work_language: Annotated[str, typer.Option("--work-language", help="A language of its work: fi, sv, en.")] = "",
    met: Annotated[bool, typer.Option("--met", help="Also whom it has worked with already.")] = False,
    programmes: Annotated[
        bool, typer.Option("--programmes", help="Also programme bodies, and names of initiatives.")
    ] = False,
    each: Annotated[
        bool, typer.Option("--each", help="A place for each: also for units, and for whom the same reasons speak.")
    ] = False,
    top: Annotated[int, typer.Option("--top", help="How many to list.")] = 10,
    fold_units: Fold = False,
    language: Language = "fi",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Find partners: a ranked list, each with reasons, the evidence behind them, and what is uncertain."""
    if context.invoked_subcommand is not None:
        return
    from graph_api.partners.question import Criteria, Question

    plan = _plan(like_text)
    if not any((organisation, plan, place, kind, method, theme, role, period, work_language)):
        raise UsageError("Nothing is asked for. Give --for, --like-text, --place, --type, --method or --theme.")
    desk = _open(store, min_confidence, forms, language, fold_units=fold_units)
    criteria = Criteria(
        places=tuple(desk.position("place", each) for each in place or ()),
        types=tuple(_type(desk, each) for each in kind or ()),
        methods=tuple(desk.position("method", each) for each in method or ()),
        theme=theme,
        role=role,
        period=parse_period(period) or (None, None),
        language=work_language,
        unmet=not met,
        programmes=programmes,
    )
    asks = desk.position("organisation", organisation) if organisation else None
    question = Question(asks, plan, criteria, gathered=not each)
    found, notes = desk.partners(question, top), desk.notes(question)
    if OPTIONS.as_json:
        print_json({"partners": found, "notes": notes, "weights": desk.weights()})
        return
    for note in notes:
        say(note)
    if not found:
        say(desk.words("list.nobody"))
    for suggestion in found:
        print_suggestion(suggestion, desk.words)


def _plan(text: str | None) -> str:
    """Return a plan's words: those given, those of the file named, or those on standard input."""
    if text is None:
        return ""
    if text == "-":
        return sys.stdin.read()
    try:
        path = Path(text)
        if path.is_file():
            return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{text} is no text in UTF-8. Save the plan as plain text and try again.") from error
    except OSError as error:
        if error.strerror == "File name too long":
            return text
        raise CannotRunError(f"{text} cannot be read ({error.strerror}). Give the plan's words themselves.") from error
    if _PATH.fullmatch(text.strip()):
        raise UsageError(f"There is no file {text}. Give a text file that exists, or the plan's words themselves.")
    return text


def _type(desk: Desk, text: str) -> str:
    """Return the notation of a type that is given by notation or label."""
    labels = {label.casefold(): name for name, label in desk.market.index.type_labels.items()}
    return labels.get(text.casefold(), text)


def _open(store: Path | None, minimum: float | None, forms: Forms, language: str, *, fold_units: bool) -> Desk:
    from graph_api.partners.desk import open_desk

    today = forms is Forms.TODAY
    return open_desk(store_path(store), minimum, today=today, language=language, fold_units=fold_units)


@partners.command("path")
def path_command(
    start: Annotated[str, typer.Argument(help="The organisation that wants to be introduced.")],
    end: Annotated[str, typer.Argument(help="The organisation to be introduced to.")],
    way: Annotated[Ways, typer.Option("--way", help="The chain of fewest steps, or of the strongest.")] = Ways.SHORTEST,
    avoid_hubs: Annotated[
        bool, typer.Option("--avoid-hubs", help="Not through those that know over 100 others.")
    ] = False,
    fold_units: Fold = False,
    language: Language = "fi",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Show the chain of organisations between two, with the initiative, evidence and contacts' roles of each step."""
    desk = _open(store, min_confidence, forms, language, fold_units=fold_units)
    ends = [desk.position("organisation", each) for each in (start, end)]
    steps = desk.path(*ends, way="strongest" if way is Ways.STRONGEST else "shortest", avoid_hubs=avoid_hubs)
    if OPTIONS.as_json:
        print_json({"steps": steps})
        return
    if steps is None:
        say(desk.words("path.none.hubs" if avoid_hubs else "path.none", start=start, end=end))
        return
    if not steps:
        say(desk.words("path.same"))
    for number, step in enumerate(steps, 1):
        print_step(number, step, desk.words)


@partners.command("tried")
def tried_command(
    method: Annotated[str, typer.Argument(help="The method: name, notation or IRI.")],
    fold_units: Fold = False,
    language: Language = "fi",
    min_confidence: MinConfidence = None,
    forms: AsForms = Forms.THEN,
    store: StoreOption = None,
) -> None:
    """Show who tried a method (or a narrower one), where, when, and how it ended as far as a document says."""
    desk = _open(store, min_confidence, forms, language, fold_units=fold_units)
    trials = desk.tried(desk.position("method", method))
    if OPTIONS.as_json:
        print_json({"trials": trials})
        return
    print_trials(trials, desk.words)
