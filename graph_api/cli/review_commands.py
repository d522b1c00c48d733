"""Commands for the steward: review what was read from prose, one claim at a time or in a spreadsheet."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from graph_api.cli.change_commands import print_change
from graph_api.cli.options import CurationOption, StoreOption, curation_path, store_path
from graph_api.cli.output import OPTIONS, console, print_json, print_table, progress, say
from graph_api.curation.claims import Claim
from graph_api.curation.desk import Desk, Judgement
from graph_api.curation.folder import curation_folder
from graph_api.curation.shown import shown

review = typer.Typer(help="Judge what was read from prose: list, accept, reject, correct.", no_args_is_help=True)
Ids = Annotated[list[str], typer.Argument(help="Ids of claims (or how they begin).")]
By = Annotated[str | None, typer.Option("--by", help="Who judges.", show_default="your login name")]
Why = Annotated[str, typer.Option("--why", help="The reason, for those who come after.")]
Document = Annotated[str | None, typer.Option("--document", "-d", help="Only claims of one document.")]
Below = Annotated[float, typer.Option("--below", help="Only claims of this confidence (0-1) or less.")]
Everything = Annotated[bool, typer.Option("--all", help="Also what a label says and what was reviewed.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(review, name="review")


def _desk(store: Path | None, curation: Path | None) -> Desk:
    folder = store_path(store)
    return Desk(folder, curation_folder(folder, curation_path(curation)))


def _settle(judgements: list[Judgement], store: Path | None, curation: Path | None, by: str | None) -> None:
    """Write judgements down and let the graph follow."""
    from graph_api.change import refresh

    made = _desk(store, curation).judge(judgements, by or getpass.getuser())
    say(f"{len(made)} judgements written.")
    with progress() as tell:
        report = refresh(store_path(store), curation=curation_path(curation), progress=tell)
    print_change(report)


@review.command("list")
def list_command(
    document: Document = None,
    below: Below = 1.0,
    everything: Everything = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to show.")] = 20,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Show drafts, the least certain first, each with its sentence and the quote marked in it."""
    desk = _desk(store, curation)
    found = desk.drafts(document, below=below, everything=everything)
    if OPTIONS.as_json:
        print_json([shown(desk, claim) for claim in found[:limit]])
        return
    for claim in found[:limit]:
        show(desk, claim)
    say(f"{min(limit, len(found))} of {len(found)} claims.")


def show(desk: Desk, claim: Claim) -> None:
    """Print a claim with its sentence; the quote is bold, the mention reversed (between » « without colour)."""
    around, out = desk.context(claim), console()
    sentence = Text(around.sentence)
    sentence.stylize("bold", around.quote.start, around.quote.end)
    sentence.stylize("reverse", around.mention.start, around.mention.end)
    if not out.is_terminal or out.no_color:
        start, end = around.mention.start, around.mention.end
        sentence = Text(f"{around.sentence[:start]}»{around.sentence[start:end]}«{around.sentence[end:]}")
    role = f" ({claim.role})" if claim.role else ""
    out.print(Text.assemble((claim.id, "cyan"), f"  {claim.kind}: ", (f"{claim.value}{role}", "bold")))
    out.print(Text(f"  {claim.document}, confidence {claim.evidence.confidence:g}, {claim.evidence.rule}"))
    out.print(Text.assemble("  ", sentence), soft_wrap=True)


@review.command("accept")
def accept_command(
    ids: Ids, why: Why = "", by: By = None, store: StoreOption = None, curation: CurationOption = None
) -> None:
    """Confirm claims."""
    _settle([Judgement(name, "accepted", why=why) for name in ids], store, curation, by)


@review.command("reject")
def reject_command(
    ids: Ids, why: Why = "", by: By = None, store: StoreOption = None, curation: CurationOption = None
) -> None:
    """Refuse claims: they leave the graph and do not come back."""
    _settle([Judgement(name, "rejected", why=why) for name in ids], store, curation, by)


@review.command("correct")
def correct_command(
    name: Annotated[str, typer.Argument(help="The id of a claim.")],
    value: Annotated[str, typer.Option("--value", help="What it should say.")] = "",
    role: Annotated[str, typer.Option("--role", help="The right role, organisation or kind.")] = "",
    why: Why = "",
    by: By = None,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Put a claim right."""
    _settle([Judgement(name, "corrected", value, role, why)], store, curation, by)


@review.command("withdraw")
def withdraw_command(
    ids: Ids, why: Why = "", by: By = None, store: StoreOption = None, curation: CurationOption = None
) -> None:
    """Take reviews back, by the ids that `review done` lists."""
    _settle([Judgement(name, "withdrawn", why=why) for name in ids], store, curation, by)


@review.command("done")
def done_command(store: StoreOption = None, curation: CurationOption = None) -> None:
    """List the reviews in force."""
    made = _desk(store, curation).reviews()
    if OPTIONS.as_json:
        print_json([{"id": name, "verdict": r.verdict, "document": r.document, "kind": r.kind, "value": r.value,
                     "new value": r.new_value, "new role": r.new_role, "who": r.who, "when": r.when, "why": r.why}
                    for name, r in made])  # fmt: skip
        return
    rows = [[name, r.verdict, r.document, r.kind, r.value, r.new_value or r.new_role, r.who] for name, r in made]
    print_table("", ["id", "verdict", "document", "kind", "value", "corrected to", "by"], rows)


@review.command("ask")
def ask_command(
    document: Document = None,
    below: Below = 1.0,
    by: By = None,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Show drafts one after another and ask for each: accept, reject, correct, skip, quit."""
    desk = _desk(store, curation)
    said: list[Judgement] = []
    for claim in desk.drafts(document, below=below):
        show(desk, claim)
        answer = typer.prompt("accept, reject, correct, skip or quit [a/r/c/s/q]", default="s")[:1].lower()
        if answer == "q":
            break
        if answer in "ar":
            said.append(Judgement(claim.id, {"a": "accepted", "r": "rejected"}[answer]))
        elif answer == "c":
            said.append(Judgement(claim.id, "corrected", typer.prompt("right value", default=claim.value)))
    if said:
        _settle(said, store, curation, by)


@review.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="The CSV file to write.")],
    document: Document = None,
    below: Below = 1.0,
    everything: Everything = False,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Write claims to a CSV file, to be judged in a spreadsheet."""
    from graph_api.curation.sheet import write_sheet

    desk = _desk(store, curation)
    number = write_sheet(file, desk, desk.drafts(document, below=below, everything=everything))
    say(f"{number} claims in {file}. Fill in the column verdict (accept, reject, correct), then: review import")


@review.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="The CSV file with verdicts.")],
    by: By = None,
    store: StoreOption = None,
    curation: CurationOption = None,
) -> None:
    """Take over the verdicts of a CSV file."""
    from graph_api.curation.sheet import read_sheet

    _settle(read_sheet(file), store, curation, by)
