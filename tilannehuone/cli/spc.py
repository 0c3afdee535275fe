"""`tilannehuone spc FILE`: the XmR chart of any file of a period and a value."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tilannehuone.cli.telling import AsJson, faults_told, state
from tilannehuone.registry import Direction
from tilannehuone.texts import LANGUAGES

if TYPE_CHECKING:
    from pipelines.loose_series import LooseChart

WIDE = 160
"""Columns of a table that no screen shows: a file or another program keeps every word."""

PeriodType = Literal["week", "month", "quarter", "half_year", "year"]


def spc(
    file: Annotated[Path, typer.Argument(help="A CSV file of a period or date and a value.")],
    direction: Annotated[Direction, typer.Option(help="Which way is better.")] = "context",
    target: Annotated[str, typer.Option(help="The target, in the unit of the values.")] = "",
    rebase: Annotated[
        list[str] | None,
        typer.Option(help="A period that begins new limits; may be given many times."),
    ] = None,
    baseline: Annotated[
        int | None, typer.Option(min=12, help="Only so many first points set the limits.")
    ] = None,
    screen: Annotated[
        bool, typer.Option("--screen/--no-screen", help="Leave outlying steps out of the limits.")
    ] = True,
    season: Annotated[
        Literal["school_year"] | None, typer.Option(help="Allow for July and December.")
    ] = None,
    date_column: Annotated[
        str | None, typer.Option("--date", help="Header of the periods; else the first column.")
    ] = None,
    value_column: Annotated[
        str | None, typer.Option("--value", help="Header of the values; else the second column.")
    ] = None,
    period: Annotated[
        PeriodType | None, typer.Option(help="What a bare 1/2025 is; else found from the file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="fi, sv or en.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print the XmR chart of any file of a period and a value, and what it says.

    The CSV may be written as Finnish or English spreadsheets write it. An empty cell, `-` and
    `..` are unknown. Exit 0: charted, 1: the file was refused, 2: wrong usage.
    """
    from pipelines.loose.series import read_series
    from pipelines.loose.words import words
    from pipelines.loose_series import Wanted, chart, record

    told = _language(lang)
    wanted = Wanted(
        direction=direction,
        target=_number(target),
        rebase=tuple(rebase or ()),
        baseline=baseline,
        screen=screen,
        season=season is not None,
    )
    with faults_told():
        series = read_series(file, date_column, value_column, period)
        found = chart(series, wanted, file)
    if as_json:
        typer.echo(json.dumps(record(found) | {"words": words(found, told)}, ensure_ascii=False))
    else:
        _print_chart(found, told)


def _language(lang: str) -> str:
    if lang and lang not in LANGUAGES:
        raise typer.BadParameter(", ".join(LANGUAGES), param_hint="--lang")
    state["lang"] = lang or state["lang"]
    return str(state["lang"])


def _number(written: str) -> float | None:
    from pipelines.loose.numbers import read_numbers

    value = read_numbers([written]).values[0]
    if value is None or (written.strip() and value != value):
        raise typer.BadParameter(written, param_hint="--target")
    return value if value == value else None


def _print_chart(found: "LooseChart", lang: str) -> None:
    from pipelines.loose.words import table, words

    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    rows, told = table(found, lang), words(found, lang)
    console.print(_drawn(rows))
    console.print(f"[bold]{escape(told['word'])}[/bold]", highlight=False)
    for line in (told["sentence"], *told["notes"]):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _drawn(rows: list[dict[str, Any]]) -> Table:
    first, *numbers, signal = rows[0]
    drawn = Table()
    drawn.add_column(first, no_wrap=True)
    for name in numbers:
        drawn.add_column(name, no_wrap=True, justify="right")
    drawn.add_column(signal)
    for row in rows:
        drawn.add_row(*(escape(one) for one in row.values()))
    return drawn
