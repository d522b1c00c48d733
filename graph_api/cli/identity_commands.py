"""Commands on identity: reconcile; identity explain, decide, withdraw, list, candidates, accept."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.options import CurationOption, StoreOption, curation_path, store_path
from graph_api.cli.output import OPTIONS, print_json, print_table, progress, say, warn
from loaders.errors import CannotRunError, UsageError

if TYPE_CHECKING:
    from graph_api.curation.bureau import Bureau
    from graph_api.identity.explanation import Judgement
    from graph_api.identity.listed import Listed

identity = typer.Typer(help="Which names are one organisation: explain, decide, take back.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A name as printed, a business id, or an IRI.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides.", show_default="your login name")]
Why = Annotated[str, typer.Option("--why", help="The reason, for those who come after.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("reconcile")(reconcile_command)
    app.add_typer(identity, name="identity")


def reconcile_command(
    names: Annotated[Path, typer.Argument(help="A text file with one name a line; - reads standard input.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the canonical name, the score and the reason as well.")
    ] = False,
    known_only: Annotated[
        bool, typer.Option("--known-only", help="Leave the entity empty where no organisation is known.")
    ] = False,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store", help="A store whose names, and decisions, count too.", show_default="vocabularies alone"
        ),
    ] = None,
    curation: CurationOption = None,
) -> None:
    """Print which entity each name means: mention<TAB>entity. A name that nobody knows is a new entity."""
    found = _listed(_read_names(names), store, curation)
    shown = [_explained(item, known_only=known_only) for item in found]
    columns = ["mention", "entity", "name", "score", "reason"] if explain else ["mention", "entity"]
    if OPTIONS.as_json:
        print_json(shown if explain else {row["mention"]: row["entity"] for row in shown})
    else:
        header = ["\t".join(columns)] if explain else []
        lines = ["\t".join("" if row[c] is None else str(row[c]) for c in columns) for row in shown]
        sys.stdout.writelines(f"{line}\n" for line in [*header, *lines])
    new = sum(not item.is_known for item in found)
    if new:
        where = "the vocabularies" if store is None else "the store and the vocabularies"
        warn(f"{new} of {len(found)} names are of no organisation that {where} know: they are new. See: --explain")


def _listed(mentions: list[str], store: Path | None, curation: Path | None) -> list[Listed]:
    from graph_api.identity.listed import find_listed
    from graph_api.identity.resolver import Mention, Resolver

    asked = frozenset(Mention(name) for name in mentions)
    if store is None:
        alone = Resolver(asked)
        return list(find_listed(mentions, alone, alone, ()))
    bureau = _bureau(store, curation)
    if not bureau.has_store:
        raise CannotRunError(f"There is no store at {store}. Build one with: hankeverkko build, or leave --store out.")
    return list(find_listed(mentions, bureau.resolver, bureau.resolver_with(asked), bureau.mentions))


def _explained(item: Listed, *, known_only: bool) -> dict[str, object]:
    is_shown = item.is_known or not known_only
    return {
        "mention": item.mention,
        "entity": item.entity.iri if is_shown else "",
        "name": item.entity.name if is_shown else "",
        "score": item.score,
        "reason": item.reason,
        "known": item.is_known,
        "perhaps": item.perhaps.iri if item.perhaps is not None else None,
    }


def _read_names(path: Path) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text. Give a text file with one name a line.") from error
    if "\0" in text:
        raise UsageError(f"{path}: is no text file. Give a text file with one name a line.")
    mentions = [line for line in text.splitlines() if line.strip()]
    if not mentions:
        warn(f"{path}: holds no names.")
    return mentions


def _bureau(store: Path | None, curation: Path | None) -> Bureau:
    from graph_api.curation.bureau import Bureau
    from graph_api.curation.folder import curation_folder

    folder = store_path(store)
    return Bureau(folder, curation_folder(folder, curation_path(curation)))


def _follow(store: Path | None, curation: Path | None) -> None:
    """Let the graph follow a decision at once, where there is one."""
    from graph_api.change import refresh
    from graph_api.cli.change_commands import print_change

    with progress() as tell:
        report = refresh(store_path(store), curation=curation_path(curation), progress=tell)
    print_change(report)


@identity.command("explain")
def explain_command(first: Name, second: Name, store: StoreOption = None, curation: CurationOption = None) -> None:
    """Say whether two names mean one organisation, with the score, each feature, and the decisive reason."""
    found = _bureau(store, curation).judge(first, second)
    if OPTIONS.as_json:
        print_json(_data(found))
        return
    word = "one organisation" if found.judgement == "same" else "two organisations"
    say(f"{found.judgement}: “{found.first}” and “{found.second}” are {word}. Score {found.score:g}.")
    say(f"Decisive: {found.rule}: {found.decisive}.")
    for side, entity in zip((found.first, found.second), found.entities, strict=True):
        say(f"“{side}” is “{entity.name}” ({entity.iri}): {entity.reason}.")
    for reason in found.reasons:
        say(f"  {reason.score:.2f} {reason.rule}: {reason}")
    rows = [[f.name, f.value, f"× {f.factor:g}", f.text] for f in found.features]
    print_table("Features", ["feature", "value", "of two", "what"], rows)


def _data(found: Judgement) -> dict[str, object]:
    return {
        "first": found.first,
        "second": found.second,
        "judgement": found.judgement,
        "score": found.score,
        "rule": found.rule,
        "decisive": found.decisive,
        "entities": [{"iri": e.iri, "name": e.name, "reason": e.reason} for e in found.entities],
        "reasons": [{"rule": reason.rule, "score": reason.score, "text": str(reason)} for reason in found.reasons],
        "features": [{"name": f.name, "value": f.value, "factor": f.factor, "text": f.text} for f in found.features],
    }


@identity.command("decide")
def decide_command(
    first: Name,
    second: Name,
    judgement: Annotated[str, typer.Argument(help="same, different or unsure.")],
    why: Why = "",
    by: By = None,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Decide on a pair; the graph follows at once, and on every build to come."""
    bureau = _bureau(store, curation)
    made = bureau.decide(first, second, judgement, by or getpass.getuser(), why)
    say(f"Written: {made.sentence()}.")
    for name in bureau.unheard_of(made):
        warn(f"No document and no vocabulary has “{name}”: the decision counts from the first document that names it.")
    _settle(bureau, store, curation)


