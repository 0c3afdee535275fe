"""What the commands say and how: one line a fault, small tables, in the reader's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from tilannehuone.errors import TilannehuoneError
from tilannehuone.hindered import hindrances_told
from tilannehuone.texts import DEFAULT_LANGUAGE
from tilannehuone.texts.faults import fault_line

HERE = Path()
Folder = Annotated[Path, typer.Argument(help="The instance's folder.", metavar="INSTANCE")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]

console = Console(stderr=True)
state: dict[str, Any] = {"lang": DEFAULT_LANGUAGE, "debug": False}
"""The options that hold for every command, set once by the callback."""


@contextmanager
def faults_told() -> Iterator[None]:
    """Tell a TilannehuoneError in one line a fault, in the reader's language, and exit with 1."""
    try:
        with hindrances_told():
            yield
    except TilannehuoneError as error:
        if state["debug"]:
            raise
        for fault in error.faults:
            console.print(
                fault_line(fault, state["lang"]), style="red", highlight=False, soft_wrap=True
            )
        raise typer.Exit(1) from None


def print_table(rows: list[dict[str, Any]]) -> None:
    """Print records as a table on standard output."""
    table = Table()
    for name in rows[0] if rows else ():
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)
