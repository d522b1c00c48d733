"""The command `hankeverkko`.

Exit codes: 0 done, 1 a problem found in the data, 2 wrong usage, 3 cannot run.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version as installed_version
from typing import Annotated

import typer

from graph_api.cli import (
    assistant_commands,
    backup_commands,
    build_commands,
    change_commands,
    endpoints,
    graph_commands,
    identity_commands,
    loader_commands,
    network_commands,
    partner_commands,
    people_commands,
    report_command,
    review_commands,
    server_commands,
    token_commands,
)
from graph_api.cli.output import OPTIONS, fail, print_json
from loaders.errors import HankeverkkoError

_OF_ALL_COMMANDS = frozenset({"--json", "--quiet", "-q"})
app = typer.Typer(
    name="hankeverkko",
    help="Documents about public development work → a knowledge graph of who works with whom.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def common(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print results and errors only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print results as JSON.")] = False,
) -> None:
    """Documents about public development work → a knowledge graph of who works with whom."""
    OPTIONS.quiet, OPTIONS.as_json = quiet, as_json


build_commands.register(app)
loader_commands.register(app)
change_commands.register(app)
review_commands.register(app)
identity_commands.register(app)
people_commands.register(app)
graph_commands.register(app)
network_commands.register(app)
partner_commands.register(app)
report_command.register(app)
server_commands.register(app)
assistant_commands.register(app)
token_commands.register(app)
backup_commands.register(app)
endpoints.register(app)


@app.command()
def version() -> None:
    """Print the version."""
    number = installed_version("hankeverkko")
    if OPTIONS.as_json:
        print_json({"hankeverkko": number})
    else:
        sys.stdout.write(f"hankeverkko {number}\n")


def main() -> None:
    """Run the command line; every error is a sentence on standard error."""
    try:
        app(as_first(sys.argv[1:]), standalone_mode=True)
    except SystemExit as leaving:
        if _reader_has_gone(leaving):
            sys.exit(0)
        raise
    except HankeverkkoError as error:
        fail(f"Error: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _silence()
        sys.exit(0)
    except KeyboardInterrupt:
        fail("Interrupted; nothing was changed.")
        sys.exit(3)
    except OSError as error:
        fail(f"Error: {error.filename or 'a file'}: {error.strerror or error}. Check the path and the free space.")
        sys.exit(3)
    except Exception as error:
        if os.environ.get("HANKEVERKKO_DEBUG"):
            raise
        fail(
            f"Error: a fault of the program ({type(error).__name__}: {error}). The store is as it was. "
            "Please report it; HANKEVERKKO_DEBUG=1 shows where it happened."
        )
        sys.exit(3)


def as_first(arguments: list[str]) -> list[str]:
    """Return the arguments with what concerns all commands (--json, --quiet, -q) before the command, wherever it stood."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    common = [argument for argument in arguments[:end] if argument in _OF_ALL_COMMANDS]
    return [*common, *(a for a in arguments[:end] if a not in _OF_ALL_COMMANDS), *arguments[end:]]


def _reader_has_gone(leaving: SystemExit) -> bool:
    """Return whether a command ended because head or less, which read its output, had seen enough.

    Typer and rich meet the closed pipe first and leave with 1, which is kept for problems in the data.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return not leaving.code
    if isinstance(leaving.__context__, BrokenPipeError):
        _silence()
        return True
    return False


def _silence() -> None:
    """Let nothing more be written to a reader that has gone, as other tools do."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
