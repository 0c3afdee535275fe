"""`tilannehuone …`: the product's commands.

Exit codes: 0 done, 1 refused (the faults are listed, the last release stays), 2 wrong usage.
"""

import logging
import os
import sys
import time
from typing import Annotated

import typer

from tilannehuone import logs
from tilannehuone.cli import commands, meeting, network, releases
from tilannehuone.cli.extract import extract
from tilannehuone.cli.notify import notify
from tilannehuone.cli.telling import state
from tilannehuone.cli.twin import twin
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES

LOG = logging.getLogger("tilannehuone.cli")

app = typer.Typer(
    help="Tilannehuone: extracts in, a protected release out, a situation room on screen.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(commands.app)
app.add_typer(network.app)
app.command()(extract)
app.command()(twin)
app.command()(notify)
app.add_typer(releases.app, name="releases")
app.add_typer(meeting.app, name="meeting")


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "",
    debug: Annotated[bool, typer.Option(help="Show the traceback of an error.")] = False,
) -> None:
    """Set what holds for every command."""
    chosen = lang or os.environ.get("TILANNEHUONE_LANG", DEFAULT_LANGUAGE)
    if chosen not in LANGUAGES:
        raise typer.BadParameter(", ".join(LANGUAGES), param_hint="--lang")
    state.update(lang=chosen, debug=debug, command=context.invoked_subcommand)
    logs.set_up()


def main() -> None:
    """Run a command and leave at once when it is done.

    DuckDB's binding prints dozens of lines about its own leaks while the interpreter is taken
    down, after a build that succeeded. Everything of ours is closed by then, so nothing is lost by
    not taking it down.
    """
    began = time.monotonic()
    try:
        app()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    logs.event(
        LOG,
        "command_ended",
        seconds=round(time.monotonic() - began, 3),
        command=state.get("command"),
        code=code,
    )
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