def _settle(bureau: Bureau, store: Path | None, curation: Path | None) -> None:
    if bureau.has_store:
        _follow(store, curation)
    else:
        warn("There is no store yet: the decision counts from the first build.")


@identity.command("withdraw")
def withdraw_command(
    first: Name,
    second: Name,
    why: Why = "",
    by: By = None,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Take the decision about a pair back: the graph is as if it had not been made."""
    bureau = _bureau(store, curation)
    found = bureau.withdraw(first, second, by or getpass.getuser(), why)
    say(f"Taken back: {found.sentence()}.")
    _settle(bureau, store, curation)


@identity.command("list")
def list_command(store: StoreOption = None, curation: CurationOption = None) -> None:
    """List the decisions in force."""
    from graph_api.curation.folder import curation_folder
    from graph_api.curation.identity import read_decisions

    made = read_decisions(curation_folder(store_path(store), curation_path(curation)))
    columns = ["judgement", "first", "second", "who", "when", "score", "why"]
    rows = [[d.judgement, d.first, d.second, d.who, d.when, d.score, d.why] for d in made]
    if OPTIONS.as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table("", columns, rows)


@identity.command("candidates")
def candidates_command(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to show.")] = 20,
    names: Annotated[
        Path | None, typer.Option("--names", help="Names, one a line, in the place of the store's.")
    ] = None,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """List pairs that the scorer is unsure of, the likeliest first, for a steward to decide on."""
    from graph_api.identity.candidates import candidates
    from graph_api.identity.resolver import Mention, Resolver

    if names is None:
        resolver = _bureau(store, curation).resolver
    else:
        resolver = Resolver(Mention(name) for name in _read_names(names))
    found = candidates(resolver)
    if OPTIONS.as_json:
        print_json([_data(item) for item in found[:limit]])
        return
    rows = [[f"{item.score:.2f}", item.judgement, item.first, item.second, item.decisive] for item in found[:limit]]
    print_table("", ["score", "now", "first", "second", "because"], rows)
    say(f"{min(limit, len(found))} of {len(found)} pairs. Decide with: hankeverkko identity decide FIRST SECOND same")
